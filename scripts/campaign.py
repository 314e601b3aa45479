"""What could go wrong in a night, provoked: `make campaign`, not a part of the tests.

usage: python scripts/campaign.py [--seed N] [--minutes M] [--tries T] [--only PART …]

Parts, each with its share of the minutes:

- fuzz: pages of the samples with stretches doubled, cut, shuffled and replaced, as text and bytes
  (scripts/fuzzing.py). The library must raise nothing but its own errors, change nothing when it is
  called a second time, report nothing that is no change, its report must lead to its text, and what
  it writes must be read as what it meant.
- kill: an archive is repaired while a worker, the scheduler or the whole call is killed (SIGKILL)
  at a random moment, and the call repeated. The target must be that of a run that nobody disturbed,
  to the last byte.
- full: the same while no file may be longer than some bytes, as on a disk that is full.
- load: memory of the workers over a run; the last quarter may not need more than the second did.

Prints a table, and ends with 1 if anything failed. What failed lies in build/campaign: such an
input is to become a test. The same seed provokes the same inputs; moments are the machine's.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import fuzzing
import psutil

ROOT = Path(__file__).parents[1]
FAILED = ROOT / "build" / "campaign"
WORK = tempfile.TemporaryDirectory()
SHARES = {"fuzz": 0.4, "kill": 0.4, "full": 0.1, "load": 0.1}
VICTIMS = ("worker", "call", "scheduler")
PATIENCE = 120
"""Seconds after which a run that does not end is a failure."""

LEAST = 31
"""Days of the archive of the load at least: in a shorter run all is still being loaded."""

SLACK = 1.15
"""Times of its second quarter that the memory of a run may need in its last."""


@dataclass(slots=True)
class Row:
    """A line of the table."""

    part: str
    tries: int = 0
    failures: list[str] = field(default_factory=list)
    seconds: float = 0.0
    remark: str = ""


@dataclass(slots=True)
class Budget:
    """The time that a part has, or the number of tries, and its own chance."""

    seconds: float
    chance: random.Random
    most: int = 0
    started: float = field(default_factory=time.monotonic)

    def gone(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self.started

    def left(self, tries: int = 0) -> bool:
        """Whether there is time for another try; with a number of inputs given, one left."""
        return tries < self.most if self.most else self.gone() < self.seconds


def fuzz(budget: Budget) -> Row:
    """Pages with harm done to them."""
    row, made = Row("fuzz"), fuzzing.inputs(fuzzing.samples(ROOT), budget.chance)
    while budget.left(row.tries):
        lot = list(islice(made, fuzzing.LOT))
        row.tries += len(lot)
        for one, told in fuzzing.faults(lot):
            row.failures.append(told)
            kept(hashlib.sha256(one.data).hexdigest()[:12], one.data)
    row.remark = f"{row.tries / budget.gone():.0f} inputs a second"
    return row


def kept(name: str, data: bytes) -> None:
    """Keep what failed."""
    FAILED.mkdir(parents=True, exist_ok=True)
    (FAILED / name).write_bytes(data)


def archive(folder: Path, copies: int) -> Path:
    """An archive of the samples, in files and in lines."""
    rows = []
    for number in range(copies):
        for place, text in enumerate(fuzzing.samples(ROOT), 1):
            page = text.replace("的", "的" * (1 + number % 3))
            path = (
                folder / "in" / f"1999-{number // 28 + 1:02}-{number % 28 + 1:02}" / f"A{place}.txt"
            )
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(page.encode())
            rows.append(json.dumps({"id": f"{number}-{place}", "text": page}, ensure_ascii=False))
    (folder / "in" / "rows.jsonl").write_bytes("\n".join(rows).encode())
    return folder / "in"


def call(source: Path, target: Path, *more: str) -> list[str]:
    """The call that repairs an archive."""
    given = ["corpus", str(source), "-o", str(target), "-q", "--shard-size", "0.02", *more]
    return [sys.executable, "-m", "fixnews", *given]


def finished(command: Sequence[str]) -> int:
    """The exit code of a call that is left alone."""
    return subprocess.run(
        command, env=environment(), stderr=subprocess.DEVNULL, timeout=PATIENCE, check=False
    ).returncode


def environment() -> dict[str, str]:
    """Where the calls find fixnews."""
    return os.environ | {"PYTHONPATH": str(ROOT)}


def state(folder: Path) -> dict[str, bytes]:
    """Every file of a target."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def kill(budget: Budget) -> Row:
    """Calls that are disturbed, each as often as the others."""
    row, folder = Row("kill"), fresh("kill")
    source = archive(folder, 4)
    started = time.monotonic()
    finished(call(source, folder / "wanted", "-j", "2"))
    length, wanted = time.monotonic() - started, state(folder / "wanted")
    counts = dict.fromkeys(VICTIMS, 0)
    while budget.left(row.tries):
        victim = VICTIMS[row.tries % len(VICTIMS)]
        counts[victim] += 1
        row.tries += 1
        moment = budget.chance.uniform(0.2, length)
        target = folder / "out"
        shutil.rmtree(target, ignore_errors=True)
        told = DISTURBED[victim](source, target, moment)
        code = finished(call(source, target, "-j", "2"))
        if told:
            row.failures.append(f"{victim} killed at {moment:.1f} s: {told}")
        if code or state(target) != wanted:
            row.failures.append(f"{victim} killed: exit {code} afterwards, or another target")
    row.remark = ", ".join(f"{name} {count}" for name, count in counts.items())
    return row


