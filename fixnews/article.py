"""The stories of an issue, whole: cut out of the repaired pages after every jump has come home.

A story is a stretch of one page, from its headline to the next one. What was carried there from
another page is part of it. Subheads stay inside their story as paragraphs. Nothing of a page is
left out but its folio, its masthead and the jump lines; where a page shows no clear boundaries, the
confidence says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from fixnews.draft import Draft
from fixnews.impression import Impressions
from fixnews.jumps import labels, markers
from fixnews.jumps.grammar import Marker
from fixnews.jumps.labels import Page
from fixnews.jumps.page_names import Name
from fixnews.jumps.read_across import read_across
from fixnews.layout.boundaries import as_printed, first_lines, read, starts
from fixnews.layout.boundary_evidence import PROSE, names
from fixnews.layout.page import Line, Role, ends_sentence
from fixnews.patterns import lazy
from fixnews.pipeline import Repair
from fixnews.words.cohesion import Words

STARTS = 0.4
"""Probability from which a line is taken for the start of a story. On 44 laid-out issues, each half
judged by a forest that the other half trained, precision and recall meet there; see
docs/notes/jumps.md."""

UNTITLED = 0.3
"""Confidence of a story at the top of a page that has no headline: it may be the end of another."""

MIXED = 0.1
"""Highest confidence of a story on a page that was read across its columns."""

CLEAR = 0.5
"""Confidence below which a story's boundaries are not clear."""

PICTURE_STORY = 2
"""Paragraphs of the longest story that is the caption of its picture."""

_DATELINE = lazy(
    r"[（(]?(?:本报讯|本報訊|(?:本报|本報|据?新华社|據?新華社|中新社|中央社|人民网)"
    r"[^，。；]{0,24}?(?:[电電讯訊]|报道|報道|報導))"
)
_OPEN_END = lazy(r"[\w，,、]$")


@dataclass(frozen=True, slots=True)
class Jump:
    """Where a story goes on or comes from.

    Attributes:
        to, origin: labels of the pages that its jump lines name, or that its parts came from.
        open: whether a part of the story is not among the pages.
        text: the jump lines that were left, as printed.
    """

    to: tuple[str, ...]
    origin: tuple[str, ...]
    open: bool
    text: str


@dataclass(frozen=True, slots=True)
class Extent:
    """A stretch of a page as it was read: path, offsets in characters and lines from 1."""

    path: str
    start: int
    end: int
    line: int
    end_line: int


@dataclass(frozen=True, slots=True)
class Article:
    """One story.

    Attributes:
        page: the label of the page that it starts on.
        pages: the labels of all pages that it was put together from, in its order.
        source: the number of the source that it stands on, from 0.
        kicker, headline, deck: the lines over it; empty where it has none.
        byline: who wrote it; for a picture, who took it.
        dateline: place, date and agency at the start of its text, where they stand there as well.
        paragraphs: its text, subheads included, jump lines not.
        caption: the text under a picture, where the story is one; it is among the paragraphs, too.
        truncated: whether its text stops inside a sentence, and no jump line says where it goes on.
        jump: where it goes on or comes from, if it does.
        spans: the stretches of the original pages that it was put together from.
        places: the same of each paragraph.
        confidence: 0 to 1, of the least certain of its boundaries.
    """

    page: str
    pages: tuple[str, ...]
    source: int
    kicker: str
    headline: str
    deck: str
    byline: str
    dateline: str
    paragraphs: tuple[str, ...]
    caption: str
    truncated: bool
    jump: Jump | None
    spans: tuple[Extent, ...]
    confidence: float
    places: tuple[tuple[Extent, ...], ...] = ()

    @property
    def text(self) -> str:
        """The story as plain text: its headline, byline and paragraphs, a blank line between."""
        over = "\n".join(part for part in (self.kicker, self.headline, self.deck) if part)
        return "\n\n".join(part for part in (over, self.byline, *self.paragraphs) if part) + "\n"


def articles(done: Repair, names: Sequence[str | Name] = ()) -> tuple[Article, ...]:
    r"""The stories of repaired pages, in the order of the pages.

    Args:
        done: what `fixnews.pipeline.repair` made of the pages.
        names: for each source what the caller calls its page (``A1``, ``20200201-04``), or nothing.

    >>> from fixnews.pipeline import repair
    >>> from fixnews.source import Source
    >>> page = "菜场搬新家\n\n记者 沈砚秋\n\n本报讯 新民里菜场昨天搬进新楼，摊位多了三成。\n"
    >>> (story,) = articles(repair([Source("A1.txt", page)]), ["A1"])
    >>> story.headline, story.byline, story.dateline
    ('菜场搬新家', '记者 沈砚秋', '本报讯')
    """
    return tuple(_articles(done.draft, names))


