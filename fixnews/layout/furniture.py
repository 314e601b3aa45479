"""Page furniture: the lines that belong to a page and to no story on it.

Folio, masthead, date line, section head, editors' line, page number, notices with telephone and
price. One detector for all who ask: labels are read from it, jumps and joins look through it, it is
never a headline and stays where it stands. A line is furniture by what it is made of (a page's
name, a date, a weekday, a section, editors and nothing else), or because it stands again and again
at the top or foot of an issue's pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from fixnews.jumps.refs import GAP, LETTERS, NUMBER, UNIT, UNKNOWN, Ref, page_ref
from fixnews.patterns import lazy
from fixnews.source import BREAKS
from fixnews.words.lexicon import page_words


def one_of(kind: str) -> str:
    """A pattern for one of the words of a class of ``page-words.tsv``, the longest first."""
    return "|".join(map(re.escape, sorted(page_words(kind), key=len, reverse=True)))


class Face(StrEnum):
    """What a line of furniture is."""

    FOLIO = "folio"
    MASTHEAD = "masthead"
    DATE_LINE = "date line"
    SECTION_HEAD = "section head"
    EDITORS = "editors"
    PAGE_NUMBER = "page number"
    NOTICE = "notice"
    RUNNING_HEAD = "running head"


LINES_KNOWN = 1 << 12
"""Lines whose parts are kept: several filters ask about the same lines, round after round."""

ISSUES_KNOWN = 1 << 4
"""Issues of which it is kept what their running heads begin with."""

LONGEST = 80
"""Characters of the longest line that can be furniture: a folio with date, section and editors."""

DEPTH, FOOT = 4, 2
"""Lines from the top and from the foot of a page in which its furniture stands; mastheads take up
to three."""

OFTEN = 2
"""Pages on whose edge a line stands, not counting those on which a continuation line follows it,
from which it is furniture: a headline is printed again only over its story's continuation."""

_HAN = r"[\u3400-\u9fff]"
_SECTION = rf"(?:{one_of('section-before')})?(?:{one_of('section')})(?:{one_of('section-behind')})?"
_PAPER = (
    rf"(?!本报|本報|据|[^ ]{{0,6}}[记記]者)"
    rf"(?:{_HAN}{{1,8}}(?:{one_of('paper')})|{_HAN}{{2,8}}[报報](?=[ \t\u3000]|\Z))"
)
_NUMERAL = r"[0-9０-９〇○零一二三四五六七八九十]"
_DATE = (
    rf"{_NUMERAL}{{2,4}}[ ]?年[ ]?{_NUMERAL}{{1,3}}[ ]?月[ ]?{_NUMERAL}{{1,3}}[ ]?[日号]"
    r"|(?:1[89]|20)\d\d[-./]\d{1,2}[-./]\d{1,2}(?!\d)"
    rf"|{_NUMERAL}{{1,3}}月{_NUMERAL}{{1,3}}日"
)
_WEEKDAY = r"(?:星期|周|週|礼拜)[一二三四五六日天]"
_LUNAR = (
    r"(?:农历|農曆|夏历|阴历)?[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年"
    r"(?:闰?[正一二三四五六七八九十冬腊]{1,2}月(?:初|十|廿|二十|三十)?[一二三四五六七八九十]{0,2})?"
    r"|(?:农历|農曆)?闰?[正一二三四五六七八九十冬腊]{1,2}月(?:初|十|廿)[一二三四五六七八九十]"
    r"|民国.{1,4}年"
)
_ISSUE = (
    r"(?:总?第|總第|总)\s*[\d０-９]{1,6}\s*[期号號]|今日(?:本报)?(?:共)?\s*[\d一二三四五六七八九十]{1,3}\s*[版页]"
    r"|(?:本期|今天|共)\s*[\d一二三四五六七八九十]{1,3}\s*[版页]"
)
_OFFICE = rf"(?:{one_of('office-before')})*(?:{one_of('office')})(?:设计|設計)?"
_NAME = rf"(?!{_OFFICE})[\u3400-\u9fff·]{{2,4}}(?=[\s、，,/／丨|｜】）)\]=]|\Z|{_OFFICE})"
_EDITED = (
    rf"{_OFFICE}[ \t\u3000]*[:：;；/／丨|｜ \u3000]+{_NAME}"
    rf"(?:[ \t\u3000、，,/／]+{_NAME}){{0,4}}"
)
_CONTACT = (
    rf"(?:{one_of('contact')})(?:[:： \t\u3000]+|(?=[0-9０-９]))"
    r"[A-Za-z0-9０-９@._\-—+/元角分:（）()号\u3000 \u4e00-\u9fff]{1,40}"
    r"|(?:https?://|www\.)[\w./?=&%-]+|[A-Za-z0-9_.-]+@[A-Za-z0-9-]+\.[A-Za-z.]+"
)
_NAMED_PAGE = (
    rf"第{GAP}(?:{LETTERS})?{NUMBER}{GAP}{UNIT}|(?:{LETTERS}[-－]?)?{NUMBER}{GAP}{UNIT}|[头頭]版"
    rf"|{LETTERS}[-－]?[0-9０-９]{{1,3}}(?![0-9０-９A-Za-z.．年月日])"
)
_COUNT = (
    r"(?:[Pp]age|PAGE|第)?\s*[0-9０-９]{1,4}(?![0-9０-９])"
    r"(?:\s*(?:[/／]|of|共)\s*[0-9０-９]{1,4})?\s*[页頁]?(?![年月日])"
)

