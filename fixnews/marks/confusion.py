"""Signs: what a recogniser writes where a mark was printed, and which mark it may have been.

The shapes are grouped by eye (dots, commas, strokes, quotes, brackets, scribbles), not counted on
any recogniser's pages: which sign stands for which mark is different with every recogniser, and
`fixnews.marks.habits` learns it from the page at hand.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from fixnews.arrays import Bools, Ints

Kinds = NDArray[np.int8]
"""Small numbers: groups of signs, and marks."""

Held = TypeVar("Held", Kinds, Bools)

TARGETS = "。，、；：？！“”‘’（）《》…—·"
"""Marks that may have been printed. A candidate is an index into this, or `NOTHING`."""

NOTHING = len(TARGETS)
"""The candidate for a sign that is a speck of dust."""

FOREIGN = NOTHING + 1
"""What a sign is that no newspaper prints, if it was printed all the same."""

LOST = "。，、：”“"
"""Marks that are looked for where none was read: of the marks that two recognisers lost on pages of
January 1998, 93 %."""

HALF = dict(zip(",:;?!()", "，：；？！（）", strict=True))
"""Half-width forms, which are no misreading: `fixnews.marks.widths` looks after them."""

_GROUPS = (
    "·•‧∙°.．", ",，", "、丶", ";；", ":：", "。", "?？!！", "“”\"＂", "‘’'`´",
    "()（）〈〉《》【】〔〕[]{}", "—-–―─－~～", "…⋯", "*+=_^#&@$|\\<>£€¥",
)  # fmt: skip

DOT, COMMA, PAUSE, SEMICOLON, COLON, STOP, CRY, QUOTE, TICK, BRACKET, STROKE, DOTS, SCRIBBLE = (
    range(len(_GROUPS))
)
ODD = len(_GROUPS)
"""The group of signs that are in no other."""

HAN, DIGIT, LATIN = ODD + 1, ODD + 2, ODD + 3
"""Characters that are no signs."""

_MAY_BE = {
    "。": "，、：", "，": "。、；：", "、": "，。", "；": "，：。", "：": "；，。、",
    "？": "！。，", "！": "？。，", "“": "”‘，、。", "”": "“’，、。", "‘": "’，、", "’": "‘，、",
    "（": "《）", "）": "》（", "《": "（》", "》": "）《", "…": "。，、", "—": "，、。",
}  # fmt: skip
"""What a mark of the newspaper may have been; any other sign may have been any mark."""

_ONE_STROKE = "'`´"
"""Signs that never were a double quotation mark: a recogniser may run two strokes into one, but
it does not lose one cleanly. Of ten that stood in the place of a quotation mark on the readings of
January 1998, all had been single."""

_LEFT_ALONE = "@&#%％‰℃/〈〉【】〔〕[]{}「」『』"
"""Signs with a grammar of their own: addresses, shares, brackets."""

_BMP = 1 << 16


def groups(points: Ints) -> Kinds:
    """The group of each character; shape (n,).

    >>> import numpy as np
    >>> found = groups(np.array([ord(c) for c in "经·，*7a"]))
    >>> found.tolist() == [HAN, DOT, COMMA, SCRIBBLE, DIGIT, LATIN]
    True
    """
    return _of(_group_table(), points)


def among(group: Kinds, *kinds: int) -> Bools:
    """Which groups are one of these; ``np.isin`` sorts where a table of twenty answers.

    >>> import numpy as np
    >>> among(np.array([HAN, DOT, STOP], np.int8), DOT, STOP).tolist()
    [False, True, True]
    """
    wanted = np.zeros(LATIN + 1, dtype=bool)
    wanted[list(kinds)] = True
    return wanted[group]


def candidates(points: Ints) -> Bools:
    """For each sign which marks it may have been: truths of shape (n, `NOTHING` + 1)."""
    return _of(_candidate_table(), points)


def own(points: Ints) -> Kinds:
    """The candidate that each sign is itself, or `FOREIGN`; shape (n,)."""
    return _of(_own_table(), points)


def _of(table: Held, points: Ints) -> Held:
    return table.take(points, axis=0, mode="clip")


@lru_cache(maxsize=1)
def _group_table() -> Kinds:
    table = np.full(_BMP, ODD, dtype=np.int8)
    for start, end in ((0x3400, 0xA000), (0xF900, 0xFB00), (0x3005, 0x3008)):
        table[start:end] = HAN
    for start, end, kind in ((0x30, 0x3A, DIGIT), (0x41, 0x5B, LATIN), (0x61, 0x7B, LATIN)):
        table[start:end] = kind
        table[start + 0xFEE0 : end + 0xFEE0] = kind
    for number, signs in enumerate(_GROUPS):
        table[[ord(sign) for sign in signs]] = number
    return table


@lru_cache(maxsize=1)
def _candidate_table() -> Bools:
    table = np.zeros((_BMP, NOTHING + 1), dtype=bool)
    table[_group_table() <= ODD] = True
    for sign, marks in _MAY_BE.items():
        table[ord(sign)] = False
        table[ord(sign), [*(TARGETS.index(mark) for mark in marks), NOTHING]] = True
    for half, full in HALF.items():
        table[ord(half), TARGETS.index(full)] = False
    doubled = [TARGETS.index("“"), TARGETS.index("”")]
    for stroke in _ONE_STROKE:
        table[ord(stroke), doubled] = False
    table[ord("·"), TARGETS.index("·")] = False
    table[[ord(sign) for sign in _LEFT_ALONE]] = False
    return table


@lru_cache(maxsize=1)
def _own_table() -> Kinds:
    table = np.full(_BMP, FOREIGN, dtype=np.int8)
    for number, mark in enumerate(TARGETS):
        table[ord(mark)] = number
    for half, full in HALF.items():
        table[ord(half)] = TARGETS.index(full)
    return table
