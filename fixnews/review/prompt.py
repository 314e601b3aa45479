"""The terminal side of a review: shows one correction, reads one key, says what it did."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from fixnews.console import Console
from fixnews.correction import Correction
from fixnews.filters import rule_names
from fixnews.report.cells import cells, visible, wrapped
from fixnews.report.paint import painted
from fixnews.report.passages import Entry
from fixnews.report.stacked import View, shown
from fixnews.review import ACCEPT, EDIT, REJECT
from fixnews.review.keyboard import AGAIN, DOWN, PASTE, UP, Keyboard
from fixnews.review.sitting import Sitting
from fixnews.series import Question

KEYS = "y/n  e edit  a/d rest of page  A/D same rule+text  u undo  ? help  q quit"

HELP = """\
y  accept                              n  reject
a  accept the rest of the page         d  reject the rest of the page
A  accept all of this rule and text    D  reject all of this rule and text
e  type another replacement
i  add a passage to the allow-list: nothing changes it any more
t  teach a word: add it to your own dictionary
j  next    k  previous    g  go to a number    /  find
u  undo the last answer                s  back to the series
w  write what was accepted, and end
q  save the answers and quit; `fixnews review --resume` goes on
"""

SURROUNDINGS = 2
"""Lines of the page shown above and below a correction."""

NOTHING = "\\"
"""What is typed for a replacement that is no text at all."""

PAST = {ACCEPT: "accepted", REJECT: "rejected"}

PASTED = "what was pasted is no answer"

DONE, BACK, WRITE, QUIT = "done", "back", "write", "quit"
"""How asking ends: nothing is left to ask; back to the series; write, or only keep the answers."""

Scope = Callable[[], list[Question]]
"""What is asked about, as it is now."""


class Lists(NamedTuple):
    """The reader's own lists: what to do with a new entry, which gives what to say about it."""

    allow: Callable[[str], str]
    teach: Callable[[str, str], str]


class Dialogue:
    """One correction after the other."""

    def __init__(
        self, sitting: Sitting, keyboard: Keyboard, console: Console, view: View, lists: Lists
    ) -> None:
        self.sitting, self.keyboard, self.console, self.view = sitting, keyboard, console, view
        self._lists = lists
        self._open: list[Question] = []
        self._at = 0
        self._end = ""

    def hold(self, scope: Scope | None = None) -> str:
        """Ask until all is answered or the reader leaves; how it ended.

        Args:
            scope: what to ask about; by default all that is open.
        """
        self._at, self._end, scope = 0, "", scope or self.sitting.open
        while not self._end:
            self._open = scope()
            if not self._open:
                return DONE
            self._at = min(self._at, len(self._open) - 1)
            current = self._open[self._at][0]
            self._show(current)
            self._do(self.keyboard.key(), current)
        return self._end

    def _say(self, text: str) -> None:
        self.console.report((text + "\n",))
        self.console.flush()

    def _show(self, current: Correction) -> None:
        """The correction, its reason and evidence, its place on the page, the keys."""
        columns = shutil.get_terminal_size().columns if self.console.readable else self.view.width
        view = replace(self.view, width=columns)
        entry = Entry(
            self.sitting.review_of(current).outcome,
            (current,),
            numbers=(self._at + 1,),
            total=len(self._open),
        )
        gutter = len(str(len(current.page.line_starts)))
        self._say(f"\n{current.path}")
        self.console.report(shown(entry, view, gutter, rule_names()))
        for fact, figure in current.evidence:
            self._say(f"{'':>{gutter + 5}}{fact}: {figure}")
        self.console.report(surroundings(current, view, gutter))
        for part in wrapped(cells(KEYS, "dim"), columns):
            self.console.report((painted(part, color=view.color),))
        self.console.flush()

    def _do(self, pressed: str, current: Correction) -> None:
        """What a key means; an unknown one shows the help."""
        rest = [q for q in self._open[self._at :] if q[0].page is current.page]
        here, alike = self._open[self._at], partial(self.sitting.alike, current)
        actions: dict[str, Callable[[], None]] = {
            "y": lambda: self._answer([here], ACCEPT),
            "n": lambda: self._answer([here], REJECT),
            "a": lambda: self._answer(rest, ACCEPT),
            "d": lambda: self._answer(rest, REJECT),
            "A": lambda: self._answer(alike(), ACCEPT),
            "D": lambda: self._answer(alike(), REJECT),
            "e": lambda: self._edit(current),
            "i": lambda: self._permit(current),
            "t": lambda: self._teach(current),
            **dict.fromkeys(("j", DOWN), lambda: self._step(1)),
            **dict.fromkeys(("k", UP), lambda: self._step(-1)),
            "g": self._go,
            "/": self._find,
            "u": self._undo,
            "s": lambda: self._leave(BACK),
            "w": lambda: self._leave(WRITE),
            **dict.fromkeys(("q", ""), lambda: self._leave(QUIT)),
            PASTE: lambda: self._say(PASTED),
            AGAIN: lambda: None,
        }
        actions.get(pressed, lambda: self._say(HELP))()

    def _answer(self, asked: list[Question], verdict: str) -> None:
        self.sitting.answer((c for question in asked for c in question), verdict)
        self._say(f"{PAST[verdict]} {len(asked)}; {self._left()} left")

    def _left(self) -> int:
        return len(self.sitting.open())

    def _edit(self, current: Correction) -> None:
        if current.to:
            self._say("a passage that moves has no other text; y or n")
            return
        old = _quoted(current.before)
        question = f"instead of {old} (\\n a new line, \\ nothing at all, empty: leave it open): "
        offers = [o for o in (current.before, current.after) if o and o.isprintable()]
        typed = self.keyboard.line(question, offers)
        if typed:
            typed = typed.replace("\\n", "\n").replace("\n", current.page.newline)
            new = "" if typed == NOTHING else typed
            self.sitting.answer([current], EDIT, new)
            self._say(f"{old} becomes {_quoted(new)}; {self._left()} left")

    def _permit(self, current: Correction) -> None:
        typed = self.keyboard.line("passage that nothing may change: ", [current.before])
        if typed:
            self._say(self._lists.allow(typed))
            self.sitting.refresh()

    def _teach(self, current: Correction) -> None:
        wrong = self.keyboard.line("the word as it stands, wrong: ", [current.before])
        right = self.keyboard.line("the right word: ", [current.after]) if wrong else ""
        if right:
            self._say(self._lists.teach(wrong, right))
            self.sitting.refresh()

    def _step(self, by: int) -> None:
        self._at = (self._at + by) % len(self._open)

    def _go(self) -> None:
        typed = self.keyboard.line("number: ")
        if typed.isdecimal():
            self._at = min(max(int(typed), 1), len(self._open)) - 1

    def _find(self) -> None:
        wanted, number = self.keyboard.line("find: "), len(self._open)
        order = [(self._at + n) % number for n in range(1, number + 1)]
        hits = [n for n in order if wanted and wanted in _searched(self._open[n][0])]
        if wanted and not hits:
            self._say(f"no {_quoted(wanted)} in what is left")
        self._at = next(iter(hits), self._at)

    def _undo(self) -> None:
        self._say("taken back" if self.sitting.undo() else "nothing to take back")

    def _leave(self, end: str) -> None:
        self._end = end


