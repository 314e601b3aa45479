"""Completions: what stands with two neighbours in the news, whatever was read there.

A recogniser that loses a character in a blot puts anything in its place. No confusion set knows
what was printed, but the neighbours often do: one on each side, two on the left, two on the right.
`training/completions.py` counts them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fixnews.arrays import Ints
from fixnews.errors import DataError
from fixnews.message import Message

SHIPPED = Path(__file__).parents[1] / "models" / "completions.npz"

NEIGHBOURS = ((1, 2), (-1, 1), (-2, -1))
"""Where the two neighbours of a gap stand, for each table of the file."""

Pairs = NDArray[np.uint32]
"""Two code points each, the first in the upper half."""

Units = NDArray[np.uint16]
"""Code points of the basic plane."""


@dataclass(frozen=True, slots=True)
class Completions:
    """What may stand with two characters, as arrays: a table for each of `NEIGHBOURS`.

    Attributes:
        pairs: the code points of the neighbours, the first in the upper half; sorted.
        starts: where the fillers of each pair begin, and where the last ones end.
        fillers: the code points of what stands with them.
    """

    pairs: tuple[Pairs, ...]
    starts: tuple[Ints, ...]
    fillers: tuple[Units, ...]

    @property
    def tables(self) -> Iterator[tuple[Pairs, Ints, Units]]:
        """The tables, one for each of `NEIGHBOURS`."""
        return zip(self.pairs, self.starts, self.fillers, strict=True)

    def around(self, units: Ints, at: Ints) -> tuple[Ints, Ints]:
        """What may stand in many places of a page.

        Args:
            units: the code points of the page; shape (characters,).
            at: offsets, shape (n,).

        Returns:
            For each completion the number of its place, and its code point; some come twice.

        >>> import numpy as np
        >>> from fixnews.language.alphabet import code_points
        >>> _, found = load().around(code_points("稳〇求进"), np.array([1]))
        >>> "中" in map(chr, found)
        True
        """
        reach = 2
        padded = np.pad(units, reach)
        found = [
            _filled(table, *(padded[at + reach + step] for step in steps))
            for table, steps in zip(self.tables, NEIGHBOURS, strict=True)
        ]
        return np.concatenate([w for w, _ in found]), np.concatenate([f for _, f in found])


def _filled(table: tuple[Pairs, Ints, Units], first: Ints, second: Ints) -> tuple[Ints, Ints]:
    """The numbers of the places, and what stands with their two neighbours in one table."""
    pairs, starts, fillers = table
    keys = ((first << 16) | second).astype(np.uint32)
    where = np.minimum(np.searchsorted(pairs, keys), len(pairs) - 1)
    low = starts[where]
    size = np.where(pairs[where] == keys, starts[where + 1] - low, 0)
    which = np.repeat(np.arange(len(keys)), size)
    inside = np.arange(len(which)) - np.repeat(np.cumsum(size) - size, size)
    return which, fillers[np.repeat(low, size) + inside].astype(np.int64)


@cache
def load(path: Path = SHIPPED) -> Completions:
    """The shipped completions, or those of another file.

    Raises:
        DataError: the file is not where it should be.
    """
    if not path.is_file():
        raise DataError(
            Message("{path}: the table of completions is missing", path=path), "reinstall fixnews"
        )
    with np.load(path) as table:
        gaps = range(len(NEIGHBOURS))
        every = [_unpacked(table[f"steps{n}"]) for n in gaps]
        fillers = tuple(table[f"fillers{n}"] for n in gaps)
    firsts = [np.flatnonzero(np.append(True, rows[1:] != rows[:-1])) for rows in every]
    pairs = tuple(rows[first] for rows, first in zip(every, firsts, strict=True))
    starts = tuple(np.append(first, len(rows)) for rows, first in zip(every, firsts, strict=True))
    return Completions(pairs, starts, fillers)


def _unpacked(planes: NDArray[np.uint8]) -> Pairs:
    """Neighbours from the steps between them, whose bytes lie in planes."""
    steps = sum(plane.astype(np.uint32) << np.uint32(8 * n) for n, plane in enumerate(planes))
    return np.cumsum(steps, dtype=np.uint32)
