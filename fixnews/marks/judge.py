"""A judge of marks: what a passage would gain if another mark were printed.

The language model weighs each candidate with what stands on both sides (`fixnews.marks.questions`).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from fixnews.arrays import Bools, Floats, Ints
from fixnews.language import SIGHT
from fixnews.language.alphabet import END, START, Codes
from fixnews.layout.reading import PARTED
from fixnews.marks import questions
from fixnews.marks.questions import GAP, MARK, SIGN, WEIGHED, Answers, Kind, Table
from fixnews.marks.sheets import Sheets

if TYPE_CHECKING:
    from fixnews.language import Model

BESIDE = 2 * SIGHT + 2
"""Codes that are put beside those of a page: before it and behind it, and one for the last sum."""

ONE = (("made", "<f8"),)
"""What is answered of a mark in a gap."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Pages as the model reads them: paragraph by paragraph, without line breaks and blanks.

    Attributes:
        answers: what the language model says.
        texts: the pages, a line a paragraph.
        codes: the pages as the model counts them, one behind the other: `SIGHT` codes of ``START``
            before each, an ``END`` behind each paragraph, more behind the page.
        base: where in ``codes`` each page begins.
        place: where in ``codes`` each character stands, and the end of its page.
        hole: where a mark would stand that was lost before each place: at the end of the paragraph
            before, if there is one between.
        score: the log-probability of each of ``codes``; shape of ``codes``.
        total: the sum of the scores of its page before each of ``codes``; the same shape.
    """

    answers: Answers
    texts: list[str]
    codes: Codes
    base: Ints
    place: Ints
    hole: Ints
    score: Floats
    total: Floats

    @classmethod
    def of(cls, seen: Sheets, model: Model) -> Judge:
        """The judge of pages."""
        parted = seen.gap == PARTED
        parted[seen.first] = False
        before = np.cumsum(parted) - parted
        texts = _spelt(seen, parted)
        base = np.cumsum([0, *(len(text) + BESIDE for text in texts)])
        shift = base[:-1] + SIGHT - seen.first - before[seen.first]
        hole = np.arange(len(parted)) + before + shift[seen.page]
        place = hole + parted
        place[seen.end] = hole[seen.end]
        codes, score, total = _laid_out(texts, base, model)
        return cls(questions.of(model), texts, codes, base, place, hole, score, total)

    def read(self, at: Ints, length: int) -> Floats:
        """The log-probability of ``length`` codes from each place on, as they were read."""
        return self.total[at + length] - self.total[at]

    def replaced(self, at: Ints, candidate: Ints) -> Floats:
        """The same of `SIGHT` + 1 codes, the first replaced by a candidate or taken out."""
        return self.answers.weighing.replaced(self._around(at, SIGHT + 1), candidate)

    def signs(self, at: Ints, points: Ints, may_go: Bools, well: Bools) -> tuple[Ints, Table]:
        """What signs may stand for, of those that may.

        Args:
            at: where each sign stands in ``codes``.
            points: its code point.
            may_go: whether it may be dust.
            well: whether its page reads well.

        Returns:
            How many candidates each has, and a table of them all as `WEIGHED`.
        """
        asked = questions.rows(
            SIGN, len(at), codes=self._around(at, SIGHT + 1), point=points, may_go=may_go,
            well=well, kept=self.read(at, SIGHT + 1),
        )  # fmt: skip
        return _told(WEIGHED, self.answers.signs(asked))

    def hinted(self, at: Ints) -> Bools:
        """Before which codes pairs would have a comma or a full stop rather than none."""
        return self.answers.weighing.hinted(self.codes.take(at - 1), self.codes.take(at))

    def gaps(self, at: Ints, cut: Bools) -> Floats:
        """How gaps read with a comma, and with a full stop in each.

        Args:
            at: where each mark would stand in ``codes``.
            cut: whether the paragraph that ends there may go on.

        Returns:
            Log-probabilities of `SIGHT` codes and the mark before them; shape (n, 2).
        """
        asked = questions.rows(GAP, len(at), codes=self._around(at, SIGHT), cut=cut)
        made: Floats = _told(ONE, self.answers.gaps(asked))[1]["made"].reshape(-1, 2)
        return made

    def marks(self, at: Ints, cut: Bools, candidate: Ints) -> Floats:
        """How gaps read with a candidate in each; `NOTHING` joins the paragraph that was cut."""
        around = self._around(at, SIGHT)
        asked = questions.rows(MARK, len(at), codes=around, cut=cut, candidate=candidate)
        made: Floats = _told(ONE, self.answers.marks(asked))[1]["made"]
        return made

    def _around(self, at: Ints, right: int) -> Codes:
        """The codes around places: `SIGHT` before, and so many from there on."""
        return np.asarray(self.codes.take(at[:, None] + np.arange(-SIGHT, right)))


def _spelt(seen: Sheets, parted: Bools) -> list[str]:
    """The pages, a line a paragraph.

    Args:
        seen: the pages.
        parted: which places begin a paragraph, or end a page.
    """
    cuts = parted.nonzero()[0]
    last = cuts.searchsorted(seen.end, "right").tolist()
    bounds, texts, at = cuts.tolist(), [], 0
    for start, end in zip(seen.first.tolist(), last, strict=True):
        edges = [start, *bounds[at:end]]
        texts.append("".join([f"{seen.text[a:b]}\n" for a, b in pairwise(edges)]))
        at = end
    return texts


def _laid_out(texts: list[str], base: Ints, model: Model) -> tuple[Codes, Floats, Floats]:
    """The codes of pages with what is put beside them, their scores, and the sums of these."""
    whole = "".join(texts)
    told, spelt = model.lines(whole), model.codes(whole)
    codes = np.full(base[-1], END, dtype=np.uint16)
    score, total = np.zeros(len(codes)), np.zeros(len(codes))
    at = 0
    for text, (start, stop) in zip(texts, pairwise(base.tolist()), strict=True):
        inside, end = start + SIGHT, start + SIGHT + len(text)
        codes[start:inside] = START
        codes[inside:end], score[inside:end] = spelt[at : at + len(text)], told[at : at + len(text)]
        at += len(text)
        np.cumsum(score[start : stop - 1], out=total[start + 1 : stop])
    return codes, score, total


def _told(kind: Kind, answers: list[bytes]) -> tuple[Ints, Table]:
    """How many rows each answer has, and all of them as a table."""
    found = questions.table(kind, answers)
    return np.fromiter(map(len, answers), np.int64) // found.itemsize, found
