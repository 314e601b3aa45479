"""``fixnews server``: a language server, which an editor starts and speaks with."""

from __future__ import annotations

import os
import sys
from contextlib import redirect_stdout

from fixnews.errors import UsageError
from fixnews.message import Message
from fixnews.tongues import Tongue

EXTRA = "pip install 'fixnews[editor]'"


def server(tongue: Tongue) -> int:
    """Serve an editor on the standard streams until it ends.

    Args:
        tongue: the language of the call.

    Raises:
        UsageError: pygls is not installed, or there is a person at the other end.
    """
    if sys.stdin.isatty():
        remedy = "let it start `fixnews server`; docs/editor.md says how"
        raise UsageError("a language server speaks with an editor", remedy)
    try:
        from fixnews.editor.protocol import server as made
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise UsageError(Message("{name} is not installed", name=error.name), EXTRA) from None
    with (
        os.fdopen(os.dup(sys.stdin.fileno()), "rb") as heard,
        os.fdopen(os.dup(sys.stdout.fileno()), "wb") as said,
        redirect_stdout(sys.stderr),
    ):
        made(tongue).start_io(heard, said)
    return 0
