"""How the lines of a draft are printed: in units of the page's own type, whatever was repaired."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from fixnews.changes import Edit
from fixnews.draft import Draft
from fixnews.impression import Impression, Impressions, body
from fixnews.positions import NOWHERE, Box, PrintedLine, Reading, Word
from fixnews.source import Source
from tests.composing_room import (
    LIBRARY,
    Print,
    as_source,
    column,
    head,
    in_rows,
    in_words,
    rows_of,
    story,
    upright,
)

TITLE = "石桥镇办起社区书屋"
SHEET = (head(TITLE, column(0) + 80), story(LIBRARY, (column(0), column(1))))


def told(draft: Draft, words: str) -> Impression:
    at = draft.text.index(words)
    found = Impressions.of(draft).at(at, at + len(words))
    assert found
    return found


@pytest.mark.parametrize("engine", [in_words, in_rows])
def test_a_headline_is_as_many_times_the_body_as_it_is_set(
    engine: Callable[[Iterable[Print]], Reading],
) -> None:
    draft = Draft.of(as_source(engine(rows_of(SHEET))))
    assert told(draft, TITLE).size == pytest.approx(2, abs=0.1)
    assert told(draft, TITLE).large
    assert told(draft, LIBRARY[:8]).size == pytest.approx(1, abs=0.1)
    assert not told(draft, LIBRARY[:8]).large


def test_vertical_lines_are_measured_along_and_across() -> None:
    draft = Draft.of(as_source(upright(in_rows(rows_of(SHEET)), 2000)))
    assert told(draft, TITLE).large
    assert not told(draft, LIBRARY[:8]).large


def test_a_line_that_was_repaired_is_printed_as_it_was() -> None:
    draft = Draft.of(as_source(in_rows(rows_of(SHEET))))
    at = draft.text.index(TITLE)
    better = draft.revise([Edit(at + 1, at + 2, "桥"), Edit(at + 3, at + 4, "")])
    repaired = told(better, TITLE[:3] + TITLE[4:])
    assert repaired.large
    assert repaired.size == pytest.approx(2, abs=0.3), "a character that went leaves its place"


@pytest.mark.parametrize(("size", "height"), [(1.5, 1.4), (1.22, 1.2)])
def test_large_type_is_wide_and_high(size: float, height: float) -> None:
    assert Impression(size, height).large


@pytest.mark.parametrize(
    ("size", "height", "reason"),
    [
        (1.5, 1.0, "characters were lost: it seems wide and is no higher"),
        (1.0, 2.0, "a stain on a line of the body"),
        (1.18, 1.6, "a byline in another face"),
    ],
)
def test_what_is_only_wide_or_only_high_is_not(size: float, height: float, reason: str) -> None:
    assert not Impression(size, height).large, reason


def test_a_page_of_text_has_no_impressions() -> None:
    assert Impressions.of(Draft.of(Source("A1.txt", "头版"))).at(0, 2) is None


def test_what_is_in_no_word_has_no_place() -> None:
    draft = Draft.of(as_source(in_rows(rows_of(SHEET))))
    at = draft.text.index("\n\n")
    assert Impressions.of(draft).at(at, at + 2) is None


def test_the_confidence_of_a_line_is_the_mean_of_its_words() -> None:
    words = tuple(
        Word(text, Box(n * 60, 0, n * 60 + 60, 20), confidence=sure)
        for n, (text, sure) in enumerate([("石桥镇", 0.9), ("办书屋", 0.5)])
    )
    reading = Reading((PrintedLine(words, Box(0, 0, 120, 20)),))
    assert told(Draft.of(as_source(reading)), "石桥镇办书屋").sure == pytest.approx(0.7)


@pytest.mark.parametrize(
    "lines",
    [
        (),
        (PrintedLine((Word("短", Box(0, 0, 20, 20)),), Box(0, 0, 20, 20)),),
        (PrintedLine((Word("石桥镇办起书屋", NOWHERE),), NOWHERE),),
    ],
    ids=["nothing on it", "no line long enough", "boxes that are none"],
)
def test_a_page_whose_type_nobody_can_tell_has_no_body(lines: tuple[PrintedLine, ...]) -> None:
    assert body(Reading(lines)) is None
