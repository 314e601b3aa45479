"""What the recogniser of this page does with marks, learned from this page alone.

Every recogniser misreads in its own way: one writes ``·`` for a full stop, the next ``*``, a third
loses it at the end of a line. No table of one recogniser helps with another. But a page has
hundreds of marks, and where the language model is sure which mark was printed, it shows what the
recogniser makes of it. Expectation and maximisation go back and forth between the two: from a view
of every place how often each mark came out as each sign, and from that a better view of every
place. On a clean page the same count says that nothing is misread, and nearly nothing will be
touched.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from fixnews.arrays import Bools, Floats, Ints
from fixnews.layout.reading import preceding
from fixnews.marks.confusion import FOREIGN, NOTHING, Kinds

Held = TypeVar("Held", Ints, Floats)

ROUNDS = 4
"""Rounds of counting and weighing; a fifth changes no decision on the pages of January 1998."""

PRIOR = 20.0
"""Marks of each kind that the general habit is worth beside those of the page."""

MISREAD = 0.02
"""Share of marks that come out as another sign, before the page has been seen."""

MANY_SIGNS = 20
"""Signs among which that share is spread."""

DUST = 2e-5
"""Chance that a speck of dust is read as a given sign behind a character."""

PRINTED = 1e-4
"""Chance that a newspaper prints a sign that is none of its marks."""

LOSS = (2e-4, 2e-3, 8e-3, 4e-3)
"""Share of marks that are lost before the page has been seen, by what lies behind them: nothing, a
blank, a line break, the end of a paragraph."""

PRIOR_OF_LOSS = 100.0
"""Marks of each kind that those shares are worth: a gap where the model would like a mark is common
in text that has lost none."""

_TINY = 1e-30


@dataclass(frozen=True, slots=True)
class Asked:
    """Candidates at their sites, as a judge weighs them. All have the shape (n,).

    Attributes:
        site: the place of each candidate; those of one site stand together.
        candidate: the mark that may have been printed.
        made: the log-probability of the passage with the candidate in it.
        kept: the same with what was read.
        first: the first candidate of each site; shape (sites,).
        number: the number of each candidate's site.
    """

    site: Ints
    candidate: Ints
    made: Floats
    kept: Floats
    first: Ints = field(init=False)
    number: Ints = field(init=False)

    def __post_init__(self) -> None:
        """Number the sites."""
        new = self.site != preceding(self.site, -1)
        object.__setattr__(self, "first", new.nonzero()[0])
        object.__setattr__(self, "number", new.cumsum() - 1)

    @property
    def gain(self) -> Floats:
        """Nats by which the judge prefers each candidate to what was read."""
        return self.made - self.kept

    def site_has(self, good: Bools) -> Bools:
        """For each candidate whether its site has one that is good; shape (n,)."""
        return np.maximum.reduceat(good, self.first)[self.number] if len(self.site) else good

    def take(self, kept: Bools) -> Asked:
        """Those candidates only."""
        return Asked(self.site[kept], self.candidate[kept], self.made[kept], self.kept[kept])

    def lead(self) -> Floats:
        """For each candidate its gain over its site's best other one, or over what was read."""
        gain, first, number = self.gain, self.first, self.number
        if not len(gain):
            return gain
        best = np.maximum.reduceat(gain, first)[number]
        others = np.maximum.reduceat(np.where(gain == best, -np.inf, gain), first)[number]
        return gain - np.maximum(np.where(gain == best, others, best), 0)


Told = tuple["Floats", "Floats"]
"""The log-odds of each candidate, and what the habits make of it, in nats."""


