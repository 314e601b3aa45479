"""Script variants (VAR), off by default: traditional characters on a simplified page, or reverse.

A recogniser that knows both scripts takes 国 for 國 where the print is thick; a converter leaves
some behind. A name, a quotation or the title of an old book is set so on purpose: what is found is
offered, no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from fixnews.changes import Edit
from fixnews.contract import Context
from fixnews.islands import WORDS
from fixnews.layout.page import LINES
from fixnews.message import Message
from fixnews.rules import Rule
from fixnews.words import variants

TRADITIONAL, SIMPLIFIED = "VAR101", "VAR102"

LIKELY = 0.8
"""Confidence of an offer; no figure behind it: names and quotations are meant as often as not."""

STRAY = 0.2
"""Share of a line's characters up to which those of the other script are strays; beyond, the line
is set in it. Between news in the two scripts the shares are 0.00 and 0.35."""

RULES = (
    Rule(TRADITIONAL, "stray-traditional", default=False, touches=WORDS),
    Rule(SIMPLIFIED, "stray-simplified", default=False, touches=WORDS),
)


def propose(text: str, context: Context) -> Iterable[Edit]:
    """An offer for every character of the other script than its page's."""
    del context
    traditional, simplified = _count(text, _is_traditional), _count(text, _is_simplified)
    if traditional < simplified:
        yield from _strays(text, TRADITIONAL, _is_traditional, variants.simplified)
    elif simplified < traditional:
        yield from _strays(text, SIMPLIFIED, _is_simplified, variants.traditional)


def _is_traditional(character: str) -> bool:
    return character in variants.traditional_only()


def _is_simplified(character: str) -> bool:
    return character in variants.simplified_only()


def _count(text: str, belongs: Callable[[str], bool]) -> int:
    return sum(map(belongs, text))


def _strays(
    text: str, code: str, stray: Callable[[str], bool], convert: Callable[[str], str]
) -> Iterator[Edit]:
    """The strays of a page, line by line, as far as a line is not set in the other script."""
    for line in LINES.finditer(text):
        places = [n for n, character in enumerate(line[0]) if stray(character)]
        if not places or len(places) > max(1, STRAY * len(line[0])):
            continue
        new = convert(line[0])
        for n in places if len(new) == len(line[0]) else ():
            if new[n] != line[0][n]:
                at = line.start() + n
                reason = Message(
                    "{line} is {new} in the script of this page", line=line[0][n], new=new[n]
                )
                yield Edit(at, at + 1, new[n], code, reason, LIKELY, "unsafe")
