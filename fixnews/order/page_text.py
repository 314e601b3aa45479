"""A page set as text in the order in which it is read.

What the file says of its own order stands, and so does a file whose order is right already: its
stories are then only told apart. Elsewhere the order is found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from fixnews.formats.setting import Arrangement, in_file_order
from fixnews.order.arranging import Page, Story, arranged
from fixnews.order.doubts import Unsure
from fixnews.order.pieces import Piece
from fixnews.order.placed import Cells
from fixnews.order.segments import Segment
from fixnews.positions import NOWHERE, Box, Doubt, Reading, Strip, part

INDENT = "　　"
"""What stands before the first line of a paragraph that stands in, as it is typed in Chinese."""

TURNED = 30.0
"""Degrees from which a page was scanned on its side or on its head: its boxes are not read."""

FAR = 1e6
"""Pixels from which a place is none: at 600 dots an inch it is forty metres away."""


def in_reading_order(reading: Reading, model: Path | None = None) -> Arrangement:
    """The text of a reading, story by story.

    Args:
        reading: a page of a file.
        model: the language model to ask, by default the one that is shipped.
    """
    return (
        page_text(arranged(reading, model), reading)
        if unordered(reading)
        else in_file_order(reading)
    )


def unordered(reading: Reading) -> bool:
    """Whether the order of a page is to be found: the file does not say it, and has boxes."""
    return not reading.ordered and abs(reading.turned) < TURNED and _placed(reading)


def _placed(reading: Reading) -> bool:
    """Whether the words of a page have boxes of their own, on paper that there can be."""
    words = [word for line in reading.lines for word in line.words]
    boxes = [word.box for word in words]
    places = (*boxes, *(line.box for line in reading.lines), *(c for w in words for c in w.cells))
    near = all(max(map(abs, place)) < FAR for place in places)
    return near and NOWHERE not in boxes and len(set(boxes)) > 1


def page_text(page: Page, reading: Reading) -> Arrangement:
    """An arranged page as text.

    A line a line, indents as they are typed, blank lines between headings, bylines and stories.

    Args:
        page: the page in order.
        reading: what it was made of.
    """
    parts: list[str] = []
    slots: list[tuple[int, int, Strip]] = []
    stands: dict[int, tuple[int, int]] = {}
    at = 0
    for number, block in enumerate(chain.from_iterable(_blocks(story) for story in page.stories)):
        lead = "\n" if number else ""
        for line, before in block:
            parts.append(lead + before)
            at += len(lead) + len(before)
            start = at
            for blank, strip, text in _strips(page.cells, line):
                parts += (blank, text)
                slots.append((at + len(blank), at + len(blank) + len(text), strip))
                at += len(blank) + len(text)
            stands[id(line)] = start, at
            parts.append("\n")
            at, lead = at + 1, ""
    doubts = sorted(_doubt(one, page, reading, stands) for one in page.unsure)
    return Arrangement("".join(parts), tuple(slots), tuple(doubts))


def _doubt(
    one: Unsure, page: Page, reading: Reading, stands: Mapping[int, tuple[int, int]]
) -> Doubt:
    """A seam that is not sure, at its place in the text."""
    first = one.beside.lines[0]
    start, end = stands[id(one.part.lines[-1])]
    numbers = page.number(one.part), page.number(one.beside)
    box = line_box(page, reading, first)
    return Doubt(start, end, *numbers, one.linked, one.margin, first.text, box)


def line_box(page: Page, reading: Reading, line: Piece) -> Box:
    """Where a line stands on the page as it was read, not turned straight."""
    strips = (strip for _, strip, _ in _strips(page.cells, line))
    return Box.around(*(_cut(reading, strip, upright=page.upright) for strip in strips))


def _cut(reading: Reading, strip: Strip, *, upright: bool) -> Box:
    """The box of a part of a word; in a vertical line what is cut of it is height."""
    word = reading.lines[strip.line].words[strip.word]
    if not upright:
        return part(word, strip.start, strip.end)
    left, top, right, bottom = word.box
    lying = word._replace(box=Box(top, left, bottom, right), cells=())
    top, left, bottom, right = part(lying, strip.start, strip.end)
    return Box(left, top, right, bottom)


def _blocks(story: Story) -> Iterator[list[tuple[Piece, str]]]:
    """The lines of a story with what stands before each: its headings, its bylines, its text."""
    for kind in (True, False):
        lines = [(line, "") for one in story.heads if one.heading is kind for line in one.lines]
        if lines:
            yield lines
    text = [(line, before) for one in story.body for line, before in _indented(one)]
    if text:
        yield text


def _indented(one: Segment) -> Iterator[tuple[Piece, str]]:
    for line in one.lines:
        stands_in = one.stands_in(line) and not line.text.startswith(INDENT[0])
        yield line, INDENT if stands_in else ""


def _strips(seen: Cells, line: Piece) -> Iterator[tuple[str, Strip, str]]:
    """The parts of words that a line is made of, each with the blank before it."""
    before = ""
    for first, end in _runs(seen, line.cells.tolist()):
        text = seen.text[first:end]
        of_line, word, start = seen.strips[first]
        strip = Strip(of_line, word, start, start + end - first)
        blank = " " if _latin(before) and _latin(text[0]) else ""
        yield blank, strip, text
        before = text[-1]


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _runs(seen: Cells, cells: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Characters that follow one another in one word, together: the first, and behind the last."""
    first = end = cells[0]
    strips = seen.strips
    for n in cells:
        if n != end or (n > first and strips[n][2] != strips[n - 1][2] + 1):
            yield first, end
            first = n
        end = n + 1
    yield first, end
