"""Quotations inside quotations: when the inner marks were single, and when one was lost instead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fixnews
from fixnews.filters import Selection

ONLY = Selection(select=("PUN206",))

INNER = (
    (
        "“他来之后，原来的“小弟弟”成了“大哥大”。”厂长说。",
        "“他来之后，原来的‘小弟弟’成了‘大哥大’。”厂长说。",
    ),
    ("“几年来，工厂捧回了“优胜奖'，还有奖金。”", "“几年来，工厂捧回了‘优胜奖’，还有奖金。”"),
    (
        "“几年来，他成了“班长”，带着大家干。\n\n“后来又当了厂长。”",
        "“几年来，他成了‘班长’，带着大家干。\n\n“后来又当了厂长。”",
    ),
)

LEFT = (
    ("“走吧！”他说，“现在就走。”", "two speeches"),
    ("他来之后，“小弟弟”成了“大哥大”。", "no quotation opens the paragraph"),
    ("“他来之后，原来的‘小弟弟’变了。”", "single already"),
    ("“他来之后，大家说：“快走吧。”他走了。”", "a speech: a mark is lost before it"),
    ("“一号工程”捷报，再添“工厂”", "the first closes"),
    ("“几年来，他成了“班长”，带着大家干。\n\n厂长听了很高兴。", "nothing shows that it goes on"),
)


def repaired(text: str) -> str:
    return fixnews.fix(text, selection=ONLY).text


@pytest.mark.parametrize(("before", "after"), INNER)
def test_inner_marks_become_single(before: str, after: str) -> None:
    assert repaired(before) == after


@pytest.mark.parametrize(("text", "reason"), LEFT)
def test_is_left_alone(text: str, reason: str) -> None:
    assert repaired(text) == text, reason


@given(st.text(alphabet="“”‘’'，。经济\n", max_size=30))
def test_changes_quotation_marks_only_and_settles(text: str) -> None:
    after = repaired(text)
    plain = str.maketrans("", "", "“”‘’'\"")
    assert after.translate(plain) == text.translate(plain)
    assert repaired(after) == after
