"""The dash that was read as 一一: the same two strokes, told apart by who stands beside them.

``一一`` is a word, too: 一一走访 is to visit one by one. It never opens a paragraph and never
stands before a jump line; elsewhere the language model decides, and how sure it must be follows
from the page. A recogniser that reads 一一 does so nearly every time, so a page with dashes of its
own seldom has one that was misread.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path

from fixnews import language
from fixnews.draft import Edit, Safety
from fixnews.words.han import HAN

CODE = "PUN205"
REASON = "the two strokes of a dash"

SURE_OF_ONE, SURE_OF_SOME, SURE_BESIDE_DASHES = 5.0, 2.5, 7.0
"""Nats by which the model must prefer the dash where the page has one 一一 and no dash, where it
has several, or shows that it was read by a recogniser (strange signs, wide commas beside half-width
colons), and where it has more dashes than 一一. In 2.6 M characters of February 2020 the best of
the 59 words 一一 reach 6.8, 4.9 and 4.9."""

SURE_AT_START = 0.0
"""The same at the start of a paragraph behind another that ended; under a headline it is only
offered."""

LEAST = 0.0
"""Nats from which a dash is offered."""

_CONTEXT = 8

_GATE = re.compile("一[一—―─－–-]|[—―─－–-]一|[0-9％%]一[0-9]")
_PAIR = re.compile(r"(?<![一—―─－–-])(?:一一|一[—―─－–]|[—―─－–]一)(?![一—―─－–-])")
_RANGE = re.compile(r"(?<=[0-9%％])一(?=[0-9])")
_NUMERAL = re.compile("[〇零一二三四五六七八九十百千万亿两几0-9]")
_MEASURE = re.compile("[张个位名只条件本句种些座场项份批]")
_JUMPS = re.compile(r"\s?(?:下转|下轉|上接|紧接|緊接|转第|轉第)")
_STARTS = re.compile(r"(?:^|[\n\r\f][ \t\u3000]*)$")
_ENDED = re.compile(r"(?:[。！？：:；;”])\s+$")
_STRANGE = re.compile(rf"(?<=[{HAN}])[*=+_^~|\\<>{{}}\]](?=[{HAN}])")
_HALF = re.compile(rf"[{HAN}][;:!?)][{HAN}]")


def propose(text: str, model: Path | None = None) -> Iterator[Edit]:
    """An edit for each 一一 that was printed as a dash, and each 一 between digits.

    >>> page = "这里有透明行政一一广东顺德廉政建设，风力6一7级。唯一一个"
    >>> [(edit.start, edit.new) for edit in propose(page)]
    [(21, '—'), (7, '——')]
    """
    if not _GATE.search(text):
        return
    for found in _RANGE.finditer(text):
        yield Edit(found.start(), found.end(), "—", CODE, "the stroke of a range")
    pairs = [p for p in _PAIR.finditer(text) if not _is_number(text, p)]
    sure = _sure(text, len(pairs))
    for pair in pairs:
        yield from _pair(text, pair, sure, model)


def _sure(text: str, pairs: int) -> float:
    """The gain from which a pair of this page is surely a dash."""
    if _STRANGE.search(text) or ("，" in text and _HALF.search(text)):
        return SURE_OF_SOME
    if text.count("——") > pairs:
        return SURE_BESIDE_DASHES
    return SURE_OF_SOME if pairs > 1 else SURE_OF_ONE


def _is_number(text: str, pair: re.Match[str]) -> bool:
    """Whether a pair is part of a number such as 一一五, or ends in one such as 一张."""
    around = text[max(0, pair.start() - 1) : pair.start()] + text[pair.end() : pair.end() + 1]
    return bool(_NUMERAL.search(around) or _MEASURE.match(text, pair.end()))


def _pair(text: str, pair: re.Match[str], sure: float, model: Path | None) -> Iterator[Edit]:
    """An edit, or an offer, for a pair of strokes."""
    start, end = pair.span()
    before = text[max(0, start - _CONTEXT) : start]
    if _JUMPS.match(text, end):
        yield Edit(start, end, "——", CODE, REASON)
        return
    if _STARTS.search(before):
        sure = SURE_AT_START if _ENDED.search(before) else math.inf
    gain = _gain(text, start, end, model)
    if gain >= min(sure, LEAST):
        safety: Safety = "safe" if gain >= sure else "unsafe"
        confidence = 1.0 if gain >= sure else 0.5
        yield Edit(start, end, "——", CODE, REASON, confidence, safety, evidence=_shown(gain))


def _shown(gain: float) -> tuple[tuple[str, str], ...]:
    return (("gain", f"{gain:.1f} nats"),)


def _gain(text: str, start: int, end: int, model: Path | None) -> float:
    """Nats by which the model prefers the dash to what was read."""
    left = "".join(text[max(0, start - 2 * _CONTEXT) : start].split())[-_CONTEXT:]
    right = "".join(text[end : end + 2 * _CONTEXT].split())[:_CONTEXT]
    score = language.load(model).score
    dash, word = score(f"{left}——{right}"), score(left + text[start:end] + right)
    return float(dash.sum() - word.sum())
