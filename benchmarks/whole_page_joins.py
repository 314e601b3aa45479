"""Joins on pages that were read whole and put in order: is a paragraph one line, and no more?

usage: python benchmarks/whole_page_joins.py [SHARED]

The pages of `reading_order.py`, repaired. Neighbouring printed lines of one column that are found
one right behind the other in the output (80 % of each, give or take two characters) are a seam: a
line break may stand there if, and only if, a paragraph ends. Issues 000 to 003 are `set`, the
others `figures`.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz
from reading_order import ENGINES, SET_ON, bare, files

import fixnews

ALIKE, NEAR, SHORT = 80, 2, 4


def columns(layout: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    """The printed lines of running text, column by column."""
    for block in layout["blocks"]:
        for zone in block["zones"]:
            if zone["kind"] == "column":
                yield zone["lines"]


def seams(layout: dict[str, Any], text: str) -> Iterator[tuple[bool, bool]]:
    """For each seam whether its lines are of one paragraph, and whether they were joined."""
    out, breaks = bare(text), _breaks(text)
    for lines in columns(layout):
        before: tuple[int, dict[str, Any]] | None = None
        for line in lines:
            words = bare(line["text"])
            found = fuzz.partial_ratio_alignment(words, out, score_cutoff=ALIKE)
            if not found or len(words) < SHORT:
                before = None
                continue
            begin = found.dest_start - found.src_start
            if before and abs(begin - before[0]) <= NEAR:
                one = before[1]["para"] == line["para"] and not before[1].get("last")
                near = range(before[0] - NEAR + 1, found.dest_start + NEAR)
                yield one, not breaks.intersection(near)
            before = found.dest_end + len(words) - found.src_end, line


def _breaks(text: str) -> frozenset[int]:
    """Before which characters, blanks left out, a line break stands."""
    found, count = set(), 0
    for line in text.split("\n"):
        found.add(count)
        count += len(bare(line))
    return frozenset(found)


def measured(file: tuple[Path, str, int]) -> tuple[tuple[str, str, int], Counter[str]]:
    """The seams of a reading, counted."""
    folder, engine, grade = file
    path = folder / ENGINES[engine].format(grade)
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    layout = json.loads((folder / "layout.json").read_text("utf-8"))
    half = "set" if folder.parent.name < SET_ON else "figures"
    told = Counter(
        ("joined" if joined else "missed") if one else ("wrong" if joined else "kept")
        for one, joined in seams(layout, fixnews.fix(data, path=path.name).text)
    )
    return (half, engine, grade), told


def main() -> None:
    """Print precision and recall by half, engine and grade."""
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")
    found = files(shared)
    if not found:
        sys.exit(f"{shared}: no geometry/ here: name the folder that has it")
    totals: dict[tuple[str, str, int], Counter[str]] = defaultdict(Counter)
    with ProcessPoolExecutor(2) as pool:
        for key, told in pool.map(measured, found):
            totals[key] += told
    for (half, engine, grade), told in sorted(totals.items()):
        right = told["joined"]
        precision = right / max(1, right + told["wrong"])
        recall = right / max(1, right + told["missed"])
        rows = f"{told.total():5} seams  P {precision:.4f}  R {recall:.4f}"
        print(f"{half:8}{engine:6} grade {grade} {rows}")


if __name__ == "__main__":
    main()
