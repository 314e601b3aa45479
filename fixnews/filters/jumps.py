"""Jumping stories: the tail comes home behind its head, or the jump is reported as open."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise

from fixnews.changes import Change, Edit, note
from fixnews.contract import Context
from fixnews.draft import Draft
from fixnews.filters.merges import already_told, merges
from fixnews.impression import Impressions
from fixnews.islands import EVERY
from fixnews.jumps import labels
from fixnews.jumps.broken_markers import find_broken
from fixnews.jumps.fragments import Halves, Head, Tail, halves
from fixnews.jumps.grammar import Marker
from fixnews.jumps.labels import Page, same_page
from fixnews.jumps.markers import find
from fixnews.jumps.matching import Pair, pair
from fixnews.jumps.own_lines import unread
from fixnews.jumps.page_names import Name
from fixnews.jumps.read_across import read_across
from fixnews.jumps.refs import UNKNOWN
from fixnews.jumps.reprinted import reprinted
from fixnews.jumps.spellings import Direction
from fixnews.layout import furniture
from fixnews.layout.furniture import Furniture
from fixnews.message import Message
from fixnews.rules import Rule

NEAR = 40
"""Characters behind the top of a page in which a continuation line still belongs to it."""

RULES: tuple[Rule, ...] = (
    Rule("JMP101", "jump-merge", touches=EVERY),
    Rule("JMP102", "jump-marker", touches=EVERY),
    Rule("JMP103", "repeated-headline", touches=EVERY),
    Rule("JMP104", "jump-inside-line", touches=EVERY),
    Rule("JMP105", "broken-jump-marker", touches=EVERY),
    Rule("JMP106", "doubled-tail", touches=EVERY),
    Rule("JMP201", "open-jump", touches=EVERY),
    Rule("JMP202", "tail-without-head", touches=EVERY),
    Rule("JMP203", "page-not-given", touches=EVERY),
    Rule("JMP204", "unread-jump-line", touches=EVERY),
)


def propose(draft: Draft, context: Context) -> Iterable[Change]:
    """Merges with all that belongs to them, and notes on the halves that stay alone."""
    found = tuple(_found(draft))
    yield from _not_understood(draft, found)
    if not found:
        return
    yield from _back_to_back(draft.text, found)
    inside = _inside(draft.text, found)
    issue = _Issue.read(draft, context, [m for m in found if m not in inside])
    pairs = issue.pairs(context)
    used = {n for p in pairs for n in (p.head.page.source, p.tail.page.source)}
    mixed = frozenset(n for n in used if read_across(draft.sources[n].text))
    merged = list(merges(draft, issue.pages, pairs, mixed)) if pairs else []
    yield from merged
    whole = {p.tail.marker for p in pairs}
    alone = [t for t in issue.tails if t.marker not in whole and not t.marker.broken]
    doubled = list(already_told(draft.text, issue.pages, alone))
    yield from doubled
    yield from issue.left_alone(pairs, {edit.end for edit in doubled})


PAGES = 1 << 7
"""Pages whose markers are kept: an issue is read again when one of its pages has changed,
each page as it is in every round of the chain."""


def _found(draft: Draft) -> Iterator[Marker]:
    """Every marker, and what may be another that OCR broke; none reaches over a page's end."""
    for text, (at, _) in zip(draft.texts(), draft.pages(), strict=True):
        yield from (replace(m, start=m.start + at, end=m.end + at) for m in _on_page(text))


@lru_cache(PAGES)
def _on_page(text: str) -> tuple[Marker, ...]:
    spelt = find(text)
    ends = [m.end for m in spelt]
    broken = [
        m
        for m in find_broken(text)
        if (at := bisect_right(ends, m.start)) == len(spelt) or spelt[at].start >= m.end
    ]
    return tuple(sorted((*spelt, *broken), key=lambda m: m.start))


def _not_understood(draft: Draft, found: Sequence[Marker]) -> Iterator[Edit]:
    """A note for every line that guides to a page and is neither read nor furniture."""
    for text, (at, _) in zip(draft.texts(), draft.pages(), strict=True):
        for start, end in _guiding(text):
            if not any(m.start < at + end and m.end > at + start for m in found):
                reason = "guides to a page; what it says is not understood"
                yield note(at + start, at + end, draft.text, "JMP204", reason)


@lru_cache(PAGES)
def _guiding(text: str) -> tuple[tuple[int, int], ...]:
    """Where the lines of a page stand that guide to a page and are no furniture."""
    return tuple((a, b) for a, b in unread(text) if not furniture.face(text[a:b]))


def _inside(text: str, found: Sequence[Marker]) -> frozenset[Marker]:
    """The markers that stand back to back."""
    rows = pairwise(found)
    return frozenset(m for one, two in rows if _touch(text, one, two) for m in (one, two))


def _touch(text: str, one: Marker, two: Marker) -> bool:
    between = text[one.end : two.start]
    ways = (one.direction, two.direction)
    return (
        ways == ("out", "in") and not (one.broken or two.broken) and not between.strip(" \t\u3000")
    )


def _back_to_back(text: str, found: Sequence[Marker]) -> Iterator[Edit]:
    for one, two in pairwise(found):
        if _touch(text, one, two):
            yield Edit(one.start, two.end, "", "JMP104", "jump and continuation line in one place")


