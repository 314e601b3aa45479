"""Brackets that do not fit each other: 〈下转2版) was a pair of round ones.

Brackets come in pairs of one kind; in 8.7 M characters of news not one 《 or 〈 is closed by ）
where plain text stands between. So a pair of two kinds has one that was misread. Angles, square and
curly ones are what recognisers make of a round one; of a title mark and a round bracket either may
be wrong, and what stands inside has to tell.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path

from fixnews import language
from fixnews.changes import Edit, Safety
from fixnews.patterns import lazy
from fixnews.words.han import HAN

CODE = "PUN204"
REASON = "opened by one kind of bracket and closed by another"

REACH = 60
"""Characters between the two: of the pairs of round brackets in news, 99 % are shorter."""

_ANY = "〈〉《》【】〔〕()（）{}\\[\\]\f"
_INSIDE = rf"(?:(?!\n[ \t\r\u3000]*\n)[^{_ANY}]){{1,{REACH}}}?"
_OPENED_ELSE = lazy(rf"(?P<wrong>[〈【〔{{\[《])(?P<inside>{_INSIDE})(?=[)）])")
_CLOSED_ELSE = lazy(rf"[(（](?P<inside>{_INSIDE})(?P<wrong>[〉》】〕}}\]])")
_HAN = lazy(f"[{HAN}]")

_ASIDE = lazy(
    r"\s*(?:[上紧緊]接|[下紧緊]?[转轉]|本?报?记者|記者|通讯员|附?图片?|见|見|摄|據|据|新华社|本报|本報|编者|編者|作者|原载"
    r"|[女男回藏壮满苗彝]$|[^，。]{1,6}族$|[^，。]{1,12}[摄攝]$|[一二三四五六七八九十]{1,3}$)"
)
"""What stands in round brackets in a newspaper and in no title."""


TITLE_SURE = 4.0
"""Nats by which the language model must prefer one reading of a mixed pair to the other to have it
applied; see docs/notes/ocr.md."""

_CONTEXT = 8
"""Characters on each side that the language model is shown."""


def propose(text: str, model: Path | None = None) -> Iterator[Edit]:
    """An edit for each bracket that does not fit its partner.

    Args:
        text: a page.
        model: the language model that tells an aside from a title, or None for the shipped one.

    >>> [(e.start, e.new) for e in propose("解决〈下转2版)，拟上市{挂牌)企业，《共和国报)道")]
    [(2, '（'), (12, '（'), (24, '》')]
    """
    for found in _OPENED_ELSE.finditer(text):
        if _HAN.search(found["inside"]):
            yield _mended(text, found, found.start(), found.end(), model)
    for found in _CLOSED_ELSE.finditer(text):
        if _HAN.search(found["inside"]):
            yield _mended(text, found, found.start(), found.end() - 1, model)


def _mended(
    text: str, found: re.Match[str], opening: int, closing: int, model: Path | None
) -> Edit:
    """The bracket of a mixed pair that is likelier misread becomes like the other."""
    aside = found["wrong"] not in "《》" or _ASIDE.match(found["inside"])
    gain = TITLE_SURE if aside else -_title_gain(text, opening, closing, model)
    odd, other = (opening, closing) if found["wrong"] == text[opening] else (closing, opening)
    at = odd if gain > 0 else other
    pair = "（）" if gain > 0 else "《》"
    safety: Safety = "safe" if abs(gain) >= TITLE_SURE else "unsafe"
    confidence = round(1 / (1 + math.exp(-abs(gain))), 4)
    return Edit(at, at + 1, pair[at == closing], CODE, REASON, confidence, safety)


def _title_gain(text: str, opening: int, closing: int, model: Path | None) -> float:
    """Nats by which the passage reads better between title marks than between round brackets."""
    left = "".join(text[max(0, opening - 2 * _CONTEXT) : opening].split())[-_CONTEXT:]
    inside = "".join(text[opening + 1 : closing].split())
    right = "".join(text[closing + 1 : closing + 1 + 2 * _CONTEXT].split())[:_CONTEXT]
    score = language.load(model).score
    title, aside = f"{left}《{inside}》{right}", f"{left}（{inside}）{right}"
    return float(score(title).sum() - score(aside).sum())
