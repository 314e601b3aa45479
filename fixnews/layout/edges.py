"""How lines begin and end: what a paragraph opens with, a headline closes with, a fragment lacks.

A language model says how likely characters are behind one another. Whether a line reads like the
opening of a paragraph, a line without a stop like a finished headline, is another question, and a
discriminative one: weights for the short runs of characters at a line's beginning, at its end, on
both sides of a seam and in a short line as a whole, learnt from clean news
(`scripts/train_edges.py`). They are hashed into one small table, ``models/edges.npz``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from fixnews import language
from fixnews.errors import DataError
from fixnews.language.alphabet import END, MOST_CODES
from fixnews.language.alphabet import codes as codes_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Codes = NDArray[np.uint16]

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
"""Is a line without a stop finished, or cut? Read backwards."""

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

    alphabet: Any
    weights: Any

    def evidence(self, lines: Sequence[str]) -> Floats:
        """For each line the log odds that it opens a paragraph, is finished, is a headline.

        Returns:
            A row a line: opens, ends, title (0 for a line of more than `TITLE`), across: whether
            two texts meet between it and the next line, 0 for the last.

        >>> opening, piece = load().evidence(["全会强调，要坚持", "的负责人强调，要坚持"])
        >>> bool(opening[0] > piece[0] + 2)
        True
        """
        import numpy as np

        seen = [codes_of(line, self.alphabet) for line in lines]
        short = [len(line) <= TITLE for line in lines]
        across = np.append(self._answer(ACROSS, beside(seen)), 0)
        opens = self._answer(OPENS, heads_of(seen, EDGE))
        ends = self._answer(ENDS, tails_of(seen, EDGE))
        title = np.zeros(len(lines))
        title[short] = self._titles(
            [line for line, is_short in zip(seen, short, strict=True) if is_short]
        )
        return np.column_stack((opens, ends, title, across))

    def _titles(self, short: Sequence[Codes]) -> Floats:
        """For each short line the log odds that it is a headline."""
        heads, tails = heads_of(short, TITLE), tails_of(short, TITLE)
        return self._answer(TITLES, heads) + self._answer(TITLE_ENDS, tails)

    def _answer(self, question: Question, rows: Any) -> Floats:
        import numpy as np

        table = self.weights[QUESTIONS.index(question)]
        total = np.zeros(len(rows), np.float64)
        for slots, counts in slots_of(question, rows):
            total += np.where(counts, table.take(slots), 0).sum(axis=1)
        return total


def heads_of(codes: Sequence[Codes], width: int) -> Any:
    """The first characters of each line, a row a line; `END` beyond its end."""
    return _windows(codes, width, backwards=False)


def tails_of(codes: Sequence[Codes], width: int) -> Any:
    """The last characters of each line, the last one first; `END` beyond its beginning."""
    return _windows(codes, width, backwards=True)


def _windows(codes: Sequence[Codes], width: int, *, backwards: bool) -> Any:
    """The characters of each line from one end on."""
    import numpy as np

    size = np.array([len(line) for line in codes], dtype=np.int64)
    step, end = np.arange(width), np.cumsum(size)
    every = np.concatenate((*codes, np.array([END], dtype=np.uint16)))
    place = end[:, None] - 1 - step if backwards else (end - size)[:, None] + step
    place[step >= size[:, None]] = len(every) - 1
    return every.take(place).astype(np.uint64)


def beside(codes: Sequence[Codes]) -> Any:
    """The characters on both sides of each seam, a row a seam, in the order of the text."""
    import numpy as np

    left, right = tails_of(codes[:-1], BESIDE)[:, ::-1], heads_of(codes[1:], BESIDE)
    return np.concatenate((left, right), axis=1)


def slots_of(question: Question, rows: Any) -> Iterator[tuple[Any, Any]]:
    """Where the runs of characters that answer a question have their weights.

    Args:
        question: which.
        rows: codes, a row for each time that it is asked.

    Returns:
        For each kind of run the slots, and which of them count: a run that begins beyond the end
        of its line does not.
    """
    import numpy as np

    keys = np.zeros((len(rows), rows.shape[1] + 1), np.uint64)
    for length in range(1, _LONGEST_RUN + 1):
        keys = (keys[:, :-1] << np.uint64(_BITS)) | rows[:, length - 1 :]
        inside = rows[:, : keys.shape[1]] != END
        last = max(0, question.placed - length + 1)
        if last:
            yield _slots(keys[:, :last], length, np.arange(1, last + 1)), inside[:, :last]
        if length in question.loose:
            yield _slots(keys, length, 0), inside & (rows[:, length - 1 :] != END)


def _slots(keys: Any, length: int, place: Any) -> Any:
    """The slots of runs of one length; the same run elsewhere has another one."""
    import numpy as np

    kind = np.asarray(length * _PLACES + place, dtype=np.uint64) << np.uint64(4 * _BITS)
    return (((keys | kind) * np.uint64(_MIX)) >> np.uint64(64 - SLOTS)).astype(np.int64)


@cache
def load(path: Path = SHIPPED) -> Edges:
    """The trained weights.

    Raises:
        DataError: the table is not where it should be.
    """
    import numpy as np

    if not path.is_file():
        raise DataError(f"{path}: the weights of line edges are missing", "reinstall fixnews")
    with np.load(path) as table:
        scale = table["scale"].astype(np.float32)
        return Edges(language.load().table, table["weights"].astype(np.float32) * scale[:, None])
