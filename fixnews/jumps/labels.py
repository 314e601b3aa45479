"""Which page of which issue a text is: the names that jump lines point at.

A page's label comes from its name (``A1``, ``20200201-04``, ``第3版``), else from its own folio
line (``A2 城事 责任编辑：…``, ``第二版 综合``), else from its place in the stream. Issues are told
apart by folder, by a date in the name, and where a label would otherwise stand twice by the rest
of the name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Literal

from fixnews.draft import Draft
from fixnews.jumps.markers import UNKNOWN, Ref, page_ref
from fixnews.source import LINE_BREAK, PAGE_BREAK

Origin = Literal["name", "folio", "order"]

_DATE = re.compile(
    r"(?<!\d)((?:18|19|20)\d\d)[-_./年]?(0?[1-9]|1[0-2])[-_./月]?(0[1-9]|[12]\d|3[01]|[1-9])(?!\d)日?"
)
_NAMED = re.compile(
    r"(?:^|[^A-Za-z0-9])(?:page|p|版|第)?[ _-]?"
    r"(?P<label>[A-Za-z]{0,2}[-_]?\d{1,3}|第[一二三四五六七八九十百零〇]{1,4}版|[头頭]版)"
    r"(?:[版页頁])?(?:[-_. ]?[^\W\d_A-Za-z]{1,12})?$",
    re.IGNORECASE,
)
"""A page at the end of a file's stem, perhaps with its Chinese name behind it: ``A1``,
``20200201-04``, ``rmrb_04``, ``page-3``, ``第3版``, ``A02城事``."""

_FOLIO = re.compile(
    r"[ \t\u3000]*(?:第(?P<number>[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})[版页頁]"
    r"|(?P<label>[A-ZＡ-Ｚ]{0,2}[0-9０-９]{1,3})(?P<unit>[版页頁])?)(?![0-9.．,，:：年月日时点个万亿%％])"
    r"(?P<rest>.{0,60})$"
)
_MASTHEAD = re.compile(r"(?:第\s*\d{2,6}\s*(?:期|号|號)|今日.{1,4}版|總第|总第)")
"""What stands under the newspaper's name, and so on its first page only."""

_FOLIO_WORDS = re.compile(
    r"责任?编|責任?編|版式|美编|校对|校對|星期|日报|日報|晚报|晚報|电话|電話|\d{4}年|要闻|要聞|综合|綜合|国际|國際|城事"
)
_EDITED = re.compile(
    r"(?:责任?编[辑輯]?|責任編輯|版式设计|版式|美编|校对|校對)[:：]|电子信箱|电话[:：]"
)

FOLIO_LENGTH = 60
"""Characters of the longest folio line."""

_FOLIO_DEPTH = 4
"""Lines from the top or bottom of a page in which its folio stands; mastheads take up to three."""

_FOLIO_NAME = 8
"""Characters of a section's name in a folio line that says no more than number and name."""


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


def pages(draft: Draft, names: Sequence[str] = ()) -> tuple[Page, ...]:
    r"""Every page of a draft with its issue and label, in order.

    Args:
        draft: the pages of one call, perhaps streams of several pages each.
        names: for each source what the caller calls it, or nothing.

    >>> from fixnews.source import Source
    >>> draft = Draft.of(Source("a/A1.txt", "头版"), Source("a/x.txt", "第二版 综合\n二版"))
    >>> [(str(page.label), page.origin) for page in pages(draft, ("A1", "x"))]
    [('A1', 'name'), ('2', 'folio')]
    """
    listed = tuple(_listed(draft, names))
    return _split_by_name(listed, names)


def _listed(draft: Draft, names: Sequence[str]) -> Iterator[Page]:
    number = 0
    for source, (start, end) in enumerate(draft.pages()):
        name = names[source] if source < len(names) else ""
        issue = issue_of(draft.sources[source].path, name)
        spans = list(_stream(draft.text, start, end))
        for first, last in spans:
            named = label_of(name) if len(spans) == 1 else UNKNOWN
            label, origin = _label(named, draft.text[first:last], number + 1)
            yield Page(number, source, first, last, issue, label, origin)
            number += 1


