"""What surrounds each character of a page: marks, the ends of lines, headlines, noise.

`fixnews.marks.sites` asks which marks were misread or lost; what it knows of the page is seen here.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from fixnews.characters.suspects import read_well
from fixnews.layout.reading import PARTED, WRAPPED, following
from fixnews.marks import confusion, torn
from fixnews.marks.confusion import COMMA, CRY, HAN, NOTHING, ODD, QUOTE, STOP, TARGETS
from fixnews.marks.judge import Judge
from fixnews.marks.sheets import Sheets
from fixnews.patterns import lazy

if TYPE_CHECKING:
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

_JUMPS = lazy("[转轉](?:(?<=[下紧緊].)|(?=第))")

POINTS = 1 << 21
"""More than there are code points."""


class Survey:
    """Pages with what surrounds their characters, told of those places that somebody asks about.

    Attributes:
        seen: the pages, n places in all.
        judge: the judge of their marks.
        groups: the group of signs of each place, with one `ODD` before them and three behind.
        group: the same without; shape (n,).
        own: the mark that each is, or `FOREIGN`; shape (n,).
        marks: the places of those that are signs, in order.
        score: the log-probability of each character; shape (n,).
        parts: the first character of each paragraph.
    """

    def __init__(self, seen: Sheets, model: Model) -> None:
        self.seen = seen
        self.judge = Judge.of(seen, model)
        edge = np.full(3, ODD, dtype=np.int8)
        self.groups = np.concatenate((edge[:1], confusion.groups(seen.points), edge))
        self.group = self.groups[1:-3]
        self.own = confusion.own(seen.points)
        self.marks = np.flatnonzero((self.group <= ODD) & seen.inside)
        self.score = np.where(seen.inside, self.judge.score.take(self.judge.place), 0.0)
        self.parts = seen.starts[seen.gap[seen.starts] == PARTED]

    @cached_property
    def well(self) -> Any:
        """Of which pages the words show no machine."""
        return read_well(self.seen.points, self.score, self.seen.count)

    @cached_property
    def typed(self) -> Any:
        """Of which pages neither words nor signs show that a machine read them."""
        return self.well & (np.maximum(self.odd, self.half_share) <= FEW_SIGNS)

    @cached_property
    def torn(self) -> list[torn.Gap]:
        """Where the partners of lone marks may have stood."""
        ends = following(self.parts, len(self.own))
        ends = np.minimum(ends, self.seen.end[self.seen.page[self.parts]])
        return torn.gaps(self.own, self.group, self.parts, ends)

    def of_kind(self, *kinds: int) -> Ints:
        """The places of the signs of some groups, in order."""
        return np.asarray(self.marks[confusion.among(self.group[self.marks], *kinds)])

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
        return np.asarray(self.parts.take(self.parts.searchsorted(at, "right") - 1))

    def last_stop(self, at: Ints) -> Ints:
        """The last full stop, question or exclamation on the page before each place, or -`FAR`."""
        return self._on_page(_before(self._stops, at), at)

    def last_mark(self, at: Ints) -> Ints:
        """The last sign on the page before each place, or -`FAR`."""
        return self._on_page(_before(self.marks, at), at)

    def _on_page(self, found: Ints, at: Ints) -> Ints:
        """Places before others; -`FAR` where they are on another page."""
        return np.where(found < self.seen.first[self.seen.page[at]], -FAR, found)

    def next_mark(self, at: Ints) -> Ints:
        """The first sign on the page from each place on, or `FAR` behind the page."""
        end = self.seen.end[self.seen.page[at]]
        found = np.append(self.marks, len(self.own)).take(self.marks.searchsorted(at))
        return np.where(found < end, found, end + FAR)

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
        han = self.group == HAN
        return np.flatnonzero(han & (self.score < SURPRISE)), np.flatnonzero(~han)

    @property
    def noise(self) -> Floats:
        """The share of the Han characters of each page that are a surprise."""
        han = self.group == HAN
        surprises = self.seen.count(han & (self.score < SURPRISE))
        return np.asarray(surprises / np.maximum(1, self.seen.count(han)))

    def local(self, at: Ints) -> Floats:
        """The same near each place."""
        page = self.seen.page[at]
        low = np.maximum(at - NEAR, self.seen.first[page])
        high = np.minimum(at + NEAR + 1, self.seen.end[page])
        bad, others = (some.searchsorted(high) - some.searchsorted(low) for some in self._surprises)
        return np.asarray(bad / np.maximum(high - low - others, 1))

    @cached_property
    def between(self) -> Ints:
        """The signs that stand between two Han characters."""
        beside = (self.groups[self.marks] == HAN) & (self.groups[self.marks + 2] == HAN)
        return np.asarray(self.marks[beside])

    @cached_property
    def _kinds(self) -> tuple[Ints, Ints]:
        """The signs between Han characters that are strange, and those of half width."""
        group, half = self.group[self.between], self.seen.points[self.between] < 0x7F
        strange = confusion.among(group, ODD, confusion.SCRIBBLE, confusion.DOT)
        strange |= half & confusion.among(group, confusion.TICK, confusion.STROKE)
        usual = half & (self.own[self.between] <= NOTHING)
        return self.between[strange], self.between[usual]

    @cached_property
    def strange(self) -> Any:
        """Which characters are signs that no newspaper prints between Han characters."""
        found = np.zeros(len(self.own), dtype=bool)
        found[self._kinds[0]] = True
        return found

    @property
    def odd(self) -> Floats:
        """The share of each page's signs that are strange."""
        return self._share(self._kinds[0])

    @property
    def half_share(self) -> Floats:
        """The share of them that are marks of half width between Han characters."""
        return self._share(self._kinds[1])

    def _share(self, some: Ints) -> Floats:
        """The share of each page's signs that are among some."""
        pages, of = len(self.seen.pages), self.seen.page
        every = np.bincount(of[self.marks], minlength=pages)
        return np.asarray(np.bincount(of[some], minlength=pages) / np.maximum(1, every))

    def same(self, at: Ints) -> Floats:
        """The share of a page's signs between Han characters that are the one at each place."""
        every, asked = self.coded(self.between), self.coded(at)
        every.sort()
        alike = every.searchsorted(asked, "right") - every.searchsorted(asked)
        page = self.seen.page
        found = np.bincount(page[self.between], minlength=len(self.seen.pages))
        return np.asarray(alike / np.maximum(1, found[page[at]]))

    def coded(self, at: Ints) -> Ints:
        """The code points at places, those of each page with numbers of their own."""
        return self.seen.points[at] + self.seen.page[at] * POINTS

    def headlines(self) -> Any:
        """Which lines are short and do not go on from the full line above.

        They hold no stop, and no other mark if they fill their column. So may a second line that
        goes on from such a one, and a third: the headline of a story in one column. They hold no
        comma.
        """
        start = self.seen.starts
        last, before = self.seen.ends - 1, np.maximum(start - 1, 0)
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
        stop = confusion.among(here, STOP, CRY)
        return stop | ((here == QUOTE) & confusion.among(before, STOP, CRY))

    def line(self, site: Ints, candidate: Ints) -> Floats:
        """Nats by which the length of the line speaks for a mark lost at its end."""
        stop, other = self.line_ends(site)
        return np.where(candidate == TARGETS.index("。"), stop, other)

    def line_ends(self, site: Ints) -> tuple[Floats, Floats]:
        """The same for a full stop, and for another mark."""
        ends = (self.seen.gap[site] >= WRAPPED) & (site > self.seen.first[self.seen.page[site]])
        line = self.seen.starts.searchsorted(site) - 1
        stop, other = (np.where(ends, told.take(line), 0.0) for told in self._ends)
        return stop, other

    @cached_property
    def _ends(self) -> tuple[Floats, Floats]:
        """The same for each line."""
        at = self.seen.ends
        told = self.prose(at - 1) > 0
        short = np.clip(np.round(self.seen.short[at - 1]), -1, 6).astype(np.int64) + 1
        end = self.seen.end[self.seen.page[at]]
        mark = [(self.groups[at + n + 1] <= ODD) & (at + n < end) for n in (0, 1)]
        carried = (short == 2) & (mark[0] | mark[1])
        stop, other = (
            np.where(told, np.where(carried, CARRIED, np.array(nats)[short]), 0.0)
            for nats in (LINE_OF_STOP, LINE_OF_OTHER)
        )
        return stop, other


def _before(places: Ints, at: Ints, none: int = -FAR) -> Ints:
    """The last of some places before each other one, or ``none``."""
    return np.append(none, places).take(places.searchsorted(at))


def jumps(text: str) -> list[int]:
    """Where jump lines begin."""
    found = _JUMPS.finditer(text) if "转" in text or "轉" in text else ()
    turns = [turn.start() for turn in found]
    return [at - (at > 0 and text[at - 1] in "下紧緊") for at in turns]
