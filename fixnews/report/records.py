"""Corrections as rows, one a line or in one array: JSON, JSONL, and as compilers report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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


def concise(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """One correction a line as compilers report: a place to click on, the rule, the reason."""
    for outcome in outcomes:
        for c in outcome.corrections:
            mark = "" if c.safety == "safe" else f" [{c.safety}]"
            place = f"{name(c.path)}:{c.place.line}:{c.place.column}"
            yield f"{place}: {c.code} {c.name}{mark} {name(c.reason)}\n"
