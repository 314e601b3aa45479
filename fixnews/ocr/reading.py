"""A page as it reads on: its characters without white space, and what lay between them.

A recogniser's page is cut into printed lines, but a sentence does not care. What looks at letters
and marks in their context reads them here, one behind the other, and finds the way back to the
page by `Reading.at`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

JOINED, SPACED, WRAPPED, PARTED = range(4)
"""What lies before a character: nothing, a blank, a line break, the end of a paragraph."""

INDENT = 2
"""Blanks at the start of a line that open a paragraph."""

WINDOW = 7
"""Lines on each side that tell the width of a column (the same as for `fixnews.layout.seams`)."""

WIDEST = 45
"""Cells of the widest column of a newspaper; where lines are longer, each is a paragraph."""

_BLANKS = (*range(0x21), 0x85, 0xA0, *range(0x2000, 0x200C), 0x2028, 0x2029, 0x3000, 0xFEFF)
_BEYOND = 0xFFFF


@dataclass(frozen=True, slots=True)
class Reading:
    """The characters of a page that are not white space.

    Attributes:
        text: the characters; n of them.
        points: their code points, shape (n,).
        at: the offset of each in the page, shape (n,).
        gap: what lies before each: `JOINED`, `SPACED`, `WRAPPED` or `PARTED`, shape (n + 1,); the
            last is for the end of the page, the first is `PARTED`, too.
        short: for the last character of a line the cells by which the line misses the width of
            its column, for all others 0; shape (n,).
    """

    text: str
    points: Ints
    at: Ints
    gap: Ints
    short: Floats


def read(page: str) -> Reading:
    r"""The reading of a page.

    >>> seen = read("　　全市水位\n恢复 ，\n\n")
    >>> seen.text, seen.gap.tolist()
    ('全市水位恢复，', [3, 0, 0, 0, 2, 0, 1, 3])
    """
    import numpy as np

    units = np.frombuffer(page.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    points = units.astype(np.int64)
    blank = _blank()[np.minimum(points, _BEYOND)]
    at = np.flatnonzero(~blank)
    text = "".join(page.split()) if len(at) else ""
    if len(text) != len(at):
        text = "".join(map(page.__getitem__, at))
    gap = _gaps(points, at)
    short = _short(points[at], gap)
    return Reading(text, points[at], at, gap, short)


def preceding(values: Any, first: Any) -> Any:
    """What stands before each of some values, and ``first`` before them all.

    >>> import numpy as np
    >>> preceding(np.array([1, 2, 3]), 0).tolist()
    [0, 1, 2]
    """
    import numpy as np

    shifted = np.empty_like(values)
    shifted[1:], shifted[:1] = values[:-1], first
    return shifted


def following(values: Any, last: Any) -> Any:
    """What stands behind each of some values, and ``last`` behind them all.

    >>> import numpy as np
    >>> following(np.array([1, 2, 3]), 0).tolist()
    [2, 3, 0]
    """
    import numpy as np

    shifted = np.empty_like(values)
    shifted[:-1], shifted[-1:] = values[1:], last
    return shifted


def sums(values: Any) -> Any:
    """The sum of all values before each place, and of all of them.

    >>> import numpy as np
    >>> sums(np.array([1, 2, 3])).tolist()
    [0, 1, 3, 6]
    """
    import numpy as np

    kind = np.float64 if values.dtype.kind == "f" else np.int64
    total = np.zeros(len(values) + 1, kind)
    np.cumsum(values, out=total[1:])
    return total


@cache
def _blank() -> Any:
    """For each code point below `_BEYOND` whether it is white space."""
    import numpy as np

    table = np.zeros(_BEYOND + 1, dtype=bool)
    table[list(_BLANKS)] = True
    return table


def evenness(seen: Reading) -> Floats:
    r"""For each character the share of the lines around its own that fill their column.

    >>> evenness(read("全市水位\n全部恢复\n正常")).round(2).tolist()[::4]
    [0.6, 0.53, 0.47]
    """
    import numpy as np

    starts = np.flatnonzero(seen.gap[:-1] >= WRAPPED)
    if not len(starts):
        return np.zeros(len(seen.points))
    ends = following(starts, len(seen.points)) - 1
    full = np.pad((np.abs(seen.short[ends]) < 0.3).astype(float), WINDOW, mode="edge")
    share = np.lib.stride_tricks.sliding_window_view(full, 2 * WINDOW + 1).mean(axis=1)
    return np.repeat(share, ends - starts + 1)


def _gaps(points: Ints, at: Ints) -> Ints:
    """What lies before each character that is not white space, and before the end."""
    import numpy as np

    feeds, returns = points == 0x0A, points == 0x0D
    lone = returns & ~following(feeds, last=False)
    ends = feeds | lone
    parts = points == 0x0C
    left, right = np.append(-1, at), np.append(at, len(points))
    lines = sums(ends + 2 * parts)
    broken = lines[right] - lines[left + 1]
    last_end = np.maximum.accumulate(
        np.append(-1, np.where(ends | parts, np.arange(len(points)), -1))
    )
    indent = right - 1 - last_end[right]
    gap = np.where(broken > 0, WRAPPED, np.where(right - left > 1, SPACED, JOINED))
    gap[(broken > 1) | ((broken == 1) & (indent >= INDENT))] = PARTED
    gap[[0, -1]] = PARTED
    return gap


def _short(points: Ints, gap: Ints) -> Floats:
    """How many cells the line of each line's last character misses of its column's width.

    Where the lines are wider than any column, their breaks become ends of paragraphs in ``gap``.
    """
    import numpy as np

    found = np.zeros(len(points))
    starts = np.flatnonzero(gap[:-1] >= WRAPPED)
    if not len(starts):
        return found
    cells = np.add.reduceat(np.where(points < 0x3000, 1 - 0.5 * _narrow(points), 1.0), starts)
    padded = np.pad(cells, WINDOW, mode="edge")
    around = np.lib.stride_tricks.sliding_window_view(padded, 2 * WINDOW + 1)
    width = np.partition(around, 12, axis=1)[:, 12]
    gap[starts[width > WIDEST]] = PARTED
    found[following(starts, len(points)) - 1] = np.where(width > WIDEST, 0, width - cells)
    return found


def _narrow(points: Ints) -> Any:
    """1 for letters and digits of half width, 0 for everything else."""
    letter = (points | 0x20) - 0x61
    digit = points - 0x30
    return ((letter >= 0) & (letter < 26)) | ((digit >= 0) & (digit < 10))
