"""Who does the shards: processes of this machine, or a cluster that stands; by Dask, loaded here.

A shard whose worker died is handed out again. What it died of is found by `fixnews.corpus.deaths`.
"""

from __future__ import annotations

import logging
import os
import time
from asyncio import CancelledError
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from queue import Empty, Queue
from typing import Any, Protocol

from fixnews.corpus.shards import PATH_CODEC, Shard, checksum
from fixnews.corpus.storage import EXTRA
from fixnews.corpus.working import Done
from fixnews.errors import DataError, FixnewsError, UsageError
from fixnews.message import Message
from fixnews.version import __version__

AHEAD = 2
"""Shards that wait for each worker, so that none waits for the one that hands them out."""

TRIES = 40
"""Times that a shard is handed out again when its worker died: a page takes two to be set aside."""

STARTS = 3
"""Times that workers of this machine are started before it is given up."""

BEAT = 2.0
"""Seconds after which the scheduler is looked for, if nothing was done."""

PATIENCE = 30.0
"""Seconds after which a scheduler or the first worker that does not answer is given up."""

DESERTED = 300.0
"""Seconds after which a run whose workers are all gone is given up; others may take their place."""

LOST = "distributed.deploy.lost-worker-timeout"
"""What Dask calls the time after which a worker of this machine that is gone is given up: 15 s if
nothing else is said, in which one that died is not back where other work is done as well. Another
takes its place only when the wanted number is said once more."""

Work = Callable[[Shard], Done]


class ClusterError(FixnewsError):
    """The scheduler cannot be reached, or is gone."""


class Crew(Protocol):
    """Workers."""

    def results(self, shards: Iterable[Shard], work: Work) -> Iterator[Done]:
        """Do the shards, in any order; what came of each as it is known."""

    def rest(self) -> Iterator[Done]:
        """What comes of the shards that were handed out, when no more are to be."""


class Alone:
    """This very process: for a test, and where an error is to be found."""

    def results(self, shards: Iterable[Shard], work: Work) -> Iterator[Done]:
        """Do the shards one after the other."""
        yield from map(work, shards)

    def rest(self) -> Iterator[Done]:
        """Nothing: a shard is done when it is handed out."""
        yield from ()


@contextmanager
def crew(workers: int, scheduler: str = "", *, processes: bool = True) -> Iterator[Crew]:
    """Workers by Dask.

    Args:
        workers: how many processes on this machine; 0 for one on each core.
        scheduler: the address of a cluster that stands, ``tcp://…``; nothing for this machine.
        processes: whether workers are processes, which a page can kill without harm to the others.

    Raises:
        DataError: Dask is not installed.
        ClusterError: the scheduler does not answer, or its workers have another fixnews.
    """
    dask, distributed = _dask()
    if scheduler and "://" not in scheduler:
        raise UsageError(
            Message("--scheduler {scheduler}: no address", scheduler=scheduler),
            "such as tcp://10.0.0.1:8786",
        )
    _hush()
    with dask.config.set(_SETTINGS):
        if scheduler:
            client = _reached(distributed, scheduler)
            try:
                yield _Dask(distributed, client)
            finally:
                with suppress(Exception):
                    client.close(timeout=BEAT)
            return
        wanted = workers or _cores()
        local = _local(distributed, wanted, processes=processes)
        with local, distributed.Client(local, set_as_default=False) as client:
            yield _Dask(distributed, client, partial(local.scale, wanted))


def _local(distributed: Any, workers: int, *, processes: bool) -> Any:
    """Workers on this machine; one that dies as it starts takes the others along in Dask."""
    deaf = {"preload": "fixnews.corpus.deafness"} if processes else {}
    for left in reversed(range(STARTS)):
        try:
            return distributed.LocalCluster(
                n_workers=workers, threads_per_worker=1, processes=processes, **deaf,
                dashboard_address="127.0.0.1:0", silence_logs=logging.CRITICAL,
            )  # fmt: skip
        except (RuntimeError, OSError) as error:
            problem = Message("no worker can be started: {cause}", cause=error.__cause__ or error)
            if not left:
                raise ClusterError(problem, "fewer of them with -j, or more memory") from None
    raise AssertionError


def _hush() -> None:
    """Let Dask keep its tracebacks to itself: what matters of them is said here, in a line."""
    for name in logging.root.manager.loggerDict:
        if name.split(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL)


_SETTINGS = {
    "distributed.scheduler.allowed-failures": 0,
    "distributed.scheduler.work-stealing-interval": "1s",
    "distributed.scheduler.active-memory-manager.start": False,
    LOST: f"{2 * PATIENCE:.0f}s",
    "distributed.comm.timeouts.connect": f"{PATIENCE:.0f}s",
    "distributed.nanny.pre-spawn-environ": {"OPENBLAS_NUM_THREADS": 1, "OMP_NUM_THREADS": 1},
    "distributed.worker.daemon": True,
    "distributed.worker.profile.enabled": False,
    "distributed.worker.memory.monitor-interval": "1s",
    "distributed.admin.tick.interval": "500ms",
    "distributed.admin.system-monitor.interval": "5s",
}
"""What Dask does besides: by default it looks at itself fifty times a second, in every process, for
tasks of milliseconds. Ours take seconds; an idle cluster of one worker took 5 % of a core, and with
these takes 1 %. It also makes workers give all free memory back at once (MALLOC_TRIM_THRESHOLD_),
which cost 8 % of their time."""


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _dask() -> tuple[Any, Any]:
    try:
        import dask
        import distributed
    except ImportError:
        raise DataError("dask is not installed", EXTRA) from None
    return dask, distributed


