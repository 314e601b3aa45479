"""The one path from pages to repaired pages: filters propose, a decision judges, the draft takes.

The chain runs again until nothing more is accepted, so that a second run of the tool has nothing
left to do: ``fix(fix(x)) == fix(x)`` holds by construction. A filter that reads page by page is
asked about each page by itself, and only about a page that it has not seen as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from operator import is_, itemgetter
from types import MappingProxyType
from typing import NamedTuple

from fixnews.composing import compose, in_order
from fixnews.correction import Correction, Finding
from fixnews.desk import Desk, Leaves, Signed
from fixnews.draft import Draft
from fixnews.filters import CHAIN, Context, Filter, Selection
from fixnews.filters.contract import kept
from fixnews.source import Source
from fixnews.spared import Touches, touches_of
from fixnews.steps import Bench, Decide
from fixnews.threads import one_thread

MAX_ROUNDS = 12
"""Rounds of the chain before it is cut off. Real pages settle in two: one that repairs and one
that finds nothing more; each further one needs a repair that laid bare another."""

SELECTIONS = 1 << 4
"""Selections of rules whose codes are kept: a program that repairs many texts has one."""


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

    >>> from fixnews.changes import Edit
    >>> from fixnews.draft import Draft
    >>> offered = Finding(Edit(0, 0, "。", safety="unsafe"), Draft.of())
    >>> threshold()(offered), threshold(unsafe=True)(offered)
    (False, True)
    """
    wanted = ("safe", "unsafe") if unsafe else ("safe",)
    return lambda f: f.change.safety in wanted and f.change.confidence >= least


def reject_all(finding: Finding) -> bool:
    """The decision for a report: nothing is applied."""
    return finding is None


def repair(  # noqa: PLR0913
    sources: Sequence[Source],
    context: Context | None = None,
    decide: Decide | None = None,
    selection: Selection | None = None,
    chain: Sequence[Filter] = CHAIN,
    *,
    desk: Desk | None = None,
) -> Repair:
    """Repair the pages of one call.

    Args:
        sources: the pages, in the order in which a reader would turn them.
        context: what the filters may know; by default no labels and the shipped model.
        decide: judges each proposal; by default `threshold`, which takes what is safe.
        selection: which rules run.
        chain: the filters in their order.
        desk: what is known of these very pages from runs before with the same context, selection
            and chain; it is added to. By default nothing.

    >>> repair([Source("A1", "经济形势稳定。"), Source("A2", "")]).texts
    ('经济形势稳定。', '')
    """
    run = _Run.of(
        context or Context(), decide or threshold(), selection or Selection(), chain, desk
    )
    with one_thread():
        return _repaired(sources, run)


def _repaired(sources: Sequence[Source], run: _Run) -> Repair:
    """The chain round after round until nothing more is accepted."""
    state = _State(run.bench.begin(sources))
    for _ in range(MAX_ROUNDS):
        before = state.leaves
        run.round(state)
        if all(map(is_, state.leaves, before)):
            break
    return Repair(run.desk.whole(state.leaves), *_told(run, state))


def _told(run: _Run, state: _State) -> tuple[tuple[Correction, ...], tuple[Correction, ...]]:
    """The corrections of a run, and what was spared."""
    places = range(ALL, len(state.leaves))
    views = [v for link in run.chain for n in places if (v := state.views.get((link.name, n)))]
    offered = [c for v in views for f in v.left for c in run.desk.offered(f)]
    spared = [c for v in views for f in v.spared for c in run.desk.offered(f)]
    return in_order([*_applied(run.desk, state), *offered]), in_order(spared)


def _applied(desk: Desk, state: _State) -> Iterator[Correction]:
    """What was applied: on pages that nothing was carried to or from one by one."""
    together = {ALL, *state.crossed}
    for leaf in state.leaves:
        number = leaf.numbers[0]
        if number not in together:
            yield from desk.composed(leaf, [f for _, f in state.accepted.get(number, ())])
    rest = [pair for n in together for pair in state.accepted.get(n, ())]
    rest.sort(key=itemgetter(0))
    if rest:
        yield from compose(desk.whole(state.leaves), [f for _, f in rest])


