"""Blocks of lines that are set one by one: verse, lyrics, couplets, headlines, clauses."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import rjieba
from made_columns import UNMARKED, Half

from fixnews.layout.verse import LONGEST
from fixnews.words.variants import traditional

SIZES = (2, 3, 4, 4, 5, 6, 7, 8, 8, 10, 12, 16, 20)
MARKS = "，。、：；？！…—,.!?;:"
PAIRS = (("", ""), ("", ""), ("，", "。"), ("，", "；"))
_CLAUSE = re.compile(r"[^，。、：；？！…—“”‘’「」『』（）()《》\s0-9A-Za-z]+")
_MARKED = re.compile(r"[^，。；！？“”「」（）]{3,18}[，。；！？]")
_FICTION = ("fiction-hans", "essays-hans", "fiction-hant")

Make = Callable[[Half, int, random.Random], Sequence[str]]


def poem(half: Half, size: int, chance: random.Random) -> Sequence[str]:
    """Lines of modern verse, as they are."""
    runs: list[list[str]] = [[]]
    for line in half.verse["verse-modern"]:
        if 1 < len(line) <= LONGEST:
            runs[-1].append(line)
        elif runs[-1]:
            runs.append([])
    runs = [run for run in runs if len(run) > 2]
    run = chance.choices(runs, [len(r) for r in runs])[0]
    first = chance.randrange(max(1, len(run) - size + 1))
    return run[first : first + size]


def unmarked_poem(half: Half, size: int, chance: random.Random) -> Sequence[str]:
    """The same without the marks at their ends."""
    return [line.rstrip(MARKS) for line in poem(half, size, chance)]


def bare(half: Half, size: int, chance: random.Random) -> Sequence[str]:
    """Clauses of old verse, a line each."""
    lines, marks = half.verse["verse-bare"], chance.choice(PAIRS)
    first = chance.randrange(len(lines) - size)
    return [
        line.replace("：", "") + marks[n % 2] for n, line in enumerate(lines[first : first + size])
    ]


def couplets(half: Half, size: int, chance: random.Random) -> Sequence[str]:
    """Two clauses of one length a line."""
    length = chance.choice((0, 5, 7))
    clauses = half.verse["verse-bare"]
    if length:
        clauses = [c for c in _clauses(half, chance, 400) if len(c) == length]
    if len(clauses) < 2 * size + 2:
        return []
    first, end = chance.randrange(len(clauses) - 2 * size), chance.choice(("", "", "。"))
    chosen = list(pairwise(clauses[first : first + 2 * size]))[::2]
    return [f"{one}，{two}{end}" for one, two in chosen]


def headlines(half: Half, size: int, chance: random.Random) -> Sequence[str]:
    """Headlines behind each other."""
    pool = [
        h for h in chance.choice(half.headlines) if 3 < len(h) <= LONGEST and h[-1] not in "。："
    ]
    return _some(pool, size, chance)


def even_headlines(half: Half, size: int, chance: random.Random) -> Sequence[str]:
    """Headlines of one length, as slogans are."""
    length = chance.randrange(6, 18)
    pool = [h for h in half.headlines[0] if len(h) == length and h[-1] not in "。："]
    return _some(pool, size, chance)


def clauses(half: Half, size: int, chance: random.Random) -> Sequence[str]:
    """Clauses of a text, a line each, without marks: lyrics."""
    return [c for c in _clauses(half, chance, 40) if 3 < len(c) < 17][:size]


def even_clauses(half: Half, size: int, chance: random.Random) -> Sequence[str]:
    """Clauses of about one length."""
    length, drift = chance.choice((4, 5, 6, 7, 7, *range(8, 17))), chance.choice((0, 0, 1, 2))
    found = _clauses(half, chance, 400)
    return [c for c in found if abs(len(c) - length) <= (drift if length > 8 else 0)][:size]


def marked_clauses(half: Half, size: int, chance: random.Random) -> Sequence[str]:
    """Clauses with their marks."""
    return _MARKED.findall(_text(half, chance, 40))[:size]


def word_by_word(half: Half, size: int, chance: random.Random) -> Sequence[str]:
    """Prose in lines that are uneven and end where words do: verse whose sentences run over."""
    source = half.prose[chance.choice(_FICTION)]
    at, width = chance.randrange(len(source)), chance.randrange(7, 14)
    lines, goal = [""], width
    for word in rjieba.cut("".join(source[at : at + 3])):
        if word in "，。！？；、：”’」』）…—" and lines[-1]:
            lines[-1] += word
            continue
        if len(lines[-1]) >= goal or len(lines[-1]) + len(word) > width + 3:
            lines.append("")
            goal = width + chance.choice((-2, -1, -1, 0, 0, 0, 1))
        lines[-1] += word
    return _some([line.strip() for line in lines if line.strip()], size, chance)


WAYS: dict[str, tuple[float, Make]] = {
    "poem": (4, poem),
    "poem without marks": (2, unmarked_poem),
    "clauses of verse": (3, bare),
    "couplets": (2, couplets),
    "headlines": (3, headlines),
    "even headlines": (1.5, even_headlines),
    "clauses": (2, clauses),
    "even clauses": (3.5, even_clauses),
    "marked clauses": (1.5, marked_clauses),
    "word by word": (1, word_by_word),
}
"""How a block is made, and how often."""


def blocks(half: Half, count: int, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Blocks set line by line, each with its kind: some in stanzas, some in traditional script."""
    for _ in range(count):
        kind = chance.choices(list(WAYS), [often for often, _ in WAYS.values()])[0]
        lines = WAYS[kind][1](half, chance.choice(SIZES), chance)
        if len(lines) < 2:
            continue
        stanza = chance.choice((2, 4)) if chance.random() < 0.15 else 0
        gap = "\n\n" if chance.random() < 0.1 else "\n"
        text = "".join(
            line + ("\n\n" if stanza and n % stanza == 0 else gap)
            for n, line in enumerate(lines, 1)
        ).rstrip("\n")
        yield kind, traditional(text) if chance.random() < 0.2 else text


def _text(half: Half, chance: random.Random, lines: int) -> str:
    source = half.prose[chance.choice([k for k in half.prose if k not in UNMARKED])]
    at = chance.randrange(len(source))
    return "\n".join(source[at : at + lines])


def _clauses(half: Half, chance: random.Random, lines: int) -> list[str]:
    return _CLAUSE.findall(_text(half, chance, lines))


def _some(pool: Sequence[str], size: int, chance: random.Random) -> Sequence[str]:
    """So many that follow each other, if there are so many."""
    if len(pool) <= size:
        return []
    first = chance.randrange(len(pool) - size)
    return pool[first : first + size]
