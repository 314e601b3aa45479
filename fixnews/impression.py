"""How the lines of a draft are printed: their type beside that of the page, as boxes tell it.

Text alone must guess what is a headline; paper shows it. This room answers for any stretch of a
draft that was read with positions, whatever was repaired in it meanwhile, in units of the page's
own type: what is small on one page is large on another. Of text without positions it says nothing,
and whoever asks then goes by the text alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum
from typing import NamedTuple

from fixnews.draft import Draft
from fixnews.positions import HALF, NOWHERE, Box, Positions, Reading, Slot, Word

LONG = 6
"""Ems from which a line tells the size of a page's type: of shorter ones a character that was lost
is a large share."""

LARGE, HIGHER = 1.22, 1.18
"""Size and height from which type is larger than the body's: both, since a line of which characters
were lost seems wide, and one with a stain on it high. Headlines of issues 000 to 003 have 1.3 ems
and more; bylines in another face are as high, and 1.18 ems wide at most."""


class Impression(NamedTuple):
    """How a stretch of text is printed.

    Attributes:
        size: of its type, along the line, in those of the page's body.
        height: of its lines, in those of the page's body.
        sure: how sure the recogniser was of its words, 0 to 1; None where it does not say.
    """

    size: float
    height: float
    sure: float | None = None

    @property
    def large(self) -> bool:
        """Whether it is set larger than running text.

        >>> Impression(1.5, 1.4).large, Impression(1.5, 1.0).large
        (True, False)
        """
        return self.size >= LARGE and self.height > HIGHER


class Body(NamedTuple):
    """The type of a page's running text: pixels an em and a line; whether lines run downwards."""

    em: float
    height: float
    upright: bool


@dataclass(frozen=True, slots=True)
class Impressions:
    """The impressions of a draft's lines.

    Attributes:
        draft: what is asked about.
        bodies: the type of the pages that it was read from, by number of source and of page.

    >>> from fixnews.source import Source
    >>> Impressions.of(Draft.of(Source("A1.txt", "头版"))).at(0, 2) is None
    True
    """

    draft: Draft
    bodies: Mapping[tuple[int, int], Body]

    @classmethod
    def of(cls, draft: Draft) -> Impressions:
        """Those of a draft; pages without positions have none."""
        read = {piece.source for piece in draft.pieces if draft.sources[piece.source].positions}
        bodies = {
            (n, page): found
            for n in sorted(read)
            for page, reading in enumerate(_readings(draft, n))
            if (found := body(reading))
        }
        return cls(draft, bodies)

    def at(self, start: int, end: int) -> Impression | None:
        """How ``text[start:end]`` of the draft is printed, by the line that has most of it.

        None where no word of it has a place on paper, and where its page has no running text.
        """
        if not self.bodies or start >= end:
            return None
        rows = self._rows(start, end)
        best = max(rows, key=lambda row: rows[row][0], default=None)
        if best is None:
            return None
        ems, length, height, sure = rows[best]
        told = self.bodies[best[:2]]
        return Impression(length / ems / told.em, height / told.height, sure)

    def _rows(
        self, start: int, end: int
    ) -> dict[tuple[int, int, int], tuple[float, float, float, float | None]]:
        """The printed lines of a stretch: ems, pixels along and across, confidence."""
        found: dict[tuple[int, int, int], list[tuple[Slot, Positions, int, int]]] = defaultdict(
            list
        )
        for span in self.draft.spans(start, end):
            positions = self.draft.sources[span.source].positions
            for slot in positions.between(span.start, span.end) if positions else ():
                if (span.source, slot.page) in self.bodies:
                    key = span.source, slot.page, slot.strip.line
                    assert positions
                    found[key].append((slot, positions, span.start, span.end))
        return {key: self._row(key, row) for key, row in found.items()}

    def _row(
        self, key: tuple[int, int, int], row: list[tuple[Slot, Positions, int, int]]
    ) -> tuple[float, float, float, float | None]:
        boxes = [positions.cut(slot, start, end) for slot, positions, start, end in row]
        words = [positions.word(slot) for slot, positions, *_ in row]
        parts = [_part(word, *told) for word, told in zip(words, row, strict=True)]
        sure = [word.confidence for word in words if word.confidence is not None]
        along, across = _measures(Box.around(*boxes), upright=self.bodies[key[:2]].upright)
        return sum(map(ems, parts)), along, across, fsum(sure) / len(sure) if sure else None


def _part(word: Word, slot: Slot, _: Positions, start: int, end: int) -> str:
    """What of a word is in a slot, and from ``start`` to ``end`` of the source."""
    by = slot.strip.start - slot.start
    return word.text[max(start, slot.start) + by : min(end, slot.end) + by]


def _readings(draft: Draft, source: int) -> tuple[Reading, ...]:
    positions = draft.sources[source].positions
    return positions.readings if positions else ()


def ems(text: str) -> float:
    """How wide a text is set, in ems of its type.

    >>> ems("第4版")
    2.5
    """
    return sum(HALF if c.isascii() else 1.0 for c in text)


def body(reading: Reading) -> Body | None:
    """The type of a page's running text; None where no line is long enough to tell.

    Each line counts as often as it has ems, so that headlines weigh little.
    """
    rows = [(line.box, ems("".join(w.text for w in line.words))) for line in reading.lines]
    rows = [(box, size) for box, size in rows if size >= LONG and box != NOWHERE]
    if not rows:
        return None
    upright = sum(box.height > box.width for box, _ in rows) * 2 > len(rows)
    measured = [(*_measures(box, upright=upright), size) for box, size in rows]
    em = _middle([(along / size, size) for along, _, size in measured])
    height = _middle([(across, size) for _, across, size in measured])
    return Body(em, height, upright) if em > 0 and height > 0 else None


def _measures(box: Box, *, upright: bool) -> tuple[float, float]:
    """Pixels along a line and across it."""
    return (box.height, box.width) if upright else (box.width, box.height)


def _middle(weighed: list[tuple[float, float]]) -> float:
    """The median of values that count as often as their weights say."""
    rest = sum(weight for _, weight in weighed) / 2
    for value, weight in sorted(weighed):
        rest -= weight
        if rest <= 0:
            return value
    return 0.0
