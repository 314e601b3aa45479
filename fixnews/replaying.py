"""From a report back to the text: the guarantee that a report is the whole truth."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from fixnews.correction import Correction
from fixnews.draft import Draft, Edit, Move
from fixnews.source import Source


class _Chart:
    """Where the characters of the originals stand in a draft in which pieces only moved."""

    __slots__ = ("_rows",)

    def __init__(self, draft: Draft) -> None:
        """Chart a draft without made pieces."""
        rows = zip(draft.pieces, draft.starts, strict=False)
        self._rows = sorted((p.source, p.start, p.end, at) for p, at in rows)

    def of(self, source: int, offset: int) -> int:
        """The place of character ``offset`` of a source."""
        _, start, _, at = self._rows[bisect_right(self._rows, (source, offset, sys.maxsize)) - 1]
        return at + offset - start

    def behind(self, source: int, offset: int) -> int:
        """The place right behind character ``offset - 1``, or the start of the page."""
        if offset:
            return self.of(source, offset - 1) + 1
        return self._rows[bisect_left(self._rows, (source, 0, 0))][3] + 1 if source else 0


def replay(sources: Sequence[Source], corrections: Iterable[Correction]) -> tuple[str, ...]:
    """The text of each page after the applied corrections: the report is the whole truth.

    Moves go first, in the order reported, but one that lands in a passage that moves comes after
    that one; then every replacement at its place. An insertion stays behind the character that it
    follows in the original, wherever that went.

    Args:
        sources: the pages of the run, in their order.
        corrections: from one run over these pages; those not applied are passed over.

    >>> from fixnews.pipeline import repair
    >>> page = Source("A1", "喜迎党代会,奋进新征程")
    >>> done = repair([page])
    >>> replay([page], done.corrections) == done.texts
    True
    """
    draft = Draft.of(*sources)
    applied = [c for c in corrections if c.applied]
    for move in _in_turn([c for c in applied if c.to]):
        chart = _Chart(draft)
        start, end = chart.of(move.source, move.start), chart.behind(move.source, move.end)
        draft = draft.revise([Move(start, end, chart.behind(*(move.to or (0, 0))))])
    chart = _Chart(draft)
    return draft.revise(_replayed(chart, c) for c in applied if not c.to).texts()


def _in_turn(moves: Sequence[Correction]) -> Iterator[Correction]:
    """The moves in the order given, each after the ones that carry the place where it lands."""
    waiting = list(moves)
    while waiting:
        ready = [m for m in waiting if not any(_lands_in(m, other) for other in waiting)]
        yield from ready or waiting
        waiting = [m for m in waiting if m not in ready] if ready else []


def _lands_in(move: Correction, other: Correction) -> bool:
    source, offset = move.to or (-1, 0)
    return move is not other and source == other.source and other.start < offset <= other.end


def _replayed(chart: _Chart, correction: Correction) -> Edit:
    source, start, end = correction.source, correction.start, correction.end
    if start == end:
        at = chart.behind(source, start)
        return Edit(at, at, correction.after)
    return Edit(chart.of(source, start), chart.behind(source, end), correction.after)
