"""How newspapers name a page: 第2版, C2, A04版, 头版, P4, １２版, B叠, and several in a row."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from fixnews.patterns import lazy

CJK_DIGIT = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}

SPACE = r"[ \t\u3000\u00a0\u2002-\u200a]{0,3}"
GAP = rf"{SPACE}(?:(?:\r\n?|\n){SPACE})?"
"""Inside a jump line: some space, and the line break of a column that was too narrow for it."""

NUMBER = r"(?:[0-9０-９]{1,4}|[一二三四五六七八九十百零〇○]{1,5})"
LETTERS = r"[A-Za-zＡ-Ｚａ-ｚ]{1,2}"
UNIT = r"[版页頁]"
_PART = r"[叠疊]"
_SECTION = rf"(?:{LETTERS}{GAP}(?:[-－·]|{_PART}第?)?{GAP})?"
PAGE = rf"(?:{_SECTION}{NUMBER}|{LETTERS}{_PART})"
BETWEEN_PAGES = r"(?:[、,，及和与與/／]|[至到]|[—–－~～-]{1,2})"
PAGES = rf"{PAGE}(?:{GAP}{UNIT}?{GAP}{BETWEEN_PAGES}{GAP}第?{GAP}{PAGE}){{0,5}}"
"""One page or several, the unit behind the last left out: 2、3 · 2版、第3 · A2-A4 · 五、六、七."""

_REF = lazy(
    rf"(?P<section>[A-Za-zＡ-Ｚａ-ｚ]{{0,2}})(?:{GAP}(?:[-－·]|{_PART}第?)?{GAP}(?P<number>{NUMBER})|{_PART})"
)
_RANGE = lazy(r"[至到—–－~～-]")
FRONT = ("头", "頭")
PAGE_WORDS = ("P", "PG")
"""Letters that say "page" and name no section: P4."""

WIDEST_RANGE = 8
"""Pages from first to last that a jump line may mean by 第五至七版; more was not seen, and what is
wider is rather a number that a recogniser misread."""


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
    """The page that a name such as ``A01``, ``第3版``, ``P4`` or ``頭版`` means, or `UNKNOWN`."""
    if name.strip("第版 ") in FRONT:
        return Ref("", 1)
    found = _REF.search(name)
    return _ref(found) if found else UNKNOWN


def refs_of(pages: str) -> tuple[Ref, ...]:
    """The pages that a list names, each with its section; `UNKNOWN` where the number was lost.

    >>> [str(ref) for ref in refs_of("A2版、3")], [str(ref) for ref in refs_of("五至七")]
    (['A2', 'A3'], ['5', '6', '7'])
    >>> refs_of("") == (UNKNOWN,)
    True
    """
    if pages in FRONT:
        return (Ref("", 1),)
    found = list(_REF.finditer(pages))
    if not found:
        return (UNKNOWN,)
    section = _ref(found[0]).section
    named = [Ref(ref.section or section, ref.number) for ref in map(_ref, found)]
    between = [pages[a.end() : b.start()] for a, b in pairwise(found)]
    return tuple(_filled(named, between))


def _filled(named: list[Ref], between: list[str]) -> list[Ref]:
    """The pages of a list, with those inside a range."""
    full = named[:1]
    for sign, ref in zip(between, named[1:], strict=True):
        last = full[-1]
        wide = 1 < ref.number - last.number <= WIDEST_RANGE and ref.section == last.section
        if wide and _RANGE.search(sign):
            full += [Ref(ref.section, n) for n in range(last.number + 1, ref.number)]
        full.append(ref)
    return full


def _ref(found: re.Match[str]) -> Ref:
    section = "".join(chr(ord(c) - 0xFEE0) if c > "\uff00" else c for c in found["section"]).upper()
    number = number_of(found["number"]) if found["number"] else 0
    return Ref("" if section in PAGE_WORDS else section, number)
