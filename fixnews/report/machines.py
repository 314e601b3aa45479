"""Reports in the forms that other tools read: SARIF 2.1.0, GitHub annotations, rdjson."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from fixnews.controls import as_json, shown
from fixnews.correction import Correction
from fixnews.filters import rule_names, rules
from fixnews.issue import Outcome
from fixnews.rules import Rule
from fixnews.source import Place
from fixnews.version import __version__

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
"""The name of the form; nothing is fetched from there."""

RESULTS, RUNS = 25_000, 20
"""Results of one run, and runs of one log: GitHub's code scanning refuses more of either."""

_LEVELS = {"safe": "warning", "unsafe": "note", "note": "note"}
_SEVERITIES = {"safe": "WARNING", "unsafe": "INFO", "note": "INFO"}
_COMMANDS = {"safe": "warning", "unsafe": "notice", "note": "notice"}


def sarif(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """One SARIF log; columns are counted in characters, as it calls them: code points."""
    known = list(rules())
    numbers = {rule.code: number for number, rule in enumerate(known)}
    results = [
        {"ruleId": c.code, "ruleIndex": numbers[c.code], **_result(o, c)}
        for o in outcomes
        for c in o.corrections
    ]
    driver = {
        "name": "fixnews",
        "version": __version__,
        "semanticVersion": __version__,
        **_home(),
        "rules": [_rule(rule) for rule in known],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints"}
    parts = [results[at : at + RESULTS] for at in range(0, len(results), RESULTS)] or [[]]
    runs = [{**run, **_part(n, len(parts)), "results": part} for n, part in enumerate(parts, 1)]
    yield as_json({"$schema": SCHEMA, "version": "2.1.0", "runs": runs}, 1) + "\n"


def _home() -> dict[str, str]:
    """Where the tool lives, if the package that is installed says so."""
    from importlib import metadata

    try:
        told = metadata.metadata("fixnews").get_all("Project-URL") or ()
    except metadata.PackageNotFoundError:
        return {}
    urls = dict(url.split(", ", 1) for url in told)
    return {"informationUri": urls["Repository"]} if "Repository" in urls else {}


def _part(number: int, parts: int) -> dict[str, Any]:
    """What tells the runs of one log apart: GitHub takes one run of each category."""
    return {"automationDetails": {"id": f"fixnews/{number}/"}} if parts > 1 else {}


def _rule(rule: Rule) -> dict[str, Any]:
    told = rule.explained()
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": told.summary},
        "fullDescription": {"text": told.why},
        "help": {"text": told.safe},
    }


def _result(outcome: Outcome, c: Correction) -> dict[str, Any]:
    place = {"artifactLocation": {"uri": _uri(c.path)}, "region": _region(c.place, c.end_place)}
    result: dict[str, Any] = {
        "level": _LEVELS[c.safety],
        "message": {"text": c.message or c.code},
        "locations": [{"physicalLocation": place, **_words(c)}],
        "partialFingerprints": {"fixnews/v1": "-".join(c.keys)},
        "properties": {"safety": c.safety, "confidence": round(c.confidence, 4), **_paper(c)},
    }
    if c.to:
        page = outcome.sources[c.to[0]]
        there = page.locate(c.to[1])
        target = {"artifactLocation": {"uri": _uri(page.path)}, "region": _region(there, there)}
        result["relatedLocations"] = [{"physicalLocation": target}]
    elif c.safety != "note":
        new = {"deletedRegion": place["region"], "insertedContent": {"text": c.after}}
        change = {"artifactLocation": place["artifactLocation"], "replacements": [new]}
        result["fixes"] = [{"artifactChanges": [change]}]
    return result


def _words(c: Correction) -> dict[str, Any]:
    """The words of a recogniser's file as places that have a name."""
    words = c.on_paper.words if c.on_paper else ()
    return {"logicalLocations": [{"name": name} for name in words]} if words else {}


def _paper(c: Correction) -> dict[str, Any]:
    told = c.on_paper.to_dict() if c.on_paper else {}
    return {key: told[key] for key in ("box", "sheet") if told}


def _region(start: Place, end: Place) -> dict[str, int]:
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _uri(path: str) -> str:
    return quote(path.replace(os.sep, "/").encode("utf-8", "surrogateescape"))


def github(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Annotations of GitHub Actions; columns are characters, the last one is still in it."""
    names = rule_names()
    for outcome in outcomes:
        for c in outcome.corrections:
            start, end = c.place, c.end_place
            facts = {"file": c.path, "line": start.line, "endLine": end.line, "col": start.column}
            if start.line == end.line:
                facts["endColumn"] = max(end.column - 1, start.column)
            facts["title"] = f"{c.code} {names.get(c.code, '')}"
            shown = ",".join(f"{key}={_escaped(str(value))}" for key, value in facts.items())
            change = "" if c.before == c.after else f" ({c.before} → {c.after})"
            where = c.reason.removeprefix(c.message)
            message = _data(f"{c.message}{change}{where}")
            yield f"::{_COMMANDS[c.safety]} {shown}::{message}\n"


def _data(text: str) -> str:
    lines = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return shown(lines)


def _escaped(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def rdjson(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Reviewdog's diagnostics; its columns count bytes of UTF-8."""
    found = [_diagnostic(c) for outcome in outcomes for c in outcome.corrections]
    yield (as_json({"source": {"name": "fixnews"}, "diagnostics": found}) + "\n")


def _diagnostic(c: Correction) -> dict[str, Any]:
    span = {"start": _position(c, c.start), "end": _position(c, c.end)}
    fact: dict[str, Any] = {
        "message": c.reason,
        "location": {"path": c.path, "range": span},
        "severity": _SEVERITIES[c.safety],
        "code": {"value": c.code},
    }
    if c.safety != "note" and not c.to:
        fact["suggestions"] = [{"range": span, "text": c.after}]
    return fact


def _position(c: Correction, offset: int) -> dict[str, int]:
    line, column = c.page.locate(offset)
    before = c.page.text[offset - column + 1 : offset]
    return {"line": line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}
