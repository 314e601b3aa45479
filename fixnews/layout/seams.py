"""Is a line break damage? Evidence at every seam of a page, and a classifier that weighs it.

A seam is what lies between two neighbouring lines. Its evidence is structure (roles, lengths
against the column's own width, indents, blank lines, open quotes and brackets), lexicon (a word
across the seam) and language model (how much likelier the two halves are joined than apart). A
small forest of decision trees turns it into a probability that the break is damage. Training is
`training/seams.py`; the table ships as ``models/seams.npz``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from fixnews import forest
from fixnews.arrays import Bools, Column, Floats, Ints
from fixnews.layout.faces import SHOWN
from fixnews.layout.faces import of as of_lines
from fixnews.layout.page import Line
from fixnews.layout.page_bounds import Bounds
from fixnews.recall import Recall

FOREST = Path(__file__).parents[1] / "models" / "seams.npz"

WINDOW = 7
"""Lines on each side that tell the width of a column: a column of a broadsheet has 20 to 60 lines,
and blocks of different width follow each other on one page."""

WITHIN = 0.8
"""Share of the lines around that stay within the width of the column."""

REACH = 1.01
"""Characters by which a line may miss the column's width and still count as reaching it."""

CAP = 300
"""Characters from which a line's length says nothing more."""

FULL = 0.93
"""Share of the column's width from which a line is full: kinsoku moves up to one character of a
line of 13 to the next line."""

SHORT = 0.85
"""Share of the column's width up to which a line is plainly not full."""

INDENT = 2
"""Half-width cells from which a line is indented."""

EVEN_COLUMN = 0.4
"""Share of the lines around that reach the same width in a hard-wrapped column; on pages with a
paragraph a line it stays below 0.3."""

ALL_MARKED = 0.75
"""Share of the lines around that end with a mark from which they are no column, as even as they
are: around 13,790 full lines of 44 hard-wrapped issues none has 0.8, two have 0.7."""

SCATTERED, PARTING = 0.3, 1.0
"""The same share below which a page has a paragraph a line, and the gain in nats below which no
sentence goes on behind another there, if the second line is set as paragraphs are: of 6,014 such
seams (44 issues, half of a daily's pages, 93 readings; as they are and repaired) none is likelier
than 0.16."""

FEATURES = (
    "gap", "gap_before", "gap_behind", "gap_usual", "page_break",
    "indent", "indent_left", "indented",
    "fill", "fill_right", "even", "width",
    "length", "length_right", "length_before", "length_behind",
    "stop", "soft", "colon", "semicolon", "closer", "digit", "latin", "sentence",
    "opener_right", "digit_start_right", "latin_start_right", "mark_right",
    "open_left", "closed_right", "stops_left", "softs_left", "stops_right", "softs_right",
    "sentence_right", "sentence_before",
    "short_left", "short_right", "short_before", "short_behind",
    "byline_right", "dateline_left", "dateline_right", "face_before", "face_behind",
    "first", "function_left", "function_right", "bound_right", "number",
    "word", "gain", "joined", "end", "start",
    "gain_before", "gain_behind", "end_before", "usual_length",
    "indent_rule", "gap_rule", "gap_inside", "item_right",
    "blanks_left", "blanks_right", "marked",
    "opens_right", "ends_left", "title_left", "title_right", "title_before", "title_behind",
    "meet", "opens_left", "opens_behind", "ends_right", "ends_before", "meet_before", "meet_behind",
)  # fmt: skip
"""The evidence at a seam, in the order of the columns of `evidence`."""

SEAMS_KNOWN = 1 << 12
"""Seams whose probabilities are kept: those of some ten pages, 800 bytes each."""

_AT = {name: n for n, name in enumerate(FEATURES)}

OF_LANGUAGE = ("word", "joined", "end", "start", "meet")
"""What lexicon and language model say of a seam: the characters of the word across it,
log-probabilities as `Model.seams` tells them, log odds that two texts meet (`Edges.across`)."""


class Seam(NamedTuple):
    """The break between two neighbouring lines, and what is known of it.

    Attributes:
        left, right: the lines.
        told: their texts as evidence reads them.
        word: the dictionary word across it, or nothing.
        gain: nats by which the language model prefers joined to apart.
        full: whether the left line reaches the width of its column.
        probability: that the break is damage.
        verse: the probability that the lines around are set one by one, which is in it.
        mute: whether a line follows, and none of those around ends with a mark.
        news: whether its page is written as news is.
        held: whether what stands on its two lines holds it open.
        untitled: whether the first line reads as no headline, or as cut, above a long paragraph.
        cut: whether the first line reads as cut, and ends with a character.
    """

    left: Line
    right: Line
    told: tuple[str, ...]
    word: str
    gain: float
    full: bool
    probability: float
    verse: float = 0.0
    mute: bool = False
    news: bool = True
    held: bool = False
    untitled: bool = False
    cut: bool = False


