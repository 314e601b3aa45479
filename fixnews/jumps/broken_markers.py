r"""Jump lines that OCR broke: 〈下转2艇), 上接Al版, 【下震第三站, (紧接]版), 下特C版.

Two of the three characters that make a marker (上接…版, 下转…版) must have survived, and it must
stand where markers stand: alone in its line, in brackets, going out at the end of a line, coming in
at the start of one. What is read here is a suspicion. Only a half on the other page that agrees
makes it a marker; alone it is reported and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from fixnews.jumps.grammar import Marker
from fixnews.jumps.refs import UNKNOWN, Ref, page_ref
from fixnews.jumps.spellings import CLOSE, OPEN, Direction
from fixnews.patterns import lazy
from fixnews.source import BREAKS

_GAP = r"[ \t\u3000]{0,2}"
_DIGIT = r"[0-9０-９lI|\]!OoQZzSB?一二三四五六七八九十]"
_PAGE = rf"第?{_GAP}(?:[A-Z]{_GAP})?[-.]?{_DIGIT}{{1,3}}L?"
_OPEN, _CLOSE = f"[{re.escape(OPEN)}《〈]", f"[{re.escape(CLOSE)}》〉]"

_FORMS: tuple[tuple[Direction, str], ...] = (
    ("out", rf"(?:下|紧){_GAP}[转轉]{_GAP}(?P<page>{_PAGE}).?{_GAP}[版页頁]"),
    ("in", rf"(?:上|紧){_GAP}接{_GAP}(?P<page>{_PAGE}).?{_GAP}[版页頁]"),
    ("out", rf"(?:下|紧){_GAP}[转轉]{_GAP}(?P<page>{_PAGE}){_GAP}[^\s，。、：；]"),
    ("in", rf"(?:上|紧){_GAP}接{_GAP}(?P<page>{_PAGE}){_GAP}[^\s，。、：；]"),
    ("out", rf"(?:下|紧)[^\s，。接卷册]{_GAP}(?P<page>{_PAGE}){_GAP}[版页頁站艇]"),
    ("in", rf"(?:上|紧)[^\s，。转轉卷册]{_GAP}(?P<page>{_PAGE}){_GAP}[版页頁站艇]"),
    ("out", rf"[^\s，。]?[转轉]{_GAP}(?P<page>{_PAGE}){_GAP}[版页頁]"),
    ("in", rf"[^\s，。]?接{_GAP}(?P<page>{_PAGE}){_GAP}[版页頁]"),
    ("out", rf"下[转轉特村轩]{_GAP}(?P<page>第?[A-Z]?){_GAP}[版页頁]"),
    ("in", rf"(?:上接|紧接|[^\s，。]接){_GAP}(?P<page>第?[A-Z]?){_GAP}[版页頁]"),
)
"""Direction and shape, the surest first: a digit misread, the last character, the second, the
first, the number lost. From 138 readings of 23 markers by three recognisers."""

_CERTAIN = 2
"""Forms so complete that they need no brackets."""

_SHAPES = tuple((way, lazy(shape)) for way, shape in _FORMS)
_SIGHT = lazy(r"[转轉接]|[下上紧][^\n]{0,6}[版页頁站艇]")
_LINE = lazy(f"[^{BREAKS}]+")
_DEBRIS = 3
"""Characters that arrows may have been read as: 估耻, 本二, j>拓, 4."""

_REACH = 16
"""Characters at the ends of a line in which a marker is looked for."""

_LONG = 1 << 10
"""Characters of the longest line that is remembered."""

LINES_KNOWN = 1 << 12
"""Lines of which it is kept whether they may hold a marker: those of some pages."""

_READ_AS = str.maketrans("lI|]!OoQZzS", "11111000225", "?.L")


def find_broken(text: str) -> Iterator[Marker]:
    r"""What may be a jump line that OCR broke, at most one at each end of a line.

    >>> [str(m.refs[0]) for m in find_broken("合企业的不〈下转2艇)\n梧才上接A]版\n")]
    ['2', 'A1']
    >>> list(find_broken("他转身接过第2版的校样。"))
    []
    """
    for line in _LINE.finditer(text) if _SIGHT.search(text) else ():
        start, end = line.span()
        if end - start > _LONG or _shows(line.group()):
            yield from _at_ends(text, start, end)


@lru_cache(LINES_KNOWN)
def _shows(line: str) -> bool:
    """Whether a line has a sign of a marker at one of its ends."""
    return bool(_SIGHT.search(line, 0, _REACH) or _SIGHT.search(line, max(0, len(line) - _REACH)))


def _at_ends(text: str, start: int, end: int) -> Iterator[Marker]:
    """The markers at the ends of a line; one of 50 MB costs no more than these."""
    if _SIGHT.search(text, start, min(end, start + _REACH)):
        yield from _coming(text, start, end)
    if _SIGHT.search(text, max(start, end - _REACH), end):
        yield from _going(text, start, end)


def ends_broken(line: str) -> bool:
    """Whether a line ends with what may be a jump line that OCR broke.

    >>> ends_broken("合企业的不〈下转2艇)"), ends_broken("合企业的不断发展")
    (True, False)
    """
    tail = line[-_REACH:]
    lines = _LINE.finditer(tail) if _SIGHT.search(tail) else ()
    return any(True for line in lines for _ in _going(tail, *line.span()))


def is_broken(line: str) -> bool:
    """Whether a line is nothing but what may be a jump line that OCR broke.

    >>> is_broken("下转Al版"), is_broken("合企业的不〈下转2艇)")
    (True, False)
    """
    if len(line) > _REACH or not _SIGHT.search(line):
        return False
    found = (*_going(line, 0, len(line)), *_coming(line, 0, len(line)))
    return any(marker.end - marker.start == len(line) for marker in found)


def _going(text: str, start: int, end: int) -> Iterator[Marker]:
    last = start + len(text[start:end].rstrip())
    for rank, (way, shape) in enumerate(_SHAPES):
        found = _last(shape, text, max(start, last - _REACH), last) if way == "out" else None
        if not found:
            continue
        left, right = _outer(text, start, found.start()), text[found.end() : last]
        bracketed = left < found.start() or bool(re.match(_CLOSE, right))
        alone = len(text[start:left].strip()) <= _DEBRIS
        if len(right) <= 1 and (bracketed or alone or rank < _CERTAIN):
            first = start if alone and _is_blot(text[start:left]) else left
            yield Marker(_inked(text, first), last, "out", (_page(found["page"]),), broken=True)
            return


def _coming(text: str, start: int, end: int) -> Iterator[Marker]:
    first = start + len(text[start:end]) - len(text[start:end].lstrip())
    for rank, (way, shape) in enumerate(_SHAPES):
        found = shape.search(text, first, min(end, first + _REACH)) if way == "in" else None
        if not found:
            continue
        closing = re.compile(rf"{_GAP}{_CLOSE}").match(text, found.end(), end)
        stop = closing.end() if closing else found.end()
        alone = not text[stop:end].strip()
        debris = text[first : found.start()]
        if len(debris) <= _DEBRIS and (closing or alone or rank < _CERTAIN):
            begin = first if _is_blot(debris) else _outer(text, first, found.start())
            yield Marker(begin, stop, "in", (_page(found["page"]),), broken=True)
            return


def _is_blot(debris: str) -> bool:
    """Whether what stands before a marker can be no text: dashes, brackets, dots, no letter."""
    return not any(map(str.isalnum, debris))


def _last(shape: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    return max(shape.finditer(text, start, end), key=lambda m: m.start(), default=None)


def _outer(text: str, start: int, at: int) -> int:
    """``at``, or the brackets and dashes before it."""
    opening = re.search(rf"(?:{_OPEN}|[—一-]{{2}}){_GAP}{_OPEN}?\Z", text[max(start, at - 5) : at])
    return at - (min(5, at - start) - opening.start()) if opening else at


def _inked(text: str, at: int) -> int:
    while text[at].isspace():
        at += 1
    return at


def _page(digits: str) -> Ref:
    """The page that misread digits may stand for, or `UNKNOWN`."""
    return page_ref(digits.replace(" ", "").translate(_READ_AS)) if digits else UNKNOWN
