"""Forms (PUN104 to PUN107): marks in another dress become the ordinary marks."""

from __future__ import annotations

from collections.abc import Iterable

from fixnews.changes import Edit
from fixnews.contract import Context
from fixnews.islands import SET_LINES, Kind
from fixnews.marks import name_dots, presentation, straight
from fixnews.rules import Rule

_PLAIN = SET_LINES | {Kind.ROLL, Kind.TABLE, Kind.SEPARATOR}

RULES = (
    Rule(presentation.CODE, "presentation-form", touches=_PLAIN | {Kind.NAME}),
    Rule(straight.PRIMES, "prime-for-quote", touches=_PLAIN),
    Rule(straight.TICKS, "straight-single-quotes", touches=_PLAIN | {Kind.QUOTE}),
    Rule(name_dots.CODE, "dot-in-name", touches=_PLAIN | {Kind.NAME}),
)


def propose(text: str, context: Context) -> Iterable[Edit]:
    """Marks to set in their ordinary form."""
    del context
    yield from presentation.propose(text)
    yield from straight.propose(text)
    yield from name_dots.propose(text)
