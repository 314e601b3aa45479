"""The best pairing is the best of all pairings."""

from __future__ import annotations

from itertools import product

import numpy as np

from fixnews.arrays import Floats
from fixnews.jumps.assignment import FORBIDDEN, assignment


def best(odds: Floats) -> float:
    """The highest sum of all pairings, by trying them all."""
    rows, columns = odds.shape
    tried = (
        sum(float(odds[row, column]) for row, column in enumerate(choice) if column < columns)
        for choice in product(range(columns + 1), repeat=rows)
        if len({c for c in choice if c < columns}) == sum(c < columns for c in choice)
    )
    return max(tried)


def test_no_pairing_is_better() -> None:
    chance = np.random.default_rng(7)
    for _ in range(300):
        odds = chance.normal(0, 1, chance.integers(1, 5, 2))
        odds[chance.random(odds.shape) < 0.3] = FORBIDDEN
        chosen = assignment(odds)
        paired = [column for column in chosen if column >= 0]
        assert len(set(paired)) == len(paired)
        found = sum(float(odds[row, column]) for row, column in enumerate(chosen) if column >= 0)
        assert np.isclose(found, best(odds))
        assert all(odds[row, column] > 0 for row, column in enumerate(chosen) if column >= 0)
