"""What was worked out of a line, a seam or a place before is not worked out again.

A page is read in rounds: a filter changes one comma, and all that follows is asked again about a
page that is the same but for one line. So whatever is dear is asked of *rows*: lines, pairs of
lines, windows around a place. A row's answer follows from the row alone, rows are asked in one
batch, and only those that have not been seen lately are worked out. It changes no answer, only how
fast it comes; `fixnews.islands`, the seams, the marks and the characters of a page all stand on it,
and so do the second round, a review, and a second run over the same page.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
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


CHARACTERS, PAGE = 1 << 20, 100
"""Characters of pages of which it is kept what was worked out: those of fifty broadsheet pages, or
of three thousand short texts; and how many more each page counts for. So a memory that is large
enough for short texts is not too large for long ones."""


def page_size(page: str) -> int:
    """What a page counts for in a memory of `CHARACTERS`."""
    return PAGE + len(page)


def lots(pages: Iterable[str], most: int, characters: int) -> Iterator[list[str]]:
    """Pages in lots that are asked about at once, none of them empty.

    Args:
        pages: in their order.
        most: how many a lot may have.
        characters: what they may count for (`page_size`), if there is more than one.

    >>> list(lots(["雨停了", "天晴", "人散了"], 2, 1000)), list(lots(["雨停了", "天晴"], 2, 150))
    ([['雨停了', '天晴'], ['人散了']], [['雨停了'], ['天晴']])
    """
    lot, size = list[str](), 0
    for page in pages:
        size += page_size(page)
        if lot and (size > characters or len(lot) == most):
            yield lot
            lot, size = [], page_size(page)
        lot.append(page)
    if lot:
        yield lot


@dataclass(slots=True)
class Recall(Generic[Row, Answer]):
    """A function of many rows at once that is asked about new ones only.

    Attributes:
        work_out: the answers of rows that were not seen before, in their order, each from its row
            alone: whatever else is in the batch must change nothing, to the last bit.
        most: rows whose answers are kept; the oldest are forgotten first, but none that was just
            asked for while there are others.
        size: for rows of very different sizes what each counts for; else each counts one.
        known: the answers.
        held: what the rows count for whose answers are known, if there is a `size`.
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
    size: Callable[[Row], int] | None = None
    known: dict[Row, Answer] = field(default_factory=dict)
    held: int = 0
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
            self.held += sum(map(self.size, new)) if self.size else 0
            for n in missing:
                told[n] = self.known[rows[n]]
        held = self.held if self.size else len(self.known)
        if held > self.most:
            self._forget(max(held - self.most, self.most // 4), set(rows))
        return told

    def clear(self) -> None:
        """Forget everything."""
        self.known.clear()
        self.held = 0

    def _forget(self, spare: int, asked: set[Row]) -> None:
        """Forget rows that count for so much; those just asked for go last."""
        others = [row for row in self.known if row not in asked]
        for row in chain(others, asked):
            if spare <= 0:
                break
            del self.known[row]
            size = self.size(row) if self.size else 1
            spare -= size
            self.held -= size if self.size else 0
