"""The figures of an archive: whole, by issue, by day, by rule, and which pages are worst.

They are added up record by record; what is held is a line for each issue and day, none for each
page.
"""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from fixnews.corpus.leaves import Figures, Trouble
from fixnews.corpus.ledger import Record
from fixnews.patterns import lazy

WORST = 50
"""Pages that are named as the worst."""

SHORT = 100
"""Characters below which a page is not among the worst: a doubt on a headline is a tenth of it."""

BOUNDS = (0.5, 1, 2, 5, 10, 20, 50, 100, 200)
"""Characters in a thousand that are probably wrong, between the bars of the distribution."""


_NUMBER = lazy(r"\d+")


@dataclass(slots=True)
class Tally:
    """The sums of some pages; the attributes are those of `Figures`."""

    pages: int = 0
    repaired: int = 0
    untouched: int = 0
    refused: int = 0
    characters: int = 0
    applied: int = 0
    suggested: int = 0
    noted: int = 0
    left: float = 0.0

    def add(self, page: Figures) -> None:
        """Add a page."""
        self.pages += 1
        setattr(self, page.state, getattr(self, page.state) + 1)
        for name in ("characters", "applied", "suggested", "noted", "left"):
            setattr(self, name, getattr(self, name) + getattr(page, name))

    def refuse(self) -> None:
        """Add a page that could not even be read."""
        self.pages += 1
        self.refused += 1

    @property
    def per_thousand(self) -> float:
        """Characters in a thousand that are probably still wrong."""
        return per_thousand(self.left, self.characters)


def per_thousand(left: float, characters: int) -> float:
    """Characters in a thousand that are probably still wrong.

    >>> per_thousand(3.0, 600)
    5.0
    """
    return 1000 * left / max(characters, 1)


class Reason(NamedTuple):
    """Why pages or lines were left as they are: how many, and the first of them."""

    times: int
    first: str


@dataclass(slots=True)
class Tallies:
    """The figures of an archive.

    Attributes:
        whole: all pages.
        issues, days: by what they are called.
        rules: for each rule how many corrections were applied, offered and noted.
        bars: pages by what is left in a thousand characters, between `BOUNDS`.
        worst: the pages with most left, the worst first.
        reasons: why what was refused.
        lines: how many lines were no rows.
    """

    whole: Tally = field(default_factory=Tally)
    issues: dict[str, Tally] = field(default_factory=dict)
    days: dict[str, Tally] = field(default_factory=dict)
    rules: dict[str, list[int]] = field(default_factory=dict)
    bars: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    reasons: dict[str, Reason] = field(default_factory=dict)
    lines: int = 0
    _worst: list[tuple[float, int, Figures]] = field(default_factory=list)

    def add(self, record: Record) -> None:
        """Add a shard."""
        for page in record.pages:
            self._add(page)
        for code, counts in record.rules.items():
            held = self.rules.setdefault(code, [0, 0, 0])
            self.rules[code] = [a + b for a, b in zip(held, counts, strict=True)]
        refused = Counter(page.state for page in record.pages)["refused"]
        for trouble in record.troubles:
            self.add_trouble(trouble)
        for _ in range(sum(t.is_page for t in record.troubles) - refused):
            self.whole.refuse()

    def add_trouble(self, trouble: Trouble) -> None:
        """Add what was left as it is."""
        kind = _NUMBER.sub("…", trouble.reason.partition(":")[0].partition(" (")[0])
        told = self.reasons.get(kind, Reason(0, trouble.place))
        self.reasons[kind] = told._replace(times=told.times + 1)
        self.lines += not trouble.is_page

    def _add(self, page: Figures) -> None:
        self.whole.add(page)
        if page.issue:
            self.issues.setdefault(page.issue, Tally()).add(page)
        if page.day:
            self.days.setdefault(page.day, Tally()).add(page)
        if page.state == "refused":
            return
        left = per_thousand(page.left, page.characters)
        self.bars[sum(left >= bound for bound in BOUNDS)] += 1
        if page.characters >= SHORT and left >= BOUNDS[0]:
            self._rank(left, page)

    def _rank(self, left: float, page: Figures) -> None:
        entry = (left, -self.whole.pages, page)
        if len(self._worst) < WORST:
            heapq.heappush(self._worst, entry)
        else:
            heapq.heappushpop(self._worst, entry)

    @property
    def worst(self) -> list[Figures]:
        """The pages with most left in a thousand characters, the worst first."""
        return [page for *_, page in sorted(self._worst, reverse=True)]

    def years(self) -> dict[str, Tally]:
        """The days added up by year."""
        return folded(self.days, 4)


def folded(days: dict[str, Tally], length: int) -> dict[str, Tally]:
    """The days added up by the first characters of their names: 4 for years, 7 for months.

    >>> folded({"1999-01-02": Tally(1), "1999-03": Tally(2)}, 4)["1999"].pages
    3
    """
    found: dict[str, Tally] = {}
    for day in sorted(days):
        into = found.setdefault(day[:length], Tally())
        for name in Tally.__slots__:
            setattr(into, name, getattr(into, name) + getattr(days[day], name))
    return found
