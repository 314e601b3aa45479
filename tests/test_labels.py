"""Which page of which issue: names, folio lines, order."""

from __future__ import annotations

import pytest

from fixnews.draft import Draft
from fixnews.jumps.labels import folio_of, issue_of, label_of, pages
from fixnews.source import Source


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("A1", "A1"),
        ("A01", "A1"),
        ("01", "1"),
        ("20200201-04", "4"),
        ("rmrb-20200201-01", "1"),
        ("2020-02-01_A02", "A2"),
        ("page-03", "3"),
        ("第十二版", "12"),
        ("头版", "1"),
        ("A02城事", "A2"),
        ("nd.D110000renmrb_20200201_1-01", "1"),
        ("20200201", "?"),
        ("front", "?"),
        ("第04版：民生", "4"),
        ("A4_clean", "A4"),
        ("page_0004", "4"),
    ],
)
def test_the_name_of_a_file_names_its_page(name: str, label: str) -> None:
    assert str(label_of(name)) == label


@pytest.mark.parametrize(
    ("text", "label", "why"),
    [
        ("A2 城事 责任编辑:张敏 版式设计:徐洁\n\n正文", "A2", "a folio line with its editors"),
        ("江州日报\n\n第二版 综合\n\n正文", "2", "below the newspaper's name"),
        ("正文一行\n正文二行\n第3版", "3", "at the foot"),
        ("江州日报\n2020年6月2日 星期三 第3667期 今日8版\n正文", "1", "a masthead is on page one"),
        ("第三版主编离任的消息传开\n正文", "?", "a headline that begins like one"),
        ("第04版：民生\n正文", "4", "with its section behind a colon"),
        ("=== 第4版 ===\n正文", "4", "between rules"),
        ("【A4版 民生】\n正文", "A4", "in brackets"),
        ("2020年，我市\n正文", "?", "a year"),
        ("30万元\n正文", "?", "a number"),
        ("", "?", "an empty page"),
    ],
)
def test_a_folio_line_names_its_page(text: str, label: str, why: str) -> None:
    assert str(folio_of(text)) == label, why


def test_issues_differ_by_folder_and_by_date() -> None:
    assert issue_of("paper/20200201-04.txt") == issue_of("paper/2020-02-01_01.txt")
    assert issue_of("paper/20200201-04.txt") != issue_of("paper/20200202-04.txt")
    assert issue_of("mon/A1.txt") != issue_of("tue/A1.txt")


def test_a_label_that_would_stand_twice_splits_the_folder() -> None:
    names = ("dev-000-A1", "dev-000-A2", "dev-001-A1", "dev-001-A2")
    draft = Draft.of(*(Source(f"in/{name}.txt", "正文") for name in names))
    issues = [page.issue for page in pages(draft, names)]
    assert issues[0] == issues[1] != issues[2] == issues[3]


def test_a_stream_is_labelled_by_its_folio_lines_and_its_order() -> None:
    draft = Draft.of(Source("<stdin>", "正文\fC2 城事 责任编辑：张敏\n正文\f正文"))
    assert [(str(p.label), p.origin) for p in pages(draft)] == [
        ("1", "order"),
        ("C2", "folio"),
        ("3", "order"),
    ]


HALF = "议事会的提议多半和安全有关，街道一条一条落实了，又在水边放了救生圈。" * 2


def test_lines_that_name_pages_part_a_file_into_pages() -> None:
    text = f"第01版：要闻\n\n{HALF}\n\n第04版：民生\n\n{HALF}\n"
    found = pages(Draft.of(Source("issue.txt", text)), ("issue",))
    assert [(str(p.label), p.origin) for p in found] == [("1", "folio"), ("4", "folio")]
    assert text[found[1].start :].startswith("第04版：民生")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"第02版：要闻\n第03版：民生\n第04版：体育\n{HALF}", "a table of contents"),
        (f"老码头的第二春\n{HALF}\n第04版：民生\n{HALF}", "the top of the file names no page"),
        (f"第4版\n{HALF}\n第4版\n{HALF}", "the same page at its head and in its text"),
        (f"第3版\n{HALF}\n第4版", "nothing stands behind the second"),
    ],
)
def test_other_lines_do_not(text: str, why: str) -> None:
    assert len(pages(Draft.of(Source("issue.txt", text)), ("issue",))) == 1, why


def test_several_articles_of_a_page_are_one_page() -> None:
    names = ("20210318-01-01", "20210318-04-01", "20210318-04-02")
    found = pages(Draft.of(*(Source(f"in/{name}.txt", "正文") for name in names)), names)
    assert [str(page.label) for page in found] == ["1", "4", "4"]
    assert len({page.issue for page in found}) == 1


def test_newspapers_in_one_folder_are_told_apart_by_their_letters() -> None:
    assert issue_of("in/rmrb_20210318_01.txt") != issue_of("in/jfrb_20210318_04.txt")
    assert issue_of("in/rmrb_20210318_01.txt") == issue_of("in/rmrb_20210318_04.txt")


def test_where_a_name_leaves_doubt_the_printed_folio_decides() -> None:
    draft = Draft.of(Source("in/abc-12.txt", f"第4版 民生\n{HALF}"), Source("in/abc-13.txt", HALF))
    found = [(str(p.label), p.origin) for p in pages(draft, ("abc-12", "abc-13"))]
    assert found == [("4", "folio"), ("13", "name")]
