"""What there is to see on a page before a break is weighed: its lines, seams and blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, chain, compress, count, groupby, pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from fixnews import language
from fixnews.arrays import Floats, Ints
from fixnews.layout import blocks, edges, seams, verse
from fixnews.layout.blocks import Setting
from fixnews.layout.faces import LINES_KNOWN, faces, shown
from fixnews.layout.intruders import is_intruder, straddles
from fixnews.layout.page import LONGEST, PAGES, Line, Role, lines
from fixnews.layout.page_bounds import Bounds
from fixnews.recall import CHARACTERS, Recall, page_size
from fixnews.source import PAGE_BREAK
from fixnews.words.lexicon import REACH, words_across

SIGHT = 24
"""Lines on each side of what stands inside a sentence that are looked at: a column and its
paragraphs."""

AHEAD = LINES_KNOWN >> 1
"""Lines that are looked at ahead, so that none is forgotten before its page is read."""

SET = 0.8
"""Probability from which a block is called verse: of the seams of columns and of paragraphs cut by
column breaks 0.5 % lie in such a block, of those of verse 80 % (`training/verse.py`)."""


class Across(NamedTuple):
    """What two lines show together.

    Attributes:
        word: the dictionary word across their seam, or nothing.
        numbers: what lexicon and language model say of it, a 64-bit float for each of
            `seams.OF_LANGUAGE`.
    """

    word: str
    numbers: bytes


BETWEEN = Across("", bytes(8 * len(seams.OF_LANGUAGE)))
"""What is said of the seam between two pages, which is none."""

Pair = tuple[str, str]


@cache
def across(model: Path | None) -> Recall[Pair, Across]:
    """What the ends of two lines show together, by a model; `REACH` characters of each count."""

    def worked_out(pairs: Sequence[Pair]) -> list[Across]:
        words = words_across(pairs)
        chances, meet = language.load(model).seams(pairs), edges.load().across(pairs)
        told = np.column_stack(([*map(len, words)], chances, meet)).astype(np.float64)
        raw, size = told.tobytes(), 8 * told.shape[1]
        return [Across(word, raw[n * size : (n + 1) * size]) for n, word in enumerate(words)]

    return Recall(worked_out)


def _said(found: Sequence[Across]) -> Floats:
    """What lexicon and language model say of these seams, a row a seam."""
    raw = b"".join([seam.numbers for seam in found])
    return np.frombuffer(raw, np.float64).reshape(len(found), len(seams.OF_LANGUAGE))


@dataclass(frozen=True, slots=True)
class Look:
    """Pages as the seam classifier sees them, one behind the other.

    Attributes:
        pages: which lines are those of which page.
        lines: the lines that are not blank and no folio: a folio may stand inside a sentence.
        told: the texts of the same lines as the evidence reads them.
        own: what each line shows by itself (`faces.SHOWN`).
        words: the dictionary word across each seam, or nothing.
        rows: the evidence at each seam; between two pages it means nothing.
    """

    pages: Bounds
    lines: tuple[Line, ...]
    told: tuple[str, ...]
    own: Floats
    words: tuple[str, ...]
    rows: Floats

    @classmethod
    def joined(cls, looks: Sequence[Look]) -> Look:
        """Pages that were looked at one by one, together."""
        if len(looks) == 1:
            return looks[0]
        between = np.zeros((1, len(seams.FEATURES)))
        apart = [part for look in looks for part in (look.rows, between)][:-1]
        return cls(
            Bounds.of([len(look.lines) for look in looks]),
            tuple([line for look in looks for line in look.lines]),
            tuple([text for look in looks for text in look.told]),
            np.concatenate([look.own for look in looks]),
            tuple([word for look in looks for word in (*look.words, "")][:-1]),
            np.concatenate(apart),
        )

    def page(self, number: int) -> Look:
        """One of the pages."""
        lines = slice(int(self.pages.first[number]), int(self.pages.end[number]))
        rows = slice(lines.start, lines.stop - 1)
        bounds = Bounds.of([lines.stop - lines.start])
        told, words = self.told[lines], self.words[rows]
        return Look(bounds, self.lines[lines], told, self.own[lines], words, self.rows[rows])

    def verse(self, which: Ints | None = None) -> Floats:
        """For each seam, or for these, the probability that its block is set line by line."""
        asked = np.arange(len(self.rows)) if which is None else which
        return verse.odds(self.lines, self.told, self.own, self.rows, asked, pages=self.pages)


def look_ahead(texts: Sequence[str], model: Path | None = None) -> None:
    """Look at texts that will be looked at next, as many as is kept of lines."""
    ends = accumulate(len(_printed(text)) for text in texts)
    some = [text for text, end in zip(texts, ends, strict=True) if end <= AHEAD]
    looks(model)([text for text in some if len(text) <= LONGEST])


def _printed(text: str) -> tuple[Line, ...]:
    """The lines of a page that are no folio."""
    return tuple(line for line in lines(text) if line.role is not Role.FOLIO)


def _pairs(told: Sequence[str]) -> list[Pair]:
    """What counts of each two neighbouring lines."""
    return [(left[-REACH:], right[:REACH]) for left, right in pairwise(told)]


def look(text: str, model: Path | None = None) -> Look | None:
    """What there is to weigh on a page; None where it has fewer than two lines."""
    return looks(model)([text])[0] if len(text) <= LONGEST else _look(text, model)


@lru_cache(PAGES)
def _look(text: str, model: Path | None) -> Look | None:
    """The same of a page that is too long to keep many."""
    return _seen([_printed(text)], model)[0]


@lru_cache(language.MODELS)
def looks(model: Path | None) -> Recall[str, Look | None]:
    """What there is to weigh on each of many pages, by a model."""
    return Recall(
        lambda texts: _seen([_printed(text) for text in texts], model), CHARACTERS, page_size
    )


@lru_cache(PAGES)
def look_past(text: str, model: Path | None = None) -> Look | None:
    """The same as if no page broke and nothing stood inside a sentence; None where nothing does."""
    every = lines(text)
    kept = [line for line in every if not is_intruder(line)]
    if len(kept) == len(every) and PAGE_BREAK not in text:
        return None
    where = straddles(text, kept)
    near = sorted({n for at in where for n in range(max(0, at - SIGHT), at + SIGHT + 2)})
    some = [kept[n] for n in near if n < len(kept)]
    found = tuple([line._replace(page=0) if line.page else line for line in some])
    return _seen([found], model)[0] if near else None


def _seen(found: Sequence[tuple[Line, ...]], model: Path | None) -> list[Look | None]:
    """What there is to weigh between the lines of each page; None where there are not two."""
    asked = [page for page in found if len(page) > 1]
    if not asked:
        return [None for _ in found]
    together = _together(tuple(chain.from_iterable(asked)), Bounds.of([*map(len, asked)]), model)
    if len(found) == 1:
        return [together]
    number = count()
    return [together.page(next(number)) if len(page) > 1 else None for page in found]


def _together(found: tuple[Line, ...], pages: Bounds, model: Path | None) -> Look:
    """What there is to weigh between the lines of these pages."""
    seen = faces([line.text for line in found])
    told, own, inside = tuple([face.text for face in seen]), shown(seen), pages.inside
    beside = iter(across(model)([*compress(_pairs(told), inside)]))
    across_all = [next(beside) if yes else BETWEEN for yes in inside.tolist()]
    rows = seams.evidence(found, own, _said(across_all), pages)
    return Look(pages, found, told, own, tuple([seam.word for seam in across_all]), rows)


Set = tuple[int, int, Setting]
"""A block of a page, by its offsets in the text, and how its lines are set."""


def settings(text: str) -> tuple[Set, ...]:
    r"""The blocks of a page whose lines are set one by one.

    They may overlap: a list of contents is also set line by line.

    >>> page = "会议议程：\n•听取工作汇报\n•讨论修改章程\n•选举新的理事"
    >>> [page[start:end].count("\n") for start, end, how in settings(page) if how == "list"]
    [2]
    """
    return all_settings([text])[0]


def _settings(texts: Sequence[str]) -> list[tuple[Set, ...]]:
    """The same of many pages."""
    seen = [look(text) for text in texts]
    asked = [page for page in seen if page]
    odds = Look.joined(asked).verse().tolist() if asked else []
    ends = accumulate((len(page.lines) for page in asked), initial=0)
    return [tuple(_set_so(page, odds[next(ends) :])) if page else () for page in seen]


all_settings = Recall(_settings, CHARACTERS, page_size)
"""The blocks of many pages whose lines are set one by one."""


def _set_so(seen: Look, verse: Sequence[float]) -> Iterator[Set]:
    """The blocks of one page, given for each seam the probability that it is one of verse."""
    every = seen.lines
    for setting, first, last in blocks.found(seen.told):
        yield every[first].start, every[last].end, setting
    for is_verse, group in groupby(range(len(seen.rows)), lambda n: verse[n] >= SET):
        run = list(group)
        if is_verse:
            yield every[run[0]].start, every[run[-1] + 1].end, Setting.VERSE
