"""The seams of a page that the faces of its lines leave open, and how likely each is damage.

The forest's probability, what holds a seam open, and what is set line by line, put together.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from fixnews.layout import seams
from fixnews.layout.closed import closed
from fixnews.layout.held_open import HELD, held
from fixnews.layout.intruders import between, breaks_in, straddles
from fixnews.layout.look import Look, look, look_past
from fixnews.layout.register import is_news
from fixnews.layout.seams import Seam
from fixnews.layout.unfinished import TORN, plainly_cut, reads_cut, untitled
from fixnews.patterns import lazy

COLUMN = 0.2
"""Probability that a block is set line by line, as verse is, from which it counts: what is likelier
a column is weighed as one. From there on a line that is as long as its neighbours fills nothing."""

_SIGHT = 40
_REPORTER = lazy("[〔（(【](?:本[报報])?(?:[记記]者|通[讯訊][员員])")
"""How a story begins behind its headline: 〔記者沈硯秋／台北報導〕; and in how many characters."""

CERTAIN = 0.98
"""Probability of a seam that can hardly be none: 99.8 % on made pages are right."""

OFTEN = 1
"""Seams of a page that are `CERTAIN` from which its columns were cut, so that one more is no
surprise: of 104 clean pages of fifteen kinds one has one."""


def weigh(text: str, model: Path | None = None, least: float = 0.0) -> list[Seam]:
    """The seams of a page that its lines' faces leave open, with their probabilities.

    Args:
        text: the page.
        model: the language model to use, or None for the one that is shipped.
        least: probability from which a seam is wanted.
    """
    seen = look(text, model)
    return _weighed(seen, text, ~closed(seen), least) if seen else []


def weigh_past(
    text: str, likely: Sequence[Seam], model: Path | None = None, least: float = 0.0
) -> list[Seam]:
    """The likely seams around what stands inside a sentence: captions, labels, page breaks.

    Args:
        text: the page.
        likely: the seams between neighbours that are likely: what they join is no intruder.
        model: the language model to use, or None for the one that is shipped.
        least: probability from which a seam is wanted.
    """
    seen = look_past(text, model)
    if seen is None:
        return []
    near = {seam.left.start for seam in likely} | {seam.right.start for seam in likely}
    left_open = ~closed(seen)
    asked = left_open & False
    for n in straddles(text, seen.lines):
        left, right = seen.lines[n : n + 2]
        inside = {line.start for line in between(text, left, right)}
        asked[n] = left_open[n] and not near & inside and breaks_in(text, left, right)
    return _weighed(seen, text, asked, least) if asked.any() else []


def _weighed(seen: Look, text: str, asked: Any, least: float) -> list[Seam]:
    """The seams of a page that are asked about, as far as they are likely enough."""
    places = asked.nonzero()[0]
    in_list, reads_on = held(seen, places.tolist())
    verse = seen.verse(places)
    verse[(verse < COLUMN) | in_list] = 0
    odds, goes_on = seams.probability(seen.rows[places]), in_list | reads_on
    odds[goes_on] = odds[goes_on].clip(HELD)
    often = (odds >= CERTAIN).sum() >= OFTEN
    torn = plainly_cut(seen.rows[places], odds) & often
    odds[torn] = odds[torn].clip(TORN)
    odds *= 1 - verse
    wanted = odds >= least
    cuts = reads_cut(seen.rows[places]) & often
    heads = untitled(seen.rows[places]) & often & ~_begins(seen, places + 1)
    weighed = (places, odds, verse, goes_on, heads, cuts)
    return _seams(seen, text, *(of[wanted] for of in weighed))


def _begins(seen: Look, lines: Any) -> Any:
    """For each of these lines whether a story begins in it, its reporter in brackets."""
    told = (seen.told[n][:_SIGHT] for n in lines.tolist())
    return np.array([bool(_REPORTER.search(line)) for line in told], dtype=bool)


def _seams(seen: Look, text: str, which: Any, *weighed: Any) -> list[Seam]:
    """These seams of a page with what was weighed, in the order of `_weighed`."""
    rows, last = seen.rows[which], len(seen.rows) - 1
    odds, verse, *flags = weighed
    gains, marked = seams.of(rows, "gain", "marked")
    full, mute = seams.full(rows) & (verse == 0), (marked == 0) & (which < last)
    shown = (which, gains, full, odds, verse, mute, *flags)
    columns = (column.tolist() for column in shown)
    lines, told, words = seen.lines, seen.told, seen.words
    news = bool(len(which)) and is_news(text)
    return [
        Seam(
            lines[n], lines[n + 1], told[n : n + 2], words[n], gain, fills, p, so, alone, news, *on
        )
        for n, gain, fills, p, so, alone, *on in zip(*columns, strict=True)
    ]
