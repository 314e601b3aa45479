"""What may be done about a place of a page in an editor, each with the edits that do it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from fixnews.composing import replay
from fixnews.config import ALLOW_LIST, WORDS
from fixnews.correction import Correction
from fixnews.editor.checking import Checked
from fixnews.message import Message
from fixnews.series import questions
from fixnews.source import BREAKS

FIX, WHOLE_PAGE = "quickfix", "source.fixAll.fixnews"
"""The kinds of the protocol: what a place is offered, and what may run when a page is saved."""

ALLOW, TEACH = "fixnews.allow", "fixnews.teach"
"""The commands that write the reader's own lists."""

TITLES = {
    "one": "Fix: {old} → {new} ({code})",
    "move": "Fix: bring the passage to line {line} ({code})",
    "series": "Fix all {number} of {old} → {new} on this page ({code})",
    "page": "Repair the whole page: {number} corrections",
    "allow": "Never change {old}: add it to " + ALLOW_LIST,
    "teach": "Always change {old} to {new}: add it to " + WORDS,
}

WIDEST = 20
"""Characters of a text that a title shows: two such fit the menu of an editor."""

LEAST = 3
"""Characters that an entry of a list should have: a single one, or a mark, is right elsewhere. Who
wants another entry selects it."""


class Replacement(NamedTuple):
    """``text[start:end]`` of the page becomes ``new``; offsets in characters."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Remedy:
    """Something that may be done.

    Attributes:
        title: what it does, for the menu; it is translated where it is shown.
        kind: of the protocol.
        corrections: what it applies.
        command: the command that it runs instead, with what it is given.
        preferred: whether it is what one would do.
    """

    title: Message
    kind: str = FIX
    corrections: tuple[Correction, ...] = ()
    command: tuple[str, ...] = ()
    preferred: bool = False


def remedies(page: Checked, start: int, end: int) -> Iterator[Remedy]:
    """What may be done about the characters from ``start`` to ``end``, the likeliest first.

    >>> from fixnews.editor.checking import checked
    >>> from fixnews.editor.settings import Settings
    >>> from fixnews.source import Source
    >>> page = checked(Source("A1", "头版,要闻"), Settings())
    >>> [remedy.title for remedy in remedies(page, 2, 3)][0]
    'Fix: “,” → “，” (PUN101)'
    """
    here = [c for c in page.corrections if c.applicable and _touches(c, start, end)]
    for one in here:
        yield _one(page, one)
    for one in {_alike(c): c for c in here if not c.to}.values():
        same = tuple(c for c in page.corrections if c.applicable and _alike(c) == _alike(one))
        if len(same) > 1:
            yield Remedy(_title("series", one, number=len(same)), corrections=same)
    for one in here:
        yield from _entries(one, start, end)
    yield from whole_page(page)


def whole_page(page: Checked) -> Iterator[Remedy]:
    """The remedy that applies whatever is safe, where there is something."""
    applied = tuple(c for c in page.corrections if c.applied)
    if applied:
        title = Message(TITLES["page"], number=len(applied))
        yield Remedy(title, WHOLE_PAGE, applied)


def _touches(c: Correction, start: int, end: int) -> bool:
    return c.start <= end and start <= c.end


def _alike(c: Correction) -> tuple[str, str, str]:
    """What corrections of one series agree in."""
    return c.code, c.before, c.after


def _one(page: Checked, one: Correction) -> Remedy:
    """One correction, with what stands or falls with it."""
    asked = questions(page.corrections)
    whole = next(question for question in asked if any(c is one for c in question))
    name = "move" if one.to else "one"
    title = _title(name, one, line=one.destination[1].line if one.destination else 0)
    return Remedy(title, corrections=whole, preferred=one.safety == "safe")


def _entries(one: Correction, start: int, end: int) -> Iterator[Remedy]:
    """The entries of the reader's lists that a correction suggests."""
    if one.to:
        return
    first, last = _passage(one, start, end)
    text = one.page.text
    old = text[first:last]
    if not old or any(c in BREAKS or c == "\t" for c in old):
        return
    yield Remedy(Message(TITLES["allow"], old=shown(old)), command=(ALLOW, old))
    new = text[first : one.start] + one.after + text[one.end : last]
    if new.strip() and not any(c.isspace() for c in new):
        title = Message(TITLES["teach"], old=shown(old), new=shown(new))
        yield Remedy(title, command=(TEACH, old, new))


def _passage(one: Correction, start: int, end: int) -> tuple[int, int]:
    """The characters of an entry: what is selected, if it holds the place; else its surroundings.

    They grow by what stands beside them on the line until they have as many as an entry should.
    """
    text = one.page.text
    if end - start >= LEAST and start <= one.start <= one.end <= end:
        return start, end
    first, last = one.start, one.end
    while last - first < LEAST:
        left = first > 0 and text[first - 1] not in BREAKS
        right = last < len(text) and text[last] not in BREAKS
        if not (left or right):
            break
        first, last = first - left, last + right
    return first, last


def _title(name: str, one: Correction, **facts: int) -> Message:
    old, new = shown(one.before), shown(one.after)
    return Message(TITLES[name], old=old, new=new, code=one.code, **facts)


def shown(text: str) -> Message:
    r"""A text as a title shows it: in quotes, a line break as ⏎, not too long.

    >>> shown("稳\n定"), shown("")
    ('“稳⏎定”', 'nothing')
    """
    cut = text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"
    plain = cut.replace("\r\n", "⏎").replace("\n", "⏎").replace("\r", "⏎")
    return Message("“{text}”", text=plain) if text else Message("nothing")


def replacements(page: Checked, chosen: Iterable[Correction]) -> Sequence[Replacement]:
    """What changes in the page when these corrections are applied, in its order.

    >>> from fixnews.editor.checking import checked
    >>> from fixnews.editor.settings import Settings
    >>> from fixnews.source import Source
    >>> page = checked(Source("A1", "头版,要闻"), Settings())
    >>> replacements(page, page.corrections)
    [Replacement(start=2, end=3, new='，')]
    """
    kept = _apart(chosen)
    if not any(c.to for c in kept):
        return [Replacement(c.start, c.end, c.after) for c in kept]
    old = page.source.text
    (new,) = replay([page.source], [replace(c, applied=True) for c in kept])
    first = _shared(old, new)
    last = _shared(old[first:][::-1], new[first:][::-1])
    return [Replacement(first, len(old) - last, new[first : len(new) - last])]


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _apart(chosen: Iterable[Correction]) -> list[Correction]:
    """The corrections that do not overlap one before them; a passage that moves holds others."""
    kept: list[Correction] = []
    end = -1
    for c in chosen:
        if c.to or c.start >= end:
            kept.append(c)
            end = end if c.to else max(end, c.end)
    return kept
