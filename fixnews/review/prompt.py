"""The terminal side of a review: shows one correction, reads one key, says what it did."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from fixnews.console import Console
from fixnews.correction import Correction
from fixnews.filters import rule_names
from fixnews.message import Message
from fixnews.report.cells import cells, visible, wrapped
from fixnews.report.paint import painted
from fixnews.report.passages import Entry
from fixnews.report.stacked import View, shown
from fixnews.review import ACCEPT, EDIT, REJECT, Review
from fixnews.review.keyboard import Keyboard

KEYS = "y/n  e edit  a/d rest of page  A/D same rule+text  u undo  ? help  q quit"

HELP = """\
y  accept                              n  reject
a  accept the rest of the page         d  reject the rest of the page
A  accept all of this rule and text    D  reject all of this rule and text
e  type another replacement
i  add a passage to the allow-list: nothing changes it any more
t  teach a word: add it to your own dictionary
j  next    k  previous    g  go to a number    /  find
u  undo the last answer
w  write what was accepted, and end
q  save the answers and quit; `fixnews review --resume` goes on
"""

SURROUNDINGS = 2
"""Lines of the page shown above and below a correction."""

NOTHING = "\\"
"""What is typed for a replacement that is no text at all."""

_PAST = {ACCEPT: "accepted {n}; {open} left", REJECT: "rejected {n}; {open} left"}


class Lists(NamedTuple):
    """The reader's own lists: what to do with a new entry, which gives what to say about it."""

    allow: Callable[[str], str]
    teach: Callable[[str, str], str]


class Dialogue:
    """One sitting of a review.

    Attributes:
        finished: whether what was accepted shall be written.
    """

    def __init__(
        self, review: Review, keyboard: Keyboard, console: Console, view: View, lists: Lists
    ) -> None:
        self.review, self.keyboard, self.console, self.view = review, keyboard, console, view
        self.finished = False
        self._lists = lists
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
        self.console.report((self.console.tongue(text) + "\n",))
        self.console.flush()

    def _asked(self, template: str, **values: str) -> str:
        """A question in the reader's language."""
        return self.console.tongue.of(template, **values)

    def _show(self, current: Correction) -> None:
        """The correction, its reason and evidence, its place on the page, the keys."""
        columns = shutil.get_terminal_size().columns if self.console.readable else self.view.width
        view = replace(self.view, width=columns)
        entry = Entry(
            self.review.outcome,
            (current,),
            numbers=(self._at + 1,),
            total=len(self.review.open),
        )
        gutter = len(str(len(current.page.line_starts)))
        self._say(f"\n{current.path}")
        self.console.report(shown(entry, view, gutter, rule_names()))
        for fact, figure in current.evidence:
            told = Message("{fact}: {figure}", fact=Message(fact), figure=Message(figure))
            self._say(f"{'':>{gutter + 5}}{self.console.tongue(told)}")
        self.console.report(surroundings(current, view, gutter))
        for part in wrapped(cells(self.console.tongue(KEYS), "dim"), columns):
            self.console.report((painted(part, color=view.color),))
        self.console.flush()

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
            "i": lambda: self._permit(current),
            "t": lambda: self._teach(current),
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
        self._say(Message(_PAST[verdict], n=len(corrections), open=len(self.review.open)))

    def _edit(self, current: Correction) -> None:
        if current.to:
            self._say("a passage that moves has no other text; y or n")
            return
        old = _quoted(current.before)
        question = self._asked(
            "instead of {old} (\\n a new line, \\ nothing at all, empty: leave it open): ", old=old
        )
        offers = [o for o in (current.before, current.after) if o and o.isprintable()]
        typed = self.keyboard.line(question, offers)
        if typed:
            new = "" if typed == NOTHING else typed.replace("\\n", current.page.newline)
            self.review.answer([current], EDIT, new)
            self._say(
                Message(
                    "{old} becomes {new}; {open} left",
                    old=old,
                    new=_quoted(new),
                    open=len(self.review.open),
                )
            )

    def _permit(self, current: Correction) -> None:
        typed = self.keyboard.line(
            self._asked("passage that nothing may change: "), [current.before]
        )
        if typed:
            self._say(self._lists.allow(typed))
            self.review.refresh()

    def _teach(self, current: Correction) -> None:
        asked = self._asked("the word as it stands, wrong: ")
        wrong = self.keyboard.line(asked, [current.before])
        asked = self._asked("the right word: ")
        right = self.keyboard.line(asked, [current.after]) if wrong else ""
        if right:
            self._say(self._lists.teach(wrong, right))
            self.review.refresh()

    def _step(self, by: int) -> None:
        self._at = (self._at + by) % len(self.review.open)

    def _go(self) -> None:
        typed = self.keyboard.line(self._asked("number: "))
        if typed.isdecimal():
            self._at = min(max(int(typed), 1), len(self.review.open)) - 1

    def _find(self) -> None:
        wanted, number = self.keyboard.line(self._asked("find: ")), len(self.review.open)
        order = [(self._at + n) % number for n in range(1, number + 1)]
        hits = [n for n in order if wanted and wanted in _searched(self.review.open[n])]
        if wanted and not hits:
            self._say(Message("no {wanted} in what is left", wanted=_quoted(wanted)))
        self._at = next(iter(hits), self._at)

    def _undo(self) -> None:
        self._say("taken back" if self.review.undo() else "nothing to take back")

    def _leave(self, *, write: bool) -> None:
        self._over, self.finished = True, write


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


def _quoted(text: str) -> Message:
    """A text as it is spoken of."""
    if not text:
        return Message("nothing")
    return Message("“{text}”", text="".join(map(visible, text)))


def _searched(c: Correction) -> str:
    """What a search looks at."""
    stops = [*c.page.line_starts[1:], len(c.page.text)]
    lines = c.page.text[c.page.line_starts[c.place.line - 1] : stops[c.end_place.line - 1]]
    return "\n".join((c.code, c.after, c.message, lines))
