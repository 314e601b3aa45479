"""Marks in another dress become the ordinary marks; what only looks like one stays."""

from __future__ import annotations

import pytest

import fixnews
from fixnews.filters import Selection
from fixnews.marks import name_dots, presentation, straight
from fixnews.pipeline import threshold


def fixed(text: str, *codes: str) -> str:
    return fixnews.fix(text, selection=Selection(select=codes)).text


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("新廠落成︐董事長致詞︒", "新廠落成，董事長致詞。"),
        ("他問︓﹃你來不來︖﹄", "他問：『你來不來？』"),
        ("購得︽水滸傳︾一部︔︵舊版︶", "購得《水滸傳》一部；（舊版）"),
        ("分為甲﹑乙兩組﹐立即出發﹗", "分為甲、乙兩組，立即出發！"),
        ("報名已截止﹒明日開課﹒", "報名已截止。明日開課。"),
        ("收到米､麵､油｡", "收到米、麵、油。"),
        ("社長說｢下月出刊｣｡", "社長說「下月出刊」。"),
        ("小說家狄更斯･查爾斯", "小說家狄更斯·查爾斯"),
        ("水位升到3﹒5公尺", "水位升到3.5公尺"),
        ("捐款1﹐200元，8﹕30開會", "捐款1,200元，8:30開會"),
        ("天亮了⋯⋯他還沒回來", "天亮了……他還沒回來"),
    ],
)
def test_a_form_becomes_the_mark(text: str, repaired: str) -> None:
    assert fixed(text, presentation.CODE) == repaired


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ｶﾀｶﾅ､ﾃｽﾄ｡", "half-width Japanese"),
        ("商标「コーヒー｣､在东京", "kana near"),
        ("他笑了(︶︹︺)", "a face"),
        ("目录⋯⋯⋯⋯⋯⋯12", "leaders"),
        ("1﹒经费　2﹒人员", "numbering, whose dot has no one form"),
        ("f(x)﹦y", "an operator"),
    ],
)
def test_a_form_that_stays(text: str, why: str) -> None:
    assert fixed(text, presentation.CODE) == text, why


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("这叫〝以工代赈〞。", "这叫“以工代赈”。"),
        ("局長說：〝明年通車。〞", "局長說：「明年通車。」"),
        ("他说“好”，我说＂不好＂。", "他说“好”，我说“不好”。"),
        ("「甲」與〝乙〞", "「甲」與「乙」"),
        ("“我们要做〝领头雁〞。”", "“我们要做‘领头雁’。”"),
        ("变'等客来'为'送上门'", "变‘等客来’为‘送上门’"),
    ],
)
def test_straight_pairs_become_the_marks_of_the_page(text: str, repaired: str) -> None:
    assert fixed(text, straight.PRIMES, straight.TICKS) == repaired


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("屏幕有21＂大", "inches"),
        ("一人高5′8〞", "feet and inches"),
        ("他说〝明天再来。", "its partner is missing"),
        ("北京'上海'天津'重庆", "misread marks of a list"),
        ("生于'70年代", "a decade"),
        ("It's a 'fine' day", "English"),
        ("他喊'OK'就走", "English between Chinese words"),
        ("＂GDP＂", "no Chinese inside"),
    ],
)
def test_straight_marks_that_stay(text: str, why: str) -> None:
    assert fixed(text, straight.PRIMES, straight.TICKS) == text, why


@pytest.mark.parametrize("dot", "．.•・‧")
def test_a_dot_in_a_foreign_name(dot: str) -> None:
    assert fixed(f"作家马塞尔{dot}普鲁斯特。", name_dots.CODE) == "作家马塞尔·普鲁斯特。"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("走进企业．走进社区．走进农村", "a slogan"),
        ("物价上涨三．五个百分点", "a decimal"),
        ("诗人T.S.艾略特的长诗", "initials have the dot of their own script"),
        ("法国.菲律宾.马来西亚等国", "countries in a row"),
        ("作曲家約翰‧史特勞斯的圓舞曲", "the dot of traditional print"),
        ("2.斯大林时期", "numbering"),
    ],
)
def test_other_dots_stay(text: str, why: str) -> None:
    assert fixed(text, name_dots.CODE) == text, why


def test_where_dots_are_read_for_other_marks_a_name_is_only_offered() -> None:
    page = "会议闭幕.代表离开.秘书处总结.参加者有马塞尔.普鲁斯特"
    assert fixed(page, name_dots.CODE) == page
    (offer,) = fixnews.fix(page, selection=Selection(select=(name_dots.CODE,))).corrections
    assert (offer.before, offer.after, offer.safety) == (".", "·", "unsafe")


def test_what_is_repaired_stays_repaired() -> None:
    page = "他問︓﹃你來不來︖﹄這叫〝以工代賑〞，变'等客来'为'送上门'，马塞尔.普鲁斯特"
    once = fixnews.fix(page, decide=threshold(unsafe=True)).text
    assert fixnews.fix(once, decide=threshold(unsafe=True)).text == once


def test_every_form_lies_in_the_blocks_that_are_looked_for() -> None:
    forms = (*presentation.MARKS, presentation.POINT, presentation.DOT)
    assert all(presentation._BLOCKS.match(form) for form in forms)
