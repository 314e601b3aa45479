"""What a short text costs beside a page: `fix` and `fix_many`, milliseconds of CPU a text.

usage: python benchmarks/short_texts.py [SHARED]

Texts of 200 characters, as they should read and as they are damaged: a third is read before the
clock starts, since much is loaded when it is first needed, a third goes through each door; pages
follow that hold no text that was read before. With SHARED, the folder that holds ``corpus/`` and
``pages/``: news of a daily, a text an article, and its damaged pages; else the samples, which are
too few to say more than the order of magnitude.
``unit`` is what a loop of 100,000 steps takes on this machine now: on a busy one, compare with it.
"""

from __future__ import annotations

import json
import lzma
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import fixnews

SAMPLES = Path(__file__).parents[1] / "samples"
SIZE = 200
STEP = 67
"""Characters from the start of one text to that of the next."""

PAGE = 20_000
TEXTS, APART = 900, 3
"""Texts of a kind, and how many lengths of a text lie between two of a page."""

PARTS = 16
"""Damaged pages of which a page is put together: broken in all three ways, as the texts are."""

UNIT = 100_000


def texts(shared: Path | None) -> Iterator[tuple[str, list[str], str]]:
    """Kinds of texts: their name, the texts, and two pages without them."""
    if shared is None:
        for kind, folder in (("clean", "truth"), ("damaged", "damaged")):
            pages = [fixnews.decode(p.read_bytes()).text for p in SAMPLES.glob(f"*/{folder}/*")]
            cut = [p[at : at + SIZE] for p in pages for at in range(0, len(p) - SIZE + 1, STEP)]
            yield kind, cut, "".join(pages)[: 2 * PAGE]
        return
    news = list(islice(articles(shared / "corpus/news-dev.jsonl.xz"), TEXTS + 3 * PAGE // SIZE))
    yield "clean", [text[:SIZE] for text in news[:TEXTS]], "\n".join(news[TEXTS:])[: 2 * PAGE]
    pages = list(damaged(shared / "pages/dev.json.xz"))
    apart = pages[:: len(pages) // PARTS]
    step = SIZE * APART
    cut = [
        p[at : at + SIZE] for p in pages if p not in apart for at in range(0, len(p) - SIZE, step)
    ]
    whole = "".join([p[: 2 * PAGE // PARTS] for p in apart])
    yield "damaged", cut[:: -(-len(cut) // TEXTS)], whole[: 2 * PAGE]


def articles(path: Path) -> Iterator[str]:
    """Articles of a daily that are no shorter than a text."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            text = "\n".join((*row["head"], *row["paras"]))
            if len(text) >= SIZE:
                yield text


def damaged(path: Path) -> Iterator[str]:
    """Pages damaged in three ways."""
    with lzma.open(path) as file:
        for row in json.load(file):
            for pieces in row["pages"].values():
                yield "".join(piece[0] + piece[1] for piece in pieces)


def spent(work: Callable[[], object]) -> float:
    """Milliseconds of CPU."""
    begin = time.process_time()
    work()
    return (time.process_time() - begin) * 1000


def report(name: str, cost: float, count: int, size: int) -> None:
    print(f"  {name:9} {cost / count:8.2f} ms each, {cost / size * 1000:7.2f} µs a character")


def measured(kind: str, cut: Sequence[str], pages: str) -> None:
    """A line for each door."""
    before, one, other = cut[::3], cut[1::3], cut[2::3]
    half = len(pages) // 2
    fixnews.fix(pages[:half])
    list(fixnews.fix_many(before))
    print(f"{kind}: {len(one)} texts of {SIZE} characters")
    alone = spent(lambda: [fixnews.fix(text) for text in one])
    report("fix", alone, len(one), SIZE * len(one))
    report("fix_many", spent(lambda: list(fixnews.fix_many(other))), len(other), SIZE * len(other))
    report("page", spent(lambda: fixnews.fix(pages[half:])), 1, len(pages) - half)


def main() -> None:
    """Both kinds of texts, and how fast the machine is."""
    shared = Path(sys.argv[1]) if sys.argv[1:] else None
    print(f"unit: {spent(lambda: sum(0 for _ in range(UNIT))):.2f} ms")
    for kind in texts(shared):
        measured(*kind)


if __name__ == "__main__":
    main()
