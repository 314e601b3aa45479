"""Processes that repair issues side by side, and what becomes of an issue whose process dies."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import active_children
from pathlib import Path

from fixnews.issue import Outcome

Issue = Sequence[Path]
Work = Callable[[Issue], Outcome]

AHEAD = 2
"""Issues a process has been given besides those whose turn it is to be told: one at work and one
waiting, so that nobody waits and no more than these are held in memory."""


def shared(issues: Sequence[Issue], work: Work, lost: Work, processes: int) -> Iterator[Outcome]:
    """The outcome of each issue, in their order.

    A process that dies takes a whole pool with it: there is a new one, and the issue whose turn it
    is goes first, alone. If that dies again, it is given up.

    Args:
        issues: the pages of each.
        work: repairs one; runs in another process.
        lost: what to say of one that killed its process twice.
        processes: how many at a time.
    """
    waiting = deque(issues)
    given: deque[tuple[Issue, Future[Outcome]]] = deque()
    pool = _pool(processes)
    try:
        while waiting or given:
            try:
                while waiting and len(given) < AHEAD * processes:
                    given.append((waiting[0], pool.submit(work, waiting[0])))
                    waiting.popleft()
                outcome = given[0][1].result()
                given.popleft()
            except BrokenExecutor:
                waiting.extendleft(issue for issue, _ in reversed(given))
                given.clear()
                _end(pool)
                outcome = _alone(waiting.popleft(), work, lost)
                pool = _pool(processes)
            yield outcome
    finally:
        _end(pool)


def _alone(issue: Issue, work: Work, lost: Work) -> Outcome:
    pool = _pool(1)
    try:
        return pool.submit(work, issue).result()
    except BrokenExecutor:
        return lost(issue)
    finally:
        _end(pool)


def _pool(processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(processes, initializer=_deaf_to_interrupts)


def _end(pool: ProcessPoolExecutor) -> None:
    """End a pool at once; what its processes still do nobody waits for."""
    pool.shutdown(wait=False, cancel_futures=True)
    for child in active_children():
        with suppress(OSError):
            child.terminate()
    pool.shutdown(wait=True)


def _deaf_to_interrupts() -> None:
    """Leave ^C to the parent, which ends its workers and says so once."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
