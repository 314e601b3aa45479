"""Which characters of a page may be misread, and what may have been printed: two cheap stages.

The first flags every Han character that is unlikely together with the one behind
it: one pass of the language model. The second weighs every candidate of the flagged characters,
first by the pairs with both neighbours, then by all that the model can relate to it, against the
price that the channel asks (`fixnews.characters.weighing`). What is left, three candidates a place,
is for `fixnews.characters.misreadings`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, groupby
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np

from fixnews.arrays import Bools, Floats, Ints, Reals, Singles
from fixnews.characters import filling
from fixnews.characters.filling import FOUND
from fixnews.characters.weighing import HARD, READ_BADLY, Sources, unpacked
from fixnews.language import Model
from fixnews.language.alphabet import code_points

UNLIKELY = READ_BADLY.unlikely
"""Log-probability of a character and the next, together, below which it is flagged: 97 % of the
errors that the channel makes in news of February 2020 are, and 11 % of all other characters."""

FIRST_HAN, LAST_HAN = 0x4E00, 0xA000

WELL_READ = 0.05
"""Share of the Han characters of a page that are so unlikely, below which the network is not asked:
of 150 pages of a daily of February 2020 it is 1.9 % on half and at most 4.3 % on nine in ten, of 93
pages read by two recognisers 5.7 % at the least. The network takes most of the time."""


@dataclass(frozen=True, slots=True)
class Suspects:
    """Candidates, the best few of each place, all arrays of one length but the last two.

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
        words: what `fixnews.characters.wording` tells of the place with either; shape (n, 6).
        crowd: for each character of the page whether it is flagged.
        scores: the log-probability of each character of the page.
    """

    at: Ints
    printed: Ints
    code: Ints
    was: Ints
    cost: Singles
    left: Singles
    right: Singles
    fits: Singles
    fitted: Singles
    alike: Singles
    margin: Singles
    rivals: Ints
    words: Floats
    crowd: Bools
    scores: Singles

    def take(self, kept: Bools | Ints) -> Suspects:
        """Those at some places only."""
        return replace(self, **{name: getattr(self, name)[kept] for name in _OF_PLACES})


_OF_PLACES = (
    "at", "printed", "code", "was", "cost", "left", "right", "fits", "fitted", "alike", "margin",
    "rivals", "words",
)  # fmt: skip

_KINDS = dict.fromkeys(("printed", "code", "was", "rivals"), "i8")
"""What is no number of 32 bits with a fraction."""


class Flags(NamedTuple):
    """What the first stage says of each character of a page; all arrays have the shape (n,).

    Attributes:
        units: its code point.
        crowd: whether it is suspicious.
        scores: its log-probability.
    """

    units: Ints
    crowd: Bools
    scores: Singles


def flagged(text: str, model: Model) -> Flags:
    """The first stage: the code points of a page, which are suspicious, and their scores."""
    return _flagged(code_points(text), model.lines(text))


@dataclass(frozen=True, slots=True)
class Together:
    """Pages one behind the other, a line break between them, and what the first stage says of them.

    Attributes:
        texts: the pages; none is empty.
        flags: what is said of each character.
        first: where each page begins.
    """

    texts: Sequence[str]
    flags: Flags
    first: Ints

    @classmethod
    def of(cls, texts: Sequence[str], model: Model) -> Together:
        """The first stage of pages, at least one."""
        whole = "\n".join(texts)
        units, scores = code_points(whole), model.lines(whole).copy()
        first = np.array([0, *accumulate(len(text) + 1 for text in texts[:-1])], np.int64)
        scores[first[1:] - 1] = 0
        return cls(texts, _flagged(units, scores), first)

    def count(self, truths: Bools) -> Ints:
        """How many of some truths, one a character, are on each page."""
        return np.asarray(np.add.reduceat(truths.astype(np.int64), self.first))

    @property
    def well(self) -> Bools:
        """Which pages read well, as `reads_well` says of each."""
        return read_well(self.flags.units, self.flags.scores, self.count)

    def asked(self, pages: Bools, sources: Sources) -> tuple[Ints, Ints, list[str]]:
        """The places of some pages that are weighed: page, offset on it, and what is around."""
        unlikely = _pairs(self.flags.scores) < sources.cuts.unlikely
        at = np.flatnonzero(self.flags.crowd & unlikely)
        page = self.first.searchsorted(at, "right") - 1
        at, page, reach = at[pages[page]], page[pages[page]], filling.reach(sources)
        at = at - self.first[page]
        rows = [
            row
            for number, some in groupby(zip(page.tolist(), at.tolist(), strict=True), itemgetter(0))
            for row in _cut(self.texts[number], map(itemgetter(1), some), reach)
        ]
        return page, at, rows

    def page(self, number: int) -> slice:
        """Where the characters of a page are."""
        first = int(self.first[number])
        return slice(first, first + len(self.texts[number]))


def _flagged(units: Ints, scores: Singles) -> Flags:
    """The flags of characters with their scores."""
    unlikely = _pairs(scores) < UNLIKELY
    return Flags(units, (units >= FIRST_HAN) & (units < LAST_HAN) & unlikely, scores)


def _pairs(scores: Reals) -> Floats:
    """The log-probability of each character and the next together."""
    return np.asarray(scores + np.append(scores[1:], 0))


def hardly_explained(scores: Reals) -> Bools:
    """Which characters the model can hardly explain, each with the next; shape (n,)."""
    return _pairs(scores) < HARD


def reads_well(units: Ints, scores: Singles) -> bool:
    """Whether so few characters are hard to explain that the page was not read by a machine.

    Args:
        units: the code points of a page; shape (n,).
        scores: the log-probability of each; shape (n,).

    >>> from fixnews import language
    >>> seen = flagged("全市经济形势总体稳定，城乡居民收入继续提高。", language.load())
    >>> reads_well(seen.units, seen.scores)
    True
    """
    return bool(read_well(units, scores, lambda truths: truths.sum(keepdims=True)))


def read_well(units: Ints, scores: Reals, count: Callable[[Bools], Ints]) -> Bools:
    """The same for pages side by side: ``count`` says how many of some truths are on each."""
    han = (units >= FIRST_HAN) & (units < LAST_HAN)
    return np.asarray(count(han & hardly_explained(scores)) <= WELL_READ * count(han))


def windows(text: str, places: Ints, reach: int) -> list[str]:
    r"""What stands around places, ``reach`` characters on each side; none behind the page's end.

    >>> import numpy as np
    >>> windows("总体穗定", np.array([1, 2]), 2)
    ['\n总体穗定', '总体穗定']
    """
    return _cut(text, places.tolist(), reach)


def _cut(text: str, places: Iterable[int], reach: int) -> list[str]:
    padded, width = "\n" * reach + text, 2 * reach + 1
    return [padded[at : at + width] for at in places]


def find(text: str, sources: Sources, flags: Flags | None = None) -> Suspects:
    """The suspicious characters of a page, each with its best few candidates.

    Args:
        text: the page.
        sources: where candidates come from.
        flags: what the first stage says of the page, if it is known.
    """
    flags = flags or flagged(text, sources.model)
    places, rows = asked(text, sources, flags)
    return told(places, filling.weigher(sources)(rows), flags.crowd, flags.scores)


def told(places: Ints, found: Sequence[bytes], crowd: Bools, scores: Singles) -> Suspects:
    """The suspects of places, of which `filling.weigher` has told."""
    which, table = unpacked(found, filling.COLUMNS)
    columns = _columns(table) if len(which) else _no_columns()
    words = table[:, len(FOUND) :]
    return Suspects(at=places[which], words=words, crowd=crowd, scores=scores, **columns)


def _columns(table: Floats) -> dict[str, Any]:
    """What is known of candidates, by name."""
    return {
        name: column.astype(_KINDS.get(name, "f4"))
        for name, column in zip(FOUND, table.T, strict=False)
        if name in _OF_PLACES
    }


@cache
def _no_columns() -> dict[str, Any]:
    """The same where there are none: on most short texts."""
    return _columns(np.empty((0, filling.COLUMNS)))


def asked(text: str, sources: Sources, flags: Flags) -> tuple[Ints, list[str]]:
    """The places of a page that are weighed, and what stands around each."""
    unlikely = _pairs(flags.scores) < sources.cuts.unlikely
    places = np.flatnonzero(flags.crowd & unlikely)
    return places, windows(text, places, filling.reach(sources))
