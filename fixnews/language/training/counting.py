"""Counting: the 4-grams of a corpus that is read as a stream.

The corpus is text, a paragraph a line, in one or more files, plain or ``.xz``. It is read twice:
once for the alphabet, once for the 4-grams. Memory is bounded: when more than `MOST_GRAMS`
different ones are held, the rarest are dropped.
"""

from __future__ import annotations

import lzma
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from fixnews.arrays import Ints
from fixnews.errors import PageError, of_system
from fixnews.language.alphabet import BMP, END, START, Codes, codes
from fixnews.language.hashed import Keys
from fixnews.language.ngrams import BITS, ORDER
from fixnews.message import Message

Counts = NDArray[np.uint32 | np.uint64]
"""How often n-grams were seen: 32 bits as they are read, 64 once they are summed."""

GramCounts = tuple[Keys, Counts]
"""N-grams, and how often each was seen; shape (n,) both."""

CHUNK = 4_000_000
"""Bytes read at a time."""

MOST_GRAMS = 60_000_000
"""Different 4-grams that are held, 12 bytes each; sorting takes as much again."""


def paragraphs(paths: Sequence[Path], watch: Callable[[int], None]) -> Iterator[str]:
    """The corpus in pieces of whole lines.

    Args:
        paths: its files, UTF-8, plain or ``.xz``.
        watch: told after each piece how many bytes of the files are read.

    Raises:
        PageError: a file cannot be read, or is not UTF-8.
    """
    read = 0
    for path in paths:
        try:
            with path.open("rb") as raw, _unpacked(raw, path) as file:
                for piece in _pieces(file):
                    yield piece
                    watch(read + raw.tell())
                read += raw.tell()
        except (OSError, EOFError, lzma.LZMAError, UnicodeDecodeError) as error:
            what = of_system(error) if isinstance(error, OSError) else error
            problem = Message("{path}: {what}", path=path, what=what)
            raise PageError(problem, "give UTF-8 text, plain or .xz") from None


def _unpacked(raw: IO[bytes], path: Path) -> IO[bytes]:
    return lzma.open(raw) if path.suffix == ".xz" else raw


def _pieces(file: IO[bytes]) -> Iterator[str]:
    while lines := file.readlines(CHUNK):
        yield b"".join(lines).decode("utf-8")


def character_counts(pieces: Iterable[str]) -> Ints:
    """How often each character of the basic plane stands in the corpus; shape (`BMP`,)."""
    counts = np.zeros(BMP, dtype=np.int64)
    for piece in pieces:
        units = np.frombuffer(piece.encode("utf-16-le", "replace"), dtype=np.uint16)
        counts += np.bincount(units, minlength=BMP)
    return counts


def contexts(seen: Codes) -> Keys:
    """The 4-gram that ends at each code of a text; breaks behind breaks are passed over."""
    u = np.uint64
    before = np.concatenate(([END], seen[:-1]))
    kept = seen[~((seen == END) & (before == END))].astype(u)
    padded = np.concatenate((np.full(ORDER - 1, END, u), kept))
    ended = np.zeros(len(kept), dtype=bool)
    keys = kept.copy()
    for back in range(1, ORDER):
        code = padded[ORDER - 1 - back : len(padded) - back].copy()
        ended |= code == END
        code[ended] = START
        keys |= code << u(back * BITS)
    return np.asarray(keys)


def summed(keys: Keys, counts: Counts) -> GramCounts:
    """Sorted keys each once, with the sum of their counts."""
    if not len(keys):
        return keys, counts
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return keys[starts], np.add.reduceat(counts, starts)


def counted(pieces: Iterable[str], table: Codes, most: int = MOST_GRAMS) -> GramCounts:
    """The 4-grams of the corpus and how often each was seen."""
    total: GramCounts = (np.zeros(0, np.uint64), np.zeros(0, np.uint32))
    waiting: list[GramCounts] = []
    for piece in pieces:
        keys, counts = np.unique(contexts(codes(piece, table)), return_counts=True)
        waiting.append((keys, counts.astype(np.uint32)))
        if sum(len(k) for k, _ in waiting) > len(total[0]) // 2:
            total, waiting = _all_merged([total, *waiting], most), []
    return _all_merged([total, *waiting], most)


def _all_merged(tables: Sequence[GramCounts], most: int) -> GramCounts:
    keys = np.concatenate([k for k, _ in tables])
    counts = np.concatenate([c for _, c in tables])
    order = np.argsort(keys, kind="stable")
    keys, counts = summed(keys[order], counts[order])
    least = 1
    while len(keys) > most:
        least += 1
        keys, counts = keys[counts >= least], counts[counts >= least]
    return keys, counts
