"""Terms that a reader has listed, and near-misses of them.

The names of offices, companies and places recur on a newspaper's pages. Where one almost stands,
either the page is wrong or another office is meant; a list cannot tell which, so it is only told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from fixnews.own_lists import entries
from fixnews.words.lexicon import stamp
from fixnews.words.likeness import distance as distance_of
from fixnews.words.phrases import Phrases, indexed

SHORTEST = 4
"""Characters from which a term can have near-misses: three-character names differ by one
character from too many other words."""

LONG = 8
"""Characters from which two differences are still a near-miss; below, one."""


class NearMiss(NamedTuple):
    """A passage that is almost a term.

    Attributes:
        start, end: offsets in characters.
        term: what it almost is.
        distance: characters inserted, deleted or replaced between the two.
    """

    start: int
    end: int
    term: str
    distance: int


def load(paths: Sequence[Path]) -> frozenset[str]:
    """The terms of these files: one a line, ``#`` before a remark.

    Raises:
        DataError: a file is missing or cannot be read.
    """
    return frozenset().union(*(_read(path, stamp(path)) for path in paths))


@cache
def _read(path: Path, _: tuple[int, int]) -> frozenset[str]:
    return frozenset(entries(path, "list of terms"))


def near_misses(text: str, terms: frozenset[str]) -> Iterator[NearMiss]:
    """The passages that are almost a term, from left to right.

    A near-miss begins and ends as its term does, so that a short form of a name is none, and is no
    term itself. At least one of the parts into which a term is cut stands there unharmed.

    >>> [miss] = near_misses("市金融发展中心负责人说", frozenset({"市金融发展服务中心"}))
    >>> miss.start, miss.end, miss.distance
    (0, 7, 2)
    """
    index, whole = _parts(terms), indexed(terms)
    known = list(whole.find(text))
    best: dict[int, NearMiss] = {}
    for start, end in index[0].find(text):
        for term, offset in index[1][text[start:end]]:
            miss = _closest(text, start - offset, term)
            if miss and not any(a < miss.end and miss.start < b for a, b in known):
                old = best.get(miss.start)
                if old is None or miss.distance < old.distance:
                    best[miss.start] = miss
    yield from _apart(sorted(best.values()))


def _apart(misses: Sequence[NearMiss]) -> Iterator[NearMiss]:
    """Of near-misses that overlap, the first."""
    done = 0
    for miss in misses:
        if miss.start >= done:
            yield miss
            done = miss.end


def _allowed(term: str) -> int:
    return 2 if len(term) >= LONG else 1


@cache
def _parts(terms: frozenset[str]) -> tuple[Phrases, dict[str, list[tuple[str, int]]]]:
    """The parts of the terms to look for; for each the terms that have it, and where."""
    owners: dict[str, list[tuple[str, int]]] = {}
    for term in sorted(terms):
        if len(term) >= SHORTEST:
            size = len(term) // (_allowed(term) + 1)
            for offset in range(len(term) - size + 1):
                owners.setdefault(term[offset : offset + size], []).append((term, offset))
    return Phrases.of(owners), owners


def _closest(text: str, start: int, term: str) -> NearMiss | None:
    """The passage near a place that is closest to a term, if it is close enough."""
    most = _allowed(term)
    found: list[tuple[int, int, int]] = []
    for at in range(max(0, start - most), start + most + 1):
        for end in range(at + len(term) - most, at + len(term) + most + 1):
            passage = text[at:end]
            if passage[:1] == term[0] and passage[-1] == term[-1] and "\n" not in passage:
                distance = distance_of(passage, term, most)
                if 0 < distance <= most:
                    found.append((distance, at, end))
    if not found:
        return None
    distance, at, end = min(found)
    return NearMiss(at, end, term, distance)
