"""What a reader typed for a place, put in where nothing else was applied."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from fixnews.changes import Change, Edit
from fixnews.correction import Correction
from fixnews.draft import FIXED, KEPT, Draft
from fixnews.filters import Context, Filter, rules
from fixnews.issue import Outcome
from fixnews.steps import Decide

Run = Callable[[Decide, Sequence[Filter]], Outcome]
"""Repairs the pages of an issue with a decision and more filters behind the chain."""

OWN_WORDS = "the reader's own words"


@dataclass(frozen=True, slots=True)
class Own:
    """A replacement that the reader typed, for a span of a page as it was read."""

    source: int
    start: int
    end: int
    text: str
    code: str


def with_own_words(run: Run, decide: Decide, typed: Callable[[Correction], str | None]) -> Outcome:
    """The pages with what is decided, and with the reader's own words.

    Args:
        run: repairs the pages.
        decide: what is applied; never what the reader typed something else for.
        typed: what the reader typed for a correction, if anything.
    """
    judged = run(decide, ())
    own = tuple(_typed(judged, typed))
    if not own:
        return judged
    return run(lambda f: f.change.reason == OWN_WORDS or decide(f), (_filter(own),))


def _typed(outcome: Outcome, typed: Callable[[Correction], str | None]) -> Iterator[Own]:
    for c in outcome.corrections:
        text = None if c.applied else typed(c)
        if text is not None:
            yield Own(c.source, c.start, c.end, text, c.code)


def _filter(edits: Sequence[Own]) -> Filter:
    """A filter that puts the reader's own words in."""

    def propose(draft: Draft, _: Context) -> Iterator[Change]:
        for edit in edits:
            at = _standing(draft, edit)
            if at is not None:
                end = at + edit.end - edit.start
                yield Edit(at, end, edit.text, edit.code, OWN_WORDS)

    return Filter("review", rules(), propose, "last: nothing may change what a reader has typed")


def _standing(draft: Draft, edit: Own) -> int | None:
    """Where the characters of an edit stand, unless something has taken their place."""
    here = [
        (piece, start)
        for piece, start in zip(draft.pieces, draft.starts, strict=False)
        if piece.source == edit.source and piece.maker != FIXED
    ]
    if any(p.maker != KEPT and edit.start <= p.start <= p.end <= edit.end for p, _ in here):
        return None
    for piece, start in here:
        if piece.maker == KEPT and piece.start <= edit.start and edit.end <= piece.end:
            return start + edit.start - piece.start
    return None
