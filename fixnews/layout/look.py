"""What there is to see on a page before a break is weighed: its lines, seams and blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from fixnews import language
from fixnews.layout import blocks, edges, seams, verse
from fixnews.layout.blocks import Setting
from fixnews.layout.endings import read
from fixnews.layout.page import PAGES, Line, Role, lines
from fixnews.words import lexicon

if TYPE_CHECKING:
    from fixnews.layout.seams import Floats

SET = 0.8
"""Probability from which a block is called verse: of the seams of columns and of paragraphs cut by
column breaks 0.5 % lie in such a block, of those of verse 80 % (`scripts/train_verse.py`)."""


@dataclass(frozen=True, slots=True)
class Look:
    """A page as the seam classifier sees it.

    Attributes:
        lines: its lines that are not blank and no folio: a folio may stand inside a sentence.
        told: the same lines as the evidence reads them (`endings.read`).
        words: the dictionary word across each seam, or nothing.
        rows: the evidence at each seam.
        evidence: what speaks at each seam for lines that are set one by one (`verse.evidence`).
    """

    lines: tuple[Line, ...]
    told: tuple[Line, ...]
    words: tuple[str, ...]
    rows: Floats
    evidence: Floats

    def verse(self) -> Floats:
        """For each seam the probability that its block is set line by line."""
        size = [len(line.text) for line in self.told]
        short = {n for a, b in verse.blocks_of(self.told) for n in range(a, b + 1)}
        return verse.odds(self.evidence, sum(size[n] for n in short) / sum(size))


@lru_cache(PAGES)
def look(text: str, model: Path | None = None) -> Look | None:
    """What there is to weigh on a page; None where it has fewer than two lines."""
    found = tuple(line for line in lines(text) if line.role is not Role.FOLIO)
    if len(found) < 2:
        return None
    told = tuple(map(read, found))
    pairs = [(left.text, right.text) for left, right in pairwise(told)]
    words = tuple(lexicon.word_across(left, right) for left, right in pairs)
    how = edges.load().evidence([line.text for line in told]).astype(float)
    chances = language.load(model).seams(pairs).astype(float)
    rows = seams.evidence(told, words, chances, how)
    fill, width = (rows[:, seams.FEATURES.index(name)] for name in ("fill", "width"))
    slack = (width * (1 - fill)).astype(float)
    return Look(found, told, words, rows, verse.evidence(told, words, chances, how, slack))


def settings(text: str) -> Iterator[tuple[int, int, Setting]]:
    r"""The blocks of a page whose lines are set one by one, with their offsets in its text.

    They may overlap: a list of contents is also set line by line.

    >>> page = "会议议程：\n•听取工作汇报\n•讨论修改章程\n•选举新的理事"
    >>> [page[start:end].count("\n") for start, end, how in settings(page) if how == "list"]
    [2]
    """
    seen = look(text)
    if seen is None:
        return
    every = seen.lines
    for setting, first, last in blocks.found(seen.told):
        yield every[first].start, every[last].end, setting
    odds = seen.verse()
    for is_verse, group in groupby(range(len(odds)), lambda n: odds[n] >= SET):
        run = list(group)
        if is_verse:
            yield every[run[0]].start, every[run[-1] + 1].end, Setting.VERSE
