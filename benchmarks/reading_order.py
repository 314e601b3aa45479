"""Reading order on pages that were read whole: ours, the literature's, and the true order.

usage: python benchmarks/reading_order.py [SHARED]

Sixteen pages of eight issues, made of real news, printed and scanned in three grades, read by
Tesseract (hOCR: boxes of words) and RapidOCR (boxes of lines). Rules and thresholds were made
mostly on issues 000 to 003; some pages of 004 to 007 were looked at, too, so that their figures are
not those of pages that nobody has seen. A printed line of five characters and more is found if
70 % of it stand in the text; two neighbours of one block follow if the second is found where the
first ends, give or take six characters. CER is counted with the blocks in the order in which they
come out, so that stories may stand in any order. `true order` puts every character with the printed
line that it was read from; `of whole lines` does so with every line, those that were read across
gutters uncut. The ratio is that of the CER to the one in true order.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np
from order_peers import PEERS
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from fixnews import issue
from fixnews.arrays import Floats, Ints
from fixnews.config import Config
from fixnews.formats.setting import in_file_order
from fixnews.order import cutting, parting, place_of_cut, side_by_side, whole_lines
from fixnews.order.page_text import in_reading_order
from fixnews.positions import Reading, part

ENGINES = {"hocr": "tess_page.s{}.hocr.gz", "rapid": "rapid_page.s{}.json"}
NAMES = {"hocr": "Tesseract, hOCR", "rapid": "RapidOCR, boxes of lines"}
GRADES = (1, 2, 3)
FOUND, LONG, NEAR = 70, 5, 6
ASIDE = 3
"""Characters by which even steps may miss the place of a gutter."""

SET_ON, TRUE = "dev-004", "true order"
WIDE = str.maketrans(
    {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
    | {"．": ".", "～": "~"} | dict.fromkeys('"“', "”") | dict.fromkeys("'‘", "’")
    | {chr(c): chr(c - 0xFEE0) for c in range(0xFF10, 0xFF5B) if chr(c).isalnum()}
)  # fmt: skip


class Page(NamedTuple):
    """A page that was read: its printed lines, and what a recogniser made of its scan."""

    half: str
    engine: str
    grade: int
    layout: dict[str, Any]
    affine: Floats
    reading: Reading


def bare(text: str) -> str:
    """The text without blanks, widths made one."""
    return "".join(c for c in text if not c.isspace() and c not in "\u200b\ufeff").translate(WIDE)


def files(shared: Path) -> list[tuple[Path, str, int]]:
    """The folders of pages, with the engines and grades that each was read in."""
    return [
        (layout.parent, engine, grade)
        for layout in sorted(shared.glob("geometry/*/*/layout.json"))
        for engine, name in ENGINES.items()
        for grade in GRADES
        if (layout.parent / name.format(grade)).exists()
    ]


def opened(folder: Path, engine: str, grade: int) -> Page:
    path = folder / ENGINES[engine].format(grade)
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    source = issue.page(data, path.name, Config(reading_order="file"))
    assert source.positions
    scan = json.loads((folder / f"scan.s{grade}.json").read_text("utf-8"))
    layout = json.loads((folder / "layout.json").read_text("utf-8"))
    half = "set" if folder.parent.name < SET_ON else "figures"
    affine = np.array(scan["affine"], dtype=np.float64)
    return Page(half, engine, grade, layout, affine, source.positions.readings[0])


def blocks(layout: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """The printed lines of a page, block by block."""
    return [
        [line for zone in block["zones"] for line in zone["lines"]] for block in layout["blocks"]
    ]


def score(layout: dict[str, Any], text: str) -> Counter[str]:
    """What of a text is in order."""
    out, told = bare(text), Counter[str]()
    begins: dict[int, int] = {}
    lines = [[bare(line["text"]) for line in block] for block in blocks(layout)]
    for n, block in enumerate(lines):
        places = [_found(line, out) if len(line) >= LONG else None for line in block]
        begins[n] = next((place[0] for place in places if place), sys.maxsize)
        pairs = [
            abs(b[0] - a[1]) <= NEAR for a, b in pairwise(places) if a is not None and b is not None
        ]
        told += Counter(pairs=len(pairs), follow=sum(pairs))
        told += Counter(blocks=bool(pairs), whole=bool(pairs) and all(pairs))
    truth = "".join(line for n in sorted(begins, key=begins.__getitem__) for line in lines[n])
    return told + Counter(n=len(truth), wrong=Levenshtein.distance(truth, out))


def _found(line: str, out: str) -> tuple[int, int] | None:
    """Where in the text a line begins and ends, as if all of it stood there."""
    at = out.find(line)
    if at >= 0:
        return at, at + len(line)
    best = fuzz.partial_ratio_alignment(line, out, score_cutoff=FOUND)
    if best is None:
        return None
    return best.dest_start - best.src_start, best.dest_end + len(line) - best.src_end


def in_true_order(page: Page, *, cut: bool) -> str:
    """The characters with the printed lines that they were read from, those in order."""
    reading = page.reading
    parts = [
        (n, c, part(word, i, i + 1))
        for n, line in enumerate(reading.lines)
        for word in line.words
        for i, c in enumerate(word.text)
    ]
    boxes = np.array([box for *_, box in parts])
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    if not cut:
        starts = [(one.left + 10, (one.top + one.bottom) / 2) for _, one, *_ in reading.lines]
        middles = np.array(starts)[[n for n, *_ in parts]]
    rows = [n for n, *_ in parts]
    printed = np.array(matched(page, rows, [c for _, c, _ in parts], middles))
    begins: dict[tuple[int, int], float] = {}
    for (n, *_), of, left in zip(parts, printed.tolist(), boxes[:, 0].tolist(), strict=True):
        begins[of, n] = min(left, begins.get((of, n), left))
    places = [(of, begins[of, n]) for (n, *_), of in zip(parts, printed.tolist(), strict=True)]
    return "".join(parts[n][1] for n in sorted(range(len(parts)), key=places.__getitem__))


def matched(page: Page, rows: Sequence[int], chars: Sequence[str], places: Floats) -> list[int]:
    """The numbers of the printed lines that characters were read from, given in the file's order.

    Where boxes are those of lines, characters are taken to stand in even steps, and some beside a
    gutter fall on its wrong side: lines read across are cut where both sides match best.

    Args:
        page: where they were read.
        rows: for each the number of its line in the file.
        chars: what was read.
        places: where on the scan, as `nearest_printed` has it.
    """
    printed = [bare(line["text"]) for block in blocks(page.layout) for line in block]
    found: list[int] = nearest_printed(page, places).tolist()
    keys = list(zip(rows, found, strict=True))
    cuts = [0, *(n for n in range(1, len(keys)) if keys[n - 1] != keys[n]), len(keys)]
    for n in range(1, len(cuts) - 1):
        start, cut, end = cuts[n - 1 : n + 2]
        if rows[cut - 1] == rows[cut]:
            left, right = found[cut - 1], found[cut]
            told = "".join(chars[start:end]), printed[left], printed[right]
            cuts[n] = start + _cut(cut - start, *told)
            found[start:end] = [left] * (cuts[n] - start) + [right] * (end - cuts[n])
    return found


def _cut(near: int, read: str, left: str, right: str) -> int:
    """How many characters were read from the left of two printed lines; of the best the nearest."""

    def wrong(at: int) -> tuple[int, int]:
        sides = (bare(read[:at]), left), (bare(read[at:]), right)
        return sum(Levenshtein.distance(*side) for side in sides), abs(at - near)

    return min(range(max(0, near - ASIDE), min(len(read), near + ASIDE) + 1), key=wrong)


def nearest_printed(page: Page, places: Floats) -> Ints:
    """The numbers of the printed lines that some places of the scan lie nearest to."""
    boxes = np.array([line["bbox"] for block in blocks(page.layout) for line in block], dtype=float)
    x, y = np.linalg.solve(page.affine[:, :2], (places - page.affine[:, 2]).T)[:, :, None]
    left, top, right, bottom = boxes.T
    beside = np.maximum(np.maximum(left - x, x - right), 0)
    above = np.maximum(np.maximum(top - y, y - bottom), 0)
    off = np.abs(y - (top + bottom) / 2)
    return np.asarray((beside + 3 * above + off / 2).argmin(axis=1))


def by_peer(name: str) -> Callable[[Page], str]:
    def text(page: Page) -> str:
        lines = page.reading.lines
        order = PEERS[name](np.array([line.box for line in lines], dtype=np.float64))
        return "\n".join("".join(word.text for word in lines[n].words) for n in order)

    return text


def without_model(page: Page) -> str:
    """Ours, the language model saying of no seam that it reads on."""
    with ExitStack() as silent:
        for room in (cutting, parting, place_of_cut, side_by_side, whole_lines):
            nothing = patch.object(room, "reads_on", lambda pairs, _: np.zeros(len(pairs)))
            silent.enter_context(nothing)
        return in_reading_order(page.reading).text


ORDERS: dict[str, Callable[[Page], str]] = {
    "as in the file": lambda page: in_file_order(page.reading).text,
    **{name: by_peer(name) for name in PEERS},
    "ours, no model": without_model,
    "ours": lambda page: in_reading_order(page.reading).text,
    "of whole lines": lambda page: in_true_order(page, cut=False),
    TRUE: lambda page: in_true_order(page, cut=True),
}

Key = tuple[str, str, int, str]
"""Half, engine, grade and order."""


def measured(file: tuple[Path, str, int]) -> list[tuple[Key, Counter[str], float]]:
    """One reading in every order: its counts, and seconds of CPU."""
    page = opened(*file)
    in_reading_order(page.reading)
    found = []
    for name, order in ORDERS.items():
        began = time.process_time()
        text = order(page)
        took = time.process_time() - began
        found.append(((page.half, page.engine, page.grade, name), score(page.layout, text), took))
    return found


def rows(totals: dict[Key, Counter[str]], seconds: dict[Key, list[float]]) -> Iterator[str]:
    for half, what in (("set", "issues 000 to 003, thresholds"), ("figures", "issues 004 to 007")):
        for engine, called in NAMES.items():
            yield f"\n{called}; {what}"
            yield f"{'':15}" + "".join(f"  {f'grade {g}':^34}" for g in GRADES)
            yield f"{'':15}" + "  follow   whole   CER  ratio   s/page" * len(GRADES)
            for name in ORDERS:
                keys = [(half, engine, grade, name) for grade in GRADES]
                shown = (_cell(totals[key], totals[(*key[:3], TRUE)], seconds[key]) for key in keys)
                yield f"{name:15}" + "".join(shown)


def _cell(told: Counter[str], true: Counter[str], seconds: list[float]) -> str:
    if not seconds:
        return f"  {'–':>6} {'–':>7} {'–':>5} {'–':>6} {'–':>8}"
    whole = f"{told['whole']}/{told['blocks']}"
    ratio = told["wrong"] / max(1, true["wrong"])
    follow, cer = told["follow"] / max(1, told["pairs"]), told["wrong"] / max(1, told["n"])
    each = sum(seconds) / len(seconds)
    return f"  {follow:6.1%} {whole:>7} {cer:.3f} {ratio:6.2f} {each:8.3f}"


def main() -> None:
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")
    found = files(shared)
    if not found:
        print(f"{shared}: no pages with positions below geometry/: nothing measured")
        return
    totals: dict[Key, Counter[str]] = defaultdict(Counter)
    seconds: dict[Key, list[float]] = defaultdict(list)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for told in pool.map(measured, found):
            for key, counts, took in told:
                totals[key] += counts
                seconds[key].append(took)
    print("\n".join(rows(totals, seconds)))


if __name__ == "__main__":
    main()
