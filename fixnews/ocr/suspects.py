"""Which characters of a page may be misread, and what may have been printed: two cheap stages.

The first flags every Han character that is unlikely together with the one behind
it: one pass of the language model. The second weighs every candidate of the flagged characters,
first by the pairs with both neighbours, then by all that the model can relate to it, against the
price that the channel asks. What is left, one candidate a place, is for `fixnews.ocr.misreadings`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from fixnews.language import ORDER, Model
from fixnews.language.alphabet import END, START
from fixnews.ocr.channel import Channel
from fixnews.ocr.cloze import Cloze, Surroundings
from fixnews.ocr.completions import Completions
from fixnews.ocr.likeness import likeness

UNLIKELY = -13.0
"""Log-probability of a character and the next, together, below which it is flagged: 97 % of the
errors that the channel makes in news of February 2020 are, and 11 % of all other characters."""

FIRST_HAN, LAST_HAN = 0x4E00, 0xA000

PRICE = 0.4
"""Share of the channel's price that counts in the first two cuts."""

OUTSIDE = 11.0
"""Nats that a candidate outside the confusion set costs: the dearest inside it costs 9.9."""

HARD = -16.0
"""Log-probability of a flagged character and the next from which the network is asked what was
printed: 2 % of clean news, 80 % of the misreadings that are in no confusion set."""

WELL_READ = 0.05
"""Share of the Han characters of a page that are so unlikely, below which the network is not asked:
of 150 pages of a daily of February 2020 it is 1.9 % on half and at most 4.3 % on nine in ten, of 93
pages read by two recognisers 5.7 % at the least. The network takes most of the time."""

FILLERS = 5
"""Candidates that the network adds."""

FAR_APART = 1e4
"""Nats, more than any candidate's worth, that keep places apart where candidates are sorted."""

FEW = 10
"""Candidates a place that are weighed in full."""

PAIR_GAIN = -5.0
"""Nats, price taken off, that a candidate must gain with its two neighbours to be weighed in
full."""

LEAST_GAIN = 2.0
"""Nats that a candidate must gain in full, price taken off. Of the candidates that gain anything
half lie below; of those that the forest is sure of, one in 200 (read by OCR), of those that it
would offer, one in 50."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """What a place and its candidates must come to, in nats, to be weighed further.

    Attributes:
        unlikely: log-probability of a character and the next below which it is asked about.
        pair_gain: gain with the two neighbours from which a candidate is weighed in full.
        gain: gain in full from which it is judged.
    """

    unlikely: float
    pair_gain: float
    gain: float


READ_BADLY = Cuts(UNLIKELY, PAIR_GAIN, LEAST_GAIN)

READ_WELL = Cuts(-15.0, -1.5, 4.0)
"""Stricter cuts for pages that read well: of 625 misreadings found on such pages (odd days of a
daily, three in 1,000 characters put in by chance) 98 % pass the first and 99 % the last; of 865
others 99 % the second, and two candidates in five. Two thirds of the work are gone."""

FIT, FAVOURED = 0.5, 3.0
"""Share of the network's gain that counts, and nats in all, from which the best candidate of a hard
place goes on, whatever the language model alone gains. With 8 % more candidates 2 % more of
Tesseract's worst misreadings are judged, and 7 % more of those in subtitles."""

RANKED = 3
"""Candidates a place that go on to be judged."""

NO_RIVAL = -9.0
"""Worth of the other candidate where there is none, or none that gains anything."""

Array = Any


@dataclass(frozen=True, slots=True)
class Sources:
    """Where candidates come from, and what weighs them.

    Attributes:
        model: the language model.
        channel: the confusion sets.
        completions: what may stand between two characters, whatever was read, or None: on pages
            that read well it found nothing (of 1,006 misreadings offered there, three in 1,000
            characters put in by chance, 60 came from here, and none was right).
        cloze: the network that fills gaps, or None where it is not asked.
    """

    model: Model
    channel: Channel
    completions: Completions | None
    cloze: Cloze | None


