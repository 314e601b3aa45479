"""Whatever boxes a file has: a page put in order has every character of every word once."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixnews.order.gutters import SQUARES, em, gutters
from fixnews.order.page_text import in_reading_order
from fixnews.order.placed import cells
from fixnews.positions import NOWHERE, Box, PrintedLine, Reading, Word

pytestmark = pytest.mark.filterwarnings("error")

SOMEWHERE = st.one_of(
    st.integers(0, 12).map(lambda n: n * 30.0),
    st.sampled_from((0.0, -0.0, -40.0, 100.0, 280.5)),
    st.floats(-3e3, 3e3, allow_subnormal=False),
    st.sampled_from((9e5, -9e5, 1e9, -1e300, 1e308)),
)
"""A place: on a grid more often than not, so that lines stand in columns and boxes are equal."""

EXTENT = st.one_of(
    st.sampled_from((0.0, 20.0, 22.0, 60.0, 240.0)),
    st.floats(-50, 900, allow_subnormal=False),
    st.sampled_from((1e-9, 1e6, 1e300)),
)
"""From one side to the other: also nothing, and backwards."""

TEXT = st.text(alphabet="平湖基层党建，。a1 ■記者本报讯（", min_size=1, max_size=14)


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    left, top = draw(SOMEWHERE), draw(SOMEWHERE)
    return Box(left, top, left + draw(EXTENT), top + draw(EXTENT))


@st.composite
def words(draw: st.DrawFn) -> Word:
    text, box = draw(TEXT), draw(boxes())
    name = draw(st.sampled_from(("", "word_1")))
    if draw(st.integers(0, 4)):
        return Word(text, box, name)
    edges = st.tuples(SOMEWHERE, SOMEWHERE)
    return Word(text, box, name, cells=tuple(draw(edges) for _ in text))


@st.composite
def lines(draw: st.DrawFn) -> PrintedLine:
    found = tuple(draw(st.lists(words(), min_size=1, max_size=3)))
    box = draw(st.sampled_from((Box.around(*(word.box for word in found)), NOWHERE)))
    return PrintedLine(found, box, draw(st.integers(0, 2)))


def readings(size: int) -> st.SearchStrategy[Reading]:
    return st.lists(lines(), max_size=size).map(lambda found: Reading(tuple(found)))


def check(page: Reading) -> None:
    text, slots, *_ = in_reading_order(page)
    told: Counter[tuple[int, int, int]] = Counter()
    end = 0
    for start, stop, strip in slots:
        assert end <= start < stop
        assert not text[end:start].strip()
        end = stop
        word = page.lines[strip.line].words[strip.word]
        assert text[start:stop] == word.text[strip.start : strip.end]
        told.update((strip.line, strip.word, at) for at in range(strip.start, strip.end))
    assert not text[end:].strip()
    assert told == Counter(
        (n, m, at)
        for n, line in enumerate(page.lines)
        for m, word in enumerate(line.words)
        for at in range(len(word.text))
    )


@settings(max_examples=200, deadline=None)
@given(readings(8))
def test_few_lines(page: Reading) -> None:
    check(page)


@settings(max_examples=40, deadline=None)
@given(readings(60))
def test_many_lines(page: Reading) -> None:
    check(page)


@settings(max_examples=40, deadline=None)
@given(words(), st.integers(1, 9), SOMEWHERE)
def test_the_same_line_again_and_again(word: Word, count: int, step: float) -> None:
    """Side by side or below each other: none is taken for the next of the other and lost."""
    again = [
        PrintedLine(
            (word._replace(box=word.box._replace(left=word.box.left + n * step)),), word.box
        )
        for n in range(count)
    ]
    check(Reading((*again, *again)))


def test_a_character_read_twice_at_one_place() -> None:
    """Each was the next column to the right of the other: a ring that no row began with."""
    line = Word("平湖基层党建辨识度高", Box(0, 300, 200, 320))
    twice = [Word(text, Box(0, 0, 25, 20)) for text in "江城"]
    check(Reading(tuple(PrintedLine((word,), word.box) for word in (*twice, line))))


def test_boxes_that_run_backwards_tell_no_size_of_type() -> None:
    """Bands of stories a negative number of pixels high never came to an end."""
    rows = [Word("平湖基层党建", Box(200, n * 40, 100, n * 40 + 20)) for n in range(4)]
    assert em(cells(Reading(tuple(PrintedLine((word,), word.box) for word in rows)))) > 0


def test_a_stray_box_costs_no_more_than_a_page() -> None:
    """The grid in which gutters are looked for was as wide as the box is far."""
    near = Word("平湖基层党建辨识度高", Box(0, 0, 200, 20))
    far = Word("远", Box(9e5, 9e5, 9e5 + 20, 9e5 + 20))
    page = Reading(tuple(PrintedLine((word,), word.box) for word in (near, far)))
    seen = cells(page)
    assert gutters(seen, em(seen)).free.size <= (SQUARES + 4) ** 2
    check(page)
