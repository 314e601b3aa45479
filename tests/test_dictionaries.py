"""Data are data: every dictionary is sorted, documented, and says one thing once."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixnews.errors import DataError
from fixnews.words import lexicon

HOME = lexicon.shipped("character-classes.tsv").parent
FILES = sorted(HOME.glob("*.tsv"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
class TestEveryDictionary:
    def test_is_documented(self, path: Path) -> None:
        assert f"`{path.name}`" in (HOME / "README.md").read_text("utf-8")

    def test_names_its_columns(self, path: Path) -> None:
        assert path.read_text("utf-8").startswith("# ")

    def test_is_sorted_without_duplicates(self, path: Path) -> None:
        keys = [row[0] for row in lexicon.rows(path)]
        assert keys == sorted(set(keys))

    def test_has_no_stray_blanks(self, path: Path) -> None:
        assert all(cell == cell.strip() for row in lexicon.rows(path) for cell in row)


def test_a_missing_dictionary_is_an_error() -> None:
    with pytest.raises(DataError, match="reinstall"):
        lexicon.shipped("no-such.tsv")


def test_a_class_holds_characters() -> None:
    assert {"的", "了"} <= lexicon.characters("bound-start")


def test_a_confusion_set_prices_each_candidate_once_the_cheapest_first() -> None:
    for read, printed, costs in lexicon.rows(lexicon.shipped("confusions.tsv")):
        prices = [int(costs[n : n + 2]) for n in range(0, len(costs), 2)]
        assert len(read) == 1
        assert read not in printed
        assert len(set(printed)) == len(printed) == len(prices) <= 36
        assert prices == sorted(prices)
