"""The printed lines of a page, one column wide.

What was read across a gutter is cut, what was torn apart is put together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from fixnews.arrays import Floats
from fixnews.order.cutting import BREAK, CROSSES, NEAR, STRETCHED, Cuts, cuts, stretched
from fixnews.order.gutters import BODY, Gutters
from fixnews.order.pieces import NAME_EMS, Piece, names, piece
from fixnews.order.place_of_cut import blind
from fixnews.order.placed import Cells
from fixnews.order.reads_on import reads_on
from fixnews.positions import Box

SPECK = 1.2
"""Ems of width below which marks that stand by themselves are specks."""

DUST = 0.4
"""Square ems below which a character by itself is dirt, whatever it was read as: a figure takes as
much, and no printed line is one stroke."""

BAND = 4.0
"""Ems of height in which parts of one row are looked for: more than type is high."""

LEVEL = 0.5
"""Share of the lower of two pieces that must lie beside the other, to be of one row."""

ALIKE = 1.3
"""Ratio of sizes of type up to which two pieces may be parts of one line."""

WIDE = 2.0
"""Ems of their own type between two large pieces from which they are of two headlines: a headline
has a blank of one em, or has lost a character."""

UNLIKE, TELLING = 1.25, 4.0
"""Ratio of sizes of type from which two large pieces are of two headlines, where more lies between
them than between characters; and ems from which a piece tells its size well enough for that."""

READS_ON = 4.0
"""Nats that the second part of a line must gain behind the first where a gutter runs elsewhere on
the page between them; more where both together are longer than their type by what it is wide. On
the readings of issues 000 to 003 all of 17 such pairs are of two columns; one gains 5.4: 导入手."""


def printed_lines(seen: Cells, known: Gutters, model: Path | None = None) -> list[Piece]:
    """The printed lines of a page, from top to bottom; every character is in exactly one."""
    lines = [piece(seen, row) for row in seen.rows]
    cut, known = cuts(seen, lines, known, model)
    every = known.everywhere
    parts = [
        _trimmed(part, known, every)
        for line, places in zip(lines, cut, strict=True)
        for part in _parts(seen, line, places)
    ]
    whole = _with_specks(_joined(parts, known, model), known.em)
    return sorted(whole, key=lambda one: (one.middle, one.box.left))


def _parts(seen: Cells, whole: Piece, places: Cuts) -> Iterator[Piece]:
    """The parts of a line that is cut; none reaches over the gutter that it was cut at.

    Where boxes do not tell where its characters stand, a part ends at the edge of the gutter.
    """
    if not places:
        yield whole
        return
    row, at = whole.cells, sorted(places)
    bands = [places[n] for n in at]
    for part, before, behind in zip(np.split(row, at), (None, *bands), (*bands, None), strict=True):
        if len(part):
            one = piece(seen, part)
            left, right = one.box.left, one.box.right
            if before and before[1] < right:
                left = before[1] if blind(seen, whole, before) else max(left, before[1])
            if behind and left < behind[0]:
                right = behind[0] if blind(seen, whole, behind) else min(right, behind[0])
            yield replace(one, box=one.box._replace(left=left, right=right))


def _with_specks(found: Sequence[Piece], em: float) -> list[Piece]:
    """The lines of a page, each with the specks of dirt and rules that lie nearest to it.

    They were read as marks by themselves; their characters stay, behind those of the line.
    """
    specks = [one for one in found if _speck(one, em)]
    lines = [one for one in found if not _speck(one, em)]
    if not lines:
        return list(found)
    boxes = np.array([line.box for line in lines])
    for speck in specks:
        n = int(_distances(boxes, speck.box).argmin())
        line = lines[n]
        row = np.concatenate((line.cells, speck.cells))
        lines[n] = replace(line, cells=row, text=line.text + speck.text)
    return lines


def _speck(one: Piece, em: float) -> bool:
    """Whether a piece is only marks, and no wider than one, or far too small for type."""
    if one.box.width < SPECK * em and not any(c.isalnum() for c in one.text):
        return True
    return len(one.text) == 1 and one.box.width * one.box.height < DUST * em * em


def _distances(boxes: Floats, b: Box) -> Floats:
    """How far from a box some others lie."""
    left, top, right, bottom = boxes.T
    across = np.maximum(np.maximum(left - b.right, b.left - right), 0.0)
    return np.asarray(across + np.maximum(np.maximum(top - b.bottom, b.top - bottom), 0.0))


def _trimmed(one: Piece, known: Gutters, every: Sequence[tuple[float, float]]) -> Piece:
    """The same without what of its box lies in a gutter or little beyond.

    Boxes are padded, and a cut line's box ends by guess.
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


def _joined(parts: Sequence[Piece], known: Gutters, model: Path | None) -> list[Piece]:
    """Parts of one row that no gutter parts, as one line."""
    every, high = known.everywhere, BAND * known.em
    done: list[Piece] = []
    at: dict[int, list[int]] = defaultdict(list)
    for part in sorted(parts, key=lambda one: one.box.left):
        row, left = int(part.middle // high), part.box.left
        first, last = left - known.em - NEAR * max(known.em, part.size), left + 2 * known.em
        before = [
            n
            for near in (row - 1, row, row + 1)
            for n in at[near]
            if first < done[n].box.right < last
            and _level(done[n], part, known.em)
            and _one_line(done[n], part, known, every, model)
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


def _unlike(left: Piece, right: Piece) -> bool:
    """Whether two parts are set in type of two sizes."""
    low, high = sorted((left.size, right.size))
    return high > UNLIKE * low and min(left.widths, right.widths) >= TELLING


def _one_line(
    left: Piece,
    right: Piece,
    known: Gutters,
    every: Sequence[tuple[float, float]],
    model: Path | None,
) -> bool:
    """Whether no gutter runs between two parts that are level, or they are plainly one line."""
    if left.widths + right.widths <= NAME_EMS and names(left.text + right.text):
        return True
    reach = (left.box.right - known.em / 2, right.box.left + known.em / 2)
    here = known.bands((left.middle + right.middle) / 2)
    if any(a < reach[1] and b > reach[0] for a, b in here):
        return False
    over = any(a < reach[1] and b > reach[0] for a, b in every)
    if min(left.size, right.size) > BODY * known.em:
        between = (right.box.left - left.box.right) / min(left.size, right.size)
        return between <= BREAK or (between <= WIDE and not over and not _unlike(left, right))
    if not over:
        return True
    least = READS_ON + STRETCHED * stretched(_both(left, right), known)
    return bool(reads_on([(left.text, right.text)], model)[0] > least)
