"""What a text is as a whole: newspaper text, another language, or data, code or markup.

Rules that mend newspapers do harm everywhere else: to them a field separator is a misread comma.
So this is asked of every page before anything is changed on it. Parsers of the standard library
decide where they can; else the lines are held against `GRAMMARS`. Nothing is ever executed. HTML
and Markdown are not among the forms: such pages hold articles, and their markup is an island.
"""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import starmap
from pathlib import PurePath

from fixnews.islands.delimited import SUFFIXES, is_table
from fixnews.islands.formats import form_of
from fixnews.islands.grammars import GRAMMARS, Genre
from fixnews.patterns import lazy
from fixnews.recall import CHARACTERS, Recall, page_size
from fixnews.source import LINE_BREAK
from fixnews.words.han import HAN, KANA, LETTER, han_count

__all__ = ["Genre", "genre"]

WHOLE = 0.9
"""Share of lines from which on a file holds one value of JSON a line; the last may be cut off."""

FOREIGN = 0.25
"""Share of kana and Hangul among them and Han from which on a text is Japanese or Korean. Clean
Chinese, 40,000 texts of fifteen kinds, has at most 0.05; Japanese news has half."""


def genre(text: str, name: str = "") -> Genre:
    r"""What the text is as a whole.

    Args:
        text: one page.
        name: how its file is called; its suffix is a hint, no more.

    >>> genre("喜迎党代会,奋进新征程\n本报讯 全市中小学昨日开学。\n").value
    'newspaper text'
    >>> genre('{"title": "水库加固", "page": 1}\n').value
    'JSON'
    >>> genre("The exhibition opens on Monday.").value
    'text without Chinese'
    >>> genre("地点,雨量\n东沟,暴雨\n"), genre("地点,雨量\n东沟,暴雨\n", "rain.csv")
    (<Genre.PAGE: 'newspaper text'>, <Genre.TABLE: 'rows of a table (CSV)'>)
    """
    path = PurePath(name)
    suffix = path.suffix.lower() or path.name
    return _genres([(text, suffix if suffix in _hints() else "")])[0]


@cache
def _hints() -> frozenset[str]:
    """The ends of names that say anything; a page by any other name is the same page."""
    return frozenset(SUFFIXES).union(*(grammar.suffixes for grammar in GRAMMARS))


def _genre(text: str, suffix: str) -> Genre:
    text = _REFERENCE.sub("字", text.strip("\ufeff \t\r\n\f"))
    if not _WRITTEN.search(text):
        return Genre.PAGE
    return _markup(text) or _json(text) or _by_lines(_unfenced(text), suffix) or _language(text)


_genres = Recall[tuple[str, str], Genre](
    lambda rows: [*starmap(_genre, rows)], CHARACTERS, lambda row: page_size(row[0])
)
"""What pages are: two filters and the islands ask about each."""

_REFERENCE = lazy("&(?:amp;)*#(?:[0-9]{4,7}|[xX][0-9A-Fa-f]{3,6});")
"""A character beyond Latin that is spelt as its number: such a page is in the language of these."""

_WRITTEN = lazy(r"\w")
"""What nothing but marks is without: such a text is no data, whatever it is."""

_FENCED = lazy(r"\A---\r?\n.*?^---[ \t]*$|^(```|~~~)(?:.*?^\1[ \t]*$|.*)", re.DOTALL | re.MULTILINE)


def _unfenced(text: str) -> str:
    """A page of Markdown without its head of YAML and its code; all, where nothing else is left."""
    if not text.startswith("---") and "```" not in text and "~~~" not in text:
        return text
    left = _FENCED.sub("", text)
    return left if left.strip() else text


def _by_lines(text: str, suffix: str) -> Genre | None:
    return form_of(text, suffix) or (Genre.TABLE if is_table(text, suffix) else None)


_OTHER_LETTER = lazy(f"[{KANA}\uac00-\ud7a3]")
_HAN = lazy(f"[{HAN}]")
_LETTER = lazy(f"[{LETTER}{KANA}]|[^\\W\\d_]")


def _language(text: str) -> Genre:
    """Newspaper text, unless it has letters and no Han, or many kana or Hangul."""
    if not _HAN.search(text):
        return Genre.OTHER_LANGUAGE if _LETTER.search(text) else Genre.PAGE
    other = len(_OTHER_LETTER.findall(text))
    foreign = other and other > FOREIGN * (other + han_count(text))
    return Genre.OTHER_LANGUAGE if foreign else Genre.PAGE


_HTML = lazy(
    r"a|abbr|address|article|aside|audio|b|base|big|blockquote|body|br|button|canvas|"
    r"caption|center|cite|code|col|colgroup|dd|del|details|div|dl|dt|em|embed|fieldset|"
    r"figcaption|figure|font|footer|form|frame|frameset|h1|h2|h3|h4|h5|h6|head|header|hr|"
    r"html|i|iframe|img|input|ins|kbd|label|legend|li|link|main|map|mark|menu|meta|nav|"
    r"noscript|object|ol|optgroup|option|p|param|picture|pre|q|rp|rt|ruby|s|samp|script|"
    r"section|select|small|source|span|strike|strong|style|sub|summary|sup|table|tbody|td|"
    r"textarea|tfoot|th|thead|time|title|tr|tt|u|ul|var|video",
    re.IGNORECASE,
)
"""The elements of HTML, today's and older ones: a page made of them holds articles."""

_FIRST_TAG = lazy(
    r"(?>(?:<\?xml(?>.*?\?>)|<!--(?>.*?-->)|<!DOCTYPE[^>]*>|\s)*)<([A-Za-z][\w.:-]*)(?=[\s/>])",
    re.DOTALL,
)
_CLOSED = lazy(r"(?:</[\w.:-]+[ \t]*|/|--)>\Z")
_OCR_CLASS = lazy(r"class=['\"]ocrx?_\w+")


def _markup(text: str) -> Genre | None:
    """XML that is not HTML, and the HTML that recognisers write."""
    first = _FIRST_TAG.match(text) if text.startswith("<") else None
    if not first:
        return None
    if _HTML.fullmatch(first[1]):
        return Genre.HOCR if _OCR_CLASS.search(text) else _language(text)
    return Genre.XML if _CLOSED.search(text[-99:]) or text.startswith("<?xml") else None


def _json(text: str) -> Genre | None:
    """One value of JSON, or one a line."""
    if not text.startswith(("{", "[")):
        return None
    lines = [line for line in LINE_BREAK.split(text) if line.strip()]
    fits = _is_json(text) or sum(map(_is_json, lines)) >= WHOLE * len(lines)
    return Genre.JSON if fits else None


def _is_json(text: str) -> bool:
    """Whether this is an object or a list of JSON; a number in brackets is a note on a page."""
    if not text.lstrip().startswith(("{", "[")):
        return False
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) or len(value) > 1 or not all(isinstance(v, int) for v in value)
