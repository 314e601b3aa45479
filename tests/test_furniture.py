"""Page furniture: what belongs to a page and to no story on it."""

from __future__ import annotations

import pytest

from fixnews.layout.furniture import Face, Furniture, face, page_named


@pytest.mark.parametrize(
    ("line", "kind", "page"),
    [
        ("第04版：民生", Face.FOLIO, "4"),
        ("A2 城事 责任编辑:张敏 版式设计:徐洁", Face.FOLIO, "A2"),
        ("A2城事责任编辑：张敏版式设计：徐洁", Face.FOLIO, "A2"),
        ("=== 第4版 ===", Face.FOLIO, "4"),
        ("【A4版 民生】", Face.FOLIO, "A4"),
        ("第4版 城厢", Face.FOLIO, "4"),
        ("江州日报 2021年3月18日 星期四 A3 民生", Face.FOLIO, "A3"),
        ("2020年6月2日 星期三 第3667期 今日8版", Face.DATE_LINE, "?"),
        ("2020年6月2日 星职三 第3667期 今日8版", Face.DATE_LINE, "?"),
        ("2021年3月18日 农历辛丑年二月初六", Face.DATE_LINE, "?"),
        ("江州日报", Face.MASTHEAD, "?"),
        ("责编：沈砚秋 美编：柳絮", Face.EDITORS, "?"),
        ("本版责编 沈砚秋", Face.EDITORS, "?"),
        ("要闻", Face.SECTION_HEAD, "?"),
        ("国际新闻", Face.SECTION_HEAD, "?"),
        ("要闻·综合", Face.SECTION_HEAD, "?"),
        ("3 国际", Face.SECTION_HEAD, "3"),
        ("— 4 —", Face.PAGE_NUMBER, "?"),
        ("· 78 ·", Face.PAGE_NUMBER, "?"),
        ("04", Face.PAGE_NUMBER, "?"),
        ("新闻热线：0573-85012345", Face.NOTICE, "?"),
        ("www.example.com", Face.NOTICE, "?"),
    ],
)
def test_a_line_of_furniture_is_known_by_what_it_is_made_of(
    line: str, kind: Face, page: str
) -> None:
    assert face(line) is kind
    assert str(page_named(line)) == page


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("老码头的第二春", "a headline"),
        ("第三版主编离任的消息传开", "a headline that begins with a page"),
        ("第4版 老人走失家属盼线索", "too long for a section's name"),
        ("教育改革", "a section's name and more"),
        ("经济日报社论", "a newspaper's name and more"),
        ("2020年，我市", "a year in a sentence"),
        ("2018年10月23日下午,他来到江边", "a date in a sentence"),
        ("3人受伤", "a number in a headline"),
        ("本报讯记者沈砚秋报", "a dateline, no newspaper's name"),
        ("12版）", "half of a jump line"),
        ("电话服务市场开放", "a headline about telephones"),
        ("编辑 出版工作会议召开", "a headline with a blank"),
        ("A4纸涨价", "a page-like name in a headline"),
        ("", "nothing"),
    ],
)
def test_text_is_none(line: str, why: str) -> None:
    assert face(line) is None, why


def test_what_repeats_on_the_edges_of_pages_is_a_running_head() -> None:
    known = Furniture.of([["江城一周·02", "码头记"], ["江城一周·03", "公园记"], ["茶山记"]])
    assert known.face("江城一周·17") is Face.RUNNING_HEAD
    assert not known.holds("码头记")
    assert not Furniture().holds("江城一周·17")
