"""Train what tells verse and lists from narrow columns, and say how good it is.

usage: python training/verse.py ../shared -o fixnews/models/verse.npz

Blocks of short lines are made from clean text: set line by line (`set_blocks`), and wrapped as a
column is (`made_columns`); whole made pages (`made_pages`) stand beside them, with their headlines
in two lines, their subheads and their paragraphs of a line. The even pages of the clean sets train
and the odd ones give the figures; so do forty stories of a daily after the other forty, and runs of
300 lines of journals, debates and traditional news.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import forests
import numpy as np
from made_columns import Half, columns
from made_pages import HALF, confusions, noisy, page, stories
from set_blocks import blocks
from sklearn.ensemble import HistGradientBoostingClassifier

from fixnews.layout import verse
from fixnews.layout.look import Look, look
from fixnews.layout.page import BLANK, Role, role

SET, WRAPPED, PAGES = 3500, 4200, 600
"""Blocks set line by line, blocks of columns, whole pages that are made of each half."""

NOISE = (0, 0, 0, 0.01, 0.02, 0.05)
LEVELS = (0.2, 0.5, 0.8, 0.9, 0.95)

ALWAYS = {
    "words": -1, "cuts": -1, "word": -1, "cut": -1, "gain": -1, "bond": -1, "word_block": -1,
    "cut_block": -1, "gain_block": -1, "bond_block": -1, "listing": -1, "bound": -1,
    "function": -1, "functions": -1, "run_over": -1, "hang": -1, "inner_stop": -1,
    "ends": 1, "opens": 1, "meet": 1, "parallel": 1, "echo": 1, "slack": 1, "slack_block": 1,
    "bare": 1,
}  # fmt: skip
"""What can only speak for one side: 1 for lines set one by one, -1 for a column."""

Rows = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
"""Evidence, truth, the kind of block and its number, a row a seam."""


def rows(half: Half, table: dict[str, str]) -> Rows:
    """The evidence at every seam of blocks made from one half of the text."""
    chance = random.Random(11 + half.which)
    found: list[tuple[np.ndarray, float, str, int]] = []
    for number, (kind, text, together) in enumerate(_texts(half, table, chance)):
        seen = look(text)
        if seen is None:
            continue
        evidence = _evidence(seen)
        inside = evidence[:, 0] > 0
        found += [(row, not together, kind, number) for row in evidence[inside]]
    for number, (kind, evidence, together) in enumerate(_pages(half, table, chance), len(found)):
        found += [(row, not together, kind, number) for row in evidence]
    evidence, truth, kinds, numbers = zip(*found, strict=True)
    return np.array(evidence, np.float32), np.array(truth), np.array(kinds), np.array(numbers)


def _texts(
    half: Half, table: dict[str, str], chance: random.Random
) -> Iterator[tuple[str, str, bool]]:
    """Blocks with their kind, and whether their lines belong together."""
    for count, make, together in ((SET, blocks, False), (WRAPPED, columns, True)):
        for kind, text in make(half, count, chance):
            worn = noisy(text, chance.choice(NOISE), table, chance)
            halved = together and chance.random() < 0.3
            yield kind, worn.translate(HALF) if halved else worn, together


def _pages(
    half: Half, table: dict[str, str], chance: random.Random
) -> Iterator[tuple[str, np.ndarray, bool]]:
    """The blocks of whole pages: in a column some break is damage."""
    for _ in range(PAGES):
        run = chance.choice(half.runs)
        at = chance.randrange(len(run) - 45)
        pieces, style = page(stories(run[at : at + chance.randint(10, 45)]), chance)
        rate = chance.choice(NOISE)
        worn = [replace(p, text=noisy(p.text, rate, table, chance)) for p in pieces]
        kept = [p for p in worn if p.text.strip(BLANK)]
        seen = look("".join(p.text + p.behind for p in kept))
        lines = [p for p in kept if role(p.text.strip(BLANK)) is not Role.FOLIO]
        if seen is None or len(seen.told) != len(lines):
            continue
        evidence = _evidence(seen)
        for first, last in verse.blocks_of(seen.lines, seen.told):
            damaged = any(p.damage for p in lines[first:last])
            yield f"page, {style}", evidence[first:last], damaged


def _evidence(seen: Look) -> np.ndarray:
    """What is seen in every block of a page, in those as well that would not be asked about."""
    blocks = verse.blocks_of(seen.lines, seen.told)
    return verse.evidence(seen.lines, seen.told, seen.own, seen.rows, blocks)


def weights(truth: np.ndarray, kinds: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """Less for the many seams of one block, and of one kind."""
    weight = 1 / np.sqrt(np.maximum(1, np.bincount(numbers)[numbers]))
    for kind in set(kinds):
        for side in (True, False):
            mine = (kinds == kind) & (truth == side)
            if mine.any():
                weight[mine] /= weight[mine].sum() ** 0.6
    for kind, factor in (("poem", 2.5), ("poem without marks", 1.5), ("word by word", 1.5)):
        weight[kinds == kind] *= factor
    return np.asarray(weight / weight.mean())


def report(odds: np.ndarray, truth: np.ndarray, kinds: np.ndarray) -> None:
    """How much of each kind is found at several levels, and how much is wrongly found."""
    print("share of the seams at or above", *LEVELS)
    for side in (True, False):
        for kind in ("all", *sorted(set(kinds[truth == side]))):
            mine = (truth == side) & np.array([kind in ("all", k) for k in kinds])
            cells = (f"{(odds[mine] >= least).mean():.4f}" for least in LEVELS)
            print("line by line" if side else "column", f"{kind:24} {mine.sum():6}", *cells)


def main() -> None:
    """Train, report, write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path)
    options.add_argument("-o", "--output", type=Path, required=True)
    given = options.parse_args()
    table = confusions(given.shared / "ocr/confusions.tsv")
    x, y, kinds, numbers = rows(Half.of(given.shared, 0), table)
    model = HistGradientBoostingClassifier(
        max_iter=200, learning_rate=0.08, max_leaf_nodes=12, min_samples_leaf=100,
        l2_regularization=5, random_state=1,
        monotonic_cst=[ALWAYS.get(name, 0) for name in verse.FEATURES],
    ).fit(x, y, sample_weight=weights(y, kinds, numbers))  # fmt: skip
    forests.write(model, (1.0, 0.0), given.output)
    tx, ty, kinds, _ = rows(Half.of(given.shared, 1), table)
    report(model.predict_proba(tx)[:, 1], ty, kinds)


if __name__ == "__main__":
    main()
