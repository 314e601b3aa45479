"""A table of many keys in few bits: what a language model can ship of its n-grams.

Keys are not stored. A key's hash names three cells; the cells' exclusive or is the key's
fingerprint and value. A key that was never put in has the right fingerprint once in `FALSE_HITS`
lookups. The construction is the binary fuse filter of Graf and Lemire (2022), with a value beside
the fingerprint: 18 bits an n-gram where a sorted array of keys needs over 60, and three gathers a
lookup, which numpy does for a whole page at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fixnews.arrays import Ints
from fixnews.errors import DataError

Keys = NDArray[np.uint64]
"""Keys of n-grams, and the codes that such are made of."""

Cells = NDArray[np.uint16]
"""A fingerprint above, a value below."""

Values = NDArray[np.uint8]
"""Numbers of code books; 0 stands for a key that is not there."""

FALSE_HITS = 256

_MIX, _MIX_AGAIN = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F
_SPARE = 1.125
"""Cells a key: below 1.125 the peeling of large sets begins to fail (Graf and Lemire)."""

_SEEDS = 64


@dataclass(frozen=True, slots=True)
class Hashed:
    """The table.

    Attributes:
        cells: 16 bits each: fingerprint above, value below; shape (cells,).
        segment: cells a segment, a power of two; a key's cells lie in three neighbouring ones.
        seed: what the hashes begin with.
    """

    cells: Cells
    segment: int
    seed: int

    def values(self, keys: Keys) -> Values:
        """For each key its value, 0 for a key that is not in the table."""
        first, second, third, sign = _places(keys, self.segment, len(self.cells), self.seed)
        cell = self.cells.take(first)
        cell ^= self.cells[self.segment :].take(second)
        cell ^= self.cells[2 * self.segment :].take(third)
        cell ^= sign
        cell *= cell < FALSE_HITS
        return np.asarray(cell.astype(np.uint8))


def _places(keys: Keys, segment: int, cells: int, seed: int) -> tuple[Ints, Ints, Ints, Cells]:
    """For each key its three cells, and its fingerprint in the high byte.

    The second and third cell are counted from the beginning of the next segment and the one behind
    it. The arithmetic is done in place: most of a lookup's time goes into it.
    """
    u = np.uint64
    mixed = keys * u(_MIX | 1)
    base = mixed >> u(29)
    mixed ^= base
    mixed += u(seed)
    mixed *= u(_MIX_AGAIN)
    again = mixed >> u(32)
    again ^= mixed
    again *= u(_MIX)
    np.right_shift(mixed, u(44), out=base)
    base *= u(cells // segment - 2)
    base >>= u(20)
    base *= u(segment)
    mixed >>= u(24)
    three = (mixed, again >> u(8), again >> u(30))
    first, second, third = (_within(bits, base, segment) for bits in three)
    again >>= u(48)
    return first, second, third, again.astype(np.uint16) & np.uint16(0xFF00)


def _within(bits: Keys, base: Keys, segment: int) -> Ints:
    """Places inside segments that begin at ``base``, taken from low bits, in place."""
    bits &= np.uint64(segment - 1)
    bits += base
    return bits.view(np.int64)


def build(keys: Keys, values: Values) -> Hashed:
    """The table of these keys.

    Args:
        keys: all different; shape (n,).
        values: one a key, 1 to 255; shape (n,).

    Raises:
        DataError: no seed works, because keys are not all different.

    >>> import numpy as np
    >>> table = build(np.array([7, 9], dtype=np.uint64), np.array([1, 2], dtype=np.uint8))
    >>> table.values(np.array([9, 7], dtype=np.uint64)).tolist()
    [2, 1]
    """
    segment = _segment(len(keys))
    cells = (max(1, -(-int(len(keys) * _SPARE) // segment)) + 2) * segment
    for seed in range(_SEEDS):
        table = _filled(keys, values, segment, cells, seed)
        if table is not None:
            return Hashed(table, segment, seed)
    raise DataError("the table of n-grams cannot be built", "are there keys given twice?")


def _segment(count: int) -> int:
    """Cells a segment, as Graf and Lemire choose them."""
    import math

    return int(min(1 << 16, max(4, 1 << int(math.log(max(2, count)) / math.log(3.33) + 2.25))))


def _filled(keys: Keys, values: Values, segment: int, cells: int, seed: int) -> Cells | None:
    """The cells, or nothing if the keys cannot be peeled with this seed."""
    *places, sign = _places(keys, segment, cells, seed)
    at = np.stack(places, axis=1) + np.arange(3) * segment
    wanted = sign | values
    rounds = _peeled(at, cells)
    if sum(len(who) for who, _ in rounds) < len(keys):
        return None
    table = np.zeros(cells, dtype=np.uint16)
    for who, cell in reversed(rounds):
        mine = at[who]
        sums = table[mine[:, 0]] ^ table[mine[:, 1]] ^ table[mine[:, 2]]
        table[cell] = wanted[who] ^ sums ^ table[cell]
    return table


def _peeled(at: Ints, cells: int) -> list[tuple[Ints, Ints]]:
    """Rounds of (keys, the cell that each is alone in) until no cell holds one key only."""
    count = np.bincount(at.ravel(), minlength=cells)
    number = np.arange(len(at), dtype=np.float64)
    total = sum(np.bincount(at[:, k], weights=number, minlength=cells) for k in range(3))
    total = np.asarray(total, dtype=np.int64)
    rounds = []
    open_cells = np.flatnonzero(count == 1)
    while len(open_cells):
        who, which = np.unique(total[open_cells], return_index=True)
        rounds.append((who, open_cells[which]))
        touched = at[who].ravel()
        np.subtract.at(count, touched, 1)
        np.subtract.at(total, touched, np.repeat(who, 3))
        touched = np.unique(touched)
        open_cells = touched[count[touched] == 1]
    return rounds
