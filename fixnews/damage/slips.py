"""Marks that lost their width, and blanks that nobody typed."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from fixnews.changes import Edit
from fixnews.patterns import lazy
from fixnews.words.han import HAN

HALF = {"，": ",", "：": ":", "；": ";", "？": "?", "！": "!", "（": "(", "）": ")"}
"""The half-width form of each mark that has one; 。 and 、 have none in ASCII."""

MARKS = 0.3
"""Share of these marks that lose their width at rate 1. Extraction mixes both on one page."""

BLANKS = 0.01
"""Share of the gaps between two characters that get a blank at rate 1."""

_GAP = lazy(rf"(?<=[{HAN}])(?=[{HAN}])")


def half_width(text: str, chance: Random, rate: float) -> Iterator[Edit]:
    """Full-width marks made half-width, each by itself.

    >>> [edit.new for edit in half_width("党代会，新征程！", Random(1), 9)]
    [',', '!']
    """
    for at, character in enumerate(text):
        if character in HALF and chance.random() < MARKS * rate:
            yield Edit(at, at + 1, HALF[character])


def blanks(text: str, chance: Random, rate: float) -> Iterator[Edit]:
    """Single blanks between two characters of Chinese.

    >>> [edit.start for edit in blanks("党代会，新征程！", Random(1), 200)]
    [1, 2, 5, 6]
    """
    for found in _GAP.finditer(text):
        if chance.random() < BLANKS * rate:
            yield Edit(found.start(), found.start(), " ")
