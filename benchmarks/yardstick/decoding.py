"""Bytes to text: how often the text is exactly what was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from benchmarks.yardstick import texts
from benchmarks.yardstick.table import Cell, Table, share
from benchmarks.yardstick.tools import decoders
from fixnews.source import Source

CODECS = (
    ("GB18030", "gb18030", "news"),
    ("Big5", "cp950", "traditional"),
    ("UTF-8", "utf-8", "news"),
    ("UTF-16 LE without mark", "utf-16-le", "news"),
    ("UTF-16 BE without mark", "utf-16-be", "traditional"),
    ("HZ", "hz", "news"),
)
LENGTHS = (4, 10, 50, 400)
CASES, QUICK = 100, 20


def slices(
    pages: Sequence[Source], codec: str, length: int, cases: int, chance: Random
) -> Iterator[str]:
    """Pieces of one line or more that the codec can write, not all of them ASCII."""
    text = "\n".join(page.text for page in pages)
    while cases:
        at = chance.randrange(len(text) - length)
        piece = text[at : at + length].strip()
        if len(piece) == length and not piece.isascii() and writes(piece, codec):
            cases -= 1
            yield piece


def writes(text: str, codec: str) -> bool:
    try:
        return text.encode(codec).decode(codec) == text
    except UnicodeError:
        return False


def measured(seed: int, *, quick: bool) -> Table:
    rows: list[tuple[Cell, ...]] = []
    readers = decoders()
    for title, codec, name in CODECS:
        for length in LENGTHS:
            chance = Random(f"{seed}/{codec}/{length}")
            pages = list(getattr(texts, name)())
            cases = list(slices(pages, codec, length, QUICK if quick else CASES, chance))
            shares = [
                share(sum(read(text.encode(codec)) == text for text in cases), len(cases))
                if read
                else None
                for read in readers.values()
            ]
            rows.append((title, length, *shares))
    return Table(
        "encodings",
        "Encodings told",
        "Pieces of news of so many characters, written in an encoding and read without being "
        "told which. The share that comes out exactly; a detector's answer may be wider than "
        "the truth (GB18030 for GBK).",
        ("written in", "characters", *readers),
        tuple(rows),
    )
