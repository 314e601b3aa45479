"""Letters for digits: the grammar of dates, years, pages and numbers; what is only suggested."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fixnews
from fixnews.filters import Selection
from fixnews.pipeline import threshold

ONLY = Selection(select=("OCR2",))

REPAIRED = (
    ("本报香港]月9日电", "本报香港1月9日电"),
    ("本报纽约I月22日电", "本报纽约1月22日电"),
    ("纽约l0月2日电", "纽约10月2日电"),
    ("1月3l日", "1月31日"),
    ("1月]5日", "1月15日"),
    ("到2O20年底", "到2020年底"),
    ("l998年春天", "1998年春天"),
    ("上接Al版", "上接A1版"),
    ("（下转第l版）", "（下转第1版）"),
    ("第O2版", "第02版"),
    ("增加了1OO万元", "增加了100万元"),
    ("达5O%以上", "达50%以上"),
    ("投资3,OOO万元", "投资3,000万元"),
    ("增长O.5%", "增长0.5%"),
    ("（附图片]张）", "（附图片1张）"),
    ("去年？月，本西德", "去年7月，本西德"),
    ("1997年?月22日", "1997年7月22日"),
    ("本报济南！月9日电", "本报济南1月9日电"),
    ("到202i年", "到2021年"),
)

LEFT = (
    ("容量5l", "a litre"),
    ("CO2排放", "a formula"),
    ("O157型", "a name"),
    ("IBM公司", "Latin"),
    ("第II版", "a Roman numeral"),
    ("[新华社]月9日", "a bracket that was opened"),
    ("好!月底见", "an exclamation mark: no day follows"),
    ("他去武汉了!1月27日", "an exclamation mark before a whole date"),
    ("新华社]1月27日", "a bracket before a whole date"),
    ("1OOO的", "no unit follows"),
    ("AO年", "no digits of its own"),
    ("二〇二〇年", "〇 among Chinese numerals"),
    ("3l月9日", "no such month"),
    ("1月4O日", "no such day"),
    ("1月9日本报讯", "日本 is no day's end"),
    ("他去了北京？9月2日回来", "a question before a whole date"),
    ("哪一年？月底见", "a question, and no month"),
    ("欢欢喜喜过大年！月亮也圆", "an exclamation, and the moon"),
    ("B2级", "a grade: no unit of numbers follows"),
)

SUGGESTED = (
    ("完成量已超9096，", "完成量已超90%，"),
    ("占309b。", "占30%。"),
    ("北京卫月9日", "北京11月9日"),
    ("199S年", "1995年"),
    ("199j年", "1991年"),
    ("宽2×7.S米", "宽2×7.5米"),
    ("坡度2B度", "坡度28度"),
    ("超过S6天", "超过56天"),
    ("华盛顿1]月14日", "华盛顿11月14日"),
)

NEVER_SUGGESTED = (
    ("达1996年的", "a year"),
    ("共有3096人", "nothing says that it is a share"),
    ("达3096人", "people are counted"),
)


def repaired(text: str, *, unsafe: bool = False) -> str:
    return fixnews.fix(text, selection=ONLY, decide=threshold(unsafe=unsafe)).text


@pytest.mark.parametrize(("before", "after"), REPAIRED)
def test_becomes_a_digit(before: str, after: str) -> None:
    assert repaired(before) == after


@pytest.mark.parametrize(("text", "reason"), LEFT)
def test_is_left_alone(text: str, reason: str) -> None:
    assert repaired(text) == text, reason


@pytest.mark.parametrize(("before", "after"), SUGGESTED)
def test_is_only_suggested(before: str, after: str) -> None:
    assert repaired(before) == before
    assert repaired(before, unsafe=True) == after


@pytest.mark.parametrize(("text", "reason"), NEVER_SUGGESTED)
def test_is_not_even_suggested(text: str, reason: str) -> None:
    assert repaired(text, unsafe=True) == text, reason


@given(st.text(alphabet="0159OIlSBZij?]!年月日版第A.%万报", max_size=16))
def test_no_digit_ever_changes_unasked(text: str) -> None:
    after = repaired(text)
    assert len(after) == len(text)
    assert all(a == b or not b.isdecimal() for a, b in zip(after, text, strict=True))
    assert not re.search(r"\D", "".join(a for a, b in zip(after, text, strict=True) if a != b))
    assert repaired(after) == after
