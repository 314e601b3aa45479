"""What a language model is asked of signs and gaps, each question once.

A question is a row of bytes: the codes around a place, and what else the answer hangs on. An answer
is a row of bytes as well, often an empty one: most places are settled by the cheapest look, and a
page that is read again asks nothing new (`fixnews.recall`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fixnews.arrays import Bools, Floats, Ints, Singles
from fixnews.language import SIGHT
from fixnews.language.alphabet import START, Coded, Codes
from fixnews.marks import confusion
from fixnews.marks.confusion import NOTHING, TARGETS
from fixnews.recall import Recall

if TYPE_CHECKING:
    from fixnews.language import Model

Table = NDArray[np.void]
"""Rows whose columns have names."""

HINT, HINT_IF_WELL = -1.0, 0.0
"""Gain by pairs alone from which another mark is weighed in full, and where a page reads well: of
871 marks that are found on half of the readings of January 1998 two offers lie below the first,
three places in five on clean pages; of 102 that are found there one lies below the second, and
three places in four."""

HINT_INSIDE = -5.0
"""The least that a comma or a full stop must gain by pairs alone inside a line of a page that reads
well, where a lost mark is only ever offered: of such offers (odd days of a daily, 3 % of the marks
lost) four in five pass, of the other gaps three in ten."""

ASKED = -6.0
"""Gain from which a candidate is weighed at all."""

SWAPPED = 1.0
"""Gain from which a sign that is a mark itself is asked about: of 90 that were changed on readings
of January 1998, 2 gained less; a third of the places is left."""

Kind = tuple[tuple[str, str] | tuple[str, str, int], ...]
"""The columns of a row: a name and a type each."""

SIGN = (
    ("codes", "<u2", 2 * SIGHT + 1), ("point", "<u4"), ("may_go", "?"), ("well", "?"),
    ("kept", "<f8"),
)  # fmt: skip
"""A sign that may stand for another mark: the codes around it, its code point, whether it may be
dust, whether the page reads well, and the log-probability of what was read."""

GAP = (("codes", "<u2", 2 * SIGHT), ("cut", "?"))
"""A gap where a mark may be lost: the codes around it, and whether a paragraph may have been cut in
two there."""

MARK = (("codes", "<u2", 2 * SIGHT), ("cut", "?"), ("candidate", "<u2"))
"""One mark in such a gap; `NOTHING` is the paragraph that was cut, joined."""

WEIGHED = (("candidate", "<i8"), ("made", "<f8"))
"""What may have been printed, and the log-probability of the passage with it."""

EITHER = "，。"
"""The marks that are tried in every gap."""

MODELS = 4
"""Language models whose answers are kept."""


def rows(kind: Kind, size: int, **columns: ArrayLike) -> list[bytes]:
    r"""Rows of a kind from their columns.

    >>> rows((("a", "<u2"), ("b", "?")), 2, a=[1, 2], b=[False, True])
    [b'\x01\x00\x00', b'\x02\x00\x01']
    """
    found = np.zeros(size, _dtype(kind))
    for name, values in columns.items():
        found[name] = values
    packed: list[bytes] = found.view(f"V{found.itemsize}").tolist()
    return packed


def table(kind: Kind, packed: Iterable[bytes]) -> Table:
    """The columns of rows."""
    return np.frombuffer(b"".join(packed), _dtype(kind))


@cache
def _dtype(kind: Kind) -> np.dtype[np.void]:
    return np.dtype(list(kind))


@dataclass(frozen=True, slots=True)
class Weighing:
    """The functions of rows that a language model is behind.

    Attributes:
        model: the language model.
        targets: the codes of `TARGETS`; shape (marks,).
        before: for each mark of `EITHER`, what pairs make of it behind each code; shape
            (2, codes).
        behind: the same of each code behind it.
    """

    model: Model
    targets: Ints
    before: Singles
    behind: Singles

    @classmethod
    def of(cls, model: Model) -> Weighing:
        """The functions of a language model."""
        targets = model.codes(TARGETS).astype(np.int64)
        every = np.arange(model.first.shape[1])
        marks = [np.full_like(every, targets[TARGETS.index(mark)]) for mark in EITHER]
        before = np.stack([model.pairs(every, mark) for mark in marks])
        behind = np.stack([model.pairs(mark, every) for mark in marks])
        return cls(model, targets, before, behind)

    def signs(self, asked: list[bytes]) -> list[bytes]:
        """Of each `SIGN` what it may stand for, as `WEIGHED`: nothing unless something gains."""
        seen = table(SIGN, asked)
        codes = seen["codes"].astype(np.int64)
        row, candidate = np.nonzero(confusion.candidates(seen["point"].astype(np.int64)))
        fits = seen["may_go"][row] | (candidate != NOTHING)
        row, candidate = row[fits], candidate[fits]
        hopeful = (seen["may_go"] | self._other(seen, codes, row, candidate))[row]
        row, candidate = row[hopeful], candidate[hopeful]
        made = self.replaced(codes[row], candidate)
        own = confusion.own(seen["point"].astype(np.int64))
        least = np.where(own <= NOTHING, SWAPPED, ASKED)[row]
        good = _any(made - seen["kept"][row] > least, row, len(asked))[row]
        found = np.zeros(int(good.sum()), _dtype(WEIGHED))
        found["candidate"], found["made"] = candidate[good], made[good]
        return _parts(found, np.bincount(row[good], minlength=len(asked)))

    def _other(self, seen: Table, codes: Ints, row: Ints, candidate: Ints) -> Bools:
        """For which signs that cannot be dust a model of pairs would have another mark."""
        asked = ~seen["may_go"][row]
        row, candidate = row[asked], candidate[asked]
        before, here, behind = codes[row, SIGHT - 1], codes[row, SIGHT], codes[row, SIGHT + 1]
        made = self.fits(before, self.targets[candidate], behind)
        gain = made - self.fits(before, here, behind)
        least = np.where(seen["well"], HINT_IF_WELL, HINT)[row]
        return _any(gain > least, row, len(seen))

    def gaps(self, asked: list[bytes]) -> list[bytes]:
        """Of each `GAP` the log-probability with either mark of `EITHER`, as float64."""
        seen = table(GAP, asked).repeat(len(EITHER))
        marks = np.tile([TARGETS.index(mark) for mark in EITHER], len(asked))
        made = self.inserted(seen["codes"].astype(np.int64), marks, seen["cut"])
        return _parts(made, np.full(len(asked), len(EITHER)))

    def hinted(self, left: Codes, right: Codes) -> Bools:
        """Between which codes a model of pairs would have a mark of `EITHER` rather than none."""
        made = (self.before.take(left, axis=1) + self.behind.take(right, axis=1)).max(axis=0)
        return np.asarray(made.astype(np.float64) - self.model.pairs(left, right) > HINT_INSIDE)

    def marks(self, asked: list[bytes]) -> list[bytes]:
        """Of each `MARK` the log-probability with it, as float64."""
        seen = table(MARK, asked)
        codes, candidate = seen["codes"].astype(np.int64), seen["candidate"].astype(np.int64)
        return _parts(self.inserted(codes, candidate, seen["cut"]), np.ones(len(asked), np.int64))

    def replaced(self, windows: Coded, candidate: Ints) -> Floats:
        """The log-probability behind the first `SIGHT` codes, the next replaced or taken out."""
        gone = candidate == NOTHING
        put = windows.copy()
        put[~gone, SIGHT] = self.targets[candidate[~gone]]
        put[gone] = _without(put[gone], SIGHT)
        return self.sum(put, gone.astype(np.int64))

    def inserted(self, windows: Ints, candidate: Ints, cut: Bools) -> Floats:
        """The same with a candidate set in the middle; `NOTHING` joins a paragraph that was cut.

        Where a paragraph may have been cut in two the window goes on with an ``END``; what is
        likelier counts, two paragraphs or one: the pages of newspapers are full of paragraphs that
        a column's end has cut.
        """
        gone, joined = candidate == NOTHING, np.flatnonzero(cut)
        targets = np.append(self.targets, START)[candidate]
        put = np.concatenate((windows[:, :SIGHT], targets[:, None], windows[:, SIGHT:]), axis=1)
        one = _without(put[joined], SIGHT + 1)
        one[gone[joined]] = _without(one[gone[joined]], SIGHT + 1)
        skipped = np.concatenate((np.zeros(len(put), np.int64), 1 + gone[joined]))
        made = self.sum(np.concatenate((put, one)), skipped)
        made, as_one = made[: len(put)], made[len(put) :]
        made[joined] = np.where(gone[joined], as_one, np.maximum(made[joined], as_one))
        return made

    def fits(self, before: Ints, code: Ints, behind: Ints) -> Floats:
        """What pairs make of a code between two others: a first cut, ten times as fast."""
        return self.model.between(before, code, behind).astype(np.float64)

    def sum(self, windows: Coded, skipped: Ints) -> Floats:
        """For each row of codes the log-probability of all behind the first `SIGHT`.

        Args:
            windows: the codes.
            skipped: of how many codes more nothing is asked; they are context as well.
        """
        scores = self.model.behind(windows).astype(np.float64)
        scores[np.arange(scores.shape[1]) < skipped[:, None]] = 0
        return np.asarray(scores.sum(axis=1))


@dataclass(frozen=True, slots=True)
class Answers:
    """What a language model has said, and will say."""

    weighing: Weighing
    signs: Recall[bytes, bytes]
    gaps: Recall[bytes, bytes]
    marks: Recall[bytes, bytes]


class _Same:
    """A language model, the same as none but itself."""

    __slots__ = ("model",)

    def __init__(self, model: Model) -> None:
        self.model = model

    def __hash__(self) -> int:
        return id(self.model)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.model is self.model


def of(model: Model) -> Answers:
    """The answers of a language model."""
    return _of(_Same(model))


@lru_cache(MODELS)
def _of(same: _Same) -> Answers:
    one = Weighing.of(same.model)
    return Answers(one, Recall(one.signs), Recall(one.gaps), Recall(one.marks))


def _without(windows: Coded, column: int) -> Coded:
    """Rows of codes without one column, as long as before."""
    left = np.full((len(windows), 1), START, dtype=windows.dtype)
    return np.concatenate((left, windows[:, :column], windows[:, column + 1 :]), axis=1)


def _any(good: Bools, row: Ints, size: int) -> Bools:
    """For each of so many rows whether one of its candidates is good."""
    return np.bincount(row[good], minlength=size) > 0


def _parts(values: Table | Floats, sizes: Sequence[int] | Ints) -> list[bytes]:
    """The bytes of an array in parts of so many values, or rows."""
    each = values.nbytes // len(values) if len(values) else 0
    ends = (np.cumsum(sizes) * each).tolist()
    whole = values.tobytes()
    return [whole[start:end] for start, end in zip([0, *ends], ends, strict=False)]
