"""One step of a run: a filter looks at a draft, what it proposes is judged, the next draft is made.

A draft is one page for a filter that reads page by page, all pages for one that reads across them.
What was looked at before, in this round or the last run, lies on the desk (`fixnews.desk`): an
answer in a review costs a page. On that page `fixnews.recall` sees to it that it costs a paragraph.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from fixnews.changes import Change, Edit, Move, trimmed
from fixnews.correction import Finding
from fixnews.desk import Desk, Leaves, Proposed, Taken
from fixnews.draft import Draft
from fixnews.filters import ByPage, Context, Filter
from fixnews.source import Source
from fixnews.spared import Shore, Touches
from fixnews.words.phrases import indexed

Decide = Callable[[Finding], bool]
"""What stands between proposal and application: a threshold, a prompt, a file of verdicts."""


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

    def on_page(self, leaf: Draft) -> Context:
        """What a filter may know that reads one page at a time."""
        return replace(self.context, read=self.desk.read(leaf, 0))

    def knows(self, link: Filter, draft: Draft) -> bool:
        """Whether a filter looked at a draft before, in this run or in the last, or never does."""
        place, desk = self._place(link, draft), self.desk
        if not self.wanted[link.name] or place in desk.proposed.now or place in desk.proposed.last:
            return True
        return desk.foretold.knows(link.name, desk.read(draft, 0), draft.text)

    def proposed(self, link: Filter, draft: Draft, context: Context) -> Proposed:
        """What one filter proposes of one draft."""
        self.desk.asked += 1
        place, shelf = self._place(link, draft), self.desk.proposed
        known = shelf.known(place)
        if known is None:
            known = shelf.now[place] = self._proposed(link, draft, context)
        return known

    def taken(self, proposed: Proposed) -> Taken:
        """Proposals judged, the accepted ones applied."""
        verdicts = tuple(map(self._accepts, proposed.findings))
        if not any(verdicts):
            return Taken(proposed.draft, (), proposed.findings)
        key = (*self._place(proposed.link, proposed.draft), verdicts)
        return self.desk.taken.kept(key, lambda: self._taken(proposed, verdicts))

    def _place(self, link: Filter, draft: Draft) -> tuple[int, int, int]:
        return id(link), id(draft), self.desk.readings

    def _accepts(self, finding: Finding) -> bool:
        return finding.change.safety != "note" and self.decide(finding)

    def _proposed(self, link: Filter, draft: Draft, context: Context) -> Proposed:
        """What the filter proposes of the selected rules, and what islands hold back."""
        self.desk.looked += 1
        findings = self._findings(link, draft, context) if self.wanted[link.name] else []
        if not findings:
            return Proposed(link, draft, (), ())
        desk, as_text = self.desk, self.context.as_text
        read = tuple(desk.read(draft, n) for n in range(len(draft.numbers)))
        shore = Shore.of(draft, read, self.touches, desk.islands, as_text=as_text)
        left, spared = shore.held_back(findings)
        return Proposed(link, draft, tuple(left), spared)

    def _findings(self, link: Filter, draft: Draft, context: Context) -> list[Finding]:
        """What the filter says of the draft, but for what changes nothing or must stand."""
        changes = [_trimmed(change, draft) for change in self._said(link, draft, context)]
        if not changes:
            return []
        changes = [_of_page(change, draft) for change in changes] if link.by_page else changes
        wanted, protected = self.wanted[link.name], _protected(self.kept, draft.text)
        return [
            Finding(change, draft)
            for change in changes
            if change.code in wanted and not _is_nothing(change) and not protected(change)
        ]

    def _said(self, link: Filter, draft: Draft, context: Context) -> Iterable[Change]:
        """What the filter says of the draft; of one page it may be known from elsewhere."""
        judge = link.propose
        if not isinstance(judge, ByPage):
            return judge(draft, context)
        told = self.desk.foretold.of(
            link.name, context.read, draft.text, lambda: judge.read(draft.text, context)
        )
        return judge.held(told, draft)

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
