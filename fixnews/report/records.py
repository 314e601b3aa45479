"""Corrections as rows, one a line or in one array: JSON, JSONL, CSV, and as compilers report."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from fixnews.controls import as_json, name
from fixnews.issue import Outcome


def jsonl(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """One correction a line, as it comes."""
    for outcome in outcomes:
        for correction in outcome.corrections:
            yield as_json(correction.to_dict()) + "\n"


def whole_json(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """All corrections as one JSON array."""
    lead = "["
    for line in jsonl(outcomes):
        yield f"{lead}\n{line.rstrip()}"
        lead = ","
    yield "[]\n" if lead == "[" else "\n]\n"


COLUMNS = (
    "path", "line", "column", "end_line", "end_column", "code", "name", "before", "after", "safety",
    "confidence", "message", "applied", "to_path", "to_line", "to_column",
)  # fmt: skip
"""What `Correction.to_dict` tells of a correction, in its order."""


def as_csv(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    r"""Rows as lines of CSV.

    >>> list(as_csv([("A1,2", 3)]))
    ['"A1,2",3\n']
    """
    for row in rows:
        held = io.StringIO()
        csv.writer(held, lineterminator="\n").writerow(row)
        yield held.getvalue()


def whole_csv(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """One correction a row, under the names of the columns."""
    yield from as_csv([COLUMNS])
    for outcome in outcomes:
        told = (correction.to_dict() for correction in outcome.corrections)
        yield from as_csv([row.get(name, "") for name in COLUMNS] for row in told)


def concise(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """One correction a line as compilers report: a place to click on, the rule, the reason."""
    for outcome in outcomes:
        for c in outcome.corrections:
            mark = "" if c.safety == "safe" else f" [{c.safety}]"
            place = f"{name(c.path)}:{c.place.line}:{c.place.column}"
            yield f"{place}: {c.code} {c.name}{mark} {name(c.reason)}\n"
