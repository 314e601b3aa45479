"""What surrounds each character of a page: marks, the ends of lines, headlines, noise.

`fixnews.marks.sites` asks which marks were misread or lost; what it knows of the page is seen here.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from fixnews.arrays import Bools, Floats, Ints
from fixnews.characters.suspects import read_well
from fixnews.layout.reading import PARTED, WRAPPED, following
from fixnews.marks import confusion, torn
from fixnews.marks.confusion import COMMA, CRY, HAN, ODD, QUOTE, STOP, TARGETS
from fixnews.marks.neighbours import last_before
from fixnews.marks.oddities import Oddities
from fixnews.patterns import lazy

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


class Survey(Oddities):
    """What surrounds the characters of pages: signs, noise, headlines, the ends of lines.

    Its attributes are those of `Neighbours`.
    """

    @cached_property
    def well(self) -> Bools:
        """Of which pages the words show no machine."""
        return read_well(self.seen.points, self.score, self.seen.count)

    @cached_property
    def typed(self) -> Bools:
        """Of which pages neither words nor signs show that a machine read them."""
        return self.well & (np.maximum(self.odd, self.half_share) <= FEW_SIGNS)

    @cached_property
    def torn(self) -> list[torn.Gap]:
        """Where the partners of lone marks may have stood."""
        ends = following(self.parts, len(self.own))
        ends = np.minimum(ends, self.seen.end[self.seen.page[self.parts]])
        return torn.gaps(self.own, self.group, self.parts, ends)

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

    def headlines(self) -> Bools:
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
        pointed = last_before(self.of_kind(STOP, CRY, COMMA), last + 1, -1)
        return np.asarray(alone | ((pointed < first) & (last - first < HEADLINE)))

    def _closed(self, at: Ints) -> Bools:
        """Whether a sentence ends with each character."""
        before, here = self.groups[at], self.group[at]
        stop = confusion.among(here, STOP, CRY)
        return np.asarray(stop | ((here == QUOTE) & confusion.among(before, STOP, CRY)))

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


def jumps(text: str) -> list[int]:
    """Where jump lines begin."""
    found = _JUMPS.finditer(text) if "转" in text or "轉" in text else ()
    turns = [turn.start() for turn in found]
    return [at - (at > 0 and text[at - 1] in "下紧緊") for at in turns]
