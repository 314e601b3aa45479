"""Lost characters (OCR401): a sign that holds the place of one is noted, and left alone.

Where they stand is told by `fixnews.islands.gaps`; no rule may touch one. This filter says so to
the reader, who may have the printed page.
"""

from __future__ import annotations

from collections.abc import Iterable

from fixnews.changes import Edit, note
from fixnews.contract import Context
from fixnews.filters.stretches import lines_with
from fixnews.islands.gaps import gaps
from fixnews.message import Message
from fixnews.patterns import lazy
from fixnews.rules import Rule

LOST = "OCR401"

_SIGNS = "□■〓?"
_SIGN = lazy(f"[{_SIGNS}]")

RULES = (Rule(LOST, "lost-character"),)


def propose(text: str, context: Context) -> Iterable[Edit]:
    """A note for each place of a lost character.

    >>> [(e.start, e.code) for e in propose("副市长王?出席会议并讲话。", Context())]
    [(4, 'OCR401')]
    """
    del context
    for at, line in lines_with(text, _SIGN) if _may_have(text) else ():
        for start, end, _ in gaps(line, at):
            reason = Message(
                "{text} holds the place of a character that could not be read", text=text[start:end]
            )
            yield note(start, end, text, LOST, reason)


def _may_have(text: str) -> bool:
    return any(sign in text for sign in _SIGNS)
