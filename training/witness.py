"""Learn what the traces of a recogniser weigh: the log-odds that a machine read a passage.

usage: python training/witness.py ../shared -o fixnews/models/witness.npz

Read by machines are the readings of January 1998 by column (``ocr/dev``), of two engines at three
severities. Nobody misread the clean text of fifteen kinds (``clean``), the daily of February 2020,
journals, laws, traditional news and debates; of these each passage comes as it is, or as people
type it: with half-width marks, with blanks behind them, with straight quotes, in lines as wide as
a column. Even issues, pages and days train, odd ones report. A page is asked as a whole, in parts
and sentence by sentence.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize

from fixnews import witness
from fixnews.witness import KINDS, Traces, evidence

CORPORA = ("journals-1990s", "laws-and-summaries", "news-hant", "debates-hant")
SIZES = ((500, 3), (150, 5))
SENTENCE = re.compile(r"[^。！？\n]*[。！？\n]+[”’」』）]?")
SENTENCES, PAGES, STEP, PAGE = 8, 40, 700, 2500
TYPISTS = 0.6
"""Share of the clean passages that are typed as people type."""

HEAVY = 3.0
"""What a passage counts that no machine read: to take register for damage is the worse mistake."""

PENALTY = 1.0
HALF = str.maketrans("，：；？！（）", ",:;?!()")


class Passage(NamedTuple):
    """A passage, where it is from, whether it reports, and how it was cut."""

    source: str
    odd: bool
    cut: str
    text: str
    machine: bool


def readings(shared: Path) -> Iterator[tuple[str, bool, str]]:
    """The readings by column."""
    with lzma.open(shared / "ocr/dev.json.xz", "rt", encoding="utf-8") as file:
        for row in json.load(file):
            if row["engine"].endswith("cols"):
                number = int(row["id"].split("/")[0].removeprefix("dev-"))
                yield f"{row['engine']} {row['severity']}", number % 2 == 1, row["ocr"]


def clean(shared: Path) -> Iterator[tuple[str, bool, str]]:
    """Pages that no machine misread."""
    with lzma.open(shared / "clean/clean.json.xz", "rt", encoding="utf-8") as file:
        for name, pages in json.load(file).items():
            yield from ((name, n % 2 == 1, page) for n, page in enumerate(pages))
    days = defaultdict[tuple[str, str], list[str]](list)
    with lzma.open(shared / "corpus/news-dev.jsonl.xz", "rt", encoding="utf-8") as file:
        for story in map(json.loads, file):
            days[story["date"], story["page"]] += [*story["head"], *story["paras"]]
    chosen = random.Random(1).sample(sorted(days), 2 * PAGES)
    yield from (("daily", int(day[0]) % 2 == 1, "\n".join(days[day])[:6000]) for day in chosen)
    for name in CORPORA:
        with lzma.open(shared / f"corpus/{name}.txt.xz", "rt", encoding="utf-8") as file:
            yield from ((name, n % 2 == 1, page) for n, page in enumerate(_pages(file)))


def _pages(lines: Iterator[str]) -> Iterator[str]:
    """A few pages of a corpus, far from each other."""
    for _ in range(PAGES):
        page = ""
        while len(page) < PAGE:
            page += next(lines)
        yield page[: 2 * PAGE]
        for _ in range(STEP):
            next(lines)


def typed(text: str, lot: random.Random) -> str:
    """A passage as somebody types it who has habits of his own."""
    if lot.random() < 0.5:
        marks = lot.choice(("，：；？！（）", "：", "：；", "（）", "：；？！（）"))
        half = {ord(mark): mark.translate(HALF) for mark in marks}
        blank = lot.random() < 0.5
        text = text.translate({c: f"{m} " if blank and m != "(" else m for c, m in half.items()})
    if lot.random() < 0.2:
        text = re.sub("[“”]", '"', text)
    if lot.random() < 0.2:
        text = text.replace("·", lot.choice("•‧."))
    if lot.random() < 0.4:
        width = lot.randint(12, 30)
        lines = (re.sub(f"(.{{{width}}})(?=.)", r"\1\n", line) for line in text.split("\n"))
        text = lot.choice(("\n", "\n\n", "\n　　")).join(lines)
    return text


def passages(shared: Path) -> Iterator[Passage]:
    """All passages."""
    lot = random.Random(2)
    for source, odd, page in readings(shared):
        yield from (Passage(source, odd, cut, text, True) for cut, text in cuts(page, lot))
    for source, odd, page in clean(shared):
        for cut, text in cuts(page, lot):
            yield Passage(source, odd, cut, text, False)
            if lot.random() < TYPISTS:
                yield Passage(source, odd, cut, typed(text, lot), False)


def cuts(page: str, lot: random.Random) -> Iterator[tuple[str, str]]:
    """A page, parts of it, and sentences."""
    yield "page", page
    for size, count in SIZES:
        for _ in range(count if len(page) > 2 * size else 0):
            at = lot.randrange(len(page) - size)
            yield str(size), page[at : at + size]
    found = [sentence.strip() for sentence in SENTENCE.findall(page) if len(sentence) > 8]
    yield from (("sentence", one) for one in lot.sample(found, min(SENTENCES, len(found))))


def fitted(rows: np.ndarray, machine: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """A logistic model in which no trace speaks against a machine."""
    told = np.where(machine, 1.0, -1.0)
    rows = np.column_stack([rows, np.ones(len(rows))])
    ridge = np.append(np.full(rows.shape[1] - 1, PENALTY), 0)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margin = told * (rows @ weights)
        value = (counts * np.logaddexp(0, -margin)).sum() + (ridge * weights**2).sum() / 2
        slope = -told * counts / (1 + np.exp(margin))
        return float(value), rows.T @ slope + ridge * weights

    bounds = [(0, None)] * len(KINDS) + [(None, 0), (None, 0), (None, None)]
    start = np.zeros(rows.shape[1])
    found: np.ndarray = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B").x
    return found


def report(kept: list[Passage], odds: np.ndarray) -> None:
    """Where the passages that report lie, by cut and source."""
    by = defaultdict[tuple[str, bool, str], list[float]](list)
    for one, value in zip(kept, odds.tolist(), strict=True):
        if one.odd:
            by[one.cut, one.machine, one.source].append(value)
    for (cut, machine, source), values in sorted(by.items()):
        shown = np.quantile(values, (0, 0.1, 0.5, 0.9, 0.99, 1)).round(1)
        print(f"{cut:9}{'machine' if machine else '':8}{source:24}{len(values):5} {shown}")


def main() -> None:
    """Count, fit, report, write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path)
    options.add_argument("-o", "--output", type=Path, required=True)
    given = options.parse_args()
    kept, traces = list[Passage](), list[Traces]()
    for one in passages(given.shared):
        found = witness.traces(one.text)
        if found.han:
            kept.append(one)
            traces.append(found)
    rows = np.array([evidence(one) for one in traces])
    machine, odd = (np.array([getattr(one, name) for one in kept]) for name in ("machine", "odd"))
    counts: Any = np.where(machine, 1.0, HEAVY) * np.array([one.cut == "page" for one in kept]) * 4
    counts = np.maximum(counts, np.where(machine, 1.0, HEAVY))
    weights = fitted(rows[~odd], machine[~odd], counts[~odd])
    for name, value in zip((*KINDS, "hard", "size", "base"), weights.tolist(), strict=True):
        print(f"{name:9}{value:7.2f}")
    report(kept, np.column_stack([rows, np.ones(len(rows))]) @ weights)
    given.output.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(given.output, weights=weights)


if __name__ == "__main__":
    main()
