"""Jumping stories: halves that belong together meet, others stay and say why."""

from __future__ import annotations

from typing import NamedTuple

import pytest

import fixnews
from fixnews.composing import replay
from fixnews.correction import Correction
from fixnews.filters import CHAIN, Context
from fixnews.jumps import matching
from fixnews.jumps.fragments import Head, Tail
from fixnews.pipeline import reject_all, repair, threshold
from fixnews.source import Source
from tests.pages import damaged

JUMPS = tuple(link for link in CHAIN if link.name == "jumps")

Pages = dict[str, str]


class Done(NamedTuple):
    pages: Pages
    corrections: tuple[Correction, ...]

    @property
    def codes(self) -> list[str]:
        return [c.code for c in self.corrections]


def run(pages: Pages, *, unsafe: bool = False, merge: bool = True) -> Done:
    sources = [Source(f"in/{name}.txt", text) for name, text in pages.items()]
    context = Context(labels=tuple(pages), merge_pages=merge)
    done = repair(sources, context, threshold(unsafe=unsafe), chain=JUMPS)
    assert replay(sources, done.corrections) == done.texts
    again = [Source(f"in/{name}.txt", text) for name, text in zip(pages, done.texts, strict=True)]
    assert repair(again, context, threshold(unsafe=unsafe), chain=JUMPS).texts == done.texts
    return Done(dict(zip(pages, done.texts, strict=True)), done.corrections)


MERGES: tuple[tuple[str, Pages, Pages], ...] = (
    (
        "inside a sentence the halves meet without a break",
        {
            "A1": "码头记\n\n工人们说，——下转 C2 版\n\n另一篇。\n",
            "C2": "头条。\n\n码头记\n\n上接A1版\n\n还要再来。\n\n又一段。\n",
        },
        {"A1": "码头记\n\n工人们说，还要再来。\n\n又一段。\n\n另一篇。\n", "C2": "头条。\n"},
    ),
    (
        "after a sentence the tail begins a paragraph",
        {
            "01": "码头记\n工人们走了。（下转第二版）\n另一篇。\n",
            "02": "（上接第一版）他们还要再来。\n又一段。\n",
        },
        {"01": "码头记\n工人们走了。\n他们还要再来。\n又一段。\n另一篇。\n", "02": "\n"},
    ),
    (
        "indents are kept between paragraphs, and go inside a sentence",
        {
            "01": "\u3000\u3000从前。\n\u3000\u3000工人们说，（下转第2版）\n",
            "02": "\u3000\u3000（上接第1版）还要再来。\n\u3000\u3000又一段。\n",
        },
        {
            "01": "\u3000\u3000从前。\n\u3000\u3000工人们说，还要再来。\n\u3000\u3000又一段。\n",
            "02": None,
        },
    ),
    (
        "line ends are kept as they are",
        {"01": "码头\r\n\r\n走了。\r\n\r\n（下转2版）\r\n", "02": "（上接1版）\r\n\r\n再来。\r\n"},
        {"01": "码头\r\n\r\n走了。\r\n\r\n再来。\r\n", "02": "\r\n"},
    ),
    (
        "the headline may stand below the continuation line, with its deck",
        {
            "A1": "老码头的第二春\n\n——江州见闻\n\n他说，▶下转A2版\n",
            "A2": "◀上接A1版\n\n老码头的第二春\n\n——江州见闻\n\n还要再来。\n",
        },
        {"A1": "老码头的第二春\n\n——江州见闻\n\n他说，还要再来。\n", "A2": "\n"},
    ),
    (
        "two stories on one page are told apart by their headlines, whatever the order",
        {
            "01": "老码头的第二春\n\n工人说，（下转2版）\n\n口袋公园建成\n\n居民说，（下转2版）\n",
            "02": "口袋公园建成\n\n（上接1版）多了座椅。\n\n"
            "老码头的第二春\n\n（上接1版）还要再来。\n",
        },
        {
            "01": "老码头的第二春\n\n工人说，还要再来。\n\n口袋公园建成\n\n居民说，多了座椅。\n",
            "02": None,
        },
    ),
    (
        "a chain over three pages comes home in order",
        {
            "A1": "码头记\n\n第一部分说，下转B2版\n",
            "B2": "码头记\n\n上接A1版\n\n第二部分说，下转B3版\n\n公园记\n\n本报讯 另一篇。\n",
            "B3": "码头记\n\n上接B2版\n\n第三部分完。\n",
        },
        {
            "A1": "码头记\n\n第一部分说，第二部分说，第三部分完。\n",
            "B2": "公园记\n\n本报讯 另一篇。\n",
            "B3": "\n",
        },
    ),
    (
        "a jump to two pages takes both, in their order",
        {
            "01": "码头记\n\n第一部分完。（下转第2、3版）\n",
            "02": "码头记\n\n（上接第1版）\n\n第二部分完。\n",
            "03": "码头记\n\n（上接第1版）\n\n第三部分完。\n",
        },
        {"01": "码头记\n\n第一部分完。\n\n第二部分完。\n\n第三部分完。\n", "02": "\n", "03": "\n"},
    ),
    (
        "back to back inside a line the seam closes",
        {"01": "台阶一共（下转第二版）（上接第一版）二十四级。\n"},
        {"01": "台阶一共二十四级。\n"},
    ),
    (
        "a stream of pages is an issue",
        {"": "码头记\n工人说，（下转第2版）\n\f码头记\n（上接第1版）还要再来。\n"},
        {"": "码头记\n工人说，还要再来。\n\f"},
    ),
    (
        "a number without a section means the section of the page that names it",
        {
            "A1": "码头记\n工人说，（下转2版）\n",
            "A2": "码头记\n（紧接1版）还要再来。\n",
            "B2": "码头税\n（紧接1版）不相干。\n",
        },
        {"A1": "码头记\n工人说，还要再来。\n", "A2": "\n", "B2": "码头税\n（紧接1版）不相干。\n"},
    ),
)


