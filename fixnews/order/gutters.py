"""Where the gutters of a page run, told by what no line covers; and lines cut there.

Recognisers join lines of neighbouring columns, and tear lines apart. What lies between two columns
is seen in the rows above and below: most leave it free and have ink on both sides of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, chain, repeat
from statistics import median

import numpy as np

from fixnews.arrays import Bools, Floats, Ints
from fixnews.order.placed import Cells

GRAIN = 4
"""Squares of the grid in an em, along a line; across lines half as many."""

SQUARES = 1 << 11
"""Squares of the grid along each side at most: five hundred ems across, four newspapers. What
a broken box puts beyond stands at the edge."""

REACH = 9
"""Ems above, around and below a place in which rows say whether a gutter runs there."""

SIDE = 2.5
"""Ems to each side within which a row must have ink to speak for a gutter between."""

SUPPORT = 18
"""Squares of the grid that a gutter runs through at least: six lines, at one place or several."""

ROWS = 3
"""Rows that must speak for a gutter."""

COVERED = 0.22
"""Share of the rows that may cover a gutter: headlines do, and lines that were read across it."""

COLUMN, WIDTH = 8.0, 0.4
"""Ems from the middle of one gutter to the next at least, and that a gutter is wide: the narrowest
columns of newspapers have eight characters, and half a cell is what a mark leaves free."""

GAP = 0.75
"""Ems between two characters of a line up to which nothing lies between them: a mark fills half of
its cell."""

BODY = 1.35
"""Size of type, in ems of the body, above which a line is no running text."""

CELLS = 6
"""Ems of type from which a line tells the size of its type."""


Counted = tuple[float, float, int]
"""The left and right edge of gutters of several rows, in pixels, and how many rows these are."""


@dataclass(frozen=True)
class Gutters:
    """The gutters of a page on a grid.

    Attributes:
        free: whether a gutter runs through a square: rows from top to bottom.
        left, top: the place of the first square, in pixels.
        em: the size of the body's type, in pixels.
    """

    free: Bools
    left: float
    top: float
    em: float

    @cached_property
    def everywhere(self) -> list[tuple[float, float]]:
        """The gutters of the page, those at one place as one, from left to right."""
        return [(a, b) for size, a, b in self.groups() if size >= SUPPORT]

    def groups(self) -> list[tuple[int, float, float]]:
        """The gutters of all heights, those at one place together, from left to right.

        Of each the squares that it runs through, and the medians of its left and right edges.
        """
        groups: list[list[Counted]] = []
        for band in sorted(self._counted(), key=lambda band: band[0] + band[1]):
            if groups and sum(band[:2]) - _middle_of(groups[-1]) < 2 * self.em:
                groups[-1].append(band)
            else:
                groups.append([band])
        return [(sum(n for *_, n in group), *_median(group)) for group in groups]

    def _counted(self) -> Iterator[Counted]:
        """The gutters, each place once, with how many squares are there."""
        _, ends = self._ends
        wide = self.free.shape[1] + 1
        places, counts = np.unique(ends[0::2] * wide + ends[1::2], return_counts=True)
        for place, count in zip(places.tolist(), counts.tolist(), strict=True):
            a, b = (self.left + end * self.em / GRAIN for end in divmod(place, wide))
            yield a, b, count

    def opened(self, band: tuple[float, float], top: float, bottom: float) -> Gutters:
        """The same, a gutter running between two heights where none was seen."""
        free = self.free.copy()
        a, b = (round((x - self.left) / self.em * GRAIN) for x in band)
        first, last = (int((y - self.top) / self.em * GRAIN / 2) for y in (top, bottom))
        free[max(first, 0) : last + 1, max(a, 0) : max(b, a + 1)] = True
        return Gutters(free, self.left, self.top, self.em)

    def bands(self, y: float) -> list[tuple[float, float]]:
        """The gutters that pass a height: left and right edges in pixels."""
        if not self.free.size:
            return []
        row = int((y - self.top) / self.em * GRAIN / 2)
        row = min(max(row, 0), len(self.free) - 1)
        places, first = self._places
        edges = places[first[row] : first[row + 1]]
        return list(zip(edges[0::2], edges[1::2], strict=True))

    @cached_property
    def _places(self) -> tuple[list[float], list[int]]:
        """The edges of the gutters, row by row, in pixels; and which is the first of each row."""
        rows, ends = self._ends
        first = np.searchsorted(rows, np.arange(len(self.free) + 1))
        return (self.left + ends * self.em / GRAIN).tolist(), first.tolist()

    @cached_property
    def _ends(self) -> tuple[Ints, Ints]:
        """The edges of the gutters, row by row: a left one, a right one in turns."""
        padded = np.zeros((len(self.free), self.free.shape[1] + 2), dtype=bool)
        padded[:, 1:-1] = self.free
        places = np.flatnonzero(padded[:, 1:] != padded[:, :-1])
        rows, ends = np.divmod(places, padded.shape[1] - 1)
        return rows, ends


def em(seen: Cells) -> float:
    """The size of the type that most of the page is set in, in pixels.

    >>> from fixnews.order.placed import cells
    >>> from fixnews.positions import Box, PrintedLine, Reading, Word
    >>> row = Word("平湖基层党建辨识度", Box(0, 0, 180, 22))
    >>> round(em(cells(Reading((PrintedLine((row,), row.box),)))))
    20
    """
    widths, sizes = np.array([seen.width[row].sum() for row in seen.rows]), seen.row_sizes
    told = (widths >= CELLS) & (sizes > LEAST)
    if not told.any():
        told = sizes > LEAST
    if not told.any():
        return 1.0
    bins = np.round(np.log(sizes[told]) / np.log(BIN)).astype(np.int64)
    low = bins.min()
    counts = np.bincount(bins - low, weights=widths[told], minlength=3)
    smooth = np.convolve(counts, (1, 1, 1), "same")
    near = np.abs(bins - low - int(smooth.argmax())) <= 1
    return float(np.median(sizes[told][near]))


LEAST = 1e-6
"""Pixels an em from which type has a size: boxes of no width, or that run backwards, tell none."""

BIN = 1.04
"""Ratio of sizes of type that are counted as one."""


def gutters(seen: Cells, size: float) -> Gutters:
    """The gutters between columns of running text."""
    small = seen.row_sizes <= BODY * size
    body = np.repeat(small, [len(row) for row in seen.rows]) if len(small) else np.empty(0, bool)
    body &= np.array([c.isalnum() for c in seen.text], dtype=bool)
    if not body.any():
        return Gutters(np.zeros((0, 0), dtype=bool), 0, 0, size)
    left, top = float(seen.left.min()), float(seen.top.min())
    begin = _squares(seen.left[body], left, size, GRAIN)
    end = _squares(_filled(seen, body, size)[body], left, size, GRAIN)
    rows = _squares(((seen.top + seen.bottom) / 2)[body], top, size, GRAIN // 2)
    ink = np.zeros((int(rows.max()) + 4, int(end.max()) + 2), dtype=bool)
    for row, a, b in zip(rows.tolist(), begin.tolist(), end.tolist(), strict=True):
        ink[row, a : max(b, a + 1)] = True
    ink[2:] |= ink[:-2] | ink[1:-1]
    ink[1] |= ink[0]
    return _sound(Gutters(_free(ink), left, top - size / 2, size))


def _sound(found: Gutters) -> Gutters:
    """The same without what is no gutter: too narrow, or too near to one that runs farther."""
    kept: list[tuple[float, float]] = []
    for size, a, b in sorted((-size, a, b) for size, a, b in found.groups()):
        apart = all(abs(a + b - c - d) / 2 > COLUMN * found.em for c, d in kept)
        if apart and b - a >= WIDTH * found.em and size <= -SUPPORT:
            kept.append((a, b))
    free = found.free.copy()
    at = found.left + np.arange(free.shape[1]) * found.em / GRAIN if free.size else np.empty(0)
    inside = np.zeros(len(at), dtype=bool)
    for a, b in kept:
        inside |= (at > a - found.em) & (at < b + found.em)
    free &= inside
    return replace(found, free=free)


def _median(group: Sequence[Counted]) -> tuple[float, float]:
    return median(_each(group, 0)), median(_each(group, 1))


def _each(group: Sequence[Counted], side: int) -> list[float]:
    return [*chain.from_iterable(repeat(band[side], band[2]) for band in group)]


def _middle_of(group: Sequence[Counted]) -> float:
    """The sum of the sides of the gutter in the middle of a group."""
    behind = list(accumulate(n for *_, n in group))
    a, b, _ = group[bisect_right(behind, behind[-1] // 2)]
    return a + b


def _filled(seen: Cells, body: Bools, size: float) -> Floats:
    """Where each character ends, with the gap behind it where that is one within a line.

    Marks leave no ink: rules between columns are read as some.
    """
    follows = (np.diff(seen.line, append=-1) == 0) & np.append(body[1:], False)
    begins = np.append(seen.left[1:], np.inf)
    near = follows & (begins > seen.right) & (begins - seen.right <= GAP * size)
    return np.where(near, begins, seen.right)


def _squares(places: Floats, zero: float, size: float, grain: int) -> Ints:
    return np.clip(np.round((places - zero) / size * grain), 0, SQUARES).astype(np.int64)


def _free(ink: Bools) -> Bools:
    """Where most rows around leave a square free that have ink on both sides of it."""
    side, reach = int(SIDE * GRAIN), REACH * GRAIN // 2
    total = np.concatenate((np.zeros((len(ink), 1), np.int64), ink.cumsum(axis=1)), axis=1)
    at = np.arange(ink.shape[1])
    near_left = total[:, at] - total[:, np.maximum(at - side, 0)]
    near_right = total[:, np.minimum(at + 1 + side, ink.shape[1])] - total[:, at + 1]
    speaks = ~ink & (near_left > 0) & (near_right > 0)
    found = np.zeros_like(ink)
    free_above, ink_above = _above(speaks), _above(ink)
    for before, behind in ((reach, 0), (reach // 2, reach // 2), (0, reach)):
        freed, covered = (_around(rows, before, behind) for rows in (free_above, ink_above))
        found |= (freed >= 3 * ROWS) & (covered <= COVERED * (freed + covered))
    return found


def _above(rows: Bools) -> Ints:
    """How many of the rows above each are true, and above what lies behind the last."""
    return np.concatenate((np.zeros((1, rows.shape[1]), np.int64), rows.cumsum(axis=0)))


def _around(above: Ints, before: int, behind: int) -> Ints:
    """How many of the rows around each, itself included, are true."""
    size = len(above) - 1
    at = np.arange(size)
    last, first = np.minimum(at + behind + 1, size), np.maximum(at - before, 0)
    return np.asarray(above[last] - above[first])
