"""A result as a notebook shows it: a table in a few kilobytes, escaped, without style or script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fixnews.correction import Correction
from fixnews.report.html import around, changed, safe
from fixnews.source import Source, excerpt

LARGEST = 64_000
"""Bytes of the longest table: a notebook keeps what it shows, and a page of a hundred changes takes
a third of that."""

PASSAGE = 120
"""Characters of a text that are shown; a passage that moves is a story."""

NAME_COLUMNS = 60
"""Columns of the longest name of a page."""


def notebook(page: Source, corrections: Sequence[Correction]) -> str:
    """The table: a row for each correction, as many as fit; the last line says what was cut."""
    name, shown, size = excerpt(page.path, NAME_COLUMNS, tail=True), list[str](), 0
    for row in map(_row, corrections):
        size += len(row.encode("utf-8", "replace"))
        if size > LARGEST:
            break
        shown.append(row)
    return "".join(_table(safe(name), shown, len(corrections)))


def _table(name: str, rows: Sequence[str], total: int) -> Iterator[str]:
    yield f"<table><caption>fixnews: {name}, {total:,} found</caption><tbody>"
    yield from rows
    yield "</tbody></table>"
    cut = total - len(rows)
    if cut:
        yield f"<p>{cut:,} more are not shown: see <code>result.corrections</code></p>"


def _row(c: Correction) -> str:
    state = "applied" if c.applied else "offered" if c.applicable else "note"
    before, behind = around(c.page.text, c.start, c.end)
    cells = (
        f"{c.place.line}:{c.place.column}",
        f"{safe(c.code)} {safe(c.name)}",
        state,
        f"{safe(before)}{changed(c, PASSAGE)}{safe(behind)}{_way(c)}",
        safe(c.message[:PASSAGE]),
    )
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _way(c: Correction) -> str:
    """For a move, where the passage goes."""
    if not c.destination:
        return ""
    page, there = c.destination
    name = excerpt(page.path, NAME_COLUMNS, tail=True)
    return safe(f" → {name} {there.line}:{there.column}")
