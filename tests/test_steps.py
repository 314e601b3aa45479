"""A desk that is kept changes no answer: a run after other runs is the run from scratch."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixnews.composing import replay
from fixnews.correction import Finding
from fixnews.desk import Desk, Shelf
from fixnews.filters import CHAIN, ByPage, Context, Filter
from fixnews.pipeline import Repair, reject_all, repair
from fixnews.source import Source
from fixnews.verdicts import key
from tests.strategies import RULE

PAGES = (
    Source(
        "A1.txt",
        "江州日报 A1 要闻\n\n老码头的第二春\n\n本报讯 (记者 沈砚秋)今年以来,全市经\n济形势总体稳定,"
        "城乡居民收入继续提高。市长说:“防灾重在预\n防,”并强调各地要抓紧落实。\n\n"
        "社区、业主委员会拧成了一股绳,——下转 A2 版\n",
    ),
    Source(
        "A2.txt",
        "江州日报 A2 综合\n\n(上接A1版)老人们也学会了用手机查看水位,全市一百二十个监测点的数据"
        "每五分钟更\n新一次。\n\n城南的面馆要搬家了\n\n消息传开以\n后,门口的队伍比平时长了一倍.\n",
    ),
    Source("A3.txt", "江州日报 A3 副刊\n\n信走了十一天,到了老友手里.他很高兴,说:“谢谢你!”\n"),
)

LABELS = Context(labels=("A1", "A2", "A3"))


def told(done: Repair) -> list[tuple[object, ...]]:
    """Everything of a run that a reader sees."""
    facts = [
        (c.source, c.start, c.end, c.after, c.code, c.applied, c.to, c.safety, c.message)
        for c in (*done.corrections, *done.spared)
    ]
    return [done.texts, *facts]


def without(rejected: frozenset[str], desk: Desk | None = None) -> Repair:
    """A run in which these proposals are rejected and all others accepted."""

    def decide(finding: Finding) -> bool:
        return key(finding) not in rejected

    return repair(PAGES, LABELS, decide, desk=desk)


ALL = sorted(
    {key(f) for c in repair(PAGES, LABELS, lambda _: True).corrections for f in c.findings}
)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.frozensets(st.sampled_from(ALL), max_size=6), max_size=4))
def test_after_any_answers_a_run_is_the_run_from_scratch(sittings: list[frozenset[str]]) -> None:
    desk = Desk()
    for rejected in sittings:
        kept, fresh = without(rejected, desk), without(rejected)
        assert told(kept) == told(fresh)
        assert replay(PAGES, kept.corrections) == kept.texts


def test_everything_rejected_gives_the_pages_back_and_all_accepted_the_repair() -> None:
    desk = Desk()
    whole = without(frozenset(), desk)
    nothing = repair(PAGES, LABELS, reject_all, desk=desk)
    assert nothing.texts == tuple(page.text for page in PAGES)
    assert told(without(frozenset(), desk)) == told(whole)


def test_an_answer_costs_its_page() -> None:
    desk = Desk()
    last = next(
        key(f) for c in without(frozenset(), desk).corrections if c.source == 2 for f in c.findings
    )
    before = desk.looked, desk.asked
    without(frozenset({last}), desk)
    looked, asked = desk.looked - before[0], desk.asked - before[1]
    across = sum(not link.by_page for link in CHAIN)
    rounds = 3
    assert looked <= rounds * (len(CHAIN) + across)
    assert looked < asked / 2


def test_the_same_run_again_looks_at_nothing() -> None:
    desk = Desk()
    without(frozenset(), desk)
    before = desk.looked
    without(frozenset(), desk)
    assert desk.looked == before


@pytest.mark.parametrize(
    ("sources", "context"),
    [
        pytest.param(PAGES[:2], LABELS, id="other pages"),
        pytest.param(PAGES, replace(LABELS, allow=frozenset({"今年"})), id="a word that stays"),
    ],
)
def test_with_other_pages_or_settings_a_desk_knows_nothing(
    sources: tuple[Source, ...], context: Context
) -> None:
    desk = Desk()
    repair(PAGES, LABELS, desk=desk)
    assert told(repair(sources, context, desk=desk)) == told(repair(sources, context))


def test_a_page_that_stands_as_it_was_is_not_read_again() -> None:
    read: list[str] = []

    def look(page: str, _: Context) -> tuple[()]:
        read.append(page)
        return ()

    once = Filter("once", (RULE,), ByPage(look), "")
    pages = [Source("a", "一"), Source("b", "二")]
    desk = Desk()
    repair(pages, chain=(once,), desk=desk)
    repair(pages, chain=(once,), desk=desk)
    assert read == ["一", "二"]


def test_a_shelf_forgets_what_two_runs_did_not_need() -> None:
    shelf: Shelf[str, int] = Shelf()
    for value, expected in ((1, 1), (2, 1)):
        assert shelf.kept("一", lambda value=value: value) == expected
        shelf.turn()
    shelf.turn()
    assert shelf.kept("一", lambda: 3) == 3


def test_no_pages_are_no_pages() -> None:
    done = repair([])
    assert (done.texts, done.corrections, done.spared) == ((), (), ())
