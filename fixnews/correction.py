"""A change in the words and places of the original.

Filters work on drafts, one after the other; a later one may change what an earlier one made.
People and machines want to read of the original page. `compose` turns what was proposed into
corrections that never overlap there, and `fixnews.replaying` turns those back into the repaired
text.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from fixnews.draft import Change, Draft, Edit, Move, Safety, Span
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

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the text that would change was read."""
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
    every place, and then carrying every moved passage to its place, gives the output: `replay`.

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
    def message(self) -> str:
        """Why, for people; the reasons of all that met here."""
        return "; ".join(dict.fromkeys(f.change.reason for f in self.findings))

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

    def to_dict(self) -> dict[str, Any]:
        """The correction as JSON takes it: a row of ``fixnews check --format jsonl``.

        Lines and columns count from 1, columns in characters of the original. A move has
        ``to_path``, ``to_line`` and ``to_column`` besides: where the passage went.

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
            "message": self.message,
            "applied": self.applied,
            **_destination(self),
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


class _Part(NamedTuple):
    """One span of an edit, which is the number-th change applied."""

    span: Span
    number: int
    finding: Finding


_Made = dict[tuple[int, Span], list[tuple[int, str]]]
"""For each maker and span, the texts that stand in the draft and where in its row of pieces."""


def compose(
    draft: Draft, accepted: Sequence[Finding], suggested: Iterable[Finding] = ()
) -> tuple[Correction, ...]:
    """The findings as corrections, in the order of the pages.

    Args:
        draft: the draft at the end of the run.
        accepted: the proposals that were applied, in that order; made pieces of the draft are
            signed with their numbers.
        suggested: the proposals that were not.
    """
    sources, made = draft.sources, _made_texts(draft)
    corrections = [
        *(_applied(sources, run, made) for run in _runs(accepted)),
        *_moved(sources, [f for f in accepted if isinstance(f.change, Move)]),
        *(c for f in suggested for c in _unapplied(sources, f)),
    ]
    changing = [c for c in corrections if c.start < c.end or c.after]
    changing.sort(key=lambda c: (c.source, c.start, c.end, not c.applied))
    return tuple(changing)


def _made_texts(draft: Draft) -> _Made:
    texts: _Made = defaultdict(list)
    for order, piece in enumerate(draft.pieces):
        if piece.maker >= 0:
            texts[piece.maker, Span(*piece[:3])].append((order, piece.text))
    return texts


def _runs(accepted: Sequence[Finding]) -> Iterator[list[_Part]]:
    """The parts of the edits; those that share characters or an insertion point together."""
    edits = ((n, f) for n, f in enumerate(accepted) if isinstance(f.change, Edit))
    parts = [_Part(span, n, f) for n, f in edits for span in f.spans]
    parts.sort(key=itemgetter(0, 1))
    run: list[_Part] = []
    end = -1
    for part in parts:
        span = part.span
        apart = span.source != run[0].span.source if run else False
        if run and (apart or (span.start >= end and span != run[-1].span)):
            yield run
            run, end = [], -1
        run.append(part)
        end = max(end, span.end)
    if run:
        yield run


def _applied(sources: tuple[Source, ...], run: list[_Part], made: _Made) -> Correction:
    """One correction for what met in one place."""
    source, start, end = run[0].span
    if len(run) == 1:
        standing = made.get((run[0].number, run[0].span), [])
        findings: tuple[Finding, ...] = (run[0].finding,)
    else:
        end = max(part.span.end for part in run)
        keys = {(part.number, part.span) for part in run}
        standing = sorted(item for key in keys for item in made.get(key, ()))
        findings = tuple(part.finding for part in sorted(run, key=itemgetter(1)))
    after = "".join(text for _, text in standing)
    return Correction(sources[source], source, start, end, after, findings, applied=True)


def _moved(sources: tuple[Source, ...], moves: Sequence[Finding]) -> Iterator[Correction]:
    """The moves in the order made; of several to one point, each goes behind the one before."""
    behind: dict[tuple[int, int], tuple[int, int]] = {}
    for finding in moves:
        move = finding.change
        assert isinstance(move, Move)
        point = (id(finding.draft), move.to)
        to = behind.get(point) or _landing(finding, move)
        for span in _closed(finding):
            yield _carried(sources, finding, span, to, applied=True)
            to = (span.source, span.end)
        behind[point] = to


def _carried(
    sources: tuple[Source, ...], finding: Finding, span: Span, to: tuple[int, int], *, applied: bool
) -> Correction:
    page = sources[span.source]
    text = page.text[span.start : span.end]
    return Correction(page, *span, text, (finding,), applied, to)


def _landing(finding: Finding, move: Move) -> tuple[int, int]:
    span = finding.draft.spans(move.to, move.to)[0]
    return span.source, span.end


def _closed(finding: Finding) -> list[Span]:
    """The spans of a passage, across gaps whose text is nowhere else in the draft."""
    spans = list(finding.spans[:1])
    for span in finding.spans[1:]:
        last = spans[-1]
        gap = Span(span.source, last.end, span.start)
        if last.source == span.source and last.end <= span.start and _gone(finding.draft, gap):
            spans[-1] = last._replace(end=span.end)
        else:
            spans.append(span)
    return spans


def _gone(draft: Draft, gap: Span) -> bool:
    return not any(
        p.source == gap.source and p.start < gap.end and p.end > gap.start for p in draft.pieces
    )


def _unapplied(sources: tuple[Source, ...], finding: Finding) -> Iterator[Correction]:
    """What was only proposed: the new text at the first span, deletions at the others."""
    if isinstance(finding.change, Move):
        to = _landing(finding, finding.change)
        yield from (_carried(sources, finding, s, to, applied=False) for s in _closed(finding))
        return
    for index, span in enumerate(finding.spans):
        page = sources[span.source]
        after = finding.after if index == 0 else ""
        if finding.change.safety == "note":
            after = page.text[span.start : span.end]
        yield Correction(page, *span, after, (finding,), applied=False)
