"""Headlines with their kickers and decks, each as one, and the columns that they stand over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fixnews.order.segments import Segment
from fixnews.positions import Box

APART = 1.6
"""Ems that lie at most between two lines of one heading."""

SAME_ROW = 0.6
"""Share of the lower of two lines that must lie beside the other, to be of one row."""

ABOVE = 9.0
"""Ems that lie at most between a heading and the columns that it stands over."""

TOUCHES = 1.0
"""Ems that a heading must reach over a column."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A headline with what belongs to it.

    Attributes:
        parts: from top to bottom.
        box: around all of them.
    """

    parts: tuple[Segment, ...]
    box: Box

    @property
    def size(self) -> float:
        """The size of its largest type, in pixels."""
        return max(part.lines[0].size for part in self.parts)

    @property
    def middle(self) -> float:
        """Halfway between left and right of its largest line."""
        box = max(self.parts, key=lambda part: part.lines[0].size).box
        return (box.left + box.right) / 2


def headings(found: Sequence[Segment], em: float) -> list[Heading]:
    """The headings of a page, from top to bottom."""
    heads = sorted((one for one in found if one.heading), key=lambda one: one.box.top)
    done: list[list[Segment]] = []
    for one in heads:
        near = [row for row in done if any(_belongs(part, one, em) for part in row)]
        if near:
            near[0].append(one)
            for other in near[1:]:
                near[0].extend(other)
                done.remove(other)
        else:
            done.append([one])
    return [Heading(tuple(in_rows(row)), Box.around(*(p.box for p in row))) for row in done]


def in_rows(parts: Sequence[Segment]) -> list[Segment]:
    """Headings and bylines from top to bottom, those side by side from left to right."""
    rows: list[list[Segment]] = []
    for one in sorted(parts, key=lambda one: one.box.top):
        if rows and all(_beside(other.box, one.box) for other in rows[-1]):
            rows[-1].append(one)
        else:
            rows.append([one])
    return [one for row in rows for one in sorted(row, key=lambda one: one.box.left)]


def _beside(one: Box, other: Box) -> bool:
    """Whether two boxes are level, and none lies over the other."""
    apart = one.right <= other.left or other.right <= one.left
    return apart and _level(one, other) > SAME_ROW * min(one.height, other.height)


def _level(one: Box, other: Box) -> float:
    """How much of their heights two boxes share."""
    return min(one.bottom, other.bottom) - max(one.top, other.top)


def _belongs(upper: Segment, lower: Segment, em: float) -> bool:
    """Whether two lines of large type are of one heading: one below the other, or side by side."""
    shared = min(upper.box.right, lower.box.right) - max(upper.box.left, lower.box.left)
    apart = lower.box.top - upper.box.bottom
    if shared > 0:
        return apart < APART * em
    low, high = sorted((upper.box.height, lower.box.height))
    level = _level(upper.box, lower.box) > SAME_ROW * low
    return level and high < 1.3 * low and -shared < APART * em


def over(
    head: Box, columns: Sequence[Segment], headings_: Sequence[Heading], em: float
) -> int | None:
    """The number of the column that lies nearest below a heading; of several the leftmost.

    Args:
        head: the box of the heading, or of a byline.
        columns: the columns of the page.
        headings_: all headings: one that stands between keeps the column for itself.
        em: the size of the body's type, in pixels.
    """
    below = [
        (column.box.top - head.bottom, column.left, n)
        for n, column in enumerate(columns)
        if -em < column.box.top - head.bottom < ABOVE * em
        and _shared(column.left, column.right, head) > TOUCHES * em
        and not any(_between(head, one.box, column, em) for one in headings_)
    ]
    if not below:
        return None
    nearest = min(below)[0]
    return min((left, n) for down, left, n in below if down < nearest + 2 * em)[1]


def _shared(left: float, right: float, box: Box) -> float:
    return min(right, box.right) - max(left, box.left)


def _between(head: Box, other: Box, column: Segment, em: float) -> bool:
    """Whether another heading stands between a heading and a column."""
    lower = other.top > head.bottom - em / 2 and other.bottom < column.box.top + em
    return lower and _shared(column.left, column.right, other) > TOUCHES * em
