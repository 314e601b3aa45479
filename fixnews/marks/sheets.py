"""Pages as they read on, one behind the other: what many are asked together costs little more.

Most pages are short, and a short page costs what it takes to ask at all. So pages are laid side by
side with a `MARGIN` between them, and asked as one; what is said of a page is what would be said of
it alone, to the last bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fixnews.arrays import Bools, Floats, Ints
from fixnews.layout.reading import WINDOW, Reading, following

MARGIN = 3
"""Places behind each page that hold nothing. The first stands for its end: a mark that was lost at
the end of the page would stand before it; and nobody looks further than three places."""

NOTHING = "\n"
"""What stands in the margin: a character that no reading has."""

FULL = 0.3
"""Cells that a line which fills its column may miss."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """Readings of pages, each with its margin; n places in all.

    Attributes:
        pages: the readings; none is empty.
        text: their characters.
        points: the code point of each; shape (n,).
        gap: what lies before each; shape (n,).
        short: what the line of a line's last character misses; shape (n,).
        starts: the first character of each line.
        first, end: where each page begins, and its margin.
        page: the number of the page of each place; shape (n,).
        inside: which places are characters; shape (n,).
    """

    pages: Sequence[Reading]
    text: str
    points: Ints
    gap: Ints
    short: Floats
    starts: Ints
    first: Ints
    end: Ints
    page: Ints
    inside: Bools

    @classmethod
    def of(cls, *pages: Reading) -> Sheets:
        """Readings one behind the other."""
        size = np.array([len(page.points) for page in pages], np.int64)
        end = np.cumsum(size + MARGIN) - MARGIN
        first = end - size
        number = np.repeat(np.arange(len(pages)), size + MARGIN)
        blank = np.full(MARGIN, ord(NOTHING))
        points = np.concatenate([part for page in pages for part in (page.points, blank)])
        gap = np.zeros(len(points), np.int64)
        short = np.zeros(len(points))
        for page, at in zip(pages, first.tolist(), strict=True):
            gap[at : at + len(page.gap)] = page.gap
            short[at : at + len(page.short)] = page.short
        starts = np.concatenate([page.starts + at for page, at in zip(pages, first, strict=True)])
        text = "".join([page.text + NOTHING * MARGIN for page in pages])
        inside = np.arange(len(points)) < end[number]
        return cls(pages, text, points, gap, short, starts, first, end, number, inside)

    @property
    def ends(self) -> Ints:
        """Where each line ends."""
        ends = following(self.starts, len(self.points))
        return np.asarray(np.minimum(ends, self.end[self.page[self.starts]]))

    def line(self, places: Ints) -> Ints:
        """The number of the line in which each place is."""
        return np.asarray(self.starts.searchsorted(places, "right") - 1)

    def count(self, places: Bools) -> Ints:
        """How many of some places, a truth each, are on each page."""
        return np.asarray(np.add.reduceat(places.astype(np.int64), self.first))

    def evenness(self, places: Ints) -> Floats:
        r"""For some characters the share of the lines around each one's own that fill their column.

        Beyond a page's first and last line these count again.

        >>> import numpy as np
        >>> from fixnews.layout.reading import read
        >>> seen = Sheets.of(read("全市水位\n全部恢复\n正常"))
        >>> seen.evenness(np.array([0, 4, 8])).round(2).tolist()
        [0.6, 0.53, 0.47]
        """
        full = (np.abs(self.short[self.ends - 1]) < FULL).astype(np.float64)
        page, line = self.page[places], self.line(places)
        near = line[:, None] + np.arange(-WINDOW, WINDOW + 1)
        low, high = self.line(self.first), self.line(self.end - 1)
        near = np.clip(near, low[page][:, None], high[page][:, None])
        return np.asarray(full[near].mean(axis=1))
