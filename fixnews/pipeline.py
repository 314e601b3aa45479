"""The one path from pages to repaired pages: filters propose, a decision judges, the draft takes.

The chain runs again until nothing more is accepted, so that a second run of the tool has nothing
left to do: ``fix(fix(x)) == fix(x)`` holds by construction. A filter that reads page by page is
asked about each page by itself, and only about a page that it has not seen as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from operator import is_, itemgetter
from types import MappingProxyType
from typing import NamedTuple

from fixnews import islands
from fixnews.composing import changing, compose, in_order
from fixnews.contract import kept
from fixnews.correction import Correction, Finding
from fixnews.desk import Desk, Leaves, Signed
from fixnews.draft import Draft
from fixnews.filters import CHAIN, Context, Filter, Selection
from fixnews.recall import CHARACTERS, lots
from fixnews.source import Source
from fixnews.spared import Touches, touches_of
from fixnews.steps import Bench, Decide
from fixnews.threads import one_thread

MAX_ROUNDS = 1000
"""Rounds of the chain before it is cut off, which is said. Real pages settle in two: one that
repairs and one that finds nothing more; each further one needs a repair that laid bare another. A
heap of some hundred signs of damage may take as many; a page that comes back to a text that it had
is left there, since there a second run would end as well."""

SHOWN = 1 << 8, CHARACTERS >> 1
"""Pages that a filter is shown at once before it reads them, and characters of them: half of what
it remembers (`fixnews.recall`), as each page changes while it is read."""

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
        settled: whether a second run would change nothing; not where the chain was cut off.
    """

    draft: Draft
    corrections: tuple[Correction, ...]
    spared: tuple[Correction, ...] = ()
    settled: bool = True

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
    return _repaired([_State.of(run, sources)])[0]


def repair_each(
    texts: Sequence[tuple[Source, Context]], decide: Decide, selection: Selection
) -> list[Repair]:
    """Repair texts that have nothing to do with each other, each as `repair` would.

    They go through the chain side by side: filters are shown all of them before they read each
    (`fixnews.contract.ByPage`), and a short text costs a tenth of what it costs alone.

    >>> texts = [(Source("1", "喜迎党代会,"), Context()), (Source("2", "雨停了。"), Context())]
    >>> [done.texts for done in repair_each(texts, threshold(), Selection())]
    [('喜迎党代会，',), ('雨停了。',)]
    """
    runs = [_Run.of(context, decide, selection, CHAIN, None) for _, context in texts]
    pairs = zip(runs, texts, strict=True)
    return _repaired([_State.of(run, [source]) for run, (source, _) in pairs])


def _repaired(states: Sequence[_State]) -> list[Repair]:
    """The chain round after round, over each as long as something more is accepted."""
    with one_thread():
        going = [state for state in states if state.goes_on(())]
        read = [leaf.text for state in going for leaf in state.leaves]
        islands.foresee(next(lots(read, *SHOWN), []))
        for _ in range(MAX_ROUNDS if going else 0):
            before = [state.leaves for state in going]
            _round(going)
            pairs = zip(going, before, strict=True)
            going = [state for state, old in pairs if state.goes_on(old)]
            if not going:
                break
        cut = set(map(id, going))
        return [
            Repair(
                state.run.desk.whole(state.leaves),
                *_told(state.run, state),
                settled=id(state) not in cut,
            )
            for state in states
        ]


def _round(states: Sequence[_State]) -> None:
    """The chain once over all pages."""
    for link in states[0].run.chain:
        if link.by_page:
            _over_pages(link, states)
        else:
            for state in states:
                state.across(link)


def _over_pages(link: Filter, states: Sequence[_State]) -> None:
    """One filter over all pages, so many shown to it at once."""
    pages = [(state, leaf) for state in states for leaf in state.leaves]
    after: list[Draft] = []
    for lot in lots([leaf.text for _, leaf in pages], *SHOWN):
        some = pages[len(after) : len(after) + len(lot)]
        if link.foresee and len(some) > 1:
            new = [leaf.text for state, leaf in some if state.is_new(link, leaf)]
            link.foresee(new, states[0].run.bench.context)
        after += [state.over_page(link, leaf) for state, leaf in some]
    rest = iter(after)
    for state in states:
        state.leaves = tuple(islice(rest, len(state.leaves)))


