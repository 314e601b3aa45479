"""The table of n-grams: every key gives its value, a strange key almost never gives one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixnews.errors import DataError
from fixnews.language.hashed import FALSE_HITS, build

KEYS = st.sets(st.integers(0, 2**60), min_size=1, max_size=400)


@given(KEYS)
def test_every_key_gives_its_value(keys: set[int]) -> None:
    sorted_keys = np.array(sorted(keys), dtype=np.uint64)
    values = (sorted_keys % np.uint64(255) + np.uint64(1)).astype(np.uint8)
    assert (build(sorted_keys, values).values(sorted_keys) == values).all()


def test_a_strange_key_gives_a_value_as_seldom_as_stated() -> None:
    chance = np.random.default_rng(3)
    keys = np.unique(chance.integers(0, 1 << 50, 50_000, dtype=np.uint64))
    table = build(keys, np.ones(len(keys), dtype=np.uint8))
    strange = chance.integers(1 << 50, 1 << 51, 200_000, dtype=np.uint64)
    assert 0 < (table.values(strange) > 0).mean() < 1.3 / FALSE_HITS


def test_the_same_key_twice_is_an_error() -> None:
    with pytest.raises(DataError, match="twice"):
        build(np.array([5, 5], dtype=np.uint64), np.array([1, 2], dtype=np.uint8))
