"""Widths, dashes and ellipses: what becomes Chinese print, and what is left alone and why."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fixnews
from fixnews.filters import Context, Selection, punctuation
from tests.pages import shared

ONLY = Selection(select=("PUN1",))

WIDENED = (
    ("喜迎党代会,奋进新征程", "喜迎党代会，奋进新征程"),
    ("新闻回放:2021年11月23日,马拉松", "新闻回放：2021年11月23日，马拉松"),
    ("企业“上市100”专项行动,加快", "企业“上市100”专项行动，加快"),
    ("7月26日9时50分,第6号台风", "7月26日9时50分，第6号台风"),
    ("500套3D打印设备,项目", "500套3D打印设备，项目"),
    ("激发“1+1>2”,激发", "激发“1+1>2”，激发"),
    ("增长5.2%,3D打印", "增长5.2%，3D打印"),
    ("拟上市(挂牌)后备企业", "拟上市（挂牌）后备企业"),
    ("国内生产总值(GDP)增长", "国内生产总值（GDP）增长"),
    ("(一)加强管理", "（一）加强管理"),
    ("（记者 王强)讯", "（记者 王强）讯"),
    ("是真的吗?!他问", "是真的吗？！他问"),
    ("提升天氣預報的準確性,讓民眾掌握;", "提升天氣預報的準確性，讓民眾掌握；"),
    ("打响6.0版,全市", "打响6.0版，全市"),
    ("3,930户,每户", "3,930户，每户"),
    ("他说:“Hello”,然后走了", "他说：“Hello”，然后走了"),
    ("嘉兴(平湖", "嘉兴（平湖"),
)

LEFT = (
    ("3,930", "a comma inside a number"),
    ("12:30开始", "a time"),
    ("比分2:1", "a score"),
    ("网址http://a.cn/b?c=1", "an address"),
    ("Hello, world! (really)", "Latin text"),
    ("the party (北京), said, 中国 is", "Chinese names in an English sentence"),
    ("(3)加强管理", "numbering in half-width brackets is a house style"),
    ("1)加强管理", "numbering with one bracket"),
    ("f(x)=1", "a formula"),
    ("信箱a,b@c.cn", "an address with letters on both sides"),
    ("", "an empty page"),
    ("喜迎党代会，奋进新征程。", "already full-width"),
)

WHOLE = (
    ("园区--时尚中心", "园区——时尚中心"),
    ("园区－－时尚中心", "园区——时尚中心"),
    ("园区──时尚中心", "园区——时尚中心"),
    ("谋对策...党员", "谋对策……党员"),
    ("谋对策。。。党员", "谋对策……党员"),
    ("谋对策·.··党员", "谋对策……党员"),
    ("谋对策…党员", "谋对策……党员"),
    ("谋对策··党员", "谋对策……党员"),
    ("谋对策.…党员", "谋对策……党员"),
    ("谋对策…·党员", "谋对策……党员"),
    ("谋对策．·党员", "谋对策……党员"),
    ("谋对策......党员", "谋对策……党员"),
)

LEFT_IN_PIECES = (
    ("京—沪高铁", "a single stroke joins two names"),
    ("2019—2020年", "a range"),
    ("--help", "an option of a program"),
    ("well...", "Latin text"),
    ("第一章......12", "leader dots before a page number"),
    ("政治。……文艺", "a stop before an ellipsis"),
    ("园区——时尚……", "already whole"),
    ("----------", "a rule across the page"),
    ("平湖·嘉兴", "a middle dot"),
    ("平湖..嘉兴", "two points are no ellipsis in pieces"),
)


def repaired(text: str) -> str:
    return fixnews.fix(text, selection=ONLY).text


@pytest.mark.parametrize(("before", "after"), WIDENED + WHOLE)
def test_repairs(before: str, after: str) -> None:
    assert repaired(before) == after


@pytest.mark.parametrize(("text", "reason"), LEFT + LEFT_IN_PIECES)
def test_leaves_alone(text: str, reason: str) -> None:
    assert repaired(text) == text, reason


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_newlines_do_not_matter(newline: str) -> None:
    page = newline.join(["喜迎党代会,", "奋进新征程,"])
    assert repaired(page) == page.replace(",", "，")


def test_the_real_page_keeps_no_half_width_mark_between_chinese_characters() -> None:
    page = shared("pages/seed.txt").decode("utf-8")
    after = repaired(page)
    han = "[\u3400-\u9fff“”‘’《》（），。、]"
    assert not re.search(f"(?<={han})[,:;?!()]|[,:;?!()](?={han})", after)
    widths = str.maketrans(",:;?!()", "，：；？！（）")
    assert after.translate(widths) == page.translate(widths)


@given(st.text(alphabet="经济，。,:;?!().…-—一·1a%\n\f\r “”\ud800", max_size=40))
def test_is_settled_after_one_run_and_changes_marks_only(text: str) -> None:
    edits = list(punctuation.propose(text, Context()))
    assert all(
        set(text[e.start : e.end]) <= set(",:;?!()-—…·.。·") for e in edits if e.code < "PUN2"
    )
    after = repaired(text)
    assert repaired(after) == after
