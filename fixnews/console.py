"""Where a run's bytes go: text and reports to stdout, everything else to stderr.

A reader that closes the pipe early (``| head -1``) is no error: what it does not want is not
written, and the run goes on as far as it must.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from subprocess import PIPE, Popen
from typing import TextIO

from fixnews.controls import shown
from fixnews.errors import FixnewsError, PageError, of_system
from fixnews.interrupts import interrupts_are_others
from fixnews.message import Message
from fixnews.tongues import ENGLISH, Tongue

PATIENCE = 1.0
"""Seconds after which a run on a terminal begins to show how far it is."""


def wants_color(choice: str, stream: TextIO) -> bool:
    """Whether to colour what goes to a stream: the option, NO_COLOR, FORCE_COLOR, a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def interactive() -> bool:
    """Whether somebody sits there who could answer or scroll; never under pre-commit."""
    streams = (sys.stdin, sys.stdout)
    return all(s and s.isatty() for s in streams) and "PRE_COMMIT" not in os.environ


class Console:
    """The two streams of one run.

    Attributes:
        color: whether reports are coloured.
        readable: whether a person reads stdout, rather than a program.
        width: columns of the terminal.
        quiet: say nothing but errors.
        verbose: say what was passed over, too.
        tongue: the language that the reader is spoken to in.
        closed: the reader of stdout has gone, or there is no room for what it should get.
        unwritten: why something is missing on stdout, though its reader has not gone.
    """

    def __init__(
        self,
        color: str = "auto",
        *,
        quiet: bool = False,
        verbose: bool = False,
        tongue: Tongue = ENGLISH,
    ) -> None:
        self.tongue = tongue
        self.color = wants_color(color, sys.stdout)
        self.readable = sys.stdout.isatty() or color == "always"
        self.width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 80
        self.quiet = quiet
        self.verbose = verbose
        self.closed = False
        self.unwritten: PageError | None = None
        self._said: set[str] = set()
        self._started = time.monotonic()
        self._progress = ""

    def data(self, data: bytes, *, aside: bool = False) -> None:
        """Write bytes to stdout as they are; ``aside``, to stderr."""
        self._clear()
        self._put(sys.stderr if aside else sys.stdout, data)

    def report(self, lines: Iterable[str], *, aside: bool = False) -> None:
        """Write a report; ``aside``, to stderr, where stdout carries the text."""
        stream = sys.stderr if aside else sys.stdout
        for line in lines:
            if self.closed and not aside:
                return
            self._clear()
            self._put(stream, _encoded(line, stream))

    def paged(self, lines: Iterable[str]) -> None:
        """Write a report; on a terminal through the pager, which ends where it all fits."""
        pager = _words(os.environ.get("PAGER", "less"))
        if not interactive() or pager in ([], ["cat"]) or not shutil.which(pager[0]):
            self.report(lines)
            return
        environment = {"LESS": "FRX", "LESSCHARSET": "utf-8"} | os.environ
        with (
            interrupts_are_others(),
            Popen(pager, stdin=PIPE, env=environment) as process,
        ):
            assert process.stdin
            with suppress(BrokenPipeError):
                process.stdin.writelines(_encoded(line, sys.stdout) for line in lines)
            with suppress(BrokenPipeError):
                process.stdin.close()

    def say(self, message: str) -> None:
        """A remark on stderr."""
        if not self.quiet:
            self._stderr(message)

    def once(self, message: str) -> None:
        """A remark that is worth saying once in a run."""
        if message not in self._said:
            self._said.add(message)
            self.say(message)

    def detail(self, message: str) -> None:
        """A remark for those who asked for more."""
        if self.verbose:
            self._stderr(message)

    def error(self, problem: object) -> None:
        """What went wrong, on stderr, also when quiet."""
        told = problem.message if isinstance(problem, FixnewsError) else problem
        self._stderr(f"fixnews: {self.tongue(told if isinstance(told, str) else str(told))}")

    def progress(self, done: int, total: int, name: str) -> None:
        """How far a long run is; on a terminal only."""
        if time.monotonic() - self._started > PATIENCE and self.watched:
            self._clear()
            self._progress = shown(f"{done}/{total} {self.tongue(name)}")
            self._put(sys.stderr, _encoded(self._progress, sys.stderr))

    @property
    def watched(self) -> bool:
        """Whether somebody looks on, who is shown how far a run is."""
        return not self.quiet and sys.stderr.isatty() and "PRE_COMMIT" not in os.environ

    def flush(self) -> None:
        """Write out what is still held back."""
        self._clear()
        self._flush()

    def _flush(self) -> None:
        try:
            sys.stdout.flush()
        except OSError as error:
            self._gone(sys.stdout, error)

    def _stderr(self, message: str) -> None:
        """A line on stderr; on a terminal it stands behind what was written before it."""
        self._clear()
        if sys.stdout.isatty():
            self._flush()
        self._put(sys.stderr, _encoded(shown(self.tongue(message)) + "\n", sys.stderr))

    def _clear(self) -> None:
        if self._progress:
            self._put(sys.stderr, b"\r\x1b[K")
            self._progress = ""

    def _put(self, stream: TextIO, data: bytes) -> None:
        if self.closed and stream is sys.stdout:
            return
        try:
            stream.buffer.write(data)
            if stream is sys.stderr:
                stream.buffer.flush()
        except OSError as error:
            self._gone(stream, error)

    def _gone(self, stream: TextIO, error: OSError) -> None:
        """Point a stream nowhere, so that nothing is said at exit either.

        What is missing on stderr are remarks; what is missing on stdout is what was asked for.
        """
        if stream is sys.stdout:
            self.closed = True
            if not isinstance(error, BrokenPipeError):
                self.unwritten = PageError(
                    Message("standard output: {what}", what=of_system(error)),
                    "make room there",
                )
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _words(command: str) -> list[str]:
    """The words of a command line; none where a quotation in it does not end.

    >>> _words("less -R"), _words(" "), _words("less '")
    (['less', '-R'], [], [])
    """
    try:
        return shlex.split(command)
    except ValueError:
        return []


def _encoded(text: str, stream: TextIO) -> bytes:
    """UTF-8 into a pipe, the terminal's own encoding on a terminal."""
    encoding = (stream.encoding if stream.isatty() else None) or "utf-8"
    return text.encode(encoding, "backslashreplace")
