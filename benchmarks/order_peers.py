"""Reading orders of the literature, written from their descriptions, for `reading_order.py`.

Each takes the boxes of the lines of a page, one a row (left, top, right, bottom), and returns their
numbers in the order in which they are read. None cuts a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from fixnews.arrays import Bools, Floats, Ints

Order = Callable[[Floats], list[int]]


def by_rows(boxes: Floats) -> list[int]:
    """From top to bottom, lines of one height from left to right."""
    middles = (boxes[:, 1] + boxes[:, 3]) / 2
    height = float(np.median(boxes[:, 3] - boxes[:, 1]))
    found: list[list[int]] = []
    for n in np.argsort(middles).tolist():
        if found and middles[n] - middles[found[-1][0]] < height / 2:
            found[-1].append(n)
        else:
            found.append([n])
    return [n for row in found for n in sorted(row, key=lambda n: boxes[n, 0])]


def xy_cut(boxes: Floats) -> list[int]:
    """Recursive X-Y cut, each time through the widest gap of either direction.

    G. Nagy, S. Seth: Hierarchical representation of optically scanned documents. ICPR 1984;
    J. Ha, R. Haralick, I. Phillips: Recursive X-Y cut using bounding boxes. ICDAR 1995.
    """
    return list(_cut(boxes, np.arange(len(boxes)), _widest))


def xy_cut_plus(boxes: Floats) -> list[int]:
    """XY-Cut++: wide lines are put aside, the rest is cut, and they are put in again.

    S. Liu, Y. Li, J. Wei: XY-Cut++: Advanced layout ordering via hierarchical mask mechanism.
    arXiv:2504.10258, 2025. A line is put aside if it is 1.3 times as wide as the median and at
    least two others share some of its width. The rest is cut across first where wide lines are
    dense, else along columns first. A wide line goes before the nearest line below it that it
    stands over. What the paper does by the class of an element has no counterpart in lines.
    """
    widths = boxes[:, 2] - boxes[:, 0]
    shared = (_share(boxes) & ~np.eye(len(boxes), dtype=bool)).sum(axis=1)
    aside = (widths > 1.3 * np.median(widths)) & (shared >= 2)
    rest = np.flatnonzero(~aside)
    heights = np.maximum(boxes[:, 3] - boxes[:, 1], 1e-6)
    dense = (widths / heights)[aside].sum() > 0.9 * (widths / heights)[~aside].sum()
    found = list(_cut(boxes, rest, _first_of(1, 0) if dense else _first_of(0, 1)))
    for n in sorted(np.flatnonzero(aside).tolist(), key=lambda n: -boxes[n, 1]):
        found.insert(_before(boxes, n, found), n)
    return found


def _before(boxes: Floats, wide: int, found: list[int]) -> int:
    """Where among lines in order one that was put aside goes."""
    below = [
        (boxes[n, 1] - boxes[wide, 3], boxes[n, 0], at)
        for at, n in enumerate(found)
        if min(boxes[n, 2], boxes[wide, 2]) > max(boxes[n, 0], boxes[wide, 0])
        and boxes[n, 1] >= boxes[wide, 1]
    ]
    return int(min(below)[2]) if below else len(found)


def topological(boxes: Floats) -> list[int]:
    """Breuel's order: above in one column, or to the left with nothing that spans both between.

    T. Breuel: High performance document layout analysis. Symposium on Document Image
    Understanding Technology, 2003. Circles are broken where they are met.
    """
    share = _share(boxes)
    middles = (boxes[:, 1] + boxes[:, 3]) / 2
    above = share & (middles[:, None] < middles[None, :])
    left = boxes[:, None, 2] <= boxes[None, :, 0]
    before = above | (left & ~_spanned(share, middles))
    return list(_sorted(before, by_rows(boxes)))


def _spanned(share: Bools, middles: Floats) -> Bools:
    """Whether some line shares the width of two lines and lies between them in height."""
    lower = (share & (middles[:, None] < middles[None, :])).astype(np.float32)
    upper = (share & (middles[:, None] > middles[None, :])).astype(np.float32)
    return ((lower @ lower) > 0) | ((upper @ upper) > 0)


def _sorted(before: Bools, start: list[int]) -> Iterator[int]:
    """The nodes of a graph, each behind all that come before it, as depth is searched."""
    seen: set[int] = set()
    for first in start:
        stack = (
            [(first, iter(np.flatnonzero(before[:, first]).tolist()))] if first not in seen else []
        )
        seen.add(first)
        while stack:
            node, left = stack[-1]
            nearest = next((n for n in left if n not in seen), None)
            if nearest is None:
                stack.pop()
                yield node
            else:
                seen.add(nearest)
                stack.append((nearest, iter(np.flatnonzero(before[:, nearest]).tolist())))


def _share(boxes: Floats) -> Bools:
    """Whether lines share some of their width."""
    return (boxes[:, None, 0] < boxes[None, :, 2]) & (boxes[None, :, 0] < boxes[:, None, 2])


Gap = tuple[int, float]
"""An axis (0 for a cut from top to bottom) and where on it."""
Chooses = Callable[[list[tuple[float, int, float]]], Gap | None]
"""Which of the widest gaps of both axes (width, axis, place) to cut through."""


def _widest(gaps: list[tuple[float, int, float]]) -> Gap | None:
    width, axis, place = max(gaps)
    return (axis, place) if width > 0 else None


def _first_of(*axes: int) -> Chooses:
    """Through any gap of the first axis, else of the second."""

    def chosen(gaps: list[tuple[float, int, float]]) -> Gap | None:
        by_axis = {axis: (width, place) for width, axis, place in gaps}
        return next(((a, by_axis[a][1]) for a in axes if by_axis[a][0] > 0), None)

    return chosen


def _cut(boxes: Floats, lines: Ints, chooses: Chooses) -> Iterator[int]:
    """Lines in order: a part left of or above a cut before the other."""
    parts = [lines]
    while parts:
        part = parts.pop()
        gaps = [(*_gap(boxes[part, axis], boxes[part, axis + 2]), axis) for axis in (0, 1)]
        cut = (
            chooses([(width, axis, place) for width, place, axis in gaps])
            if len(part) > 1
            else None
        )
        if cut is None:
            yield from sorted(part.tolist(), key=lambda n: (boxes[n, 1], boxes[n, 0]))
            continue
        first = boxes[part, cut[0] + 2] <= cut[1]
        parts += [part[~first], part[first]]


def _gap(starts: Floats, ends: Floats) -> tuple[float, float]:
    """The widest gap that no interval covers: how wide, and where it begins."""
    order = np.argsort(starts)
    reached = np.maximum.accumulate(ends[order])[:-1]
    gaps = starts[order][1:] - reached
    if not len(gaps):
        return 0.0, 0.0
    at = int(gaps.argmax())
    return float(gaps[at]), float(reached[at])


PEERS: dict[str, Order] = {
    "rows": by_rows,
    "XY-cut": xy_cut,
    "XY-Cut++": xy_cut_plus,
    "Breuel": topological,
}
