"""How fast `fixnews corpus` is beside a loop over the library, with one worker and more.

usage: python benchmarks/archive_run.py SHARED [--megabytes N] [--workers 1 2] [--shape files|lines]
                                        [--damage commas|none] [--no-loop] [--folder DIR]

Makes an archive of SHARED/corpus/news-train.txt.xz, again from its start where that ends: pages of
forty paragraphs, eight to an issue, every third page in hard-wrapped lines; with ``commas`` half as
wide as they should be, which is a correction in every line, with ``none`` as they were printed. The
files of an issue lie in a folder of its date. Every run is a process of its own.

Prints for each run the seconds by the clock and by the CPU (with its workers), the same without
what starting takes, which is measured with an archive of one page, MB for each second of that, the
ratio to the loop, the resident memory of the largest process in each quarter of the run, and a
checksum of what was written, which is to be the same for all workers. A second call, which finds
all done, is what looking costs.

One gigabyte: ``--megabytes 1000 --damage none --folder DIR``. What was measured is kept in
DIR/measured.jsonl and not measured again; a run that was ended goes on where it was, and says only
what the rest took. A target goes when it has been measured.
"""

from __future__ import annotations

import argparse
import hashlib
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
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path
from textwrap import wrap

PARAGRAPHS, PAGES, COLUMN = 40, 8, 24
FIRST_DAY = date(1900, 1, 1)
BEAT = 0.5
"""Seconds between two looks at the memory of the workers."""

LOOP = """
import json, sys
from pathlib import Path
from fixnews import fix_pages
source, target = map(Path, sys.argv[1:])
for folder in sorted(source.iterdir()):
    pages = {p.stem: p.read_bytes() for p in sorted(folder.iterdir())}
    (target / folder.name).mkdir(parents=True, exist_ok=True)
    rows = []
    for name, page in fix_pages(pages).items():
        rows += [json.dumps(c.to_dict(), ensure_ascii=False) + "\\n" for c in page.corrections]
        (target / folder.name / f"{name}.txt").write_text(page.text, "utf-8")
    (target / folder.name / "corrections.jsonl").write_text("".join(rows), "utf-8")
"""
"""The same work by hand: issue by issue, the texts written, and the corrections as rows."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One run: seconds by the clock and by the CPU, megabytes by quarters, and what it wrote."""

    name: str
    clock: float
    cpu: float
    quarters: list[int]
    wrote: str = ""


def pages(shared: Path, damage: str) -> Iterator[str]:
    """Pages without end."""
    number = count()
    while True:
        with lzma.open(shared / "corpus" / "news-train.txt.xz", "rt", encoding="utf-8") as file:
            told = (line for line in map(str.strip, file) if line)
            while some := list(islice(told, PARAGRAPHS)):
                page = "\n".join(some)
                page = page.replace("，", ",") if damage == "commas" else page
                yield "\n".join(wrap(page, COLUMN)) if next(number) % 3 == 2 else page


