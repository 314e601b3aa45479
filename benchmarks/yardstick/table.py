"""A table of the benchmark, as JSON keeps it and Markdown shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

Cell = str | int | float | None

_STYLE = re.compile(r"(?<=[\u3400-\u9fff]) (?=[A-Za-z0-9])|(?<=[A-Za-z0-9%]) (?=[\u3400-\u9fff])")


@dataclass(frozen=True, slots=True)
class Table:
    """One step of the chain, measured.

    Attributes:
        name: its key.
        title: for people.
        says: how it was measured, in a sentence or two.
        columns: what the cells of a row are.
        rows: the cells; None where there is nothing to tell.
        timed: the columns that differ from run to run.
    """

    name: str
    title: str
    says: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    timed: tuple[str, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """The table as JSON takes it."""
        return asdict(self)


def read(row: dict[str, Any]) -> Table:
    """A table out of JSON."""
    rows = tuple(map(tuple, row["rows"]))
    same = {key: row[key] for key in ("name", "title", "says")}
    return Table(**same, columns=tuple(row["columns"]), rows=rows, timed=tuple(row["timed"]))


def markdown(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """The table as Markdown: words to the left, figures to the right."""
    figures = [any(isinstance(row[n], int | float) for row in rows) for n in range(len(columns))]
    rule = ("---:" if is_figure else "---" for is_figure in figures)
    lines = (columns, list(rule), *(list(map(shown, row)) for row in rows))
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def shown(cell: Cell) -> str:
    """A cell as people read it.

    >>> shown(0.98765), shown(1234), shown(None)
    ('0.988', '1,234', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.3f}" if abs(cell) < 10 else f"{cell:,.1f}"
    return f"{cell:,}" if isinstance(cell, int) else cell


def without_style(text: str) -> str:
    """A text without the blanks between Chinese and Latin letters or figures: a matter of style.

    >>> without_style("全长 17.6 公里, made in China")
    '全长17.6公里, made in China'
    """
    return _STYLE.sub("", text)


def share(part: float, whole: float) -> float | None:
    """A share with four digits; None of nothing."""
    return round(part / whole, 4) if whole else None
