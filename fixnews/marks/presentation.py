"""Vertical, small and half-width forms of marks: the same mark in another dress.

Unicode keeps them for old character sets: ︐ of Chinese set in columns, ﹐ of Big5, ｡ of Japanese
half-width sets. Text that was typed or read with them is found by nobody and read by no other rule.
What each stands for is its compatibility mapping; where that is a half-width mark, it is the mark
of Chinese print.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from fixnews.changes import Edit
from fixnews.patterns import lazy
from fixnews.words.han import HAN, KANA, WIDE_MARKS

CODE = "PUN104"
REASON = "another form of the mark"

_STOPS = "︐，︑、︒。︓：︔；︕！︖？︰：︙…﹐，﹑、﹔；﹕：﹖？﹗！﹘—︱—︲–"
_BRACKETS = (
    "︗〖︘〗︵（︶）︹〔︺〕︻【︼】︽《︾》︿〈﹀〉﹁「﹂」﹃『﹄』﹇［﹈］﹙（﹚）﹝〔﹞〕｢「｣」"
)
_KATAKANA = "､、｡。"
_DOTS = "⋯…"
_FORMS = _STOPS + _BRACKETS + _KATAKANA + _DOTS
MARKS = dict(zip(_FORMS[::2], _FORMS[1::2], strict=True))
"""What each form stands for."""

POINT = "﹒"
"""The small full stop: a stop of a sentence, a point between digits, a dot in a name."""

DOT = "･"
"""The half-width middle dot."""

NEAR = 10
"""Characters on each side in which kana make the text Japanese, which is set in these marks."""

_BLOCKS = lazy("[\ufe10-\ufe6b\uff61-\uff65⋯]")
"""Where Unicode has these forms: three comparisons rule out most pages."""

_LEADER = lazy("⋯{3}")
_FORM = lazy(f"[{re.escape(''.join(MARKS))}{POINT}{DOT}]+")
_CHINESE = lazy(f"[{HAN}{WIDE_MARKS}“”‘’0-9%]")
_HAN = lazy(f"[{HAN}]")
_KANA = lazy(f"[{KANA}\uff66-\uff9d]")
_ENDS = lazy(rf"[{HAN}{WIDE_MARKS}“”‘’\s]|$")


def propose(text: str) -> Iterator[Edit]:
    """An edit for each form of a mark that stands in Chinese text.

    >>> "".join(edit.new for edit in propose("開會︐他說﹁快辦︒﹂梅､蘭｡"))
    '，「。」、。'
    """
    for run in _FORM.finditer(text) if _BLOCKS.search(text) else ():
        start, end = run.span()
        around = text[max(0, start - 1) : start] + text[end : end + 1]
        near = text[max(0, start - NEAR) : end + NEAR]
        if _CHINESE.search(around) and not _KANA.search(near) and not _LEADER.search(run[0]):
            new = "".join(_meant(text, at) for at in range(start, end))
            if new != run[0]:
                yield Edit(start, end, new, CODE, REASON)


def _meant(text: str, at: int) -> str:
    """The mark that a form stands for, or the form itself where that is open."""
    form, before, behind = text[at], text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if form == DOT:
        return "·" if _HAN.match(before) and _HAN.match(behind) else form
    if before.isdecimal() and behind.isdecimal():
        return normalize("NFKC", form)
    if form != POINT:
        return MARKS[form]
    stands = _HAN.match(before) or before in ("”", "’", "」", "』", "）", "》")
    return "。" if stands and _ENDS.match(behind) else form
