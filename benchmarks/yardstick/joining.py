"""Broken lines: how many that are damage are joined, and how many that are none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from benchmarks.yardstick import texts
from benchmarks.yardstick.line_rules import RULES, Rule, bare, gaps, joined
from benchmarks.yardstick.table import Cell, Table, share
from benchmarks.yardstick.tools import Tool, tools
from fixnews.damage import damage
from fixnews.source import Source

SETS = (
    ("news, column breaks", "news", ("columns",), 2.0),
    ("news, printed lines", "news", ("lines",), 1.0),
    ("news, printed lines, misread", "news", ("lines", "misread", "half-width"), 1.0),
    ("traditional news, column breaks", "traditional", ("columns",), 2.0),
    ("novel, printed lines", "chapters", ("lines",), 1.0),
)

SEEDS = {"columns": 20, "lines": 6}
"""Issues of each set: a page has few column breaks and many printed lines."""

CHAPTERS = 6


class Case(NamedTuple):
    """A damaged page, and for each break its place in the bare text and whether it is damage."""

    page: str
    truth: list[tuple[int, bool]]


def cases(pages: Sequence[Source], kinds: Sequence[str], rate: float, seed: int) -> Iterator[Case]:
    """The damaged pages of an issue, each by itself."""
    done = damage(pages, seed=seed, kinds=kinds, rate=rate)
    for number, page in enumerate(done.pages):
        hurt = {
            len(bare(page.text[: one.damaged.start]))
            for one in done.injuries
            if one.damaged.page == number and not one.before and "\n" in one.after
        }
        yield Case(page.text, [(at, at in hurt) for at in _breaks(page.text)])


def _breaks(page: str) -> Iterator[int]:
    """The places in the bare text where a line ends."""
    at = 0
    for gap in gaps(page):
        at += len(bare(gap.left))
        yield at


def by_rule(all_of: Sequence[Case], rule: Rule) -> Counter[str]:
    count: Counter[str] = Counter()
    for case in all_of:
        for (_, hurt), gap in zip(case.truth, gaps(case.page), strict=True):
            count[("TN", "FP", "FN", "TP")[2 * hurt + rule(gap)]] += 1
    return count


def by_tool(all_of: Sequence[Case], tool: Tool) -> Counter[str]:
    count: Counter[str] = Counter()
    for case, out in zip(all_of, tool.run([case.page for case in all_of]), strict=True):
        was = joined(bare(case.page), out)
        for at, hurt in case.truth:
            count[("TN", "FP", "FN", "TP")[2 * hurt + bool(was.get(at))]] += 1
    return count


def row(title: str, name: str, count: Counter[str] | None) -> tuple[Cell, ...]:
    if count is None:
        return (title, name, None, None, None, None, None)
    damaged, said = count["TP"] + count["FN"], count["TP"] + count["FP"]
    right, found = share(count["TP"], said), share(count["TP"], damaged)
    return (title, name, right, found, count["FP"], damaged, count["FP"] + count["TN"])


def measured(seed: int, *, quick: bool) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for title, name, kinds, rate in SETS:
        pages = list(getattr(texts, name)())[: None if name != "chapters" else CHAPTERS]
        count = 1 if quick or name == "chapters" else SEEDS[kinds[0]]
        seeds = range(seed, seed + count)
        all_of = [case for n in seeds for case in cases(pages, kinds, rate, n)]
        if not all_of:
            rows.append((title, f"needs {texts.PACKAGE}", None, None, None, None, None))
            continue
        rows += [
            row(title, tool.name, by_tool(all_of, tool) if tool.version else None)
            for tool in tools("unstructured")
        ]
        rows += [row(title, rule, by_rule(all_of, RULES[rule])) for rule in RULES]
    return Table(
        "joins",
        "Broken lines joined",
        "Every line break of the pages is judged: it is damage where the generator broke a "
        "paragraph. Precision is the share of the joins that are right, recall the share of "
        "the damage joined. Rules of page tools are reimplemented on text alone from their "
        "documentation.",
        ("pages", "tool", "precision", "recall", "false joins", "damaged", "true breaks"),
        tuple(rows),
    )
