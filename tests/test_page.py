"""Lines and what they wear on their faces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixnews.layout.page import BLANK, Role, ends_sentence, lines, plain, role
from fixnews.source import BREAKS


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("记者 沈砚秋", Role.BYLINE),
        ("本报记者 张三 李四", Role.BYLINE),
        ("本报记者王锦鹄毛磊", Role.BYLINE),
        ("记者　龚雯秀　通讯员　沈洋臻", Role.BYLINE),
        ("記者杜若蘭／山城報導", Role.BYLINE),
        ("□本报记者 何青", Role.BYLINE),
        ("读者 周明远", Role.BYLINE),
        ("记者从市园林局获悉，今年已建成口袋公园二十六处。", Role.BODY),
        ("记者在现场看到，人群渐渐散去", Role.SHORT),
        ("新华社记者 陆一苇摄", Role.CREDIT),
        ("（下转第二版）", Role.JUMP_LINE),
        ("——下转 C2 版", Role.JUMP_LINE),
        ("（上接A1版）", Role.CONTINUATION_LINE),
        ("◀上接01版", Role.CONTINUATION_LINE),
        ("下转为线上办理，市民不用再跑第二趟。", Role.BODY),
        ("C2 时政 责任编辑：陈敏 版式设计：胡洁", Role.FOLIO),
        ("本版责任编辑：苏木", Role.FOLIO),
        ("编者按：从货轮林立到杂草丛生，再到游人如织。", Role.EDITOR_NOTE),
        ("【编者按】", Role.EDITOR_NOTE),
        ("记者手记", Role.EDITOR_NOTE),
        ("编者按，说这是一篇少见的好通讯。", Role.BODY),
        ("广告", Role.CREDIT),
        ("广告牌拆除以后街面宽了许多", Role.SHORT),
        ("（资料图片）", Role.CREDIT),
        ("（图片由区文化馆提供）", Role.CREDIT),
        ("— 12 —", Role.FOLIO),
        ("· 7 ·", Role.FOLIO),
        ("第3版", Role.FOLIO),
        ("江州日报 2021年6月2日 星期三 A4 民生", Role.FOLIO),
        ("本报讯 昨天，记者从市园林局获悉。", Role.DATELINE),
        ("新华社北京1月31日电 近日，通知发布。", Role.DATELINE),
        ("问：有哪些措施？", Role.SPEECH),
        ("（一）加强组织领导。", Role.ITEM),
        ("■新闻链接", Role.ITEM),
        ("——江州沿江旧工业区更新见闻", Role.DECK),
        ("一座老码头的第二春", Role.SHORT),
        ("助力农村全域共建 提升共同富裕发展力", Role.SHORT),
        ("识度、显示度，推动基层党建全面提升。", Role.BODY),
        ("多万元。", Role.BODY),
    ],
)
def test_what_a_line_is_by_its_own_words(line: str, expected: Role) -> None:
    assert role(line) is expected


@pytest.mark.parametrize(
    ("line", "ended"),
    [
        ("敬请关注。", True),
        ("“走吧。”", True),
        ("（本报专电）", False),
        ("拧成了一股绳，", False),
        ("全面打造", False),
        ("……", True),
        ("水位回落︒", True),
        ("“明天再来｡｣", True),
        ("他没有说下去⋯⋯", True),
        ("真有这样的事⁉", True),
        ("水位回落．", True),
        ("增长3．", False),
        ("拧成了一股绳︐", False),
        ("”", False),
    ],
)
def test_whether_a_sentence_is_finished(line: str, ended: bool) -> None:
    assert ends_sentence(line) is ended


@pytest.mark.parametrize(
    ("raw", "indent"),
    [
        ("\u3000\u3000正文", 4),
        ("\u2003\u2003正文", 4),
        ("\u2002\u2002正文", 2),
        ("\u2009\u2009正文", 2),
        ("\t正文", 4),
        ("\xa0\xa0正文", 2),
        ("正文", 0),
    ],
)
def test_an_indent_may_be_of_any_blank(raw: str, indent: int) -> None:
    (line,) = lines(raw)
    assert (line.text, line.indent) == ("正文", indent)


@given(st.text(alphabet="︐﹒｡⋯︶﹂一二。，.", max_size=20))
def test_plain_marks_keep_every_place(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert plain(plain(text)) == plain(text)


def test_breaks_blanks_and_pages_are_counted() -> None:
    found = lines("一\r\n\r\n\u3000\u3000二  \n \n\n三\f四\r五")
    assert [(x.text, x.gap, x.indent, x.page) for x in found] == [
        ("一", 0, 0, 0),
        ("二", 1, 4, 0),
        ("三", 2, 0, 0),
        ("四", 0, 0, 1),
        ("五", 0, 0, 1),
    ]


@given(st.text(alphabet="一二。，（下转第2版） \u3000\n\r\f\x0b\x85\u2028\u2029", max_size=60))
def test_lines_hold_every_character_that_is_not_blank(text: str) -> None:
    found = lines(text)
    assert all(text[x.start : x.end] == x.text for x in found)
    kept = "".join(x.text for x in found)
    drop = dict.fromkeys(map(ord, BLANK + BREAKS))
    assert kept.translate(drop) == text.translate(drop)
