"""The parts that jump lines are built from, and what a jump line is once it is read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from fixnews.jumps import spellings
from fixnews.jumps.refs import FRONT, GAP, PAGES, UNIT, Ref
from fixnews.jumps.spellings import ARROW, DASH, Direction
from fixnews.patterns import lazy
from fixnews.source import BREAKS

WORDS = spellings.readings()
ALONE = frozenset(spellings.readings(alone=True))


@dataclass(frozen=True, slots=True)
class Marker:
    """One jump line in a text.

    Attributes:
        start, end: offsets in characters, brackets and arrows included, space around not.
        direction: ``out`` says where the story goes on, ``in`` where it came from.
        refs: the pages it names; one `UNKNOWN` where the number was lost.
        broken: whether only the looser grammar for OCR damage reads it; nobody should act on such
            a marker alone.
        turnable: whether its words may point either way, and neither they nor its place told: then
            ``direction`` is a guess that the pages may correct.
    """

    start: int
    end: int
    direction: Direction
    refs: tuple[Ref, ...]
    broken: bool = False
    turnable: bool = False


def either(words: Iterable[str]) -> str:
    """A pattern for one of these words, in simplified or traditional characters."""
    forms = {form for word in words for form in spellings.both(word)}
    return "|".join(sorted(map(re.escape, forms), key=len, reverse=True))


_GLOSS = r"(?:[（(][A-Za-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,7}[)）])?"
"""Mirror pages put pinyin behind a converted character: 下轉(zhuǎn)第二版."""

_GLOSSED = lazy(r"[（(].*?[)）]|\s")
_LONGEST_FIRST = sorted(WORDS, key=len, reverse=True)
_WORD = "|".join(GAP.join(c + _GLOSS for c in word) for word in _LONGEST_FIRST)
_TOWARDS = rf"(?:(?:{either(spellings.TOWARDS)}){GAP}){{0,2}}"

TURN = (
    rf"(?P<word>{_WORD}){GAP}(?:[·:：]{GAP})?{_TOWARDS}第?{GAP}(?P<pages>{PAGES}|[{''.join(FRONT)}]|(?={GAP}{UNIT}))"
    rf"{GAP}(?P<unit>{UNIT}?)"
)
"""A word of turning and the page behind it."""

SAID = rf"(?:(?:{either(spellings.BEFORE)})[，,、；;：:…\s—·-]*){{0,3}}"
"""What may stand in front of the word of turning."""

BESIDE = r"[·.．:：|｜，,/／-]"
_SIGNED = rf"(?!{either(spellings.EDITORS)})"
EXTRA = _SIGNED + r"(?:[^\W\d_]{1,8}版?|《[^》\n]{1,40}》|[①-⑳]|[A-Za-z][A-Za-z0-9 .]{0,40})"
"""What may stand behind the page: 右上角, ·要闻, 《老码头》, ③, continued on page 123."""

LEAD = rf"(?:[{re.escape(ARROW + DASH)}<>]{{1,6}}|一一)"
"""What may stand before a jump line in its line."""

TAIL = rf"[ \t\u3000]+(?:本版)?(?:{either(spellings.EDITORS)})[^{BREAKS}]{{0,30}}"
"""What may stand behind a jump line in its line: 下转A4版 责编：某某."""

_LETTERED = lazy(r"(?![GSＧＳ][0-9０-９]{2})[A-Za-zＡ-Ｚａ-ｚ]")
"""A page with the letter of its section. G15 and S32 are roads."""


def word_of(found: re.Match[str]) -> str:
    """The word of turning of a match of `TURN`, without glosses and space."""
    return _GLOSSED.sub("", found["word"])


def names_page(pages: str, unit: str) -> bool:
    """Whether what was read is surely a page: with its unit, a letter, or 头版.

    >>> names_page("4", "版"), names_page("A4", ""), names_page("4", "")
    (True, True, False)
    """
    return bool(unit) or bool(_LETTERED.match(pages)) or bool(re.search(UNIT, pages))
