"""What is known of the pages of a call, kept from round to round and from run to run.

What a filter says of a draft follows from the draft, and the next draft from that and the verdicts;
so both are kept, and a page that has not changed costs no more than its verdicts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import is_
from typing import Any, Generic, NamedTuple, TypeVar

from fixnews.changes import Move
from fixnews.composing import compose, offered
from fixnews.correction import Correction, Finding
from fixnews.draft import Draft
from fixnews.filters import Filter
from fixnews.foretold import Foretold
from fixnews.islands import Kind, Memory
from fixnews.source import Source


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

    No value is None.

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
        known = self.known(key)
        if known is None:
            self.now[key] = known = work_out()
        return known

    def known(self, key: Key) -> Value | None:
        """The value of a key; None where it is not known."""
        found = self.now.get(key)
        if found is None and self.last:
            found = self.last.get(key)
            if found is not None:
                self.now[key] = found
        return found

    def turn(self) -> None:
        """A new run begins."""
        self.now, self.last = {}, self.now


Settings = tuple[object, ...]
"""What makes a run another one; compared, not looked into."""


PAGES_READ, VERSIONS = 1 << 8, 1 << 3
"""Versions of pages whose islands are kept, and of each page if there are more: those of two runs.
"""


@dataclass(slots=True)
class Desk:
    """What is known of the pages of a call. It changes no answer, only how fast it comes.

    Drafts are told apart by what they are, not by what they hold: each value keeps its own.

    Attributes:
        sources: the pages.
        settings: what the filters may know, and which of their rules run.
        islands: what was read of islands.
        proposed: what the filters proposed, by filter, draft and `readings`.
        taken: what the verdicts made of that, by filter, draft, `readings` and verdicts.
        wholes: the draft of all pages, by those of the single pages.
        parts: the drafts of the single pages, by that of all.
        after: the single pages when something was last carried between them.
        made: the corrections that were applied to a page, by its draft and their numbers.
        offers: the corrections that a finding offers.
        numbers: the numbers of the accepted findings that change several pages at once.
        seen: how often each of them was accepted in this run.
        foretold: what other processes have worked out of the pages.
        again: by number, the pages that are taken for read as they were later in the run.
        readings: tells what was taken for read from what was read.
        number: the last number that signs an accepted finding.
        asked: how many looks of a filter at a draft the runs needed.
        looked: how many of them had not been taken before.
    """

    sources: tuple[Source, ...] = ()
    settings: Settings = ()
    islands: Memory = field(default_factory=Memory)
    proposed: Shelf[tuple[int, int, int], Proposed] = field(default_factory=Shelf)
    taken: Shelf[tuple[int, int, int, tuple[bool, ...]], Taken] = field(default_factory=Shelf)
    wholes: Shelf[tuple[int, ...], tuple[Draft, Leaves]] = field(default_factory=Shelf)
    parts: Shelf[int, tuple[Draft, Leaves]] = field(default_factory=Shelf)
    after: Leaves = ()
    made: Shelf[tuple[int, ...], tuple[Draft, Corrections]] = field(default_factory=Shelf)
    offers: Shelf[int, tuple[Finding, Corrections]] = field(default_factory=Shelf)
    numbers: Shelf[tuple[object, ...], int] = field(default_factory=Shelf)
    seen: Shelf[tuple[object, ...], int] = field(default_factory=Shelf)
    foretold: Foretold = field(default_factory=Foretold)
    again: dict[int, str] = field(default_factory=dict)
    readings: int = 0
    number: int = 0
    asked: int = 0
    looked: int = 0

    def begin(self, sources: Sequence[Source], settings: Settings) -> Leaves:
        """A new run begins: its pages as they were read, each a draft.

        With other pages or settings than before nothing is known.
        """
        same = len(sources) == len(self.sources) and all(map(is_, sources, self.sources))
        same = same and settings == self.settings
        turns = 1 if same else 2 if self.settings else 0
        if not same:
            self.sources, self.settings, self.after = tuple(sources), settings, ()
        for shelf in self._shelves() if turns else ():
            for _ in range(turns):
                shelf.turn()
        if len(self.islands.charts) > max(PAGES_READ, VERSIONS * len(sources)):
            self.islands = Memory()
        self.again, self.readings = {}, 0
        return self.parts.kept(AS_READ, self._as_read)[1]

    def read(self, draft: Draft, page: int) -> str:
        """A page as it was read, which tells what it is as a whole."""
        return self.again.get(draft.numbers[page], draft.read(page))

    def read_again(self, leaves: Leaves) -> bool:
        """Take pages for read as they are now, where a next run would see other verse in them.

        A poem that lost a line is no poem any more, and the next run would go on; so this one does.
        """
        new = {
            leaf.numbers[0]: leaf.text
            for leaf in leaves
            if leaf.text != (read := self.read(leaf, 0))
            and self.islands.verse(read)
            and self._seen_as(leaf.text) != self._seen_as(read)
        }
        if new:
            self.again |= new
            self.readings = hash(frozenset(self.again.items()))
        return bool(new)

    def _seen_as(self, text: str) -> tuple[Kind | None, frozenset[str]]:
        """What a page is as a whole, and its lines of verse."""
        return self.islands.page(text)[1], self.islands.verse(text)

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
