"""The printed lines of a page, one column wide: what was read across a gutter is cut, what was torn
apart is put together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

import numpy as np

from fixnews.arrays import Ints
from fixnews.order.cells import Cells, type_size
from fixnews.order.gutters import BODY, Gutters
from fixnews.order.reads_on import reads_on
from fixnews.patterns import lazy
from fixnews.positions import Box

NEAR = 2.5
"""Ems that lie at most between two parts of one line."""

SPECK = 1.2
"""Ems of width below which marks that stand by themselves are specks."""

BAND = 4.0
"""Ems of height in which parts of one row are looked for: more than type is high."""

BREAK = 0.9
"""Ems of its own type that part a line that stands over a gutter: two headlines side by side."""

LEVEL = 0.5
"""Share of the lower of two pieces that must lie beside the other, to be of one row."""

ALIKE = 1.3
"""Ratio of sizes of type up to which two pieces may be parts of one line."""

INDENT = 2.6
"""Ems by which the first line of a paragraph may stand in."""

WIDE = 1.3
"""Times its height that type is wide at most; more, and characters of the line were lost."""

CROSSES, CLOSE, MANY = 1.5, 3.0, 3
"""Ems that a line has on both sides of a gutter that it crosses; ems between two lines that are asked
about together; lines from which they are many."""

LARGE = 1.24
"""Ems of the body that the type of a line read across a gutter seems to have at most."""

AT_EDGE = 0.65
"""Ems by which the beginning of a line may miss the edge of its column or the indent of two ems."""

MARGIN = 20
"""One line of so many may begin left of the first column: specks of dirt are read as some."""

HIGH = 1.2
"""Height, in those of the page's lines, up to which a line of larger type is none."""

LIMITS = {
    (True, True, True): 8.0, (True, True, False): 8.0,
    (True, False, True): 2.2, (True, False, False): 0.5,
    (False, True, True): 2.2, (False, True, False): 4.0,
    (False, False, True): 1.0, (False, False, False): -2.0,
}  # fmt: skip
"""Nats, see `_limit`: by whether the rows around leave the gutter free, whether the lines begin where
columns do, and whether they are many."""

READS_ON = 4.0
"""Nats that the second part of a line must gain behind the first where a gutter runs elsewhere on the
page between them."""

NAMED = lazy(
    r"(?:[□■●○]|(?:本[报報刊]|新[华華]社)(?:[首特驻駐]\w{1,8}?)?)?\w{0,4}?"
    r"(?:[记記]者|通[讯訊][员員]|特[约約]|特派|作者|[编編][译譯]|整理|文/|[图圖]/)[\w\s　·、/]*$"
)
"""How a byline reads: names and what they are, without a mark that a sentence needs."""

NAME_EMS = 26
"""Ems up to which a byline is long; it stands over gutters."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A printed line within one column.

    Attributes:
        box: on the page turned straight.
        cells: its characters, as numbers of `Cells`, in the order in which they are read.
        size: pixels an em of its type; 0 where so much of it was lost that nobody can tell.
        widths: ems of its characters.
        text: the characters.
    """

    box: Box
    cells: Ints
    size: float
    widths: float
    text: str

    @property
    def middle(self) -> float:
        """Halfway between top and bottom."""
        return (self.box.top + self.box.bottom) / 2


def pieces(seen: Cells, known: Gutters, model: Path | None = None) -> list[Piece]:
    """The printed lines of a page, from top to bottom; every character is in exactly one."""
    first = np.flatnonzero(np.diff(seen.line, prepend=-1))
    rows = np.split(np.arange(len(seen.line)), first[1:]) if len(first) else []
    cut, known = cuts(seen, [piece(seen, row) for row in rows], known, model)
    every = known.everywhere
    parts = [
        _trimmed(piece(seen, part), known, every)
        for row, at in zip(rows, cut, strict=True)
        for part in np.split(row, at)
        if len(part)
    ]
    whole = _with_specks(_joined(parts, known, model), known.em)
    return sorted(whole, key=lambda one: (one.middle, one.box.left))


def _with_specks(found: Sequence[Piece], em: float) -> list[Piece]:
    """The lines of a page, each with the specks of dirt and rules that lie nearest to it.

    They were read as marks by themselves; their characters stay, behind those of the line.
    """
    specks = [one for one in found if _speck(one, em)]
    lines = [one for one in found if not _speck(one, em)]
    if not lines:
        return list(found)
    for speck in specks:
        n = min(range(len(lines)), key=lambda n: _distance(lines[n].box, speck.box))
        line = lines[n]
        row = np.concatenate((line.cells, speck.cells))
        lines[n] = replace(line, cells=row, text=line.text + speck.text)
    return lines


def _speck(one: Piece, em: float) -> bool:
    """Whether a piece is only marks, and no wider than one."""
    return one.box.width < SPECK * em and not any(c.isalnum() for c in one.text)


def _distance(a: Box, b: Box) -> float:
    """How far apart two boxes lie."""
    across = max(a.left - b.right, b.left - a.right, 0.0)
    return across + max(a.top - b.bottom, b.top - a.bottom, 0.0)


def _trimmed(one: Piece, known: Gutters, every: Sequence[tuple[float, float]]) -> Piece:
    """The same without what of its box lies in a gutter or little beyond: boxes are padded, and a
    cut line's box ends by guess.
    """
    left, right = one.box.left, one.box.right
    if one.size > BODY * known.em:
        return one
    beyond = CROSSES * known.em
    for a, b in every:
        if a - beyond < left < b < right - known.em / 2:
            left = b
        if left + known.em / 2 < a < right < b + beyond:
            right = a
    return replace(one, box=one.box._replace(left=left, right=right))


