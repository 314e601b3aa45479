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

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fixnews.ocr.reading import preceding
from fixnews.ocr.signs import FOREIGN, NOTHING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

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

    def site_has(self, good: Any) -> Any:
        """For each candidate whether its site has one that is good; shape (n,)."""
        import numpy as np

        return np.maximum.reduceat(good, self.first)[self.number] if len(self.site) else good

    def take(self, kept: Any) -> Asked:
        """Those candidates only."""
        return Asked(self.site[kept], self.candidate[kept], self.made[kept], self.kept[kept])

    def lead(self) -> Floats:
        """For each candidate its gain over its site's best other one, or over what was read."""
        import numpy as np

        gain, first, number = self.gain, self.first, self.number
        if not len(gain):
            return gain
        best = np.maximum.reduceat(gain, first)[number]
        others = np.maximum.reduceat(np.where(gain == best, -np.inf, gain), first)[number]
        return gain - np.maximum(np.where(gain == best, others, best), 0)


Told = tuple["Floats", "Floats"]
"""The log-odds of each candidate, and what the habits make of it, in nats."""


def misreadings(
    views: Sequence[Asked], sign: Ints, own: Ints, settled: tuple[Ints, Ints], size: int
) -> list[Told]:
    """How likely each candidate is, with what the page shows of its recogniser's habits.

    Args:
        views: the same candidates as some judges see them, each for itself.
        sign: the code point of the sign that was read at each site; shape (sites,).
        own: the candidate that the sign is itself.
        settled: the same two of the marks that are right beyond doubt, and were not asked about.
        size: characters of the page.

    Returns:
        For each view the log-odds that the candidate was printed, and how the habits weigh it
        against the sign's being right, in nats.
    """
    import numpy as np

    (asked, *_), marks = views, FOREIGN + 1
    if not len(sign):
        return [(view.gain, view.gain) for view in views]
    first, number, many = asked.first, asked.number, len(asked.site)
    signs, one = np.unique(sign, return_inverse=True)
    mark = np.concatenate((asked.candidate, own)).astype(np.int64)
    cell = np.concatenate((one[number], one)) * marks + mark
    general = PRIOR * _general(len(signs), one, own).take(cell)
    right_ones = _settled(signs, *settled)
    every = np.bincount(settled[1], minlength=marks) - right_ones.sum(axis=0)
    every[NOTHING] += size
    weighed = np.stack([np.concatenate((view.made, view.kept[first])) for view in views])
    counts = _Counts.of(right_ones, cell, len(views))
    mass = _Masses(first, np.concatenate((number, np.arange(len(first)))), many)
    share, found = np.zeros(weighed.shape), right_ones[None]
    for _ in range(ROUNDS):
        total = found.sum(axis=1) + every
        seen = found.reshape(len(found), -1).take(cell, axis=1) - share + general
        habit = np.log(seen / (total.take(mark, axis=1) - share + PRIOR))
        share = mass.shares(weighed + habit)
        found = counts(share)
    against = habit[:, :many] - habit[:, many:].take(number, axis=1)
    return list(zip(_log_odds(share[:, :many]), against, strict=True))


@dataclass(frozen=True, slots=True)
class _Counts:
    """How often each mark came out as each sign, with shares of what is not sure.

    Attributes:
        known: what is sure, view after view.
        cell: where each of these stands in a count, then where each share does.
        shape: views, signs, marks.
    """

    known: Floats
    cell: Ints
    shape: tuple[int, int, int]

    @classmethod
    def of(cls, known: Floats, cell: Ints, views: int) -> _Counts:
        """The counts of some views, all alike but for the shares."""
        import numpy as np

        view = np.arange(views)[:, None] * known.size
        cells = np.arange(views * known.size), (view + cell).ravel()
        return cls(np.tile(known.ravel(), views), np.concatenate(cells), (views, *known.shape))

    def __call__(self, share: Floats) -> Floats:
        """The counts with these shares."""
        import numpy as np

        weights = np.concatenate((self.known, share.ravel()))
        return np.asarray(np.bincount(self.cell, weights).reshape(self.shape), np.float64)


