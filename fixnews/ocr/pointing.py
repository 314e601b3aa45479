"""Pointing: which mark the words around a place ask for, seen from two printed lines away.

The language model sees three characters to each side. That tells where a mark stands, but hardly a
comma from a full stop, a colon from a semicolon, or where a quotation ends. This small network
reads `LEFT` characters before a place and `RIGHT` behind it, and gives the probability of every
mark and of none. It is trained on news with the marks of one place hidden, the rest damaged as
recognisers do it (`scripts/train_pointing.py`), so that a misread neighbour does not confuse it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fixnews.errors import DataError
from fixnews.language.alphabet import END, START, codes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float32]

SHIPPED = Path(__file__).parents[1] / "models" / "pointing.npz"

LEFT, RIGHT = 24, 20
"""Characters before and behind a place that are read."""

REACH = 3
"""Neighbours that are looked at together before all places are weighed."""

BLOCK = 1 << 10
"""Places weighed in one sweep."""


@dataclass(frozen=True, slots=True)
class Pointing:
    """The network, ready to be asked.

    Attributes:
        table: the code of each character of the basic plane.
        parts: what a code adds to its neighbourhood, by its place in it; the last code is the
            hidden place: (`REACH`, codes, features).
        bias: what is added to every neighbourhood; (features,).
        weigh: weights and bias of the layer over all neighbourhoods.
        name: weights and bias of the layer that names the marks, in the order of
            `fixnews.ocr.signs.TARGETS`, nothing last.
    """

    table: Any
    parts: Floats
    bias: Floats
    weigh: tuple[Floats, Floats]
    name: tuple[Floats, Floats]

    def codes(self, text: str) -> Ints:
        r"""The page as the network reads it, a code a character, ``\n`` between paragraphs."""
        import numpy as np

        known = self.parts.shape[1] - 1
        found = codes(text, self.table).astype(np.int64)
        found[found >= known] = 2
        return found

    def chances(self, page: Ints, at: Ints, behind: Ints) -> Floats:
        """The logarithm of the probability of each mark, and of none, at each place.

        Args:
            page: the codes of a page.
            at: where the place is; what stands before counts as its left side; shape (n,).
            behind: where its right side begins: at the same place for a gap, one further on for a
                sign, which is hidden from the network; shape (n,).

        Returns:
            Shape (n, marks + 1).
        """
        import numpy as np

        padded = np.concatenate((np.full(LEFT, START), page, np.full(RIGHT, END)))
        blocks = (slice(k, k + BLOCK) for k in range(0, len(at), BLOCK))
        found = [self._block(padded, at[block], behind[block]) for block in blocks]
        return np.concatenate([np.empty((0, len(self.name[1])), dtype=np.float32), *found])

    def _block(self, padded: Ints, at: Ints, behind: Ints) -> Floats:
        import numpy as np

        left = padded[at[:, None] + np.arange(LEFT)]
        right = padded[behind[:, None] + np.arange(LEFT, LEFT + RIGHT)]
        hidden = np.full((len(at), 1), self.parts.shape[1] - 1)
        seen = np.hstack([left, hidden, right])
        width = seen.shape[1] - REACH + 1
        near = sum(self.parts[k].take(seen[:, k : k + width], axis=0) for k in range(REACH))
        near = np.maximum(near + self.bias, 0).reshape(len(at), -1)
        weighed = np.maximum(near @ self.weigh[0] + self.weigh[1], 0)
        odds = weighed @ self.name[0] + self.name[1]
        odds -= odds.max(axis=1, keepdims=True)
        return np.asarray(odds - np.log(np.exp(odds).sum(axis=1, keepdims=True)))


@cache
def load(path: Path = SHIPPED) -> Pointing:
    """The network that ships.

    Raises:
        DataError: it is not where it should be.

    >>> import numpy as np
    >>> from fixnews.ocr.signs import TARGETS
    >>> network, gap = load(), np.array([9])
    >>> page = network.codes("我国素有“礼仪之邦的美誉，讲究文明礼貌。")
    >>> TARGETS[int(network.chances(page, gap, gap).argmax())]
    '”'
    """
    import numpy as np

    if not path.is_file():
        raise DataError(f"{path}: the trained network is missing", "reinstall fixnews")
    with np.load(path) as file:
        known = {name: file[name] for name in file.files}
    each = known["codes"].astype(np.float32) * known["scale"]
    near = known["near"].astype(np.float32).reshape(REACH, each.shape[1], -1)
    layers = [known[f"{part}_{layer}"].astype(np.float32)
              for layer in ("weigh", "name") for part in ("weights", "bias")]  # fmt: skip
    parts = np.stack([each @ one for one in near])
    return Pointing(
        known["table"], parts, known["near_bias"].astype(np.float32),
        (layers[0], layers[1]), (layers[2], layers[3]),
    )  # fmt: skip
