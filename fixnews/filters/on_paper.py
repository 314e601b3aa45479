"""What paper says of proposals that were made from text alone.

A filter reads text and stays as it is; what it proposes for a page with positions is held against
how the page is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from fixnews.changes import Change, Edit
from fixnews.impression import Impression, Impressions

NEAR = 24
"""Characters on each side of a break by which it is told how its two lines are printed."""

SURE, BEYOND = 0.95, 3.0
"""How sure a recogniser must be of a word, or of a line where it tells no more, that its word
counts against a change; and the log-odds of the text's own restraint that outweigh it. On readings
of issues 000 to 003, of 50 changes that would be offered there 13 are right; of those applied up to
these odds 16 are right and 6 spoil what was right, against 687 and 24 where it was less sure."""


def joins(found: Iterable[Change], paper: Impressions) -> Iterator[Change]:
    """The joins without those of a headline and its story.

    Lines that the order set apart, and of which one is larger than running text, are no sentence;
    the blank line alone may stand where the detection lost a line, and size alone may be dirt.
    """
    for change in found:
        if not (isinstance(change, Edit) and _set_apart(change, paper)):
            yield change


def _set_apart(change: Edit, paper: Impressions) -> bool:
    text = paper.draft.text
    if text.count("\n", change.start, change.end) < 2:
        return False
    begin = max(0, change.start - NEAR)
    over = paper.at(max(begin, text.rfind("\n", begin, change.start) + 1), change.start)
    stop = text.find("\n", change.end, change.end + NEAR)
    under = paper.at(change.end, stop if stop >= 0 else min(len(text), change.end + NEAR))
    return _large(over) != _large(under)


def _large(one: Impression | None) -> bool:
    return one is not None and one.large


def characters(found: Iterable[Change], paper: Impressions) -> Iterator[Change]:
    """The changes of characters, with what the recogniser said of itself.

    Where it was sure, more is asked of a change that is applied, and none is offered. Of marks it
    tells nothing of the kind: on the same readings none of the wrong ones stood where it was sure.
    """
    for change in found:
        sure = _sure(change, paper) if isinstance(change, Edit) else None
        if sure is None or not isinstance(change, Edit):
            yield change
            continue
        told = (*change.evidence, ("recogniser", f"{sure:.2f} sure"))
        if sure < SURE or _restraint(change) >= BEYOND:
            yield replace(change, evidence=told)
        elif change.safety == "safe":
            yield replace(change, evidence=told, safety="unsafe")


def _sure(change: Edit, paper: Impressions) -> float | None:
    printed = paper.at(change.start, change.end)
    return printed.sure if printed else None


def _restraint(change: Edit) -> float:
    """The log-odds that a change may be made unasked, with all that the text tells."""
    return float(dict(change.evidence).get("restraint", "-inf"))
