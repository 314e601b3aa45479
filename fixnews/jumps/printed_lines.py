"""The lines of a page as jumps read them: where they stand, how wide they are, how they end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from fixnews.patterns import lazy
from fixnews.source import LINE_BREAK

LINES_KNOWN = 1 << 12
"""Lines whose look is kept: the lines of an issue are asked about again and again."""

STOPS = "。！？!?…；"
CLOSERS = "”’」』）)】》〉\"'"
_LAST_NARROW = 0x2000
_NARROW = lazy("[\x00-\u2000]")
_DATELINE = lazy(
    r"(?:本报|本報|新华社|新華社|据|中新社|中央社|人民网)"
    r"(?:.{0,24}(?:[电電讯訊]|报道|報道|消息)|.{2,8}\d{1,2}月\d)"
)
_SIGNATURE = lazy(
    r"[（(][^（()）]{2,80}(?:报道|采写|整理|参与|[电摄撰]|综合|报导|報導|記者.*|记者.*)[)）]$"
)
WRAPPED, FEW_LINES, FULL_SHARE, RAGGED = 60, 12, 0.3, 2.0
"""A page is hard-wrapped when at least 12 lines, and 30 % of all, have one width of up to 60
characters, give or take one; punctuation that may hang or not makes full lines ragged by two."""


class Line(NamedTuple):
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

    def shifted(self, by: int) -> Line:
        """The same line of a text in which its page begins ``by`` characters in."""
        at = self.start + by, self.end + by
        return Line(*at, self.text, self.indent, self.gap, self.titled) if by else self

    @property
    def width(self) -> float:
        """How wide it is set, indent included, in Han characters; Latin ones are half as wide."""
        return self.indent + len(self.text) - _narrow(self.text) / 2

    @property
    def length(self) -> int:
        """How many characters it has, indent included: some pages are wrapped by count."""
        return self.indent + len(self.text)

    @property
    def finished(self) -> bool:
        """Whether a sentence ends with it."""
        return ends_sentence(self.text)


@lru_cache(LINES_KNOWN)
def _narrow(text: str) -> int:
    """How many characters of a line are half as wide as a Han character."""
    return len(_NARROW.findall(text))


def narrow(texts: Sequence[str]) -> list[int]:
    """How many characters of each line are half as wide as a Han character.

    >>> narrow(["第3版", "城事"])
    [1, 0]
    """
    raw = "".join((*texts, "\n")).encode("utf-32-le", "surrogatepass")
    starts = np.cumsum([0, *map(len, texts)])
    is_narrow = np.frombuffer(raw, dtype=np.uint32) <= _LAST_NARROW
    counts: list[int] = np.add.reduceat(is_narrow, starts, dtype=np.int64)[:-1].tolist()
    return counts


@lru_cache(LINES_KNOWN)
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
        half = narrow([line.text for line in lines])
        widths = [line.length - cells / 2 for line, cells in zip(lines, half, strict=True)]
        indents = [line.indent for line in lines]
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
