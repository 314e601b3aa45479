"""Completions: what stands with two neighbours in the news, whatever was read there.

A recogniser that loses a character in a blot puts anything in its place. No confusion set knows
what was printed, but the neighbours often do: one on each side, two on the left, two on the right.
`scripts/build_completions.py` counts them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fixnews.errors import DataError

SHIPPED = Path(__file__).parents[1] / "models" / "completions.npz"

NEIGHBOURS = ((1, 2), (-1, 1), (-2, -1))
"""Where the two neighbours of a gap stand, for each table of the file."""

Array = Any


@dataclass(frozen=True, slots=True)
class Completions:
    """What may stand with two characters, as arrays: a table for each of `NEIGHBOURS`.

    Attributes:
        pairs: the code points of the neighbours, the first in the upper half; sorted, one a row.
        fillers: the code point of what stands with them.
    """

    pairs: tuple[Array, ...]
    fillers: tuple[Array, ...]

    def around(self, units: Array, at: Array) -> tuple[Array, Array]:
        """What may stand in many places of a page.

        Args:
            units: the code points of the page.
            at: offsets, shape (n,).

        Returns:
            For each completion the number of its place, and its code point; some come twice.

        >>> import numpy as np
        >>> from fixnews.ocr.suspects import code_points
        >>> _, found = load().around(code_points("稳〇求进"), np.array([1]))
        >>> "中" in map(chr, found)
        True
        """
        import numpy as np

        reach = 2
        padded = np.pad(units, reach)
        found = [
            _filled(pairs, fillers, *(padded[at + reach + step] for step in steps))
            for pairs, fillers, steps in zip(self.pairs, self.fillers, NEIGHBOURS, strict=True)
        ]
        return np.concatenate([w for w, _ in found]), np.concatenate([f for _, f in found])


def _filled(pairs: Array, fillers: Array, first: Array, second: Array) -> tuple[Array, Array]:
    """The numbers of the places, and what stands with their two neighbours in one table."""
    import numpy as np

    keys = ((first << 16) | second).astype(np.uint32)
    low, high = (np.searchsorted(pairs, keys, side) for side in ("left", "right"))
    which = np.repeat(np.arange(len(keys)), high - low)
    inside = np.arange(len(which)) - np.repeat(np.cumsum(high - low) - (high - low), high - low)
    return which, fillers[np.repeat(low, high - low) + inside].astype(np.int64)


@cache
def load(path: Path = SHIPPED) -> Completions:
    """The shipped completions, or those of another file.

    Raises:
        DataError: the file is not where it should be.
    """
    import numpy as np

    if not path.is_file():
        raise DataError(f"{path}: the table of completions is missing", "reinstall fixnews")
    with np.load(path) as table:
        gaps = range(len(NEIGHBOURS))
        return Completions(
            tuple(_unpacked(table[f"steps{n}"]) for n in gaps),
            tuple(table[f"fillers{n}"] for n in gaps),
        )


def _unpacked(planes: Array) -> Array:
    """Neighbours from the steps between them, whose bytes lie in planes."""
    import numpy as np

    steps = sum(plane.astype(np.uint32) << np.uint32(8 * n) for n, plane in enumerate(planes))
    return np.cumsum(steps, dtype=np.uint32)
