"""Figures of the character filter alone: thresholds on one half of the data, figures on the other.

usage: python training/score_characters.py ../shared [--threshold P] [--trees F] [--table F]
       [--completions F | --no-completions] [--order N] [--flat] [--linear] [--brief]
needs: rapidfuzz

--threshold 0 takes what the filter takes. Without --threshold it is set on odd days of the daily
of February 2020 and every second sentence of clean news: once where at most 0.2 characters in
10,000 and 0.1 % of the sentences are changed (`safe`), once where 0.78 % of the sentences are
(`peer`, the rate of the neural correctors). All figures are from the other half. Han characters
read as others are counted; widths, marks and line breaks are not this filter's.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz.distance import Levenshtein

from fixnews import forest
from fixnews.characters import channel, completions
from fixnews.filters.characters import Judge, Verdict, weigh
from fixnews.language.ngrams import ORDER

sys.path.insert(0, str(Path(__file__).parent))
from misreadings import flat, limited

CHARACTERS, SENTENCES, PEER = 0.2e-4, 0.001, 0.0078
ENGINES = ("tess_cols", "rapid_cols")
SEVERITIES = ("s1", "s2", "s3")


class Linear:
    """No forest: gain against price, as a probability."""

    def probability(self, rows: Any) -> Any:
        """A logistic function of the gain in language less the price of the channel."""
        from fixnews.characters.misreadings import FEATURES

        return 1 / (1 + np.exp(-(rows[:, FEATURES.index("worth")] - 6.0) / 3))


def daily(shared: Path, *, odd: bool) -> list[str]:
    """The pages of odd or even days."""
    found: dict[str, list[str]] = defaultdict(list)
    with lzma.open(shared / "corpus/news-dev.jsonl.xz", "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            if int(row["date"]) % 2 == odd:
                found[row["date"] + row["page"]].append("\n".join(row["head"] + row["paras"]))
    return ["\n".join(stories) for stories in found.values()]


def sentences(shared: Path, name: str) -> list[tuple[str, str]]:
    """Sentences as read and as printed."""
    with lzma.open(shared / f"csc/{name}.json.xz", "rt", encoding="utf-8") as file:
        return [(read, printed) for read, printed in json.load(file)]


def traditional(shared: Path) -> list[str]:
    """The last tenth of the traditional news, in pages of forty lines."""
    with lzma.open(shared / "corpus/news-hant.txt.xz", "rt", encoding="utf-8") as file:
        lines = [line.strip() for line in file]
    held = lines[-len(lines) // 10 :]
    return ["\n".join(held[at : at + 40]) for at in range(0, len(held), 40)]


def highest(numbers: Iterable[float], allowed: float) -> float:
    """The threshold that at most so many of these exceed."""
    ranked = sorted(numbers, reverse=True)
    return ranked[int(allowed)] if len(ranked) > allowed else 0.0


def thresholds(shared: Path, judge: Judge, every: int) -> dict[str, float]:
    """The two thresholds, from the first halves; every so manyth page of the daily."""
    pages = daily(shared, odd=True)[::every]
    on_pages = [v.probability for page in pages for v in weigh(page, judge)]
    clean = [weigh(read, judge) for read, _ in sentences(shared, "clean_news")[::2]]
    best = [max((v.probability for v in found), default=0.0) for found in clean]
    return {
        "safe": max(
            highest(on_pages, CHARACTERS * sum(map(len, pages))),
            highest(best, SENTENCES * len(best)),
        ),
        "peer": highest(best, PEER * len(best)),
    }


def taken(verdict: Verdict, least: float) -> bool:
    """Whether a verdict is carried out: above the threshold, or as the filter does (0)."""
    return verdict.probability > least if least else verdict.sure


def changed(pages: Sequence[str], judge: Judge, least: float) -> dict[str, float]:
    """What is changed where nothing should be."""
    found = [[v for v in weigh(page, judge) if taken(v, least)] for page in pages]
    size = sum(map(len, pages))
    return {
        "per 10k": round(sum(map(len, found)) / size * 1e4, 3),
        "of pages": round(sum(map(bool, found)) / len(pages), 5),
    }


def repaired(rows: Sequence[tuple[str, str]], judge: Judge, least: float) -> dict[str, float]:
    """Sentences set right, and characters."""
    c: Counter[str] = Counter()
    for read, printed in rows:
        did = {(v.at, v.printed) for v in weigh(read, judge) if taken(v, least)}
        same = len(read) == len(printed)
        pairs = zip(read, printed, strict=False)
        need = {(n, y) for n, (x, y) in enumerate(pairs) if x != y} if same else set()
        c.update(wrong=read != printed, fixed=same and bool(need) and did == need)
        c.update(right=len(did & need), false=len(did - need), missed=len(need - did))
    return {
        "fixed": c["fixed"],
        "wrong": c["wrong"],
        "share": round(c["fixed"] / c["wrong"], 4),
        "precision": round(c["right"] / max(1, c["right"] + c["false"]), 4),
        "recall": round(c["right"] / max(1, c["right"] + c["missed"]), 4),
    }


def readings(shared: Path, severities: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Engine with severity, what was printed, what was read; without white space."""
    with lzma.open(shared / "ocr/dev.json.xz", "rt", encoding="utf-8") as file:
        for row in json.load(file):
            if row["engine"] in ENGINES and row["severity"] in severities:
                name = f"{row['engine']} {row['severity']}"
                yield name, "".join(row["truth"].split()), "".join(row["ocr"].split())


