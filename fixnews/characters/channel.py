"""The noisy channel: which characters may have been printed where one was read, and how likely.

The table is ``dictionaries/confusions.tsv``; `training/channel.py` says where it is from.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from fixnews.arrays import Bools, Ints, Singles
from fixnews.words.lexicon import rows, shipped

BMP = 1 << 16

TENTHS = 0.1
"""Nats a unit of the table's prices."""


@dataclass(frozen=True, slots=True)
class Channel:
    """Confusion sets as arrays.

    Attributes:
        start: for each character of the basic plane where its set begins; shape (65,537,).
        printed: the code points of the candidates, set after set; shape (candidates,).
        cost: for each candidate the negative logarithm of P(read | printed), in nats; shape
            (candidates,).
    """

    start: Ints
    printed: Ints
    cost: Singles

    def has_set(self, units: Ints) -> Bools:
        """For each code point whether it has a confusion set."""
        return np.asarray(self.start[units + 1] > self.start[units])

    def candidates(self, units: Ints) -> tuple[Ints, Ints, Singles]:
        """The candidates of many reads at once.

        Args:
            units: code points, shape (n,).

        Returns:
            For each candidate the number of its read, its code point, and its cost.
        """
        first, size = self.start[units], self.start[units + 1] - self.start[units]
        which = np.repeat(np.arange(len(units)), size)
        inside = np.arange(len(which)) - np.repeat(np.cumsum(size) - size, size)
        at = np.repeat(first, size) + inside
        return which, self.printed[at], self.cost[at]


@cache
def load(path: Path | None = None) -> Channel:
    """The shipped confusion sets, or those of another table.

    >>> import numpy as np
    >>> _, printed, _ = load().candidates(np.array([ord("末")]))
    >>> "未" in map(chr, printed)
    True
    """
    table = rows(path or shipped("confusions.tsv"))
    sizes = np.zeros(BMP + 1, dtype=np.int64)
    sizes[[ord(read) + 1 for read, _, _ in table]] = [len(printed) for _, printed, _ in table]
    printed = "".join(found for _, found, _ in table).encode("utf-16-le")
    prices = np.frombuffer("".join(costs for _, _, costs in table).encode(), np.uint8) - ord("0")
    cost = (prices[::2] * 10 + prices[1::2]).astype(np.float32) * np.float32(TENTHS)
    return Channel(np.cumsum(sizes), np.frombuffer(printed, np.uint16).astype(np.int64), cost)
