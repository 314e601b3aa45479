"""Is a block of short lines set line by line, as verse, slogans and lists are, or is it a column?

A narrow column of prose is cut where the line is full: inside words and sentences, with marks
wherever they fall. Verse, lyrics, couplets, slogans, menus and lists end their lines where a phrase
ends; they may be as even as a column, and without a mark. Between short lines nothing is joined
before this question is answered. The evidence of the seams around is added up and weighed by a
table of weights (`scripts/train_verse.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fixnews import forest
from fixnews.layout.page import CLOSERS, Line, ends_sentence
from fixnews.layout.seams import INDENT
from fixnews.words.lexicon import characters as classes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LONGEST, USUAL = 24, 18
"""Characters of the longest line of a block, and of its middle one: 99 % of the lines of two poets
have at most 18, and blocks that are wider are columns."""

WINDOW = 8
"""Seams on each side whose evidence counts for a seam: a poem is rarely shorter than it seems
there, and a column of prose has shown by then that it cuts words."""

BLOCK = 60
"""The same for what the whole block shows."""

FEW, MOSTLY = 4, 0.5
"""Seams up to which a block is left to the seam classifier (`fixnews.layout.seams`) where less than
this share of a page's text stands in blocks: between long lines it knows headlines and short poems,
and what counts there is that a headline of two lines is one."""

CUT = 12.0
"""Nats from which a word across a seam was plainly cut: so read 1 seam of verse in 200."""

GAIN, BOND, ODDS = (0.0, 20.0), (-4.0, 12.0), (-4.0, 4.0)
"""Nats between which a seam's gain counts, and log odds between which the edges of lines do: one
seam must not outweigh the block."""

_SOFT = frozenset("，,、：:")
_MARKS = frozenset("。！？!?…；;，,、：:—") | CLOSERS
_STOPS = frozenset("。！？!?")
_INNER = frozenset("。！？!?；;，,、：:")
_NO_START = frozenset("，。、；：？！,.;:?!”’」』）)》")

_WHOLE = re.compile(
    r"[0-9０-９][0-9０-９.,%％+-]*[\u4e00-\u9fff]?|[A-Za-z][A-Za-z0-9.@+-]*|《[^《》]{1,16}》|“[^“”]{1,12}”?"
)
"""What careful setting does not break: a line is full where it did not fit."""

SUMMED = (
    "seams", "open", "word", "cut", "gain", "bond", "ends", "opens", "meet", "title", "soft",
    "listing", "unmarked", "slack", "wide_slack", "gap", "inner", "inner_stop", "parallel", "same",
    "echo", "bound", "function", "hang", "run_over", "torn", "length", "marks",
)  # fmt: skip
"""What each seam of a block shows, summed over the seams around."""

_OF_OPEN = ("word", "cut", "gain", "bond", "ends", "opens", "meet", "slack", "wide_slack")
_OF_ALL = (
    "open", "title", "soft", "listing", "unmarked", "gap", "inner", "inner_stop", "parallel",
    "same", "echo", "bound", "function", "run_over", "length",
)  # fmt: skip
_OF_BLOCK = ("word", "cut", "gain", "slack", "bond")

FEATURES = (
    "seams", "words", "cuts", "torn", "functions", "hang", "bare",
    *_OF_OPEN, *_OF_ALL, "block", *(f"{name}_block" for name in _OF_BLOCK), "unmarked_block",
)  # fmt: skip
"""The evidence at a seam, in the order of the columns of `evidence`: counts, then shares."""


FOREST = Path(__file__).parents[1] / "models" / "verse.npz"


def odds(rows: Floats, share: float) -> Floats:
    """For each seam of a page the probability that its block is set line by line.

    Args:
        rows: the evidence at the seams. A seam beside a long line is in no block: 0; so is a
            headline of a few lines between paragraphs.
        share: how much of the page's text stands in blocks.
    """
    import numpy as np

    block = rows[:, FEATURES.index("block")]
    few = FEW if share < MOSTLY else 0
    inside = block > few
    told = np.zeros(len(rows))
    if inside.any():
        told[inside] = forest.load(FOREST).probability(rows[inside])
    return told


def evidence(
    lines: Sequence[Line], words: Sequence[str], chances: Floats, edges: Floats, slack: Floats
) -> Floats:
    """What speaks for lines set line by line at every seam.

    Args:
        lines: the lines of a page as evidence reads them, n + 1.
        words: for each seam the dictionary word across it, or nothing.
        chances: what the language model says of each seam, as `Model.seams` does: (n, 3).
        edges: how each line begins and ends, as `Edges.evidence` tells it: (n + 1, 4).
        slack: for each seam the characters that its left line lacks to the width of its column.

    Returns:
        n rows with a column for each of `FEATURES`; all 0 at a seam that is in no block.
    """
    import numpy as np

    rows = np.zeros((len(words), len(FEATURES)))
    for first, last in blocks_of(lines):
        part = slice(first, last)
        own = lines[first : last + 1]
        seam = _at_seams(own, words[part], chances[part], edges[first : last + 1], slack[part])
        rows[part] = _shares(_around(seam, WINDOW), _around(seam, BLOCK))
    return rows


def _shares(near: Floats, block: Floats) -> Floats:
    """The sums around each seam as shares, in the order of `FEATURES`."""
    import numpy as np

    one, all_ = (dict(zip(SUMMED, sums.T, strict=True)) for sums in (near, block))
    bare = np.where(one["marks"] == 0, one["length"], 0)
    columns = [one[name] for name in ("seams", "word", "cut", "torn", "function", "hang")]
    columns.append(bare)
    columns += [one[name] / (one["open"] + 0.5) for name in _OF_OPEN]
    columns += [one[name] / one["seams"] for name in _OF_ALL]
    columns += [all_["seams"], *(all_[name] / (all_["open"] + 0.5) for name in _OF_BLOCK)]
    return np.column_stack((*columns, all_["unmarked"] / all_["seams"]))


def blocks_of(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """The runs of short lines on a page: the numbers of their first and their last line."""
    found, at = [], 0
    for (short, _), group in groupby(lines, lambda line: (len(line.text) <= LONGEST, line.page)):
        run = sorted(len(line.text) for line in group)
        if short and len(run) > 1 and run[len(run) // 2] <= USUAL:
            found.append((at, at + len(run) - 1))
        at += len(run)
    return found


def _at_seams(
    lines: Sequence[Line], words: Sequence[str], chances: Floats, edges: Floats, slack: Floats
) -> Floats:
    """What each seam of one block shows, a row a seam, in the order of `SUMMED`."""
    import numpy as np

    texts = [line.text for line in lines]
    open_ = np.array([not ends_sentence(text) for text in texts[:-1]], dtype=float)
    inner = np.array([_inside(text, _INNER) for text in texts], dtype=float)
    stops = np.array([_inside(text, _STOPS) for text in texts], dtype=float)
    told = np.array([_of_pair(*pair) for pair in pairwise(texts)], dtype=float)
    opens, ends, title, meet = np.clip(edges, *ODDS).T
    gains, bonds = chances[:, 0] - chances[:, 1] - chances[:, 2], chances[:, 0] - chances[:, 2]
    length = np.array([len(text) for text in texts], dtype=float)
    torn = np.zeros(len(words))
    torn[-1] = texts[-1][-1] not in _MARKS
    has_word = np.array([bool(word) for word in words], dtype=float)
    slack = np.where(np.array([_token(text) for text in texts[1:]]) > slack, 0, slack)
    last = [text[-1] for text in texts[:-1]]
    unmarked = np.array([c not in _MARKS for c in last], dtype=float)
    gap = np.array([line.gap for line in lines[1:]], dtype=float)
    indent = np.array([line.indent for line in lines])
    hang = (indent[:-1] >= INDENT) & (indent[1:] < INDENT) & (slack < 1.5)
    return np.column_stack((
        np.ones(len(words)), open_, has_word * open_, has_word * (gains > CUT),
        np.clip(gains, *GAIN) * open_, np.clip(bonds, *BOND) * open_, ends[:-1] * open_,
        opens[1:] * open_,
        meet[:-1] * open_, _mid(title), [c in _SOFT for c in last], [c == "、" for c in last],
        unmarked, (slack >= 1.5) * open_, (slack >= 2.5) * open_, gap > gap.min(), _mid(inner),
        _mid(stops), told, hang * open_, unmarked * open_ * (inner[1:] > 0), torn, _mid(length),
        _mid(inner) + 1 - unmarked,
    )).astype(float)  # fmt: skip


def _mid(values: Any) -> Any:
    """The mean of each two neighbours: what a seam has of its lines."""
    return (values[:-1] + values[1:]) / 2


def _token(text: str) -> float:
    """How wide the unbreakable token is that a line begins with, in Han characters; 0 for none."""
    found = _WHOLE.match(text)
    return len(found[0]) - sum(map(str.isascii, found[0])) / 2 if found else 0


def _inside(text: str, marks: frozenset[str]) -> int:
    """How many marks stand inside a line, those at its end passed over."""
    return sum(character in marks for character in text.rstrip("".join(_MARKS)))


def _of_pair(left: str, right: str) -> tuple[bool, bool, bool, bool, bool]:
    """How two lines answer each other, and whether the second cannot begin a line."""
    one, two = left.rstrip("".join(_MARKS)), right.rstrip("".join(_MARKS))
    same = len(one) == len(two)
    pauses = [n for n, c in enumerate(one) if c in _INNER]
    parallel = same and bool(pauses) and pauses == [n for n, c in enumerate(two) if c in _INNER]
    echo = sum(a == b and a not in _INNER for a, b in zip(one, two, strict=False)) > 1
    bound = right[0] in _NO_START or right[0] in classes("bound-start")
    return parallel, same, echo, bound, left[-1] in classes("function-end")


def _around(rows: Floats, reach: int) -> Floats:
    """For each seam the sum over the seams of its block that are so near."""
    import numpy as np

    total = np.vstack((np.zeros(rows.shape[1]), np.cumsum(rows, axis=0)))
    place = np.arange(len(rows))
    low, high = np.maximum(place - reach, 0), np.minimum(place + reach + 1, len(rows))
    return np.asarray(total[high] - total[low])
