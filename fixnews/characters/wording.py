"""Which words a character makes with what stands around it, as it was read and as printed.

A misread character breaks a word, and the right one mends it: fewer words, longer and commoner
ones. Many places are asked about at once, as the segmenter reads one long text faster than many
short ones; and each only once (`fixnews.recall`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fixnews.arrays import Floats
from fixnews.recall import Recall
from fixnews.words import lexicon

REACH = 6
"""Characters on each side that the segmenter sees."""

PARTING = "，"
"""What stands between two passages where many are cut as one: no word holds it."""

MEASURES = 3
"""Numbers a passage: its words, the length of the one that is meant, how common they all are."""

_WORDS, _LENGTH, _COMMON = range(MEASURES)


def both(windows: Sequence[str], which: Sequence[int], printed: Sequence[str]) -> Floats:
    """How windows read with their middle as it was read, and with a candidate.

    Args:
        windows: `REACH` characters, the one in question, and up to as many; what lies on another
            line does not count.
        which: for each candidate the number of its window.
        printed: the candidates.

    Returns:
        A row a candidate, shape (n, 2 * `MEASURES`): first as read.

    >>> both(["各地全面提升辩识度"], [0], ["辨"])[:, [0, 3]].tolist()
    [[6.0, 5.0]]
    """
    parts = {n: _line(windows[n]) for n in dict.fromkeys(which)}
    read = {n: (f"{a}{windows[n][REACH]}{b}", len(a)) for n, (a, b) in parts.items()}
    rows = list(map(read.__getitem__, which))
    for n, character in zip(which, printed, strict=True):
        before, behind = parts[n]
        rows.append((f"{before}{character}{behind}", len(before)))
    told = np.frombuffer(b"".join(measured(rows)), dtype=np.float64)
    as_read, as_printed = told.reshape(2, len(which), MEASURES)
    return np.hstack((as_read, as_printed))


def _line(window: str) -> tuple[str, str]:
    """What stands on the line of the middle of a window, before it and behind."""
    return window[:REACH].rpartition("\n")[2], window[REACH + 1 :].partition("\n")[0]


def _measured(rows: list[tuple[str, int]]) -> list[bytes]:
    """How passages read, each with the place of the character that is meant."""
    words = lexicon.cut(PARTING.join(text for text, _ in rows))
    sizes = np.fromiter(map(len, words), np.int64, len(words))
    ends = np.cumsum(sizes)
    starts = np.cumsum([0, *(len(text) + 1 for text, _ in rows)])
    first = np.searchsorted(ends, starts, "right")  # the words that each passage begins with
    common = np.fromiter(map(lexicon.commonness, words), np.float64, len(words))
    passage = np.repeat(np.arange(len(rows)), np.diff(first))
    common[first[1:-1] - 1] = 0  # what parts the passages
    told = np.empty((len(rows), MEASURES))
    told[:, _WORDS] = np.diff(first) - (np.arange(len(rows)) < len(rows) - 1)
    told[:, _LENGTH] = sizes[np.searchsorted(ends, starts[:-1] + [at for _, at in rows], "right")]
    told[:, _COMMON] = np.bincount(passage, common, len(rows))
    return [row.tobytes() for row in told]


measured: Recall[tuple[str, int], bytes] = Recall(_measured)
"""How passages read: `MEASURES` numbers each, as the bytes of an array."""
