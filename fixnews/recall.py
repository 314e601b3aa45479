"""What was worked out of a line, a seam or a place before is not worked out again.

A page is read in rounds: a filter changes one comma, and all that follows is asked again about a
page that is the same but for one line. So whatever is dear is asked of *rows*: lines, pairs of
lines, windows around a place. A row's answer follows from the row alone, rows are asked in one
batch, and only those that have not been seen lately are worked out. It changes no answer, only how
fast it comes; `fixnews.islands`, the seams, the marks and the characters of a page all stand on it,
and so do the second round, a review, and a second run over the same page.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, repeat
from typing import Any, Generic, TypeVar

Row = TypeVar("Row", bound=Hashable)
Answer = TypeVar("Answer")

ROWS = 1 << 14
"""Rows whose answers are kept: the lines of sixty pages, or the doubtful places of some ten."""

RARE = 1 << 11
"""The same where five to thirty lines of a page become rows: those of sixty pages and more. With
`ROWS` their memory fills as long as an archive lasts: a worker grew by a quarter over 500 MB."""

_NEW = object()
"""Stands for the answer of a row that is not known; a row is looked up once, for a hash is dear."""


@dataclass(slots=True)
class Recall(Generic[Row, Answer]):
    """A function of many rows at once that is asked about new ones only.

    Attributes:
        work_out: the answers of rows that were not seen before, in their order, each from its row
            alone: whatever else is in the batch must change nothing, to the last bit.
        most: rows whose answers are kept; the oldest are forgotten first, but none that was just
            asked for while there are others.
        known: the answers.
        asked: how many rows were asked about.
        worked_out: how many of them were new.

    >>> lengths = Recall(lambda lines: [len(line) for line in lines])
    >>> lengths(["雨停了", "人散了。"]), lengths(["雨停了", "天晴"])
    ([3, 4], [3, 2])
    >>> lengths.asked, lengths.worked_out
    (4, 3)
    """

    work_out: Callable[[list[Row]], Sequence[Answer]]
    most: int = ROWS
    known: dict[Row, Answer] = field(default_factory=dict)
    asked: int = 0
    worked_out: int = 0

    def __call__(self, rows: Sequence[Row]) -> list[Answer]:
        """The answers of these rows, in their order."""
        self.asked += len(rows)
        told: list[Any] = list(map(self.known.get, rows, repeat(_NEW)))
        missing = [n for n, answer in enumerate(told) if answer is _NEW]
        if missing:
            new = list(dict.fromkeys([rows[n] for n in missing]))
            self.worked_out += len(new)
            self.known.update(zip(new, self.work_out(new), strict=True))
            for n in missing:
                told[n] = self.known[rows[n]]
        if len(self.known) > self.most:
            self._forget(set(rows))
        return told

    def _forget(self, asked: set[Row]) -> None:
        """Remember no more than `most` answers; those just asked for go last."""
        spare = max(len(self.known) - self.most, self.most // 4)
        others = (row for row in self.known if row not in asked)
        for row in list(islice(chain(others, asked), spare)):
            del self.known[row]
