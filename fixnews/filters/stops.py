"""Full stops that were read as a letter, a ring or a figure (PUN208): 恢复营业o菜农来了o.

One o may be anything. Where a passage has no stop of its own and the same sign stands behind each
of its sentences, the last of them at the end of a line, it is the stop. Between numerals a ring is
a zero, and behind a figure or letter nothing is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from fixnews.changes import Edit, Safety
from fixnews.contract import Context
from fixnews.filters.stretches import lines_with
from fixnews.islands import Kind
from fixnews.islands.signs import NUMERAL
from fixnews.message import Message
from fixnews.patterns import lazy
from fixnews.rules import Rule
from fixnews.words.han import HAN

STOP = "PUN208"

FEWEST = 2
"""Times that the sign must stand behind a sentence of one line."""

SENTENCE = 2
"""Han characters that must stand before each: 甲.乙.丙 is a list."""

CONFIDENT, LIKELY = 0.95, 0.6
"""Confidence of a full stop of half width, and of an offer."""

RULES = (Rule(STOP, "misread-stop", touches=frozenset({Kind.LABEL, Kind.NUMBER})),)

_OWN = lazy("[。！？!?]")
_SIGN = "[oO○〇06.．]"
_ENDS = lazy(rf"(?<=[{HAN}]{{{SENTENCE}}})({_SIGN})(?=[{HAN}“《（]|\s*$)")
_LAST = lazy(rf"{_SIGN}(?<=[{HAN}]{{{SENTENCE}}}.)(?=[^\S\r\n\f]*(?:[\r\n\f]|\Z))")


def propose(text: str, context: Context) -> Iterable[Edit]:
    """An edit for each sign that stands where only full stops do.

    >>> [(e.start, e.safety) for e in propose("工程已经完工.车辆恢复通行.", Context())]
    [(6, 'safe'), (13, 'safe')]
    """
    del context
    for start, line in lines_with(text, _LAST):
        if not _OWN.search(line):
            yield from _stops(line, start)


def _stops(line: str, start: int) -> Iterator[Edit]:
    places = defaultdict[str, list[int]](list)
    for found in _ENDS.finditer(line):
        if not (line[found.start() - 1] in NUMERAL and found[1] in "○〇0"):
            places[found[1]].append(found.start())
    last = len(line.rstrip()) - 1
    for sign, at in places.items():
        if len(at) >= FEWEST and at[-1] == last and line.count(sign) == len(at):
            reason = Message("{sign} stands behind every sentence of the line", sign=sign)
            sure = sign in ".．"
            safety: Safety = "safe" if sure else "unsafe"
            told = ("。", STOP, reason, CONFIDENT if sure else LIKELY, safety)
            yield from (Edit(start + place, start + place + 1, *told) for place in at)
