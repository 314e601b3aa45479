"""Which proposals are dropped because they touch what is no running prose.

Every rule says which kinds of islands it may touch (`fixnews.rules.Rule.touches`). Here,
and nowhere else, what touches any other is held back, and a note says so.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from fixnews.changes import Change, Move, note
from fixnews.correction import Finding
from fixnews.draft import Draft
from fixnews.filters import Filter
from fixnews.islands import EVERY, Chart, Kind, Memory
from fixnews.message import Message

Touches = Mapping[str, frozenset[Kind]]
"""For each code the kinds of islands that its rule may touch."""


def touches_of(chain: Iterable[Filter]) -> Touches:
    """What the rules of a chain may touch; a code that none of them has may touch everything."""
    return {rule.code: rule.touches for link in chain for rule in link.rules}


@dataclass(frozen=True, slots=True)
class Shore:
    """The islands of a draft, page by page.

    Attributes:
        draft: the pages as they are.
        read: the pages as they were read, which tells what they are as a whole.
        touches: what the rules may touch.
        memory: what was read of islands before.
        as_text: whether pages of data or in another language count as newspaper text.
        pages: where each page starts and ends in the draft.
        charts: the islands of the pages that were asked about, by number.
        kinds: what these pages are as a whole.
    """

    draft: Draft
    read: tuple[str, ...]
    touches: Touches
    memory: Memory
    as_text: bool
    pages: tuple[tuple[int, int], ...]
    charts: dict[int, Chart] = field(default_factory=dict)
    kinds: dict[int, Kind | None] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        draft: Draft,
        read: tuple[str, ...],
        touches: Touches,
        memory: Memory,
        *,
        as_text: bool,
    ) -> Shore:
        """The islands of these pages."""
        return cls(draft, read, touches, memory, as_text, draft.pages())

    def held_back(self, findings: Sequence[Finding]) -> tuple[list[Finding], tuple[Finding, ...]]:
        """The findings that touch only what their rules know, and notes on the others.

        A group falls as a whole.
        """
        if not findings:
            return [], ()
        touched = {n: kind for n, f in enumerate(findings) if (kind := self._forbidden(f.change))}
        groups = {findings[n].change.group for n in touched} - {""}
        left = [
            f for n, f in enumerate(findings) if n not in touched and f.change.group not in groups
        ]
        return left, tuple(_note(findings[n], kind) for n, kind in touched.items())

    def _forbidden(self, change: Change) -> Kind | None:
        """The kind of an island that a change would touch against its rule."""
        allowed = self.touches.get(change.code, EVERY)
        if not self.as_text:
            for place in (change.start, change.to) if isinstance(change, Move) else (change.start,):
                page = self._kind(place)
                if page and page not in allowed:
                    return page
        if isinstance(change, Move) or change.safety == "note" or allowed >= EVERY:
            return None
        start, chart = self._chart(change.start)
        touched = chart.touched(change.start - start, change.end - start)
        return next((kind for kind in touched if kind not in allowed), None)

    def _kind(self, place: int) -> Kind | None:
        """What the page of a place is as a whole, if it is no newspaper text."""
        number = self._page(place)
        if number not in self.kinds:
            self.kinds[number] = self.memory.page(*self._texts(number))[1]
        return self.kinds[number]

    def _chart(self, place: int) -> tuple[int, Chart]:
        """Where the page of a place starts, and its islands."""
        number = self._page(place)
        if number not in self.charts:
            self.charts[number] = self.memory.chart(*self._texts(number))
        return self.pages[number][0], self.charts[number]

    def _page(self, place: int) -> int:
        return bisect_right(self.pages, place, key=itemgetter(0)) - 1 if len(self.pages) > 1 else 0

    def _texts(self, number: int) -> tuple[str, str]:
        """A page as it is, and as it was read."""
        return self.draft.texts()[number], self.read[number]


def _note(finding: Finding, kind: Kind) -> Finding:
    """A note in place of a change that would have touched an island."""
    change, text = finding.change, finding.draft.text
    new = finding.after or Message("nothing")
    reason = Message("not changed to {new}: it stands in {kind}", new=new, kind=Message(kind))
    return Finding(note(change.start, change.end, text, change.code, reason), finding.draft)
