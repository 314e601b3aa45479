"""The characters of a reading, each with its place, on a page turned straight."""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import median

import numpy as np

from fixnews.arrays import Floats, Ints
from fixnews.positions import HALF, Box, Reading, Word

SLOPES = np.arange(-60, 61) / 2000
"""Slopes that are tried: scans and photographs of pages lie within 3 in 100."""

EDGE = 0.25
"""Width of the bins, in line heights, in which edges of lines are counted."""


@dataclass(frozen=True, slots=True)
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

    @property
    def middle(self) -> Floats:
        """Halfway between left and right."""
        return (self.left + self.right) / 2


def cells(reading: Reading) -> Cells:
    """The characters of a reading, the page turned straight."""
    rows = [
        (n, m, word) for n, line in enumerate(reading.lines) for m, word in enumerate(line.words)
    ]
    sizes = [len(word.text) for _, _, word in rows]
    edges = np.array([edge for _, _, word in rows for edge in _edges(word)]).reshape(-1, 2)
    sides = np.array([_sides(word.box, reading.lines[n].box) for n, _, word in rows])
    left, right = edges.T
    top, bottom = np.repeat(sides.reshape(-1, 2), sizes, axis=0).T
    of_line, of_word = np.array([row[:2] for row in rows], dtype=np.int64).reshape(-1, 2).T
    return straight(
        Cells(
            left,
            right,
            top,
            bottom,
            np.repeat(of_line, sizes),
            np.repeat(of_word, sizes),
            np.concatenate([np.empty(0, np.int64), *(np.arange(size) for size in sizes)]),
            np.array([width(c) for _, _, word in rows for c in word.text]),
            "".join(word.text for _, _, word in rows),
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


def _edges(word: Word) -> list[tuple[float, float]]:
    """Where each character of a word begins and ends along its line."""
    if word.cells:
        return list(word.cells)
    sizes = np.array([width(c) for c in word.text])
    ends = (word.box.left + word.box.width * sizes.cumsum() / sizes.sum()).tolist()
    return list(zip((word.box.left, *ends[:-1]), ends, strict=True))


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
    met = np.array([_met(row, EDGE * height) for row in moved])
    return float(min(SLOPES[met >= met.max()].tolist(), key=abs))


def _met(places: Floats, size: float) -> float:
    """How well places meet: the sum of squares of counts in bins, two grids put together."""
    total = 0.0
    for shift in (0.0, 0.5):
        _, counts = np.unique(np.floor(places / size + shift), return_counts=True)
        total += float((counts.astype(np.float64) ** 2).sum())
    return total


def type_size(seen: Cells, row: Ints) -> float:
    """The size of the type that some characters of one line are set in, in pixels an em.

    The median of the steps from one to the next is misled neither by a gutter inside nor by boxes
    that are wrong; of few characters only their whole width tells it.
    """
    length = float(seen.right[row].max() - seen.left[row].min()) / float(seen.width[row].sum())
    if len(row) < FEW:
        return length
    between = (seen.width[row][1:] + seen.width[row][:-1]) / 2
    steps: list[float] = (np.diff(seen.middle[row]) / between).tolist()
    return min(length, median(steps))


FEW = 3
"""Characters from which the steps between them tell the size of type."""
