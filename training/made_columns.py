"""Narrow columns of prose of every register, wrapped as print and programs wrap them."""

from __future__ import annotations

import json
import lzma
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from made_pages import name, printed_line

READ = 4_000_000
"""Characters of each corpus that are read."""

LEAST = 21
"""Characters of the shortest paragraph that is wrapped."""

REGISTERS = {
    "news": 6, "hant": 3, "journals": 2, "debates": 2, "fiction-hans": 2, "fiction-hant": 2,
    "essays-hans": 2, "laws-hans": 1, "wiki-hans": 1, "wiki-hant": 1, "lunyu": 0.6,
    "classical-unpunctuated": 0.5, "unpunctuated": 0.5, "names": 0.7,
}  # fmt: skip
"""How often a column is made of each kind of text."""

UNMARKED = ("classical-unpunctuated", "unpunctuated")
SIZES = (2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 30, 50)
_MARKS = re.compile("[，。、：；？！「」『』（）…—]")
_WHOLE = re.compile("[A-Za-z0-9.%+-]{2,}[万元年月日人次]?|《[^》]{1,14}》|“[^”]{1,10}”")
"""What a careful typesetter does not break."""


@dataclass(frozen=True)
class Half:
    """One half of the text: 0 trains, 1 gives the figures.

    Attributes:
        which: 0 or 1.
        prose: for each register its paragraphs.
        verse: for each set of verse its lines, page behind page.
        headlines: those of the daily, and lines of the traditional news that look like one.
        runs: lines in their order, headlines among them, for whole pages.
    """

    which: int
    prose: dict[str, list[str]]
    verse: dict[str, list[str]]
    headlines: tuple[list[str], list[str]]
    runs: tuple[list[str], ...]

    @classmethod
    def of(cls, shared: Path, which: int) -> Half:
        """Every other page, forty stories or 300 lines of the shared text."""
        daily = _daily(shared, which)
        corpora = {
            register: [line for n, line in enumerate(_read(shared, file)) if n // 300 % 2 == which]
            for register, file in (
                ("hant", "news-hant"), ("journals", "journals-1990s"), ("debates", "debates-hant"),
            )
        }  # fmt: skip
        with lzma.open(shared / "clean/clean.json.xz", "rt", encoding="utf-8") as file:
            clean = json.load(file)
        sets = {
            register: [line.strip() for text in texts[which::2] for line in text.split("\n")]
            for register, texts in clean.items()
        }
        prose = {"news": [p for _, story in daily for p in story]} | corpora | sets
        prose["unpunctuated"] = [
            _MARKS.sub("", line) for line in corpora["hant"] if not re.search("[A-Za-z0-9]", line)
        ]
        heads = [head for own, _ in daily for head in own]
        mixed = [line for own, story in daily for line in (*own, *story)]
        return cls(
            which,
            {k: [p for p in prose[k] if len(p) >= LEAST] for k in REGISTERS if k in prose},
            {k: [x for x in sets[k] if x] for k in ("verse-modern", "verse-bare")},
            (heads, [x for x in corpora["hant"] if 5 < len(x) <= 22 and x[-1] not in "。！？"]),
            (mixed, mixed, corpora["hant"], corpora["journals"]),
        )


def _daily(shared: Path, which: int) -> list[tuple[list[str], list[str]]]:
    """The stories of the daily: their headlines and their paragraphs."""
    with lzma.open(shared / "corpus/news-dev.jsonl.xz", "rt", encoding="utf-8") as file:
        stories = [json.loads(line) for line in file]
    return [
        ([_plain(h) for h in story["head"]], [_plain(p) for p in story["paras"] if p.strip()])
        for n, story in enumerate(stories)
        if n // 40 % 2 == which
    ]


def _plain(text: str) -> str:
    return text.replace("\xa0\xa0", "　").replace("\xa0", " ").strip()


def _read(shared: Path, file: str) -> list[str]:
    with lzma.open(shared / f"corpus/{file}.txt.xz", "rt", encoding="utf-8") as text:
        return [line.strip() for line in text.read(READ).split("\n") if line.strip()]


def columns(half: Half, count: int, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Blocks of columns, each with its register: from the start of a paragraph, or from within."""
    for _ in range(count):
        register = chance.choices(list(REGISTERS), list(REGISTERS.values()))[0]
        least = 10 if register in UNMARKED else 6
        lines = wrapped(
            _paragraphs(half, register, chance),
            chance.randrange(least, 25),
            chance.choice(("", "　　", "　　", "  ")),
            chance,
        )
        size = chance.choice(SIZES)
        inside = chance.random() < 0.5
        first = chance.randrange(max(1, len(lines) - size + 1)) if inside else 0
        yield register, "".join(lines[first : first + size]).rstrip("\n")


def _paragraphs(half: Half, register: str, chance: random.Random) -> Sequence[str]:
    if register == "names":
        names = "、".join(name(chance) for _ in range(chance.randint(8, 60)))
        opening = chance.choice(("获奖名单如下：", "出席的有：", "", "（记者"))
        return [opening + names + chance.choice(("。", "等。", "）", ""))]
    source = half.prose[register]
    at = chance.randrange(len(source))
    return source[at : at + chance.randint(1, 6)]


def wrapped(paragraphs: Sequence[str], width: int, indent: str, chance: random.Random) -> list[str]:
    """The printed lines of paragraphs, each with the break behind it."""
    lines, whole = list[str](), chance.random() < 0.4
    gap = chance.choice(("\n", "\n", "\n\n"))
    for paragraph in paragraphs:
        text = indent + paragraph
        while len(text) > width:
            at = printed_line(text, width, chance)
            at = _before_token(text, at) if whole else at
            if at >= len(text):
                break
            lines.append(text[:at] + "\n")
            text = text[at:]
        lines.append(text + gap)
    return lines


def _before_token(text: str, at: int) -> int:
    """The same place, or the start of the token that it would break."""
    broken = (m.start() for m in _WHOLE.finditer(text[: at + 20]) if m.start() < at < m.end())
    return next((start for start in broken if start > 1), at)
