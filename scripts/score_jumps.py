"""Jumps on pages whose truth is known: how many stories are whole, and what went wrong.

usage: python scripts/score_jumps.py ../shared [pages] [seedstyle] [ideal] [ocr] [--show]
       [--without-tails] [--mixed] [--forests FOLDER]

Where each character came to is read from the draft, not guessed from the text:

whole     the character before the jump line and the first of the continuation are neighbours
wrong     a passage landed behind a story that it is no part of
over      characters that a merge carried along although they are of another story
short     characters of a story's end that a merge left behind
gone      characters that are not in the output; unnamed: of those, what is no marker, no repeated
          headline, no doubled text and no repair of another family of rules

``--without-tails`` leaves out every page that a story goes on on: each of its jumps must be
reported as open, and nothing merged. ``--mixed`` gives the pages of two issues in one call.
``--forests`` names the folder in which `training/boundaries.py --halves` left what each half
trained: each issue is then judged by a forest that has not seen it.

The readings of `ocr` are grouped by issue: every reading of a first page with every reading of the
page that the story goes on on, by the same kind of recogniser, both at severity 1 or 2, or one
of them at 3 (``ocr3``). In a page read across its columns (``rapid_page``) no story can be whole;
those are told apart.
"""

from __future__ import annotations

import argparse
import json
import lzma
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from fixnews.draft import Draft
from fixnews.filters import Context
from fixnews.layout import boundaries
from fixnews.pipeline import Repair, repair
from fixnews.source import Source

WIDTHS = str.maketrans("，：；？！（）．～“”‘’", ",:;?!().~\"\"''")
NEAR = 24
"""Characters on each side of a cut by which it is found in a page read by OCR."""

LIKE = 60.0
"""Likeness (0 to 100) below which such a passage counts as not read at all."""

DEBRIS = 2
"""Characters between two halves read by OCR that the alignment may be off by."""


@dataclass(frozen=True)
class Link:
    """A jump: page and offset of the first part's last character, and the continuation's span."""

    head: tuple[int, int]
    tail: tuple[int, int]
    end: int


@dataclass(frozen=True)
class Case:
    """The pages of one call, and the half of the issues that they are of."""

    name: str
    labels: tuple[str, ...]
    texts: tuple[str, ...]
    links: tuple[Link, ...]
    half: int
    unread: int = 0
    exact: bool = True


def squash(text: str) -> tuple[str, list[int]]:
    """A text without white space and in one width, and where each character stands."""
    places = [n for n, ch in enumerate(text) if not ch.isspace()]
    return "".join(text[n] for n in places).translate(WIDTHS), places


def spot(page: str, passage: str, *, last: bool, exact: bool) -> int:
    """The offset of the first or last character of a passage on a page, or -1."""
    text, places = squash(page)
    wanted, _ = squash(passage)
    at = text.find(wanted)
    if at >= 0:
        return places[at + len(wanted) - 1 if last else at]
    found = None if exact else fuzz.partial_ratio_alignment(wanted, text)
    if not found or found.score < LIKE:
        return -1
    start, end = outermost(wanted, text, found.dest_start, found.dest_end)
    return places[end if last else start]


def outermost(wanted: str, text: str, start: int, end: int) -> tuple[int, int]:
    """The first and last character of ``text[start:end]`` that are read as in a passage.

    The window found has the passage's length; where a character was lost it holds one too many.
    """
    blocks = Levenshtein.opcodes(wanted, text[start:end])
    read = [block for block in blocks if block.tag == "equal"]
    return start + read[0].dest_start, start + read[-1].dest_end - 1


def load(path: Path) -> Any:
    """One of the files of pages."""
    return json.loads(lzma.decompress(path.read_bytes()))


def made_pages(shared: Path) -> Iterator[Case]:
    """The issues of February 2020, damaged in three ways."""
    for row in load(shared / "pages/dev.json.xz"):
        labels = tuple(row["pages"])
        texts = tuple("".join(p[0] + p[1] for p in row["pages"][x]) for x in labels)
        links = [
            (k["src"], k["left"], k["out"], k["dst"], k["right"], k["into"], k["tail_end"])
            for k in row["links"]
        ]
        half = int(row["name"][-1]) % 2
        yield case(f"pages.{row['style']}", labels, texts, links, half=half)


def laid_out(shared: Path, style: str) -> Iterator[Case]:
    """The laid-out issues, as printed lines (ideal) or by column (seedstyle)."""
    for number, row in enumerate(load(shared / "ocr/issues.json.xz")):
        truth = row["truth"]
        labels = tuple(truth["pages"])
        texts = tuple(row["pages"][x][style] for x in labels)
        yield case(style, labels, texts, list(cuts(truth)), half=number % 2)


def cuts(truth: Any) -> Iterator[tuple[str, ...]]:
    """Each jump of an issue: page, text and marker of both sides, the end of the story."""
    for article in truth["articles"]:
        jump = article["jump"]
        if not jump:
            continue
        before = article["paragraphs"][: jump["cut"]["para"]]
        flat = "".join(article["paragraphs"])
        at = sum(map(len, before)) + jump["cut"]["offset"]
        yield (
            jump["from_page"], flat[max(0, at - NEAR) : at], jump["marker_out"],
            jump["to_page"], flat[at : at + NEAR], jump["marker_in"], flat[-NEAR:],
        )  # fmt: skip


