"""How much of news has these bytes, where some are unknown: what a hole in a text rules out.

A character of which the second byte of two is lost may be any with the same first one. The share of
news that these make up is the likelihood of what is left, and its logarithm adds up with that of
the characters that are whole.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

from fixnews.encoding import codec, frequency
from fixnews.encoding.frequency import Table
from fixnews.source import LOST

UNKNOWN = -1
"""A byte that is gone, among the others, which are 0 to 255."""

Row = tuple[int, ...]
"""The bytes of a character, known and unknown."""

STRAY = -13.0
"""Nats for an unknown byte that belongs to no character, as `fixnews.encoding.lattice` has it."""

OTHERS = (-13.0, 1.0)
"""Mean and variance for what is too rare to be counted: characters of four bytes."""

_WIDTHS = (2, 3)


@dataclass(frozen=True, slots=True)
class Shares:
    """The shares of one encoding, as natural logarithms.

    Attributes:
        encoding: UTF-8, GB18030 or Big5.
        table: of whole characters.
        holed: of bytes of which some or all are unknown.
        usual: mean and variance over news, by which bytes are known.
    """

    encoding: str
    table: Table
    holed: dict[Row, float]
    usual: dict[tuple[bool, ...], tuple[float, float]]

    def reading(self, row: Row) -> tuple[str, float] | None:
        """The character, or `LOST`, and its logarithm; None: the encoding has none such."""
        share = self.holed.get(row)
        if share is not None:
            return LOST, share
        text = "" if UNKNOWN in row else _character(row, self.encoding)
        return (text, self.table[text]) if text else None

    def expected(self, row: Row) -> tuple[float, float]:
        """Mean and variance of the logarithm over news of which the same bytes are known."""
        if row == (UNKNOWN,):
            return 0.0, 1.0
        return self.usual.get(tuple(b != UNKNOWN for b in row), OTHERS)


@lru_cache(maxsize=1 << 16)
def _character(row: Row, encoding: str) -> str:
    """The one character that the bytes are, or nothing."""
    try:
        text = codec.read(bytes(row), encoding)
    except UnicodeDecodeError:
        return ""
    return text if len(text) == 1 else ""


@cache
def load(encoding: str) -> Shares:
    """The shares of an encoding, summed up when first asked for.

    >>> big5 = load("big5")
    >>> big5.reading((UNKNOWN, UNKNOWN))[1] > big5.reading((0xA4, UNKNOWN))[1]
    True
    """
    news = frequency.load()
    table = news.traditional if encoding == "big5" else news.either
    counted = list(_counted(table, encoding))
    sums: dict[Row, float] = defaultdict(float)
    for data, share in counted:
        for row in _rows(data):
            sums[row] += share
    logs = {row: min(0.0, math.log(share)) for row, share in sums.items()}
    holed = {row: log for row, log in logs.items() if UNKNOWN in row} | {(UNKNOWN,): STRAY}
    return Shares(encoding, table, holed, dict(_usual(counted, logs)))


def _counted(table: Table, encoding: str) -> Iterator[tuple[Row, float]]:
    """Each character that news has and the encoding can write: its bytes, its share."""
    for text, log in table.counted():
        if text > "\x7f":
            try:
                data = codec.write(text, encoding)
            except UnicodeEncodeError:
                continue
            if len(data) in _WIDTHS:
                yield tuple(data), math.exp(log)


def _rows(data: Row) -> Iterable[Row]:
    """The bytes with each of them known or unknown."""
    return product(*((byte, UNKNOWN) for byte in data))


def _usual(
    counted: list[tuple[Row, float]], logs: dict[Row, float]
) -> Iterator[tuple[tuple[bool, ...], tuple[float, float]]]:
    sums: dict[tuple[bool, ...], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for data, share in counted:
        for row in _rows(data):
            log, kind = logs[row], sums[tuple(b != UNKNOWN for b in row)]
            kind[0] += share
            kind[1] += share * log
            kind[2] += share * log * log
    for known, (share, once, twice) in sums.items():
        mean = once / share
        yield known, (mean, max(0.0, twice / share - mean * mean))