def misreadings(
    views: Sequence[Asked],
    sign: Ints,
    own: Kinds,
    settled: tuple[Ints, Kinds, Ints],
    pages: tuple[Ints, Ints],
) -> list[Told]:
    """How likely each candidate is, with what its page shows of its recogniser's habits.

    Args:
        views: the same candidates as some judges see them, each for itself.
        sign: the sign that was read at each site, a number that no other page has; shape (sites,).
        own: the candidate that the sign is itself.
        settled: the same two of the marks that are right beyond doubt, and were not asked about,
            and the page of each.
        pages: the page of each site, and the characters of each page.

    Returns:
        For each view the log-odds that the candidate was printed, and how the habits weigh it
        against the sign's being right, in nats.
    """
    asked, marks, many, (page, size) = views[0], FOREIGN + 1, len(views), pages
    if not len(sign):
        return [(view.gain, view.gain) for view in views]
    signs, where, one = np.unique(sign, return_index=True, return_inverse=True)
    right_ones = _settled(signs, *settled[:2])
    every = _every(right_ones, page[where], settled, size)
    count = _Counts.of(right_ones, many)
    of_mark, of_cell = page * marks, one * marks
    both = asked.candidate, own
    mark = _numbered(both, of_mark, asked.number, (many, every.size))
    cell = _numbered(both, of_cell, asked.number, (many, right_ones.size))
    every = np.tile(every, many)
    column = _tiled(
        (page[where][:, None] * marks + np.arange(marks)).ravel(), many, every.size // many
    )
    general = PRIOR * np.tile(_general(len(signs), one, own).ravel(), many).take(cell)
    made: Floats = _both(*(np.concatenate(x) for x in zip(*map(_odds, views), strict=True)))
    sites, share, counts = _Sites.of(asked, many), np.zeros(len(cell)), count.known
    for _ in range(ROUNDS):
        total = np.bincount(column, counts, minlength=len(every)) + every
        seen = counts.take(cell) - share + general
        habit = np.log(seen / (total.take(mark) - share + PRIOR))
        share = sites.shares(made + habit)
        counts = count(cell, share)
    return sites.told(share, habit - habit.take(sites.read))


def _every(right: Floats, page: Ints, settled: tuple[Ints, Kinds, Ints], size: Ints) -> Floats:
    """How many marks of each kind are right beyond doubt, page by page, but for those of a sign.

    ``right`` says how often each sign is, ``page`` where it stands; `misreadings` has the others.
    """
    _, own, of = settled
    every = np.bincount(of * (FOREIGN + 1) + own, minlength=len(size) * (FOREIGN + 1))
    every = every.reshape(len(size), -1).astype(np.float64)
    np.subtract.at(every, page, right)
    every[:, NOTHING] += size
    return np.asarray(every.ravel())


def _numbered(both: tuple[Ints, Kinds], base: Ints, number: Ints, views: tuple[int, int]) -> Ints:
    """Numbers of cells, view by view: of what may have been printed, then of what was read."""
    candidate, own = both
    return _both(_tiled(candidate + base[number], *views), _tiled(own + base, *views))


def _odds(view: Asked) -> tuple[Floats, Floats]:
    """What one judge makes of each candidate, and of what was read at each site."""
    return view.made, view.kept[view.first]


def _both(candidates: Held, sites: Held) -> Held:
    """What belongs to candidates, then what belongs to sites."""
    return np.concatenate((candidates, sites))


def _tiled(values: Ints, views: int, step: int) -> Ints:
    """The same numbers for each view, counted on by a step from view to view."""
    return np.asarray((values + np.arange(views)[:, None] * step).ravel())


@dataclass(frozen=True, slots=True)
class _Counts:
    """How often each mark came out as each sign, view after view, with shares of what is not sure.

    Attributes:
        known: what is sure.
        place: the number of each of these.
    """

    known: Floats
    place: Ints

    @classmethod
    def of(cls, known: Floats, views: int) -> _Counts:
        """The counts of some views, all alike but for the shares."""
        return cls(np.tile(known.ravel(), views), np.arange(known.size * views))

    def __call__(self, cell: Ints, share: Floats) -> Floats:
        """The counts with these shares, each in its cell."""
        counts = np.bincount(_both(self.place, cell), _both(self.known, share))
        return np.asarray(counts, np.float64)


