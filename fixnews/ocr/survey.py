"""What surrounds each character of a page: marks, the ends of lines, headlines, noise.

`fixnews.ocr.marks` asks which marks were misread or lost; what it knows of the page is seen here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fixnews.ocr import signs, torn
from fixnews.ocr.judge import Judge
from fixnews.ocr.reading import PARTED, WRAPPED, Reading, evenness, following, preceding, sums
from fixnews.ocr.signs import HAN, NOTHING, ODD, STOP, TARGETS
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
    """A page with what surrounds each of its characters."""

    def __init__(self, seen: Reading, model: Model) -> None:
        import numpy as np

        self.seen = seen
        self.judge = Judge.of(seen, model)
        self.size = len(seen.points)
        self.group = signs.groups(seen.points)
        self.own = signs.own(seen.points)
        self.mark = self.group <= ODD
        self.score = self.judge.score[self.judge.place[:-1]]
        self.well = reads_well(seen.points, self.score)
        index = np.arange(self.size)
        self.start = np.maximum.accumulate(np.where(seen.gap[:-1] == PARTED, index, 0))
        self.line_start = np.maximum.accumulate(np.where(seen.gap[:-1] >= WRAPPED, index, 0))
        self._marks_around(index)
        self._noise(index)
        self.typed = self.well and bool(max(self.odd, self.half_share) <= FEW_SIGNS)
        self.even = evenness(seen)
        self.torn = torn.gaps(self.own, self.group, self.start)

    def _marks_around(self, index: Ints) -> None:
        """How far the marks around each character are, and which quotes are open there."""
        import numpy as np

        n, group = self.size, self.group
        last_stop = np.maximum.accumulate(
            np.where(signs.among(group, STOP, signs.CRY), index, -FAR)
        )
        last_mark = np.maximum.accumulate(np.where(self.mark, index, -FAR))
        self.last_stop, self.last_mark = preceding(last_stop, -FAR), preceding(last_mark, -FAR)
        self.this_mark = np.minimum.accumulate(np.where(self.mark, index, n + FAR)[::-1])[::-1]
        self.next_mark = following(self.this_mark, n + FAR)
        opening = TARGETS.index("“")
        self.open = self._since_start((self.own == opening) * 1 - (self.own == opening + 1))
        self.prose = self._since_start(signs.among(group, signs.COMMA, STOP) * 1)

    def _since_start(self, counted: Ints) -> Ints:
        """The sum of something from the start of the paragraph to before each character."""
        import numpy as np

        total = sums(counted)
        return np.asarray(total[:-1] - total[self.start])

    def _noise(self, index: Ints) -> None:
        """How badly the page was read, here and everywhere."""
        import numpy as np

        n, group = self.size, self.group
        han = group == HAN
        bad = han & (self.score < SURPRISE)
        count, surprises = sums(han), sums(bad)
        low, high = np.maximum(index - NEAR, 0), np.minimum(index + NEAR + 1, n)
        self.local = (surprises[high] - surprises[low]) / np.maximum(count[high] - count[low], 1)
        self.noise = bad.sum() / max(1, han.sum())
        self.between = self.mark & preceding(han, first=False) & following(han, last=False)
        half = self.between & (self.seen.points < 0x7F)
        strange = self.between & signs.among(group, ODD, signs.SCRIBBLE, signs.DOT)
        strange |= half & signs.among(group, signs.TICK, signs.STROKE)
        usual = half & (self.own <= NOTHING)
        self.strange = strange
        self.odd = strange.sum() / max(1, self.mark.sum())
        self.half_share = usual.sum() / max(1, self.mark.sum())
        self.same = np.bincount(self.seen.points[self.between], minlength=1 << 16)

    def headlines(self) -> Any:
        """The ends of short lines that do not go on from the full line above.

        They hold no stop, and no other mark if they fill their column. So may a second line that
        goes on from such a one, and a third: the headline of a story in one column. They hold no
        comma.
        """
        import numpy as np

        stop = signs.among(self.group, STOP, signs.CRY)
        quote = self.group == signs.QUOTE
        closed = stop | (quote & preceding(stop, first=False))
        start = self.line_start
        before = np.maximum(start - 1, 0)
        full = np.abs(self.seen.short[before]) <= NEARLY_FULL
        alone = (start == 0) | closed[before] | (start == self.start) | ~full
        place = np.arange(self.size)
        first = np.maximum.accumulate(np.where(alone, start, 0))
        alone &= (self.last_stop < start) & (place - start < HEADLINE)
        alone &= (self.last_mark < start) | (self.seen.short > NEARLY_FULL)
        pointed = signs.among(self.group, STOP, signs.CRY, signs.COMMA)
        last = np.maximum.accumulate(np.where(pointed, place, -1))
        alone |= (last < first) & (place - first < HEADLINE)
        return np.append(False, alone) & (self.seen.gap >= WRAPPED)

    def line(self, site: Ints, candidate: Ints) -> Floats:
        """Nats by which the length of the line speaks for a mark lost at its end."""
        import numpy as np

        stop, other = self.line_ends(site)
        return np.where(candidate == TARGETS.index("。"), stop, other)

    def line_ends(self, site: Ints) -> tuple[Floats, Floats]:
        """The same for a full stop, and for another mark."""
        import numpy as np

        stop, other = np.zeros(len(site)), np.zeros(len(site))
        last = np.maximum(site - 1, 0)
        told = np.flatnonzero((self.seen.gap[site] >= WRAPPED) & (self.prose[last] > 0))
        short = np.clip(np.round(self.seen.short[last[told]]), -1, 6).astype(np.int64) + 1
        marks, at = np.append(self.mark, [False, False]), site[told]
        carried = (short == 2) & (marks[at] | marks[at + 1])
        stop[told] = np.where(carried, CARRIED, np.array(LINE_OF_STOP)[short])
        other[told] = np.where(carried, CARRIED, np.array(LINE_OF_OTHER)[short])
        return stop, other
