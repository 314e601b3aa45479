"""What an archivist acts on: one page for a browser, and the same as tables.

The page holds everything that it shows and fetches nothing. It has no line for each page of the
archive, so that it stays small; those are in ``summary/pages.csv``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import quote

from fixnews.corpus import plots
from fixnews.corpus.leaves import Figures
from fixnews.corpus.tallies import BOUNDS, Tallies, Tally, folded, per_thousand
from fixnews.filters import rule_names
from fixnews.tongues import ENGLISH, Tongue

REASONS = 200
"""Reasons that the page shows; a run with more has names in them, and the table has them all."""

_STYLE = """
:root { color-scheme: light dark; --dim: #667; --line: #8884; --bar: #3a6ea5; --paper: #fff;
  --ink: #1b1b1f }
@media (prefers-color-scheme: dark) { :root { --dim: #a0a0b0; --bar: #7fb0e6; --paper: #17181c;
  --ink: #e8e8ea } }
body { margin: 0 auto; padding: 1rem; max-width: 60rem; background: var(--paper); color: var(--ink);
  font: 16px/1.6 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif }
h1 { font-size: 1.3rem } h2 { font-size: 1.05rem; margin-top: 2rem }
dl { display: flex; flex-wrap: wrap; gap: .5rem 2rem } dt { color: var(--dim); font-size: .85rem }
dd { margin: 0; font-size: 1.4rem; font-variant-numeric: tabular-nums }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th { text-align: left; color: var(--dim); font-weight: normal; font-size: .85rem }
td, th { padding: .15rem .6rem .15rem 0; border-bottom: 1px solid var(--line);
  overflow-wrap: anywhere }
th.n, .n { text-align: right; white-space: nowrap } p { color: var(--dim) } a { color: inherit }
svg { width: 100%; height: auto } svg text { font: 11px system-ui; fill: var(--dim);
  text-anchor: middle } svg .first { text-anchor: start }
  svg .last { text-anchor: end } rect, circle { fill: var(--bar) }
line { stroke: var(--line) } polyline { fill: none; stroke: var(--bar); stroke-width: 1.5 }
"""


ESTIMATE = (
    "What is left is an estimate: a suggestion counts as far as it is likely, a repair as far as "
    "it may be wrong, a misread character for nine."
)


def page(tallies: Tallies, source: str, tongue: Tongue = ENGLISH) -> Iterator[str]:
    """The page.

    Args:
        tallies: the figures.
        source: the address of the archive.
        tongue: the language of the page.
    """
    title = escape(f"fixnews: {source}")
    yield f'<!doctype html>\n<html lang="{tongue.tag}"><meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n<h1>{title}</h1>\n"
    for part in (_figures, _distribution, _over_time, _worst, _refused, _rules):
        yield from part(tallies, tongue)
    yield "</html>\n"


def _figures(tallies: Tallies, tongue: Tongue) -> Iterator[str]:
    whole = tallies.whole
    told = {
        "pages seen": f"{whole.pages:,}",
        "repaired": f"{whole.repaired:,}",
        "untouched": f"{whole.untouched:,}",
        "refused": f"{whole.refused:,}",
        "lines that are no rows": f"{tallies.lines:,}",
        "corrections applied": f"{whole.applied:,}",
        "offered": f"{whole.suggested:,}",
        "left in a thousand characters": f"{whole.per_thousand:.2f}",
    }
    yield "<dl>"
    yield from (f"<div><dt>{tongue(name)}</dt><dd>{n}</dd></div>" for name, n in told.items())
    yield f"</dl>\n<p>{tongue(ESTIMATE)}</p>\n"


def _distribution(tallies: Tallies, tongue: Tongue) -> Iterator[str]:
    names = [f"{low:g}–{high:g}" for low, high in zip((0, *BOUNDS), BOUNDS, strict=False)]
    names.append(f"{BOUNDS[-1]:g}–")
    title = tongue("Pages by what is left in a thousand characters")
    yield f"<h2>{title}</h2>\n"
    yield from plots.bars(names, tallies.bars, title)


def _over_time(tallies: Tallies, tongue: Tongue) -> Iterator[str]:
    """The line of days, months or years, whatever is finest and can still be seen."""
    sizes = (10, 7, 4)
    found = [folded(tallies.days, size) for size in sizes]
    fitting = [days for days in found if 1 < len(days) <= plots.MOST]
    if fitting:
        days = fitting[0]
        title = tongue("What is left in a thousand characters, over time")
        yield f"<h2>{title}</h2>\n"
        values = [tally.per_thousand for tally in days.values()]
        yield from plots.line(list(days), values, title)


def _worst(tallies: Tallies, tongue: Tongue) -> Iterator[str]:
    if not tallies.worst:
        return
    yield f"<h2>{tongue.of('The worst {n} pages', n=len(tallies.worst))}</h2>\n"
    yield _heads(("page", "issue", "characters", "offered", "left in 1000"), tongue)
    for page in tallies.worst:
        left = per_thousand(page.left, page.characters)
        cells = (_Link(page), page.issue, page.characters, page.suggested, left)
        yield _row(cells)
    yield "</table>\n"


def _refused(tallies: Tallies, tongue: Tongue) -> Iterator[str]:
    if not tallies.reasons:
        return
    yield f"<h2>{tongue('Left as they are, and why')}</h2>\n"
    yield f'<p><a href="summary/refused.csv">{tongue("each by name")}</a></p>\n'
    yield _heads(("reason", "first", "how many"), tongue)
    told = sorted(tallies.reasons.items(), key=lambda item: (-item[1].times, item[0]))
    for reason, fact in told[:REASONS]:
        yield _row((reason, fact.first, fact.times))
    yield "</table>\n"


def _rules(tallies: Tallies, tongue: Tongue) -> Iterator[str]:
    names = rule_names()
    yield f"<h2>{tongue('Corrections by rule')}</h2>\n"
    yield _heads(("rule", "", "applied", "offered", "noted"), tongue)
    for code, counts in sorted(tallies.rules.items(), key=lambda item: (-sum(item[1]), item[0])):
        yield _row((code, names.get(code, ""), *counts))
    yield "</table>\n"


_NUMBERS = frozenset(("characters", "offered", "left in 1000", "how many", "applied", "noted"))
"""Heads of columns that hold numbers."""


class _Link:
    """A page as a link to where it lies in the target."""

    def __init__(self, page: Figures) -> None:
        path = quote(page.file.encode("utf-8", "surrogateescape"))
        name = _shown(page.page)
        self.html = f'<a href="text/{path}">{name}</a>'


def _heads(names: Sequence[str], tongue: Tongue) -> str:
    """The row of heads, which opens a table."""
    kinds = (' class="n"' * (name in _NUMBERS) for name in names)
    cells = (f"<th{kind}>{tongue(name)}</th>" for kind, name in zip(kinds, names, strict=True))
    return f"<table>\n<tr>{''.join(cells)}</tr>\n"


def _row(cells: Sequence[object]) -> str:
    """A row of a table."""
    return f"<tr>{''.join(map(_cell, cells))}</tr>\n"


def _cell(cell: object) -> str:
    if isinstance(cell, _Link):
        return f"<td>{cell.html}</td>"
    if isinstance(cell, int | float):
        told = f"{cell:,.1f}" if isinstance(cell, float) else f"{cell:,}"
        return f'<td class="n">{told}</td>'
    return f"<td>{_shown(str(cell))}</td>"


def _shown(text: str) -> str:
    return escape(text.encode("utf-8", "backslashreplace").decode(), quote=True)


PAGE_COLUMNS = (*Figures._fields, "left_per_thousand")
SUM_COLUMNS = (*Tally.__slots__, "left_per_thousand")
RULE_COLUMNS = ("code", "name", "applied", "offered", "noted")
REFUSED_COLUMNS = ("place", "reason")


def page_row(page: Figures) -> tuple[object, ...]:
    """A page as a row of the table of pages."""
    return *page, round(per_thousand(page.left, page.characters), 4)


def sum_rows(sums: dict[str, Tally]) -> Iterator[tuple[object, ...]]:
    """Issues or years as rows of their table."""
    for name, tally in sums.items():
        values = [getattr(tally, field) for field in Tally.__slots__[:-1]]
        yield name, *values, round(tally.left, 4), round(tally.per_thousand, 4)


def rule_rows(tallies: Tallies) -> Iterator[tuple[object, ...]]:
    """The rules as rows of their table."""
    names = rule_names()
    for code in sorted(tallies.rules):
        yield code, names.get(code, ""), *tallies.rules[code]
