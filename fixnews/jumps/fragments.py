"""The two halves of a jumping story as they stand on their pages: heads and tails.

A head ends with a jump line; a tail begins with a continuation line, perhaps with the headline
printed again above or below it, and ends where the next story begins.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress, takewhile
from operator import itemgetter

from fixnews.jumps.grammar import Marker
from fixnews.jumps.labels import Page, same_page
from fixnews.jumps.refs import Ref
from fixnews.layout.furniture import Furniture
from fixnews.source import LINE_BREAK

STOPS = "。！？!?…；"
CLOSERS = "”’」』）)】》〉\"'"
HEADLINE = 45
"""Characters of the longest line taken for a headline; of 16,000 headlines of a daily in 2019-20,
99 % have at most 40, and the series name in brackets adds a few."""

WIDE_HEADLINE = 8
"""Characters of the shortest headline that fills its column: columns have 11 at least."""

DEBRIS = 3
"""Characters before a marker in its line that its arrows may have been read as: 本二, 大帮."""

HEADLINE_LINES = 4
"""Lines of headline, series and deck printed again over a tail; more than three were not seen."""

_LAST_NARROW = 0x2000
_NARROW = re.compile("[\x00-\u2000]")
_BYLINE = re.compile(
    r"[（(]?(?:本报|新华社|据|人民网|中新社)?.{0,12}(?:记者|通讯员|特派员|評論員|评论员|記者|通訊員)"
    r"|^(?:[□■●]|文[/／]|图[/／]|摄影)"
)
_DATELINE = re.compile(
    r"(?:本报|本報|新华社|新華社|据|中新社|中央社|人民网)"
    r"(?:.{0,24}(?:[电電讯訊]|报道|報道|消息)|.{2,8}\d{1,2}月\d)"
)
_SIGNATURE = re.compile(
    r"[（(][^（()）]{2,80}(?:报道|采写|整理|参与|[电摄撰]|综合|报导|報導|記者.*|记者.*)[)）]$"
)
_FOOT = re.compile(r"^(?:本版)?(?:责任?编辑|責任編輯|本版|版式|美编|校对)[^。]{0,40}$")
_BODY = re.compile(
    r"[，、,；：:]$|。|^(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[条章]|[（(][一二三四五六七八九十0-9]{1,3}[)）]|[0-9]{1,2}[.．、])|^[（(][^（()）]*[)）]$"
)
"""What no headline ends with, has or begins with: a comma, a full stop, the number of a clause;
nor is a line in brackets one: that is a signature."""

WRAPPED, FEW_LINES, FULL_SHARE, RAGGED = 60, 12, 0.3, 2.0
"""A page is hard-wrapped when at least 12 lines, and 30 % of all, have one width of up to 60
characters, give or take one; punctuation that may hang or not makes full lines ragged by two."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line with text on it: offsets without the white space around, and what stands before.

    ``titled`` says that it looks like a headline or subhead, ``indent`` how far it is set in, and
    ``gap`` is the white space between it and the line before.
    """

    start: int
    end: int
    text: str
    indent: int
    gap: str
    titled: bool = False

    @property
    def width(self) -> float:
        """How wide it is set, indent included, in Han characters; Latin ones are half as wide."""
        return self.indent + len(self.text) - len(_NARROW.findall(self.text)) / 2

    @property
    def length(self) -> int:
        """How many characters it has, indent included: some pages are wrapped by count."""
        return self.indent + len(self.text)

    @property
    def finished(self) -> bool:
        """Whether a sentence ends with it."""
        return ends_sentence(self.text)


def narrow(texts: Sequence[str]) -> list[int]:
    """How many characters of each line are half as wide as a Han character.

    >>> narrow(["第3版", "城事"])
    [1, 0]
    """
    import numpy as np

    raw = "".join((*texts, "\n")).encode("utf-32-le", "surrogatepass")
    starts = np.cumsum([0, *map(len, texts)])
    is_narrow = np.frombuffer(raw, dtype=np.uint32) <= _LAST_NARROW
    counts: list[int] = np.add.reduceat(is_narrow, starts, dtype=np.int64)[:-1].tolist()
    return counts


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a finished paragraph does: a stop, perhaps inside closing marks.

    >>> [ends_sentence(t) for t in ("发展。”", "拧成了一股绳，", "（本报北京电）", "《意见》")]
    [True, False, True, False]
    """
    bare = text.rstrip().rstrip(CLOSERS)
    if text.rstrip().endswith(("）", ")")):
        return bare[-1:] in STOPS or bool(_SIGNATURE.search(text.rstrip()))
    return bare[-1:] in STOPS


