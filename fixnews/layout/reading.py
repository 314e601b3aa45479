"""A page as it reads on: its characters without white space, and what lay between them.

A recogniser's page is cut into printed lines, but a sentence does not care. What looks at letters
and marks in their context reads them here, one behind the other, and finds the way back to the
page by `Reading.at`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from typing import TypeVar, overload

import numpy as np

from fixnews.arrays import Bools, Column, Floats, Ints
from fixnews.source import PAGE_BREAK

Some = TypeVar("Some", Bools, Ints, Floats)
"""Values of one kind."""

JOINED, SPACED, WRAPPED, PARTED = range(4)
"""What lies before a character: nothing, a blank, a line break, the end of a paragraph."""

INDENT = 2
"""Blanks at the start of a line that open a paragraph."""

WINDOW = 7
"""Lines on each side that tell the width of a column (the same as for `fixnews.layout.seams`)."""

WIDEST = 45
"""Cells of the widest column of a newspaper; where lines are longer, each is a paragraph."""

LAST_LETTER = 0x7A
"""The last letter of half width, z."""

_BLANKS = (*range(0x21), 0x85, 0xA0, *range(0x2000, 0x200C), 0x2028, 0x2029, 0x3000, 0xFEFF)
_BEYOND = 0xFFFF


@dataclass(frozen=True, slots=True)
class Reading:
    """The characters of a page that are not white space.

    Attributes:
        text: the characters; n of them.
        points: their code points, shape (n,).
        at: the offset of each in the page, shape (n,).
        gap: what lies before each: `JOINED`, `SPACED`, `WRAPPED` or `PARTED`, shape (n + 1,); the
            last is for the end of the page, the first is `PARTED`, too.
        short: for the last character of a line the cells by which the line misses the width of
            its column, for all others 0; shape (n,).
        starts: the first character of each line.
    """

    text: str
    points: Ints
    at: Ints
    gap: Ints
    short: Floats
    starts: Ints

    def line(self, places: Ints) -> Ints:
        """The number of the line in which each place is; -1 before the first."""
        return np.searchsorted(self.starts, places, "right") - 1


def read(page: str) -> Reading:
    r"""The reading of a page.

    >>> seen = read("　　全市水位\n恢复 ，\n\n")
    >>> seen.text, seen.gap.tolist()
    ('全市水位恢复，', [3, 0, 0, 0, 2, 0, 1, 3])
    """
    return readings([page])[0]


def readings(pages: Sequence[str]) -> list[Reading]:
    r"""The readings of pages, each as it would be alone: read in one go, as one text.

    >>> [seen.text for seen in readings(["全市水位\n", "", "恢复 ，"])]
    ['全市水位', '', '恢复，']
    """
    if not pages:
        return []
    whole = PAGE_BREAK.join(pages)
    units = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    points = units.astype(np.int64)
    blank = _blank().take(points, mode="clip")
    at = np.flatnonzero(~blank)
    text = units[at].tobytes().decode("utf-32-le", "surrogatepass")
    gap, seen = _gaps(points, at, np.flatnonzero(blank)), points[at]
    first = np.array([0, *accumulate(len(page) + 1 for page in pages)], np.int64)
    cuts, starts = at.searchsorted(first), np.flatnonzero(gap[:-1] >= WRAPPED)
    lines = starts.searchsorted(cuts)
    short = _short(seen, gap, starts, lines)
    return [
        Reading(
            text[a:b], seen[a:b], at[a:b] - begin, gap[a : b + 1], short[a:b], starts[one:two] - a
        )
        for (a, b), (one, two), begin in zip(
            pairwise(cuts.tolist()), pairwise(lines.tolist()), first.tolist(), strict=False
        )
    ]


def preceding(values: Some, first: float) -> Some:
    """What stands before each of some values, and ``first`` before them all.

    >>> import numpy as np
    >>> preceding(np.array([1, 2, 3]), 0).tolist()
    [0, 1, 2]
    """
    shifted = np.empty_like(values)
    shifted[1:], shifted[:1] = values[:-1], first
    return shifted


def following(values: Some, last: float) -> Some:
    """What stands behind each of some values, and ``last`` behind them all.

    >>> import numpy as np
    >>> following(np.array([1, 2, 3]), 0).tolist()
    [2, 3, 0]
    """
    shifted = np.empty_like(values)
    shifted[:-1], shifted[-1:] = values[1:], last
    return shifted


@overload
def sums(values: Floats) -> Floats: ...
@overload
def sums(values: Bools | Ints) -> Ints: ...
def sums(values: Column) -> Ints | Floats:
    """The sum of all values before each place, and of all of them.

    >>> import numpy as np
    >>> sums(np.array([1, 2, 3])).tolist()
    [0, 1, 3, 6]
    """
    size = len(values) + 1
    total: Ints | Floats = np.zeros(size) if values.dtype.kind == "f" else np.zeros(size, np.int64)
    np.cumsum(values, out=total[1:])
    return total


@cache
def _blank() -> Bools:
    """For each code point below `_BEYOND` whether it is white space."""
    table = np.zeros(_BEYOND + 1, dtype=bool)
    table[list(_BLANKS)] = True
    return table


def evenness(seen: Reading, places: Ints) -> Floats:
    r"""For some characters the share of the lines around each one's own that fill their column.

    >>> import numpy as np
    >>> evenness(read("全市水位\n全部恢复\n正常"), np.array([0, 4, 8])).round(2).tolist()
    [0.6, 0.53, 0.47]
    """
    ends = following(seen.starts, len(seen.points)) - 1
    full = (np.abs(seen.short[ends]) < 0.3).astype(np.float64)
    return np.asarray(_around(full, seen.line(places)).mean(axis=1))


def _gaps(points: Ints, at: Ints, blanks: Ints) -> Ints:
    """What lies before each character that is not white space, and before the end.

    Args:
        points: the code points of the page.
        at: where characters stand that are not white space; shape (n,).
        blanks: where white space stands.
    """
    left, right = np.append(-1, at), np.append(at, len(points))
    wide = np.flatnonzero(right - left > 1)
    gap = np.zeros(len(right), dtype=np.int64)
    ends, parts = _breaks(points, blanks)
    lines = sums(ends + 2 * parts)
    last = np.append(-1, np.maximum.accumulate(np.where(ends | parts, blanks, -1)))
    before = right[wide] - wide
    broken = lines[before] - lines[left[wide] + 1 - wide]
    parted = (broken > 1) | ((broken == 1) & (right[wide] - 1 - last[before] >= INDENT))
    gap[wide] = np.where(parted, PARTED, np.where(broken > 0, WRAPPED, SPACED))
    gap[[0, -1]] = PARTED
    return gap


def _breaks(points: Ints, blanks: Ints) -> tuple[Bools, Bools]:
    """Which blanks end a line, and which part pages or columns."""
    kind = points[blanks]
    feeds = kind == 0x0A
    paired = following(feeds, last=False) & (following(blanks, -1) == blanks + 1)
    return feeds | ((kind == 0x0D) & ~paired), kind == 0x0C


def _short(points: Ints, gap: Ints, starts: Ints, pages: Ints) -> Floats:
    """How many cells the line of each line's last character misses of its column's width.

    Where the lines are wider than any column, their breaks become ends of paragraphs in ``gap``.
    The last of ``pages``, the numbers of the lines that begin one, is that of all lines.
    """
    found = np.zeros(len(points))
    if not len(starts):
        return found
    ends = following(starts, len(points))
    cells = (ends - starts).astype(np.float64)
    small = np.flatnonzero(points <= LAST_LETTER)
    lines = np.searchsorted(starts, small[_narrow(points[small])], "right") - 1
    cells -= 0.5 * np.bincount(lines, minlength=len(starts))
    width = np.partition(_near(cells, pages), 12, axis=1)[:, 12]
    gap[starts[width > WIDEST]] = PARTED
    found[ends - 1] = np.where(width > WIDEST, 0, width - cells)
    return found


def _near(values: Floats, pages: Ints) -> Floats:
    """What the lines around each line of some pages have: lines of its own page."""
    lines = np.arange(len(values))
    if len(pages) <= 2:
        return _around(values, lines)
    size = np.diff(pages)
    near = lines[:, None] + np.arange(-WINDOW, WINDOW + 1)
    low, high = np.repeat(pages[:-1], size), np.repeat(pages[1:] - 1, size)
    return np.asarray(values[np.clip(near, low[:, None], high[:, None])])


def _around(values: Floats, lines: Ints) -> Floats:
    """What the `WINDOW` lines before and behind some lines have, the first and last repeated."""
    near = lines[:, None] + np.arange(-WINDOW, WINDOW + 1)
    return np.asarray(values.take(near, mode="clip"))


def _narrow(points: Ints) -> Bools:
    """Whether characters are letters or digits of half width."""
    letter = (points | 0x20) - 0x61
    digit = points - 0x30
    return ((letter >= 0) & (letter < 26)) | ((digit >= 0) & (digit < 10))
