"""Characters misread as a recogniser misreads them: the confusion sets that ship, turned around.

``dictionaries/confusions.tsv`` says for a character that was read which may have been printed and
how likely each would be read so; here a printed character is drawn, and what it is read as. The
sets are those in which fixnews looks for candidates, so a figure on this noise tells how well it
chooses among them, and less of misreadings that no table has.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import accumulate
from random import Random
from typing import NamedTuple

from fixnews.changes import Edit
from fixnews.words.lexicon import rows, shipped

MISREAD = 0.02
"""Share of the characters that are misread at rate 1: a fair recogniser on a fair scan."""

ONE = 10**9
DECAY = 904_837
"""exp(-0.1) in millionths: a tenth of a nat more and a reading is less likely by this factor. In
whole numbers, since the last digit of a power differs from machine to machine."""

DEAREST = 100


class Readings(NamedTuple):
    """What a printed character may be read as, and the sums of their weights up to each."""

    read: str
    sums: tuple[int, ...]


def misreadings(text: str, chance: Random, rate: float) -> Iterator[Edit]:
    """Single characters read as others, those that recognisers take for them more often.

    >>> [edit.new for edit in misreadings("未来", Random(2), 50)]
    ['赤', '來']
    """
    table = confusions()
    for at, character in enumerate(text):
        if character in table and chance.random() < MISREAD * rate:
            yield Edit(at, at + 1, _drawn(table[character], chance))


def _drawn(readings: Readings, chance: Random) -> str:
    return readings.read[bisect_right(readings.sums, chance.randrange(readings.sums[-1]))]


@cache
def confusions() -> Mapping[str, Readings]:
    """For each printed character what it may be read as.

    Raises:
        DataError: the table is missing or damaged.
    """
    weights = list(accumulate(range(DEAREST - 1), lambda w, _: w * DECAY // 10**6, initial=ONE))
    found: dict[str, list[tuple[str, int]]] = {}
    for read, printed, prices in rows(shipped("confusions.tsv")):
        for number, character in enumerate(printed):
            price = int(prices[2 * number : 2 * number + 2])
            found.setdefault(character, []).append((read, weights[price]))
    return {
        character: Readings("".join(r for r, _ in all_of), tuple(accumulate(w for _, w in all_of)))
        for character, all_of in found.items()
    }
