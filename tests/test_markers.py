"""The grammar of jump lines: every spelling seen in print, and what only looks like one."""

from __future__ import annotations

import pytest

from fixnews.jumps.markers import find, stands_between
from fixnews.jumps.own_lines import guides
from fixnews.jumps.refs import Ref, number_of, page_ref

SPELLINGS = (
    # text, direction, pages, what of it is the marker
    ("拧成了一股绳,——下转 C2 版", "out", "C2", "——下转 C2 版"),
    ("圆满完成。(下转第四版)", "out", "4", "(下转第四版)"),
    ("圆满完成。(下轉(zhuǎn)第二版)", "out", "2", "(下轉(zhuǎn)第二版)"),
    ("圓滿完成。（下轉第二版）", "out", "2", "（下轉第二版）"),
    ("（緊轉第四版）", "out", "4", "（緊轉第四版）"),
    ("◀上接A01版", "in", "A1", "◀上接A01版"),
    ("◀ 上接 A01 版", "in", "A1", "◀ 上接 A01 版"),
    ("◀◀上接A1版却不符合", "in", "A1", "◀◀上接A1版"),
    ("上接第1版\n正文", "in", "1", "上接第1版"),
    ("前文。\n上接01版\n\u3000\u300024小时值班室里", "in", "1", "上接01版"),
    ("\u3000\u3000（紧接第一版）常经济", "in", "1", "（紧接第一版）"),
    ("紧接第一版\n正文", "in", "1", "紧接第一版"),
    ("（下转第191页）", "out", "191", "（下转第191页）"),
    ("（下转第123 页）", "out", "123", "（下转第123 页）"),
    ("（下转第 页 ）", "out", "?", "（下转第 页 ）"),
    ("（下转第 123 页 continued on page 123）", "out", "123", None),
    ("# （上接第151页）", "in", "151", None),
    ("(上接第51页）", "in", "51", "(上接第51页）"),
    ("【下转第三版】", "out", "3", "【下转第三版】"),
    ("〈下转2版)", "out", "2", "〈下转2版)"),
    ("（下转头版）", "out", "1", "（下转头版）"),
    ("（上接頭版）", "in", "1", "（上接頭版）"),
    ("（下转１２版）", "out", "12", "（下转１２版）"),
    ("（下转第Ａ２版）", "out", "A2", "（下转第Ａ２版）"),
    ("（下转第2、3版）", "out", "2 3", "（下转第2、3版）"),
    ("（下转第五、六、七版）", "out", "5 6 7", "（下转第五、六、七版）"),
    ("（转第四版）", "out", "4", "（转第四版）"),
    ("（接1版）", "in", "1", "（接1版）"),
    ("（续第二版）", "in", "2", "（续第二版）"),
    ("他说，▶下转02版\n", "out", "2", "▶下转02版"),
    ("他说，▶▶下转C2版▶▶", "out", "C2", "▶▶下转C2版▶▶"),
    ("——上接 1 版", "in", "1", "——上接 1 版"),
    ("（下转第3版·要闻）", "out", "3", "（下转第3版·要闻）"),
    ("（上接第一版《老码头》）", "in", "1", "（上接第一版《老码头》）"),
    ("村头(下转第三\n版)\n李克强", "out", "3", "(下转第三\n版)"),
    ("服务。下转\r\n第四版\r\n下一篇", "out", "4", "下转\r\n第四版"),
    ("( 下转 第2版 )", "out", "2", "( 下转 第2版 )"),
    ("（下转第4版③）", "out", "4", "（下转第4版③）"),
    ("（未完，下转第4版）", "out", "4", None),
    ("【未完待续，下转四版】", "out", "4", None),
    ("（全文下转A4版）", "out", "A4", None),
    ("（下转今日第4版）", "out", "4", None),
    ("（转入本报A5版）", "out", "A5", None),
    ("（下转2版、3版）", "out", "2 3", None),
    ("（下转第2版、第3版）", "out", "2 3", None),
    ("（下转第五至七版）", "out", "5 6 7", None),
    ("（下转第B叠4版）", "out", "B4", None),
    ("他说，“下转A4版”\n", "out", "A4", "“下转A4版”"),
    ("他说，下转A4版 责编：沈砚秋\n", "out", "A4", "下转A4版"),
    ("他说（沈砚秋，下转第4版）\n", "out", "4", "，下转第4版"),
    ("他说（接04版）\n", "out", "4", "（接04版）"),
    ("（接01版）还要再来", "in", "1", "（接01版）"),
    ("栏杆是新的，栏杆外\n（接第4版）\n下一篇", "out", "4", "（接第4版）"),
    ("老码头的第二春\n（接第1版）\n还要再来", "in", "1", "（接第1版）"),
    ("*（上接第1版）*还要再来", "in", "1", "*（上接第1版）*"),
)

OWN_LINES = (
    ("→A4", "out", "A4"),
    ("▶▶ A4 民生", "out", "A4"),
    ("◀◀A1", "in", "A1"),
    ("->A4", "out", "A4"),
    (">> 第4版", "out", "4"),
    ("A4▶", "out", "A4"),
    ("下转P4", "out", "4"),
    ("转P4", "out", "4"),
    ("接A04", "in", "A4"),
    ("文轉A5", "out", "A5"),
    ("續A1版", "in", "A1"),
    ("（第4版 续）", "in", "4"),
    ("※下转第4版", "out", "4"),
    ("……下转A4版", "out", "A4"),
    ("下转·A4版", "out", "A4"),
    ("下转4", "out", "4"),
    ("下转B叠", "out", "B?"),
    ("“下转A4版”", "out", "A4"),
    ("# （下转第4版）", "out", "4"),
    ("**（上接第1版）**", "in", "1"),
    ("—— 下转 C2 版 ——", "out", "C2"),
    ("(Continued on A4)", "out", "A4"),
    ("Continued from page 1", "in", "1"),
    ("Turn to A4", "out", "A4"),
)

