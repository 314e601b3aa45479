"""Keys and lines of text from a terminal, which is left as it was found."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from select import select
from typing import Protocol

from fixnews.errors import UsageError

ESCAPE_WAIT = 0.05
"""Seconds in which the rest of an arrow key arrives; a lone escape has none."""

_NO_TERMINAL = "a review needs a terminal as Unix has it"

_ARROWS = {"[A": "k", "[B": "j", "OA": "k", "OB": "j"}


class Keyboard(Protocol):
    """Where answers come from."""

    def key(self) -> str:
        """One key; nothing when there will be no more."""

    def line(self, question: str, offers: Sequence[str] = ()) -> str:
        """A line of text; ``offers`` are what the arrow up brings back, the last one first."""


class Terminal:
    """The keyboard of a terminal."""

    def __init__(self) -> None:
        self._fd = sys.stdin.fileno()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    @contextmanager
    def listening(self) -> Iterator[Terminal]:
        """Give keys one at a time; the terminal is as before afterwards.

        What was typed ahead is kept: a flush would take an answer from a person who is quick.
        """
        try:
            import termios
            import tty
        except ImportError:
            raise UsageError(_NO_TERMINAL, "use WSL, or `fixnews diff` and `--baseline`") from None

        before = termios.tcgetattr(self._fd)
        try:
            tty.setcbreak(self._fd, termios.TCSADRAIN)
            yield self
        finally:
            termios.tcsetattr(self._fd, termios.TCSADRAIN, before)

    def key(self) -> str:
        """One key; an arrow is j or k."""
        char = self._char()
        if char != "\x1b":
            return char
        if not select([self._fd], [], [], ESCAPE_WAIT)[0]:
            return "?"
        return _ARROWS.get(self._char() + self._char(), "?")

    def _char(self) -> str:
        while True:
            data = os.read(self._fd, 1)
            if not data:
                return ""
            char = self._decoder.decode(data)
            if char:
                return char

    def line(self, question: str, offers: Sequence[str] = ()) -> str:
        """A line, edited by readline, which knows how wide Chinese is; ^C and ^D give nothing."""
        import termios

        _offer(offers)
        now = termios.tcgetattr(self._fd)
        cooked = [*now[:3], now[3] | termios.ICANON | termios.ECHO, *now[4:]]
        termios.tcsetattr(self._fd, termios.TCSADRAIN, cooked)
        try:
            return input(question)
        except (EOFError, KeyboardInterrupt):
            sys.stdout.write("\n")
            return ""
        finally:
            termios.tcsetattr(self._fd, termios.TCSADRAIN, now)


def _offer(texts: Sequence[str]) -> None:
    """Put texts where the arrow up finds them; a Python without readline has no such place."""
    with suppress(ImportError):
        import readline

        readline.set_auto_history(False)
        readline.clear_history()
        for text in texts:
            readline.add_history(text)
