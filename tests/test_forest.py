"""A forest read from tables says what walking down its trees says, for every forest that ships."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fixnews.errors import DataError
from fixnews.forest import Column, Forest, load

MODELS = Path(__file__).parents[1] / "fixnews" / "models"

FORESTS = sorted(
    path for path in MODELS.glob("*.npz") if {"child", "scale"} <= set(np.load(path).files)
)


def walked(table: Any, row: Any) -> float:
    """The log odds of one row, tree by tree, question by question."""
    *_, base = table["scale"]
    total = np.float32(0)
    for asked, limit, child, value in zip(
        table["feature"], table["threshold"], table["child"], table["value"], strict=True
    ):
        node = 0
        while asked[node] >= 0:
            node = child[node, int(row[asked[node]] > limit[node])]
        total += value[node]
    return float(base + total)


@pytest.mark.parametrize("path", FORESTS, ids=lambda path: path.stem)
def test_the_tables_say_what_a_walk_says(path: Path) -> None:
    table, chance = np.load(path), np.random.default_rng(7)
    asked, limits = table["feature"], table["threshold"][table["feature"] >= 0]
    rows = chance.choice(limits, (12, int(asked.max()) + 1)).astype(np.float64)
    rows[chance.random(rows.shape) < 0.1] = np.nan  # no number is greater than a threshold
    forest = load(path)
    odds = [walked(table, row) for row in rows]
    assert forest._odds(rows) == pytest.approx(odds, abs=1e-4)


@pytest.mark.parametrize("path", FORESTS, ids=lambda path: path.stem)
def test_what_no_tree_tells_apart_is_the_same_row(path: Path) -> None:
    table, chance, forest = np.load(path), np.random.default_rng(3), load(path)
    limits = table["threshold"][table["feature"] >= 0]
    rows = chance.choice(limits, (12, int(table["feature"].max()) + 1)).astype(np.float64)
    rows += chance.choice((-1e-3, 0, 1e-3), rows.shape)  # before, on and behind a threshold
    rows[chance.random(rows.shape) < 0.1] = np.nan
    same = [[forest.alike(n, answer) for n, answer in enumerate(row)] for row in rows.tolist()]
    assert np.array_equal(forest._odds(np.array(same)), forest._odds(rows))


def test_beyond_every_threshold_answers_are_alike() -> None:
    column = Column(0, np.array([2.0, 3.0]), np.array([[0b11], [0b10], [0b10]], dtype=np.uint16))
    forest = Forest((column,), np.array([[-1.0, 1.0]]), 0.0, 1.0, 0.0)
    told = [forest.alike(0, answer) for answer in (1.0, 2.0, 2.5, 3.5)]
    assert told == [2.0, 2.0, 3.0, np.inf]
    assert forest.alike(1, 0.5) == np.inf  # a column that nobody asks about


def test_an_answer_on_the_threshold_is_not_greater() -> None:
    left = np.array([[0b11], [0b10]], dtype=np.uint16)
    column = Column(0, np.array([2.0]), left)
    forest = Forest((column,), np.array([[-1.0, 1.0]]), 0.0, 1.0, 0.0)
    assert forest._odds(np.array([[1.9], [2.0], [2.1]])).tolist() == [-1.0, -1.0, 1.0]


def test_many_rows_are_weighed_like_one() -> None:
    forest = load(MODELS / "marks.npz")
    rows = np.random.default_rng(1).normal(size=(700, 40))
    one_by_one = [forest.probability(row[None])[0] for row in rows]
    assert np.array_equal(forest.probability(rows), np.array(one_by_one))


def test_no_rows_have_no_probability() -> None:
    assert load(MODELS / "marks.npz").probability(np.empty((0, 40))).shape == (0,)


def test_a_missing_table_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="the trained forest is missing"):
        load(tmp_path / "none.npz")
