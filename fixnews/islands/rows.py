r"""Lines that stand as lines: tables, lists, contents with leaders, rows of ornaments, headings.

Such a stretch owns the line breaks beside it, so that nothing is joined to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from fixnews.islands.kinds import Island, Kind
from fixnews.layout.blocks import BULLET, ENTRY, PAGE_ENDS
from fixnews.patterns import lazy
from fixnews.source import BREAKS

LINE = lazy(f"[^{BREAKS}]+")
_BLANKS = " \t\u3000\xa0" + BREAKS

_NUMBERED = lazy(r"[ \t\u3000]*(?:[0-9]{1,3}|[A-Za-z])[.．)）][ \t\u3000]*(?![0-9])(?=\S)")
_HEADING = lazy(r"[ ]{0,3}(?:#{1,6}[ \t]+|>[ \t]?)")
_ORNAMENTS = lazy(r"[\s□■◇◆○●◎△▲▽▼☆★※✦✧❖♦♥♠♣〓═─━│┃┄┅┈┉╌﹏＿＊*=_~#+·•.…—\-|]{3,}")
_SENTENCE = lazy("[。；！？]")
_SEPARATOR = lazy(r"(?<=\S)[ \u3000]+[|｜][ \u3000]+(?=\S)")
_CREDITS = lazy(
    "记者|記者|编辑|編輯|美编|责编|責編|来源|來源|摄影|攝影|作者|通讯员|校对|文[/／]|图[/／]|版式|制图|审核|监制"
)

_MAY_BE_DUST = frozenset("·・∙•-–*+")
"""Bullets that a recogniser makes of specks: they count where the next line has one, too."""

_BEGINS, _HOLDS, _ENDS = (
    lazy(r"[\s0-9A-Za-z]|[^\w\s]"),
    lazy(r"[|｜\t,;]"),
    frozenset("0123456789)"),
)
"""What a line must begin with, hold or end with to be more than prose; little of prose does."""

_ENTRY_END = 24
"""Characters at the end of a line in which leaders and a page are looked for."""

NO_SHAPE = ("", 0)

MOST_CELL = 24
"""Characters of the longest cell of a row of plain commas: longer ones are clauses."""

FEWEST_ROWS = 2
"""Lines of the same shape that make a table."""


class Row(NamedTuple):
    """A line with its place in the text."""

    start: int
    end: int
    text: str


def lines(text: str) -> list[Row]:
    """The lines of a text that are not empty, with their offsets."""
    return [Row(m.start(), m.end(), m[0]) for m in LINE.finditer(text) if not m[0].isspace()]


class Look(NamedTuple):
    """How a line looks by itself.

    Attributes:
        islands: what stands inside it, in offsets of the line.
        lead: the characters of its bullet, which owns the break before it.
        sign: the bullet itself, where it may be dust as well, or nothing.
        stands: the kind of a line that owns the breaks on both sides, or None.
        shape: what parts its cells, and how many there are.
    """

    islands: tuple[Island, ...]
    lead: int
    sign: str
    stands: Kind | None
    shape: tuple[str, int]


def look(line: str, islands: Iterable[Island]) -> Look:
    """How a line looks, with the islands that were found inside it."""
    bare = line.lstrip(_BLANKS)
    first = bare[:1]
    holds = _HOLDS.search(line)
    if not (holds or _BEGINS.match(line) or line.rstrip()[-1:] in _ENDS):
        return Look(tuple(islands), 0, "", None, NO_SHAPE)
    heading = _HEADING.match(line) if first in "#>" else None
    numbered = _NUMBERED.match(line) if first < "\x7f" and first.isalnum() else None
    inside = [*islands, *_separators(line)]
    if numbered:
        inside.append(Island(0, numbered.end(), Kind.LIST))
    stands = Kind.MARKDOWN if heading else _stands(line, first)
    bullet = BULLET.match(bare)
    lead = len(line) - len(bare[bullet.end() :].lstrip(_BLANKS)) if bullet else 0
    sign = first if bullet and first in _MAY_BE_DUST else ""
    return Look(tuple(inside), lead, sign, stands, _shape(line) if holds else NO_SHAPE)


def _stands(line: str, first: str) -> Kind | None:
    tail = line[-_ENTRY_END:].rstrip(_BLANKS)
    if tail[-1:] in PAGE_ENDS and ENTRY.search(tail):
        return Kind.LIST
    return Kind.ORNAMENT if not first.isalnum() and _ORNAMENTS.fullmatch(line) else None


def standing(text: str, rows: Sequence[Row], looks: Sequence[Look]) -> Iterator[Island]:
    """What the rows of a text are: those that stand as lines, bullets, tables."""
    for number, (row, seen) in enumerate(zip(rows, looks, strict=True)):
        if seen.lead or seen.stands:
            start, end = owned(text, row.start, row.end)
            if seen.lead and (not seen.sign or _in_row(looks, number)):
                yield Island(start, row.start + seen.lead, Kind.LIST)
            if seen.stands is Kind.MARKDOWN:
                yield Island(start, row.start + len(_heading_sign(row.text)), Kind.MARKDOWN)
                yield Island(row.end, end, Kind.MARKDOWN)
            elif seen.stands:
                yield Island(start, end, seen.stands)
    yield from _tables(text, rows, looks)


def _in_row(looks: Sequence[Look], number: int) -> bool:
    """Whether the line above or below begins with the same sign: one alone may be dust."""
    beside = (*looks[max(0, number - 1) : number], *looks[number + 1 : number + 2])
    return any(seen.sign == looks[number].sign for seen in beside)


def _heading_sign(line: str) -> str:
    found = _HEADING.match(line)
    return found[0] if found else ""


def _separators(line: str) -> Iterator[Island]:
    """The bars between the credits of a line."""
    if ("|" in line or "｜" in line) and _CREDITS.search(line):
        yield from (Island(*m.span(), Kind.SEPARATOR) for m in _SEPARATOR.finditer(line))


def owned(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch with the blanks and breaks around it."""
    while start and text[start - 1] in _BLANKS:
        start -= 1
    while end < len(text) and text[end] in _BLANKS:
        end += 1
    return start, end


