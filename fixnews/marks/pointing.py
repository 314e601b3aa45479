"""Pointing: which mark the words around a place ask for, seen from two printed lines away.

The language model sees three characters to each side. That tells where a mark stands, but hardly a
comma from a full stop, a colon from a semicolon, or where a quotation ends. This small network
reads `LEFT` characters before a place and `RIGHT` behind it, and gives the probability of every
mark and of none. It is trained on news with the marks of one place hidden, the rest damaged as
recognisers do it (`training/pointing.py`), so that a misread neighbour does not confuse it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fixnews.arrays import Ints, Singles
from fixnews.errors import DataError
from fixnews.language.alphabet import END, START, Codes, codes
from fixnews.message import Message
from fixnews.recall import Recall

SHIPPED = Path(__file__).parents[1] / "models" / "pointing.npz"

LEFT, RIGHT = 24, 20
"""Characters before and behind a place that are read."""

REACH = 3
"""Neighbours that are looked at together before all places are weighed."""

BLOCK = 16
"""Places weighed in one sweep, never more or fewer: the last bits of a product of matrices depend
on its shape, and on the place of a row. But 16 columns are worked out side by side, all alike; so
what is said of a place depends on nothing else (`fixnews.recall`)."""


@dataclass(frozen=True, slots=True)
class Network:
    """The weights, and what they make of windows.

    Attributes:
        parts: what a code adds to its neighbourhood, by its place in it; the last code is the
            hidden place: (`REACH`, codes, features).
        bias: what is added to every neighbourhood; (features,).
        weigh: weights and bias of the layer over all neighbourhoods, a row for each of its parts.
        name: weights and bias of the layer that names the marks, in the order of
            `fixnews.marks.confusion.TARGETS`, nothing last.
    """

    parts: Singles
    bias: Singles
    weigh: tuple[Singles, Singles]
    name: tuple[Singles, Singles]

    @property
    def hidden(self) -> int:
        """The code of the place that is asked about."""
        return int(self.parts.shape[1]) - 1

    def answers(self, rows: list[bytes]) -> list[bytes]:
        """For each window of 16-bit codes the logarithms of all chances, as bytes of float32."""
        seen = np.frombuffer(b"".join(rows), dtype=np.uint16).reshape(len(rows), -1)
        full = np.resize(seen, (-(-len(rows) // BLOCK) * BLOCK, seen.shape[1]))
        blocks = (full[k : k + BLOCK] for k in range(0, len(full), BLOCK))
        found = np.concatenate([self._block(block) for block in blocks])[: len(rows)]
        return [row.tobytes() for row in found]

    def _block(self, seen: Codes) -> Singles:
        """The chances of `BLOCK` windows; shape (`BLOCK`, marks + 1)."""
        width = seen.shape[1] - REACH + 1
        near = self.parts[0].take(seen[:, :width], axis=0)
        for k in range(1, REACH):
            near += self.parts[k].take(seen[:, k : k + width], axis=0)
        near += self.bias
        near = np.maximum(near, 0, out=near).reshape(len(seen), -1)
        weighed = np.maximum(self.weigh[0] @ near.T + self.weigh[1], 0)
        odds = self.name[0] @ weighed + self.name[1]
        odds -= odds.max(axis=0)
        return np.ascontiguousarray((odds - np.log(np.exp(odds).sum(axis=0))).T)


@dataclass(frozen=True, slots=True)
class Pointing:
    """The network, ready to be asked.

    Attributes:
        table: the code of each character of the basic plane; shape (65,536,).
        network: the weights.
        told: what the network said of windows.
    """

    table: Codes
    network: Network
    told: Recall[bytes, bytes]

    def codes(self, text: str) -> Codes:
        r"""The page as the network reads it, a code a character, ``\n`` between paragraphs."""
        found = codes(text, self.table)
        found[found >= self.network.hidden] = 2
        return np.asarray(found)

    def chances(self, texts: Sequence[str], page: Ints, at: Ints, behind: Ints) -> Singles:
        """The logarithm of the probability of each mark, and of none, at each place.

        Args:
            texts: pages.
            page: the number of the page that each place is on; shape (n,).
            at: where the place is; what stands before counts as its left side; shape (n,).
            behind: where its right side begins: at the same place for a gap, one further on for a
                sign, which is hidden from the network; shape (n,).

        Returns:
            Shape (n, marks + 1). Many places are best asked about together.
        """
        seen = np.full((len(at), LEFT + 1 + RIGHT), self.network.hidden, dtype=np.uint16)
        if len(at):
            padded, base = self._padded(texts)
            at, behind = at + base[page], behind + base[page]
            seen[:, :LEFT] = padded[at[:, None] + np.arange(LEFT)]
            seen[:, LEFT + 1 :] = padded[behind[:, None] + np.arange(LEFT, LEFT + RIGHT)]
        told = b"".join(self.told([row.tobytes() for row in seen]))
        return np.frombuffer(told, dtype=np.float32).reshape(len(at), len(self.network.name[0]))

    def _padded(self, texts: Sequence[str]) -> tuple[Codes, Ints]:
        """The codes of pages, each with what stands before and behind it, and where each begins."""
        size = np.array([len(text) for text in texts])
        base = np.cumsum(size + LEFT + RIGHT) - (size + LEFT + RIGHT)
        padded = np.full(base[-1] + size[-1] + LEFT + RIGHT, END, np.uint16)
        padded[base[:, None] + np.arange(LEFT)] = START
        inside = np.arange(size.sum()) + np.repeat(LEFT + base - (np.cumsum(size) - size), size)
        padded[inside] = self.codes("".join(texts))
        return padded, base


@cache
def load(path: Path = SHIPPED) -> Pointing:
    """The network that ships.

    Raises:
        DataError: it is not where it should be.

    >>> import numpy as np
    >>> from fixnews.marks.confusion import TARGETS
    >>> network, gap = load(), np.array([9])
    >>> page = "我国素有“礼仪之邦的美誉，讲究文明礼貌。"
    >>> TARGETS[int(network.chances([page], gap * 0, gap, gap).argmax())]
    '”'
    """
    if not path.is_file():
        raise DataError(
            Message("{path}: the trained network is missing", path=path), "reinstall fixnews"
        )
    with np.load(path) as file:
        known = {name: file[name] for name in file.files}
    each = known["codes"].astype(np.float32) * known["scale"]
    near = known["near"].astype(np.float32).reshape(REACH, each.shape[1], -1)
    weigh, name = (_layer(known, layer) for layer in ("weigh", "name"))
    parts = np.stack([each @ one for one in near])
    network = Network(parts, known["near_bias"].astype(np.float32), weigh, name)
    return Pointing(known["table"], network, Recall(network.answers))


def _layer(known: Mapping[str, NDArray[np.generic]], layer: str) -> tuple[Singles, Singles]:
    """The weights of a layer, a row for each of its parts, and the bias of each as a column."""
    weights, bias = (known[f"{part}_{layer}"].astype(np.float32) for part in ("weights", "bias"))
    return np.ascontiguousarray(weights.T), bias[:, None]
