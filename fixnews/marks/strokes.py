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
from fixnews.changes import Edit, Safety
from fixnews.message import Message
from fixnews.patterns import lazy
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

SURE_IN_HEADLINE = 0.5
"""The same in a few lines without stops that blank lines set off from the rest of the page: of the
41 words 一一 of February 2020 none stands in such lines."""

HEADLINE = 60
"""Characters of the longest headline with its kicker and deck."""

SURE_OF_THREE = 5.0
"""The same where a third stroke is the numeral behind the dash: 夫人一一一个 is 夫人——一个."""

LEAST = 0.0
"""Nats from which a dash is offered."""

_CONTEXT = 8

_PAIR = lazy(
    r"[一—―─－–-](?<![一—―─－–-].)(?:(?<=一)(?:一(?:(?![一—―─－–-])|(?=一[个位名场种件张条座]))"
    r"|[—―─－–-](?![一—―─－–-]))|(?<=[—―─－–-])一(?![一—―─－–-]))"
)
_RANGE = lazy(r"一(?=\s?[0-9])(?:(?<=[0-9%％]一)|(?<=[0-9][亿万年月日时元度米吨℃]一))")
_NUMERAL = lazy("[〇零一二三四五六七八九十百千万亿两几0-9]")
_MEASURE = lazy("[张个位名只条件本句种些座场项份批]")
_JUMPS = lazy(r"\s?(?:下转|下轉|上接|紧接|緊接|转第|轉第)")
_STARTS = lazy(r"(?:^|[\n\r\f][ \t\u3000]*)$")
_BLOCK_END = lazy("\n[ \t\r\u3000]*\n|\f")
_POINTED = lazy("[，。；,;]")
_ENDED = lazy(r"(?:[。！？：:；;”])\s+$")
_STRANGE = lazy(rf"(?<=[{HAN}])[*=+_^~|\\<>{{}}\]](?=[{HAN}])")
_HALF = lazy(rf"[{HAN}][;:!?)][{HAN}]")


def propose(text: str, model: Path | None = None) -> Iterator[Edit]:
    """An edit for each 一一 that was printed as a dash, and each 一 between digits.

    >>> page = "这里有透明行政一一广东顺德廉政建设，风力6一7级。唯一一个"
    >>> [(edit.start, edit.new) for edit in propose(page)]
    [(21, '—'), (7, '——')]
    """
    if "一" not in text:
        return
    for found in _RANGE.finditer(text):
        yield Edit(found.start(), found.end(), "—", CODE, "the stroke of a range")
    pairs = [p for p in _PAIR.finditer(text) if not _is_number(text, p)]
    sure = _sure(text, len(pairs)) if pairs else 0.0
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
    start, end = pair.span()
    before, behind = text[max(0, start - 1) : start], text[end : end + 1]
    if _is_three(text, pair):
        return bool(_NUMERAL.search(before))
    return bool(_NUMERAL.search(before + behind) or _MEASURE.match(text, pair.end()))


def _is_three(text: str, pair: re.Match[str]) -> bool:
    """Whether a third stroke follows."""
    return text.startswith("一", pair.end())


def _is_headline(text: str, pair: re.Match[str]) -> bool:
    """Whether a pair stands in a few lines without stops that blank lines set off."""
    before = _BLOCK_END.split(text[max(0, pair.start() - HEADLINE) : pair.start()])[-1]
    behind = _BLOCK_END.split(text[pair.end() : pair.end() + HEADLINE])[0]
    block = before + behind
    set_off = len(block) + len(pair[0]) < len(text.strip())
    return set_off and len(block) < HEADLINE and not _POINTED.search(block)


def _pair(text: str, pair: re.Match[str], sure: float, model: Path | None) -> Iterator[Edit]:
    """An edit, or an offer, for a pair of strokes."""
    start, end = pair.span()
    before = text[max(0, start - _CONTEXT) : start]
    if _JUMPS.match(text, end):
        yield Edit(start, end, "——", CODE, REASON)
        return
    if _is_three(text, pair):
        sure = max(sure, SURE_OF_THREE)
    elif pair[0] == "一一" and _is_headline(text, pair):
        sure = min(sure, SURE_IN_HEADLINE)
    if _STARTS.search(before):
        sure = SURE_AT_START if _ENDED.search(before) else math.inf
    gain = _gain(text, start, end, model)
    if gain >= min(sure, LEAST):
        safety: Safety = "safe" if gain >= sure else "unsafe"
        confidence = 1.0 if gain >= sure else 0.5
        yield Edit(start, end, "——", CODE, REASON, confidence, safety, evidence=_shown(gain))


def _shown(gain: float) -> tuple[tuple[str, str], ...]:
    return (("gain", Message("{n:.1f} nats", n=gain)),)


def _gain(text: str, start: int, end: int, model: Path | None) -> float:
    """Nats by which the model prefers the dash to what was read."""
    left = "".join(text[max(0, start - 2 * _CONTEXT) : start].split())[-_CONTEXT:]
    right = "".join(text[end : end + 2 * _CONTEXT].split())[:_CONTEXT]
    score = language.load(model).score
    dash, word = score(f"{left}——{right}"), score(left + text[start:end] + right)
    return float(dash.sum() - word.sum())