@dataclass(frozen=True, slots=True)
class _Masses:
    """Sites as the sums of what may have been printed there.

    Attributes:
        first: the first candidate of each site.
        number: the site of each candidate, then of what was read at each site.
        many: how many candidates there are.
    """

    first: Ints
    number: Ints
    many: int

    def shares(self, odds: Floats) -> Floats:
        """The probability of each candidate, then that of what was read; shape (views, n)."""
        import numpy as np

        right = odds[:, self.many :]
        top = np.maximum(np.maximum.reduceat(odds[:, : self.many], self.first, axis=1), right)
        weight = np.exp(odds - top.take(self.number, axis=1))
        mass, number = weight[:, self.many :].copy(), self.number[: self.many]
        for view, row in enumerate(weight):
            mass[view] += np.bincount(number, row[: self.many])
        return np.asarray(weight / mass.take(self.number, axis=1))


def _settled(signs: Ints, sign: Ints, own: Ints) -> Floats:
    """How often each of these signs was read right beyond doubt; (signs, `FOREIGN` + 1)."""
    import numpy as np

    at = np.minimum(np.searchsorted(signs, sign), len(signs) - 1)
    same = signs[at] == sign
    cell = at[same] * (FOREIGN + 1) + own[same]
    found = np.bincount(cell, minlength=len(signs) * (FOREIGN + 1)).astype(np.float64)
    return found.reshape(len(signs), -1)


def _general(count: int, one: Ints, itself: Ints) -> Floats:
    """How often a mark comes out as each of this page's signs, before the page has been seen."""
    import numpy as np

    general = np.full((count, FOREIGN + 1), MISREAD / MANY_SIGNS)
    general[:, NOTHING] = DUST
    general[:, FOREIGN] = PRINTED
    general[one, itself] = np.where(itself <= NOTHING, 1 - MISREAD, PRINTED)
    return general


def losses(views: Sequence[Asked], gap: Ints, line: Floats, read: Floats) -> list[Told]:
    """How likely a mark was lost at each place, with what the page shows of its recogniser.

    Args:
        views: the same candidates as some judges see them, each for itself.
        gap: what lies behind each one's place, an index into `LOSS`.
        line: nats by which the length of the line speaks for a loss.
        read: how many marks were read, by gap and candidate; shape (4, `FOREIGN` + 1).

    Returns:
        For each view the log-odds of each candidate, and the logarithm of the page's rate of loss.
    """
    import numpy as np

    (asked, *_), many = views, len(gap)
    if not many:
        return [(view.gain, view.gain) for view in views]
    cell = gap * read.shape[1] + asked.candidate
    general, were_read = np.array(LOSS)[gap] * PRIOR_OF_LOSS, read.take(cell)
    weighed = np.zeros((len(views), many + len(asked.first)))
    gains = np.stack([view.gain for view in views]) + line
    counts = _Counts.of(np.zeros_like(read), cell, len(views))
    number = np.concatenate((asked.number, np.arange(len(asked.first))))
    mass, share, lost = _Masses(asked.first, number, many), np.zeros(gains.shape), 0.0
    for _ in range(ROUNDS):
        others = lost - share
        rate = np.log((others + general) / (others + were_read + PRIOR_OF_LOSS))
        weighed[:, :many] = gains + rate
        share = mass.shares(weighed)[:, :many]
        lost = counts(share).reshape(len(views), -1).take(cell, axis=1)
    return list(zip(_log_odds(share), rate, strict=True))


def _log_odds(share: Floats) -> Floats:
    import numpy as np

    return np.asarray(np.log(np.maximum(share, _TINY)) - np.log(np.maximum(1 - share, _TINY)))
