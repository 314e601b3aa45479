"""A whole archive: shards handed out, joined, summed up; stopped and taken up at any time."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from types import FrameType
from typing import IO, Protocol

from fixnews.console import Console
from fixnews.corpus import joining, ledger
from fixnews.corpus.cluster import Crew
from fixnews.corpus.leaves import Piece, Trouble
from fixnews.corpus.manifest import finish
from fixnews.corpus.planning import Plan
from fixnews.corpus.shards import PATH_CODEC, TEXT, WORK, Held, Order, Shard
from fixnews.corpus.tallies import Tallies
from fixnews.corpus.working import Done, work
from fixnews.errors import FixnewsError, UsageError

MEGABYTE = 1 << 20

SOURCE = f"{WORK}/source"
"""The file of a target that says which archive it is of."""


class Stopped(FixnewsError):  # noqa: N818
    """The run was interrupted; it can be taken up again."""

    exit_code = 130


class Task(Protocol):
    """What a worker does with a shard."""

    def __call__(self, shard: Shard, order: Order, settings: str) -> Done:
        """Do it, unless it is done."""


@dataclass(slots=True)
class Run:
    """One run over an archive.

    Attributes:
        order: what is wanted.
        plan: the files.
        settings: the checksum of all that the outcome depends on besides the archive.
        console: where it is said how far it is.
        names: of the shards so far, in order.
        sizes: bytes of those that are being done.
        done: bytes that are done; kept, how many shards were done before.
        failed: what failed.
        task: what a worker does with a shard.
    """

    order: Order
    plan: Plan
    settings: str
    console: Console
    names: list[str] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    done: int = 0
    new: int = 0
    kept: int = 0
    shards: int = 0
    started: float = field(default_factory=time.monotonic)
    failed: list[Trouble] = field(default_factory=list)
    task: Task = work

    def over(self, crew: Crew) -> Tallies:
        """Do all that is not done.

        Raises:
            Stopped: by ^C or a polite kill.
        """
        task = partial(self.task, order=self.order, settings=self.settings)
        try:
            with _kills_as_interrupts():
                for done in crew.results(self._shards(), task):
                    self._say(done)
        except KeyboardInterrupt:
            self._stop(crew)
            raise self._stopped() from None
        return self._finished()

    def _shards(self) -> Iterator[Shard]:
        """The shards, each noted as it goes by."""
        joined: dict[str, Sequence[Held]] = {}
        for shard in self.plan.shards():
            if shard.file and shard.file not in joined:
                found = joining.index(self.order.target, shard.file, shard.kind)
                joined[shard.file] = found.parts if found else ()
                self.kinds[shard.file] = shard.kind
            number = int(shard.name.rpartition("/")[2]) if shard.file else 0
            parts = joined.get(shard.file, ())
            self.names.append(shard.name)
            self.sizes[shard.name] = shard.size
            if shard.cut:
                self.console.say(
                    f"{shard.name}: its last issue is too large, and goes on elsewhere"
                )
            yield shard.found_in(parts[number] if number < len(parts) else None)

    def _say(self, done: Done) -> None:
        size = self.sizes.pop(done.shard, 0)
        self.done += size
        self.shards += 1
        self.kept += done.kept
        self.new += 0 if done.kept else size
        if done.error:
            reason = done.error.removeprefix(f"{done.shard}: ")
            self.failed.append(Trouble(done.shard, reason, is_page=False))
            self.console.error(done.error)
        for told in done.named:
            self.console.error(told)
        more = done.refused + done.lines - len(done.named)
        if more > 0:
            self.console.error(f"{done.shard}: {more} more, see summary/refused.csv")
        if not (done.kept or done.error):
            self._log(done)
        self.console.progress(self.done >> 20, self.plan.size >> 20, f"MB, {self._left()}")

    def _log(self, done: Done) -> None:
        told = f"{done.shard}: {done.pages} pages, {done.repaired} repaired, {done.seconds:.1f} s"
        (self.console.detail if self.console.watched else self.console.say)(told)

    def _left(self) -> str:
        """How long it will go on, by what was done so far in this run."""
        gone = time.monotonic() - self.started
        if not self.new:
            return "looking for what is done"
        return f"{span((self.plan.size - self.done) * gone / self.new)} left"

    def _stop(self, crew: Crew) -> None:
        """Ask the workers to stop, and wait until what is being written is whole."""
        self.order.scratch.mkdir(parents=True, exist_ok=True)
        self.order.stop.touch()
        self.console.say("stopping when what is being written is whole; ^C again ends at once")
        for done in crew.rest():
            if not done.stopped:
                self._say(done)

    def _stopped(self) -> Stopped:
        told = f"{self.done / MEGABYTE:.1f} of {self.plan.size / MEGABYTE:.1f} MB are done"
        return Stopped(f"interrupted: {told}, all whole", "the same call goes on from there")

    def _finished(self) -> Tallies:
        names: dict[str, list[str]] = {file: [] for file in self.kinds}
        for name in self.names:
            names.get(name.rpartition("/")[0], []).append(name)
        for file, some in names.items():
            self._join(file, some)
        self._copy_empty()
        with suppress(AttributeError):
            os.sync()
        troubles = (*self.plan.troubles, *self.failed)
        for trouble in self.plan.troubles:
            self.console.error(f"{trouble.place}: {trouble.reason}")
        return finish(self.order, self.settings, self.names, troubles, self.plan.others)

    def _join(self, file: str, names: Sequence[str]) -> None:
        broken = {t.place for t in self.plan.troubles} | {
            t.place.rpartition("/")[0] for t in self.failed
        }
        found = [ledger.load(self.order.target, name) for name in names]
        if file in broken or None in found:
            self.console.error(f"{file}: not joined, since a part of it failed (call again)")
            return
        self.console.progress(self.done >> 20, self.plan.size >> 20, f"MB, joining {file}")
        kind = self.kinds[file]
        joining.join(self.order, file, kind, [record for record in found if record])

    def _copy_empty(self) -> None:
        """Files without a single row come back as they are."""
        broken = {trouble.place for trouble in self.plan.troubles}
        for file in self.plan.streams:
            if file.path not in self.kinds and file.path not in broken:
                data = self.order.archive.read(file.path)
                ledger.put(self.order, Piece(f"{TEXT}/{file.path}", data))


def span(seconds: float) -> str:
    """A time in words that are rounded as one would.

    >>> span(40), span(200), span(10_000)
    ('less than a minute', '3 min', '2 h 46 min')
    """
    minutes = int(seconds // 60)
    if minutes < 1:
        return "less than a minute"
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


@contextmanager
def opened(order: Order) -> Iterator[None]:
    """A target made ready for a run, and tidied behind it.

    Raises:
        UsageError: it is no place for this archive, or another run is busy there.
    """
    _check(order)
    ledger.put(order, Piece(SOURCE, order.archive.address.encode(*PATH_CODEC)))
    with _locked(order):
        for left in (order.work / "runs").iterdir():
            if left != order.scratch:
                shutil.rmtree(left, ignore_errors=True)
        try:
            yield
        finally:
            shutil.rmtree(order.work / "runs", ignore_errors=True)


def _check(order: Order) -> None:
    target, source = order.target, order.archive.local
    if target.exists() and not target.is_dir():
        raise UsageError(f"{target}: a file, not a folder", "name a folder with -o")
    inside = source and source.resolve() in (target.resolve(), *target.resolve().parents)
    if inside and not order.archive.only:
        raise UsageError(f"{target}: inside the archive", "name a folder outside it with -o")
    held = target / SOURCE
    if held.is_file():
        told = held.read_text(*PATH_CODEC)
        if told != order.archive.address:
            raise UsageError(f"{target}: holds {told}", "name another folder with -o")
    elif target.is_dir() and any(target.iterdir()) and not (target / WORK).is_dir():
        raise UsageError(f"{target}: holds other files", "name an empty or new folder with -o")


@contextmanager
def _locked(order: Order) -> Iterator[None]:
    """Nobody else writes to the target meanwhile, as far as its file system can tell."""
    with (order.work / "lock").open("wb") as file:
        if not _lock(file):
            raise UsageError(f"{order.target}: another run is busy there", "wait until it ends")
        yield


def _lock(file: IO[bytes]) -> bool:
    try:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except (ImportError, OSError):
        return True
    return True


@contextmanager
def _kills_as_interrupts() -> Iterator[None]:
    """A polite kill, as of a queue whose time is up, stops the run as ^C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
