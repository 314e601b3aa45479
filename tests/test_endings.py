"""What closes a line besides a stop."""

from __future__ import annotations

import pytest

from fixnews.layout.endings import as_read, goes_on, is_signature, is_signed


@pytest.mark.parametrize(
    ("line", "signed", "why"),
    [
        ("两岸居民往来更便利。（沈砚秋）", True, "the reporter behind the last stop"),
        ("“我还会再来。”（本报综合）", True, "the source behind the last quote"),
        ("新人在湖邊合影。圖／江城日報資料照", True, "a picture's source"),
        ("摊主在门口贴上春联。图/何青摄", True, "a photographer"),
        ("警方呼籲民眾小心。（杜若蘭／山城報導）", True, "reporter and place"),
        ("相關新聞：", True, "a heading of links"),
        ("新华社北京电（记者沈砚秋）", False, "a dateline: the sentence begins behind it"),
        ("两国签署了协议（见第三版）", False, "an aside inside a sentence"),
        ("由市水务局（办公室）", False, "no stop before the bracket"),
        ("这张旧图/照片由居民", False, "a slash in running text"),
        ("摊位比去年多了一半。 沈砚秋", True, "a name that a blank sets off"),
        ("摊位比去年多了一半。　　晓风", True, "a pen name that wide blanks set off"),
        ("摊位比去年多了一半。沈砚秋", False, "no blank: the subject of the next sentence"),
        ("摊位比去年多了一半。 同时", False, "a blank behind a stop, no name"),
        ("摊位比去年多了一半。——沈砚秋", True, "a dash and a name"),
        ("摊位比去年多了一半。——编者", True, "a dash and who speaks"),
        ("摊位比去年多了一半。——这就", False, "a dash that goes on"),
        ("摊位比去年多了一半。据新华社", True, "an agency"),
        ("摊位比去年多了一半。　据《江州晚报》报道", True, "a newspaper"),
        ("摊位比去年多了一半。据老摊主", False, "no agency"),
        ("摊位比去年多了一半。本报记者 何青", True, "office and name"),
        ("摊位比去年多了一半。记者在", False, "a sentence that begins"),
        ("摊位比去年多了一半。文/图 何青", True, "who wrote and took it"),
        ("菜场里的年货摊。何青 摄", True, "a caption"),
        ("摊位比去年多了一半。■", True, "a black square ends a story"),
        ("摊位比去年多了一半。>>详见A4版", True, "a pointer"),
        ("摊位比去年多了一半（相关报道见A4版", False, "an aside that is still open"),
        ("摊位比去年多了一半。【本文有删节】", True, "a remark in brackets"),
        ("<p>摊位比去年多了一半</p>", True, "a closing tag"),
        ("摊位比去年多了一半<br/>", True, "a break tag"),
        ("摊位比去年多了一半｡　沈砚秋", True, "a stop in another form"),
        ("摊位比去年多了一半，■", False, "an ornament inside a sentence"),
    ],
)
def test_whether_a_line_is_signed(line: str, signed: bool, why: str) -> None:
    assert is_signed(line) is signed, why


@pytest.mark.parametrize(
    ("left", "right", "on"),
    [
        ("收购价涨了三分。据新华社", "北京3月18日电", True),
        ("收购价涨了三分。据新华社", "报道，各地陆续开镰。", True),
        ("收购价涨了三分。据新华社", "湖边又添一条步道", False),
    ],
)
def test_an_agency_at_the_end_may_open_a_dateline(left: str, right: str, on: bool) -> None:
    assert goes_on(left, right) is on


@pytest.mark.parametrize(
    ("line", "alone"),
    [
        ("新华社发", True),
        ("据中新网", True),
        ("何青", True),
        ("2021年6月2日", True),
        ("二〇二一年六月二日", True),
        ("完", True),
        ("（未完待续）", True),
        ("■", True),
        ("＊　＊　＊", True),
        ("菜场搬家", False),
        ("2021年6月2日，菜场重新开张", False),
        ("新华社记者赶到现场", False),
    ],
)
def test_a_line_that_closes_a_text_by_itself(line: str, alone: bool) -> None:
    assert is_signature(line) is alone


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("青砖上刻着姓氏。〔1〕", "青砖上刻着姓氏。"),
        ("青砖上刻着姓氏。”[12]", "青砖上刻着姓氏。”"),
        ("青砖上刻着姓氏︒③", "青砖上刻着姓氏。"),
        ("水位涨到（3）", "水位涨到（3）"),
        ("增长了[3]", "增长了[3]"),
    ],
)
def test_evidence_passes_over_the_number_of_a_note(raw: str, told: str) -> None:
    assert as_read(raw) == told
