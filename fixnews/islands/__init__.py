r"""What stands on a page that is not running Chinese prose, told once, in one pass.

A tag, a formula, a car plate, a table, a list of prize-winners: each means something as it stands,
and to what weighs prose it looks like damage. `survey` finds these stretches and says of which
kind each is. Rules say which kinds they may touch; the pipeline drops what touches any other, so
that no filter has to look for itself.

Lines are read one by one and remembered, so that a page in which one line has changed is read again
in that line only.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from fixnews.islands import gaps, markup, names, rows, signs
from fixnews.islands.genre import Genre, genre
from fixnews.islands.kinds import (
    ANYWHERE,
    EVERY,
    FIGURES,
    MARKUP,
    READ_WRONG,
    SET_LINES,
    UNMARKED,
    WORDS,
    Island,
    Kind,
)
from fixnews.words.components import halves
from fixnews.words.han import HAN

__all__ = [
    "ANYWHERE",
    "EVERY",
    "FIGURES",
    "MARKUP",
    "READ_WRONG",
    "SET_LINES",
    "UNMARKED",
    "WORDS",
    "Chart",
    "Island",
    "Kind",
    "Memory",
    "survey",
]

_FEWEST_MARKED = 2
"""Lines of Markdown that make a page of it: there a single star around a word is markup as well."""


@dataclass(frozen=True, slots=True)
class Chart:
    """The islands of a text.

    Attributes:
        islands: in the order of their starts; they may overlap.
        reach: for each the furthest end of it and those before it.
        page: what the whole of it is, if it is no newspaper text.
    """

    islands: tuple[Island, ...] = ()
    reach: tuple[int, ...] = ()
    page: Kind | None = None

    @classmethod
    def of(cls, islands: Iterable[Island], page: Kind | None = None) -> Chart:
        """A chart of these islands, in any order."""
        ordered = tuple(sorted(islands))
        return cls(ordered, tuple(accumulate((i.end for i in ordered), max)), page)

    def touched(self, start: int, end: int) -> Iterator[Island]:
        """The islands that a change of ``start`` to ``end`` would touch.

        An insertion touches what it would stand inside of; what lies beside a change is not
        touched.

        >>> chart = Chart.of([Island(3, 7, Kind.NUMBER)])
        >>> [len(list(chart.touched(*span))) for span in ((0, 3), (2, 4), (3, 3), (5, 5), (7, 8))]
        [0, 1, 0, 1, 0]
        """
        at = bisect_left(self.islands, (max(end, start + 1),)) - 1
        while at >= 0 and self.reach[at] > start:
            island = self.islands[at]
            inside = island.start < start < island.end if start == end else island.end > start
            if inside:
                yield island
            at -= 1


@dataclass(frozen=True, slots=True)
class Memory:
    """What was read of lines and pages before. It changes no answer, only how fast it comes.

    Attributes:
        lines: how a line looks, by its text.
        charts: the chart of a page by its text.
    """

    lines: dict[str, rows.Look] = field(default_factory=dict)
    charts: dict[str, Chart] = field(default_factory=dict)

    def chart(self, text: str) -> Chart:
        """The islands of a page, from memory if it was asked about before."""
        if text not in self.charts:
            self.charts[text] = survey(text, self)
        return self.charts[text]


def survey(text: str, memory: Memory | None = None) -> Chart:
    r"""The islands of a page.

    Args:
        text: the page.
        memory: what was read of its lines before; it is added to.

    >>> page = "铅含量<0.1毫克，见<b>通知</b>。\n姓名,票数,名次\n甲,30,1\n乙,20,2\n"
    >>> [i.kind.name for i in survey(page).islands if i.kind is not Kind.NUMBER]
    ['FORMULA', 'TAG', 'TAG', 'TABLE']
    """
    known = (memory or Memory()).lines
    found = rows.lines(text)
    looks = []
    for row in found:
        if row.text not in known:
            known[row.text] = rows.look(row.text, of_line(row.text))
        looks.append(known[row.text])
    told = [
        Island(start + row.start, end + row.start, kind)
        for row, seen in zip(found, looks, strict=True)
        for start, end, kind in seen.islands
    ]
    told += rows.standing(text, found, looks)
    told += markup.blocks(text)
    told += _emphasised(found)
    return Chart.of(_with_breaks(text, told), of_page(text))


def of_page(text: str) -> Kind | None:
    """What a page is as a whole, if it is no newspaper text.

    >>> of_page('{"title": "水库加固", "page": 1}').name
    'DATA_PAGE'
    """
    found = genre(text)
    if found is Genre.PAGE:
        return None
    return Kind.DATA_PAGE if found.is_data else Kind.FOREIGN_PAGE


def _emphasised(found: Sequence[rows.Row]) -> Iterator[Island]:
    """Single stars and strokes, on a page that is written in Markdown."""
    starred = [row for row in found if "*" in row.text or "_" in row.text]
    marked = (markup.MARKDOWN_LINE.match(row.text) for row in found if starred)
    if starred and sum(line is not None for line in marked) >= _FEWEST_MARKED:
        yield from (i for row in starred for i in markup.emphasis(row.text, row.start))


def of_line(line: str) -> Iterator[Island]:
    """The islands of one line, told from it alone."""
    if _SIGNS.search(line):
        marked = list(markup.inline(line))
        yield from marked
        yield from signs.runs(_masked(line, marked) if marked else line)
        yield from names.dotted(line)
        yield from names.ticks(line)
        yield from gaps.gaps(line)
    yield from names.rolls(line)
    yield from names.parallel(line)
    yield from (Island(h.at, h.at + 2, Kind.HALVES) for h in halves(line))


def _masked(line: str, islands: Iterable[Island]) -> str:
    """The line with its markup covered by Han characters, which belong to no run."""
    for start, end, _ in islands:
        line = line[:start] + "一" * (end - start) + line[end:]
    return line


_SIGNS = re.compile(f'[^{HAN}{signs.WIDE},;:!()"\\s]')
"""What a line must have to hold more than Han characters, their marks, and half-width ones."""

_OWN_BREAKS = frozenset({Kind.TAG, Kind.CODE, Kind.LATEX, Kind.DATA})


def _with_breaks(text: str, islands: Iterable[Island]) -> Iterator[Island]:
    """Markup at the edge of a line has the line break beside it as well."""
    for island in islands:
        if island.kind in _OWN_BREAKS:
            start, end = rows.owned(text, island.start, island.end)
            before = start if _breaks(text, start, island.start) else island.start
            behind = end if _breaks(text, island.end, end) else island.end
            yield Island(before, behind, island.kind)
        else:
            yield island


def _breaks(text: str, start: int, end: int) -> bool:
    return any(c in "\r\n\f" for c in text[start:end])
