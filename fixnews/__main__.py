"""The entry point: answers ``--version`` before anything heavy is loaded."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from fixnews.errors import INTERRUPTED
from fixnews.threads import ONE, VARIABLE

VERSION_FLAGS = (["--version"], ["-V"])


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line.

    Without a command, a page that is piped in is repaired: ``some | fixnews``.
    """
    os.environ.setdefault(VARIABLE, ONE)
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given in VERSION_FLAGS:
        from fixnews.version import __version__

        sys.stdout.write(f"fixnews {__version__}\n")
        return
    if given in ([], ["-"]) and not sys.stdin.isatty():
        given = ["fix", "-"]
    try:
        from fixnews.cli import run

        run(given)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
