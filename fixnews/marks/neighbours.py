"""Which signs and marks stand before and behind each place of a page, and how far off."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from fixnews.arrays import Ints
from fixnews.layout.reading import PARTED
from fixnews.marks import confusion
from fixnews.marks.confusion import COMMA, CRY, ODD, STOP, TARGETS
from fixnews.marks.judge import Judge
from fixnews.marks.sheets import Sheets

if TYPE_CHECKING:
    from fixnews.language import Model

FAR = 40
"""Characters from which a distance says nothing more: three printed lines."""


class Neighbours:
    """Pages with their signs, told of those places that somebody asks about.

    Attributes:
        seen: the pages, n places in all.
        judge: the judge of their marks.
        groups: the group of signs of each place, with one `ODD` before them and three behind.
        group: the same without; shape (n,).
        own: the mark that each is, or `FOREIGN`; shape (n,).
        marks: the places of those that are signs, in order.
        score: the log-probability of each character; shape (n,).
        parts: the first character of each paragraph.
    """

    def __init__(self, seen: Sheets, model: Model) -> None:
        self.seen = seen
        self.judge = Judge.of(seen, model)
        edge = np.full(3, ODD, dtype=np.int8)
        self.groups = np.concatenate((edge[:1], confusion.groups(seen.points), edge))
        self.group = self.groups[1:-3]
        self.own = confusion.own(seen.points)
        self.marks = np.flatnonzero((self.group <= ODD) & seen.inside)
        self.score = np.where(seen.inside, self.judge.score.take(self.judge.place), 0.0)
        self.parts = seen.starts[seen.gap[seen.starts] == PARTED]

    def of_kind(self, *kinds: int) -> Ints:
        """The places of the signs of some groups, in order."""
        return np.asarray(self.marks[confusion.among(self.group[self.marks], *kinds)])

    @cached_property
    def _stops(self) -> Ints:
        return self.of_kind(STOP, CRY)

    @cached_property
    def _points(self) -> Ints:
        return self.of_kind(COMMA, STOP)

    @cached_property
    def _quotes(self) -> tuple[Ints, Ints]:
        own, opening = self.own[self.marks], TARGETS.index("“")
        return self.marks[own == opening], self.marks[own == opening + 1]

    def start(self, at: Ints) -> Ints:
        """The first character of the paragraph of each place."""
        return np.asarray(self.parts.take(self.parts.searchsorted(at, "right") - 1))

    def last_stop(self, at: Ints) -> Ints:
        """The last full stop, question or exclamation on the page before each place, or -`FAR`."""
        return self._on_page(last_before(self._stops, at), at)

    def last_mark(self, at: Ints) -> Ints:
        """The last sign on the page before each place, or -`FAR`."""
        return self._on_page(last_before(self.marks, at), at)

    def _on_page(self, found: Ints, at: Ints) -> Ints:
        """Places before others; -`FAR` where they are on another page."""
        return np.where(found < self.seen.first[self.seen.page[at]], -FAR, found)

    def next_mark(self, at: Ints) -> Ints:
        """The first sign on the page from each place on, or `FAR` behind the page."""
        end = self.seen.end[self.seen.page[at]]
        found = np.append(self.marks, len(self.own)).take(self.marks.searchsorted(at))
        return np.where(found < end, found, end + FAR)

    def open(self, at: Ints) -> Ints:
        """How many quotations have been opened in the paragraph of each place, and not closed."""
        opens, closes = self._quotes
        return self._since_start(opens, at) - self._since_start(closes, at)

    def prose(self, at: Ints) -> Ints:
        """How many commas and full stops stand in the paragraph before each place."""
        return self._since_start(self._points, at)

    def _since_start(self, counted: Ints, at: Ints) -> Ints:
        """How many of some places lie between the start of the paragraph and each place."""
        return counted.searchsorted(at) - counted.searchsorted(self.start(at))


def last_before(places: Ints, at: Ints, none: int = -FAR) -> Ints:
    """The last of some places before each other one, or ``none``."""
    return np.append(none, places).take(places.searchsorted(at))