def read_by_ocr(shared: Path, severities: Sequence[str]) -> Iterator[Case]:
    """Readings of two pages of one issue by one kind of recogniser."""
    truths = {row["truth"]["issue"]: row["truth"] for row in load(shared / "ocr/issues.json.xz")}
    halves = {issue: number % 2 for number, issue in enumerate(truths)}
    rows = load(shared / "ocr/dev.json.xz")
    for one in rows:
        for two in rows:
            issue, first = one["id"].split("/")
            other, second = two["id"].split("/")
            truth = truths[issue]
            worst = max(one["severity"], two["severity"])
            if (issue, one["engine"]) != (other, two["engine"]) or worst not in severities:
                continue
            if [first, second] == truth["pages"]:
                texts = (one["ocr"], two["ocr"])
                name = f"ocr.{one['engine']}.{worst}"
                links = list(cuts(truth))
                yield case(name, (first, second), texts, links, half=halves[issue], exact=False)


def case(
    name: str,
    labels: tuple[str, ...],
    texts: tuple[str, ...],
    links: Sequence[tuple[str, ...]],
    *,
    half: int,
    exact: bool = True,
) -> Case:
    """A case with its links found on its pages."""
    found = []
    for src, left, out, dst, right, into, tail_end in links:
        here, there = labels.index(src), labels.index(dst)
        head = spot(texts[here], left, last=True, exact=exact)
        tail = spot(texts[there], right, last=False, exact=exact)
        if exact:
            head, tail = beside(texts[here], left, out), behind(texts[there], into, right)
        end = spot(texts[there][max(0, tail) :], tail_end, last=True, exact=exact)
        if min(head, tail, end) >= 0:
            found.append(Link((here, head), (there, tail), max(0, tail) + end + 1))
    return Case(name, labels, texts, tuple(found), half, len(links) - len(found), exact)


def beside(page: str, left: str, marker: str) -> int:
    """The offset of the last character before a jump line, or -1."""
    at = spot(page, left + marker, last=False, exact=True)
    return at + spot(page[at:], left, last=True, exact=True) if at >= 0 else -1


def behind(page: str, marker: str, right: str) -> int:
    """The offset of the first character behind a continuation line, or -1."""
    at = spot(page, marker + right, last=False, exact=True)
    if at < 0:
        return -1
    inside = spot(page[at:], marker, last=True, exact=True) + 1
    return at + inside + spot(page[at + inside :], right, last=False, exact=True)


def mended(case: Case) -> Repair:
    """The pages after the whole chain."""
    sources = [
        Source(f"{case.name}/{label}.txt", text)
        for label, text in zip(case.labels, case.texts, strict=True)
    ]
    return repair(sources, Context(labels=case.labels))


class Chart:
    """Where the characters of the pages stand in the repaired ones, white space aside."""

    def __init__(self, draft: Draft) -> None:
        """Chart a draft."""
        self.rows = sorted(
            (p.source, p.start, p.end, at, p.maker)
            for p, at in zip(draft.pieces, draft.starts, strict=False)
        )
        self.text = draft.text

    def of(self, source: int, offset: int) -> int:
        """The place of a character, or -1 if it is gone."""
        n = bisect_right(self.rows, (source, offset, 1 << 60)) - 1
        for s, start, end, at, maker in self.rows[max(0, n - 1) : n + 1]:
            if s == source and start <= offset < end:
                return at + (offset - start if maker == -1 else 0)
        return -1

    def between(self, one: int, two: int) -> int:
        """The characters between two places that are not white space."""
        return len("".join(self.text[one + 1 : two].split())) if one < two else 10**6


def score(case: Case, done: Repair) -> Counter[str]:
    """What became of the links of one case."""
    chart, count = Chart(done.draft), Counter[str](links=len(case.links) + case.unread)
    count["unread"] += case.unread
    for link in case.links:
        places = chart.of(*link.head), chart.of(*link.tail)
        gap = chart.between(*places) if min(places) >= 0 else 10**6
        whole = gap <= (0 if case.exact else DEBRIS)
        count["whole"] += whole
        if not whole and gap <= 40:
            count["debris"] += 1
    moves = [c for c in done.corrections if c.applied and c.to]
    count["merges"] += len(moves)
    for move in moves:
        count += judged(case, move.source, move.start, move.end, move.to or (0, 0))
    told = [c.findings[-1].change for c in done.corrections if c.code in {"JMP201", "JMP203"}]
    count["open"] += len({change.start for change in told})  # one over a join is told in two places
    count["offered"] += sum(c.code == "JMP101" and not c.applied for c in done.corrections)
    return count