def without_worker(source: Path, target: Path, moment: float) -> str:
    """A call that loses a worker and ends by itself."""
    with running(call(source, target, "-j", "2")) as run:
        time.sleep(moment)
        shoot(run, "--multiprocessing-fork")
        return ended(run)


def without_call(source: Path, target: Path, moment: float) -> str:
    """A call that is killed itself; its workers are to end as well."""
    with running(call(source, target, "-j", "2")) as run:
        time.sleep(moment)
        workers = children(run)
        run.kill()
        run.wait()
        _, alive = psutil.wait_procs(workers, PATIENCE / 4)
        return "workers go on without their call" if alive else ""


def without_scheduler(source: Path, target: Path, moment: float) -> str:
    """A call that loses its scheduler, and is to say so."""
    file = target.parent / "scheduler.json"
    file.unlink(missing_ok=True)
    dask = [sys.executable, "-m"]
    here = ["--scheduler-file", str(file), "--no-dashboard"]
    scheduler = [*dask, "distributed.cli.dask_scheduler", *here, "--port", "0"]
    worker = [*dask, "distributed.cli.dask_worker", *here, "--nthreads", "1"]
    with running(scheduler) as head, running(worker) as one, running(worker) as two:
        while not file.exists() or not file.read_text("utf-8"):
            time.sleep(0.1)
        address = json.loads(file.read_text("utf-8"))["address"]
        with running(call(source, target, "--scheduler", address)) as run:
            time.sleep(moment + 2)
            head.kill()
            told = ended(run, (0, 2))
        for left in (one, two):
            left.kill()
        return told


DISTURBED = {"worker": without_worker, "call": without_call, "scheduler": without_scheduler}


