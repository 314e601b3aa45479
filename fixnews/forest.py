"""A small forest of decision trees as arrays: evidence in, a calibrated probability out.

Training is done elsewhere (`scripts/`), with scikit-learn; what ships is a table of arrays, and
reading it needs numpy and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fixnews.errors import DataError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


BLOCK = 1 << 9
"""Rows that walk down the trees together: their places stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Forest:
    """Decision trees as arrays: inference needs numpy and nothing else.

    All nodes of all trees are numbered through. A leaf leads to itself, so that every row takes
    the same number of steps.

    Attributes:
        roots: the first node of each tree.
        feature: for each node the column that it asks for.
        threshold: the answer up to which it goes left.
        child: for each node the two next ones, one behind the other.
        value: what a leaf adds to the log odds.
        depth: steps from a root to the furthest leaf.
        base: the log odds before any tree.
        stretch, shift: the calibration of the log odds, fitted on data left out of the training.
    """

    roots: Any
    feature: Any
    threshold: Any
    child: Any
    value: Any
    depth: int
    base: float
    stretch: float
    shift: float

    def probability(self, rows: Floats) -> Floats:
        """For each row of evidence, the probability of what the forest was trained to tell."""
        import numpy as np

        odds = [self._odds(rows[at : at + BLOCK]) for at in range(0, len(rows), BLOCK)]
        scaled = np.concatenate((np.empty(0), *odds)) * self.stretch + self.shift
        return np.asarray(1 / (1 + np.exp(-scaled)))

    def _odds(self, rows: Floats) -> Floats:
        """The log odds of a block of rows."""
        import numpy as np

        cells = np.ascontiguousarray(rows).ravel()
        mine = np.arange(len(rows))[:, None] * rows.shape[1]
        node = np.repeat(self.roots[None, :], len(rows), axis=0)
        for _ in range(self.depth):
            answer = cells.take(self.feature.take(node) + mine)
            node = self.child.take(2 * node + (answer > self.threshold.take(node)))
        return np.asarray(self.base + self.value.take(node).sum(axis=1))


@cache
def load(path: Path) -> Forest:
    """A trained forest.

    Raises:
        DataError: the table is not where it should be.
    """
    import numpy as np

    if not path.is_file():
        raise DataError(f"{path}: the trained forest is missing", "reinstall fixnews")
    with np.load(path) as table:
        stretch, shift, base = (float(x) for x in table["scale"])
        asked, value = table["feature"].astype(np.int64), table["value"]
        number = np.arange(asked.size).reshape(asked.shape)
        below = table["child"].astype(np.int64) + number[:, :1, None]
        child = np.where(asked[:, :, None] < 0, number[:, :, None], below).ravel()
        return Forest(
            number[:, 0], np.maximum(asked, 0).ravel(), table["threshold"].ravel(), child,
            value.ravel(), _depth(number[:, 0], child), base, stretch, shift,
        )  # fmt: skip


def _depth(roots: Any, child: Any) -> int:
    """How many steps it takes until every path has come to a leaf."""
    import numpy as np

    level, depth = roots, 0
    while True:
        below = np.unique(child.reshape(-1, 2)[level])
        inner = below[child[2 * below] != below]
        depth += 1
        if not len(inner):
            return depth
        level = inner
