"""Places that are weighed with the network that fills gaps, and without it, each place once.

The network sees forty characters on each side of a place, and takes most of the time. It is asked
what may have been printed where the language model can hardly explain what was read, and in the
end what it thinks of every candidate that is left. What the language model says of a place is
remembered by itself: a change far away leaves it as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress

import numpy as np

from fixnews.arrays import Bools, Floats, Ints, Reals, Singles
from fixnews.characters import weighing, wording
from fixnews.characters.cloze import FAR, Cloze
from fixnews.characters.print_likeness import likeness
from fixnews.characters.weighing import NEAR, WEIGHED, Sources, promising, unpacked
from fixnews.recall import Recall

FILLERS = 5
"""Candidates that the network adds."""

FIT, FAVOURED = 0.5, 3.0
"""Share of the network's gain that counts, and nats in all, from which the best candidate of a hard
place goes on, whatever the language model alone gains. With 8 % more candidates 2 % more of
Tesseract's worst misreadings are judged, and 7 % more of those in subtitles."""

SETS = 8
"""Sets of sources whose answers are remembered: a model has two."""

SIGHT = FAR + 1
"""Characters on each side that the network sees; the first in the pair that it makes alone."""

SEEN = 8
"""Characters by which one window is looked for in the one before it."""

FOUND = (*WEIGHED, "fits", "fitted", "alike")
"""What is known of a candidate: the columns of what `weigher` says, and behind them what
`fixnews.characters.wording` tells of it."""

COLUMNS = len(FOUND) + 2 * wording.MEASURES

Row = str
"""A place: what stands around it as far as it can be seen; less behind it if the page ends."""

Near = Recall[weighing.Row, bytes]
"""What says of places what `weighing.weighed` says."""


def reach(sources: Sources) -> int:
    """Characters on each side of a place that its candidates follow from."""
    return SIGHT if sources.cloze else NEAR


@lru_cache(SETS)
def weigher(sources: Sources) -> Recall[Row, bytes]:
    """What weighs places: for each its best candidates, as bytes for `unpacked`: `COLUMNS` each."""
    network = sources.cloze
    if network is None:
        return Recall(lambda rows: _near(rows, sources))
    known = Near(lambda rows: weighing.weighed(rows, sources))
    return Recall(lambda rows: _far(rows, sources, network, known))


def _near(rows: list[Row], sources: Sources) -> list[bytes]:
    """The candidates of places where the network is not asked."""
    found = weighing.weighed([(window, ()) for window in rows], sources)
    which, table = unpacked(found, len(WEIGHED))
    good = promising(which, table, sources.cuts)
    return _told(rows, which[good], table[good], tuple(np.zeros((2, np.count_nonzero(good)))))


def _far(rows: list[Row], sources: Sources, network: Cloze, known: Near) -> list[bytes]:
    """The candidates of places where it is: of the hard ones, and of those that have any."""
    windows = [row[SIGHT - NEAR : SIGHT + NEAR + 1] for row in rows]
    hard = weighing.hard(windows, sources.model)
    plain = known([(window, ()) for window in compress(windows, ~hard)])
    asked = hard.copy()
    asked[~hard] = _hopeful(plain, sources)
    gaps = Gaps.of(list(compress(rows, asked)), hard[asked], network)
    filled = known(list(zip(compress(windows, hard), gaps.fillers, strict=True)))
    which, table = unpacked(_merged(hard, filled, plain), len(WEIGHED))
    at = (np.cumsum(asked) - 1)[which]
    good = promising(which, table, sources.cuts)
    good[hard[which]] |= gaps.favour(at[hard[which]], table[hard[which]])
    which, at, table = which[good], at[good], table[good]
    return _told(windows, which, table, gaps.weigh(at, table))


def _hopeful(found: list[bytes], sources: Sources) -> Bools:
    """For each place whether a candidate goes on to be judged."""
    which, table = unpacked(found, len(WEIGHED))
    hopeful = np.zeros(len(found), dtype=bool)
    hopeful[which[promising(which, table, sources.cuts)]] = True
    return hopeful


