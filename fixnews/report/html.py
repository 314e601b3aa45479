"""One page for a browser that holds everything: no network, nothing to install."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import count

from fixnews.correction import Correction
from fixnews.filters import rule_names
from fixnews.issue import Outcome
from fixnews.message import Message
from fixnews.report.cells import visible
from fixnews.report.passages import Entry, entries, link
from fixnews.report.stacked import NEWLINES
from fixnews.source import LINE_BREAK, Source
from fixnews.tongues import ENGLISH, Tongue

CONTEXT = 24
"""Characters on each side of a change: a browser's line holds more than a terminal's."""

_STYLE = """
:root { color-scheme: light dark; --old: #ffd7d5; --new: #c8f0cf; --dim: #556; --line: #8884;
  --paper: #fff; --ink: #1b1b1f; --oldest: #c0322b; --newest: #1a7f37 }
@media (prefers-color-scheme: dark) { :root { --old: #5d211f; --new: #1b4726; --dim: #a0a0b0;
  --paper: #17181c; --ink: #e8e8ea; --oldest: #ff8a80; --newest: #7ee787 } }
* { box-sizing: border-box }
html { scroll-padding-top: 7rem }
body { margin: 0 auto; padding: 1rem; max-width: 60rem; background: var(--paper); color: var(--ink);
  font: 16px/1.6 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif }
header { position: sticky; top: 0; background: var(--paper); padding: .5rem 0;
  border-bottom: 1px solid var(--line) }
h1 { font-size: 1.2rem; margin: 0 }
h1 output, h2 small { font-weight: normal; color: var(--dim); font-size: .85rem }
h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; overflow-wrap: anywhere }
form { display: flex; flex-wrap: wrap; gap: .4rem .9rem; align-items: center }
input[type=search] { flex: 1 1 10rem; min-width: 0; font: inherit; padding: .2rem .5rem }
select { font: inherit; max-width: 100%; padding: .2rem 0 }
label { white-space: nowrap }
article { border-top: 1px solid var(--line); padding: .5rem 0 }
article p { margin: .1rem 0; overflow-wrap: anywhere; line-break: strict }
.what { font-size: .85rem; color: var(--dim) }
.what b { color: var(--ink) }
.number { float: right }
.change { font-size: 1.05rem }
del { background: var(--old); text-decoration: none; border-bottom: 2px dotted var(--oldest) }
ins { background: var(--new); text-decoration: none; border-bottom: 2px solid var(--newest) }
mark { background: none; color: inherit; border-bottom: 2px solid var(--dim) }
.unapplied del, .unapplied ins { background: none }
a { color: inherit }
[hidden] { display: none }
"""

_SCRIPT = """
const form = document.forms[0], all = [...document.querySelectorAll('article')];
const pages = [...document.querySelectorAll('section')], shown = document.querySelector('output');
const total = all.filter(a => !a.dataset.arrival).length;
function filter() {
  const safe = new Set([...form.safety].filter(b => b.checked).map(b => b.value));
  const rule = form.rule.value, words = form.search.value.trim();
  let count = 0;
  for (const a of all) {
    const fits = safe.has(a.dataset.safety) && (!rule || a.dataset.rule === rule)
      && (!words || a.textContent.includes(words));
    a.hidden = !fits; count += fits && !a.dataset.arrival;
  }
  for (const p of pages) p.hidden = !p.querySelector('article:not([hidden])');
  shown.textContent = count + ' / ' + total;
}
form.addEventListener('input', filter);
form.addEventListener('submit', event => event.preventDefault());
filter();
"""

_SAFETIES = ("safe", "unsafe", "note")

_Marks = Mapping[int, str]
"""For each page, by its identity, the name that a link to it uses."""


def html(outcomes: Iterable[Outcome], tongue: Tongue = ENGLISH) -> Iterator[str]:
    """The report, in pieces of HTML."""
    done = list(outcomes)
    codes = Counter(c.code for outcome in done for c in outcome.corrections)
    numbers = count(1)
    marks = {id(page): f"p{next(numbers)}" for outcome in done for page in outcome.sources}
    yield f'<!doctype html>\n<html lang="{tongue.tag}">\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>fixnews</title>\n<style>{_STYLE}</style>\n"
    yield from _head(codes, tongue)
    for outcome in done:
        yield from _pages(outcome, marks, tongue)
    yield f"<script>{_SCRIPT}</script>\n</html>\n"


def _head(codes: Counter[str], tongue: Tongue) -> Iterator[str]:
    names, search = rule_names(), escape(tongue("search"))
    yield "<header><h1>fixnews <output></output></h1>\n<form>"
    for safety in _SAFETIES:
        box = f'<input type="checkbox" name="safety" value="{safety}" checked>'
        yield f"<label>{box} {escape(tongue(safety))}</label>"
    yield f'<select name="rule" aria-label="{escape(tongue("rule"))}">'
    yield f'<option value="">{escape(tongue("every rule"))}</option>'
    for code in sorted(codes):
        name = escape(names.get(code, ""))
        yield f'<option value="{escape(code)}">{escape(code)} {name} ({codes[code]})</option>'
    yield "</select>"
    yield f'<input type="search" name="search" aria-label="{search}" placeholder="{search}">'
    yield "</form></header>\n"


def _pages(outcome: Outcome, marks: _Marks, tongue: Tongue) -> Iterator[str]:
    names = rule_names()
    for number, page in enumerate(outcome.sources):
        found = entries(outcome, number)
        if found:
            yield f'<section id="{marks[id(page)]}">{_title(page, found, tongue)}\n'
            yield from (_article(e, names.get(e.first.code, ""), marks, tongue) for e in found)
            yield "</section>\n"


def _title(page: Source, found: Iterable[Entry], tongue: Tongue) -> str:
    counts: Counter[str] = Counter(entry.safety for entry in found if not entry.arrival)
    facts = [page.encoding.upper(), NEWLINES[page.newline]]
    facts += [
        tongue(Message(f"{{n}} {safety}", n=counts[safety]))
        for safety in _SAFETIES
        if counts[safety]
    ]
    return f"<h2>{safe(page.path)} <small>{escape(' · '.join(facts))}</small></h2>"


def _article(entry: Entry, name: str, marks: _Marks, tongue: Tongue) -> str:
    c = entry.first
    line, column = entry.page.locate(entry.start)
    applied = "" if c.applied or c.safety == "note" else f" · {tongue('not applied')}"
    facts = (
        f"{line}:{column} · {tongue(c.safety)} · {c.confidence:.2f}{applied}{_way(entry, marks)}"
    )
    return (
        f'<article data-rule="{escape(c.code)}" data-safety="{c.safety}"'
        f"{' data-arrival=1' if entry.arrival else ''}{'' if c.applied else ' class=unapplied'}>"
        f'<p class="what"><span class="number">{entry.number}</span>'
        f"<b>{escape(c.code)} {escape(name)}</b> {facts}<br>{safe(tongue(c.reason))}</p>"
        f'<p class="change" lang="zh">{_change(entry)}</p></article>\n'
    )


def _way(entry: Entry, marks: _Marks) -> str:
    """Both ends of a move, with a link to the other one's page."""
    c = entry.first
    if not c.to:
        return ""
    other = c.page if entry.arrival else entry.outcome.sources[c.to[0]]
    return f' · <a href="#{marks[id(other)]}">{safe(link(entry))}</a>'


def _change(entry: Entry) -> str:
    """The line with its change; a passage that moves, at each of its ends."""
    c = entry.first
    end = entry.start if entry.arrival else c.end
    left, right = around(entry.page.text, entry.start, end)
    middle = f"<ins>{safe(c.before)}</ins>" if entry.arrival else changed(c)
    return f"{safe(left)}{middle}{safe(right)}"


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
