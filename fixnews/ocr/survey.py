"""What surrounds each character of a page: marks, the ends of lines, headlines, noise.

`fixnews.ocr.marks` asks which marks were misread or lost; what it knows of the page is seen here.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from fixnews.ocr import signs, torn
from fixnews.ocr.judge import Judge
from fixnews.ocr.reading import PARTED, WRAPPED, Reading, following
from fixnews.ocr.signs import COMMA, CRY, HAN, NOTHING, ODD, QUOTE, STOP, TARGETS
from fixnews.ocr.suspects import reads_well

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from fixnews.language import Model

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

FAR = 40
"""Characters from which a distance says nothing more: three printed lines."""

NEAR = 10
"""Characters on each side that tell how well the passage was read."""

SURPRISE = -11.0
"""Log-probability below which a Han character is a surprise: 5 to 9 % of the characters of clean
news, 12 to 25 % of a page with one character in eight wrong."""

LINE_OF_STOP = (-3.0, -3.0, 0.0, 0.0, 1.8, 2.2, 3.0, 4.0)
LINE_OF_OTHER = (-2.0, -2.0, 3.2, 0.0, 1.0, 1.0, 0.0, 0.0)
"""Nats by which the end of a line of prose speaks for a lost full stop, and for another lost mark,
by the cells that the line is short of its column: -1, 0, 1, to 6 and more. Counted on half of the
readings of January 1998: 46 % of the lost stops stand in lines that are 6 or more short, the last
of their paragraphs, and 0.3 % of the gaps where none was lost; half of the lost commas leave their
line one short, and of the lines that are one short for no other reason, up to two thirds lost a
mark."""

CARRIED = -2.0
"""The same where a line is short because its last character was carried over with the mark behind
it, which may not begin a line: of 1,000 such lines 2 have lost one."""

FEW_SIGNS = 0.01
"""Share of a page's marks that are strange, or of half width, up to which its signs show no
machine."""

HEADLINE = 40
"""Characters of the longest line that may be a headline: 99 % of those of a daily are shorter."""

NEARLY_FULL = 2.5
"""Cells that a line of running text may miss of its column: a mark that would not fit, a half-width
character, an indent that was not read."""


class Survey:
    """A page with what surrounds its characters, told of those places that somebody asks about.

    Attributes:
        seen: the page.
        judge: the judge of its marks.
        size: its characters; n below.
        groups: the group of signs of each, with one `ODD` before them and three behind.
        group: the same without; shape (n,).
        own: the mark that each is, or `FOREIGN`; shape (n,).
        marks: the places of those that are signs, in order.
        score: the log-probability of each character; shape (n,).
        parts: the first character of each paragraph.
    """

    def __init__(self, seen: Reading, model: Model) -> None:
        import numpy as np

        self.seen = seen
        self.judge = Judge.of(seen, model)
        self.size = len(seen.points)
        edge = np.full(3, ODD, dtype=np.int8)
        self.groups = np.concatenate((edge[:1], signs.groups(seen.points), edge))
        self.group = self.groups[1:-3]
        self.own = signs.own(seen.points)
        self.marks = np.flatnonzero(self.group <= ODD)
        self.score = self.judge.score.take(self.judge.place[:-1])
        self.parts = seen.starts[seen.gap[seen.starts] == PARTED]

    @cached_property
    def well(self) -> bool:
        """Whether its words show no machine."""
        return reads_well(self.seen.points, self.score)

    @cached_property
    def typed(self) -> bool:
        """Whether neither its words nor its signs show that a machine read the page."""
        return self.well and bool(max(self.odd, self.half_share) <= FEW_SIGNS)

    @cached_property
    def torn(self) -> list[torn.Gap]:
        """Where the partners of lone marks may have stood."""
        return torn.gaps(self.own, self.group, self.parts)

    def of_kind(self, *kinds: int) -> Ints:
        """The places of the signs of some groups, in order."""
        import numpy as np

        return np.asarray(self.marks[signs.among(self.group[self.marks], *kinds)])

    @cached_property
    def _stops(self) -> Ints:
        return self.of_kind(STOP, CRY)

    @cached_property
    def _points(self) -> Ints:
        return self.of_kind(COMMA, STOP)

    @cached_property
    def _quotes(self) -> tuple[Ints, Ints]:
        own, opening = self.own[self.marks], TARGETS.index("“")
        return self.marks[own == opening], self.marks[own == opening + 1]

    def start(self, at: Ints) -> Ints:
        """The first character of the paragraph of each place."""
        import numpy as np

        return np.asarray(self.parts.take(self.parts.searchsorted(at, "right") - 1))

    def last_stop(self, at: Ints) -> Ints:
        """The last full stop, question or exclamation before each place, or -`FAR`."""
        return _before(self._stops, at)

    def last_mark(self, at: Ints) -> Ints:
        """The last sign before each place, or -`FAR`."""
        return _before(self.marks, at)

    def next_mark(self, at: Ints) -> Ints:
        """The first sign from each place on, or `FAR` behind the page."""
        import numpy as np

        return np.append(self.marks, self.size + FAR).take(self.marks.searchsorted(at))

    def open(self, at: Ints) -> Ints:
        """How many quotations have been opened in the paragraph of each place, and not closed."""
        opens, closes = self._quotes
        return self._since_start(opens, at) - self._since_start(closes, at)

    def prose(self, at: Ints) -> Ints:
        """How many commas and full stops stand in the paragraph before each place."""
        return self._since_start(self._points, at)

    def _since_start(self, counted: Ints, at: Ints) -> Ints:
        """How many of some places lie between the start of the paragraph and each place."""
        return counted.searchsorted(at) - counted.searchsorted(self.start(at))

    @cached_property
    def _surprises(self) -> tuple[Ints, Ints]:
        """The Han characters that are a surprise, and what is no Han character."""
        import numpy as np

        han = self.group == HAN
        return np.flatnonzero(han & (self.score < SURPRISE)), np.flatnonzero(~han)

    @property
    def noise(self) -> float:
        """The share of the Han characters of the page that are a surprise."""
        surprises, others = self._surprises
        return len(surprises) / max(1, self.size - len(others))

    def local(self, at: Ints) -> Floats:
        """The same near each place."""
        import numpy as np

        low, high = np.maximum(at - NEAR, 0), np.minimum(at + NEAR + 1, self.size)
        bad, others = (some.searchsorted(high) - some.searchsorted(low) for some in self._surprises)
        return np.asarray(bad / np.maximum(high - low - others, 1))

    @cached_property
    def between(self) -> Ints:
        """The signs that stand between two Han characters."""
        import numpy as np

        beside = (self.groups[self.marks] == HAN) & (self.groups[self.marks + 2] == HAN)
        return np.asarray(self.marks[beside])

    @cached_property
    def _kinds(self) -> tuple[Ints, int]:
        """The signs between Han characters that are strange, and how many are of half width."""
        import numpy as np

        group, half = self.group[self.between], self.seen.points[self.between] < 0x7F
        strange = signs.among(group, ODD, signs.SCRIBBLE, signs.DOT)
        strange |= half & signs.among(group, signs.TICK, signs.STROKE)
        usual = half & (self.own[self.between] <= NOTHING)
        return self.between[strange], int(np.count_nonzero(usual))

    @cached_property
    def strange(self) -> Any:
        """Which characters are signs that no newspaper prints between Han characters."""
        import numpy as np

        found = np.zeros(self.size, dtype=bool)
        found[self._kinds[0]] = True
        return found

    @property
    def odd(self) -> float:
        """The share of the page's signs that are strange."""
        return len(self._kinds[0]) / max(1, len(self.marks))

    @property
    def half_share(self) -> float:
        """The share of them that are marks of half width between Han characters."""
        return self._kinds[1] / max(1, len(self.marks))

    def same(self, points: Ints) -> Floats:
        """The share of the signs between Han characters that are each of some signs."""
        import numpy as np

        every = np.sort(self.seen.points[self.between])
        alike = every.searchsorted(points, "right") - every.searchsorted(points)
        return np.asarray(alike / max(1, len(every)))

    def headlines(self) -> Any:
        """Which lines are short and do not go on from the full line above.

        They hold no stop, and no other mark if they fill their column. So may a second line that
        goes on from such a one, and a third: the headline of a story in one column. They hold no
        comma.
        """
        import numpy as np

        start = self.seen.starts
        last, before = following(start, self.size) - 1, np.maximum(start - 1, 0)
        full = np.abs(self.seen.short[before]) <= NEARLY_FULL
        alone = (start == 0) | self._closed(before) | (self.seen.gap[start] == PARTED) | ~full
        first = np.maximum.accumulate(np.where(alone, start, 0))
        alone &= (self.last_stop(last) < start) & (last - start < HEADLINE)
        alone &= (self.last_mark(last) < start) | (self.seen.short[last] > NEARLY_FULL)
        pointed = _before(self.of_kind(STOP, CRY, COMMA), last + 1, -1)
        return alone | ((pointed < first) & (last - first < HEADLINE))

    def _closed(self, at: Ints) -> Any:
        """Whether a sentence ends with each character."""
        before, here = self.groups[at], self.group[at]
        stop = signs.among(here, STOP, CRY)
        return stop | ((here == QUOTE) & signs.among(before, STOP, CRY))

    def line(self, site: Ints, candidate: Ints) -> Floats:
        """Nats by which the length of the line speaks for a mark lost at its end."""
        import numpy as np

        stop, other = self.line_ends(site)
        return np.where(candidate == TARGETS.index("。"), stop, other)

    def line_ends(self, site: Ints) -> tuple[Floats, Floats]:
        """The same for a full stop, and for another mark."""
        import numpy as np

        ends = (self.seen.gap[site] >= WRAPPED) & (site > 0)
        line = self.seen.starts.searchsorted(site) - 1
        stop, other = (np.where(ends, told.take(line), 0.0) for told in self._ends)
        return stop, other

    @cached_property
    def _ends(self) -> tuple[Floats, Floats]:
        """The same for each line."""
        import numpy as np

        at = following(self.seen.starts, self.size)
        told = self.prose(at - 1) > 0
        short = np.clip(np.round(self.seen.short[at - 1]), -1, 6).astype(np.int64) + 1
        mark = [(self.groups[at + n + 1] <= ODD) & (at + n < self.size) for n in (0, 1)]
        carried = (short == 2) & (mark[0] | mark[1])
        stop, other = (
            np.where(told, np.where(carried, CARRIED, np.array(nats)[short]), 0.0)
            for nats in (LINE_OF_STOP, LINE_OF_OTHER)
        )
        return stop, other


def _before(places: Ints, at: Ints, none: int = -FAR) -> Ints:
    """The last of some places before each other one, or ``none``."""
    import numpy as np

    return np.append(none, places).take(places.searchsorted(at))
