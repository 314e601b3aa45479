"""Speed of the language model, as ratios in one run: kenlm on the same text and of the same order.

usage: python benchmarks/language.py ../shared --kenlm FOUR-GRAMS.arpa

kenlm and its lmplz come from its source package; the model is made from characters with blanks
between: ``lmplz -o 4 < news.chars > FOUR-GRAMS.arpa``. Without --kenlm, the ratio is taken against
a dictionary look-up a character, which any n-gram model in pure Python needs at the least.
"""

from __future__ import annotations

import argparse
import json
import lzma
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from fixnews.language import load
from fixnews.language.ngrams import ORDER

REPEATS = 5


def news(shared: Path) -> list[str]:
    """Paragraphs of a daily that the model has not seen."""
    with lzma.open(shared / "corpus/news-dev.jsonl.xz", "rt", encoding="utf-8") as rows:
        found = [p for row in map(json.loads, rows) for p in row["paras"] if p.strip()]
    return found[:8000]


def best(work: Callable[[], object]) -> float:
    """Seconds of processor time of the fastest of a few runs: all here is one thread."""
    times = []
    for _ in range(REPEATS):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return min(times)


def dictionary(paragraphs: list[str]) -> Callable[[], object]:
    """A look-up of each 4-gram in a dictionary of those of the same text."""
    table: dict[str, float] = {}
    for p in paragraphs[::2]:
        table.update((p[i : i + ORDER], 0.0) for i in range(len(p)))
    return lambda: [
        sum(table.get(p[i : i + ORDER], -9.0) for i in range(len(p))) for p in paragraphs
    ]


def kenlm(path: Path, paragraphs: list[str]) -> Callable[[], object]:
    """Kenlm's own `score`, a paragraph a call; the blanks between characters are put in before."""
    import kenlm as peer

    model = peer.Model(str(path))
    spaced = [" ".join(p) for p in paragraphs]
    return lambda: [model.score(p) for p in spaced]


def main() -> None:
    """Print characters a second, and the ratio."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path)
    options.add_argument("--kenlm", type=Path)
    given = options.parse_args()
    paragraphs = news(given.shared)
    text, size = "\n".join(paragraphs), sum(map(len, paragraphs))
    begin = time.perf_counter()
    model = load()
    print(f"loaded in {(time.perf_counter() - begin) * 1000:.1f} ms, numpy {np.__version__} aside")
    peers = {"a dictionary": dictionary(paragraphs)}
    if given.kenlm:
        peers["kenlm"] = kenlm(given.kenlm, paragraphs)
    ours = best(lambda: model.score(text))
    print(f"fixnews      {size / ours / 1e6:6.2f} M characters/s")
    for name, work in peers.items():
        theirs = best(work)
        print(f"{name:12} {size / theirs / 1e6:6.2f} M characters/s, ratio {theirs / ours:.1f}")


if __name__ == "__main__":
    main()
