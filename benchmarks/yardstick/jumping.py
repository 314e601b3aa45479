"""Stories that go on on another page: how many come home, and how many wrong ones are merged."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial

import fixnews
from benchmarks.yardstick import texts
from benchmarks.yardstick.line_rules import bare
from benchmarks.yardstick.table import Cell, Table, share
from fixnews.damage import Damaged, damage

SETS = (
    ("jumps alone", ("jumps",)),
    ("with column breaks and half-width marks", ("jumps", "columns", "half-width")),
    ("with misread characters, too", ("jumps", "columns", "half-width", "misread", "blanks")),
)
SEEDS = 24

NEAR = 5
"""Characters on either side of the seam that must stand together again."""

LEFT = 8
"""Characters of a jump line's frame that may be left between the two."""

LINES = re.compile(r"(?:下转|紧转|下接|转下)(?:今日|第| )*\w+? ?版")

WORDS = {
    "下转, 上接 and numbers": ("下转", "上接"),
    "all words of these pages and numbers": ("下转|紧转|下接|转下", "上接|接上|上承"),
}
"""What a rule of ten lines looks for: the commonest words, and those that the generator prints."""

FRAME, PAGE = r"[（(【▶—…]*", r"(?:今日|第| )*(\w+?) ?版[）)】]?"


def by_numbers(pages: Mapping[str, str], words: tuple[str, str]) -> dict[str, str]:
    """The last jump line to a page meets the last one from there on that page."""
    out, into = (re.compile(f"{FRAME}(?:{word}){PAGE}") for word in words)
    done = dict(pages)
    for label in pages:
        for found in reversed(list(out.finditer(done[label]))):
            there = next((page for page in pages if page.startswith(found[1])), None)
            heads = list(into.finditer(done[there])) if there else []
            fit = [m for m in heads if label.startswith(m[1])]
            if there and fit:
                start = fit[-1].end() + 1
                tail = re.split(r"\n\n(?=[^\n]{2,30}\n\n)", done[there][start:])[0]
                done[label] = done[label][: found.start()] + tail + done[label][found.end() :]
                done[there] = done[there][: fit[-1].start()] + done[there][start + len(tail) :]
    return done


def by_fixnews(pages: Mapping[str, str]) -> dict[str, str]:
    return {name: page.text for name, page in fixnews.fix_pages(dict(pages)).items()}


TOOLS: dict[str, Callable[[Mapping[str, str]], dict[str, str]]] = {"fixnews": by_fixnews} | {
    name: partial(by_numbers, words=words) for name, words in WORDS.items()
}


def moves(before: Mapping[str, str], after: Mapping[str, str]) -> int:
    """How many jump lines were taken away to which a passage came."""
    counts = ((LINES.findall(before[name]), LINES.findall(after[name])) for name in before)
    return sum(len(was) - len(left) for was, left in counts)


def judged(done: Damaged, after: Mapping[str, str]) -> Counter[str]:
    """Jumps that are whole again, and passages that went elsewhere."""
    count: Counter[str] = Counter()
    flat = {name: bare(text) for name, text in after.items()}
    for one in done.injuries:
        if one.kind == "jumps":
            count["jumps"] += 1
            home = done.clean[one.clean.page]
            seam = _near(done, one.clean.start), bare(one.after)[:NEAR]
            near = f"{re.escape(seam[0])}.{{0,{LEFT}}}{re.escape(seam[1])}"
            count["home"] += bool(re.search(near, flat[home.path]))
            count["exact"] += "".join(seam) in flat[home.path]
    before = {page.path: page.text for page in done.pages}
    count["wrong"] = max(0, moves(before, after) - count["home"])
    return count


def _near(done: Damaged, start: int) -> str:
    """What stands before the jump line of a story on the damaged page."""
    line = next(
        one
        for one in done.injuries
        if one.kind == "jump-line"
        and one.clean.start == start
        and one.damaged.page == one.clean.page
    )
    return bare(done.pages[line.damaged.page].text[: line.damaged.start])[-NEAR:]


def measured(seed: int, *, quick: bool) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for title, kinds in SETS:
        issues = [
            damage(texts.news(), seed=n, kinds=kinds)
            for n in range(seed, seed + (2 if quick else SEEDS))
        ]
        for name, tool in TOOLS.items():
            count: Counter[str] = Counter()
            for done in issues:
                pages = {page.path: page.text for page in done.pages}
                count += judged(done, tool(pages))
            home, total, wrong = count["home"], count["jumps"], count["wrong"]
            shares = share(home, total), share(count["exact"], total)
            rows.append((title, name, *shares, wrong, total))
    return Table(
        "jumps",
        "Jumps brought home",
        "An issue of six pages whose stories go on on later pages, with jump lines in many "
        "spellings. A jump is home if its rest stands behind its beginning again, without a trace "
        "if nothing of the jump line is left between them. No tool of the registries does this; "
        "beside fixnews stands a rule of ten lines that goes by page numbers, with the commonest "
        "words, and with all that the generator of these pages prints.",
        ("pages", "tool", "home", "without a trace", "wrong", "jumps"),
        tuple(rows),
    )
