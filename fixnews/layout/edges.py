"""How lines begin and end: what a paragraph opens with, a headline closes with, a fragment lacks.

A language model says how likely characters are behind one another. Whether a line reads like the
opening of a paragraph, a line without a stop like a finished headline, is another question, and a
discriminative one: weights for the short runs of characters at a line's beginning, at its end, on
both sides of a seam and in a short line as a whole, learnt from clean news
(`training/edges.py`). They are hashed into one small table, ``models/edges.npz``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from fixnews import language
from fixnews.arrays import Bools, Floats, Ints, Singles
from fixnews.errors import DataError
from fixnews.language.alphabet import END, MOST_CODES, Codes
from fixnews.language.alphabet import codes as codes_of
from fixnews.language.hashed import Keys
from fixnews.message import Message

SHIPPED = Path(__file__).parents[1] / "models" / "edges.npz"

EDGE = 8
"""Characters at a line's beginning or end that are looked at."""

BESIDE = 5
"""Characters on each side of a seam that are looked at together."""

TITLE = 40
"""Characters of the longest line that is asked whether it reads like a headline."""

SLOTS = 17
"""Bits of a slot in the table: 131,072 weights for each question."""

_BITS = MOST_CODES.bit_length() - 1
_MIX = 0x9E3779B97F4A7C15
_LONGEST_RUN = 4
_PLACES = 16


class Question(NamedTuple):
    """What is asked, and which runs of characters answer it.

    Attributes:
        name: what the table calls it.
        placed: characters from the edge up to which a run counts with its place.
        loose: lengths of runs that count wherever they stand.
    """

    name: str
    placed: int
    loose: tuple[int, ...]


OPENS = Question("opens", 6, (2, 3))
"""Does a paragraph or headline begin here, or does a sentence go on?"""

ENDS = Question("ends", 6, (2, 3))
"""Is a line without a stop finished, or cut? Read backwards, by the same runs."""

TITLES = Question("title", 2, (1, 2, 3))
"""Is a short line a headline, or a piece of a sentence?"""

TITLE_ENDS = Question("title_end", 2, ())
"""The same, read backwards."""

ACROSS = Question("across", 2 * BESIDE, ())
"""Is there one text on both sides of a seam, or do two meet?"""

QUESTIONS = (OPENS, ENDS, TITLES, TITLE_ENDS, ACROSS)


