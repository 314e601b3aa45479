"""The likeliest way through bytes that are damaged: where characters begin, which bytes are lost.

A byte that is missing shifts every character behind it; a byte that was overwritten takes one
character along. The search (Viterbi, one state an offset) weighs each character as news and each
lost byte by a fixed cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from fixnews.encoding import codec, frequency
from fixnews.source import LOST

COST_OF_LOSS = -13.0
"""Nats for a byte that belongs to no character: dearer than a rare character (-12), cheaper than
two, so that a shift by one byte is never the cheaper reading of a line."""

COST_OF_BROKEN = -15.0
"""Nats for a character of two bytes one of which was overwritten."""

RAREST = -15.0
"""Nats for a valid character at most: that of no news is likelier than two lost bytes."""

COST_OF_EURO = -9.0
"""Nats for a byte 0x80, which Windows writes for € in GBK; nothing else writes it."""

LEAD = 20.0
"""Nats by which losing bytes must be likelier than a valid reading: one strange character, or a
character for private use, is kept."""

HALVES = 6
"""Bytes of a character that CESU-8 writes as two halves."""

STRETCH, STRANGE = 8, -10.5
"""Characters of a stretch, and the mean below which it is strange. Of 25,000 stretches of clean
news 2 are; of 15,000 in GBK shifted by a byte 997 in 1,000. Big5 soon falls into step again by
itself, since its second bytes are not all like first ones."""


class Part(NamedTuple):
    """Bytes and what they say; lost where they say nothing."""

    size: int
    text: str
    encoding: str
    odd: bool = False


@dataclass(frozen=True, slots=True)
class _Step:
    """The best way to an offset: what it ends with, and where that began."""

    score: float
    start: int
    text: str
    before: _Step | None


_START = _Step(0.0, 0, "", None)


def strange(text: str, encoding: str) -> bool:
    """Whether some stretch of a text is so rare that its characters may begin in wrong places.

    >>> strange("经济形势稳定", "gb18030"), strange("泄槔┥涑觯瘸涫祷闾", "gb18030")
    (False, True)
    """
    costs = list(map(_table(encoding).__getitem__, text))
    worst = STRETCH * STRANGE
    total = sum(costs[:STRETCH])
    if total < worst:
        return True
    for old, new in zip(costs, costs[STRETCH:], strict=False):
        total += new - old
        if total < worst:
            return True
    return False


def way_through(run: bytes, encoding: str, text: str | None = None) -> Iterator[Part]:
    """The parts of a run: characters and lost bytes.

    Args:
        run: the bytes.
        encoding: one of UTF-8, GB18030, Big5, UTF-16.
        text: what they say where they are valid; something likelier must be likelier by `LEAD`.
    """
    best: list[_Step | None] = [_START, *[None] * len(run)]
    table, pairs = _table(encoding), frequency.load().pairs
    for start in range(len(run)):
        here = best[start]
        if here is None:
            continue
        for size, character in _next(run, start, encoding):
            score = here.score + _cost(here.text, character, size, pairs, table)
            there = best[start + size]
            if there is None or score > there.score:
                best[start + size] = _Step(score, start, character, here)
    last = best[-1]
    if text is not None and last and last.score < _plain(text, pairs, table) + LEAD:
        yield Part(len(run), text, encoding)
    else:
        yield from _merged(_trail(last), len(run), encoding)


def _table(encoding: str) -> Mapping[str, float]:
    news = frequency.load()
    return news.traditional if encoding.startswith("big5") else news.either


def _plain(text: str, pairs: Mapping[str, float], table: Mapping[str, float]) -> float:
    """What a text that is valid costs on the same scale."""
    total = sum(max(table[c], RAREST) for c in text)
    return total + sum(pairs.get(a + b, frequency.UNPAIRED) for a, b in pairwise(text))


def _cost(
    before: str, text: str, size: int, pairs: Mapping[str, float], table: Mapping[str, float]
) -> float:
    """Nats for a character behind another, or for the loss of a byte."""
    if text == LOST:
        return COST_OF_LOSS if size == 1 else COST_OF_BROKEN
    if text == "€" and size == 1:
        return COST_OF_EURO
    paired = pairs.get(before + text, frequency.UNPAIRED) if before else 0.0
    return max(table[text], RAREST) + paired


def _trail(step: _Step | None) -> Sequence[_Step]:
    steps = []
    while step is not None and step.before is not None:
        steps.append(step)
        step = step.before
    return steps[::-1]


def _merged(steps: Sequence[_Step], size: int, encoding: str) -> Iterator[Part]:
    """The steps as parts: characters of one run together, each lost byte by itself."""
    ends = [*(step.start for step in steps[1:]), size]
    text, began = "", 0
    for step, end in zip(steps, ends, strict=True):
        size_of = end - step.start
        other = "" if step.text == LOST else _OTHER.get((step.text, size_of)) or _OTHER.get(size_of)
        if other is not None:
            yield Part(step.start - began, text, encoding)
            yield Part(size_of, step.text, other, odd=True)
            text, began = "", end
        else:
            text += step.text
    yield Part(size - began, text, encoding)


_OTHER: dict[object, str] = {("€", 1): "cp936", HALVES: "cesu-8"}
"""The encoding of characters that the page's own has not, by themselves and their bytes: Windows
writes € as the one byte 0x80; Python's codec has no such character."""

_WIDTHS = {"gb18030": (2, 4), "big5": (2,), "big5-uao": (2,), "utf-8": (2, 3, 4, 6)}
"""Six bytes are two halves of a character beyond the first plane (CESU-8)."""

_WIDE = (2, 4)


def _next(run: bytes, start: int, encoding: str) -> Iterator[tuple[int, str]]:
    """The characters that may begin at an offset, and the loss of its byte."""
    if encoding.startswith("utf-16"):
        yield from _whole(run, start, encoding, _WIDE)
    elif run[start] < 0x80:
        yield 1, chr(run[start])
    elif run[start] == 0x80 and encoding == "gb18030":
        yield 1, "€"
    else:
        yield from _whole(run, start, encoding, _WIDTHS[encoding])
        if _broken(run[start : start + 2], encoding):
            yield 2, LOST
    yield 1, LOST


def _whole(
    run: bytes, start: int, encoding: str, widths: tuple[int, ...]
) -> Iterator[tuple[int, str]]:
    for width in widths:
        text = _character(run[start : start + width], encoding)
        if text and start + width <= len(run):
            yield width, text


def _broken(pair: bytes, encoding: str) -> bool:
    """Whether two bytes may be a character of which one was overwritten: they are none now."""
    if len(pair) < 2 or encoding == "utf-8" or _character(pair, encoding):
        return False
    return pair[0] < 0xFF or pair[1] >= 0x40


@lru_cache(maxsize=1 << 16)
def _character(data: bytes, encoding: str) -> str:
    """The one character that the bytes are, or nothing."""
    try:
        text = halves(data) if len(data) == HALVES else codec.read(data, encoding)
    except UnicodeDecodeError:
        return ""
    return text if len(text) == 1 else ""


def halves(data: bytes) -> str:
    """The character of two halves in UTF-8 each, as CESU-8 and Java write it.

    Raises:
        UnicodeDecodeError: they are none.
    """
    units = data.decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass")
    return units.decode("utf-16-le")
