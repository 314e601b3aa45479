"""What two kinds of evidence for a jump are worth, on cuts whose truth is known.

usage: python scripts/score_evidence.py ../shared

seams     the nats at true cuts inside sentences (pages, seedstyle, OCR by column at severity 1 and
          2), and at six wrong pairs for each: quantiles, and how well they are told apart
letters   the nats that last words before a cut cost, one to three characters of a daily of February
          2020, and what the same number of letters cost that recognisers made of arrows: the shares
          that `fixnews.jumps.arrows` takes for arrows
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np
from score_jumps import Case, laid_out, made_pages, read_by_ocr

from fixnews import language
from fixnews.jumps.arrows import CONTEXT, EACH, UNREADABLE
from fixnews.jumps.matching import PLACES, USUAL
from fixnews.jumps.printed_lines import ends_sentence

WRONG = 6
SHOWN = (1, 2, 5, 10, 25, 50, 75, 90, 95, 98, 99)
ARROWS = (
    "站", "伯", "估", "帮", "十", "|", "P", "和", "才", "攻", "大", "乙", "书",
    "攻本", "大帮", "十如", "本二", "梧才", "4.", "}}", "一一", "人人", "二二", "加册", "PP",
    "广广", "关下", "p>", "了估耻", "_因关", "j>拓",
)  # fmt: skip
"""Letters that recognisers made of arrows, from the readings of 23 markers."""


def bare(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())


def cuts(shared: Path) -> Iterator[tuple[str, str, str]]:
    """The end of each head that is torn, the start of its tail, and the head's page."""
    readings = read_by_ocr(shared, ("s1", "s2"))
    by_column = (case for case in readings if "_cols" in case.name)
    for case in (*made_pages(shared), *laid_out(shared, "seedstyle"), *by_column):
        yield from torn(case)


def torn(case: Case) -> Iterator[tuple[str, str, str]]:
    """The cuts of one case that are inside a sentence."""
    for link in case.links:
        page, other = case.texts[link.head[0]], case.texts[link.tail[0]]
        left, right = bare(page[: link.head[1] + 1]), bare(other[link.tail[1] : link.end])
        if not ends_sentence(left):
            yield left[-CONTEXT:], right[:CONTEXT], bare(page)


def gain(left: str, right: str, page: str, chance: random.Random) -> float:
    """Nats by which a tail fits better behind a head than behind the usual place of the page."""
    at = [chance.randrange(CONTEXT, len(page)) for _ in range(PLACES)]
    pairs = [(left, right), *((page[n - CONTEXT : n], right) for n in at)]
    found = language.load().seams(pairs)[:, 0].astype(float)
    return float(found[0] - np.quantile(found[1:], USUAL))


def seams(shared: Path) -> None:
    """Print the nats of true and of wrong pairs."""
    chance = random.Random(1)
    rows = list(cuts(shared))
    true = [gain(left, right, page, chance) for left, right, page in rows]
    wrong = [
        gain(left, right, page, chance)
        for _, right, page in rows
        for left, own, _ in chance.sample(rows, WRONG)
        if own != right
    ]
    better = np.mean([float(a > b) for a, b in product(true, wrong)])
    print(f"{len(true)} true, {len(wrong)} wrong seams; told apart {better:.3f}")
    print("quantile", *(f"{q:6}" for q in SHOWN))
    for name, values in (("true", true), ("wrong", wrong)):
        print(f"{name:8}", *(f"{x:6.1f}" for x in np.percentile(values, SHOWN)))


def letters(shared: Path) -> None:
    """Print the shares of last words, and of letters made of arrows, that count as arrows."""
    chance = random.Random(3)
    with lzma.open(shared / "corpus/news-dev.jsonl.xz", "rt", encoding="utf-8") as rows:
        told = ["".join(json.loads(row)["paras"]) for row in rows]
    texts = [text for text in told if len(text) > 300]
    for size in (1, 2, 3):
        words, arrows = [], []
        for _ in range(4000):
            text = chance.choice(texts)
            at = chance.randrange(30, len(text) - 30)
            if text[at - size : at].isalnum():
                words.append(cost(text[: at - size], text[at - size : at], text[at:]))
                made = chance.choice([x for x in ARROWS if len(x) == size])
                arrows.append(cost(text[:at], made, text[at:]))
        least = UNREADABLE + EACH * size
        shares = (float(np.mean([x >= least for x in row])) for row in (words, arrows))
        print(f"{size} letters, {len(words)} places: words {next(shares):.4f}, ", end="")
        print(f"arrows {next(shares):.4f}")


def cost(left: str, inside: str, right: str) -> float:
    """The nats that letters between two passages cost."""
    left, right = left[-CONTEXT:], right[: language.SIGHT]
    score = language.load().score
    joined, parted = score(left + right), score(left + inside + right)
    return float(joined[len(left) :].sum() - parted[len(left) :].sum())


def main() -> None:
    """Print both tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path)
    shared = options.parse_args().shared
    seams(shared)
    letters(shared)


if __name__ == "__main__":
    main()
