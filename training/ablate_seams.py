"""What each instrument adds to the seam classifier: structure, lexicon, n-grams, edges; model size.

usage: python training/ablate_seams.py ../shared --model CROSS.model [--sizes 1MB.model …]

Fewer pages than `seams.py` makes, the same pages for every row; figures from runs of text
that neither trained nor calibrated. The first row is no classifier: a break is damage unless its
left line ends a sentence or a line's face forbids it.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import seams
from language_model import held_out, simplified_news, traditional_news
from made_pages import confusions
from seams import Rows, rows
from sklearn.ensemble import HistGradientBoostingClassifier

from fixnews import language
from fixnews.language import Model
from fixnews.language.ngrams import ORDER
from fixnews.layout.look import across
from fixnews.layout.seams import FEATURES

GAP_STYLES = ("blank", "single", "strips")
LEXICON = ("word", "function_left", "function_right", "bound_right", "number")
LANGUAGE = ("gain", "joined", "end", "start", "gain_before", "gain_behind", "end_before")
EDGES = tuple(n for n in FEATURES if n.split("_")[0] in ("opens", "ends", "title", "meet"))
RIGHT = 0.995
PAGES = 3


@dataclass(frozen=True, slots=True)
class Shorter(Model):
    """A model that looks at fewer characters."""

    order: int = 4

    def _values(self, keys: Any, order: int) -> Any:
        found = Model._values(self, keys, order)
        return found if order <= self.order else np.zeros_like(found)


def of_order(order: int) -> Callable[[Path | None], Model]:
    """`language.load`, for models cut down to an order."""
    whole = language.load

    def load(path: Path | None = None) -> Model:
        m = whole(path)
        return Shorter(m.table, m.first, m.grams, m.book, m.about, order)

    return load


def figures(train: Rows, test: Rows, blind: Sequence[str]) -> str:
    """Precision and recall at even odds, recall where precision is 0.995; all, then gaps only."""
    columns = [n for n, name in enumerate(FEATURES) if name not in blind]
    model = HistGradientBoostingClassifier(
        max_iter=200, learning_rate=0.08, max_leaf_nodes=24, min_samples_leaf=40, random_state=1
    ).fit(train[0][:, columns], train[1])
    odds = model.predict_proba(test[0][:, columns])[:, 1]
    gaps = np.isin(np.array(test[2]), GAP_STYLES)
    return " | ".join(_cells(odds[mine], test[1][mine]) for mine in (gaps | True, gaps))


def _cells(odds: np.ndarray, truth: np.ndarray) -> str:
    order = np.argsort(-odds)
    right = np.cumsum(truth[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(right >= RIGHT)
    sure = truth[order][: enough[-1] + 1].sum() / truth.sum() if len(enough) else 0.0
    return f"{_precise(odds >= 0.5, truth)} | {sure:.3f}"


def _precise(said: np.ndarray, truth: np.ndarray) -> str:
    hits = (said & truth).sum()
    return f"{hits / max(1, said.sum()):.4f} / {hits / truth.sum():.4f}"


def by_rule(test: Rows) -> str:
    """The rule without a classifier, as a row."""
    x, truth, styles = test
    ends = x[:, FEATURES.index("sentence")] > 0
    gaps = np.isin(np.array(styles), GAP_STYLES)
    return " | ".join(f"{_precise(~ends[m], truth[m])} | –" for m in (gaps | True, gaps))


def main() -> None:
    """Print a table of Markdown."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path)
    options.add_argument("--model", type=Path, required=True)
    options.add_argument("--sizes", type=Path, nargs="*", default=[])
    given = options.parse_args()
    seams.PAGES_A_RUN = PAGES
    table = confusions(given.shared / "ocr/confusions.tsv")
    runs = [*held_out(simplified_news(given.shared)), *held_out(traditional_news(given.shared))]

    def parts(model: Path) -> tuple[Rows, Rows]:
        train = [r for n, r in enumerate(runs) if n % 5 < 4]
        return rows(train, 1, table, model), rows(runs[4::5], 2, table, model)

    print("| evidence | all: P / R | R at P 0.995 | gaps: P / R | R at P 0.995 |")
    print("| --- | --- | --- | --- | --- |")
    whole = language.load
    for order, name in ((2, "bigrams"), (3, "trigrams"), (4, "4-grams")):
        language.load = of_order(order)  # type: ignore[assignment]
        across.cache_clear()
        train, test = parts(given.model)
        if order == 2:
            print(f"| rule, no classifier | {by_rule(test)} |", flush=True)
            print(f"| structure | {figures(train, test, LEXICON + LANGUAGE + EDGES)} |", flush=True)
            print(f"| + lexicon | {figures(train, test, LANGUAGE + EDGES)} |", flush=True)
        print(f"| + {name} | {figures(train, test, EDGES)} |", flush=True)
        if order == ORDER:
            print(f"| + edges of lines | {figures(train, test, ())} |", flush=True)
    language.load = whole
    across.cache_clear()
    for size in given.sizes:
        print(f"| model of {size.stat().st_size / 1e6:.1f} MB | {figures(*parts(size), ())} |")


if __name__ == "__main__":
    main()
