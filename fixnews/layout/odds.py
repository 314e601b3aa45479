"""The seams of a page that the faces of its lines leave open, and how likely each is damage.

The forest's probability, what holds a seam open, and what is set line by line, put together.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial
from pathlib import Path

import numpy as np

from fixnews import language
from fixnews.arrays import Bools, Floats, Ints
from fixnews.layout import seams
from fixnews.layout.closed import closed
from fixnews.layout.held_open import HELD, held
from fixnews.layout.intruders import between, breaks_in, straddles
from fixnews.layout.look import Look, look, look_past
from fixnews.layout.page import LONGEST
from fixnews.layout.register import is_news
from fixnews.layout.seams import Seam
from fixnews.layout.unfinished import TORN, plainly_cut, reads_cut, untitled
from fixnews.patterns import lazy
from fixnews.recall import CHARACTERS, Recall, page_size

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


def weigh(text: str, model: Path | None = None, least: float = 0.0) -> tuple[Seam, ...]:
    """The seams of a page that its lines' faces leave open, with their probabilities.

    Args:
        text: the page.
        model: the language model to use, or None for the one that is shipped.
        least: probability from which a seam is wanted.
    """
    if len(text) > LONGEST:
        return _weigh(model, least, [text])[0]
    return weigher(model, least)([text])[0]


def weigh_ahead(texts: Sequence[str], model: Path | None = None, least: float = 0.0) -> None:
    """Weigh the seams of texts that will be asked about next."""
    weigher(model, least)([text for text in texts if len(text) <= LONGEST])


@lru_cache(language.MODELS)
def weigher(model: Path | None, least: float) -> Recall[str, tuple[Seam, ...]]:
    """The same of many pages at once."""
    return Recall(partial(_weigh, model, least), CHARACTERS, page_size)


def _weigh(model: Path | None, least: float, texts: Sequence[str]) -> list[tuple[Seam, ...]]:
    """The likely seams of each page."""
    seen = [look(text, model) for text in texts]
    asked = [page for page in seen if page]
    if not asked:
        return [() for _ in texts]
    joined = Look.joined(asked)
    told = [text for text, page in zip(texts, seen, strict=True) if page]
    found = iter(_weighed(joined, told, ~closed(joined), least))
    return [tuple(next(found)) if page else () for page in seen]


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
    return _weighed(seen, [text], asked, least)[0] if asked.any() else []


def _weighed(seen: Look, texts: Sequence[str], asked: Bools, least: float) -> list[list[Seam]]:
    """The seams of each page that are asked about, as far as they are likely enough."""
    places = asked.nonzero()[0]
    rows, page = seen.rows[places], seen.pages.page[places]
    in_list, reads_on = held(seen, places.tolist())
    verse = seen.verse(places)
    verse[(verse < COLUMN) | in_list] = 0
    odds, goes_on = seams.probability(rows), in_list | reads_on
    odds[goes_on] = odds[goes_on].clip(HELD)
    often = (np.bincount(page[odds >= CERTAIN], minlength=len(texts)) >= OFTEN)[page]
    torn = plainly_cut(rows, odds) & often
    odds[torn] = odds[torn].clip(TORN)
    odds *= 1 - verse
    wanted = odds >= least
    cuts = reads_cut(rows) & often
    heads = untitled(rows) & often & ~_begins(seen, places + 1)
    weighed = odds, verse, goes_on, heads, cuts
    return _seams(seen, texts, places[wanted], *(of[wanted] for of in weighed))


def _begins(seen: Look, lines: Ints) -> Bools:
    """For each of these lines whether a story begins in it, its reporter in brackets."""
    told = (seen.told[n][:_SIGHT] for n in lines.tolist())
    return np.array([bool(_REPORTER.search(line)) for line in told], dtype=bool)


def _seams(
    seen: Look, texts: Sequence[str], which: Ints, *weighed: Floats | Bools
) -> list[list[Seam]]:
    """These seams of each page with what was weighed, in the order of `_weighed`."""
    rows, page = seen.rows[which], seen.pages.page[which]
    odds, verse, *flags = weighed
    gains, marked = seams.of(rows, "gain", "marked")
    full = seams.full(rows) & (verse == 0)
    mute = (marked == 0) & (which < seen.pages.end[page] - 2)
    shown = (which, page, gains, full, odds, verse, mute, *flags)
    columns = (column.tolist() for column in shown)
    lines, told, words = seen.lines, seen.told, seen.words
    news = {number: is_news(texts[number]) for number in set(page.tolist())}
    found: list[list[Seam]] = [[] for _ in texts]
    for n, at, gain, fills, p, so, alone, *on in zip(*columns, strict=True):
        shows = lines[n], lines[n + 1], told[n : n + 2], words[n]
        found[at].append(Seam(*shows, gain, fills, p, so, alone, news[at], *on))
    return found
