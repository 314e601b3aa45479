"""What a filter proposes: an edit, a move, or a note that changes nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeVar

Safety = Literal["safe", "unsafe", "note"]
"""``safe`` is applied by default, ``unsafe`` on request, a ``note`` has nothing to apply."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace ``text[start:end]`` of the current draft by ``new``.

    Attributes:
        start, end: offsets in characters of the draft's text; equal for an insertion.
        new: the text to stand there.
        code: the rule that proposes it, such as ``PUN101``.
        reason: why, in a sentence for people.
        confidence: 0 to 1, the calibrated probability that the change is right.
        safety: see `Safety`.
        group: proposals of one group live or fall with its `Move`.
        evidence: facts and figures behind the reason, by name, for ``explain`` and review.
    """

    start: int
    end: int
    new: str
    code: str = ""
    reason: str = ""
    confidence: float = 1.0
    safety: Safety = "safe"
    group: str = ""
    evidence: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """Carry ``text[start:end]`` to offset ``to``: how the tail of a jumping story comes home."""

    start: int
    end: int
    to: int
    code: str = ""
    reason: str = ""
    confidence: float = 1.0
    safety: Safety = "safe"
    group: str = ""
    evidence: tuple[tuple[str, str], ...] = ()


Change = Edit | Move


AnyChange = TypeVar("AnyChange", bound=Edit | Move)


def note(start: int, end: int, text: str, code: str, reason: str) -> Edit:
    """Something to report that has no repair: an open jump, a truncated ending.

    It is an edit that changes nothing, with safety ``note``; no decision can apply it.

    >>> note(0, 2, "下转", "JMP201", "no continuation on the pages given").safety
    'note'
    """
    return Edit(start, end, text[start:end], code, reason, 1.0, "note")


def shifted(change: AnyChange, by: int) -> AnyChange:
    """A change of one page as a change of the draft in which that page begins ``by`` characters in.

    >>> shifted(Edit(2, 3, "，"), 40).start
    42
    """
    if not by:
        return change
    start, end = change.start + by, change.end + by
    group = change.group and f"{change.group}@{by}"
    if isinstance(change, Move):
        return replace(change, start=start, end=end, to=change.to + by, group=group)
    return replace(change, start=start, end=end, group=group)


def trimmed(edit: Edit, text: str) -> Edit:
    """The same edit without the prefix and suffix that it would not change.

    >>> edit = trimmed(Edit(0, 3, "浙江省"), "浙注省")
    >>> edit.start, edit.end, edit.new
    (1, 2, '江')
    """
    if edit.safety == "note":
        return edit
    old, new = text[edit.start : edit.end], edit.new
    if not (old and new) or (old[0] != new[0] and old[-1] != new[-1]):
        return edit
    most = min(len(old), len(new))
    head = next((i for i in range(most) if old[i] != new[i]), most)
    most -= head
    tail = next((i for i in range(most) if old[-1 - i] != new[-1 - i]), most)
    if not head and not tail:
        return edit
    start, end = edit.start + head, edit.end - tail
    return replace(edit, start=start, end=end, new=new[head : len(new) - tail])
