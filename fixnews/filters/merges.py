"""One story whole: what moves, what goes with it, and what is there already."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise

from fixnews.changes import Change, Edit, Move, Safety
from fixnews.draft import Draft
from fixnews.filters.tail_ends import Ends
from fixnews.jumps.arrows import without_arrows
from fixnews.jumps.fragments import Tail
from fixnews.jumps.grammar import Marker
from fixnews.jumps.labels import Page, same_page
from fixnews.jumps.matching import Pair, held
from fixnews.jumps.printed_lines import Line, ends_sentence
from fixnews.jumps.repeated_headlines import plain
from fixnews.message import Message

SURE = 2.5
"""Odds and margin (natural logarithms) from which a merge is applied without asking. Of 3,400 pairs
among two to four stories of one day that share no headline, those with a margin of 2.5 to 3 are
right in 96 %, of 3 to 4 in 99.2 %, and above in 100 %."""

TOLD = 40
"""Characters, without white space, from which a passage is not on two pages by chance."""

NEARLY = 0.8
"""Likeness of a passage that is on two pages, by two readings or two editions. Of 105 tails of
February 2020 and of the laid-out issues, which no first page holds, none is more than 0.33 alike to
the likest stretch of that page."""

PAGES = 1 << 7
"""Pages that are kept as they are compared: several tails are looked for on each."""

WHOLE = "the story is whole again"


def merges(
    draft: Draft,
    pages: Sequence[Page],
    pairs: Sequence[Pair],
    mixed: frozenset[int] = frozenset(),
) -> Iterator[Change]:
    """The proposals for every pair, those of one head together.

    What stands on a page that was read across its columns is only offered: its lines are in no
    order, and nobody can say what belongs to a tail.

    Args:
        draft: all pages.
        pages: its pages.
        pairs: heads with the tails that are given to them.
        mixed: the numbers of the sources that were read across their columns.
    """
    text, ends = draft.text, Ends.of(draft, pages)
    whole = (without_arrows(p, text) for p in _doubted(pairs, mixed))
    pairs = [replace(p, tail=ends.until(p)) for p in whole]
    for number, (_, row) in enumerate(groupby(pairs, key=lambda p: p.head.marker)):
        yield from _merge(text, list(row), f"jump-{number}")


def _doubted(pairs: Sequence[Pair], mixed: frozenset[int]) -> Iterator[Pair]:
    """The pairs, those on pages without order with no margin."""
    for match in pairs:
        unclear = mixed & {match.head.page.source, match.tail.page.source}
        yield replace(match, margin=0.0) if unclear else match


def _merge(text: str, parts: Sequence[Pair], group: str) -> Iterator[Change]:
    """One story: its tails moved, the markers out, the repeated headlines out."""
    plans = [_Plan.of(text, p) for p in parts]
    if not all(plan.body for plan in plans):
        return
    least = min(min(p.odds, p.margin) for p in parts)
    head = parts[0].head
    safety: Safety = "safe" if head.clean and least >= SURE else "unsafe"
    signed = _Signed(round(1 / (1 + math.exp(-least)), 4), safety, group)
    told = likeness(plans[0], text[head.page.start : head.page.end])
    if len(parts) == 1 and told >= NEARLY:
        yield from _doubled(text, plans[0], told)
        yield Edit(head.cut, head.marker.end, "", _code(head.marker), WHOLE, told, _if_exact(told))
        return
    seam = "" if head.open else _paragraph_gap(parts[0], plans[0].body)
    yield signed.edit((head.cut, head.marker.end), seam, _code(head.marker), WHOLE)
    finished = False
    for match, plan in zip(parts, plans, strict=True):
        start = plan.gap[0] if finished else plan.gap[1]
        yield signed.move((start, plan.body[-1].end), head.marker.end, match)
        for span, code, reason in plan.edits(text, start):
            yield signed.edit(span, "", code, reason)
        finished = ends_sentence(plan.body[-1].text)


def already_told(text: str, pages: Sequence[Page], tails: Sequence[Tail]) -> Iterator[Edit]:
    """The tails without a head whose text stands on the page that they name."""
    for tail in tails:
        plan = _Plan(tail, (), tail.body, (tail.marker.end, tail.marker.end))
        there = (p for p in pages if p.number != tail.page.number and p.issue == tail.page.issue)
        named = [p for p in there if same_page(tail.ref, p, tail.page, pages)]
        told = max((likeness(plan, text[p.start : p.end]) for p in named), default=0.0)
        if told >= NEARLY:
            yield from _doubled(text, plan, told)


def likeness(plan: _Plan, page: str) -> float:
    """How nearly a page holds the passage of a plan, `NEARLY` to 1; 0 if it does not.

    Nor does it if the passage is too short to tell.
    """
    passage = _plain("".join([line.text for line in plan.body]))
    return _likeness(passage, page) if len(passage) >= TOLD else 0.0


@lru_cache(PAGES)
def _likeness(passage: str, page: str) -> float:
    whole = _plain(page)
    return 1.0 if passage in whole else held(passage, whole, NEARLY)


@lru_cache(PAGES)
def _plain(text: str) -> str:
    """A page, or a passage, as they are compared."""
    return plain(text)


def _doubled(text: str, plan: _Plan, told: float) -> Iterator[Edit]:
    """The tail goes, for it is there already."""
    end = plan.body[-1].end
    (start, _), *_ = next(plan.edits(text, end))
    reason = "stands on the first part's page as well"
    yield Edit(start, end, "", "JMP106", reason, round(told, 4), _if_exact(told))


def _if_exact(told: float) -> Safety:
    return "safe" if told == 1.0 else "unsafe"


def _code(marker: Marker) -> str:
    return "JMP105" if marker.broken else "JMP102"


@dataclass(frozen=True, slots=True)
class _Signed:
    """What the proposals of one merge have in common."""

    confidence: float
    safety: Safety
    group: str

    def edit(self, span: tuple[int, int], new: str, code: str, reason: str) -> Edit:
        return Edit(*span, new, code, reason, self.confidence, self.safety, self.group)

    def move(self, span: tuple[int, int], to: int, match: Pair) -> Move:
        reason = Message(
            "page {label} goes on with a story of page {label_2}",
            label=match.tail.page.label,
            label_2=match.head.page.label,
        )
        if self.safety == "unsafe" and match.rival:
            rival = Message("{rival} could belong to it as well", rival=match.rival)
            reason = Message.joined("; ", (reason, rival))
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

        Of the white space before and behind, one side goes as well. What stands between them and
        is neither, as the page's own furniture, stays.
        """
        at, kept = self.tail.page.start, False
        pieces = self._pieces()
        following = [*(first for first, *_ in pieces[1:]), start][: len(pieces)]
        for (first, last, code, reason), behind in zip(pieces, following, strict=True):
            before = text[at:first].rstrip()
            kept |= bool(before)
            left = at + len(before) if before else first
            between = text[last:behind]
            blank = len(between) - len(between.lstrip())
            at = last if kept and blank < len(between) else last + blank
            yield (left, at), code, reason
        end = self.body[-1].end
        after = text[end : self.tail.page.end]
        if not (kept or text[at:start].strip()) and after.strip():
            yield (end, end + len(after) - len(after.lstrip())), "JMP102", WHOLE

    def _pieces(self) -> list[tuple[int, int, str, str]]:
        """What goes, in the order of the text: start and end, code and reason."""
        marker = self.tail.marker
        told = Message("stands over the story's first part")
        headlines = [(x.start, x.end, "JMP103", told) for x in self.repeated]
        read = [(marker.start, marker.end, _code(marker), WHOLE)] * (marker.start < marker.end)
        return sorted([*read, *headlines])


def _paragraph_gap(match: Pair, body: Sequence[Line]) -> str:
    """What stands between two paragraphs on these pages."""
    above = match.head.lines
    gaps = [line.gap for before, line in pairwise(body) if before.finished]
    gaps += [line.gap for before, line in reversed(list(pairwise(above))) if before.finished]
    gaps += [line.gap for line in (body[0], *match.tail.above, *reversed(above))]
    return next((gap for gap in gaps if "\n" in gap or "\r" in gap), "\n")
