"""The pictures that the pages of a sitting were read from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fixnews.correction import Correction
from fixnews.formats.scans import scan_beside
from fixnews.positions import Reading
from fixnews.source import Source

BARE = Reading(())
"""The reading of a page of text: nothing is known but the name of its file."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a file on paper.

    Attributes:
        picture: its scan, where there is one.
        width, height: of the picture that was read, in pixels; 0 where the file does not say.
    """

    picture: Path | None
    width: float
    height: float


def sheets_of(page: Source) -> list[Sheet]:
    """The sheets of a page's file: one for a page of text, the picture of its name beside it."""
    readings = page.positions.readings if page.positions else (BARE,)
    alone = len(readings) == 1
    pictures = (scan_beside(Path(page.path), one, alone=alone) for one in readings)
    return [Sheet(p, r.width, r.height) for p, r in zip(pictures, readings, strict=True)]


def framed(correction: Correction) -> list[tuple[int, list[float]]]:
    """Where on the paper a correction stands: sheets from 0, boxes left, top, right, bottom.

    What stands in no word, as a line break does, is between two characters that do.
    """
    known = correction.page.positions
    if known is None:
        return []
    start, end = correction.start, correction.end
    areas = known.areas(start, end) or known.areas(max(0, start - 1), end + 1)
    return [(sheet - 1, [round(side, 1) for side in box]) for sheet, box in areas]
