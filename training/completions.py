"""Build the completions: which third character stands with two others in the news.

usage: python training/completions.py ../shared -o fixnews/models/completions.npz [--held-out]

A recogniser that loses a character in a blot puts anything at all in its place, and no confusion
set knows what was printed; the neighbours often do. Three Han characters in a row that the
simplified news has at least `LEAST` times are kept, the `MOST` commonest for each pair of
neighbours: one on each side, both on the left, both on the right. With --held-out, the lines that
`language_model.py --held-out` leaves out are left out.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from language_model import seen, simplified_news

LEAST = 12
MOST = 4
SHARE = 0.05
"""Share of what stands between two characters below which a third is not worth asking about."""

CHUNK = 200_000
"""Lines counted at a time."""


def counted(lines: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """The triples of Han characters of these lines, in one key each; how often."""
    units = np.frombuffer("".join(lines).encode("utf-16-le", "replace"), np.uint16)
    han = (units >= 0x4E00) & (units < 0xA000)
    whole = han[:-2] & han[1:-1] & han[2:]
    u = units.astype(np.uint64)
    keys = (u[:-2] << np.uint64(32)) | (u[1:-1] << np.uint64(16)) | u[2:]
    return np.unique(keys[whole], return_counts=True)


def merged(parts: list[tuple[np.ndarray, np.ndarray]]) -> tuple[np.ndarray, np.ndarray]:
    """Counts of several chunks as one."""
    keys = np.concatenate([k for k, _ in parts])
    counts = np.concatenate([c for _, c in parts])
    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], counts[order]
    first = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
    return keys[first], np.add.reduceat(counts, first)


def kept(keys: np.ndarray, counts: np.ndarray, gap: int) -> tuple[np.ndarray, np.ndarray]:
    """The neighbours and the fillers that are worth asking about, for a gap at one place of three.

    Args:
        keys: the triples.
        counts: how often each was met.
        gap: 0 where the neighbours stand behind the gap, 1 around it, 2 before it.
    """
    parts = [((keys >> np.uint64(shift)) & np.uint64(0xFFFF)) for shift in (32, 16, 0)]
    filler = parts.pop(gap)
    around = (parts[0] << np.uint64(16)) | parts[1]
    order = np.lexsort((-counts, around))
    around, filler, counts = around[order], filler[order], counts[order]
    first = np.flatnonzero(np.append(True, around[1:] != around[:-1]))
    sums = np.repeat(np.add.reduceat(counts, first), np.diff(np.append(first, len(around))))
    rank = np.arange(len(around)) - np.searchsorted(around, around)
    good = (counts >= LEAST) & (rank < MOST) & (counts >= SHARE * sums)
    return around[good].astype(np.uint32), filler[good].astype(np.uint16)


def main() -> None:
    """Count, choose, write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path)
    options.add_argument("-o", "--output", type=Path, required=True)
    options.add_argument("--held-out", action="store_true")
    given = options.parse_args()
    lines = simplified_news(given.shared)
    lines = seen(lines) if given.held_out else lines
    total: tuple[np.ndarray, np.ndarray] = (np.empty(0, np.uint64), np.empty(0, np.int64))
    for at in range(0, len(lines), CHUNK):
        total = merged([total, counted(lines[at : at + CHUNK])])
    table = {}
    for gap in range(3):
        around, filler = kept(*total, gap)
        print(f"gap {gap}: {len(around)} completions of {len(np.unique(around))} pairs")
        table.update(packed(gap, around, filler))
    np.savez_compressed(given.output, **table)


def packed(gap: int, around: np.ndarray, filler: np.ndarray) -> dict[str, np.ndarray]:
    """Neighbours as steps from one to the next, which deflate better; bytes of a kind together."""
    steps = np.diff(around, prepend=np.uint32(0))
    planes = (steps[:, None] >> np.arange(0, 32, 8, dtype=np.uint32)).astype(np.uint8).T
    return {f"steps{gap}": np.ascontiguousarray(planes), f"fillers{gap}": filler}


if __name__ == "__main__":
    main()
