"""From proposals to corrections of the original, and the way back from report to text.

Filters work on drafts, one after the other; a later one may change what an earlier one made.
People and machines want to read of the original page. `compose` turns what was proposed into
corrections that never overlap there, and `replay` turns those back into the repaired text: the
guarantee that a report is the whole truth.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter, itemgetter
from typing import NamedTuple

from fixnews.changes import Edit, Move
from fixnews.correction import Correction, Finding
from fixnews.draft import FIXED, Draft, Piece, Span
from fixnews.source import Source


class _Part(NamedTuple):
    """One span of an edit: when it was applied among all, and what signs the text it made."""

    span: Span
    turn: int
    number: int
    finding: Finding


_Made = dict[tuple[int, Span], list[tuple[int, str]]]
"""For each maker and span, the texts that stand in the draft and where in its row of pieces."""


def compose(
    draft: Draft, accepted: Sequence[tuple[int, Finding]], suggested: Iterable[Finding] = ()
) -> tuple[Correction, ...]:
    """The findings as corrections, in the order of the pages.

    Args:
        draft: the draft at the end of the run.
        accepted: the proposals that were applied, in that order, with the numbers that sign the
            pieces of the draft which they made.
        suggested: the proposals that were not.
    """
    sources, made = draft.sources, _made_texts(draft)
    corrections = [
        *(_applied(sources, run, made) for run in _runs(accepted)),
        *_moved(draft, [f for _, f in accepted if isinstance(f.change, Move)]),
        *(c for f in suggested for c in offered(f)),
    ]
    return in_order(changing(corrections))


def in_order(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """The corrections in the order of the pages; of one place as given."""
    return tuple(sorted(corrections, key=attrgetter("source", "start", "end")))


def changing(corrections: Iterable[Correction]) -> list[Correction]:
    """Those of the corrections that change something, or would."""
    return [c for c in corrections if (c.start < c.end or c.after) and not _is_idle(c)]


def _is_idle(correction: Correction) -> bool:
    """Whether what was applied came to nothing: one proposal took another back."""
    stays = correction.applied and not correction.to
    return stays and correction.before == correction.after


def offered(finding: Finding) -> tuple[Correction, ...]:
    """What was proposed and not applied, one correction for each of its spans."""
    return tuple(_unapplied(finding.draft.sources, finding))


def _made_texts(draft: Draft) -> _Made:
    texts: _Made = defaultdict(list)
    for order, piece in enumerate(draft.pieces):
        if piece.maker >= 0:
            texts[piece.maker, Span(*piece[:3])].append((order, piece.text))
    return texts


def _runs(accepted: Sequence[tuple[int, Finding]]) -> Iterator[list[_Part]]:
    """The parts of the edits; those that share characters or an insertion point together."""
    edits = ((turn, n, f) for turn, (n, f) in enumerate(accepted) if isinstance(f.change, Edit))
    parts = [_Part(span, turn, n, f) for turn, n, f in edits for span in f.spans]
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


def _moved(draft: Draft, moves: Sequence[Finding]) -> Iterator[Correction]:
    """Where what was moved stands in the end: each passage behind what it follows there.

    A passage may be moved in several rounds, and others to the same point. The report is in the
    order of the pages, and whoever replays it knows of no turns: it tells the end, not the way.
    What was moved and then taken out to the last sign has only been taken out.
    """
    passages = list(_passages(moves))
    behind = _followed(draft, [span for span, _ in passages])
    for span, findings in passages:
        if span in behind:
            yield _carried(draft.sources, findings, span, behind[span], applied=True)


def _passages(moves: Sequence[Finding]) -> Iterator[tuple[Span, tuple[Finding, ...]]]:
    """What was moved, in the order of the pages, each part once with all that moved it."""
    taken = [(span, turn) for turn, finding in enumerate(moves) for span in _closed(finding)]
    edges: dict[tuple[int, int], set[int]] = defaultdict(set)
    for (source, start, end), turn in taken:
        edges[source, start] ^= {turn}
        edges[source, end] ^= {turn}
    movers: set[int] = set()
    for (source, start), (_, end) in pairwise(sorted(edges)):
        movers ^= edges[source, start]
        if movers:
            yield Span(source, start, end), tuple(moves[turn] for turn in sorted(movers))


def _followed(draft: Draft, passages: Sequence[Span]) -> dict[Span, tuple[int, int]]:
    """For each passage of which something is left, the place in a page that it stands behind."""
    behind: dict[Span, tuple[int, int]] = {}
    last = (draft.numbers[0], 0) if draft.numbers else (0, 0)
    for piece in draft.pieces if passages else ():
        for span in _touched(passages, piece):
            cut = span.start > piece.start
            behind.setdefault(span, (span.source, span.start) if cut else last)
        last = (piece.source, piece.end)
    return behind


def _touched(passages: Sequence[Span], piece: Piece) -> Sequence[Span]:
    """The passages that a piece has something of; new text is of that which it stands behind."""
    source, start, end = piece[:3]
    if piece.maker == FIXED:
        return ()
    first, beyond = max(0, end - 1) if start == end else start, end
    low = bisect_right(passages, (source, first, sys.maxsize)) - 1
    high = bisect_left(passages, (source, beyond, 0))
    return [p for p in passages[max(low, 0) : high] if p.source == source and p.end > first]


def _carried(
    sources: tuple[Source, ...],
    findings: tuple[Finding, ...],
    span: Span,
    to: tuple[int, int],
    *,
    applied: bool,
) -> Correction:
    page = sources[span.source]
    text = page.text[span.start : span.end]
    return Correction(page, *span, text, findings, applied, to)


def _landing(finding: Finding) -> tuple[int, int]:
    assert isinstance(finding.change, Move)
    span = finding.draft.spans(finding.change.to, finding.change.to)[0]
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
    """What was only proposed: the new text at the first span, deletions at the others.

    Where it would change a part of what an applied correction made, all of that is said: whoever
    puts the text into the original, as an editor that reads SARIF, loses nothing.
    """
    if isinstance(finding.change, Move):
        to = _landing(finding)
        yield from (_carried(sources, (finding,), s, to, applied=False) for s in _closed(finding))
        return
    if finding.change.safety == "note":
        for page, span in ((sources[span.source], span) for span in finding.spans):
            yield Correction(page, *span, page.text[span.start : span.end], (finding,), False)
        return
    draft, (start, end) = finding.draft, (finding.change.start, finding.change.end)
    low, high = draft.whole(start, end)
    after = draft.text[low:start] + finding.after + draft.text[end:high]
    for index, span in enumerate(draft.spans(low, high)):
        yield Correction(sources[span.source], *span, "" if index else after, (finding,), False)


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

    Moves go first, in the order reported, but one that lands in a passage that moves comes after
    that one; then every replacement at its place. An insertion stays behind the character that it
    follows in the original, wherever that went.

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
    for move in _in_turn([c for c in applied if c.to]):
        chart = _Chart(draft)
        start, end = chart.of(move.source, move.start), chart.behind(move.source, move.end)
        draft = draft.revise([Move(start, end, chart.behind(*(move.to or (0, 0))))])
    chart = _Chart(draft)
    return draft.revise(_replayed(chart, c) for c in applied if not c.to).texts()


def _in_turn(moves: Sequence[Correction]) -> Iterator[Correction]:
    """The moves in the order given, each after the ones that carry the place where it lands."""
    waiting = list(moves)
    while waiting:
        ready = [m for m in waiting if not any(_lands_in(m, other) for other in waiting)]
        yield from ready or waiting
        waiting = [m for m in waiting if m not in ready] if ready else []


def _lands_in(move: Correction, other: Correction) -> bool:
    source, offset = move.to or (-1, 0)
    return move is not other and source == other.source and other.start < offset <= other.end


def _replayed(chart: _Chart, correction: Correction) -> Edit:
    source, start, end = correction.source, correction.start, correction.end
    if start == end:
        at = chart.behind(source, start)
        return Edit(at, at, correction.after)
    return Edit(chart.of(source, start), chart.behind(source, end), correction.after)
