"""Straight quotation marks in pairs: 〝…〞, ＂…＂ and '…' around Chinese words.

Only a pair is changed, and only into the marks that it stands for: double ones become those that
the page sets, single ones become single ones. A lone one may be an apostrophe, a foot, an inch or a
misread mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from fixnews.changes import Edit
from fixnews.islands.names import ticks
from fixnews.layout.page import LINES
from fixnews.patterns import lazy
from fixnews.words.han import HAN, han_count, is_traditional

PRIMES, TICKS = "PUN105", "PUN106"
REASON = "a pair of straight quotation marks"

LONGEST = 200
"""Characters between the two: of the quotations in 2 M characters of news, 99 % are shorter."""

_PRIMED = lazy(rf"〝([^〝〞〟\n]{{1,{LONGEST}}})[〞〟]")
_WIDE = "＂"
_HAN = lazy(f"[{HAN}]")
_LEFT, _RIGHT = "“「", "”」"
_INNER = {"“": "‘", "”": "’", "「": "『", "」": "』"}


def propose(text: str) -> Iterator[Edit]:
    """An edit for each mark of a pair of straight quotation marks around Chinese words.

    >>> page = "所谓〝第二粮仓〞，就是＂水上菜场＂，对'夜市'很感兴趣"
    >>> "".join(edit.new for edit in propose(page))
    '“”“”‘’'
    """
    pairs = [(m.start(), m.end() - 1) for m in _PRIMED.finditer(text)]
    pairs += _wide(text)
    if pairs:
        corner = _sets_corners(text)
        for opening, closing in sorted(pairs):
            if _HAN.search(text, opening, closing):
                marks = _marks(text, opening, corner=corner)
                for at, new in zip((opening, closing), marks, strict=True):
                    yield Edit(at, at + 1, new, PRIMES, REASON)
    if "'" in text:
        for line in LINES.finditer(text):
            yield from _single(line[0], line.start())


def _wide(text: str) -> Iterator[tuple[int, int]]:
    """Pairs of ＂ in lines that hold an even number of them."""
    for line in LINES.finditer(text) if _WIDE in text else ():
        places = [n for n, character in enumerate(line[0]) if character == _WIDE]
        if len(places) % 2 == 0:
            for opening, closing in zip(places[::2], places[1::2], strict=True):
                if 1 < closing - opening <= LONGEST:
                    yield line.start() + opening, line.start() + closing


def _sets_corners(text: str) -> bool:
    """Whether the page sets 「」; where it has no quotation marks, whether it is traditional."""
    round_, corner = (sum(text.count(side[n]) for side in (_LEFT, _RIGHT)) for n in (0, 1))
    return corner > round_ if corner or round_ else is_traditional(text)


def _marks(text: str, opening: int, *, corner: bool) -> str:
    """The two marks of a pair that opens at a place: inner ones inside an open quotation."""
    pair = _LEFT[corner] + _RIGHT[corner]
    start = max(text.rfind("\n", 0, opening), opening - LONGEST) + 1
    before = text[start:opening]
    if before.count(pair[0]) > before.count(pair[1]):
        return _INNER[pair[0]] + _INNER[pair[1]]
    return pair


def _single(line: str, at: int) -> Iterator[Edit]:
    """An edit for each of the ' that stand in pairs around Chinese words of a line."""
    places = [island.start for island in ticks(line)]
    for opening, closing in list(pairwise(places))[::2]:
        inside = line[opening + 1 : closing]
        if 2 * han_count(inside) >= len(inside):
            yield Edit(at + opening, at + opening + 1, "‘", TICKS, REASON)
            yield Edit(at + closing, at + closing + 1, "’", TICKS, REASON)