@pytest.mark.parametrize(("why", "pages", "wanted"), MERGES, ids=[m[0] for m in MERGES])
def test_halves_that_belong_together_meet(why: str, pages: Pages, wanted: Pages) -> None:
    done = run(pages)
    for name, text in wanted.items():
        if text is not None:
            assert done.pages[name].strip("\n") == text.strip("\n"), why
    assert not any("下转" in text for text in done.pages.values())


LONG = (
    "装卸工每天都来走一遍台阶，从雾里走到灯下，风雨不误，"
    "一走就是三十年，没有一天落下，邻居都看在眼里。"
)


def test_a_tail_that_the_front_page_already_holds_is_not_doubled() -> None:
    pages = {
        "01": f"码头记\n\n二十四级台阶，{LONG}（下转2版）\n\n别的。\n",
        "02": f"码头记\n\n（上接1版）\n\n{LONG}\n",
    }
    done = run(pages)
    assert done.pages == {"01": f"码头记\n\n二十四级台阶，{LONG}\n\n别的。\n", "02": "\n"}
    assert "JMP101" not in done.codes


def test_a_doubled_tail_goes_although_the_front_page_has_no_marker() -> None:
    pages = {
        "01": f"二十四级台阶，（下转2版）（上接1版）{LONG}\n",
        "02": f"别的。\n\n（上接1版）{LONG}\n",
    }
    assert run(pages).pages == {"01": f"二十四级台阶，{LONG}\n", "02": "别的。\n"}


def test_a_tail_that_is_held_with_differences_is_only_offered() -> None:
    pages = {
        "01": f"码头记\n\n二十四级台阶，{LONG}（下转2版）\n",
        "02": f"码头记\n\n（上接1版）\n\n{LONG.replace('灯下', '灯卞')}\n",
    }
    done = run(pages)
    assert done.pages == pages
    assert {c.safety for c in done.corrections} == {"unsafe"}


BROKEN = (
    ("〈下转2艇)", "（上接1版）"),
    ("（下转2版）", "(紧接]版)"),
    ("《下转2了版)", "上接l版"),
    ("【下震第二版", "（上接第1版）"),
    ("一一下转2版", "本二上接1版"),
)


@pytest.mark.parametrize(("out", "back"), BROKEN)
def test_a_marker_that_ocr_broke_counts_when_the_other_half_agrees(out: str, back: str) -> None:
    pages = {
        "01": f"老码头的第二春\n\n工人们说{out}\n\n口袋公园建成\n\n别的。\n",
        "02": f"老码头的第二春\n\n{back}\n\n还要再来。\n",
    }
    assert run(pages).pages["01"].startswith("老码头的第二春\n\n工人们说还要再来。\n\n口袋")


@pytest.mark.parametrize(("out", "back"), BROKEN)
def test_a_marker_that_ocr_broke_is_nothing_alone(out: str, back: str) -> None:
    for page in (f"工人们说{out}\n", f"老码头的第二春\n\n{back}\n\n还要再来。\n"):
        done = run({"05": page}, unsafe=True)
        assert done.pages == {"05": page}


def test_a_tail_that_begins_with_a_dateline_is_another_story() -> None:
    pages = {
        "01": "工人们说，（下转2版）\n",
        "02": "（上接1版）\n\n新华社莫斯科1月4日电 总统会谈。\n",
    }
    assert run(pages).pages == pages


def test_a_label_that_stands_on_two_pages_marries_nobody() -> None:
    pages = {
        "01": "工人们说，（下转2版）\n",
        "a/02": "（上接1版）还要再来。\n",
        "b/02": "（上接1版）还要再来。\n",
    }
    assert run(pages).pages == pages


