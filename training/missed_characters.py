"""Why misread characters are not put right: an inventory, one reason for each.

usage: python training/missed_characters.py ../shared [--table F]
needs: rapidfuzz

The readings of Tesseract and RapidOCR by column, and every third subtitle sentence. A misread
character is not flagged; or what was printed is no candidate; or gains too little to be judged; or
a rule keeps what was read; or another candidate is likelier; or the right one is unsure (offered or
not); or it is put right. The second column of each source counts those with a neighbour that is
misread, too.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import compress
from pathlib import Path

import numpy as np

from fixnews.characters import bylines, channel, misreadings, suspects
from fixnews.characters.filling import SIGHT, Gaps
from fixnews.characters.weighing import NEAR, Around
from fixnews.characters.weighing import candidates as candidates_of
from fixnews.filters.characters import EVEN, Judge, weigh

sys.path.insert(0, str(Path(__file__).parent))
from score_characters import SEVERITIES, aligned, readings, sentences

REASONS = (
    "not flagged", "no candidate", "gains too little", "kept by a rule", "another is likelier",
    "unsure, not offered", "unsure, offered", "put right",
)  # fmt: skip


def is_han(character: str) -> bool:
    """Whether a character is a Han character."""
    return "\u3400" <= character <= "\u9fff"


def misread(read: str, truth: dict[int, str]) -> dict[int, str]:
    """The Han characters that were read as others."""
    return {n: c for n, c in truth.items() if c != read[n] and is_han(c) and is_han(read[n])}


def reasons(read: str, wrong: dict[int, str], judge: Judge) -> Iterator[tuple[int, str]]:
    """For each misread character of a page why it is as it is."""
    flags = suspects.flagged(read, judge.reader)
    units, crowd, scores = flags
    known, _ = judge.of(flags)
    at = np.flatnonzero(crowd)
    windows, near = (suspects.windows(read, at, reach) for reach in (SIGHT, NEAR))
    fillers = [()] * len(at)
    if known.cloze:
        hard = suspects.hardly_explained(scores)[at]
        found = iter(Gaps.of(list(compress(windows, hard)), hard[hard], known.cloze).fillers)
        fillers = [next(found) if is_hard else () for is_hard in hard]
    which, printed, _ = candidates_of(Around.of(near, known.model), fillers, known)
    candidates = set(zip(at[which].tolist(), printed.tolist(), strict=True))
    found = suspects.find(read, known, flags)
    kept = misreadings.interchangeable(found, units) | bylines.in_names(read, found.at)
    pairs = list(zip(found.at.tolist(), found.printed.tolist(), strict=True))
    ruled = {pair for pair, is_kept in zip(pairs, kept, strict=True) if is_kept}
    best = {verdict.at: verdict for verdict in weigh(read, judge)}
    for n, character in wrong.items():
        pair, verdict = (n, ord(character)), best.get(n)
        checks = (
            not crowd[n], pair not in candidates, pair not in pairs, pair in ruled,
            verdict is None or verdict.printed != character,
            verdict is not None and verdict.probability < EVEN,
            verdict is not None and not verdict.sure,
        )  # fmt: skip
        yield n, REASONS[checks.index(True) if True in checks else -1]


def sources(shared: Path) -> Iterator[tuple[str, str, dict[int, str]]]:
    """Name, text and what was printed at each place."""
    for name, printed, read in readings(shared, SEVERITIES):
        yield name, read, aligned(printed, read)
    for read, printed in sentences(shared, "faspell_train")[::3]:
        if len(read) == len(printed):
            yield "faspell_train", read, dict(enumerate(printed))


def main() -> None:
    """Count and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path)
    options.add_argument("--table", type=Path, help="other confusion sets than those that ship")
    given = options.parse_args()
    judge = Judge.shipped()
    table = channel.load(given.table)
    judge = replace(judge, own_sources=replace(judge.sources, channel=table))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    beside: dict[str, Counter[str]] = defaultdict(Counter)
    for name, read, truth in sources(given.shared):
        wrong = misread(read, truth)
        for n, reason in reasons(read, wrong, judge):
            counts[name][reason] += 1
            beside[name][reason] += n - 1 in wrong or n + 1 in wrong
    for name, found in sorted(counts.items()):
        total = sum(found.values())
        print(name, total)
        for reason in REASONS:
            print(f"  {reason:22}{found[reason] / total:6.1%} {beside[name][reason] / total:6.1%}")


if __name__ == "__main__":
    main()