def _reached(distributed: Any, scheduler: str) -> Any:
    try:
        client = distributed.Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except OSError:
        raise ClusterError(
            Message("{scheduler}: no scheduler answers", scheduler=scheduler),
            "start it: dask scheduler",
        ) from None
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
        versions = set(client.run(_version).values())
    except (OSError, TimeoutError):
        client.close(timeout=BEAT)
        raise ClusterError(
            Message("{scheduler}: no worker", scheduler=scheduler),
            Message("start some: dask worker {scheduler}", scheduler=scheduler),
        ) from None
    except Exception as error:
        client.close(timeout=BEAT)
        problem = Message(
            "{scheduler}: a worker cannot load fixnews: {error}", scheduler=scheduler, error=error
        )
        raise ClusterError(
            problem, Message("install fixnews {version} there", version=__version__)
        ) from None
    if versions != {__version__}:
        client.close(timeout=BEAT)
        found = ", ".join(sorted(versions))
        raise ClusterError(
            Message("{scheduler}: fixnews {found}", scheduler=scheduler, found=found),
            Message("install {version} there", version=__version__),
        )
    return client


def _version() -> str:
    """The version of fixnews where this runs."""
    from fixnews.version import __version__ as found

    return found


class _Dask:
    """Workers that a scheduler of Dask knows."""

    def __init__(
        self, distributed: Any, client: Any, refill: Callable[[], object] = lambda: None
    ) -> None:
        self._distributed = distributed
        self._client = client
        self._refill = refill
        self._running: dict[Any, tuple[Shard, Work, int]] = {}
        self._ready: Queue[Any] = Queue()
        self._seen = time.monotonic()

    def results(self, shards: Iterable[Shard], work: Work) -> Iterator[Done]:
        waiting = iter(shards)
        more = True
        while more or self._running:
            while more and len(self._running) < self._most():
                shard = next(waiting, None)
                more = shard is not None
                if shard is not None:
                    self._hand_out(shard, work, 1)
            yield from self._finished()

    def rest(self) -> Iterator[Done]:
        while self._running and self._workers():
            yield from self._finished()

    def _most(self) -> int:
        return max(1, self._workers()) * AHEAD

    def _workers(self) -> int:
        with _reaching():
            return len(self._client.nthreads())

    def _hand_out(self, shard: Shard, work: Work, tries: int) -> None:
        key = f"fixnews-{checksum(shard.name.encode(*PATH_CODEC))[:16]}-{os.urandom(4).hex()}"
        with _reaching():
            future = self._client.submit(work, shard, key=key, pure=False)
        self._running[future] = shard, work, tries
        future.add_done_callback(self._ready.put)

    def _finished(self) -> Iterator[Done]:
        """What is done next; nothing if nothing is for a while."""
        try:
            future = self._ready.get(timeout=BEAT)
        except Empty:
            self._look_around()
            return
        self._seen = time.monotonic()
        yield from self._result(future)

    def _result(self, future: Any) -> Iterator[Done]:
        shard, work, tries = self._running.pop(future)
        status = future.status
        if status == "finished":
            with _reaching():
                done = future.result()
            yield done
        elif status != "error":
            self._again(shard, work, tries)
        else:
            with _reaching():
                error = future.exception()
            if not isinstance(error, self._distributed.KilledWorker):
                yield Done(shard.name, error=f"{shard.name}: {type(error).__name__}: {error}")
            elif tries == TRIES:
                yield Done(shard.name, error=f"{shard.name}: {TRIES} workers died of it")
            else:
                self._hand_out(shard, work, tries + 1)

    def _again(self, shard: Shard, work: Work, tries: int) -> None:
        """Hand out a shard whose worker died when it was done, before it could say what came of it.

        Where the scheduler is gone, that is said of all shards, and there is nobody to do them.
        """
        if self._client.status != "running" or tries == TRIES:
            raise _gone()
        self._hand_out(shard, work, tries + 1)

    def _look_around(self) -> None:
        """See whether there is still somebody who works; have workers that are lost replaced."""
        self._refill()
        silent = time.monotonic() - self._seen
        if self._client.status != "running":
            if silent > PATIENCE:
                raise _gone()
        elif self._workers():
            self._seen = time.monotonic()
        elif silent > DESERTED:
            raise ClusterError(
                Message("no worker for {silent:.0f} s", silent=silent), "start some, and call again"
            )


@contextmanager
def _reaching() -> Iterator[None]:
    """Say in one way what Dask says in many where its scheduler is gone in the midst of a word."""
    try:
        yield
    except (Exception, CancelledError) as error:
        raise _gone(str(error) or type(error).__name__) from None


def _gone(how: str = "") -> ClusterError:
    remedy = "start it, and call again: what is done stays done"
    known = Message("the scheduler is gone ({how})", how=how)
    return ClusterError(known if how else "the scheduler is gone", remedy)
