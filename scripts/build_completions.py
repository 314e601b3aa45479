"""Build the completions: between which two characters which third one stands in the news.

usage: python scripts/build_completions.py ../shared -o fixnews/models/completions.npz [--held-out]

A recogniser that loses a character in a blot puts anything at all in its place, and no confusion
set knows what was printed; the two neighbours often do. Three Han characters in a row that the
simplified news has at least `LEAST` times are kept, the `MOST` commonest for each pair of
neighbours. With --held-out, the lines that `train_model.py --held-out` leaves out are left out.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from train_model import seen, simplified_news

LEAST = 15
MOST = 4
SHARE = 0.05
"""Share of what stands between two characters below which a third is not worth asking about."""

CHUNK = 200_000
"""Lines counted at a time."""


def counted(lines: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """The triples of Han characters of these lines, first, third, second in one key; how often."""
    units = np.frombuffer("".join(lines).encode("utf-16-le", "replace"), np.uint16)
    han = (units >= 0x4E00) & (units < 0xA000)
    whole = han[:-2] & han[1:-1] & han[2:]
    u = units.astype(np.uint64)
    keys = (u[:-2] << np.uint64(32)) | (u[2:] << np.uint64(16)) | u[1:-1]
    return np.unique(keys[whole], return_counts=True)


def merged(parts: list[tuple[np.ndarray, np.ndarray]]) -> tuple[np.ndarray, np.ndarray]:
    """Counts of several chunks as one."""
    keys = np.concatenate([k for k, _ in parts])
    counts = np.concatenate([c for _, c in parts])
    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], counts[order]
    first = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
    return keys[first], np.add.reduceat(counts, first)


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
    keys, counts = total
    around = keys >> np.uint64(16)
    first = np.flatnonzero(np.append(True, around[1:] != around[:-1]))
    sums = np.repeat(np.add.reduceat(counts, first), np.diff(np.append(first, len(keys))))
    order = np.lexsort((-counts, around))
    rank = np.arange(len(order)) - np.searchsorted(around, around[order])
    kept = order[(counts[order] >= LEAST) & (rank < MOST) & (counts[order] >= SHARE * sums[order])]
    kept = np.sort(kept)
    pairs = around[kept].astype(np.uint32)
    middles = (keys[kept] & np.uint64(0xFFFF)).astype(np.uint16)
    np.savez_compressed(given.output, pairs=pairs, middles=middles)
    print(f"{len(kept)} completions of {len(np.unique(pairs))} pairs")


if __name__ == "__main__":
    main()
