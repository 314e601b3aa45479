"""A judge of marks: what a passage would gain if another mark were printed.

The language model weighs each candidate with what stands on both sides (`fixnews.ocr.questions`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fixnews.language import SIGHT
from fixnews.language.alphabet import END, START
from fixnews.ocr import questions
from fixnews.ocr.questions import GAP, MARK, SIGN, WEIGHED, Answers
from fixnews.ocr.reading import PARTED, Reading, sums

if TYPE_CHECKING:
    from typing import Any

    import numpy as np
    from numpy.typing import NDArray

    from fixnews.language import Model

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]


ONE = (("made", "<f8"),)
"""What is answered of a mark in a gap."""


@dataclass(frozen=True, slots=True)
class Judge:
    """A page as the model reads it: paragraph by paragraph, without line breaks and blanks.

    Attributes:
        answers: what the language model says.
        text: the page, a line a paragraph.
        codes: the page as the model counts it, `SIGHT` codes of ``START`` before it, an ``END``
            behind each paragraph, more behind the page.
        place: where in ``codes`` each character stands, and the end of the page; shape (n + 1,).
        hole: where a mark would stand that was lost before each character: at the end of the
            paragraph before, if there is one between; shape (n + 1,).
        score: the log-probability of each of ``codes``; shape of ``codes``.
        total: the sum of the scores before each of ``codes``; one more.
    """

    answers: Answers
    text: str
    codes: NDArray[np.uint16]
    place: Ints
    hole: Ints
    score: Floats
    total: Floats

    @classmethod
    def of(cls, seen: Reading, model: Model) -> Judge:
        """The judge of a page."""
        import numpy as np

        answers, parted = questions.of(model), seen.gap == PARTED
        parted[0] = False
        cuts = np.flatnonzero(parted).tolist()
        paragraphs = [seen.text[a:b] for a, b in zip([0, *cuts], cuts, strict=False)]
        text = "".join(f"{paragraph}\n" for paragraph in paragraphs)
        size = SIGHT + len(text)
        codes = np.full(size + SIGHT + 1, END, dtype=np.uint16)
        codes[:SIGHT], codes[SIGHT:size] = START, model.codes(text)
        score = np.zeros(len(codes))
        score[SIGHT:size] = model.lines(text)
        hole = np.arange(len(parted)) + np.cumsum(parted) - parted + SIGHT
        place = hole + parted
        place[-1] = hole[-1]
        return cls(answers, text, codes, place, hole, score, sums(score))

    def read(self, at: Ints, length: int) -> Floats:
        """The log-probability of ``length`` codes from each place on, as they were read."""
        return self.total[at + length] - self.total[at]

    def replaced(self, at: Ints, candidate: Ints) -> Floats:
        """The same of `SIGHT` + 1 codes, the first replaced by a candidate or taken out."""
        return self.answers.weighing.replaced(self._around(at, SIGHT + 1), candidate)

    def signs(self, at: Ints, points: Ints, may_go: Any, *, well: bool) -> tuple[Ints, Any]:
        """What signs may stand for, of those that may.

        Args:
            at: where each sign stands in ``codes``.
            points: its code point.
            may_go: whether it may be dust.
            well: whether the page reads well.

        Returns:
            How many candidates each has, and a table of them all as `WEIGHED`.
        """
        asked = questions.rows(
            SIGN, len(at), codes=self._around(at, SIGHT + 1), point=points, may_go=may_go,
            well=well, kept=self.read(at, SIGHT + 1),
        )  # fmt: skip
        return _told(WEIGHED, self.answers.signs(asked))

    def hinted(self, at: Ints) -> Any:
        """Before which codes pairs would have a comma or a full stop rather than none."""
        return self.answers.weighing.hinted(self.codes.take(at - 1), self.codes.take(at))

    def gaps(self, at: Ints, cut: Any) -> Floats:
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

    def marks(self, at: Ints, cut: Any, candidate: Ints) -> Floats:
        """How gaps read with a candidate in each; `NOTHING` joins the paragraph that was cut."""
        around = self._around(at, SIGHT)
        asked = questions.rows(MARK, len(at), codes=around, cut=cut, candidate=candidate)
        made: Floats = _told(ONE, self.answers.marks(asked))[1]["made"]
        return made

    def _around(self, at: Ints, right: int) -> Ints:
        """The codes around places: `SIGHT` before, and so many from there on."""
        import numpy as np

        return np.asarray(self.codes.take(at[:, None] + np.arange(-SIGHT, right)))


def _told(kind: Any, answers: list[bytes]) -> tuple[Ints, Any]:
    """How many rows each answer has, and all of them as a table."""
    import numpy as np

    found = questions.table(kind, answers)
    return np.fromiter(map(len, answers), np.int64) // found.itemsize, found
