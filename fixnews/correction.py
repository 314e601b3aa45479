"""A change in the words and places of the original.

Filters work on drafts, one after the other; a later one may change what an earlier one made.
People and machines want to read of the original page. `fixnews.composing` turns what was
proposed into corrections that never overlap there, and back into the repaired text.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from fixnews.changes import Change, Edit, Safety
from fixnews.draft import Draft, Span
from fixnews.message import Message
from fixnews.positions import OnPaper
from fixnews.source import Place, Source, excerpt

KEY_CONTEXT = 8
"""Characters on each side that a verdict's key covers: enough to tell two places on one page
apart, few enough that a repair elsewhere in the paragraph leaves the key as it is."""

PATH_COLUMNS, TEXT_COLUMNS = 16, 12
"""Columns that a path and a text take at most in a line about a correction: with a place of ten
columns at either end of a move the line has no more than 100."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A proposal of one filter, with the draft that its offsets refer to."""

    change: Change
    draft: Draft
    _spans: list[tuple[Span, ...]] = field(
        default_factory=list, init=False, repr=False, compare=False
    )

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the text that would change was read; found once, when first asked."""
        if not self._spans:
            self._spans.append(self._read())
        return self._spans[0]

    def _read(self) -> tuple[Span, ...]:
        return self.draft.spans(self.change.start, self.change.end)

    @property
    def before(self) -> str:
        """The text that would change, as it is in the draft."""
        return self.draft.text[self.change.start : self.change.end]

    @property
    def after(self) -> str:
        """The text that would stand there; for a move nothing."""
        return self.change.new if isinstance(self.change, Edit) else ""

    @property
    def key(self) -> str:
        """What a saved verdict is filed under: rule, texts and surroundings, no line number."""
        text, change = self.draft.text, self.change
        left = text[max(0, change.start - KEY_CONTEXT) : change.start]
        right = text[change.end : change.end + KEY_CONTEXT]
        parts = "\x00".join((change.code, self.before, self.after, left, right))
        return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Correction:
    """One change as the reader sees it: in the words and places of the original.

    Applied corrections of one run never overlap, so that replacing ``before`` by ``after`` at
    every place, and then carrying every moved passage to its place, gives the output
    (`fixnews.composing.replay`).

    Attributes:
        page: the page as it was read.
        source: the page's number among the pages of the run, from 0.
        start, end: offsets in characters of the page's text.
        after: what stands there now, or would; the same as ``before`` for a note and a move.
        findings: the proposals that met in this place, in the order made.
        applied: whether the output has it.
        to: for a move, the source number and offset that the passage goes to.
    """

    page: Source
    source: int
    start: int
    end: int
    after: str
    findings: tuple[Finding, ...]
    applied: bool
    to: tuple[int, int] | None = None

    @property
    def path(self) -> str:
        """What the reader calls the page."""
        return self.page.path

    @property
    def before(self) -> str:
        """The text of the original."""
        return self.page.text[self.start : self.end]

    @property
    def place(self) -> Place:
        """Line and column where it starts in the original."""
        return self.page.locate(self.start)

    @property
    def end_place(self) -> Place:
        """Line and column right behind it in the original."""
        return self.page.locate(self.end)

    @property
    def code(self) -> str:
        """The rule; of several that met here, the last one's."""
        return self.findings[-1].change.code

    @property
    def message(self) -> Message:
        """Why, for people; the reasons of all that met here."""
        return Message.joined("; ", dict.fromkeys(f.change.reason for f in self.findings))

    @property
    def safety(self) -> Safety:
        """As proposed; unsafe if one of those that met here was."""
        safeties = [f.change.safety for f in self.findings]
        return "unsafe" if "unsafe" in safeties else safeties[-1]

    @property
    def confidence(self) -> float:
        """The least of those that met here, 0 to 1."""
        return min(f.change.confidence for f in self.findings)

    @property
    def keys(self) -> tuple[str, ...]:
        """What the verdicts on it are filed under, one for each proposal that met here."""
        return tuple(dict.fromkeys(f.key for f in self.findings))

    @property
    def evidence(self) -> tuple[tuple[str, str], ...]:
        """Facts and figures by name."""
        return tuple(item for f in self.findings for item in f.change.evidence)

    @property
    def applicable(self) -> bool:
        """Whether there is something to apply, asked for or not."""
        return self.safety != "note"

    @property
    def name(self) -> str:
        """The slug of the rule, such as ``broken-word``; empty for a rule outside the chain."""
        from fixnews.filters import rule_name

        return rule_name(self.code)

    @property
    def destination(self) -> tuple[Source, Place] | None:
        """For a move, the page that the passage goes to, and where on it."""
        if self.to is None:
            return None
        page = self.findings[0].draft.sources[self.to[0]]
        return page, page.locate(self.to[1])

    @property
    def on_paper(self) -> OnPaper | None:
        """Which words of a recogniser's file it is about, and where they stand; of a text None."""
        known = self.page.positions
        return known.on_paper(self.start, self.end) if known else None

    @property
    def reason(self) -> Message:
        """The message; of a recogniser's page with its words and their box behind it."""
        where = f"[{self.on_paper}]" if self.on_paper else ""
        return Message.joined(" ", [part for part in (self.message, where) if part])

    def to_dict(self) -> dict[str, Any]:
        """The correction as JSON takes it: a row of ``fixnews check --format jsonl``.

        Lines and columns count from 1, columns in characters of the original. A move has
        ``to_path``, ``to_line`` and ``to_column`` besides: where the passage went. On a page of a
        recogniser there are ``words``, ``box`` (left, top, right, bottom) and ``sheet`` besides.

        >>> from fixnews import fix
        >>> [change] = fix("喜迎党代会,奋进新征程", path="A1").corrections
        >>> row = change.to_dict()
        >>> [row[key] for key in ("path", "line", "column", "code", "before", "after")]
        ['A1', 1, 6, 'PUN101', ',', '，']
        """
        return {
            "path": self.path,
            "line": self.place.line,
            "column": self.place.column,
            "end_line": self.end_place.line,
            "end_column": self.end_place.column,
            "code": self.code,
            "name": self.name,
            "before": self.before,
            "after": self.after,
            "safety": self.safety,
            "confidence": round(self.confidence, 4),
            "message": str(self.message),
            "applied": self.applied,
            **_destination(self),
            **(self.on_paper.to_dict() if self.on_paper else {}),
        }

    def __repr__(self) -> str:
        """One line: where, which rule, what for what, and whether it was applied."""
        where, place = excerpt(self.path, PATH_COLUMNS, tail=True), self.place
        state = "applied" if self.applied else "offered" if self.applicable else "note"
        if self.destination:
            page, there = self.destination
            new = f"{excerpt(page.path, PATH_COLUMNS, tail=True)}:{there.line}:{there.column}"
        else:
            new = excerpt(self.after, TEXT_COLUMNS)
        old = excerpt(self.before, TEXT_COLUMNS)
        return f"<Correction {where}:{place.line}:{place.column} {self.code} {old} → {new} {state}>"


def _destination(correction: Correction) -> dict[str, Any]:
    """The keys that only a move has."""
    if correction.destination is None:
        return {}
    page, there = correction.destination
    return {"to_path": page.path, "to_line": there.line, "to_column": there.column}
