"""What the measure of a column tells (OCR3, PUN207): what is right and wrong of it, and how fast.

usage: python benchmarks/measure.py ../shared

Readings of January 1998: each change alone, by engine, severity and issue (thresholds were set on
even issues), is right if the page is nearer to print with it. February 2020 is set in columns of 9
to 34 characters, with hanging or carried marks and numbers that are cut or not: every change is
false. Then a recogniser is made up for each page that drops three in ten of its rare characters.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from marks import bare, daily, loaded
from rapidfuzz.distance import Levenshtein

import fixnews
from fixnews.changes import Edit
from fixnews.characters.unread import RARE
from fixnews.encoding import frequency
from fixnews.filters import Context, Selection, line_lengths

MARKS = Selection(select=("PUN1", "PUN20", "OCR2", "SPC"), ignore=("PUN207",))
CLOSING, OPENING = "，。、；：？！”’）》", "“‘（《"
UNKNOWN = 0.3


def verdicts(page: str, truth: str) -> Counter[tuple[str, str, str]]:
    """How many of the changes of a page are right, wrong, or neither, by code and safety."""
    found: Counter[tuple[str, str, str]] = Counter()
    before = Levenshtein.distance(bare(truth), bare(page))
    for edit in proposed(page):
        after = page[: edit.start] + edit.new + page[edit.end :]
        gain = before - Levenshtein.distance(bare(truth), bare(after))
        told = "right" if gain > 0 else "wrong" if gain < 0 else "neither"
        found[edit.code, edit.safety, told] += 1
    return found


def proposed(page: str) -> Iterable[Edit]:
    return line_lengths.propose(page, Context())


def columns(page: str, chance: random.Random) -> str:
    """The paragraphs of a page in the lines of one column."""
    width, hangs, cuts = chance.randint(9, 34), chance.random() < 0.4, chance.random() < 0.3
    lines: list[str] = []
    for paragraph in page.split("\n"):
        lines += set_in(paragraph, width, hangs=hangs, cuts=cuts)
    return "\n".join(lines)


def set_in(text: str, width: int, *, hangs: bool, cuts: bool) -> Iterator[str]:
    """The lines of a paragraph; no mark begins one, and no number is cut unless all may be."""
    while cells(text) > width:
        end = next(n for n in range(1, len(text) + 1) if cells(text[:n]) > width) - 1
        if text[end] in CLOSING and hangs:
            end += 1
        while 1 < end < len(text) and is_one(text, end, cuts=cuts):
            end -= 1
        yield text[:end]
        text = text[end:]
    yield text


def is_one(text: str, at: int, *, cuts: bool) -> bool:
    """Whether a line may not end before a place."""
    number = not cuts and text[at - 1].isascii() and text[at].isascii()
    return number or text[at] in CLOSING or text[at - 1] in OPENING


def cells(text: str) -> float:
    return sum(0.5 if c.isascii() and c.isalnum() else 1.0 for c in text)


def readings(shared: Path) -> None:
    table: dict[tuple[str, str, str], Counter[tuple[str, str, str]]] = defaultdict(Counter)
    for row in loaded(shared / "ocr/dev.json.xz"):
        if row["engine"].endswith("cols"):
            page = fixnews.fix(row["ocr"], selection=MARKS).text
            issues = "odd" if int(row["id"][4:7]) % 2 else "even"
            table[row["engine"], row["severity"], issues] += verdicts(page, row["truth"])
    for key, found in sorted(table.items()):
        print(" ".join(key), shown(found))


def shown(found: Counter[tuple[str, str, str]]) -> str:
    return ", ".join(f"{' '.join(key)} {n}" for key, n in sorted(found.items()))


def made(shared: Path, parity: int) -> None:
    """Clean columns, and columns without some of their rare characters."""
    false: Counter[tuple[str, str]] = Counter()
    dropped: Counter[tuple[str, str, str]] = Counter()
    size = seconds = gone = 0.0
    shares = frequency.load().simplified
    for name, plain in daily(shared, parity):
        chance = random.Random(name)
        page = columns(plain, chance)
        seconds -= time.process_time()
        false.update((edit.code, edit.safety) for edit in proposed(page))
        seconds += time.process_time()
        size += len(page.encode())
        rare = sorted(c for c in set(page) if "一" <= c <= "鿿" and shares[c] < RARE)
        unknown = {c for c in rare if chance.random() < UNKNOWN}
        gone += sum(map(page.count, unknown))
        dropped += verdicts("".join(c for c in page if c not in unknown), page)
    print(f"{size / 1e6:.1f} MB in columns: {dict(false)} false, {size / 1e6 / seconds:.1f} MB/s")
    print(f"{gone:.0f} characters dropped: {shown(dropped)}")


def main() -> None:
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")
    readings(shared)
    for parity, days in ((1, "odd"), (0, "even")):
        print(f"\n{days} days of February 2020")
        made(shared, parity)


if __name__ == "__main__":
    main()
