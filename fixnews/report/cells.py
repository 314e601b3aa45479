"""Text on a terminal: how many cells it takes, and where a line may break in Chinese.

A Han character takes two cells, a combining mark none, and what the East Asian Width table calls
ambiguous (“ ” … — · → and others) one or two, as the terminal's owner has set it. Lines break by
kinsoku: no closing punctuation at a line's start, no opening punctuation at its end.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

OPENING, CLOSING = frozenset(("[-", "{+")), frozenset(("-]", "+}"))
"""The marks of a change without colour, each of which is one cell of a row."""

MARKS = OPENING | CLOSING

NEVER_FIRST = frozenset("，。、；：？！）》〉」』】〕”’…—～·%％℃,.;:?!)]}>-~⏎") | CLOSING
"""What does not begin a line: GB/T 15834-2011, 5.1, and the marks that close a change."""

NEVER_LAST = frozenset("（《〈「『【〔“‘([{<$￥") | OPENING
"""What does not end a line: the same, and the marks that open a change."""

POINTS = frozenset(".,:")
"""What stands inside a number."""

RUN_TOGETHER = 24
"""The longest Latin word or number that is carried to the next line whole; a longer one is cut."""

_NEAR = 4
"""Cells in which a text is found behind the marks of a change."""

_SHOWN = {"\n": "⏎", "\r": "⏎", "\f": "␌", "\t": "␉", "\x7f": "␡"}

_SHAPELESS = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


class Cell(NamedTuple):
    """What stands together on a line: a character with its marks, or a mark of a change."""

    text: str
    style: str
    width: int


@lru_cache(maxsize=65536)
def width(char: str, ambiguous: int = 1) -> int:
    """The cells of one character.

    >>> [width(c) for c in "a中”ｱ\u0301"], width("”", 2)
    ([1, 2, 1, 1, 0], 2)
    """
    if char < "\u0300":
        return 1 if char < "\x7f" or ambiguous == 1 else _by_table(char, ambiguous)
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return _by_table(char, ambiguous)


def _by_table(char: str, ambiguous: int) -> int:
    return {"W": 2, "F": 2, "A": ambiguous}.get(unicodedata.east_asian_width(char), 1)


def text_width(text: str, ambiguous: int = 1) -> int:
    """The cells of a text."""
    return sum(width(char, ambiguous) for char in text)


@lru_cache(maxsize=65536)
def visible(char: str) -> str:
    r"""A character as it can be shown: what has no shape, or steers the terminal, by its name.

    >>> visible("稳"), visible("\n"), visible("\x1b"), visible("\u202e")
    ('稳', '⏎', '␛', '<U+202E>')
    """
    if char in _SHOWN:
        return _SHOWN[char]
    if char < " ":
        return chr(0x2400 + ord(char))
    if char < "\x7f" or unicodedata.category(char) not in _SHAPELESS:
        return char
    return f"<U+{ord(char):04X}>"


def cells(text: str, style: str = "", ambiguous: int = 1) -> list[Cell]:
    r"""The cells of a text, a line break as one sign.

    >>> [cell.text for cell in cells("稳\r\n定")]
    ['稳', '⏎', '定']
    """
    found: list[Cell] = []
    for char in text.replace("\r\n", "\n"):
        cell = _cell(char, style, ambiguous)
        if cell.width == 0 and found:
            found[-1] = found[-1]._replace(text=found[-1].text + char)
        else:
            found.append(cell)
    return found


@lru_cache(maxsize=65536)
def _cell(char: str, style: str, ambiguous: int) -> Cell:
    shown = visible(char)
    size = width(char, ambiguous) if shown == char else text_width(shown, ambiguous)
    return Cell(shown, style, size)


def wrapped(row: Sequence[Cell], room: int) -> Iterator[Sequence[Cell]]:
    """The cells in lines of at most ``room``; at least one cell a line.

    >>> [plain(line) for line in wrapped(cells("“经济稳定”，他说。"), 10)]
    ['“经济稳', '定”，他', '说。']
    """
    start = 0
    if sum(cell.width for cell in row) <= room:
        yield row
        return
    while start < len(row):
        end = _fits(row, start, room)
        if end < len(row):
            end = _break(row, start, end)
        yield row[start:end]
        start = end


def _fits(row: Sequence[Cell], start: int, room: int) -> int:
    end, used = start, 0
    while end < len(row) and (used + row[end].width <= room or end == start):
        used += row[end].width
        end += 1
    return end


def _break(row: Sequence[Cell], start: int, end: int) -> int:
    """The last place at or before ``end`` where a line may break; ``end`` if there is none."""
    for place in range(end, max(start, end - RUN_TOGETHER), -1):
        if _may_part(row, place):
            return place
    return end


def _may_part(row: Sequence[Cell], place: int) -> bool:
    """Whether a line may end before ``place``; the marks of a change go with what they hold."""
    if row[place - 1].text in OPENING or row[place].text in CLOSING:
        return False
    behind, ahead = reversed(row[max(0, place - _NEAR) : place]), row[place : place + _NEAR]
    left = next((c.text for c in behind if c.text not in MARKS), "")
    right = next((c.text for c in ahead if c.text not in MARKS), "")
    if left in NEVER_LAST or right in NEVER_FIRST or _one_word(left, right):
        return False
    return not (left in POINTS and right.isdigit() and row[place - 2].text.isdigit())


def _one_word(left: str, right: str) -> bool:
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


def plain(row: Iterable[Cell]) -> str:
    """The text of cells."""
    return "".join(cell.text for cell in row)
