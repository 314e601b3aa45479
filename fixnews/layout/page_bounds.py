"""Where pages begin whose lines lie one behind the other, so that many are weighed at once.

What is worked out of a short page is mostly the asking. So the seams of many pages are one table; a
page sees nothing of those beside it. Between the last line of one and the first of the next is a
seam as well, which keeps the table in step with the lines: it is told apart, and never asked about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fixnews.arrays import Bools, Floats, Ints


@dataclass(frozen=True, slots=True)
class Bounds:
    """Which lines are those of which page; every page has two at least.

    Attributes:
        first: of each page the number of its first line; shape (pages,).
        end: of each page the number behind its last line; shape (pages,).
        page: of each line the number of its page; shape (lines,).
    """

    first: Ints
    end: Ints
    page: Ints

    @classmethod
    def of(cls, sizes: Sequence[int]) -> Bounds:
        """Pages of so many lines.

        >>> Bounds.of([3, 2]).inside.tolist()
        [True, True, False, True]
        """
        end = np.cumsum(sizes, dtype=np.int64)
        return cls(
            end - np.asarray(sizes, dtype=np.int64), end, np.repeat(np.arange(len(sizes)), sizes)
        )

    @property
    def inside(self) -> Bools:
        """For each seam whether its lines are on one page; shape (lines - 1,)."""
        inside = np.ones(len(self.page) - 1, dtype=bool)
        inside[self.end[:-1] - 1] = False
        return inside

    @property
    def around(self) -> tuple[Ints, Ints]:
        """For each seam the line before its two, and the one behind: of its page, or the nearest.

        >>> [which.tolist() for which in Bounds.of([3, 2]).around]
        [[0, 0, 1, 3], [2, 2, 2, 4]]
        """
        seam, page = np.arange(len(self.page) - 1), self.page[:-1]
        before = np.maximum(seam - 1, self.first[page])
        return before, np.minimum(seam + 2, self.end[page] - 1)

    def windows(self, reach: int) -> tuple[Ints, Ints]:
        """For each line the first one so near on its page, and the one behind the last."""
        line = np.arange(len(self.page))
        low = np.maximum(line - reach, self.first[self.page])
        return low, np.minimum(line + reach + 1, self.end[self.page])

    def near(self, values: Floats, reach: int) -> Floats:
        """What the lines around each line have, no number beyond the page.

        Args:
            values: what each line has, a row for each of several; shape (rows, lines).
            reach: lines on each side.

        Returns:
            Shape (rows, lines, 2 * reach + 1).
        """
        place = np.arange(len(self.page)) + reach * (self.page + 1)
        apart = np.full((len(values), len(self.page) + reach * (len(self.end) + 1)), np.nan)
        apart[:, place] = values
        around = np.lib.stride_tricks.sliding_window_view(apart, 2 * reach + 1, axis=1)
        return np.asarray(around if len(self.end) == 1 else around[:, place - reach])

    def spread(self, values: Sequence[float] | Floats) -> Floats:
        """For each seam what its page has; shape (lines - 1,)."""
        return np.asarray(values, dtype=np.float64)[self.page[:-1]]

    def mean(self, values: Floats, which: Bools) -> Floats:
        """For each seam the mean over these of its page, -1 where there are none.

        The values are whole numbers: their sum is the same in any order.
        """
        page, pages = self.page[:-1][which], len(self.end)
        count = np.bincount(page, minlength=pages)
        total = np.bincount(page, values[which], pages)
        return self.spread(np.where(count, total / np.maximum(count, 1), -1.0))
