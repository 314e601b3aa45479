"""Corrections as rows: what JSON, JSONL and every other machine-readable report say of one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from fixnews.correction import Correction
from fixnews.filters import rules
from fixnews.issue import Outcome

Row = dict[str, Any]


def rule_names() -> dict[str, str]:
    """The slug of every rule by its code."""
    return {rule.code: rule.name for rule in rules()}


def row(outcome: Outcome, correction: Correction, names: dict[str, str]) -> Row:
    """One correction in the words and places of the original; lines and columns from 1.

    A move has ``to_path``, ``to_line`` and ``to_column`` besides: where the passage went.
    """
    facts: Row = {
        "path": correction.path,
        "line": correction.place.line,
        "column": correction.place.column,
        "end_line": correction.end_place.line,
        "end_column": correction.end_place.column,
        "code": correction.code,
        "name": names.get(correction.code, ""),
        "before": correction.before,
        "after": correction.after,
        "safety": correction.safety,
        "confidence": round(correction.confidence, 4),
        "message": correction.message,
        "applied": correction.applied,
    }
    return {**facts, **_destination(outcome, correction)}


def _destination(outcome: Outcome, correction: Correction) -> Row:
    if correction.to is None:
        return {}
    page = outcome.sources[correction.to[0]]
    line, column = page.locate(correction.to[1])
    return {"to_path": page.path, "to_line": line, "to_column": column}


def jsonl(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """One correction a line, as it comes."""
    names = rule_names()
    for outcome in outcomes:
        for correction in outcome.corrections:
            yield json.dumps(row(outcome, correction, names), ensure_ascii=False) + "\n"


def whole_json(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """All corrections as one JSON array."""
    lead = "["
    for line in jsonl(outcomes):
        yield f"{lead}\n{line.rstrip()}"
        lead = ","
    yield "[]\n" if lead == "[" else "\n]\n"


def concise(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """One correction a line as compilers report: a place to click on, the rule, the reason."""
    names = rule_names()
    for outcome in outcomes:
        for c in outcome.corrections:
            mark = "" if c.safety == "safe" else f" [{c.safety}]"
            name = names.get(c.code, "")
            yield f"{c.path}:{c.place.line}:{c.place.column}: {c.code} {name}{mark} {c.message}\n"
