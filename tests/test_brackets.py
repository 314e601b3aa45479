"""Pairs of unlike brackets: which of the two was misread, and what is no pair."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fixnews
from fixnews.filters import Selection

ONLY = Selection(select=("PUN204",))

MENDED = (
    ("求解决防城市〈下转2版)", "求解决防城市（下转2版)"),
    ("求解决防城市《下转2版）", "求解决防城市（下转2版）"),
    ("62家拟上市{挂牌)后备企业", "62家拟上市（挂牌)后备企业"),
    ("巴格达1月4日电【记者顾正龙）据报", "巴格达1月4日电（记者顾正龙）据报"),
    ("松花江上冰帆扬(图片〉", "松花江上冰帆扬(图片）"),
    ("贺兰丽（女》、赵宾仕（回族》", "贺兰丽（女）、赵宾仕（回族）"),
    ("据伊拉克《共和国报）4日报道", "据伊拉克《共和国报》4日报道"),
    ("据伊拉克（共和国报》4日报道", "据伊拉克《共和国报》4日报道"),
    ("侧〈广陈工业\n园区)，项目", "侧（广陈工业\n园区)，项目"),
)

LEFT = (
    ("《中国共产党章程（修正案）》", "a pair inside a pair"),
    ("关于〈中国致公党章程（修正案）〉的决议", "the same with angles"),
    ("【本报讯】今年以来（见图）", "two pairs"),
    ("[1]参见（一）", "a note"),
    ("〈下转2版", "nothing closes it"),
    ("〈下转\n\n2版)", "a paragraph ends between"),
    ("集合[0,1)的", "a half-open interval holds no Chinese"),
)


def repaired(text: str) -> str:
    return fixnews.fix(text, selection=ONLY).text


@pytest.mark.parametrize(("before", "after"), MENDED)
def test_becomes_like_its_partner(before: str, after: str) -> None:
    assert repaired(before) == after


@pytest.mark.parametrize(("text", "reason"), LEFT)
def test_is_left_alone(text: str, reason: str) -> None:
    assert repaired(text) == text, reason


@given(st.text(alphabet="经济稳定报〈〉《》【】()（）{}[]\n", max_size=30))
def test_changes_brackets_only_and_once(text: str) -> None:
    after = repaired(text)
    assert len(after) == len(text)
    assert all(
        a == b or b in "〈〉《》【】〔〕()（）{}[]" for a, b in zip(after, text, strict=True)
    )
    assert repaired(after) == after
