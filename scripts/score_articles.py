"""Stories cut out of the laid-out issues, against their truth.

usage: python scripts/score_articles.py ../shared [seedstyle] [ideal] [--half N] [--forest FILE]
       [--least P …] [--show]

Both pages of an issue go through the whole chain in one call, then through `fixnews.article`. A
true story is found when a story starts with its kicker or its headline, on its page; white space
and the width of punctuation aside. Precision: stories found right among all that were cut;
recall: among all true stories, also those whose headline the repair has joined to something else.
Headline, byline and pages are counted among the stories found right. ``--half 0`` takes the first,
third, … issue; ``--forest`` a table trained on the other half (`training/boundaries.py --halves`).
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import fixnews.article as cutting
from fixnews.article import Article
from fixnews.filters import Context
from fixnews.layout import boundaries
from fixnews.pipeline import Repair, repair
from fixnews.source import Source

WIDTHS = str.maketrans("，：；？！（）．～“”‘’", ",:;?!().~\"\"''")
KNOWN = 6
"""Characters of a headline by which it is known again where something was joined to it."""


def plain(text: str) -> str:
    """A text without white space, in one width."""
    return "".join(text.split()).translate(WIDTHS)


def begins(story: Article, truth: Any) -> bool:
    """Whether a story starts with a true story's kicker or headline."""
    first = plain(story.kicker + story.headline + story.deck)
    for title in (plain(truth["kicker"] + truth["title"]), plain(truth["title"])):
        if first.startswith(title) or (len(first) >= KNOWN and title.startswith(first)):
            return True
    return False


def mended(row: Any, style: str) -> tuple[Repair, tuple[str, ...]]:
    """The pages of one issue after the whole chain, and what they are called."""
    labels = tuple(row["truth"]["pages"])
    sources = [Source(f"{label}.txt", row["pages"][label][style]) for label in labels]
    return repair(sources, Context(labels=labels)), labels


def score(
    truth: Any, told: Sequence[Article], labels: Sequence[str], *, show: bool
) -> Counter[str]:
    """The counts of one issue."""
    count: Counter[str] = Counter(cut=len(told), true=len(truth["articles"]))
    left = list(told)
    for true in truth["articles"]:
        page = true["segments"][0]["page"]
        number = labels.index(page)
        story = next((s for s in left if s.source == number and begins(s, true)), None)
        if story is None:
            if show:
                print("missed", truth["issue"], page, true["kicker"], true["title"])
            continue
        left.remove(story)
        count += judged(story, true)
    for story in left if show else ():
        over = f"{story.kicker}|{story.headline}|{story.deck}"
        print("false ", truth["issue"], story.page, over, story.confidence)
    return count


def judged(story: Article, true: Any) -> Counter[str]:
    """What is right of a story that was found."""
    pages = dict.fromkeys(segment["page"] for segment in true["segments"])
    return Counter(
        right=1,
        headline=plain(story.headline) == plain(true["title"]),
        byline=plain(story.byline) == plain(true["byline"]),
        pages=len(story.pages) == len(pages),
        jumping=len(pages) > 1,
        whole=len(pages) > 1 and len(story.pages) > 1,
    )


def said(name: str, count: Counter[str]) -> str:
    """The figures in a line."""
    precision, recall = count["right"] / max(1, count["cut"]), count["right"] / count["true"]
    rest = " ".join(f"{k} {count[k]}/{count['right']}" for k in ("headline", "byline", "pages"))
    jumping = f"jumping whole {count['whole']}/{count['jumping']}"
    return (
        f"{name}: P {precision:.4f} ({count['right']}/{count['cut']}) "
        f"R {recall:.4f} ({count['right']}/{count['true']}) {rest} {jumping}"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Score the styles that are asked for."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path)
    options.add_argument("styles", nargs="*", default=["seedstyle", "ideal"])
    options.add_argument("--half", type=int, choices=(0, 1))
    options.add_argument("--forest", type=Path)
    options.add_argument("--least", type=float, nargs="+", default=[cutting.STARTS])
    options.add_argument("--show", action="store_true")
    given = options.parse_args(arguments)
    if given.forest:
        boundaries.FOREST = given.forest
    rows = json.loads(lzma.decompress((given.shared / "ocr/issues.json.xz").read_bytes()))
    rows = rows if given.half is None else rows[given.half :: 2]
    pages = {style: [(row["truth"], *mended(row, style)) for row in rows] for style in given.styles}
    for cutting.STARTS in given.least:
        total: Counter[str] = Counter()
        for style, issues in pages.items():
            count: Counter[str] = Counter()
            for truth, done, labels in issues:
                count += score(truth, cutting.articles(done, labels), labels, show=given.show)
            print(said(style, count))
            total += count
        print(said(f"all, from {cutting.STARTS}", total))


if __name__ == "__main__":
    main()
