"""The lines of a page and what each of them is: headline, byline, body, folio, marker.

Everything here reads text and says what it saw; nothing decides. A role that a line wears on its
face (a byline, a folio, a jump line) is told from its own words. Whether a short line without
punctuation is a headline or a fragment of a sentence cannot be told that way: it is called
`Role.SHORT`, and `fixnews.layout.seams` weighs it with its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from fixnews.patterns import lazy
from fixnews.recall import CHARACTERS, Recall, page_size
from fixnews.source import BREAKS, PAGE_BREAK, SOFT_BREAKS

LINES = lazy(f"[^{BREAKS}]+")
"""A line: what stands between breaks. A page break ends a line, too."""

_MORE_BREAKS = PAGE_BREAK + SOFT_BREAKS

BLANK = (
    " \t\u3000\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u202f\u205f"
)
"""The blanks that a line may be set in with: of ASCII, of print, and those of web pages."""

_WIDE = dict.fromkeys("\u3000\u2001\u2003", 2) | {"\t": 4}
"""Half-width cells of the blanks that are wider than one; a tab opens a paragraph."""

_FORMS = str.maketrans(
    "︐﹐︑﹑､︒｡︓﹕︔﹔︕﹗︖﹖⋯︙‥⁇⁈⁉‼﹁﹂﹃﹄｢｣︵︶﹙﹚︽︾︿﹀︻︼︗︘〝〞",
    "，，、、、。。：：；；！！？？………？！！！「」『』「」（）（）《》〈〉【】〖〗“”",
)
"""Marks in their vertical, small, half-width and doubled forms, and what they are in print."""

_OTHER_FORM = lazy(f"[{re.escape(''.join(map(chr, _FORMS)))}]")
"""What few lines have: a mark that is not as it is in print."""

_POINT = lazy(r"(?<=[\u3400-\u9fff”’」』）》])[.．﹒]$")
"""A full stop that was typed as a point: at the end of a line, behind a Han character."""

_POINTS = frozenset(".．﹒")

OTHER_FORMS = re.escape("".join((*map(chr, _FORMS), *sorted(_POINTS))))
"""A class of characters: `plain` leaves a line as it is that has none of them."""

STOPS = frozenset("。！？!?…；;")
"""What may end a sentence; a semicolon ends a paragraph of a resolution."""

CLOSERS = frozenset("”’」』）)》〉】〕]｣\"'")
"""What may stand behind the stop of a sentence."""

_CLOSING = "".join(CLOSERS)

OPENERS = frozenset("“‘「『（(《〈【〔[｢")


def plain(text: str) -> str:
    """A line's text with its marks as they are in print, character for character.

    >>> plain("雨停了︐人散了｡"), plain("汛情解除．")
    ('雨停了，人散了。', '汛情解除。')
    """
    if _OTHER_FORM.search(text):
        text = text.translate(_FORMS)
    return text if _POINTS.isdisjoint(text[-2:]) else _POINT.sub("。", text)


class Role(StrEnum):
    """What a line is on its page."""

    BODY = "body"
    SHORT = "short"
    BYLINE = "byline"
    CREDIT = "credit"
    DATELINE = "dateline"
    EDITOR_NOTE = "editor's note"
    FOLIO = "folio"
    JUMP_LINE = "jump line"
    CONTINUATION_LINE = "continuation line"
    DECK = "deck"
    ITEM = "list item"
    SPEECH = "question or answer"


class Line(NamedTuple):
    """One line that is not blank.

    Attributes:
        start, end: offsets in characters of the text without indent and trailing blanks.
        text: the characters between them.
        role: what it is by its own words.
        indent: width of the blanks before it, in half-width cells; 4 is a paragraph's indent.
        gap: blank lines between it and the line before.
        page: how many page breaks stand before it.
    """

    start: int
    end: int
    text: str
    role: Role
    indent: int
    gap: int
    page: int


_AGENCY = (
    r"(?:本报|本刊|本台|新华社|中新社|人民网|人民日报|見習|见习|特约|特約|首席|实习|全媒体|融媒体)"
)
_OFFICE = (
    r"(?:记者|記者|通讯员|通訊員|特派员|实习生|评论员|評論員|撰文|文字|整理|编译|读者|讀者|作者)"
)
_NUMBER = r"[A-Da-d]?[0-9０-９〇零一二三四五六七八九十]{1,3}"

_FACES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        Role.JUMP_LINE,
        lazy(
            rf"[—－\-▶►→◆（(【〈\[\s]*(?:下转|下轉|紧转|緊轉|转第|轉第)\s*第?\s*{_NUMBER}?.{{0,6}}$"
        ),
    ),
    (
        Role.CONTINUATION_LINE,
        lazy(rf"[—－\-◀◄←◆（(【〈\[\s]*(?:上接|紧接|緊接)\s*第?\s*(?:{_NUMBER}|头|頭).{{0,6}}$"),
    ),
    (
        Role.FOLIO,
        lazy(
            rf"(?:第\s*{_NUMBER}\s*版|{_NUMBER}\s*版?[\s　]|[A-D][0-9]{{1,2}}\b|"
            r"(?:[一-鿿]{2,8}[报報][\s　]*)?[12０-９][0-9０-９]{3}年.{3,6}日)"
            r".{0,40}(?:编辑|編輯|版式|校对|校對|星期|农历|農曆|电话|电子信箱|版$).{0,40}$"
        ),
    ),
    (
        Role.FOLIO,
        lazy(
            r"(?:[本责責][版任].{0,4})?(?:责任编辑|責任編輯|责编|版式设计|美编|校对|编辑)[:：\s].{1,50}$"
        ),
    ),
    (
        Role.FOLIO,
        lazy(
            rf"(?:第\s*{_NUMBER}\s*[版页頁]|[—－\-–·•~～]{{1,2}}\s*[0-9０-９]{{1,4}}\s*[—－\-–·•~～]{{1,2}})$"
        ),
    ),
    (
        Role.CREDIT,
        lazy(
            r"(?:公益)?(?:广告|廣告)$|[（(](?:(?:资料|資料|配|插|题|題|网络|網絡)[图圖]片?|"
            r"[图圖]片?(?:由|来源|來源|[:：／/])[^（）()，。]{1,24})[）)]$|"
            r"[【\[](?:[图圖]片?|照片|[插题題][图圖]|漫画|漫畫|[图圖]表)\s?[0-9０-９①-⑩一二三四五]{0,2}[】\]]$|"
            r"[（(](?:[图圖]片?|照片|[插题題][图圖]|漫画|漫畫|[图圖]表)\s?[0-9０-９①-⑩一二三四五]{1,2}[)）]$"
        ),
    ),
    (
        Role.CREDIT,
        lazy(
            r"(?:[（(]?(?:摄影|攝影|图片?|供图|制图|漫画|图片来源|资料图片)[\s:：／/][^，。]{2,30}|"
            r"[^，。；]{2,30}(?:摄|攝|摄影报道|供图|绘|摄影)[）)]?)$"
        ),
    ),
    (
        Role.BYLINE,
        lazy(
            rf"[（(【\[□■●◎\s]*(?:{_AGENCY}{{1,3}}{_OFFICE}[\s:：／/]*|記者[一-鿿]{{2,4}}[／/]|{_OFFICE}[\s:：／/]+)"
            r"[^，。；！？,;!?]{2,40}$"
        ),
    ),
    (Role.BYLINE, lazy(r"[一-鿿·]{2,4}[\s　]+[一-鿿·]{2,4}(?:[\s　]+[一-鿿·]{2,4})?$")),
    (
        Role.EDITOR_NOTE,
        lazy(
            r"[【（(〔]?(?:(?:编者按|編者按|编者的话|核心阅读|新闻回放|新闻背景|亮点综述|内容提要)(?=[：:】）)〕\s]|$)|"
            r"(?:[记記]者手[记記]|采访手记|新闻链接|相关链接|链接|新闻延伸|延伸阅读|名词解释|短评|点评)[】）)〕]?$)"
        ),
    ),
    (
        Role.DATELINE,
        lazy(
            r"[（(]?(?:本报|据?新华社|中新社|中央社|本台|本刊|据[一-鿿]{2,6}社|[一-鿿]{2,6}社)"
            r"[^，。；]{0,24}?(?:讯|訊|电|電|报道|報導)|（記者|（记者|"
            r"[一-鿿]{2,12}[电電讯訊][（(]?(?:本报)?(?:记者|記者|通讯员|通訊員)"
        ),
    ),
    (Role.SPEECH, lazy(r"(?:问|答|問|记者|記者|主持人|本报记者)[:：]")),
    (
        Role.ITEM,
        lazy(
            r"(?:[（(](?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[）)]|[一二三四五六七八九十]{1,3}、|[0-9]{1,2}[、．.]\s?[^0-9]|[■●◆★▲※□◇○①-⑳])"
        ),
    ),
    (Role.DECK, lazy(r"(?:——|―|──|—)[^，。]{2,40}$")),
)
"""Roles that a line wears on its face, the first that fits."""

NAMED = lazy(
    r"[□■●○“”\"‘’'·*]?(?:(?:本[报報刊]|新[华華]社)(?:[首特驻駐]\w{1,8}?)?)?\w{0,4}?"
    r"(?:[记記]者|通[讯訊][员員]|特[约約]|特派|作者|[编編][译譯]|整理|文/|[图圖]/)[\w\s　·、/]*$"
)
"""How a byline reads where paper shows that the line stands by itself: names and what they are,
without a mark that a sentence needs. A recogniser drops the blank between 记者 and the name, so
that the words alone could be a headline, and reads dirt or a bullet before them as a mark."""

_ANY_FACE = lazy("|".join(f"({face.pattern})" for _, face in _FACES))
"""All of them at once, a group each: nine lines of ten wear none."""

PAGES, LINES_KNOWN = 8, 1 << 12
"""Pages and lines whose answers are kept: several filters ask about the same page, and the lines of
a page that one of them has changed are still the same but for one."""

LONGEST = 1 << 14
"""Characters of the longest page of which many are kept: what is seen of its lines takes 1 kB a
line."""

_LAST = 12
"""Characters at the end of a line among which its last mark is looked for."""

SHORT_LINE = 40
"""Characters up to which a line without a stop may be a headline. Of 4,600 headline lines of a
daily of February 2020, 99 % have at most 38 characters."""


def lines(text: str) -> tuple[Line, ...]:
    r"""The lines of a page that are not blank, with their roles.

    >>> found = lines("江城日报\n\n记者 黎棠\n　　清晨，雾还没有散。")
    >>> [(line.role.value, line.gap, line.indent) for line in found]
    [('short', 0, 0), ('byline', 1, 0), ('body', 0, 4)]
    """
    return kept_lines([text])[0] if len(text) <= LONGEST else _lines(text)


kept_lines = Recall[str, tuple[Line, ...]](
    lambda texts: [tuple(each_line(text)) for text in texts], CHARACTERS, page_size
)
"""The lines of pages that are not very long."""


@lru_cache(PAGES)
def _lines(text: str) -> tuple[Line, ...]:
    return tuple(each_line(text))


def each_line(text: str) -> Iterator[Line]:
    """The same of what nobody else asks about: nothing is kept, and no page has to go for it."""
    done = page = 0
    for match in LINES.finditer(text):
        bare, before, cells = _bared(match[0])
        if not bare:
            continue
        first, gap = match.start(), 0
        if (between := text[done:first]) != "\n":
            gap, turned = _gap(between)
            page += turned
        start = first + before
        yield Line(start, start + len(bare), bare, role(bare), cells, gap, page)
        done = match.end()


@lru_cache(LINES_KNOWN)
def _bared(raw: str) -> tuple[str, int, int]:
    """A line without the blanks around it; how many stand before it, and how wide they are."""
    bare = raw.strip(BLANK)
    before = raw[: raw.index(bare[0])] if bare else ""
    return bare, len(before), _cells(before)


@lru_cache(LINES_KNOWN)
def _gap(between: str) -> tuple[int, int]:
    """How many blank lines and how many page breaks lie between two lines."""
    return max(0, _breaks(between) - 1), between.count("\f")


@lru_cache(LINES_KNOWN)
def _cells(before: str) -> int:
    """The width of the blanks that a line is set in with, in half-width cells."""
    return sum(_WIDE.get(c, 1) for c in before)


def _breaks(between: str) -> int:
    r"""How many line breaks a stretch holds; ``\r\n`` is one, a page break is one."""
    lines = between.count("\n") + between.count("\r") - between.count("\r\n")
    return lines + sum(map(between.count, _MORE_BREAKS))


@lru_cache(LINES_KNOWN)
def role(line: str) -> Role:
    """What a line is by its own words.

    >>> [role(text).value for text in ("本报记者 沈砚秋", "（下转第二版）", "摄影 王强 谢付良")]
    ['byline', 'jump line', 'credit']
    """
    head = line[: 2 * SHORT_LINE + 40]
    worn = _ANY_FACE.match(head)
    if worn and worn.lastindex and len(line) == len(head):
        return _FACES[worn.lastindex - 1][0]
    for found, face in _FACES if worn else ():
        if face.match(head) and (len(line) == len(head) or "$" not in face.pattern):
            return found
    return Role.SHORT if is_short(line) else Role.BODY


def is_short(line: str) -> bool:
    """Whether a line could be a headline by its length and want of punctuation."""
    return len(line) <= SHORT_LINE and line[-1] not in "。，,；;、：:" and "。" not in line


def ends_sentence(line: str) -> bool:
    """Whether a line ends as a finished sentence does, closing quotes and brackets passed over.

    >>> ends_sentence("他说：“走吧。”"), ends_sentence("拧成了一股绳，"), ends_sentence("雨停了｡")
    (True, False, True)
    """
    return plain(line[-_LAST:]).rstrip(_CLOSING)[-1:] in STOPS
