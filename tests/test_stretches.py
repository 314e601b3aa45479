"""Long files are read in parts, every line once; and of a page the lines that hold a sign."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from fixnews.filters.stretches import line_at, lines_with, parts
from fixnews.layout import page as layout

LINES = st.lists(st.text("一二\f", max_size=9), max_size=30).map("\n".join)


@given(LINES, st.integers(1, 12))
def test_parts_are_slices_in_order_and_small(page: str, most: int) -> None:
    at = 0
    for start, text in parts(page, most):
        assert page[start : start + len(text)] == text
        assert at <= start
        assert len(text) <= most
        at = start + len(text)


@given(LINES)
def test_what_is_left_out_is_one_line_that_is_too_long(page: str) -> None:
    most = 6
    kept = "".join(text for _, text in parts(page, most))
    if len(page) > most:
        assert all(line in kept for line in page.split("\n") if 0 < len(line) < 2)
    else:
        assert kept == page


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
