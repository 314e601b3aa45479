"""How lines begin and end: what reads like an opening, a finished headline, a piece."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from fixnews.errors import DataError
from fixnews.layout.edges import OPENS, SLOTS, load, slots_of

OPENS_A_PARAGRAPH, IS_FINISHED, IS_HEADLINE = range(3)

HIGHER = [
    (
        OPENS_A_PARAGRAPH,
        "记者从市水务局获悉，新的",
        "的负责人告诉记者，新的",
        "的 leans on what is before",
    ),
    (OPENS_A_PARAGRAPH, "近年来，该区不断完善", "着力完善基层服务的", "时间开头 against a verb"),
    (
        OPENS_A_PARAGRAPH,
        "新華社北京報道，會議",
        "的會議上表示，將會",
        "traditional characters fold",
    ),
    (IS_FINISHED, "全市防汛工作会议召开", "全市防汛工作会议的", "的 wants its noun"),
    (IS_FINISHED, "老旧小区改造提速", "老旧小区改造提速后，居", "a word is cut"),
    (IS_HEADLINE, "我市召开防汛工作会议", "防汛工作会议上说，我市", "a comma, no verb at the end"),
    (IS_HEADLINE, "一座老码头的第二春", "了一座老码头的第二", "begins with 了"),
]


@pytest.mark.parametrize(("question", "more", "less", "why"), HIGHER)
def test_more_than(question: int, more: str, less: str, why: str) -> None:
    found = load().of_lines([more, less])
    assert found[0, question] > found[1, question] + 1, why


def test_two_texts_meet_at_a_headline_more_than_inside_a_sentence() -> None:
    headline, inside = load().across(
        [
            ("我市防汛工作会议召开", "记者昨天从会上获悉，全市防汛工作"),
            ("记者昨天从会上获悉，全市防汛工作", "已经准备就绪"),
        ]
    )
    assert headline > inside + 1


def test_what_is_said_of_a_line_follows_from_the_line_alone() -> None:
    """To the last bit: what is remembered of a line must not depend on those asked beside it."""
    lines = [text for _, more, less, _ in HIGHER for text in (more, less, more[:3], less * 5)]
    pairs = list(pairwise(lines))
    one_by_one = [load().of_lines([line])[0].tolist() for line in lines]
    assert load().of_lines(lines).tolist() == one_by_one
    assert load().across(pairs).tolist() == [float(load().across([p])[0]) for p in pairs]


def test_a_long_line_is_not_asked_whether_it_is_a_headline() -> None:
    assert load().of_lines(["市" * 41])[0, IS_HEADLINE] == 0


def test_width_and_digits_count_as_one() -> None:
    first, second = load().of_lines(["3月5日,市水务局(办公室)", "7月2日，市水务局（办公室）"])
    assert np.allclose(first, second)


def test_what_lies_beyond_a_line_does_not_count() -> None:
    """A line of one character has one run of one; longer ones hold the line's end."""
    rows = np.full((1, 8), 1, dtype=np.uint64)
    rows[0, 0] = 77
    counted = [counts.sum() for _, counts in slots_of(OPENS, rows)]
    assert counted == [1, 1, 0, 1, 0, 1]
    assert all(slots.max() < 1 << SLOTS for slots, _ in slots_of(OPENS, rows))


def test_a_missing_table_is_an_error() -> None:
    with pytest.raises(DataError, match="reinstall"):
        load(Path("nowhere.npz"))
