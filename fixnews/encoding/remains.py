"""What bytes say of which some are unknown: the text that is left, a hole for each character gone.

A codec that meets a byte it cannot read writes U+FFFD in its place, so it is known where the bytes
are missing, and nearly how many. The search (Viterbi, one state an offset) weighs a character that
is whole by its share of news, and one of which some bytes are known by the share of all that have
these bytes: E4 ?? ?? is one in seven, ?? ?? ?? is any. So holes cost what they rule out, no more.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fixnews.encoding import frequency, shares
from fixnews.encoding.lattice import COST_OF_LOSS, way_through
from fixnews.encoding.shares import UNKNOWN, Row, Shares
from fixnews.patterns import lazy
from fixnews.source import LOST


class Choice(NamedTuple):
    """Bytes that a character of the wrong text may have been read from, and what choosing costs."""

    row: Row
    cost: float = 0.0


Unit = tuple[Choice, ...]
"""All that one character of the wrong text may have been read from."""

LONGEST_CUT = 2
"""Bytes that may be missing behind the last one."""

_WIDTHS = {"gb18030": (2, 4), "big5": (2,), "utf-8": (2, 3, 4)}


APART = 4
"""Characters that are left for each lost byte: fewer say too little of where it is missing."""

_ROW = lazy(f"{LOST}+")


class Remains(NamedTuple):
    """A text with holes.

    Attributes:
        text: what is left, one `LOST` for each character that is gone.
        cost: nats of its holes and choices; the characters that are left are not counted.
        fit: how many standard deviations it lies above what such remains of news score on the mean.
        holed: whether bytes are lost.
    """

    text: str
    cost: float
    fit: float
    holed: bool


@dataclass(frozen=True, slots=True)
class _Step:
    """The best way to a place: the last character, what it was read from, and the way before."""

    total: float
    text: str
    row: Row
    score: float
    cost: float
    before: _Step | None


class _Place(NamedTuple):
    """A place between two bytes: a unit, which of its choices, and how many bytes of that are done.

    At the start of a unit nothing is chosen yet: ``_Place(unit, 0, 0)``.
    """

    unit: int
    choice: int
    done: int


def read(units: Sequence[Unit], encoding: str) -> Remains | None:
    """The likeliest text of bytes some of which are unknown, or None: they are not in the encoding.

    Args:
        units: the bytes, by characters of the text that they were read as.
        encoding: one of UTF-8, GB18030, Big5.

    >>> known = [(Choice((b,)),) for b in "经济".encode("gbk")]
    >>> read([*known, (Choice((UNKNOWN,)),)], "gb18030").text
    '经济\ufffd'
    """
    news = shares.load(encoding)
    for missing in range(LONGEST_CUT + 1):
        last = _search([*units, *[(Choice((UNKNOWN,)),)] * missing], news)
        if last is not None:
            return _told(last, news)
    return None


def torn(data: bytes, encoding: str) -> Remains | None:
    r"""The likeliest text of bytes of which some are missing, nobody knows where.

    Args:
        data: the bytes that are left.
        encoding: one of UTF-8, GB18030, Big5.

    >>> data = "全市经济形势稳定".encode("gbk")
    >>> torn(data[:7] + data[8:], "gb18030").text
    '全市经\ufffd形势稳定'
    """
    parts = list(way_through(data, encoding))
    lost = sum(part.size for part in parts if part.text == LOST)
    text = _ROW.sub(LOST, "".join(part.text for part in parts))
    beyond = [c for c in text if c > "\x7f" and c != LOST]
    if not lost or lost * APART > len(beyond):
        return None
    news = shares.load(encoding)
    mean, variance = news.usual[(True,) * _WIDTHS[encoding][encoding == "utf-8"]]
    excess = sum(news.table[c] - mean for c in beyond)
    fit = excess / math.sqrt(variance * len(beyond))
    return Remains(text, COST_OF_LOSS * lost, fit, holed=True)


def _search(units: Sequence[Unit], news: Shares) -> _Step | None:
    """The best way to the end."""
    pairs = frequency.load().pairs
    ways: list[dict[_Place, _Step]] = [{} for _ in range(len(units) + 1)]
    ways[0][_Place(0, 0, 0)] = _Step(0.0, "", (), 0.0, 0.0, None)
    for here in ways[:-1]:
        for place in _in_order(here):
            step = here[place]
            for row, cost, to in _rows(units, place, news.encoding):
                found = news.reading(row)
                if found is None:
                    continue
                text, score = found
                total = step.total + score + cost
                if text != LOST and step.text not in ("", LOST):
                    total += pairs.get(step.text + text, frequency.UNPAIRED)
                old = ways[to.unit].get(to)
                if old is None or total > old.total:
                    ways[to.unit][to] = _Step(total, text, row, score, cost, step)
    return ways[-1].get(_Place(len(units), 0, 0))


def _in_order(here: dict[_Place, _Step]) -> Iterator[_Place]:
    """The places of one unit from its start on; more are added on the way."""
    for done in range(4):
        yield from [place for place in here if place.done == done]


def _rows(
    units: Sequence[Unit], place: _Place, encoding: str
) -> Iterator[tuple[Row, float, _Place]]:
    """What the next character may have been read from, what that costs, and where it ends."""
    unit = units[place.unit]
    for number in (place.choice,) if place.done else range(len(unit)):
        first = unit[number].row[place.done]
        start = _Place(place.unit, number, place.done)
        if first < 0x80:
            yield from _spans(units, start, 1)
        if first == UNKNOWN or first >= 0x80:
            for width in _WIDTHS[encoding]:
                yield from _spans(units, start, width)


def _spans(
    units: Sequence[Unit], place: _Place, width: int, row: Row = (), cost: float = 0.0
) -> Iterator[tuple[Row, float, _Place]]:
    """All rows of so many bytes from a place on, over as many units as they take."""
    choice = units[place.unit][place.choice]
    part = choice.row[place.done : place.done + width]
    row, cost = row + part, cost if place.done else cost + choice.cost
    end = place.done + len(part)
    whole = end == len(choice.row)
    if len(part) == width:
        to = _Place(place.unit + 1, 0, 0) if whole else place._replace(done=end)
        yield row, cost, to
    elif place.unit + 1 < len(units):
        for number in range(len(units[place.unit + 1])):
            start = _Place(place.unit + 1, number, 0)
            yield from _spans(units, start, width - len(part), row, cost)


def _told(last: _Step, news: Shares) -> Remains:
    """The way as a text, and how it compares with what is left of news elsewhere."""
    steps: list[_Step] = []
    step: _Step | None = last
    while step is not None and step.before is not None:
        steps.append(step)
        step = step.before
    steps.reverse()
    text = "".join(s.text for s in steps)
    beyond = [s for s in steps if s.text > "\x7f"]
    usual = [news.expected(s.row) for s in beyond]
    excess = sum(s.score - mean for s, (mean, _) in zip(beyond, usual, strict=True))
    spread = math.sqrt(sum(variance for _, variance in usual))
    cost = sum(s.cost + (s.score if s.text == LOST else 0.0) for s in steps)
    holed = any(UNKNOWN in s.row for s in steps)
    return Remains(text, cost, excess / spread if spread else 0.0, holed)
