"""Lines that fall into a sentence from beside it: captions, credits, pictures, advertisements.

Where a column runs around a picture, what stands under the picture is read between two halves of a
sentence; over a page break furniture stands there. Such lines are told from their own words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise, starmap

from fixnews.jumps.markers import stands_between
from fixnews.jumps.own_lines import guides
from fixnews.layout import furniture
from fixnews.layout.furniture import Face
from fixnews.layout.page import LINES_KNOWN, Line, Role, ends_sentence, lines
from fixnews.patterns import lazy
from fixnews.source import PAGE_BREAK

MOST = 6
"""Lines that may stand between two halves: a foot with its notices, a head of up to four lines."""

_BLANKS = r" \t\u3000"
_B = f"[{_BLANKS}]"
_NAME = r"[\u4e00-\u9fff·]"
_WHO = rf"(?:{_NAME}{{2,12}}(?:{_B}+|[/／、]))?{_NAME}{{2,6}}"
_PICTURE = r"(?:[图圖]|照片|[插题題][图圖]|图片|圖片|漫画|漫畫|资料照片?|資料照片?|图表|圖表)"
_MADE = (
    r"(?:[摄攝绘繪影]|摄影|攝影|供[图圖]|制[图圖]|製圖|插[图圖]|漫画|漫畫|摄影报道|攝影報導|[图圖]片?报道"
    r"|提供[图圖]片|翻[摄攝]|截[图圖])"
)
_SOURCE = (
    r"(?:新华社|新華社|中新社|本报|本報|视觉中国|視覺中國|资料[图圖]?片?|資料[图圖]?片?|网络|網絡)"
)
_COUNT = "0-9０-９①-⑩一二三四五"
_ENDED = r"[。！？”）)]"
_ADVERT = r"(?:广告|廣告|推广|推廣)"
_SIGN = r"[▲△▼▽◀◁►▶↑↓←→■●]"
_OPENS = lazy(
    "|".join(
        (
            rf"{_SIGN}?{_B}*[上下左右本前后以]{{0,2}}[图圖](?:[为為:：]|[{_COUNT}]{_B}*[:：为為])",
            r"(?:大|小|配|题|題|主|资料|資料)?[图圖]片?[:：／/|｜]",
            rf"(?:摄影|攝影|供图|供圖|制图|漫画){_B}*[:：／/|｜]",
            rf"{_PICTURE}{_B}*[{_COUNT}]{{1,3}}(?:{_B}*$|{_B}+\S|[.．:：、])",
            r"!\[[^\]]*\]\([^)]*\)$",
            rf"[（(【\[]?(?:公益|商业|商業|分类|分類)?{_ADVERT}(?:[）)】\]]?$|[）)】\]:：]|{_B}+\S)",
        )
    )
)
"""How captions and labels begin: ▲上图为…, 图片：…, 摄影：…, 图1 …, 广告 …, a Markdown picture."""

_CLOSES = lazy(
    rf".*(?:{_ENDED}|{_B})[（(]?(?:{_SOURCE}(?:记者|記者|通讯员|通訊員)?{_B}*)?"
    rf"{_WHO}{_B}*[/／]?{_MADE}[）)]?$"
    rf"|(?:.*{_ENDED}{_B}*)?[（(]?{_SOURCE}(?:发|發|供图|供圖|图片?|圖片?)?[）)]?$"
)
"""How captions end: … 沈砚秋 摄, …。新华社发."""

_SIGHT = 16
"""Characters at the beginning of a line in which it says that it is a caption."""

_NEEDED = lazy(r"[图圖摄攝影照告推画畫绘繪社发發報报供资資AF]|!\[")
_STORY = lazy("。.*。.*。")
_MAY_NAME = lazy(r"[A-Za-zＡ-Ｚａ-ｚ版页頁:：;；/／丨|｜ \t\u3000]")
"""A line that names its page has a letter or a unit, one that names editors a sign before them."""


@lru_cache(LINES_KNOWN)
def opens_caption(text: str) -> bool:
    """Whether a line begins as a caption or the label of an advertisement does.

    >>> [opens_caption(x) for x in ("左图：老邮局", "广告 全场八折", "图书馆闭馆", "广告业增长")]
    [True, True, False, False]
    """
    return bool(_NEEDED.search(text[:_SIGHT]) and _OPENS.match(text))


@lru_cache(LINES_KNOWN)
def is_caption(text: str) -> bool:
    """Whether a line belongs to a picture, or is an advertisement's label.

    >>> is_caption("在城墙下参观排水沟。黎青禾 摄"), is_caption("他拍摄的照片得了奖。")
    (True, False)
    """
    if not _NEEDED.search(text) or _STORY.search(text):
        return False
    return opens_caption(text) or bool(_CLOSES.match(text))


def names_page(text: str) -> bool:
    """Whether a line names its page or its editors, and something else of a page.

    >>> names_page("第03版：民生"), names_page("第三版"), names_page("第三版主编离任的消息传开")
    (True, False, False)
    """
    made_of = furniture.pieces(text) if _MAY_NAME.search(text) else ()
    return len(made_of) > 1 and any(part.face in _NAMING for part in made_of)


_NAMING = (Face.FOLIO, Face.EDITORS)


def is_intruder(line: Line) -> bool:
    """Whether a line may stand inside a sentence that it is no part of."""
    return _intrudes(line.role, line.text)


@lru_cache(LINES_KNOWN)
def _intrudes(role: Role, text: str) -> bool:
    if role in (Role.FOLIO, Role.CREDIT) or is_caption(text):
        return True
    may_be = role is not Role.BODY and furniture.face(text)
    return bool(may_be) and not guides(text)


def straddles(text: str, kept: Sequence[Line]) -> list[int]:
    r"""The numbers of the lines behind which something stands that may stand inside a sentence.

    Args:
        text: a page.
        kept: its lines without intruders.

    >>> page = "坐满了\n广告\n人，\n雨停了。\n广告\n人散了"
    >>> straddles(page, [line for line in lines(page) if line.text != "广告"])
    [0]
    """
    gaps = (text[left.end : right.start] for left, right in pairwise(kept))
    torn = [n for n, gap in enumerate(gaps) if PAGE_BREAK in gap or gap.strip()]
    cut = (n for n in torn if not ends_sentence(kept[n].text))
    return [n for n in cut if not stands_between(kept[n].text, kept[n + 1].text)]


def between(text: str, left: Line, right: Line) -> tuple[Line, ...]:
    """The lines of a page between two of its lines."""
    every = lines(text)
    first = bisect_right(every, left.start, key=lambda line: line.start)
    last = bisect_left(every, right.start, key=lambda line: line.start)
    return every[first:last]


def breaks_in(text: str, left: Line, right: Line) -> bool:
    r"""Whether what stands between two lines of a page may stand inside a sentence.

    A few lines that are more than folios, or a page break. A bare number may be anything, but where
    a page breaks it is the page's; what guides to another page ends a text.

    >>> page = lines("坐满了\n广告\n人\n78\n完了")
    >>> [breaks_in("坐满了\n广告\n人\n78\n完了", page[n], page[n + 2]) for n in (0, 2)]
    [True, False]
    """
    inside = between(text, left, right)
    torn = PAGE_BREAK in text[left.end : right.start]
    if (
        len(inside) > MOST
        or not all(map(is_intruder, inside))
        or (not torn and all(line.role is Role.FOLIO for line in inside))
    ):
        return False
    if not torn and any(line.text.isdecimal() for line in inside):
        return False
    row = [line.text for line in (left, *inside, right)]
    return not any(starmap(stands_between, pairwise(row)))