def _merged(first: Bools, those: list[bytes], others: list[bytes]) -> list[bytes]:
    """Answers in the order of the places: those of the first, and of the others."""
    told, rest = iter(those), iter(others)
    return [next(told if is_first else rest) for is_first in first.tolist()]


def _told(windows: list[str], which: Ints, table: Floats, fits: Sequence[Reals]) -> list[bytes]:
    """All that is known of candidates, place by place."""
    read = np.array([ord(window[NEAR]) for window in windows], dtype=np.int64)[which]
    printed = table[:, WEIGHED.index("printed")].astype(np.int64)
    words = wording.both(windows, which.tolist(), list(map(chr, printed.tolist())))
    rows = np.column_stack((table, *fits, likeness(read, printed), words))
    return weighing.packed(which, rows, len(windows))


@dataclass(frozen=True, slots=True)
class Gaps:
    """What some places look like to the network from around them.

    Attributes:
        network: the network.
        read: the code point that was read in each; shape (n,).
        looks: a vector each; shape (n, features).
        totals: what is taken off the chances in each; shape (n,).
        fillers: the likeliest code points of those that are hard to explain.
    """

    network: Cloze
    read: Ints
    looks: Singles
    totals: Singles
    fillers: list[tuple[int, ...]]

    @classmethod
    def of(cls, windows: Sequence[str], hard: Bools, network: Cloze) -> Gaps:
        """What the places look like in the middle of windows of `SIGHT` characters on each side."""
        text, at = stitched(windows)
        looks = network.gaps(network.around(text), at)
        read = np.array([ord(window[SIGHT]) for window in windows], dtype=np.int64)
        totals = np.empty(len(at), looks.dtype)
        fillers, totals[hard] = network.fill(looks[hard], read[hard], FILLERS)
        totals[~hard] = network.totals(looks[~hard])
        return cls(network, read, looks, totals, list(map(tuple, fillers.tolist())))

    def weigh(self, at: Ints, table: Floats) -> tuple[Singles, Singles]:
        """What the network thinks of candidates, and of what was read in their places.

        Args:
            at: for each candidate which of the places it is for; shape (m,).
            table: the candidates; shape (m, `WEIGHED`).
        """
        looks, totals = self.looks[at], self.totals[at]
        printed = table[:, WEIGHED.index("printed")].astype(np.int64)
        new, old = (self.network.weigh(looks, totals, c) for c in (printed, self.read[at]))
        return new, old

    def favour(self, at: Ints, table: Floats) -> Bools:
        """Whether a candidate is the best of its place if the network's opinion counts, too."""
        new, old = self.weigh(at, table)
        worth = table[:, WEIGHED.index("worth")].astype(np.float32)
        joint = worth + FIT * (new - old)
        best = np.full(len(self.looks), FAVOURED)
        np.maximum.at(best, at, joint)
        return joint >= best[at]


def stitched(windows: Sequence[str]) -> tuple[str, Ints]:
    """A text in which windows of `SIGHT` characters on each side stand, and the middles of these.

    Most windows go on from the one before them: they are read as one passage.

    >>> page = "全市经济形势总体稳定，城乡居民收入继续提高。" * 4
    >>> text, at = stitched([page[:83], page[2:85]])
    >>> text == page[:85], [text[n] for n in at]
    (True, ['提', '。'])
    """
    size, before, length = 2 * SIGHT + 1, "", 0
    pieces, at = [], []
    for window in (window.ljust(size, "\n") for window in windows):
        step = before.find(window[:SEEN])
        if step < 0 or before[step:] != window[: size - step]:
            step = size
        pieces.append(window[size - step :])
        length += step
        at.append(length - SIGHT - 1)
        before = window
    return "".join(pieces), np.array(at, dtype=np.int64)