def _stream(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The pages inside one source."""
    while True:
        stop = text.find(PAGE_BREAK, start, end)
        if stop < 0:
            yield start, end
            return
        yield start, stop
        start = stop + 1


def _label(named: Ref, text: str, place: int) -> tuple[Ref, Origin]:
    if named.number:
        return named, "name"
    printed = folio_of(text)
    return (printed, "folio") if printed.number else (Ref("", place), "order")


def label_of(name: str) -> Ref:
    """The page that a file's stem names, or `UNKNOWN`.

    >>> [str(label_of(n)) for n in ("A1", "20200201-04", "rmrb-2020-02-01-01", "第3版", "城事")]
    ['A1', '4', '1', '3', '?']
    """
    stem = _DATE.sub(" ", PurePath(name).name.removesuffix(".txt"))
    found = _NAMED.search(stem)
    return page_ref(re.sub("[-_]", "", found["label"])) if found else UNKNOWN


def issue_of(path: str, name: str = "") -> str:
    """What the folder and the date in its name say of a page's issue.

    >>> issue_of("paper/20200201-04.txt") == issue_of("paper/2020-02-01_01.txt")
    True
    >>> issue_of("mon/A1.txt") == issue_of("tue/A1.txt")
    False
    """
    folder = PurePath(path or name).parent.as_posix()
    dates = _DATE.findall(PurePath(path).name) or _DATE.findall(PurePath(name).name)
    day = "-".join(part.zfill(2) for part in dates[0]) if dates else ""
    return f"{folder}|{day}"


def _split_by_name(listed: tuple[Page, ...], names: Sequence[str]) -> tuple[Page, ...]:
    """Issues split by the rest of the names where a label would stand twice in one."""
    count = Counter((p.issue, p.label) for p in listed if p.origin == "name")
    twice = {issue for (issue, _), n in count.items() if n > 1}
    return tuple(
        replace(p, issue=f"{p.issue}|{_rest(names[p.source])}")
        if p.issue in twice and p.source < len(names)
        else p
        for p in listed
    )


def _rest(name: str) -> str:
    found = _NAMED.search(_DATE.sub(" ", name))
    return name[: found.start()] if found else name


def folio_of(text: str) -> Ref:
    r"""The page number that a page's own folio line prints, or `UNKNOWN`.

    >>> str(folio_of("江州日报\n\nA2 城事 责任编辑:张敏 版式设计:徐洁\n\n正文"))
    'A2'
    >>> folio_of("第三版主编离任的消息传开后\n三十多位读者来信")
    Ref(section='', number=0)
    """
    for line in _outer(text):
        printed = folio_line(line)
        if printed.number:
            return printed
    return Ref("", 1) if any(map(_MASTHEAD.search, _outer(text)[:_FOLIO_DEPTH])) else UNKNOWN


def folio_line(line: str) -> Ref:
    """The page number that a line prints if it is a folio line, or `UNKNOWN`."""
    found = _FOLIO.match(line)
    return page_ref(found["number"] or found["label"]) if found and _is_folio(found) else UNKNOWN


def is_folio(line: str) -> bool:
    """Whether a line at the top or bottom of a page is its folio or part of its masthead.

    >>> is_folio("江州日报 A1 要闻 责任编辑：沈砚秋"), is_folio("2020年6月2日 星期三 第3667期")
    (True, True)
    >>> is_folio("第三版主编离任的消息传开")
    False
    """
    if len(line) > FOLIO_LENGTH or "。" in line or "，" in line:
        return False
    words = set(_FOLIO_WORDS.findall(line))
    dated = bool(_DATE.search(line)) and (bool(words) or bool(_MASTHEAD.search(line)))
    edited = bool(_EDITED.search(line))
    return bool(folio_line(line).number) or dated or edited


def _outer(text: str) -> list[str]:
    """The lines at a page's top and bottom; a page of a single line is not searched further."""
    top = [x for x in LINE_BREAK.split(text[:400]) if x.strip()][:_FOLIO_DEPTH]
    bottom = [x for x in LINE_BREAK.split(text[-200:])[1:] if x.strip()][-2:]
    return [*top, *bottom]


def _is_folio(found: re.Match[str]) -> bool:
    rest = found["rest"].strip()
    marked = bool(found["number"] or found["unit"])
    if not rest:
        return marked or not found["label"].isdigit()
    if found["rest"][0] not in " \t\u3000·|｜/":
        return False
    return bool(_FOLIO_WORDS.search(rest)) or (marked and len(rest) <= _FOLIO_NAME)


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
