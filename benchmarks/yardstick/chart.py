"""The chart of README: fixnews and its peers, drawn from the figures as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from benchmarks.yardstick.jumping import WORDS
from benchmarks.yardstick.table import Table

WIDTH, LABEL, BAR, STEP, LINE, TOP = 860, 320, 440, 34, 22, 30
OURS, THEIRS = "#1f6f5c", "#b9bcc4"
STYLE = (
    "text{font:14px system-ui,'Noto Sans',sans-serif;fill:#333}"
    ".title{font-weight:600}.number{font-size:13px}"
    "@media (prefers-color-scheme:dark){text{fill:#ddd}}"
)


class Bars:
    """One group of bars: a question, and the answer of each tool from 0 to 1."""

    __slots__ = ("rows", "title")

    def __init__(self, title: str, rows: Sequence[tuple[str, float]]) -> None:
        """Group the answers."""
        self.title, self.rows = title, rows


def groups(tables: Mapping[str, Table]) -> Iterator[Bars]:
    """What the chart shows of the tables."""
    joins, names = tables["joins"], ("fixnews", "unstructured", "MinerU, on text")
    jumps, rules = tables["jumps"], ("fixnews", *WORDS)
    cut, marks = "news, column breaks", ("fixnews", "autocorrect", "zhlint")
    read_wrongly = _across(tables["mojibake"], ("utf-8 read as gb18030", 20))
    rows = {
        "Column breaks: share of the joins that are right": _of(joins, cut, 2, names),
        "Column breaks: share of the damage that is joined": _of(joins, cut, 3, names),
        "Stories that jump brought home": _of(jumps, "jumps alone", 2, rules),
        "Ten characters of Big5 told": _across(tables["encodings"], ("Big5", 10)),
        "Lines of UTF-8 read as GB18030, read back": read_wrongly,
        "Half-width marks put right": _of(tables["punctuation"], "half-width marks", 2, marks),
    }
    return (Bars(title, list(found)) for title, found in rows.items())


def _of(table: Table, first: str, column: int, names: Sequence[str]) -> Iterator[tuple[str, float]]:
    for row in table.rows:
        value = row[column]
        if row[0] == first and row[1] in names and isinstance(value, int | float):
            yield str(row[1]), float(value)


def _across(table: Table, begin: tuple[object, ...]) -> Iterator[tuple[str, float]]:
    for row in table.rows:
        if row[: len(begin)] == begin:
            for name, value in zip(table.columns, row, strict=True):
                if isinstance(value, float):
                    yield name, value


def svg(tables: Mapping[str, Table]) -> str:
    """The chart; bars end where the figure says, longer is better."""
    drawn, y = [], TOP
    for bars in groups(tables):
        drawn.append(f'<text class="title" x="10" y="{y}">{escape(bars.title)}</text>')
        for name, value in bars.rows:
            y += LINE
            colour = OURS if name == "fixnews" else THEIRS
            length = max(1, round(BAR * value))
            drawn.append(f'<text x="26" y="{y}">{escape(name)}</text>')
            drawn.append(
                f'<rect x="{LABEL}" y="{y - 13}" width="{length}" height="16" fill="{colour}"/>'
            )
            drawn.append(
                f'<text class="number" x="{LABEL + length + 8}" y="{y}">{value:.3f}</text>'
            )
        y += STEP
    height = y - STEP + LINE
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">'
    told = "<title>fixnews and other tools on the benchmark</title>"
    return "\n".join((head, told, f"<style>{STYLE}</style>", *drawn, "</svg>", ""))
