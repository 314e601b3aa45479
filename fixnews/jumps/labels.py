"""Which page of which issue a text is: the names that jump lines point at.

A page's label comes from its name (``A1``, ``20200201-04``, ``第3版``; `names`), else from its own
folio line (``A2 城事 责任编辑：…``, ``第二版 综合``), else from its place in the stream. Issues are
told apart by folder, by a date and a newspaper's letters in the name, and where a label would
otherwise stand twice by the rest of the name. A file may hold several pages: page breaks part them,
or lines that name a page and stand where one begins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import PurePath
from typing import Literal

from fixnews.draft import Draft
from fixnews.jumps import page_names
from fixnews.jumps.page_names import Name
from fixnews.jumps.refs import UNKNOWN, Ref
from fixnews.layout import furniture
from fixnews.layout.furniture import Face
from fixnews.patterns import lazy
from fixnews.source import BREAKS, PAGE_BREAK

Origin = Literal["name", "folio", "order"]

_ISSUE_NUMBER = lazy(r"(?:第\s*\d{2,6}\s*(?:期|号|號)|今日.{1,4}版|總第|总第)")
"""What stands under the newspaper's name, and so on its first page only."""

_EDITED = lazy(r"(?:责任?编[辑輯]?|責任編輯|版式设计|版式|美编|校对|校對)[:：]|电子信箱|电话[:：]")
_LINE = lazy(f"[^{BREAKS}]+")

FOLIO_LENGTH = 60
"""Characters of the longest folio line."""

SOURCES = 1 << 7
"""Sources whose pages are kept: an issue is read again when one of them has changed."""

LEAST_PAGE = 60
"""Characters of text, furniture left out, that a page inside a file has at least: lines that name
pages one below the other are a table of contents."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a draft.

    Attributes:
        number: its place in the draft, from 0.
        source: the number of the source that it is, or is a part of.
        start, end: its offsets in the draft's text, page breaks not included.
        issue: what tells its issue from others; the same for all pages of one issue.
        label: what jump lines call it.
        origin: where the label came from; a label by ``order`` is a guess.
    """

    number: int
    source: int
    start: int
    end: int
    issue: str
    label: Ref
    origin: Origin

    def named(self) -> bool:
        """Whether the label is written somewhere, not counted."""
        return self.origin != "order"


def pages(draft: Draft, names: Sequence[str | Name] = ()) -> tuple[Page, ...]:
    r"""Every page of a draft with its issue and label, in order.

    Args:
        draft: the pages of one call, perhaps streams of several pages each.
        names: for each source what the caller calls it, or nothing; or what is known of its name.

    >>> from fixnews.source import Source
    >>> draft = Draft.of(Source("a/A1.txt", "头版"), Source("a/x.txt", "第二版 综合\n二版"))
    >>> [(str(page.label), page.origin) for page in pages(draft, ("A1", "x"))]
    [('A1', 'name'), ('2', 'folio')]
    """
    listed = tuple(_listed(draft, names))
    return _split_by_name(listed, names)


def _listed(draft: Draft, called: Sequence[str | Name]) -> Iterator[Page]:
    number = 0
    for source, (text, (start, _)) in enumerate(zip(draft.texts(), draft.pages(), strict=True)):
        path, name = draft.sources[source].path, called[source] if source < len(called) else ""
        issue, told = issue_of(path, name), page_names.read(name) if name else Name(UNKNOWN)
        spans = _stream(text)
        for first, last, printed in spans:
            named = told if len(spans) == 1 else Name(UNKNOWN)
            label, origin = _label(named, printed, number + 1)
            yield Page(number, source, start + first, start + last, issue, label, origin)
            number += 1


@lru_cache(SOURCES)
def _stream(text: str) -> tuple[tuple[int, int, Ref], ...]:
    """The pages inside one source, each with its printed number, or `UNKNOWN`.

    They stand between page breaks, and begin with each line that names a page.
    """
    return tuple((a, b, folio_of(text[a:b])) for a, b in _spans(text))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start, end = 0, len(text)
    while True:
        stop = text.find(PAGE_BREAK, start, end)
        last = stop if stop >= 0 else end
        begins = [start, *_page_heads(text, start, last)[1:], last]
        yield from pairwise(begins)
        if stop < 0:
            return
        start = stop + 1


