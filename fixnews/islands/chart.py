"""Where the islands of a text lie, and which of them a change would touch."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from fixnews.islands.kinds import Island, Kind


class Spans(NamedTuple):
    """Stretches that do not overlap, in their order: where each starts and ends."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The islands of a text by kind, so that one that covers everything hides no other.

    Attributes:
        spans: for each kind where it stands; islands of one kind that overlap are one.
        page: what the whole text is, if it is no newspaper text.
    """

    spans: Mapping[Kind, Spans] = field(default_factory=lambda: MappingProxyType({}))
    page: Kind | None = None

    @classmethod
    def of(cls, islands: Iterable[Island], page: Kind | None = None) -> Chart:
        """A chart of these islands, in any order."""
        by_kind: dict[Kind, list[tuple[int, int]]] = {}
        for start, end, kind in sorted(islands):
            found = by_kind.setdefault(kind, [])
            if found and start < found[-1][1]:
                found[-1] = (found[-1][0], max(end, found[-1][1]))
            elif start < end:
                found.append((start, end))
        spans = {k: Spans(*zip(*found, strict=True)) for k, found in by_kind.items() if found}
        return cls(spans, page)

    @property
    def islands(self) -> tuple[Island, ...]:
        """All islands, in the order of their starts."""
        rows = ((k, pair) for k, found in self.spans.items() for pair in zip(*found, strict=True))
        return tuple(sorted(Island(start, end, kind) for kind, (start, end) in rows))

    def touched(self, start: int, end: int) -> Iterator[Kind]:
        """The kinds that a change of ``start`` to ``end`` would touch.

        An insertion touches what it would stand inside of; what lies beside a change is not
        touched.

        >>> chart = Chart.of([Island(3, 7, Kind.NUMBER)])
        >>> [len(list(chart.touched(*span))) for span in ((0, 3), (2, 4), (3, 3), (5, 5), (7, 8))]
        [0, 1, 0, 1, 0]
        """
        for kind, (starts, ends) in self.spans.items():
            at = bisect_left(starts, max(start, end)) - 1
            if at >= 0 and ends[at] > start:
                yield kind
