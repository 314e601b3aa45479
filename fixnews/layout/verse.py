"""Is a block of short lines set line by line, as verse, slogans and lists are, or is it a column?

A narrow column of prose is cut where the line is full: inside words and sentences, with marks
wherever they fall. Verse, lyrics, couplets, slogans, menus and lists end their lines where a phrase
ends; they may be as even as a column, and without a mark. Between short lines nothing is joined
before this question is answered. The evidence of the seams around is added up and weighed by a
table of weights (`training/verse.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise, starmap
from operator import eq
from pathlib import Path
from struct import Struct
from typing import NamedTuple

import numpy as np

from fixnews import forest
from fixnews.arrays import Floats, Ints, Reals
from fixnews.layout import seams
from fixnews.layout.faces import SHOWN
from fixnews.layout.page import CLOSERS, Line
from fixnews.layout.page_bounds import Bounds
from fixnews.layout.seams import INDENT
from fixnews.patterns import lazy
from fixnews.recall import RARE, Recall
from fixnews.words.lexicon import characters as classes

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
_ALL_MARKS = "".join(sorted(_MARKS))
_STOPS = frozenset("。！？!?")
_INNER = frozenset("。！？!?；;，,、：:")
_INNER_SIGN = lazy("[。！？!?；;，,、：:]")
_NO_START = frozenset("，。、；：？！,.;:?!”’」』）)》")

_WHOLE = lazy(
    r"[0-9０-９][0-9０-９.,%％+-]*[\u4e00-\u9fff]?|[A-Za-z][A-Za-z0-9.@+-]*|《[^《》]{1,16}》|“[^“”]{1,12}”?"
)
"""What careful setting does not break: a line is full where it did not fit."""

LONGEST_KNOWN, BLOCKS_KNOWN = 200, 32
"""Lines of the longest block of which it is remembered what it shows, a kB a line, and how many
blocks are: those of two pages."""

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


_FROM = [SHOWN.index(name) for name in ("length", "sentence", "opens", "ends", "title")]

FOREST = Path(__file__).parents[1] / "models" / "verse.npz"


def odds(  # noqa: PLR0913
    lines: Sequence[Line],
    told: Sequence[str],
    own: Floats,
    rows: Floats,
    which: Ints,
    *,
    pages: Bounds,
) -> Floats:
    """For some seams of pages the probability that their blocks are set line by line.

    A seam beside a long line is in no block: 0; so is a headline of a few lines between paragraphs.

    Args:
        lines: the lines of the pages, n + 1.
        told: their texts as evidence reads them.
        own: what each line shows by itself (`faces.SHOWN`).
        rows: the evidence at each seam, as `seams.evidence` tells it.
        which: the numbers of the seams.
        pages: which lines are those of which page.
    """
    bounds = zip(pages.first.tolist(), pages.end.tolist(), strict=True)
    every = [block for first, end in bounds for block in _asked(lines, told, first, end)]
    ends = np.searchsorted(np.sort(which), np.array(every, np.int64).reshape(-1, 2))
    asked = [block for block, (low, high) in zip(every, ends.tolist(), strict=True) if low < high]
    found = np.zeros(len(which))
    if asked:
        shown = evidence(lines, told, own, rows, asked)[which]
        inside = shown[:, FEATURES.index("block")] > 0
        found[inside] = forest.load(FOREST).probability(shown[inside])
    return found


def _asked(
    lines: Sequence[Line], told: Sequence[str], first: int, end: int
) -> Iterator[tuple[int, int]]:
    """The blocks of one page that may be set line by line, by the numbers of their lines."""
    told = told[first:end]
    size, blocks = [*map(len, told)], blocks_of(lines[first:end], told)
    share = sum(sum(size[begin : last + 1]) for begin, last in blocks) / sum(size)
    few = FEW if share < MOSTLY else 0
    yield from ((first + a, first + b) for a, b in blocks if b - a > few)


def evidence(
    lines: Sequence[Line],
    told: Sequence[str],
    own: Floats,
    rows: Floats,
    blocks: Sequence[tuple[int, int]],
) -> Floats:
    """What speaks for lines set line by line at every seam.

    Args:
        lines: the lines of a page, n + 1.
        told: their texts as evidence reads them.
        own: what each line shows by itself (`faces.SHOWN`).
        rows: the evidence at each seam, as `seams.evidence` tells it.
        blocks: those of `blocks_of` that are in question.

    Returns:
        n rows with a column for each of `FEATURES`; all 0 at a seam that is in no such block.
    """
    found = np.zeros((len(rows), len(FEATURES)))
    for first, last in blocks:
        part, every = slice(first, last), slice(first, last + 1)
        placed = tuple([(line.gap, line.indent) for line in lines[every]])
        block = _Block(tuple(told[every]), placed, own[every].tobytes(), rows[part].tobytes())
        shares = _known([block])[0] if last - first <= LONGEST_KNOWN else _of_block(block)
        found[part] = np.frombuffer(shares, np.float64).reshape(-1, len(FEATURES))
    return found


class _Block(NamedTuple):
    """All that the evidence of a block follows from.

    Attributes:
        told: the texts of its lines.
        placed: for each line the blank lines before it and its indent.
        own: what each line shows by itself, as bytes.
        rows: the evidence at each of its seams, as bytes.
    """

    told: tuple[str, ...]
    placed: tuple[tuple[int, int], ...]
    own: bytes
    rows: bytes


def _of_block(block: _Block) -> bytes:
    """The evidence at the seams of one block."""
    own = np.frombuffer(block.own, np.float64).reshape(len(block.told), -1)
    rows = np.frombuffer(block.rows, np.float64).reshape(len(block.told) - 1, -1)
    seam = _at_seams(block.placed, block.told, own, rows)
    return _shares(_around(seam, WINDOW), _around(seam, BLOCK)).tobytes()


_known = Recall[_Block, bytes](lambda blocks: [*map(_of_block, blocks)], BLOCKS_KNOWN)


def _shares(near: Floats, block: Floats) -> Floats:
    """The sums around each seam as shares, in the order of `FEATURES`."""
    one, all_ = (dict(zip(SUMMED, sums.T, strict=True)) for sums in (near, block))
    bare = np.where(one["marks"] == 0, one["length"], 0)
    columns = [one[name] for name in ("seams", "word", "cut", "torn", "function", "hang")]
    columns.append(bare)
    columns += [one[name] / (one["open"] + 0.5) for name in _OF_OPEN]
    columns += [one[name] / one["seams"] for name in _OF_ALL]
    columns += [all_["seams"], *(all_[name] / (all_["open"] + 0.5) for name in _OF_BLOCK)]
    return np.column_stack((*columns, all_["unmarked"] / all_["seams"]))


def blocks_of(lines: Sequence[Line], told: Sequence[str]) -> list[tuple[int, int]]:
    """The runs of short lines on a page: the numbers of their first and their last line."""
    found, at = [], 0
    faces = [(len(text) <= LONGEST, line.page) for line, text in zip(lines, told, strict=True)]
    for (short, _), group in groupby(faces):
        size = len(list(group))
        run = sorted(map(len, told[at : at + size])) if short and size > 1 else [USUAL + 1]
        if run[len(run) // 2] <= USUAL:
            found.append((at, at + size - 1))
        at += size
    return found


def _at_seams(
    placed: Sequence[tuple[int, int]], texts: Sequence[str], own: Floats, rows: Floats
) -> Floats:
    """What each seam of one block shows, a row a seam, in the order of `SUMMED`."""
    inner, stops, token, unmarked, soft, listing = _numbers(_lines(texts), _OF_LINE.size).T
    told = _numbers(_pairs(list(pairwise(texts))), _OF_PAIR.size)
    length, sentence, opens, ends, title = own.T[_FROM]
    gains, joined, start, meet, fill, width = seams.of(
        rows, "gain", "joined", "start", "meet", "fill", "width"
    )
    open_, slack = 1 - sentence[:-1], width * (1 - fill)
    opens, ends, title, meet = (np.clip(odds, *ODDS) for odds in (opens, ends, title, meet))
    torn = np.zeros(len(rows))
    torn[-1] = unmarked[-1]
    word = (rows[:, seams.FEATURES.index("word")] > 0).astype(float)
    slack = np.where(token[1:] > slack, 0, slack)
    gap, indent = np.array(placed, dtype=float).T
    gap = gap[1:]
    hang = (indent[:-1] >= INDENT) & (indent[1:] < INDENT) & (slack < 1.5)
    last = unmarked[:-1]
    return np.column_stack((
        np.ones(len(rows)), open_, word * open_, word * (gains > CUT),
        np.clip(gains, *GAIN) * open_, np.clip(joined - start, *BOND) * open_, ends[:-1] * open_,
        opens[1:] * open_,
        meet * open_, _mid(title), soft[:-1], listing[:-1],
        last, (slack >= 1.5) * open_, (slack >= 2.5) * open_, gap > gap.min(), _mid(inner),
        _mid(stops), told, hang * open_, last * open_ * (inner[1:] > 0), torn, _mid(length),
        _mid(inner) + 1 - last,
    )).astype(float)  # fmt: skip


def _numbers(found: Sequence[bytes], size: int) -> Floats:
    """What was told of lines or pairs, a row each."""
    return np.frombuffer(b"".join(found), np.float64).reshape(-1, size // 8)


def _mid(values: Reals) -> Reals:
    """The mean of each two neighbours: what a seam has of its lines."""
    return (values[:-1] + values[1:]) / 2


def _token(text: str) -> float:
    """How wide the unbreakable token is that a line begins with, in Han characters; 0 for none."""
    found = _WHOLE.match(text)
    return len(found[0]) - sum(map(str.isascii, found[0])) / 2 if found else 0


def _of_line(text: str) -> bytes:
    """What stands inside a line and at its end, in the order in which `_at_seams` takes it."""
    last, inner = text[-1], _INNER_SIGN.findall(text.rstrip(_ALL_MARKS))
    stops = sum(map(_STOPS.__contains__, inner))
    return _OF_LINE.pack(
        len(inner), stops, _token(text), last not in _MARKS, last in _SOFT, last == "、"
    )


def _of_pair(left: str, right: str) -> bytes:
    """How two lines answer each other, and whether the second cannot begin a line."""
    one, two = left.rstrip(_ALL_MARKS), right.rstrip(_ALL_MARKS)
    same = len(one) == len(two)
    pauses = [m.start() for m in _INNER_SIGN.finditer(one)] if same else []
    parallel = bool(pauses) and pauses == [m.start() for m in _INNER_SIGN.finditer(two)]
    alike = sum(map(eq, one, two)) > 1
    echo = sum(a == b and a not in _INNER for a, b in zip(one, two, strict=False)) if alike else 0
    bound = right[0] in _NO_START or right[0] in classes("bound-start")
    return _OF_PAIR.pack(parallel, same, echo > 1, bound, left[-1] in classes("function-end"))


_OF_LINE, _OF_PAIR = Struct("=6d"), Struct("=5d")
_lines = Recall[str, bytes](lambda texts: [*map(_of_line, texts)], RARE)
_pairs = Recall[tuple[str, str], bytes](lambda pairs: [*starmap(_of_pair, pairs)], RARE)


def _around(rows: Floats, reach: int) -> Floats:
    """For each seam the sum over the seams of its block that are so near."""
    total = np.vstack((np.zeros(rows.shape[1]), np.cumsum(rows, axis=0)))
    place = np.arange(len(rows))
    low, high = np.maximum(place - reach, 0), np.minimum(place + reach + 1, len(rows))
    return np.asarray(total[high] - total[low])
