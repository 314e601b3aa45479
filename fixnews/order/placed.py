"""The characters of a reading, each with its place, on a page turned straight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, chain, pairwise
from statistics import median

import numpy as np

from fixnews.arrays import Floats, Ints
from fixnews.positions import HALF, Box, Reading, Word

SLOPES = np.arange(-60, 61) / 2000
"""Slopes that are tried: scans and photographs of pages lie within 3 in 100."""

EDGE = 0.25
"""Width of the bins, in line heights, in which edges of lines are counted."""


@dataclass(frozen=True)
class Cells:
    """The characters of a page: all arrays have one entry a character, in the order of the file.

    Attributes:
        left, right, top, bottom: pixels of the page turned straight.
        line, word, at: of which line and word a character is, and where in the word.
        width: 1 for a character as wide as Chinese is set, `HALF` for a narrow one.
        text: the characters themselves.
    """

    left: Floats
    right: Floats
    top: Floats
    bottom: Floats
    line: Ints
    word: Ints
    at: Ints
    width: Floats
    text: str

    @cached_property
    def middle(self) -> Floats:
        """Halfway between left and right."""
        return (self.left + self.right) / 2

    @cached_property
    def rows(self) -> list[Ints]:
        """The characters of each line of the file, by their numbers."""
        first = np.flatnonzero(np.diff(self.line, prepend=-1)).tolist()
        every = np.arange(len(self.line))
        return [every[a:b] for a, b in pairwise((*first, len(every)))]

    @cached_property
    def row_sizes(self) -> Floats:
        """The size of the type of each line of the file, in pixels an em."""
        return np.array([type_size(self, row) for row in self.rows])

    @cached_property
    def strips(self) -> list[tuple[int, int, int]]:
        """For each character its line, its word and its place in the word."""
        return list(zip(self.line.tolist(), self.word.tolist(), self.at.tolist(), strict=True))


def cells(reading: Reading) -> Cells:
    """The characters of a reading, the page turned straight."""
    rows = [
        (n, m, word) for n, line in enumerate(reading.lines) for m, word in enumerate(line.words)
    ]
    text = "".join(word.text for _, _, word in rows)
    sizes = [len(word.text) for _, _, word in rows]
    edges = [edge for _, _, word in rows for edge in _edges(word)]
    sides = [_sides(word.box, reading.lines[n].box) for n, _, word in rows]
    return straight(
        Cells(
            np.array([left for left, _ in edges], dtype=np.float64),
            np.array([right for _, right in edges], dtype=np.float64),
            np.repeat(np.array([top for top, _ in sides], dtype=np.float64), sizes),
            np.repeat(np.array([bottom for _, bottom in sides], dtype=np.float64), sizes),
            np.repeat(np.array([n for n, _, _ in rows], dtype=np.int64), sizes),
            np.repeat(np.array([m for _, m, _ in rows], dtype=np.int64), sizes),
            np.array([*chain.from_iterable(map(range, sizes))], dtype=np.int64),
            np.array([*map(width, text)], dtype=np.float64),
            text,
        )
    )


def turned(reading: Reading) -> Reading:
    """A page of vertical lines turned by a quarter.

    They run from left to right then, and follow each other downwards, as they did to the left.
    """
    lines = tuple(
        line._replace(
            box=_turned(line.box),
            words=tuple(word._replace(box=_turned(word.box), cells=()) for word in line.words),
        )
        for line in reading.lines
    )
    return replace(reading, lines=lines)


def _turned(box: Box) -> Box:
    return Box(box.top, -box.right, box.bottom, -box.left)


def stands_upright(reading: Reading) -> bool:
    """Whether most lines of a page run from top to bottom."""
    long = [line for line in reading.lines if sum(len(word.text) for word in line.words) >= FEW]
    return 2 * sum(line.box.height > line.box.width for line in long) > len(long) > 0


def width(character: str) -> float:
    """How wide a character is set, in ems."""
    return HALF if character.isascii() else 1.0


def _sides(word: Box, line: Box) -> tuple[float, float]:
    """Top and bottom of a word: recognisers give some words boxes higher than their line."""
    top, bottom = max(word.top, line.top), min(word.bottom, line.bottom)
    return (top, bottom) if top < bottom else (word.top, word.bottom)


def _edges(word: Word) -> Iterable[tuple[float, float]]:
    """Where each character of a word begins and ends along its line."""
    if word.cells:
        return word.cells
    left, long = word.box.left, word.box.width
    if len(word.text) == 1:
        return ((left, left + long),)
    sizes = list(accumulate(map(width, word.text)))
    return pairwise((left, *(left + long * size / sizes[-1] for size in sizes)))


def straight(seen: Cells) -> Cells:
    """The same characters on a page that is turned straight.

    A word's box is upright, however its line leans: the middle of the one lies on the middle of the
    other, and all characters of a word, of a row that was read as one, are turned by it.
    """
    slope = tilt(seen)
    y, x = (seen.top + seen.bottom) / 2, _middles(seen)
    down, along = slope * x, -slope * y
    return Cells(
        seen.left - along,
        seen.right - along,
        seen.top - down,
        seen.bottom - down,
        seen.line,
        seen.word,
        seen.at,
        seen.width,
        seen.text,
    )


def _middles(seen: Cells) -> Floats:
    """For each character halfway between the left and right edge of its word."""
    if not len(seen.line):
        return seen.middle
    first = np.flatnonzero(np.diff(seen.line, prepend=-1) | np.diff(seen.word, prepend=-1))
    last = np.append(first[1:], len(seen.line)) - 1
    return np.repeat((seen.left[first] + seen.right[last]) / 2, last - first + 1)


def tilt(seen: Cells) -> float:
    """How far lines fall from left to right, in pixels a pixel: at this slope their edges meet.

    The slope is right at which left edges fall on the fewest verticals.
    """
    if not len(seen.line):
        return 0.0
    first = np.flatnonzero(np.diff(seen.line, prepend=-1))
    x, y = seen.left[first], (seen.top[first] + seen.bottom[first]) / 2
    height = float(np.median(seen.bottom - seen.top)) or 1.0
    moved = x[None, :] + SLOPES[:, None] * y[None, :]
    met = _met(moved / (EDGE * height))
    return float(min(SLOPES[met >= met.max()].tolist(), key=abs))


def _met(places: Floats) -> Ints:
    """How well each row of places meets: the sum of squares of counts in bins, of two grids."""
    return np.asarray(sum(_squares(np.floor(places + shift)) for shift in (0.0, 0.5)))


def _squares(rows: Floats) -> Ints:
    """For each row the sum of the squares of how often every number is in it."""
    rows.sort(axis=1)
    new = np.ones(rows.shape, dtype=bool)
    new[:, 1:] = rows[:, 1:] != rows[:, :-1]
    first = np.flatnonzero(new)
    counts = np.diff(first, append=rows.size)
    return np.asarray(np.add.reduceat(counts * counts, np.flatnonzero(first % rows.shape[1] == 0)))


def type_size(seen: Cells, row: Ints) -> float:
    """The size of the type that some characters of one line are set in, in pixels an em.

    The median of the steps from one to the next is misled neither by a gutter inside nor by boxes
    that are wrong; of few characters only their whole width tells it.
    """
    widths: list[float] = seen.width[row].tolist()
    length: float = (max(seen.right[row].tolist()) - min(seen.left[row].tolist())) / sum(widths)
    if len(widths) < FEW:
        return length
    middles, ems = pairwise(seen.middle[row].tolist()), pairwise(widths)
    steps: list[float] = [
        (b - a) / ((y + x) / 2) for (a, b), (x, y) in zip(middles, ems, strict=True)
    ]
    return min(length, median(steps))


FEW = 3
"""Characters from which the steps between them tell the size of type."""