FALSE_FRIENDS = (
    ("（相关报道见第三版）", "a cross-reference: nothing goes on there"),
    ("（讲话全文见第五、六、七版）", "the full text is another piece"),
    ("（名单见１２版）", "a list on another page"),
    ("(详见A3版)", "a cross-reference"),
    ("马上接着说", "上接 across two words"),
    ("利益上接轨", "上接 across two words"),
    ("打一下转向灯", "下转 across two words"),
    ("以下转移支付第3版办法", "no page directly behind the verb"),
    ("新起点上接续奋斗", "no page at all"),
    ("由线下转为线上", "no page at all"),
    ("这套书由他转第二版编辑处理", "转 is an everyday word without brackets"),
    ("记者接第3版编辑来电", "接 is an everyday word without brackets"),
    ("紧接第一版之后，第二版也售罄", "紧接 at the start of a sentence that goes on"),
    ("今天下转第三版的稿件已经排好", "inside a sentence, without brackets"),
    ("会议从第2版讲到第3版", "no verb"),
    ("转四号线地铁", "no page: a number of something else"),
    ("下接G15\n沈海高速", "a road, not a section"),
    ("> A4", "one sign alone is a quotation"),
    ("【A4版 民生】", "a folio: brackets point nowhere"),
    ("=== 第4版 ===", "a folio between rules"),
    ("■A4版", "an ornament points nowhere"),
    ("→ 4", "an arrow, but no page"),
    (">>详见A4版", "a cross-reference, arrows or not"),
    ("送到A4仓库", "no word, and more behind the page"),
    ("（下转第4版的稿件已经排好了，他说）", "more than a jump line in the brackets"),
)

GUIDES = (
    ("☞ 更多报道 A4版", "an arrow and a page, whatever the words"),
    ("（图文4版）", "a page in brackets"),
    ("详见A3版", "a cross-reference is no part of a sentence either"),
    ("下转明日4版", "another issue's page"),
    ("转下页", "a page by its place"),
    ("※ 全文请见 A4 版 >>", "ornaments around a cross-reference"),
    ("[A4]", "square brackets"),
)

NO_GUIDES = (
    ("转四号线地铁，", "text with a word of turning"),
    ("这批邮件先送到A4仓库，", "text with a page-like name"),
    ("《新编词典》（第二版）", "an edition in brackets behind a title"),
    ("第4版 民生", "a folio is no guide"),
    ("（第三届）", "brackets, but no page"),
    ("→", "an arrow, but no page"),
)


@pytest.mark.parametrize(("text", "direction", "pages", "marker"), SPELLINGS)
def test_a_spelling_seen_in_print_is_read(
    text: str, direction: str, pages: str, marker: str | None
) -> None:
    (found,) = find(text)
    assert found.direction == direction
    assert " ".join(map(str, found.refs)) == pages
    assert text[found.start : found.end] == (marker or text)


@pytest.mark.parametrize(("line", "direction", "pages"), OWN_LINES)
def test_a_line_that_is_nothing_else_is_read_with_all_its_signs(
    line: str, direction: str, pages: str
) -> None:
    text = f"  {line}\t\n还要再来。"
    (found,) = find(text)
    assert (found.direction, " ".join(map(str, found.refs))) == (direction, pages)
    assert text[found.start : found.end] == line


@pytest.mark.parametrize(("text", "why"), FALSE_FRIENDS)
def test_what_only_looks_like_a_marker_is_left(text: str, why: str) -> None:
    assert find(text) == (), why


@pytest.mark.parametrize(("line", "why"), GUIDES)
def test_what_guides_to_a_page_is_part_of_no_sentence(line: str, why: str) -> None:
    assert guides(line), why
    assert stands_between("栏杆是新的，栏杆外", line), why
    assert stands_between(line, "还要再来。"), why


@pytest.mark.parametrize(("line", "why"), NO_GUIDES)
def test_text_that_looks_like_a_guide_is_text(line: str, why: str) -> None:
    assert not guides(line), why
    assert not stands_between("他把车开到桥头，", line), why


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("栏杆外（下", "转第4版）"),
        ("栏杆外▶下转04", "版"),
        ("栏杆外（下转第4版）", "下一篇"),
        ("上一篇", "（上接第1版）还要再来"),
        ("下转A4版 责编：沈砚秋", "下一篇"),
    ],
)
def test_nothing_is_joined_over_a_jump_line(left: str, right: str) -> None:
    assert stands_between(left, right)


def test_two_back_to_back_are_two() -> None:
    one, two = find("台阶（下转第二版）（上接第一版）二十四级")
    assert (one.direction, two.direction) == ("out", "in")
    assert one.end == two.start


@pytest.mark.parametrize("name", ["A1", "A01", "Ａ１", "a1版", "第A1版"])
def test_one_page_has_many_spellings(name: str) -> None:
    assert page_ref(name) == Ref("A", 1)


@pytest.mark.parametrize("name", ["1", "01", "第一版", "頭版", "头版", "第１版"])
def test_the_front_page_has_many_spellings(name: str) -> None:
    assert page_ref(name) == Ref("", 1)


@pytest.mark.parametrize(
    ("digits", "value"),
    [("三", 3), ("十", 10), ("十六", 16), ("二十", 20), ("二十四", 24), ("一〇一", 101), ("３", 3)],
)
def test_numbers_in_every_script(digits: str, value: int) -> None:
    assert number_of(digits) == value


def test_a_long_line_takes_linear_time() -> None:
    line = "下转上接（第版" * 30_000
    assert find(line) == ()
