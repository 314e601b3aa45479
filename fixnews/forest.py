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


@dataclass(frozen=True, slots=True)
class Forest:
    """Decision trees as arrays: inference needs numpy and nothing else.

    Attributes:
        feature: for each tree and node the column that it asks for, or -1 at a leaf.
        threshold: the answer up to which it goes left.
        child: the two next nodes.
        value: what a leaf adds to the log odds.
        base: the log odds before any tree.
        stretch, shift: the calibration of the log odds, fitted on data left out of the training.
    """

    feature: Any
    threshold: Any
    child: Any
    value: Any
    base: float
    stretch: float
    shift: float

    def probability(self, rows: Floats) -> Floats:
        """For each row of evidence, the probability of what the forest was trained to tell."""
        import numpy as np

        count, trees = len(rows), np.arange(len(self.feature))[None, :]
        node = np.zeros((count, len(self.feature)), dtype=np.int64)
        at = np.arange(count)[:, None]
        for _ in range(int(self.feature.shape[1])):
            asked = self.feature[trees, node]
            inner = asked >= 0
            if not inner.any():
                break
            goes_right = rows[at, np.maximum(asked, 0)] > self.threshold[trees, node]
            node = np.where(inner, self.child[trees, node, goes_right.astype(np.int64)], node)
        odds = self.base + self.value[trees, node].sum(axis=1)
        return np.asarray(1 / (1 + np.exp(-(odds * self.stretch + self.shift))))


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
        return Forest(
            table["feature"], table["threshold"], table["child"], table["value"],
            base, stretch, shift,
        )  # fmt: skip
