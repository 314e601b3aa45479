"""One step of a run: a filter looks at a draft, what it proposes is judged, the next draft is made.

A draft is one page for a filter that reads page by page, all pages for one that reads across them.
What a filter says of a draft follows from the draft, and the next draft from that and the verdicts;
so both are remembered, and a page that has not changed costs no more than its verdicts, in this
round, and in the next run if the desk is kept: an answer in a review costs a page. On that page
`fixnews.recall` sees to it that an answer costs a paragraph.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import is_
from typing import Any, Generic, NamedTuple, TypeVar

from fixnews.composing import compose, offered
from fixnews.correction import Correction, Finding
from fixnews.draft import Change, Draft, Edit, Move, trimmed
from fixnews.filters import Context, Filter
from fixnews.islands import Memory
from fixnews.source import Source
from fixnews.spared import Shore, Touches
from fixnews.words.phrases import indexed

Decide = Callable[[Finding], bool]
"""What stands between proposal and application: a threshold, a prompt, a file of verdicts."""


class Signed(NamedTuple):
    """An accepted finding with the number that signs what it made in the drafts behind it."""

    number: int
    finding: Finding


class Proposed(NamedTuple):
    """What a filter proposes of a draft.

    Attributes:
        link: the filter.
        draft: the draft that it looked at.
        findings: its proposals.
        spared: what was dropped because it touched an island.
    """

    link: Filter
    draft: Draft
    findings: tuple[Finding, ...]
    spared: tuple[Finding, ...]


Leaves = tuple[Draft, ...]
"""One draft for each page."""

Corrections = tuple[Correction, ...]


class Taken(NamedTuple):
    """What the verdicts made of proposals.

    Attributes:
        draft: the next draft.
        accepted: the findings that were applied.
        left: those that were not.
    """

    draft: Draft
    accepted: tuple[Signed, ...]
    left: tuple[Finding, ...]


Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(slots=True)
class Shelf(Generic[Key, Value]):
    """What was worked out in this run and in the last one; what neither needed is forgotten.

    >>> shelf = Shelf()
    >>> shelf.kept("一", lambda: 1), shelf.kept("一", lambda: 2)
    (1, 1)
    >>> shelf.turn(); shelf.turn(); shelf.kept("一", lambda: 3)
    3
    """

    now: dict[Key, Value] = field(default_factory=dict)
    last: dict[Key, Value] = field(default_factory=dict)

    def kept(self, key: Key, work_out: Callable[[], Value]) -> Value:
        """The value of a key, worked out where it is not known."""
        if key not in self.now:
            self.now[key] = self.last[key] if key in self.last else work_out()
        return self.now[key]

    def turn(self) -> None:
        """A new run begins."""
        self.now, self.last = {}, self.now


Settings = tuple[object, ...]
"""What makes a run another one; compared, not looked into."""

PAGES_READ = 1 << 8
"""Versions of pages whose islands are kept: of an issue of 32 pages those of two runs."""


@dataclass(slots=True)
class Desk:
    """What is known of the pages of a call. It changes no answer, only how fast it comes.

    Drafts are told apart by what they are, not by what they hold: each value keeps its own.

    Attributes:
        sources: the pages.
        settings: what the filters may know, and which of their rules run.
        islands: what was read of islands.
        proposed: what the filters proposed, by filter and draft.
        taken: what the verdicts made of that, by filter, draft and verdicts.
        wholes: the draft of all pages, by those of the single pages.
        parts: the drafts of the single pages, by that of all.
        after: the single pages when something was last carried between them.
        made: the corrections that were applied to a page, by its draft and their numbers.
        offers: the corrections that a finding offers.
        numbers: the numbers of the accepted findings that change several pages at once.
        seen: how often each of them was accepted in this run.
        number: the last number that signs an accepted finding.
        asked: how many looks of a filter at a draft the runs needed.
        looked: how many of them had not been taken before.
    """

    sources: tuple[Source, ...] = ()
    settings: Settings = ()
    islands: Memory = field(default_factory=Memory)
    proposed: Shelf[tuple[int, int], Proposed] = field(default_factory=Shelf)
    taken: Shelf[tuple[int, int, tuple[bool, ...]], Taken] = field(default_factory=Shelf)
    wholes: Shelf[tuple[int, ...], tuple[Draft, Leaves]] = field(default_factory=Shelf)
    parts: Shelf[int, tuple[Draft, Leaves]] = field(default_factory=Shelf)
    after: Leaves = ()
    made: Shelf[tuple[int, ...], tuple[Draft, Corrections]] = field(default_factory=Shelf)
    offers: Shelf[int, tuple[Finding, Corrections]] = field(default_factory=Shelf)
    numbers: Shelf[tuple[object, ...], int] = field(default_factory=Shelf)
    seen: Shelf[tuple[object, ...], int] = field(default_factory=Shelf)
    number: int = 0
    asked: int = 0
    looked: int = 0

    def begin(self, sources: Sequence[Source], settings: Settings) -> Leaves:
        """A new run begins: its pages as they were read, each a draft.

        With other pages or settings than before nothing is known.
        """
        same = len(sources) == len(self.sources) and all(map(is_, sources, self.sources))
        if not (same and settings == self.settings):
            self.sources, self.settings, self.after = tuple(sources), settings, ()
            for shelf in self._shelves():
                shelf.turn()
        for shelf in self._shelves():
            shelf.turn()
        if len(self.islands.charts) > PAGES_READ:
            self.islands = Memory()
        return self.parts.kept(AS_READ, self._as_read)[1]

    def _shelves(self) -> tuple[Shelf[Any, Any], ...]:
        pages = self.proposed, self.taken, self.wholes, self.parts
        return *pages, self.made, self.offers, self.numbers, self.seen

    def _as_read(self) -> tuple[Draft, Leaves]:
        draft = Draft.of(*self.sources)
        return draft, draft.leaves()

    def whole(self, leaves: Leaves) -> Draft:
        """The draft of all pages."""
        return self.wholes.kept(tuple(map(id, leaves)), lambda: (Draft.joined(leaves), leaves))[0]

    def parted(self, draft: Draft, before: Leaves) -> Leaves:
        """The drafts of the single pages; of those that are as they were, the very same."""
        known = {leaf.leaf: leaf for leaf in (*self.after, *before)}
        self.after = self.parts.kept(id(draft), lambda: (draft, draft.leaves(known)))[1]
        return self.after

    def composed(self, leaf: Draft, accepted: Sequence[Signed]) -> Corrections:
        """What was applied to a page that nothing was carried to or from."""
        key = id(leaf), *(number for number, _ in accepted)
        return self.made.kept(key, lambda: (leaf, compose(leaf, accepted)))[1]

    def offered(self, finding: Finding) -> Corrections:
        """What a finding offers."""
        return self.offers.kept(id(finding), lambda: (finding, offered(finding)))[1]

    def sign(self, findings: Sequence[Finding]) -> tuple[Signed, ...]:
        """Accepted findings with their numbers.

        What changes several pages at once is proposed again when one of them has changed; if it is
        the same as before it has the same number, and the other pages are the same drafts.
        """
        return tuple(Signed(self._number(f), f) for f in findings)

    def _number(self, finding: Finding) -> int:
        if len(finding.draft.numbers) == 1:
            self.number += 1
            return self.number
        mark = _mark(finding)
        nth = self.seen.now[mark] = self.seen.now.get(mark, 0) + 1
        self.number += 1
        return self.numbers.kept((*mark, nth), lambda: self.number)


def _mark(finding: Finding) -> tuple[object, ...]:
    """What an accepted finding is in the originals."""
    change = finding.change
    to = finding.draft.spans(change.to, change.to) if isinstance(change, Move) else ()
    return change.code, finding.spans, finding.after, to


AS_READ = 0
"""Under what the pages as they were read are kept; no draft is at this address."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What stays the same during a run.

    Attributes:
        context: what the filters may know.
        decide: judges each proposal.
        wanted: for each filter the codes of its rules that run.
        kept: the passages that stand as they are.
        touches: for each code the kinds of islands that its rule may touch.
        desk: what is known of the pages.
    """

    context: Context
    decide: Decide
    wanted: Mapping[str, frozenset[str]]
    kept: frozenset[str]
    touches: Touches
    desk: Desk

    def begin(self, sources: Sequence[Source]) -> Leaves:
        """The pages as they were read, each a draft."""
        return self.desk.begin(sources, (self.context, self.wanted, self.touches))

    def step(self, link: Filter, draft: Draft) -> tuple[Proposed, Taken]:
        """One filter over one draft: its proposals judged, the accepted ones applied."""
        desk, place = self.desk, (id(link), id(draft))
        desk.asked += 1
        proposed = desk.proposed.kept(place, lambda: self._proposed(link, draft))
        verdicts = tuple(map(self._accepts, proposed.findings))
        if not any(verdicts):
            return proposed, Taken(draft, (), proposed.findings)
        key = (*place, verdicts)
        return proposed, desk.taken.kept(key, lambda: self._taken(proposed, verdicts))

    def _accepts(self, finding: Finding) -> bool:
        return finding.change.safety != "note" and self.decide(finding)

    def _proposed(self, link: Filter, draft: Draft) -> Proposed:
        """What the filter proposes of the selected rules, and what islands hold back."""
        self.desk.looked += 1
        findings = self._findings(link, draft) if self.wanted[link.name] else []
        as_text = self.context.as_text
        shore = Shore.of(draft, self.touches, self.desk.islands, as_text=as_text)
        left, spared = shore.held_back(findings)
        return Proposed(link, draft, tuple(left), spared)

    def _findings(self, link: Filter, draft: Draft) -> list[Finding]:
        """What the filter says of the draft, but for what changes nothing or must stand."""
        context = replace(self.context, read=draft.read(0)) if link.by_page else self.context
        changes = [_trimmed(change, draft) for change in link.propose(draft, context)]
        changes = [_of_page(change, draft) for change in changes] if link.by_page else changes
        wanted = self.wanted[link.name]
        protected = _protected(self.kept if changes else frozenset(), draft.text)
        return [
            Finding(change, draft)
            for change in changes
            if change.code in wanted and not _is_nothing(change) and not protected(change)
        ]

    def _taken(self, proposed: Proposed, verdicts: Sequence[bool]) -> Taken:
        """The next draft, and what these verdicts leave."""
        taken, left = _judged(proposed.findings, verdicts)
        signed = self.desk.sign(taken)
        draft = proposed.draft
        if taken:
            draft = draft.revise((f.change for f in taken), (number for number, _ in signed))
        return Taken(draft, signed, tuple(left))


def _judged(
    findings: Sequence[Finding], verdicts: Sequence[bool]
) -> tuple[list[Finding], list[Finding]]:
    """What is applied and what is left; a group falls with its move, or if it has none.

    Of two accepted edits that overlap, the later in the text waits for the next round.
    """
    judged = list(zip(findings, verdicts, strict=True))
    moves = [(f.change.group, yes) for f, yes in judged if isinstance(f.change, Move)]
    carried = {group for group, yes in moves if yes} - {group for group, yes in moves if not yes}
    carried.add("")
    taken = _compatible(f for f, yes in judged if yes and f.change.group in carried)
    return taken, [f for f, yes in judged if not yes or f.change.group not in carried]


def _of_page(change: Change, draft: Draft) -> Change:
    """The change of one page, its group told from those of the other pages of a call."""
    number = draft.numbers[0]
    group = change.group and number
    return replace(change, group=f"{change.group}@{number}") if group else change


def _trimmed(change: Change, draft: Draft) -> Change:
    return trimmed(change, draft.text) if isinstance(change, Edit) else change


def _is_nothing(change: Change) -> bool:
    """Whether the change would leave everything as it is."""
    if isinstance(change, Move):
        return change.start == change.end
    return change.start == change.end and not change.new


def _compatible(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that do not overlap, the earlier in the text first; the others wait a round.

    A group goes as a whole or waits as a whole. A passage that lands in one that is itself carried
    away waits until that has arrived.
    """
    ordered = sorted(findings, key=lambda f: (f.change.start, f.change.end))
    waiting = _landing_in_others([f.change for f in ordered if isinstance(f.change, Move)])
    kept: list[Finding] = []
    end = -1
    for finding in ordered:
        if finding.change.group in waiting:
            continue
        if finding.change.start >= end:
            kept.append(finding)
            end = finding.change.end
        elif finding.change.group:
            waiting.add(finding.change.group)
    return [f for f in kept if f.change.group not in waiting] if waiting else kept


def _landing_in_others(moves: Sequence[Move]) -> set[str]:
    """The groups of moves that land in a passage, or at its end, that another move carries away."""
    spans = sorted((move.start, move.end) for move in moves)
    starts = [start for start, _ in spans]

    def carried(place: int) -> bool:
        at = bisect_left(starts, place) - 1
        return at >= 0 and place <= spans[at][1]

    return {move.group for move in moves if move.group and carried(move.to)}


def _protected(allow: frozenset[str], text: str) -> Callable[[Change], bool]:
    """Whether a change touches a passage that the reader has allowed to stand as it is."""
    if not allow:
        return lambda _: False
    spans = list(indexed(allow).find(text))
    starts = [start for start, _ in spans]

    def touches(change: Change) -> bool:
        at = bisect_right(starts, max(change.start, change.end - 1)) - 1
        return at >= 0 and change.start < spans[at][1]

    return touches
