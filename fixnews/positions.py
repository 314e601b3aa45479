"""Where the words of a page stand on the paper, as a recogniser told it.

OCR formats hold words with boxes, not prose. A reader in `formats` makes `Reading`s of a file, one
a page; `order` finds in which order their lines are read; the text of the `Source` is that order,
and its `Positions` lead from each character of the text back to the word it was read in.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple


class Box(NamedTuple):
    """A rectangle with upright sides, in pixels of the reading's own picture, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @classmethod
    def around(cls, *boxes: Box) -> Box:
        """The smallest box that holds all of these.

        >>> Box.around(Box(0, 0, 10, 5), Box(8, 2, 20, 9))
        Box(left=0, top=0, right=20, bottom=9)
        """
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return cls(min(lefts), min(tops), max(rights), max(bottoms))


NOWHERE = Box(0.0, 0.0, 0.0, 0.0)
"""The box of what has no position that makes sense, where nothing around it has one either."""


class Word(NamedTuple):
    """What a format gives a box of its own: a word, a character, or a whole line.

    Attributes:
        text: what was read; never empty, without line breaks.
        box: where.
        name: what the file calls it (an id), or where it stands in it (``row 17``).
        confidence: 0 to 1, how sure the recogniser is; None where the file does not say.
        cells: the left and right edge of each character, where the file gives them.
        alternatives: what else may stand there, the best first, each with its confidence.
    """

    text: str
    box: Box
    name: str = ""
    confidence: float | None = None
    cells: tuple[tuple[float, float], ...] = ()
    alternatives: tuple[tuple[str, float], ...] = ()


