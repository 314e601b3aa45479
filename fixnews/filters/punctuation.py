"""Punctuation (PUN): marks that came out half-width or in pieces."""

from __future__ import annotations

from collections.abc import Iterable

from fixnews.changes import Edit, shifted
from fixnews.contract import Context
from fixnews.filters.stretches import parts
from fixnews.islands import SET_LINES, Kind
from fixnews.marks import brackets, dashes, quotations, strokes, widths
from fixnews.rules import Rule

RULES = (
    Rule(widths.CODE, "half-width-mark", touches=SET_LINES | {Kind.ROLL}),
    Rule(dashes.DASH, "broken-dash", touches=SET_LINES),
    Rule(dashes.ELLIPSIS, "broken-ellipsis", touches=SET_LINES),
    Rule(
        brackets.CODE,
        "unlike-brackets",
        touches=SET_LINES,
        figures=(("TITLE_SURE", brackets.TITLE_SURE),),
    ),
    Rule(strokes.CODE, "strokes-of-a-dash", touches=SET_LINES),
    Rule(quotations.CODE, "inner-quotes", touches=SET_LINES),
)


def propose(text: str, context: Context) -> Iterable[Edit]:
    """Marks to widen and to make whole."""
    yield from widths.propose(text)
    yield from dashes.propose(text)
    yield from brackets.propose(text, context.model)
    yield from quotations.propose(text)
    for start, part in parts(text):
        yield from (shifted(e, start) for e in strokes.propose(part, context.model))
