"""Signs that no newspaper prints between two characters: traces of a machine."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from fixnews.arrays import Bools, Floats, Ints
from fixnews.marks import confusion
from fixnews.marks.confusion import HAN, NOTHING, ODD
from fixnews.marks.neighbours import Neighbours

POINTS = 1 << 21
"""More than there are code points."""


class Oddities(Neighbours):
    """The signs of pages that stand between two Han characters, by kind."""

    @cached_property
    def between(self) -> Ints:
        """The signs that stand between two Han characters."""
        beside = (self.groups[self.marks] == HAN) & (self.groups[self.marks + 2] == HAN)
        return np.asarray(self.marks[beside])

    @cached_property
    def _kinds(self) -> tuple[Ints, Ints]:
        """The signs between Han characters that are strange, and those of half width."""
        group, half = self.group[self.between], self.seen.points[self.between] < 0x7F
        strange = confusion.among(group, ODD, confusion.SCRIBBLE, confusion.DOT)
        strange |= half & confusion.among(group, confusion.TICK, confusion.STROKE)
        usual = half & (self.own[self.between] <= NOTHING)
        return self.between[strange], self.between[usual]

    @cached_property
    def strange(self) -> Bools:
        """Which characters are signs that no newspaper prints between Han characters."""
        found = np.zeros(len(self.own), dtype=bool)
        found[self._kinds[0]] = True
        return found

    @property
    def odd(self) -> Floats:
        """The share of each page's signs that are strange."""
        return self._share(self._kinds[0])

    @property
    def half_share(self) -> Floats:
        """The share of them that are marks of half width between Han characters."""
        return self._share(self._kinds[1])

    def _share(self, some: Ints) -> Floats:
        """The share of each page's signs that are among some."""
        pages, of = len(self.seen.pages), self.seen.page
        every = np.bincount(of[self.marks], minlength=pages)
        return np.asarray(np.bincount(of[some], minlength=pages) / np.maximum(1, every))

    def same(self, at: Ints) -> Floats:
        """The share of a page's signs between Han characters that are the one at each place."""
        every, asked = self.coded(self.between), self.coded(at)
        every.sort()
        alike = every.searchsorted(asked, "right") - every.searchsorted(asked)
        page = self.seen.page
        found = np.bincount(page[self.between], minlength=len(self.seen.pages))
        return np.asarray(alike / np.maximum(1, found[page[at]]))

    def coded(self, at: Ints) -> Ints:
        """The code points at places, those of each page with numbers of their own."""
        return self.seen.points[at] + self.seen.page[at] * POINTS