def piece(seen: Cells, row: Ints) -> Piece:
    """The piece that these characters make."""
    box = Box(
        float(seen.left[row].min()),
        float(np.median(seen.top[row])),
        float(seen.right[row].max()),
        float(np.median(seen.bottom[row])),
    )
    widths = float(seen.width[row].sum())
    size = type_size(seen, row)
    size = size if size <= WIDE * box.height else 0.0
    return Piece(box, row, size, widths, "".join(seen.text[n] for n in row))


def cuts(
    seen: Cells, lines: Sequence[Piece], known: Gutters, model: Path | None
) -> tuple[list[list[int]], Gutters]:
    """Before which of its characters each line of the file is to be cut; the gutters known then."""
    found: list[list[int]] = [[] for _ in lines]
    every = known.everywhere
    for band in every:
        for run in _runs(lines, _crossing(lines, band, every, known), known.em):
            places = [_place(seen, lines[n].cells, band) for n, *_ in run]
            halves = [
                (lines[n].text[:at], lines[n].text[at:])
                for (n, *_), at in zip(run, places, strict=True)
            ]
            _, free, aligned = run[0]
            if reads_on(halves, model).mean() < LIMITS[free, aligned, len(run) >= MANY]:
                for (n, *_), at in zip(run, places, strict=True):
                    found[n].append(at)
                known = known.opened(band, lines[run[0][0]].box.top, lines[run[-1][0]].box.bottom)
    for n, line in enumerate(lines):
        found[n].extend(_at_gaps(seen, line, every, known.em))
    return [sorted(set(places)) for places in found], known


Crossing = tuple[int, bool, bool]
"""The number of a line that crosses a gutter, whether the rows around it leave the gutter free, and
whether it begins where a column's lines do."""


def _crossing(
    lines: Sequence[Piece],
    band: tuple[float, float],
    every: Sequence[tuple[float, float]],
    known: Gutters,
) -> list[Crossing]:
    """The lines of the body that cross a gutter, from top to bottom."""
    em = known.em
    tall = median(line.box.height for line in lines) if lines else 0.0
    lefts = sorted(line.box.left for line in lines)
    edges = [*lefts[len(lefts) // MARGIN :][:1], *(right for _, right in every)]
    found = (
        (n, _free(line, band, known), _aligned(line, edges, em, tall))
        for n, line in enumerate(lines)
        if line.size <= BODY * em
        and line.box.left < band[0] - CROSSES * em
        and line.box.right > band[1] + CROSSES * em
    )
    return sorted(
        (row for row in found if row[2] or not _named(lines[row[0]])),
        key=lambda row: lines[row[0]].middle,
    )


def _named(line: Piece) -> bool:
    """Whether a line reads as a byline."""
    return line.widths <= NAME_EMS and NAMED.match(line.text) is not None


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


def _place(seen: Cells, row: Ints, band: tuple[float, float]) -> int:
    """Before which character of a line a gutter runs: as many as can stand on its left side."""
    middle = (band[0] + band[1]) / 2
    wrong = np.concatenate(([0], (seen.middle[row] >= middle) * 2 - 1))
    return int(wrong.cumsum().argmin())


def _joined(parts: Sequence[Piece], known: Gutters, model: Path | None) -> list[Piece]:
    """Parts of one row that no gutter parts, as one line."""
    every, high = known.everywhere, BAND * known.em
    done: list[Piece] = []
    at: dict[int, list[int]] = defaultdict(list)
    for part in sorted(parts, key=lambda one: one.box.left):
        row = int(part.middle // high)
        before = [
            n
            for near in (row - 1, row, row + 1)
            for n in at[near]
            if _level(done[n], part, known.em) and _one_line(done[n], part, known, every, model)
        ]
        if before:
            n = max(before, key=lambda n: done[n].box.right)
            done[n] = _both(done[n], part)
        else:
            at[row].append(len(done))
            done.append(part)
    return done


def _both(left: Piece, right: Piece) -> Piece:
    """Two parts of a line as one."""
    box, widths = Box.around(left.box, right.box), left.widths + right.widths
    row = np.concatenate((left.cells, right.cells))
    size = (left.size * left.widths + right.size * right.widths) / widths
    return Piece(box, row, size, widths, left.text + right.text)


def _level(left: Piece, right: Piece, em: float) -> bool:
    """Whether the second stands right behind the first, in type of one size."""
    gap = right.box.left - left.box.right
    if not -em <= gap <= NEAR * max(em, min(left.size, right.size)):
        return False
    shared = min(left.box.bottom, right.box.bottom) - max(left.box.top, right.box.top)
    if shared < LEVEL * min(left.box.height, right.box.height):
        return False
    low, high = sorted((left.box.height, right.box.height))
    return high <= ALIKE * low * (2 if min(left.widths, right.widths) < 3 else 1)


def _one_line(
    left: Piece,
    right: Piece,
    known: Gutters,
    every: Sequence[tuple[float, float]],
    model: Path | None,
) -> bool:
    """Whether no gutter runs between two parts that are level, or they are plainly one line."""
    if left.widths + right.widths <= NAME_EMS and NAMED.match(left.text + right.text):
        return True
    reach = (left.box.right - known.em / 2, right.box.left + known.em / 2)
    here = known.bands((left.middle + right.middle) / 2)
    if any(a < reach[1] and b > reach[0] for a, b in here):
        return False
    large = min(left.size, right.size) > BODY * known.em
    if large or not any(a < reach[1] and b > reach[0] for a, b in every):
        return True
    return bool(reads_on([(left.text, right.text)], model)[0] > READS_ON)
