"""What OCR made of the arrows beside a jump line: ▶▶下转C2版 read as 了估耻下转C2版.

A continuation line begins its line, so letters before it there are no text: this newspaper prints
something in that place. Where both halves of a story have up to three such characters, and the
language model finds those before the jump line unreadable on both sides, they are part of it.
"""

from __future__ import annotations

from dataclasses import replace

from fixnews import language
from fixnews.jumps.fragments import DEBRIS, Head
from fixnews.jumps.grammar import Marker
from fixnews.jumps.matching import Pair
from fixnews.jumps.spellings import ARROW, DASH, DOTS, OPEN
from fixnews.source import BREAKS

UNREADABLE, EACH = 2.0, 7.0
"""Nats that letters between two halves must cost at least, and nats more for each of them. Of
9,781 last words before cuts in a daily of February 2020, one to three characters long, 1.1 % cost
as much; of what recognisers made of arrows, put in the same places, 92 %
(`scripts/score_evidence.py`)."""

CONTEXT = 12
"""Characters before the letters that the language model is shown."""


def without_arrows(match: Pair, text: str) -> Pair:
    """The pair, its two markers with the letters that were their arrows."""
    head, tail = match.head, match.tail
    behind = _beside(text, head.marker)
    before = _beside(text, tail.marker)
    if not (behind and before and len(head.lines) > 1 and head.lines[-1].text == behind.strip()):
        return match
    told = replace(
        head, lines=head.lines[:-1], cut=head.lines[-2].end, marker=_with(head.marker, behind)
    )
    if not _unreadable(told, behind.strip(), "".join(line.text for line in tail.body[:2])):
        return match
    return replace(match, head=told, tail=replace(tail, marker=_with(tail.marker, before)))


def _beside(text: str, marker: Marker) -> str:
    """The few letters before a marker in its line, where brackets or arrows would stand."""
    start = max(text.rfind(mark, 0, marker.start) for mark in BREAKS) + 1
    letters = text[start : marker.start]
    bare = text[marker.start] not in OPEN + ARROW + DASH + DOTS
    return letters if bare and 0 < len(letters.strip()) <= DEBRIS else ""


def _with(marker: Marker, letters: str) -> Marker:
    return replace(marker, start=marker.start - len(letters.lstrip()), broken=True)


def _unreadable(head: Head, letters: str, right: str) -> bool:
    """Whether letters between two halves are no text of either."""
    left, right = head.lines[-1].text[-CONTEXT:], right[: language.SIGHT]
    score = language.load().score
    joined, parted = left + right, left + letters + right
    cost = score(joined)[len(left) :].sum() - score(parted)[len(left) :].sum()
    return bool(cost >= UNREADABLE + EACH * len(letters))
