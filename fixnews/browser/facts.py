"""What a browser is told, as JSON takes it. Offsets count characters, not units of UTF-16."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from fixnews.browser.scan_pictures import framed, sheets_of
from fixnews.browser.snapshot import Leaf, Mark, Snapshot
from fixnews.filters import rule_names
from fixnews.review.sitting import OPEN
from fixnews.series import Series, kind_of
from fixnews.tongues import ENGLISH, Tongue

HITS = 300
"""Passages that a search shows: more than one looks through."""

AROUND = 14
"""Characters on either side of a passage that was found: a line of a phone."""

Facts = dict[str, Any]


def overview(seen: Snapshot) -> Facts:
    """Series, pages and totals."""
    asked = seen.asked
    standings = Counter(mark.standing for mark in asked)
    return {
        "totals": {"all": len(asked), **standings},
        "rules": _rules(asked),
        "series": [_series(one, seen) for one in seen.series],
        "pages": _pages(seen, asked),
    }


def _rules(asked: Sequence[Mark]) -> list[Facts]:
    names, found = rule_names(), Counter(mark.correction.code for mark in asked)
    return [
        {"code": code, "name": names.get(code, ""), "count": count}
        for code, count in sorted(found.items())
    ]


def _series(one: Series, seen: Snapshot) -> Facts:
    return {
        "name": one.name,
        "code": one.code,
        "rule": rule_names().get(one.code, ""),
        "kind": one.kind,
        "before": one.before,
        "after": one.after,
        "surroundings": one.surroundings,
        "sure": one.sure,
        "safety": one.safety,
        "count": one.count,
        "pages": one.pages,
        "mean": round(one.mean, 3),
        "least": round(one.least, 3),
        "standing": Counter(seen.mark(q[0]).standing for q in one.questions),
        "examples": [_example(example, seen) for example in one.examples()],
    }


def _example(example: Any, seen: Snapshot) -> Facts:
    mark = seen.mark(example.correction)
    return {"left": example.left, "right": example.right, **_mark(mark, seen)}


def _pages(seen: Snapshot, asked: Sequence[Mark]) -> list[Facts]:
    total = Counter(mark.leaf for mark in asked)
    left = Counter(mark.leaf for mark in asked if mark.standing == OPEN)
    return [
        {
            "number": leaf.number,
            "path": leaf.source.path,
            "issue": leaf.issue,
            "noise": round(leaf.left, 1),
            "all": total[leaf.number],
            "open": left[leaf.number],
        }
        for leaf in seen.leaves
    ]


def page(leaf: Leaf, seen: Snapshot, tongue: Tongue = ENGLISH) -> Facts:
    """One page with all that is marked on it, and its sheets; reasons in the reader's language."""
    marks = [mark for mark in seen.marks.values() if mark.leaf == leaf.number]
    arriving = [mark for mark in seen.marks.values() if _destination(mark, seen) == leaf]
    sheets = sheets_of(leaf.source)
    return {
        "number": leaf.number,
        "path": leaf.source.path,
        "text": leaf.source.text,
        "marks": [{**_mark(mark, seen), **_reasons(mark, tongue)} for mark in marks],
        "landings": [_landing(mark, seen, tongue) for mark in arriving],
        "notes": [
            {"start": c.start, "end": c.end, "code": c.code, "message": tongue(c.reason)}
            for number, c in seen.notes
            if number == leaf.number
        ],
        "sheets": [
            {"picture": sheet.picture is not None, "width": sheet.width, "height": sheet.height}
            for sheet in sheets
        ],
    }


def _mark(mark: Mark, seen: Snapshot) -> Facts:
    c, goal = mark.correction, _destination(mark, seen)
    return {
        "id": mark.name,
        "page": mark.leaf,
        "path": c.path,
        "line": c.place.line,
        "start": c.start,
        "end": c.end,
        "before": c.before,
        "after": c.after,
        "kind": kind_of(c),
        "code": c.code,
        "safety": c.safety,
        "confidence": round(c.confidence, 3),
        "standing": mark.standing,
        "typed": mark.typed,
        "to": None if goal is None or c.to is None else {"page": goal.number, "at": c.to[1]},
    }


def _reasons(mark: Mark, tongue: Tongue) -> Facts:
    """What only the page shows of a mark."""
    c = mark.correction
    return {
        "rule": c.name,
        "message": tongue(c.reason),
        "evidence": [[tongue(fact), tongue(figure)] for fact, figure in c.evidence],
        "boxes": [{"sheet": sheet, "box": box} for sheet, box in framed(c)],
    }


def _landing(mark: Mark, seen: Snapshot, tongue: Tongue) -> Facts:
    """A passage where it would come to stand: it can be judged here as well."""
    at = mark.correction.to[1] if mark.correction.to else 0
    return {**_mark(mark, seen), **_reasons(mark, tongue), "boxes": [], "at": at}


def _destination(mark: Mark, seen: Snapshot) -> Leaf | None:
    """The page that a passage goes to."""
    if mark.correction.destination is None:
        return None
    goal = mark.correction.destination[0]
    return next((leaf for leaf in seen.leaves if leaf.source is goal), None)


def queue(seen: Snapshot, asked: Sequence[Mark], *, by_doubt: bool) -> list[Facts]:
    """What is asked one by one: in the order of the pages, or the least sure first."""
    order = {name: number for number, name in enumerate(seen.marks)}
    ranked = sorted(asked, key=lambda m: order[m.name])
    if by_doubt:
        ranked.sort(key=lambda m: m.correction.confidence)
    return [
        {
            "id": m.name,
            "page": m.leaf,
            "code": m.correction.code,
            "safety": m.correction.safety,
        }
        for m in ranked
    ]


def found(seen: Snapshot, wanted: str) -> list[Facts]:
    """Where a text stands: names of pages first, then passages."""
    names = (leaf for leaf in seen.leaves if wanted.lower() in leaf.source.path.lower())
    hits: list[Facts] = [{"page": one.number, "path": one.source.path, "at": -1} for one in names]
    return [*hits, *islice(_passages(seen, wanted), HITS)]


def _passages(seen: Snapshot, wanted: str) -> Iterator[Facts]:
    for leaf in seen.leaves:
        text, at = leaf.source.text, leaf.source.text.find(wanted)
        while at >= 0:
            end = at + len(wanted)
            yield {
                "page": leaf.number,
                "path": leaf.source.path,
                "at": at,
                "left": text[max(0, at - AROUND) : at],
                "text": text[at:end],
                "right": text[end : end + AROUND],
            }
            at = text.find(wanted, end)