_MADE_OF: tuple[tuple[Face, re.Pattern[str]], ...] = (
    (Face.DATE_LINE, lazy(_DATE)),
    (Face.DATE_LINE, lazy(_WEEKDAY)),
    (Face.DATE_LINE, lazy(_LUNAR)),
    (Face.MASTHEAD, lazy(_ISSUE)),
    (Face.EDITORS, lazy(_EDITED)),
    (Face.NOTICE, lazy(_CONTACT)),
    (Face.FOLIO, lazy(_NAMED_PAGE)),
    (Face.MASTHEAD, lazy(_PAPER)),
    (Face.SECTION_HEAD, lazy(rf"{_SECTION}(?![\u3400-\u9fff])|{_SECTION}(?={_OFFICE})")),
    (Face.PAGE_NUMBER, lazy(_COUNT)),
)
"""What furniture is made of, the first that fits; a line made of nothing else is furniture."""

_ANY = lazy("|".join(f"(?:{form.pattern})" for _, form in _MADE_OF))
"""Any of these: most lines begin with none, and one look tells."""

_STRONGEST = (
    Face.FOLIO, Face.DATE_LINE, Face.EDITORS, Face.MASTHEAD, Face.NOTICE, Face.SECTION_HEAD,
    Face.PAGE_NUMBER,
)  # fmt: skip
"""What a line is that is made of several, the first that it has."""

_STRONG = frozenset({Face.DATE_LINE, Face.MASTHEAD, Face.EDITORS, Face.FOLIO})

MISREAD = 5
"""Characters of a line of furniture that a recogniser may have misread, where two of its other
parts are a date, an issue's number, editors or a page's name."""

_SEPARATOR = lazy(r"[\s·•|｜丨/／—–―─\-－:：,，、;；=*#~_【】\[\]()（）《》〈〉<>★☆■□●◆◇▲△▼※→←▶◀]*")
_OWN_NAME = lazy(r"[\u3400-\u9fff]{2,8}(?=[\s】）)\]=|｜/／·]|\Z)")
"""A section whose name is the paper's own, behind the page: 第4版 城厢."""
_UNREAD = lazy(r"[^\s]{1,4}?(?=[\s]|[\d第今]|\Z)")
"""A word that a recogniser misread (星职三), between others that tell what the line is."""

_BREAK = lazy(f"[{BREAKS}]+")
_DIGITS = lazy(r"[0-9０-９]+|\s+")


class Piece(NamedTuple):
    """A part of a line: what it is, and its words."""

    face: Face
    text: str


def pieces(line: str) -> tuple[Piece, ...]:
    """What a line is made of, if it is made of furniture from its first character to its last.

    >>> [(p.face.value, p.text) for p in pieces("A2 城事 责任编辑：张敏")]
    [('folio', 'A2'), ('section head', '城事'), ('editors', '责任编辑：张敏')]
    >>> pieces("第三版主编离任的消息传开")
    ()
    """
    return _pieces(line) if 0 < len(line) <= LONGEST else ()


@lru_cache(LINES_KNOWN)
def _pieces(line: str) -> tuple[Piece, ...]:
    """The same of a line that is short enough."""
    at = _skipped(line, 0)
    if not (_ANY.match(line, at) and _balanced(line)):
        return ()
    found: list[Piece] = []
    unread = 0
    while at < len(line):
        piece = _piece(line, at, found)
        lost = None if piece else _UNREAD.match(line, at)
        if piece:
            found.append(piece)
        elif lost and found:
            unread += len(lost.group())
        else:
            return ()
        at = _skipped(line, at + len(piece.text if piece else lost.group() if lost else ""))
    sure = not unread or (unread <= MISREAD and len({p.face for p in found} & _STRONG) > 1)
    return tuple(found) if sure else ()


def _balanced(line: str) -> bool:
    return sum(map(line.count, "（(【[")) == sum(map(line.count, "）)】]"))


def _skipped(line: str, at: int) -> int:
    separator = _SEPARATOR.match(line, at)
    return separator.end() if separator else at


