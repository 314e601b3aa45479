"""What each kind of evidence is worth for marks: forests trained and asked without it.

usage: python training/ablate_marks.py ../shared [--pages 1500]

Every forest is trained on the same made-up pages with the columns of one kind set to nothing, and
asked about real readings of January 1998 by column, odd issues only, at the thresholds that ship.
*Right* is the mark that was printed, *wrong* a change of what had been right or an insertion where
nothing was missing; what is neither put one wrong sign in the place of another. *Clean* are changes
of pages of February 2020 (even days), where every change is wrong. The language model still chooses
the places that are asked about; the length of a line has a part in the habits as well, and is taken
out there, too.
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import forests
import numpy as np
import sites
from rapidfuzz.distance import Levenshtein

from fixnews import language
from fixnews.filters.marks import sure
from fixnews.layout.reading import read
from fixnews.marks import surroundings
from fixnews.marks.confusion import HALF, TARGETS
from fixnews.marks.evidence import FEATURES, Candidates
from fixnews.marks.sheets import Sheets
from fixnews.marks.sites import Marks

KINDS = {
    "nothing": (),
    "the network": tuple(name for name in FEATURES if name.startswith("pointed")),
    "the language model": ("gain", "lead", "fit", "posterior", "habit", "surprise", "wonder",
                           "local", "noise"),
    "the page's habits": ("posterior", "habit", "pointed_posterior", "pointed_habit", "same", "odd",
                          "half_share"),
    "marks around": ("since_stop", "since_mark", "until_mark", "next_mark", "prev_mark", "open",
                     "torn", "prose"),
}  # fmt: skip
LINE = ("line", "short", "even", "kinsoku")
NO_FOREST = "the forest"
"""Its place is taken by what the page's habits make of the network's chances."""

WIDE = str.maketrans(HALF)


class Asked(NamedTuple):
    """The candidates of one page with what a change would come to."""

    where: str
    name: str
    text: str
    found: Candidates
    right: list[bool]
    wrong: list[bool]


def printed(truth: str, text: str) -> tuple[list[str], dict[int, str]]:
    """What was printed for each character of a reading, and what was lost before it."""
    chars, lost = [""] * len(text), defaultdict(str)
    for op in Levenshtein.opcodes(truth.translate(WIDE), text.translate(WIDE)):
        size = min(op.src_end - op.src_start, op.dest_end - op.dest_start)
        for k in range(size if op.tag in {"equal", "replace"} else 0):
            chars[op.dest_start + k] = truth[op.src_start + k].translate(WIDE)
        if op.src_end - op.src_start > size:
            lost[op.dest_end] += truth[op.src_start + size : op.src_end]
    return chars, lost


def asked(where: str, page: str, truth: str, model: language.Model) -> Iterator[Asked]:
    """The candidates of a page, misread marks and lost ones."""
    survey = Marks(Sheets.of(read(page)), model)
    text = survey.seen.text
    chars, lost = printed("".join(truth.split()), text)
    names = [*TARGETS, ""]
    found = survey.misread()
    pairs = list(zip(found.site.tolist(), map(names.__getitem__, found.candidate), strict=True))
    right = [chars[at] == mark for at, mark in pairs]
    wrong = [chars[at] == text[at].translate(WIDE) for at, _ in pairs]
    yield Asked(where, "marks", text, found, right, wrong)
    found = survey.lost()
    pairs = list(zip(found.site.tolist(), map(names.__getitem__, found.candidate), strict=True))
    right = [mark in lost.get(at, "") for at, mark in pairs]
    yield Asked(where, "lost", text, found, right, [not lost.get(at) for at, _ in pairs])


def pages(shared: Path) -> Iterator[tuple[str, str, str]]:
    """Real readings of odd issues, and clean pages of even days."""
    with lzma.open(shared / "ocr/dev.json.xz", "rt", encoding="utf-8") as file:
        for row in json.load(file):
            if int(row["id"][4:7]) % 2 and row["engine"].endswith("cols"):
                yield row["engine"].split("_")[0], row["ocr"], row["truth"]
    daily: dict[str, str] = defaultdict(str)
    with lzma.open(shared / "corpus/news-dev.jsonl.xz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if int(row["date"]) % 2 == 0:
                daily[row["date"] + row["page"]] += "\n".join([*row["head"], *row["paras"], ""])
    yield from (("clean", page, page) for page in daily.values())


def score(every: list[Asked], weigh: Callable[[str, np.ndarray], np.ndarray]) -> Counter[str]:
    """What is put right and made wrong where the likeliest candidate is sure."""
    count: Counter[str] = Counter()
    for one in every:
        if not len(one.found.site):
            continue
        chance = weigh(one.name, one.found.rows)
        order = np.lexsort((-chance, one.found.site))
        best = order[np.r_[True, np.diff(one.found.site[order]) > 0]]
        least = sure(one.found, one.text, lost=one.name == "lost")
        taken = best[chance[best] >= least[best]]
        count[f"{one.where} right"] += int(np.sum(np.array(one.right)[taken]))
        count[f"{one.where} wrong"] += int(np.sum(np.array(one.wrong)[taken]))
        count[f"{one.where} changed"] += len(taken)
    return count


def main() -> None:
    """Print a row for each kind of evidence."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--pages", type=int, default=1500)
    chosen = parser.parse_args()
    model = language.load()
    data = gathered(chosen.shared, chosen.pages, model)
    for kind, columns in KINDS.items():
        print(f"without {kind:20}", row(data, columns))
    column = FEATURES.index("pointed_posterior")
    print(f"without {NO_FOREST:20}",
          dict(score(data.every, lambda _, rows: 1 / (1 + np.exp(-rows[:, column])))))  # fmt: skip
    surroundings.LINE_OF_STOP = surroundings.LINE_OF_OTHER = (0.0,) * 8
    blind = gathered(chosen.shared, chosen.pages, model)
    print(f"without {'the line':20}", row(blind, LINE))


