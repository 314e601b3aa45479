"""Is a line break damage? Evidence at every seam of a page, and a classifier that weighs it.

A seam is what lies between two neighbouring lines. Its evidence is structure (roles, lengths
against the column's own width, indents, blank lines, open quotes and brackets), lexicon (a word
across the seam) and language model (how much likelier the two halves are joined than apart). A
small forest of decision trees turns it into a probability that the break is damage. Training is
`scripts/train_seams.py`; the table ships as ``models/seams.npz``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fixnews.language.alphabet import BMP
from fixnews.layout.page import OPENERS, Line, Role, ends_sentence
from fixnews.words.lexicon import characters as classes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

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

_STOP, _SOFT = frozenset("。！？!?…"), frozenset("，,、")
_HALVES = (("“", "”"), ("（", "）"), ("(", ")"), ("《", "》"), ("「", "」"), ("『", "』"))

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


@dataclass(frozen=True, slots=True)
class Seam:
    """The break between two neighbouring lines, and what is known of it.

    Attributes:
        left, right: the lines.
        word: the dictionary word across it, or nothing.
        gain: nats by which the language model prefers joined to apart.
        full: whether the left line reaches the width of its column.
        probability: that the break is damage.
        verse: the probability that the lines around are set one by one, which is in it.
        mute: whether a line follows, and none of those around ends with a mark.
        news: whether its page is written as news is.
    """

    left: Line
    right: Line
    word: str
    gain: float
    full: bool
    probability: float
    verse: float = 0.0
    mute: bool = False
    news: bool = True


def evidence(lines: Sequence[Line], words: Sequence[str], chances: Any, edges: Any) -> Floats:
    """The evidence at every seam of a page.

    Args:
        lines: the lines of the page, n + 1 of them.
        words: for each seam the word across it, or nothing.
        chances: what the language model says of each seam, as `Model.seams` does: (n, 3).
        edges: how each line begins and ends, as `Edges.evidence` tells it: (n + 1, 4).

    Returns:
        n rows with a column for each of `FEATURES`.
    """
    import numpy as np

    own = np.array([_of_line(line) for line in lines], dtype=np.float64)
    column = {name: own[:, i] for i, name in enumerate(_OF_LINE)}
    column |= _counted(lines, column)
    column |= dict(zip(("opens", "ends", "title", "meet"), edges.T, strict=True))
    column |= dict(zip(("width", "even", "indented", "marked"), _columns(column), strict=True))
    last = len(lines) - 1
    left, right = np.arange(last), np.arange(1, last + 1)
    where = {
        "left": left,
        "right": right,
        "before": np.maximum(left - 1, 0),
        "behind": np.minimum(right + 1, last),
    }
    table = {name: column[of][where[side]] for name, (of, side) in _PLACED.items()}
    table |= _of_pairs(column, left, right)
    table |= _of_language(words, chances)
    table |= _habits(table)
    return np.column_stack([table[name] for name in FEATURES])


def _of_pairs(c: dict[str, Floats], left: Any, right: Any) -> dict[str, Floats]:
    """What the two lines of a seam show together, and against their column and page."""
    import numpy as np

    number = c["digit_start"][right] + c["measure_start"][right]
    return {
        "page_break": c["page"][right] - c["page"][left],
        "fill": c["cells"][left] / c["width"][left],
        "fill_right": c["cells"][right] / c["width"][right],
        "first": (left == 0).astype(float),
        "number": c["digit"][left] * number,
        "gap_usual": np.full(len(left), np.median(c["gap"][1:])),
        "usual_length": np.full(len(left), np.median(c["length"])),
    }


def _of_language(words: Sequence[str], chances: Any) -> dict[str, Floats]:
    """What lexicon and language model say of each seam and its neighbours."""
    import numpy as np

    gain, number = chances[:, 0] - chances[:, 1] - chances[:, 2], np.arange(len(words))
    before, behind = np.maximum(number - 1, 0), np.minimum(number + 1, len(words) - 1)
    return {
        "word": np.array([len(word) for word in words], dtype=float),
        "gain": gain,
        "joined": chances[:, 0],
        "end": chances[:, 1],
        "start": chances[:, 2],
        "gain_before": gain[before],
        "gain_behind": gain[behind],
        "end_before": chances[before, 1],
    }


def _habits(table: dict[str, Floats]) -> dict[str, Floats]:
    """How the page sets its paragraphs, told where one plainly ends, or plainly goes on.

    A paragraph plainly ends with a sentence that leaves its line short; it plainly goes on where a
    full line does not end a sentence.
    """
    ends = (table["sentence"] > 0) & (table["fill"] < SHORT)
    inside = (table["sentence"] == 0) & (table["fill"] >= FULL)
    habits = {
        "indent_rule": _mean(table["indent"][ends] >= INDENT),
        "gap_rule": _mean(table["gap"][ends]),
        "gap_inside": _mean(table["gap"][inside]),
    }
    return {name: value + 0 * table["fill"] for name, value in habits.items()}


def _mean(values: Any) -> float:
    return float(values.mean()) if len(values) else -1.0


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

_OF_LINE = (
    "gap", "page", "indent", "length",
    "stop", "soft", "colon", "semicolon", "closer", "digit", "latin", "sentence",
    "opener", "digit_start", "latin_start", "mark", "measure_start",
    "short", "byline", "dateline", "face", "item",
    "function_end", "function_start", "bound",
)  # fmt: skip

_COUNTED = "0,()。！？， \u3000“”（）《》「」『』"
"""What is counted in lines; the 0 stands for digits and for other signs of half width."""

_FACES = frozenset(
    {Role.BYLINE, Role.CREDIT, Role.FOLIO, Role.JUMP_LINE, Role.CONTINUATION_LINE, Role.DECK}
)


def _of_line(line: Line) -> tuple[float, ...]:
    """What one line shows, in the order of `_OF_LINE`."""
    text, role = line.text, line.role
    first, last = text[0], text[-1]
    return (
        line.gap, line.page, line.indent, len(text),
        last in _STOP, last in _SOFT, last in "：:", last in "；;", last in "”’」』）)》",
        last.isdigit(), last.isascii() and last.isalpha(), ends_sentence(text),
        first in OPENERS, first.isdigit(), first.isascii() and first.isalpha(),
        first in "，。、：；？！,.:;?!”’」』）)》", first in classes("measure"),
        role is Role.SHORT, role is Role.BYLINE, role is Role.DATELINE, role in _FACES,
        role is Role.ITEM,
        last in classes("function-end"), first in classes("function-start"),
        first in classes("bound-start"),
    )  # fmt: skip


def _counted(lines: Sequence[Line], column: dict[str, Floats]) -> dict[str, Floats]:
    """Lengths, and how often the lines hold what is counted in them."""
    import numpy as np

    count = dict(zip(_COUNTED, _counts(lines).T, strict=False))
    narrow, blanks = (sum(count[c] for c in group) for group in ("0,()", " \u3000"))
    balance = [count[opener] - count[closer] for opener, closer in _HALVES]
    length = column["length"]
    return {
        "gap": np.minimum(column["gap"], 4),
        "indent": np.minimum(column["indent"], 8),
        "cells": np.minimum(column["indent"] / 2 + length - narrow / 2, CAP),
        "length": np.minimum(length, CAP),
        "open": sum((b > 0).astype(float) for b in balance),
        "closed": sum((b < 0).astype(float) for b in balance),
        "stops": np.minimum(count["。"] + count["！"] + count["？"], 5),
        "softs": np.minimum(count["，"] + count[","], 9),
        "blanks": np.minimum(blanks, 4),
    }


def _counts(lines: Sequence[Line]) -> Any:
    """How often each of `_COUNTED` stands in each line, and how much else; a row a line."""
    import numpy as np

    sizes = [len(line.text) for line in lines]
    raw = "".join(line.text for line in lines).encode("utf-32-le", "surrogatepass")
    kind = _kinds()[np.minimum(np.frombuffer(raw, dtype=np.uint32), BMP - 1)]
    width = len(_COUNTED) + 1
    cells = np.repeat(np.arange(len(lines)) * width, sizes) + kind
    found = np.bincount(cells, minlength=len(lines) * width).reshape(len(lines), width)
    return found.astype(np.float64)


@cache
def _kinds() -> Any:
    """For each character of the basic plane its place in `_COUNTED`, or behind its end."""
    import numpy as np

    table = np.full(BMP, len(_COUNTED), dtype=np.int64)
    table[[ord(c) for c in "0123456789.:;%-"]] = _COUNTED.index("0")
    for place, character in enumerate(_COUNTED[1:], 1):
        table[ord(character)] = place
    return table


def _columns(column: dict[str, Floats]) -> tuple[Floats, Floats, Floats, Floats]:
    """For each line the width of its column, and shares of the lines around.

    Returns:
        The width; of the lines around, the shares that reach it, are indented, end with a mark.
    """
    import numpy as np

    cells, length = column["cells"], column["length"]
    by_cells, even_cells = _measure(_around(cells))
    by_length, even_length = _measure(_around(length))
    counted = even_length > even_cells
    cells[counted] = length[counted]
    width = np.maximum(np.where(counted, by_length, by_cells), 1)
    indented = _share(column["indent"] >= INDENT)
    ends = sum(column[name] for name in ("stop", "soft", "colon", "semicolon", "closer"))
    marked = _share(np.asarray(ends > 0))
    even = np.where(counted, even_length, even_cells)
    return width, np.asarray(even), np.asarray(indented), np.asarray(marked)


def _measure(around: Floats) -> tuple[Floats, Floats]:
    """The width that four lines of five stay within, and the share of lines that reach it."""
    import numpy as np

    ranked, count = np.sort(around, axis=1), (~np.isnan(around)).sum(axis=1)
    place = WITHIN * (count - 1)
    low = place.astype(np.int64)
    row = np.arange(len(around))
    below, above = ranked[row, low], ranked[row, np.minimum(low + 1, count - 1)]
    width = below + (place - low) * (above - below)
    reach = (np.abs(around - width[:, None]) <= REACH).sum(axis=1)
    return np.asarray(width), reach / count


def _share(truths: Any) -> Floats:
    """The share of each line's window in which something holds."""
    import numpy as np

    total, place = np.append(0, np.cumsum(truths)), np.arange(len(truths))
    low, high = np.maximum(place - WINDOW, 0), np.minimum(place + WINDOW + 1, len(truths))
    return np.asarray((total[high] - total[low]) / (high - low))


def _around(values: Floats) -> Floats:
    """Each value with its neighbours in a window, not a number beyond the page's ends."""
    import numpy as np

    padded = np.pad(values, WINDOW, constant_values=np.nan)
    return np.lib.stride_tricks.sliding_window_view(padded, 2 * WINDOW + 1)


def settled(rows: Floats) -> Any:
    """For each row of evidence, whether a sentence ends there on a page with a paragraph a line.

    Where the page indents its paragraphs, or sets them off, the line behind must be set so, too.
    """
    sentence, even, gain, indent, indents, gap, gaps = (
        rows[:, FEATURES.index(name)]
        for name in ("sentence", "even", "gain", "indent", "indent_rule", "gap", "gap_rule")
    )
    set_so = ((indent >= INDENT) | (indents <= 0)) & ((gap > 0) | (gaps <= 0))
    return (sentence > 0) & (even < SCATTERED) & (gain < PARTING) & set_so


def full(rows: Floats) -> Any:
    """For each row of evidence, whether the left line fills a column of even lines."""
    fill, even, marked = (rows[:, FEATURES.index(name)] for name in ("fill", "even", "marked"))
    return (fill >= FULL) & (even >= EVEN_COLUMN) & (marked < ALL_MARKED)
