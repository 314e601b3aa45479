"""Dictionaries (DIC): words that are always wrong, and names that almost stand in a reader's list.

A dictionary of the reader's own is an order, as long as it names one right word. What comes with
fixnews is advice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fixnews.changes import Edit, Safety, note
from fixnews.contract import Context
from fixnews.islands import UNMARKED, WORDS
from fixnews.message import Message
from fixnews.rules import Rule
from fixnews.words import dictionary, terms
from fixnews.words.dictionary import Dictionary, Entry

OWN, COMMON, NEAR = "DIC101", "DIC102", "DIC201"

RULES = (
    Rule(OWN, "own-dictionary", touches=UNMARKED),
    Rule(COMMON, "common-error", touches=WORDS),
    Rule(NEAR, "near-term", touches=WORDS),
)


def propose(text: str, context: Context) -> Iterable[Edit]:
    """Corrections of the reader's dictionaries and of the shipped one, and near-misses of terms."""
    own = dictionary.load(context.dictionaries)
    yield from _corrected(text, own, OWN)
    taken = own.kept | own.entries.keys()
    for edit in _corrected(text, dictionary.common_errors(), COMMON):
        if text[edit.start : edit.end] not in taken:
            yield edit
    listed = terms.load(context.terms)
    for start, end, term, distance in terms.near_misses(text, listed) if listed else ():
        yield note(
            start,
            end,
            text,
            NEAR,
            Message("{term} in your list differs by {distance}", term=term, distance=distance),
        )


def _corrected(text: str, words: Dictionary, code: str) -> Iterator[Edit]:
    for start, end, entry in words.find(text):
        safety: Safety = "safe" if code == OWN and len(entry.rights) == 1 else "unsafe"
        yield Edit(start, end, entry.rights[0], code, _reason(entry), 1.0, safety)


def _reason(entry: Entry) -> str:
    rights = Message.joined(", or ", entry.rights[:1])
    if len(entry.rights) > 1:
        rights = Message.joined(
            ", or ", (entry.rights[0], Message.joined(" or ", entry.rights[1:]))
        )
    told = Message(
        "{list} has {rights} for {wrong}", list=entry.path.name, rights=rights, wrong=entry.wrong
    )
    return Message("{told} ({note})", told=told, note=entry.note) if entry.note else told
