"""Candidates for suspicious places, each place weighed by itself: the second stage of three.

What may have been printed at a place, and what speaks for it, follows from the characters around
it. So places are rows (`fixnews.recall`): when a page is read again only those are weighed again
near which something changed. The language model and the words of the dictionary see six characters
on each side, the network that fills gaps forty; what the former say is remembered by itself, as a
change far away leaves it as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np

from fixnews.arrays import Bools, Floats, Ints, Singles
from fixnews.characters import wording
from fixnews.characters.channel import Channel
from fixnews.characters.cloze import FAR, Cloze
from fixnews.characters.completions import Completions
from fixnews.language import Model
from fixnews.language.alphabet import END, START, code_points
from fixnews.language.ngrams import ORDER

NEAR = wording.REACH
"""Characters on each side that are seen where the network is not asked; its `FAR` where it is."""

PRICE = 0.4
"""Share of the channel's price that counts in the first two cuts."""

OUTSIDE = 11.0
"""Nats that a candidate outside the confusion set costs: the dearest inside it costs 9.9."""

HARD = -16.0
"""Log-probability of a flagged character and the next from which the network is asked what was
printed: 2 % of clean news, 80 % of the misreadings that are in no confusion set."""

FAR_APART = 1e4
"""Nats, more than any candidate's worth, that keep places apart where candidates are sorted."""

FEW = 10
"""Candidates a place that are weighed in full."""

RANKED = 3
"""Candidates a place that go on to be judged."""

NO_RIVAL = -9.0
"""Worth of the other candidate where there is none, or none that gains anything."""

Row = tuple[str, tuple[int, ...]]
"""A place: `NEAR` characters, itself, and as many again unless the page ends before; and the code
points of what else may have been printed."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """What a place and its candidates must come to, in nats, to be weighed further.

    Attributes:
        unlikely: log-probability of a character and the next below which it is asked about.
        pair_gain: gain with the two neighbours, price taken off, from which a candidate is weighed
            in full.
        gain: gain in full, price taken off, from which it is judged.
    """

    unlikely: float
    pair_gain: float
    gain: float


READ_BADLY = Cuts(-13.0, -5.0, 2.0)
"""Of the candidates that gain anything in full half lie below the last; of those that the forest is
sure of, one in 200 (read by OCR), of those that it would offer, one in 50."""

READ_WELL = Cuts(-15.0, -1.5, 4.0)
"""Stricter cuts for pages that read well: of 625 misreadings found on such pages (odd days of a
daily, three in 1,000 characters put in by chance) 98 % pass the first and 99 % the last; of 865
others 99 % the second, and two candidates in five. Two thirds of the work are gone."""


@dataclass(frozen=True, slots=True, eq=False)
class Sources:
    """Where candidates come from, and what weighs them; no two are equal.

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

    @property
    def cuts(self) -> Cuts:
        """What is weighed further: less where the network is not asked."""
        return READ_BADLY if self.cloze else READ_WELL

    @property
    def reach(self) -> int:
        """Characters on each side of a place that its candidates follow from."""
        return FAR if self.cloze else NEAR


WEIGHED = ("printed", "code", "was", "cost", "left", "right", "worth", "margin", "rivals")
"""What is known of a candidate: the columns of what `weighed` says. ``worth`` is what it gains, its
price taken off; the others stand in `fixnews.characters.suspects.Suspects`."""


class Around(NamedTuple):
    """What stands around places.

    Attributes:
        units: the code points, itself at `NEAR`; shape (places, 2 * `NEAR` + 1).
        codes: the model's codes of the `ORDER` - 1 on each side, with another line blotted out;
            shape (places, 2 * `ORDER` - 1).
        inside: which of the last `ORDER` of them are on the page; shape (places, `ORDER`).
    """

    units: Ints
    codes: Ints
    inside: Bools

    @classmethod
    def of(cls, windows: Sequence[str], model: Model) -> Around:
        """What stands in windows."""
        width, reach = 2 * NEAR + 1, ORDER - 1
        text = "".join(window.ljust(width, "\n") for window in windows)
        codes = model.codes(text).astype(np.int64).reshape(-1, width)
        size = np.fromiter(map(len, windows), np.int64, len(windows))
        inside = size[:, None] > np.arange(NEAR, NEAR + ORDER)
        units = code_points(text).reshape(-1, width)
        return cls(units, _blotted(codes[:, NEAR - reach : NEAR + reach + 1]), inside)

    @property
    def read(self) -> Ints:
        """The code points that were read."""
        return self.units[:, NEAR]


def weighed(rows: Sequence[Row], sources: Sources) -> list[bytes]:
    """The best candidates of each place, as bytes for `unpacked`: a row of `WEIGHED` each."""
    model = sources.model
    around = Around.of([window for window, _ in rows], model)
    which, printed, cost = candidates(around, [fillers for _, fillers in rows], sources)
    code = model.table[printed].astype(np.int64)
    gain = _pair_gains(around.codes, which, code, model)
    kept = _few(which, gain - PRICE * cost, sources.cuts.pair_gain)
    which, printed, cost, code = which[kept], printed[kept], cost[kept], code[kept]
    left, right = _gains(around, which, code, model)
    worth = left + right - PRICE * cost
    order, margin, rivals = _ranked(which, worth)
    was = around.codes[which, ORDER - 1]
    columns = (printed, code, was, cost, left, right, worth)
    table = np.column_stack((*(column[order] for column in columns), margin, rivals))
    return packed(which[order], table, len(rows))


def hard(windows: Sequence[str], model: Model) -> Bools:
    """Which places the model can hardly explain, each with the next; shape (places,)."""
    around = Around.of(windows, model)
    read = np.where(around.inside, model.behind(around.codes), np.float32(0)).astype(np.float64)
    return read[:, 0] + read[:, 1] < HARD


