"""Places are weighed one by one, and each once: what is remembered of a page changes no answer."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixnews import language, witness
from fixnews.characters import filling, wording
from fixnews.characters.case import every
from fixnews.characters.suspects import find, windows
from fixnews.characters.weighing import packed, unpacked
from fixnews.contract import Context
from fixnews.filters.characters import propose
from fixnews.threads import one_thread
from fixnews.words import lexicon

PAGE = (
    "全市经挤形势总体穗定，城乡居民收入继续堤高，财政收人增幅居全省第一。\n"
    "各级党组织要把责任落到实外，抓紧抓好，推动各项工作取得新成郊。\n"
    "会议强凋，要坚持稳中求进工作总墓调，统筹发展和安仝。\n"
    "老人们在公园里锻炼身休，有说有笑；孩子们放凤筝，奔跑在草坪上。\n"
    "各国船长遣责这一行动，要求国际社会予以制正，并访间了港口。\n"
)
NOISE = "穗墓休外间，。\n \u3000一人入1aA"


def forget() -> None:
    """Start as a new process does."""
    for known in (filling.weigher, language.lines_of, witness.of):
        known.cache_clear()
    wording.measured.known.clear()


def edited(page: str, lot: random.Random) -> str:
    """A page with one to three characters put in, taken out or replaced."""
    for _ in range(lot.randint(1, 3)):
        at = lot.randrange(len(page))
        page = page[:at] + lot.choice(("", *NOISE)) + page[at + lot.randint(0, 1) :]
    return page


@settings(deadline=None, max_examples=12)
@given(st.integers(0, 1 << 20))
def test_a_page_is_judged_as_if_no_other_had_been_seen(seed: int) -> None:
    """A few rounds over one page, as the pipeline makes them: to the last bit."""
    lot, page = random.Random(seed), PAGE * 2
    with one_thread():
        for _ in range(3):
            page = edited(page, lot)
            again = list(propose(page, Context(read=PAGE)))
            forget()
            assert again == list(propose(page, Context(read=PAGE)))
            list(propose(edited(page, lot), Context()))


@pytest.mark.parametrize("network", [True, False], ids=["network", "no network"])
def test_only_what_is_near_a_change_is_weighed_again(*, network: bool) -> None:
    sources = every(None) if network else witness.sources(None)
    page = PAGE * 4
    whole = find(page, sources)
    known = filling.weigher(sources)
    asked, before = known.asked, known.worked_out
    changed = page[:300] + "堤" + page[301:]
    find(changed, sources)
    reach = filling.reach(sources)
    near = np.count_nonzero(whole.crowd[300 - reach - 1 : 300 + reach + 2])
    assert known.asked - asked > len(np.unique(whole.at))
    assert known.worked_out - before <= near + 2


def test_what_the_model_says_is_remembered_where_only_the_network_sees_a_change() -> None:
    """The words beside a place are weighed by themselves: they need not be weighed again."""
    sources, page = every(None), PAGE * 4
    forget()
    find(page, sources)
    before = wording.measured.worked_out
    find(page[:300] + "堤" + page[301:], sources)
    assert wording.measured.worked_out - before < 60


@given(
    st.lists(st.tuples(st.text("全面提升，\r \u3000abc1.5%𠮷\ud800", min_size=1), st.integers(0)))
)
def test_passages_are_cut_together_as_one_by_one(rows: list[tuple[str, int]]) -> None:
    rows = [(text, at % len(text)) for text, at in rows]
    wording.measured.known.clear()
    for (text, at), told in zip(rows, wording.measured(rows), strict=True):
        number, length, common = np.frombuffer(told)
        words = lexicon.cut(text)
        ends = np.cumsum([len(word) for word in words])
        assert number == len(words)
        assert length == len(words[int(np.searchsorted(ends, at, "right"))])
        assert common == sum(map(lexicon.commonness, words))


def test_windows_in_order_are_one_passage_and_others_are_not() -> None:
    page, at = PAGE.replace("\n", "") * 3, np.array([50, 53, 60, 200, 201])
    seen = windows(page, at, filling.SIGHT)
    text, places = filling.stitched(seen)
    width = 2 * filling.SIGHT + 1
    assert len(text) == (width + 10) + (width + 1)
    assert [text[n - filling.SIGHT : n + filling.SIGHT + 1] for n in places] == seen


@given(st.lists(st.integers(0, 5), max_size=20))
def test_answers_of_many_places_come_back_in_order(counts: list[int]) -> None:
    which = np.repeat(np.arange(len(counts)), counts)
    table = np.random.default_rng(0).random((len(which), 3))
    numbers, rows = unpacked(packed(which, table, len(counts)), 3)
    assert np.array_equal(numbers, which)
    assert np.array_equal(rows, table)
