"""Build the weights of the characters that spell foreign names, from names with a dot in them.

usage: python training/transliteration.py ../shared -o dictionaries/transliterations.tsv

In ``巴拉克·奥巴马说`` the dot stands inside of a name, but where the name begins and ends nobody
says. Counting starts with the two characters on each side; from these counts follows which stretch
on either side is likeliest to be the name, from these stretches better counts. A weight is the
logarithm of a character's share of such names to its share of all text. News in traditional
characters has few dots; there a name is also what stands before its original in brackets, as in
``查爾斯（Charles Dickens）``, and a simplified character lends its weight to its traditional form.
"""

from __future__ import annotations

import argparse
import lzma
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from fixnews.words.han import HAN
from fixnews.words.transliteration import DOTS, LEAST, LONGEST, TOGETHER, Weights, reach
from fixnews.words.variants import traditional

CORPORA = ("news-train", "journals-1990s", "laws-and-summaries", "news-hant")
ROUNDS = 4
CLIPPED = 6.0
"""Nats beyond which a weight says nothing more."""

RARE = 6
"""Times that a character must stand in a name to have a weight."""

RARE_IN_TEXT = 200
"""Times in all text that are added to those counted: a character that text seldom has is no name's
for standing in one."""

_DOTTED = re.compile(rf"(?<=([{HAN}]{{2}}))[{DOTS}](?=[{HAN}])")
_ORIGINAL = re.compile(rf"[{HAN}{DOTS}]+(?=[（(][A-Z][a-z]+ [A-Z][a-z]+[)）])")
_TITLE = re.compile("《[^《》]*》")
_HAN = re.compile(f"[{HAN}]")
_STEM = re.compile(f"[{HAN}]+$")
_TAIL = re.compile(f"[{HAN}]+")


def parts(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What stands before and behind each dot, read away from it; or before an original."""
    for line in (_TITLE.sub("", line) for line in lines):
        for found in _DOTTED.finditer(line):
            at = found.start()
            left = _STEM.search(line, max(0, at - LONGEST), at)
            right = _TAIL.match(line, at + 1, at + 1 + LONGEST)
            if left and right:
                yield left[0][::-1], right[0]
        for name in _ORIGINAL.finditer(line):
            last = re.split(f"[{DOTS}]", name[0])[-1]
            yield "", last[::-1][:LONGEST]


def weighed(names: Counter[str], text: Counter[str]) -> dict[str, float]:
    """The weight of each character that was counted often enough."""
    of_names, of_text = sum(names.values()), sum(text.values())
    return {
        character: min(
            CLIPPED, math.log(times / of_names * of_text / (text[character] + RARE_IN_TEXT))
        )
        for character, times in names.items()
        if times >= RARE
    }


def learnt(pieces: list[tuple[str, str]], text: Counter[str]) -> Weights:
    """The weights, from pieces that begin beside a dot."""
    begun = [piece[:2] for pair in pieces for piece in pair]
    start = weighed(Counter("".join(begun)), text)
    weights = Weights(start, start, start)
    columns = weights
    for _ in range(ROUNDS):
        inner, before, behind = Counter[str](), Counter[str](), Counter[str]()
        for left, right in pieces:
            first, weight = reach(left, weights.inside, weights.before)
            last, other = reach(right, weights.inside, weights.behind)
            if left and min(weight, other) < LEAST and max(weight, other) < TOGETHER:
                continue
            inner.update(left[:first] + right[:last])
            before.update(left[:1])
            behind.update(right[:1] if left else "")
        columns = Weights(weighed(inner, text), weighed(before, text), weighed(behind, text))
        inside = columns.inside
        weights = Weights(inside, {**inside, **columns.before}, {**inside, **columns.behind})
    return columns


def lent(weights: dict[str, float]) -> dict[str, float]:
    """The weights with those of traditional forms that have none."""
    forms = {traditional(c): w for c, w in weights.items() if w > 0}
    return {**{c: w for c, w in forms.items() if len(c) == 1}, **weights}


def main() -> None:
    """Count, weigh, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--held-out", action="store_true", help="leave out every tenth line")
    args = parser.parse_args()
    pieces: list[tuple[str, str]] = []
    text: Counter[str] = Counter()
    for name in CORPORA:
        with lzma.open(args.shared / "corpus" / f"{name}.txt.xz", "rt", encoding="utf-8") as file:
            lines = [line for n, line in enumerate(file) if n % 10 or not args.held_out]
        pieces += parts(lines)
        text.update(_HAN.findall("".join(lines)))
    columns = [lent(dict(column)) for column in learnt(pieces, text)]
    rows = []
    for character in sorted(set().union(*columns)):
        found = [column.get(character) for column in columns]
        if any(weight and weight > 0 for weight in found):
            rows.append("\t".join((character, *map(shown, found))))
    args.output.write_text("\n".join((HEAD, *rows, "")), "utf-8")


def shown(weight: float | None) -> str:
    """A weight in tenths of nats."""
    return "-" if weight is None else str(round(10 * weight))


HEAD = (
    "# character\tlikelier in a foreign name than in any text, in tenths of nats"
    "\tas the last before a dot\tas the first behind it"
)

if __name__ == "__main__":
    main()
