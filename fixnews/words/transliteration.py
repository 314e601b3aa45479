"""Names with a dot in them: 乔治.华盛顿, J.K.罗琳, 阿依古丽•买买提, 《诗经‧小雅》.

Foreign names are spelt with some hundred characters that ordinary text has less often: 斯 尔 克 娜.
A dot that has such a stretch on both sides stands inside a name, whichever of the many dots of
Unicode it is; so does a dot behind an initial, and one between a work and its part. The weights are
counted in ``dictionaries/transliterations.tsv``; the works stand in
``dictionaries/dotted-titles.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from typing import NamedTuple

from fixnews.patterns import lazy
from fixnews.words.han import HAN
from fixnews.words.lexicon import is_place, rows, shipped

DOTS = "·•‧・･．.⋅∙"
"""The dots that stand between the parts of a name, as a character class: U+00B7, 2022, 2027, 30FB,
FF65, FF0E, 002E, 22C5, 2219."""

LONGEST = 8
"""Characters of a part that are read: of the parts in news 0.5 % are longer."""

STRANGER = -2.0
"""Nats of a character that has no weight: one that stood in fewer than six names."""

APART = frozenset("的了和与與及等说說在对對是为為")
"""Characters that stand between two names and in none."""

LEAST, TOGETHER = 1.0, 6.0
"""Nats that each side of a dot must have, and both together. Of 1,857 dots of every tenth line of
news, summaries and journals, when those were not counted, 84 % have as much; most of the others
stand in slogans and events (春联迎新春·民俗进万家). Of 35,070 ， 。 and 、 in the same lines 0.7 %
would, nearly all between two names or places in a list."""

WEAKEST = -1.0
"""Nats that the character beside the dot must have where the other side is a name: 欧.亨利."""

BETWEEN = 2
"""Characters of a part between two dots, or behind an initial, that needs no weight: ·本·, ·范·."""

_DOT = lazy(rf"[{DOTS}](?=[{HAN}])(?<=[{HAN}].)")
_ANY = lazy(f"[{DOTS}]")
_LEFT = lazy(rf"([{DOTS}]?)([{HAN}]+)$")
_RIGHT = lazy(rf"([{HAN}]+)([{DOTS}]?)")
_INITIALS = lazy(
    rf"(?:(?<=[{HAN}])[{DOTS}]|(?<![A-Za-z0-9{DOTS}]))(?:[A-Z][{DOTS}] ?){{1,4}}(?=[{HAN}])"
)
_TITLE = lazy(rf"《[^《》，。；\n]{{1,20}}?[{HAN}][{DOTS}][{HAN}][^《》，。；\n]{{0,20}}》")


class Weights(NamedTuple):
    """Nats by which characters are likelier in a foreign name than in any text.

    Attributes:
        inside: anywhere in a name.
        before: as the last before a dot in a name.
        behind: as the first behind it.
    """

    inside: Mapping[str, float]
    before: Mapping[str, float]
    behind: Mapping[str, float]


class Dot(NamedTuple):
    """A dot inside a name.

    Attributes:
        at: its place.
        start, end: of the two parts beside it.
        weight: nats by which they are likelier a foreign name than any text.
    """

    at: int
    start: int
    end: int
    weight: float


def names(text: str) -> list[tuple[int, int]]:
    """Start and end of every name with a dot in it, from left to right.

    >>> page = "列夫.托尔斯泰和J.K.罗琳，深入车间．深入田头，《诗经‧小雅》"
    >>> [page[start:end] for start, end in names(page)]
    ['列夫.托尔斯泰', 'J.K.罗琳', '《诗经‧小雅》']
    """
    if not _ANY.search(text):
        return []
    spans = sorted(chain(((d.start, d.end) for d in dots(text)), _others(text)))
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def dots(text: str) -> Iterator[Dot]:
    """Every dot between two parts of a foreign name, from left to right.

    Two places of the lexicon in a row (菲律宾.马来西亚) are no name.

    >>> [(dot.at, dot.start, dot.end) for dot in dots("代表阿依古丽•买买提和罗马.巴黎")]
    [(6, 2, 10)]
    """
    for found in _DOT.finditer(text):
        dot = _dot(text, found.start(), _weights())
        if dot:
            yield dot


def _dot(text: str, at: int, weights: Weights) -> Dot | None:
    """The dot of a name at a place, if it is one."""
    left = _LEFT.search(text, max(0, at - LONGEST - 1), at)
    right = _RIGHT.match(text, at + 1, at + LONGEST + 2)
    if not left or not right:
        return None
    before = reach(left[2][::-1], weights.inside, weights.before)
    behind = reach(right[1], weights.inside, weights.behind)
    sides = (
        _led(left[2][::-1], before, behind[1], bounded=bool(left[1]), first=weights.before),
        _led(right[1], behind, before[1], bounded=bool(right[2]), first=weights.behind),
    )
    weight = sides[0][1] + sides[1][1]
    start, end = at - sides[0][0], at + 1 + sides[1][0]
    if start == at or end == at + 1 or weight < TOGETHER:
        return None
    if is_place(text[start:at]) and is_place(text[at + 1 : end]):
        return None
    return Dot(at, start, end, weight)


def _led(
    piece: str,
    reached: tuple[int, float],
    other: float,
    *,
    bounded: bool,
    first: Mapping[str, float],
) -> tuple[int, float]:
    """How far the name reaches into a piece, led on by the other side of the dot, and its weight.

    Nothing, if the piece is no name: neither by itself, nor as a short part before another dot,
    nor as the single character that may stand beside so plain a name.
    """
    if reached[1] >= LEAST:
        return reached
    if bounded and len(piece) <= BETWEEN:
        return len(piece), 0.0
    alone = first.get(piece[0], STRANGER)
    return (1, min(alone, 0.0)) if other >= TOGETHER and alone >= WEAKEST else (0, 0.0)


def reach(piece: str, inside: Mapping[str, float], first: Mapping[str, float]) -> tuple[int, float]:
    """How many characters from the start of a piece are likeliest a name, and their weight in nats.

    Args:
        piece: what stands beside a dot, read away from it.
        inside: the weight of each character in a name.
        first: the same for the character beside the dot.

    It ends before a character that stands between names.

    >>> reach("巴马和马", {"巴": 2.5, "马": 3.5}, {"巴": 3.0})
    (2, 6.5)
    """
    best = total = 0.0
    end = 0
    for size, character in enumerate(piece[:LONGEST], 1):
        if character in APART:
            break
        total += (first if size == 1 else inside).get(character, STRANGER)
        if total > best:
            best, end = total, size
    return end, best


def _others(text: str) -> Iterator[tuple[int, int]]:
    """Initials with the name behind them, titles with a dot, works and tunes with their part."""
    for found in _INITIALS.finditer(text):
        yield _with_initials(text, *found.span(), _weights())
    for found in _TITLE.finditer(text):
        yield found.span()
    if _DOT.search(text):
        for found in _works().finditer(text):
            yield found.span()


def _with_initials(text: str, start: int, end: int, weights: Weights) -> tuple[int, int]:
    """The name around its initials and their dots, as far as its characters tell."""
    behind = text[end : end + LONGEST]
    end += reach(behind, weights.inside, weights.behind)[0]
    if text[start] in DOTS:
        before = text[max(0, start - LONGEST) : start][::-1]
        start -= reach(before, weights.inside, weights.before)[0]
    return start, end


@cache
def _weights() -> Weights:
    table = rows(shipped("transliterations.tsv"))
    inside, before, behind = (
        {row[0]: int(row[n]) / 10 for row in table if row[n] != "-"} for n in range(1, 4)
    )
    return Weights(inside, {**inside, **before}, {**inside, **behind})


@cache
def _works() -> re.Pattern[str]:
    """What finds a work or a tune with a dot and the first characters of its part behind it."""
    titles = "|".join(title for title, _ in rows(shipped("dotted-titles.tsv")))
    return re.compile(rf"(?:{titles})[{DOTS}][{HAN}]{{1,6}}")
