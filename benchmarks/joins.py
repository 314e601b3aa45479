"""Precision and recall of joins on laid-out issues and on traditional pages, against the truth.

usage: python benchmarks/joins.py ../shared [--noise 0.02] [--show] [--limit N]

A seam between two printed lines is damage if the eight characters around it stand in one paragraph
of the truth without a break. Seams at a jump's marker are not counted. Cuts right behind a
full stop are counted and given apart. The whole chain runs, as `fixnews fix` runs it.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from yardstick.line_rules import bare, joined

import fixnews
from fixnews.filters import Context

AROUND = 6
HALF = str.maketrans("，：；？！（）", ",:;?!()")
MARKED = re.compile("[（(]?[上下紧][接转]|版[）)]|[◀▶]")
STOPS = "。！？!?…”"


def seams(page: str, truth: str, *, all_of_them: bool = False) -> Iterator[tuple[int, bool, bool]]:
    """For each seam of a page: its place in the bare text, whether it is damage, behind a stop.

    Seams within three characters of a jump's marker are passed over, unless all are wanted.
    """
    at = 0
    lines = [bare(line) for line in page.replace("\f", "\n").split("\n") if bare(line)]
    for left, right in pairwise(lines):
        at += len(left)
        near = left[-AROUND:] + right[:AROUND]
        damage = near in truth or left[-3:] + right[:3] in truth
        if all_of_them or not MARKED.search(left[-3:] + right[:3]):
            yield at, damage, left[-1] in STOPS


def noisy(text: str, rate: float, table: dict[str, list[str]], chance: random.Random) -> str:
    """The text with this share of its characters as a recogniser read them."""
    return "".join(
        chance.choice(table[c]) if c in table and chance.random() < rate else c for c in text
    )


def confusions(shared: Path) -> dict[str, list[str]]:
    """For each character the single characters that it was read as, as often as it was."""
    table: dict[str, list[str]] = {}
    for row in (shared / "ocr/confusions.tsv").read_text("utf-8").splitlines()[1:]:
        true, read, count, *_ = row.split("\t")
        if len(true) == len(read) == 1 and true.strip() and read.strip():
            table.setdefault(true, []).extend([read] * int(count))
    return table


def issues(shared: Path, style: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Each laid-out issue: name, pages, its titles and paragraphs as one text.

    A headline that is set in two lines is one in the truth: to join it is right.
    """
    with lzma.open(shared / "ocr/issues.json.xz", "rt", encoding="utf-8") as file:
        for issue in json.load(file):
            articles = issue["truth"]["articles"]
            truth = "\n".join(bare(p) for a in articles for p in (*_titles(a), *a["paragraphs"]))
            pages = {label: page[style] for label, page in issue["pages"].items()}
            yield issue["truth"]["issue"], pages, truth


def _titles(article: Any) -> tuple[str, ...]:
    return tuple(article[k] for k in ("kicker", "title") if article[k])


def traditional(shared: Path) -> Iterator[tuple[str, dict[str, str], str]]:
    """Pages made from the last tenth of the traditional news, cut by columns, one in three."""
    with lzma.open(shared / "corpus/news-hant.txt.xz", "rt", encoding="utf-8") as file:
        lines = [line.strip() for line in file if line.strip()]
    held = [line for line in lines[-len(lines) // 10 :] if not torn(line)]
    chance = random.Random(11)
    for number, start in enumerate(range(0, len(held), 180)):
        paragraphs = held[start : start + 60]
        page = "\n\n".join(_cut(p, chance) for p in paragraphs)
        yield f"hant-{number}", {"A1": page}, "\n".join(map(bare, paragraphs))


def torn(line: str) -> bool:
    """Whether a line of the corpus is itself cut short, so that its truth is not known."""
    return len(line) > 30 and line[-1] not in "。！？!?…”’」』）)：:；;》"


def _cut(text: str, chance: random.Random) -> str:
    """A paragraph cut by column breaks, about one in 500 characters."""
    parts = []
    while len(text) > 12 and chance.random() < len(text) / 500:
        at = chance.randint(3, len(text) - 3)
        if text[at] in "，。、：；？！”’）》」』" or text[at - 1] in "“（《「":
            continue
        parts.append(text[:at])
        text = text[at:]
    return "\n\n".join((*parts, text))


def score(cases: Iterator[tuple[str, dict[str, str], str]], given: Any) -> Counter[str]:
    """What was joined and what was left, over all pages."""
    c: Counter[str] = Counter()
    table = confusions(given.shared)
    for name, pages, truth in cases:
        chance = random.Random(name)
        read = {k: noisy(t, given.noise, table, chance) for k, t in pages.items()}
        done = fixnews.fix_pages(read, context=Context(merge_pages=False))
        for label, clean in pages.items():
            was = joined(bare(read[label]), done[label].text)
            for at, damage, stop in seams(clean, truth):
                got = was.get(at)
                kind = ("TP" if got else "FN") if damage else ("FP" if got else "TN")
                c[kind] += 1
                c["after_stop"] += damage and stop
                c["after_stop_missed"] += kind == "FN" and stop
                if given.show and kind in ("FP", "FN"):
                    text = bare(read[label])
                    print(kind, name, label, text[at - 14 : at], "|", text[at : at + 14])
    return c


def main() -> None:
    """Print a line of figures for each set."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path)
    options.add_argument("--noise", type=float, default=0.0)
    options.add_argument("--only", default="seedstyle,ideal,hant")
    options.add_argument("--show", action="store_true")
    given = options.parse_args()
    for kind in given.only.split(","):
        cases = traditional(given.shared) if kind == "hant" else issues(given.shared, kind)
        c = score(cases, given)
        right, all_damage = c["TP"] / max(1, c["TP"] + c["FP"]), c["TP"] + c["FN"]
        without = (c["TP"]) / max(1, all_damage - c["after_stop_missed"])
        print(
            f"{kind:10} noise {given.noise}: P {right:.4f} R {c['TP'] / max(1, all_damage):.4f} "
            f"(without cuts behind a stop {without:.4f}) false {c['FP']} missed {c['FN']} "
            f"of {all_damage} damaged, {c['FP'] + c['TN']} true"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main()
