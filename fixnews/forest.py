"""A small forest of decision trees as arrays: evidence in, a calibrated probability out.

Training is done elsewhere (`scripts/`), with scikit-learn; what ships is a table of arrays, and
reading it needs numpy and nothing else.

Nobody walks down the trees. Each question of a tree that is answered with "greater" rules out the
leaves on its left; the first leaf that no question rules out is the one a walk would reach. What
all the questions about one column rule out depends on nothing but the place of the answer among
their thresholds, so it is a row of a table: two to four times as fast as walking (the algorithm
is QuickScorer, Lucchese and others, 2015).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain, pairwise, takewhile
from operator import mul
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fixnews.arrays import Floats, Ints, Reals
from fixnews.errors import DataError
from fixnews.message import Message

Sets = NDArray[np.uint16 | np.uint32 | np.uint64]
"""Sets of leaves, a bit a leaf."""

Small = NDArray[np.uint8]
"""Numbers of leaves."""

BLOCK = 1 << 8
"""Rows that are weighed together: what they rule out stays in the processor's cache."""

PLACES, FEW = 1 << 8, 1 << 4
"""Places of a table that several columns share, and those of the widest column that shares one: 47
of the 74 columns of the seams fit into nine tables, which saves two fifths of the time."""

HALF = 16
"""Bits of a set of leaves whose lowest one is looked up at once."""


@dataclass(frozen=True, slots=True)
class Column:
    """What the questions about one column of the evidence rule out.

    Attributes:
        number: which column.
        thresholds: the answers that they compare with, in order, none twice; shape
            (thresholds,).
        left: for each place among the thresholds, and each tree, the set of leaves that are left,
            a bit a leaf, counted from the left; shape (thresholds + 1, trees).
    """

    number: int
    thresholds: Floats
    left: Sets


@dataclass(frozen=True, slots=True)
class Together:
    """What the questions about several columns rule out, of which few are asked: one look for all.

    Attributes:
        numbers: for each question its column.
        thresholds: for each question the answer that it compares with.
        steps: for each question how many places of the table an answer that is greater goes on.
        left: for each place the set of leaves that are left in each tree; shape (places, trees).
    """

    numbers: Ints
    thresholds: Floats
    steps: Ints
    left: Sets


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """Decision trees as tables: inference needs numpy and nothing else; no two are equal.

    Attributes:
        columns: what the questions rule out, column by column.
        value: what each leaf adds to the log odds; shape (trees, leaves).
        base: the log odds before any tree.
        stretch, shift: the calibration of the log odds, fitted on data left out of the training.
        together: what the questions about further columns rule out, several columns a table.
    """

    columns: tuple[Column, ...]
    value: Reals
    base: float
    stretch: float
    shift: float
    together: tuple[Together, ...] = ()

    def probability(self, rows: Floats) -> Floats:
        """For each row of evidence, the probability of what the forest was trained to tell.

        The rows have the shape (n, columns), the answer (n,).
        """
        odds = [self._odds(rows[at : at + BLOCK]) for at in range(0, len(rows), BLOCK)]
        scaled = np.concatenate((np.empty(0), *odds)) * self.stretch + self.shift
        return np.asarray(1 / (1 + np.exp(-scaled)))

    def alike(self, number: int, answer: float) -> float:
        """The greatest answer in a column that no tree tells from this one.

        What differs only so is the same row, which is remembered as one (`fixnews.recall`).
        """
        limits = [c.thresholds.tolist() for c in self.columns if c.number == number]
        limits += [t.thresholds[t.numbers == number].tolist() for t in self.together]
        return min((x for x in chain(*limits) if not x < answer), default=math.inf)

    def _odds(self, rows: Floats) -> Reals:
        """The log odds of a block of rows; an answer that is no number is not greater."""
        answers = np.where(np.isnan(rows), -np.inf, rows).T.copy()
        trees, leaves = self.value.shape
        left = np.full((len(rows), trees), np.iinfo(_kind(leaves)).max, _kind(leaves))
        for column in self.columns:
            place = column.thresholds.searchsorted(answers[column.number])
            left &= column.left.take(place, axis=0)
        for table in self.together:
            greater = answers[table.numbers] > table.thresholds[:, None]
            left &= table.left.take(table.steps @ greater, axis=0)
        leaf = _lowest(left) + np.arange(0, self.value.size, leaves)
        return np.asarray(self.base + self.value.ravel().take(leaf).sum(axis=1))


def _kind(leaves: int) -> np.dtype[np.uint16 | np.uint32 | np.uint64]:
    """The smallest number that has a bit for each leaf."""
    return np.dtype(next(f"u{size}" for size in (2, 4, 8) if leaves <= 8 * size))


def _lowest(sets: Sets) -> Small:
    """The lowest bit of each set; none is empty."""
    flat = sets.ravel()
    found = _bits().take(flat.astype(np.uint16))
    for low in range(HALF, 8 * sets.itemsize, HALF):
        beyond = np.flatnonzero(found == low)
        found[beyond] = low + _bits().take((flat[beyond] >> sets.dtype.type(low)).astype(np.uint16))
    return found.reshape(sets.shape)


