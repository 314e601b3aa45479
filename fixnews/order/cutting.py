"""Lines that were read across gutters, cut there.

Where the rows around leave a gutter free, and where it runs elsewhere on the page, the lines that
cross it are cut, unless they plainly read on: the language model is asked about lines that follow
each other closely, all at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median

import numpy as np

from fixnews.order.gutters import BODY, COLUMN, Gutters
from fixnews.order.pieces import Piece, named
from fixnews.order.place_of_cut import Band, blind, by_boxes, inked, place
from fixnews.order.placed import Cells
from fixnews.order.reads_on import reads_on

BREAK = 0.9
"""Ems of its own type that part a line that stands over a gutter: two headlines side by side."""

NEAR = 2.5
"""Ems that lie at most between two parts of one line."""

CROSSES, CLOSE, MANY = 1.5, 3.0, 3
"""Ems that a line has on both sides of a gutter that it crosses; ems between two lines that are
asked about together; lines from which they are many."""

SEVERAL = 3
"""Gutters from which a line that crosses them is a row of columns: headings and bylines of two or
three columns cross two."""

LARGE = 1.24
"""Ems of the body that the type of a line read across a gutter seems to have at most."""

HIGH = 1.2
"""Height, in those of the page's lines, up to which a line of larger type is none."""

AT_EDGE = 0.65
"""Ems by which the beginning of a line may miss the edge of its column or the indent of two ems."""

MARGIN = 20
"""One line of so many may begin left of the first column: specks of dirt are read as some."""

LIMITS = {
    (True, True, True): 8.0, (True, True, False): 8.0,
    (True, False, True): 2.2, (True, False, False): 0.5,
    (False, True, True): 2.2, (False, True, False): 4.0,
    (False, False, True): 1.0, (False, False, False): -2.0,
}  # fmt: skip
"""Nats that lines may gain on average by reading on across a gutter and be cut there all the same:
by whether the rows around leave it free, whether the lines begin where columns do, and whether they
are many."""

STRETCH, SHORT = 0.6, 3.0
"""Share of the gutters that it crosses by which a line that was read across them is longer than its
type at least, and ems by which lines that end early or stand in make it longer still. On issues 000
to 003 lines of the body are longer by half a gutter at most, larger type by five ems and more; of
98 that were read across gutters 84 lie between."""

STRETCHED = 9.0
"""Nats more that such a line may gain by reading on: as long by chance is one line of 25."""

INKED = 4.0
"""Nats less that a line may gain where a character stands on the gutter: see `TOUCH`, which has
the counts."""

Cuts = dict[int, Band | None]
"""Before which characters of a line it is cut, and at which gutter, or none but a gap."""

Crossing = tuple[int, bool, bool, float]
"""The number of a line that crosses a gutter, whether the rows around it leave the gutter free,
whether it begins where a column's lines do, and nats more that it may gain by what boxes tell."""


def cuts(
    seen: Cells, lines: Sequence[Piece], known: Gutters, model: Path | None
) -> tuple[list[Cuts], Gutters]:
    """Where each line of the file is to be cut; and the gutters known then."""
    found: list[Cuts] = [{} for _ in lines]
    every = known.everywhere
    for band in every:
        for run in _runs(lines, _crossing(seen, lines, band, known), known.em):
            _, free, aligned, more = run[0]
            places = [
                place(seen, lines[n], band, known, model)
                if free or aligned or more
                else by_boxes(seen, lines[n].cells, band)
                for n, *_ in run
            ]
            halves = [
                (lines[n].text[:at], lines[n].text[at:])
                for (n, *_), at in zip(run, places, strict=True)
            ]
            limit = LIMITS[free, aligned, len(run) >= MANY] + more
            if reads_on(halves, model).mean() < limit:
                for (n, *_), at in zip(run, places, strict=True):
                    found[n][at] = band
                known = known.opened(band, lines[run[0][0]].box.top, lines[run[-1][0]].box.bottom)
    for n, line in enumerate(lines):
        found[n] |= {at: None for at in _at_gaps(seen, line, every, known.em) if at not in found[n]}
    return found, known


