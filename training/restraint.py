"""Train the forest that says whether a likely misreading may be put right unasked.

usage: python training/restraint.py ../shared -o fixnews/models/restraint.npz

Readings of January 1998 (``ocr/dev``, what a machine read), with and without passages of other text
between; news, journals and laws with one to three misreadings a page, and sentences with one; clean
text of fifteen kinds (``clean``), by page, by sentence, between paragraphs of news, and damaged as
a recogniser would. What is right counts once; what was right before and would be made wrong counts
more, most of all on text that no machine read. Even issues, pages and days train, odd ones report.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Levenshtein
from sklearn.ensemble import HistGradientBoostingClassifier

from fixnews import witness
from fixnews.characters import restraint
from fixnews.characters.case import Judge, judged
from fixnews.filters import Selection
from fixnews.filters.characters import EVEN
from fixnews.pipeline import repair
from fixnews.source import Source

sys.path.insert(0, str(Path(__file__).parent))
from forests import write
from misreadings import CLAUSE, Press
from witness import SENTENCE, clean

HARM, HARM_IF_TYPED = 3.0, 8.0
"""What a change counts that makes a right character wrong, on a reading and on other text."""

READINGS, NEWS, TRADITIONAL = "reading", ("daily", "journals-1990s", "laws-and-summaries"), "-hant"
RATES = (0.015, 0.06)
BUNCH, FEWEST = 4, 6
DEARER = 1.0
"""Nats by which half of the confusions on readings are made dearer: the confusion sets that ship
hold counts from these very pages."""


Origin = tuple[str, bool]
"""Where a text is from, and whether it reports."""


@dataclass(frozen=True)
class Page:
    """A page as it is judged: its text, what it was read from, what was printed where."""

    source: str
    odd: bool
    text: str
    read: str
    printed: dict[int, str]
    whole: bool = True


def readings(shared: Path) -> Iterator[Page]:
    """The readings with their marks repaired, and what was printed at each place."""
    left_alone = Selection(ignore=("OCR101", "OCR102"))
    with lzma.open(shared / "ocr/dev.json.xz", "rt", encoding="utf-8") as file:
        rows = [row for row in json.load(file) if row["engine"].endswith("cols")]
    for row in rows:
        text = repair([Source("", row["ocr"])], selection=left_alone).texts[0]
        odd = int(row["id"].split("/")[0].removeprefix("dev-")) % 2 == 1
        source = f"{READINGS} {row['engine']} {row['severity']}"
        yield Page(source, odd, text, row["ocr"], aligned(text, row["truth"]))


def aligned(text: str, truth: str) -> dict[int, str]:
    """What was printed at each character of a text, where that is known."""
    at = [n for n, character in enumerate(text) if not character.isspace()]
    left, right = "".join(text.split()), "".join(truth.split())
    found: dict[int, str] = {}
    for step in Levenshtein.opcodes(left, right):
        size = step.src_end - step.src_start
        if step.tag != "delete" and size == step.dest_end - step.dest_start:
            found |= {at[step.src_start + n]: right[step.dest_start + n] for n in range(size)}
    return found


def sentences(page: str) -> list[str]:
    """The sentences of a page that are long enough to be one."""
    return [one.strip() for one in SENTENCE.findall(page) if len(one.strip()) >= FEWEST]


def misread(text: str, count: int, press: Press, lot: random.Random) -> tuple[str, dict[int, str]]:
    """A text with so many characters misread, and what stood there."""
    places = [n for n, character in enumerate(text) if character in press.reads]
    chosen = lot.sample(places, min(count, len(places)))
    printed = {n: text[n] for n in chosen}
    read = {n: press.read(text[n], lot) for n in chosen}
    return "".join(read.get(n, character) for n, character in enumerate(text)), printed


def pages(shared: Path, press: Press) -> Iterator[Page]:
    """All that is judged, in an order of no meaning."""
    lot = random.Random(4)
    texts = [row for row in clean(shared) if not row[0].endswith(TRADITIONAL)]
    news = [row for row in texts if row[0] in NEWS]
    others = [row for row in texts if row[0] not in NEWS]
    foreign = {odd: [s for _, o, t in others if o == odd for s in sentences(t)] for odd in (0, 1)}
    for source, odd, text in news:
        yield from of_news((source, odd), text, press, lot)
    for source, odd, text in others:
        yield Page(source, odd, text, text, {})
        found = sentences(text)
        yield from (Page(source, odd, one, one, {}, whole=False) for one in found)
        yield from alone((f"misread {source}", odd), found, press, lot)
        yield from (between((source, odd), found[n : n + BUNCH], lot.choice(news)[2], lot)
                    for n in range(0, len(found), BUNCH))  # fmt: skip
        read, printed = press.misread(text, lot.uniform(*RATES), lot)
        yield Page(f"damaged {source}", odd, read, read, printed)
    for page in readings(shared):
        yield page
        yield inserted(page, lot.sample(foreign[page.odd], 8), lot)
        for one in lot.sample(sentences(page.text), 4):
            at = page.text.index(one)
            printed = {n - at: c for n, c in page.printed.items() if at <= n < at + len(one)}
            yield Page(page.source, page.odd, one, one, printed, whole=False)


def of_news(origin: Origin, text: str, press: Press, lot: random.Random) -> Iterator[Page]:
    """A page of news, clean and misread, and a few of its sentences misread."""
    yield Page(*origin, text, text, {})
    for begin in range(0, len(text), 700):
        read, printed = misread(text[begin : begin + 700], lot.randint(1, 2), press, lot)
        yield Page(*origin, read, read, printed)
    found = sentences(text)
    yield from alone(origin, lot.sample(found, min(12, len(found))), press, lot)
    found = CLAUSE.findall(text)
    yield from alone(origin, lot.sample(found, min(12, len(found))), press, lot)


def alone(origin: Origin, found: list[str], press: Press, lot: random.Random) -> Iterator[Page]:
    """Sentences with one character misread, each a page."""
    for one in found:
        read, printed = misread(one, 1, press, lot)
        yield Page(*origin, read, read, printed, whole=False)


def between(origin: Origin, found: list[str], news: str, lot: random.Random) -> Page:
    """Sentences of another kind between paragraphs of news."""
    lines = [line for line in news.split("\n") if line.strip()][:8]
    for one in found:
        lines.insert(lot.randrange(len(lines) + 1), one)
    text = "\n".join(lines)
    return Page(f"between {origin[0]}", origin[1], text, text, {})


def inserted(page: Page, found: list[str], lot: random.Random) -> Page:
    """A reading with sentences of another kind between its lines."""
    text, printed = page.text, page.printed
    for one in found:
        ends = [m.end() for m in re.finditer("\n", text)] or [len(text)]
        at, size = lot.choice(ends), len(one) + 1
        text = f"{text[:at]}{one}\n{text[at:]}"
        printed = {n if n < at else n + size: c for n, c in printed.items()}
        printed |= {at + n: c for n, c in enumerate(one)}
    return Page(f"inserted {page.source}", page.odd, text, page.read, printed)


def rows(
    found: Iterator[Page], judge: Judge
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, list[str]]:
    """Evidence, whether the change is right, what it counts, whether it reports, its source."""
    lot, counted = random.Random(9), Counter[tuple[str, bool]]()
    x, right, counts, odd, source = [], [], [], [], []
    cost = restraint.FEATURES.index("cost")
    for page in found:
        machine = max(witness.of(page.read).odds, witness.of(page.text).odds)
        case = judged(page.text, judge)
        if case is None or not (keep := case.odds >= EVEN).any():
            continue
        evidence = restraint.if_read(case.evidence(keep), machine)
        reading = page.source.startswith((READINGS, "inserted", "damaged"))
        for row, at, printed in zip(evidence, case.found.at[keep].tolist(),
                                    case.found.printed[keep].tolist(), strict=True):  # fmt: skip
            truth = page.printed.get(at, "" if reading else page.text[at])
            if page.source.startswith("damaged"):
                truth = page.printed.get(at, page.text[at])
            good, harm = truth == chr(printed), truth == page.text[at]
            if good and reading and lot.random() < 0.5:
                row[cost] += DEARER
            x.append(row)
            right.append(good)
            counts.append((HARM if reading else HARM_IF_TYPED) if harm else 1.0)
            odd.append(page.odd)
            source.append(f"{page.source} {'page' if page.whole else 'sentence'}")
        counted[page.source, page.odd] += len(page.text)
    print({f"{name} {o}": size for (name, o), size in counted.items()}, file=sys.stderr)
    return np.array(x), np.array(right), np.array(counts), np.array(odd), source


def report(odds: np.ndarray, base: np.ndarray, right: np.ndarray, counts: np.ndarray,
           source: list[str]) -> None:  # fmt: skip
    """Right and harmful changes by source and threshold."""
    for name in sorted(set(source)):
        mine = np.array([one == name for one in source])
        shown = [f"{int((mine & right & (odds >= t)).sum()):5}"
                 f"/{int((mine & (counts > 1) & (odds >= t)).sum()):<3}"
                 for t in (0, 1, 2, 2.5, 3, 3.5, 4, 5)]  # fmt: skip
        before = [(mine & kind & (base >= 0.92)).sum() for kind in (right, counts > 1)]
        print(f"{name:45}{before[0]:5}/{before[1]:<4} {' '.join(shown)}")


def main() -> None:
    """Judge, train, report, write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path)
    options.add_argument("-o", "--output", type=Path, required=True)
    options.add_argument("--rows", type=Path, help="keep the evidence here, or take it from here")
    options.add_argument("--trees", type=int, default=150)
    given = options.parse_args()
    if given.rows and given.rows.is_file():
        with np.load(given.rows) as file:
            x, right, counts, odd = (file[name] for name in ("x", "right", "counts", "odd"))
            source = file["source"].tolist()
    else:
        judge = Judge.shipped()
        press = Press.of(judge.sources.channel, judge.sources.model)
        x, right, counts, odd, source = rows(pages(given.shared, press), judge)
        if given.rows:
            np.savez_compressed(
                given.rows, x=x, right=right, counts=counts, odd=odd, source=np.array(source)
            )
    monotone = np.zeros(x.shape[1], dtype=int)
    for names, sign in ((restraint.RISING, 1), (restraint.FALLING, -1)):
        monotone[[restraint.FEATURES.index(name) for name in names]] = sign
    forest = HistGradientBoostingClassifier(
        max_iter=given.trees, learning_rate=0.08, max_leaf_nodes=8, min_samples_leaf=40,
        l2_regularization=3.0, monotonic_cst=monotone, random_state=1, early_stopping=False,
    ).fit(x[~odd], right[~odd], sample_weight=counts[~odd])  # fmt: skip
    write(forest, (1.0, 0.0), given.output)
    base = 1 / (1 + np.exp(-x[odd, 0]))
    kept = [name for name, is_odd in zip(source, odd, strict=True) if is_odd]
    report(forest.decision_function(x[odd]), base, right[odd], counts[odd], kept)


if __name__ == "__main__":
    main()
