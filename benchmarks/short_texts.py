"""What a short text costs beside a page: `fix` and `fix_many`, milliseconds of CPU a text.

usage: python benchmarks/short_texts.py

Texts of 200 characters, cut from the samples as they should read and as they are damaged, every
other one for each door, and all of them as a page of 20,000 characters. Models are loaded before.
``unit`` is what a loop of 100,000 steps takes on this machine now: on a busy one, compare with it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import fixnews

SAMPLES = Path(__file__).parents[1] / "samples"
SIZE = 200
STEP = 67
"""Characters from the start of one text to that of the next."""

PAGE = 20_000
UNIT = 100_000


def texts(folder: str) -> list[str]:
    """The texts that are cut from the samples of one kind of folder."""
    pages = [fixnews.decode(p.read_bytes()).text for p in sorted(SAMPLES.glob(f"*/{folder}/*"))]
    cut = [p[at : at + SIZE] for p in pages for at in range(0, len(p) - SIZE + 1, STEP)]
    return [text for text in cut if len(text) == SIZE]


def spent(work: Callable[[], object]) -> float:
    """Milliseconds of CPU."""
    begin = time.process_time()
    work()
    return (time.process_time() - begin) * 1000


def report(name: str, cost: float, count: int, size: int) -> None:
    print(f"  {name:9} {cost / count:8.2f} ms each, {cost / size * 1000:7.2f} µs a character")


def measured(kind: str, cut: Sequence[str]) -> None:
    """A line for each door."""
    text = "".join(cut)
    page = (text * (PAGE // len(text) + 1))[:PAGE]
    print(f"{kind}: {len(cut)} texts of {SIZE} characters")
    one, other = cut[::2], cut[1::2]
    alone = spent(lambda: [fixnews.fix(text) for text in one])
    report("fix", alone, len(one), SIZE * len(one))
    report("fix_many", spent(lambda: list(fixnews.fix_many(other))), len(other), SIZE * len(other))
    report("page", spent(lambda: fixnews.fix(page)), 1, len(page))


def main() -> None:
    """Both kinds of texts, and how fast the machine is."""
    for text in texts("damaged")[::9]:
        fixnews.fix(text)
    print(f"unit: {spent(lambda: sum(0 for _ in range(UNIT))):.2f} ms")
    for kind, folder in (("clean", "truth"), ("damaged", "damaged")):
        measured(kind, texts(folder))


if __name__ == "__main__":
    main()
