"""Before which character of a line a gutter runs, and what boxes tell of it.

A recogniser that gives the boxes of words or characters shows the gutter itself. One that gives a
box a line shows only how long the line is: then its two ends tell how many characters fit on each
side, and the language model chooses among the places that both allow.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from fixnews.arrays import Ints
from fixnews.order.gutters import Gutters
from fixnews.order.pieces import Piece
from fixnews.order.placed import Cells
from fixnews.order.reads_on import reads_on

WORD = 4
"""Characters of a word up to which its box tells where they stand."""

EVEN = 0.01
"""Share of a step by which steps inside a word may differ where they were reckoned, not read."""

TOUCH, LOOSE = 0.25, 1.5
"""Ems by which a character must reach over the middle of a gutter on both sides to lie on it, and
that its box may be wide: of the lines of issues 000 to 003 that Tesseract read across gutters one
has such a character, of 37 that it did not 24."""

OFF = 1.0
"""Nats that a place costs for each character that it lies off where widths alone put it."""

NO_START = frozenset("，。、；：”》）？！·")
"""Marks that no line begins with."""

NEVER = 9.0
"""Nats that it costs to begin a line with one: the most that a seam gains."""

Band = tuple[float, float]
"""The left and right edge of a gutter, in pixels."""


def blind(seen: Cells, line: Piece, band: Band) -> bool:
    """Whether the boxes of a line do not tell where its characters stand at a gutter."""
    row = line.cells
    middle = (band[0] + band[1]) / 2
    at = row[int(np.abs(seen.middle[row] - middle).argmin())]
    word = row[(seen.word[row] == seen.word[at]) & (seen.line[row] == seen.line[at])]
    if len(word) <= WORD:
        return False
    steps = np.diff(seen.middle[word]) / (seen.width[word][1:] + seen.width[word][:-1])
    return bool(np.ptp(steps) <= EVEN * abs(steps.mean()))


def inked(seen: Cells, line: Piece, band: Band) -> bool:
    """Whether a character of a line stands on a gutter, if its boxes tell: see `blind`."""
    row, reach = line.cells, TOUCH * line.size
    middle = (band[0] + band[1]) / 2
    over = row[(seen.left[row] < middle - reach) & (seen.right[row] > middle + reach)]
    tight = over[(seen.right - seen.left)[over] <= LOOSE * line.size]
    return any(seen.text[n].isalpha() and not seen.text[n].isascii() for n in tight)


def place(seen: Cells, line: Piece, band: Band, known: Gutters, model: Path | None) -> int:
    """Before which character of a line a gutter runs.

    Args:
        seen: the characters of the page.
        line: it crosses the gutter.
        band: the gutter.
        known: the gutters of the page.
        model: the language model to ask.
    """
    own = by_boxes(seen, line.cells, band)
    first, last = _fitting(seen, line, band, known)
    if first >= last or not blind(seen, line, band):
        return own
    places = list(range(first, last + 1))
    told = reads_on([(line.text[:n], line.text[n:]) for n in places], model)
    costs = [
        gain + OFF * abs(n - own) + NEVER * (line.text[n] in NO_START)
        for n, gain in zip(places, told.tolist(), strict=True)
    ]
    return places[int(np.argmin(costs))]


def by_boxes(seen: Cells, row: Ints, band: Band) -> int:
    """As many characters as can stand on the left side of a gutter."""
    middle = (band[0] + band[1]) / 2
    wrong = np.concatenate(([0], (seen.middle[row] >= middle) * 2 - 1))
    return int(wrong.cumsum().argmin())


def _fitting(seen: Cells, line: Piece, band: Band, known: Gutters) -> tuple[int, int]:
    """The places that a gutter has if all that is missing is missing left of it, or right of it."""
    ends = np.concatenate(([0.0], seen.width[line.cells].cumsum()))
    em, every = known.em, known.everywhere
    before = sum(b - a for a, b in every if line.box.left < a and b <= band[0])
    behind = sum(b - a for a, b in every if band[1] <= a and b < line.box.right)
    left = (band[0] - line.box.left - before) / em
    right = ends[-1] - (line.box.right - band[1] - behind) / em
    last = len(line.text) - 1
    first, second = (int(np.abs(ends - ems).argmin()) for ems in (right, left))
    return max(1, first), min(last, second)
