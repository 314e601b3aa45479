"""A reading set as text in the order of its file: what stands in for an order that is found."""

from __future__ import annotations

from typing import NamedTuple

from fixnews.positions import Doubt, PrintedLine, Reading, Strip


class Arrangement(NamedTuple):
    """A page as text.

    Attributes:
        text: the lines in reading order, each with a break behind it; a blank line between blocks.
        slots: where in it the characters of words stand: start, end, and which they are.
        doubts: where the order of the lines is not sure.
    """

    text: str
    slots: tuple[tuple[int, int, Strip], ...]
    doubts: tuple[Doubt, ...] = ()


def in_file_order(reading: Reading) -> Arrangement:
    r"""The text of a reading, line by line as the file has them.

    >>> from fixnews.positions import NOWHERE, Word
    >>> words = Word("头版", NOWHERE), Word("A1", NOWHERE), Word("page", NOWHERE)
    >>> in_file_order(Reading((PrintedLine(words, NOWHERE),))).text
    '头版A1 page\n'
    """
    parts: list[str] = []
    slots: list[tuple[int, int, Strip]] = []
    at, block = 0, reading.lines[0].block if reading.lines else 0
    for number, line in enumerate(reading.lines):
        gap, block = "\n" if line.block != block else "", line.block
        parts.append(gap)
        at += len(gap)
        for n, word in enumerate(line.words):
            blank = between(line, n)
            parts += (blank, word.text)
            at += len(blank)
            slots.append((at, at + len(word.text), Strip(number, n, 0, len(word.text))))
            at += len(word.text)
        parts.append("\n")
        at += 1
    return Arrangement("".join(parts), tuple(slots))


def between(line: PrintedLine, number: int) -> str:
    """What stands before a word of a line: a blank between two of Latin letters or digits."""
    if not number:
        return ""
    before, after = line.words[number - 1].text[-1], line.words[number].text[0]
    return " " if all(c.isascii() and c.isalnum() for c in (before, after)) else ""
