"""How far two passages speak of the same things: rare bigrams that they share.

Names and terms of a story come back in it and seldom elsewhere on the page. Bigrams of Han
characters are hashed into bins and weighed by how few passages of the pages have them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from fixnews.arrays import Floats, Ints

DIMENSIONS = 1 << 14
"""Bins for hashed bigrams: an issue of 24 pages has some 60,000 different ones, of which the rare
ones that decide seldom collide."""

TEXTS = 1 << 3
"""Texts whose bigrams are kept: a few questions about one text follow each other."""

PASSAGE = 300
"""Characters of the passages in which a bigram's rarity is counted: about two paragraphs."""


@lru_cache(TEXTS)
def bigrams(text: str) -> Floats:
    r"""How often each hashed pair of neighbouring Han characters occurs; no white space counts.

    Shape (`DIMENSIONS`,). It is kept for the next questions about the same text, and must not be
    written to.

    >>> int(bigrams("平湖、\\n平湖").sum())
    2
    """
    return np.bincount(_bins("".join(text.split())), minlength=DIMENSIONS).astype(float)


def _bins(text: str) -> Ints:
    """The bin of each pair of neighbouring Han characters of a text without white space."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    left, right = codes[:-1].astype(np.uint64), codes[1:].astype(np.uint64)
    han = (left >= 0x4E00) & (left < 0xA000) & (right >= 0x4E00) & (right < 0xA000)
    bins = ((left[han] * np.uint64(40503) + right[han]) * np.uint64(2654435761)) >> np.uint64(7)
    return np.asarray(bins % DIMENSIONS, dtype=np.int64)


class Words:
    """The rarity of bigrams on some pages, and passages weighed by it."""

    __slots__ = ("rarity",)

    def __init__(self, passages: Iterable[str]) -> None:
        """Count in how many of these passages each bigram occurs."""
        total, seen = 0, np.zeros(DIMENSIONS)
        for passage in passages:
            seen[_bins("".join(passage.split()))] += 1
            total += 1
        self.rarity = np.log((1 + total) / (1 + seen))

    @classmethod
    def on(cls, texts: Iterable[str]) -> Words:
        """The rarity on these pages."""
        return cls(text[at : at + PASSAGE] for text in texts for at in range(0, len(text), PASSAGE))

    def vector(self, text: str) -> Floats:
        """The passage as a vector of length 1; shape (`DIMENSIONS`,)."""
        weighed: Floats = np.sqrt(bigrams(text)) * self.rarity
        return weighed / max(math.sqrt(float((weighed * weighed).sum())), 1e-9)

    def cosines(self, some: Sequence[str], others: Sequence[str]) -> Floats:
        """The cosine of each passage of one row with each of the other; shape (some, others)."""
        left, right = (np.stack([self.vector(x) for x in texts]) for texts in (some, others))
        shared = np.flatnonzero((left != 0).any(axis=0) & (right != 0).any(axis=0))
        narrow = left[:, shared].astype(np.float32), right[:, shared].astype(np.float32)
        product: Floats = (narrow[0] @ narrow[1].T).astype(float)
        return product

    def alike(self, one: str, other: str) -> float:
        """The cosine of two passages, 0 to 1."""
        return float((self.vector(one) * self.vector(other)).sum())

    def known(self, words: str, story: str) -> float:
        """How much of the words, by rarity, the story has, 0 to 1."""
        bins, count = np.unique(_bins("".join(words.split())), return_counts=True)
        told = np.zeros(DIMENSIONS)
        told[bins] = count * self.rarity[bins]
        every = float(told.sum())
        told[bins[bigrams(story)[bins] == 0]] = 0
        return float(told.sum() / max(every, 1e-9))
