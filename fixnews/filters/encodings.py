"""Encodings (ENC): what reading the bytes had to leave open, reported in the words of the page.

`fixnews.encoding` decides before there is a text; these notes carry what it found into the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from fixnews.changes import Edit, note
from fixnews.contract import Context
from fixnews.draft import KEPT, Draft
from fixnews.islands import ANYWHERE
from fixnews.islands.genre import genre
from fixnews.message import Message
from fixnews.rules import Rule
from fixnews.source import CUT, LINE_BREAK, LOST, Passage, Source

LOST_BYTES = "ENC101"
OTHER_ENCODING = "ENC102"
UNCERTAIN = "ENC103"
NO_NEWSPAPER = "ENC104"
CUT_CHARACTER = "ENC105"

CERTAIN = 0.999
"""Confidence from which on the choice of an encoding is not worth a note."""

_FOLDED = "全市经济工作会议".encode("gbk")[:15] + b"\n" + "议召开。\n".encode("gbk")[1:]

RULES = (
    Rule(LOST_BYTES, "lost-bytes", touches=ANYWHERE),
    Rule(OTHER_ENCODING, "other-encoding", touches=ANYWHERE),
    Rule(UNCERTAIN, "uncertain-encoding", touches=ANYWHERE),
    Rule(NO_NEWSPAPER, "no-newspaper", touches=ANYWHERE),
    Rule(CUT_CHARACTER, "cut-character", touches=ANYWHERE),
)


def propose(draft: Draft, context: Context) -> Iterable[Edit]:
    """Notes on lost bytes, lines in another encoding, what is not certain, and what is no page."""
    known = set()
    for edit in _passages(draft):
        known.add(edit.start)
        yield edit
    for found in re.finditer(LOST, draft.text):
        if found.start() not in known:
            yield note(found.start(), found.end(), draft.text, LOST_BYTES, "lost before this page")
    yield from _uncertain(draft)
    if not context.as_text:
        yield from _no_newspaper(draft)


def _passages(draft: Draft) -> Iterator[Edit]:
    """A note for each passage of a source that still stands in the draft."""
    damaged = any(source.passages for source in draft.sources)
    for piece, at in zip(draft.pieces if damaged else (), draft.starts, strict=False):
        if piece.maker == KEPT:
            source = draft.sources[piece.source]
            for passage in source.passages:
                start, end = max(piece.start, passage.start), min(piece.end, passage.end)
                if start < end:
                    yield _told(
                        draft, at + start - piece.start, at + end - piece.start, source, passage
                    )


def _told(draft: Draft, start: int, end: int, source: Source, passage: Passage) -> Edit:
    first, last = passage.first, passage.last - 1
    where = Message("byte {first}", first=first)
    if last > first:
        where = Message("byte {first} to {last}", first=first, last=last)
    if passage.encoding == CUT:
        return note(
            start,
            end,
            draft.text,
            CUT_CHARACTER,
            Message("{where}: cut by a line break", where=where),
        )
    if passage.encoding:
        end = _line_end(draft, start, end)
        reason = Message(
            "{where}: {encoding} on a page in {encoding_2}",
            where=where,
            encoding=passage.encoding,
            encoding_2=source.encoding,
        )
        return note(start, end, draft.text, OTHER_ENCODING, reason)
    data = (source.data or b"")[passage.first : passage.last].hex(" ").upper()
    return note(
        start,
        end,
        draft.text,
        LOST_BYTES,
        Message(
            "{where} ({data}) is no {encoding}", where=where, data=data, encoding=source.encoding
        ),
    )


def _uncertain(draft: Draft) -> Iterator[Edit]:
    for source, (start, end) in zip(draft.sources, draft.pages(), strict=True):
        if source.confidence < CERTAIN and start < end:
            reason = Message(
                "{encoding}, {confidence:.0%}: {reason}",
                encoding=source.encoding,
                confidence=source.confidence,
                reason=Message(source.reason),
            )
            if source.runner_up:
                other = Message("next: {encoding}", encoding=source.runner_up)
                reason = Message.joined("; ", (reason, other))
            yield note(start, _line_end(draft, start, end), draft.text, UNCERTAIN, reason)


def _no_newspaper(draft: Draft) -> Iterator[Edit]:
    for text, (start, end) in zip(draft.texts(), draft.pages(), strict=True):
        found = genre(text)
        if found.is_data:
            reason = Message("{found}, not newspaper text: nothing is changed", found=found)
            yield note(start, _line_end(draft, start, end), draft.text, NO_NEWSPAPER, reason)


def _line_end(draft: Draft, start: int, end: int) -> int:
    """Where the first line of a stretch ends, or the stretch, if it begins with a break."""
    stop = LINE_BREAK.search(draft.text, start, end)
    return stop.start() if stop and stop.start() > start else end
