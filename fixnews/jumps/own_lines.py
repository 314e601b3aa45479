"""Jump lines that have the line to themselves: →A4, ▶▶下转04版, 转P4, （第4版 续）, # （上接A1版）.

Such a line needs less to be read than a marker inside a paragraph: its signs are peeled off, and
what is left must be a jump line from its first character to its last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from fixnews.jumps import spellings
from fixnews.jumps.grammar import (
    ALONE,
    BESIDE,
    EXTRA,
    SAID,
    TAIL,
    TURN,
    WORDS,
    Marker,
    either,
    names_page,
    word_of,
)  # fmt: skip
from fixnews.jumps.refs import GAP, PAGES, UNIT, Ref, number_of, refs_of
from fixnews.jumps.spellings import ARROW, CLOSE, DASH, DOTS, OPEN, Direction, Reading
from fixnews.patterns import lazy
from fixnews.source import BREAKS

LEAST = 4
"""Characters of the shortest line in brackets that names a page: [A4]."""

KNOWN = 8
"""Texts of which the lines that may be jump lines are kept: several filters ask about one page."""

LONGEST = 48
"""Characters of the longest line read as nothing but a jump line."""

_LINE = lazy(f"[^{BREAKS}]+")
_HINT = lazy(
    rf"[{spellings.TURNING}{spellings.OUTWARD}{spellings.INWARD}<>《》〈〉]|(?i:cont|turn|jump|from)"
)
_PAGED = lazy(r"[0-9０-９版页頁叠疊]")
"""What every jump line has: a sign or word of turning, and a page."""

_ASCII: dict[str, str] = {way: form for form, way in spellings.ASCII_ARROWS}
_SIGN = (
    rf"(?:{_ASCII['out']}|{_ASCII['in']}|一一(?=[^\d一])"
    rf"|[\s#~_`=|{re.escape(ARROW + DASH + DOTS)}])"
)
_LEFT, _RIGHT = lazy(rf"{_SIGN}*"), lazy(rf"{_SIGN}*\Z")
_OPEN, _CLOSE = OPEN + spellings.QUOTES_OPEN, CLOSE + spellings.QUOTES_CLOSE
_TAIL = lazy(rf"{TAIL}\Z")
_POINTS = {
    way: lazy(f"[{signs}]|{_ASCII[way]}")
    for way, signs in (("out", spellings.OUTWARD), ("in", spellings.INWARD))
}

_SEPARATED = rf"(?:\s*{BESIDE}\s*|\s+)"
_NAMED = rf"第?{GAP}(?P<pages>{PAGES}){GAP}(?P<unit>{UNIT}?)"
_TURNS = lazy(rf"{SAID}{TURN}(?:{_SEPARATED}{EXTRA})?")
_TURNS_FRAMED = lazy(rf"{SAID}{TURN}(?:\s*{BESIDE}?\s*{EXTRA})?")
_GOES_ON = lazy(rf"{_NAMED}[\s，,·]*(?:{either(spellings.BEHIND)})")
_PAGE = lazy(rf"{_NAMED}(?:{_SEPARATED}[^\W\d_]{{1,6}})?")
_WORDS_BEFORE = lazy(
    rf"(?P<words>[^。！？，,；;]{{0,12}}?){_NAMED}(?:{_SEPARATED}[^\W\d_]{{1,6}})?\Z"
)
_GUIDED = lazy(rf"(?:[{spellings.TURNING}]|{either(spellings.REFERENCES)})[^。！？，,；;]{{0,4}}\Z")
_RELATIVE = lazy(rf"[{spellings.TURNING}][^\W\d_]{{0,2}}[上下次前后後]一?{UNIT}")
"""A page that is named by its place only: 转下页, （接上版）."""

_REFERS = lazy(either(spellings.REFERENCES))
_MAY_GUIDE = lazy(rf"{_HINT.pattern}|{either(spellings.REFERENCES)}|[{re.escape(_OPEN)}]")
"""What a line has that guides to a page: a sign or word of turning, one of reference, a bracket."""
_ENGLISH = tuple(
    (
        reading,
        lazy(rf"(?i:{form}\s+(?P<unit>{spellings.ENGLISH_PAGE}?)\s*(?P<pages>[A-Z]?-?\d{{1,3}}))"),
    )
    for form, reading in spellings.ENGLISH
)


class Peeled(NamedTuple):
    """A line without the signs around it: what is left, the signs, whether it was in brackets."""

    bare: str
    signs: str
    framed: bool


def peeled(line: str) -> Peeled:
    """A line without arrows, dashes, ornaments, Markdown, brackets and quotation marks around it.

    >>> peeled("▶▶（下转04版）"), peeled("**上接A1版**").bare
    (Peeled(bare='下转04版', signs='▶▶', framed=True), '上接A1版')
    """
    signs, framed = "", False
    while True:
        left = _LEFT.match(line)
        line, signs = _cut(line, left.span() if left else (0, 0), signs)
        right = _RIGHT.search(line)
        line, signs = _cut(line, right.span() if right else (0, 0), signs)
        if not _enclosed(line):
            return Peeled(line, signs, framed)
        line, framed = line[1:-1], True


def _cut(line: str, span: tuple[int, int], signs: str) -> tuple[str, str]:
    """A line without a span at its start or end, and the signs with what was there."""
    start, end = span
    return line[:start] + line[end:], signs + line[start:end]


def _enclosed(line: str) -> bool:
    """Whether one pair of brackets or quotation marks holds a whole line."""
    if len(line) < LEAST or line[0] not in _OPEN or line[-1] not in _CLOSE:
        return False
    steps = ((c in _OPEN and c not in _CLOSE) - (c in _CLOSE and c not in _OPEN) for c in line[:-1])
    return all(depth > 0 for depth in accumulate(steps)) or line[0] in _CLOSE


class Told(NamedTuple):
    """What a jump line says: which way, and to which pages."""

    reading: Reading
    refs: tuple[Ref, ...]


def told(line: str) -> Told | None:
    """What a line says that is nothing but a jump line, or None.

    >>> told("→A4"), told("（第4版 续）").reading, told("下转P4").refs[0].number
    (Told(reading='out', refs=(Ref(section='A', number=4),)), 'either', 4)
    >>> told("转四号线地铁"), told("第4版 民生"), told("详见A4版")
    (None, None, None)
    """
    bare, signs, framed = peeled(line)
    turn = (_TURNS_FRAMED if framed else _TURNS).fullmatch(bare)
    if turn and _is_page(turn, framed):
        return Told(WORDS[word_of(turn)], refs_of(turn["pages"]))
    behind = _GOES_ON.fullmatch(bare)
    if behind and names_page(behind["pages"], behind["unit"]):
        return Told("either", refs_of(behind["pages"]))
    return _english(bare) or _pointed(bare, signs)


def _is_page(turn: re.Match[str], framed: bool) -> bool:  # noqa: FBT001
    """Whether a page stands behind the word: surely one, or a number where nothing else can be."""
    if not turn["pages"]:
        return framed and bool(turn["unit"])
    bare = word_of(turn) in ALONE and turn.end("unit") == len(turn.string)
    return names_page(turn["pages"], turn["unit"]) or (bare and number_of(turn["pages"]) > 0)


def _english(bare: str) -> Told | None:
    for reading, form in _ENGLISH:
        found = form.fullmatch(bare)
        if found and (found["unit"] or found["pages"][0].isalpha()):
            return Told(reading, refs_of(found["pages"].replace("-", "")))
    return None


def _pointed(bare: str, signs: str) -> Told | None:
    """A page that an arrow points to or from, without any word."""
    ways: list[Direction] = [way for way in ("out", "in") if _POINTS[way].search(signs)]
    page = _PAGE.fullmatch(bare) if len(ways) == 1 else None
    if page and names_page(page["pages"], page["unit"]):
        return Told(ways[0], refs_of(page["pages"]))
    return None


def guides(line: str) -> bool:
    """Whether a short line guides the reader to a page, whatever it says, read or not.

    It names a page, and has an arrow or brackets around it or a word of turning before it.

    >>> [guides(x) for x in ("→A4", "☞更多报道 A4版", "（图文4版）", "详见A3版", "见习转岗到A4版")]
    [True, True, True, True, True]
    >>> [guides(x) for x in ("转四号线地铁", "这批邮件先送到A4仓库，", "第4版 民生", "（第三届）")]
    [False, False, False, False]
    """
    if len(line) > LONGEST or not (_PAGED.search(line) and _MAY_GUIDE.search(line)):
        return False
    line = _TAIL.sub("", line.strip())
    bare, signs, framed = peeled(line)
    if told(line) or _RELATIVE.fullmatch(bare):
        return True
    found = _WORDS_BEFORE.match(bare)
    if not found or not names_page(found["pages"], found["unit"]):
        return False
    pointed = any(form.search(signs) for form in _POINTS.values())
    return framed or pointed or bool(_GUIDED.search(found["words"]))


def may_turn(line: str) -> bool:
    """Whether a line has what every line has that is nothing but a jump line.

    >>> may_turn("→A4"), may_turn("下转第四版"), may_turn("第4版 民生")
    (True, True, False)
    """
    return len(line) <= LONGEST and bool(_PAGED.search(line) and _HINT.search(line))


def refers(line: str) -> bool:
    """Whether a line has a word of a cross-reference: another story stands there.

    >>> refers("→详见A4版"), refers("→A4")
    (True, False)
    """
    return _REFERS.search(line) is not None


def unread(text: str) -> Iterator[tuple[int, int]]:
    """Where lines stand that guide the reader to a page and say nothing that is understood."""
    for at, line in _paged(text):
        bare = line.strip()
        if guides(bare) and not (told(_TAIL.sub("", bare)) or refers(bare)):
            start = text.index(bare, at)
            yield start, start + len(bare)


@lru_cache(KNOWN)
def _paged(text: str) -> tuple[tuple[int, str], ...]:
    """The short lines that have a sign of a page, so that they may be jump lines at all."""
    found, at, breaks = [], 0, ""
    while sign := _PAGED.search(text, at):
        breaks = breaks or "".join(end for end in BREAKS if end in text)
        begin = at
        for end in breaks:
            begin = max(begin, 1 + text.rfind(end, begin, sign.start()))
        line = _LINE.match(text, begin)
        at = line.end() if line else len(text)
        if line and at - line.start() <= LONGEST:
            found.append((line.start(), line.group()))
    return tuple(found)


def own_lines(text: str) -> Iterator[tuple[Marker, Reading]]:
    """The lines of a text that are nothing but jump lines, and what their words say."""
    for at, line in _paged(text):
        bare = line.strip()
        if not _HINT.search(bare):
            continue
        bare = _TAIL.sub("", bare)
        found = told(bare)
        if found:
            start = text.index(bare, at)
            way: Direction = "out" if found.reading == "out" else "in"
            yield Marker(start, start + len(bare), way, found.refs), found.reading
