"""The one path from pages to repaired pages: filters propose, a decision judges, the draft takes.

The chain runs again until nothing more is accepted, so that a second run of the tool has nothing
left to do: ``fix(fix(x)) == fix(x)`` holds by construction.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fixnews.composing import compose
from fixnews.correction import Correction, Finding
from fixnews.draft import Change, Draft, Edit, Move, trimmed
from fixnews.filters import CHAIN, Context, Filter, Selection
from fixnews.filters.contract import Answers, kept
from fixnews.islands import Memory
from fixnews.source import Source
from fixnews.spared import Shore, Touches, touches_of
from fixnews.threads import one_thread
from fixnews.words.phrases import indexed

Decide = Callable[[Finding], bool]
"""What stands between proposal and application: a threshold, a prompt, a file of verdicts."""

MAX_ROUNDS = 12
"""Rounds of the chain before it is cut off. Real pages settle in two: one that repairs and one
that finds nothing more; each further one needs a repair that laid bare another."""


@dataclass(frozen=True, slots=True)
class Repair:
    """What a run over the pages of one call came to.

    Attributes:
        draft: the pages as repaired.
        corrections: every change and suggestion, in the order of the pages.
        spared: what was proposed and dropped because it touched what is no running prose, each as
            a note that says what stands there.
    """

    draft: Draft
    corrections: tuple[Correction, ...]
    spared: tuple[Correction, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The text of each page."""
        return self.draft.texts()

    @property
    def sources(self) -> tuple[Source, ...]:
        """The pages as they were read."""
        return self.draft.sources


def threshold(*, unsafe: bool = False, least: float = 0.0) -> Decide:
    """The decision that needs nobody: safe changes, or all, from some confidence on.

    >>> from fixnews.draft import Draft, Edit
    >>> offered = Finding(Edit(0, 0, "。", safety="unsafe"), Draft.of())
    >>> threshold()(offered), threshold(unsafe=True)(offered)
    (False, True)
    """
    wanted = ("safe", "unsafe") if unsafe else ("safe",)
    return lambda f: f.change.safety in wanted and f.change.confidence >= least


def reject_all(finding: Finding) -> bool:
    """The decision for a report: nothing is applied."""
    return finding is None


def repair(
    sources: Sequence[Source],
    context: Context | None = None,
    decide: Decide | None = None,
    selection: Selection | None = None,
    chain: Sequence[Filter] = CHAIN,
) -> Repair:
    """Repair the pages of one call.

    Args:
        sources: the pages, in the order in which a reader would turn them.
        context: what the filters may know; by default no labels and the shipped model.
        decide: judges each proposal; by default `threshold`, which takes what is safe.
        selection: which rules run.
        chain: the filters in their order.

    >>> repair([Source("A1", "经济形势稳定。"), Source("A2", "")]).texts
    ('经济形势稳定。', '')
    """
    run = _Run.of(context or Context(), decide or threshold(), selection or Selection(), chain)
    with one_thread():
        return _repaired(sources, run)


def _repaired(sources: Sequence[Source], run: _Run) -> Repair:
    """The chain round after round until nothing more is accepted."""
    state = _State(Draft.of(*sources), (), {})
    for _ in range(MAX_ROUNDS):
        before = state.draft
        state = run.round(state)
        if state.draft is before:
            break
    last = [state.views.get(link.name, _NO_VIEW) for link in run.chain]
    corrections = compose(state.draft, state.accepted, (f for v in last for f in v.findings))
    return Repair(
        state.draft, corrections, compose(state.draft, (), (f for v in last for f in v.spared))
    )


class _View(NamedTuple):
    """What a filter left open when it last looked, the text that it looked at, and its answers.

    ``spared`` is what was dropped because it touched an island.
    """

    text: str
    findings: tuple[Finding, ...]
    answers: Answers
    spared: tuple[Finding, ...] = ()


_NO_VIEW = _View("", (), {})


class _State(NamedTuple):
    """A run between two filters."""

    draft: Draft
    accepted: tuple[Finding, ...]
    views: dict[str, _View]


@dataclass(frozen=True, slots=True)
class _Run:
    """What stays the same during a run.

    Attributes:
        context: what the filters may know.
        decide: judges each proposal.
        chain: the filters in their order.
        wanted: for each filter the codes of its rules that run.
        kept: the passages that stand as they are.
        touches: for each code the kinds of islands that its rule may touch.
        memory: what was read of islands.
    """

    context: Context
    decide: Decide
    chain: tuple[Filter, ...]
    wanted: Mapping[str, frozenset[str]]
    kept: frozenset[str]
    touches: Touches
    memory: Memory

    @classmethod
    def of(
        cls, context: Context, decide: Decide, selection: Selection, chain: Sequence[Filter]
    ) -> _Run:
        """A run of the selected rules."""
        wanted = {
            link.name: frozenset(
                r.code for r in link.rules if selection.takes(r.code, default=r.default)
            )
            for link in chain
        }
        names = kept(context)
        return cls(context, decide, tuple(chain), wanted, names, touches_of(chain), Memory())

    def round(self, state: _State) -> _State:
        """The chain once over the draft; filters that have seen this very text are passed by."""
        for link in self.chain:
            if state.views.get(link.name, _NO_VIEW).text != state.draft.text:
                state = self.step(link, state)
        return state

    def step(self, link: Filter, state: _State) -> _State:
        """One filter: its proposals judged, the accepted ones applied."""
        known = state.views.get(link.name, _NO_VIEW).answers
        proposed, answers = self.findings(link, state.draft, known)
        as_text = self.context.as_text
        shore = Shore.of(state.draft, self.touches, self.memory, as_text=as_text)
        findings, spared = shore.held_back(proposed)
        taken, left = self.judged(findings) if findings else ([], [])
        draft = state.draft
        if taken:
            draft = draft.revise((f.change for f in taken), len(state.accepted))
        views = {**state.views, link.name: _View(state.draft.text, tuple(left), answers, spared)}
        return _State(draft, (*state.accepted, *taken), views)

    def findings(self, link: Filter, draft: Draft, known: Answers) -> tuple[list[Finding], Answers]:
        """What the filter proposes of the selected rules, and its answers page by page."""
        wanted = self.wanted[link.name]
        if not wanted:
            return [], {}
        proposed, answers = link.proposed(draft, self.context, known)
        changes = [_trimmed(change, draft) for change in proposed]
        protected = _protected(self.kept if changes else frozenset(), draft.text)
        found = [
            Finding(change, draft)
            for change in changes
            if change.code in wanted and not _is_nothing(change) and not protected(change)
        ]
        return found, answers

    def judged(self, findings: list[Finding]) -> tuple[list[Finding], list[Finding]]:
        """What is applied and what is left; a group falls with its move, or if it has none.

        Of two accepted edits that overlap, the later in the text waits for the next round.
        """
        decide = self.decide
        accepted = [f.change.safety != "note" and decide(f) for f in findings]
        judged = list(zip(findings, accepted, strict=True))
        moves = [(f.change.group, yes) for f, yes in judged if isinstance(f.change, Move)]
        carried = {group for group, yes in moves if yes} - {
            group for group, yes in moves if not yes
        }
        carried.add("")
        taken = _compatible(f for f, yes in judged if yes and f.change.group in carried)
        return taken, [f for f, yes in judged if not yes or f.change.group not in carried]


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
