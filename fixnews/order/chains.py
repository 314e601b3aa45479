"""Lines of one column that follow each other downwards.

Everything is told by where they stand and by what they were taken for so far.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from statistics import median

from fixnews.order.pieces import INDENT, Piece
from fixnews.positions import Box

NEXT = 40
"""Lines behind one among which the next of its column is: no page has so many columns."""

REACH = 8.0
"""Ems above a line in which the line is looked for that it goes on from."""

TOUCH = 0.15
"""Share of the narrower of two lines from which one lies below the other."""


def chains(
    lines: Sequence[Piece], kinds: Sequence[str], em: float, leading: float
) -> list[list[int]]:
    """Lines that follow each other downwards in one column, so many ems apart at most."""
    gap = usual_gap(lines, kinds) + leading * em
    above = [_above(n, lines, kinds, em, gap) for n in range(len(lines))]
    below: dict[int, int] = {}
    for n, up in enumerate(above):
        if up is not None and (up not in below or lines[n].middle < lines[below[up]].middle):
            below[up] = n
    begun = [n for n, up in enumerate(above) if up is None or below[up] != n]
    return [_chain(n, below) for n in begun]


def _chain(n: int, below: dict[int, int]) -> list[int]:
    found = [n]
    while found[-1] in below:
        found.append(below[found[-1]])
    return found


def _above(
    n: int, lines: Sequence[Piece], kinds: Sequence[str], em: float, gap: float
) -> int | None:
    """The line that a line goes on from: right above it, in the same column, set alike."""
    line = lines[n]
    first = bisect_left(lines, line.middle - REACH * em, key=lambda one: one.middle)
    over = [
        m
        for m in range(n - 1, first - 1, -1)
        if lines[m].middle < line.middle - 0.4 * em
        and (share(lines[m].box, line.box) > TOUCH or begins_near(lines[m], line, em))
    ]
    if not over:
        return None
    m = max(over, key=lambda m: (lines[m].box.bottom > line.box.top - 3 * em, lines[m].middle))
    near = line.box.top - lines[m].box.bottom <= gap
    body = kinds[m] == kinds[n] == "body"
    return m if near and body and begins_near(lines[m], line, em) else None


def share(a: Box, b: Box) -> float:
    """How much of the narrower of two boxes lies below or above the other."""
    both = min(a.right, b.right) - max(a.left, b.left)
    return both / max(min(a.width, b.width), 1e-6)


def begins_near(upper: Piece, lower: Piece, em: float) -> bool:
    """Whether two lines begin at the edge of one column, or where its paragraphs do.

    The last word of a paragraph may stand wholly to the left of an indented line.
    """
    return abs(lower.box.left - upper.box.left) <= INDENT * em


def usual_gap(lines: Sequence[Piece], kinds: Sequence[str]) -> float:
    """What lies between two lines of the body: the median over the page, in pixels."""
    gaps = [under.box.top - line.box.bottom for line, under in _next_lines(lines, kinds)]
    return median(gaps) if gaps else 0.0


def usual_step(lines: Sequence[Piece], kinds: Sequence[str]) -> float:
    """How far it is from one line of the body to the next: the median over the page, in pixels."""
    steps = [under.middle - line.middle for line, under in _next_lines(lines, kinds)]
    return median(steps) if steps else 0.0


def _next_lines(lines: Sequence[Piece], kinds: Sequence[str]) -> Iterator[tuple[Piece, Piece]]:
    """Lines of the body, each with the next below that begins where it does."""
    for n, line in enumerate(lines):
        under = (
            other
            for m, other in enumerate(lines[n + 1 : n + NEXT], n + 1)
            if kinds[m] == kinds[n] == "body"
            and abs(other.box.left - line.box.left) < line.size / 2
        )
        if found := next(under, None):
            yield line, found