def _page_heads(text: str, start: int, end: int) -> list[int]:
    """Where pages begin inside a text that begins with a line that names its page.

    Each names another page, and text stands between them.
    """
    heads: list[int] = []
    known: set[Ref] = set()
    inked = 0
    for line in _LINE.finditer(text, start, end):
        words = line.group().strip()
        page = furniture.page_named(words) if words else UNKNOWN
        if page.number and page not in known and (inked >= LEAST_PAGE or not heads):
            heads.append(line.start())
            known.add(page)
            inked = 0
        elif words and not heads and not furniture.face(words):
            return []
        else:
            inked += len(words) if not page.number else 0
    return heads if inked >= LEAST_PAGE else heads[:-1]


def _label(named: Name, printed: Ref, place: int) -> tuple[Ref, Origin]:
    if named.page.number and named.sure:
        return named.page, "name"
    if printed.number:
        return printed, "folio"
    return (named.page, "name") if named.page.number else (Ref("", place), "order")


def label_of(name: str) -> Ref:
    """The page that a file's stem names, or `UNKNOWN`.

    >>> [str(label_of(n)) for n in ("A1", "20200201-04", "rmrb-2020-02-01-01", "第3版", "城事")]
    ['A1', '4', '1', '3', '?']
    """
    return page_names.read(name).page


def issue_of(path: str, name: str | Name = "") -> str:
    """What the folder and the name say of a page's issue.

    >>> issue_of("paper/20200201-04.txt") == issue_of("paper/2020-02-01_01.txt")
    True
    >>> issue_of("mon/A1.txt") == issue_of("tue/A1.txt")
    False
    """
    known = page_names.read(name)
    whole = PurePath(path or (name if isinstance(name, str) else ""))
    folder, told = whole.parent.as_posix(), page_names.read(whole.name if path else "")
    number = known.issue or told.issue
    if number:
        return f"{folder}|{told.paper}|{number}"
    return f"{folder}|{told.paper if told.page.number else ''}|{told.day or known.day}"


def _split_by_name(listed: tuple[Page, ...], called: Sequence[str | Name]) -> tuple[Page, ...]:
    """Issues split by the rest of the names where one article of a page would stand twice."""
    told = {p.number: page_names.read(called[p.source]) for p in listed if p.origin == "name"}
    count = Counter((p.issue, p.label, told[p.number].article) for p in listed if p.number in told)
    twice = {issue for (issue, *_), n in count.items() if n > 1}
    return tuple(
        replace(p, issue=f"{p.issue}|{told[p.number].rest}")
        if p.issue in twice and p.number in told
        else p
        for p in listed
    )


def folio_of(text: str) -> Ref:
    r"""The page number that a page's own folio line prints, or `UNKNOWN`.

    >>> str(folio_of("江州日报\n\nA2 城事 责任编辑:张敏 版式设计:徐洁\n\n正文"))
    'A2'
    >>> folio_of("第三版主编离任的消息传开后\n三十多位读者来信")
    Ref(section='', number=0)
    """
    top, foot = furniture.edges(text)
    printed = (furniture.page_named(line) for line in (*top, *foot))
    first = next((ref for ref in printed if ref.number), UNKNOWN)
    return first if first.number else Ref("", int(any(map(_ISSUE_NUMBER.search, top))))


def is_folio(line: str) -> bool:
    """Whether a line at the top or bottom of a page is its folio or part of its masthead.

    >>> is_folio("江州日报 A1 要闻 责任编辑：沈砚秋"), is_folio("2020年6月2日 星期三 第3667期")
    (True, True)
    >>> is_folio("第三版主编离任的消息传开")
    False
    """
    if len(line) > FOLIO_LENGTH or "。" in line or "，" in line:
        return False
    return furniture.face(line) in _FOLIOS or bool(_EDITED.search(line))


_FOLIOS = (Face.FOLIO, Face.DATE_LINE, Face.EDITORS)


def same_page(wanted: Ref, page: Page, speaker: Page, given: Sequence[Page]) -> bool:
    """Whether a jump line on page ``speaker`` that names ``wanted`` means ``page``.

    The page that has this very label, if one is given; else the one of the speaker's section; else
    one whose number agrees and that is not known to be of another section.
    """
    if not wanted.number or wanted.number != page.label.number:
        return False
    labels = {p.label for p in given if p.issue == speaker.issue}
    own = Ref(speaker.label.section, wanted.number)
    for exact in (wanted, own) if not wanted.section else (wanted,):
        if exact in labels:
            return page.label == exact
    return not (wanted.section and page.label.section)
