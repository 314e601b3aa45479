"""Characters that a recogniser cannot read, and drops: 进行了商 for 进行了磋商.

A recogniser that has not learnt a rare character puts nothing in its place, wherever the character
stands. Its line is then one character short of the column, though nothing was carried over to the
next; a word of the dictionary is left without its other half; and the page holds the character
nowhere else. All of that is asked for before the language model and the network of gaps are.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from fixnews.arrays import Bools, Ints, distinct
from fixnews.characters import completions
from fixnews.characters.cloze import FAR, Cloze
from fixnews.characters.suspects import FIRST_HAN, LAST_HAN
from fixnews.encoding import frequency
from fixnews.language import SIGHT, Model
from fixnews.layout.column_width import short_and_carried
from fixnews.layout.reading import PARTED, Reading
from fixnews.words import lexicon
from fixnews.words.lexicon import REACH

RARE = -9.0
"""Logarithm of the share of the news above which a character is known to every recogniser: one in
8,100. Of the characters that recognisers dropped from good prints all are rarer."""

RARER, MISREAD = -10.0, 2.0
"""The share below which a character, and another of its word, must be in a line that is short for a
mark carried over as well; and the nats that it may gain in the place of a neighbour, which was
misread then. In 7 M characters of clean columns nothing passes; with `RARE` 薄弱 for 弱 did."""

FEWEST = 2.0
"""Nats that a page must gain by a character that is put in, though it is longer by it."""

NEARBY = -6.0
"""The same with the two neighbours alone, for a first cut."""

FITS = -3.0
"""Log-probability of the character in the gap, as the network of gaps sees it, from which the
language model is believed. Of rare characters that were dropped by chance it leaves 3,603 of the
4,057 that are right (`benchmarks/measure.py`), and of 43 wrong ones 29."""

_HOLE = "〇"
_BMP = 1 << 16


@dataclass(frozen=True, slots=True)
class Unread:
    """A character that was probably printed, and not read.

    Attributes:
        at: the character of the reading before which it stood.
        printed: what was printed.
        word: the word of the dictionary that it is part of.
        gain: nats by which the language model prefers the line with it.
        carried: whether its line may be short for a mark that was carried over as well.
    """

    at: int
    printed: str
    word: str
    gain: float
    carried: bool = False


def find(seen: Reading, model: Model, network: Cloze) -> list[Unread]:
    """The likeliest character of each line that is one short, if it is rare and not on the page.

    Where a line may be short for a mark that was carried over as well, the words must say all: the
    character must be rarer, its word must hold another as rare, and no neighbour may be a
    misreading of it.

    Args:
        seen: a page.
        model: the language model.
        network: what fills gaps.
    """
    lines, carried = short_and_carried(seen)
    slots = [_slots(seen, start, end) for start, end in (*lines, *carried)]
    if not any(map(len, slots)):
        return []
    line = np.repeat(np.arange(len(slots)), [len(row) for row in slots])
    at = np.concatenate(slots)
    slot, printed = _candidates(seen, at, model)
    strict = line[slot] >= len(lines)
    rare = np.where(strict, _rare(RARER)[printed], _rare(RARE)[printed])
    rare &= ~np.isin(printed, seen.points)
    hopeful = np.isin(line[slot], line[slot[rare]])
    weighed = _Weighed(line[slot], at[slot], printed, rare, strict)
    best = _best(seen.text, weighed.take(hopeful), model)
    return [one for one in best if _fits(seen, one, network)]


class _Weighed(NamedTuple):
    """Candidates, a column for each thing that is known of them.

    Attributes:
        line: the number of the line.
        at: the place in the reading.
        printed: the code point.
        rare: whether it is so rare that the recogniser may not know it.
        strict: whether the line may be short for another reason.
    """

    line: Ints
    at: Ints
    printed: Ints
    rare: Bools
    strict: Bools

    def take(self, kept: Bools) -> _Weighed:
        """Those candidates only."""
        line, at, printed = self.line[kept], self.at[kept], self.printed[kept]
        return _Weighed(line, at, printed, self.rare[kept], self.strict[kept])


def _slots(seen: Reading, start: int, end: int) -> Ints:
    """The gaps of a line beside a Han character that is no part of a longer word."""
    found, at = set[int](), start
    for word in lexicon.cut(seen.text[start:end]):
        if _is_han(word):
            found |= {at, at + 1}
        at += len(word)
    if seen.gap[start] == PARTED:
        found.discard(start)
    return np.array(sorted(found - {end}), dtype=np.int64)


def _candidates(seen: Reading, slots: Ints, model: Model) -> tuple[Ints, Ints]:
    """What stands with the neighbours of each gap in the news: number of the gap, code point.

    Only those are kept that gain enough with the two neighbours.
    """
    padded = np.pad(np.where(seen.points < _BMP, seen.points, 0), 2)
    hole = np.zeros(len(slots), np.int64)
    before, left, right, behind = (padded[slots + step] for step in range(4))
    rows = np.stack((before, left, hole, right, behind), axis=1)
    found = completions.load().around(rows.ravel(), 2 + 5 * np.arange(len(slots)))
    slot, printed = np.divmod(distinct((found[0] << 16) | found[1]), _BMP)
    codes = model.table.astype(np.int64)
    left, middle, right = codes[left[slot]], codes[printed], codes[right[slot]]
    gain = model.pairs(left, middle) + model.pairs(middle, right) - model.pairs(left, right)
    return slot[gain > NEARBY], printed[gain > NEARBY]


def _best(text: str, weighed: _Weighed, model: Model) -> Iterator[Unread]:
    """The character that each line gains most by, if it is rare and completes a word."""
    places = list(zip(weighed.at.tolist(), map(chr, weighed.printed.tolist()), strict=True))
    gains = _gains(text, places, model)
    best: dict[int, int] = {}
    for number, of_line in enumerate(weighed.line.tolist()):
        if gains[number] > gains[best.setdefault(of_line, number)]:
            best[of_line] = number
    for number in best.values():
        if weighed.rare[number] and gains[number] >= FEWEST:
            at, character = places[number]
            word, carried = _made(text, at, character), bool(weighed.strict[number])
            one = Unread(at, character, word, gains[number], carried)
            if word and (not carried or _is_told(text, one, model)):
                yield one


def _gains(text: str, places: list[tuple[int, str]], model: Model) -> list[float]:
    """What the language model gains by each character, itself and the three behind it."""
    if not places:
        return []
    rows = [(text[max(0, at - SIGHT) : at], c, text[at : at + SIGHT]) for at, c in places]
    with_it = model.score("".join(f"{left}{c}{right}\n" for left, c, right in rows))
    without = model.score("".join(f"{left}{right}\n" for left, _, right in rows))
    gains, a, b = [], 0, 0
    for left, _, right in rows:
        kept, size = len(left), len(right)
        new = with_it[a + kept : a + kept + 1 + size].sum()
        gains.append(float(new - without[b + kept : b + kept + size].sum()))
        a, b = a + kept + size + 2, b + kept + size + 1
    return gains


def _made(text: str, at: int, character: str) -> str:
    """The word that a character makes of its surroundings, if fewer stand alone there then."""
    left, right = text[max(0, at - REACH) : at], text[at : at + REACH]
    whole = left + character + right
    if lexicon.alone(whole) >= lexicon.alone(left + right):
        return ""
    ends = list(accumulate(map(len, words := lexicon.cut(whole))))
    word = words[bisect_right(ends, len(left))]
    return word if len(word) > 1 else ""


def _is_told(text: str, one: Unread, model: Model) -> bool:
    """Whether the words alone tell that a character was lost: its word is known by it.

    比较弱 need not have been 比较薄弱; but 涅 is as rare as 槃, and stands with it.
    """
    rest = (c for c in one.word if c != one.printed)
    known = any(_rare(RARER)[ord(c)] for c in rest if _is_han(c))
    return known and _instead(text, one, model) < MISREAD


def _instead(text: str, one: Unread, model: Model) -> float:
    """What the language model gains at most by a character in the place of a neighbour."""
    at, c = one.at, one.printed
    left, right = text[max(0, at - SIGHT - 1) : at], text[at : at + SIGHT + 1]
    rows = [left[:-1] + c + right] if _is_han(left[-1:]) else []
    rows += [left + c + right[1:]] if _is_han(right[:1]) else []
    best = max((float(model.score(row).sum()) for row in rows), default=-math.inf)
    return best - float(model.score(left + right).sum())


def _is_han(character: str) -> bool:
    return len(character) == 1 and FIRST_HAN <= ord(character) < LAST_HAN


def _fits(seen: Reading, one: Unread, network: Cloze) -> bool:
    """Whether a character is what the network of gaps would have there.

    Of one that it has met too seldom to put it anywhere it is not asked.
    """
    if not network.units[network.table[ord(one.printed)]]:
        return True
    left, right = seen.text[max(0, one.at - FAR) : one.at], seen.text[one.at : one.at + FAR]
    gap = network.gaps(network.around(left + _HOLE + right), np.array([len(left)]))
    chance = network.weigh(gap, network.totals(gap), np.array([ord(one.printed)]))
    return bool(chance[0] >= FITS)


@cache
def _rare(share: float) -> Bools:
    """For each code point whether it is a Han character rarer than a share of the news."""
    table = np.zeros(_BMP, dtype=bool)
    table[FIRST_HAN:LAST_HAN] = True
    shares = frequency.load().simplified.items()
    table[[ord(c) for c, known in shares if known >= share and ord(c) < _BMP]] = False
    return table
