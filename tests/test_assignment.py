"""The best pairing is the best of all pairings."""

from __future__ import annotations

from itertools import product

import numpy as np

from fixnews.arrays import Floats
from fixnews.jumps.assignment import FORBIDDEN, assignment, margins_of


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


def test_a_margin_is_what_the_best_pairing_without_the_pair_loses() -> None:
    chance = np.random.default_rng(11)
    for n in range(400):
        odds = chance.normal(0, 1, chance.integers(1, 6 - n % 2, 2))
        odds[chance.random(odds.shape) < 0.3] = FORBIDDEN
        if n % 3 == 0:
            odds = np.where(odds > FORBIDDEN, np.round(odds), odds)
        chosen, margins = assignment(odds), margins_of(odds)
        for row, column in enumerate(chosen):
            without = odds.copy()
            without[row, column] = FORBIDDEN
            lost = best(odds) - best(without) if column >= 0 else 0.0
            assert np.isclose(margins[row], lost)


def test_halves_that_have_nothing_in_common_are_paired_each_by_itself() -> None:
    odds = np.full((60, 60), FORBIDDEN)
    for n in range(0, 60, 2):
        odds[n : n + 2, n : n + 2] = [[5.0, 4.0], [4.5, 1.0]]
    assert assignment(odds) == [n + 1 - 2 * (n % 2) for n in range(60)]
    assert np.allclose(margins_of(odds), 2.5)
