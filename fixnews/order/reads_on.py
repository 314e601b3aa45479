"""Whether one passage reads on in another: the language model asked across a seam."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from fixnews.arrays import Floats
from fixnews.language import SIGHT, Model, load
from fixnews.language.alphabet import START


def reads_on(pairs: Sequence[tuple[str, str]], model: Path | None = None) -> Floats:
    """What each right half gains by standing behind its left half, in nats.

    Text that goes on gains three nats on average, and with a spread of three; halves that have
    nothing to do with each other gain nothing. One seam says little, a run of them much.

    >>> told = reads_on([("提升了基层党建辨", "识度、显示度"), ("门外的老树已", "厂房三万平方米")])
    >>> bool(told[0] > 5 > 1 > told[1])
    True
    """
    if not pairs:
        return np.empty(0)
    known = load(model)
    behind = np.stack([_row(known, left, right) for left, right in pairs])
    alone = behind.copy()
    alone[:, :SIGHT] = START
    both = known.behind(np.concatenate((behind, alone))).sum(axis=1).astype(np.float64)
    return np.asarray(both[: len(pairs)] - both[len(pairs) :])


def _row(model: Model, left: str, right: str) -> np.ndarray[tuple[int], np.dtype[np.uint16]]:
    """The codes around a seam; where a half is short, nothing is known."""
    row = np.full(2 * SIGHT, START, dtype=np.uint16)
    before, after = model.codes(left[-SIGHT:]), model.codes(right[:SIGHT])
    row[SIGHT - len(before) : SIGHT] = before
    row[SIGHT : SIGHT + len(after)] = after
    return row
