"""Which changes of marks may be applied unasked: who read the page, and what else a sign may mean.

A sign is no dust because the language model would rather be without it. It takes a page that a
machine read, and a machine that is seen to make such signs of specks and marks
(`fixnews.witness`); and no sign goes that may be a figure or belongs to one
(`fixnews.marks.rivals`). Everything else is offered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from fixnews import witness
from fixnews.contract import Context
from fixnews.layout.reading import PARTED
from fixnews.marks import rivals
from fixnews.marks.confusion import HALF, HAN, NOTHING, ODD, TARGETS
from fixnews.marks.sites import Marks
from fixnews.witness import Witness

TOGETHER = {".": (0.8, 0.95)}
ALIKE = (0.5, 0.8)
"""Probability that is asked of each of several signs that nobody types, and of the likeliest, on
a page that no machine read: 深入车间．深入田头．深入学校. Of the dot, typed in names, more."""

POINTED = 50
"""Han characters to a mark on a page that was printed with marks: of 93 readings the poorest has
one to 14, a classic without punctuation has none."""


class Found(NamedTuple):
    """The best candidate of one site.

    Attributes:
        probability: that it was printed.
        site: the sign that it stands for, or the character that it would stand before.
        candidate: an index into `TARGETS`, or `NOTHING`.
        lost: whether the mark was lost, and there is no sign.
        sure: whether it is likely enough to be applied unasked.
    """

    probability: float
    site: int
    candidate: int
    lost: bool
    sure: bool

    @property
    def goes(self) -> bool:
        """Whether a sign is deleted."""
        return not self.lost and self.candidate == NOTHING


@dataclass(frozen=True, slots=True)
class Source:
    """A page, and how it was read: asked only where a change hangs on it."""

    page: str
    context: Context

    @property
    def machine(self) -> bool:
        """Whether a machine read the page."""
        return any(w.odds >= witness.MACHINE for w in self._witnesses)

    def makes(self, sign: str) -> bool:
        """Whether that machine writes this sign for marks, or for dust."""
        return any(w.makes(sign) for w in self._witnesses)

    @property
    def _witnesses(self) -> Iterator[Witness]:
        """What the page tells as it was read, which is the same in all rounds, and as it is."""
        model = self.context.model
        seen = dict.fromkeys((self.context.read, self.page))
        return (witness.of(text, model) for text in seen if text)


def allowed(found: list[Found], survey: Marks, source: Source) -> set[Found]:
    """The changes that may be applied unasked.

    On a page that a machine read these are all that are sure and touch nothing that may be a
    figure, and of what was never printed only signs that this machine is seen to make. On other
    pages only signs that nobody types become marks, where there are several, or where a paragraph
    ends.

    Args:
        found: the changes that are likely.
        survey: the page, alone.
        source: how it was read.
    """
    text = survey.seen.pages[0].text
    closing = {one for one in found if _closes(survey, one)}
    sure = [one for one in found if one.sure and not _touches_figure(text, one)]
    if sure and source.machine:
        pointed = len(survey.marks) * POINTED >= (survey.group == HAN).sum()
        read = (one for one in sure if pointed or not one.lost)
        return closing | {one for one in read if not one.goes or _is_dust(survey, one, source)}
    return closing | {
        one
        for one in found
        if not (one.lost or one.goes)
        and text[one.site] in rivals.TYPED_BY_NOBODY
        and not _touches_figure(text, one)
        and _has_company(one, found, text)
    }


def is_mark(sign: str) -> bool:
    """Whether a sign stands in newspapers between Chinese characters.

    >>> [is_mark(sign) for sign in "，;*·"]
    [True, True, False, False]
    """
    return HALF.get(sign, sign) in TARGETS and sign not in "…—·"


def _closes(survey: Marks, one: Found) -> bool:
    """Whether a full stop of half width ends a paragraph of prose, behind a Han character."""
    at = one.site
    if one.lost or one.goes or not at or survey.seen.text[at] not in ".．":
        return False
    ends = survey.seen.gap[at + 1] == PARTED and survey.group[at - 1] == HAN
    stop = ends and TARGETS[one.candidate] == "。"
    return bool(stop and survey.prose(np.array([at]))[0] > 0)


def _touches_figure(text: str, one: Found) -> bool:
    """Whether a sign may be a figure, or stands beside one and would vanish."""
    if one.lost:
        return False
    left, right = text[one.site - 1 : one.site], text[one.site + 1 : one.site + 2]
    return rivals.figure(left, text[one.site], right) or (
        one.goes and rivals.beside_figure(left, right)
    )


def _is_dust(survey: Marks, one: Found, source: Source) -> bool:
    """Whether a sign was never printed: this machine makes it of specks, or a mark stands beside.

    A mark alone between two characters was one, whichever: to take it out joins two sentences.
    """
    at, sign = one.site, survey.seen.text[one.site]
    if is_mark(sign):
        beside = survey.group[[max(0, at - 1), min(at + 1, int(survey.seen.end[0]) - 1)]]
        return bool((beside <= ODD).any())
    return source.makes(sign)


def _has_company(one: Found, found: list[Found], text: str) -> bool:
    """Whether the same sign stands for a mark elsewhere, and somewhere beyond doubt."""
    sign = text[one.site]
    least, beyond_doubt = TOGETHER.get(sign, ALIKE)
    same = [o.probability for o in found if not (o.lost or o.goes) and text[o.site] == sign]
    return len(same) > 1 and max(same) >= beyond_doubt and one.probability >= least
