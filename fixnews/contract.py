"""What a filter is: a name, its rules, and a pure function from a draft to proposals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fixnews.changes import Change
from fixnews.draft import Draft
from fixnews.impression import Impressions
from fixnews.jumps.page_names import Name
from fixnews.rules import Rule
from fixnews.words import dictionary, terms


@dataclass(frozen=True, slots=True)
class Context:
    """What a filter may know besides the draft. Nothing here changes during a run.

    Attributes:
        labels: for each source of the draft, the name of its page as the caller gave it: a
            file's stem such as ``A1`` or ``20200201-04``, or nothing; or what was read of it.
        merge_pages: whether jumps may be merged across pages.
        model: the language model to use, or None for the one that is shipped.
        dictionaries: the user's own dictionaries, read after the shipped ones.
        allow: words and passages that no filter may change.
        terms: the user's own lists of names, which no filter may change either.
        as_text: whether pages of data, code or another language are read as newspaper text.
        read: for a filter that reads one page at a time, that page as it was read, before all
            repairs: what tells whether a machine read it.
    """

    labels: tuple[str | Name, ...] = ()
    merge_pages: bool = True
    model: Path | None = None
    dictionaries: tuple[Path, ...] = ()
    allow: frozenset[str] = frozenset()
    terms: tuple[Path, ...] = ()
    as_text: bool = False
    read: str = ""


Propose = Callable[[Draft, Context], Iterable[Change]]
"""What reads all pages of a call at once: its changes carry offsets of the draft's text."""

ProposePage = Callable[[str, Context], Iterable[Change]]
"""What reads one page at a time: its changes carry offsets of the page's text."""


Foresee = Callable[[Sequence[str], Context], None]
"""What is shown many pages before it reads them one by one."""


OnPaper = Callable[[Iterable[Change], Impressions], Iterable[Change]]
"""What takes proposals back, or makes them surer or less sure, by what paper shows."""


@dataclass(frozen=True, slots=True)
class ByPage:
    """Marks a function that reads one page at a time: the page is the unit of its work.

    What it says of a page follows from the page alone, as it is and as it was read. So a
    page that has not changed is not read again, in this round or in a later run (`fixnews.steps`).

    Attributes:
        read: reads the text of a page, proposes changes in its offsets.
        foresee: is shown the pages that will be read next, or None: what is dear is worked out of
            many at once, and remembered (`fixnews.recall`). It changes no answer.
        on_paper: holds what was proposed against how the page is printed, or None. Pages without
            positions it does not see.
    """

    read: ProposePage
    foresee: Foresee | None = None
    on_paper: OnPaper | None = None

    def __call__(self, draft: Draft, context: Context) -> Iterable[Change]:
        """What is proposed for a draft of one page."""
        return self.held(self.read(draft.text, context), draft)

    def held(self, found: Iterable[Change], draft: Draft) -> Iterable[Change]:
        """What was proposed for the text of a page, held against how the page is printed."""
        paper = Impressions.of(draft) if self.on_paper else None
        return self.on_paper(found, paper) if self.on_paper and paper and paper.bodies else found


@dataclass(frozen=True, slots=True, eq=False)
class Filter:
    """One link of the chain; no two are equal.

    Attributes:
        name: what the files and reports call it.
        rules: every rule that its proposals may carry.
        propose: reads a draft, proposes edits and moves in any order, applies nothing; `ByPage` if
            it reads one page at a time.
        place: why it stands where it stands in the chain.
    """

    name: str
    rules: tuple[Rule, ...]
    propose: Propose
    place: str

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its rules."""
        return tuple(rule.code for rule in self.rules)

    @property
    def by_page(self) -> bool:
        """Whether it reads one page at a time."""
        return isinstance(self.propose, ByPage)

    @property
    def foresee(self) -> Foresee | None:
        """What is shown pages that it will read."""
        return self.propose.foresee if isinstance(self.propose, ByPage) else None


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rules run: codes or prefixes of codes, the longest that fits decides.

    Attributes:
        select: what runs; nothing means the rules that are on by default.
        extend: what runs in addition.
        ignore: what does not.

    >>> chosen = Selection(select=("BRK", "PUN101"), ignore=("BRK2",))
    >>> [chosen.takes(code) for code in ("BRK101", "BRK201", "PUN101", "PUN102")]
    [True, False, True, False]
    """

    select: tuple[str, ...] = ()
    extend: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def takes(self, code: str, *, default: bool = True) -> bool:
        """Whether the rule of this code runs; ``default`` is what it does when not mentioned."""
        if not (self.select or self.extend or self.ignore):
            return default
        taken = _longest(code, (*self.select, *self.extend))
        if taken == 0 and not self.select and default:
            taken = 1
        return taken > _longest(code, self.ignore)


def _longest(code: str, prefixes: Iterable[str]) -> int:
    """The length of the longest prefix of ``code`` among these; ``ALL`` counts as one."""
    fits = (1 if p == "ALL" else len(p) for p in prefixes if p == "ALL" or code.startswith(p))
    return max(fits, default=0)


def kept(context: Context) -> frozenset[str]:
    """Every passage that no filter may change: allowed, protected by a dictionary, or a term."""
    own, common = dictionary.load(context.dictionaries), dictionary.common_errors()
    return _together(context.allow, own.kept, common.kept, terms.load(context.terms))


LISTS = 1 << 4
"""Lists of passages, taken together, that are kept: a program that repairs many texts has one."""


@lru_cache(LISTS)
def _together(*lists: frozenset[str]) -> frozenset[str]:
    return frozenset().union(*lists)
