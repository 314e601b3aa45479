"""The tables of the handbook say what the code does, and every row is right."""

from __future__ import annotations

import pytest

from fixnews.jumps import page_names
from tests import tables

SPELLINGS = [(line, kind) for line, _, kind in tables.lines_of("jump-spellings")]
NAMES = [(path, *told) for path, _, *told in tables.lines_of("page-names")]


@pytest.mark.parametrize("table", tables.TABLES)
def test_a_table_is_what_the_code_says(table: str) -> None:
    written = (tables.DOCS / table).read_text("utf-8")
    assert written == tables.written(table), "run python -m tests.tables"


@pytest.mark.parametrize("name", ["jump-spellings", "page-names"])
def test_its_data_are_documented(name: str) -> None:
    assert f"`{name}.tsv`" in (tables.DOCS / "tables" / "README.md").read_text("utf-8")


def test_there_are_sixty_spellings_and_forty_names() -> None:
    assert len(dict(SPELLINGS)) == len(SPELLINGS) >= 60
    assert len({path for path, *_ in NAMES}) == len(NAMES) >= 40


@pytest.mark.parametrize(("line", "kind"), SPELLINGS, ids=[row[0] for row in SPELLINGS])
class TestASpelling:
    def test_is_never_glued_unless_it_is_text(self, line: str, kind: str) -> None:
        assert kind == "text" or not tables.is_glued(line)

    def test_is_read_or_reported_if_it_turns_to_a_page(self, line: str, kind: str) -> None:
        turns = kind in ("out", "in", "either")
        assert turns is (tables.reported(line) != "–")

    def test_points_where_it_says(self, line: str, kind: str) -> None:
        read = tables.read_as(line)
        wrong = {"out": ("←",), "in": ("→",), "reference": ("→", "←"), "text": ("→", "←")}
        both_ways = line.endswith("（上接第一版）") and kind == "out"
        assert both_ways or not any(sign in read for sign in wrong.get(kind, ()))


@pytest.mark.parametrize(("path", "issue", "page", "article"), NAMES, ids=[row[0] for row in NAMES])
def test_a_name_says_what_a_reader_would(path: str, issue: str, page: str, article: str) -> None:
    assert tables.said_of(path) == (issue, page, article)


def test_a_reader_s_own_patterns_come_first() -> None:
    own = page_names.Patterns(issue=r"No(\d+)/", page=r"_s([A-Z]?\d+)_", article=r"_(\d+)$")
    told = own.read("archive/No212/jz_s04_7.txt")
    assert (told.issue, str(told.page), told.article) == ("212", "4", "7")


def test_what_a_pattern_does_not_find_the_forms_tell() -> None:
    told = page_names.Patterns(page=r"_s(\d+)_").read("20210318-04-02.txt")
    assert (told.day, str(told.page), told.article) == ("2021-03-18", "4", "02")
