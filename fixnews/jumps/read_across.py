"""Whether a page was read across its columns, so that its lines stand in no order of a text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from fixnews import language
from fixnews.arrays import Singles
from fixnews.jumps.printed_lines import Form, ends_sentence, narrow
from fixnews.source import LINE_BREAK

FEW_SEAMS = 10
"""Line ends inside sentences below which a page does not show how it was read."""

MANY_SEAMS = 200
"""Line ends that are looked at, evenly over the page: more say no more."""

PAGES = 1 << 7
"""Pages whose answers are kept: an issue is read again when one of its pages has changed,
each page as it is in every round of the chain."""

IN_ORDER = 0.9
"""Mean nats at those line ends from which a page was read column by column. Of the readings of 67
pages by two recognisers those by column have 1.6 to 7.0, at the worst severity the least; those
across have -1.3 to -0.7. Of short pages of two or three columns made of seven registers 98 % have
at least 1.1 in order, and at most 0.7 when their lines take turns."""


@lru_cache(PAGES)
def read_across(text: str) -> bool:
    r"""Whether the printed lines of a page follow each other as no text does.

    The language model tells how much likelier the start of each line is behind the line before
    than behind a finished sentence. A page whose paragraphs are whole says nothing: False.

    >>> read_across("一页没有折行的文章。\n")
    False
    """
    raw = [line for line in LINE_BREAK.split(text) if line.strip()]
    texts = [line.strip() for line in raw]
    indents = [len(line) - len(line.lstrip()) for line in raw]
    finished = [ends_sentence(text) for text in texts]
    lengths = [indent + len(text) for indent, text in zip(indents, texts, strict=True)]
    widths = [size - half / 2 for size, half in zip(lengths, narrow(texts), strict=True)]
    form = Form.measured(widths, indents, finished)
    cut = [n for n, done in enumerate(finished[:-1]) if not done] if form.width else []
    places = [n for n in cut if form.filled(widths[n], lengths[n])]
    pairs = [(texts[n], texts[n + 1]) for n in places if len(texts[n + 1]) >= language.SIGHT]
    if len(pairs) < FEW_SEAMS:
        return False
    pairs = pairs[:: -(-len(pairs) // MANY_SEAMS)]
    found = _joined([*pairs, *(("。", right) for _, right in pairs)])
    gains = found[: len(pairs)] - found[len(pairs) :]
    return float(gains.mean()) < IN_ORDER


def _joined(pairs: Sequence[tuple[str, str]]) -> Singles:
    """The log-probability of each right half's first characters behind its left half."""
    sight = language.SIGHT
    halves = [(left[-sight:], right[:sight]) for left, right in pairs]
    text = "".join([f"{left}{right}\n" for left, right in halves])
    sizes = np.array([(len(left), len(right), 1) for left, right in halves], dtype=np.int64)
    starts = sizes.cumsum() - sizes.ravel()
    return np.add.reduceat(language.load().score(text), starts)[1::3]
