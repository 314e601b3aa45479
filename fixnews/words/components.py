"""Characters that fall apart: 地 is read as 土也, 任 as 亻壬, where a line is set wide.

Which two parts make which character stands in ``dictionaries/components.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from fixnews.patterns import lazy
from fixnews.words.han import HAN
from fixnews.words.lexicon import is_word, rows, shipped

_HAN = lazy(f"[{HAN}]+")


class Halves(NamedTuple):
    """Two characters that are the halves of one.

    Attributes:
        at: the place of the left one.
        whole: the character that they make.
        word: whether the two are a word of the lexicon as they stand.
    """

    at: int
    whole: str
    word: bool


def halves(text: str) -> Iterator[Halves]:
    """Every pair of characters that makes a third, where that makes a word with what stands beside.

    >>> [(h.at, h.whole) for h in halves("土也方政府加大了投入，地方也一样。")]
    [(0, '地')]
    """
    whole = _whole()
    for found in _pairs().finditer(text):
        at = found.start()
        printed = whole.get(text[at : at + 2])
        if printed and _makes_word(text, at, printed):
            yield Halves(at, printed, is_word(text[at : at + 2]))


def _makes_word(text: str, at: int, printed: str) -> bool:
    """Whether a character makes a word of two or three with its neighbours."""
    left, right = text[max(0, at - 2) : at], text[at + 2 : at + 4]
    around = (printed + right[:1], left[-1:] + printed, printed + right, left + printed)
    return any(len(word) > 1 and _HAN.fullmatch(word) and is_word(word) for word in around)


@cache
def _whole() -> Mapping[str, str]:
    """From two halves to the character that they make."""
    found = rows(shipped("components.tsv"))
    return {pair: printed for printed, pairs in found for pair in pairs.split()}


@cache
def _pairs() -> re.Pattern[str]:
    """What finds a left half with a right half behind it, of whichever character."""
    left, right = ("".join(sorted({pair[n] for pair in _whole()})) for n in (0, 1))
    return re.compile(f"[{left}](?=[{right}])")
