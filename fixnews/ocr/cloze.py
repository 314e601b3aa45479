"""Cloze: what a small network would put into a gap, seeing what stands around it on both sides.

The language model sees three characters on the left. The network sees eight on each side in their
order and thirty more as a blurred sum. It finds characters that no confusion set and no completion
has, and doubts those that three neighbours alone would put back. `scripts/train_cloze.py` trains
it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fixnews.errors import DataError
from fixnews.language.alphabet import END, codes

SHIPPED = Path(__file__).parents[1] / "models" / "cloze.npz"

NEAR, FAR = 8, 40
"""Characters on each side that are seen in their order, and that are seen at all."""

BLOCK = 1 << 6
"""Gaps that are filled together: their chances stay in the processor's cache."""

QUANTISED = ("near", "far", "inner", "outer", "out")
"""Weights that ship in bytes, with a scale a row."""

Array = Any


@dataclass(frozen=True, slots=True)
class Cloze:
    """The network's weights.

    Attributes:
        table: the code of each character of the basic plane; variants share one.
        units: for each code the code point that it is printed as, 0 for what fills no gap.
        near, far: a vector for each code, where it stands near the gap and further away.
        inner, inner_bias: from the vectors around the gap to the hidden layer.
        outer: from the hidden layer to what the gap looks like.
        out, bias: what each character looks like, and how common it is.
    """

    table: Array
    units: Array
    near: Array
    far: Array
    inner: Array
    inner_bias: Array
    outer: Array
    out: Array
    bias: Array

    def gaps(self, text: str, at: Array) -> Array:
        """What places look like from around them, whatever stands there.

        Args:
            text: the page.
            at: offsets in characters, shape (n,).

        Returns:
            A vector a place, for `fillers` and `weigh`.
        """
        import numpy as np

        read = np.pad(codes(text, self.table).astype(np.int64), FAR, constant_values=END)
        blocks = [at[n : n + BLOCK] for n in range(0, len(at), BLOCK)]
        around = (surroundings(self.near, self.far, read, block) for block in blocks)
        found = [np.maximum(x @ self.inner + self.inner_bias, 0) @ self.outer for x in around]
        return np.concatenate((np.empty((0, self.outer.shape[1]), np.float32), *found))

    def fillers(self, gaps: Array, most: int) -> Array:
        """The code points of the likeliest characters of each gap, shape (n, most).

        >>> import numpy as np
        >>> network = load()
        >>> gaps = network.gaps("我国经〇总量不断增长", np.array([3]))
        >>> chr(network.fillers(gaps, 1)[0, 0])
        '济'
        """
        import numpy as np

        fills = np.flatnonzero(self.units)
        out, bias, found = self.out[fills].T, self.bias[fills], [np.empty((0, most), np.int64)]
        for at in range(0, len(gaps), BLOCK):
            chances = gaps[at : at + BLOCK] @ out + bias
            rows, best = np.arange(len(chances)), np.empty((len(chances), most), np.int64)
            for rank in range(most):
                best[:, rank] = chances.argmax(axis=1)
                chances[rows, best[:, rank]] = -np.inf
            found.append(self.units[fills[best]])
        return np.concatenate(found)

    def weigh(self, gaps: Array, which: Array, printed: Array) -> Array:
        """The log-probability of characters in some of the gaps.

        Args:
            gaps: what the gaps look like.
            which: for each character the number of its gap.
            printed: its code point.
        """
        import numpy as np

        code = self.table[printed]
        norms = [
            np.log(np.exp(chances, out=chances).sum(axis=1)) for chances in self._chances(gaps)
        ]
        norm = np.concatenate((np.empty(0, np.float32), *norms))
        own = (gaps[which] * self.out[code]).sum(axis=1) + self.bias[code]
        return np.asarray(own - norm[which])

    def _chances(self, gaps: Array) -> Iterator[Array]:
        """How much each character looks like each gap, block after block."""
        for at in range(0, len(gaps), BLOCK):
            chances = gaps[at : at + BLOCK] @ self.out.T
            chances += self.bias
            yield chances


def surroundings(near: Array, far: Array, read: Array, at: Array) -> Array:
    """The vectors around each place, side by side: those near, then the means of those further.

    Args:
        near: a vector for each code, where it stands near.
        far: the same for further away.
        read: the codes of a text with `FAR` more on each side.
        at: offsets in the text without them.
    """
    import numpy as np

    steps = [k for k in range(2 * FAR + 1) if abs(k - FAR) <= NEAR and k != FAR]
    beside = near[read[at[:, None] + np.array(steps)]].reshape(len(at), -1)
    reach = np.arange(FAR - NEAR)
    left, right = (far[read[at[:, None] + k + reach]].mean(axis=1) for k in (0, FAR + NEAR + 1))
    return np.concatenate((beside, left, right), axis=1)


@cache
def load(path: Path = SHIPPED) -> Cloze:
    """The shipped network, or another.

    Raises:
        DataError: the file is not where it should be.
    """
    import numpy as np

    if not path.is_file():
        raise DataError(f"{path}: the network is missing", "reinstall fixnews")
    with np.load(path) as file:
        whole = {n: file[n] * file[n + "_scale"].astype(np.float32)[:, None] for n in QUANTISED}
        rest = {n: file[n] for n in ("table", "inner_bias", "bias")}
        units = file["units"].astype(np.int64)
    return Cloze(units=units, **whole, **rest)


def packed(weights: dict[str, Array]) -> dict[str, Array]:
    """The weights as they ship: bytes, with a scale for each row."""
    import numpy as np

    out = {name: value for name, value in weights.items() if name not in QUANTISED}
    for name in QUANTISED:
        scale = np.maximum(np.abs(weights[name]).max(axis=1), 1e-9) / 127
        out[name] = np.round(weights[name] / scale[:, None]).astype(np.int8)
        out[name + "_scale"] = scale.astype(np.float32)
    return out
