"""What paper says of proposals that were made from text alone.

A filter reads text and stays as it is; what it proposes for a page with positions is held against
how the page is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fixnews.changes import Change, Edit
from fixnews.impression import Impression, Impressions

NEAR = 24
"""Characters on each side of a break by which it is told how its two lines are printed."""


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
