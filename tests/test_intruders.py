"""What stands inside a sentence: captions, credits, labels and page breaks are looked past."""

from __future__ import annotations

import pytest

import fixnews
from fixnews.filters import Selection
from fixnews.pipeline import threshold

ONLY_BREAKS = Selection(select=("BRK",))

ONE = "改造后的菜场增加了四十个停车位，地面全部做了防滑处理，摊主们商量着把开市的时"
TWO = "间提前到早上五点半，让赶早班车的人也能买到热豆浆。"
LAST = "老摊主可以优先回来，租金半年不变，第一个小时免费停车。"

INTRUDERS = [
    "图为改造后的菜场。 本报记者 沈砚秋 摄",
    "图为改造后的菜场",
    "3月17日，市民在菜场里选购青菜。陆一苇 摄",
    "▲上图为施工现场。新华社记者 王强 摄",
    "左图：摊主在分拣蔬菜。",
    "图①：菜场外景。图②：豆浆铺。 黎棠摄",
    "摄影　沈砚秋",
    "供图：市文旅局",
    "新华社记者 王强 摄",
    "（图片由街道文化站提供）",
    "（资料图片）",
    "（新华社发）",
    "图/视觉中国",
    "（图1）",
    "[图片]",
    "![菜场](market.jpg)",
    "广告",
    "公益广告",
    "广告 江城家电城周年庆 全场八折",
    "【广告】",
    "第3版 民生 责任编辑：沈砚秋",
]


def fixed(page: str, *, unsafe: bool = False) -> str:
    decide = threshold(unsafe=unsafe)
    return fixnews.fix(page, selection=ONLY_BREAKS, decide=decide).text


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n", "\u2029"])
@pytest.mark.parametrize("intruder", INTRUDERS)
def test_it_goes_whole_behind_the_paragraph_that_it_interrupted(intruder: str, gap: str) -> None:
    page = gap.join((ONE, intruder, TWO, LAST))
    assert fixed(page, unsafe=True) == gap.join((ONE + TWO, intruder, LAST))


@pytest.mark.parametrize("intruder", INTRUDERS)
def test_between_paragraphs_it_stays(intruder: str) -> None:
    page = "\n".join((ONE + TWO, intruder, LAST))
    assert fixed(page, unsafe=True) == page


def test_it_goes_unasked_where_a_word_is_cut() -> None:
    page = "\n\n".join((ONE, INTRUDERS[0], TWO, LAST))
    assert fixed(page) == "\n\n".join((ONE + TWO, INTRUDERS[0], LAST))


def test_a_latin_word_keeps_its_blank() -> None:
    page = "\n".join(
        (ONE[:-1] + "系统换成了Windows", "（资料图片）", "10系统，大家都说好用。", LAST)
    )
    assert "系统换成了Windows 10系统，大家都说好用。\n（资料图片）\n" in fixed(page, unsafe=True)


NOT_PAST = [
    ("a line that guides to a page ends a text", "→A4"),
    ("so does a jump line", "（下转第4版）"),
    ("a bare number may be anything", "78"),
    ("a byline begins a story", "本报记者 沈砚秋"),
]


@pytest.mark.parametrize(("why", "line"), NOT_PAST, ids=[why for why, _ in NOT_PAST])
def test_what_is_not_looked_past(why: str, line: str) -> None:
    page = "\n".join((ONE, line, TWO, LAST))
    done = fixnews.fix(page, selection=ONLY_BREAKS)
    assert done.text == page, why
    assert not {c.code for c in done.corrections} & {"BRK105", "BRK106", "BRK107"}


PAGE_BREAKS = ["\f", "\n\f", "\n\n— 3 —\n\f", "\n\f江城日报 第4版 民生\n\n", "\n\n12\n\f"]


@pytest.mark.parametrize("gap", PAGE_BREAKS)
class TestAPageBreakInsideASentence:
    def test_is_offered_not_taken(self, gap: str) -> None:
        page = f"{LAST}\n{ONE}{gap}{TWO}\n{LAST}\n"
        done = fixnews.fix(page, selection=ONLY_BREAKS)
        assert done.text == page
        assert [c.code for c in done.corrections if not c.applied][:1] == ["BRK107"]

    def test_goes_behind_the_paragraph_with_what_stands_beside_it(self, gap: str) -> None:
        page = f"{LAST}\n{ONE}{gap}{TWO}\n{LAST}\n"
        done = fixed(page, unsafe=True)
        assert ONE + TWO in done
        assert done.replace("\n", "").count("\f") == 1
        assert sorted(done.replace("\n", "")) == sorted(page.replace("\n", ""))
        assert fixed(done, unsafe=True) == done


def test_a_page_break_between_paragraphs_is_none_inside_a_sentence() -> None:
    page = f"{ONE}{TWO}\n\f{LAST}\n"
    assert not fixnews.fix(page, selection=ONLY_BREAKS).corrections
