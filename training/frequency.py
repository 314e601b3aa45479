"""Count the characters and pairs of Chinese news that tell one encoding from another.

usage: python training/frequency.py ../shared/corpus -o fixnews/models/characters.json.z

Simplified: every third paragraph of news-train (a daily, television news, dailies of the 1990s).
Traditional: the first nine tenths of news-hant (broadcasters and agencies of Hong Kong, Taiwan and
Macau) and a slice of news-train converted with OpenCC. What leaves here are rounded logarithms.
"""

from __future__ import annotations

import argparse
import json
import lzma
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import opencc

STEP = 0.25
"""Nats in one level: a tenth of what tells a right reading from a wrong one in a character."""

TEMPER = 0.5
"""Added to a count before its logarithm: a character seen once is not yet a common one."""

CHARACTERS_SIMPLIFIED = 20_000_000
CHARACTERS_CONVERTED = 6_000_000
PAIRS = 36_000
LEAST_PAIR = 40
LEAST_GAIN = 1.0
"""A pair is kept where it is seen this often and this many nats above chance."""

COMMON = -12.0
"""Characters likelier than this are common: 3,900 in both scripts. Clean lines have two others in a
row in 1 of 23 (simplified) and 1 of 130 (traditional), mojibake of 16 characters in 99.8 of 100."""

ASCII = set(map(chr, range(0x80)))


def paragraphs(path: Path, limit: int, every: int = 1) -> Iterator[str]:
    """Every n-th paragraph of a corpus until so many characters have come."""
    seen = 0
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            if number % every == 0:
                seen += len(line)
                if seen > limit:
                    return
                yield line


def traditional(folder: Path) -> Iterator[str]:
    """News written in traditional characters, and news turned into them."""
    with lzma.open(folder / "news-hant.txt.xz", "rt", encoding="utf-8") as file:
        lines = file.readlines()
    yield from lines[: len(lines) * 9 // 10]
    for scheme in ("s2t", "s2hk", "s2tw"):
        convert = opencc.OpenCC(scheme).convert
        limit = CHARACTERS_CONVERTED // 3
        yield from map(convert, paragraphs(folder / "news-train.txt.xz", limit, 7))


def codes(lines: Iterable[str]) -> np.ndarray:
    """The code units of a corpus in one row; characters beyond the basic plane are left out."""
    text = "".join(lines)
    row = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
    return row[row < 0x10000]


def unigrams(row: np.ndarray) -> dict[str, float]:
    """Natural logarithms of the shares of all characters seen at least twice."""
    counts = np.bincount(row, minlength=0x10000)
    seen = np.flatnonzero(counts > 1)
    shares = np.log((counts[seen] + TEMPER) / len(row))
    return {chr(c): float(p) for c, p in zip(seen, shares, strict=True)}


def pairs(row: np.ndarray) -> dict[str, tuple[int, float]]:
    """For each pair seen often enough: its count, and its gain over chance in nats."""
    counts = np.bincount(row, minlength=0x10000)
    keys, seen = np.unique((row[:-1] << 16) | row[1:], return_counts=True)
    keys, seen = keys[seen >= LEAST_PAIR], seen[seen >= LEAST_PAIR]
    one, two = keys >> 16, keys & 0xFFFF
    gains = np.log(seen.astype(float) * len(row) / (counts[one].astype(float) * counts[two]))
    keep = (gains > LEAST_GAIN) & ~((one < 0x80) & (two < 0x80)) & (one > 0x20) & (two > 0x20)
    rows = zip(one[keep], two[keep], seen[keep], gains[keep], strict=True)
    return {chr(a) + chr(b): (int(n), float(g)) for a, b, n, g in rows}


def best_pairs(found: dict[str, tuple[int, float]]) -> dict[str, float]:
    """The pairs that save most nats over the corpus."""
    ranked = sorted(found, key=lambda pair: -found[pair][0] * found[pair][1])
    return {pair: found[pair][1] for pair in ranked[:PAIRS]}


def common(*tables: dict[str, float]) -> str:
    """The characters of news: those as likely as `COMMON` in one script, and all of ASCII.

    Latin, Greek and Cyrillic letters are left out, and so are box-drawing characters, however often
    a name or a table has one: two in a row are not Chinese.
    """
    seen = {c for table in tables for c, p in table.items() if p >= COMMON}
    return "".join(sorted({c for c in seen if not "\x80" <= c < "\u2010"} | ASCII))


def levels(values: dict[str, float], sign: int) -> list[str]:
    """The keys by level: those of one rounded logarithm stand together in one string."""
    rows: dict[int, list[str]] = {}
    for key, value in values.items():
        rows.setdefault(round(sign * value / STEP), []).append(key)
    return ["".join(sorted(rows.get(level, ()))) for level in range(max(rows) + 1)]


def main() -> None:
    """Count, round, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    given = parser.parse_args()
    simplified = codes(paragraphs(given.corpus / "news-train.txt.xz", CHARACTERS_SIMPLIFIED, 3))
    hant = codes(traditional(given.corpus))
    pairs_kept = best_pairs(pairs(hant)) | best_pairs(pairs(simplified))
    table = {
        "step": STEP,
        "simplified": levels(unigrams(simplified), -1),
        "traditional": levels(unigrams(hant), -1),
        "pairs": levels(pairs_kept, 1),
    }
    common_characters = common(unigrams(simplified), unigrams(hant))
    given.output.with_name("common.txt").write_text(common_characters, "utf-8", newline="")
    packed = zlib.compress(json.dumps(table, ensure_ascii=False).encode(), 9)
    given.output.write_bytes(packed)
    print(
        f"{len(simplified)} + {len(hant)} characters, {len(pairs_kept)} pairs, {len(packed)} bytes"
    )


if __name__ == "__main__":
    main()
