"""Encodings, measured: the matrix of made cases, for fixnews and for the detectors people use.

usage: python benchmarks/encodings.py ../shared/corpus [--cases 400] [--rows short,utf16] [--peers]

Cases come from news of February 2020, turned into traditional characters by OpenCC where the codec
asks for it. The pages of even days tune, those of odd days report (``--half odd``, the default).
A row counts exact texts: what was decoded equals what was encoded.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import odd_cases
from cases import (
    B5,
    GB,
    Case,
    News,
    alternating,
    corrupted,
    cut_tails,
    exact,
    kept,
    mostly_ascii,
)
from encodings_peers import Detector, peers

import fixnews
from fixnews.errors import FixnewsError


def read_fixnews(data: bytes) -> str:
    try:
        return fixnews.decode(data).text
    except FixnewsError:
        return ""


Rows = dict[str, Callable[[], Iterator[Case]]]

EXACT = (
    ("GB and Big5", GB | B5, (2, 3, 4, 8, 10, 20, 50, 200, 2000)),
    ("UTF-16 without BOM", {"utf-16-le": "s", "utf-16-be": "s2t"}, (10, 20, 200)),
    ("UTF-32 without BOM", {"utf-32-le": "s", "utf-32-be": "s2t"}, (2, 8, 50)),
    ("HZ", {"hz": "s"}, (2, 8, 50)),
    ("UTF-8", {"utf-8": "s", "utf_8": "s2t"}, (2, 8, 50)),
    ("with a BOM", {"utf-8-sig": "s", "utf-16": "s", "utf-32": "s2t"}, (2, 8, 50)),
)
ALTERNATING = (
    ("gbk", "utf-8"), ("utf-8", "gbk"), ("cp950", "utf-8"), ("utf-8", "cp950"),
    ("gbk", "cp950"), ("cp950", "gbk"),
)  # fmt: skip


def rows(news: News, cases: int, seed: int) -> Rows:
    """Every row of exact texts by its name."""
    chance = random.Random(seed)
    table: Rows = {}
    for name, codecs, lengths in EXACT:
        for n in lengths:
            table[f"{name}, {n} characters"] = partial(exact, news, codecs, n, cases, chance)
    some = {"gbk": "s", "cp950": "s2tw"}
    for n in (1, 4, 12):
        table[f"mostly ASCII, {n} words"] = partial(mostly_ascii, news, n, cases, chance, some)
    for name, codecs in (("GB", GB), ("Big5", B5), ("UTF-8", {"utf-8": "s"})):
        table[f"tail cut, {name}"] = partial(cut_tails, news, cases, chance, codecs)
    return table | odd_cases.exact_rows(news, cases, chance)


def damages(news: News, cases: int, seed: int) -> Rows:
    """The rows that count characters kept."""
    chance = random.Random(seed)
    table: Rows = {}
    for kind in ("0xFF", "random", "deleted"):
        for n in (1, 3):
            made = partial(corrupted, news, (kind, n), cases, chance, GB | B5)
            table[f"{n} byte(s) {kind}"] = made
    for pair in ALTERNATING:
        table[f"lines alternate {' and '.join(pair)}"] = partial(
            alternating, news, pair, cases, chance
        )
    return table | odd_cases.kept_rows(news, cases, chance)


def show(name: str, shares: Sequence[float]) -> None:
    print(f"{name:34}", *(f"{share * 100:8.2f}" for share in shares), flush=True)


def matrix(news: News, detectors: dict[str, Detector], given: argparse.Namespace) -> None:
    print(f"{'exact text, %':34}", *(f"{name[:8]:>8}" for name in detectors))
    for name, make in rows(news, given.cases, given.seed).items():
        if any(wanted in name for wanted in given.rows):
            same = str.startswith if name.startswith("tail") else str.__eq__
            report(name, list(make()), detectors, given, lambda t, c, f=same: float(f(t, c.truth)))
    print("characters kept, %")
    for name, make in damages(news, given.cases, given.seed).items():
        if any(wanted in name for wanted in given.rows):
            report(name, list(make()), detectors, given, lambda t, c: kept(c.truth, t))


def report(
    name: str,
    cases: Sequence[Case],
    detectors: dict[str, Detector],
    given: argparse.Namespace,
    score: Callable[[str, Case], float],
) -> None:
    """One row: the mean score of each detector; for damage also the share in the right family."""
    scores = {d: [score(read(c.data), c) for c in cases] for d, read in detectors.items()}
    show(name, [sum(s) / len(s) for s in scores.values()])
    if "byte" in name:
        show("   right family", [sum(x > 0.7 for x in s) / len(s) for s in scores.values()])
    if given.wrong:
        for case, got in zip(cases, scores["fixnews"], strict=True):
            if got < given.wrong:
                text = read_fixnews(case.data)
                print("   ", case.codec, round(got, 3), repr(case.truth[:60]), repr(text[:60]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--cases", type=int, default=400)
    parser.add_argument("--half", default="odd", choices=("even", "odd", "both"))
    parser.add_argument("--rows", default="", type=lambda s: s.split(","))
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--wrong", type=float, default=0.0)
    given = parser.parse_args()
    news = News(given.corpus, given.half)
    detectors: dict[str, Detector] = {"fixnews": read_fixnews}
    if given.peers:
        detectors |= peers()
    started = time.perf_counter()
    matrix(news, detectors, given)
    print(f"{time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