def aligned(printed: str, read: str) -> dict[int, str]:
    """For each place of the reading that has one, the character that was printed."""
    found: dict[int, str] = {}
    for step in Levenshtein.opcodes(printed, read):
        size = step.src_end - step.src_start
        if size == step.dest_end - step.dest_start:
            for n in range(size):
                found[step.dest_start + n] = printed[step.src_start + n]
    return found


def on_readings(
    shared: Path, judge: Judge, least: float, severities: Sequence[str]
) -> dict[str, dict[str, int]]:
    """By engine and severity: misread, set right, made wrong, wrong before and after."""
    by: dict[str, Counter[str]] = defaultdict(Counter)
    for name, printed, read in readings(shared, severities):
        truth = aligned(printed, read)
        by[name]["misread"] += sum(
            "\u3400" <= read[n] <= "\u9fff" and "\u3400" <= c <= "\u9fff" and read[n] != c
            for n, c in truth.items()
        )
        by[name].update(_kind(v, read, truth) for v in weigh(read, judge) if taken(v, least))
    return {name: dict(counts) for name, counts in sorted(by.items())}


def _kind(verdict: Verdict, read: str, truth: dict[int, str]) -> str:
    true = truth.get(verdict.at)
    if true == read[verdict.at]:
        return "introduced"
    return "repaired" if true == verdict.printed else "still wrong"


def judged_by(given: argparse.Namespace) -> Judge:
    """The shipped judge with what the call exchanges."""
    judge = Judge.shipped()
    known = judge.sources
    known = replace(known, model=limited(known.model, given.order))
    if given.trees:
        judge = replace(judge, own_trees=forest.load(given.trees))
    if given.table:
        known = replace(known, channel=channel.load(given.table))
    if given.flat:
        known = replace(known, channel=flat(known.channel))
    if given.completions:
        known = replace(known, completions=completions.load(given.completions))
    if given.no_completions:
        known = replace(known, completions=None)
    judge = replace(judge, own_sources=known)
    return replace(judge, own_trees=Linear()) if given.linear else judge  # type: ignore[arg-type]


def show(*row: Any) -> None:
    """Print a row of figures."""
    print(*(json.dumps(cell, ensure_ascii=False) for cell in row), flush=True)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path)
    options.add_argument("--threshold", type=float)
    options.add_argument("--trees", type=Path)
    options.add_argument("--table", type=Path)
    options.add_argument("--completions", type=Path)
    options.add_argument("--no-completions", action="store_true")
    options.add_argument("--order", type=int, default=ORDER)
    options.add_argument("--flat", action="store_true", help="every confusion costs the same")
    options.add_argument("--linear", action="store_true")
    options.add_argument("--brief", action="store_true", help="only what the ablation compares")
    given = options.parse_args()
    judge = judged_by(given)
    every = 3 if given.brief else 1
    least = (
        {"given": given.threshold}
        if given.threshold is not None
        else thresholds(given.shared, judge, every)
    )
    show("thresholds", {name: round(p, 4) for name, p in least.items()})
    clean = [read for read, _ in sentences(given.shared, "clean_news")[1::2]]
    for name, p in least.items():
        show(name, "clean_news, other half", changed(clean, judge, p))
        show(name, "faspell_train", repaired(sentences(given.shared, "faspell_train"), judge, p))
        if not given.brief:
            show(name, "daily, even days", changed(daily(given.shared, odd=False), judge, p))
            show(name, "traditional", changed(traditional(given.shared), judge, p))
            for other in ("textproof", "gen_news"):
                show(name, other, repaired(sentences(given.shared, other), judge, p))
        severities = ("s2",) if given.brief else SEVERITIES
        for reading, counts in on_readings(given.shared, judge, p, severities).items():
            show(name, reading, counts)


if __name__ == "__main__":
    main()
