"""Torn pairs: a quotation mark or bracket whose partner was not read, and where it may have stood.

In newspapers every quotation mark has a partner in its paragraph, unless the quotation runs on over
several. Where one stands alone, the other was lost, and more places are worth asking about than
read badly; unless a sign of the same family is near, which is what became of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from fixnews.arrays import Ints
from fixnews.marks.confusion import BRACKET, FOREIGN, QUOTE, TARGETS, TICK, Kinds, among

OPENING = {"“": (QUOTE,), "‘": (QUOTE, TICK), "《": (BRACKET,), "（": (BRACKET,)}
"""The marks that open, and the groups of signs that theirs may have become."""

REACH = 24
"""Characters between a mark and its lost partner: of the quotations of February 2020, 90 % are
shorter, and the network that is asked sees no further."""


class Gap(NamedTuple):
    """Where the partner of a lone mark may have stood.

    Attributes:
        at: the character before which it stood, or that stands for it.
        mark: an index into `TARGETS`.
        far: how many characters off the lone mark is.
        lost: whether nothing near may be left of it.
    """

    at: int
    mark: int
    far: int
    lost: bool


def gaps(own: Kinds, group: Kinds, parts: Ints, ends: Ints) -> list[Gap]:
    """Where the partners of lone marks may have stood.

    Args:
        own: for each character of a page the mark that it is, an index into `TARGETS`, or a number
            above them all; shape (n,).
        group: the group of signs that each is in; shape (n,).
        parts: the first character of each paragraph; shape (paragraphs,).
        ends: where each ends; shape (paragraphs,).

    >>> import numpy as np
    >>> from fixnews.marks import confusion
    >>> page = "四个“一发展”规划”"
    >>> points = np.array([ord(character) for character in page])
    >>> own, group = confusion.own(points), confusion.groups(points)
    >>> found = gaps(own, group, np.array([0]), np.array([len(page)]))
    >>> [(page[: gap.at], TARGETS[gap.mark]) for gap in found]
    [('四个“一发展”', '“'), ('四个“一发展”规', '“')]
    """
    found: list[Gap] = []
    if _fit(own, parts):
        return found
    for opening, family in OPENING.items():
        mark = TARGETS.index(opening)
        pair = (own == mark) | (own == mark + 1)
        places = np.flatnonzero(pair)
        kinds, part = own[places] == mark, np.searchsorted(parts, places, "right") - 1
        rivals = np.flatnonzero(among(group, *family) & ~pair).tolist()
        columns = places, kinds, parts[part], ends[part]
        rows = zip(*(column.tolist() for column in columns), strict=True)
        found += _of_kind(list(rows), mark, rivals)
    return found


def _fit(own: Kinds, parts: Ints) -> bool:
    """Whether the marks of each kind stand two by two in one paragraph, as on most pages."""
    places = np.flatnonzero(_opening().take(own) >= 0)
    part, opening = np.searchsorted(parts, places, "right"), _opening().take(own[places])
    order = opening.argsort(kind="stable")
    rows = np.stack((part, opening, own[places] == opening))[:, order]
    if len(places) % 2:
        return False
    first, second = rows[:, ::2], rows[:, 1::2]
    return bool((first[:2] == second[:2]).all() and first[2].all() and not second[2].any())


@cache
def _opening() -> Kinds:
    """For each mark the one that opens the pair to which it belongs, or -1."""
    found = np.full(FOREIGN + 1, -1, dtype=np.int8)
    for mark in map(TARGETS.index, OPENING):
        found[mark : mark + 2] = mark
    return found


def _of_kind(
    rows: list[tuple[int, bool, int, int]], mark: int, rivals: Sequence[int]
) -> Iterator[Gap]:
    """The gaps for one kind of pair: place, whether it opens, where its paragraph starts, ends."""

    def alone(first: int, last: int) -> bool:
        at = bisect_left(rivals, first)
        return at == len(rivals) or rivals[at] > last

    fence = (-1, False, -1, -1)
    for before, one in zip([fence, *rows], [*rows, fence], strict=True):
        (left, open_before, start_before, end), (at, opens, start, _) = before, one
        together = start == start_before
        if open_before and (opens or not together):
            last = min(at if together else end, left + REACH)
            lost = alone(left, last)
            yield from (Gap(gap, mark + 1, gap - left, lost) for gap in range(left + 2, last + 1))
        if at >= 0 and not opens and not (open_before and together):
            first = max(left + 1 if together else start, at - REACH)
            lost = alone(first - 1, at)
            yield from (Gap(gap, mark, at - gap, lost) for gap in range(first, at))
