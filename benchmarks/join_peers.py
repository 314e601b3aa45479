"""Other tools' rules for broken lines, and fixnews, on the same seams.

usage: python benchmarks/join_peers.py ../shared

Rules of tools that work on page images are given in the form that they take on text alone, as read
in their sources: MinerU's merging of text blocks, the paragraph parser of Umi-OCR (a printed line
goes on if it fills its block). unstructured runs itself where it is installed.
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from joins import issues, seams
from yardstick.line_rules import RULES, Rule, bare, gaps, joined

import fixnews
from fixnews.filters import Context


def by_unstructured(page: str) -> str | None:
    """The page after unstructured, or nothing where it is not installed."""
    try:
        from unstructured.cleaners.core import group_broken_paragraphs
    except ImportError:
        return None
    return str(group_broken_paragraphs(page))


def by_fixnews(page: str) -> str:
    return fixnews.fix(page, context=Context(merge_pages=False)).text


WHOLE = {"unstructured": by_unstructured, "fixnews": by_fixnews}


class Case(NamedTuple):
    """A page and, for each of its seams, its place in the bare text and whether it is damage."""

    page: str
    truth: list[tuple[int, bool]]


def laid_out(shared: Path, style: str) -> Iterator[Case]:
    for _, pages, truth in issues(shared, style):
        for page in pages.values():
            yield Case(
                page, [(at, damage) for at, damage, _ in seams(page, truth, all_of_them=True)]
            )


def cut_pages(shared: Path, style: str) -> Iterator[Case]:
    """The pages of pages/dev.json.xz in one style."""
    with lzma.open(shared / "pages/dev.json.xz", "rt", encoding="utf-8") as file:
        for case in json.load(file):
            for pieces in case["pages"].values() if case["style"] == style else ():
                at, truth, kept = 0, [], [p for p in pieces if bare(p[0])]
                for text, _, damage in kept[:-1]:
                    at += len(bare(text))
                    truth.append((at, bool(damage)))
                yield Case("".join(p[0] + p[1] for p in pieces), truth)


def judged(cases: list[Case], rule: Rule) -> Counter[str]:
    count: Counter[str] = Counter()
    for case in cases:
        for (_, damage), gap in zip(case.truth, gaps(case.page), strict=False):
            count[("TN", "FP", "FN", "TP")[2 * damage + rule(gap)]] += 1
    return count


def run(cases: list[Case], tool: Callable[[str], str | None]) -> Counter[str] | None:
    count: Counter[str] = Counter()
    for case in cases:
        out = tool(case.page)
        if out is None:
            return None
        was = joined(bare(case.page), out)
        for at, damage in case.truth:
            count[("TN", "FP", "FN", "TP")[2 * damage + bool(was.get(at))]] += 1
    return count


def row(name: str, count: Counter[str] | None) -> str:
    if count is None:
        return f"  {name:18} not installed"
    found, said = count["TP"] + count["FN"], count["TP"] + count["FP"]
    right, recall = count["TP"] / max(1, said), count["TP"] / max(1, found)
    return f"  {name:18} P {right:.4f}  R {recall:.4f}  false {count['FP']:5}  of {found} damaged"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path)
    shared = options.parse_args().shared
    sets = {f"dev, {s}": list(cut_pages(shared, s)) for s in ("single", "blank", "wrapped")}
    sets |= {f"issues, {s}": list(laid_out(shared, s)) for s in ("seedstyle", "ideal")}
    for title, cases in sets.items():
        print(title)
        for name, rule in RULES.items():
            print(row(name, judged(cases, rule)))
        for name, tool in WHOLE.items():
            print(row(name, run(cases, tool)))


if __name__ == "__main__":
    main()