def evidence(lines: Sequence[Line], own: Floats, told: Floats, pages: Bounds) -> Floats:
    """The evidence at every seam of pages; what stands between two pages means nothing.

    Args:
        lines: the lines of the pages, n + 1 of them.
        own: what each line shows by itself, as `faces.shown` tells it.
        told: what lexicon and language model say of each seam: (n, columns of `OF_LANGUAGE`), all 0
            between pages.
        pages: which lines are those of which page.

    Returns:
        n rows with a column for each of `FEATURES`.
    """
    meet = np.append(told[:, OF_LANGUAGE.index("meet")], 0)
    table = np.concatenate((own, _in_columns(lines, own, pages).T, meet[:, None]), axis=1)
    rows = np.zeros((len(lines) - 1, len(FEATURES)))
    rows[pages.first, _AT["first"]] = 1
    line = np.arange(len(lines))
    for which, to, of in zip((line[:-1], line[1:], *pages.around), _TO, _OF, strict=True):
        rows[:, to] = table[which[:, None], of]
    for name, values in (*_of_pairs(table, pages), *_of_language(told, pages)):
        rows[:, _AT[name]] = values
    for name, value in _habits(rows, pages):
        rows[:, _AT[name]] = value
    return rows


def _median(numbers: list[float]) -> float:
    """The middle one of numbers, at least one; `statistics` loads fractions and decimals."""
    told, half = sorted(numbers), len(numbers) // 2
    return told[half] if len(told) % 2 else (told[half - 1] + told[half]) / 2


def _of_pairs(table: Floats, pages: Bounds) -> Iterator[tuple[str, Column]]:
    """What the two lines of a seam show together, and against their column and page."""
    c = dict(zip(_TABLE, table.T, strict=True))
    fill = c["cells"] / c["width"]
    yield "page_break", c["page"][1:] - c["page"][:-1]
    yield "fill", fill[:-1]
    yield "fill_right", fill[1:]
    yield "number", c["digit"][:-1] * (c["digit_start"][1:] + c["measure_start"][1:])
    gap, length = c["gap"].tolist(), c["length"].tolist()
    bounds = list(zip(pages.first.tolist(), pages.end.tolist(), strict=True))
    yield "gap_usual", pages.spread([_median(gap[first + 1 : end]) for first, end in bounds])
    yield "usual_length", pages.spread([_median(length[first:end]) for first, end in bounds])


def _of_language(told: Floats, pages: Bounds) -> Iterator[tuple[str, Column]]:
    """What lexicon and language model say of each seam and its neighbours."""
    before, behind = pages.around
    word, joined, end, start, _ = told.T
    gain = joined - end - start
    yield from (("word", word), ("joined", joined), ("end", end), ("start", start), ("gain", gain))
    yield "gain_before", gain[before]
    yield "gain_behind", gain[behind - 1]
    yield "end_before", end[before]


def _habits(rows: Floats, pages: Bounds) -> Iterator[tuple[str, Floats]]:
    """How a page sets its paragraphs, told where one plainly ends, or plainly goes on.

    A paragraph plainly ends with a sentence that leaves its line short; it plainly goes on where a
    full line does not end a sentence.
    """
    sentence, fill, gap, indent = of(rows, "sentence", "fill", "gap", "indent")
    ends = (sentence > 0) & (fill < SHORT) & pages.inside
    goes_on = (sentence == 0) & (fill >= FULL) & pages.inside
    yield "indent_rule", pages.mean((indent >= INDENT).astype(np.float64), ends)
    yield "gap_rule", pages.mean(gap, ends)
    yield "gap_inside", pages.mean(gap, goes_on)


def of(rows: Floats, *names: str) -> Floats:
    """The evidence of these names at each seam, a row a name."""
    return rows.T[[_AT[name] for name in names]]


_ENDS_WITH = ("stop", "soft", "colon", "semicolon", "closer", "digit", "latin", "sentence")
_BEGINS_WITH = ("opener", "digit_start", "latin_start", "mark", "byline", "dateline", "item")
_HOLDS = ("stops", "softs", "short", "blanks", "opens", "ends", "title")


def _seen(side: str, *names: str) -> dict[str, tuple[str, str]]:
    """What is looked at on one of the four lines around a seam, under that line's name."""
    return {f"{name}_{side}": (name, side) for name in names}


