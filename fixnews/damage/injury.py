"""What was done to a page: one record an injury, in the places of both texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from fixnews.source import Source


class Spot(NamedTuple):
    """Characters ``start`` to ``end`` of the page with this number."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Injury:
    """One damage: ``before`` stands in the clean page, ``after`` in the damaged one.

    Attributes:
        kind: its name in `fixnews.damage.KINDS`.
        before, after: the text at the two spots; nothing for an insertion, or a deletion.
        clean, damaged: where. A story that jumps has its rest here with what happened inside, so
            that only injuries of this kind have others inside them.
    """

    kind: str
    before: str
    after: str
    clean: Spot
    damaged: Spot

    def to_dict(self, clean: Sequence[Source], damaged: Sequence[Source]) -> dict[str, Any]:
        """The record as JSON takes it: path, line and column from 1, offsets from 0."""
        return {
            "kind": self.kind,
            "before": self.before,
            "after": self.after,
            "clean": _told(self.clean, clean),
            "damaged": _told(self.damaged, damaged),
        }


@dataclass(frozen=True, slots=True)
class Damaged:
    """The pages of one issue before and after.

    Attributes:
        clean, pages: the pages as given and as they are now, by the same paths.
        injuries: what was done, in the order of the damaged pages.
        codecs: for each page the Python codec that it is to be written in.
    """

    clean: tuple[Source, ...]
    pages: tuple[Source, ...]
    injuries: tuple[Injury, ...]
    codecs: tuple[str, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """The truth of these pages as JSON takes it."""
        codecs = zip(self.pages, self.codecs, strict=True)
        return {
            "pages": [{"path": page.path, "encoding": codec} for page, codec in codecs],
            "injuries": [one.to_dict(self.clean, self.pages) for one in self.injuries],
        }


def _told(spot: Spot, pages: Sequence[Source]) -> dict[str, Any]:
    page = pages[spot.page]
    place = page.locate(spot.start)
    return {
        "path": page.path,
        "line": place.line,
        "column": place.column,
        "start": spot.start,
        "end": spot.end,
    }