def packed(which: Ints, table: Floats, places: int) -> list[bytes]:
    """For each place its rows of a table, as bytes.

    Args:
        which: the number of the place of each row, in order; shape (n,).
        table: the rows; shape (n, columns).
        places: how many there are.
    """
    size = table.shape[1] * table.itemsize
    ends = (np.searchsorted(which, np.arange(places + 1)) * size).tolist()
    raw = table.tobytes()
    return [raw[start:end] for start, end in pairwise(ends)]


def unpacked(found: Iterable[bytes], columns: int) -> tuple[Ints, Floats]:
    """The rows of many places: the number of the place of each, and the table.

    >>> import numpy as np
    >>> which, table = np.array([0, 2, 2]), np.array([[1.0], [2.0], [3.0]])
    >>> [column.tolist() for column in unpacked(packed(which, table, 3), 1)]
    [[0, 2, 2], [[1.0], [2.0], [3.0]]]
    """
    every = list(found)
    table = np.frombuffer(b"".join(every), dtype=np.float64).reshape(-1, columns)
    size = np.fromiter(map(len, every), np.int64, len(every)) // (columns * table.itemsize)
    return np.repeat(np.arange(len(every)), size), table


def promising(which: Ints, table: Floats, cuts: Cuts) -> Bools:
    """Which of the candidates of places, the best first, go on to be judged; shape (n,)."""
    rank = np.arange(len(which)) - np.searchsorted(which, which)
    return (rank < RANKED) & (table[:, WEIGHED.index("worth")] > cuts.gain)


def candidates(
    around: Around, fillers: Sequence[tuple[int, ...]], sources: Sources
) -> tuple[Ints, Ints, Singles]:
    """The candidates of each place, in the order of the places: confused ones, then others.

    Args:
        around: what stands around the places.
        fillers: the code points of more candidates for each.
        sources: where the others come from.

    Returns:
        For each candidate the number of its place, its code point, and its cost.
    """
    read = around.read
    which, printed, cost = sources.channel.candidates(read)
    if sources.completions is None and not any(fillers):
        new = printed != read[which]
        return which[new], printed[new], cost[new]
    count = np.fromiter(map(len, fillers), np.int64, len(fillers))
    others = [(np.repeat(np.arange(len(read)), count), np.fromiter(chain(*fillers), np.int64))]
    if sources.completions:
        middle = np.arange(len(read)) * around.units.shape[1] + NEAR
        others.append(sources.completions.around(around.units.ravel(), middle))
    which = np.concatenate((which, *(place for place, _ in others)))
    printed = np.concatenate((printed, *(filler for _, filler in others)))
    cost = np.append(cost, np.full(len(which) - len(cost), OUTSIDE, cost.dtype))
    _, first = np.unique((which << 16) | printed, return_index=True)
    first = first[printed[first] != read[which[first]]]
    return which[first], printed[first], cost[first]


def _blotted(windows: Ints) -> Ints:
    """Codes around places, the same number on each side, with what lies on another line gone."""
    reach, windows = windows.shape[1] // 2, np.array(windows)
    for column in range(reach - 1, -1, -1):
        ended = (windows[:, column] == END) | (windows[:, column + 1] == START)
        windows[ended, column] = START
    for column in range(reach + 2, 2 * reach + 1):
        ended = (windows[:, column - 1] == END) | (windows[:, column - 1] == START)
        windows[ended, column] = START
    return windows


def _pair_gains(windows: Ints, which: Ints, code: Ints, model: Model) -> Singles:
    """What each candidate gains with both neighbours; what was read itself nothing."""
    middle = ORDER - 1
    before, was, after = (windows[:, middle + k] for k in (-1, 0, 1))
    left, right = (np.concatenate((side, side[which])) for side in (before, after))
    both = model.between(left, np.concatenate((was, code)), right)
    old, new = both[: len(was)], both[len(was) :]
    return np.where(code != was[which], new - old[which], -np.inf)


def _few(which: Ints, worth: Singles, least: float) -> Ints:
    """The numbers of the few candidates of each place that are worth most."""
    good = np.flatnonzero(worth > least)
    place = which[good]
    order = np.argsort(place * FAR_APART - worth[good], kind="stable")
    rank = np.arange(len(order)) - np.searchsorted(place, place[order])
    return np.sort(good[order[rank < FEW]])


def _gains(around: Around, which: Ints, code: Ints, model: Model) -> tuple[Singles, Singles]:
    """What each candidate gains: itself, and what stands behind it on its line."""
    reach = ORDER - 1
    read, new = model.replaced(around.codes, which, code)
    old = np.where(around.inside, read, np.float32(0))
    gone = around.codes[:, reach:] == START
    gain = np.where(gone[which], np.float32(0), new - old[which])
    return gain[:, 0], gain[:, 1] + gain[:, 2] + gain[:, 3]


def _ranked(which: Ints, worth: Singles) -> tuple[Ints, Singles, Ints]:
    """Candidates by place and worth: their order, lead over the best other, and rivals."""
    order = np.lexsort((-worth, which))
    ranked, value = which[order], worth[order]
    first = np.searchsorted(ranked, ranked)
    rank = np.arange(len(order)) - first
    after = np.minimum(first + 1, len(order) - 1)
    second = np.where((ranked[after] == ranked) & (after > first), value[after], NO_RIVAL)
    margin = value - np.where(rank == 0, np.maximum(second, NO_RIVAL), value[first])
    near = np.append(0, np.cumsum(value >= value[first] / 2))
    rivals = near[np.searchsorted(ranked, ranked, "right")] - near[first] - 1
    return order, margin, rivals