def made(shared: Path, folder: Path, size: int, shape: str, damage: str) -> tuple[Path, int]:
    """An archive of about so many bytes; where it is, and how many they are."""
    source = folder / ("files" if shape == "files" else "rows.jsonl")
    whole = folder / f"{source.name}.bytes"
    if whole.exists():
        return source, int(whole.read_text())
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    with (folder / "rows.jsonl").open("w", encoding="utf-8") as rows:
        for number, page in enumerate(pages(shared, damage)):
            if written >= size:
                break
            day = FIRST_DAY + timedelta(number // PAGES)
            name = f"A{number % PAGES + 1}"
            written += len(page.encode())
            if shape == "files":
                path = source / str(day) / f"{name}.txt"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(page, "utf-8")
            else:
                row = {"id": str(number), "issue": str(day), "page": name, "text": page}
                rows.write(json.dumps(row, ensure_ascii=False) + "\n")
    whole.write_text(str(written))
    return source, written


def cpu() -> float:
    """Seconds of the CPU that the processes took that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def timed(name: str, command: list[str]) -> Measured:
    """A run from its start to its end."""
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
    return Measured(name, seconds, cpu() - before, quarters)


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


def checksum(folder: Path) -> str:
    """Of all files of a target, by name."""
    told = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        told.update(f"{path.relative_to(folder)}\0".encode())
        told.update(hashlib.sha256(path.read_bytes()).digest())
    return told.hexdigest()[:12]


@dataclass(slots=True)
class Bench:
    """A folder, and what was measured in it."""

    folder: Path
    known: dict[str, Measured]

    @classmethod
    def of(cls, folder: Path) -> Bench:
        """With what an earlier call has measured there."""
        kept = folder / "measured.jsonl"
        lines = kept.read_text("utf-8").splitlines() if kept.exists() else []
        return cls(folder, {one["name"]: Measured(**one) for one in map(json.loads, lines)})

    def run(self, name: str, command: list[object], target: Path | None = None) -> Measured:
        """A run, unless it is known."""
        if name not in self.known:
            done = timed(name, [sys.executable, *map(str, command)])
            wrote = checksum(target) if target else ""
            self.known[name] = Measured(done.name, done.clock, done.cpu, done.quarters, wrote)
            with (self.folder / "measured.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(self.known[name])) + "\n")
        return self.known[name]


def corpus(source: Path, target: Path, workers: int) -> list[object]:
    """The call that repairs an archive."""
    columns = ["--issue-column", "issue", "--page-column", "page"]
    size = ["--shard-size", "0.5"]
    return ["-m", "fixnews", "corpus", source, "-o", target, "-j", workers, "-q", *size, *columns]


WIDTHS = (8, 8, 9, 8, 8, 10, 9, 8)
NAMES = ("clock", "CPU", "clock-", "CPU-", "MB/s", "MB/CPU s", "x clock", "x CPU")
HEAD = " " * 14 + "".join(f"{name:>{width}}" for name, width in zip(NAMES, WIDTHS, strict=True))


LEAST = 0.2
"""Seconds below which what is left of a run is as much as two starts differ: no rate of it."""


def shown(size: int, one: Measured, start: Measured, base: tuple[float, float] | None) -> None:
    """A line of the table."""
    left = one.clock - start.clock, one.cpu - start.cpu
    rates = [f"{size / 1e6 / n:.3f}" if n > LEAST else "-" for n in left]
    ratios = [f"{n / b:.3f}" for n, b in zip(left, base, strict=True)] if base else ["", ""]
    told = [f"{n:.1f}" for n in (one.clock, one.cpu, *left)] + rates + ratios
    columns = "".join(f"{text:>{width}}" for text, width in zip(told, WIDTHS, strict=True))
    print(f"{one.name:<14}{columns}   {one.quarters} MB {one.wrote}", flush=True)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--megabytes", type=float, default=8)
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--shape", choices=("files", "lines"), default="files")
    parser.add_argument("--damage", choices=("commas", "none"), default="commas")
    parser.add_argument("--no-loop", action="store_true")
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp())
    source, size = made(given.shared, folder, int(given.megabytes * 1e6), given.shape, given.damage)
    little, _ = made(given.shared, folder / "one", 1, "files", given.damage)
    bench = Bench.of(folder)
    print(f"{size / 1e6:.1f} MB; - is without starting\n{HEAD}", flush=True)
    base = None
    if not given.no_loop and given.shape == "files":
        base = by_hand(bench, source, little, size)
    for workers in given.workers:
        target, other = folder / f"out-{workers}", folder / f"one-{workers}"
        start = bench.run(f"{workers} starting", corpus(little, other, workers))
        for name in (f"{workers} workers", f"{workers} again"):
            shown(size, bench.run(name, corpus(source, target, workers), target), start, base)
        for left in (target, other):
            shutil.rmtree(left, ignore_errors=True)
    if not given.folder:
        shutil.rmtree(folder)


def by_hand(bench: Bench, source: Path, little: Path, size: int) -> tuple[float, float]:
    """The loop; its seconds by the clock and by the CPU without what starting takes."""
    out = bench.folder / "by-hand"
    start = bench.run("loop starting", ["-c", LOOP, little, out / "one"])
    done = bench.run("the library", ["-c", LOOP, source, out])
    shutil.rmtree(out, ignore_errors=True)
    shown(size, done, start, None)
    return done.clock - start.clock, done.cpu - start.cpu


if __name__ == "__main__":
    main()
