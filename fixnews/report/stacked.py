"""The report for people: before above after, no boxes, the changed characters marked in the line.

A line break that goes shows as ⏎, a passage that moves is shown at both ends. Without colour the
marks are those of git's word diff, ``[-old-]`` and ``{+new+}``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from fixnews.filters import rule_names
from fixnews.issue import Outcome
from fixnews.report.cells import Cell, cells, text_width, wrapped
from fixnews.report.paint import painted
from fixnews.report.passages import Entry, context, entries, gathered, link
from fixnews.source import Source

PASSAGE = 16
"""Characters shown of each end of a passage that moves."""

SIDE_BY_SIDE = 120
"""Columns from which two columns hold twelve characters on each side of a change."""

NEWLINES = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}

TITLE = 26
"""Cells in which most rules stand with their code; behind them the facts begin."""

MARGIN = 3
"""Cells between the facts and the number at the right."""

_SAFETIES = ("safe", "unsafe", "note")

Row = list[Cell]
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class View:
    """How to show corrections.

    Attributes:
        width: columns of the terminal.
        color: mark with colour instead of brackets.
        ambiguous: cells of a character of ambiguous width, 1 or 2.
        side_by_side: before and after beside each other, where there is room.
        by_rule: group by rule instead of by file.
        reasons: say why, in a line below each.
        gather: show changes of one line that stand together as one passage.
        notes: show also what is only reported.
        summary: end with a table of the rules.
    """

    width: int = 80
    color: bool = False
    ambiguous: int = 1
    side_by_side: bool = False
    by_rule: bool = False
    reasons: bool = True
    gather: bool = False
    notes: bool = True
    summary: bool = True

    @property
    def halves(self) -> bool:
        """Whether before and after stand beside each other."""
        return self.side_by_side and self.width >= SIDE_BY_SIDE


def stacked(outcomes: Iterable[Outcome], view: View) -> Iterator[str]:
    """The report, a line at a time."""
    names = rule_names()
    tally = _Tally(Counter(), names)
    kept: dict[str, list[list[Entry]]] = defaultdict(list)
    for outcome in outcomes:
        for number, source in enumerate(outcome.sources):
            found = entries(outcome, number, notes=view.notes)
            tally.add(found)
            if found and not view.by_rule:
                yield from _page(source, found, view, names)
            for code in {e.first.code for e in found} if view.by_rule else ():
                kept[code].append([e for e in found if e.first.code == code])
    for code in sorted(kept):
        yield from _rule(code, kept[code], view, names)
    if view.summary and len(tally.counts) > 1:
        yield from _summary(tally, view)


@dataclass(slots=True)
class _Tally:
    """What a report has shown so far: how often each rule, how safe, on how many pages."""

    counts: Counter[tuple[str, str]]
    names: Names
    pages: int = 0

    def add(self, found: Sequence[Entry]) -> None:
        """Count the entries of one more page."""
        self.counts.update((e.first.code, e.first.safety) for e in found if e.numbers)
        self.pages += bool(found)


def _page(source: Source, found: Sequence[Entry], view: View, names: Names) -> Iterator[str]:
    counts: Counter[str] = Counter(e.safety for e in found if not e.arrival)
    facts = [_encoding(source), NEWLINES[source.newline]]
    facts += [f"{counts[safety]} {safety}" for safety in _SAFETIES if counts[safety]]
    yield from _headed(source.path, facts, view)
    gutter = len(str(len(source.line_starts)))
    for entry in gathered(found) if view.gather else found:
        yield from shown(entry, view, gutter, names)
    yield "\n"


def _headed(name: str, facts: Sequence[str], view: View) -> Iterator[str]:
    row = [*cells(name, "path", view.ambiguous), *cells("   " + "  ".join(facts), "dim")]
    yield from _hanging([], row, view)


def _encoding(source: Source) -> str:
    """The encoding; where it was found out, how surely, and what came next."""
    name = source.encoding.upper()
    if not source.runner_up:
        return name
    return f"{name} ({source.confidence:.1%}, next {source.runner_up.upper()})"


def _rule(code: str, pages: Sequence[list[Entry]], view: View, names: Names) -> Iterator[str]:
    number = sum(not e.arrival for found in pages for e in found)
    yield from _headed(f"{code} {names.get(code, '')}", [f"{number} in all"], view)
    for found in pages:
        gutter = len(str(len(found[0].page.line_starts)))
        for entry in gathered(found) if view.gather else found:
            yield from shown(entry, view, gutter, names)
    yield "\n"


def shown(entry: Entry, view: View, gutter: int, names: Names) -> Iterator[str]:
    """One entry: a line that says what it is, then before and after.

    Args:
        entry: what to show.
        view: how.
        gutter: digits of the greatest line number.
        names: the rules' names by their codes.
    """
    yield from _title(entry, view, names)
    message = "; ".join(dict.fromkeys(c.reason for c in entry.corrections if c.message))
    if view.reasons and message:
        row = cells(message, "dim", view.ambiguous)
        yield from _hanging(_blank(gutter + 5), row, view)
    before, after = _sides(entry, view)
    mark = f"{entry.line:>{gutter + 2}}"
    if view.halves and before and after:
        yield from _beside(mark, before, after, view)
        return
    for row, sign, style in ((before, "-", "minus"), (after, "+", "plus")):
        if row:
            lead = cells(f"{mark} {sign if entry.safety != 'note' else ' '} ", style)
            yield from _hanging(lead, row, view)


def _title(entry: Entry, view: View, names: Names) -> Iterator[str]:
    """What it is, with its number at the right; facts that have no room go below."""
    number, facts = cells(entry.number, "dim"), cells(_facts(entry, view), "dim", view.ambiguous)
    title = [*_rules(entry, names), *cells(f"{entry.safety:<7}", entry.safety)]
    space = view.width - _size(title) - _size(facts) - _size(number)
    if space >= MARGIN or not number:
        yield painted([*title, *facts, *_blank(space), *number], color=view.color)
        return
    space = view.width - _size(title) - _size(number)
    yield painted([*title, *_blank(max(space, 1)), *number], color=view.color)
    yield from _hanging(_blank(MARGIN), facts, view)


def _rules(entry: Entry, names: Names) -> Row:
    """The rules of an entry, and how often where more than once; a rule alone with its name."""
    counts = Counter(c.code for c in entry.corrections)
    row: Row = []
    for code, count in counts.items():
        name = f" {names.get(code, '')}" if len(counts) == 1 else ""
        row += [*cells(" + " if row else "", "dim"), *cells(code, "code"), *cells(name)]
        row += cells(f" ×{count}" if count > 1 else "")
    return [*row, *_blank(max(TITLE - _size(row), 1))]


def _facts(entry: Entry, view: View) -> str:
    c = entry.first
    facts = [f"{entry.confidence:.2f}" if c.safety != "note" else "    "]
    facts += [link(entry)] if c.to else []
    facts += [f"{entry.page.path}:{entry.line}"] if view.by_rule else []
    facts += ["not applied"] if c.safety != "note" and not c.applied else []
    return "   ".join(facts)


def _sides(entry: Entry, view: View) -> tuple[Row, Row]:
    """The cells before and after; an end of a move has one of the two, so has what only goes."""
    c, a = entry.first, view.ambiguous
    left, right = (cells(text, "", a) for text in context(entry))
    if entry.arrival:
        return [], [*left, *marked(short(c.before), "new", view), *right]
    if c.safety == "note":
        return [*left, *cells(short(c.before), "spot", a), *right], []
    if c.to:
        return [*left, *marked(short(c.before), "gone", view), *right], []
    lead, trail = (cells(text, "", a) for text in context(entry, repaired=True))
    before, after, at = left, lead, c.start
    for change in entry.corrections:
        between = cells(c.page.text[at : change.start], "", a)
        before += [*between, *marked(change.before, "gone", view)]
        after += [*between, *marked(change.after, "new", view)]
        at = change.end
    return [*before, *right], [*after, *trail]


_BRACKETS = {"gone": ("[-", "-]"), "new": ("{+", "+}")}


def marked(text: str, style: str, view: View) -> Row:
    """A changed passage, in colour or between the marks of a word diff."""
    row = cells(text, style, view.ambiguous)
    if view.color or not row:
        return row
    start, end = _BRACKETS[style]
    return [Cell(start, style, 2), *row, Cell(end, style, 2)]


def short(text: str) -> str:
    """A passage, of a long one its ends and how many characters stand between."""
    if len(text) <= 2 * PASSAGE + 8:
        return text
    return f"{text[:PASSAGE]}…{len(text) - 2 * PASSAGE}…{text[-PASSAGE:]}"


def _size(row: Row) -> int:
    return sum(cell.width for cell in row)


def _hanging(lead: Row, row: Row, view: View) -> Iterator[str]:
    """A row behind its gutter, wrapped, the other lines under the first."""
    size = sum(cell.width for cell in lead)
    for number, part in enumerate(wrapped(row, max(view.width - size, 4))):
        yield painted([*(_blank(size) if number else lead), *part], color=view.color)


def _beside(mark: str, before: Row, after: Row, view: View) -> Iterator[str]:
    room = (view.width - len(mark) - 6) // 2
    pairs = zip_longest(wrapped(before, room), wrapped(after, room), fillvalue=())
    for number, (left, right) in enumerate(pairs):
        lead = cells(f"{mark} - " if not number else " " * (len(mark) + 3), "minus")
        gap = room - sum(cell.width for cell in left)
        sign = cells(" + " if not number else "   ", "plus")
        yield painted([*lead, *left, *_blank(gap), *sign, *right], color=view.color)


def _summary(tally: _Tally, view: View) -> Iterator[str]:
    """A table of the rules: how often each, how safe."""
    counts, names = tally.counts, tally.names
    codes = sorted({code for code, _ in counts})
    size = max(text_width(names.get(code, "")) for code in codes)
    head = "".join(f"{safety:>8}" for safety in _SAFETIES)
    yield _line(view, (f"{'':<{size + 7}}{head}", "dim"))
    for code in codes:
        row = "".join(f"{counts[code, safety] or '':>8}" for safety in _SAFETIES)
        yield _line(view, (f"{code} ", "code"), (f"{names.get(code, ''):<{size}}{row}", ""))
    totals = (sum(counts[code, safety] for code in codes) for safety in _SAFETIES)
    row = "".join(f"{total or '':>8}" for total in totals)
    what = f"{tally.pages} page{'s' * (tally.pages != 1)}"
    yield _line(view, (f"{what:<{size + 7}}{row}", "path"))


def _blank(size: int) -> Row:
    return [Cell(" " * size, "", size)] if size > 0 else []


def _line(view: View, *parts: tuple[str, str]) -> str:
    row = [cell for text, style in parts for cell in cells(text, style, view.ambiguous)]
    return painted(row, color=view.color)


def brief(view: View) -> View:
    """The view of a diff: what changes or could, without reasons, in passages."""
    return replace(view, reasons=False, notes=False, gather=True)
