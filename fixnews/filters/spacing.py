"""Blanks between all characters (SPC103): how Tesseract writes Chinese down.

Where nearly every Han character of a line stands alone, its single blanks are layout and say
nothing. Wider gaps part names and phrases, and stay; so do blanks between Latin words and between
figures. Names that are padded to one width (王 强　李晓明) have characters that stand together, or
few of them alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from fixnews.changes import Edit
from fixnews.contract import Context
from fixnews.filters.stretches import lines_with
from fixnews.islands import Kind
from fixnews.patterns import lazy
from fixnews.rules import Rule
from fixnews.words.han import HAN, WIDE_MARKS

SPACED = "SPC103"

FEWEST = 6
"""Han characters that must stand alone on a line: a headline of two or three words is set wide."""

MOSTLY = 0.8
"""Share of a line's Han characters that must stand alone. In clean text of fifteen kinds no line
with six or more that do has as many; lines that Tesseract spaced have nearly all."""

PHRASE = 4
"""Characters in a row, one blank between any two, that no padded name has."""

RULES = (
    Rule(
        SPACED,
        "blanks-between-all-characters",
        touches=frozenset({Kind.NUMBER, Kind.LABEL, Kind.ROLL}),
        figures=(("MOSTLY", MOSTLY), ("FEWEST", FEWEST)),
    ),
)

BLANKS = " \t\u3000"
_BLANK = lazy(" ")
_WIDE = f"{HAN}{WIDE_MARKS}“”‘’"
_ALONE = lazy(rf"(?<![^ \t\u3000])[{HAN}](?=[ \t\u3000]|$)")
_HAN = lazy(f"[{HAN}]")
_MARK = lazy("[，。、；：！？]")
_PHRASE = lazy(rf"(?<![^ \t\u3000])(?:[{HAN}] ){{{PHRASE - 1}}}[{HAN}](?=[ \t\u3000]|$)")
_SINGLE = lazy(rf"(?<![ \t\u3000]) (?![ \t\u3000])(?:(?<=[{_WIDE}] )|(?=[{_WIDE}]))")


def propose(text: str, context: Context) -> Iterable[Edit]:
    """An edit for each single blank of a line that is spaced throughout.

    >>> [e.start for e in propose("天 气 转 凉 ， 市 民 添 衣 。", Context())][:3]
    [1, 3, 5]
    """
    del context
    for start, line in lines_with(text, _BLANK) if " " in text else ():
        if is_spaced(line):
            for blank in _SINGLE.finditer(line.rstrip()):
                at = start + blank.start()
                yield Edit(at, at + 1, "", SPACED, "all characters of the line are set apart")


def is_spaced(line: str) -> bool:
    """Whether nearly every Han character of a line stands alone.

    >>> [is_spaced(s) for s in ("天 气 转 凉 ， 市 民 添 衣", "王 强　李晓明　张 伟", "通 知")]
    [True, False, False]
    """
    if sum(map(line.count, BLANKS)) < FEWEST - 1:
        return False
    alone = len(_ALONE.findall(line))
    spaced = alone >= FEWEST and alone >= MOSTLY * len(_HAN.findall(line))
    return spaced and bool(_MARK.search(line) or _PHRASE.search(line))
