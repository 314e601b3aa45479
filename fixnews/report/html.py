"""One page for a browser that holds everything: no network, nothing to install."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape

from fixnews.correction import Correction
from fixnews.issue import Outcome
from fixnews.report.cells import visible
from fixnews.report.rows import rule_names
from fixnews.source import LINE_BREAK

CONTEXT = 24
"""Characters on each side of a change: a browser's line holds more than a terminal's."""

_STYLE = """
:root { color-scheme: light dark; --old: #ffd7d5; --new: #c8f0cf; --dim: #667; --line: #8884;
  --paper: #fff; --ink: #1b1b1f }
@media (prefers-color-scheme: dark) { :root { --old: #6b2220; --new: #1c5229; --dim: #99a;
  --paper: #17181c; --ink: #e8e8ea } }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 1rem; max-width: 60rem; background: var(--paper); color: var(--ink);
  font: 16px/1.6 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif }
header { position: sticky; top: 0; background: var(--paper); padding: .5rem 0;
  border-bottom: 1px solid var(--line) }
h1 { font-size: 1.2rem; margin: 0 }
h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; overflow-wrap: anywhere }
form { display: flex; flex-wrap: wrap; gap: .4rem .9rem; align-items: center }
input[type=search] { flex: 1 1 12rem; font: inherit; padding: .2rem .5rem }
select { font: inherit; max-width: 100% }
article { border-top: 1px solid var(--line); padding: .5rem 0 }
article p { margin: .1rem 0; overflow-wrap: anywhere; line-break: strict }
.what { font-size: .85rem; color: var(--dim) }
.what b { color: var(--ink) }
del { background: var(--old); text-decoration: line-through }
ins { background: var(--new); text-decoration: underline }
.unapplied del { background: none; border-bottom: 2px dotted }
[hidden] { display: none }
"""

_SCRIPT = """
const form = document.forms[0], all = [...document.querySelectorAll('article')];
const pages = [...document.querySelectorAll('section')], shown = document.querySelector('output');
function filter() {
  const safe = new Set([...form.safety].filter(b => b.checked).map(b => b.value));
  const rule = form.rule.value, words = form.search.value.trim();
  let count = 0;
  for (const a of all) {
    const fits = safe.has(a.dataset.safety) && (!rule || a.dataset.rule === rule)
      && (!words || a.textContent.includes(words));
    a.hidden = !fits; count += fits;
  }
  for (const p of pages) p.hidden = !p.querySelector('article:not([hidden])');
  shown.textContent = count + ' / ' + all.length;
}
form.addEventListener('input', filter);
form.addEventListener('submit', event => event.preventDefault());
filter();
"""

_SAFETIES = ("safe", "unsafe", "note")


def html(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """The report, in pieces of HTML."""
    done = list(outcomes)
    codes = Counter(c.code for outcome in done for c in outcome.corrections)
    yield '<!doctype html>\n<html lang="zh">\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>fixnews</title>\n<style>{_STYLE}</style>\n"
    yield from _head(codes)
    for outcome in done:
        yield from _pages(outcome)
    yield f"<script>{_SCRIPT}</script>\n</html>\n"


def _head(codes: Counter[str]) -> Iterator[str]:
    names = rule_names()
    yield "<header><h1>fixnews <output></output></h1>\n<form>"
    for safety in _SAFETIES:
        box = f'<input type="checkbox" name="safety" value="{safety}" checked>'
        yield f"<label>{box} {safety}</label>"
    yield '<select name="rule" aria-label="rule"><option value="">every rule</option>'
    for code in sorted(codes):
        name = escape(names.get(code, ""))
        yield f'<option value="{escape(code)}">{escape(code)} {name} ({codes[code]})</option>'
    yield '</select><input type="search" name="search" aria-label="search" placeholder="search">'
    yield "</form></header>\n"


def _pages(outcome: Outcome) -> Iterator[str]:
    names = rule_names()
    for number, source in enumerate(outcome.sources):
        found = outcome.of_page(number)
        if found:
            yield f"<section><h2>{_text(source.path)} · {escape(source.encoding)}</h2>\n"
            yield from (_article(outcome, c, names.get(c.code, "")) for c in found)
            yield "</section>\n"


def _article(outcome: Outcome, c: Correction, name: str) -> str:
    applied = "" if c.applied or c.safety == "note" else " · not applied"
    facts = f"{c.place.line}:{c.place.column} · {c.safety} · {c.confidence:.2f}{applied}"
    return (
        f'<article data-rule="{escape(c.code)}" data-safety="{c.safety}"'
        f"{'' if c.applied else ' class=unapplied'}>"
        f'<p class="what"><b>{escape(c.code)} {escape(name)}</b> {facts}<br>{_text(c.message)}</p>'
        f"<p>{_change(outcome, c)}</p></article>\n"
    )


def _change(outcome: Outcome, c: Correction) -> str:
    """The line with its change; a passage that moves, with the place that it goes to."""
    left = LINE_BREAK.split(c.page.text[max(0, c.start - CONTEXT) : c.start])[-1]
    right = LINE_BREAK.split(c.page.text[c.end : c.end + CONTEXT])[0]
    middle = f"<mark>{_text(c.before)}</mark>"
    if c.to:
        page = outcome.sources[c.to[0]]
        place = f"{page.path}:{page.locate(c.to[1]).line}"
        middle = f"<del>{_text(c.before)}</del> → <ins>{_text(place)}</ins> "
    elif c.safety != "note":
        old = f"<del>{_text(c.before)}</del>" if c.before else ""
        middle = old + (f"<ins>{_text(c.after)}</ins>" if c.after else "")
    return f"{_text(left)}{middle}{_text(right)}"


def _text(text: str) -> str:
    """Text that nothing in a page can break out of; what has no shape by its name."""
    return escape("".join(map(visible, text.replace("\r\n", "\n"))))
