"""Folders while pages are written into them: one run at a time, and nothing of killed runs left.

A run holds a folder by an advisory lock on the folder itself, which leaves no file behind and ends
with the process. Where the system knows none (Windows, some network drives), runs are not held
apart by it; what was read is compared with what is replaced all the same.
"""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from fixnews.message import Message
from fixnews.patterns import lazy

TEMPORARY = ".fixnews-"
"""How the names of temporary files begin; sixteen digits follow."""

_LEFT_OVER = lazy(re.escape(TEMPORARY) + r"[0-9a-f]{16}")

OLD = 3600.0
"""Seconds after which a temporary file is left over, where no lock can tell: no page takes as
long to be put in its place."""


def kind(path: Path) -> str:
    """What lies at a path: a ``file``, a ``folder``, or ``other``; nothing where none is seen.

    >>> kind(Path("/dev/null")), kind(Path("/")), kind(Path("/no/such/page.txt"))
    ('other', 'folder', '')
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return ""
    return "folder" if stat.S_ISDIR(mode) else "file" if stat.S_ISREG(mode) else "other"


@contextmanager
def held(folders: Iterable[Path], warn: Callable[[str], None]) -> Iterator[None]:
    """Hold folders against other runs; waits for one that holds them, and says so."""
    with ExitStack() as stack:
        for folder in sorted(set(folders)):
            handle = stack.enter_context(opened(folder))
            if locked(handle, wait=False) is False:
                warn(
                    Message("{folder}: another run is writing here: waiting for it", folder=folder)
                )
                locked(handle, wait=True)
        yield


def sweep(folders: Iterable[Path]) -> list[Path]:
    """Remove the temporary files that killed runs have left in folders; gives those."""
    gone: list[Path] = []
    for folder in sorted(set(folders)):
        with opened(folder) as handle:
            free = locked(handle, wait=False)
            gone += [] if free is False else _swept(folder, alone=bool(free))
    return gone


def _swept(folder: Path, *, alone: bool) -> Iterator[Path]:
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _LEFT_OVER.fullmatch(entry.name) and (alone or _is_old(entry)):
                with suppress(OSError):
                    Path(entry.path).unlink()
                    yield Path(entry.path)


def _is_old(entry: os.DirEntry[str]) -> bool:
    return time.time() - entry.stat().st_mtime > OLD


@contextmanager
def opened(path: Path, flags: int = os.O_RDONLY) -> Iterator[int | None]:
    """A handle of a folder or a file while the block lasts; None where there is none to have."""
    try:
        handle = os.open(path, flags)
    except OSError:
        yield None
        return
    try:
        yield handle
    finally:
        os.close(handle)


def locked(handle: int | None, *, wait: bool) -> bool | None:
    """Whether a lock is ours now, until the handle is closed; None where there are no locks."""
    try:
        import fcntl

        assert handle is not None
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    except (ImportError, OSError, AssertionError):
        return None
    return True


def sync(folder: Path) -> None:
    """Make the names in a folder durable; some file systems have no such thing."""
    with opened(folder) as handle, suppress(OSError):
        if handle is not None:
            os.fsync(handle)
