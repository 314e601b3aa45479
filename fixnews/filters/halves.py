"""Characters that fell apart (OCR103): 土也方 becomes 地方, whole or not at all.

No other rule touches a pair of halves (`fixnews.islands.Kind.HALVES`): half a repair, 土地方, reads
better than what was there and is worse.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import exp
from pathlib import Path

from fixnews import language
from fixnews.changes import Edit, Safety
from fixnews.contract import Context
from fixnews.filters.stretches import line_at
from fixnews.islands import Kind
from fixnews.message import Message
from fixnews.rules import Rule
from fixnews.words.components import Halves, halves

FELL_APART = "OCR103"

SURE, LIKELY = 10.0, 5.0
"""Nats by which the whole character must read better, to be put there unasked and to be offered. In
1.4 million characters of news and 0.2 of fifteen other kinds of text the best of the 160 pairs that
stand side by side by chance (日月, 女子) reaches 8.0. Of 2,500 characters of news that were split,
88 % reach 10, 89 % reach 5."""

SIGHT = 10
"""Characters on each side that the model is shown."""

RULES = (
    Rule(
        FELL_APART,
        "split-character",
        touches=frozenset({Kind.HALVES}),
        figures=(("SURE", SURE), ("LIKELY", LIKELY)),
    ),
)


def propose(text: str, context: Context) -> Iterable[Edit]:
    """An edit for each character that fell apart.

    >>> [(e.start, e.new) for e in propose("土也方政府加大了投入。", Context())]
    [(0, '地')]
    """
    for one in halves(text):
        start, end = line_at(text, one.at)
        found = one._replace(at=one.at - start)
        yield from _edit(text[start:end], start, found, context.model)


def _edit(line: str, start: int, one: Halves, model: Path | None) -> Iterator[Edit]:
    gain = _gain(line, one, model)
    if gain >= LIKELY:
        safety: Safety = "safe" if gain >= SURE else "unsafe"
        reason = Message(
            "{line} are the halves of {whole}", line=line[one.at : one.at + 2], whole=one.whole
        )
        at, evidence = start + one.at, (("gain", Message("{n:.1f} nats", n=gain)),)
        confidence = round(1 / (1 + exp(LIKELY - gain)), 4)
        yield Edit(at, at + 2, one.whole, FELL_APART, reason, confidence, safety, evidence=evidence)


def _gain(line: str, one: Halves, model: Path | None) -> float:
    """Nats by which the model prefers the whole character."""
    left, right = line[max(0, one.at - SIGHT) : one.at], line[one.at + 2 :][:SIGHT]
    score = language.load(model).score
    whole, apart = score(left + one.whole + right), score(left + line[one.at : one.at + 2] + right)
    return float(whole.sum() - apart.sum())
