r"""Escapes (MOJ3): characters that a file spells out, as `&#22478;`, `\u57ce` or `%E5%9F%8E`.

A page that was saved from a browser, a mail or a program may hold what these write instead of
characters. What they say is taken back where it reads as Chinese; what cannot be known is named.
Text that speaks of escapes keeps them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from fixnews.changes import Edit, note
from fixnews.contract import Context
from fixnews.encoding import codec, detection
from fixnews.islands import ANYWHERE, READ_WRONG, Kind
from fixnews.layout.page import LINES
from fixnews.message import Message
from fixnews.patterns import lazy
from fixnews.rules import Rule
from fixnews.words.han import HAN, WIDE_MARKS, han_count

ENTITY = "MOJ301"
BACKSLASH = "MOJ302"
PERCENT = "MOJ303"
PRINTABLE = "MOJ304"
RICH_TEXT = "MOJ305"
GLYPH = "MOJ306"
RICH_FILE = "MOJ307"

MANY = 4
"""Escapes of a line from which on it is written in them, whatever words stand beside: one or two
may be what the line speaks of."""

SYNTAX = frozenset({"lt", "gt", "amp", "quot", "apos", "nbsp"})
MANY_OF_SYNTAX = 8
"""Entities that text about markup and text made for it need. Fewer than eight of them on a page
that has no others are only offered as what they stand for."""

TAGS = 2
"""Tags from which on a page is markup: there an entity is how a character is spelt, and only one
that stands for a Chinese character is written as that."""

HAN_SHARE = 0.1
"""Chinese characters for each letter of ASCII from which on a page is Chinese: of 2,255 articles of
a daily of February 2020 the poorest has 2.0; of English and Korean messages, 92,000 lines, no page
has any."""

ESCAPED = READ_WRONG - {Kind.ADDRESS, Kind.TAG}
"""Kinds that may be an escape, or hold one: not a link, where it is how the link is written."""

RULES = (
    Rule(ENTITY, "character-entity", touches=ESCAPED),
    Rule(BACKSLASH, "backslash-escape", touches=ESCAPED),
    Rule(PERCENT, "percent-escape", touches=ESCAPED),
    Rule(PRINTABLE, "quoted-printable", touches=ESCAPED | {Kind.DATA}),
    Rule(RICH_TEXT, "rich-text", touches=ESCAPED | {Kind.DATA}),
    Rule(GLYPH, "glyph-number", touches=ANYWHERE),
    Rule(RICH_FILE, "rich-text-file", touches=ANYWHERE),
)

_GATE = lazy(
    r"&(?:amp[;；]|#|[A-Za-z]{2,8}[;；])|\\[uUx'][0-9A-Fa-f{]|%[0-9A-Fa-fu]|=[0-9A-F]{2}=|\(cid:"
)
"""What every escape has: a page without it is passed over once."""

_ENTITY = lazy(
    r"&(?:amp[;；])*(?:#(\d{2,7})|#[xX]([0-9A-Fa-f]{2,6})|([A-Za-z][A-Za-z0-9]{1,30}))[;；]"
)
_BACKSLASH = lazy(
    r"(?:\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\\[ux]\{[0-9A-Fa-f]{1,6}\})+|(?:\\x[0-9A-Fa-f]{2})+"
)
_ONE = lazy(r"\\[uUx]\{?([0-9A-Fa-f]+)\}?|%u([0-9A-Fa-f]{4})")
_PERCENT = lazy(r"(?:%u[0-9A-Fa-f]{4})+|(?:%[0-9A-Fa-f]{2}){2,}")
_CODES = r"(?:=[0-9A-F]{2}(?:=\r?\n)?){2,}"
_PRINTABLE = lazy(rf"{_CODES}(?:[ -<>-~]{{1,40}}(?==[0-9A-F]{{2}}=){_CODES})*")
_RICH = lazy(r"(?:\\'[0-9a-fA-F]{2})+")
_GLYPHS = lazy(r"(?:\(cid:\d{1,6}\))+")
_RTF = lazy(r"\s*\{\\rtf\d?")

_TAG = lazy(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>")
_SPOKEN_OF = lazy(
    "编码|編碼|转义|轉義|实体|實體|字符|字元|代码|代碼|源码|码位|碼位|网址|網址|Unicode|HTML|XML|URL|RTF",
    re.IGNORECASE,
)
"""Words of text that speaks of escapes."""

_EASTERN = lazy("[\u3041-\u30ff\uac00-\ud7a3]")
_LATIN = lazy("[A-Za-z]")

_MARKS = f"{WIDE_MARKS}“”‘’\u3000"
_CHINESE = lazy(f"[{HAN}{_MARKS}]")
_SIGNS = "\\xa0-\\xff\\u2010-\\u2027\\u2030-\\u203b\\u2100-\\u25ff\\uff01-\\uff5e"
_FIT = lazy(f"[{HAN}{_MARKS}{_SIGNS}\\x20-\\x7e\\r\\n\\t]+")

LEAST = 3
"""Characters of GBK or Big5 that bytes must be, on a page where no row of them is sure: any two
bytes are one."""

_BYTES = ("utf-8", "gb18030", "big5")


def propose(text: str, context: Context) -> Iterable[Edit]:
    r"""The escapes of a page, each as what it stands for.

    >>> [(e.new, e.code) for e in propose("游锡&#22531;说", Context())]
    [('堃', 'MOJ301')]
    """
    del context
    if not _GATE.search(text):
        return
    if _RTF.match(text):
        found = LINES.search(text)
        assert found
        yield note(*found.span(), text, RICH_FILE, "an RTF file: save it as text")
        return
    for found in _GLYPHS.finditer(text):
        number = found[0].count("cid")
        yield note(
            *found.span(), text, GLYPH, Message("{n} glyphs of a font without a table", n=number)
        )
    done = 0
    for edit in sorted(_edits(text), key=lambda edit: edit.start):
        if edit.start >= done and edit.new != text[edit.start : edit.end]:
            done = edit.end
            yield edit


def _edits(text: str) -> Iterator[Edit]:
    yield from _entities(text)
    for code, pattern, read in _RUNS:
        runs = list(pattern.finditer(text))
        sure = any(_reads(read(run[0], LEAST)) for run in runs)
        for run in runs:
            new = read(run[0], 1 if sure else LEAST)
            if _reads(new, sure=sure) and not _spoken_of(text, run, pattern):
                yield Edit(*run.span(), new, code, "what the escape stands for")


def _entities(text: str) -> Iterator[Edit]:
    """The entities of a page, but for lines that speak of them."""
    all_of_page = list(_ENTITY.finditer(text))
    if not all_of_page or not _of_chinese(_TAG.sub("", _ENTITY.sub(_entity, text))):
        return
    tagged = len(_TAG.findall(text)) >= TAGS
    syntax = len(all_of_page) < MANY_OF_SYNTAX and all(e[3] in SYNTAX for e in all_of_page)
    for found in all_of_page:
        new = _entity(found)
        if new and (han_count(new) or not tagged) and not _spoken_of(text, found, _ENTITY):
            edit = Edit(*found.span(), new, ENTITY, "what the entity stands for")
            yield replace(edit, confidence=0.5, safety="unsafe") if syntax else edit


def _of_chinese(text: str) -> bool:
    """Whether a page is Chinese, and no other text that is written for the web."""
    han = han_count(text)
    return han >= len(_EASTERN.findall(text)) and han >= HAN_SHARE * len(_LATIN.findall(text))


def _entity(found: re.Match[str]) -> str:
    """The character of an entity, or nothing."""
    decimal, hexadecimal, name = found.groups()
    if name:
        from html import entities

        return entities.html5.get(f"{name};", "")
    return _character(int(decimal or hexadecimal, 10 if decimal else 16))


def _character(number: int) -> str:
    """The character of a number, as browsers read it; nothing for controls and halves."""
    if 0x80 <= number < 0xA0:
        return bytes((number,)).decode("cp1252", "ignore")
    if number < 0x20 or 0xD800 <= number < 0xE000 or number > 0x10FFFF:
        return ""
    return chr(number)


def _spoken_of(text: str, found: re.Match[str], pattern: re.Pattern[str]) -> bool:
    """Whether the line around an escape speaks of escapes, and has no more than a few."""
    start = text.rfind("\n", 0, found.start()) + 1
    stop = text.find("\n", found.end())
    line = text[start : stop if stop >= 0 else len(text)]
    outside = line.replace(found[0], "")
    few = len(_CHINESE.findall(line)) > 0 and sum(1 for _ in pattern.finditer(line)) < MANY
    return few and _SPOKEN_OF.search(outside) is not None


def _reads(text: str, *, sure: bool = False) -> bool:
    r"""Whether what escapes say is Chinese: characters and marks, and nothing strange among them.

    On a page where other escapes are Chinese for ``sure``, one may be a sign alone: 19\\u223615.
    """
    return _FIT.fullmatch(text) is not None and (sure or _CHINESE.search(text) is not None)


def _numbers(run: str, least: int) -> str:
    """The characters of numbers; two halves of one beyond the first plane are put together."""
    del least
    numbers = (int(a or b, 16) for a, b in _ONE.findall(run))
    units = "".join(chr(number) for number in numbers if number <= sys.maxunicode)
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _bytes(run: str, least: int) -> str:
    """What the bytes say in the first encoding that reads them as Chinese."""
    data = bytes.fromhex("".join(re.findall(r"[\\%='x]+([0-9A-Fa-f]{2})", run)))
    return _decoded(data, least)


def _decoded(data: bytes, least: int) -> str:
    for name in _BYTES:
        try:
            text = codec.read(data, name)
        except UnicodeDecodeError:
            continue
        many = len(text) >= (1 if name == "utf-8" else least)
        if many and _reads(text) and not detection.garbage(text):
            return text
    return ""


def _backslash(run: str, least: int) -> str:
    return (_bytes if run.startswith("\\x") and "{" not in run else _numbers)(run, least)


def _percent(run: str, least: int) -> str:
    return (_numbers if run.startswith("%u") else _bytes)(run, least)


def _printable(run: str, least: int) -> str:
    """The bytes of quoted-printable, its soft line ends gone."""
    pieces = re.split(r"=([0-9A-F]{2})", re.sub(r"=\r?\n", "", run))
    codes = (
        bytes.fromhex(piece) if number % 2 else piece.encode("ascii")
        for number, piece in enumerate(pieces)
    )
    return _decoded(b"".join(codes), least)


_RUNS: tuple[tuple[str, re.Pattern[str], Callable[[str, int], str]], ...] = (
    (BACKSLASH, _BACKSLASH, _backslash),
    (PERCENT, _PERCENT, _percent),
    (PRINTABLE, _PRINTABLE, _printable),
    (RICH_TEXT, _RICH, _bytes),
)
"""The rule, what its escapes look like in a row, and what a row says."""
