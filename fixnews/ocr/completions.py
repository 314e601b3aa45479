"""Completions: what stands between two characters in the news, whatever was read there.

A recogniser that loses a character in a blot puts anything in its place. No confusion set knows
what was printed, but the two neighbours often do. `scripts/build_completions.py` counts them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fixnews.errors import DataError

SHIPPED = Path(__file__).parents[1] / "models" / "completions.npz"


@dataclass(frozen=True, slots=True)
class Completions:
    """What may stand between two characters, as arrays.

    Attributes:
        pairs: the code points of the neighbours, the first in the upper half; sorted, one a row.
        middles: the code point of what stands between them.
    """

    pairs: Any
    middles: Any

    def between(self, before: Any, behind: Any) -> tuple[Any, Any]:
        """What may stand in many places.

        Args:
            before: the code points of the neighbours on the left, shape (n,).
            behind: those on the right.

        Returns:
            For each completion the number of its place, and its code point.

        >>> import numpy as np
        >>> _, middles = load().between(np.array([ord("稳")]), np.array([ord("求")]))
        >>> "中" in map(chr, middles)
        True
        """
        import numpy as np

        keys = ((before << 16) | behind).astype(np.uint32)
        low, high = (np.searchsorted(self.pairs, keys, side) for side in ("left", "right"))
        which = np.repeat(np.arange(len(keys)), high - low)
        inside = np.arange(len(which)) - np.repeat(np.cumsum(high - low) - (high - low), high - low)
        return which, self.middles[np.repeat(low, high - low) + inside]


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
        return Completions(table["pairs"], table["middles"].astype(np.int64))