def signed(text: str) -> bool:
    """Whether a line is, or ends with, the signature of a finished story."""
    return bool(_SIGNATURE.search(text))


def begins_dated(text: str) -> bool:
    """Whether a line begins as the first of a news story does: 本报讯, 新华社北京1月4日电."""
    return bool(_DATELINE.match(text[:40]))


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

    def until(self, line: int) -> Tail:
        """The tail that ends before this line of its body."""
        return replace(self, body=self.body[:line], breaks=())


def lines_of(text: str, start: int, end: int) -> tuple[Line, ...]:
    """The lines of ``text[start:end]`` that have text on them."""
    return tuple(_lines(text, start, end))


def _lines(text: str, start: int, end: int) -> Iterator[Line]:
    gap_start, at = start, start
    while at <= end:
        found = LINE_BREAK.search(text, at, end)
        stop = found.start() if found else end
        raw = text[at:stop]
        bare = raw.strip()
        if bare:
            first = at + len(raw) - len(raw.lstrip())
            last = first + len(bare)
            yield Line(first, last, bare, first - at, text[gap_start:first])
            gap_start = last
        if not found:
            return
        at = found.end()


@dataclass(frozen=True, slots=True)
class Form:
    """How a page is set: the width of its columns where lines are wrapped, else 0; indents."""

    width: float
    indented: bool

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Form:
        """The form that most of these lines have."""
        widths, indents = [line.width for line in lines], [line.indent for line in lines]
        return cls.measured(widths, indents, [line.finished for line in lines])

    @classmethod
    def measured(
        cls, widths: Sequence[float], indents: Sequence[int], finished: Sequence[bool]
    ) -> Form:
        """The form that most lines have, given the width and the indent of each, and its end."""
        counts = Counter(map(round, widths))
        width, share = max(
            ((w, counts[w] + counts[w - 1]) for w in counts if w <= WRAPPED), key=itemgetter(1),
            default=(0, 0),
        )  # fmt: skip
        wrapped = len(widths) >= FEW_LINES and share >= FULL_SHARE * len(widths)
        begins = list(compress(indents[1:], finished))
        indented = sum(indent > 0 for indent in begins)
        return cls(width if wrapped else 0, bool(indented) and 2 * indented >= len(begins))

    def full(self, line: Line) -> bool:
        """Whether a line fills its column, as lines inside a paragraph do."""
        return self.filled(line.width, line.length)

    def filled(self, width: float, length: int) -> bool:
        """The same for a line of this width, and of so many characters, indent included."""
        near = min(abs(width - self.width), abs(length - self.width))
        return bool(self.width) and near <= RAGGED


def _balanced(text: str) -> bool:
    return all(text.count(a) == text.count(b) for a, b in ("()", "（）"))


def _titled(line: Line, titled: bool) -> Line:  # noqa: FBT001
    return replace(line, titled=True) if titled else line


def _leading(flags: Iterable[bool]) -> int:
    """How many flags are set before the first that is not."""
    return sum(1 for _ in takewhile(bool, flags))


_BY_LOOKS = Furniture()


