"""Mojibake: what comes back of lines that were read in a wrong encoding, and of clean ones."""

from __future__ import annotations

from random import Random

from benchmarks.yardstick import texts
from benchmarks.yardstick.decoding import slices
from benchmarks.yardstick.table import Cell, Table, share
from benchmarks.yardstick.tools import Tool, tools
from fixnews.damage.garbling import PAIRS

LENGTHS = (8, 20, 60)
CASES, QUICK = 60, 10
DRAWN = 200
"""Pieces looked at for each line that is wanted: of few lines every byte survives."""
TRADITIONAL = ("cp950",)


def garbled(true: str, wrong: str, length: int, cases: int, seed: int) -> list[tuple[str, str]]:
    """Lines and what the wrong encoding shows of them; only such of which every byte survives."""
    pages = texts.traditional() if true in TRADITIONAL else texts.news()
    found: list[tuple[str, str]] = []
    drawn = slices(
        list(pages), true, length, 200 * cases, Random(f"{seed}/{true}/{wrong}/{length}")
    )
    for line in drawn:
        try:
            look = line.encode(true).decode(wrong)
        except UnicodeError:
            continue
        if "\n" not in line and len(look.splitlines()) == 1 and len(found) < cases:
            found.append((line, look))
    return found


def measured(seed: int, *, quick: bool) -> Table:
    rows: list[tuple[Cell, ...]] = []
    asked = tools("ftfy")
    for true, wrong in PAIRS:
        for length in LENGTHS:
            cases = garbled(true, wrong, length, QUICK if quick else CASES, seed)
            row = [back(tool, cases) for tool in asked]
            rows.append((f"{true} read as {wrong}", length, len(cases), *row))
    clean = [line for page in texts.news() for line in page.text.split("\n") if line]
    kept = [back(tool, [(line, line) for line in clean]) for tool in asked]
    rows.append(("clean lines left alone", None, len(clean), *kept))
    return Table(
        "mojibake",
        "Mojibake read back",
        "Lines of which every byte survived the wrong reading. The share that comes back exactly.",
        ("damage", "characters", "lines", *(tool.name for tool in asked)),
        tuple(rows),
    )


def back(tool: Tool, cases: list[tuple[str, str]]) -> Cell:
    """The share of the lines that a tool gives back; None for a tool that is not there."""
    if not tool.version:
        return None
    done = tool.run([look for _, look in cases])
    return share(sum(a == b for a, (b, _) in zip(done, cases, strict=True)), len(cases))
