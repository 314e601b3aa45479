"""What the name of a file says of its page: day, page and article, as crawlers and scanners name.

The forms are a table, the first that fits reads the name. Numbers that are no pages (an issue's, a
node's of a web site, an article's) have words before them that say so.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePath
from typing import NamedTuple

from fixnews.jumps.refs import UNKNOWN, Ref, page_ref
from fixnews.patterns import lazy


class Name(NamedTuple):
    """What a file's name says.

    Attributes:
        page: the page, or `UNKNOWN`.
        day: the day as ``2021-03-18``, or nothing.
        paper: letters that stand for the newspaper (``rmrb``), or nothing.
        article: what tells articles of one page apart: a number or a title, or nothing.
        rest: what is left of the name; it tells issues apart where a page would stand twice.
        sure: whether the form leaves no doubt; where it does, a printed folio knows better.
        issue: the number of its issue (第3667期), or what the reader's own pattern finds.
    """

    page: Ref
    day: str = ""
    paper: str = ""
    article: str = ""
    rest: str = ""
    sure: bool = True
    issue: str = ""


NAMES = 1 << 10
"""Names whose reading is kept: an issue is read again when one of its pages has changed."""

_EXTENSIONS = lazy(
    r"(?:\.(?:txt|text|md|html?|xml|json|pdf|docx?|jpe?g|png|tiff?|jp2|bmp|ocr|hocr|csv|gz))+\Z",
    re.I,
)
_OTHERS = lazy(
    r"(?<![A-Za-z])(?:node|content|article|art|doc|file|part|story|id|volume|vol|no|issue|chapter"
    r"|ver|v|copy)"
    r"[-_. ]?\d+(?=[^A-Za-z\d]|\Z)|总?第\d+[期号]",
    re.I,
)
"""Numbers of something else than pages, with the word that says of what."""

_ARTICLE = lazy(r"(?:content|article|art|part|story)[-_. ]?\d+", re.I)
_ISSUE = lazy(r"总?第(\d+)期|(?<![A-Za-z])issue[-_. ]?(\d+)", re.I)

_DAY = (
    r"(?<!\d)(?P<year>(?:18|19|20)\d\d)(?:[-_./年](?P<month>0?[1-9]|1[0-2])[-_./月]"
    r"(?P<day>0[1-9]|[12]\d|3[01]|[1-9])(?!\d)日?"
    r"|(?P<month8>0[1-9]|1[0-2])(?P<day8>0[1-9]|[12]\d|3[01]))"
)
DAY_DIGITS = 6
"""Digits of the shortest day: 2021-3-1."""

_GAP = r"[-_. ]+"
_LETTERED = r"[A-Za-z]{1,2}[-叠]?\d{1,3}(?!\d)"
_PAGE = rf"(?P<page>{_LETTERED}|\d{{1,3}}(?!\d))"
_NUMBER = r"(?P<article>\d{1,4})(?!\d)"
_WORDS = rf"(?:{_GAP}[A-Za-z]{{2,}}[A-Za-z\d]*)?"
_TITLE = rf"(?:{_GAP})?(?P<article>[\u3400-\u9fff“《].*)"
_CHINESE = r"[一二三四五六七八九十百零〇]{1,4}"
_PAGE_WORD = r"(?:pages?|pg|scan|img|image|p|页|版)"
_NODE = r"\An[a-z]{1,3}\.D\d+(?P<paper>[a-z]*)"


class Form(NamedTuple):
    """One way in which files are named.

    Attributes:
        example: a name in this form.
        pattern: what it looks like.
        digits: how many it has at the least.
        sign: what it holds in any case.
        sure: whether no other reading is likely.
    """

    example: str
    pattern: re.Pattern[str]
    digits: int
    sign: str = ""
    sure: bool = True

    def search(self, name: str) -> re.Match[str] | None:
        """What a name says in this form; most names are told by their digits not to be in it."""
        likely = _digits(name) >= self.digits and self.sign in name
        return self.pattern.search(name) if likely else None


def _digits(name: str) -> int:
    return sum(map(str.isdecimal, name))


def _form(example: str, pattern: str, digits: int, sign: str = "", *, sure: bool = True) -> Form:
    return Form(example, lazy(pattern, re.I), digits, sign, sure)


FORMS: tuple[Form, ...] = (
    _form("nw.D110000rmrb_20210318_2-04", rf"{_NODE}_{_DAY}_{_NUMBER}(?:_\d+)?-{_PAGE}\Z", 9),
    _form("nbs.D110000rmrb_04", rf"{_NODE}_{_PAGE}\Z", 2),
    _form(
        "江州日报2021年3月18日第4版",
        rf"(?:第(?P<page>{_LETTERED}|\d{{1,3}}|{_CHINESE})"
        rf"|(?<![\d.])(?P<number>{_LETTERED}|\d{{1,3}}(?!\d))"
        rf"|(?P<front>[头頭]|{_CHINESE}))版(?:[-_. ：:]*(?P<article>[^-_. ：:].*))?\Z",
        0,
        "版",
    ),
    _form(
        "rmrb2021031804",
        rf"{_DAY}(?P<page>[A-Za-z]?\d{{2}})(?P<article>\d{{2}})?(?!\d){_WORDS}\Z",
        8,
    ),
    _form("20210318-04-02", rf"{_DAY}{_GAP}{_PAGE}{_GAP}{_NUMBER}{_WORDS}\Z", 8),
    _form(
        "20210318-04", rf"{_DAY}{_GAP}(?:{_PAGE_WORD}(?:{_GAP})?)?{_PAGE}(?:{_WORDS}|{_TITLE})\Z", 7
    ),
    _form("A04_20210318", rf"\A(?:[A-Za-z]{{2,}}{_GAP})?{_PAGE}{_GAP}{_DAY}", 7),
    _form(
        "page_0004",
        rf"(?<![A-Za-z]){_PAGE_WORD}[-_. ]*(?P<page>{_LETTERED}|0*[1-9]\d{{0,2}})(?!\d)"
        rf"(?:of\d+)?(?:{_GAP}{_NUMBER})?",
        1,
    ),
    _form("A4_2", rf"\A(?P<page>{_LETTERED})(?:{_GAP}{_NUMBER})?{_WORDS}\Z", 1),
    _form("A04城事", rf"\A(?P<page>{_LETTERED}){_TITLE}\Z", 1),
    _form("0004", r"\A(?P<page>0*[1-9]\d{0,2})\Z", 1),
    _form("04-民生", rf"\A(?P<page>\d{{1,3}})(?:{_TITLE}|{_WORDS})\Z", 1, sure=False),
    _form("04_01", rf"\A(?P<page>\d{{2}}){_GAP}(?P<article>\d{{1,3}})\Z", 3, sure=False),
    _form("dev-000-A1", rf"(?<![A-Za-z\d]){_PAGE}{_WORDS}(?:{_TITLE})?\Z", 1, sure=False),
    _form("rmrb04", r"\A(?P<paper>(?-i:[a-z]{2,}))(?P<page>[A-Z]?\d{2})\Z", 2, sure=False),
)
"""Crawlers of digital newspapers (day, page, article; the pages of Founder's publishing system),
scanners (page_0004), and what people write (第04版：民生, A4_clean)."""

_CODE = lazy(r"\A([A-Za-z]{2,8})(?=[-_. ]?\d|[-_. ][A-Za-z]{1,2}\d)")


def read(name: str | Name) -> Name:
    """What a file's name says, with or without its folder and its extension.

    Args:
        name: the name, or what was read of it before.

    >>> read("2021/rmrb_20210318-04-02.txt")[:4]
    (Ref(section='', number=4), '2021-03-18', 'rmrb', '02')
    >>> [str(read(x).page) for x in ("第04版：民生", "page_0004", "A4_clean", "node_5", "20210318")]
    ['4', '4', 'A4', '?', '?']
    """
    return name if isinstance(name, Name) else _read(name)


@lru_cache(NAMES)
def _read(name: str) -> Name:
    stem = _EXTENSIONS.sub("", PurePath(name).name)
    bare, other = _OTHERS.sub(" ", stem).strip(), _OTHERS.search(stem)
    issue, article = _first(_ISSUE, stem), _ARTICLE.search(stem)
    for form in FORMS:
        found = form.search(bare)
        if found:
            told = _named(bare, form, found)
            apart = told.article or (article.group() if article else "")
            return told._replace(article=apart, issue=issue)
    day = _dated(bare)
    return Name(UNKNOWN, _day(day), _paper(bare), other.group() if other else "", bare, issue=issue)


def _named(stem: str, form: Form, found: re.Match[str]) -> Name:
    told = {name: text for name, text in found.groupdict().items() if text}
    page = told.get("page") or told.get("number") or told.get("front", "")
    day = found if "year" in told else _dated(stem)
    paper = told.get("paper", "").lower() or _paper(stem)
    article, rest = (
        told.get("article", ""),
        stem[: found.start()] + "|" + _without(found, "page", "article"),
    )
    return Name(page_ref(page.replace("-", "")), _day(day), paper, article, rest, form.sure)


def _dated(name: str) -> re.Match[str] | None:
    """The day in a name, if it has digits enough for one."""
    return re.search(_DAY, name) if _digits(name) >= DAY_DIGITS else None


def _without(found: re.Match[str], *groups: str) -> str:
    """What was matched, but for some groups."""
    text, start = found.group(), found.start()
    for name in sorted(
        (g for g in groups if g in found.groupdict() and found[g]), key=found.start, reverse=True
    ):
        text = text[: found.start(name) - start] + text[found.end(name) - start :]
    return text


def _day(found: re.Match[str] | None) -> str:
    if not found:
        return ""
    month, day = found["month"] or found["month8"], found["day"] or found["day8"]
    return f"{found['year']}-{month.zfill(2)}-{day.zfill(2)}"


def _paper(stem: str) -> str:
    found = _CODE.match(stem)
    code = found.group().lower() if found else ""
    return "" if re.fullmatch(_PAGE_WORD, code, re.I) else code


class Patterns(NamedTuple):
    """How a reader's own files are named: regular expressions, searched in a file's path.

    What the first group found is the name, or all that was found where there is no group. The path
    is given with ``/`` between folders and without the extension.

    Attributes:
        issue: finds what tells issues apart.
        page: finds the page, in any form that a jump line may have.
        article: finds what tells articles of one page apart.
    """

    issue: str = ""
    page: str = ""
    article: str = ""

    def read(self, path: str) -> Name:
        r"""What a file's path says: what a pattern finds, and for the rest what the forms tell.

        >>> own = Patterns(issue=r"No(\d+)/", page=r"_s([A-Z]?\d+)_", article=r"_(\d+)$")
        >>> told = own.read("archive/No212/jz_s04_7.txt")
        >>> told.issue, str(told.page), told.article
        ('212', '4', '7')
        """
        bare = _EXTENSIONS.sub("", PurePath(path).as_posix())
        told = read(path)
        page = page_ref(_found(self.page, bare).replace("-", ""))
        return told._replace(
            page=page if page.number else told.page,
            sure=told.sure or bool(page.number),
            article=_found(self.article, bare) or told.article,
            issue=_found(self.issue, bare) or told.issue,
        )


def _found(pattern: str, path: str) -> str:
    return _first(re.compile(pattern), path) if pattern else ""


def _first(pattern: re.Pattern[str], text: str) -> str:
    """The first group that was found, or all that was."""
    match = pattern.search(text)
    return next(filter(None, (*match.groups(), match.group())), "") if match else ""
