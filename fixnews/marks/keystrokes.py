"""Signs that people type and no recogniser made up: joining signs, straight quotes, rows of a sign.

Between Chinese characters they look like misread marks. What tells is the page: one that was
misread shows other strange signs as well, or has more of one sign than it has full stops.
"""

from __future__ import annotations

import numpy as np

from fixnews.arrays import Bools, Ints
from fixnews.marks.confusion import DOT, FOREIGN, ODD, STOP, STROKE, Kinds
from fixnews.marks.torn import REACH

COMPANY = 3
"""Other strange signs that a page must show before what people type may be misread."""

FEW = 2
"""So many of one sign are few, even where the page has no full stop."""

CHAIN = 12
"""Characters from one joining sign to the next in a chain such as 报名-笔试-面试."""


def typed(points: Ints, group: Kinds, own: Kinds, strange: Bools, page: Ints) -> Bools:
    """Which characters of a page are signs that people type.

    Args:
        points: the code points, shape (n,).
        group: the group of signs of each; shape (n,).
        own: the mark that each is, or `FOREIGN`; shape (n,).
        strange: which of them no newspaper prints between Chinese characters; shape (n,).
        page: the number of the page of each, in order; shape (n,).

    >>> import numpy as np
    >>> from fixnews.marks import confusion
    >>> page = "依托“区委+乡镇”模式，形成合力=="
    >>> points = np.array([ord(character) for character in page])
    >>> own, group = confusion.own(points), confusion.groups(points)
    >>> strange, alone = group == confusion.SCRIBBLE, np.zeros_like(points)
    >>> "".join(np.array(list(page))[typed(points, group, own, strange, alone)])
    '+=='
    """
    at = np.flatnonzero(group <= ODD)
    typed = np.zeros(len(points), dtype=bool)
    points, group, own, strange, page = points[at], group[at], own[at], strange[at], page[at]
    stroke, plus = group == STROKE, points == ord("+")
    straight = (points == ord('"')) | (points == ord("＂"))
    straight[straight] = _near(at[straight], page[straight])

    def count(some: Bools) -> Ints:
        return np.bincount(page[some], minlength=page[-1] + 1 if len(page) else 0)

    others = count(strange & ~(stroke | plus | straight) & (group != DOT))
    most = np.maximum(FEW, count(group == STOP))
    found = (
        stroke | (plus & (count(plus) <= most)[page]) | (straight & (count(straight) <= most)[page])
    )
    found &= (others < COMPANY)[page]
    found |= _in_chains(at, points, page, stroke | plus)
    row = np.flatnonzero((np.diff(at) == 1) & (np.diff(points) == 0) & (own[1:] == FOREIGN))
    found[row] = found[row + 1] = True
    typed[at[found]] = True
    return typed


def _in_chains(at: Ints, points: Ints, page: Ints, joins: Bools) -> Bools:
    """Which of some signs that join follow one like them closely, or are followed."""
    found, places = np.zeros(len(at), dtype=bool), np.flatnonzero(joins)
    step, same = np.diff(at[places]), np.diff(points[places]) == 0
    chain = (step <= CHAIN) & same & (np.diff(page[places]) == 0)
    found[places[:-1][chain]] = found[places[1:][chain]] = True
    return found


def paired(sign: Bools) -> Bools:
    """Those of a page's signs that have another near enough to be its partner; shape (n,)."""
    found, places = np.array(sign), np.flatnonzero(sign)
    found[found] = _near(places, np.zeros_like(places))
    return found


def _near(places: Ints, page: Ints) -> Bools:
    """Which of some places have another on their page near enough to be its partner."""
    near = (np.diff(places) <= REACH) & (np.diff(page) == 0)
    found = np.zeros(len(places), dtype=bool)
    found[:-1] |= near
    found[1:] |= near
    return found
