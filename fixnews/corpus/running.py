"""A whole archive: shards handed out, joined, summed up; stopped and taken up at any time."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import FrameType
from typing import IO, Protocol

from fixnews.console import Console
from fixnews.corpus import joining, ledger
from fixnews.corpus.cluster import Crew
from fixnews.corpus.leaves import Piece
from fixnews.corpus.manifest import Ending, finish
from fixnews.corpus.planning import Plan
from fixnews.corpus.progress import Progress
from fixnews.corpus.shards import PATH_CODEC, TEXT, WORK, Held, Order, Shard
from fixnews.corpus.tallies import Tallies
from fixnews.corpus.working import Done, work
from fixnews.errors import FixnewsError, PageError, UsageError, of_system
from fixnews.message import Message

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
        progress: says how far it is.
        task: what a worker does with a shard.
        names: of the shards so far, in order.
        kinds: of the files that hold many pages, what each holds.
        failed: the shards that failed, and why.
    """

    order: Order
    plan: Plan
    settings: str
    progress: Progress
    task: Task = work
    names: list[str] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, order: Order, console: Console, task: Task = work) -> Run:
        """A run, after a look at every file of the archive.

        Raises:
            PageError: nothing in it can be repaired.
        """
        plan = Plan.of(order)
        return cls(plan.order, plan, order.settings(), Progress(console, plan.size), task)

    def over(self, crew: Crew) -> Tallies:
        """Do all that is not done.

        Raises:
            Stopped: by ^C or a polite kill.
        """
        task = partial(self.task, order=self.order, settings=self.settings)
        try:
            with _interrupts() as met:
                for done in crew.results(self._shards(), task):
                    self._note(done)
                    if met:
                        raise KeyboardInterrupt
        except KeyboardInterrupt:
            self._stop(crew)
            told = Message(
                "interrupted: {progress} are done, all whole", progress=self.progress.told
            )
            raise Stopped(told, "the same call goes on from there") from None
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
            self.progress.sizes[shard.name] = shard.size
            if shard.cut:
                told = Message(
                    "{name}: its last issue is too large, and goes on elsewhere", name=shard.name
                )
                self.progress.console.say(told)
            yield shard.found_in(parts[number] if number < len(parts) else None)

    def _note(self, done: Done) -> None:
        if done.error:
            self.failed[done.shard] = done.error.removeprefix(f"{done.shard}: ")
        self.progress.say(done)

    def _stop(self, crew: Crew) -> None:
        """Ask the workers to stop, and wait until what is being written is whole."""
        self.order.scratch.mkdir(parents=True, exist_ok=True)
        self.order.stop.touch()
        told = "stopping when what is being written is whole; ^C again ends at once"
        self.progress.console.say(told)
        for done in crew.rest():
            if not done.stopped:
                self._note(done)

    def _finished(self) -> Tallies:
        """Join what is to be joined, and sum up."""
        names: dict[str, list[str]] = {file: [] for file in self.kinds}
        for name in self.names:
            names.get(name.rpartition("/")[0], []).append(name)
        for file, some in names.items():
            self._join(file, some)
        self._copy_empty()
        with suppress(AttributeError):
            os.sync()
        for trouble in self.plan.troubles:
            self.progress.console.error(f"{trouble.place}: {trouble.reason}")
        ending = Ending(self.names, self.failed, self.plan.troubles, self.plan.others)
        return finish(self.order, self.settings, ending, self.progress.console.tongue)

    def _join(self, file: str, names: Sequence[str]) -> None:
        """Put a file together of its parts, if all of them are there."""
        cut_off = any(trouble.place == file for trouble in self.plan.troubles)
        if cut_off or not self.failed.keys().isdisjoint(names):
            told = Message("{file}: not joined, since a part of it failed (call again)", file=file)
            self.progress.console.error(told)
            return
        self.progress.show(Message("joining {file}", file=file))
        found = (ledger.load(self.order.target, name) for name in names)
        parts = [record.part for record in found if record and record.part]
        joining.join(self.order, file, self.kinds[file], parts)

    def _copy_empty(self) -> None:
        """Files without a single row come back as they are."""
        broken = {trouble.place for trouble in self.plan.troubles}
        for file in self.plan.streams:
            if file.path not in self.kinds and file.path not in broken:
                data = self.order.archive.read(file.path)
                ledger.put(self.order, Piece(f"{TEXT}/{file.path}", data))


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
        raise UsageError(
            Message("{target}: a file, not a folder", target=target), "name a folder with -o"
        )
    inside = source and source.resolve() in (target.resolve(), *target.resolve().parents)
    if inside and not order.archive.only:
        raise UsageError(
            Message("{target}: inside the archive", target=target),
            "name a folder outside it with -o",
        )
    held = target / SOURCE
    if held.is_file():
        told = held.read_text(*PATH_CODEC)
        if told != order.archive.address:
            raise UsageError(
                Message("{target}: holds {told}", target=target, told=told),
                "name another folder with -o",
            )
    elif target.is_dir() and any(target.iterdir()) and not (target / WORK).is_dir():
        raise UsageError(
            Message("{target}: holds other files", target=target),
            "name an empty or new folder with -o",
        )


@contextmanager
def _locked(order: Order) -> Iterator[None]:
    """Nobody else writes to the target meanwhile, as far as its file system can tell."""
    with _opened(order.work / "lock") as file:
        if not _lock(file):
            raise UsageError(
                Message("{target}: another run is busy there", target=order.target),
                "wait until it ends",
            )
        yield


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("wb")
    except OSError as error:
        problem = Message("{path}: {what}", path=path, what=of_system(error))
        raise PageError(problem, "mend that, and call again") from None


def _lock(file: IO[bytes]) -> bool:
    try:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except (ImportError, OSError):
        return True
    return True


def _throws_away(frame: FrameType | None) -> bool:
    """Whether an object is being thrown away where a signal is met."""
    while frame:
        if frame.f_code.co_name == "__del__":
            return True
        frame = frame.f_back
    return False


@contextmanager
def _interrupts() -> Iterator[list[int]]:
    """^C, or a polite kill as of a queue whose time is up, and what was met of them.

    Where one is met while something is thrown away, Python would pass over what it raises, and show
    a traceback; there it is only noted.
    """
    met: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield met
        return

    def interrupt(number: int, frame: FrameType | None) -> None:
        met.append(number)
        if not _throws_away(frame):
            raise KeyboardInterrupt

    before = {n: signal.signal(n, interrupt) for n in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield met
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