_PLACED = {
    **{name: (name, "left") for name in (*_ENDS_WITH, "indented", "even", "width", "length")},
    **{name: (name, "left") for name in ("marked", "meet")},
    **_seen("left", *_HOLDS, "indent", "open", "dateline"),
    **_seen("right", *_HOLDS, *_BEGINS_WITH, "length", "sentence", "closed", "bound"),
    **_seen("before", "length", "sentence", "short", "face", "title", "ends", "meet"),
    **_seen("behind", "gap", "length", "short", "face", "title", "opens"),
    "meet_behind": ("meet", "right"),
    "gap": ("gap", "right"),
    "gap_before": ("gap", "left"),
    "indent": ("indent", "right"),
    "function_left": ("function_end", "left"),
    "function_right": ("function_start", "right"),
}
"""Evidence that one line shows by itself: which, and of which of the four lines around a seam."""

_PAGED = ("gap", "page", "indent", "length", "cells", "width", "even", "indented", "marked")
"""What a line shows in its place on the page."""

_TABLE = (*(f"own {name}" if name in _PAGED else name for name in SHOWN), *_PAGED, "meet")
_SIDES = ("left", "right", "before", "behind")
_TO = [[FEATURES.index(n) for n, (_, at) in _PLACED.items() if at == side] for side in _SIDES]
_OF = [[_TABLE.index(of) for of, at in _PLACED.values() if at == side] for side in _SIDES]
"""For each of the four lines around a seam the columns of the evidence, and of what they show."""


def _in_columns(lines: Sequence[Line], own: Floats, pages: Bounds) -> Floats:
    """What each line shows in its place on the page, a row for each of `_PAGED`.

    A line's width is that of its column; the shares are those of the lines around that reach it,
    are indented, end with a mark.
    """
    *_, indents, gaps, sheets = zip(*lines, strict=True)
    gap, page, indent = np.array((gaps, sheets, indents), dtype=np.float64)
    measured, narrow, *ends = of_lines(own, "length", "narrow", *_MARKED)
    length = np.minimum(measured, CAP)
    cells = np.minimum(indent / 2 + measured - narrow / 2, CAP)
    low, high = pages.windows(WINDOW)
    near = pages.near(np.stack((cells, length)), WINDOW)
    widths, reach = _measure(near, high - low)
    counted = (reach[1] > reach[0]).astype(np.int64)
    row, every = np.arange(len(lines)), np.stack((cells, length))
    cells, width, even = every[counted, row], widths[counted, row], reach[counted, row]
    truths = np.stack((indent >= INDENT, sum(ends) > 0))
    total = np.concatenate((np.zeros((2, 1)), truths.cumsum(axis=1)), axis=1)
    shares = (total[:, high] - total[:, low]) / (high - low)
    own_gap, own_indent = np.minimum(gap, 4), np.minimum(indent, 8)
    return np.stack((own_gap, page, own_indent, length, cells, np.maximum(width, 1), even, *shares))


_MARKED = ("stop", "soft", "colon", "semicolon", "closer")
"""What a line may end with to end with a mark."""


def _measure(around: Floats, count: Ints) -> tuple[Floats, Floats]:
    """The width that four lines of five around stay within, and the share that reach it.

    Args:
        around: how wide the lines around each line are, by one measure a row, no number where
            there is no line; shape (measures, lines, lines of a window).
        count: how many lines the window of each has.
    """
    place, row = WITHIN * (count - 1), np.arange(len(count))
    ranked, first = np.sort(around, axis=2), place.astype(np.int64)
    below, above = ranked[:, row, first], ranked[:, row, np.minimum(first + 1, count - 1)]
    width = below + (place - first) * (above - below)
    reach = (np.abs(around - width[:, :, None]) <= REACH).sum(axis=2)
    return np.asarray(width), reach / count


def probability(rows: Floats) -> Floats:
    """For each row of evidence the probability that the break is damage."""
    asked = [row.tobytes() for row in rows]
    return np.array(_weighed(asked), dtype=np.float64)


def _worked_out(asked: Sequence[bytes]) -> list[float]:
    rows = np.frombuffer(b"".join(asked), np.float64).reshape(len(asked), len(FEATURES))
    found: list[float] = forest.load(FOREST).probability(rows).tolist()
    return found


_weighed = Recall[bytes, float](_worked_out, SEAMS_KNOWN)


def settled(rows: Floats) -> Bools:
    """For each row of evidence, whether a sentence ends there on a page with a paragraph a line.

    Where the page indents its paragraphs, or sets them off, the line behind must be set so, too.
    """
    names = ("sentence", "even", "gain", "indent", "indent_rule", "gap", "gap_rule")
    sentence, even, gain, indent, indents, gap, gaps = of(rows, *names)
    set_so = ((indent >= INDENT) | (indents <= 0)) & ((gap > 0) | (gaps <= 0))
    return np.asarray((sentence > 0) & (even < SCATTERED) & (gain < PARTING) & set_so)


def full(rows: Floats) -> Bools:
    """For each row of evidence, whether the left line fills a column of even lines."""
    fill, even, marked = of(rows, "fill", "even", "marked")
    return np.asarray((fill >= FULL) & (even >= EVEN_COLUMN) & (marked < ALL_MARKED))
