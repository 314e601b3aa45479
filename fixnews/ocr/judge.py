"""Two judges of one mark: the language model and the network that points.

The language model says what the passage would gain if another mark were printed, the network which
mark the words around ask for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fixnews.language import SIGHT
from fixnews.language.alphabet import END, START
from fixnews.ocr import pointing
from fixnews.ocr.pointing import Pointing
from fixnews.ocr.reading import PARTED, Reading, sums
from fixnews.ocr.signs import NOTHING, TARGETS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from fixnews.language import Model

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judge:
    """A page as the model reads it: paragraph by paragraph, without line breaks and blanks.

    Attributes:
        model: the language model.
        codes: the page as the model counts it, `SIGHT` codes of ``START`` before it, an ``END``
            behind each paragraph, more behind the page.
        place: where in ``codes`` each character stands, and the end of the page; shape (n + 1,).
        hole: where a mark would stand that was lost before each character: at the end of the
            paragraph before, if there is one between; shape (n + 1,).
        score: the log-probability of each of ``codes``; shape of ``codes``.
        total: the sum of the scores before each of ``codes``; one more.
        targets: the codes of `TARGETS`.
        network: what points.
        page: the page as the network reads it, with no ``START`` before it.
    """

    model: Model
    codes: Ints
    place: Ints
    hole: Ints
    score: Floats
    total: Floats
    targets: Ints
    network: Pointing
    page: Ints

    @classmethod
    def of(cls, seen: Reading, model: Model) -> Judge:
        """The judge of a page."""
        import numpy as np

        parted = seen.gap == PARTED
        parted[0] = False
        cuts = np.flatnonzero(parted)
        starts = (0, *cuts[:-1])
        text = "".join(f"{seen.text[a:b]}\n" for a, b in zip(starts, cuts, strict=True))
        size = SIGHT + len(text)
        codes = np.full(size + SIGHT + 1, END, dtype=np.int64)
        codes[:SIGHT] = START
        codes[SIGHT:size] = model.codes(text)
        score = np.zeros(len(codes))
        score[SIGHT:size] = model.score(text)
        hole = np.arange(len(parted)) + np.cumsum(parted) - parted + SIGHT
        place = hole + parted
        place[-1] = hole[-1]
        targets = model.codes(TARGETS).astype(np.int64)
        network = pointing.load()
        total, page = sums(score), network.codes(text)
        return cls(model, codes, place, hole, score, total, targets, network, page)

    def read(self, at: Ints, length: int) -> Floats:
        """The log-probability of ``length`` codes from each place on, as they were read."""
        return self.total[at + length] - self.total[at]

    def replaced(self, at: Ints, candidate: Ints) -> Floats:
        """The same of `SIGHT` + 1 codes, the first replaced by a candidate or taken out."""
        import numpy as np

        rows = self.codes[at[:, None] + np.arange(-SIGHT, SIGHT + 1)]
        found = np.empty(len(at))
        gone = candidate == NOTHING
        rows[~gone, SIGHT] = self.targets[candidate[~gone]]
        found[~gone] = self._sum(rows[~gone])
        found[gone] = self._sum(np.delete(rows[gone], SIGHT, axis=1))
        return found

    def inserted(self, at: Ints, candidate: Ints, *, joined: bool = False) -> Floats:
        """The same of `SIGHT` codes, with a candidate set before them.

        Args:
            at: the places.
            candidate: what is set before each.
            joined: the first of the codes is an ``END``, behind which the paragraph went on.
        """
        import numpy as np

        left = self.codes[at[:, None] + np.arange(-SIGHT, 0)]
        right = self.codes[at[:, None] + np.arange(joined, SIGHT)]
        return self._sum(np.hstack([left, self.targets[candidate][:, None], right]))

    def fits(self, place: Ints, code: Ints, behind: Ints) -> Floats:
        """What a model of pairs makes of a code between two others: a first cut, ten times as fast.

        Args:
            place: where the code before it stands in ``codes``.
            code: what stands between.
            behind: where the code behind it stands.
        """
        found = self.model.between(self.codes[place], code, self.codes[behind])
        return found.astype("float64")

    def pointed(self, at: Ints, *, sign: bool) -> Floats:
        """What the network makes of places: a row of `NOTHING` + 1 log-probabilities each.

        Args:
            at: places in ``codes``.
            sign: whether a sign stands there, which it is not shown, or a mark may be lost before.
        """
        import numpy as np

        start = at - SIGHT
        return self.network.chances(self.page, start, start + sign).astype(np.float64)

    def joined(self, at: Ints) -> Floats:
        """The same of `SIGHT` codes, the first an ``END``, if the paragraph went on behind it.

        The pages of newspapers are full of paragraphs that a column's end has cut in two.
        """
        import numpy as np

        left = self.codes[at[:, None] + np.arange(-SIGHT, 0)]
        right = self.codes[at[:, None] + np.arange(1, SIGHT)]
        return self._sum(np.hstack([left, right]))

    def _sum(self, rows: Ints) -> Floats:
        """For each row the log-probability of all its codes behind the first `SIGHT`."""
        import numpy as np

        return np.asarray(self.model.behind(rows).sum(axis=1, dtype=np.float64))
