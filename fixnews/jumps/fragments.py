"""The two halves of a jumping story as they stand on their pages: heads and tails.

A head ends with a jump line; a tail begins with a continuation line, perhaps with the headline
printed again above or below it, and ends where the next story begins.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import get_args

from fixnews.jumps.grammar import Marker
from fixnews.jumps.labels import Page, same_page
from fixnews.jumps.printed_lines import Line, begins_dated, ends_sentence
from fixnews.jumps.refs import Ref
from fixnews.jumps.spellings import Direction
from fixnews.jumps.titles import PAGES, WIDE_HEADLINE, is_foot, leading, titles_of
from fixnews.layout.furniture import Furniture
from fixnews.source import LINE_BREAK

DEBRIS = 3
"""Characters before a marker in its line that its arrows may have been read as: 本二, 大帮."""

HEADLINE_LINES = 4
"""Lines of headline, series and deck printed again over a tail; more than three were not seen."""


@dataclass(frozen=True, slots=True)
class Head:
    """A story up to its jump line.

    Attributes:
        marker, page: the jump line and the page that it stands on.
        ref: where it says the story goes on; a marker that lists several pages makes a head each.
        part: 0 for the first page of such a list, and so on.
        cut: the end of the text before the marker.
        lines: the lines above it, back to the head before it on the page.
        clean: whether nothing follows the marker in its line.
    """

    marker: Marker
    page: Page
    ref: Ref
    part: int
    cut: int
    lines: tuple[Line, ...] = field(repr=False)
    clean: bool = True

    def shifted(self, page: Page) -> Head:
        """The same head where its page stands in a text."""
        marker, cut = moved(self.marker, page), self.cut + page.start
        return replace(self, marker=marker, page=page, cut=cut, lines=_shifted(self.lines, page))

    @property
    def open(self) -> bool:
        """Whether the text before the marker stops inside a sentence."""
        return not ends_sentence(self.lines[-1].text) if self.lines else False


@dataclass(frozen=True, slots=True)
class Tail:
    """A story from its continuation line on.

    Attributes:
        marker, page: the continuation line and the page that it stands on.
        ref: where it says the story came from.
        above: lines that may be the headline printed again over the marker, the nearest last.
        body: the lines of the story; those at the top may be the headline, too. It ends where
            something else begins for certain.
        breaks: the parts of ``body``, from one line number to another, that may be subheads of
            the story or the headline of the next.
    """

    marker: Marker
    page: Page
    ref: Ref
    above: tuple[Line, ...]
    body: tuple[Line, ...] = field(repr=False)
    breaks: tuple[tuple[int, int], ...] = ()

    def shifted(self, page: Page) -> Tail:
        """The same tail where its page stands in a text."""
        above, body = (_shifted(lines, page) for lines in (self.above, self.body))
        return replace(self, marker=moved(self.marker, page), page=page, above=above, body=body)

    def until(self, line: int) -> Tail:
        """The tail that ends before this line of its body."""
        return replace(self, body=self.body[:line], breaks=())


def _balanced(text: str) -> bool:
    return all(text.count(a) == text.count(b) for a, b in ("()", "（）"))


def moved(marker: Marker, page: Page) -> Marker:
    """A marker of a page where that stands in a text."""
    return replace(marker, start=marker.start + page.start, end=marker.end + page.start)


def _shifted(lines: tuple[Line, ...], page: Page) -> tuple[Line, ...]:
    return tuple([line.shifted(page.start) for line in lines]) if page.start else lines


Halves = tuple[tuple[Head, ...], tuple[Tail, ...]]
"""The heads and the tails of a page."""


def halves(text: str, page: Page, markers: Sequence[Marker], furniture: Furniture) -> Halves:
    """The heads and tails of one page.

    Args:
        text: of all pages.
        page: where it stands.
        markers: those on the page.
        furniture: that of its issue.
    """
    return _placed(text[page.start : page.end], page, tuple(markers), furniture)


@lru_cache(PAGES)
def _placed(text: str, page: Page, markers: tuple[Marker, ...], furniture: Furniture) -> Halves:
    """The same, given the text of the page alone."""
    start = page.start
    alone = replace(page, start=0, end=page.end - start)
    near = tuple([replace(m, start=m.start - start, end=m.end - start) for m in markers])
    heads, tails = _halves(text, alone, near, furniture)
    return tuple([h.shifted(page) for h in heads]), tuple([t.shifted(page) for t in tails])


@lru_cache(PAGES)
def _halves(text: str, page: Page, markers: tuple[Marker, ...], furniture: Furniture) -> Halves:
    """The same of a page by itself."""
    sheet = Sheet(text, page, markers, furniture)
    return tuple(sheet.heads()), tuple(sheet.tails())


_BY_LOOKS = Furniture()

WAYS: tuple[Direction, ...] = get_args(Direction)
"""Which way markers point."""


class Sheet:
    """One page's lines and markers, ready to be cut into heads and tails."""

    __slots__ = (
        "foot",
        "furnished",
        "jumping",
        "lines",
        "markers",
        "page",
        "starts",
        "text",
        "titles",
        "ways",
    )

    def __init__(
        self,
        text: str,
        page: Page,
        markers: Sequence[Marker],
        furniture: Furniture = _BY_LOOKS,
    ) -> None:
        """A page with its text, the markers that stand on it and the furniture of its issue."""
        self.text, self.page, self.markers = text, page, markers
        marks = tuple((m.start, m.direction) for m in markers)
        self.titles = titles_of(text, marks, furniture)
        self.lines = self.titles.lines
        self.furnished = self.titles.furnished
        self.foot = len(self.lines) - leading(reversed(self.furnished))
        self.starts = [line.start for line in self.lines]
        self.jumping = frozenset(n for marker in markers for n in self._lines_of(marker))
        self.ways = {way: sorted(m.start for m in markers if m.direction == way) for way in WAYS}

    def _lines_of(self, marker: Marker) -> Iterator[int]:
        """The numbers of the lines that hold something of a marker."""
        first, behind = self.line_at(marker.start), bisect_left(self.starts, marker.end)
        return (n for n in range(first, behind) if self.lines[n].end > marker.start)

    def line_at(self, offset: int) -> int:
        """The number of the line that ``offset`` is in, or of the one before it."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def heads(self) -> Iterator[Head]:
        """Every head of the page."""
        since = 0
        for marker in self.markers:
            if marker.direction != "out":
                continue
            above = self._above(since, marker.start)
            rest = LINE_BREAK.split(self.text[marker.end :][:200], maxsplit=1)[0]
            clean = not rest.strip()
            for part, ref in enumerate(marker.refs):
                cut = above[-1].end if above else marker.start
                yield Head(marker, self.page, ref, part, cut, above, clean)
            since = marker.end

    def _above(self, since: int, until: int) -> tuple[Line, ...]:
        first, last = bisect_left(self.starts, since), bisect_left(self.starts, until)
        lines = list(self.lines[first:last])
        if lines and lines[-1].end > until:
            line = lines[-1]
            kept = self.text[line.start : until].rstrip()
            lines[-1] = Line(line.start, line.start + len(kept), kept, line.indent, line.gap)
        return tuple(lines)

    def tails(self) -> Iterator[Tail]:
        """Every tail of the page."""
        for marker in self.markers:
            if marker.direction == "in":
                body, breaks = self._body(marker)
                above = self._headline(marker)
                yield Tail(marker, self.page, marker.refs[0], above, body, breaks)

    def _headline(self, marker: Marker) -> tuple[Line, ...]:
        """The lines over a continuation line that belong to it rather than to what is above."""
        number = self.line_at(marker.start)
        if marker.start - self.lines[number].start > DEBRIS:
            return ()
        above: list[Line] = []
        for at in range(number - 1, -1, -1):
            if len(above) == HEADLINE_LINES or not (self.furnished[at] or self._plausible(at)):
                break
            above[:0] = [] if self.furnished[at] else [self.lines[at]]
        return tuple(above)

    def _plausible(self, number: int) -> bool:
        """Whether a line over a continuation line may be its headline, whatever is above it.

        It may be as wide as a column: what stands over the head decides. One with half a pair of
        brackets is the end of a signature: 月6日电), 会主席).
        """
        line = self.lines[number]
        if line.titled:
            return True
        wide = len(line.text) >= WIDE_HEADLINE and self.titles.may_be_title(number)
        looks = wide or self.titles.looks_titled(number, follows=True)
        return looks and number not in self.jumping and _balanced(line.text)

    def _body(self, marker: Marker) -> tuple[tuple[Line, ...], tuple[tuple[int, int], ...]]:
        """The lines of a tail from behind its marker, and where the next story may begin."""
        number = self.line_at(max(marker.start, marker.end - 1))
        rest = self._rest_of_line(number, marker)
        body, breaks = [rest] if rest else [], []
        number += 1 + (0 if body else leading(self.furnished[number + 1 :]))
        while number < self.foot and not self._ends_before(number, marker.end):
            block = self._block(number) if body and self.titles.closes(body[-1]) else ()
            if block and self._certain(number, block):
                break
            if block:
                breaks.append((len(body), len(body) + len(block)))
            taken = block or self.lines[number : number + 1]
            body.extend(taken)
            number += len(taken)
            if self._marked("out", taken[-1]):
                break
        return tuple(body), tuple(breaks)

    def _rest_of_line(self, number: int, marker: Marker) -> Line | None:
        line = self.lines[number]
        rest = self.text[marker.end : line.end].lstrip()
        start = line.end - len(rest)
        return Line(start, line.end, rest, line.indent, "") if rest else None

    def _marked(self, direction: Direction, line: Line) -> bool:
        starts = self.ways[direction]
        at = bisect_left(starts, line.start)
        return at < len(starts) and starts[at] < line.end

    def _ends_before(self, number: int, since: int) -> bool:
        """Whether another tail or the foot of the page begins with this line."""
        line = self.lines[number]
        return is_foot(line.text) or (line.end > since and self._marked("in", line))

    def _certain(self, number: int, block: Sequence[Line]) -> bool:
        """Whether these headline-like lines open another story for certain."""
        following = self.lines[number + len(block) :][:2]
        if following and self._marked("in", following[0]):
            return True
        if any(begins_dated(x.text) for x in following):
            return True
        return self.titles.form.indented and any(x.indent for x in following[:1])

    def _block(self, number: int) -> tuple[Line, ...]:
        """The lines from here on that look like headline, kicker and deck."""
        last = number
        while last < len(self.lines) and last - number < HEADLINE_LINES and self.lines[last].titled:
            last += 1
        return self.lines[number:last]


def agree(head: Head, tail: Tail, given: Sequence[Page]) -> int | None:
    """How many of the two page numbers point at each other; None if one points elsewhere."""
    if head.page.issue != tail.page.issue or head.page.number == tail.page.number:
        return None
    there = _means(head.marker, head.ref, tail.page, head.page, given)
    back = _means(tail.marker, tail.ref, head.page, tail.page, given)
    return None if there is None or back is None else there + back


def _means(
    marker: Marker, ref: Ref, page: Page, speaker: Page, given: Sequence[Page]
) -> int | None:
    """1 where a marker names this page, 0 where that is not known, None where it names another.

    What a broken marker names, and what a page is called that has no name, is not known.
    """
    if ref.number and same_page(ref, page, speaker, given):
        return int(page.named())
    return None if ref.number and page.named() and not marker.broken else 0
