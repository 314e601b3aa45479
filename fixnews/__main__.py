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
    _open_streams()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given in VERSION_FLAGS:
        from fixnews.version import __version__

        sys.stdout.write(f"fixnews {__version__}\n")
        return
    if given in ([], ["-"]) and sys.stdin and not sys.stdin.isatty():
        given = ["fix", "-"]
    code: str | int | None = None
    try:
        from fixnews.cli import run

        run(given)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except SystemExit as end:
        code = end.code
    if code == INTERRUPTED and arguments is None:
        from fixnews.interrupts import end_of_interrupt

        end_of_interrupt()
    sys.exit(code)


def _open_streams() -> None:
    """Put something in the place of streams that were closed, so that no page gets their numbers.

    What should go to a closed stdout is an error when it is written; remarks go nowhere.
    """
    for number, mode in ((0, os.O_RDONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, mode)
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


if __name__ == "__main__":
    main()
