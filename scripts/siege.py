"""One long run of `fixnews corpus` that is killed again and again while it goes on.

usage: python scripts/siege.py SOURCE TARGET [--rounds 20] [--seconds 30] [--seed 1] [--wanted SUM]
                               [MORE OPTIONS OF fixnews corpus]

In every round a worker is killed (SIGKILL), then the call itself, then, on a scheduler that stands
with two workers of its own, the scheduler; each at a random moment of so many seconds, and the call
is repeated after the last two. A last call is left alone. Where ``make campaign`` disturbs sixty
small archives, this disturbs one that is long enough for an overnight run.

Prints a line for each kill, the shards that were done twice, and a checksum of the target, which is
the one that benchmarks/archive_run.py prints of a run that nobody disturbed: with ``--wanted`` it
is compared. Ends with 1 if a call failed, a shard was done twice, or the target is another one.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
from disturbing import children, ended, log_of, running, shards, shoot, standing

LOCAL = ("-j", "2")
FOUND_DONE = (0, 2)
"""Exits of a call whose scheduler is lost: it was done already, or it says so."""


@dataclass(frozen=True, slots=True)
class Siege:
    """What is disturbed, and when."""

    source: Path
    target: Path
    more: tuple[str, ...]
    seconds: float
    chance: random.Random

    @property
    def log(self) -> Path:
        """What all calls say."""
        return log_of(self.target)

    def call(self, *more: str) -> list[str]:
        """The call that goes on where the last one was killed."""
        given = ["corpus", str(self.source), "-o", str(self.target), *self.more, *more]
        return [sys.executable, "-m", "fixnews", *given]

    def wait(self, run: subprocess.Popen[bytes]) -> float:
        """Let a run go on for a random moment; how long it was."""
        moment = self.chance.uniform(0.2, 2 * self.seconds)
        try:
            run.wait(moment)
        except subprocess.TimeoutExpired:
            return moment
        return moment


def at_home(siege: Siege) -> Iterator[tuple[str, float, str]]:
    """A call with workers of its own that loses one of them, and is killed then."""
    with running(siege.call(*LOCAL), siege.log) as run:
        moment = siege.wait(run)
        shoot(run, "--multiprocessing-fork")
        yield "worker", moment, ""
        moment, workers = siege.wait(run), children(run)
        gone = run.poll()
        run.kill()
        run.wait()
        _, alive = psutil.wait_procs(workers, 60)
        told = "workers go on without their call" if alive else ""
        yield "call", moment, f"exit {gone} before it was killed" if gone else told


def abroad(siege: Siege) -> Iterator[tuple[str, float, str]]:
    """A call on a scheduler that stands, which is killed."""
    with (
        standing(siege.target.with_name("scheduler.json")) as (scheduler, address),
        running(siege.call("--scheduler", address), siege.log) as run,
    ):
        moment = siege.wait(run)
        scheduler.kill()
        yield "scheduler", moment, ended(run, FOUND_DONE)


ROUND: tuple[Callable[[Siege], Iterator[tuple[str, float, str]]], ...] = (at_home, abroad)


def checksum(folder: Path) -> str:
    """Of all files of a target, by name, as benchmarks/archive_run.py makes it."""
    told = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        told.update(f"{path.relative_to(folder)}\0".encode())
        told.update(hashlib.sha256(path.read_bytes()).digest())
    return told.hexdigest()[:12]


def main() -> None:
    """Disturb, finish, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--wanted", default="")
    given, more = parser.parse_known_args()
    chance = random.Random(given.seed)
    siege = Siege(given.source, given.target, tuple(more), given.seconds, chance)
    faults: list[str] = []
    for number in range(1, given.rounds + 1):
        for part in ROUND:
            for victim, moment, told in part(siege):
                done = len(shards(siege.log))
                print(f"{number} {victim} at {moment:.1f} s, {done} shards {told}", flush=True)
                faults += [told] if told else []
    with running(siege.call(*LOCAL), siege.log) as run:
        code = run.wait()
    done = Counter(shards(siege.log))
    twice = sorted(name for name, times in done.items() if times > 1)
    wrote = checksum(siege.target)
    print(f"exit {code}, {len(done)} shards, {len(twice)} done twice, {wrote}", *twice)
    other = bool(given.wanted) and wrote != given.wanted
    sys.exit(bool(faults or code or twice or other))


if __name__ == "__main__":
    main()