def _shape(line: str) -> tuple[str, int]:
    """What parts a row's cells, and how many there are; no cells, no shape."""
    text = line.strip(" \u3000")
    if text.startswith("|") and text.endswith("|") and len(text) > 2:
        return "|", 0
    if "\t" in text.strip("\t"):
        return "\t", text.count("\t")
    if bars := len(_SEPARATOR.findall(text)):
        return "|", bars
    if _SENTENCE.search(text):
        return NO_SHAPE
    for sign in ",;":
        cells = text.split(sign)
        if len(cells) > 2 and max(map(len, cells)) <= MOST_CELL and not text.endswith(sign):
            return sign, len(cells)
    return NO_SHAPE


def _tables(text: str, rows: Sequence[Row], looks: Sequence[Look]) -> Iterator[Island]:
    """Blocks of rows of one shape."""
    both = zip(rows, looks, strict=True)
    for (sign, _), found in groupby(both, key=lambda pair: pair[1].shape):
        block = [row for row, _ in found] if sign else []
        if len(block) >= FEWEST_ROWS and (sign in "|\t" or _is_listed(block, sign)):
            yield Island(*owned(text, block[0].start, block[-1].end), Kind.TABLE)


def _is_listed(block: Sequence[Row], sign: str) -> bool:
    """Whether rows of plain commas are a table: a column of figures, or quoted cells."""
    cells = [row.text.split(sign) for row in block]
    columns = list(zip(*cells[1:], strict=False))
    return any(all(_is_figure(cell) for cell in column) for column in columns)


def _is_figure(cell: str) -> bool:
    bare = cell.strip(" \"'")
    return bool(bare) and bool(re.fullmatch(r"[+\-]?[0-9][0-9.,:/%-]*|[A-Za-z0-9_-]+", bare))
