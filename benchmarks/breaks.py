"""Speed of the breaks filter: a page, and whether time is linear from 1 to 64 pages.

usage: python benchmarks/breaks.py

The named alternative is the segmenter that the filter asks (rjieba), over the same pages.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import rjieba

from fixnews.draft import Draft
from fixnews.filters import ByPage, Context, breaks
from fixnews.source import Source

PAGE = 20_000
COUNTS = (1, 4, 16, 64)
SAMPLES = Path(__file__).parents[1] / "samples"


def page() -> str:
    """A page of 20,000 characters from the samples: hard-wrapped text and paragraphs."""
    texts = [p.read_text("utf-8") for p in sorted(SAMPLES.glob("*/damaged/*.txt")) if _utf8(p)]
    text = "\n\n".join(texts)
    return (text * (PAGE // len(text) + 1))[:PAGE]


def _utf8(path: Path) -> bool:
    try:
        path.read_text("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def best(work: Callable[[], object]) -> float:
    """Seconds of the fastest of three runs."""
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return min(times)


def main() -> None:
    """Print milliseconds a page, and the ratio to segmenting it."""
    text = page()
    list(breaks.propose(text, Context()))
    by_page = ByPage(breaks.propose)
    print("pages  ms a page  times the segmenter")
    for count in COUNTS:
        draft = Draft.of(*(Source(f"A{n}", f"{n}\n{text}") for n in range(count)))
        ours = best(lambda draft=draft: list(by_page(draft, Context()))) / count
        theirs = best(lambda n=count: [rjieba.cut(text) for _ in range(n)]) / count
        print(f"{count:5}  {ours * 1000:9.1f}  {ours / theirs:.2f}")


if __name__ == "__main__":
    main()
