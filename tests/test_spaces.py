"""Stray blanks: which go, and which set something off and stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fixnews
from fixnews.filters import Selection

ONLY = Selection(select=("SPC",))
PROSE = "今年以来，全市上下一心，山更绿了，水也更清了，百姓的日子一天比一天红火。"

GONE = (
    ("水位全部恢复 ，实现目标", "水位全部恢复，实现目标"),
    ("实现“ 零伤亡 ”的目标", "实现“零伤亡”的目标"),
    ("全市（ 见图 ）范围内", "全市（见图）范围内"),
    ("编辑： 张敏", "编辑：张敏"),
    ("比分是2 ：1", "比分是2：1"),
    (f"{PROSE} 他说", f"{PROSE}他说"),
    (f"{PROSE}看了 《烛光》", f"{PROSE}看了《烛光》"),
    (f"{PROSE}“神器” 助力", f"{PROSE}“神器”助力"),
    (f"{PROSE}走生 态优先的路子", f"{PROSE}走生态优先的路子"),
)

STAYS = (
    ("记者 王强", "a name in a byline"),
    ("记者 王　强 通讯员 李 明", "the padding of a name of two characters"),
    (f"本报讯 {PROSE}", "what sets off 本报讯"),
    (f"本报北京1月4日电（记者罗辉） {PROSE}", "what sets off the dateline"),
    ("团结一心！ 共克时艰", "the parts of a headline"),
    ("印发《通知》 要求落实", "the parts of a headline behind a title"),
    ("高飞（苗族） 高波（女） 郭文奇，新任委员", "a list of names"),
    ("　　今年以来", "an indent"),
    ("姓名  ，  票数", "a table"),
    ("他说“Hello, world” and left", "English marks"),
    ("第3667期 今日8版", "the parts of a folio"),
    ("采用 3D 打印技术", "the space beside Latin and digits is a house style"),
    ("“ it’s ” fine", "a quote beside Latin text"),
    (f"{PROSE}方案 按照要求", "no word lies across: a mark may be lost there"),
    ("今年　以来，恢复　，", "a full-width blank was set by hand"),
)


def repaired(text: str) -> str:
    return fixnews.fix(text, selection=ONLY).text


@pytest.mark.parametrize(("before", "after"), GONE)
def test_goes(before: str, after: str) -> None:
    assert repaired(before) == after


@pytest.mark.parametrize(("text", "reason"), STAYS)
def test_stays(text: str, reason: str) -> None:
    assert repaired(text) == text, reason


@given(st.text(alphabet="经济稳定 　，。：（）“”《》…讯aB1\n\t", max_size=60))
def test_only_blanks_go_and_no_line_break(text: str) -> None:
    after = repaired(text)
    assert "".join(after.split()) == "".join(text.split())
    assert after.count("\n") == text.count("\n")
    assert repaired(after) == after
