"""Train the two forests that weigh marks, on pages damaged by made-up recognisers.

usage: python training/sites.py ../shared -o fixnews/models

Pages come from a daily of February 2020 (odd days train, even days test) and from the articles of
laid-out issues whose readings report no figures. Each page is read by a recogniser of its own that
never existed: its severity, the signs that it writes for each mark, what it loses and where, its
half-width marks, blanks, line lengths and layout are drawn by lot. No real recogniser's confusions
are looked at, so that none is favoured.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import forests
import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from fixnews import language
from fixnews.layout.reading import read
from fixnews.marks.confusion import HALF, TARGETS
from fixnews.marks.evidence import Candidates
from fixnews.marks.sheets import Sheets
from fixnews.marks.sites import Marks

CLOSING, OPENING = "，。、；：？！”’）》…—", "“‘（《"
SCRIBBLES = '···***..，，、、：：；；""==-+°\'`,,;;:”“^~_<•'
QUOTES = {"“": '"”，、-*', "”": '"“，、-*', "‘": "'’“，、`", "’": "'‘”，、`"}
SMALL = "“”‘’《》"
"""Marks that some recognisers lose more often than all others."""
INNER = {"‘": "“", "’": "”"}
GHOSTS = "人和了有上二大不"
"""Characters of few strokes, as recognisers see them in the edges of a line."""
BRACKETS = "〈《【{()）》〉}，"
SEVERITIES = ((0.0, 35), (0.002, 15), (0.008, 15), (0.03, 15), (0.08, 12), (0.14, 8))
LONGEST = 2600
COLUMN_ENDS = 0.03
"""Share of lines at which a column ends, and a blank line cuts the paragraph."""

Cell = tuple[str, str | None]
"""What was read, and what was printed: nothing read is a loss, nothing printed is dust. White space
has None."""


@dataclass
class Recogniser:
    """How one made-up recogniser reads."""

    lot: random.Random
    severity: float = field(init=False)

    def __post_init__(self) -> None:
        """Draw its habits."""
        lot = self.lot
        values, weights = zip(*SEVERITIES, strict=True)
        self.severity = q = lot.choices(values, weights)[0]
        marks = max(q, lot.choice((0, 0, 0, 0.01, 0.04)))
        share = min(0.6, marks * lot.uniform(1, 6) * lot.choice((1, 1, 3)))
        self.favourite = [lot.choice("·*.,+-'\"")] if lot.random() < 0.5 else []
        self.signs = {mark: self._habit(mark, share) for mark in TARGETS}
        losing = max(q, lot.choice((0, 0, 0, 0.01, 0.04)))
        self.loss = {mark: losing * lot.choice((0.1, 0.5, 1, 2)) for mark in TARGETS}
        for mark in SMALL:
            self.loss[mark] = min(0.5, self.loss[mark] * lot.choice((1, 1, 3, 8)))
        self.single = lot.random() < 0.25
        self.loss_at_end = lot.uniform(1, 8)
        self.dust = q * lot.choice((0, 0.1, 0.3, 0.6)) * 0.15
        self.specks = lot.sample(SCRIBBLES, 4)
        self.half = {m for m in HALF.values() if lot.random() < 0.5} if lot.random() < 0.35 else ()
        self.blanks = lot.random() * 0.3 if lot.random() < 0.3 else 0.0
        self.layout = lot.choice(("blank", "indent", "flat", "both"))
        self.width = lot.randint(9, 24) if lot.random() < 0.75 else 10**6
        self.ghosts = "".join(lot.sample(GHOSTS, 2)), q * lot.choice((0, 0, 0.05, 0.15))
        self.wrong, self.drop = q * lot.uniform(0.3, 1.2), q * lot.uniform(0, 0.2)

    def _habit(self, mark: str, share: float) -> tuple[float, list[str]]:
        """How often a mark is misread, and as what."""
        lot = self.lot
        if mark in "。，、；：":
            instead = lot.sample(SCRIBBLES, lot.randint(1, 3)) + 4 * self.favourite
            return share * lot.choice((0.2, 0.5, 1, 1, 2)), instead
        share *= lot.uniform(0.05, 0.5)
        pool = QUOTES.get(mark, BRACKETS if mark in "（）《》" else SCRIBBLES)
        return share, [sign for sign in lot.sample(pool, 2) if sign != mark] or ["*"]

    def line(self, text: str, common: str) -> list[Cell]:
        """One printed line as it was read."""
        lot, cells = self.lot, []
        for n, char in enumerate(text):
            end = n == len(text) - 1
            if char in self.signs:
                cells.append((self._sign(char, end=end), char))
                if lot.random() < self.blanks and not end:
                    cells.append((" ", None))
            elif "\u3400" <= char <= "\u9fff":
                chance = lot.random()
                wrong = chance < self.drop + self.wrong
                got = "" if chance < self.drop else lot.choice(common) if wrong else char
                cells.append((got, char))
            else:
                cells.append((char, None if char.isspace() else char))
            if lot.random() < self.ghosts[1]:
                cells.append((lot.choice(self.ghosts[0]), ""))
            if lot.random() < self.dust * (3 if end or n == 0 else 1):
                cells.append((lot.choice(self.specks), ""))
        return cells

    def _sign(self, mark: str, *, end: bool) -> str:
        lot = self.lot
        share, instead = self.signs[mark]
        if self.single and mark in INNER:
            mark = INNER[mark]
        if lot.random() < self.loss[mark] * (self.loss_at_end if end else 1):
            return ""
        if lot.random() < share:
            return lot.choice(instead)
        halves = {full: half for half, full in HALF.items()}
        return halves[mark] if mark in self.half else mark

    def page(self, stories: Sequence[tuple[list[str], list[str]]]) -> list[Cell]:
        """A page of stories as it was read."""
        cells: list[Cell] = []
        for heads, paragraphs in stories:
            common = "".join(c for p in paragraphs for c in p if "\u3400" <= c <= "\u9fff") or "的"
            for head in heads:
                cells += self._lines(head, common, "\n\n")
            for paragraph in paragraphs:
                if self.layout in {"indent", "both"}:
                    cells.append(("　　", None))
                gap = self.layout in {"blank", "both"} and self.lot.random() < 0.9
                cells += self._lines(paragraph, common, "\n\n" if gap else "\n")
        return cells

    def _lines(self, text: str, common: str, behind: str) -> list[Cell]:
        cells: list[Cell] = []
        for line in wrapped(text, self.width):
            cut = self.layout != "flat" and self.lot.random() < COLUMN_ENDS
            cells += [*self.line(line, common), ("\n\n" if cut else "\n", None)]
        return [*cells[:-1], (behind, None)]


def wrapped(text: str, width: int) -> list[str]:
    """The printed lines of a paragraph, no closing mark first and no opening mark last."""
    lines, line, cells = [], "", 0.0
    for char in text:
        wide = 0.5 if _is_narrow(char) else 1.0
        if cells + wide > width and line:
            cut = len(line)
            if char in CLOSING and cut > 2:
                cut -= 1
                while cut > 1 and line[cut] in CLOSING:
                    cut -= 1
            while cut > 1 and (
                line[cut - 1] in OPENING or (wide < 1 and _is_narrow(line[cut - 1]))
            ):
                cut -= 1
            lines.append(line[:cut])
            line = line[cut:]
            cells = float(len(line))
        line += char
        cells += wide
    return [*lines, line]


def _is_narrow(char: str) -> bool:
    return char.isascii() and char.isalnum()


def daily(shared: Path, days: int) -> list[tuple[list[str], list[str]]]:
    """The stories of the daily whose day of the month is odd (1) or even (0)."""
    with lzma.open(shared / "corpus/news-dev.jsonl.xz", "rt", encoding="utf-8") as rows:
        found = [row for row in map(json.loads, rows) if int(row["date"]) % 2 == days]
    return [(row["head"], [p.strip() for p in row["paras"] if p.strip()]) for row in found]


def issues(shared: Path, reported: int = 17) -> list[tuple[list[str], list[str]]]:
    """The stories of laid-out issues, but for the odd ones among those that were read."""
    with lzma.open(shared / "ocr/issues.json.xz", "rt", encoding="utf-8") as file:
        every = [
            issue["truth"] for n, issue in enumerate(json.load(file)) if n >= reported or n % 2 == 0
        ]
    articles = [a for issue in every for a in issue["articles"] if a["source"] != "seed"]
    return [([a["title"] or "题"], [p for p in a["paragraphs"] if p]) for a in articles]


def judged(cells: list[Cell], model: language.Model) -> list[tuple[Candidates, np.ndarray]]:
    """The candidates of a page with the truth of each: misread signs, then lost marks."""
    printed: list[str | None] = []
    lost: dict[int, str] = {}
    for got, truth in cells:
        if truth is None:
            printed += [truth for c in got if not c.isspace()]
        elif got:
            printed.append(truth)
        else:
            lost.setdefault(len(printed), truth)
    survey = Marks(Sheets.of(read("".join(got for got, _ in cells))), model)
    names = [*TARGETS, ""]
    misread, gaps = survey.misread(), survey.lost()
    text = survey.seen.text
    right = [
        printed[i] == names[c] != HALF.get(text[i], text[i])
        for i, c in zip(misread.site, misread.candidate, strict=True)
    ]
    found = [lost.get(i) == names[c] for i, c in zip(gaps.site, gaps.candidate, strict=True)]
    return [(misread, np.array(right, dtype=bool)), (gaps, np.array(found, dtype=bool))]


def gather(
    stories: list[tuple[list[str], list[str]]], pages: int, seed: int, model: language.Model
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Evidence and truth of many pages, for misread and for lost marks."""
    lot = random.Random(seed)
    tables: tuple[list[tuple[np.ndarray, np.ndarray]], ...] = ([], [])
    for _ in range(pages):
        page, size = [], 0
        while size < LONGEST:
            heads, paragraphs = lot.choice(stories)
            taken = [p for n, p in enumerate(paragraphs) if sum(map(len, paragraphs[:n])) < LONGEST]
            page.append((heads, taken))
            size += sum(map(len, taken)) + 1
        for table, (found, truth) in zip(
            tables, judged(Recogniser(lot).page(page), model), strict=True
        ):
            table.append((found.rows, truth))
    return [tuple(map(np.concatenate, zip(*table, strict=True))) for table in tables]  # type: ignore[misc]


def forest() -> HistGradientBoostingClassifier:
    """What is trained for misread marks, and for lost ones."""
    return HistGradientBoostingClassifier(
        max_iter=120, max_leaf_nodes=16, learning_rate=0.12, min_samples_leaf=30,
        l2_regularization=2.0, random_state=0,
    )  # fmt: skip


def main() -> None:
    """Train, write, and print precision and recall on the pages of even days."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=2000)
    asked = parser.parse_args()
    model = language.load()
    train = gather(daily(asked.shared, 1) + issues(asked.shared), asked.pages, 5, model)
    test = gather(daily(asked.shared, 0), asked.pages // 8, 9, model)
    for name, (rows, truth), (others, answers) in zip(("marks", "lost"), train, test, strict=True):
        trees = forest().fit(rows, truth)
        scale = forests.calibrated(trees, others, answers)
        forests.write(trees, scale, asked.output / f"{name}.npz")
        odds = trees.decision_function(others) * scale[0] + scale[1]
        for least in (0, 1, 2, 3, 4):
            taken = odds >= least
            print(
                name,
                rows.shape,
                least,
                answers[taken].mean().round(4),
                answers[taken].sum() / answers.sum(),
            )


if __name__ == "__main__":
    main()
