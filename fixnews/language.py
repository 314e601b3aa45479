"""The language model: how likely each character of a page is behind the ones before it.

A character 4-gram model with interpolated Kneser-Ney smoothing, pruned to what a newspaper's text
needs most and packed into one memory-mapped file. It has two doors for a text, `Model.score` and
`Model.seam`, and one for filters that weigh many candidates at once, `Model.conditional`.
How it is trained stands in `fixnews.training`, what it holds in docs/language-model.md.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fixnews.alphabet import END, MOST_CODES, START, codes
from fixnews.errors import DataError, PageError
from fixnews.hashed import Hashed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

SHIPPED = Path(__file__).parent / "models" / "news.model"

ORDER = 4
BITS = MOST_CODES.bit_length() - 1

MAGIC = b"fixnews language model 1\n"
ALIGN = 64
HEADER = 1 << 16

BLOCK = 1 << 14
"""Characters scored in one sweep: the arrays of a sweep stay in the processor's second cache."""

SIGHT = ORDER - 1
"""Characters on each side of a seam that the model can relate to the other side."""


@dataclass(frozen=True, slots=True)
class Model:
    """A language model in memory.

    Attributes:
        table: the code of each character of the basic plane.
        first: for each code the log-probability on its own, and its back-off: shape (codes, 2).
        grams: the kept n-grams of two to four characters, each with a number of its code book.
        book: what the numbers mean, an order each: log-probability and back-off, (3, 256, 2).
        about: from what and how it was trained.
    """

    table: Any
    first: Any
    grams: Hashed
    book: Any
    about: Mapping[str, Any]

    def codes(self, text: str) -> NDArray[np.uint16]:
        """The codes of a text, one a character, as `conditional` takes them."""
        return codes(text, self.table)

    def score(self, text: str) -> Floats:
        r"""The natural logarithm of the probability of each character, given its line so far.

        A line's first character is judged as the first of a paragraph; the line break itself is
        judged as the end of one. Behind another break a break costs nothing.

        >>> model = load()
        >>> likely, unlikely = model.score("经济工作"), model.score("经剂工作")
        >>> bool(likely[1] > unlikely[1] + 2)
        True
        """
        import numpy as np

        seen = self.codes(text)
        padded = np.concatenate((np.full(ORDER, END, np.uint16), seen))
        found = np.empty(len(seen), dtype=np.float32)
        for start in range(0, len(seen), BLOCK):
            end = min(start + BLOCK, len(seen))
            found[start:end] = self._sweep(padded[start : end + ORDER])
        return found

    def seam(self, left: str, right: str) -> float:
        """The gain in nats of one paragraph over two: above 0 the halves are likelier joined.

        >>> model = load()
        >>> model.seam("提升了基层党建辨", "识度、显示度") > 5
        True
        >>> model.seam("大会圆满闭幕。", "本报讯") < 0
        True
        """
        joined, end, start = self.seams([(left, right)])[0]
        return float(joined - end - start)

    def seams(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """What `seam` weighs, for many seams at once.

        Returns:
            Log-probabilities, a row a seam: of the right half's first characters behind the left
            half; of a paragraph's end behind the left half; of the same characters at a
            paragraph's start.
        """
        import numpy as np

        halves = [(left[-SIGHT:], right[:SIGHT]) for left, right in pairs]
        text = "".join(f"{left}{right}\n{left}\n{right}\n" for left, right in halves)
        scores = self.score(text)
        sizes = [(len(left), len(right)) for left, right in halves]
        parts = [(a, b, 1, a, 1, b, 1) for a, b in sizes]
        starts = np.cumsum([0, *(n for part in parts for n in part)])[:-1]
        return np.add.reduceat(scores, starts).reshape(-1, 7)[:, (1, 4, 5)]

    def conditional(self, windows: NDArray[Any]) -> Floats:
        """The log-probability of the last code of each window, given those before it.

        Args:
            windows: codes, shape (n, k); of more than four columns the last four count.
        """
        import numpy as np

        w = windows[:, -ORDER:]
        missing = ORDER - w.shape[1]
        if missing:
            w = np.concatenate((np.full((len(w), missing), START, w.dtype), w), axis=1)
        return self._last(*(np.ascontiguousarray(w[:, k]).astype(np.uint64) for k in range(ORDER)))

    def pairs(self, before: NDArray[Any], after: NDArray[Any]) -> Floats:
        """The log-probability of codes behind one other code each.

        Two lookups where four characters take six: for a first cut of many candidates.
        """
        import numpy as np

        h, c = before.astype(np.uint64), after.astype(np.uint64)
        found = self._values((h << np.uint64(BITS)) | c, 2)
        alone = self.first[c.view(np.int64), 0] + self.first[h.view(np.int64), 1]
        return np.asarray(np.where(found > 0, self.book[0, found, 0], alone))

    def _sweep(self, padded: NDArray[np.uint16]) -> Floats:
        """The scores of a block, its first `ORDER` codes being context."""
        import numpy as np

        c = padded.astype(np.uint64)
        behind = padded == END
        h1, h2, h3 = c[3:-1].copy(), c[2:-2].copy(), c[1:-3].copy()
        ended = behind[3:-1].copy()
        h1[ended] = START
        again = ended & behind[4:]
        for context, mark in ((h2, behind[2:-2]), (h3, behind[1:-3])):
            ended |= mark
            context[ended] = START
        scores = self._last(h3, h2, h1, c[4:])
        scores[again] = 0
        return scores

    def _last(self, h3: Any, h2: Any, h1: Any, c: Any) -> Floats:
        """The log-probability of each ``c`` behind ``h3 h2 h1``."""
        import numpy as np

        u = np.uint64
        pair, pair_before = (h1 << u(BITS)) | c, (h2 << u(BITS)) | h1
        three = (h2 << u(2 * BITS)) | pair
        three_before = (h3 << u(2 * BITS)) | pair_before
        four = (h3 << u(3 * BITS)) | three
        two, before_two = self._values(pair, 2), self._values(pair_before, 2)
        three_found = self._values(three, 3)
        before_three = self._values(three_before, 3)
        four_found = self._values(four, 4)
        four_found[(three_found == 0) | (before_three == 0)] = 0
        book = self.book
        first = self.first[c.view(np.int64), 0] + self.first[h1.view(np.int64), 1]
        score = np.where(two > 0, book[0, two, 0], first) + book[0, before_two, 1]
        score = np.where(three_found > 0, book[1, three_found, 0], score)
        score += book[1, before_three, 1]
        return np.asarray(np.where(four_found > 0, book[2, four_found, 0], score))

    def _values(self, keys: Any, order: int) -> NDArray[np.uint8]:
        return self.grams.values(signed(keys, order))


def signed(keys: Any, order: int) -> Any:
    """Keys of n-grams with their order, so that all orders live in one table."""
    import numpy as np

    return keys | np.uint64(order << (ORDER * BITS))


@cache
def load(path: Path | None = None) -> Model:
    """A model from its file, memory-mapped; the shipped one unless another is named.

    Raises:
        DataError: the file is missing or is not a model.
    """
    path = path or SHIPPED
    arrays, about = _opened(path)
    grams = Hashed(arrays["cells"], about["segment"], about["seed"])
    return Model(arrays["table"], arrays["first"], grams, arrays["book"], about)


def _opened(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    import numpy as np

    try:
        with path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                raise DataError(f"{path}: not a language model", "make one with `fixnews train`")
            header = json.loads(file.readline())
        raw = np.memmap(path, dtype=np.uint8, mode="r")
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise DataError(
            f"{path}: language model: {reason}", "check the path, or reinstall"
        ) from None
    return {name: _view(raw, *where) for name, where in header["arrays"].items()}, header["about"]


def _view(raw: Any, kind: str, shape: list[int], start: int) -> Any:
    import math

    import numpy as np

    end = start + math.prod(shape) * np.dtype(kind).itemsize
    return np.asarray(raw[start:end]).view(kind).reshape(shape)


def write(path: Path, arrays: Mapping[str, Any], about: Mapping[str, Any]) -> None:
    """Write a model's file: a line of JSON, then the arrays, each at a multiple of 64 bytes.

    Raises:
        PageError: the file cannot be written.
    """
    places: dict[str, tuple[str, list[int], int]] = {}
    at = HEADER
    for name, array in arrays.items():
        places[name] = (array.dtype.str, list(array.shape), at)
        at += -(-array.nbytes // ALIGN) * ALIGN
    header = MAGIC + json.dumps({"about": dict(about), "arrays": places}).encode() + b"\n"
    try:
        with path.open("wb") as file:
            file.write(header.ljust(HEADER)[:HEADER])
            for name, array in arrays.items():
                file.seek(places[name][2])
                file.write(array.tobytes())
    except OSError as error:
        raise PageError(f"{path}: {error.strerror}", "choose another place") from None