@dataclass(frozen=True, slots=True)
class Suspects:
    """Candidates, the best few of each place, all arrays of one length.

    Attributes:
        at: offsets in characters.
        printed: the code point of the candidate.
        code, was: the model's code of the candidate, and of what was read.
        cost: what the channel asks, in nats.
        left: the gain in log-probability of the character itself.
        right: the gain in log-probability of the three behind it.
        fits, fitted: the network's log-probability of the candidate, and of what was read.
        alike: how much the two look alike.
        margin: by how much the candidate beats the best other one of its place, price taken off;
            negative for all but the first.
        rivals: how many other candidates gain at least half as much as the best.
        crowd: for each character of the page whether it is flagged.
        scores: the log-probability of each character of the page.
    """

    at: Array
    printed: Array
    code: Array
    was: Array
    cost: Array
    left: Array
    right: Array
    fits: Array
    fitted: Array
    alike: Array
    margin: Array
    rivals: Array
    crowd: Array
    scores: Array

    def take(self, kept: Array) -> Suspects:
        """Those at some places only."""
        return replace(self, **{name: getattr(self, name)[kept] for name in _OF_PLACES})


_OF_PLACES = (
    "at", "printed", "code", "was", "cost", "left", "right", "fits", "fitted", "alike", "margin",
    "rivals",
)  # fmt: skip


def code_points(text: str) -> Array:
    """The code point of each character, 0 beyond the basic plane."""
    import numpy as np

    wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return np.where(wide < 1 << 16, wide, 0).astype(np.int64)


class Flags(NamedTuple):
    """What the first stage says of each character of a page.

    Attributes:
        units: its code point.
        crowd: whether it is suspicious.
        scores: its log-probability.
    """

    units: Array
    crowd: Array
    scores: Array


def flagged(text: str, model: Model) -> Flags:
    """The first stage: the code points of a page, which are suspicious, and their scores."""
    units, scores = code_points(text), model.score(text)
    unlikely = _pairs(scores) < UNLIKELY
    return Flags(units, (units >= FIRST_HAN) & (units < LAST_HAN) & unlikely, scores)


def _pairs(scores: Array) -> Array:
    """The log-probability of each character and the next together."""
    import numpy as np

    return scores + np.append(scores[1:], 0)


def hardly_explained(scores: Array) -> Array:
    """Which characters the model can hardly explain, each with the next."""
    return _pairs(scores) < HARD


def reads_well(units: Array, scores: Array) -> bool:
    """Whether so few characters are hard to explain that the page was not read by a machine.

    Args:
        units: the code points of a page.
        scores: the log-probability of each.

    >>> from fixnews import language
    >>> seen = flagged("全市经济形势总体稳定，城乡居民收入继续提高。", language.load())
    >>> reads_well(seen.units, seen.scores)
    True
    """
    han = (units >= FIRST_HAN) & (units < LAST_HAN)
    return bool((han & hardly_explained(scores)).sum() <= WELL_READ * han.sum())


