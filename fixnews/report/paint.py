"""Styles by name, as ANSI sequences; written plainly, for a report may have 10,000 entries."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from fixnews.report.cells import Cell

STYLES = {
    "path": "1",
    "code": "1;36",
    "safe": "32",
    "unsafe": "33",
    "note": "34",
    "minus": "31",
    "plus": "32",
    "gone": "1;7;31",
    "new": "1;7;32",
    "dim": "2",
    "spot": "1;4",
}
"""Changed characters are reversed and bold, so that nobody has to tell red from green."""

MARKED = frozenset(("gone", "new"))
"""Styles in which a blank is something to see."""


def painted(row: Sequence[Cell], *, color: bool) -> str:
    """A row as a line of text, without the blanks at its end."""
    if not color:
        return "".join(cell.text for cell in row).rstrip(" ") + "\n"
    end = len(row)
    while end and row[end - 1].style not in MARKED and not row[end - 1].text.strip(" "):
        end -= 1
    row = row[:end]
    parts = [
        styled("".join(cell.text for cell in run), style)
        for style, run in groupby(row, attrgetter("style"))
    ]
    return "".join(parts) + "\n"


def styled(text: str, style: str) -> str:
    """Text in a style; unknown and empty styles leave it as it is."""
    code = STYLES.get(style)
    return f"\x1b[{code}m{text}\x1b[0m" if code else text
