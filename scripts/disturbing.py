"""Calls of fixnews that are disturbed: killed, or their workers, or their scheduler."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import fuzzing
import psutil

ROOT = Path(__file__).parents[1]
PATIENCE = 300
"""Seconds after which a call that does not end is a failure."""

_SHARD = re.compile(r"^(\S.*): \d+ pages, \d+ repaired", re.MULTILINE)
"""What a run says of a shard that it has done, and not found done."""


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
    given = ["corpus", str(source), "-o", str(target), "--shard-size", "0.02", *more]
    return [sys.executable, "-m", "fixnews", *given]


def finished(command: Sequence[str], log: Path | None = None) -> int:
    """The exit code of a call that is left alone."""
    with (log or Path(os.devnull)).open("ab") as said:
        return subprocess.run(
            command, env=environment(), stdout=subprocess.DEVNULL, stderr=said, timeout=PATIENCE,
            check=False,
        ).returncode  # fmt: skip


def shards(log: Path) -> list[str]:
    """The shards that calls say they have done, in their order."""
    return _SHARD.findall(log.read_text("utf-8", "replace")) if log.exists() else []


def environment(**more: str) -> dict[str, str]:
    """Where the calls find fixnews."""
    return os.environ | {"PYTHONPATH": str(ROOT), **more}


def log_of(target: Path) -> Path:
    """The file that holds what a disturbed call says."""
    return target.with_name("disturbed.log")


def pages(folder: Path, copies: int) -> Path:
    """The samples as pages to be written over, in the encodings that they have."""
    for number in range(copies):
        for path in sorted((ROOT / "samples").glob("*/damaged")):
            shutil.copytree(path, folder / f"{number}-{path.parent.name}")
    return folder


def state(folder: Path) -> dict[str, bytes]:
    """Every file of a target."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def without_worker(source: Path, target: Path, moment: float) -> str:
    """A call that loses a worker and ends by itself."""
    with running(call(source, target, "-j", "2"), log_of(target)) as run:
        time.sleep(moment)
        shoot(run, "--multiprocessing-fork")
        return ended(run)


def without_call(source: Path, target: Path, moment: float) -> str:
    """A call that is killed itself; its workers are to end as well."""
    with running(call(source, target, "-j", "2"), log_of(target)) as run:
        time.sleep(moment)
        workers = children(run)
        run.kill()
        run.wait()
        _, alive = psutil.wait_procs(workers, PATIENCE / 4)
        return "workers go on without their call" if alive else ""


def without_scheduler(source: Path, target: Path, moment: float) -> str:
    """A call that loses its scheduler, and is to say so."""
    with (
        standing(target.parent / "scheduler.json") as (scheduler, address),
        running(call(source, target, "--scheduler", address), log_of(target)) as run,
    ):
        time.sleep(moment + 2)
        scheduler.kill()
        return ended(run, (0, 2))


@contextmanager
def standing(file: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A scheduler with two workers of its own, and its address, which is in this file."""
    file.unlink(missing_ok=True)
    dask = [sys.executable, "-m"]
    here = ["--scheduler-file", str(file), "--no-dashboard"]
    worker = [*dask, "distributed.cli.dask_worker", *here, "--nthreads", "1"]
    scheduler = [*dask, "distributed.cli.dask_scheduler", *here, "--port", "0"]
    with running(scheduler) as head, running(worker), running(worker):
        while not file.exists() or not file.read_text("utf-8"):
            time.sleep(0.1)
        yield head, json.loads(file.read_text("utf-8"))["address"]


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
def running(
    command: Sequence[str], log: Path = Path(os.devnull)
) -> Iterator[subprocess.Popen[bytes]]:
    """A process, and all that it started, ended with the block."""
    with (
        log.open("ab") as said,
        subprocess.Popen(
            command,
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=said,
            start_new_session=True,
        ) as run,
    ):
        try:
            yield run
        finally:
            left = [*children(run), *([psutil.Process(run.pid)] if run.poll() is None else [])]
            for process in left:
                try:
                    process.kill()
                except psutil.Error:
                    continue
