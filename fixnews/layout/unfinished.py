"""What the evidence at a seam says of its first line: that it is cut, that it is no headline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fixnews.layout.seams import of

if TYPE_CHECKING:
    from fixnews.layout.seams import Floats

PARAGRAPH = 50
"""Characters from which a line is a paragraph by itself: 99 % of headlines have less than 39."""


def untitled(rows: Floats) -> Any:
    """For each row of evidence, whether the left line is no headline of the long right one."""
    title, ends, right, closer = of(rows, "title_left", "ends_left", "length_right", "closer")
    return ((title < 0) | (ends < 0)) & (right >= PARAGRAPH) & (closer == 0)


def reads_cut(rows: Floats) -> Any:
    """For each row of evidence, whether the left line reads as cut, and has no mark but a comma."""
    ends, *marks = of(rows, "ends_left", "stop", "colon", "semicolon", "closer")
    return (ends < 0) & (sum(marks) == 0)
