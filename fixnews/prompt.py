"""The terminal side of a review: shows one correction, reads one key, says what it did."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from select import select
from typing import Protocol

from fixnews.console import Console
from fixnews.correction import Correction
from fixnews.report.cells import cells, wrapped
from fixnews.report.paint import painted
from fixnews.report.passages import Entry
from fixnews.report.rows import rule_names
from fixnews.report.stacked import View, shown
from fixnews.review import ACCEPT, EDIT, REJECT, Review

KEYS = "y/n e edit  a/d rest of page  A/D all of this rule+text  i allow  j/k / g  u undo  ? w q"

HELP = """\
y  accept                     n  reject
e  type another replacement
a  accept the rest of the page    d  reject the rest of the page
A  accept all of this rule and text    D  reject all of this rule and text
i  add a passage to the allow-list, so that nothing changes it
j  next    k  previous    g  go to a number    /  find
u  undo the last answer
w  write what was accepted, and end
q  save the answers and quit; --resume goes on
"""

ESCAPE_WAIT = 0.05
"""Seconds in which the rest of an arrow key arrives; a lone escape has none."""

SURROUNDINGS = 2
"""Lines of the page shown above and below a correction."""


class Keyboard(Protocol):
    """Where answers come from."""

    def key(self) -> str:
        """One key; nothing when there will be no more."""

    def line(self, question: str) -> str:
        """A line of text."""


class Terminal:
    """The keyboard of a terminal."""

    def __init__(self) -> None:
        self._fd = sys.stdin.fileno()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    @contextmanager
    def listening(self) -> Iterator[Terminal]:
        """Give keys one at a time; the terminal is as before afterwards."""
        import termios
        import tty

        before = termios.tcgetattr(self._fd)
        try:
            tty.setcbreak(self._fd)
            yield self
        finally:
            termios.tcsetattr(self._fd, termios.TCSADRAIN, before)

    def key(self) -> str:
        """One key; an arrow is j or k."""
        char = self._char()
        if char != "\x1b":
            return char
        more = bool(select([self._fd], [], [], ESCAPE_WAIT)[0])
        return {"[A": "k", "[B": "j"}.get(self._char() + self._char(), "?") if more else "?"

    def _char(self) -> str:
        while True:
            data = os.read(self._fd, 1)
            if not data:
                return ""
            char = self._decoder.decode(data)
            if char:
                return char

    def line(self, question: str) -> str:
        """A line, with the line editing of the terminal itself."""
        import termios

        now = termios.tcgetattr(self._fd)
        cooked = [*now[:3], now[3] | termios.ICANON | termios.ECHO, *now[4:]]
        termios.tcsetattr(self._fd, termios.TCSADRAIN, cooked)
        try:
            sys.stdout.write(question)
            sys.stdout.flush()
            data = b""
            while not data.endswith(b"\n"):
                more = os.read(self._fd, 1)
                if not more:
                    break
                data += more
            return data.decode("utf-8", "replace").rstrip("\n")
        finally:
            termios.tcsetattr(self._fd, termios.TCSADRAIN, now)


class Dialogue:
    """One sitting of a review.

    Attributes:
        finished: whether what was accepted shall be written.
    """

    def __init__(
        self,
        review: Review,
        keyboard: Keyboard,
        console: Console,
        view: View,
        allow: Callable[[str], str],
    ) -> None:
        self.review, self.keyboard, self.console, self.view = review, keyboard, console, view
        self.finished = False
        self._allow = allow
        self._at = 0
        self._over = False

    def hold(self) -> bool:
        """Ask until all is answered or the reader leaves; whether to write."""
        while self.review.open and not self._over:
            self._at = min(self._at, len(self.review.open) - 1)
            current = self.review.open[self._at]
            self._show(current)
            self._do(self.keyboard.key(), current)
        self.finished = self.finished or not self.review.open
        return self.finished

    def _say(self, text: str) -> None:
        self.console.report((text + "\n",))
        self.console.flush()

    def _show(self, current: Correction) -> None:
        view, review = self.view, self.review
        entry = Entry(review.outcome, (current,), numbers=(self._at + 1,), total=len(review.open))
        gutter = len(str(len(current.page.line_starts)))
        self._say(f"\n{current.path}")
        self.console.report(shown(entry, view, gutter, rule_names()))
        for fact, figure in current.evidence:
            self._say(f"{'':>{gutter + 5}}{fact}: {figure}")
        self.console.report(self._page(current, gutter))
        self._say(KEYS)

    def _page(self, current: Correction, gutter: int) -> Iterator[str]:
        """The lines around, as they are on the page."""
        page = current.page
        first = max(current.place.line - SURROUNDINGS, 1)
        last = min(current.end_place.line + SURROUNDINGS, page.locate(len(page.text)).line)
        last -= last > first and page.line_starts[last - 1] == len(page.text)
        stops = [*page.line_starts[1:], len(page.text)]
        for line in range(first, last + 1):
            text = page.text[page.line_starts[line - 1] : stops[line - 1]].rstrip("\r\n")
            row = cells(f"{line:>{gutter + 2}} │ {text}", "dim", self.view.ambiguous)
            start = next(iter(wrapped(row, self.view.width)))
            yield painted(start, color=self.view.color)

    def _do(self, pressed: str, current: Correction) -> None:
        """What a key means; an unknown one shows the help."""
        review = self.review
        rest = [c for c in review.open[self._at :] if c.source == current.source]
        actions: dict[str, Callable[[], None]] = {
            "y": lambda: self._answer([current], ACCEPT),
            "n": lambda: self._answer([current], REJECT),
            "a": lambda: self._answer(rest, ACCEPT),
            "d": lambda: self._answer(rest, REJECT),
            "A": lambda: self._answer(review.alike(current), ACCEPT),
            "D": lambda: self._answer(review.alike(current), REJECT),
            "e": lambda: self._edit(current),
            "i": self._permit,
            "j": lambda: self._step(1),
            "k": lambda: self._step(-1),
            "g": self._go,
            "/": self._find,
            "u": self._undo,
            "w": lambda: self._leave(write=True),
            "q": lambda: self._leave(write=False),
            "": lambda: self._leave(write=False),
        }
        actions.get(pressed, lambda: self._say(HELP))()

    def _answer(self, corrections: list[Correction], verdict: str) -> None:
        self.review.answer(corrections, verdict)
        self._say(f"{verdict}ed {len(corrections)}; {len(self.review.open)} left")

    def _edit(self, current: Correction) -> None:
        typed = self.keyboard.line(f"instead of {current.before!r} (empty: leave it open): ")
        if typed and not current.to:
            self.review.answer([current], EDIT, typed)
            self._say(f"{current.before!r} becomes {typed!r}; {len(self.review.open)} left")

    def _permit(self) -> None:
        typed = self.keyboard.line("passage that nothing may change: ")
        if typed:
            self._say(self._allow(typed))
            self.review.refresh()

    def _step(self, by: int) -> None:
        self._at = (self._at + by) % len(self.review.open)

    def _go(self) -> None:
        typed = self.keyboard.line("number: ")
        if typed.isdecimal():
            self._at = min(max(int(typed), 1), len(self.review.open)) - 1

    def _find(self) -> None:
        wanted, number = self.keyboard.line("find: "), len(self.review.open)
        order = [(self._at + n) % number for n in range(1, number + 1)]
        hits = (n for n in order if wanted in _searched(self.review.open[n]))
        self._at = next(hits, self._at)

    def _undo(self) -> None:
        self._say("taken back" if self.review.undo() else "nothing to take back")

    def _leave(self, *, write: bool) -> None:
        self._over, self.finished = True, write


def _searched(c: Correction) -> str:
    """What a search looks at."""
    stops = [*c.page.line_starts[1:], len(c.page.text)]
    lines = c.page.text[c.page.line_starts[c.place.line - 1] : stops[c.end_place.line - 1]]
    return "\n".join((c.code, c.after, c.message, lines))
