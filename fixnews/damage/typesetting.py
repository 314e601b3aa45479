"""Lines that end where no paragraph does: column breaks, and printed lines kept as lines."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from fixnews.changes import Edit
from fixnews.patterns import lazy

COLUMN = 400
"""Characters of running text between two column breaks at rate 1: columns of dailies hold some 250
to 600 characters of one story."""

LEAST = 6
"""Characters that a column break leaves at least of a paragraph on either side."""

WIDTHS = (9, 24)
"""Characters of the narrowest and the widest printed line, as dailies set them."""

INDENT = "\u3000\u3000"

SEPARATORS = ("\n\n", "\n" + INDENT, "\n")
"""What may stand between paragraphs of a page in printed lines; drawn once a page."""

NEVER_FIRST = "，。、；：？！”’）》〉」』】…—·％,.;:?!)%"
"""No line begins with one of these."""

NEVER_LAST = "“‘（《〈「『【("
"""No line ends with one of these."""

_PARAGRAPH = lazy(r"[^\r\n\f]+")
_BETWEEN = lazy(r"(?<=[^\r\n\f])\n\n(?=[^\s])")


def columns(text: str, chance: Random, rate: float) -> Iterator[Edit]:
    r"""Paragraphs cut where a column ends, as far apart as paragraphs stand.

    >>> page = "人民生活水平不断提高，经济形势稳定。"
    >>> [edit.new for edit in columns(page, Random(1), 90)][:1]
    ['\n\n']
    """
    inside = text.strip()
    gap = "\n" if "\n" in inside and "\n\n" not in inside else "\n\n"
    for found in _PARAGRAPH.finditer(text):
        for at in range(found.start() + LEAST, found.end() - LEAST + 1):
            if chance.random() < rate / COLUMN and may_break(text, at):
                yield Edit(at, at, gap)


def printed_lines(text: str, chance: Random, rate: float) -> Iterator[Edit]:
    """Every paragraph in the lines of one column; ``rate`` is the share of pages that get it."""
    width, separator = chance.randint(*WIDTHS), chance.choice(SEPARATORS)
    if chance.random() >= rate:
        return
    for found in _BETWEEN.finditer(text) if separator != "\n\n" else ():
        yield Edit(found.start(), found.end(), separator)
    for found in _PARAGRAPH.finditer(text):
        at = found.start() - (len(INDENT) if INDENT in separator else 0)
        while found.end() - at > width:
            at = _line_end(text, max(at, found.start()), at + width)
            yield Edit(at, at, "\n")


def may_break(text: str, at: int) -> bool:
    """Whether a line may end before a place: not in a number or a word, not beside these marks."""
    left, right = text[at - 1], text[at]
    latin = left.isascii() and right.isascii() and left.isalnum() and right.isalnum()
    blank = left.isspace() or right.isspace()
    return not (latin or blank or right in NEVER_FIRST or left in NEVER_LAST)


def _line_end(text: str, start: int, end: int) -> int:
    """The last place up to ``end`` where a line that begins at ``start`` may end."""
    return next((at for at in range(end, start + 1, -1) if may_break(text, at)), end)
