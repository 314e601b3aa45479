"""What could go wrong in a night, provoked: `make campaign`, not a part of the tests.

usage: python scripts/campaign.py [--seed N] [--minutes M] [--tries T] [--only PART …]

Parts, each with its share of the minutes:

- fuzz: pages of the samples with stretches doubled, cut, shuffled and replaced, as text and bytes
  (scripts/fuzzing.py). The library must raise nothing but its own errors, change nothing when it is
  called a second time, report nothing that is no change, its report must lead to its text, and what
  it writes must be read as what it meant.
- kill: an archive is repaired while a worker, the scheduler or the whole call is killed (SIGKILL)
  at a random moment, and the call repeated. The target must be that of a run that nobody disturbed,
  to the last byte, and no shard may be done twice.
- undo: pages are written over by a call that is killed; undo gives all of them back, at once or
  after another run.
- full: the same while no file may be longer than some bytes, as on a disk that is full.
- load: memory of the workers over a run; the last quarter may not need more than the second did.

An archive of a night is besieged by scripts/siege.py, which goes on for as long.

Prints a table, and ends with 1 if anything failed. What failed lies in build/campaign: such an
input is to become a test. The same seed provokes the same inputs; moments are the machine's.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import fuzzing
import psutil
from disturbing import (
    DISTURBED,
    PATIENCE,
    archive,
    call,
    children,
    environment,
    finished,
    log_of,
    pages,
    running,
    shards,
    state,
)

ROOT = Path(__file__).parents[1]
FAILED = ROOT / "build" / "campaign"
WORK = tempfile.TemporaryDirectory()
SHARES = {"fuzz": 0.4, "kill": 0.3, "undo": 0.1, "full": 0.1, "load": 0.1}
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


def kill(budget: Budget) -> Row:
    """Calls that are disturbed, each as often as the others."""
    row, folder = Row("kill"), fresh("kill")
    source = archive(folder, 4)
    started = time.monotonic()
    finished(call(source, folder / "wanted", "-j", "2"))
    length, wanted = time.monotonic() - started, state(folder / "wanted")
    counts = dict.fromkeys(DISTURBED, 0)
    while budget.left(row.tries):
        victim = tuple(DISTURBED)[row.tries % len(DISTURBED)]
        counts[victim] += 1
        row.tries += 1
        moment = budget.chance.uniform(0.2, length)
        target, later = folder / "out", folder / "later.log"
        shutil.rmtree(target, ignore_errors=True)
        for log in (later, log_of(target)):
            log.unlink(missing_ok=True)
        told = DISTURBED[victim](source, target, moment)
        code = finished(call(source, target, "-j", "2"), later)
        twice = repeated([*shards(log_of(target)), *shards(later)])
        same = not code and state(target) == wanted
        faults = (told, twice, "" if same else f"exit {code} afterwards, or another target")
        row.failures += [f"{victim} killed at {moment:.1f} s: {one}" for one in faults if one]
        if any(faults) and log_of(target).exists():
            kept(f"{victim}-{row.tries}.log", log_of(target).read_bytes())
    row.remark = ", ".join(f"{name} {count}" for name, count in counts.items())
    return row


def repeated(done: Sequence[str]) -> str:
    """The shards that were done more than once, in words."""
    twice = sorted(name for name, times in Counter(done).items() if times > 1)
    return f"done twice: {' '.join(twice)}" if twice else ""


def undo(budget: Budget) -> Row:
    """Pages that are written over by a call which is killed; undo gives them back, all."""
    row, folder = Row("undo"), fresh("undo")
    issue = pages(folder / "issue", 3)
    before = state(issue)
    fix = [sys.executable, "-m", "fixnews", "fix", "-w", "-q", str(issue)]
    back = [sys.executable, "-m", "fixnews", "undo"]
    os.environ["FIXNEWS_STATE"] = str(folder / "state")
    started = time.monotonic()
    finished(fix)
    length, wanted = time.monotonic() - started, state(issue)
    finished(back)
    killed = 0
    while budget.left(row.tries):
        row.tries += 1
        moment = budget.chance.uniform(length / 4, length)
        with running(fix) as run:
            time.sleep(moment)
            killed += run.poll() is None
            run.kill()
        half, again = state(issue), row.tries % 2 == 0
        if again and (finished(fix) or state(issue) != wanted):
            row.failures.append(f"killed at {moment:.1f} s, a second run leaves other pages")
        for _ in range(2 if again and half != before else 1):
            finished(back)
        if state(issue) != before:
            row.failures.append(f"killed at {moment:.1f} s, undo leaves other pages")
            shutil.rmtree(issue)
            pages(issue, 3)
        shutil.rmtree(folder / "state", ignore_errors=True)
    row.remark = f"{killed} of them before the end"
    return row


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


PARTS: dict[str, Callable[[Budget], Row]] = {
    "fuzz": fuzz, "kill": kill, "undo": undo, "full": full, "load": load,
}  # fmt: skip


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