@cache
def _bits() -> Small:
    """The lowest bit of each number of `HALF` bits; of 0 the one beyond."""
    found = np.full(1 << HALF, HALF, np.uint8)
    for bit in range(HALF - 1, -1, -1):
        found[1 << bit :: 1 << (bit + 1)] = bit
    return found


@cache
def load(path: Path) -> Forest:
    """A trained forest.

    Raises:
        DataError: the table is not where it should be.
    """
    if not path.is_file():
        raise DataError(
            Message("{path}: the trained forest is missing", path=path), "reinstall fixnews"
        )
    with np.load(path) as table:
        stretch, shift, base = (float(x) for x in table["scale"])
        asked, threshold = table["feature"].astype(np.int64), table["threshold"]
        child, value = table["child"].astype(np.int64), table["value"]
    first, size = _leaves(asked, child)
    leaf, most = asked < 0, int(size[:, 0].max())
    values = np.zeros((len(asked), most), value.dtype)
    tree, node = np.nonzero(leaf & (size > 0))
    values[tree, first[tree, node]] = value[tree, node]
    columns = tuple(_columns(asked, threshold, _ruled_out(asked, child, first, size, most)))
    wide = tuple(column for column in columns if len(column.left) > FEW)
    together = tuple(_together([column for column in columns if len(column.left) <= FEW]))
    return Forest(wide, values, base, stretch, shift, together)


def _leaves(asked: Ints, child: Ints) -> tuple[Ints, Ints]:
    """For each node of each tree its first leaf, counted from the left, and how many it has.

    A node stands before its children; nodes that no root leads to have none.
    """
    trees, nodes = asked.shape
    every = np.arange(trees)
    size, first = np.ones(asked.shape, np.int64), np.zeros(asked.shape, np.int64)
    for node in range(nodes - 1, -1, -1):
        below = size[every[:, None], child[:, node]].sum(axis=1)
        size[:, node] = np.where(asked[:, node] < 0, 1, below)
    reached = np.zeros(asked.shape, bool)
    reached[:, 0] = True
    for node in range(nodes):
        inner = every[(asked[:, node] >= 0) & reached[:, node]]
        left, right = child[inner, node].T
        reached[inner, left] = reached[inner, right] = True
        first[inner, left] = first[inner, node]
        first[inner, right] = first[inner, node] + size[inner, left]
    return first, size * reached


def _ruled_out(asked: Ints, child: Ints, first: Ints, size: Ints, leaves: int) -> Sets:
    """For each node the set of leaves that are left if its answer is greater."""
    kind = _kind(leaves)
    every, left = np.arange(len(asked))[:, None], child[:, :, 0]
    lot = ((np.uint64(1) << size[every, left].astype(np.uint64)) - np.uint64(1)) << first[
        every, left
    ].astype(np.uint64)
    return np.where(asked >= 0, ~lot, ~np.uint64(0)).astype(kind)


def _columns(asked: Ints, threshold: Reals, ruled_out: Sets) -> Iterator[Column]:
    """The tables of the columns that are asked for at all, filled as one that stand in line."""
    tree, node = np.nonzero(asked >= 0)
    number, limit = asked[tree, node], threshold[tree, node].astype(np.float64)
    order = np.lexsort((limit, number))
    tree, node, number, limit = tree[order], node[order], number[order], limit[order]
    begins = np.diff(number, prepend=-1) != 0
    fresh = begins | np.append(True, limit[1:] != limit[:-1])
    column, distinct = begins.cumsum(), fresh.cumsum() - 1
    full = np.iinfo(ruled_out.dtype).max
    left = np.full((fresh.sum() + begins.sum(), len(asked)), full, ruled_out.dtype)
    np.bitwise_and.at(left, (distinct + column, tree), ruled_out[tree, node])
    limits, places = limit[fresh], pairwise([*distinct[begins].tolist(), int(fresh.sum())])
    for n, (name, (first, last)) in enumerate(zip(number[begins].tolist(), places, strict=True)):
        rows = np.bitwise_and.accumulate(left[first + n : last + n + 1], axis=0)
        yield Column(name, limits[first:last], rows)


def _together(columns: Sequence[Column]) -> Iterator[Together]:
    """Tables that columns share, each with as many of them as fit."""
    rest = list(columns)
    while rest:
        places = accumulate((len(column.left) for column in rest), mul)
        count = sum(1 for _ in takewhile(PLACES.__ge__, places))
        yield _shared(rest[:count])
        del rest[:count]


def _shared(columns: Sequence[Column]) -> Together:
    """The table of these columns: what each of them leaves, for every place of the others."""
    sizes = [len(column.left) for column in columns]
    steps = [math.prod(sizes[n + 1 :]) for n in range(len(sizes))]
    left = columns[0].left
    for column in columns[1:]:
        left = (left[:, None] & column.left[None]).reshape(-1, left.shape[1])
    questions = [len(column.thresholds) for column in columns]
    return Together(
        np.repeat([column.number for column in columns], questions),
        np.concatenate([column.thresholds for column in columns]),
        np.repeat(steps, questions),
        left,
    )