ALL = -1
"""The place of what a filter says of all pages at once, among its answers page by page."""


class _View(NamedTuple):
    """What a filter left open when it last looked, the text that it looked at, what was spared."""

    text: str
    left: tuple[Finding, ...]
    spared: tuple[Finding, ...]


@dataclass(slots=True)
class _State:
    """A run between two filters.

    Attributes:
        leaves: the pages, each a draft.
        views: the last look of each filter at each place.
        accepted: what was applied at each place, and when: the number of looks before.
        looks: how many looks there were.
        crossed: the pages that a filter has changed which reads across them.
    """

    leaves: Leaves
    views: dict[tuple[str, int], _View] = field(default_factory=dict)
    accepted: dict[int, list[tuple[int, Signed]]] = field(default_factory=dict)
    crossed: set[int] = field(default_factory=set)
    looks: int = 0


@dataclass(frozen=True, slots=True)
class _Run:
    """A chain and what each of its steps needs."""

    chain: tuple[Filter, ...]
    bench: Bench

    @classmethod
    def of(
        cls,
        context: Context,
        decide: Decide,
        selection: Selection,
        chain: Sequence[Filter],
        desk: Desk | None,
    ) -> _Run:
        """A run of the selected rules."""
        chain = tuple(chain)
        wanted, touches = _selected(chain, selection)
        return cls(chain, Bench(context, decide, wanted, kept(context), touches, desk or Desk()))

    @property
    def desk(self) -> Desk:
        """What is known of the pages."""
        return self.bench.desk

    def round(self, state: _State) -> None:
        """The chain once over the pages; each stretch that reads page by page, page by page."""
        for by_page, links in groupby(self.chain, lambda link: link.by_page):
            stretch = tuple(links)
            if by_page:
                pages = [self.over_page(leaf, stretch, state) for leaf in state.leaves]
                state.leaves = tuple(pages)
            else:
                for link in stretch:
                    self.across(link, state)

    def over_page(self, leaf: Draft, stretch: Sequence[Filter], state: _State) -> Draft:
        """One page through a stretch of the chain."""
        number, context = leaf.numbers[0], self.bench.on_page(leaf)
        for link in stretch:
            leaf = self.look(link, leaf, number, state, context)
        return leaf

    def across(self, link: Filter, state: _State) -> None:
        """All pages through one filter that reads across them."""
        draft = self.desk.whole(state.leaves)
        after = self.look(link, draft, ALL, state, self.bench.context)
        if after is not draft:
            before, state.leaves = state.leaves, self.desk.parted(after, state.leaves)
            pairs = enumerate(zip(before, state.leaves, strict=True))
            state.crossed.update(n for n, (old, new) in pairs if old is not new)

    def look(
        self, link: Filter, draft: Draft, place: int, state: _State, context: Context
    ) -> Draft:
        """One filter over one draft, unless it has seen this very text."""
        seen = state.views.get((link.name, place))
        if seen and seen.text == draft.text:
            return draft
        proposed, taken = self.bench.step(link, draft, context)
        state.views[link.name, place] = _View(draft.text, taken.left, proposed.spared)
        state.looks += 1
        if taken.accepted:
            looked = state.accepted.setdefault(place, [])
            looked.extend((state.looks, f) for f in taken.accepted)
        return taken.draft


@lru_cache(SELECTIONS)
def _selected(
    chain: tuple[Filter, ...], selection: Selection
) -> tuple[Mapping[str, frozenset[str]], Touches]:
    """The codes of the selected rules of each filter, and what each rule of a chain may touch."""
    takes = selection.takes
    wanted = {
        link.name: frozenset(r.code for r in link.rules if takes(r.code, default=r.default))
        for link in chain
    }
    return MappingProxyType(wanted), MappingProxyType(touches_of(chain))
