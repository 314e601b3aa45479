"""A page in its order as it is shown to people: blocks with numbers, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from fixnews.order.arranging import Page, arranged
from fixnews.order.page_text import line_box, unordered
from fixnews.order.segments import Segment
from fixnews.positions import Box, PrintedLine, Reading

HEADLINE, BYLINE, TEXT = "headline", "byline", "text"


@dataclass(frozen=True, slots=True)
class Block:
    """What is read as one.

    Attributes:
        number: from 1, in the order in which the page is read.
        story: the number of its story, from 1.
        kind: ``headline``, ``byline`` or ``text``.
        lines: what it says.
        boxes: where each line stands, in pixels of the page as it was read.
    """

    number: int
    story: int
    kind: str
    lines: tuple[str, ...]
    boxes: tuple[Box, ...]

    @property
    def box(self) -> Box:
        """Around all its lines."""
        return Box.around(*self.boxes)


@dataclass(frozen=True, slots=True)
class Seam:
    """A place where the order is not sure.

    Attributes:
        block, beside: the numbers of a column and of the next one to its right.
        linked: whether the first is read on in the second; the rival is that a story ends there,
            else that it goes on.
        margin: what the rival costs more, in log odds.
    """

    block: int
    beside: int
    linked: bool
    margin: float


@dataclass(frozen=True, slots=True)
class Outline:
    """A page in its order.

    Attributes:
        reading: the page as it was read.
        blocks: in their order.
        seams: where it is not sure.
        found: whether the order was found; else it is that of the file.
        upright: whether the page is set in vertical lines.
    """

    reading: Reading
    blocks: tuple[Block, ...]
    seams: tuple[Seam, ...] = ()
    found: bool = True
    upright: bool = False

    @property
    def links(self) -> list[tuple[Block, Block]]:
        """The blocks of a story that follow one another."""
        pairs = zip(self.blocks, self.blocks[1:], strict=False)
        return [(one, other) for one, other in pairs if one.story == other.story]


def outlined(reading: Reading, model: Path | None = None, *, as_in_file: bool = False) -> Outline:
    """A page in the order in which it is read.

    Args:
        reading: a page of a file.
        model: the language model to ask, by default the one that is shipped.
        as_in_file: leave the lines in the order of the file.
    """
    if as_in_file or not unordered(reading):
        return Outline(reading, tuple(_in_file(reading)), found=False)
    page = arranged(reading, model)
    seams = (
        Seam(page.number(one.part), page.number(one.beside), one.linked, one.margin)
        for one in page.unsure
    )
    ordered = tuple(sorted(seams, key=lambda seam: seam.block))
    return Outline(reading, tuple(_found(page, reading)), ordered, True, page.upright)


def _found(page: Page, reading: Reading) -> Iterator[Block]:
    number = 0
    for story, told in enumerate(page.stories, 1):
        for part in told.parts:
            number += 1
            boxes = tuple(line_box(page, reading, line) for line in part.lines)
            yield Block(number, story, _kind(part), tuple(x.text for x in part.lines), boxes)


def _kind(part: Segment) -> str:
    return HEADLINE if part.heading else BYLINE if part.name else TEXT


def _in_file(reading: Reading) -> Iterator[Block]:
    """The blocks of the file, each by itself: nothing is known of stories."""
    runs = groupby(reading.lines, key=lambda line: line.block)
    for number, (_, lines) in enumerate(runs, 1):
        held = list(lines)
        yield Block(number, number, TEXT, tuple(map(_text, held)), tuple(x.box for x in held))


def _text(line: PrintedLine) -> str:
    return "".join(word.text for word in line.words)
