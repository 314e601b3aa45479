"""Reading order (ORD): where that of a page with positions is not sure, and how else it may be.

`fixnews.order` decides before there is a text; these notes carry what it was not sure of into the
report. What to read instead is a question for the eye: ``fixnews order`` shows the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from fixnews.changes import Edit, note
from fixnews.contract import Context
from fixnews.draft import KEPT, Draft
from fixnews.islands import ANYWHERE
from fixnews.message import Message
from fixnews.positions import UNSURE, Doubt
from fixnews.rules import Rule
from fixnews.source import excerpt

UNSURE_ORDER = "ORD101"

RULES = (Rule(UNSURE_ORDER, "unsure-order", touches=ANYWHERE, figures=(("UNSURE", UNSURE),)),)

BEGINNING = 14
"""Columns that the first words of a block take in a message: enough to find them on the page."""


def propose(draft: Draft, context: Context) -> Iterable[Edit]:
    """A note at the last line of each column behind which the order is not sure."""
    del context
    for number, source in enumerate(draft.sources):
        for doubt in source.positions.doubts if source.positions else ():
            yield from _told(draft, number, doubt)


def _told(draft: Draft, number: int, doubt: Doubt) -> Iterator[Edit]:
    """One note, on the longest part of the line that still stands in the draft as it was read."""
    parts = [
        (end - start, at + start - piece.start, at + end - piece.start)
        for piece, at in zip(draft.pieces, draft.starts, strict=False)
        if piece.maker == KEPT and piece.source == number
        for start, end in ((max(piece.start, doubt.start), min(piece.end, doubt.end)),)
        if start < end
    ]
    if parts:
        _, start, end = max(parts)
        told = note(start, end, draft.text, UNSURE_ORDER, message(doubt))
        yield replace(told, evidence=(("margin", f"{doubt.margin:.1f}"),))


def message(doubt: Doubt) -> Message:
    """How a page was read, and how else it may be read.

    >>> from fixnews.positions import NOWHERE
    >>> message(Doubt(0, 9, 3, 4, True, 0.8, "邮局门口新添了一排", NOWHERE))
    "block 3 is read on in block 4 ('邮局门口新'…), but a story may end here instead"
    """
    told = (
        "block {n} is read on in block {beside} ({text}), but a story may end here instead"
        if doubt.linked
        else "a story ends with block {n}, but may go on in block {beside} ({text}) instead"
    )
    return Message(told, n=doubt.block, beside=doubt.beside, text=excerpt(doubt.text, BEGINNING))