def children(run: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """The processes that a call has started."""
    try:
        return psutil.Process(run.pid).children(recursive=True)
    except psutil.Error:
        return []


def shoot(run: subprocess.Popen[bytes], mark: str) -> None:
    """Kill one of the workers of a call, if it has any yet."""
    for process in children(run):
        try:
            if mark in process.cmdline():
                process.kill()
                return
        except psutil.Error:
            continue


def ended(run: subprocess.Popen[bytes], codes: Sequence[int] = (0,)) -> str:
    """What is wrong with how a call ended."""
    try:
        code = run.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        return "hangs"
    return "" if code in codes else f"exit {code}"


@contextmanager
def running(command: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process, and all that it started, ended with the block."""
    null = subprocess.DEVNULL
    with subprocess.Popen(
        command, env=environment(), stdout=null, stderr=null, start_new_session=True
    ) as run:
        try:
            yield run
        finally:
            left = [*children(run), *([psutil.Process(run.pid)] if run.poll() is None else [])]
            for process in left:
                try:
                    process.kill()
                except psutil.Error:
                    continue


def full(budget: Budget) -> Row:
    """Calls that may not write a file longer than some bytes, and then may."""
    row, folder = Row("full"), fresh("full")
    source = archive(folder, 3)
    finished(call(source, folder / "wanted", "-j", "1"))
    wanted = state(folder / "wanted")
    while budget.left(row.tries) or not row.tries:
        row.tries += 1
        target = folder / "out"
        shutil.rmtree(target, ignore_errors=True)
        most = budget.chance.choice((1000, 10_000, 40_000, 100_000))
        limited = subprocess.run(
            call(source, target, "-j", "1"), env=environment(), stderr=subprocess.PIPE, check=False,
            timeout=PATIENCE,
            preexec_fn=lambda most=most: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
        )  # fmt: skip
        code = finished(call(source, target, "-j", "1"))
        if b"Traceback" in limited.stderr:
            row.failures.append(f"a traceback at {most} bytes")
            kept(f"full-{most}", limited.stderr)
        if code or state(target) != wanted:
            row.failures.append(f"at {most} bytes: exit {code}, or another target")
    return row


def load(budget: Budget) -> Row:
    """One run of such a length that it takes the time, and its memory."""
    row, folder = Row("load", tries=1), fresh("load")
    source = archive(folder, max(LEAST, int(budget.seconds)))
    sizes: list[int] = []
    with running(call(source, folder / "out", "-j", "1")) as run:
        while run.poll() is None:
            sizes.append(max([0, *map(memory, children(run))]))
            time.sleep(0.2)
    step = len(sizes) // 4
    second, last = (max(sizes[n * step : (n + 1) * step], default=0) for n in (1, 3))
    row.remark = f"{second} MB, then {last} MB"
    if last > second * SLACK:
        row.failures.append(f"memory grows: {row.remark}")
    return row


def memory(process: psutil.Process) -> int:
    """Megabytes of a process; nothing of one that has ended."""
    try:
        return int(process.memory_info().rss >> 20)
    except psutil.Error:
        return 0


def fresh(name: str) -> Path:
    """An empty folder for a part; it goes when all is done."""
    return Path(tempfile.mkdtemp(prefix=f"campaign-{name}-", dir=WORK.name))


PARTS: dict[str, Callable[[Budget], Row]] = {"fuzz": fuzz, "kill": kill, "full": full, "load": load}


def main() -> None:
    """Run the parts, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--tries", type=int, default=0, help="of a part, instead of minutes")
    parser.add_argument("--only", choices=PARTS, nargs="*", default=list(PARTS))
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    total, failed = sum(SHARES[part] for part in given.only), False
    print(f"seed {given.seed}\n{'part':<8}{'tries':>8}{'failed':>8}{'seconds':>9}", flush=True)
    for part in given.only:
        seconds = given.minutes * 60 * SHARES[part] / total
        budget = Budget(seconds, random.Random(f"{given.seed} {part}"), given.tries)
        row = PARTS[part](budget)
        row.seconds = time.monotonic() - budget.started
        count = f"{row.tries:>8}{len(row.failures):>8}{row.seconds:>9.0f}"
        print(f"{part:<8}{count}  {row.remark}", flush=True)
        for told in sorted(set(row.failures)):
            print(f"    {row.failures.count(told)} × {told}", flush=True)
        failed = failed or bool(row.failures)
    sys.exit(failed)


if __name__ == "__main__":
    main()
