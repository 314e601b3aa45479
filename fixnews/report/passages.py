"""What a report shows of a page: each correction, or passages of corrections that stand together.

Twelve commas in one sentence are judged at one glance, not in twelve: where only the result is of
interest, applied corrections of one line that are within reach of each other form one passage.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import NamedTuple

from fixnews.changes import Safety
from fixnews.correction import Correction
from fixnews.issue import Outcome
from fixnews.source import LINE_BREAK, Source

CONTEXT = 12
"""Characters on each side of a change: with it, they fill a line of 80 cells less the gutter."""

REACH = 96
"""Characters from the first change of a passage to its last: three lines of 80 cells, so that
before and after are seen together."""


class Entry(NamedTuple):
    """What is shown as one: a correction at one of its places, or several that stand together.

    Attributes:
        outcome: the issue.
        corrections: in the order of the page; more than one if they are shown as a passage.
        arrival: it is shown where it goes to, not where it was.
        numbers: which of the page's corrections they are, from 1; none for an arrival.
        total: how many corrections the page has.
        floor, ceiling: offsets of the page beyond which its context does not reach.
        around: the changes of the passages before and behind it.
    """

    outcome: Outcome
    corrections: tuple[Correction, ...]
    arrival: bool = False
    numbers: tuple[int, ...] = ()
    total: int = 0
    floor: int = 0
    ceiling: int | None = None
    around: tuple[Correction, ...] = ()

    @property
    def first(self) -> Correction:
        """The correction that it begins with."""
        return self.corrections[0]

    @property
    def last(self) -> Correction:
        """The correction that it ends with."""
        return self.corrections[-1]

    @property
    def page(self) -> Source:
        """The page on which it is shown."""
        to = self.first.to
        return self.outcome.sources[to[0]] if self.arrival and to else self.first.page

    @property
    def start(self) -> int:
        """Where it begins on that page."""
        to = self.first.to
        return to[1] if self.arrival and to else self.first.start

    @property
    def line(self) -> int:
        """The line on which it begins."""
        return self.page.locate(self.start).line

    @property
    def safety(self) -> Safety:
        """The least safe of its corrections."""
        return next((c.safety for c in self.corrections if c.safety != "safe"), "safe")

    @property
    def confidence(self) -> float:
        """The least of its corrections."""
        return min(c.confidence for c in self.corrections)

    @property
    def number(self) -> str:
        """Which of the page's corrections it is, for people."""
        if not self.numbers:
            return ""
        first, last = self.numbers[0], self.numbers[-1]
        return f"{first}–{last}/{self.total}" if last > first else f"{first}/{self.total}"


def entries(outcome: Outcome, number: int, *, notes: bool = True) -> list[Entry]:
    """What there is to show of a page, in the order of its text; a move at both its ends.

    Args:
        outcome: the issue.
        number: which page of it, from 0.
        notes: also what is only reported.
    """
    own = [c for c in outcome.of_page(number) if notes or c.safety != "note"]
    found = [Entry(outcome, (c,), numbers=(n,), total=len(own)) for n, c in enumerate(own, 1)]
    arrivals = (c for c in outcome.corrections if c.to and c.to[0] == number)
    found += [Entry(outcome, (c,), arrival=True) for c in arrivals]
    return sorted(found, key=lambda entry: entry.start)


def gathered(found: Sequence[Entry]) -> list[Entry]:
    """The entries of a page with those that stand together as passages.

    The context of a passage stops where a move begins or ends: the text beyond does not stay its
    neighbour.
    """
    ends = _ends_of_moves(found)
    passages: list[Entry] = []
    for entry in found:
        if passages and _together(passages[-1], entry, ends):
            passages[-1] = _joined(passages[-1], entry)
        else:
            passages.append(entry)
    return _bounded(passages, ends)


def _ends_of_moves(found: Iterable[Entry]) -> list[int]:
    moves = [e.first for e in found if e.first.to and e.first.applied and not e.arrival]
    return sorted({end for move in moves for end in (move.start, move.end)})


def _changes(entry: Entry) -> bool:
    return not entry.arrival and entry.first.applied and entry.first.to is None


def _together(one: Entry, other: Entry, ends: Sequence[int]) -> bool:
    if not (_changes(one) and _changes(other)):
        return False
    if bisect_left(ends, one.last.end) != bisect_right(ends, other.start):
        return False
    gap = one.page.text[one.last.end : other.start]
    near = len(gap) <= 2 * CONTEXT and other.first.end - one.start <= REACH
    return near and not LINE_BREAK.search(gap)


def _joined(one: Entry, other: Entry) -> Entry:
    return one._replace(
        corrections=one.corrections + other.corrections, numbers=one.numbers + other.numbers
    )


def _bounded(passages: Sequence[Entry], ends: Sequence[int]) -> list[Entry]:
    """The passages with what bounds their context and what changes in it."""
    changes = [entry for entry in passages if _changes(entry)]
    before = [(), *(entry.corrections for entry in changes)]
    behind = [*(entry.corrections for entry in changes[1:]), ()]
    rows = zip(changes, before, behind, strict=False)
    bounded = (_between(entry, ends)._replace(around=left + right) for entry, left, right in rows)
    return [next(bounded) if _changes(entry) else entry for entry in passages]


def _between(entry: Entry, ends: Sequence[int]) -> Entry:
    below, above = bisect_right(ends, entry.start), bisect_left(ends, entry.last.end)
    return entry._replace(
        floor=ends[below - 1] if below else 0,
        ceiling=ends[above] if above < len(ends) else None,
    )


def context(entry: Entry, *, repaired: bool = False) -> tuple[str, str]:
    """What stands left and right, up to the line's ends or twelve characters.

    Args:
        entry: of what.
        repaired: as it reads with the changes around it.
    """
    text, start = entry.page.text, entry.start
    end = start if entry.arrival else entry.last.end
    left = LINE_BREAK.split(text[max(0, start - CONTEXT - 1) : start])[-1]
    right = LINE_BREAK.split(text[end : end + CONTEXT + 1])[0]
    ceiling = len(text) if entry.ceiling is None else entry.ceiling
    first = start - min(len(left), CONTEXT, start - entry.floor)
    last = end + min(len(right), CONTEXT, ceiling - end)
    changes = entry.around if repaired else ()
    lead, trail = _reading(text, first, start, changes), _reading(text, end, last, changes)
    cut = start > first > start - len(left), end < last < end + len(right)
    return "…" * cut[0] + lead, trail + "…" * cut[1]


def _reading(text: str, start: int, end: int, changes: Iterable[Correction]) -> str:
    """A stretch of a page as it reads with these changes."""
    parts, at = [], start
    for change in changes:
        if at <= change.start and change.end <= end:
            parts += [text[at : change.start], change.after]
            at = change.end
    return "".join(parts) + text[at:end]


def link(entry: Entry) -> str:
    """Both ends of a move, seen from where the entry stands; pages of one folder by their names.

    The way is ``A1:14 ← C2:3`` at the place of arrival and ``C2:3 → A1:14`` where it was.
    """
    c = entry.first
    other = entry.outcome.sources[c.to[0] if c.to else c.source]
    here, there = _names(c.path, other.path)
    here += f":{c.place.line}"
    there += f":{other.locate(c.to[1] if c.to else 0).line}"
    return f"{there} ← {here}" if entry.arrival else f"{here} → {there}"


def _names(one: str, other: str) -> tuple[str, str]:
    here, there = PurePath(one), PurePath(other)
    if here.parent != there.parent or (here.stem == there.stem and here != there):
        return one, other
    return here.stem, there.stem
