"""Train the forest that tells misreadings from rare words, on news that we misread.

usage: python training/misreadings.py ../shared --model cross.model \
           --completions cross.npz -o fixnews/models/misreadings.npz

The news is what the language model given has not seen (`language_model.py --held-out`), nor the
completions (`completions.py --held-out`). Pages are made of it, each twice: clean, and with
0.2 to 15 % of misreadings: most drawn from the channel, flattened, the rest any character at all,
so that the forest sees contexts that cannot be mended. On such pages marks go missing, too. Without
--plain pages that read well are left out, since the other forest judges them, and some pages are
read clause by clause. The last tenth of the pages reports, the one before calibrates.
"""

from __future__ import annotations

import argparse
import math
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from fixnews import language
from fixnews.characters import channel, cloze, completions, misreadings, suspects
from fixnews.characters.channel import Channel
from fixnews.characters.misreadings import FEATURES
from fixnews.characters.print_likeness import likeness
from fixnews.characters.suspects import Sources
from fixnews.language import Model
from fixnews.language.ngrams import BITS, ORDER

sys.path.insert(0, str(Path(__file__).parent))
from forests import calibrated, write
from language_model import held_out, simplified_news

RATES = (0.002, 0.15)
FLAT = 0.8
"""Exponent on the channel's probabilities when errors are drawn."""

ANYTHING = 0.4
"""Share of errors that no channel explains: 0.47 with Tesseract, 0.25 with RapidOCR."""

ALIKE, REACH, SLOPE = 0.4, 500, 6.0
"""Share of these that are among so many characters of like shape, and how fast it falls with the
likeness. The others are any character, the commoner the likelier."""

PAGES = ((1, 1), (1, 3), (10, 80))
"""Lines a page: a sentence by itself, a clipping, a page."""

CLAUSES, CLAUSE = 0.03, re.compile(r"[^，。；：！？\n]{6,24}")
"""Share of the pages each clause of which is a page, as the lines of a subtitle are."""

MARKS = frozenset("，。、：；“”（）")


@dataclass(frozen=True)
class Press:
    """What misreads: for each printed character the reads and their weights; and any others."""

    reads: dict[str, tuple[list[str], list[float]]]
    others: list[str]
    common: list[float]

    @classmethod
    def of(cls, table: Channel, model: Model) -> Press:
        """The press that the channel describes."""
        found: dict[str, tuple[list[str], list[float]]] = defaultdict(lambda: ([], []))
        for read in np.flatnonzero(np.diff(table.start)):
            for n in range(table.start[read], table.start[read + 1]):
                reads, weights = found[chr(table.printed[n])]
                reads.append(chr(read))
                weights.append(math.exp(-FLAT * float(table.cost[n])))
        others = sorted(found)
        codes = model.table[[ord(c) for c in others]].astype(np.int64)
        common = np.cumsum(np.exp(0.5 * model.first[0, codes].astype(np.float64)))
        return cls(dict(found), others, common.tolist())

    def misread(self, text: str, rate: float, chance: random.Random) -> tuple[str, dict[int, str]]:
        """The text with this share of its characters misread; what stood at which place."""
        out: list[str] = []
        truth: dict[int, str] = {}
        for character in text:
            if chance.random() >= rate:
                out.append(character)
            elif character in MARKS:
                mark = chance.choice("·， *")
                out += mark.strip()
            elif character in self.reads:
                truth[len(out)] = character
                out.append(self.read(character, chance))
            else:
                out.append(character)
        return "".join(out), truth

    def read(self, character: str, chance: random.Random) -> str:
        """What may be read for a character."""
        if chance.random() >= ANYTHING:
            reads, weights = self.reads[character]
            return chance.choices(reads, weights)[0]
        if chance.random() < ALIKE:
            return chance.choices(*self._alike(character))[0]
        return chance.choices(self.others, cum_weights=self.common)[0]

    def _alike(self, character: str) -> tuple[list[str], list[float]]:
        """The characters that look most like this one, and how often each stands for it."""
        if character not in _ALIKE:
            read = np.array([ord(c) for c in self.others])
            likes = likeness(read, np.full(len(read), ord(character)))
            best = np.argsort(-likes)[1:REACH]
            _ALIKE[character] = [self.others[n] for n in best], np.exp(SLOPE * likes[best]).tolist()
        return _ALIKE[character]


_ALIKE: dict[str, tuple[list[str], list[float]]] = {}


@dataclass(frozen=True)
class Limited:
    """N-grams up to an order: the longer ones are never found. For the ablation."""

    grams: Any
    order: int

    def values(self, keys: Any) -> Any:
        """As the table does."""
        longer = (keys >> np.uint64(ORDER * BITS)) > self.order
        return np.where(longer, 0, self.grams.values(keys)).astype(np.uint8)


def limited(model: Model, order: int) -> Model:
    """The model with n-grams up to an order only."""
    return replace(model, grams=Limited(model.grams, order)) if order < ORDER else model


