"""How fast `fixnews corpus` is beside a loop over the library, with one worker and more.

usage: python benchmarks/archive_run.py SHARED [--megabytes N] [--workers 1 2] [--shape files|lines]

Makes an archive of SHARED/corpus/news-train.txt.xz: pages of forty paragraphs, eight to an issue,
commas half as wide as they should be, every third page in hard-wrapped lines. Every run is a
process of its own. Prints seconds and MB a second by the clock and the CPU (with its workers'),
how that compares with the loop, and the resident memory of the largest process in each quarter of
the run. A second call, which finds all done, is what starting and looking cost.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from textwrap import wrap

PARAGRAPHS, PAGES, COLUMN = 40, 8, 24
BEAT = 0.5
"""Seconds between two looks at the memory of the workers."""

LOOP = """
import sys
from pathlib import Path
from fixnews import fix_pages
from fixnews.threads import one_thread
source, target = map(Path, sys.argv[1:])
for folder in sorted(source.iterdir()):
    pages = {p.stem: p.read_bytes() for p in sorted(folder.iterdir())}
    (target / folder.name).mkdir(parents=True)
    for name, page in fix_pages(pages).items():
        rows = [c.to_dict() for c in page.corrections]
        (target / folder.name / f"{name}.txt").write_text(page.text, "utf-8")
"""
"""The same work by hand: issue by issue, texts written, corrections as rows."""


def pages(shared: Path) -> Iterator[str]:
    """Damaged pages, as many as there are."""
    with lzma.open(shared / "corpus" / "news-train.txt.xz", "rt", encoding="utf-8") as file:
        lines = (line.strip() for line in file)
        told = (line for line in lines if line)
        for number in count():
            some = list(islice(told, PARAGRAPHS))
            if not some:
                return
            page = "\n".join(some).replace("，", ",")
            yield "\n".join(wrap(page, COLUMN)) if number % 3 == 2 else page


def made(shared: Path, folder: Path, size: int, shape: str) -> tuple[Path, int]:
    """An archive of about so many bytes; where it is, and how many they are."""
    written, rows = 0, []
    for number, page in enumerate(pages(shared)):
        if written >= size:
            break
        issue, place = f"issue-{number // PAGES:06}", number % PAGES + 1
        written += len(page.encode())
        path = folder / "files" / issue / f"A{place}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, "utf-8")
        rows.append({"id": str(number), "issue": issue, "page": f"A{place}", "text": page})
    told = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "rows.jsonl").write_text(told, "utf-8")
    return folder / ("files" if shape == "files" else "rows.jsonl"), written


def cpu() -> float:
    """Seconds of the CPU that the processes took that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def timed(command: list[str]) -> tuple[float, float, list[int]]:
    """Seconds by the clock and by the CPU, and the memory of the largest process by quarters."""
    import psutil

    before, started, sizes = cpu(), time.perf_counter(), []
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as run:
        own = psutil.Process(run.pid)
        while run.poll() is None:
            sizes.append(largest(own))
            time.sleep(BEAT)
    if run.returncode:
        sys.exit(f"exit {run.returncode}: {' '.join(command)}")
    seconds = time.perf_counter() - started
    step = max(1, len(sizes) // 4)
    quarters = [max(sizes[n * step : (n + 1) * step], default=0) for n in range(4)]
    return seconds, cpu() - before, quarters


def largest(own: object) -> int:
    """Megabytes of the largest process of a run."""
    import psutil

    assert isinstance(own, psutil.Process)
    found = [0]
    for process in [own, *own.children(recursive=True)]:
        try:
            found.append(process.memory_info().rss >> 20)
        except psutil.Error:
            continue
    return max(found)


def shown(name: str, size: int, told: tuple[float, float, list[int]], base: float) -> None:
    """A line of the table."""
    seconds, used, quarters = told
    rates = f"{size / 1e6 / seconds:8.3f}{size / 1e6 / used:10.3f}{used / base:8.2f}"
    print(f"{name:<14}{seconds:8.1f}{used:8.1f}{rates}   {quarters} MB", flush=True)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--megabytes", type=float, default=8)
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--shape", choices=("files", "lines"), default="files")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    source, size = made(given.shared, folder, int(given.megabytes * 1e6), given.shape)
    head = f"{'clock':>8}{'CPU':>8}{'MB/s':>8}{'MB/CPU s':>10}{'ratio':>8}"
    print(f"{size / 1e6:.1f} MB\n{'':14}{head}")
    loop = [sys.executable, "-c", LOOP, str(folder / "files"), str(folder / "by-hand")]
    told = timed(loop)
    base = told[1]
    shown("the library", size, told, base)
    for workers in given.workers:
        target = folder / f"out-{workers}"
        call = ["corpus", source, "-o", target, "-j", workers, "-q", "--shard-size", "0.5"]
        call += ["--issue-column", "issue", "--page-column", "page"]
        for name in (f"{workers} workers", "again"):
            told = timed([sys.executable, "-m", "fixnews", *map(str, call)])
            shown(name, size, told, base)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
