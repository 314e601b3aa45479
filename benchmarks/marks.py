"""Marks, spaces and digits on real readings: what is cut, what is broken, how fast.

usage: python benchmarks/marks.py [../shared] [--left]

Readings of January 1998 by two engines, those of odd issues only: thresholds were set on the even
ones. CER counts every character but white space, widths included. ``introduced`` are characters
that were right before, widths made one. Clean text is the news of ``clean_news`` and the pages of
even days of February 2020: every change of anything but a width is false. With ``--left`` it says
what is wrong before and after the whole chain, on all issues, by what was printed and what was
read: H Han, P mark, D digit, L letter, - nothing.
"""

from __future__ import annotations

import json
import lzma
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path
from typing import Any
from unicodedata import category

from rapidfuzz.distance import Levenshtein

import fixnews
from fixnews.filters import Selection

KINDS = {"Lo": "H", "Nd": "D", "Lu": "L", "Ll": "L"}
STEPS = (
    ("widths and pieces", ("PUN1",)),
    ("and brackets, strokes, digits, spaces", ("PUN1", "PUN204", "PUN205", "OCR2", "SPC")),
    ("and misread, lost and stray marks", ("PUN", "OCR2", "SPC")),
)
WIDE = str.maketrans(
    {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）", "．": "."}
    | dict.fromkeys("\"“", "”") | dict.fromkeys("'‘", "’")
    | {chr(c): chr(c - 0xFEE0) for c in range(0xFF10, 0xFF5B) if chr(c).isalnum()}
)  # fmt: skip


def bare(text: str) -> str:
    return "".join(c for c in text if not c.isspace() and c not in "\u200b\ufeff")


def wrong(truth: str, got: str) -> set[int]:
    ops = Levenshtein.opcodes(truth, got)
    return {
        i for op in ops if op.tag in {"replace", "delete"} for i in range(op.src_start, op.src_end)
    }


def loaded(path: Path) -> Any:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        return json.load(file)


def readings(shared: Path) -> None:
    rows = [r for r in loaded(shared / "ocr/dev.json.xz") if int(r["id"][4:7]) % 2]
    for name, rules in STEPS:
        table: dict[str, Counter[str]] = defaultdict(Counter)
        for row in rows:
            after = fixnews.fix(row["ocr"], selection=Selection(select=rules)).text
            count = table[f"{row['engine']} {row['severity']}"]
            truth, before, now = bare(row["truth"]), bare(row["ocr"]), bare(after)
            count["before"] += Levenshtein.distance(truth, before)
            count["after"] += Levenshtein.distance(truth, now)
            truth, before, now = (text.translate(WIDE) for text in (truth, before, now))
            old, new = wrong(truth, before), wrong(truth, now)
            count["repaired"] += len(old - new)
            count["introduced"] += len(new - old)
        print(f"\n{name}")
        for key, c in sorted(table.items()):
            cut = 1 - c["after"] / c["before"]
            figures = f"repaired {c['repaired']:4}  introduced {c['introduced']}"
            print(f"{key:14}{cut:7.1%} of {c['before']:5}  {figures}")


def clean(name: str, pages: Iterable[str]) -> None:
    size = false = changed = characters = 0
    codes: Counter[str] = Counter()
    seconds = time.process_time()
    for page in pages:
        result = fixnews.fix(page, selection=Selection(select=STEPS[-1][1]))
        made = [c for c in result.corrections if c.applied]
        made = [c for c in made if bare(c.before).translate(WIDE) != bare(c.after).translate(WIDE)]
        codes.update(c.code for c in made)
        false, changed = false + len(made), changed + bool(made)
        size, characters = size + len(page.encode()), characters + len(bare(page))
    speed = size / 1e6 / (time.process_time() - seconds)
    print(f"{name}: {false / characters * 1e4:.3f} false changes in 10,000 characters, {changed}"
          f" pages or sentences changed, {dict(codes)}, {speed:.2f} MB/s")  # fmt: skip


def kinds(truth: str, got: str) -> Counter[str]:
    """How often what kind of character was read for what kind; ``width`` where both are one."""
    found: Counter[str] = Counter()
    for op in Levenshtein.opcodes(truth, got):
        if op.tag == "equal":
            continue
        printed, read = truth[op.src_start : op.src_end], got[op.dest_start : op.dest_end]
        for pair in zip_longest(printed, read, fillvalue=""):
            one, other = (c.translate(WIDE) for c in pair)
            names = (KINDS.get(category(c), "P") if c else "-" for c in pair)
            found["width" if one == other else " > ".join(names)] += 1
    return found


def left(shared: Path) -> None:
    table: dict[str, list[Counter[str]]] = defaultdict(lambda: [Counter(), Counter()])
    for row in loaded(shared / "ocr/dev.json.xz"):
        if row["engine"].endswith("cols"):
            before, after = table[f"{row['engine']} {row['severity']}"]
            before.update(kinds(bare(row["truth"]), bare(row["ocr"])))
            after.update(kinds(bare(row["truth"]), bare(fixnews.fix(row["ocr"]).text)))
    for key, (before, after) in sorted(table.items()):
        rows = (f"{kind} {n} to {after[kind]}" for kind, n in before.most_common(12))
        print(f"{key:14}{', '.join(rows)}")


def daily(shared: Path, parity: int) -> list[tuple[str, str]]:
    """The pages of even (0) or odd (1) days of February 2020, each with its name."""
    pages: dict[str, str] = defaultdict(str)
    with lzma.open(shared / "corpus/news-dev.jsonl.xz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if int(row["date"]) % 2 == parity:
                pages[row["date"] + row["page"]] += "\n".join([*row["head"], *row["paras"], ""])
    return list(pages.items())


def main() -> None:
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")
    if not shared.is_dir():
        sys.exit(f"{shared}: the reference pages are not at hand; name their folder")
    if "--left" in sys.argv:
        left(shared)
        return
    readings(shared)
    print()
    clean(
        "clean news, a sentence each", (row[0] for row in loaded(shared / "csc/clean_news.json.xz"))
    )
    clean("February 2020, a page each", (page for _, page in daily(shared, 0)))


if __name__ == "__main__":
    main()
