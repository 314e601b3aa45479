"""The language model: how likely each character of a page is behind the ones before it.

A character 4-gram model with interpolated Kneser-Ney smoothing, pruned to what a newspaper's text
needs most and packed into one memory-mapped file. It has two doors for a text, `Model.score` and
`Model.seam`, and one for filters that weigh many candidates at once, `Model.conditional`.
How it is trained stands in `fixnews.language.training`, what it holds in
docs/notes/language-model.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import numpy as np

from fixnews.arrays import Ints, Singles
from fixnews.language.alphabet import END, START, Coded, Codes, codes
from fixnews.language.archive import opened
from fixnews.language.hashed import Hashed, Keys, Values
from fixnews.language.ngrams import BITS, ORDER, keys_behind, keys_of, signed
from fixnews.recall import Recall

SHIPPED = Path(__file__).parents[1] / "models" / "news.model"

KEYS = 1 << 13
"""Keys that are looked up at once, whatever their orders: of few a look-up costs more than they do,
of many the arrays leave the cache."""

BLOCK = 1 << 15
"""Characters scored in one sweep: the arrays of a sweep stay in the processor's second cache."""

WINDOWS, PASSAGES = 1 << 10, 1 << 10
"""Windows that `Model.conditional`, and passages that `Model.behind` weighs together, for the same
reason."""

LINES, LONGEST, MODELS = 1 << 13, 1 << 10, 4
"""Lines whose scores are kept, of how many models; and the characters that the lines of a text may
have on average, so that what is kept has a bound: few paragraphs of the news are as long."""

