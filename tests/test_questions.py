"""What was asked about a page before changes no answer about the next, and is not asked again."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixnews import language
from fixnews.changes import Edit
from fixnews.contract import Context
from fixnews.filters import marks
from fixnews.marks import confusion, habits, pointing, questions
from fixnews.marks.confusion import TARGETS
from fixnews.marks.habits import Asked

STORY = (
    "近日，记者在钟埭街道看到，渔民顾阿荣的船舱里堆满蟹笼和鳜鱼网兜*因此，他的妻子俞婉珍乐得\n"
    "合不拢嘴。\n\n"
    "今年以来；当湖镇先后疏浚河汊十七条，拆除围栏鱼簖四千余米·据镇里介绍，水质明显好转，白鹭\n"
    "又飞回来了\n\n"
    "据了解，镇里还请来农科院的裘亦鹏博士，“手把手教大家轮捕轮放。截至目前，已有六十三户渔家签\n"
    "下协议，*户均增收三万多元，日子越过越红火。\n\n"
    "各国船长遣责这一行动 ，要求国际社会予以制正*\n\n代表团访间了港口*随后会晤了市民代表*\n"
)


def forget() -> None:
    """Nothing has been asked yet."""
    questions._of.cache_clear()
    marks.finder.cache_clear()
    marks._surveyed.cache_clear()
    pointing.load().told.known.clear()


def proposed(page: str) -> list[Edit]:
    return list(marks.propose(page, Context(read=page)))  # type: ignore[arg-type]


@st.composite
def edited(draw: st.DrawFn) -> str:
    """The story with a few characters changed, lost or moved."""
    page = STORY
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(page) - 1))
        page = (
            page[:at]
            + draw(st.sampled_from(["", "，", "。", "*", "\n", "”", "经"]))
            + page[at + 1 :]
        )
    return page


@settings(max_examples=25, deadline=None)
@given(st.lists(edited(), min_size=1, max_size=3))
def test_a_page_is_told_as_if_it_were_the_first(pages: list[str]) -> None:
    after_others = [proposed(page) for page in pages]
    for page, told in zip(pages, after_others, strict=True):
        forget()
        assert proposed(page) == told


def test_only_what_is_near_a_change_is_asked_again() -> None:
    forget()
    proposed(STORY * 5)
    model, network = language.load(None), pointing.load().told
    answers = questions.of(model)
    recalls = language.lines_of(model), answers.signs, answers.gaps, answers.marks, network
    before = [recall.worked_out for recall in recalls]
    proposed(STORY * 4 + STORY.replace("请来", "请到"))
    new = [recall.worked_out - known for recall, known in zip(recalls, before, strict=True)]
    assert new[0] == 2, "its paragraph, and its printed line"
    assert sum(new) < 60 < sum(before)
    proposed(STORY * 5)
    assert [r.worked_out for r in recalls] == [b + n for b, n in zip(before, new, strict=True)]


def test_what_the_network_says_of_a_place_hangs_on_nothing_else() -> None:
    lot = random.Random(1)
    network = pointing.load().network
    rows = [np.array(lot.choices(range(3000), k=45), np.uint16).tobytes() for _ in range(70)]
    told = dict(zip(rows, network.answers(rows), strict=True))
    for size in (1, 2, 15, 16, 17, 69):
        some = lot.sample(rows, size)
        assert network.answers(some) == [told[row] for row in some]


@pytest.mark.parametrize("ask", ["signs", "gaps", "marks"])
def test_an_answer_hangs_on_its_question_alone(ask: str) -> None:
    forget()
    proposed(STORY)
    answers = questions.of(language.load(None))
    asked = list(getattr(answers, ask).known)
    assert len(asked) > 3
    alone = [getattr(answers.weighing, ask)([row])[0] for row in asked]
    assert alone == getattr(answers.weighing, ask)(asked)


class TestSums:
    """Passages with a mark put in, taken out, or joined, against the model's own door."""

    model = language.load(None)
    weighing = questions.Weighing.of(model)

    def codes(self, text: str) -> np.ndarray:
        return self.model.codes(text).astype(np.int64)[None]

    def score(self, text: str, *, last: int) -> float:
        return float(self.model.score(text)[-last:].astype(np.float64).sum())

    @pytest.mark.parametrize(
        ("mark", "becomes", "last"), [("，", "经济稳，定人民", 4), (None, "经济稳定人民", 3)]
    )
    def test_a_sign_replaced_or_taken_out(self, mark: str | None, becomes: str, last: int) -> None:
        candidate = confusion.NOTHING if mark is None else TARGETS.index(mark)
        made = self.weighing.replaced(self.codes("经济稳*定人民"), np.array([candidate]))
        assert made[0] == self.score(becomes, last=last)

    @pytest.mark.parametrize(
        ("passage", "cut", "mark", "becomes", "last"),
        [
            ("经济稳定人民", False, "，", "经济稳，定人民", 4),
            ("经济稳\n定人", True, "，", "经济稳，定人", 3),
            ("经济稳\n定人", True, None, "经济稳定人", 2),
            ("经济稳\n定人", False, "。", "经济稳。\n定人", 4),
        ],
        ids=["inside", "joined-with-a-comma", "joined", "two-paragraphs"],
    )
    def test_a_gap(
        self, passage: str, *, cut: bool, mark: str | None, becomes: str, last: int
    ) -> None:
        candidate = confusion.NOTHING if mark is None else TARGETS.index(mark)
        of = np.array([candidate]), np.array([cut])
        assert self.weighing.inserted(self.codes(passage), *of)[0] == self.score(becomes, last=last)


@given(st.lists(st.tuples(st.integers(0, 5), st.floats(-20, 0), st.floats(-20, 0)), min_size=1))
def test_two_judges_together_say_what_each_says_alone(rows: list[tuple[int, float, float]]) -> None:
    """The habits that one of them sees are not those of the other."""
    site, one, two = map(np.array, zip(*sorted(rows), strict=True))
    number = np.unique(site, return_inverse=True)[1]
    candidate = np.arange(len(site)) % 3
    kept = np.full(len(site), -9.0)
    views = [Asked(site, candidate, made, kept) for made in (one, two)]
    sign = 40 + number[views[0].first] % 2
    alone = np.zeros_like(sign), np.array([500])
    of = (
        sign,
        np.full(len(sign), 4),
        (np.array([40, 41]), np.array([4, 4]), np.zeros(2, int)),
        alone,
    )
    both = habits.misreadings(views, *of)
    for together, view in zip(both, views, strict=True):
        ((odds, habit),) = habits.misreadings([view], *of)
        assert np.array_equal(together[0], odds)
        assert np.array_equal(together[1], habit)
    read = np.full((1, 4, confusion.FOREIGN + 1), 10.0)
    where = number % 4, np.zeros(len(site)), read, np.zeros_like(number)
    for together, view in zip(habits.losses(views, *where), views, strict=True):
        ((odds, habit),) = habits.losses([view], *where)
        assert np.array_equal(together[0], odds)
        assert np.array_equal(together[1], habit)