class PrintedLine(NamedTuple):
    """A line as the recogniser found it.

    Attributes:
        words: in the order of the file; never empty.
        box: of the line; where the file gives none, around its words.
        block: the number of the block that the file puts it in, from 0, in the order of the file.
        size: the size of type in pixels, where the file says; else 0.
        name: what the file calls it.
    """

    words: tuple[Word, ...]
    box: Box
    block: int = 0
    size: float = 0.0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A page as a recogniser read it.

    Attributes:
        lines: in the order of the file.
        width, height: of the picture, in pixels; 0 where the file does not say.
        scan: the picture that the file names, or nothing.
        turned: how far the page was turned when it was read, in degrees clockwise.
        ordered: whether the file itself says in which order its blocks are read, other than by
            their order in the file; ``lines`` follow it then.
        name: what the file calls the page.
        notes: what is odd about it, for people: words without a box, another unit than pixels.
    """

    lines: tuple[PrintedLine, ...]
    width: float = 0.0
    height: float = 0.0
    scan: str = ""
    turned: float = 0.0
    ordered: bool = False
    name: str = ""
    notes: tuple[str, ...] = ()


class Strip(NamedTuple):
    """Characters ``start`` to ``end`` of a word: a word read across a gutter is cut in two.

    ``line`` and ``word`` count from 0, in the reading and in the line.
    """

    line: int
    word: int
    start: int
    end: int


class Slot(NamedTuple):
    """``text[start:end]`` of a source are the characters of a strip of a page of the file."""

    start: int
    end: int
    page: int
    strip: Strip


UNSURE = 2.0
"""Log odds below which the other way is named. On the issues that it was set on, 502 seams between
two columns in 48 readings, 19 have less and 13 of these are read wrongly; of the 79 with 2 to 5 two
are. On issues that it was not set on 5 of 216 have less, none of them wrong. The readings are of 16
pages, so these are few cases, often met. What is read wrongly with more than 5 (18 and 7) is mostly
something else, which no margin tells: a byline or a jump line taken for the head of a column."""


class Doubt(NamedTuple):
    """A place of a text behind which it is not sure what is read.

    Blocks are numbered from 1 in the order of the page that they are on, as ``fixnews order`` shows
    them.

    Attributes:
        start, end: the last line of a column, in characters of the text.
        block: the number of that column.
        beside: the number of the column that it may be read on in.
        linked: whether the text does read on there; else it lets a story end with the line.
        margin: what the other way costs more, in log odds.
        text: how the column ``beside`` begins.
        box: where that is.
    """

    start: int
    end: int
    block: int
    beside: int
    linked: bool
    margin: float
    text: str
    box: Box


class OnPaper(NamedTuple):
    """Where something stands.

    Attributes:
        words: what the file calls the words that hold it.
        box: around its characters, on the first page that it is on.
        sheet: the number of that page in the file, from 1.
    """

    words: tuple[str, ...]
    box: Box
    sheet: int

    def to_dict(self) -> dict[str, Any]:
        """As JSON takes it, tenths of pixels."""
        return {
            "words": list(self.words),
            "box": [round(side, 1) for side in self.box],
            "sheet": self.sheet,
        }

    def __str__(self) -> str:
        """The words and the box in a few characters, for people."""
        left, top, right, bottom = (f"{side:.0f}" for side in self.box)
        return f"{' '.join(self.words)} {left},{top}–{right},{bottom}".lstrip()


@dataclass(frozen=True, slots=True)
class Positions:
    """The way from the characters of a source's text to the words of its file.

    Characters between the slots (line breaks, indents, blanks between words) are in no word.

    Attributes:
        format: the name of the format, such as ``hocr``.
        readings: the pages of the file; their texts stand in the source one after the other, with
            a form feed between two.
        slots: in the order of the text; every character of every word is in exactly one.
        doubts: where the order in which the words stand in the text is not sure.
    """

    format: str
    readings: tuple[Reading, ...]
    slots: tuple[Slot, ...]
    doubts: tuple[Doubt, ...] = ()
    _starts: list[int] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def starts(self) -> list[int]:
        """Where each slot starts in the text."""
        if not self._starts:
            self._starts.extend(slot.start for slot in self.slots)
        return self._starts

    def between(self, start: int, end: int) -> Iterator[Slot]:
        """The slots that hold characters ``start`` to ``end`` of the text."""
        first = max(0, bisect_right(self.starts, start) - 1)
        for slot in self.slots[first : bisect_left(self.starts, end)]:
            if slot.end > start:
                yield slot

    def word(self, slot: Slot) -> Word:
        """The word that a slot is part of."""
        return self.readings[slot.page].lines[slot.strip.line].words[slot.strip.word]

    def box(self, slot: Slot) -> Box:
        """Where the characters of a slot stand: the part of its word's box that is theirs."""
        return self.cut(slot, slot.start, slot.end)

    def cut(self, slot: Slot, start: int, end: int) -> Box:
        """Where those characters of a slot stand that are from ``start`` to ``end`` of the text."""
        by = slot.strip.start - slot.start
        return part(self.word(slot), max(start, slot.start) + by, min(end, slot.end) + by)

    def on_paper(self, start: int, end: int) -> OnPaper | None:
        """Where some characters stand; of an insertion, the character before it."""
        start = start if start < end else max(0, start - 1)
        slots = list(self.between(start, end))
        if not slots:
            return None
        names = dict.fromkeys(self.word(slot).name for slot in slots)
        sheet = slots[0].page
        box = Box.around(*(self.cut(s, start, end) for s in slots if s.page == sheet))
        return OnPaper(tuple(name for name in names if name), box, sheet + 1)

    def areas(self, start: int, end: int) -> list[tuple[int, Box]]:
        """Where some characters stand: for each page, counted from 1, and column there a box.

        Lines that follow one another downwards and share some of their width are one area.
        """
        found: list[tuple[int, Box]] = []
        for (page, _), slots in groupby(self.between(start, end), lambda s: (s.page, s.strip.line)):
            box = Box.around(*(self.cut(slot, start, end) for slot in slots))
            last = found[-1] if found else None
            if last and last[0] == page + 1 and _goes_on(last[1], box):
                found[-1] = page + 1, Box.around(last[1], box)
            elif box != NOWHERE:
                found.append((page + 1, box))
        return found


def _goes_on(area: Box, line: Box) -> bool:
    """Whether a line is below the last one of an area, in its column."""
    shared = min(area.right, line.right) - max(area.left, line.left)
    return shared > 0 and (line.top + line.bottom) / 2 > area.bottom - line.height / 2


def part(word: Word, start: int, end: int) -> Box:
    """The box of some characters of a word: by its cells, else by the widths of characters.

    >>> part(Word("平湖ab", Box(0, 0, 60, 20)), 1, 3)
    Box(left=20.0, top=0, right=50.0, bottom=20)
    """
    if start == 0 and end == len(word.text):
        return word.box
    left, top, right, bottom = word.box
    if word.cells:
        return Box(word.cells[start][0], top, word.cells[end - 1][1], bottom)
    sizes = [HALF if c.isascii() else 1.0 for c in word.text]
    step = (right - left) / sum(sizes)
    at = left + step * sum(sizes[:start])
    return Box(at, top, at + step * sum(sizes[start:end]), bottom)


HALF = 0.5
"""Width of a letter, digit or mark of ASCII beside a Chinese character, as type is set."""
