"""One page for a browser that holds everything: no network, nothing to install.

The page carries its pages and corrections as JSON; ``page.js`` draws what is looked at, so that
30,000 corrections open as fast as 30. What is answered in it is saved as a file of answers
(`fixnews.answers`).
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any, get_args

from fixnews.answers import HEADER
from fixnews.correction import Correction
from fixnews.filters import rule_names
from fixnews.issue import Outcome
from fixnews.report.cells import visible
from fixnews.report.stacked import NEWLINES
from fixnews.series import Kind, Series, Surroundings, series_of
from fixnews.source import LINE_BREAK, Source
from fixnews.tongues import ENGLISH, Tongue
from fixnews.verdicts import keys
from fixnews.version import __version__

CONTEXT = 24
"""Characters on each side of a change: a browser's line holds more than a terminal's."""

_HOME = Path(__file__).parent
"""Where ``page.css`` and ``page.js`` lie."""

_SAFETIES = ("safe", "unsafe", "note")

WORDS = (
    "accept", "reject", "edit", "not applied", "safe", "unsafe", "note", "a link to this",
    "whole page", "list", "{n} on one page", "{n} on {pages} pages", "doubtful", "all {n} series",
    "doubtful, one of each: {n}", "all {n}", "instead of “{text}”", "{n} left", "answered",
    "{n} answered", "made", "settings", *get_args(Kind), *get_args(Surroundings),
)  # fmt: skip
"""What ``page.js`` says, for the language of the report."""

BUTTONS = {"undo": "undo", "save": "save answers"}
"""What the buttons at the top say, by what they are called in ``page.js``."""

FOUND = "corrections"
"""The head of the line that counts what was found."""

_NEEDS_SCRIPT = "A script draws this report. `fixnews check --format csv` writes it as a table."


def html(
    outcomes: Iterable[Outcome],
    facts: Mapping[str, str] | None = None,
    tongue: Tongue = ENGLISH,
) -> Iterator[str]:
    """The report, in pieces of HTML.

    Args:
        outcomes: what is reported.
        facts: what else its summary says, such as when it was made and with which settings.
        tongue: the language of its reader.
    """
    done = list(outcomes)
    codes = Counter(c.code for outcome in done for c in outcome.corrections)
    data = _data(done, tongue)
    yield f'<!doctype html>\n<html lang="{tongue.tag}">\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>fixnews</title>\n<style>{(_HOME / 'page.css').read_text('utf-8')}</style>\n"
    yield from _head(codes, tongue)
    yield f'<div class="columns"><nav aria-label="{escape(tongue("pages"))}"></nav>\n<main>'
    yield from _summary(done, {"fixnews": __version__, **(facts or {})}, tongue)
    yield f'<noscript>{escape(tongue(_NEEDS_SCRIPT))}</noscript><div id="series"></div>'
    yield '<div id="pages"></div></main></div>\n'
    yield f'<script type="application/json" id="data">{data}</script>\n'
    yield f"<script>{(_HOME / 'page.js').read_text('utf-8')}</script>\n</html>\n"


def _head(codes: Counter[str], tongue: Tongue) -> Iterator[str]:
    names = rule_names()
    yield "<header><h1>fixnews <small><output></output></small></h1>\n<form>"
    for safety in _SAFETIES:
        box = f'<input type="checkbox" name="safety" value="{safety}" checked>'
        yield f"<label>{box} {escape(tongue(safety))}</label>"
    yield f'<select name="rule" aria-label="{escape(tongue("rule"))}">'
    yield f'<option value="">{escape(tongue("every rule"))}</option>'
    for code in sorted(codes):
        name = escape(names.get(code, ""))
        yield f'<option value="{escape(code)}">{escape(code)} {name} ({codes[code]})</option>'
    search = escape(tongue("search"))
    yield f'</select><input type="search" name="search" aria-label="{search}" '
    yield f'placeholder="{search}"><span>'
    for name, text in BUTTONS.items():
        yield f'<button type="button" id="{name}">{escape(tongue(text))}</button> '
    yield '<small id="said"></small></span>'
    yield "</form></header>\n"


def _summary(done: Sequence[Outcome], facts: Mapping[str, str], tongue: Tongue) -> Iterator[str]:
    """What the report is about and what it found."""
    counts = Counter[str](c.safety for outcome in done for c in outcome.corrections)
    pages = sum(len(outcome.sources) for outcome in done)
    applied = sum(c.applied for outcome in done for c in outcome.corrections)
    counted = {s: f"{{n}} {s}" for s in _SAFETIES}
    found = [tongue.of(counted[s], n=f"{counts[s]:,}") for s in _SAFETIES if counts[s]]
    found.append(tongue.of("{n:,} applied", n=applied))
    rows = {"pages": f"{pages:,}", FOUND: tongue(", ").join(found)}
    yield "<dl>"
    for name, fact in {**rows, **facts}.items():
        yield f"<dt>{escape(tongue(name))}</dt><dd>{safe(fact)}</dd>"
    yield "</dl>"


def _data(done: Sequence[Outcome], tongue: Tongue) -> str:
    """What ``page.js`` draws, as JSON that may stand in a page."""
    sources = [source for outcome in done for source in outcome.sources]
    found = [c for outcome in done for c in outcome.corrections]
    messages = {message: n for n, message in enumerate(dict.fromkeys(c.reason for c in found))}
    where = {id(source): n for n, source in enumerate(sources)}
    units = [_units(source.text) for source in sources]
    ids = {id(c): n for n, c in enumerate(found)}
    first = _first_pages(done)
    numbers: Counter[int] = Counter()
    rows = []
    for c in found:
        page = where[id(c.page)]
        numbers[page] += 1
        to = [first[id(c)] + c.to[0], c.to[1]] if c.to else None
        rows.append(_row(c, page, numbers[page], units, messages[c.reason], to))
    data: dict[str, Any] = {
        "header": HEADER,
        "pages": [_page(one, n, tongue) for one in done for n in range(len(one.sources))],
        "corrections": rows,
        "messages": [tongue(message) for message in messages],
        "words": {word: tongue(word) for word in WORDS},
        "rules": {code: rule_names().get(code, "") for code in {c.code for c in found}},
        "series": [_series(series, ids) for series in series_of(found)],
    }
    data["name"] = hashlib.sha256(_as_json(data).encode("utf-8", "replace")).hexdigest()[:16]
    return _as_json(data)


def _as_json(data: Any) -> str:
    """JSON in which nothing ends the script that holds it."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _first_pages(done: Sequence[Outcome]) -> dict[int, int]:
    """For each correction, by its identity, the number of its issue's first page."""
    first, at = {}, 0
    for outcome in done:
        first.update({id(c): at for c in outcome.corrections})
        at += len(outcome.sources)
    return first


