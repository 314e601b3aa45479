r"""What stands on a page that is not running Chinese prose, told once, in one pass.

A tag, a formula, a car plate, a table, a list of prize-winners: each means something as it stands,
and to what weighs prose it looks like damage. `survey` finds these stretches and says of which
kind each is. Rules say which kinds they may touch; the pipeline drops what touches any other, so
that no filter has to look for itself.

Lines are read one by one and remembered, so that a page in which one line has changed is read again
in that line only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from fixnews.islands import gaps, markup, names, rows, signs
from fixnews.islands.chart import Chart
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
from fixnews.layout.blocks import Setting
from fixnews.layout.look import all_settings, look_ahead, settings
from fixnews.layout.register import plainly_news
from fixnews.patterns import lazy
from fixnews.source import BREAKS
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
    "foresee",
    "survey",
]

_PAIR = 2
"""Lines of the longest block that is no poem: two short sentences look like a couplet."""

_FEWEST_MARKED = 2
"""Lines of Markdown that make a page of it: there a single star around a word is markup as well."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What was read of lines and pages before. It changes no answer, only how fast it comes.

    Attributes:
        lines: how a line looks, by its text.
        charts: the chart of a page by its text as it is and as it was read.
        kinds: what a page is as a whole, if it is no newspaper text, by its text.
        verses: its lines of verse, by their Han characters.
    """

    lines: dict[str, rows.Look] = field(default_factory=dict)
    charts: dict[tuple[str, str], Chart] = field(default_factory=dict)
    kinds: dict[str, Kind | None] = field(default_factory=dict)
    verses: dict[str, frozenset[str]] = field(default_factory=dict)

    def add(self, other: Memory) -> None:
        """Take over what another process has read."""
        for mine, theirs in (
            (self.lines, other.lines), (self.charts, other.charts), (self.kinds, other.kinds),
            (self.verses, other.verses),
        ):  # fmt: skip
            mine.update(theirs)  # type: ignore[arg-type]

    def page(self, text: str, read: str = "") -> tuple[str, Kind | None]:
        """The text that tells what a page is as a whole, and what that is; as for `survey`."""
        told = read or text
        if self._kind(told) is Kind.FOREIGN_PAGE:
            told = text
        return told, self._kind(told)

    def _kind(self, text: str) -> Kind | None:
        if text not in self.kinds:
            self.kinds[text] = of_page(text)
        return self.kinds[text]

    def verse(self, text: str) -> frozenset[str]:
        """The lines of verse on a page."""
        if text not in self.verses:
            self.verses[text] = verse_lines(text)
        return self.verses[text]

    def chart(self, text: str, read: str = "") -> Chart:
        """The islands of a page, from memory if it was asked about before; as for `survey`."""
        page = text, read or text
        if page not in self.charts:
            self.charts[page] = survey(*page, self)
        return self.charts[page]


def survey(text: str, read: str = "", memory: Memory | None = None) -> Chart:
    r"""The islands of a page.

    Args:
        text: the page as it is.
        read: the page as it was read, which tells what it is as a whole and where verse stands;
            by default the same. Where that was no Chinese, the page as it is tells: it may have
            been read in the wrong encoding.
        memory: what was read of its lines before; it is added to.

    >>> page = "铅含量<0.1毫克，见<b>通知</b>。\n姓名,票数,名次\n甲,30,1\n乙,20,2\n"
    >>> [i.kind.name for i in survey(page).islands if i.kind is not Kind.NUMBER]
    ['FORMULA', 'TAG', 'TAG', 'TABLE']
    """
    memory = memory or Memory()
    (as_read, page), known = memory.page(text, read), memory.lines
    found = rows.lines(text)
    looks = []
    for row in found:
        if row.text not in known:
            known[row.text] = rows.look(row.text, of_line(row.text))
        looks.append(known[row.text])
    told = [
        Island(start + row.start, end + row.start, kind)
        for row, seen in zip(found, looks, strict=True)
        if seen.islands
        for start, end, kind in seen.islands
    ]
    told += rows.standing(text, found, looks)
    told += markup.blocks(text)
    told += _emphasised(found)
    told += _verse(text, found, memory.verse(as_read))
    return Chart.of(_with_breaks(text, told), page)


def of_page(text: str) -> Kind | None:
    """What a page is as a whole, if it is no newspaper text.

    >>> of_page('{"title": "水库加固", "page": 1}').name
    'DATA_PAGE'
    """
    found = genre(text)
    if found is Genre.PAGE:
        return None
    return Kind.DATA_PAGE if found.is_data else Kind.FOREIGN_PAGE


def verse_lines(text: str) -> frozenset[str]:
    r"""The lines of verse on a page, by their Han characters.

    Only a page that may be verse is asked: a short one, or one that is not written as news is. A
    poem in the midst of news keeps its lines by `fixnews.layout.closed`.

    >>> sorted(verse_lines("春眠不觉晓\n处处闻啼鸟\n夜来风雨声\n花落知多少"))[0]
    '处处闻啼鸟'
    """
    if not _may_be_verse(text):
        return frozenset()
    blocks = (rows.lines(text[a:b]) for a, b, how in settings(text) if how is Setting.VERSE)
    return frozenset(_bare(row.text) for block in blocks if len(block) > _PAIR for row in block)


def _may_be_verse(text: str) -> bool:
    """Whether a page is short, or not written as news is, and has lines enough for a poem."""
    return not plainly_news(text) and len(rows.lines(text)) > _PAIR


def foresee(pages: Sequence[str]) -> None:
    """Look for verse on pages whose islands will be asked about, on all of them at once."""
    asked = [page for page in pages if _may_be_verse(page)] if len(pages) > 1 else []
    look_ahead(asked)
    all_settings(asked)


def _verse(text: str, found: Sequence[rows.Row], known: frozenset[str]) -> Iterator[Island]:
    """The lines that are verse, with the breaks around them."""
    for row in found if known else ():
        if _bare(row.text) in known:
            yield Island(*rows.owned(text, row.start, row.end), Kind.VERSE)


def _bare(line: str) -> str:
    """The Han characters of a line: a mark that was put right makes no other line of it."""
    return "".join(_HAN.findall(line))


def _emphasised(found: Sequence[rows.Row]) -> Iterator[Island]:
    """Single stars and strokes, on a page that is written in Markdown."""
    starred = [row for row in found if "*" in row.text or "_" in row.text]
    marked = (markup.MARKDOWN_LINE.match(row.text) for row in found if starred)
    if starred and sum(line is not None for line in marked) >= _FEWEST_MARKED:
        yield from (i for row in starred for i in markup.emphasis(row.text, row.start))


def of_line(line: str) -> list[Island]:
    """The islands of one line, told from it alone."""
    found: list[Island] = []
    if _SIGNS.search(line):
        found += markup.inline(line)
        found += signs.runs(_masked(line, found) if found else line)
        found += names.dotted(line)
        found += names.ticks(line)
        found += gaps.gaps(line)
    if _PARTED.search(line):
        found += names.rolls(line)
    if "、" in line:
        found += names.parallel(line)
    found += [Island(h.at, h.at + 2, Kind.HALVES) for h in halves(line)]
    return found


def _masked(line: str, islands: Iterable[Island]) -> str:
    """The line with its markup covered by Han characters, which belong to no run."""
    for start, end, _ in islands:
        line = line[:start] + "一" * (end - start) + line[end:]
    return line


_HAN = lazy(f"[{HAN}]+")

_SIGNS = lazy(f'[^{HAN}{signs.WIDE},;:!()"\\s]')
"""What a line must have to hold more than Han characters, their marks, and half-width ones."""

_PARTED = lazy("[、 \u3000]")
"""What parts the names of a list."""

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
    return any(c in BREAKS for c in text[start:end])
