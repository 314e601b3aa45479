"""Smoothing: probabilities for every n-gram seen, by interpolated Kneser-Ney.

With three discounts an order, as Chen and Goodman (1999) found best. Lower orders count not how
often an n-gram was seen but behind how many different characters; those that begin a paragraph
have nothing before them and keep their count.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fixnews.arrays import Bools, Ints, Singles
from fixnews.language.alphabet import START
from fixnews.language.hashed import Keys
from fixnews.language.ngrams import BITS, ORDER
from fixnews.language.training.counting import Counts


@dataclass(frozen=True, slots=True)
class Grams:
    """The n-grams of one order, sorted; all arrays have the shape (n,).

    Attributes:
        order: how many codes each has.
        keys: their codes, 13 bits each, the last lowest.
        count: how often each was seen.
        chance: the smoothed log-probability of the last code behind the others.
        gain: what `chance` adds to the probability that backing off would give, in nats.
    """

    order: int
    keys: Keys
    count: Counts
    chance: Singles
    gain: Singles

    def suffixes(self) -> Keys:
        """The keys without their first code."""
        return _last(self.keys, self.order - 1)

    def prefixes(self) -> Keys:
        """The keys without their last code."""
        return self.keys >> np.uint64(BITS)

    def kept(self, mask: Bools) -> Grams:
        """Those of a mask."""
        chosen = (self.keys[mask], self.count[mask], self.chance[mask], self.gain[mask])
        return Grams(self.order, *chosen)


def smoothed(keys: Keys, counts: Counts) -> list[Grams]:
    """The n-grams of all orders, from the 4-grams seen; the single characters first."""
    tables = [(keys, counts, counts)]
    for order in range(ORDER - 1, 0, -1):
        tables.insert(0, _shorter(*tables[0][:2], order))
    grams: list[Grams] = []
    for order, table in enumerate(tables, 1):
        grams.append(_estimated(order, *table, grams[-1] if grams else None))
    return grams


def first_of_each(sorted_keys: Keys) -> Ints:
    """Where each run of equal keys begins."""
    return np.flatnonzero(np.concatenate(([True], sorted_keys[1:] != sorted_keys[:-1])))


def _last(keys: Keys, order: int) -> Keys:
    """The last codes of each key, so many."""
    return keys & np.uint64((1 << (order * BITS)) - 1)


def _shorter(keys: Keys, counts: Counts, order: int) -> tuple[Keys, Counts, Counts]:
    """Keys, counts and kinds of the next lower order: the last ``order`` codes of each key."""
    short = _last(keys, order)
    by = np.argsort(short, kind="stable")
    short = short[by]
    starts = first_of_each(short)
    count = np.add.reduceat(counts[by], starts)
    kinds = np.diff(np.append(starts, len(short))).astype(counts.dtype)
    short = short[starts]
    begins = (short >> np.uint64((order - 1) * BITS)) == START
    return short, count, np.where(begins & (order > 1), count, kinds)


def discounts(kinds: Counts) -> tuple[float, float, float]:
    """What is taken from n-grams seen once, twice and more often."""
    n1, n2, n3, n4 = (max(1, int((kinds == k).sum())) for k in (1, 2, 3, 4))
    y = n1 / (n1 + 2 * n2)
    found = (1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3)
    one, two, more = (min(max(d, 0.05), 0.95 * k) for k, d in zip((1, 2, 3), found, strict=True))
    return one, two, more


def _estimated(order: int, keys: Keys, counts: Counts, kinds: Counts, lower: Grams | None) -> Grams:
    """One order, interpolated with the next lower one."""
    starts = first_of_each(keys >> np.uint64(BITS))
    sizes = np.diff(np.append(starts, len(keys)))
    total = np.add.reduceat(kinds.astype(np.float64), starts)
    taken = np.array((0.0, *discounts(kinds)))[np.minimum(kinds, 3)]
    left = np.repeat(np.add.reduceat(taken, starts) / total, sizes)
    base: float | Singles = 1 / len(keys)
    if lower:
        base = np.exp(lower.chance[lower.keys.searchsorted(_last(keys, order - 1))])
    chance = np.log((kinds - taken) / np.repeat(total, sizes) + left * base).astype(np.float32)
    return Grams(order, keys, counts, chance, (chance - np.log(left * base)).astype(np.float32))


def positions(grams: Grams, lower: Grams) -> Ints:
    """Where each n-gram without its first code stands in the next lower order."""
    return np.searchsorted(lower.keys, grams.suffixes())
