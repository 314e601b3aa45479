"""Where the order of a page is not sure, and how else it may be read.

What is reported is what the parting of a row tells (`fixnews.order.parting`): that a story may end
where it is read on, or go on where it ends.
"""

from __future__ import annotations

from dataclasses import dataclass

from fixnews.order.parting import Row
from fixnews.order.segments import Segment
from fixnews.positions import UNSURE


@dataclass(frozen=True, slots=True, eq=False)
class Unsure:
    """A seam between two columns at which the order is not sure.

    Attributes:
        part: the left column.
        beside: the next one to its right.
        linked: whether the story is read on from the one to the other. Its rival is that it ends
            with the first; otherwise it ends there, and its rival is that it goes on.
        margin: what the rival costs more, in log odds; never below nothing.
    """

    part: Segment
    beside: Segment
    linked: bool
    margin: float


def doubts(row: Row, least: float = UNSURE) -> list[Unsure]:
    """The seams of a row that are not sure, from left to right.

    Args:
        row: columns side by side.
        least: the margin from which a seam is sure.
    """
    return [
        Unsure(row.columns[n], row.columns[n + 1], margin > 0, abs(margin))
        for n, margin in enumerate(row.margins())
        if abs(margin) < least
    ]
