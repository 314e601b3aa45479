"""Whether a text is rows of fields as programs write them: CSV, TSV and what is parted by ; or |.

Verse, headlines and enumerations have as many half-width commas in each line as well. So a column
must tell: one of figures, dates or codes below a head of another kind or beside two others, or a
head of identifiers above Chinese.
"""

from __future__ import annotations

from collections.abc import Sequence

from fixnews.patterns import lazy
from fixnews.source import LINE_BREAK
from fixnews.words.han import han_count

DELIMITERS = "\t,;|"
"""What separates the fields of a row; ， and 、 do in no program."""

ROWS = 0.9
"""Share of the rows that have as many fields as the first one has."""

TYPED = 0.8
"""Share of a column's cells that are of one type where the column tells that this is a table."""

LONGEST = 20
"""Characters of the longest cell of a head with a single row below it: longer ones are clauses."""

_HEAD = 400
"""Characters of the first row in which its delimiter is looked for."""

SUFFIXES = (".csv", ".tsv", ".psv", ".tab")
_VALUE = lazy(
    r"[-+]?[\d.,]+%?|\d{4}[-/.]\d\d?[-/.]\d\d?(?:[ T][\d:.]+Z?)?|"
    r"(?=.*\d)[A-Za-z0-9][\w.:/@#?&=+-]*|"
)
_IDENTIFIER = lazy(r"[A-Za-z_][\w.-]*")


def is_table(text: str, suffix: str = "") -> bool:
    r"""Whether these are rows of a table.

    Args:
        text: the text of a page.
        suffix: how its file's name ends; with ``.csv`` like rows are enough.

    >>> is_table("姓名;年级;成绩\n甲;三年级;95\n乙;四年级;88")
    True
    >>> is_table("白日依山尽,黄河入海流\n欲穷千里目,更上一层楼")
    False
    """
    first = LINE_BREAK.split(text[:_HEAD], maxsplit=1)[0]
    tables = (_rows(text, d) for d in DELIMITERS if d in first and not first.startswith("|"))
    return any(rows and (suffix in SUFFIXES or _tells(rows)) for rows in tables)


def _rows(text: str, delimiter: str) -> list[list[str]]:
    """The rows of a table; none where they differ in their fields."""
    import csv

    try:
        read = csv.reader(LINE_BREAK.split(text), delimiter=delimiter)
        rows = [[cell.strip() for cell in row] for row in read if any(map(str.strip, row))]
    except csv.Error:
        return []
    alike = [row for row in rows if len(row) == len(rows[0])]
    fits = len(rows) > 1 and len(rows[0]) > 1 and len(alike) >= ROWS * len(rows)
    return alike if fits else []


def _tells(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the head or a column of these rows is of a kind that no prose is."""
    head, *body = rows
    if len(body) < 2 and (len(head) < 3 or max(map(len, head)) > LONGEST):
        return False
    if all(map(_IDENTIFIER.fullmatch, head)) and han_count("".join(body[0])):
        return True
    columns = zip(*rows, strict=True)
    return any(_is_typed(below) and (len(head) > 2 or not _VALUE.fullmatch(top))
               for top, *below in columns)  # fmt: skip


def _is_typed(cells: Sequence[str]) -> bool:
    """Whether these are figures, dates or codes."""
    values = sum(1 for cell in cells if _VALUE.fullmatch(cell))
    return any(cells) and values >= TYPED * len(cells)
