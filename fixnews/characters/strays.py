"""Characters that were never printed: a speck between two characters, read as 人 or 和.

What a recogniser makes of a speck or of the edge of a character is one of the commonest characters
there are. Its line is then one character too long, and the language model prefers the line without
it by far more than any character costs that is merely unlikely.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import chain

from fixnews.characters.suspects import FIRST_HAN, LAST_HAN
from fixnews.encoding import frequency
from fixnews.language import SIGHT, Model
from fixnews.layout.column_width import long_lines
from fixnews.layout.reading import Reading
from fixnews.words import lexicon
from fixnews.words.lexicon import REACH

COMMON = -5.8
"""Logarithm of the share of the news from which a character is common: the first 46. What is rarer
and leaves a gain as large was misread: it stands for a character that was printed."""

FEWEST = 8.0
"""Nats that a line must gain without a character."""

NUMERALS = "一二三四五六七八九十百千万亿两几"
"""Never taken out: a number would change its value."""


@dataclass(frozen=True, slots=True)
class Stray:
    """A character that was probably never printed.

    Attributes:
        at: its place in the reading.
        gain: nats by which the language model prefers the line without it.
    """

    at: int
    gain: float


def find(seen: Reading, model: Model) -> list[Stray]:
    """The character that each line loses best which is one too long, if it is a common one.

    What begins a line behind one that does not fill its column may begin a paragraph: nobody can
    say what stands before it.

    Args:
        seen: a page.
        model: the language model.
    """
    lines = [_places(seen, start, end) for start, end in long_lines(seen)]
    every = list(chain.from_iterable(lines))
    gains = dict(zip(every, _gains(seen.text, every, model), strict=True))
    best = [max(line, key=gains.__getitem__) for line in lines if line]
    likely = (at for at in best if gains[at] >= FEWEST and _is_stray(seen.text, at))
    return [Stray(at, gains[at]) for at in likely]


def _places(seen: Reading, start: int, end: int) -> list[int]:
    """The Han characters of a line that may be one too many."""
    goes_on = start > 0 and abs(seen.short[start - 1]) <= 1
    first = start if goes_on else start + 1
    points = seen.points[first:end].tolist()
    return [first + n for n, point in enumerate(points) if FIRST_HAN <= point < LAST_HAN]


def _gains(text: str, places: list[int], model: Model) -> list[float]:
    """What the language model gains without each character, itself and the three behind it."""
    if not places:
        return []
    gains, whole, cut = [], 0, 0
    rows = [(text[max(0, at - SIGHT) : at], text[at : at + 1 + SIGHT]) for at in places]
    with_it = model.score("".join(f"{left}{right}\n" for left, right in rows))
    without = model.score("".join(f"{left}{right[1:]}\n" for left, right in rows))
    for left, right in rows:
        kept, size = len(left), len(right)
        new = without[cut + kept : cut + kept + size - 1].sum()
        gains.append(float(new - with_it[whole + kept : whole + kept + size].sum()))
        whole, cut = whole + kept + size + 1, cut + kept + size
    return gains


def _is_stray(text: str, at: int) -> bool:
    """Whether a character is common, no number, and no part of a word where it stands."""
    if text[at] not in _common() or any(c.isdigit() for c in text[max(0, at - 1) : at + 2]):
        return False
    left, right = text[max(0, at - REACH) : at], text[at + 1 : at + 1 + REACH]
    return lexicon.alone(left + right) < lexicon.alone(left + text[at] + right)


@cache
def _common() -> frozenset[str]:
    """The characters that a speck is read as."""
    shares = frequency.load().simplified
    return frozenset(c for c, share in shares.items() if share >= COMMON) - set(NUMERALS)
