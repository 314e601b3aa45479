"""Train the weights that tell how lines begin and end, from clean news.

usage: python training/edges.py ../shared -o fixnews/models/edges.npz

Only lines are used that the pages of `seams.py` are not made of (`language_model.seen`). A
paragraph is cut in two at random: what a cut leaves are fragments, what the corpus holds are
openings, and its lines without a stop are headlines. One line in four is misread as recognisers do
it. Of the runs of 4,000 lines every tenth tells the figures printed here.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from language_model import EVERY, seen, simplified_news, traditional_news
from made_pages import CLOSING, confusions, noisy
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from fixnews import language
from fixnews.layout.edges import (
    ACROSS,
    EDGE,
    ENDS,
    OPENS,
    SLOTS,
    TITLE,
    TITLE_ENDS,
    TITLES,
    Question,
    beside,
    heads_of,
    slots_of,
    tails_of,
)

NOISE = (0, 0, 0, 0.03)
HEADLINE = 32
"""Characters below which a line without a stop is taken for a headline, as in `made_pages`."""

STRANGER = 0.2
"""Share of the seams between two texts whose left side is a sentence that was torn off."""

Sample = tuple[str, str, bool]
"""A line, the one behind it where that counts, and the answer."""


def is_headline(line: str) -> bool:
    """Whether a line of the corpus is a headline by its looks."""
    return len(line) < HEADLINE and line[-1] not in "。！？”：；，、"


def phrases(line: str) -> list[str]:
    """The phrases of a headline, which are often set as lines of their own."""
    return [part for part in line.replace("　", " ").split() if len(part) > 3]


def cut(line: str, chance: random.Random) -> int:
    """A place inside a paragraph where no mark begins the second half."""
    for _ in range(8 if len(line) > 20 else 0):
        at = chance.randint(3, len(line) - 3)
        if line[at] not in CLOSING and line[at - 1] not in "“（《「。！？":
            return at
    return 0


def opening(line: str, behind: str, chance: random.Random) -> Iterator[Sample]:
    """Does a paragraph begin here?"""
    del behind
    yield line, "", True
    if at := cut(line, chance):
        yield line[at:], "", False


def ending(line: str, behind: str, chance: random.Random) -> Iterator[Sample]:
    """Is this line, which has no stop, finished?"""
    del behind
    if is_headline(line):
        yield from ((part, "", True) for part in phrases(line))
    elif chance.random() < 0.3 and (at := cut(line, chance)):
        yield line[:at], "", False


def title(line: str, behind: str, chance: random.Random) -> Iterator[Sample]:
    """Is this short line a headline?"""
    del behind
    if is_headline(line):
        yield from ((part, "", True) for part in (line, *phrases(line)))
    elif chance.random() < 0.6 and (at := cut(line, chance)):
        size = min(chance.randint(4, 26), at)
        piece = line[:size] if chance.random() < 0.5 else line[at - size : at]
        if "。" not in piece and piece[-1] not in "，、；：":
            yield piece, "", False


def meeting(line: str, behind: str, chance: random.Random) -> Iterator[Sample]:
    """Do two texts meet here?"""
    at = cut(line, chance)
    if is_headline(line):
        parts = phrases(line)
        yield from ((left, right, True) for left, right in pairwise([*parts, behind]))
    elif at and chance.random() < STRANGER:
        yield line[:at], behind, True
    elif at:
        yield line[:at], line[at:], False


MAKERS: dict[Question, Callable[[str, str, random.Random], Iterator[Sample]]] = {
    OPENS: opening, ENDS: ending, TITLES: title, ACROSS: meeting,
}  # fmt: skip


def rows_of(made: Sequence[Sample], alphabet: Any) -> dict[Question, Any]:
    """What each question looks at, for lines and those behind them."""
    lines = [line for line, _, _ in made]
    heads, tails = heads_of(lines, TITLE, alphabet), tails_of(lines, TITLE, alphabet)
    return {
        OPENS: heads[:, :EDGE], ENDS: tails[:, :EDGE], TITLES: heads, TITLE_ENDS: tails,
        ACROSS: beside([(line, behind) for line, behind, _ in made], alphabet),
    }  # fmt: skip


def samples(
    maker: Callable[[str, str, random.Random], Iterator[Sample]],
    lines: Sequence[str], chance: random.Random, table: dict[str, str], most: int,
) -> list[Sample]:  # fmt: skip
    """Lines and their truth, as many of either kind, some of them misread."""
    made = [s for line, behind in pairwise(lines) for s in maker(line, behind, chance)]
    chance.shuffle(made)
    kinds = [[s for s in made if s[2] is truth][:most] for truth in (False, True)]
    return [
        (noisy(line, rate, table, chance), noisy(behind[:20], rate, table, chance), yes)
        for kind in kinds
        for line, behind, yes in kind
        for rate in [chance.choice(NOISE)]
    ]


def matrix(
    questions: Sequence[Question], made: Sequence[Sample], model: language.Model
) -> csr_matrix:
    """A row a sample with a one at each of its slots; one question's slots behind the other's."""
    rows = rows_of(made, model.table)
    found, columns = [], []
    for n, question in enumerate(questions):
        for slots, counts in slots_of(question, rows[question]):
            found.append(np.nonzero(counts)[0])
            columns.append(slots[counts] + (n << SLOTS))
    where = np.concatenate(found), np.concatenate(columns)
    ones = np.ones(len(where[0]), np.float32)
    return csr_matrix((ones, where), shape=(len(made), len(questions) << SLOTS))


def trained(
    question: Question,
    parts: dict[str, list[str]],
    given: argparse.Namespace,
    model: language.Model,
) -> list[np.ndarray]:
    """The weights of one question; that of headlines has two tables."""
    table = confusions(given.shared / "ocr/confusions.tsv")
    chance = random.Random(question.name)
    both = [question, TITLE_ENDS] if question is TITLES else [question]
    data = {}
    for part, most in (("train", given.most), ("test", given.most // 10)):
        made = samples(MAKERS[question], parts[part], chance, table, most)
        data[part] = matrix(both, made, model), np.array([s[2] for s in made])
    x, y = data["train"]
    fit = LogisticRegression(C=given.strength, max_iter=80).fit(x, y)
    tx, ty = data["test"]
    score = fit.decision_function(tx)
    right, auc = ((score > 0) == ty).mean(), roc_auc_score(ty, score)
    print(f"{question.name}: {len(y)} trained; {len(ty)} others: AUC {auc:.4f}, right {right:.4f}")
    return list(fit.coef_[0].reshape(len(both), -1))


def main() -> None:
    """Train, report, write as bytes with a scale for each table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path)
    options.add_argument("-o", "--output", type=Path, required=True)
    options.add_argument("--most", type=int, default=400_000, help="samples of either kind")
    options.add_argument("--strength", type=float, default=0.3, help="C of the regression")
    given = options.parse_args()
    model = language.load()
    lines = [*seen(simplified_news(given.shared)), *seen(traditional_news(given.shared))]
    lines = [line.strip() for line in lines]
    split = {
        "train": [s for n, s in enumerate(lines) if len(s) > 3 and n // EVERY % 10],
        "test": [s for n, s in enumerate(lines) if len(s) > 3 and not n // EVERY % 10],
    }
    weights = np.array([w for question in MAKERS for w in trained(question, split, given, model)])
    scale = np.abs(weights).max(axis=1) / 127
    whole = np.round(weights / scale[:, None]).astype(np.int8)
    np.savez_compressed(given.output, weights=whole, scale=scale)


if __name__ == "__main__":
    main()
