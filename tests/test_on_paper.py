"""What paper says of proposals that were made from text."""

from __future__ import annotations

import pytest

from fixnews.changes import Edit, Safety
from fixnews.contract import ByPage, Context
from fixnews.draft import Draft
from fixnews.filters.on_paper import BEYOND, SURE, characters, joins
from fixnews.impression import Impressions
from fixnews.positions import Box, PrintedLine, Reading, Word
from fixnews.source import Source
from tests.composing_room import as_source, column, head, in_words, rows_of, story

TITLE, TEXT = (
    "石桥镇办起社区书屋",
    "书屋里有三千册图书，农闲时来的人最多，孩子们放学也在这里写作业，一直坐到天黑",
)
SHEET = (head(TITLE, column(0) + 40), story(TEXT, (column(0),)))


def paper() -> Impressions:
    return Impressions.of(Draft.of(as_source(in_words(rows_of(SHEET)))))


def join(found: Impressions, before: str, behind: str) -> Edit:
    text = found.draft.text
    start, end = text.index(before) + len(before), text.index(behind)
    return Edit(start, end, "", "BRK102", "the break is inside a sentence", 0.99)


def test_a_headline_is_not_joined_to_its_story() -> None:
    found = paper()
    assert not list(joins([join(found, TITLE, "书屋里")], found))


def test_lines_of_one_paragraph_are() -> None:
    """The contrast: both are of the body's size, and nothing sets them off."""
    found = paper()
    text = found.draft.text
    first = text.index("\n", text.index("书屋里"))
    edit = Edit(first, first + 1, "", "BRK103", "the line is full", 0.99)
    assert list(joins([edit], found)) == [edit]


def confident(sure: float) -> Impressions:
    lines = tuple(
        PrintedLine((Word(text, box, confidence=sure),), box)
        for n, text in enumerate(("石桥镇办起社区书屋", "书屋里有三千册图书"))
        if (box := Box(0, n * 30, 180, n * 30 + 20))
    )
    return Impressions.of(Draft.of(as_source(Reading(lines))))


def change(safety: Safety, restraint: float) -> Edit:
    told = (("restraint", f"{restraint:.1f}"),)
    return Edit(1, 2, "桥", "OCR101", "reads better", 0.9, safety, evidence=told)


@pytest.mark.parametrize(
    ("sure", "safety", "restraint", "becomes", "reason"),
    [
        (0.5, "safe", 1.5, "safe", "the recogniser was not sure"),
        (0.5, "unsafe", -1.0, "unsafe", "nor here: offered as before"),
        (SURE, "safe", 1.5, "unsafe", "it was sure: offered only"),
        (SURE, "safe", BEYOND, "safe", "the text outweighs it"),
        (SURE, "unsafe", -1.0, None, "what is likelier right than not is not offered"),
    ],
)
def test_a_recogniser_that_was_sure_is_heard(
    sure: float, safety: Safety, restraint: float, becomes: Safety | None, reason: str
) -> None:
    found = list(characters([change(safety, restraint)], confident(sure)))
    assert [one.safety for one in found] == ([becomes] if becomes else []), reason
    assert all(("recogniser", f"{sure:.2f} sure") in one.evidence for one in found)


def test_without_a_confidence_nothing_is_said() -> None:
    found = paper()
    assert list(characters([change("safe", 1.5)], found)) == [change("safe", 1.5)]


def test_a_page_of_text_is_not_held_against_paper() -> None:
    def reads(_text: str, _context: Context) -> list[Edit]:
        return [Edit(0, 1, "", "X", "")]

    read = ByPage(reads, on_paper=lambda _found, _paper: [])
    assert len(list(read(Draft.of(Source("A1.txt", "头版")), Context()))) == 1
    assert not list(read(Draft.of(as_source(in_words(rows_of(SHEET)))), Context()))
