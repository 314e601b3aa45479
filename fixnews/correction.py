"""A change in the words and places of the original, and the way back from report to text.

Filters work on drafts, one after the other; a later one may change what an earlier one made.
People and machines want to read of the original page. `compose` turns what was proposed into
corrections that never overlap there, and `replay` turns those back into the repaired text: the
guarantee that a report is the whole truth.
"""

from __future__ import annotations

import hashlib
import sys
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fixnews.draft import Change, Draft, Edit, Move, Safety, Span
from fixnews.source import Place, Source

KEY_CONTEXT = 8
"""Characters on each side that a verdict's key covers: enough to tell two places on one page
apart, few enough that a repair elsewhere in the paragraph leaves the key as it is."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A proposal of one filter, with the draft that it is about.

    Attributes:
        number: counts the proposals of a run; made pieces of a draft are signed with it.
        change: what was proposed.
        draft: the draft that the offsets of ``change`` refer to.
        spans: where ``before`` was read.
        accepted: whether it was applied.
    """

    number: int
    change: Change
    draft: Draft
    spans: tuple[Span, ...]
    accepted: bool = False

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
        path: the page.
        source: the page's number among the pages of the run.
        start, end: offsets in characters of the page's text.
        place, end_place: the same as line and column, from 1.
        code: the rule; of several that met in one place, the last one.
        before, after: the original's text, and what stands there now. Both are the same for a
            note and for a move.
        message: why, for people.
        safety, confidence: as proposed; the least of those that met.
        applied: whether the output has it.
        to: for a move, the source number and offset that the passage goes to.
        keys: what the verdicts on it are filed under, one for each proposal that met here.
        evidence: facts and figures by name.
    """

    path: str
    source: int
    start: int
    end: int
    place: Place
    end_place: Place
    code: str
    before: str
    after: str
    message: str
    safety: Safety
    confidence: float
    applied: bool
    to: tuple[int, int] | None = None
    keys: tuple[str, ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()

    @property
    def applicable(self) -> bool:
        """Whether there is something to apply, asked for or not."""
        return self.safety != "note"


class _Part(NamedTuple):
    """One span of a finding; the first span of an edit carries its new text."""

    span: Span
    finding: Finding


_Made = dict[tuple[int, Span], list[tuple[int, str]]]
"""For each maker and span, the texts that stand in the draft and where in its row of pieces."""


def compose(draft: Draft, findings: Sequence[Finding]) -> tuple[Correction, ...]:
    """The findings as corrections, in the order of the pages.

    Args:
        draft: the draft at the end of the run.
        findings: every proposal in the order made, accepted or not.
    """
    sources, made = draft.sources, _made_texts(draft)
    edits = [f for f in findings if f.accepted and isinstance(f.change, Edit)]
    corrections = [
        *(_applied(sources, run, made) for run in _runs(edits)),
        *_moved(sources, [f for f in findings if f.accepted and isinstance(f.change, Move)]),
        *(c for f in findings if not f.accepted for c in _unapplied(sources, f)),
    ]
    changing = (c for c in corrections if c.before or c.after)
    return tuple(sorted(changing, key=lambda c: (c.source, c.start, c.end, not c.applied)))


def _made_texts(draft: Draft) -> _Made:
    texts: _Made = defaultdict(list)
    for order, piece in enumerate(draft.pieces):
        if piece.maker >= 0:
            texts[piece.maker, Span(*piece[:3])].append((order, piece.text))
    return texts


def _runs(edits: Iterable[Finding]) -> Iterator[list[_Part]]:
    """The parts of the edits; those that share characters or an insertion point together."""
    parts = sorted((_Part(s, f) for f in edits for s in f.spans), key=lambda p: p.span)
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
    """One correction for what met in one place, in the words of the last of them."""
    source, start, _ = run[0].span
    end = max(part.span.end for part in run)
    keys = {(part.finding.number, part.span) for part in run}
    standing = sorted(item for key in keys for item in made.get(key, ()))
    by_age = sorted((part.finding for part in run), key=lambda f: f.number)
    after = "".join(text for _, text in standing)
    return _correction(sources, Span(source, start, end), by_age, after)


def _correction(
    sources: tuple[Source, ...],
    span: Span,
    findings: Sequence[Finding],
    after: str,
    to: tuple[int, int] | None = None,
) -> Correction:
    page, last = sources[span.source], findings[-1].change
    return Correction(
        path=page.path,
        source=span.source,
        start=span.start,
        end=span.end,
        place=page.locate(span.start),
        end_place=page.locate(span.end),
        code=last.code,
        before=page.text[span.start : span.end],
        after=after,
        message="; ".join(dict.fromkeys(f.change.reason for f in findings)),
        safety="unsafe" if any(f.change.safety == "unsafe" for f in findings) else last.safety,
        confidence=min(f.change.confidence for f in findings),
        applied=findings[-1].accepted,
        to=to,
        keys=tuple(dict.fromkeys(f.key for f in findings)),
        evidence=tuple(item for f in findings for item in f.change.evidence),
    )


def _moved(sources: tuple[Source, ...], moves: Sequence[Finding]) -> Iterator[Correction]:
    """The moves in the order made; of several to one point, each goes behind the one before."""
    behind: dict[tuple[int, int], tuple[int, int]] = {}
    for finding in moves:
        move = finding.change
        assert isinstance(move, Move)
        point = (id(finding.draft), move.to)
        to = behind.get(point) or _landing(finding, move)
        for span in _closed(finding):
            text = sources[span.source].text[span.start : span.end]
            yield _correction(sources, span, [finding], text, to)
            to = (span.source, span.end)
        behind[point] = to


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
    move = isinstance(finding.change, Move)
    to = _landing(finding, finding.change) if isinstance(finding.change, Move) else None
    for index, span in enumerate(finding.spans):
        kept = move or finding.change.safety == "note"
        text = sources[span.source].text[span.start : span.end]
        after = text if kept else finding.after if index == 0 else ""
        yield _correction(sources, span, [finding], after, to)


class _Chart:
    """Where the characters of the originals stand in a draft in which pieces only moved."""

    __slots__ = ("_rows",)

    def __init__(self, draft: Draft) -> None:
        """Chart a draft without made pieces."""
        rows = zip(draft.pieces, draft.starts, strict=False)
        self._rows = sorted((p.source, p.start, p.end, at) for p, at in rows)

    def of(self, source: int, offset: int) -> int:
        """The place of character ``offset`` of a source."""
        _, start, _, at = self._rows[bisect_right(self._rows, (source, offset, sys.maxsize)) - 1]
        return at + offset - start

    def behind(self, source: int, offset: int) -> int:
        """The place right behind character ``offset - 1``, or the start of the page."""
        if offset:
            return self.of(source, offset - 1) + 1
        return self._rows[bisect_left(self._rows, (source, 0, 0))][3] + 1 if source else 0


def replay(sources: Sequence[Source], corrections: Iterable[Correction]) -> tuple[str, ...]:
    """The text of each page after the applied corrections: the report is the whole truth.

    Moves go first, in the order reported, then every replacement at its place; an insertion
    stays behind the character that it follows in the original, wherever that went.

    Args:
        sources: the pages of the run, in their order.
        corrections: from one run over these pages; those not applied are passed over.

    >>> from fixnews.pipeline import repair
    >>> page = Source("A1", "喜迎党代会,奋进新征程")
    >>> done = repair([page])
    >>> replay([page], done.corrections) == done.texts
    True
    """
    draft = Draft.of(*sources)
    applied = [c for c in corrections if c.applied]
    for move in (c for c in applied if c.to):
        chart = _Chart(draft)
        start, end = chart.of(move.source, move.start), chart.behind(move.source, move.end)
        draft = draft.revise([Move(start, end, chart.behind(*(move.to or (0, 0))))])
    chart = _Chart(draft)
    return draft.revise(_replayed(chart, c) for c in applied if not c.to).texts()


def _replayed(chart: _Chart, correction: Correction) -> Edit:
    source, start, end = correction.source, correction.start, correction.end
    if start == end:
        at = chart.behind(source, start)
        return Edit(at, at, correction.after)
    return Edit(chart.of(source, start), chart.behind(source, end), correction.after)
