"""Signs whose bytes were read in another encoding than the page (MOJ104, MOJ105).

A page is put together from several hands: its text is right, but a no-break space, a quotation mark
or the sign of a degree came in UTF-8 and was read as cp1252 (`28Â°C`) or as GBK (`28掳C`). The line
around it reads well, and nothing is gained by taking all of it back: each sign goes back alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import chain

from fixnews.changes import Edit
from fixnews.contract import Context
from fixnews.encoding import frequency
from fixnews.islands import READ_WRONG
from fixnews.patterns import lazy
from fixnews.rules import Rule
from fixnews.source import LOST
from fixnews.words.han import HAN

SIGN = "MOJ104"
BACKSLASH = "MOJ105"

SIGNS = "\xa0°·±×÷¶§©®«»½¼¾²³£¥¢¿¡µ–—‘’“”„•…‰′″€™" + "".join(map(chr, range(0xC0, 0x100)))
"""What newspapers print beyond ASCII and East Asia: two or three bytes of UTF-8."""

CLOSING = "\xe2€"
"""What is left of ” where the byte 9D, which cp1252 does not have, was dropped."""

FIGURES = (
    ("°", r"(?<=\d)掳(?=[CF]|[ \t]*(?:[，。、；：？！（）()/～~—-]|$))"),
    ("×", r"(?<=\d)脳(?=\d)|(?<=\d )脳(?= \d)"),
    ("±", r"(?<=\d)卤(?=\d)|(?<=\d )卤(?= ?\d)"),
    ("©", r"(?i:(?<=copyright)|(?<=copyright ))漏"),
    ("®", rf"(?<=[A-Za-z])庐(?![{HAN}])"),
)
"""Signs of two bytes that GBK reads as a word that papers print, and where it is none."""

BLANKS = {"聽": "\xa0", "牋": "\xa0\xa0"}
"""No-break spaces: one of UTF-8, and two of cp1252, in a page of GBK. In simplified print 聽 is 听
and 牋 is 笺: neither stands once in 61 M characters of news and 55 M of journals and statutes."""

RULES = (
    Rule(SIGN, "sign-in-another-encoding", touches=READ_WRONG),
    Rule(BACKSLASH, "escaped-byte"),
)

_MAY_BE_SIGN = lazy(r"(?<=[\d A-Za-z])[掳脳卤漏庐]")
"""What each of them looks like: a figure or a letter stands before it."""

_FIGURES = lazy("|".join(pattern for _, pattern in FIGURES), re.MULTILINE)
_BLANKS = lazy("[聽牋]+")
_LINE = lazy("[^\r\n]+")
_CHINESE = lazy(f"[{HAN}，。、；：？！（）《》]")


def propose(text: str, context: Context) -> Iterable[Edit]:
    """The signs of a page that stand in it as other characters.

    >>> [(e.new, e.code) for e in propose("气温28Â°C，风力3级。", Context())]
    [('°', 'MOJ104')]
    """
    del context
    for signs, propose_those in _KINDS:
        if any(sign in text for sign in signs):
            yield from propose_those(text)


def _as_latin(text: str) -> Iterator[Edit]:
    """Signs that cp1252 and Latin-1 read as letters, in lines of Chinese."""
    for line in _LINE.finditer(text):
        if _CHINESE.search(line[0]):
            for run in _runs().finditer(text, *line.span()):
                yield from _signs_of(text, run, line.start())


def _signs_of(text: str, run: re.Match[str], start: int) -> Iterator[Edit]:
    for found in _looks().finditer(text, *run.span()):
        sign = _sign(found[0], text[start : found.start()])
        if sign is not None:
            yield Edit(*found.span(), sign, SIGN, "utf-8 read as cp1252")


def _sign(look: str, before: str) -> str | None:
    """The sign that looks like this; of a closing quotation mark the last byte is often gone."""
    if look == CLOSING and "“" in _looks().sub(lambda found: _signs().get(found[0], ""), before):
        return "”"
    return _signs().get(look)


@cache
def _signs() -> dict[str, str]:
    """How each sign looks whose bytes are read one by one, undefined ones as controls."""
    forms = ((sign, sign.encode()) for sign in SIGNS)
    looks = chain.from_iterable(
        ((_single(data), sign), (data.decode("latin-1"), sign)) for sign, data in forms
    )
    return {"\xc2 ": "\xa0", CLOSING + LOST: "”", "ï»¿": ""} | dict(looks)


@cache
def _looks() -> re.Pattern[str]:
    """The looks of all signs, the longest first."""
    return re.compile("|".join(map(re.escape, sorted((*_signs(), CLOSING), key=len, reverse=True))))


@cache
def _runs() -> re.Pattern[str]:
    """Signs side by side, and no other letter of Latin-1 beside: that is a line in another way."""
    return re.compile(f"(?<![\x80-\xff])(?:{_looks().pattern})+(?![\x80-\xff])")


def _single(data: bytes) -> str:
    return "".join(bytes((b,)).decode("cp1252", "ignore") or chr(b) for b in data)


def _as_chinese(text: str) -> Iterator[Edit]:
    """Signs of figures that GBK reads as a character."""
    for found in _FIGURES.finditer(text) if _MAY_BE_SIGN.search(text) else ():
        sign = next(sign for sign, pattern in FIGURES if found[0] in pattern)
        yield Edit(*found.span(), sign, SIGN, "utf-8 read as gb18030")


def _blanks(text: str) -> Iterator[Edit]:
    """No-break spaces that became a character which simplified print does not have."""
    runs = list(_BLANKS.finditer(text))
    if not runs or not _simplified(_BLANKS.sub("", text)) or not all(_reads(text, r) for r in runs):
        return
    sure = len(runs) > 1 or _set_off(text, runs[0])
    for run in runs:
        new = "".join(map(BLANKS.__getitem__, run[0]))
        edit = Edit(*run.span(), new, SIGN, "no-break spaces, read as gb18030")
        yield edit if sure else replace(edit, confidence=0.5, safety="unsafe")


def _reads(text: str, run: re.Match[str]) -> bool:
    """Whether what stands around blanks is in use, and no more that was read wrongly."""
    around = text[max(0, run.start() - 2) : run.start()] + text[run.end() : run.end() + 2]
    return frequency.in_use().issuperset(_CHINESE.findall(around))


def _set_off(text: str, run: re.Match[str]) -> bool:
    """Whether blanks are likely there: several, or one that does not stand between characters."""
    left, right = text[max(0, run.start() - 1) : run.start()], text[run.end() : run.end() + 1]
    return len(run[0]) > 1 or not (_CHINESE.match(left) and _CHINESE.match(right))


def _simplified(text: str) -> bool:
    simplified, traditional = (len(text.encode(name, "ignore")) for name in ("gb2312", "big5"))
    return simplified > traditional


def _backslashes(text: str) -> Iterator[Edit]:
    r"""Backslashes that a program put behind the byte 5C of Big5: 功\ , 許\ , 蓋\ ."""
    found = [at for at, character in enumerate(text) if character == "\\"]
    if all(_escaped(text, at) for at in found):
        for at in found:
            yield Edit(at, at + 1, "", BACKSLASH, "behind the byte 5C of Big5")


def _escaped(text: str, at: int) -> bool:
    r"""Whether a backslash is escaped by nothing but its encoding: 成功\n is a program's."""
    before = text[at - 1 : at].encode("big5", "ignore")[1:]
    return before == b"\\" and _CHINESE.match(text, at + 1) is not None


_KINDS: tuple[tuple[str, Callable[[str], Iterator[Edit]]], ...] = (
    ("\xc2\xc3\xe2\xef", _as_latin),
    ("掳脳卤漏庐", _as_chinese),
    ("聽牋", _blanks),
    ("\\", _backslashes),
)
"""What each kind leaves, looked for first, and who looks closer."""
