"""Pages that are looked at side by side: of each is said what would be said of it alone."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fixnews
from fixnews import api
from fixnews.changes import Edit
from fixnews.filters import CHAIN, ByPage, Context, Filter, Selection, breaks, characters, marks
from fixnews.layout import look, odds
from fixnews.layout.faces import faces
from fixnews.layout.page import kept_lines
from fixnews.layout.reading import read
from fixnews.marks import questions
from fixnews.marks.sheets import MARGIN, Sheets
from fixnews.pipeline import repair, repair_each, threshold
from fixnews.source import Source
from fixnews.threads import one_thread

PAGES = (
    "近日，记者在钟埭街道看到，渔民顾阿荣的船舱里堆满蟹笼和鳜鱼网兜*因此，他乐得\n合不拢嘴。\n",
    "今年以来；当湖镇先后疏浚河汊十七条，拆除围栏鱼簖四千余米·据镇里介绍\n",
    "各国船长遣责这一行动 ，要求国际社会予以制正*\n\n代表团访间了港口*随后会晤了市民代表*\n",
    "“手把手教大家轮捕轮放。截至目前，已有六十三户渔家签下协议，*户均增收三万多元",
    "全市经济工作会议昨天召开，会议要求\n各地认真贯彻落实中央决策部署，推动\n经济平稳健康发展。\n",
    "全市经挤工作会议咋天召幵。会议要求各地抓紧落买，迸一步提髙质量，维护群众利盖。\n",
    "下转第二版\n", "一", "。", "”一“", "++报名-笔试-面试++", "abc (1) 1,000.5 %\n",
)  # fmt: skip


def damaged(lot: random.Random) -> str:
    """A page of one to three passages, a few characters changed, lost or put in."""
    page = "\n".join(lot.choices(PAGES, k=lot.randint(1, 3)))
    for _ in range(lot.randint(0, 5)):
        at = lot.randrange(len(page) + 1)
        page = page[:at] + lot.choice(["", "，", "*", "\n", "”", "·", "经"]) + page[at + 1 :]
    return page


def forget() -> None:
    """Nothing has been asked yet."""
    marks.finder.cache_clear()
    marks._surveyed.cache_clear()
    questions._of.cache_clear()
    for asked in (faces, look.all_settings, kept_lines):
        asked.clear()
    for kept in (look.looks, look.across, odds.weigher):
        kept.cache_clear()


@settings(max_examples=20, deadline=None)
@given(st.integers(0), st.integers(2, 9))
def test_marks_of_pages_side_by_side_are_those_of_each(seed: int, count: int) -> None:
    lot = random.Random(seed)
    pages = [damaged(lot) for _ in range(count)]
    with one_thread():
        forget()
        together = marks.finder(None)(pages)
        alone = []
        for page in pages:
            forget()
            alone += marks.finder(None)([page])
    assert together == alone


@pytest.mark.parametrize("filter_", [marks, characters, breaks], ids=lambda f: f.__name__)
def test_what_was_foreseen_changes_no_answer(filter_: Filter) -> None:
    lot = random.Random(3)
    pages = [damaged(lot) * 4 for _ in range(12)]

    def proposed() -> list[list[Edit]]:
        return [list(filter_.propose(page, Context(read=page))) for page in pages]

    with one_thread():
        filter_.foresee(pages, Context())
        foreseen = proposed()
        forget()
        assert foreseen == proposed()
    assert any(foreseen)


def test_texts_of_a_list_are_repaired_as_each_alone() -> None:
    lot = random.Random(5)
    texts = ["", "\n", *(damaged(lot) for _ in range(70))]
    many = list(fixnews.fix_many(texts))
    forget()
    assert many == [fixnews.fix(text) for text in texts]


@settings(max_examples=8, deadline=None)
@given(st.integers(0), st.integers(1, 30), st.integers(1, 12))
def test_of_whatever_list_a_text_is_it_is_repaired_as_alone(
    seed: int, count: int, lot: int
) -> None:
    chance = random.Random(seed)
    texts = [damaged(chance) * chance.choice([1, 1, 1, 9]) for _ in range(count)]
    forget()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(api, "TOGETHER", lot)
        many = list(fixnews.fix_many(texts))
    forget()
    assert many == [fixnews.fix(text) for text in texts]


def test_every_place_knows_its_page() -> None:
    seen = Sheets.of(read("雨停 了。\n人散了"), read("好"))
    margin = "\n" * MARGIN
    assert seen.text == f"雨停了。人散了{margin}好{margin}"
    assert seen.first.tolist() == [0, 7 + MARGIN]
    assert seen.end.tolist() == [7, 8 + MARGIN]
    assert seen.starts.tolist() == [0, 4, 7 + MARGIN]
    assert seen.ends.tolist() == [4, 7, 8 + MARGIN]
    assert seen.count(seen.points == ord("了")).tolist() == [2, 0]
    assert np.flatnonzero(~seen.inside).tolist() == [7, 8, 9, 11, 12, 13]


class Watched:
    """A filter that takes commas off, and writes down what it is shown and what it reads."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.seen: list[str] = []

    def foresee(self, pages: Sequence[str], _: Context) -> None:
        assert not set(pages) & set(self.seen)
        self.shown += pages

    def read(self, page: str, _: Context) -> list[Edit]:
        self.seen.append(page)
        at = page.find(",")
        return [Edit(at, at + 1, "", "PUN101", "", 1.0)] if at >= 0 else []

    @property
    def link(self) -> Filter:
        (known,) = (link for link in CHAIN if link.name == "punctuation")
        return Filter(known.name, known.rules, ByPage(self.read, self.foresee), "")


def test_a_filter_is_shown_what_it_will_read_and_nothing_twice() -> None:
    watched = Watched()
    sources = [Source(str(n), text) for n, text in enumerate(("一,二,三", "雨停了", "四,五"))]
    done = repair(sources, chain=(watched.link,))
    assert done.texts == ("一二三", "雨停了", "四五")
    assert watched.shown == watched.seen
    assert sorted(map(len, watched.shown)) == [2, 3, 3, 3, 4, 5]


def test_texts_that_settle_late_keep_no_other_waiting() -> None:
    texts = [(Source(str(n), text), Context()) for n, text in enumerate(("雨停了。", "党，代会,"))]
    done = repair_each(texts, threshold(), Selection())
    assert [one.texts for one in done] == [repair([source]).texts for source, _ in texts]
    assert repair_each([], threshold(), Selection()) == []
