"""How fluent news the surroundings of a place are: where a surprise is evidence, and where not.

In running news a character that the model did not expect is probably wrong. In fiction, verse, the
classics or the speech of a region it is surprised all the time. So a place is told by what stands
around it on its line, itself and its neighbours left out, and by the page: how surprised the model
is there, how rare the characters are, how many of them are words that only literary Chinese, or
only speech, is full of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from fixnews.arrays import Bools, Floats, Ints
from fixnews.characters import suspects
from fixnews.characters.suspects import FIRST_HAN, LAST_HAN, Flags
from fixnews.language import Model
from fixnews.layout.reading import sums
from fixnews.layout.register import LITERARY, SPOKEN

REACH, HOLE = 60, 4
"""Characters on each side that are looked at, and those next to the place that are not: a wrong
character makes its neighbours unlikely, too."""

WORST = -14.0
"""Log-probability below which one character says no more than another."""

RARE = -10.5
"""Logarithm of a character's share of the news below which it is rare."""

FEATURES = ("around", "mean", "hard", "flagged", "rare", "literary", "spoken", "common")
"""Columns of `Fluency.around`: Han characters that were looked at; their mean log-probability; the
shares of them that are hardly explained, suspicious, rare, literary, spoken; their mean logarithm
of a share of the news."""


@dataclass(frozen=True, slots=True)
class Fluency:
    """What the news model makes of a page, place by place.

    Attributes:
        totals: the sums before each character of what `FEATURES` are made of; (n + 1, 8).
        start, end: where the line of each character begins and ends; (n,).
    """

    totals: Floats
    start: Ints
    end: Ints

    @classmethod
    def of(cls, flags: Flags, model: Model) -> Fluency:
        r"""What is known of a page from its first stage.

        >>> from fixnews import language
        >>> model, text = language.load(), "会议强调，要坚持稳中求进总基调。\n蒹葭采采，白露未已。"
        >>> news, verse = Fluency.of(suspects.flagged(text, model), model).around([9, 22])[:, 1]
        >>> bool(news > verse + 2)
        True
        """
        units, crowd, scores = flags
        han = (units >= FIRST_HAN) & (units < LAST_HAN)
        common = model.first[0, model.table[units]]
        columns = (
            np.ones(len(units)), np.clip(scores, WORST, 0), suspects.hardly_explained(scores),
            crowd, common < RARE, _is_one(LITERARY)[units], _is_one(SPOKEN)[units], common,
        )  # fmt: skip
        totals = np.column_stack([sums(np.where(han, column, 0.0)) for column in columns])
        index, breaks = np.arange(len(units)), units == ord("\n")
        start = np.maximum.accumulate(np.where(np.append(False, breaks[:-1]), index, 0))
        last = np.where(breaks, index, len(units))
        return cls(totals, start, np.minimum.accumulate(last[::-1])[::-1])

    def around(self, at: Ints | Sequence[int]) -> Floats:
        """What stands around each place on its line; shape (places, `FEATURES`)."""
        at = np.asarray(at, dtype=np.int64)
        start, end = self.start[at], self.end[at]
        near = self._between(np.maximum(start, at - HOLE), np.minimum(end, at + HOLE + 1))
        wide = self._between(np.maximum(start, at - REACH), np.minimum(end, at + REACH + 1))
        return _means(wide - near)

    def everywhere(self) -> Floats:
        """The same of the whole page; shape (`FEATURES`,)."""
        found: Floats = _means(self.totals[-1:])[0]
        return found

    def _between(self, start: Ints, end: Ints) -> Floats:
        found: Floats = self.totals[end] - self.totals[start]
        return found


def _means(sums_of: Floats) -> Floats:
    """Sums as shares of the characters that were looked at."""
    count = sums_of[:, :1]
    found: Floats = np.hstack([count, sums_of[:, 1:] / np.maximum(count, 1)])
    return found


@cache
def _is_one(characters: str) -> Bools:
    """For each code point whether it is one of these."""
    table = np.zeros(1 << 16, dtype=bool)
    table[[ord(c) for c in characters]] = True
    return table