def _articles(draft: Draft, called: Sequence[str | Name]) -> Iterator[Article]:
    pages = labels.pages(draft, called)
    read = _Original.of(draft, called)
    found = markers.find(draft.text)
    words = Words.on(draft.text[p.start : p.end] for p in pages)
    paper = Impressions.of(draft)
    mixed = {n for n, source in enumerate(draft.sources) if read_across(source.text)}
    for page in pages:
        on = [m for m in found if page.start <= m.start < page.end]
        sheet = _Sheet.of(draft.text, page, on, words, paper)
        for stretch in sheet.stretches():
            most = MIXED if page.source in mixed else 1.0
            yield _article(draft, read, page, stretch.at_most(most), on)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The lines of one story, and how sure its boundaries are."""

    lines: tuple[Line, ...]
    titled: bool
    confidence: float

    def at_most(self, confidence: float) -> _Stretch:
        return replace(self, confidence=min(confidence, self.confidence))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page of the repaired text: its lines, at their offsets in the draft, and its starts."""

    lines: tuple[Line, ...]
    odds: tuple[float, ...]
    first: tuple[int, ...]

    @classmethod
    def of(
        cls, text: str, page: Page, on: Sequence[Marker], words: Words, paper: Impressions
    ) -> _Sheet:
        found = tuple(_shifted(x, page.start) for x in read(text[page.start : page.end]))
        printed = [paper.at(line.start, line.end) for line in found]
        found = as_printed(found, printed)
        odds = starts(found, on, words, printed)
        return cls(found, tuple(odds), tuple(first_lines(odds, STARTS)))

    def stretches(self) -> Iterator[_Stretch]:
        """The stories of the page: what stands before the first headline only if it is text."""
        ends = [*self.first, len(self.lines)]
        top = self.lines[: ends[0]]
        if any(_is_prose(line) for line in top):
            text = tuple(line for line in top if line.role is not Role.FOLIO)
            yield _Stretch(text, titled=False, confidence=UNTITLED)
        for start, end in zip(self.first, ends[1:], strict=True):
            kept = tuple(x for x in self.lines[start:end] if x.role is not Role.FOLIO)
            yield _Stretch(kept, titled=True, confidence=self._confidence(start, end))

    def _confidence(self, start: int, end: int) -> float:
        """How sure the least certain decision is: start, end, every line inside that is none."""
        inside = max(self.odds[start + 1 : end], default=0.0)
        behind = self.odds[end] if end < len(self.lines) else 1.0
        return round(min(self.odds[start], 1 - inside, behind), 4)


def _shifted(line: Line, by: int) -> Line:
    return Line(
        line.start + by, line.end + by, line.text, line.role, line.indent, line.gap, line.page
    )


def _is_prose(line: Line) -> bool:
    return line.role in _TEXT or len(line.text) >= PROSE or "。" in line.text


_TEXT = frozenset({Role.BODY, Role.DATELINE, Role.EDITOR_NOTE, Role.ITEM, Role.SPEECH})
_SIGNED = frozenset({Role.BYLINE, Role.CREDIT})


def _article(
    draft: Draft, read: _Original, page: Page, stretch: _Stretch, on: Sequence[Marker]
) -> Article:
    """One story out of its lines."""
    told = stretch.lines
    behind = takewhile(lambda x: not _is_prose(x), told[1:])
    over = [told[0], *behind] if stretch.titled else []
    kicker, headline, deck, titles = _titles(over)
    byline, signed = _byline(told, titles)
    start, end = told[0].start, told[-1].end
    inside = [m for m in on if start <= m.start < end]
    rest = [x for x in told if x not in titles and x not in signed]
    told_of = [(p, x) for x in rest if (p := _without(inside, x))]
    paragraphs = tuple(p for p, _ in told_of)
    spans = read.extents(draft, start, end)
    places = [read.extents(draft, x.start, x.end) for _, x in told_of]
    pages = tuple(dict.fromkeys(label for label, _ in spans))
    jump = _jump(draft.text, inside, pages)
    picture = any(x.role is Role.CREDIT for x in told) and len(paragraphs) <= PICTURE_STORY
    first = paragraphs[0] if paragraphs else ""
    dated = _DATELINE.match(first)
    return Article(
        page=str(page.label), pages=pages, source=page.source,
        kicker=kicker, headline=headline, deck=deck, byline=byline,
        dateline=dated.group().lstrip("（(") if dated else "",
        paragraphs=paragraphs,
        caption="\n".join(paragraphs) if picture else "",
        truncated=_truncated(paragraphs) and not (jump and jump.open and jump.to),
        jump=jump,
        spans=tuple(extent for _, extent in spans),
        confidence=stretch.confidence,
        places=tuple(tuple(extent for _, extent in place) for place in places),
    )  # fmt: skip


