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
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fixnews.lexicon import characters as classes
from fixnews.page import OPENERS, Line, Role, ends_sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FOREST = Path(__file__).parent / "models" / "seams.npz"

WINDOW = 7
"""Lines on each side that tell the width of a column: a column of a broadsheet has 20 to 60 lines,
and blocks of different width follow each other on one page."""

REACH = 1.01
"""Characters by which a line may miss the column's width and still count as reaching it."""

CAP = 300
"""Characters from which a line's length says nothing more."""

FULL = 0.93
"""Share of the column's width from which a line is full: kinsoku moves up to one character of a
line of 13 to the next line."""

EVEN_COLUMN = 0.4
"""Share of the lines around that reach the same width in a hard-wrapped column; on pages with a
paragraph a line it stays below 0.3."""

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
    "word", "gain",
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
    """

    left: Line
    right: Line
    word: str
    gain: float
    full: bool
    probability: float


def evidence(lines: Sequence[Line], words: Sequence[str], gains: Sequence[float]) -> Floats:
    """The evidence at every seam of a page.

    Args:
        lines: the lines of the page, n + 1 of them.
        words: for each seam the word across it, or nothing.
        gains: for each seam the language model's gain in nats.

    Returns:
        n rows with a column for each of `FEATURES`.
    """
    import numpy as np

    own = np.array([_of_line(line) for line in lines], dtype=np.float64)
    column = {name: own[:, i] for i, name in enumerate(_OF_LINE)}
    width, even, indented = _columns(column)
    before, behind = np.r_[0, np.arange(len(lines) - 2)], np.r_[2 : len(lines), len(lines) - 1]
    left, right = np.arange(len(lines) - 1), np.arange(1, len(lines))
    c = column
    usual = np.full(len(left), np.median(c["gap"][1:]))
    table = {
        "gap": c["gap"][right], "gap_before": c["gap"][left], "gap_behind": c["gap"][behind],
        "gap_usual": usual, "page_break": c["page"][right] - c["page"][left],
        "indent": c["indent"][right], "indent_left": c["indent"][left],
        "indented": indented[left], "fill": c["cells"][left] / width[left],
        "fill_right": c["cells"][right] / width[right], "even": even[left], "width": width[left],
        "length": c["length"][left], "length_right": c["length"][right],
        "length_before": c["length"][before], "length_behind": c["length"][behind],
        **{name: c[name][left] for name in _LEFT},
        **{name: c[name.removesuffix("_right")][right] for name in _RIGHT},
        "open_left": c["open"][left], "closed_right": c["closed"][right],
        "stops_left": c["stops"][left], "softs_left": c["softs"][left],
        "stops_right": c["stops"][right], "softs_right": c["softs"][right],
        "sentence_right": c["sentence"][right], "sentence_before": c["sentence"][before],
        "short_left": c["short"][left], "short_right": c["short"][right],
        "short_before": c["short"][before], "short_behind": c["short"][behind],
        "byline_right": c["byline"][right], "dateline_left": c["dateline"][left],
        "dateline_right": c["dateline"][right], "face_before": c["face"][before],
        "face_behind": c["face"][behind], "first": (left == 0).astype(float),
        "function_left": c["function_end"][left], "function_right": c["function_start"][right],
        "bound_right": c["bound"][right],
        "number": c["digit"][left] * (c["digit_start"][right] + c["measure_start"][right]),
        "word": np.array([len(word) for word in words], dtype=float),
        "gain": np.asarray(gains, dtype=float),
    }  # fmt: skip
    return np.column_stack([table[name] for name in FEATURES])


_LEFT = ("stop", "soft", "colon", "semicolon", "closer", "digit", "latin", "sentence")
_RIGHT = ("opener_right", "digit_start_right", "latin_start_right", "mark_right")

_OF_LINE = (
    "gap", "page", "indent", "cells", "length",
    "stop", "soft", "colon", "semicolon", "closer", "digit", "latin", "sentence",
    "opener", "digit_start", "latin_start", "mark", "measure_start",
    "open", "closed", "stops", "softs", "short", "byline", "dateline", "face",
    "function_end", "function_start", "bound",
)  # fmt: skip

_FACES = frozenset(
    {Role.BYLINE, Role.CREDIT, Role.FOLIO, Role.JUMP_LINE, Role.CONTINUATION_LINE, Role.DECK}
)


def _of_line(line: Line) -> tuple[float, ...]:
    """What one line shows, in the order of `_OF_LINE`."""
    text, role = line.text, line.role
    first, last = text[0], text[-1]
    wide = line.indent / 2 + len(text) - sum(map(text.count, "0123456789.,:;()%-")) / 2
    balance = [text.count(a) - text.count(b) for a, b in _HALVES]
    return (
        min(line.gap, 4), line.page, min(line.indent, 8), min(wide, CAP), min(len(text), CAP),
        last in _STOP, last in _SOFT, last in "：:", last in "；;", last in "”’」』）)》",
        last.isdigit(), last.isascii() and last.isalpha(), ends_sentence(text),
        first in OPENERS, first.isdigit(), first.isascii() and first.isalpha(),
        first in "，。、：；？！,.:;?!”’」』）)》", first in classes("measure"),
        sum(b > 0 for b in balance), sum(b < 0 for b in balance),
        min(text.count("。") + text.count("！") + text.count("？"), 5),
        min(text.count("，") + text.count(","), 9),
        role is Role.SHORT, role is Role.BYLINE, role is Role.DATELINE, role in _FACES,
        last in classes("function-end"), first in classes("function-start"),
        first in classes("bound-start"),
    )  # fmt: skip


def _columns(column: dict[str, Floats]) -> tuple[Floats, Floats, Floats]:
    """For each line: its column's width, the share of lines that reach it, the share indented."""
    import numpy as np

    cells, length = column["cells"], column["length"]
    by_cells, even_cells = _measure(_around(cells))
    by_length, even_length = _measure(_around(length))
    counted = even_length > even_cells
    cells[counted] = length[counted]
    width = np.maximum(np.where(counted, by_length, by_cells), 1)
    indented = np.nanmean(_around((column["indent"] >= 2).astype(float)), axis=1)
    return width, np.asarray(np.where(counted, even_length, even_cells)), np.asarray(indented)


def _measure(around: Floats) -> tuple[Floats, Floats]:
    """The width that four lines of five stay within, and the share of lines that reach it."""
    import numpy as np

    width = np.nanpercentile(around, 80, axis=1)
    reach = (np.abs(around - width[:, None]) <= REACH).sum(axis=1)
    return np.asarray(width), reach / (~np.isnan(around)).sum(axis=1)


def _around(values: Floats) -> Floats:
    """Each value with its neighbours in a window, not a number beyond the page's ends."""
    import numpy as np

    padded = np.pad(values, WINDOW, constant_values=np.nan)
    return np.lib.stride_tricks.sliding_window_view(padded, 2 * WINDOW + 1)


def full(rows: Floats) -> Any:
    """For each row of evidence, whether the left line fills a column of even lines."""
    fill, even = FEATURES.index("fill"), FEATURES.index("even")
    return (rows[:, fill] >= FULL) & (rows[:, even] >= EVEN_COLUMN)
