"""The furniture of a page, told by its place: masthead, date line and folio, editors at the foot.

What stands in the middle of a page is text, whatever it says; what stands outermost and says what
furniture says belongs to no story, though a headline stands right below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from fixnews.layout.furniture import TRACES, face, traces
from fixnews.order.pieces import Piece


def outermost(lines: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The lines of furniture at the top of a page, and those at its foot.

    Args:
        lines: the printed lines, from top to bottom.
    """
    top = list(takewhile(_furniture, lines))
    foot = list(takewhile(_furniture, reversed(lines[len(top) :])))
    return top, foot[::-1]


def _furniture(line: Piece) -> bool:
    """Whether a line says what furniture says, and ends: behind a comma a sentence goes on."""
    ends = line.text[-1] not in "，,、；：:"
    return ends and (face(line.text) is not None or traces(line.text) >= TRACES)
