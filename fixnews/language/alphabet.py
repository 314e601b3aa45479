"""The alphabet of the language model: which characters count as one.

A model of the news should not care whether a comma is wide, which digit a number begins with, or
in which script a page is set. Half and full width, digits, Latin letters, blanks and the two forms
of quotation marks are folded into one code each, and traditional characters into the simplified
ones that replaced them.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from fixnews.arrays import Ints

Codes = NDArray[np.uint16]
"""Codes of characters."""

Coded = NDArray[np.uint16 | np.int64]
"""The same, or widened to be reckoned with."""

START, END, UNKNOWN, DIGIT, LATIN, BLANK = range(6)
"""Codes that stand for no character of their own. ``START`` fills the context before a paragraph,
``END`` is its end."""

FIRST_CHARACTER = 6

MOST_CODES = 1 << 13
"""Codes fit into 13 bits, so that four of them fit into one 64-bit key."""

BMP = 1 << 16

_SAME: Mapping[str, str] = {
    **dict(zip(",:;?!()[]", "，：；？！（）［］", strict=True)),
    **dict(zip("「」『』﹁﹂﹃﹄", "“”‘’“”‘’", strict=True)),
    **dict.fromkeys("·•‧・∙⋅", "·"),
    **dict.fromkeys("─―⸺", "—"),
    **dict.fromkeys("～∼˜", "~"),
}
"""Characters that are read as one, besides half and full width."""

_BLANKS = " \t\u3000\xa0\u2002\u2003\u2009"
_ENDS = "\n\r\f"


def folded(simplified: Mapping[str, str]) -> list[str]:
    """For each character of the basic plane, the character that it counts as.

    Args:
        simplified: for traditional characters the simplified one.

    >>> table = folded({"濟": "济"})
    >>> [table[ord(c)] for c in "濟,ａ7　"]
    ['济', '，', 'a', '0', ' ']
    """
    return [_folded(chr(n), simplified) for n in range(BMP)]


def _folded(character: str, simplified: Mapping[str, str]) -> str:
    half = chr(ord(character) - 0xFEE0) if "！" <= character <= "～" else character
    if half.isascii() and half.isalnum():
        return "0" if half.isdigit() else "a"
    if character in _BLANKS:
        return " "
    if character in _ENDS:
        return "\n"
    return simplified.get(character, _SAME.get(half, half))


_CLASS = {"\n": END, "0": DIGIT, "a": LATIN, " ": BLANK}


def code_table(folding: list[str], counts: Ints, least: int) -> Codes:
    """The code of each character of the basic plane, by how often it was seen.

    Args:
        folding: what each character counts as, as `folded` gives it.
        counts: how often each was seen, shape (`BMP`,).
        least: how often a character must be seen to get a code of its own.
    """
    seen: dict[str, int] = {}
    for n in np.flatnonzero(counts):
        seen[folding[n]] = seen.get(folding[n], 0) + int(counts[n])
    ranked = sorted(
        (c for c in seen if seen[c] >= least and c not in _CLASS), key=lambda c: -seen[c]
    )
    known = {c: FIRST_CHARACTER + n for n, c in enumerate(ranked[: MOST_CODES - FIRST_CHARACTER])}
    known.update(_CLASS)
    return np.array([known.get(c, UNKNOWN) for c in folding], dtype=np.uint16)


def codes(text: str, table: Codes) -> Codes:
    """The codes of a text, one a character; beyond the basic plane all are `UNKNOWN`."""
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype=np.uint16)
    if len(units) == len(text):
        return table.take(units)
    wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return np.where(wide < BMP, table.take(np.minimum(wide, BMP - 1)), np.uint16(UNKNOWN))


def code_points(text: str) -> Ints:
    """The code point of each character, 0 beyond the basic plane; integers of shape (n,).

    >>> code_points("一\U0001f600").tolist()
    [19968, 0]
    """
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype=np.uint16)
    if len(units) == len(text):
        return units.astype(np.int64)
    wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return np.where(wide < BMP, wide, 0).astype(np.int64)
