"""Lines of one column that follow each other downwards.

Everything is told by where they stand and by what they were taken for so far.
"""

from __future__ import annotations

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

LEAST = 1e-6
"""Pixels that a box counts as wide at least: some have no width."""

HIGHER, ENDS = 0.4, 3.0
"""Ems by which the middle of a line lies above that of one below it at least; and above its top the
foot of one that is near."""

Stand = tuple[float, float, float, float, float]
"""The sides of a line's box, and its middle."""


def chains(
    lines: Sequence[Piece], kinds: Sequence[str], em: float, leading: float
) -> list[list[int]]:
    """Lines that follow each other downwards in one column, so many ems apart at most."""
    gap = usual_gap(lines, kinds) + leading * em
    stands = [(*line.box, line.middle) for line in lines]
    above = [_above(n, stands, kinds, em, gap) for n in range(len(lines))]
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
    n: int, stands: Sequence[Stand], kinds: Sequence[str], em: float, gap: float
) -> int | None:
    """The line that a line goes on from: right above it, in the same column, set alike."""
    m = _nearest(n, stands, em) if kinds[n] == "body" else None
    if m is None or kinds[m] != "body":
        return None
    near = stands[n][1] - stands[m][3] <= gap
    return m if near and abs(stands[n][0] - stands[m][0]) <= INDENT * em else None


def _nearest(n: int, stands: Sequence[Stand], em: float) -> int | None:
    """The lowest line of a column above a line; one that ends far above only if there is no other.

    Lines go by their middles, so that the first one that is met upwards is the lowest.
    """
    left, top, right, _, middle = stands[n]
    far, found = middle - REACH * em, None
    for m in range(n - 1, -1, -1):
        x, _, y, bottom, height = stands[m]
        if height < far:
            break
        both, width = min(y, right) - max(x, left), max(min(y - x, right - left), LEAST)
        if height < middle - HIGHER * em and (both / width > TOUCH or abs(left - x) <= INDENT * em):
            if bottom > top - ENDS * em:
                return m
            found = m if found is None else found
    return found


def share(a: Box, b: Box) -> float:
    """How much of the narrower of two boxes lies below or above the other."""
    both = min(a.right, b.right) - max(a.left, b.left)
    return both / max(min(a.width, b.width), LEAST)


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
    lefts = [line.box.left for line in lines]
    for n, line in enumerate(lines):
        if kinds[n] != "body":
            continue
        left, off = lefts[n], line.size / 2
        for m in range(n + 1, min(n + NEXT, len(lines))):
            if abs(lefts[m] - left) < off and kinds[m] == "body":
                yield line, lines[m]
                break