@dataclass(frozen=True, slots=True)
class Edges:
    """The weights of all questions.

    Attributes:
        alphabet: the code of each character, of the model that ships; another model has its own.
        weights: for each question its table: (questions, slots).
    """

    alphabet: Codes
    weights: Singles

    def of_lines(self, lines: Sequence[str]) -> Floats:
        """For each line the log odds that it opens a paragraph, is finished, is a headline.

        Returns:
            A row a line: opens, ends, title (0 for a line of more than `TITLE`). Each follows
            from its line alone.

        >>> opening, piece = load().of_lines(["全会强调，要坚持", "的负责人强调，要坚持"])
        >>> bool(opening[0] > piece[0] + 2)
        True
        """
        every = _Lines.of(lines, self.alphabet)
        short = every.size <= TITLE
        title = np.zeros(len(lines))
        title[short] = self._titles(every.some(short))
        heads, tails = (every.windows(EDGE, backwards=way) for way in (False, True))
        return np.column_stack((*self._edges(heads, tails), title))

    def across(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """For each two lines the log odds that two texts meet between them.

        >>> load().across([("全面提升了基层党建辨", "识度"), ("防汛工作会议召开", "记者昨天")]) > 0
        array([False,  True])
        """
        halves = [half for a, b in pairs for half in (a[-BESIDE:], b[:BESIDE])]
        every = _Lines.of(halves, self.alphabet)
        return self._answer(ACROSS, every.beside())

    def _edges(self, heads: Keys, tails: Keys) -> tuple[Floats, Floats]:
        """What `OPENS` and `ENDS` say of each line: alike in all but their weights, asked in one.

        Args:
            heads: the first characters of each line, as `OPENS` reads them.
            tails: its last ones, as `ENDS` does.
        """
        both, size = np.concatenate((heads, tails)), len(heads)
        asked = (OPENS, slice(None, size)), (ENDS, slice(size, None))
        opens, ends = np.zeros((2, size), np.float64)
        for slots, counts in slots_of(OPENS, both):
            for total, (question, part) in zip((opens, ends), asked, strict=True):
                table = self.weights[QUESTIONS.index(question)]
                np.add(total, np.where(counts[part], table.take(slots[part]), 0).sum(axis=1), total)
        return opens, ends

    def _titles(self, short: _Lines) -> Floats:
        """For each short line the log odds that it is a headline."""
        heads = short.windows(TITLE, backwards=False)
        tails = short.windows(TITLE_ENDS.placed, backwards=True)
        return self._answer(TITLES, heads) + self._answer(TITLE_ENDS, tails)

    def _answer(self, question: Question, rows: Keys) -> Floats:
        table = self.weights[QUESTIONS.index(question)]
        total = np.zeros(len(rows), np.float64)
        for slots, counts in slots_of(question, rows):
            total += np.where(counts, table.take(slots), 0).sum(axis=1)
        return total


@dataclass(frozen=True, slots=True)
class _Lines:
    """The codes of many lines, one behind the other.

    Attributes:
        every: the codes, `END` behind the last.
        end: where each line ends among them.
        size: how long each line is.
    """

    every: Codes
    end: Ints
    size: Ints

    @classmethod
    def of(cls, lines: Sequence[str], alphabet: Codes) -> _Lines:
        """The codes of these lines."""
        size = np.array([*map(len, lines)], dtype=np.int64)
        return cls(codes_of("".join(lines) + "\n", alphabet), size.cumsum(), size)

    def some(self, which: Bools | slice) -> _Lines:
        """Some of the lines."""
        return _Lines(self.every, self.end[which], self.size[which])

    def windows(self, width: int, *, backwards: bool) -> Keys:
        """So many characters of each line from one end on, a row a line; `END` beyond the other."""
        step, end, size = np.arange(width), self.end[:, None], self.size[:, None]
        place = end - 1 - step if backwards else end - size + step
        place[step >= size] = len(self.every) - 1
        return self.every.take(place).astype(np.uint64)

    def beside(self) -> Keys:
        """The characters around the seams of every two lines, in the order of the text."""
        left, right = self.some(np.s_[::2]), self.some(np.s_[1::2])
        before = left.windows(BESIDE, backwards=True)[:, ::-1]
        return np.concatenate((before, right.windows(BESIDE, backwards=False)), axis=1)


def heads_of(lines: Sequence[str], width: int, alphabet: Codes) -> Keys:
    """The first characters of each line, a row a line; `END` beyond its end."""
    return _Lines.of(lines, alphabet).windows(width, backwards=False)


def tails_of(lines: Sequence[str], width: int, alphabet: Codes) -> Keys:
    """The last characters of each line, the last one first; `END` beyond its beginning."""
    return _Lines.of(lines, alphabet).windows(width, backwards=True)


def beside(pairs: Sequence[tuple[str, str]], alphabet: Codes) -> Keys:
    """The characters on both sides of each seam, a row a seam, in the order of the text."""
    return _Lines.of([line for pair in pairs for line in pair], alphabet).beside()


def slots_of(question: Question, rows: Keys) -> Iterator[tuple[Ints, Bools]]:
    """Where the runs of characters that answer a question have their weights.

    Args:
        question: which.
        rows: codes, a row for each time that it is asked.

    Returns:
        For each kind of run the slots, and which of them count: a run that begins beyond the end
        of its line does not.
    """
    keys, there = np.zeros((len(rows), rows.shape[1] + 1), np.uint64), rows != END
    longest = min(_LONGEST_RUN, max(question.placed, *question.loose, 0))
    for length in range(1, longest + 1):
        keys = (keys[:, :-1] << np.uint64(_BITS)) | rows[:, length - 1 :]
        inside = there[:, : keys.shape[1]]
        last = max(0, question.placed - length + 1)
        if last:
            yield _slots(keys[:, :last], length, np.arange(1, last + 1)), inside[:, :last]
        if length in question.loose:
            yield _slots(keys, length, 0), inside & there[:, length - 1 :]


def _slots(keys: Keys, length: int, place: Ints | int) -> Ints:
    """The slots of runs of one length; the same run elsewhere has another one."""
    kind = np.asarray(length * _PLACES + place, dtype=np.uint64) << np.uint64(4 * _BITS)
    return (((keys | kind) * np.uint64(_MIX)) >> np.uint64(64 - SLOTS)).view(np.int64)


@cache
def load(path: Path = SHIPPED) -> Edges:
    """The trained weights.

    Raises:
        DataError: the table is not where it should be.
    """
    if not path.is_file():
        raise DataError(
            Message("{path}: the weights of line edges are missing", path=path), "reinstall fixnews"
        )
    with np.load(path) as table:
        scale = table["scale"].astype(np.float32)
        return Edges(language.load().table, table["weights"].astype(np.float32) * scale[:, None])
