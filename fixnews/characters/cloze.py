"""Cloze: what a small network would put into a gap, seeing what stands around it on both sides.

The language model sees three characters on the left. The network sees eight on each side in their
order, each with the pair that it makes with its neighbour, and thirty more as a blurred sum. It
finds characters that no confusion set and no completion has, and doubts those that three
neighbours alone would put back. `training/cloze.py` trains it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fixnews.arrays import Ints, Singles
from fixnews.characters.print_likeness import drawings
from fixnews.errors import DataError
from fixnews.language.alphabet import END, MOST_CODES, Codes, codes
from fixnews.message import Message

SHIPPED = Path(__file__).parents[1] / "models" / "cloze.npz"

NEAR, FAR = 8, 40
"""Characters on each side that are seen in their order, and that are seen at all."""

BLOCK = 1 << 4
"""Gaps that are filled together: their chances stay in the processor's cache.

What a gap looks like must follow from what stands around it alone, to the last bit. But the last
bits of a product of matrices depend on how many rows it has and where a row stands. So rows stand
where a processor's kernel takes 8 or 16 at once; there are always so many; and where there are
more, the first and the last `EDGE` are left empty, for which there is another kernel."""

CROWD, EDGE = 15 * BLOCK, 8
"""Gaps that are looked at together, as the weights are read from memory once for all of them, and
empty rows before and behind them. Of more than 320 the library makes two parts."""

STEPS = 1 << 20
"""Steps to one in which vectors are summed up from the start of a text. Sums of whole numbers are
exact: it does not matter how far into a text a gap is. A rounded step is a tenth of the last bit of
a mean."""

LIKE = 15.0
"""Nats that a likeness of one is worth where fillers are chosen. Of what was printed and is in no
confusion set, five hold 50 % instead of 42 % (RapidOCR), 36 % instead of 33 % (Tesseract) and 36 %
instead of 30 % (subtitles); 20 gains no more."""

NEVER = -1e9

COARSE, FINE = 31, 127
"""Steps on either side of zero in which vectors and weights ship. With 127 for both the file is a
fifth larger, and ranks are the same."""

VECTORS, WEIGHTS = ("near", "far", "pair", "out"), ("inner", "outer", "up", "down")
QUANTISED = VECTORS + WEIGHTS
"""What ships in bytes, with a scale a row."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the network sees of a text: for each place vectors, with `FAR` more on each side.

    Attributes:
        left: each character with the pair that it closes.
        right: each character with the pair that it opens.
        sums: the sums of what stands before each place, in `STEPS`; what does not fit into 32 bits
            is cut off, and comes right again in a difference.
    """

    left: Singles
    right: Singles
    sums: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Cloze:
    """The network's weights.

    Attributes:
        table: the code of each character of the basic plane; variants share one.
        units: for each code the code point that it is printed as, 0 for what fills no gap.
        near, far: a vector for each code, where it stands near the gap and further away.
        pairs: the commonest pairs of codes as numbers, in order.
        pair: a vector for each of them, and one of zeros for all others behind them.
        inner, inner_bias: from the vectors around the gap to the first hidden layer.
        outer: from there to what the gap looks like.
        up, up_bias, down: a second layer, which adds to what the gap looks like.
        out, bias: what each character looks like, and how common it is.
        fills: the codes that fill gaps.
        filling: what these look like, in columns.
        drawn: the drawings of these, in columns.
    """

    table: Codes
    units: Ints
    near: Singles
    far: Singles
    pairs: Ints
    pair: Singles
    inner: Singles
    inner_bias: Singles
    outer: Singles
    up: Singles
    up_bias: Singles
    down: Singles
    out: Singles
    bias: Singles
    fills: Ints
    filling: Singles
    drawn: Singles

    def around(self, text: str) -> Surroundings:
        """What stands around the places of a text."""
        read = np.pad(codes(text, self.table).astype(np.int64), FAR, constant_values=END)
        keys = read[:-1] * MOST_CODES + read[1:]
        which = np.searchsorted(self.pairs[:-1], keys)
        pair = self.pair[np.where(self.pairs[which] == keys, which, len(self.pair) - 1)]
        left, right, far = self.near[read], self.near[read], self.far[read]
        left[1:] += pair
        right[:-1] += pair
        far[1:] += pair
        sums = np.zeros((len(far) + 1, far.shape[1]), np.int32)
        np.cumsum(np.rint(far * STEPS).astype(np.int32), axis=0, out=sums[1:])
        return Surroundings(left, right, sums)

    def gaps(self, around: Surroundings, at: Ints) -> Singles:
        """What places look like from around them, whatever stands there.

        Args:
            around: what stands around the places of the text.
            at: offsets in characters, shape (n,).

        Returns:
            A vector a place, for `fill` and `weigh`; shape (n, features).
        """
        found = np.empty((len(at), self.outer.shape[1]), np.float32)
        for n in range(0, len(at), CROWD):
            block = at[n : n + CROWD]
            seen = _seen(around, _among_others(block))
            looks = _times(_bent(_times(seen, self.inner) + self.inner_bias), self.outer)
            looks += _times(_bent(_times(looks, self.up) + self.up_bias), self.down)
            found[n : n + CROWD] = looks[EDGE : EDGE + len(block)]
        return found

    def fill(self, gaps: Singles, read: Ints, most: int) -> tuple[Ints, Singles]:
        """The likeliest characters of each gap, but for what was read, and what `weigh` takes off.

        Args:
            gaps: what the gaps look like.
            read: the code point that was read in each: what looks like it is preferred.
            most: how many are wanted.

        Returns:
            Code points, shape (n, most), and a number a gap.

        >>> import numpy as np
        >>> network, at = load(), np.array([3])
        >>> gaps = network.gaps(network.around("我国经齐总量不断增长"), at)
        >>> chr(network.fill(gaps, np.array([ord("齐")]), 1)[0][0, 0])
        '济'
        """
        best, totals = np.empty((len(gaps), most), np.int64), np.empty(len(gaps), np.float32)
        for block, fits in self._chances(gaps):
            alike = _times(_filled_up(drawings(read[block])), self.drawn)
            chances = np.add(fits, alike[: len(fits)], order="C")
            totals[block] = _total(fits)
            rows = np.arange(len(chances))
            chances[rows, np.searchsorted(self.fills[:-1], self.table[read[block]])] = NEVER
            for rank in range(most):
                best[block, rank] = chances.argmax(axis=1)
                chances[rows, best[block, rank]] = NEVER
        return self.units[self.fills[best]], totals

    def totals(self, gaps: Singles) -> Singles:
        """What `weigh` takes off in each gap, so that all chances add up to one."""
        totals = np.empty(len(gaps), np.float32)
        for block, chances in self._chances(gaps):
            totals[block] = _total(chances)
        return totals

    def weigh(self, gaps: Singles, totals: Singles, printed: Ints) -> Singles:
        """The log-probability of a character in each gap.

        Args:
            gaps: what the gaps look like; shape (n, features).
            totals: what is taken off in each; shape (n,).
            printed: the code points; shape (n,).
        """
        code = self.table[printed]
        return np.asarray(np.einsum("ij,ij->i", gaps, self.out[code]) + self.bias[code] - totals)

    def _chances(self, gaps: Singles) -> Iterator[tuple[slice, Singles]]:
        """How much each character that fills gaps looks like each gap, block after block.

        The array of a block is written over by the next.
        """
        bias, chances = self.bias[self.fills], np.empty((BLOCK, len(self.fills)), np.float32)
        for n in range(0, len(gaps), BLOCK):
            block = gaps[n : n + BLOCK]
            np.add(_times(_filled_up(block), self.filling), bias, out=chances)
            yield slice(n, n + BLOCK), chances[: len(block)]


def _seen(around: Surroundings, at: Ints) -> Singles:
    """The vectors around each place, side by side: those near, then the means of those further."""
    middle, size = at + FAR, around.left.shape[1] * NEAR
    seen = np.empty((len(at), 2 * size + 2 * around.left.shape[1]), np.float32)
    for half, vectors, first in ((0, around.left, middle - NEAR), (1, around.right, middle + 1)):
        windows = np.lib.stride_tricks.as_strided(
            vectors, (len(vectors) - NEAR + 1, size), vectors.strides
        )
        seen[:, half * size : (half + 1) * size] = windows[first]
    reach, sums = FAR - NEAR, around.sums
    far = [sums[first + reach] - sums[first] for first in (at, middle + NEAR + 1)]
    seen[:, 2 * size :] = np.concatenate(far, axis=1)
    seen[:, 2 * size :] /= reach * STEPS
    return seen


def _times(rows: Singles, weights: Singles) -> Singles:
    """The product of a block of rows and weights, with the rows where a kernel takes 16 at once."""
    return (weights.T @ rows.T).T


def _among_others(at: Ints) -> Ints:
    """Places with `EDGE` others before them, and at least as many behind them: whole blocks."""
    found = np.full((1 - -len(at) // BLOCK) * BLOCK, at[0])
    found[EDGE : EDGE + len(at)] = at
    return found


def _filled_up(rows: Singles) -> Singles:
    """Rows, and zeros behind them, to a block."""
    block = np.zeros((BLOCK, rows.shape[1]), np.float32)
    block[: len(rows)] = rows
    return block


def _total(chances: Singles) -> Singles:
    """The logarithm of the sum of the chances in each row; what they were is lost."""
    most = chances.max(axis=1)
    chances -= most[:, None]
    np.exp(chances, out=chances)
    return np.asarray(np.log(chances.sum(axis=1)) + most)


def _bent(x: Singles) -> Singles:
    """What is above zero, squared."""
    np.maximum(x, 0, out=x)
    x *= x
    return x


@cache
def load(path: Path = SHIPPED) -> Cloze:
    """The shipped network, or another.

    Raises:
        DataError: the file is not where it should be.
    """
    if not path.is_file():
        raise DataError(Message("{path}: the network is missing", path=path), "reinstall fixnews")
    with np.load(path) as file:
        whole = {n: file[n] * file[n + "_scale"].astype(np.float32)[:, None] for n in QUANTISED}
        rest = {n: file[n] for n in ("table", "inner_bias", "up_bias", "bias")}
        units, pairs = file["units"].astype(np.int64), np.cumsum(file["pairs"].astype(np.int64))
    fills = np.flatnonzero(units)
    filling = np.ascontiguousarray(whole["out"][fills].T)
    drawn = np.ascontiguousarray(LIKE * drawings(units[fills]).T)
    return Cloze(
        units=units, pairs=pairs, fills=fills, filling=filling, drawn=drawn, **whole, **rest
    )


def packed(weights: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The weights as they ship: bytes, with a scale for each row; the pairs by their distances."""
    out = {name: value for name, value in weights.items() if name not in QUANTISED}
    for name in QUANTISED:
        steps = COARSE if name in VECTORS else FINE
        scale = np.maximum(np.abs(weights[name]).max(axis=1), 1e-9) / steps
        out[name] = np.round(weights[name] / scale[:, None]).astype(np.int8)
        out[name + "_scale"] = scale.astype(np.float32)
    out["pairs"] = np.diff(weights["pairs"], prepend=0).astype(np.uint32)
    return out