def surroundings(current: Correction, view: View, gutter: int) -> Iterator[str]:
    """The lines around a correction as they are on the page, each as far as it has room."""
    page = current.page
    first = max(current.place.line - SURROUNDINGS, 1)
    last = min(current.end_place.line + SURROUNDINGS, page.locate(len(page.text)).line)
    last -= last > first and page.line_starts[last - 1] == len(page.text)
    stops = [*page.line_starts[1:], len(page.text)]
    for line in range(first, last + 1):
        start, end = page.line_starts[line - 1], stops[line - 1]
        yield _window(current, line, (start, end), view, gutter)


def _window(current: Correction, line: int, span: tuple[int, int], view: View, gutter: int) -> str:
    """One line of the page, moved so that what would change is in sight, and marked."""
    text, (start, end) = current.page.text, span
    end -= len(text[start:end]) - len(text[start:end].rstrip("\r\n"))
    lead = cells(f"{line:>{gutter + 2}} │ ", "dim", view.ambiguous)
    room = view.width - sum(cell.width for cell in lead)
    inside = start <= current.start <= end and current.start - start > room // 4
    first = max(start, current.start - room // 4) if inside else start
    marked = max(first, min(current.start, end)), max(first, min(current.end, end))
    row = [
        *cells("…" if first > start else "", "dim", view.ambiguous),
        *cells(text[first : marked[0]], "dim", view.ambiguous),
        *cells(text[marked[0] : marked[1]], "spot", view.ambiguous),
        *cells("⏎" if current.start <= end < current.end else "", "spot", view.ambiguous),
        *cells(text[marked[1] : min(end, marked[1] + room)], "dim", view.ambiguous),
    ]
    return painted([*lead, *next(iter(wrapped(row, room)))], color=view.color)


def _quoted(text: str) -> str:
    return f"“{''.join(map(visible, text))}”" if text else "nothing"


def _searched(c: Correction) -> str:
    """What a search looks at."""
    stops = [*c.page.line_starts[1:], len(c.page.text)]
    lines = c.page.text[c.page.line_starts[c.place.line - 1] : stops[c.end_place.line - 1]]
    return "\n".join((c.code, c.after, c.message, lines))
