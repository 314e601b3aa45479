"""Lines of a column with a character too few or too many: what comes back, goes, and stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fixnews
from fixnews.filters import Selection
from fixnews.pipeline import threshold

ONLY = Selection(select=("OCR3", "PUN207"))

TALKS = (
    "联合国安理会今天就对伊拉克核领域的\n"
    "核查问题进行了磋商，中国主张尽快结\n"
    "束对伊拉克的核查。中国常驻联合国代\n"
    "表秦华孙在会后向记者发表讲话表示，\n"
    "核查组去年底访问伊拉克期间，在一些\n"
    "方面取得了进展。\n"
)

TWICE = (
    "联合国安理会今天就对伊拉克核领域的\n"
    "核查问题进行了磋商，中国主张尽快结\n"
    "束对伊拉克的核查。中国常驻联合国代\n"
    "表秦华孙在磋商结束后向记者发表讲话\n"
    "表示，核查组去年底访问伊拉克期间在\n"
    "一些方面取得了进展。\n"
)

PRIDE = (
    "今年以来，全市上下一心，又有许多令\n"
    "广州人骄傲的喜事就要来临，新的图书\n"
    "馆和体育场将在年底前对市民开放，地\n"
    "铁也将通到城北，市民出行更加方便。\n"
)


def repaired(page: str) -> str:
    return fixnews.fix(page, selection=ONLY).text


PHOENIX = (
    "全区加快工业园区整治和腾退的步伐，\n"
    "街道决心让“凤凰涅槃”行动早日见成\n"
    "效，为高质量发展打下更加坚实的基础\n"
    "设施，让广大群众过上更美好的生活。\n"
)


@pytest.mark.parametrize(
    ("page", "lost"), [(TALKS, "磋"), (TWICE, "磋"), (PRIDE, "傲"), (PHOENIX, "槃")]
)
def test_a_rare_character_comes_back_where_its_line_is_short(page: str, lost: str) -> None:
    assert repaired(page.replace(lost, "")) == page


LEFT = (
    (TALKS, "nothing is missing"),
    (TALKS.replace("磋", "").replace("\n", ""), "the page is not set in columns: no line is short"),
    (TALKS.replace("磋", "").replace("尽快结\n束", "尽快结束\n"), "the line is full all the same"),
    (TALKS.replace("磋", "").replace("束对", "束，对"), "the line is short for a mark behind it"),
    (PHOENIX.replace("涅槃", "涅加"), "the character was misread, and its line is full"),
    (PRIDE.replace("傲的", "傲").replace("馆和", "馆，"), "a mark is behind it, and 的 is common"),
    (TALKS.replace("磋", "").replace("束对", "13次对"), "the line is short for a number behind it"),
    (TALKS.replace("磋", "").replace("一些", "磋商"), "the recogniser can read the character"),
    (TALKS.replace("主张尽", "主张"), "尽 is common: every recogniser knows it"),
    (TALKS.replace("秦华孙在", "秦华孙"), "在 is common, and 孙 a name"),
)


@pytest.mark.parametrize(("page", "reason"), LEFT)
def test_is_left_alone(page: str, reason: str) -> None:
    assert repaired(page) == page, reason


TALKING = (
    "北爱尔兰和谈正在进行，布莱尔的建议\n"
    "乃适逢其时，和谈双方都表示愿意考虑\n"
    "这项建议，并将在下周再次举行会谈讨\n"
    "论有关问题。全党兴起学习邓小平理论\n"
    "的新高潮，广大干部认真学习。\n"
)

STRAYS = (
    (TALKING.replace("适逢", "适人逢"), TALKING),
    (TALKING.replace("邓小平", "邓人小平"), TALKING),
    (TALKING.replace("愿意考", "愿人意考"), TALKING),
)


@pytest.mark.parametrize(("page", "after"), STRAYS)
def test_a_character_that_makes_its_line_too_long_is_offered_to_go(page: str, after: str) -> None:
    assert repaired(page) == page, "nothing but signs is taken out unasked"
    assert fixnews.fix(page, selection=ONLY, decide=threshold(unsafe=True)).text == after


LONG = (
    (TALKING, "no line is too long"),
    (TALKING.replace("适逢", "适人逢").replace("愿意考虑\n", "愿意考\n虑"), "the line is full"),
    (
        TALKING.replace("适逢", "适人逢").replace("考虑\n这", "考虑，\n"),
        "a mark hangs in the margin",
    ),
    (TALKING.replace("适逢", "适一逢"), "a numeral may be a number's"),
    (TALKING.replace("邓小平", "邓3人小平"), "beside a digit it may be a number's"),
    (TALKING.replace("适逢", "适猥逢"), "a rare character was misread, and stands for another"),
    (TALKING.replace("的建议", "的新建议"), "it reads as well with it as without"),
    (TALKING.replace("适逢", "适人逢").replace("\n", ""), "the page is not set in columns"),
)


@pytest.mark.parametrize(("page", "reason"), LONG)
def test_is_not_taken_out(page: str, reason: str) -> None:
    assert not fixnews.fix(page, selection=ONLY).corrections, reason


LISTENING = (
    "干部们走进田间地头，听民意、摸实情\n"
    "和大家面对面交流找问题、谋对策·\n"
    "党员干部的热情感染了村里每一个人，\n"
    "大家都说这样的干部好。\n"
)


def test_the_dot_that_is_left_of_an_ellipsis_becomes_one() -> None:
    assert repaired(LISTENING) == LISTENING.replace("·", "……")


DOTS = (
    (LISTENING.replace("找问题", "，找问题"), "the line is full: the dot is a full stop"),
    (LISTENING.replace("谋对策·\n", "谋对策·党\n"), "the line goes on behind the dot, and is full"),
    (
        LISTENING.replace("交流找问题、谋对策·", "交谈的是约翰·").replace("党员干部", "史密斯的"),
        "the dot of a name",
    ),
)


@pytest.mark.parametrize(("page", "reason"), DOTS)
def test_a_dot_stays(page: str, reason: str) -> None:
    assert repaired(page) == page, reason


def test_one_place_that_gains_little_is_only_offered() -> None:
    page = TWICE.replace("进行了磋商，", "作了三次讨论，").replace("磋", "")
    result = fixnews.fix(page, selection=ONLY)
    (offer,) = result.corrections
    assert (result.text, offer.after, offer.applied) == (page, "磋", False)
    taken = fixnews.fix(page, selection=ONLY, decide=threshold(unsafe=True))
    assert "秦华孙在磋商结束后" in taken.text


@settings(max_examples=30)
@given(
    st.lists(st.text(alphabet="磋商进行了，结束人·后商1a", min_size=8, max_size=14), max_size=12)
)
def test_settles(lines: list[str]) -> None:
    after = repaired("\n".join(lines))
    assert repaired(after) == after
