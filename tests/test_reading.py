"""A page as it reads on: what is white space, what lies between, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixnews.layout.reading import JOINED, PARTED, SPACED, WRAPPED, Reading, read, readings


@pytest.mark.parametrize(
    ("page", "gap"),
    [
        ("水位", JOINED),
        ("水 位", SPACED),
        ("水　位", SPACED),
        ("水\n位", WRAPPED),
        ("水\r\n位", WRAPPED),
        ("水\r位", WRAPPED),
        ("水 \n位", WRAPPED),
        ("水\n 位", WRAPPED),
        ("水\n\n位", PARTED),
        ("水\r\n\r\n位", PARTED),
        ("水\n　　位", PARTED),
        ("水\f位", PARTED),
    ],
)
def test_what_lies_between(page: str, gap: int) -> None:
    assert read(page).gap.tolist() == [PARTED, gap, PARTED]


def test_a_page_of_white_space_reads_as_nothing() -> None:
    assert read(" \n\f\u3000").text == ""
    assert read("").gap.tolist() == [PARTED]


def test_a_line_that_lost_its_comma_is_one_cell_short() -> None:
    page = "部群众戮力同心的成果，\n也是平湖市灾害洞察与智\n部群众戮力同心的成果\n" * 4
    seen = read(page)
    short = {seen.text[i]: seen.short[i] for i in range(len(seen.text)) if seen.short[i]}
    assert short == {"果": 1.0}


def test_lines_wider_than_a_column_are_paragraphs() -> None:
    page = "\n".join(["全市各级党组织深入学习贯彻会议精神，" * 4] * 3)
    assert set(read(page).gap.tolist()) == {JOINED, PARTED}


@given(st.text(alphabet="经济，。 \u3000\n\r\f\t\ud800\U00020000a1", max_size=60))
def test_every_character_is_found_where_it_stands(page: str) -> None:
    seen = read(page)
    assert seen.text == "".join(page[i] for i in seen.at)
    assert not any(c.isspace() for c in seen.text)
    assert len(seen.text) == sum(not c.isspace() for c in page)
    assert len(seen.gap) == len(seen.text) + 1 == len(seen.short) + 1


@given(st.lists(st.text("水位，。 a1\n\r\t\f\u3000\U0001f600", max_size=60), max_size=5))
def test_pages_read_together_are_read_as_each_alone(pages: list[str]) -> None:
    def columns(seen: Reading) -> list[object]:
        held = seen.points, seen.at, seen.gap, seen.short, seen.starts
        return [seen.text, *(column.tolist() for column in held)]

    assert list(map(columns, readings(pages))) == [columns(read(page)) for page in pages]
