"""Columns: segments that stand below each other, and rows of such columns side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from fixnews.order.segments import Segment, merged

BELOW = 4.0
"""Ems that lie at most between two segments of one column: paragraphs that are set apart, a line
that was not read."""

BESIDE = 3.0
"""Ems that lie at most between two neighbouring columns."""

LEVEL = 3.2
"""Ems by which the tops of two columns of one row may differ: two lines that were not read."""

ALIGNED = 1.5
"""Ems by which the left edges of two segments of one column may differ."""

SAME = 1.2
"""Ems by which the gaps of neighbouring columns may lie higher or lower and be one."""

MARGIN = 4.0
"""Log odds by which reading across must be likelier than reading down, where columns side by side
have a gap at one height."""

Follows = Callable[[Sequence[tuple[Segment, Segment]]], list[float]]
"""The odds of pairs of segments that the second goes on from the first, of all but their places."""

Pair = tuple[Segment, Segment]
"""Two segments, the second right below the first."""


def stacks(found: Sequence[Segment], em: float, follows: Follows) -> list[Segment]:
    """The columns of a page, each as one segment; every line of running text is in exactly one."""
    body = sorted((one for one in found if one.body), key=lambda one: one.box.top)
    below: dict[int, Segment] = {}
    for upper, lower in _downwards(body, found, em, follows):
        below[id(upper)] = lower
    lower_ones = {id(one) for one in below.values()}
    done = []
    for one in body:
        if id(one) not in lower_ones:
            parts = [one]
            while id(parts[-1]) in below:
                parts.append(below[id(parts[-1])])
            done.append(merged(parts))
    return done


def _downwards(
    body: Sequence[Segment], found: Sequence[Segment], em: float, follows: Follows
) -> list[Pair]:
    """The pairs of segments that are read downwards."""
    pairs: dict[int, Pair] = {}
    for lower in body:
        upper = _upper(lower, body, found, em)
        if upper:
            known = pairs.get(id(upper))
            if known is None or lower.box.top < known[1].box.top:
                pairs[id(upper)] = (upper, lower)
    kept = []
    for group in _side_by_side(sorted(pairs.values(), key=lambda pair: pair[0].left), em):
        if len(group) == 1 or not _across(group, follows):
            kept.extend(group)
    return kept


def _side_by_side(pairs: Sequence[Pair], em: float) -> list[list[Pair]]:
    """Pairs whose gaps lie at one height in neighbouring columns, together."""
    groups: list[list[Pair]] = []
    for pair in pairs:
        near = [
            group
            for group in groups
            if abs(group[-1][1].box.top - pair[1].box.top) < SAME * em
            and abs(group[-1][0].box.bottom - pair[0].box.bottom) < 2 * SAME * em
            and -em < pair[0].left - group[-1][0].right < BESIDE * em
        ]
        if near:
            near[0].append(pair)
        else:
            groups.append([pair])
    return groups


def _across(group: Sequence[Pair], follows: Follows) -> bool:
    """Whether columns that have a gap at one height are read across, not down."""
    beside = [(one[0], other[0]) for one, other in pairwise(group)]
    return sum(follows(beside)) > sum(follows(group)) + MARGIN


def _upper(
    lower: Segment, body: Sequence[Segment], found: Sequence[Segment], em: float
) -> Segment | None:
    """The segment that another goes on below: one that is near, or else one with a gap between."""
    over = [one for one in body if _in_column(one, lower, em)]
    near = [one for one in over if lower.box.top - one.box.bottom <= BELOW * em]
    free = [one for one in near if not _parted(one, lower, found, em)]
    if not near and over:
        last = max(over, key=lambda one: one.box.bottom)
        free = (
            [last] if _torn(last, lower, body, em) and not _parted(last, lower, found, em) else []
        )
    return max(free, key=lambda one: one.box.bottom, default=None)


def _in_column(upper: Segment, lower: Segment, em: float) -> bool:
    """Whether the second lies below the first, or beside lines of its column."""
    if upper is lower or lower.box.top <= upper.box.top:
        return False
    inside = upper.left - ALIGNED * em < lower.left and lower.right < upper.right + ALIGNED * em
    around = lower.left - ALIGNED * em < upper.left and upper.right < lower.right + ALIGNED * em
    return inside or around


def _parted(upper: Segment, lower: Segment, found: Sequence[Segment], em: float) -> bool:
    """Whether anything stands between two segments of a column."""
    return any(
        part is not upper
        and part is not lower
        and upper.box.bottom - em / 2 < part.lines[0].middle < lower.box.top
        and min(part.box.right, upper.right) - max(part.box.left, upper.left) > em
        for part in found
    )


def _torn(upper: Segment, lower: Segment, body: Sequence[Segment], em: float) -> bool:
    """Whether only lines that were not read part two segments of a column.

    The columns beside tell: they go on all along the gap, and below it no paragraph begins, as a
    story would whose headline was not read.
    """
    level = [
        one for one in body if upper.box.top < one.box.bottom and one.box.top < lower.box.bottom
    ]
    sides = (
        [one for one in level if -ALIGNED * em < upper.left - one.right < BESIDE * em],
        [one for one in level if -ALIGNED * em < one.left - upper.right < BESIDE * em],
    )
    told = [any(_along(one, upper, lower) for one in side) for side in sides if side]
    return lower.goes_on and bool(told) and all(told)


def _along(one: Segment, upper: Segment, lower: Segment) -> bool:
    """Whether a segment goes on all along the gap between two others."""
    return one.box.top < upper.box.bottom and lower.box.top < one.box.bottom


def rows(columns: Sequence[Segment], em: float) -> list[list[int]]:
    """The columns in rows: neighbours from left to right whose tops are level."""
    pairs = sorted(
        (abs(other.box.top - one.box.top) + abs(other.left - one.right), a, b)
        for a, one in enumerate(columns)
        for b, other in enumerate(columns)
        if (one.left, a) < (other.left, b) and _neighbours(one, other, em)
    )
    right: dict[int, int] = {}
    left: dict[int, int] = {}
    for _, a, b in pairs:
        if a not in right and b not in left:
            right[a], left[b] = b, a
    done = []
    for n in range(len(columns)):
        if n not in left:
            row = [n]
            while row[-1] in right:
                row.append(right[row[-1]])
            done.append(row)
    return done


def _neighbours(one: Segment, other: Segment, em: float) -> bool:
    """Whether the second is the next column to the right, its top level with the first's."""
    level = abs(other.box.top - one.box.top) <= LEVEL * em
    return level and -ALIGNED * em < other.left - one.right < BESIDE * em