@dataclass(frozen=True, slots=True)
class _Sites:
    """The sites of some views, one behind the other, as sums of what may have been printed there.

    Attributes:
        first: the first candidate of each site.
        number: the site of each candidate, then of what was read at each.
        views: how many there are.
    """

    first: Ints
    number: Ints
    views: int

    @classmethod
    def of(cls, asked: Asked, views: int) -> _Sites:
        """The sites of some candidates, for so many views."""
        number = _tiled(asked.number, views, len(asked.first))
        every = np.arange(views * len(asked.first))
        return cls(_tiled(asked.first, views, len(asked.site)), _both(number, every), views)

    def shares(self, odds: Floats) -> Floats:
        """The probability of each candidate, then that of what was read at each site."""
        size = len(self.number) - len(self.first)
        top = np.maximum(np.maximum.reduceat(odds[:size], self.first), odds[size:])
        weight = np.exp(odds - top.take(self.number))
        mass = np.bincount(self.number[:size], weight[:size]) + weight[size:]
        return np.asarray(weight / mass.take(self.number))

    @property
    def read(self) -> Ints:
        """For each candidate, and for what was read, the place of what was read at its site."""
        return self.number + (len(self.number) - len(self.first))

    def told(self, share: Floats, habit: Floats) -> list[Told]:
        """What is told of the candidates, view by view."""
        size = len(self.number) - len(self.first)
        both = (values[:size].reshape(self.views, -1) for values in (_log_odds(share), habit))
        return list(zip(*both, strict=True))


def _settled(signs: Ints, sign: Ints, own: Kinds) -> Floats:
    """How often each of these signs was read right beyond doubt; (signs, `FOREIGN` + 1)."""
    at = np.minimum(np.searchsorted(signs, sign), len(signs) - 1)
    same = signs[at] == sign
    cell = at[same] * (FOREIGN + 1) + own[same]
    found = np.bincount(cell, minlength=len(signs) * (FOREIGN + 1)).astype(np.float64)
    return found.reshape(len(signs), -1)


def _general(count: int, one: Ints, itself: Kinds) -> Floats:
    """How often a mark comes out as each of this page's signs, before the page has been seen."""
    general = np.full((count, FOREIGN + 1), MISREAD / MANY_SIGNS)
    general[:, NOTHING] = DUST
    general[:, FOREIGN] = PRINTED
    general[one, itself] = np.where(itself <= NOTHING, 1 - MISREAD, PRINTED)
    return general


def read(page: Ints, gap: Ints, mark: Kinds, pages: int) -> Floats:
    """How many marks were read, by page, by what lies behind each, and by mark."""
    shape = pages, len(LOSS), FOREIGN + 1
    cell = (page * shape[1] + gap) * shape[2] + mark
    found = np.bincount(cell, minlength=math.prod(shape))
    return np.asarray(found.reshape(shape).astype(np.float64))


def losses(views: Sequence[Asked], gap: Ints, line: Floats, read: Floats, page: Ints) -> list[Told]:
    """How likely a mark was lost at each place, with what its page shows of its recogniser.

    Args:
        views: the same candidates as some judges see them, each for itself.
        gap: what lies behind each one's place, an index into `LOSS`.
        line: nats by which the length of the line speaks for a loss.
        read: how many marks were read, by page, gap and candidate; shape (pages, 4, `FOREIGN` + 1).
        page: the page of each one's place.

    Returns:
        For each view the log-odds of each candidate, and the logarithm of the page's rate of loss.
    """
    asked, many = views[0], len(views)
    if not len(gap):
        return [(view.gain, view.gain) for view in views]
    count = _Counts.of(np.zeros(read.size), many)
    row = (page * read.shape[1] + gap) * read.shape[2]
    cell = _tiled(row + asked.candidate, many, read.size)
    general = np.tile(np.array(LOSS)[gap] * PRIOR_OF_LOSS, many)
    were_read = np.tile(read.ravel(), many).take(cell)
    gains = np.concatenate([view.gain + line for view in views])
    sites, share, lost = _Sites.of(asked, many), np.zeros(len(cell)), np.zeros(len(cell))
    nothing = np.zeros(len(sites.first))
    for _ in range(ROUNDS):
        others = lost - share
        rate = np.log((others + general) / (others + were_read + PRIOR_OF_LOSS))
        share = sites.shares(_both(gains + rate, nothing))[: len(cell)]
        lost = count(cell, share).take(cell)
    return sites.told(share, rate)


def _log_odds(share: Floats) -> Floats:
    return np.asarray(np.log(np.maximum(share, _TINY)) - np.log(np.maximum(1 - share, _TINY)))