def judged(case: Case, source: int, start: int, end: int, to: tuple[int, int]) -> Counter[str]:
    """Whether a passage belongs where it went, and whether it was all of it and no more."""
    slack = 0 if case.exact else 30
    for link in case.links:
        begins = link.tail[0] == source and abs(start - link.tail[1]) <= slack + 3
        lands = link.head[0] == to[0] and 0 <= to[1] - link.head[1] <= 40 + slack
        if begins and lands:
            text = case.texts[source]
            over = len("".join(text[link.end : end].split())) if end > link.end else 0
            short = len("".join(text[end : link.end].split())) if end < link.end else 0
            return Counter(over=over, short=short, overs=over > slack, shorts=short > slack)
    return Counter(wrong=1)


JUMPS = ("JMP102", "JMP103", "JMP104", "JMP105", "JMP106")


def vanished(case: Case, done: Repair) -> Counter[str]:
    """Characters that are gone, and how many of them nothing names."""
    before = Counter(squash("".join(case.texts))[0])
    gone = before - Counter(squash(done.draft.text)[0])
    named: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    for c in done.corrections:
        if c.applied and not c.to:
            lost = Counter(squash(c.before)[0]) - Counter(squash(c.after)[0])
            named += lost
            counted[f"gone {c.code}"] += lost.total()
    counted["gone"] = gone.total()
    counted["unnamed"] = (gone - named).total()
    return counted


def without_tails(cases: Iterator[Case]) -> Iterator[Case]:
    """Each case without the pages on which a story goes on."""
    for case in cases:
        gone = {link.tail[0] for link in case.links}
        kept = [n for n in range(len(case.labels)) if n not in gone]
        links = tuple(replace(k, head=(kept.index(k.head[0]), k.head[1])) for k in case.links)
        links = tuple(replace(k, tail=(-1, 0)) for k in links)
        labels = tuple(case.labels[n] for n in kept)
        yield replace(case, labels=labels, texts=tuple(case.texts[n] for n in kept), links=links)


def mixed(cases: Iterator[Case]) -> Iterator[Counter[str]]:
    """Two issues in one call, told apart by their folder, or by a date in the names."""
    for one, two in pairwise(cases):
        for names in ("{0}/{1}.txt", "in/2020-06-0{0}-{1}.txt"):
            rows = [
                Source(names.format(n + 1, label), text)
                for n, case in enumerate((one, two))
                for label, text in zip(case.labels, case.texts, strict=True)
            ]
            labels = tuple(Path(row.path).stem for row in rows)
            done = repair(rows, Context(labels=labels))
            moves = [c for c in done.corrections if c.to and c.applied]
            across = sum(
                (c.source < len(one.texts)) != ((c.to or (0, 0))[0] < len(one.texts)) for c in moves
            )
            yield Counter(merges=len(moves), across=across, calls=1)


def shown(case: Case, done: Repair) -> None:
    """What is not whole, and what went where it does not belong."""
    chart = Chart(done.draft)
    for link in case.links:
        if link.tail[0] < 0:
            continue
        places = chart.of(*link.head), chart.of(*link.tail)
        if min(places) < 0 or chart.between(*places) > (0 if case.exact else DEBRIS):
            left, right = case.texts[link.head[0]], case.texts[link.tail[0]]
            print("OPEN", case.name, case.labels, repr(left[link.head[1] - 12 : link.head[1] + 14]))
            print("    ", repr(right[max(0, link.tail[1] - 44) : link.tail[1] + 12]))
    for c in done.corrections:
        if c.to:
            fate = judged(case, c.source, c.start, c.end, c.to)
            if fate["wrong"] or fate["overs"] or fate["shorts"] or not c.applied:
                print(dict(fate), c.applied, c.safety, c.confidence, c.message, dict(c.evidence))
                print("    ", repr(c.before[:20]), "…", repr(c.before[-30:]))


def cer(one: str, other: str) -> float:
    """Share of characters read wrongly."""
    return Levenshtein.distance(one, other) / max(1, len(one))


SETS = {
    "pages": made_pages,
    "seedstyle": lambda shared: laid_out(shared, "seedstyle"),
    "ideal": lambda shared: laid_out(shared, "ideal"),
    "ocr": lambda shared: read_by_ocr(shared, ("s1", "s2")),
    "ocr3": lambda shared: read_by_ocr(shared, ("s3",)),
}


def main() -> None:
    """Score the sets that are asked for."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path)
    options.add_argument("sets", nargs="*", help=", ".join(SETS))
    options.add_argument("--forests", type=Path)
    for flag in ("--show", "--without-tails", "--mixed"):
        options.add_argument(flag, action="store_true")
    given = options.parse_args()
    for name in given.sets or SETS:
        cases = SETS[name](given.shared)
        if given.mixed:
            print(name, dict(sum(mixed(cases), Counter())))
            continue
        totals: dict[str, Counter[str]] = {}
        for case in without_tails(cases) if given.without_tails else cases:
            if given.forests:
                boundaries.FOREST = given.forests / f"starts-half-{1 - case.half}.npz"
            done = mended(case)
            row = score(case, done) + vanished(case, done)
            if given.show:
                shown(case, done)
            for key in {name, case.name}:
                totals[key] = totals.get(key, Counter()) + row
        for key, total in totals.items():
            print(key, dict(total))


if __name__ == "__main__":
    main()