def _told(run: _Run, state: _State) -> tuple[tuple[Correction, ...], tuple[Correction, ...]]:
    """The corrections of a run, and what was spared."""
    places = range(ALL, len(state.leaves))
    views = [v for link in run.chain for n in places if (v := state.views.get((link.name, n)))]
    offered = [c for v in views for f in v.left for c in run.desk.offered(f)]
    spared = [c for v in views for f in v.spared for c in run.desk.offered(f)]
    told = [*_applied(run.desk, state), *changing(offered)]
    return in_order(told), in_order(changing(spared))


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


@dataclass(slots=True)
class _State:
    """A run between two filters.

    Attributes:
        run: which.
        leaves: the pages, each a draft.
        contexts: what a filter may know that reads each page by itself.
        views: the last look of each filter at each place.
        accepted: what was applied at each place, and when: the number of looks before.
        looks: how many looks there were.
        seen: the texts that the pages had at the end of a round.
        crossed: the pages that a filter has changed which reads across them.
    """

    run: _Run
    leaves: Leaves
    contexts: tuple[Context, ...]
    views: dict[tuple[str, int], _View] = field(default_factory=dict)
    accepted: dict[int, list[tuple[int, Signed]]] = field(default_factory=dict)
    crossed: set[int] = field(default_factory=set)
    looks: int = 0
    seen: set[tuple[str, ...]] = field(default_factory=set)

    @classmethod
    def of(cls, run: _Run, sources: Sequence[Source]) -> _State:
        """A run over pages as they were read."""
        leaves = run.bench.begin(sources)
        return cls(run, leaves, tuple(map(run.bench.on_page, leaves)))

    def goes_on(self, before: Leaves) -> bool:
        """Whether there is a round to come: something has changed, and to a text that is new."""
        if before and all(map(is_, self.leaves, before)):
            return self._read_again()
        texts = tuple(leaf.text for leaf in self.leaves)
        known = texts in self.seen
        self.seen.add(texts)
        return not known

    def _read_again(self) -> bool:
        """Take the pages for read as they are now, where that tells something else of them."""
        told = self.run.desk.read_again(self.leaves)
        if told:
            self.contexts = tuple(map(self.run.bench.on_page, self.leaves))
            self.views.clear()
        return told

    def is_new(self, link: Filter, leaf: Draft) -> bool:
        """Whether a filter has a page to read that it has not read before."""
        seen = self.views.get((link.name, leaf.numbers[0]))
        return not (seen and seen.text == leaf.text) and not self.run.bench.knows(link, leaf)

    def over_page(self, link: Filter, leaf: Draft) -> Draft:
        """One page through one filter."""
        number = leaf.numbers[0]
        return self.look(link, leaf, number, self.contexts[number])

    def across(self, link: Filter) -> None:
        """All pages through one filter that reads across them."""
        desk = self.run.desk
        draft = desk.whole(self.leaves)
        after = self.look(link, draft, ALL, self.run.bench.context)
        if after is not draft:
            before, self.leaves = self.leaves, desk.parted(after, self.leaves)
            pairs = enumerate(zip(before, self.leaves, strict=True))
            self.crossed.update(n for n, (old, new) in pairs if old is not new)

    def look(self, link: Filter, draft: Draft, place: int, context: Context) -> Draft:
        """One filter over one draft, unless it has seen this very text."""
        at, bench = (link.name, place), self.run.bench
        seen = self.views.get(at)
        if seen and seen.text == draft.text:
            return draft
        proposed = bench.proposed(link, draft, context)
        self.looks += 1
        if not proposed.findings:
            self.views[at] = _View(draft.text, (), proposed.spared)
            return draft
        taken = bench.taken(proposed)
        self.views[at] = _View(draft.text, taken.left, proposed.spared)
        if taken.accepted:
            looked = self.accepted.setdefault(place, [])
            looked.extend((self.looks, f) for f in taken.accepted)
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