def _crossing(
    seen: Cells, lines: Sequence[Piece], band: tuple[float, float], known: Gutters
) -> list[Crossing]:
    """The lines of the body that cross a gutter, from top to bottom."""
    em, every = known.em, known.everywhere
    tall = median(line.box.height for line in lines) if lines else 0.0
    lefts = sorted(line.box.left for line in lines)
    edges = [*lefts[len(lefts) // MARGIN :][:1], *(right for _, right in every)]
    found = (
        (
            n,
            (free := _free(line, band, known)),
            (aligned := _aligned(line, edges, em, tall) or _whole_row(line, known)),
            _by_boxes(seen, line, band, known, in_column=free or aligned),
        )
        for n, line in enumerate(lines)
        if line.size <= BODY * em and _crosses(line, band, em)
    )
    return sorted(
        (row for row in found if row[2] or not named(lines[row[0]])),
        key=lambda row: lines[row[0]].middle,
    )


def _crosses(line: Piece, band: tuple[float, float], em: float) -> bool:
    """Whether a line has type on both sides of a gutter."""
    box = line.box
    return box.left < band[0] - CROSSES * em and box.right > band[1] + CROSSES * em


def _by_boxes(
    seen: Cells, line: Piece, band: tuple[float, float], known: Gutters, *, in_column: bool
) -> float:
    """Nats more that a line may gain, and be cut all the same, by what its boxes tell."""
    if not blind(seen, line, band):
        return -INKED * inked(seen, line, band)
    ends = (abs(line.box.right - left) < AT_EDGE * known.em for left, _ in known.everywhere)
    return STRETCHED * ((in_column or any(ends)) and stretched(line, known))


def stretched(line: Piece, known: Gutters) -> bool:
    """Whether a line of two columns' length is longer than its type by the gutters it crosses."""
    em, every = known.em, known.everywhere
    crossed = sum(b - a for a, b in every if _crosses(line, (a, b), em))
    more = line.box.width - line.widths * em
    return line.widths >= 2 * COLUMN and STRETCH * crossed <= more <= crossed + SHORT * em


def _whole_row(line: Piece, known: Gutters) -> bool:
    """Whether a line crosses so many gutters that the rows around leave free that it is no line.

    Its first characters may be lost, so that it begins anywhere.
    """
    free = (band for band in known.everywhere if _free(line, band, known))
    return sum(_crosses(line, band, known.em) for band in free) >= SEVERAL


def _runs(lines: Sequence[Piece], crossing: Sequence[Crossing], em: float) -> list[list[Crossing]]:
    """Those that follow each other closely and are alike, together."""
    runs: list[list[Crossing]] = []
    for row in crossing:
        last = runs[-1][-1] if runs else None
        near = last and lines[row[0]].middle - lines[last[0]].middle < CLOSE * em
        if last and near and last[1:] == row[1:]:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _free(line: Piece, band: tuple[float, float], known: Gutters) -> bool:
    """Whether the rows around a line leave the gutter free."""
    return any(a < band[1] and b > band[0] for a, b in known.bands(line.middle))


def _aligned(line: Piece, edges: Sequence[float], em: float, tall: float) -> bool:
    """Whether a line of the body begins where a column's lines or paragraphs do."""
    small = line.size <= LARGE * em or line.box.height <= HIGH * tall
    offs = [(line.box.left - edge) / em for edge in edges]
    return small and any(abs(off) < AT_EDGE or abs(off - 2) < AT_EDGE for off in offs)


def _at_gaps(
    seen: Cells, line: Piece, every: Sequence[tuple[float, float]], em: float
) -> list[int]:
    """Before which characters of a line a gap lies that no line has, or one over a gutter."""
    row = line.cells
    ends, begins = np.maximum.accumulate(seen.right[row])[:-1], seen.left[row][1:]
    size = max(em, line.size)
    found = []
    for n in np.flatnonzero(begins - ends > BREAK * size).tolist():
        over = any(a < begins[n] and b > ends[n] for a, b in every)
        if over or begins[n] - ends[n] > NEAR * size:
            found.append(n + 1)
    return found