def flat(table: Channel) -> Channel:
    """The confusion sets with one price for all. For the ablation."""
    return replace(table, cost=np.full_like(table.cost, table.cost.mean()))


def pages(shared: Path, most: int, seed: int) -> Iterator[str]:
    """Pages of news that the model has not seen, in an order of chance."""
    chance = random.Random(seed)
    runs = list(held_out(simplified_news(shared)))
    chance.shuffle(runs)
    size = 0
    for run in runs:
        at = 0
        while at < len(run) and size < most:
            page = run[at : at + chance.randint(*chance.choice(PAGES))]
            at += len(page)
            text = "\n".join(page)
            size += len(text)
            yield text


def with_clauses(texts: list[str], seed: int) -> Iterator[str]:
    """The pages, some of them clause by clause."""
    chance = random.Random(seed)
    for text in texts:
        yield from CLAUSE.findall(text) if chance.random() < CLAUSES else [text]


def rows(
    texts: list[str], tools: Sources, press: Press, seed: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Evidence and truth of every suspect, and the rate of errors on its page."""
    chance = random.Random(seed)
    found, right, rates = [], [], []
    low, high = map(math.log, RATES)
    for text, clean in product(texts, (True, False)):
        rate = 0.0 if clean else math.exp(chance.uniform(low, high))
        read, truth = press.misread(text, rate, chance)
        flags = suspects.flagged(read, tools.model)
        if tools.cloze and suspects.reads_well(flags.units, flags.scores):
            continue
        seen = suspects.find(read, tools, flags)
        seen = seen.take(~misreadings.interchangeable(seen, suspects.code_points(read)))
        if not len(seen.at):
            continue
        found.append(misreadings.evidence(read, seen, tools.model))
        right += [truth.get(int(a)) == chr(c) for a, c in zip(seen.at, seen.printed, strict=True)]
        rates += [rate] * len(seen.at)
    return np.concatenate(found), np.array(right), np.array(rates)


def report(odds: np.ndarray, truth: np.ndarray, clean: np.ndarray, characters: int) -> None:
    """Recall of what could be found, and false changes on clean pages, by threshold."""
    for least in (0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995):
        said = odds >= least
        recall = (said & truth).sum() / truth.sum()
        precision = (said & truth).sum() / max(1, said.sum())
        false = (said & clean).sum() / characters * 1e4
        print(f">= {least}: recall {recall:.3f} precision {precision:.4f} clean/10k {false:.3f}")


def main() -> None:
    """Train, calibrate, report, write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path)
    options.add_argument("--model", type=Path, required=True, help="trained with --held-out")
    options.add_argument("--completions", type=Path, help="likewise; none with --plain")
    options.add_argument("--table", type=Path, help="confusion sets; by default those that ship")
    options.add_argument("--cloze", type=Path, default=cloze.SHIPPED, help="the network")
    options.add_argument(
        "--plain",
        action="store_true",
        help="for pages that read well: without completions and network",
    )
    options.add_argument("-o", "--output", type=Path, required=True)
    options.add_argument("--characters", type=int, default=6_000_000)
    options.add_argument("--trees", type=int, default=150)
    options.add_argument("--order", type=int, default=ORDER, help="n-grams up to this order only")
    options.add_argument("--flat", action="store_true", help="every confusion costs the same")
    options.add_argument("--without", default="", help="features to blind, for the ablation")
    given = options.parse_args()
    table = channel.load(given.table)
    press = Press.of(table, language.load(given.model))
    tools = Sources(
        limited(language.load(given.model), given.order),
        flat(table) if given.flat else table,
        None if given.plain else completions.load(given.completions),
        None if given.plain else cloze.load(given.cloze),
    )
    texts = list(pages(given.shared, given.characters, 1))
    if not given.plain:
        texts = list(with_clauses(texts, 5))
    cut = len(texts) * 8 // 10, len(texts) * 9 // 10
    x, y, _ = rows(texts[: cut[0]], tools, press, 2)
    cx, cy, _ = rows(texts[cut[0] : cut[1]], tools, press, 3)
    tx, ty, rates = rows(texts[cut[1] :], tools, press, 4)
    blind = [FEATURES.index(name) for name in given.without.split(",") if name]
    for data in (x, cx, tx):
        data[:, blind] = 0
    forest = HistGradientBoostingClassifier(
        max_iter=given.trees, learning_rate=0.1, max_leaf_nodes=16, min_samples_leaf=60,
        l2_regularization=1.0, random_state=1, early_stopping=False,
    ).fit(x, y)  # fmt: skip
    scale = calibrated(forest, cx, cy)
    write(forest, scale, given.output)
    print(f"train {x.shape} of which misread {y.mean():.3f}; scale {scale}")
    odds = 1 / (1 + np.exp(-(forest.decision_function(tx) * scale[0] + scale[1])))
    report(odds, ty, rates == 0, sum(map(len, texts[cut[1] :])))


if __name__ == "__main__":
    main()
