"""Arrays by what they hold: the types that all rooms name alike, and what numpy is slow to begin.

A room that has other numbers of its own (the codes of an alphabet, the kinds of signs) names them
beside what makes them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
"""Truths: masks, and tables of what is one of a set."""

Ints = NDArray[np.int64]
"""Places, counts, numbers of rows, code points."""

Floats = NDArray[np.float64]
"""Evidence, odds, sums of log-probabilities."""

Singles = NDArray[np.float32]
"""Floats of 32 bits: what the language model says, and the weights of networks."""

Reals = NDArray[np.float32 | np.float64]
"""What may be either."""

Column = NDArray[np.bool_ | np.int8 | np.int64 | np.float32 | np.float64]
"""A piece of evidence, before it becomes a column of `Floats`."""

Evidence = dict[str, Column | float]
"""Pieces of evidence by their names; a number stands for a column of it."""


def distinct(numbers: Ints) -> Ints:
    """Numbers in their order, none twice; `np.unique` loads masked arrays, a fortieth of a run.

    >>> distinct(np.array([7, 3, 7])).tolist(), distinct(np.empty(0, np.int64)).tolist()
    ([3, 7], [])
    """
    told = np.sort(numbers, axis=None)
    return np.concatenate((told[:1], told[1:][told[1:] != told[:-1]]))
