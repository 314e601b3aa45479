"""Who else could have been a half of a story: what a reader of a doubtful pair wants to see."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fixnews.arrays import Floats
from fixnews.jumps.assignment import FORBIDDEN
from fixnews.jumps.fragments import Head, Tail
from fixnews.jumps.labels import Page
from fixnews.message import Message


def rival_of(odds: Floats, h: int, t: int, heads: Sequence[Head], tails: Sequence[Tail]) -> str:
    """The half that comes nearest to taking part in a pair instead, in words; nothing if none.

    The odds are those of every head, a row, with every tail; `FORBIDDEN` where they cannot pair.
    """
    row, column = odds[h].copy(), odds[:, t].copy()
    row[t] = column[h] = FORBIDDEN
    best = max(row.max(), column.max())
    if best <= FORBIDDEN / 2:
        return ""
    tail_numbers, head_numbers = (np.flatnonzero(x == best).tolist() for x in (row, column))
    like = [_named("the tail {where}", tails[n].marker.start, tails[n].page) for n in tail_numbers]
    like += [_named("the head {where}", heads[n].marker.start, heads[n].page) for n in head_numbers]
    return max(like)


def _named(half: str, offset: int, page: Page) -> Message:
    """Which half, by its page and its place there."""
    place = "on page {label} at character {n}"
    where = Message(place, label=page.label, n=offset - page.start + 1)
    return Message(half, where=where)
