"""Stories, jumps and characters on pages that were read whole and put in order.

usage: python benchmarks/whole_page_stories.py [SHARED] [--show] [--half set|figures]

The pages of `reading_order.py`, both pages of an issue in one call. Boxes tell of every character
which printed line it was read from, so nothing is guessed from the text:

starts    a story that was cut out starts right if its first words were read from the headline of a
          story, or from the first line that was read of it; of each true story one counts
links     a jump is whole if what stands before the jump line and the continuation are neighbours,
          give or take two characters; a move is wrong if it took something else, or elsewhere
CER       of the characters in true order, before and after repair and what that cuts of it, each
          page by itself: whole; the pages whose columns were read one by one as well (`same`), and
          those columns

Issues 000 to 003 are `set`, the others `figures`.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz.distance import Levenshtein
from reading_order import ENGINES, SET_ON, Page, bare, files, matched

from fixnews import issue
from fixnews.article import articles
from fixnews.config import Config
from fixnews.correction import Correction
from fixnews.draft import Draft
from fixnews.filters import Context
from fixnews.pipeline import Repair, repair
from fixnews.source import Source

DEBRIS = 2
"""Characters between the halves of a story that count as none: a recogniser's specks."""

SLACK = 30
"""Characters of other stories that a move may take along, or of its own leave behind."""

BEGIN = 12
"""Characters of a story by which it is told with which printed line it starts."""

COLUMNS = {"hocr": "tess_cols.s{}.txt", "rapid": "rapid_cols.s{}.txt"}
HEADS = frozenset({"kicker", "headline", "deck"})

Key = tuple[str, str, int]
"""Half, engine and grade."""


class Sheet:
    """A page: what was printed, what was read, and which of it is which."""

    def __init__(self, folder: Path, engine: str, grade: int) -> None:
        """Read a page in the order that is found."""
        path = folder / ENGINES[engine].format(grade)
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        self.folder, self.label = folder, folder.name
        self.layout: dict[str, Any] = json.loads((folder / "layout.json").read_text("utf-8"))
        scan = json.loads((folder / f"scan.s{grade}.json").read_text("utf-8"))
        self.affine = np.array(scan["affine"], dtype=np.float64)
        suffix = {"hocr": "hocr", "rapid": "json"}[engine]
        self.source = issue.page(data, f"{self.label}.{suffix}", Config())

    @cached_property
    def lines(self) -> list[tuple[dict[str, Any], str, dict[str, Any]]]:
        """Every printed line with its block and the kind of its zone."""
        return [
            (block, zone["kind"], line)
            for block in self.layout["blocks"]
            for zone in block["zones"]
            for line in zone["lines"]
        ]

    @cached_property
    def printed(self) -> dict[int, int]:
        """For each character that was read, by its offset, the number of its printed line."""
        positions = self.source.positions
        assert positions
        slots = sorted(positions.slots, key=lambda slot: (slot.page, slot.strip))
        at = [(slot, n) for slot in slots for n in range(slot.start, slot.end)]
        boxes = np.array([positions.cut(slot, n, n + 1) for slot, n in at], dtype=np.float64)
        page = Page("", "", 0, self.layout, self.affine, positions.readings[0])
        rows, chars = [slot.strip.line for slot, _ in at], [self.source.text[n] for _, n in at]
        found = matched(page, rows, chars, (boxes[:, :2] + boxes[:, 2:]) / 2)
        return dict(zip([n for _, n in at], found, strict=True))

    def most(self, start: int, end: int) -> int | None:
        """The printed line that most of these characters were read from."""
        found = Counter(self.printed[n] for n in range(start, end) if n in self.printed)
        return found.most_common(1)[0][0] if found else None

    def in_true_order(self, draft: Draft) -> str:
        """What a draft of this page says, each character with the line that it was read from."""
        rows: dict[int, list[str]] = defaultdict(list)
        last = 0
        for piece, base, end in zip(draft.pieces, draft.starts, draft.starts[1:], strict=False):
            for n, char in enumerate(draft.text[base:end]):
                last = self.printed.get(min(piece.start + n, max(piece.start, piece.end - 1)), last)
                rows[last].append(char)
        return "".join(char for n in sorted(rows) for char in rows[n])

    def told(self, start: int, end: int) -> Counter[tuple[Any, int]]:
        """Of which story, and which part of it, these characters are."""
        rows = (self.lines[self.printed[n]][0] for n in range(start, end) if n in self.printed)
        return Counter((block["article"], block["part"]) for block in rows)


