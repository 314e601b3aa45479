"""Blocks of lines in which every break is meant: contents, lists, rows, numbered lines.

Whoever joins two lines of such a block puts a page number, a bullet, a line's number or another
column into a sentence, or half of a text that was read character by character. What such a block
looks like is told from its lines; what is verse is weighed (`fixnews.layout.verse`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import groupby, pairwise
from typing import NamedTuple

import numpy as np

from fixnews.arrays import Bools
from fixnews.layout.page_bounds import Bounds
from fixnews.patterns import lazy
from fixnews.recall import Recall


class Setting(StrEnum):
    """How the lines of a block are set."""

    CONTENTS = "contents"
    LIST = "list"
    ROWS = "rows"
    NUMBERED = "numbered lines"
    VERTICAL = "vertical text"
    VERSE = "verse"


TALL = 4
"""Lines of one character each from which a text was read character by character; an initial that
takes three lines stands alone."""

COUNTED = 3
"""Lines from which numbers that count up belong to the lines, not to their sentences."""

COUNT_REACH = 8
"""Lines within which the next number must come: an item of a list is rarely longer."""

ABREAST = 3
"""Lines from which a gutter in the same place parts columns or the cells of a table."""

DRIFT = 2
"""Half-width cells by which a gutter may stand further left or right than in the line before."""

SPACED = 0.3
"""Share of blanks from which a line is spaced out, not parted into cells."""

_B = r"[ \t\u3000\xa0\u2000-\u200a]"
BULLET = lazy(rf"[•‣◦▪▫■□●○◎◆◇★☆▲△►▶※✓✔❖➢➤＊]|[-–*+·・∙]{_B}|[·・∙](?=[\u3400-\u9fff“《])")
"""What an item of a list begins with; the small signs among them may be dust where one stands
alone."""

ENTRY = lazy(
    rf"(?:[.．·・…‥⋯_﹒]{{3,}}|…{{2,}}|(?:[.·・…]{_B}){{3,}}){_B}*"
    r"[（(]?[A-Za-zＡ-Ｚ]?[0-9０-９一二三四五六七八九十]{1,4}[）)版页頁]?$"
)
"""The end of a line of contents: leaders, or a row of them, and a page."""

_PAGE = lazy(rf"[^\s0-9０-９]{_B}+[A-Z]?[0-9０-９]{{1,4}}[版页頁]?$")
_NUMBER = lazy(
    rf"[（(\[〔]?([0-9０-９]{{1,4}})(?:[）)\]〕.．:：、]|{_B}|(?=[\u3400-\u9fff“《「（]))"
)
_BEGINS = frozenset("•‣◦▪▫■□●○◎◆◇★☆▲△►▶※✓✔❖➢➤＊-–*+·・∙（([〔0123456789０１２３４５６７８９")
"""What bullets and numbers begin with."""

PAGE_ENDS = frozenset("0123456789０１２３４５６７８９一二三四五六七八九十）)版页頁")
"""What the page ends with that a line of contents names."""

_PARTS = lazy(r"[|｜│┃ \t\u3000\xa0\u2000-\u200a]")
_CELL = lazy(rf"(?<=\S){_B}*[|｜│┃]{_B}*(?=\S)|(?<=\S){_B}+(?=\S)")
_PROSE = lazy("[。，；]")
_WIDE = lazy(r"[|｜│┃\t]|[^\S\r\n]{3}|\u3000[^\S\r\n]|[^\S\r\n]\u3000")

Block = tuple[Setting, int, int]
"""A setting, the numbers of the first and of the last line."""


class Signs(NamedTuple):
    """What a line shows of the block that it may be in.

    Attributes:
        tall: whether it is one character.
        entry: whether leaders and a page end it; ``paged``: whether a blank and a page do.
        bullet: what it begins with, or nothing.
        number: the one that it begins with, or -1.
        gutters: where blanks or bars stand inside, in half-width cells, and whether each is wide.
    """

    tall: bool
    entry: bool
    paged: bool
    bullet: str
    number: int
    gutters: Mapping[int, bool]


PLAIN = Signs(tall=False, entry=False, paged=False, bullet="", number=-1, gutters={})
"""What a line shows that is in no block: most lines."""


def _signs(text: str) -> Signs:
    paged, begun = text[-1] in PAGE_ENDS, text[0] in _BEGINS
    number = _NUMBER.match(text) if begun else None
    return Signs(
        len(text) == 1,
        paged and bool(ENTRY.search(text)),
        paged and bool(_PAGE.search(text)),
        text[0] if begun and BULLET.match(text) else "",
        int(number[1]) if number else -1,
        _gutters(text) if _PARTS.search(text) else {},
    )


signs = Recall[str, Signs](lambda texts: [*map(_signs, texts)])
"""What lines show of their blocks, given their texts."""


def parted(texts: Sequence[str], pages: Bounds) -> Bools:
    """For each seam of pages whether what stands on its two lines says that the break is meant.

    Args:
        texts: the lines of the pages as evidence reads them.
        pages: which lines are those of which page.
    """
    flags, shown = np.zeros(max(0, len(texts) - 1), dtype=bool), signs(texts)
    shows = [number for number, line in enumerate(shown) if line != PLAIN]
    if shows:
        for page in sorted(set(pages.page[shows].tolist())):
            lines = slice(int(pages.first[page]), int(pages.end[page]))
            _part(flags[lines.start : lines.stop - 1], shown[lines])
    return flags


def _part(flags: Bools, shown: Sequence[Signs]) -> None:
    """Mark the seams of one page whose breaks are meant."""
    for setting, first, last in _found(shown):
        if setting is not Setting.NUMBERED:
            flags[first:last] = True
    for number in (*_bullets(shown), *(n for chain in _counted(shown) for n in chain)):
        if number:
            flags[number - 1] = True


def found(texts: Sequence[str]) -> Iterator[Block]:
    """The blocks of a page that its lines show, in no order; one line may be in two."""
    return _found(signs(texts))


def _found(lines: Sequence[Signs]) -> Iterator[Block]:
    tall, entry, paged, bullet, _, gutters = zip(*lines, strict=True) if lines else ((),) * 6
    yield from _runs(Setting.VERTICAL, tall, TALL)
    yield from _runs(Setting.CONTENTS, entry, 2)
    yield from _runs(Setting.CONTENTS, paged, ABREAST)
    yield from _runs(Setting.LIST, bullet, 2)
    yield from _rows(gutters)
    yield from ((Setting.NUMBERED, chain[0], chain[-1]) for chain in _counted(lines))


def _runs(setting: Setting, faces: Sequence[object], least: int) -> Iterator[Block]:
    """Runs of at least so many lines with one face."""
    at = 0
    for shown, group in groupby(faces) if any(faces) else ():
        size = len(list(group))
        if shown and size >= least:
            yield setting, at, at + size - 1
        at += size


def _bullets(lines: Sequence[Signs]) -> Iterator[int]:
    """The numbers of the lines that begin with a bullet which the page uses more than once."""
    shown = [line.bullet for line in lines]
    used = Counter(filter(None, shown))
    return (n for n, bullet in enumerate(shown) if used and used[bullet] > 1)


def _counted(lines: Sequence[Signs]) -> Iterator[list[int]]:
    """Chains of lines whose numbers count up by one, each by the numbers of its lines."""
    chain, last = list[int](), 0
    for n, number in enumerate(line.number for line in lines):
        if number < 0:
            continue
        if chain and number == last + 1 and n - chain[-1] <= COUNT_REACH:
            chain.append(n)
        elif not chain or number != last:
            yield from [chain] if len(chain) >= COUNTED else []
            chain = [n]
        last = number
    yield from [chain] if len(chain) >= COUNTED else []


def _rows(gutters: Sequence[Mapping[int, bool]]) -> Iterator[Block]:
    """Runs of lines with a gutter in the same place, or with two: columns abreast, a table."""
    at = 0
    for abreast, group in groupby(_pairs(gutters)) if any(gutters) else ():
        size = len(list(group))
        if abreast and size + 1 >= ABREAST:
            yield Setting.ROWS, at, at + size
        at += size


def _pairs(gutters: Sequence[Mapping[int, bool]]) -> Iterator[bool]:
    """For each two lines whether they share a gutter; few have one."""
    return (bool(one and two) and _abreast(one, two) for one, two in pairwise(gutters))


def _gutters(text: str) -> dict[int, bool]:
    """Where blanks or bars stand inside a line, in half-width cells, and whether each is wide."""
    cells = [m.span() for m in _CELL.finditer(text)] if len(text) > TALL else []
    spaced = sum(end - start for start, end in cells) >= SPACED * len(text) and len(cells) > 2
    if spaced or _PROSE.search(text):
        cells = [span for span in cells if _WIDE.search(text[slice(*span)])]
    return {_width(text[:end]): bool(_WIDE.search(text[start:end])) for start, end in cells}


def _width(text: str) -> int:
    return sum(1 if c.isascii() else 2 for c in text)


def _abreast(one: Mapping[int, bool], two: Mapping[int, bool]) -> bool:
    """Whether two lines share a wide gutter, or two narrow ones."""
    shared = [wide and two[b] for a, wide in one.items() for b in two if abs(a - b) <= DRIFT]
    return any(shared) or len(shared) > 1
