"""How many answers a reader must give, by series against one by one, and what that lets through.

usage: python benchmarks/judging.py ../shared [--ocr]

The 29 damaged issues of February 2020 (pages/dev.json.xz) are repaired and every correction that a
review would ask about is held against the text that was printed (corpus/news-dev.jsonl.xz): six
characters around a place are looked up there. One by one, every question is an answer. By series, a
series of corrections that are sure is one answer, as most of its members are; what is doubtful is
one answer each. A wrong correction in a series that is mostly right is let through.

With --ocr the 93 readings of ocr/dev.json.xz are judged in the same way; breaks are not, since the
truth there has the lines of the print.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from fixnews.correction import Correction
from fixnews.filters import Context
from fixnews.pipeline import repair
from fixnews.series import Series, questions, series_of
from fixnews.source import Source

FULL = str.maketrans(",:;?!()．～\"“'‘", "，：；？！（）.~””’’")
DIGITS = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()}
REACHES = (6, 4, 3)
"""Characters on each side by which a place is found in the truth, the longest that are there."""

READ = 40
"""Characters of the page from which those are taken: blanks do not count."""


def bare(text: str) -> str:
    """The text without blanks, widths made one."""
    return "".join(text.split()).translate(FULL).translate(DIGITS)


class Truth:
    """A text as it was printed."""

    def __init__(self, text: str) -> None:
        self.raw, self.behind_break, broken = "", [], False
        for char in text:
            if char.isspace():
                broken = broken or char == "\n"
                continue
            self.raw += char
            self.behind_break.append(broken)
            broken = False
        self.bare = bare(self.raw)

    def judges(self, c: Correction) -> bool | None:
        """Whether a correction is right; None where the truth has no such place."""
        text = c.page.text
        left, right = bare(text[max(0, c.start - READ) : c.start]), bare(text[c.end : c.end + READ])
        for reach in REACHES:
            for middle in dict.fromkeys((bare(c.after), bare(c.before))):
                around = left[-reach:] + middle + right[:reach]
                at = self.bare.find(around)
                if at >= 0 and len(around) >= reach:
                    return self._right(c, at + len(left[-reach:]), middle)
        return None

    def _right(self, c: Correction, at: int, middle: str) -> bool | None:
        before, after = "".join(c.before.split()), "".join(c.after.split())
        if before == after:
            had, has = "\n" in c.before, "\n" in c.after
            broken = at >= len(self.raw) or self.behind_break[at]
            return None if had == has else broken == has
        if bare(before) == bare(after):
            return self.raw[at : at + len(middle)] == after
        return middle == bare(after)


Case = tuple[str, tuple[Correction, ...], Truth]


def damaged_issues(shared: Path) -> Iterator[Case]:
    """The issues, each with its corrections and its truth."""
    printed: defaultdict[str, str] = defaultdict(str)
    with lzma.open(shared / "corpus/news-dev.jsonl.xz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            printed[row["date"]] += "\n".join((*row["head"], *row["paras"], ""))
    with lzma.open(shared / "pages/dev.json.xz", "rt", encoding="utf-8") as file:
        for issue in json.load(file):
            pages = {n: "".join(p[0] + p[1] for p in ps) for n, ps in issue["pages"].items()}
            sources = [Source(f"{issue['name']}/{name}", text) for name, text in pages.items()]
            done = repair(sources, Context(labels=tuple(pages)))
            yield issue["name"], done.corrections, Truth(printed[issue["name"].rpartition("-")[2]])


def readings(shared: Path) -> Iterator[Case]:
    """Pages as recognisers read them; joins are left out."""
    with lzma.open(shared / "ocr/dev.json.xz", "rt", encoding="utf-8") as file:
        for row in json.load(file):
            name = f"{row['id']} {row['engine']} {row['severity']}"
            done = repair([Source(name, row["ocr"])])
            characters = (c for c in done.corrections if (c.before + c.after).strip())
            yield name, tuple(characters), Truth(row["truth"])


def main() -> None:
    """Print a figure a line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--ocr", action="store_true")
    given = parser.parse_args()
    cases = list((readings if given.ocr else damaged_issues)(given.shared))
    right = {id(c): truth.judges(c) for _, found, truth in cases for c in found if c.to is None}
    everything = [c for _, found, _ in cases for c in found]
    whole = series_of(everything)
    say("issues", len(cases))
    say("answers one by one", len(questions(everything)))
    told("in one sitting", [whole], right)
    told("issue by issue", [series_of(found) for _, found, _ in cases], right)
    pairs("series of a pair", whole, right, _pair)
    pairs("with its surroundings", whole, right, lambda s: (*_pair(s), s.surroundings))
    pairs("and how sure it is", whole, right, lambda s: (*_pair(s), s.surroundings, s.sure))


def _pair(series: Series) -> tuple[str, ...]:
    return series.code, series.kind, series.before, series.after


def told(way: str, sittings: Sequence[Sequence[Series]], right: dict[int, bool | None]) -> None:
    """What sittings cost by series, and what they let through."""
    every = [series for found in sittings for series in found]
    one_by_one = sum(series.count for series in every)
    asked = sum(1 if series.sure else series.count for series in every)
    passed, wrong = 0, 0
    for series in every:
        known = Counter(right.get(id(c)) for c in series.corrections)
        wrong += known[False]
        passed += known[False] if series.sure and known[True] >= known[False] else 0
    sure = sum(series.sure for series in every)
    say(f"answers {way}", f"{asked} ({sure} series, {asked - sure} doubtful one by one)")
    say(f"factor {way}", f"{one_by_one / asked:.1f}")
    judged = sum(right.get(id(c)) is not None for s in every if s.sure for c in s.corrections)
    say(f"wrong let through {way}", f"{passed} of {judged} ({passed / max(judged, 1):.3%}); "
        f"{wrong - passed} of {wrong} wrong ones are seen")  # fmt: skip


def pairs(
    what: str,
    found: Iterable[Series],
    right: dict[int, bool | None],
    key: Callable[[Series], object],
) -> None:
    """Of how many series all judged members are right, or all are wrong; and the minorities."""
    groups: defaultdict[object, Counter[bool]] = defaultdict(Counter)
    for series in found:
        for c in series.corrections:
            judged = right.get(id(c))
            if judged is not None:
                groups[key(series)][judged] += 1
    many = [known for known in groups.values() if known.total() > 1]
    pure = sum(len(known) == 1 for known in many)
    through = sum(known[False] for known in groups.values() if known[True] >= known[False])
    say(what, f"{pure} of {len(many)} of one mind ({pure / max(len(many), 1):.1%}); "
        f"{through} wrong in series that are mostly right")  # fmt: skip


def say(what: str, figure: object) -> None:
    """A figure."""
    sys.stdout.write(f"{what}: {figure}\n")


if __name__ == "__main__":
    main()
