r"""Lines that stand as lines: tables, lists, contents with leaders, rows of ornaments, headings.

Such a stretch owns the line breaks beside it, so that nothing is joined to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from fixnews.islands.kinds import Island, Kind

LINE = re.compile(r"[^\r\n\f]+")
_BLANKS = " \t\u3000\xa0\r\n\f"

_BULLET = re.compile(r"[ \t\u3000]*(?:[•●○◎◆◇■□▪▫★☆※▶►✓✔❖➤·][ \t\u3000]*(?=\S)|[-–*+][ \t]+(?=\S))")
_NUMBERED = re.compile(r"[ \t\u3000]*(?:[0-9]{1,3}|[A-Za-z])[.．)）][ \t\u3000]*(?![0-9])(?=\S)")
_LEADERS = re.compile(
    r"(?:\.{4,}|…{2,}|·{4,}|(?:\. ){3,}|[-_—]{6,})\s*\(?[A-Za-z]{0,2}[0-9]{1,4}\)?\s*$"
)
_HEADING = re.compile(r"[ ]{0,3}(?:#{1,6}[ \t]+|>[ \t]?)")
_ORNAMENTS = re.compile(r"[\s□■◇◆○●◎△▲▽▼☆★※✦✧❖♦♥♠♣〓═─━│┃┄┅┈┉╌﹏＿＊*=_~#+·•.…—\-|]{3,}")
_SENTENCE = re.compile("[。；！？]")
_SEPARATOR = re.compile(r"(?<=\S)[ \u3000]+[|｜][ \u3000]+(?=\S)")
_CREDITS = re.compile(
    "记者|記者|编辑|編輯|美编|责编|責編|来源|來源|摄影|攝影|作者|通讯员|校对|文[/／]|图[/／]|版式|制图|审核|监制"
)

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
    return [Row(m.start(), m.end(), m[0]) for m in LINE.finditer(text) if m[0].strip(_BLANKS)]


def standing(text: str, rows: Sequence[Row]) -> Iterator[Island]:
    """The rows that stand as lines, and what they begin with."""
    for row in rows:
        yield from _of_row(text, row)
    yield from _tables(text, rows)


def _of_row(text: str, row: Row) -> Iterator[Island]:
    first = row.text.lstrip(_BLANKS)[:1]
    if first in "#>":
        heading = _HEADING.match(row.text)
        if heading:
            start, end = owned(text, row.start, row.end)
            yield Island(start, row.start + heading.end(), Kind.MARKDOWN)
            yield Island(row.end, end, Kind.MARKDOWN)
    bullet = None if first.isalpha() and ord(first) > 0x7F else _BULLET.match(row.text)
    if bullet:
        yield Island(owned(text, row.start, row.end)[0], row.start + bullet.end(), Kind.LIST)
    numbered = _NUMBERED.match(row.text) if first < "\x7f" and first.isalnum() else None
    if numbered:
        yield Island(row.start, row.start + numbered.end(), Kind.LIST)
    if _LEADERS.search(row.text[-24:]):
        yield Island(*owned(text, row.start, row.end), Kind.LIST)
    elif not first.isalnum() and _ORNAMENTS.fullmatch(row.text):
        yield Island(*owned(text, row.start, row.end), Kind.ORNAMENT)
    yield from _separators(row)


def _separators(row: Row) -> Iterator[Island]:
    """The bars between the credits of a line."""
    if ("|" in row.text or "｜" in row.text) and _CREDITS.search(row.text):
        for found in _SEPARATOR.finditer(row.text):
            yield Island(row.start + found.start(), row.start + found.end(), Kind.SEPARATOR)


def owned(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch with the blanks and breaks around it."""
    while start and text[start - 1] in _BLANKS:
        start -= 1
    while end < len(text) and text[end] in _BLANKS:
        end += 1
    return start, end


def _shape(row: Row) -> tuple[str, int]:
    """What parts a row's cells, and how many there are; no cells, no shape."""
    text = row.text.strip(" \u3000")
    if text.startswith("|") and text.endswith("|") and len(text) > 2:
        return "|", 0
    if "\t" in text.strip("\t"):
        return "\t", text.count("\t")
    if _SENTENCE.search(text):
        return "", 0
    for sign in ",;":
        cells = text.split(sign)
        if len(cells) > 2 and max(map(len, cells)) <= MOST_CELL and not text.endswith(sign):
            return sign, len(cells)
    return "", 0


def _tables(text: str, rows: Sequence[Row]) -> Iterator[Island]:
    """Blocks of rows of one shape."""
    for (sign, cells), found in groupby(rows, key=_shape):
        block = list(found)
        if not sign or len(block) < (FEWEST_ROWS if cells != 0 or sign == "|" else 3):
            continue
        if sign in ",;" and not _is_listed(block, sign):
            continue
        yield Island(*owned(text, block[0].start, block[-1].end), Kind.TABLE)


def _is_listed(block: Sequence[Row], sign: str) -> bool:
    """Whether rows of plain commas are a table: a column of figures, or quoted cells."""
    cells = [row.text.split(sign) for row in block]
    columns = list(zip(*cells[1:], strict=False))
    return any(all(_is_figure(cell) for cell in column) for column in columns)


def _is_figure(cell: str) -> bool:
    bare = cell.strip(" \"'")
    return bool(bare) and bool(re.fullmatch(r"[+\-]?[0-9][0-9.,:/%-]*|[A-Za-z0-9_-]+", bare))
