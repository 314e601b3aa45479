"""The report for people: before above after, no boxes, the changed characters marked in the line.

A line break that goes shows as ⏎, a passage that moves is shown at both ends. Without colour the
marks are those of git's word diff, ``[-old-]`` and ``{+new+}``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import NamedTuple

from fixnews.correction import Correction
from fixnews.issue import Outcome
from fixnews.report.cells import Cell, cells, text_width, wrapped
from fixnews.report.paint import painted
from fixnews.report.rows import rule_names
from fixnews.source import LINE_BREAK, Source

CONTEXT = 12
"""Characters on each side of a change: with it, they fill a line of 80 cells less the gutter."""

PASSAGE = 16
"""Characters shown of each end of a passage that moves."""

SIDE_BY_SIDE = 120
"""Columns from which two columns hold twelve characters on each side of a change."""

NEWLINES = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}

_SAFETIES = ("safe", "unsafe", "note")

Row = list[Cell]


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
        notes: show also what is only reported.
        summary: end with a table of the rules.
    """

    width: int = 80
    color: bool = False
    ambiguous: int = 1
    side_by_side: bool = False
    by_rule: bool = False
    reasons: bool = True
    notes: bool = True
    summary: bool = True

    @property
    def halves(self) -> bool:
        """Whether before and after stand beside each other."""
        return self.side_by_side and self.width >= SIDE_BY_SIDE


class Entry(NamedTuple):
    """One correction at one of the places where it shows."""

    outcome: Outcome
    correction: Correction
    arrival: bool
    number: str
    name: str


def stacked(outcomes: Iterable[Outcome], view: View) -> Iterator[str]:
    """The report, a line at a time."""
    names = rule_names()
    tally = _Tally(Counter(), names)
    kept: dict[str, list[Entry]] = defaultdict(list)
    for outcome in outcomes:
        for number, source in enumerate(outcome.sources):
            entries = _entries(outcome, number, view, names)
            tally.add(entries)
            if entries and not view.by_rule:
                yield from _page(source, entries, view)
            for entry in entries if view.by_rule else ():
                kept[entry.correction.code].append(entry)
    for code in sorted(kept):
        yield from _rule(code, kept[code], view)
    if view.summary and len(tally.counts) > 1:
        yield from _summary(tally, view)


@dataclass(slots=True)
class _Tally:
    """What a report has shown so far: how often each rule, how safe, on how many pages."""

    counts: Counter[tuple[str, str]]
    names: dict[str, str]
    pages: int = 0

    def add(self, entries: Sequence[Entry]) -> None:
        """Count the entries of one more page."""
        self.counts.update((e.correction.code, e.correction.safety) for e in entries if e.number)
        self.pages += bool(entries)


def _entries(outcome: Outcome, number: int, view: View, names: dict[str, str]) -> list[Entry]:
    """What there is to show of a page, in the order of its text, moves at both ends."""
    own = [c for c in outcome.of_page(number) if view.notes or c.safety != "note"]
    total = len(own)
    found = [
        (c.start, Entry(outcome, c, False, f"{n}/{total}", names.get(c.code, "")))
        for n, c in enumerate(own, 1)
    ]
    arrivals = (c for c in outcome.corrections if c.to and c.to[0] == number)
    found += [
        (c.to[1], Entry(outcome, c, True, "", names.get(c.code, ""))) for c in arrivals if c.to
    ]
    return [entry for _, entry in sorted(found, key=lambda pair: pair[0])]


def _page(source: Source, entries: Sequence[Entry], view: View) -> Iterator[str]:
    counts: Counter[str] = Counter(e.correction.safety for e in entries if not e.arrival)
    facts = [source.encoding.upper(), NEWLINES[source.newline]]
    facts += [f"{counts[safety]} {safety}" for safety in _SAFETIES if counts[safety]]
    yield _line(view, (source.path, "path"), ("   " + "  ".join(facts), "dim"))
    gutter = len(str(len(source.line_starts)))
    for entry in entries:
        yield from shown(entry, view, gutter, "")
    yield "\n"


def _rule(code: str, entries: Sequence[Entry], view: View) -> Iterator[str]:
    number = sum(not e.arrival for e in entries)
    yield _line(view, (f"{code} {entries[0].name}", "path"), (f"   {number} in all", "dim"))
    for entry in entries:
        gutter = len(str(len(entry.correction.page.line_starts)))
        yield from shown(entry, view, gutter, entry.correction.path)
    yield "\n"


