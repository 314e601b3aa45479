"""Jumping stories: the tail comes home behind its head, or the jump is reported as open."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from fixnews import labels, matching
from fixnews.boundaries import ended
from fixnews.cohesion import Words
from fixnews.draft import Change, Draft, Edit, Move, Safety, note
from fixnews.filters.contract import Context, Rule
from fixnews.fragments import Head, Line, Sheet, Tail, ends_sentence
from fixnews.labels import Page, same_page
from fixnews.markers import UNKNOWN, Marker, find
from fixnews.matching import Pair, pair

SURE = 2.0
"""Odds and margin (natural logarithms) from which a merge is applied without asking."""

WHOLE = "the story is whole again"

RULES: tuple[Rule, ...] = (
    Rule(
        code="JMP101",
        name="jump-merge",
        summary="Carries the continuation of a jumping story behind its first part.",
        why="A story that goes on elsewhere is two fragments. A head (下转第2版) and a tail "
        "(上接第1版) are married when their page numbers agree and headline, words and order on "
        "the page make them the best pairing of all halves in the issue.",
        safe="When the pairing is clear. Where another half could take part as well, the merge is "
        "only offered, and the rival is named.",
        before="老码头的第二春\n\n老码头有二十四级台阶，（下转第2版）\n\f"
        "老码头的第二春\n\n（上接第1版）装卸工每天都来走一遍台阶。\n",
        after="老码头的第二春\n\n老码头有二十四级台阶，装卸工每天都来走一遍台阶。\n\f",
    ),
    Rule(
        code="JMP102",
        name="jump-marker",
        summary="Takes out the jump and continuation lines of a story that is whole again.",
        why="（下转第2版） and （上接第1版） guide a reader of paper; in a whole story they are "
        "damage. Cross-references (详见, 全文见) are no jump lines and stay.",
        safe="Together with its merge; it falls with it.",
        before="台阶一共二十四级。（下转第二版）\n\f（上接第一版）\n\n栏杆是后来加的。\n",
        after="台阶一共二十四级。\n\n栏杆是后来加的。\n\f",
    ),
    Rule(
        code="JMP103",
        name="repeated-headline",
        summary="Takes out the headline that was printed again over the continuation.",
        why="The page of the continuation repeats the headline, whole or slightly changed, above "
        "or below the continuation line.",
        safe="Together with its merge, when the line also stands over the head.",
        before="码头记\n\n工人们说，▶下转02版\n\f码头记\n\n◀上接01版\n\n还要再来。\n",
        after="码头记\n\n工人们说，还要再来。\n\f",
    ),
    Rule(
        code="JMP104",
        name="jump-inside-line",
        summary="Takes out a jump and a continuation line that stand back to back in the text.",
        why="A page pasted together from columns keeps both lines where the halves meet.",
        safe="Always: nothing stands between them.",
        before="台阶一共（下转第二版）（上接第一版）二十四级。\n",
        after="台阶一共二十四级。\n",
    ),
    Rule(
        code="JMP201",
        name="open-jump",
        summary="Reports a story that goes on, on a page given, where no tail fits it.",
        why="The page is there, but no continuation line on it points back, or it belongs to "
        "another story. The marker stays.",
        safe="Only reported.",
        before="工人们说，（下转第2版）\n\f另一篇报道在这里。\n",
        after=None,
    ),
    Rule(
        code="JMP202",
        name="tail-without-head",
        summary="Reports a continuation whose first part was not found.",
        why="No jump line on the page that it names fits it, or that page was not given.",
        safe="Only reported.",
        before="（上接第3版）还要再来。\n",
        after=None,
    ),
    Rule(
        code="JMP203",
        name="page-not-given",
        summary="Reports a story that goes on, on a page that is not among the pages given.",
        why="The continuation may exist; it is not here. The marker stays.",
        safe="Only reported.",
        before="社区、业主委员会拧成了一股绳，——下转 C2 版\n",
        after=None,
    ),
)


def propose(draft: Draft, context: Context) -> Iterable[Change]:
    """Merges with all that belongs to them, and notes on the halves that stay alone."""
    found = find(draft.text)
    if not found:
        return
    yield from _back_to_back(draft.text, found)
    inside = _inside(draft.text, found)
    issue = _Issue.read(draft, context, [m for m in found if m not in inside])
    pairs = issue.pairs(context)
    words = Words.on(draft.text[p.start : p.end] for p in issue.pages) if pairs else None
    for number, (_, parts) in enumerate(groupby(pairs, key=lambda p: p.head.marker)):
        yield from _merge(issue, list(parts), f"jump-{number}", words)
    yield from issue.left_alone(pairs)


def _inside(text: str, found: Sequence[Marker]) -> frozenset[Marker]:
    """The markers that stand back to back."""
    rows = pairwise(found)
    return frozenset(m for one, two in rows if _touch(text, one, two) for m in (one, two))


def _touch(text: str, one: Marker, two: Marker) -> bool:
    between = text[one.end : two.start]
    return (one.direction, two.direction) == ("out", "in") and not between.strip(" \t\u3000")


def _back_to_back(text: str, found: Sequence[Marker]) -> Iterator[Edit]:
    for one, two in pairwise(found):
        if _touch(text, one, two):
            yield Edit(one.start, two.end, "", "JMP104", "jump and continuation line in one place")


def _as_read(draft: Draft, pages: Sequence[Page], head: Head) -> Head:
    """The head on the page on which its marker was read, wherever that has come by now.

    In a story over three pages the second part has come home with its own jump line at the end.
    """
    source = draft.spans(head.marker.start, head.marker.end)[0].source
    if source == head.page.source:
        return head
    return next((replace(head, page=p) for p in pages if p.source == source), head)


@dataclass(frozen=True, slots=True)
class _Issue:
    """Everything that can be a half of a story, on the pages of one call."""

    draft: Draft
    pages: tuple[Page, ...]
    heads: tuple[Head, ...]
    tails: tuple[Tail, ...]

    @classmethod
    def read(cls, draft: Draft, context: Context, found: Sequence[Marker]) -> _Issue:
        pages = labels.pages(draft, context.labels)
        sheets = [
            Sheet(draft.text, p, [m for m in found if p.start <= m.start < p.end]) for p in pages
        ]
        heads = tuple(
            _as_read(draft, pages, h) for sheet in sheets if sheet.markers for h in sheet.heads()
        )
        tails = tuple(t for sheet in sheets if sheet.markers for t in sheet.tails())
        return cls(draft, pages, heads, tails)

    def pairs(self, context: Context) -> list[Pair]:
        """The best pairing; within single files only where merging across is switched off.

        A head that goes on on several pages is paired with all of them, in order, or not at all.
        """
        pairs = pair(self.heads, self.tails, self.pages, self.draft.text)
        if not context.merge_pages:
            pairs = [p for p in pairs if p.head.page.source == p.tail.page.source]
        rows = groupby(pairs, key=lambda p: p.head.marker)
        return [p for marker, row in rows for p in _complete(marker, list(row))]

    def left_alone(self, pairs: Sequence[Pair]) -> Iterator[Edit]:
        """A note for every half without the other."""
        done = {p.head.marker for p in pairs} | {p.tail.marker for p in pairs}
        for head in self.heads:
            if head.marker not in done and not head.part:
                yield self._open(head)
        for tail in self.tails:
            if tail.marker not in done:
                reason = (
                    f"continuation of a story whose first part{self._where(tail)} was not found"
                )
                yield note(tail.marker.start, tail.marker.end, self.draft.text, "JMP202", reason)

    def _open(self, head: Head) -> Edit:
        given = [
            p
            for p in self.pages
            if p.issue == head.page.issue and same_page(head.ref, p, head.page, self.pages)
        ]
        span = head.marker.start, head.marker.end, self.draft.text
        if head.ref == UNKNOWN:
            return note(*span, "JMP201", "goes on elsewhere; the page number is lost")
        if given:
            return note(*span, "JMP201", f"goes on, on page {head.ref}, but no tail there fits")
        return note(*span, "JMP203", f"goes on, on page {head.ref}, which was not given")

    @staticmethod
    def _where(tail: Tail) -> str:
        return "" if tail.ref == UNKNOWN else f" on page {tail.ref}"


def _complete(marker: Marker, parts: list[Pair]) -> list[Pair]:
    """The parts if none is missing and their pages come in the order of the text."""
    starts = [p.tail.marker.start for p in parts]
    whole = len(parts) == len(marker.refs) and starts == sorted(starts)
    return parts if whole else []


def _merge(
    issue: _Issue, parts: Sequence[Pair], group: str, words: Words | None
) -> Iterator[Change]:
    """One story whole: its tails moved, the markers out, the repeated headlines out."""
    if words is None:
        return
    text = issue.draft.text
    parts = [replace(p, tail=ended(p.tail, matching.story(p), words)[0]) for p in parts]
    plans = [_Plan.of(text, p) for p in parts]
    if not all(plan.body for plan in plans):
        return
    least = min(min(p.odds, p.margin) for p in parts)
    sure = parts[0].head.clean and least >= SURE
    signed = _Signed(round(1 / (1 + math.exp(-least)), 4), "safe" if sure else "unsafe", group)
    head = parts[0].head
    seam = "" if head.open else _paragraph_gap(parts[0], plans[0].body)
    yield signed.edit((head.cut, head.marker.end), seam, "JMP102", WHOLE)
    finished = False
    for match, plan in zip(parts, plans, strict=True):
        start = plan.gap[0] if finished else plan.gap[1]
        yield signed.move((start, plan.body[-1].end), head.marker.end, match)
        for span, code, reason in plan.edits(text, start):
            yield signed.edit(span, "", code, reason)
        finished = ends_sentence(plan.body[-1].text)


@dataclass(frozen=True, slots=True)
class _Signed:
    """What the proposals of one merge have in common."""

    confidence: float
    safety: Safety
    group: str

    def edit(self, span: tuple[int, int], new: str, code: str, reason: str) -> Edit:
        return Edit(*span, new, code, reason, self.confidence, self.safety, self.group)

    def move(self, span: tuple[int, int], to: int, match: Pair) -> Move:
        reason = (
            f"page {match.tail.page.label} goes on with a story of page {match.head.page.label}"
        )
        if self.safety == "unsafe" and match.rival:
            reason += f"; {match.rival} could belong to it as well"
        evidence = match.evidence.shown()
        if match.rival:
            evidence += (("rival", match.rival),)
        return Move(*span, to, "JMP101", reason, self.confidence, self.safety, self.group, evidence)


@dataclass(frozen=True, slots=True)
class _Plan:
    """A tail's page: what of it moves, and what goes."""

    tail: Tail
    repeated: tuple[Line, ...]
    body: tuple[Line, ...]
    gap: tuple[int, int]

    @classmethod
    def of(cls, text: str, match: Pair) -> _Plan:
        tail = match.tail
        body = tuple(line for line in tail.body if line not in match.repeated)
        start = body[0].start if body else tail.marker.end
        before = text[tail.marker.end : start]
        return cls(tail, match.repeated, body, (start - len(before) + len(before.rstrip()), start))

    def edits(self, text: str, start: int) -> Iterator[tuple[tuple[int, int], str, str]]:
        """What goes up to ``start``, where the passage that moves begins: marker and headline.

        Of the white space before and behind, one side goes as well.
        """
        marker, page = self.tail.marker, self.tail.page
        pieces = [(marker.start, "JMP102", WHOLE)]
        pieces += [(x.start, "JMP103", "stands over the story's first part") for x in self.repeated]
        pieces.sort()
        before = text[page.start : pieces[0][0]]
        first = page.start + len(before.rstrip()) if before.strip() else pieces[0][0]
        end = self.body[-1].end
        cuts = [first, *(at for at, *_ in pieces[1:]), start]
        for (_, code, reason), span in zip(pieces, pairwise(cuts), strict=True):
            yield span, code, reason
        after = text[end : page.end]
        if not before.strip() and after.strip():
            yield (end, end + len(after) - len(after.lstrip())), "JMP102", WHOLE


def _paragraph_gap(match: Pair, body: Sequence[Line]) -> str:
    """What stands between two paragraphs on these pages."""
    above = match.head.lines
    gaps = [line.gap for before, line in pairwise(body) if before.finished]
    gaps += [line.gap for before, line in reversed(list(pairwise(above))) if before.finished]
    gaps += [line.gap for line in (body[0], *match.tail.above)]
    return next((gap for gap in gaps if "\n" in gap or "\r" in gap), "\n")
