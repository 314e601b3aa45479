"""Jump lines: how a newspaper says that a story goes on elsewhere, and where it came from.

One grammar reads every spelling: a verb (下转, 上接 …), a page after it (第2版, C2 版, 头版,
１２版), and around them dashes, triangles and brackets of any kind, paired or not. Where the verb
is a common word (转, 接), only brackets make it a marker. What OCR broke is read by
`broken_markers`.

Cross-references (详见, 全文见, 名单见) have no verb of the list and are never read as markers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

Direction = Literal["out", "in"]

VERBS: dict[str, Direction] = {
    "下转": "out", "下轉": "out", "紧转": "out", "緊轉": "out", "下接": "out",
    "转下": "out", "轉下": "out",
    "上接": "in", "紧接": "in", "緊接": "in", "上承": "in", "接上": "in",
}  # fmt: skip
"""Verbs that make a marker by themselves when a page follows. Spellings as printed by dailies of
1998 to 2026 and by journals; the counts are in docs/jumps.md."""

BRACKETED: dict[str, Direction] = {
    "转": "out", "轉": "out", "文转": "out", "文轉": "out", "续转": "out", "續轉": "out",
    "接": "in", "续": "in", "續": "in", "承接": "in",
}  # fmt: skip
"""Verbs that are everyday words: a marker only inside brackets (紧接 needs them inside a line)."""

OPEN, CLOSE = "（(【［[〔〈《<＜「『", "）)】］]〕〉》>＞」』"
ARROW = "▶►▷▸▹▻◆◇■□●○▲△▼▽◀◁◂◄◅←→➔➜➤☞☛«»‹›↓↑⇒⇐"
DASH = "—–―─-－"
CJK_DIGIT = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}

_SPACE = r"[ \t\u3000\u00a0]{0,3}"
_GAP = rf"{_SPACE}(?:(?:\r\n?|\n){_SPACE})?"
"""Inside a marker: some space, and the line break of a column that was too narrow for it."""
_NUMBER = r"(?:[0-9０-９]{1,4}|[一二三四五六七八九十百零〇○]{1,5})"
_SECTION = rf"(?:[A-Za-zＡ-Ｚａ-ｚ]{{1,2}}{_GAP}[-－·]?{_GAP})?"
_PAGE = rf"{_SECTION}{_NUMBER}"
_LIST = rf"{_PAGE}(?:{_GAP}(?:[、,，及和至]|[—–－~～-]{{1,2}}){_GAP}第?{_GAP}{_PAGE}){{0,5}}"
_GLOSS = r"(?:[（(][A-Za-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,7}[)）])?"
"""Mirror pages put pinyin behind a converted character: 下轉(zhuǎn)第二版."""


def _words(verbs: dict[str, Direction]) -> str:
    longest = sorted(verbs, key=len, reverse=True)
    return "|".join(_GAP.join(c + _GLOSS for c in verb) for verb in longest)


_CORE = re.compile(
    rf"(?P<verb>(?:{_words(VERBS)})|(?<=[{re.escape(OPEN)} \u3000])(?:{_words(BRACKETED)}))"
    rf"{_GAP}第?{_GAP}(?P<pages>{_LIST}|[头頭]|){_GAP}(?P<unit>[版页頁])"
)
_FIRST = re.compile(f"[{''.join(sorted({verb[0] for verb in (*VERBS, *BRACKETED)}))}]")
"""How a verb begins: to look for it first is five times as fast."""

_LEAD = rf"(?:[{ARROW}{re.escape(DASH)}<>＞＜]{{1,6}}|一一)"
_LEFT = re.compile(
    rf"(?P<lead>{_LEAD})?{_SPACE}(?P<open>[{re.escape(OPEN)}])?{_SPACE}{_LEAD}?{_SPACE}\Z"
)
_EXTRA = r"(?:[·.．:：]?[^\W\d_]{1,6}版?|《[^》\n]{1,40}》|[①-⑳]|[A-Za-z][A-Za-z0-9 .]{0,40})"
_RIGHT = re.compile(
    rf"(?:{_GAP}{_EXTRA})?{_GAP}{_LEAD}?{_GAP}(?P<close>[{re.escape(CLOSE)}])(?:{_SPACE}[{ARROW}]{{1,3}})?"
)
_TRAIL = re.compile(rf"{_SPACE}(?:[{ARROW}]{{1,3}}|[{re.escape(CLOSE)}])")
_REF = re.compile(
    rf"(?P<section>[A-Za-zＡ-Ｚａ-ｚ]{{0,2}}){_SPACE}[-－·]?{_SPACE}(?P<number>{_NUMBER})"
)
_LINE_START = re.compile(r"(?:^|[\n\r\f])(?:#{1,6} )?[ \t\u3000\u00a0]*\Z")
_LINE_END = re.compile(r"[ \t\u3000\u00a0]*(?:\Z|[\n\r\f])")
_LEFT_REACH, _RIGHT_REACH = 24, 64
"""Characters looked at on each side of a verb; the widest marker seen needs 9 and 44."""


class Ref(NamedTuple):
    """A page as a newspaper names it: section and number; number 0 where it is unknown.

    >>> page_ref("第十二版"), page_ref("A01"), page_ref("头版")
    (Ref(section='', number=12), Ref(section='A', number=1), Ref(section='', number=1))
    """

    section: str
    number: int

    def __str__(self) -> str:
        return f"{self.section}{self.number or '?'}"


UNKNOWN = Ref("", 0)


@dataclass(frozen=True, slots=True)
class Marker:
    """One jump line in a text.

    Attributes:
        start, end: offsets in characters, brackets and arrows included, space around not.
        direction: ``out`` says where the story goes on, ``in`` where it came from.
        refs: the pages it names; one `UNKNOWN` where the number was lost.
        broken: whether only the looser grammar for OCR damage reads it; nobody should act on such
            a marker alone.
    """

    start: int
    end: int
    direction: Direction
    refs: tuple[Ref, ...]
    broken: bool = False


def number_of(digits: str) -> int:
    """The value of a page number in Arabic, full-width or Chinese digits; 0 if it is none.

    >>> [number_of(s) for s in ("１２", "十二", "二十", "一二〇", "百")]
    [12, 12, 20, 120, 100]
    """
    digits = digits.translate({0xFF10 + n: str(n) for n in range(10)})
    if digits.isascii():
        return int(digits) if digits.isdigit() else 0
    if "百" in digits:
        hundreds, rest = digits.split("百", 1)
        return CJK_DIGIT.get(hundreds, 1) * 100 + (number_of(rest.lstrip("零〇")) if rest else 0)
    if "十" in digits:
        tens, ones = digits.split("十", 1)
        return CJK_DIGIT.get(tens, 1) * 10 + CJK_DIGIT.get(ones, 0)
    return int("".join(str(CJK_DIGIT.get(c, 0)) for c in digits) or 0)


def page_ref(name: str) -> Ref:
    """The page that a name such as ``A01``, ``第3版`` or ``頭版`` means; `UNKNOWN` if none."""
    if name.strip("第版 ") in ("头", "頭"):
        return Ref("", 1)
    found = _REF.search(name)
    if not found:
        return UNKNOWN
    section = "".join(chr(ord(c) - 0xFEE0) if c > "\uff00" else c for c in found["section"])
    return Ref(section.upper(), number_of(found["number"]))


def find(text: str) -> tuple[Marker, ...]:
    """Every jump line that is spelt as one, in the order of the text. Linear in the text.

    >>> [(m.direction, str(m.refs[0])) for m in find("拧成了一股绳，——下转 C2 版")]
    [('out', 'C2')]
    >>> find("（全文见第四版）"), find("马上接着说，利益上接轨，以下转移支付")
    ((), ())
    """
    return tuple(_spelt(text))


def _spelt(text: str) -> Iterator[Marker]:
    done = read = 0
    for first in _FIRST.finditer(text):
        core = _CORE.match(text, first.start()) if first.start() >= read else None
        read = core.end() if core else read
        marker = _whole(text, core) if core and core.start() >= done else None
        if marker:
            yield marker
            done = marker.end


def _whole(text: str, core: re.Match[str]) -> Marker | None:
    """The marker around a verb and its page, or None where nothing makes it one."""
    left = _LEFT.search(text, max(0, core.start() - _LEFT_REACH), core.start())
    opened = left is not None and left["open"] is not None
    closed = _RIGHT.match(text, core.end(), core.end() + _RIGHT_REACH) if opened else None
    start = left.start() if left else core.start()
    verb = re.sub(r"[（(].*?[)）]|\s", "", core["verb"])
    if closed:
        direction = VERBS.get(verb) or BRACKETED[verb]
        return Marker(_trimmed(text, start), closed.end(), direction, _refs(core["pages"]))
    if verb not in VERBS or not core["pages"]:
        return None
    return _bare(text, core, start, VERBS[verb])


def _bare(text: str, core: re.Match[str], start: int, direction: Direction) -> Marker | None:
    """A marker without brackets: at the end of a line going out, at the start coming in."""
    trail = _TRAIL.match(text, core.end())
    end = trail.end() if trail else core.end()
    start = _trimmed(text, start)
    at_end = _LINE_END.match(text, end) is not None
    at_start = (
        _LINE_START.search(text, max(0, start - _LEFT_REACH), start) is not None or start == 0
    )
    led = start < core.start()
    fits = {"out": at_end, "in": at_start and (at_end or led or core["verb"] != "紧接")}
    if not fits[direction]:
        return None
    return Marker(start, end, direction, _refs(core["pages"]))


def _trimmed(text: str, start: int) -> int:
    """``start`` moved past the white space that a left side may begin with."""
    while text[start : start + 1] in (" ", "\t", "\u3000", "\u00a0"):
        start += 1
    return start


def _refs(pages: str) -> tuple[Ref, ...]:
    if pages in ("头", "頭"):
        return (Ref("", 1),)
    found = [page_ref(m.group()) for m in _REF.finditer(pages)]
    section = found[0].section if found else ""
    return tuple(Ref(r.section or section, r.number) for r in found) or (UNKNOWN,)
