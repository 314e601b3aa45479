"""The terminal side of a review by series: the list, three examples of one, a key for all of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from fixnews.console import Console
from fixnews.filters import rule_names
from fixnews.report.cells import cells, text_width, wrapped
from fixnews.report.paint import painted
from fixnews.report.stacked import Row, View, marked, short
from fixnews.review import ACCEPT, REJECT
from fixnews.review.keyboard import (
    AGAIN,
    DOWN,
    END,
    ENTER,
    HOME,
    PAGE_DOWN,
    PAGE_UP,
    PASTE,
    UP,
    Keyboard,
)
from fixnews.review.prompt import BACK, DONE, PAST, PASTED, QUIT, WRITE, Dialogue
from fixnews.review.sitting import BY_PAGE, OPEN, Sitting
from fixnews.series import Example, Question, Series

KEYS = "a accept  r reject  o open  d doubtful  u undo  ? help  w write  q quit"

HELP = """\
a  accept what is open of a series     r  reject it
o  ask about each of it                d  ask about all that is doubtful
j  next    k  previous    g  go to a number
u  undo the last answer
w  write what was accepted, and end
q  save the answers and quit; `fixnews review --resume` goes on
"""

ROWS = 12
"""Rows of the list that are shown around the chosen one: with its examples, the head and the keys,
they fill a terminal of 24 lines; a higher one shows more."""

AROUND = 10
"""Lines of the screen beside the rows: head, examples, keys, and what was said last."""

SHAPE, PLACE = 14, 16
"""Columns of what a series does, and of where."""

NAMED = 110
"""Columns of a terminal from which rules stand with their names, and examples as long as they are;
on a narrower one their place has room if they are cut to `SHORT` characters on each side."""

SHORT = 8

KINDS = {
    "join": "join ⏎",
    "break": "break ⏎",
    "blank": "blanks",
    "jump": "jump",
    "passage": "passage",
}
"""What people read of a kind; a pair is shown itself."""

NOTHING = "∅"
"""What stands for the text of an insertion, or of what is only taken away."""

_CLEAR = "\x1b[H\x1b[2J"


class Listed(NamedTuple):
    """A row of the list.

    Attributes:
        questions: what it holds.
        series: of which series; none for the doubtful ones that have no equal.
        standing: how many are open, and how many have which verdict.
    """

    questions: tuple[Question, ...]
    series: Series | None
    standing: dict[str, int]

    @property
    def left(self) -> int:
        """How many are open."""
        return self.standing.get(OPEN, 0)


def listed(sitting: Sitting) -> list[Listed]:
    """The rows of the list: series, and last of all what is doubtful and stands alone."""
    found = sitting.series()
    alone = [s for s in found if not s.sure and s.count == 1]
    rows = [
        Listed(s.questions, s, dict(sitting.standing(s))) for s in found if s.sure or s.count > 1
    ]
    rest: dict[str, int] = {}
    for series in alone:
        for verdict, number in sitting.standing(series).items():
            rest[verdict] = rest.get(verdict, 0) + number
    if alone:
        rows.append(Listed(tuple(q for s in alone for q in s.questions), None, rest))
    return rows


class SeriesList:
    """A review that opens with the series."""

    def __init__(  # noqa: PLR0913
        self,
        sitting: Sitting,
        keyboard: Keyboard,
        console: Console,
        view: View,
        dialogue: Dialogue,
        *,
        order: str = BY_PAGE,
    ) -> None:
        self.sitting, self.keyboard, self.console, self.view = sitting, keyboard, console, view
        self._dialogue, self._order = dialogue, order
        self._rows: list[Listed] = []  # none: to be made anew
        self._at = 0
        self._said = ""
        self._end = ""

    def hold(self) -> str:
        """Show the list and do what the keys mean; how it ended, `WRITE` or `QUIT`."""
        while not self._end:
            self._rows = self._rows or listed(self.sitting)
            if not self._rows:
                return DONE
            self._at = min(self._at, len(self._rows) - 1)
            self._show()
            self._do(self.keyboard.key())
        return self._end

    def _show(self) -> None:
        columns, lines = shutil.get_terminal_size()
        width = columns if self.console.readable else self.view.width
        view = replace(self.view, width=width)
        said = [*_parted(self._said, view)] if self._said else []
        clear = _CLEAR if os.environ.get("TERM") != "dumb" else "\n"
        self.console.report((clear, *shown(self._rows, self._at, view, lines), *said))
        self.console.flush()
        self._said = ""

    def _do(self, pressed: str) -> None:
        """What a key means; an unknown one shows the help."""
        actions: dict[str, Callable[[], None]] = {
            "a": lambda: self._answer(ACCEPT),
            "r": lambda: self._answer(REJECT),
            **dict.fromkeys(("o", ENTER), self._open),
            "d": self._doubtful,
            **dict.fromkeys(("j", DOWN), lambda: self._go(self._at + 1)),
            **dict.fromkeys(("k", UP), lambda: self._go(self._at - 1)),
            PAGE_DOWN: lambda: self._go(self._at + ROWS),
            PAGE_UP: lambda: self._go(self._at - ROWS),
            HOME: lambda: self._go(0),
            END: lambda: self._go(len(self._rows) - 1),
            **{str(n): lambda n=n: self._go(n - 1) for n in range(1, 10)},  # type: ignore[misc]
            "g": self._ask_number,
            "u": self._undo,
            "w": lambda: self._leave(WRITE),
            **dict.fromkeys(("q", ""), lambda: self._leave(QUIT)),
            PASTE: lambda: self._say(PASTED),
            AGAIN: lambda: None,
        }
        actions.get(pressed, lambda: self._say(HELP))()

    def _say(self, text: str) -> None:
        self._said = text

    def _go(self, place: int) -> None:
        self._at = min(max(place, 0), len(self._rows) - 1)

    def _ask_number(self) -> None:
        typed = self.keyboard.line("number: ")
        if typed.isdecimal():
            self._go(int(typed) - 1)

    def _answer(self, verdict: str) -> None:
        """Say the same about what is open of a series, and go to the next that has something."""
        row = self._rows[self._at]
        if row.series is None:
            self._say("these have nothing in common: o asks about each")
            return
        number = self.sitting.answer_open(row.series, verdict)
        left = len(self.sitting.open())
        end = "; w writes what was accepted" if not left else ""
        self._say(f"{PAST[verdict]} {number:,}; {left:,} left{end}")
        order = [*range(self._at + 1, len(self._rows)), *range(self._at)]
        self._at = next((n for n in order if self._rows[n].left), self._at)
        self._rows = []

    def _open(self) -> None:
        where = set(map(_spot, self._rows[self._at].questions))
        self._ask(lambda: [q for q in self._left() if _spot(q) in where])

    def _doubtful(self) -> None:
        sure = {_spot(q) for row in self._rows if row.series and row.series.sure
                for q in row.questions}  # fmt: skip
        self._ask(lambda: [q for q in self._left() if _spot(q) not in sure])

    def _left(self) -> list[Question]:
        return self.sitting.open(self._order)

    def _ask(self, scope: Callable[[], list[Question]]) -> None:
        """Ask one by one, then come back, unless the reader leaves."""
        if not scope():
            self._say("nothing of it is open; u takes the last answer back")
            return
        end, self._rows = self._dialogue.hold(scope), []
        self._end = "" if end in (BACK, DONE) else end

    def _undo(self) -> None:
        self._say("taken back" if self.sitting.undo() else "nothing to take back")
        self._rows = []

    def _leave(self, end: str) -> None:
        self._end = end


def _spot(question: Question) -> tuple[str, int, int, str]:
    """What a question is told by, also after the pages were repaired anew."""
    first = question[0]
    return first.path, first.start, first.end, first.code


def shown(rows: Sequence[Listed], at: int, view: View, lines: int) -> Iterator[str]:
    """The list as it stands on a screen.

    Args:
        rows: the series.
        at: the chosen one, whose examples are shown.
        view: how.
        lines: of the terminal.
    """
    total, left = sum(len(row.questions) for row in rows), sum(row.left for row in rows)
    open_rows = sum(bool(row.left) for row in rows)
    head = f"{left:,} of {total:,} corrections open, in {open_rows} of {len(rows)} series"
    yield painted(cells(head, "path", view.ambiguous), color=view.color)
    room = max(lines - AROUND, ROWS)
    first = min(max(at - room // 2, 0), max(len(rows) - room, 0))
    for number, row in list(enumerate(rows))[first : first + room]:
        yield painted(_line(number, row, view, chosen=number == at), color=view.color)
        if number == at and row.series:
            yield from (_example(e, view) for e in row.series.examples())
    if first + room < len(rows):
        yield painted(cells(f"   … {len(rows) - first - room} more", "dim"), color=view.color)
    yield from _parted(KEYS, view)


def _parted(text: str, view: View) -> Iterator[str]:
    for line in text.splitlines():
        for part in wrapped(cells(line, "dim", view.ambiguous), view.width):
            yield painted(part, color=view.color)


def _line(number: int, row: Listed, view: View, *, chosen: bool) -> Row:
    """One series: number, rule, what becomes what where, how many, on how many pages, how sure."""
    mark = ">" if chosen else " "
    lead = cells(f"{mark}{number + 1:>3} ", "path" if chosen else "")
    series = row.series
    if series is None:
        text = f"doubtful, one of each   {len(row.questions):,}   {_state(row)}"
        return [*lead, *cells(text, "unsafe", view.ambiguous)]
    name = f" {rule_names().get(series.code, '')}"[:24] if view.width >= NAMED else ""
    figures = f"{series.count:>7,}{series.pages:>6} p.  {_span(series)}"
    code = cells(f"{series.code}{name:<{24 * bool(name)}} ", "code")
    facts = [*_shape(series, view), *_padded(series.surroundings, PLACE, view)]
    style = "" if row.left else "dim"
    return [*lead, *code, *facts, *cells(f"{figures}  {_state(row)}", style)]


def _span(series: Series) -> str:
    """The confidence: the least and the mean, or one figure where they look the same."""
    least, mean = f"{series.least:.2f}", f"{series.mean:.2f}"
    return f"{mean:<9}" if least == mean else f"{least}–{mean}"


def _state(row: Listed) -> str:
    """What there is to do of it, or what was said."""
    verdicts = {PAST.get(v, "edited"): n for v, n in row.standing.items() if v != OPEN and n}
    if not verdicts:
        return "" if row.series is None or row.series.sure else "doubtful"
    if not row.left and len(verdicts) == 1:
        return next(iter(verdicts))
    return f"{row.left:,} left" if row.left else "answered"


def _shape(series: Series, view: View) -> Row:
    if series.kind != "pair":
        return _padded(KINDS[series.kind], SHAPE, view)
    pair = f"{series.before or NOTHING} → {series.after or NOTHING}"
    return _padded(pair, SHAPE, view)


def _padded(text: str, columns: int, view: View) -> Row:
    space = columns - text_width(text, view.ambiguous)
    return cells(text + " " * max(space, 1), "", view.ambiguous)


def _example(found: Example, view: View) -> str:
    """An example in its line, its place at the right."""
    c, a = found.correction, view.ambiguous
    reach = len(found.left + found.right) if view.width >= NAMED else SHORT
    row = [*cells("       ", "", a), *cells(found.left[-reach:], "", a)]
    row += marked(short(c.before), "gone", view)
    if c.to is None:
        row += marked(short(c.after), "new", view)
    row += cells(found.right[:reach], "", a)
    where = cells(f"  {c.path}:{c.place.line}  {c.confidence:.2f}", "dim", a)
    size = sum(cell.width for cell in row)
    space = view.width - size - sum(cell.width for cell in where)
    if space >= 0:
        return painted([*row, *cells(" " * space), *where], color=view.color)
    return painted(next(iter(wrapped(row, view.width))), color=view.color)