def shown(entry: Entry, view: View, gutter: int, path: str) -> Iterator[str]:
    """One correction: a line that says what it is, then before and after."""
    yield _title(entry, view, path)
    c = entry.correction
    if view.reasons and c.message:
        for part in wrapped(cells(c.message, "dim", view.ambiguous), view.width - gutter - 5):
            yield painted([*_blank(gutter + 5), *part], color=view.color)
    before, after = _sides(entry, view)
    place = entry.outcome.sources[c.to[0]].locate(c.to[1]) if entry.arrival and c.to else c.place
    mark = f"{place.line:>{gutter + 2}}"
    if view.halves and before and after:
        yield from _beside(mark, before, after, view)
        return
    for row, sign, style in ((before, "-", "minus"), (after, "+", "plus")):
        if row:
            lead = cells(f"{mark} {sign if c.safety != 'note' else ' '} ", style)
            yield from _hanging(lead, row, view)


def _title(entry: Entry, view: View, path: str) -> str:
    c = entry.correction
    facts = [f"{c.confidence:.2f}" if c.safety != "note" else "    "]
    facts += [_link(entry)] if c.to else []
    facts += [f"{path}:{c.place.line}"] if path else []
    facts += ["not applied"] if c.safety != "note" and not c.applied else []
    row = [
        *cells(f"{c.code} ", "code"),
        *cells(f"{entry.name:<18} ", "", view.ambiguous),
        *cells(f"{c.safety:<7}", c.safety),
        *cells("   ".join(facts), "dim", view.ambiguous),
    ]
    used = sum(cell.width for cell in row)
    space = max(view.width - used - len(entry.number), 3)
    return painted([*row, *_blank(space), *cells(entry.number, "dim")], color=view.color)


def _link(entry: Entry) -> str:
    """Both ends of a move, seen from where the entry stands."""
    c = entry.correction
    page, offset = c.to or (0, 0)
    other = entry.outcome.sources[page]
    here, there = f"{c.path}:{c.place.line}", f"{other.path}:{other.locate(offset).line}"
    return f"{there} ← {here}" if entry.arrival else f"{here} → {there}"


def _sides(entry: Entry, view: View) -> tuple[Row, Row]:
    """The cells before and after; an end of a move has one of the two."""
    c, a = entry.correction, view.ambiguous
    if entry.arrival and c.to:
        source, at = entry.outcome.sources[c.to[0]], c.to[1]
        left, right = _around(source.text, at, at)
        return [], [
            *cells(left, "", a),
            *_marked(_short(c.before), "new", view),
            *cells(right, "", a),
        ]
    left, right = _around(c.page.text, c.start, c.end)
    lead, tail = cells(left, "", a), cells(right, "", a)
    if c.safety == "note":
        return [*lead, *cells(_short(c.before), "spot", a), *tail], []
    gone = [*lead, *_marked(_short(c.before) if c.to else c.before, "gone", view), *tail]
    return gone, [] if c.to else [*lead, *_marked(c.after, "new", view), *tail]


_BRACKETS = {"gone": ("[-", "-]"), "new": ("{+", "+}")}


def _marked(text: str, style: str, view: View) -> Row:
    """A changed passage, in colour or between the marks of a word diff."""
    row = cells(text, style, view.ambiguous)
    if view.color or not row:
        return row
    start, end = _BRACKETS[style]
    return [Cell(start, style, 2), *row, Cell(end, style, 2)]


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands left and right of a place, up to its line's ends or twelve characters."""
    left, right = text[max(0, start - CONTEXT - 1) : start], text[end : end + CONTEXT + 1]
    left = LINE_BREAK.split(left)[-1]
    right = LINE_BREAK.split(right)[0]
    more = "…" if len(left) > CONTEXT else "", "…" if len(right) > CONTEXT else ""
    return more[0] + left[-CONTEXT:], right[:CONTEXT] + more[1]


def _short(text: str) -> str:
    if len(text) <= 2 * PASSAGE + 8:
        return text
    return f"{text[:PASSAGE]}…{len(text) - 2 * PASSAGE}…{text[-PASSAGE:]}"


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
    """The view of a diff: what changes or could, without reasons."""
    return replace(view, reasons=False, notes=False)
