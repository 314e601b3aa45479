"""Clean text: how much of it is changed that should not be."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from benchmarks.yardstick import texts
from benchmarks.yardstick.table import Cell, Table, without_style
from benchmarks.yardstick.tools import Tool, tools

PEERS = ("autocorrect", "zhlint", "pangu", "ftfy, fix_text", "unstructured")
QUICK = 3000
"""Characters of each kind that a quick run looks at."""


def measured(seed: int, *, quick: bool) -> Table:
    del seed
    asked = tools(*PEERS)
    rows: list[tuple[Cell, ...]] = []
    for kind, text in texts.clean().items():
        page = text[:QUICK] if quick else text
        row = [changes(tool, page) for tool in asked]
        rows.append((kind, len(page), *row))
    return Table(
        "harm",
        "Harm on clean text",
        "Places changed per 10,000 characters of text in which nothing is damaged; a place is a "
        "run of characters that differ. Blanks between Chinese and Latin letters or figures are a "
        "matter of style and are not counted.",
        ("kind", "characters", *(tool.name for tool in asked)),
        tuple(rows),
    )


def changes(tool: Tool, text: str) -> Cell:
    """Changed places per 10,000 characters."""
    if not tool.version:
        return None
    [out] = tool.run([text])
    lines, others = (without_style(page).split("\n") for page in (text, out))
    same = len(lines) == len(others)
    pairs = list(zip(lines, others, strict=True)) if same else [(text, out)]
    runs = sum(op.tag != "equal" for a, b in pairs if a != b for op in Levenshtein.opcodes(a, b))
    return round(runs / len(text) * 10_000, 2)