def _piece(line: str, at: int, before: list[Piece]) -> Piece | None:
    for face, form in _MADE_OF if _ANY.match(line, at) else ():
        match = form.match(line, at)
        if match and match.group().strip():
            return Piece(face, match.group())
    own = _OWN_NAME.match(line, at) if before and at and not line[at - 1].isalnum() else None
    marked = own and before[-1].face is Face.FOLIO and re.search(UNIT, before[-1].text)
    return Piece(Face.SECTION_HEAD, own.group()) if own and marked else None


def face(line: str) -> Face | None:
    """What a line of furniture is by what it is made of; None for a line of text.

    >>> [str(face(x)) for x in ("第04版：民生", "江州日报", "2021年3月18日 星期四", "— 4 —")]
    ['folio', 'masthead', 'date line', 'page number']
    >>> str(face("要闻"))
    'section head'
    >>> [face(x) for x in ("老码头的第二春", "第三版主编离任", "3人受伤", "2020年，我市")]
    [None, None, None, None]
    """
    found = pieces(line)
    if not found:
        return None
    made_of = {piece.face for piece in found}
    return next((kind for kind in _STRONGEST if kind in made_of), None)


_TRACES = tuple(map(lazy, (_DATE, _WEEKDAY, _ISSUE, _OFFICE + "[:：;；]")))


TRACES = 2
"""Parts that only furniture has, from which a line on the edge of a page is furniture though other
parts of it were misread. Of 1,990 printed lines of running text and headlines of issues 000 to 003
32 have one and none has two; of the lines of furniture that have any, all have two and more."""


def traces(line: str) -> int:
    """How many parts that furniture is made of stand in a line, whatever stands between them.

    It tells a line that a recogniser misread, where its place says that it may be furniture; by
    itself it tells nothing: a story may name a date and a weekday.

    >>> traces("2021年1]月8日星期六第4519期今日8版"), traces("第三版主编离任的消息传开")
    (3, 0)
    """
    return sum(1 for part in _TRACES for _ in part.finditer(line)) if len(line) <= LONGEST else 0


def page_named(line: str) -> Ref:
    """The page that a line of furniture names, or `UNKNOWN`.

    >>> [str(page_named(x)) for x in ("第04版：民生", "=== 第4版 ===", "A2 城事", "4 要闻", "04")]
    ['4', '4', 'A2', '4', '?']
    """
    made_of = pieces(line)
    named = next((page_ref(p.text) for p in made_of if p.face is Face.FOLIO), UNKNOWN)
    if named.number or len(made_of) < 2:
        return named
    return page_ref(made_of[0].text) if made_of[0].face is Face.PAGE_NUMBER else UNKNOWN


def edges(text: str) -> tuple[list[str], list[str]]:
    """The lines at the top and at the foot of a page in which its furniture stands."""
    top = [x.strip() for x in _BREAK.split(text[: 6 * LONGEST]) if x.strip()][:DEPTH]
    foot = [x.strip() for x in _BREAK.split(text[-3 * LONGEST :])[1:] if x.strip()][-FOOT:]
    return top, foot


def form(line: str) -> str:
    """A line as it stands on every page: its numbers and blanks left out of account."""
    return _DIGITS.sub("#", line.strip())


@lru_cache(ISSUES_KNOWN)
def _firsts(forms: frozenset[str]) -> frozenset[str]:
    """What the lines of these forms begin with."""
    numbers = "0123456789０１２３４５６７８９" if any(f[:1] == "#" for f in forms) else ""
    return frozenset((*numbers, *(f[:1] for f in forms)))


@dataclass(frozen=True, slots=True)
class Furniture:
    """The furniture of an issue: what lines look like, and what repeats on its pages.

    Attributes:
        repeated: the forms of the lines that stand on the edges of several pages.
    """

    repeated: frozenset[str] = frozenset()

    @classmethod
    def of(cls, pages: Iterable[Iterable[str]]) -> Furniture:
        """The furniture of pages, of each its outer lines, those over a continuation line left out.

        >>> edges = [["江城新闻·02", "码头记"], ["江城新闻·03", "公园记"], ["江城新闻·04"]]
        >>> Furniture.of(edges).holds("江城新闻·07")
        True
        """
        count = Counter(f for page in pages for f in {form(line) for line in page})
        return cls(frozenset(line for line, n in count.items() if n >= OFTEN and line != "#"))

    def face(self, line: str) -> Face | None:
        """What a line of furniture is, or None."""
        known = face(line)
        if known or line.strip()[:1] not in _firsts(self.repeated):
            return known
        return Face.RUNNING_HEAD if form(line) in self.repeated else None

    def holds(self, line: str) -> bool:
        """Whether a line is furniture."""
        return self.face(line) is not None
