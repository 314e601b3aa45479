"""The entry point: answers ``--version`` before anything heavy is loaded."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from fixnews.errors import INTERRUPTED
from fixnews.threads import ONE, VARIABLE

VERSION_FLAGS = (["--version"], ["-V"])

OBJECTS = 100_000
"""Objects after which garbage is looked for: starting makes as many, and none of them is garbage.
At Python's 700 a run on a page of two lines looks 124 times, for a twentieth of its time."""


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
        with _seldom_collected():
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


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Look for garbage less often; who calls the command line from Python has it as before."""
    first, *others = gc.get_threshold()
    gc.set_threshold(OBJECTS if first else first, *others)
    try:
        yield
    finally:
        gc.set_threshold(first, *others)


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
