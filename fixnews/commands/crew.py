"""Processes that repair issues side by side, and what becomes of an issue whose process dies.

Where there are fewer issues than processes they share the pages of each: see `fixnews.foretold`.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from itertools import islice
from multiprocessing import active_children
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from fixnews.desk import Desk
from fixnews.foretold import Changes, Foretold
from fixnews.islands import Memory
from fixnews.issue import Outcome

Issue = Sequence[Path]
Done = TypeVar("Done")


class RepairAtDesk(Protocol):
    """What repairs the pages of an issue; a file of a recogniser may be left unpatched."""

    def __call__(self, paths: Issue, /, *, desk: Desk, patches: bool = ...) -> Outcome:
        """Repair the pages of an issue, with what is known of them."""


AHEAD = 2
"""Issues a process has been given besides those whose turn it is to be told: one at work and one
waiting, so that nobody waits and no more than these are held in memory."""


def shared(
    issues: Sequence[Issue],
    work: Callable[[Issue], Done],
    lost: Callable[[Issue], Done],
    processes: int,
) -> Generator[Done]:
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
    given: deque[tuple[Issue, Future[Done]]] = deque()
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


def page_by_page(
    issues: Sequence[Issue],
    repair: RepairAtDesk,
    lost: Callable[[Issue], Outcome],
    processes: int,
) -> Generator[Outcome]:
    """The outcome of each issue, in their order; the processes read its pages, one at a time each.

    Repairing the issue is left to this process, which finds most of the work done. A page that
    kills its process twice is left out, the rest of its issue is repaired.
    """
    pages = [(path,) for issue in issues for path in issue]
    told = shared(pages, partial(_foretell, repair=repair), _nothing, processes)
    with closing(told):
        for issue in issues:
            said = dict(zip(issue, islice(told, len(issue)), strict=True))
            dead = [path for path in issue if said[path] is None]
            left = [path for path in issue if said[path] is not None]
            outcome = repair(left, desk=_desk(filter(None, said.values())))
            yield replace(outcome, errors=(*outcome.errors, *lost(dead).errors))


class _Told(NamedTuple):
    """What filters say of a page, and its islands."""

    said: Mapping[bytes, Changes]
    islands: Memory


def _foretell(page: Issue, repair: RepairAtDesk) -> _Told | None:
    """What is said of a page on the way to its repair, as if it were an issue by itself."""
    desk = Desk(foretold=Foretold(listens=True))
    repair(page, desk=desk, patches=False)
    return _Told(desk.foretold.said, replace(desk.islands, lines={}))


def _nothing(page: Issue) -> _Told | None:
    return None if page else _Told({}, Memory())


def _desk(pages: Iterable[_Told]) -> Desk:
    """A desk on which lies what is known of these pages."""
    desk = Desk()
    for page in pages:
        desk.foretold.said.update(page.said)
        desk.islands.add(page.islands)
    return desk


def _alone(issue: Issue, work: Callable[[Issue], Done], lost: Callable[[Issue], Done]) -> Done:
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
