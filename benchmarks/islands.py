"""What it costs to find what is no prose, beside the rest of the chain.

usage: python benchmarks/islands.py [SHARED]

Damaged pages from the samples, repeated to the size of a page; with SHARED, the folder that holds
``ocr/dev.json.xz``, readings of real prints as well. CPU seconds, one core; the share is of the
whole chain over the same pages, first and later rounds together.
"""

from __future__ import annotations

import json
import lzma
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import fixnews
from fixnews import islands
from fixnews.islands import Chart, Memory

PAGE = 20_000
SAMPLES = Path(__file__).parents[1] / "samples"
READINGS = 24


def pages() -> Iterator[tuple[str, list[str]]]:
    """The pages by name of their kind."""
    texts = [p.read_text("utf-8") for p in sorted(SAMPLES.glob("*/damaged/[AC0]*.txt")) if utf8(p)]
    text = "\n\n".join(texts)
    yield "samples", [(text * (PAGE // len(text) + 1))[:PAGE]]
    if len(sys.argv) > 1:
        with lzma.open(Path(sys.argv[1]) / "ocr/dev.json.xz") as file:
            rows = json.load(file)
        yield "readings", [row["ocr"] for row in rows[::4]][:READINGS]


def utf8(path: Path) -> bool:
    """Whether a sample is in UTF-8."""
    try:
        path.read_text("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def main() -> None:
    """Print a line for each kind of page."""
    spent = 0.0
    survey = islands.survey

    def timed(text: str, read: str = "", memory: Memory | None = None) -> Chart:
        nonlocal spent
        begin = time.process_time()
        chart = survey(text, read, memory)
        spent += time.process_time() - begin
        return chart

    islands.survey = timed
    fixnews.fix("铅含量<0.1毫克,大家说:好!\n")
    for kind, texts in pages():
        spent, begin = 0.0, time.process_time()
        for text in texts:
            fixnews.fix(text)
        whole = time.process_time() - begin
        size = sum(map(len, texts))
        print(f"{kind}: {size} characters, chain {whole:.2f} s, islands {spent:.3f} s, "
              f"{spent / whole:.1%}")  # fmt: skip


if __name__ == "__main__":
    main()
