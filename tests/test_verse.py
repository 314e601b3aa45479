"""What is set line by line is told from what is a narrow column."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import fixnews
from fixnews.filters import Selection
from fixnews.layout.blocks import Setting
from fixnews.layout.look import look, settings
from fixnews.layout.page import BLANK
from tests.strategies import page_text

SET = {
    "verse of five characters": "空山新雨后\n天气晚来秋\n明月松间照\n清泉石上流",
    "a couplet a line, with its comma": "空山新雨后，天气晚来秋\n明月松间照，清泉石上流",
    "traditional verse": "空山新雨後\n天氣晚來秋\n明月松間照\n清泉石上流",
    "lyrics": "老街的灯笼亮了\n渡口的船没有回来\n卖花的姑娘不说话\n她把春天放进篮子",
    "modern verse in long even lines": (
        "我在渡口的长凳上等最后一班轮船\n江水把黄昏一点一点推到对岸去\n"
        "卖菱角的老人收起了他的竹篮子\n而灯塔像一个没有说出口的名字"
    ),
    "verse with marks at its ends": (
        "渡口的雾还没有散，\n船工解开了缆绳；\n对岸的灯暗下去，\n水上的路亮起来。"
    ),
    "slogans": "垃圾分类人人动手\n绿色出行从我做起\n守护江水就是守家\n少用一袋多留一片",
    "headlines": "渡口夜航班次增加\n老街菜场月底搬家\n百名船工参加培训",
    "a menu": "今日例汤\n冬瓜排骨\n清炒菱角\n桂花糖藕",
}


@pytest.mark.parametrize("page", SET.values(), ids=SET)
def test_lines_that_are_set_one_by_one_stay(page: str) -> None:
    result = fixnews.fix(page, selection=Selection(select=("BRK",)))
    assert result.text == page


WRAPPED = {
    "a column that cuts words": (
        "渡口管理处介绍，今年一共有三百\n多名船工参加了安全培训，考试合\n格以后才能重新上岗，新添的救生\n"
        "设备也已经全部装到了每一条渡船\n上。"
    ),
    "a column that happens to cut no word": (
        "　　昨天傍晚，渡口的最后一班船\n靠岸以后，管理处的工作人员又\n"
        "检查了一遍缆绳，把漏水的地方\n记在本子上。\n　　今天一早就有人来修。"
    ),
    "an unpunctuated column of an old paper": (
        "昨日午後渡口有客船一艘因載客過多行至中流\n忽遇大風船身傾側水即灌入艙內乘客驚慌呼救幸\n"
        "有漁船數艘聞聲趕至將人救起並無傷亡惟行李多\n有失落"
    ),
    "a list of names": (
        "获奖的船工是：沈砚秋、陆一苇、\n何青舟、周慕云、林知夏、段垚桂、\n邱晓宸、黎棠、郑有根、柳絮、王\n"
        "强、谢付良等。"
    ),
}


@pytest.mark.parametrize("page", WRAPPED.values(), ids=WRAPPED)
def test_a_narrow_column_is_no_verse(page: str) -> None:
    seen = look(page)
    assert seen is not None
    assert seen.verse().max() < 0.2
    assert page.count("\n") > fixnews.fix(page, selection=Selection(select=("BRK",))).text.count(
        "\n"
    )


def test_a_headline_of_two_lines_between_paragraphs_is_not_weighed() -> None:
    body = "渡口管理处昨天介绍，今年一共有三百多名船工参加了安全培训，考试合格以后才能上岗。"
    seen = look(f"{body}\n老街菜场月底\n搬回江边\n{body}\n{body}")
    assert seen is not None
    assert not seen.verse().any()


def test_a_seam_is_weighed_alone_as_among_all() -> None:
    """Only the blocks of the seams that are asked about are looked at."""
    rows = ["春眠不觉晓", "处处闻啼鸟", "夜来风雨声", "花落知多少", "白日依山尽", "黄河入海流"]
    column = "\n".join(rows)
    story = "本报讯昨天上午，全市各县的防汛工作会议在县城礼堂举行，到会的有三百多人，会议开了一天。"
    seen = look(f"{column}\n{story}\n{column[6:]}\n{story}")
    assert seen is not None
    every = seen.verse()
    assert every.max() > 0
    alone = [float(seen.verse(np.array([n]))[0]) for n in range(len(every))]
    assert alone == every.tolist()
    assert seen.verse(np.array([9, 2])).tolist() == every[[9, 2]].tolist()


def test_the_blocks_of_a_page_with_their_offsets() -> None:
    poem = SET["verse of five characters"]
    page = f"诗一首\n\n{poem}\n"
    ((start, end, how),) = [block for block in settings(page) if block[2] is Setting.VERSE]
    assert how is Setting.VERSE
    assert poem in page[start:end]


@given(st.one_of(page_text, st.text(max_size=40)))
def test_blocks_lie_in_their_page(page: str) -> None:
    for start, end, _ in settings(page):
        assert 0 <= start < end <= len(page)
        assert page[start].strip(BLANK)
        assert page[end - 1].strip(BLANK)
