"""Soft returns: what word processors and web pages end a line with ends it like any other."""

from __future__ import annotations

import pytest

import fixnews
from fixnews.filters import Selection
from fixnews.filters.stretches import line_at
from fixnews.layout.page import lines
from fixnews.source import SOFT_BREAKS

ONLY_BREAKS = Selection(select=("BRK",))
NAMES = [f"U+{ord(c):04X}" for c in SOFT_BREAKS]

INSIDE = {
    "inside words, a paragraph a line": (
        "老街的菜场昨天重新开张，一百一十六个摊⏎位全部换了新灯，地面做了防滑处理，赶早⏎"
        "班的人六点就能买到热豆浆。\n管理处说，老摊主可以优先回来，租金半年⏎不变，"
        "门口的四十个停车位也一起开放，第⏎一个小时免费。\n"
    ),
    "printed lines with indents": (
        "　　老人说，从前这条街上开着七家⏎茶馆，一到晚上，说书的和唱曲的都⏎来了，热闹得像过年。\n"
        "　　茶馆的主人姓陆，今年七十一⏎岁，从父亲手里接过这门生意，算⏎来已经四十五年。\n"
    ),
}

KEPT = {
    "verse, a line each": "渡口的雾还没有散⏎船工解开了缆绳⏎对岸的灯一盏盏暗去⏎新的一天从水上开始\n",
    "finished paragraphs": (
        "老街的菜场昨天重新开张，一百一十六个摊位全部换了新灯，地面做了防滑处理。⏎"
        "管理处说，老摊主可以优先回来，租金半年不变，第一个小时免费停车。⏎"
    ),
    "a headline and its byline": "老码头的第二春⏎记者 沈砚秋⏎清晨六点半，雾还没有散。⏎",
}


def fixed(page: str) -> str:
    return fixnews.fix(page, selection=ONLY_BREAKS).text


@pytest.mark.parametrize("soft", SOFT_BREAKS, ids=NAMES)
@pytest.mark.parametrize("page", INSIDE.values(), ids=INSIDE)
def test_a_sentence_goes_on_behind_one(page: str, soft: str) -> None:
    """Where ⏎ stands, the page has a soft return."""
    assert fixed(page.replace("⏎", soft)) == page.replace("⏎", "")


@pytest.mark.parametrize("soft", SOFT_BREAKS, ids=NAMES)
@pytest.mark.parametrize("page", KEPT.values(), ids=KEPT)
def test_lines_that_are_meant_stay(page: str, soft: str) -> None:
    assert fixed(page.replace("⏎", soft)) == page.replace("⏎", soft)


@pytest.mark.parametrize("soft", SOFT_BREAKS, ids=NAMES)
def test_it_ends_a_line_for_all_who_ask(soft: str) -> None:
    assert [line.text for line in lines(f"一二{soft}三")] == ["一二", "三"]
    assert line_at(f"一二{soft}三四{soft}五", 4) == (3, 5)


def test_rejecting_all_gives_the_page_back() -> None:
    page = INSIDE["printed lines with indents"].replace("⏎", "\v")
    done = fixnews.fix(page, selection=ONLY_BREAKS, decide=lambda _: False)
    assert done.text == page