APART: tuple[tuple[str, Pages, list[str]], ...] = (
    ("the page was not given", {"A1": "工人说，——下转 C2 版\n"}, ["JMP203"]),
    (
        "nothing on the page given goes on",
        {"01": "工人说，（下转2版）\n", "02": "别的。\n"},
        ["JMP201"],
    ),
    ("no head points here", {"02": "（上接第1版）还要再来。\n", "01": "别的。\n"}, ["JMP202"]),
    (
        "the page numbers disagree, however alike the texts",
        {"01": "码头记\n\n工人说，（下转3版）\n", "02": "码头记\n\n（上接1版）还要再来。\n"},
        ["JMP203", "JMP202"],
    ),
    (
        "the way back names another page",
        {"01": "码头记\n\n工人说，（下转2版）\n", "02": "码头记\n\n（上接3版）还要再来。\n"},
        ["JMP201", "JMP202"],
    ),
    (
        "the page number is lost: no more than an offer",
        {"01": "工人说，（下转第 版）\n", "02": "（上接1版）还要再来。\n"},
        ["JMP101", "JMP102", "JMP102"],
    ),
    (
        "one of the two pages that it goes on was not given",
        {"01": "码头记\n\n完。（下转第2、3版）\n", "02": "码头记\n\n（上接第1版）又一段。\n"},
        ["JMP201", "JMP202"],
    ),
)


@pytest.mark.parametrize(("why", "pages", "codes"), APART, ids=[a[0] for a in APART])
def test_halves_that_do_not_fit_stay_and_are_reported(
    why: str, pages: Pages, codes: list[str]
) -> None:
    done = run(pages)
    assert done.pages == pages, why
    assert sorted(done.codes) == sorted(codes)


CROSS_REFERENCES = ("（全文见第2版）", "（名单见2版）", "(详见02版)", "（相关报道见第二版）")


@pytest.mark.parametrize("reference", CROSS_REFERENCES)
def test_cross_references_are_no_jumps(reference: str) -> None:
    pages = {"01": f"讲话发表。{reference}\n", "02": "讲话全文\n\n同志们。\n"}
    assert run(pages, unsafe=True) == Done(pages, ())


def test_halves_are_compared_within_the_pages_of_an_issue(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a file of years whose pages say no day the work grows with the pages, not their square."""
    page = "今天的好事终于来了，大家都高兴\n（下转2版）\n\f（上接1版）\n老街的改造也动工了。\n\f"
    far: list[int] = []

    def agree(head: Head, tail: Tail, _: object) -> None:
        far.append(abs(head.page.number - tail.page.number))

    monkeypatch.setattr(matching, "agree", agree)
    fixnews.fix(page * 400)
    assert max(far) < matching.ISSUE
    assert len(far) < 400 * matching.ISSUE


def test_issues_in_one_call_are_never_mixed() -> None:
    day = {
        "mon/01": "码头记\n\n工人说，（下转2版）\n",
        "tue/02": "码头记\n\n（上接1版）还要再来。\n",
    }
    sources = [Source(f"{name}.txt", text) for name, text in day.items()]
    done = repair(sources, Context(labels=("01", "02")), threshold(unsafe=True), chain=JUMPS)
    assert done.texts == tuple(day.values())


def test_per_file_merges_nothing_across_files() -> None:
    pages = {"01": "码头记\n工人说，（下转2版）\n", "02": "码头记\n（上接1版）还要再来。\n"}
    assert run(pages, merge=False).pages == pages


TWINS = {
    "01": "工人说，（下转2版）\n\n居民说，（下转2版）\n",
    "02": "（上接1版）还要再来。\n\n（上接1版）多了座椅。\n",
}


def test_halves_that_could_be_married_either_way_are_only_offered_and_the_rival_is_named() -> None:
    done = run(TWINS)
    assert done.pages == TWINS
    offers = [c for c in done.corrections if c.code == "JMP101"]
    assert {c.safety for c in offers} == {"unsafe"}
    assert all(dict(c.evidence)["rival"] for c in offers)


def test_rejected_all_stays_as_it_was() -> None:
    pages = MERGES[0][1]
    sources = [Source(f"in/{name}.txt", text) for name, text in pages.items()]
    done = repair(sources, Context(labels=tuple(pages)), reject_all, chain=JUMPS)
    assert done.texts == tuple(pages.values())
    assert not any(c.applied for c in done.corrections)


def test_a_jump_is_reported_as_its_parts() -> None:
    done = run(MERGES[0][1])
    assert sorted(done.codes) == ["JMP101", "JMP102", "JMP102", "JMP103"]


def test_markers_stay_where_the_merge_is_not_selected() -> None:
    from fixnews.filters import Selection

    pages = MERGES[0][1]
    sources = [Source(f"in/{name}.txt", text) for name, text in pages.items()]
    only = Selection(ignore=("JMP101",))
    done = repair(sources, Context(labels=tuple(pages)), selection=only, chain=JUMPS)
    assert done.texts == tuple(pages.values())


def test_a_passage_that_was_only_offered_is_one_correction() -> None:
    """Its lines have been joined since: what went between them is no part of it."""
    pages = {label: data.decode() for label, data in damaged("front-page").items()}
    done = fixnews.fix_pages(
        pages, decide=lambda f: f.change.safety == "safe" and not f.change.code.startswith("JMP")
    )
    moves = [c for page in done.values() for c in page.corrections if c.code == "JMP101"]
    assert len(moves) == 2
