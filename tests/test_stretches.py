"""Long files are read in parts, every line once; and of a page the lines that hold a sign."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fixnews
from fixnews.filters.stretches import MOST, line_at, lines_with, parts
from fixnews.layout import page as layout

LINES = st.lists(st.text("一二\f", max_size=9), max_size=30).map("\n".join)


LONG = st.lists(st.text("一。”，\r\n\f", max_size=30), max_size=9).map("".join)


@given(LINES | LONG, st.integers(2, 12))
def test_parts_are_the_whole_page_in_order_and_small(page: str, most: int) -> None:
    found = list(parts(page, most))
    assert "".join(text for _, text in found) == page
    assert [at for at, _ in found] == [sum(len(t) for _, t in found[:n]) for n in range(len(found))]
    assert all(len(text) <= most for _, text in found)
    assert not any(text.endswith("\r") and page[at + len(text) :][:1] == "\n" for at, text in found)


CUTS = [
    ("一。二。三四五", ["一。二。", "三四五"], "behind the last sentence"),
    ("一。”二三四五", ["一。”", "二三四五"], "behind the mark that closes its quotation"),
    ("一。二三，四五", ["一。", "二三，四五"], "a sentence comes before a clause"),
    ("一，二三四五六", ["一，", "二三四五六"], "without a sentence behind a clause"),
    ("一二三四五六七", ["一二三四五", "六七"], "without a mark where it must be"),
    ("一二\n三四五六。七", ["一二\n", "三四五六。", "七"], "the line before it is whole"),
    ("一二三。四\n五六", ["一二三。", "四\n五六"], "the lines behind it go with its rest"),
]


@pytest.mark.parametrize(("page", "wanted", "reason"), CUTS)
def test_a_line_that_is_too_long_is_cut_between_sentences(
    page: str, wanted: list[str], reason: str
) -> None:
    assert [text for _, text in parts(page, most=5)] == wanted, reason


def test_an_export_without_line_breaks_is_read_to_its_end() -> None:
    page = (
        MOST // 12 * "会议指出，要坚持稳中求进。" + "各级政府要认真贯彻落实中央关于经济工怍的部署。"
    )
    assert len(page) > MOST
    found = fixnews.fix(page).corrections
    assert [(c.code, c.before, c.after) for c in found] == [("OCR101", "怍", "作")]


SAYS_NOTHING = [
    ("（" * 30, "a row of one sign"),
    ("0123456789abcdef" * 9, "a dump"),
    (string.ascii_letters + string.digits + "+/=", "Base64"),
]


@pytest.mark.parametrize(("unit", "reason"), SAYS_NOTHING)
def test_what_says_nothing_is_left_out_of_a_long_file(unit: str, reason: str) -> None:
    found = list(parts(unit * (3 * MOST // len(unit))))
    assert sum(len(text) for _, text in found) < MOST, reason
    assert list(parts(unit)) == [(0, unit)], "a page is read, whatever it holds"


def test_a_page_is_one_part() -> None:
    assert list(parts("头版\n")) == [(0, "头版\n")]


@given(st.text("一?\n\r\f\u2028 ", max_size=40))
def test_the_lines_with_a_sign_are_those_lines_of_the_page(page: str) -> None:
    lines = [(found.start(), found[0]) for found in layout.LINES.finditer(page)]
    assert list(lines_with(page, re.compile(r"\?"))) == [x for x in lines if "?" in x[1]]
    for start, line in lines:
        assert {line_at(page, at) for at in range(start, start + len(line))} == {
            (start, start + len(line))
        }