def starts(sheets: Sequence[Sheet], done: Repair, *, show: bool) -> Counter[str]:
    """Which stories start where one does."""
    labels = tuple(sheet.label for sheet in sheets)
    true = {
        (n, block["article"])
        for n, sheet in enumerate(sheets)
        for block in sheet.layout["blocks"]
        if block["article"] is not None and block["part"] == 0
    }
    count, left = Counter(true=len(true)), set(true)
    for story in articles(done, labels):
        begin = story.spans[0]
        n = next(n for n, s in enumerate(sheets) if s.source.path == begin.path)
        key = (n, _begun(sheets[n], begin.start))
        count["cut"] += 1
        count["right"] += key in left
        if show and key not in left:
            print(
                "false ",
                *labels,
                key,
                story.page,
                story.headline,
                "|",
                story.text[:30],
                story.confidence,
            )
        left.discard(key)
    for n, missed in sorted(left) if show else ():
        print("missed", labels[n], _title(sheets[n], missed))
    return count


def _begun(sheet: Sheet, start: int) -> str | None:
    """The story whose headline, or whose first line that was read, stands there."""
    number = sheet.most(start, start + BEGIN)
    if number is None:
        return None
    block, kind, _ = sheet.lines[number]
    read = set(sheet.printed.values())
    first = next(m for m in sorted(read) if sheet.lines[m][0] is block)
    begins = kind in HEADS or number == first
    return block["article"] if begins and block["part"] == 0 else None


def _title(sheet: Sheet, article: str) -> str:
    lines = (x["text"] for block, _, x in sheet.lines if block["article"] == article)
    return next(lines, "")


def links(sheets: Sequence[Sheet], done: Repair, *, show: bool) -> Counter[str]:
    """Which jumps are whole, and which moves are wrong."""
    truth = json.loads((sheets[0].folder.parent / "truth.json").read_text("utf-8"))
    labels = [sheet.label for sheet in sheets]
    where = _where(sheets, done)
    count: Counter[str] = Counter()
    for jump in truth["jump_links"]:
        here, there = labels.index(jump["from_page"]), labels.index(jump["to_page"])
        last = _body(sheets[here], jump["article"], 0, where, here)[-1:]
        first = _body(sheets[there], jump["article"], 1, where, there)[:1]
        gap = where[there, first[0]][0] - where[here, last[0]][-1] - 1 if last and first else -1
        count["links"] += 1
        count["whole"] += 0 <= gap <= DEBRIS
        if show and not 0 <= gap <= DEBRIS:
            print("open  ", *labels, jump["article"], jump["marker_out"], jump["marker_in"], gap)
    for move in done.corrections:
        if move.applied and move.to and move.code.startswith("JMP"):
            fate = _judged(sheets, move)
            count += fate
            if show and fate["wrong"] + fate["over"] + fate["short"]:
                print("move  ", *labels, dict(fate), repr(move.before[:30]), move.confidence)
    return count


def _where(sheets: Sequence[Sheet], done: Repair) -> dict[tuple[int, int], list[int]]:
    """Where in the repaired text, blanks aside, the characters of each printed line stand."""
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    at = 0
    for piece, base in zip(done.draft.pieces, done.draft.starts, strict=False):
        text = piece.text or done.draft.text[base : base + piece.end - piece.start]
        for n, char in enumerate(text):
            if char.isspace():
                continue
            number = sheets[piece.source].printed.get(min(piece.start + n, piece.end - 1))
            if number is not None:
                found[piece.source, number].append(at)
            at += 1
    return {key: _together(places) for key, places in found.items()}


def _together(places: Sequence[int]) -> list[int]:
    """The longest run of places that follow one another: specks of other lines aside."""
    runs: list[list[int]] = [[]]
    for place in sorted(places):
        if runs[-1] and place - runs[-1][-1] > DEBRIS + 1:
            runs.append([])
        runs[-1].append(place)
    return max(runs, key=len)


def _body(
    sheet: Sheet, article: str, part: int, where: dict[tuple[int, int], list[int]], source: int
) -> list[int]:
    """The printed lines of a part's running text that were read, by their numbers."""
    return [
        n
        for n, (block, kind, line) in enumerate(sheet.lines)
        if (block["article"], block["part"], kind) == (article, part, "column")
        and line["kind"] == "body"
        and (source, n) in where
    ]


def _judged(sheets: Sequence[Sheet], move: Correction) -> Counter[str]:
    """Whether a move took the continuation, all of it and no more, to its story."""
    sheet = sheets[move.source]
    told = sheet.told(move.start, move.end)
    to, at = move.to or (0, 0)
    behind = sheets[to].told(max(0, at - BEGIN), at)
    if not told or not behind:
        return Counter(moves=1, wrong=1)
    (article, part), own = told.most_common(1)[0]
    right = part > 0 and behind.most_common(1)[0][0][0] == article
    whole = sheet.told(0, len(sheet.source.text))[article, part]
    heads = sum(len(bare(x["text"])) for b, kind, x in sheet.lines
                if b["article"] == article and b["part"] and kind != "column")  # fmt: skip
    over, short = told.total() - own, whole - own - heads
    return Counter(moves=1, wrong=not right, over=over > SLACK, short=right and short > SLACK)