@dataclass(frozen=True, slots=True)
class _AsRead:
    """The pages as they were read, before anything was carried from one to another."""

    draft: Draft
    pages: tuple[Page, ...]
    first: tuple[Page, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, draft: Draft, pages: tuple[Page, ...], called: Sequence[str | Name]) -> _AsRead:
        original = Draft.of(*draft.sources)
        first = labels.pages(original, called) if draft.text != original.text else pages
        return cls(draft, pages, first, tuple(start for start, _ in original.pages()))

    def head(self, head: Head) -> Head:
        """The head on the page on which its marker was read, wherever that has come by now.

        In a story over three pages the second part has come home with its own jump line at the end.
        """
        span = self.draft.spans(head.marker.start, head.marker.end)[0]
        at = self.starts[span.source] + span.start
        read = next((p for p in self.first if p.start <= at < p.end), head.page)
        there = (p for p in self.pages if (p.source, p.label) == (read.source, read.label))
        page = next(there, head.page)
        return head if page == head.page else replace(head, page=page)


def _edges(text: str, page: Page, found: Sequence[Marker]) -> tuple[str, ...]:
    """The outer lines of a page; of its top only what stands over no continuation."""
    top, foot = furniture.edges(text[page.start : page.end])
    near = text[page.start : page.end].find(top[-1]) + len(top[-1]) if top else 0
    below = any(m.direction == "in" and m.start <= page.start + near + NEAR for m in found)
    return tuple(foot) if below else (*top, *foot)


def _turned(marker: Marker, page: Page) -> Marker:
    """A marker that may point either way, by its page: stories go on on later pages."""
    later = marker.turnable and page.named() and page.label.section == marker.refs[0].section
    if not later:
        return marker
    way: Direction = "out" if marker.refs[0].number > page.label.number else "in"
    return replace(marker, direction=way)


def _halves(text: str, pages: Sequence[Page], found: Sequence[Marker]) -> list[Halves]:
    """The halves of stories; what repeats on pages is furniture unless a story goes on."""
    marked = [(p, [_turned(m, p) for m in found if p.start <= m.start < p.end]) for p in pages]
    known = Furniture.of(_edges(text, *row) for row in marked)
    return [halves(text, *row, known) for row in marked if row[1]]


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
        sheets = _halves(draft.text, pages, found)
        read = _AsRead.of(draft, pages, context.labels)
        heads = tuple(read.head(h) for heads, _ in sheets for h in heads)
        more = list(reprinted(heads, pages, found, Impressions.of(draft)))
        if more:
            sheets = _halves(draft.text, pages, sorted((*found, *more), key=lambda m: m.start))
        return cls(draft, pages, heads, tuple(t for _, tails in sheets for t in tails))

    def pairs(self, context: Context) -> list[Pair]:
        """The best pairing; within single files only where merging across is switched off.

        A head that goes on on several pages is paired with all of them, in order, or not at all.
        """
        pairs = pair(self.heads, self.tails, self.pages, self.draft.text)
        if not context.merge_pages:
            pairs = [p for p in pairs if p.head.page.source == p.tail.page.source]
        rows = groupby(pairs, key=lambda p: p.head.marker)
        return [p for marker, row in rows for p in _complete(marker, list(row))]

    def left_alone(self, pairs: Sequence[Pair], settled: set[int]) -> Iterator[Edit]:
        """A note for every half without the other, but for the tails that end at these places."""
        done = {p.head.marker for p in pairs} | {p.tail.marker for p in pairs}
        for head in self.heads:
            if head.marker not in done and not head.part:
                yield self._note(head.marker, *self._open(head))
        for tail in self.tails:
            end = tail.body[-1].end if tail.body else -1
            lost = tail.marker.start == tail.marker.end
            if tail.marker not in done and end not in settled and not lost:
                reason = Message(
                    "continuation of a story whose first part was not found"
                    if tail.ref == UNKNOWN
                    else "continuation of a story whose first part on page {ref} was not found",
                    ref=tail.ref,
                )
                yield self._note(tail.marker, "JMP202", reason)

    def _note(self, marker: Marker, code: str, reason: str) -> Edit:
        if marker.broken:
            told = Message(reason)
            reason = Message("a jump line that OCR broke? {reason}", reason=told)
        return note(marker.start, marker.end, self.draft.text, code, reason)

    def _open(self, head: Head) -> tuple[str, str]:
        """Rule and reason of a head that stays alone."""
        if head.ref == UNKNOWN:
            return "JMP201", Message("goes on elsewhere; the page number is lost")
        given = (p for p in self.pages if p.issue == head.page.issue)
        if any(same_page(head.ref, p, head.page, self.pages) for p in given):
            told = "goes on, on page {ref}, but no tail there fits"
            return "JMP201", Message(told, ref=head.ref)
        return "JMP203", Message("goes on, on page {ref}, which was not given", ref=head.ref)


def _complete(marker: Marker, parts: list[Pair]) -> list[Pair]:
    """The parts if none is missing and their pages come in the order of the text."""
    starts = [p.tail.marker.start for p in parts]
    whole = len(parts) == len(marker.refs) and starts == sorted(starts)
    return parts if whole else []