def _units(text: str) -> Callable[[int], int]:
    """From offsets in characters to those of a browser, which counts in units of UTF-16."""
    wide = [n for n, char in enumerate(text) if char > "\uffff"]
    return lambda offset: offset + bisect_left(wide, offset)


def _row(  # noqa: PLR0913, PLR0917
    c: Correction,
    page: int,
    number: int,
    units: Sequence[Callable[[int], int]],
    message: int,
    to: list[int] | None,
) -> list[Any]:
    """A correction as ``page.js`` reads it: its ``FIELDS`` in their order."""
    at = units[page]
    if to:
        to = [to[0], units[to[0]](to[1])]
    sure = round(c.confidence, 4)
    facts = [page, number, at(c.start), at(c.end), c.after, c.code, c.safety, sure, int(c.applied)]
    return [*facts, message, *c.place, sorted(keys(c)), to]


def _page(outcome: Outcome, number: int, tongue: Tongue) -> dict[str, str]:
    source = outcome.sources[number]
    counts = Counter[str](c.safety for c in outcome.of_page(number))
    return {"path": source.path, "facts": _facts(source, counts, tongue), "text": source.text}


def _facts(page: Source, counts: Counter[str], tongue: Tongue) -> str:
    facts = [page.encoding.upper(), NEWLINES[page.newline]]
    counted = {s: f"{{n}} {s}" for s in _SAFETIES}
    facts += [tongue.of(counted[s], n=counts[s]) for s in _SAFETIES if counts[s]]
    return " · ".join(facts)


def _series(series: Series, ids: Mapping[int, int]) -> dict[str, Any]:
    """A series as ``page.js`` reads it; corrections by their numbers."""
    return {
        **{name: getattr(series, name) for name in ("code", "kind", "before", "after", "sure")},
        **{name: getattr(series, name) for name in ("surroundings", "pages", "mean", "least")},
        "questions": [[ids[id(c)] for c in question] for question in series.questions],
        "examples": [ids[id(e.correction)] for e in series.examples()],
    }


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and behind a place, on its line."""
    left = LINE_BREAK.split(text[max(0, start - CONTEXT) : start])[-1]
    return left, LINE_BREAK.split(text[end : end + CONTEXT])[0]


def changed(c: Correction, most: int | None = None) -> str:
    """Old and new of a correction, marked; of each as many characters as are wanted."""
    before, after = _at_most(c.before, most), _at_most(c.after, most)
    if c.safety == "note":
        return f"<mark>{before}</mark>"
    old = f"<del>{before}</del>" if before else ""
    return old + (f"<ins>{after}</ins>" if after and not c.to else "")


def _at_most(text: str, most: int | None) -> str:
    cut = most is not None and len(text) > most
    return safe(text[:most]) + ("…" if cut else "")


def safe(text: str) -> str:
    """Text that nothing in a page can break out of; what has no shape by its name."""
    return escape("".join(map(visible, text.replace("\r\n", "\n"))))
