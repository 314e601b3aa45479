"""Headlines of two stories that were read as one line: their second lines tell them apart."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from fixnews.order.gutters import BODY, Gutters
from fixnews.order.pieces import Piece, piece
from fixnews.order.place_of_cut import blind
from fixnews.order.placed import Cells
from fixnews.order.reads_on import reads_on

ASIDE = 4.0
"""Ems from which a line of large type stands neither under the middle nor at the edge of the line
above it: it is the second line of another headline."""

BELOW = 1.6
"""Ems that lie at most between two lines of a headline."""

NEARBY = 2
"""Characters on each side of a gutter among which the end of the first headline is looked for."""


CLEAR = 0.5
"""Ems of its own type between two characters of a line that show where the second headline begins,
where one such place is near the gutter: within a headline a mark leaves as much."""


def headlines_apart(
    seen: Cells, lines: Sequence[Piece], known: Gutters, model: Path | None = None
) -> list[Piece]:
    """The same lines, those that are headlines of two stories cut at the gutter between."""
    large = [line for line in lines if line.size > BODY * known.em * LESS]
    found: list[Piece] = []
    for line in lines:
        at = _cut(seen, line, large, known, model) if line in large else None
        if at is None:
            found.append(line)
        else:
            found.extend(piece(seen, part) for part in np.split(line.cells, [at]))
    return sorted(found, key=lambda one: (one.middle, one.box.left))


LESS = 0.9
"""Headlines over one column are set little larger than the body."""


def _cut(
    seen: Cells, line: Piece, large: Sequence[Piece], known: Gutters, model: Path | None
) -> int | None:
    """Before which character of a line the second headline begins, if there is one."""
    under = [one for one in large if _aside(line, one, known.em)]
    inside = [
        band
        for band in known.everywhere
        if line.box.left + 3 * known.em < band[0] and band[1] < line.box.right - 3 * known.em
    ]
    if not under or not inside:
        return None
    middles = [(one.box.left + one.box.right) / 2 for one in under]
    band = min(inside, key=lambda band: sum(_off(line, band, middle) for middle in middles))
    centre = (band[0] + band[1]) / 2
    near = int(np.searchsorted(seen.middle[line.cells], centre))
    places = [n for n in range(near - NEARBY, near + NEARBY + 1) if 2 <= n <= len(line.text) - 2]
    clear = [n for n in places if _blank(seen, line, n) > CLEAR]
    if len(clear) == 1 and not blind(seen, line, band):
        return clear[0]
    told = reads_on([(line.text[:n], line.text[n:]) for n in places], model)
    return places[int(np.argmin(told))] if places else None


def _blank(seen: Cells, line: Piece, number: int) -> float:
    """Ems of its own type that lie before a character of a line."""
    before, behind = line.cells[number - 1], line.cells[number]
    return float(seen.left[behind] - seen.right[before]) / line.size


def _aside(line: Piece, other: Piece, em: float) -> bool:
    """Whether another line of large type stands below one, aside."""
    down = other.box.top - line.box.bottom
    if other is line or not -em < down < BELOW * em:
        return False
    inside = line.box.left - em < other.box.left and other.box.right < line.box.right + em
    middles = (line.box.left + line.box.right - other.box.left - other.box.right) / 2
    return inside and abs(middles) > ASIDE * em and other.box.left - line.box.left > ASIDE * em


def _off(line: Piece, band: tuple[float, float], middle: float) -> float:
    """How far a second line stands from the middle of the half of the line that is above it."""
    left, right = line.box.left, line.box.right
    halves = ((left + band[0]) / 2, (band[1] + right) / 2)
    return min(abs(half - middle) for half in halves)
