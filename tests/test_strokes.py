"""The dash that was read as 一一: when it is one, when it is the word, when only offered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fixnews
from fixnews.filters import Selection
from fixnews.pipeline import threshold

ONLY = Selection(select=("PUN205",))

DASHES = (
    ("这里有透明行政一一广东顺德廉政建设", "这里有透明行政——广东顺德廉政建设"),
    ("特色的路子：\n\n一一狠抓关键因素", "特色的路子：\n\n——狠抓关键因素"),
    ("制造经验一一下转2版", "制造经验——下转2版"),
    ("在98一99年间", "在98—99年间"),
    ("约1%一3%左右", "约1%—3%左右"),
    ("盈利为10亿一20亿港元", "盈利为10亿—20亿港元"),
    ("1月30日20时一1月31日20时", "1月30日20时—1月31日20时"),
    ("企业优待军嫂一一调岗不下岗\n\n本报讯", "企业优待军嫂——调岗不下岗\n\n本报讯"),
    ("走出了一个致命的泥坑-一那就是陈旧。", "走出了一个致命的泥坑——那就是陈旧。"),
    ("他，侯老的夫人一一一个热心、善良的人", "他，侯老的夫人——一个热心、善良的人"),
)

WORDS = (
    ("他们一一走访了全村的农户。", "one by one"),
    ("这是全国唯一一个试点。", "唯一 and 一个"),
    ("北京一一五中学", "a number"),
    ("重返冰坛一一张明信片", "a number of postcards"),
    ("一一得一", "arithmetic"),
    ("第一一次", "a number"),
    ("企业优待军嫂一一调岗不下岗", "it may be a sentence"),
    ("我们把这些问号，一一拉直", "one by one, behind a comma"),
    ("一一一", "three strokes"),
    ("99年一次", "no digit behind"),
    ("周一10时开会，今年一1月", "a day of the week; no number before"),
    ("——一一介绍——走访——", "a page with dashes of its own"),
)


def repaired(text: str, *, unsafe: bool = False) -> str:
    return fixnews.fix(text, selection=ONLY, decide=threshold(unsafe=unsafe)).text


@pytest.mark.parametrize(("before", "after"), DASHES)
def test_becomes_a_dash(before: str, after: str) -> None:
    assert repaired(before) == after


@pytest.mark.parametrize(("text", "reason"), WORDS)
def test_stays_a_word(text: str, reason: str) -> None:
    assert repaired(text) == text, reason


def test_one_alone_is_offered_where_several_are_sure() -> None:
    one = "这家企业优待军嫂一一调岗不下岗，保生活。"
    assert repaired(one) == one
    assert repaired(one, unsafe=True) == one.replace("一一", "——")
    several = f"{one}\n\n这里有透明行政一一广东顺德廉政建设"
    assert repaired(several) == several.replace("一一", "——")


@given(st.text(alphabet="一—-–广东行政，。\n 19%", max_size=24))
def test_changes_strokes_only_and_once(text: str) -> None:
    after = repaired(text)
    strokes = str.maketrans("", "", "一—-–")
    assert after.translate(strokes) == text.translate(strokes)
    assert repaired(after) == after