def _titles(over: Sequence[Line]) -> tuple[str, str, str, list[Line]]:
    """Kicker, headline and deck, and the lines that they are."""
    taken = list(takewhile(lambda x: x.role not in _SIGNED, over))
    taken = taken[:1] + list(takewhile(lambda x: not names(x.text), taken[1:]))
    units: list[str] = []
    wrapped = any(line.gap for line in over[1:])
    for line in taken:
        goes_on = units and wrapped and not line.gap and line.role is not Role.DECK
        units[-1:] = [units[-1] + line.text] if goes_on else [*units[-1:], line.text]
    decks = [u for u in units[1:] if u.startswith(("—", "―", "─"))]
    plain = [u for u in units if u not in decks]
    if not plain:
        return "", "", "\n".join(decks), taken
    kicker, main = (plain[0], plain[1]) if len(plain) > 1 else ("", plain[0])
    return kicker, main, "\n".join([*plain[2:], *decks]), taken


def _byline(told: Sequence[Line], titles: Sequence[Line]) -> tuple[str, list[Line]]:
    """Who signed a story: the lines over its second paragraph, else the one at its end."""
    rest = [line for line in told if line not in titles]
    signed: list[Line] = []
    prose = 0
    for line in rest:
        prose += _is_prose(line)
        if prose > 1:
            break
        if line.role is Role.BYLINE or (not prose and names(line.text)):
            signed.append(line)
    if not signed:
        signed = [x for x in rest[-1:] if x.role is Role.BYLINE]
    if not signed:
        signed = [x for x in rest if x.role is Role.CREDIT][:1]
    return " ".join(line.text for line in signed), signed


def _without(inside: Sequence[Marker], line: Line) -> str:
    """A line's text without the jump lines on it."""
    text = line.text
    for marker in reversed(inside):
        if line.start <= marker.start < line.end:
            text = text[: marker.start - line.start] + text[marker.end - line.start :]
    return text.strip()


def _jump(text: str, inside: Sequence[Marker], pages: Sequence[str]) -> Jump | None:
    """What the jump lines that were left say, and what came home already."""
    out = [str(r) for m in inside if m.direction == "out" for r in m.refs]
    into = [str(r) for m in inside if m.direction == "in" for r in m.refs]
    if not (out or into or len(pages) > 1):
        return None
    left = " ".join(text[m.start : m.end] for m in inside)
    return Jump((*pages[1:], *out), tuple(into), open=bool(out or into), text=left)


def _truncated(paragraphs: Sequence[str]) -> bool:
    """Whether the last paragraph is text that stops inside a sentence."""
    last = paragraphs[-1] if paragraphs else ""
    long = len(last) >= PROSE or "，" in last or "," in last
    return long and not ends_sentence(last) and bool(_OPEN_END.search(last))


@dataclass(frozen=True, slots=True)
class _Original:
    """The pages as they were read, for telling where a passage comes from."""

    pages: tuple[Page, ...]
    bases: tuple[int, ...]

    @classmethod
    def of(cls, draft: Draft, called: Sequence[str | Name]) -> _Original:
        first = Draft.of(*draft.sources)
        return cls(labels.pages(first, called), tuple(start for start, _ in first.pages()))

    def extents(self, draft: Draft, start: int, end: int) -> list[tuple[str, Extent]]:
        """The stretches of the original behind ``draft.text[start:end]``, each with its label."""
        found: list[tuple[str, Extent]] = []
        for span in draft.spans(start, end):
            label = self._label(span.source, span.start)
            source = draft.sources[span.source]
            last = found[-1][1] if found else None
            begin = span.start
            if last and found[-1][0] == label and last.path == source.path and last.end <= begin:
                begin = last.start
                found.pop()
            here, there = source.locate(begin), source.locate(span.end)
            extent = Extent(source.path, begin, span.end, here.line, there.line)
            found.append((label, extent))
        return found

    def _label(self, source: int, offset: int) -> str:
        at = self.bases[source] + offset
        inside = [p for p in self.pages if p.source == source and p.start <= at]
        return str((inside or self.pages)[-1].label)
