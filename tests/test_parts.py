"""Long files are read in parts: every line once, none cut, none that is no paragraph."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fixnews.filters.parts import parts

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
