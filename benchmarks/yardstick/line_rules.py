"""Rules of other tools for broken lines, and what became of a line break.

Rules of tools that work on page images are given in the form that they take on text alone, as their
documentation and sources tell it: MinerU's merging of text blocks, the paragraph parser of Umi-OCR.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from fixnews.words.lexicon import word_across

STOPS = "。！？!?…"
MINERU_STOPS = '.!?。！？)）"”:：;；'
FULL = str.maketrans(",:;?!()", "，：；？！（）")


class Gap(NamedTuple):
    """A break between two lines, and the width of the block before it."""

    left: str
    right: str
    blank: bool
    width: int


Rule = Callable[[Gap], bool]


def han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


RULES: dict[str, Rule] = {
    "unless a stop": lambda g: g.left[-1] not in STOPS + "”」",
    "Han, then Han": lambda g: han(g.left[-1]) and han(g.right[0]),
    "MinerU, on text": lambda g: (
        g.left[-1] not in MINERU_STOPS and not g.right[0].isdigit() and not g.right[0].isupper()
    ),
    "Umi-OCR, on text": lambda g: not g.blank and len(g.left) >= g.width - 1,
    "a word across": lambda g: bool(word_across(g.left, g.right)),
}


def bare(text: str) -> str:
    """The text without blanks, widths made one."""
    return "".join(text.split()).translate(FULL)


def gaps(page: str) -> Iterator[Gap]:
    """The breaks of a page, with what a rule may look at."""
    lines = page.replace("\f", "\n").split("\n")
    width: dict[int, int] = {}
    for filled, block in groupby(enumerate(lines), key=lambda row: bool(row[1].strip())):
        rows = list(block)
        width |= {n: max(len(t.strip()) for _, t in rows) if filled else 0 for n, _ in rows}
    kept = [n for n, line in enumerate(lines) if bare(line)]
    for a, b in pairwise(kept):
        yield Gap(lines[a].strip(), lines[b].strip(), b - a > 1, width[a])


def joined(source: str, result: str) -> dict[int, bool | None]:
    """For each place in the bare source whether the result has no line break there."""
    from rapidfuzz.distance import Levenshtein

    out, breaks = [], set()
    for line in result.replace("\f", "\n").split("\n"):
        if bare(line):
            breaks.add(len(out))
            out += bare(line)
    kept = {}
    for op in Levenshtein.opcodes(source, "".join(out)):
        if op.tag == "equal" or (
            op.tag == "replace" and op.src_end - op.src_start == op.dest_end - op.dest_start
        ):
            there = range(op.dest_start, op.dest_end)
            kept |= dict(zip(range(op.src_start, op.src_end), there, strict=True))
    return {
        at: (kept[at] not in breaks if kept.get(at - 1, -9) + 1 == kept.get(at) else None)
        for at in range(1, len(source))
    }