def find(text: str, sources: Sources, flags: Flags | None = None) -> Suspects:
    """The suspicious characters of a page, each with its best few candidates.

    Args:
        text: the page.
        sources: where candidates come from.
        flags: what the first stage says of the page, if it is known.
    """
    import numpy as np

    model, cuts = sources.model, READ_BADLY if sources.cloze else READ_WELL
    units, crowd, scores = flags or flagged(text, model)
    places = np.flatnonzero(crowd & (_pairs(scores) < cuts.unlikely))
    windows = _windows(model.codes(text), places)
    hard = _pairs(scores)[places] < HARD
    gaps = Gaps.of(text, places[hard], units, sources.cloze) if sources.cloze else None
    which, printed, cost = _candidates(units, places, hard, gaps, sources)
    code = model.table[printed].astype(np.int64)
    gain = _pair_gains(windows, which, code, model)
    kept = _few(which, gain - PRICE * cost, cuts.pair_gain)
    which, printed, cost, code = which[kept], printed[kept], cost[kept], code[kept]
    left, right = _gains(windows[which], places[which], code, scores, model)
    worth = left + right - PRICE * cost
    order, rank, margin, rivals = _ranked(which, worth)
    good = (rank < RANKED) & (worth[order] > cuts.gain)
    if gaps is not None:
        at = places[which]
        good |= _favoured(at, printed, units[at], worth, gaps)[order]
    order = order[good]
    where = which[order]
    at, printed = places[where], printed[order]
    fits, fitted = _fits(at, printed, units, gaps)
    return Suspects(
        at, printed, code[order], windows[where, ORDER - 1], cost[order], left[order],
        right[order], fits, fitted, likeness(units[at], printed), margin[good], rivals[good],
        crowd, scores,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gaps:
    """What some places look like to the network from around them.

    Attributes:
        cloze: the network.
        around: what it sees of the text.
        at: the places, in order.
        looks: a vector a place.
        totals: what is taken off the chances in each.
        fillers: the likeliest code points of each.
    """

    cloze: Cloze
    around: Surroundings
    at: Array
    looks: Array
    totals: Array
    fillers: Array

    @classmethod
    def of(cls, text: str, at: Array, units: Array, cloze: Cloze) -> Gaps:
        """The places of a text, in order."""
        around = cloze.around(text)
        looks = cloze.gaps(around, at)
        fillers, totals = cloze.fill(looks, units[at], FILLERS)
        return cls(cloze, around, at, looks, totals, fillers)

    def find(self, at: Array) -> tuple[Array, Array]:
        """Where other places are among these, and whether they are at all."""
        import numpy as np

        where = np.minimum(np.searchsorted(self.at, at), max(0, len(self.at) - 1))
        return where, self.at[where] == at if len(self.at) else np.zeros(len(at), dtype=bool)

    def also(self, at: Array) -> tuple[Array, Array]:
        """The vectors of other places, and totals; known ones are not asked again."""
        import numpy as np

        where, known = self.find(at)
        new = self.cloze.gaps(self.around, at[~known])
        looks, totals = np.empty((len(at), new.shape[1]), new.dtype), np.empty(len(at), new.dtype)
        looks[known], looks[~known] = self.looks[where[known]], new
        totals[known], totals[~known] = self.totals[where[known]], self.cloze.totals(new)
        return looks, totals


def _fits(at: Array, printed: Array, units: Array, gaps: Gaps | None) -> tuple[Array, Array]:
    """What the network thinks of each candidate, and of what was read in its place."""
    import numpy as np

    if gaps is None:
        return np.zeros(len(at)), np.zeros(len(at))
    places, which = np.unique(at, return_inverse=True)
    looks, totals = (known[which] for known in gaps.also(places))
    return gaps.cloze.weigh(looks, totals, printed), gaps.cloze.weigh(looks, totals, units[at])


def _candidates(
    units: Array, at: Array, hard: Array, gaps: Gaps | None, sources: Sources
) -> tuple[Array, Array, Array]:
    """The candidates of each place, in the order of the places: confused ones, then others."""
    import numpy as np

    which, printed, cost = sources.channel.candidates(units[at])
    others = [sources.completions.around(units, at)] if sources.completions else []
    others += [_filled(hard, gaps)] if gaps else []
    if not others:
        new = printed != units[at][which]
        return which[new], printed[new], cost[new]
    which = np.concatenate((which, *(place for place, _ in others)))
    printed = np.concatenate((printed, *(filler for _, filler in others)))
    cost = np.append(cost, np.full(len(which) - len(cost), OUTSIDE, cost.dtype))
    keys = (which << 16) | printed
    _, first = np.unique(keys, return_index=True)
    first = first[printed[first] != units[at][which[first]]]
    return which[first], printed[first], cost[first]


def _filled(hard: Array, gaps: Gaps) -> tuple[Array, Array]:
    """What the network would put into the hard places: numbers of places, and code points."""
    import numpy as np

    return np.repeat(np.flatnonzero(hard), FILLERS), gaps.fillers.ravel()


def _favoured(at: Array, printed: Array, read: Array, worth: Array, gaps: Gaps) -> Array:
    """Whether a candidate is the best of a hard place if the network's opinion counts, too."""
    import numpy as np

    where, known = gaps.find(at)
    where = where[known]
    looks, totals = gaps.looks[where], gaps.totals[where]
    new, old = (gaps.cloze.weigh(looks, totals, c[known]) for c in (printed, read))
    joint = worth[known] + FIT * (new - old)
    best = np.full(len(gaps.at), FAVOURED)
    np.maximum.at(best, where, joint)
    favoured = np.zeros(len(at), dtype=bool)
    favoured[known] = joint >= best[where]
    return favoured


def _windows(codes: Array, at: Array) -> Array:
    """The codes around each place, three on each side; what lies on another line is blotted out."""
    import numpy as np

    reach = ORDER - 1
    padded = np.concatenate((np.full(reach, END), codes.astype(np.int64), np.full(reach, END)))
    windows = padded[at[:, None] + np.arange(2 * reach + 1)]
    for column in range(reach - 1, -1, -1):
        ended = (windows[:, column] == END) | (windows[:, column + 1] == START)
        windows[ended, column] = START
    for column in range(reach + 2, 2 * reach + 1):
        ended = (windows[:, column - 1] == END) | (windows[:, column - 1] == START)
        windows[ended, column] = START
    return windows


def _pair_gains(windows: Array, which: Array, code: Array, model: Model) -> Array:
    """What each candidate gains with both neighbours; what was read itself nothing."""
    import numpy as np

    middle = ORDER - 1
    before, was, after = (windows[:, middle + k] for k in (-1, 0, 1))
    old = model.between(before, was, after)
    new = model.between(before[which], code, after[which])
    return np.where(code != was[which], new - old[which], -np.inf)


def _few(which: Array, worth: Array, least: float) -> Array:
    """The numbers of the few candidates of each place that are worth most."""
    import numpy as np

    good = np.flatnonzero(worth > least)
    place = which[good]
    order = np.argsort(place * FAR_APART - worth[good], kind="stable")
    rank = np.arange(len(order)) - np.searchsorted(place, place[order])
    return np.sort(good[order[rank < FEW]])


def _gains(
    windows: Array, at: Array, code: Array, scores: Array, model: Model
) -> tuple[Array, Array]:
    """What each candidate gains: itself, and what stands behind it on its line."""
    import numpy as np

    reach = ORDER - 1
    mine = windows.copy()
    mine[:, reach] = code
    padded = np.append(scores, np.zeros(reach, scores.dtype))
    old = padded[at[:, None] + np.arange(ORDER)]
    gain = np.where(mine[:, reach:] == START, 0, model.behind(mine) - old)
    return gain[:, 0], gain[:, 1:].sum(axis=1)


def _ranked(which: Array, worth: Array) -> tuple[Array, Array, Array, Array]:
    """Candidates by place and worth: their order, rank, lead over the best other, and rivals."""
    import numpy as np

    order = np.lexsort((-worth, which))
    ranked, value = which[order], worth[order]
    first = np.searchsorted(ranked, ranked)
    rank = np.arange(len(order)) - first
    after = np.minimum(first + 1, len(order) - 1)
    second = np.where((ranked[after] == ranked) & (after > first), value[after], NO_RIVAL)
    margin = value - np.where(rank == 0, np.maximum(second, NO_RIVAL), value[first])
    near = np.append(0, np.cumsum(value >= value[first] / 2))
    rivals = near[np.searchsorted(ranked, ranked, "right")] - near[first] - 1
    return order, rank, margin, rivals
