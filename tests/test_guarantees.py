"""What fixnews promises of every page, whatever its filters do."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fixnews
from fixnews.encoding import encode
from fixnews.filters import Context
from fixnews.pipeline import Repair, reject_all, repair, threshold
from fixnews.source import Source
from tests.pages import PAGE_SETS, damaged, shared

NEWS = "经济稳定，。、：（）“”—…,.:;()《》本报讯记者 \u3000\n\n\r\f012月日下转上接第版A一C%·lI〈"
news_text = st.text(alphabet=NEWS, max_size=120)


def run(pages: dict[str, bytes], *, unsafe: bool = False) -> Repair:
    sources = [fixnews.decode(data, label) for label, data in pages.items()]
    return repair(sources, Context(labels=tuple(pages)), threshold(unsafe=unsafe))


def again(done: Repair) -> Repair:
    """A second run over what came out, read from its bytes as a user would."""
    pages = zip(done.sources, done.texts, strict=True)
    return run({s.path: encode(text, s) for s, text in pages})


def page_sets() -> list[str]:
    return [*PAGE_SETS, "seed"]


def load(page_set: str) -> dict[str, bytes]:
    return {"A1": shared("pages/seed.txt")} if page_set == "seed" else damaged(page_set)


@pytest.mark.parametrize("page_set", page_sets())
def test_a_second_run_changes_nothing(page_set: str) -> None:
    done = run(load(page_set))
    assert again(done).texts == done.texts


@pytest.mark.parametrize("unsafe", [False, True])
@pytest.mark.parametrize("page_set", page_sets())
def test_the_report_replayed_is_the_output(page_set: str, unsafe: bool) -> None:
    done = run(load(page_set), unsafe=unsafe)
    assert fixnews.replay(done.sources, done.corrections) == done.texts


@pytest.mark.parametrize("page_set", page_sets())
def test_all_rejected_is_the_original_byte_for_byte(page_set: str) -> None:
    pages = load(page_set)
    sources = [fixnews.decode(data, label) for label, data in pages.items()]
    done = repair(sources, Context(labels=tuple(pages)), reject_all)
    written = [encode(text, s) for text, s in zip(done.texts, done.sources, strict=True)]
    assert written == list(pages.values())


STOOD_AS_VERSE = [
    ("\u3000板，面\n着\n本\n周\n新\n到\n的\n书\n目\n。\n来\n还", "a character a line"),
    ("头\nä¸\xadå›½\x85)\x0c ,、鲳鱼和", "scraps between other breaks"),
    (
        "。\n天下午,记者在码头看到,\n刚\n刚靠岸的“浙库。船老大郑海生告诉记者,这一趟出海九\n,收兴。\n镇里",
        "lines cut anywhere",
    ),
]
"""Pages whose lines stand as verse until some of them are joined: then the rest is no verse."""


@pytest.mark.parametrize(("page", "reason"), STOOD_AS_VERSE)
def test_what_is_no_verse_any_more_is_read_again_in_the_same_run(page: str, reason: str) -> None:
    once = fixnews.fix(page).text
    assert fixnews.fix(once).text == once, reason


MANY_ROUNDS = [
    ("目录" + "\u00ad" * 40 + "3", "a sign that nobody sees, forty times"),
    (";" * 300, "a row of marks"),
    ("http://www.\nexample\n.com/\nnews/\nA1\n.html\n见报", "scraps of an address"),
    ("一一——一——……·。.。." * 30, "dashes and dots"),
]


@pytest.mark.parametrize(("page", "reason"), MANY_ROUNDS)
def test_however_many_rounds_it_takes_a_second_run_changes_nothing(page: str, reason: str) -> None:
    once = fixnews.fix(page).text
    assert fixnews.fix(once).text == once, reason


SIGNS_OF_PRINTERS = ["图①②③④⑤⑥：新桥、旧桥", "⑴⑵⑶", "ⅰⅱⅲ", "＊＊＊＊", "丶丶丶丶丶丶"]


@pytest.mark.parametrize("page", SIGNS_OF_PRINTERS)
def test_signs_of_printers_are_no_mojibake(page: str) -> None:
    assert fixnews.fix(page).corrections == ()


def test_a_move_of_nothing_but_new_text_is_in_the_report() -> None:
    page = "余张，办理行李托\n上接1版际术与国内更有绪\n上接４版\f对，服了下转1版"
    done = fixnews.fix(page, unsafe_fixes=True)
    assert fixnews.replay([done.source], done.corrections)[0] == done.text


CARRIED_AGAIN = [
    "年，最火的候一天要出三百多条船。随着\n2020年6月2日 星\nhttp://www.example.com/a\n期二\n下游新港"
    "、、、、、\x00" + "、" * 35,
    (
        "米的新民里菜场旁边。\n\u3000\u3000“灶台我要自己带走。”庞大姐说，“那是我母亲砌的。”搬家那天，几位老"
        "主顾自\n发来帮忙，把\n灶台上的一百\n二十块青砖一\n块一块编上号\n，再按原样砌\n到新店里。\n\n"
        "\u3000\u3000新店下月\n初开张。庞大\n姐\n第二版 \n综合\n打坊是\n，\n钱。老算\n谢算请家"
        "给三\n道街收天吃头\n，不面大"
    ),
]


@pytest.mark.parametrize("page", CARRIED_AGAIN)
def test_a_line_that_is_carried_on_and_on_is_so_in_the_report(page: str) -> None:
    done = fixnews.fix(page)
    assert fixnews.replay([done.source], done.corrections)[0] == done.text


ABSURD = [
    ("\n" * 32_000, "empty lines"),
    ("\f" * 32_000, "pages of nothing"),
    ("下转2版\n上接1版\n" * 1_000, "jump lines that all belong together"),
    ("文字说到这里（下转第9版）\n\f" * 1_000, "pages that all jump"),
]


@pytest.mark.parametrize(("page", "reason"), ABSURD)
def test_absurd_pages_come_to_an_end(page: str, reason: str) -> None:
    started = time.process_time()
    fixnews.fix(page)
    assert time.process_time() - started < 20, reason


def test_what_came_to_a_place_in_an_earlier_round_is_pushed_on_in_the_report_too() -> None:
    page = "�" * 41 + "\nA1要闻\n���\n，。們希望一年之\n二版综合\n。"
    done = fixnews.fix(page)
    assert done.text.endswith("之。\nA1要闻\n二版综合")
    assert fixnews.replay([done.source], done.corrections)[0] == done.text


@given(news_text)
def test_random_text_a_second_run_changes_nothing(text: str) -> None:
    once = fixnews.fix(text).text
    assert fixnews.fix(once).text == once


@given(news_text, news_text)
def test_random_pages_the_report_replayed_is_the_output(one: str, two: str) -> None:
    sources = [Source("A1", one), Source("C2", two)]
    done = repair(sources, Context(labels=("A1", "C2")), threshold(unsafe=True))
    assert fixnews.replay(sources, done.corrections) == done.texts


@given(st.text(max_size=60))
def test_any_text_at_all_comes_through(text: str) -> None:
    """Lone surrogates, controls, any script: a result and no exception."""
    result = fixnews.fix(text)
    assert fixnews.fix(result.text).text == result.text
