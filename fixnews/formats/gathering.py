"""What the readers of all formats gather, and what a page of it comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, NamedTuple

from fixnews.formats.spelling import Raw
from fixnews.message import Message
from fixnews.positions import NOWHERE, Box, PrintedLine, Reading, Word


class Twin(NamedTuple):
    """Another place that says what a word says, ``offset`` characters in."""

    raws: tuple[Raw, ...]
    offset: int = 0


class Tally(NamedTuple):
    """A list of numbers, so many for each character of a word.

    Attributes:
        start, end: where it stands in the file.
        each: how many for a character.
        new: what is written for a character that the recogniser did not read.
    """

    start: int
    end: int
    each: int
    new: str


class Glyph(NamedTuple):
    """An element of one character inside its word: where it stands, and its own text."""

    start: int
    end: int
    raws: tuple[Raw, ...]


class Kin(NamedTuple):
    """What must agree with a word.

    Attributes:
        twins: texts that hold it.
        tallies: numbers that go with its characters.
        glyphs: its characters as elements; they go where its length changes.
        loose: stretches that are wrong where its length changes, and go then.
    """

    twins: tuple[Twin, ...] = ()
    tallies: tuple[Tally, ...] = ()
    glyphs: tuple[Glyph, ...] = ()
    loose: tuple[tuple[int, int], ...] = ()


NO_KIN = Kin()


class Found(NamedTuple):
    """A word, and where it is written; ``raws`` is empty for what is never changed."""

    word: Word
    raws: tuple[Raw, ...]
    kin: Kin = NO_KIN


class Telling(NamedTuple):
    """A text that says all words of a line once more, and where each of them begins in it."""

    raws: tuple[Raw, ...]
    starts: Sequence[int]


@dataclass(slots=True)
class Line:
    """A line as it is gathered; see `PrintedLine`. ``turned`` is in degrees clockwise."""

    box: Box = NOWHERE
    block: int = 0
    size: float = 0.0
    name: str = ""
    turned: float = 0.0
    founds: list[Found] = field(default_factory=list)
    tellings: list[Telling] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """A page as it is gathered; see `Reading`."""

    width: float = 0.0
    height: float = 0.0
    scan: str = ""
    turned: float = 0.0
    ordered: bool = False
    name: str = ""
    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Leaf(NamedTuple):
    """A page of a file: what is told of it, and for each word of each line where it is written.

    What lines and regions say once more is told of a word when it is asked for: few are, and to
    make it for all takes longer than to read them.
    """

    reading: Reading
    founds: tuple[tuple[Found, ...], ...]
    tellings: tuple[tuple[Telling, ...], ...]

    def word(self, line: int, number: int) -> Found:
        """One word, by its line and its number there, from 0."""
        found = self.founds[line][number]
        again = (Twin(one.raws, one.starts[number]) for one in self.tellings[line])
        return found._replace(kin=found.kin._replace(twins=(*found.kin.twins, *again)))


def leaf(page: Page) -> Leaf:
    """A gathered page in its final form: lines without words left out, every box a box."""
    lines = [line for line in page.lines if line.founds]
    boxes = [_boxed(line) for line in lines]
    missing = sum(f.word.box == NOWHERE for line in lines for f in line.founds)
    notes = [*page.notes, *_missing(missing, any(box != NOWHERE for box in boxes))]
    printed = tuple(_printed(*pair) for pair in zip(lines, boxes, strict=True))
    turned = page.turned or _most_turned(lines)
    reading = Reading(
        printed, page.width, page.height, page.scan, turned, page.ordered, page.name, tuple(notes)
    )
    founds = tuple(tuple(line.founds) for line in lines)
    return Leaf(reading, founds, tuple(tuple(line.tellings) for line in lines))


def _missing(count: int, somewhere: bool) -> list[str]:  # noqa: FBT001
    if not count:
        return []
    if not somewhere:
        return ["no positions: read in the order of the file"]
    return [Message("{n} words without a box that makes sense: their line's is taken", n=count)]


def _boxed(line: Line) -> Box:
    """The box of a line; where the file gives none, around its words."""
    if line.box != NOWHERE:
        return line.box
    known = [f.word.box for f in line.founds if f.word.box != NOWHERE]
    return Box.around(*known) if known else NOWHERE


def _printed(line: Line, box: Box) -> PrintedLine:
    words = tuple(
        f.word if f.word.box != NOWHERE else f.word._replace(box=box) for f in line.founds
    )
    return PrintedLine(words, box, line.block, line.size, line.name)


def _most_turned(lines: Sequence[Line]) -> float:
    """The quarter turn that most lines of a page have; 0 where they do not agree."""
    quarters = Counter(round(line.turned / 90) % 4 * 90.0 for line in lines)
    turned, count = quarters.most_common(1)[0] if quarters else (0.0, 0)
    return turned if 2 * count > len(lines) else 0.0


def number(text: object) -> float | None:
    """A number that means something; None for what is none, infinite or not a number.

    >>> number("12.5"), number("NaN"), number("1e999"), number(None)
    (12.5, None, None, None)
    """
    try:
        found = float(text)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
    return found if isfinite(found) else None


def box(left: object, top: object, right: object, bottom: object) -> Box:
    """A box of four numbers as they are written; `NOWHERE` where one means nothing.

    >>> box("10", "0", "30.5", "8"), box("10", "nan", "30", "8") == NOWHERE
    (Box(left=10.0, top=0.0, right=30.5, bottom=8.0), True)
    """
    sides = _numbers(left, top, right, bottom)
    if sides is None:
        return NOWHERE
    x0, y0, x1, y1 = sides
    if x0 <= x1 and y0 <= y1:
        return Box(x0, y0, x1, y1)
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def sized(left: object, top: object, width: object, height: object) -> Box:
    """A box given by its corner and size; what is narrower than nothing has no box."""
    sides = _numbers(left, top, width, height)
    if sides is None:
        return NOWHERE
    x, y, w, h = sides
    return Box(x, y, x + w, y + h) if w >= 0 and h >= 0 else NOWHERE


def _numbers(a: Any, b: Any, c: Any, d: Any) -> tuple[float, float, float, float] | None:
    """Four numbers; nothing where one means nothing."""
    try:
        w, x, y, z = float(a), float(b), float(c), float(d)
    except (TypeError, ValueError, OverflowError):
        return None
    finite = isfinite(w) and isfinite(x) and isfinite(y) and isfinite(z)
    return (w, x, y, z) if finite else None


def polygon(points: Iterable[tuple[object, object]]) -> Box:
    """The box around some corners.

    >>> polygon([(1, 2), (9, 3), ("8", "7")])
    Box(left=1.0, top=2.0, right=9.0, bottom=7.0)
    """
    return enclosed([side for corner in points for side in corner])


def enclosed(sides: Sequence[Any]) -> Box:
    """The box around corners of which x and y are told in turn.

    >>> enclosed(["1", "2", "9", "3"]), enclosed(["1", "2"]) == NOWHERE
    (Box(left=1.0, top=2.0, right=9.0, bottom=3.0), True)
    """
    try:
        known = [*map(float, sides)]
    except (TypeError, ValueError, OverflowError):
        return NOWHERE
    if len(known) < 4 or not all(map(isfinite, known)):
        return NOWHERE
    xs, ys = known[::2], known[1::2]
    return Box(min(xs), min(ys), max(xs), max(ys))


def confidence(text: object, most: float = 1.0) -> float | None:
    """How sure a recogniser is, 0 to 1, of a number of which ``most`` is the highest.

    >>> confidence("95", 100), confidence("-1", 100)
    (0.95, None)
    """
    found = number(text)
    if found is None or not 0 <= found <= most:
        return None
    return found / most