def characters(sheets: Sequence[Sheet], engine: str, grade: int) -> Counter[str]:
    """Characters before and after repair, each page by itself: in order, and by column."""
    count: Counter[str] = Counter()
    for sheet in sheets:
        lines = [line["text"] for _, _, line in sheet.lines]
        count += _told("whole", lines, *(sheet.in_true_order(x) for x in _twice(sheet.source)))
        columns = sheet.folder / COLUMNS[engine].format(grade)
        if columns.exists():
            count += _told("same", lines, *(sheet.in_true_order(x) for x in _twice(sheet.source)))
            by_column = Source(f"{sheet.label}.txt", columns.read_text("utf-8"))
            count += _told("columns", lines, *(x.text for x in _twice(by_column)))
    return count


def _twice(source: Source) -> tuple[Draft, Draft]:
    """A page as it was read and as it was repaired, by itself."""
    return Draft.of(source), repair([source], Context()).draft


def _told(name: str, lines: Sequence[str], before: str, after: str) -> Counter[str]:
    """Wrong characters, those that were mended, and those that were made."""
    truth = bare("".join(lines))
    was, now = (_wrong(truth, bare(text)) for text in (before, after))
    return Counter(
        {
            f"{name} n": len(truth),
            f"{name} before": Levenshtein.distance(truth, bare(before)),
            f"{name} after": Levenshtein.distance(truth, bare(after)),
            f"{name} mended": len(was - now),
            f"{name} made": len(now - was),
        }
    )


def _wrong(truth: str, text: str) -> set[int]:
    """The characters of the truth that did not come out right."""
    rows = Levenshtein.opcodes(truth, text)
    places = (range(op.src_start, op.src_end) for op in rows if op.tag in ("replace", "delete"))
    return {n for row in places for n in row}


def measured(job: tuple[tuple[Path, ...], str, int, bool]) -> tuple[Key, Counter[str]]:
    """One issue in one reading."""
    folders, engine, grade, show = job
    sheets = [Sheet(folder, engine, grade) for folder in folders]
    labels = tuple(sheet.label for sheet in sheets)
    done = repair([sheet.source for sheet in sheets], Context(labels=labels))
    if show:
        print("---", folders[0].parent.name, engine, grade)
    told = starts(sheets, done, show=show) + links(sheets, done, show=show)
    half = "set" if folders[0].parent.name < SET_ON else "figures"
    return (half, engine, grade), told + characters(sheets, engine, grade)


def jobs(
    shared: Path, half: str, *, show: bool
) -> Iterator[tuple[tuple[Path, ...], str, int, bool]]:
    """The issues, each engine and grade that all its pages were read in."""
    folders: dict[tuple[Path, str, int], list[Path]] = defaultdict(list)
    for folder, engine, grade in files(shared):
        folders[folder.parent, engine, grade].append(folder)
    for (parent, engine, grade), pages in sorted(folders.items(), key=str):
        if half in ("", "set" if parent.name < SET_ON else "figures"):
            yield tuple(pages), engine, grade, show


def said(told: Counter[str]) -> str:
    """The figures in a line."""
    row = (
        f"starts P {told['right'] / max(1, told['cut']):.3f} ({told['right']}/{told['cut']}) "
        f"R {told['right'] / max(1, told['true']):.3f} ({told['right']}/{told['true']})  "
        f"links {told['whole']}/{told['links']} moves {told['moves']} wrong {told['wrong']} "
        f"over {told['over']} short {told['short']}"
    )
    for name in ("whole", "same", "columns"):
        if n := told[f"{name} n"]:
            before, after = told[f"{name} before"], told[f"{name} after"]
            row += f"  {name} {before / n:.4f}>{after / n:.4f} {1 - after / before:.1%}"
            row += f" +{told[f'{name} mended']}-{told[f'{name} made']}"
    return row


def main() -> None:
    """Print the figures by half, engine and grade."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path, nargs="?", default=Path("../shared"))
    options.add_argument("--show", action="store_true")
    options.add_argument("--half", default="", choices=("set", "figures"))
    given = options.parse_args()
    totals: dict[Key, Counter[str]] = defaultdict(Counter)
    with ProcessPoolExecutor(1 if given.show else 2) as pool:
        for key, told in pool.map(measured, jobs(given.shared, given.half, show=given.show)):
            totals[key] += told
    for (half, engine, grade), told in sorted(totals.items()):
        print(f"{half:8}{engine:6} grade {grade}  {said(told)}")


if __name__ == "__main__":
    main()