class Data(NamedTuple):
    """Made-up pages to train and to calibrate on, and the candidates of real ones."""

    train: list[tuple[np.ndarray, np.ndarray]]
    others: list[tuple[np.ndarray, np.ndarray]]
    every: list[Asked]


def gathered(shared: Path, size: int, model: language.Model) -> Data:
    """All that a row of the table needs."""
    stories = sites.daily(shared, 1) + sites.issues(shared)
    train = sites.gather(stories, size, 5, model)
    others = sites.gather(sites.daily(shared, 0), size // 8, 9, model)
    return Data(train, others, [one for page in pages(shared) for one in asked(*page, model)])


def row(data: Data, columns: tuple[str, ...]) -> dict[str, int]:
    """What forests put right and make wrong that never saw some columns."""
    off = [FEATURES.index(name) for name in columns]
    made = {
        name: trained(rows, others, off)
        for name, rows, others in zip(("marks", "lost"), data.train, data.others, strict=True)
    }
    return dict(score(data.every, lambda name, rows: made[name](rows)))


def trained(
    rows: tuple[np.ndarray, np.ndarray], others: tuple[np.ndarray, np.ndarray], off: list[int]
) -> Callable[[np.ndarray], np.ndarray]:
    """A forest that never saw some columns, as a function from rows to probabilities."""

    def blind(table: np.ndarray) -> np.ndarray:
        seen = table.copy()
        seen[:, off] = 0
        return seen

    forest = sites.forest().fit(blind(rows[0]), rows[1])
    stretch, shift = forests.calibrated(forest, blind(others[0]), others[1])
    return lambda table: np.asarray(
        1 / (1 + np.exp(-(forest.decision_function(blind(table)) * stretch + shift)))
    )


if __name__ == "__main__":
    main()
