"""What stands in for something else: strokes for 一, signs for 。, blanks for nothing."""

from __future__ import annotations

import pytest

import fixnews
from fixnews.pipeline import threshold

REPAIRS = [
    # strokes for 一
    ("市第—小学举行了运动会。\n", "市第一小学举行了运动会。\n"),
    ("这是-个好消息，大家都很高兴。\n", "这是一个好消息，大家都很高兴。\n"),
    ("全省第ー次代表大会召开。\n", "全省第一次代表大会召开。\n"),
    # stops of half width
    (
        "大会今天开幕.各地代表已经到齐.会期共有五天.\n",
        "大会今天开幕。各地代表已经到齐。会期共有五天。\n",
    ),
    # figures
    ("总投资I20亿元，由ll家企业分担。\n", "总投资120亿元，由11家企业分担。\n"),
    ("粮价上涨2l.5%，油价上涨S.3%。\n", "粮价上涨21.5%，油价上涨5.3%。\n"),
    ("全厂有职工l60人。\n", "全厂有职工160人。\n"),
    # blanks between all characters
    (
        "春 耕 开 始 了 ， 农 民 忙 着 整 地 。\n",
        "春耕开始了，农民忙着整地。\n",
    ),
    ("本 报 记 者   周 明   沈 砚\n", "本报记者   周明   沈砚\n"),
]


@pytest.mark.parametrize(("damaged", "repaired"), REPAIRS)
def test_repairs(damaged: str, repaired: str) -> None:
    assert fixnews.fix(damaged).text == repaired


OFFERS = [
    ("工程已经完工o车辆恢复通行o居民非常高兴o\n", "工程已经完工。车辆恢复通行。居民非常高兴。\n"),
    ("工程已经完工○车辆恢复通行○居民非常高兴○\n", "工程已经完工。车辆恢复通行。居民非常高兴。\n"),
    ("工程已经完工0车辆恢复通行0居民非常高兴0\n", "工程已经完工。车辆恢复通行。居民非常高兴。\n"),
]


@pytest.mark.parametrize(("page", "meant"), OFFERS)
def test_what_may_be_a_figure_is_only_offered(page: str, meant: str) -> None:
    assert fixnews.fix(page).text == page
    assert fixnews.fix(page, decide=threshold(unsafe=True)).text == meant


LEFT_ALONE = [
    ("京—沪、宁-杭两线恢复通车。\n", "a stroke between places is a range"),
    ("一—三年级提前放学。\n", "a stroke beside a numeral is a range"),
    ("他——一个木匠——当上了代表。\n", "a dash is two strokes"),
    ("热线电话是12360。值班室在二○六。\n", "a line with stops of its own has no other"),
    ("他的网名是Leo。\n", "a letter of a word"),
    ("O型血告急，B5纸脱销，S形弯道，I级响应。\n", "letters that name a kind"),
    ("唐 一 舟　贺 文 岚　江 念 慈\n", "padded names"),
    ("出席：王 强 李晓明 张 伟 欧阳 锋\n", "names, some of them padded"),
    ("通 知\n", "a headline that is set wide"),
    ("甲 您来啦。\n乙 来啦来啦。\n", "a speaker, and a blank"),
    ("日前奉 督辦面諭，暫緩施行。\n", "a blank of respect"),
    ("由 方团长率队前往。\n", "no word of the dictionary lies across"),
]


@pytest.mark.parametrize(("page", "reason"), LEFT_ALONE)
def test_what_is_right_stays(page: str, reason: str) -> None:
    assert fixnews.fix(page).text == page, reason
