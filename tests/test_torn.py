"""Lone quotation marks and brackets: where their partners are looked for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixnews.layout.reading import PARTED, read
from fixnews.marks import confusion, torn
from fixnews.marks.confusion import TARGETS
from fixnews.marks.sheets import Sheets
from fixnews.marks.sites import Marks


def gaps(page: str) -> set[tuple[str, str]]:
    """What stands before each gap that is asked about, and the mark."""
    seen = read(page)
    parts = np.flatnonzero(seen.gap[:-1] == PARTED)
    ends = np.append(parts[1:], len(seen.points))
    found = torn.gaps(confusion.own(seen.points), confusion.groups(seen.points), parts, ends)
    return {(seen.text[: gap.at][-2:], TARGETS[gap.mark]) for gap in found if gap.lost}


CASES = (
    ("落实“一企一策”方案，《日报》（周刊）", set(), "every mark has its partner"),
    ("落实“一企策", {("“一", "”"), ("一企", "”"), ("企策", "”")},
     "behind the first character inside"),
    ("落实一企策”", {("", "“"), ("落", "“"), ("落实", "“"), ("实一", "“"), ("一企", "“")},
     "anywhere before, but not empty"),
    ("见《报”上", {("《报", "》"), ("报”", "》"), ("”上", "》"),
               ("", "“"), ("见", "“"), ("见《", "“")},
     "each kind for itself"),
    ("“策\n\n略”", {("“策", "”"), ("“策", "“")}, "not across paragraphs"),
    ("〈下转二版）", set(), "the partner was misread, not lost"),
    ("“策\" 与", set(), "a straight mark is what became of it"),
    ("“甲“乙”", {("“甲", "”")}, "before the next of its kind opens"),
)  # fmt: skip


@pytest.mark.parametrize(("page", "expected", "reason"), CASES)
def test_where_a_partner_may_have_stood(
    page: str, expected: set[tuple[str, str]], reason: str
) -> None:
    assert gaps(page) == expected, reason


def test_no_further_than_its_reach() -> None:
    points = read("“" + "经" * 99).points
    found = torn.gaps(
        confusion.own(points), confusion.groups(points), np.array([0]), np.array([100])
    )
    assert max(gap.far for gap in found) == torn.REACH


@given(st.text(alphabet="“”‘’《》（）经\n，", max_size=40))
def test_every_gap_is_in_the_page(page: str) -> None:
    from fixnews import language

    seen = read(page)
    if not len(seen.points):
        return
    survey = Marks(Sheets.of(seen), language.load())
    for gap in survey.torn:
        assert 0 <= gap.at <= len(seen.text)
        assert 0 < gap.far <= torn.REACH
        assert TARGETS[gap.mark] in "“”‘’《》（）"
