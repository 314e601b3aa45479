"""The measure of a column, and the lines that miss it by one character.

A newspaper's lines fill their column. One that is a character short has lost one, unless a mark or
a number that may not be cut was carried over to the next; one that is a character longer holds
something that was never printed, unless a mark hangs in the margin.
"""

from __future__ import annotations

import numpy as np

from fixnews.arrays import Bools, Ints
from fixnews.layout.reading import WINDOW, WRAPPED, Reading

SLACK = 0.4
"""Cells by which a line may miss the length of one that is just a character off: half a cell is a
letter or a digit."""

_CARRIED = "，。、；：？！”’）》…"
"""Marks that begin no line: before one, or one character before it, a line is short for no loss."""

_OPENING = "“‘（《"
"""Marks that end no line: before one a line is short for no loss."""

_HANGING = "，。、；：？！”’）》"
"""Marks that may stand behind the last character of a full line."""


def short_lines(seen: Reading) -> list[tuple[int, int]]:
    r"""Start and end of the lines that are one character short, and for no other reason.

    >>> from fixnews.layout.reading import read
    >>> page = "对伊拉克核领域的核查\n问题进行了商后表示\n中国主张尽快结束核查\n"
    >>> seen = read(page)
    >>> [seen.text[start:end] for start, end in short_lines(seen)]
    ['问题进行了商后表示']
    """
    return short_and_carried(seen)[0]


def carried_lines(seen: Reading) -> list[tuple[int, int]]:
    r"""The same for lines that may be short for a mark that was carried over as well.

    >>> from fixnews.layout.reading import read
    >>> page = "加快腾笼换鸟凤凰涅槃\n谋求街道经济高质量行\n动，经济稳中有进向好\n"
    >>> seen = read(page.replace("行", ""))
    >>> [seen.text[start:end] for start, end in carried_lines(seen)]
    ['谋求街道经济高质量']
    """
    return short_and_carried(seen)[1]


Span = tuple[int, int]


def short_and_carried(seen: Reading) -> tuple[list[Span], list[Span]]:
    """Start and end of the lines of `short_lines`, and of those of `carried_lines`."""
    starts, ends = _lines(seen)
    off = _are_off(seen, ends, 1.0) & (seen.gap[ends] == WRAPPED)
    if not off.any():
        return [], []
    around = np.r_[seen.points, 0, 0]
    marks = [ord(mark) for mark in _CARRIED]
    told = np.isin(around[ends], [ord(mark) for mark in _OPENING])
    told |= (around[ends] < 0x80) | (around[ends - 1] < 0x80)
    short = off & ~told
    behind = np.isin(around[ends], marks) | np.isin(around[ends + 1], marks)
    short &= _among_full(seen, ends, short & ~behind)
    rows = [short & ~behind, short & behind]
    one, other = (list(zip(starts[k].tolist(), ends[k].tolist(), strict=True)) for k in rows)
    return one, other


def long_lines(seen: Reading) -> list[tuple[int, int]]:
    r"""Start and end of the lines that are one character too long, and for no other reason.

    >>> from fixnews.layout.reading import read
    >>> page = "对伊拉克核领域的核查\n问题进行了人磋商后表示\n中国主张尽快结束核查。\n完"
    >>> seen = read(page)
    >>> [seen.text[start:end] for start, end in long_lines(seen)]
    ['问题进行了人磋商后表示']
    """
    starts, ends = _lines(seen)
    kept = _are_off(seen, ends, -1.0) & ~_hang(seen, ends)
    kept &= _among_full(seen, ends, kept)
    return list(zip(starts[kept].tolist(), ends[kept].tolist(), strict=True))


def _lines(seen: Reading) -> tuple[Ints, Ints]:
    """Where the lines start and end."""
    starts = np.flatnonzero(seen.gap[:-1] >= WRAPPED)
    return starts, np.r_[starts[1:], len(seen.points)][: len(starts)].astype(np.int64)


def _are_off(seen: Reading, ends: Ints, cells: float) -> Bools:
    """Which lines miss their column by so many cells."""
    return np.abs(seen.short[ends - 1] - cells) <= SLACK


def misses(seen: Reading) -> bool:
    r"""Whether any line misses its column by a character, for whatever reason.

    >>> from fixnews.layout.reading import read
    >>> [misses(read("水位全线恢复\n正常供水\n" * n)) for n in (1, 2)]
    [False, False]
    >>> misses(read("水位全线恢复\n正常供水了\n水位全线恢复\n"))
    True
    """
    return bool((np.abs(np.abs(seen.short) - 1.0) <= SLACK).any())


def _hang(seen: Reading, ends: Ints) -> Bools:
    """Which lines end with a mark that may hang in the margin."""
    return np.isin(seen.points[ends - 1], [ord(mark) for mark in _HANGING])


def _among_full(seen: Reading, ends: Ints, off: Bools) -> Bools:
    """Which lines are among more that fill their column, with no mark in the margin, than are off.

    Where marks hang, it is their lines that tell the width, and all others are a character short;
    where many characters were dropped, the lines that are full are too long.
    """
    full = _are_off(seen, ends, 0.0) & ~_hang(seen, ends)
    balance = np.r_[0, np.cumsum(full * 1 - off * 1)]
    index = np.arange(len(ends))
    first, last = np.maximum(index - WINDOW, 0), np.minimum(index + WINDOW + 1, len(ends))
    return np.asarray(balance[last] >= balance[first])
