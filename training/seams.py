"""Train the seam classifier on pages cut as real pages are, and say how good it is.

usage: python training/seams.py ../shared --model CROSS.model -o fixnews/models/seams.npz

CROSS.model is the language model that `language_model.py --held-out` makes; the pages are made
from the text that it has not seen (`language_model.held_out`), simplified and traditional. Of the
runs of text, one in five calibrates, one in five gives the figures printed here, the rest trains.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import forests
import numpy as np
import reliability
from language_model import held_out, simplified_news, traditional_news
from made_pages import HALF, Piece, confusions, noisy, page, stories
from sklearn.ensemble import HistGradientBoostingClassifier

from fixnews.layout.closed import worn
from fixnews.layout.look import look
from fixnews.layout.page import BLANK, Role, role
from fixnews.layout.seams import FEATURES

PAGES_A_RUN = 26
"""Pages that are made from each run of 600 lines; three times as many from one with headlines."""

HEADLINES = 0.12
"""Share of headline-like lines from which a run comes from a paper rather than a broadcast."""

NOISE = (0, 0, 0, 0.01, 0.02, 0.05)
LEVELS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)

Rows = tuple[np.ndarray, np.ndarray, list[str]]


def pages_of(
    run: list[str], chance: random.Random, table: dict[str, str]
) -> Iterator[tuple[list[Piece], str]]:
    """Pages from one run of a corpus, as their pieces, with the style in which they are set."""
    titled = sum(len(line) < 32 and line[-1] not in "。！？”" for line in run) / len(run)
    for _ in range(PAGES_A_RUN * (3 if titled > HEADLINES else 1)):
        size = chance.randint(15, 80)
        at = chance.randrange(max(1, len(run) - size))
        rate = chance.choice(NOISE)
        made, style = page(stories(run[at : at + size]), chance)
        pieces = [
            replace(p, text=noisy(p.text, rate, table, chance)) for p in made if p.text.strip(BLANK)
        ]
        if chance.random() < 0.5:
            pieces = [replace(p, text=p.text.translate(HALF)) for p in pieces]
        yield pieces, style


def rows(runs: list[list[str]], seed: int, table: dict[str, str], model: Path) -> Rows:
    """Evidence, truth and style for every seam that is in doubt."""
    chance = random.Random(seed)
    found, truth, styles = [], [], []
    for run in runs:
        for pieces, style in pages_of(run, chance, table):
            text = "".join(p.text + p.behind for p in pieces)
            seen = look(text, model)
            kept = [p for p in pieces if role(p.text.strip(BLANK)) is not Role.FOLIO]
            if seen is None or len(seen.lines) != len(kept):
                continue
            for n, (row, closed) in enumerate(zip(seen.rows, worn(seen), strict=True)):
                if not closed:
                    found.append(row.astype(np.float32))
                    truth.append(kept[n].damage and not kept[n + 1].folio)
                    styles.append(style)
    return np.array(found), np.array(truth), styles


def report(odds: np.ndarray, truth: np.ndarray, styles: list[str]) -> None:
    """Precision and recall by style at several levels, and a table of reliability."""
    for style in ("all", *sorted(set(styles))):
        mine = np.array([style in ("all", s) for s in styles])
        yes, p = truth[mine], odds[mine]
        cells = []
        for least in LEVELS:
            said = p >= least
            right = (said & yes).sum()
            cells.append(f"{least}: {right / max(1, said.sum()):.4f}/{right / yes.sum():.4f}")
        print(f"{style:8} {len(yes):7} seams  P/R at  " + "  ".join(cells))
    print(reliability.table(reliability.bins(odds, truth)))


def main() -> None:
    """Train, calibrate, report, write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path)
    options.add_argument("--model", type=Path, required=True)
    options.add_argument("-o", "--output", type=Path, required=True)
    options.add_argument("--without", default="", help="features to blind, for the ablation")
    options.add_argument("--picture", type=Path, help="where the reliability diagram goes")
    given = options.parse_args()
    table = confusions(given.shared / "ocr/confusions.tsv")
    runs = [*held_out(simplified_news(given.shared))]
    runs += [*held_out(traditional_news(given.shared))] * 2
    parts = {"train": (0, 1, 2), "calibrate": (3,), "test": (4,)}
    data = {
        name: rows([r for n, r in enumerate(runs) if n % 5 in which], seed, table, given.model)
        for seed, (name, which) in enumerate(parts.items())
    }
    blind = [FEATURES.index(f) for f in given.without.split(",") if f]
    for x, _, _ in data.values():
        x[:, blind] = 0
    x, y, _ = data["train"]
    model = HistGradientBoostingClassifier(
        max_iter=300, learning_rate=0.09, max_leaf_nodes=31, max_depth=9, min_samples_leaf=40,
        l2_regularization=1.0, random_state=1,
    ).fit(x, y)  # fmt: skip
    scale = forests.calibrated(model, *data["calibrate"][:2])
    forests.write(model, scale, given.output)
    print(f"train {x.shape} of which damaged {y.mean():.3f}; scale {scale}")
    tx, ty, styles = data["test"]
    odds = 1 / (1 + np.exp(-(model.decision_function(tx) * scale[0] + scale[1])))
    report(odds, ty, styles)
    if given.picture:
        reliability.picture(reliability.bins(odds, ty), given.picture)


if __name__ == "__main__":
    main()
