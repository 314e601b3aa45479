"""The report for people: every correction with the line before and after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from fixnews.correction import Correction
from fixnews.issue import Outcome
from fixnews.report.rows import rule_names
from fixnews.source import LINE_BREAK

CONTEXT = 12
"""Characters around a change: a line of twelve on each side and the change fits 80 columns."""

_NEWLINES = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}


def full(outcome: Outcome) -> Iterator[str]:
    """The corrections of one issue, page by page."""
    names = rule_names()
    for number, source in enumerate(outcome.sources):
        found = outcome.of_page(number)
        if not found:
            continue
        counts = Counter(c.safety for c in found)
        tally = "  ".join(f"{n} {safety}" for safety, n in counts.items())
        newline = _NEWLINES[source.newline]
        yield f"{source.path}   {source.encoding.upper()}  {newline}   {tally}\n"
        for index, correction in enumerate(found, 1):
            yield from _shown(outcome, correction, names, f"{index}/{len(found)}")


def _shown(
    outcome: Outcome, correction: Correction, names: dict[str, str], index: str
) -> Iterator[str]:
    c, name = correction, names.get(correction.code, "")
    yield f"{c.code} {name:<20} {c.safety:<6} {c.confidence:.2f}  {index}\n"
    yield f"     {c.message}\n"
    text = outcome.sources[c.source].text
    left = _flat(text[max(0, c.start - CONTEXT) : c.start])
    right = _flat(text[c.end : c.end + CONTEXT])
    if c.to:
        page = outcome.sources[c.to[0]]
        yield f"  {c.place.line:>4} → {page.path}:{page.locate(c.to[1]).line}\n"
    elif c.safety == "note":
        yield f"  {c.place.line:>4}   {left}{_flat(c.before)}{right}\n"
    else:
        yield f"  {c.place.line:>4} - {left}{_marked('[-', c.before, '-]')}{right}\n"
        yield f"  {c.place.line:>4} + {left}{_marked('{+', c.after, '+}')}{right}\n"


def _flat(text: str) -> str:
    return LINE_BREAK.sub("⏎", text).replace("\f", "␌")


def _marked(start: str, text: str, end: str) -> str:
    return f"{start}{_flat(text)}{end}" if text else ""