class Sheet:
    """One page's lines and markers, ready to be cut into heads and tails."""

    __slots__ = ("foot", "form", "furnished", "lines", "markers", "page", "starts", "text")

    def __init__(
        self,
        text: str,
        page: Page,
        markers: Sequence[Marker],
        furniture: Furniture = _BY_LOOKS,
    ) -> None:
        """A page of ``text`` with the markers that stand on it and the furniture of its issue."""
        self.text, self.page, self.markers = text, page, markers
        self.lines = lines_of(text, page.start, page.end)
        self.furnished = [furniture.holds(line.text) for line in self.lines]
        self.foot = len(self.lines) - _leading(reversed(self.furnished))
        self.starts = [line.start for line in self.lines]
        self.form = Form.of(self.lines)
        titles = self._all_titles()
        self.lines = tuple(map(_titled, self.lines, titles))

    def closes(self, line: Line) -> bool:
        """Whether a paragraph ends with this line: by its stop or, in a column, by its length."""
        short = self.form.width and line.width < self.form.width - RAGGED
        return line.finished or (bool(short) and not _BODY.search(line.text))

    def _all_titles(self) -> list[bool]:
        """For each line whether it can be part of a headline, by its look and the line before."""
        marked = {self.line_at(m.start) for m in self.markers}
        titles: list[bool] = []
        for number in range(len(self.lines)):
            before = self.lines[number - 1] if number else None
            begins = before is None or self.closes(before) or titles[-1] or number - 1 in marked
            begins = begins or self.furnished[number - 1]
            follows = bool(titles) and titles[-1]
            looks = number not in marked and self._looks_titled(number, follows=follows)
            titles.append(begins and looks and not self._goes_on(number))
        return titles

    def _goes_on(self, number: int) -> bool:
        """Whether a jump line with a line of its own stands right below: no headline does that."""
        below = self.lines[number + 1] if number + 1 < len(self.lines) else None
        return below is not None and any(
            m.direction == "out" and m.start == below.start for m in self.markers
        )

    def _may_be_title(self, number: int) -> bool:
        """Whether a line can be part of a headline by its own words."""
        line = self.lines[number]
        if len(line.text) > HEADLINE or line.finished or _BODY.search(line.text):
            return False
        return not (self.furnished[number] or _FOOT.search(line.text))

    def _looks_titled(self, number: int, *, follows: bool) -> bool:
        """Whether a line looks like a headline, or like the next line of one."""
        line = self.lines[number]
        if not self._may_be_title(number):
            return False
        if self.form.indented and line.indent:
            return False
        if not self.form.width:
            return True
        following = self.lines[number + 1 : number + 2]
        if self.form.indented:
            return not self.form.full(line) or any(x.indent for x in following)
        return not self.form.full(line) and (follows or len(LINE_BREAK.findall(line.gap)) != 1)

    def line_at(self, offset: int) -> int:
        """The number of the line that ``offset`` is in, or of the one before it."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def heads(self) -> Iterator[Head]:
        """Every head of the page."""
        since = self.page.start
        for marker in self.markers:
            if marker.direction != "out":
                continue
            above = self._above(since, marker.start)
            rest = LINE_BREAK.split(self.text[marker.end : self.page.end][:200], maxsplit=1)[0]
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
        marked = any(m.start < line.end and m.end > line.start for m in self.markers)
        if line.titled:
            return True
        wide = len(line.text) >= WIDE_HEADLINE and self._may_be_title(number)
        looks = wide or self._looks_titled(number, follows=True)
        return looks and not marked and _balanced(line.text)

    def _body(self, marker: Marker) -> tuple[tuple[Line, ...], tuple[tuple[int, int], ...]]:
        """The lines of a tail from behind its marker, and where the next story may begin."""
        number = self.line_at(max(marker.start, marker.end - 1))
        rest = self._rest_of_line(number, marker)
        body, breaks = [rest] if rest else [], []
        number += 1 + (0 if body else _leading(self.furnished[number + 1 :]))
        while number < self.foot and not self._ends_before(number, marker.end):
            block = self._block(number) if body and self.closes(body[-1]) else ()
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

    def _marked(self, direction: str, line: Line) -> bool:
        return any(
            m.direction == direction and line.start <= m.start < line.end for m in self.markers
        )

    def _ends_before(self, number: int, since: int) -> bool:
        """Whether another tail or the foot of the page begins with this line."""
        line = self.lines[number]
        return bool(_FOOT.search(line.text)) or (line.end > since and self._marked("in", line))

    def _certain(self, number: int, block: Sequence[Line]) -> bool:
        """Whether these headline-like lines open another story for certain."""
        following = self.lines[number + len(block) :][:2]
        if following and self._marked("in", following[0]):
            return True
        if any(begins_dated(x.text) for x in following):
            return True
        return self.form.indented and any(x.indent for x in following[:1])

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
