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

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fixnews.ocr.reading import following, preceding
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
    """Candidates at their sites, as the language model weighs them. All have the shape (n,).

    Attributes:
        site: the place of each candidate; those of one site stand together.
        candidate: the mark that may have been printed.
        made: the log-probability of the passage with the candidate in it.
        kept: the same with what was read.
    """

    site: Ints
    candidate: Ints
    made: Floats
    kept: Floats

    @property
    def gain(self) -> Floats:
        """Nats by which the model prefers each candidate to what was read."""
        return self.made - self.kept

    def first(self) -> tuple[Ints, Ints]:
        """The first candidate of each site, and the number of each candidate's site."""
        import numpy as np

        if not len(self.site):
            return self.site, self.site
        first = np.flatnonzero(self.site != preceding(self.site, -1))
        return first, np.repeat(np.arange(len(first)), following(first, len(self.site)) - first)

    def hopeful(self, least: Floats | float) -> Asked:
        """Only the sites of which one candidate gains more than it must; shape (n,)."""
        return self.take(self.site_has(self.gain > least))

    def site_has(self, good: Any) -> Any:
        """For each candidate whether its site has one that is good; shape (n,)."""
        import numpy as np

        first, number = self.first()
        return np.maximum.reduceat(good, first)[number] if len(first) else good

    def take(self, kept: Any) -> Asked:
        """Those candidates only."""
        return Asked(self.site[kept], self.candidate[kept], self.made[kept], self.kept[kept])

    def lead(self) -> Floats:
        """For each candidate its gain over its site's best other one, or over what was read."""
        import numpy as np

        gain = self.gain
        if not len(gain):
            return gain
        first, number = self.first()
        best = np.maximum.reduceat(gain, first)[number]
        others = np.maximum.reduceat(np.where(gain == best, -np.inf, gain), first)[number]
        return gain - np.maximum(np.where(gain == best, others, best), 0)


def misreadings(
    asked: Asked, sign: Ints, own: Ints, settled: tuple[Ints, Ints], size: int
) -> tuple[Floats, Floats]:
    """How likely each candidate is, with what the page shows of its recogniser's habits.

    Args:
        asked: the candidates.
        sign: the code point of the sign that was read at each one's site.
        own: the candidate that the sign is itself.
        settled: the same two of the marks that are right beyond doubt, and were not asked about.
        size: characters of the page.

    Returns:
        The log-odds that the candidate was printed, and how the habits weigh it against the sign's
        being right, in nats.
    """
    import numpy as np

    if not len(sign):
        return asked.gain, asked.gain
    signs, sign = np.unique(sign, return_inverse=True)
    first, number = asked.first()
    one, itself = sign[first], own[first]
    general = _general(len(signs), one, itself)
    right_ones = _settled(signs, *settled)
    counts = right_ones
    every = np.bincount(settled[1], minlength=FOREIGN + 1) - right_ones.sum(axis=0)
    every[NOTHING] += size
    share, share_right = np.zeros(len(sign)), np.zeros(len(first))
    for _ in range(ROUNDS):
        total = counts.sum(axis=0) + every
        habit = np.log(_others(counts, total, general, (sign, asked.candidate), share))
        habit_right = np.log(_others(counts, total, general, (one, itself), share_right))
        odds, right = asked.made + habit, asked.kept[first] + habit_right
        share, share_right = _shares(odds, right, first, number)
        counts = right_ones.copy()
        np.add.at(counts, (sign, asked.candidate), share)
        np.add.at(counts, (one, itself), share_right)
    return _log_odds(share), habit - habit_right[number]


def _settled(signs: Ints, sign: Ints, own: Ints) -> Floats:
    """How often each of these signs was read right beyond doubt; (signs, `FOREIGN` + 1)."""
    import numpy as np

    found = np.zeros((len(signs), FOREIGN + 1))
    at = np.minimum(np.searchsorted(signs, sign), len(signs) - 1)
    same = signs[at] == sign
    np.add.at(found, (at[same], own[same]), 1)
    return found


def _others(
    counts: Floats, total: Floats, general: Floats, at: tuple[Ints, Ints], share: Floats
) -> Floats:
    """How often a mark comes out as a sign at all other places of the page."""
    return (counts[at] - share + PRIOR * general[at]) / (total[at[1]] - share + PRIOR)


def _general(count: int, one: Ints, itself: Ints) -> Floats:
    """How often a mark comes out as each of this page's signs, before the page has been seen."""
    import numpy as np

    general = np.full((count, FOREIGN + 1), MISREAD / MANY_SIGNS)
    general[:, NOTHING] = DUST
    general[:, FOREIGN] = PRINTED
    general[one, itself] = np.where(itself <= NOTHING, 1 - MISREAD, PRINTED)
    return general


def losses(asked: Asked, gap: Ints, line: Floats, read: Floats) -> tuple[Floats, Floats]:
    """How likely a mark was lost at each place, with what the page shows of its recogniser.

    Args:
        asked: the candidates.
        gap: what lies behind each one's place, an index into `LOSS`.
        line: nats by which the length of the line speaks for a loss.
        read: how many marks were read, by gap and candidate; shape (4, `FOREIGN` + 1).

    Returns:
        The log-odds of each candidate, and the logarithm of the page's rate of loss.
    """
    import numpy as np

    if not len(gap):
        return asked.gain, asked.gain
    first, number = asked.first()
    at = gap, asked.candidate
    general = np.array(LOSS)[gap] * PRIOR_OF_LOSS
    nothing = np.zeros(len(first))
    lost, share = np.zeros_like(read), np.zeros(len(gap))
    for _ in range(ROUNDS):
        others = lost[at] - share
        rate = np.log((others + general) / (others + read[at] + PRIOR_OF_LOSS))
        share, _ = _shares(asked.gain + line + rate, nothing, first, number)
        lost = np.zeros_like(read)
        np.add.at(lost, at, share)
    return _log_odds(share), np.asarray(rate)


def _shares(odds: Floats, right: Floats, first: Ints, number: Ints) -> tuple[Floats, Floats]:
    """The probability of each candidate, and for each site that what was read is right."""
    import numpy as np

    top = np.maximum(np.maximum.reduceat(odds, first), right)
    weight, rest = np.exp(odds - top[number]), np.exp(right - top)
    mass = np.bincount(number, weight) + rest
    return weight / mass[number], rest / mass


def _log_odds(share: Floats) -> Floats:
    import numpy as np

    return np.asarray(np.log(np.maximum(share, _TINY)) - np.log(np.maximum(1 - share, _TINY)))
