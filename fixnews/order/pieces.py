"""A printed line within one column, or a part of one."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from fixnews.arrays import Ints
from fixnews.layout.page import NAMED
from fixnews.order.placed import Cells, type_size
from fixnews.patterns import lazy
from fixnews.positions import Box

INDENT = 2.6
"""Ems by which the first line of a paragraph may stand in."""

WIDE = 1.3
"""Times its height that type is wide at most; more, and characters of the line were lost."""

BEHIND = 12
"""Characters that stand at most behind what somebody is: the names of four."""

_TITLES = lazy("[记記]者|通[讯訊][员員]|特[约約]|特派|作者|[编編][译譯]|整理|文/|[图圖]/")

NAME_EMS = 26
"""Ems up to which a byline is long; it stands over gutters."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A printed line within one column; no two are equal.

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


def piece(seen: Cells, row: Ints) -> Piece:
    """The piece that these characters make."""
    box = Box(
        min(seen.left[row].tolist()),
        median(seen.top[row].tolist()),
        max(seen.right[row].tolist()),
        median(seen.bottom[row].tolist()),
    )
    size = type_size(seen, row)
    size = size if size <= WIDE * box.height else 0.0
    text = "".join([seen.text[n] for n in row.tolist()])
    return Piece(box, row, size, sum(seen.width[row].tolist()), text)


def named(line: Piece) -> bool:
    """Whether a line reads as a byline."""
    return line.widths <= NAME_EMS and names(line.text)


def names(text: str) -> bool:
    """Whether a text reads as a byline: what somebody is and who, not what somebody did.

    >>> names("本报记者沈砚秋周明通讯员陆文斌"), names("抽象记者驱车观看新建的上百所幼儿园信中")
    (True, False)
    """
    if NAMED.match(text) is None:
        return False
    return all(len(part) <= BEHIND for part in _TITLES.split("".join(text.split())))