SIGHT = ORDER - 1
"""Characters on each side of a seam that the model can relate to the other side."""


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A language model in memory; no two are equal.

    Attributes:
        table: the code of each character of the basic plane; shape (65,536,).
        first: log-probabilities of the codes on their own, and their back-offs: (2, codes).
        grams: the kept n-grams of two to four characters, each with a number of its code book.
        book: what the numbers mean, an order each: log-probabilities, back-offs: (3, 2, 256).
        about: from what and how it was trained.
    """

    table: Codes
    first: Singles
    grams: Hashed
    book: Singles
    about: Mapping[str, Any]

    def codes(self, text: str) -> Codes:
        """The codes of a text, one a character, as `conditional` takes them."""
        return codes(text, self.table)

    def score(self, text: str) -> Singles:
        r"""The natural logarithm of the probability of each character, given its line so far.

        A line's first character is judged as the first of a paragraph; the line break itself is
        judged as the end of one. Behind another break a break costs nothing.

        >>> model = load()
        >>> likely, unlikely = model.score("经济工作"), model.score("经剂工作")
        >>> bool(likely[1] > unlikely[1] + 2)
        True
        """
        seen = self.codes(text)
        padded = np.concatenate((np.full(ORDER, END, np.uint16), seen))
        found = np.empty(len(seen), dtype=np.float32)
        for start in range(0, len(seen), BLOCK):
            end = min(start + BLOCK, len(seen))
            found[start:end] = self._sweep(padded[start : end + ORDER])
        return found

    def lines(self, text: str) -> Singles:
        r"""What `score` says of a page, line by line: those seen lately are not weighed again.

        >>> model, page = load(), "经济工作\n人民生活\n"
        >>> bool((model.lines(page) == model.score(page)).all())
        True
        """
        lines = text.split("\n")
        if len(text) > LONGEST * len(lines):
            return self.score(text)
        told = b"".join(lines_of(self)(lines))
        return np.frombuffer(told, dtype=np.float32)[: len(text)]

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

    def seams(self, pairs: Sequence[tuple[str, str]]) -> Singles:
        """What `seam` weighs, for many seams at once.

        Returns:
            Log-probabilities, a row a seam: of the right half's first characters behind the left
            half; of a paragraph's end behind the left half; of the same characters at a
            paragraph's start.
        """
        halves = [(left[-SIGHT:], right[:SIGHT]) for left, right in pairs]
        text = "".join([f"{left}{right}\n{left}\n{right}\n" for left, right in halves])
        a, b = np.array([(len(left), len(right)) for left, right in halves], dtype=np.int64).T
        sizes = np.stack((a, b, np.ones_like(a), a, np.ones_like(a), b, np.ones_like(a)), axis=1)
        starts = sizes.cumsum() - sizes.ravel()
        return np.add.reduceat(self.score(text), starts).reshape(-1, 7)[:, (1, 4, 5)]

    def conditional(self, windows: Coded) -> Singles:
        """The log-probability of the last code of each window, given those before it.

        Args:
            windows: codes, shape (n, k); of more than four columns the last four count.
        """
        w = windows[:, -ORDER:]
        missing = ORDER - w.shape[1]
        if missing:
            w = np.concatenate((np.full((len(w), missing), START, w.dtype), w), axis=1)
        blocks = (w[at : at + WINDOWS] for at in range(0, len(w), WINDOWS))
        found = [self._conditional(block) for block in blocks]
        return np.concatenate((np.empty(0, np.float32), *found))

    def _conditional(self, windows: Coded) -> Singles:
        """The same for a block."""
        h3, h2, h1, c = np.ascontiguousarray(windows.T).astype(np.uint64)
        pair, three, four = keys_of(h3, h2, h1, c)
        last_pair, last_three, _ = keys_of(h3, h3, h2, h1)
        keys = (pair, 2), (three, 3), (last_pair, 2), (last_three, 3)
        two, thrice, two_before, three_before = self._values(*keys)
        return self._weighed(c, h1, (two, thrice, four), (two_before, three_before))

    def behind(self, rows: Coded) -> Singles:
        """The log-probability of each code of many short passages behind its first `SIGHT`.

        What `score` says of a page, for passages that nobody has printed: filters weigh candidates
        with them.

        Args:
            rows: codes, a passage a row, shape (n, k); ``START`` where there is no context.

        Returns:
            Shape (n, k - `SIGHT`).
        """
        blocks = (rows[at : at + PASSAGES] for at in range(0, len(rows), PASSAGES))
        found = [self._behind(block) for block in blocks]
        return np.concatenate((np.empty((0, rows.shape[1] - SIGHT), np.float32), *found))

    def _behind(self, rows: Coded) -> Singles:
        """The same for a block. It is turned over: what stands in one column lies together."""
        c = np.ascontiguousarray(rows.T).astype(np.uint64)
        keys = keys_behind(c)
        two, three = self._values((keys[0], 2), (keys[1], 3))
        return self._told(c, keys, two, three).T

    def replaced(self, rows: Coded, which: Ints, code: Coded) -> tuple[Singles, Singles]:
        """What `behind` says of passages, and of the same with others in their middle.

        Args:
            rows: codes, shape (n, 2 * `SIGHT` + 1); none in the middle is ``END``.
            which: for each replacement the number of its row.
            code: what stands in the middle; no ``END``.

        Returns:
            Shape (n, `ORDER`) and (m, `ORDER`).
        """
        c = np.ascontiguousarray(rows.T).astype(np.uint64)
        keys = keys_behind(c)
        two, three = self._values((keys[0], 2), (keys[1], 3))
        blocks = (slice(at, at + PASSAGES) for at in range(0, len(which), PASSAGES))
        found = [self._replaced(c[:, which[b]], code[b], two[:, which[b]], three[:, which[b]])
                 for b in blocks]  # fmt: skip
        new = np.concatenate((np.empty((0, ORDER), np.float32), *found))
        return self._told(c, keys, two, three).T, new

    def _replaced(self, c: Keys, code: Coded, two: Values, three: Values) -> Singles:
        """The same for a block: only what holds the middle is looked up again."""
        c[SIGHT] = code
        keys = keys_behind(c)
        two[1:3], three[1:4] = self._values((keys[0][1:3], 2), (keys[1][1:4], 3))
        return self._told(c, keys, two, three).T

    def _told(
        self, c: Keys, keys: tuple[Keys, Keys, Keys, Keys], two: Values, three: Values
    ) -> Singles:
        """The scores of codes behind the first `SIGHT`, of what was found of two and of three."""
        ended = c == END
        goes_on = ~ended[2:-1]
        before = two[:-1] * goes_on, three[:-1] * goes_on
        scores = self._weighed(c[SIGHT:], keys[3][1:], (two[1:], three[1:], keys[2]), before)
        scores[ended[2:-1] & ended[SIGHT:]] = 0
        return scores

    def pairs(self, before: Coded, after: Coded) -> Singles:
        """The log-probability of codes behind one other code each.

        Two lookups where four characters take six: for a first cut of many candidates.
        """
        h, c = before.astype(np.uint64), after.astype(np.uint64)
        (found,) = self._values(((h << np.uint64(BITS)) | c, 2))
        alone = self.first[0].take(c.view(np.int64)) + self.first[1].take(h.view(np.int64))
        return np.asarray(np.where(found > 0, self.book[0, 0].take(found), alone))

    def between(self, before: Coded, code: Coded, after: Coded) -> Singles:
        """The log-probability of codes behind one code each, and of another behind each."""
        both = self.pairs(np.concatenate((before, code)), np.concatenate((code, after)))
        return np.asarray(both[: len(code)] + both[len(code) :])

    def _sweep(self, padded: Codes) -> Singles:
        """The scores of a block, its first `ORDER` codes being context."""
        c, behind = padded.astype(np.uint64), padded == END  # START is 0: products put it in
        in_line = ~behind
        h1 = c[2:-1] * in_line[2:-1]
        in_line_2 = in_line[1:-2] & in_line[2:-1]
        h2 = c[1:-2] * in_line_2
        h3 = c[:-3] * (in_line_2 & in_line[:-3])
        pair, three, four = keys_of(h3, h2, h1, c[ORDER - 1 :])
        two, thrice = self._values((pair, 2), (three, 3))
        found = two[1:], thrice[1:], four[1:]
        begins = behind[ORDER - 1 : -1]
        before = two[:-1] * ~begins, thrice[:-1] * ~begins
        scores = self._weighed(c[ORDER:], h1[1:], found, before)
        scores[begins & behind[ORDER:]] = 0
        return scores

    def _weighed(
        self, c: Keys, h1: Keys, found: tuple[Values, Values, Keys], before: tuple[Values, Values]
    ) -> Singles:
        """The log-probability of each ``c``, of the longest n-gram found and the back-offs.

        Args:
            c: the codes.
            h1: those before them.
            found: numbers in the code books of the n-grams of 2 and 3 that end with ``c``, and the
                keys of those of 4: they are looked up where those of 3 were found.
            before: the same for those of 2 and 3 that end with ``h1``.
        """
        (two, three, keys), (two_before, three_before) = found, before
        chances, backoffs = self.book[:, 0], self.book[:, 1]
        score = np.asarray(chances[0].take(two))
        alone = two == 0
        first = self.first[0].take(c[alone].view(np.int64))
        score[alone] = first + self.first[1].take(h1[alone].view(np.int64))
        score += backoffs[0].take(two_before)
        score = np.where(three > 0, chances[1].take(three), score)
        score += backoffs[1].take(three_before)
        at = np.flatnonzero((three > 0) & (three_before > 0))
        four = self.grams.values(signed(keys.ravel()[at], 4))
        score.ravel()[at[four > 0]] = chances[2].take(four[four > 0])
        return score

    def _values(self, *keys: tuple[Keys, int]) -> list[Values]:
        """The values of keys and their orders, an array for each."""
        if sum(of_order.size for of_order, _ in keys) > KEYS:
            return [self._in_blocks(signed(of_order, order)) for of_order, order in keys]
        every = np.concatenate([signed(of_order, order).ravel() for of_order, order in keys])
        values, found, at = self.grams.values(every), [], 0
        for of_order, _ in keys:
            found.append(values[at : at + of_order.size].reshape(of_order.shape))
            at += of_order.size
        return found

    def _in_blocks(self, keys: Keys) -> Values:
        """The values of keys, so many at a time that their hashes stay in the cache."""
        flat = keys.ravel()
        values = np.empty(flat.size, np.uint8)
        for at in range(0, flat.size, KEYS):
            values[at : at + KEYS] = self.grams.values(flat[at : at + KEYS])
        return values.reshape(keys.shape)


@lru_cache(MODELS)
def lines_of(model: Model) -> Recall[str, bytes]:
    """The scores of lines, each with those of the break that ends it, as the bytes of an array."""

    def scored(lines: list[str]) -> list[bytes]:
        raw = model.score("".join(f"{line}\n" for line in lines)).tobytes()
        ends = accumulate((4 * len(line) + 4 for line in lines), initial=0)
        return [raw[start:end] for start, end in pairwise(ends)]

    return Recall(scored, LINES)


def load(path: Path | None = None) -> Model:
    """A model from its file, memory-mapped; the shipped one unless another is named.

    Raises:
        DataError: the file is missing or is not a model.
    """
    return _load(path or SHIPPED)


@cache
def _load(path: Path) -> Model:
    arrays, about = opened(path)
    grams = Hashed(arrays["cells"], about["segment"], about["seed"])
    first = np.ascontiguousarray(arrays["first"].T)
    book = np.ascontiguousarray(arrays["book"].swapaxes(1, 2))
    return Model(arrays["table"], first, grams, book, about)
