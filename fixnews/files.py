"""Reading pages, and writing them so that nobody ever meets half a file.

A write goes to a temporary file beside the target, which then takes its place in one step; through
a symlink to what it names. Where that is not possible without harm (the file has several names,
or the folder is read-only) the file is written in place, its old bytes kept at hand until it is
done. Interrupts wait meanwhile.
"""

from __future__ import annotations

import errno
import os
import secrets
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from fixnews.errors import PageError

STDIN_NAME = "<stdin>"
"""What a page from standard input is called, unless the caller knows better."""

_PROBLEMS = {
    errno.ENOENT: ("no such file or folder", "check the path"),
    errno.EACCES: ("no permission", "check the mode of the file and of its folder"),
    errno.EPERM: ("no permission", "check the mode of the file and of its folder"),
    errno.EISDIR: ("a folder, not a file", "name a file"),
    errno.ENOTDIR: ("a part of this path is a file, not a folder", "check the path"),
    errno.ENOSPC: ("no space left on the device", "make room and run again"),
    errno.EROFS: ("a read-only file system", "write elsewhere with -o"),
    errno.ELOOP: ("a symlink that leads to itself", "check the link"),
    errno.ENAMETOOLONG: ("the name is too long", "choose a shorter one"),
}

_LATER = (signal.SIGINT, signal.SIGTERM, *((signal.SIGHUP,) if hasattr(signal, "SIGHUP") else ()))


@dataclass(frozen=True, slots=True)
class Write:
    """The bytes that a file is to have."""

    path: Path
    data: bytes


def read(path: Path) -> bytes:
    """The bytes of a page.

    Raises:
        PageError: it cannot be read; says why and what to do.

    >>> read(Path("no-such-page.txt"))
    Traceback (most recent call last):
    fixnews.errors.PageError: no-such-page.txt: no such file or folder (check the path)
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise _trouble(path, error) from None


def read_stdin() -> bytes:
    """The bytes of standard input."""
    return sys.stdin.buffer.read()


def write_all(writes: Sequence[Write]) -> None:
    """Give every file its bytes, or none of them.

    Raises:
        PageError: one could not be written; all are as they were before.
    """
    staged: list[_Staged] = []
    with interrupts_wait():
        try:
            for write in writes:
                with _told(write.path):
                    staged.append(_stage(write))
            _commit(staged)
        finally:
            for one in staged:
                if one.temporary:
                    one.temporary.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Staged:
    """A write made ready.

    Attributes:
        target: the file itself, all links followed.
        data: what it is to have.
        old: what it has now; None if there is no such file yet.
        temporary: the file to take its place; None to write in place.
    """

    target: Path
    data: bytes
    old: bytes | None
    temporary: Path | None


def _stage(write: Write) -> _Staged:
    target = Path(os.path.realpath(write.path))
    old = target.read_bytes() if target.exists() else None
    if old is None:
        target.parent.mkdir(parents=True, exist_ok=True)
    elif not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    elif target.stat().st_nlink > 1 or not os.access(target.parent, os.W_OK | os.X_OK):
        return _Staged(target, write.data, old, None)
    temporary = target.with_name(f".fixnews-{secrets.token_hex(8)}")
    try:
        _fill(temporary, write.data, target if old is not None else None)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return _Staged(target, write.data, old, temporary)


def _fill(temporary: Path, data: bytes, model: Path | None) -> None:
    """Write the temporary file to the disk, with the mode and owner of the file it replaces."""
    with temporary.open("xb") as file:
        file.write(data)
        if model:
            state = model.stat()
            temporary.chmod(state.st_mode & 0o7777)
            with suppress(OSError, AttributeError):
                os.chown(temporary, state.st_uid, state.st_gid)
        file.flush()
        os.fsync(file.fileno())


def _commit(staged: Sequence[_Staged]) -> None:
    done: list[_Staged] = []
    try:
        for one in staged:
            done.append(one)
            with _told(one.target):
                _put(one)
    except PageError:
        for one in reversed(done):
            _take_back(one)
        raise


def _put(one: _Staged) -> None:
    if one.temporary:
        one.temporary.replace(one.target)
        _sync_folder(one.target.parent)
    else:
        _overwrite(one.target, one.data)


def _take_back(one: _Staged) -> None:
    with suppress(OSError):
        if one.old is None:
            one.target.unlink(missing_ok=True)
        elif one.target.read_bytes() != one.old:
            _overwrite(one.target, one.old)


def _overwrite(target: Path, data: bytes) -> None:
    with target.open("r+b", buffering=0) as file:
        view = memoryview(data)
        while view:
            view = view[file.write(view) :]
        file.truncate()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name durable; some file systems have no such thing."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _trouble(path, error) from None


def _trouble(path: Path, error: OSError) -> PageError:
    problem, remedy = _PROBLEMS.get(error.errno or 0, (error.strerror or str(error), ""))
    return PageError(f"{path}: {problem}", remedy)


@contextmanager
def interrupts_wait() -> Iterator[None]:
    """Hold back ^C and a polite kill until the block is done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    caught: list[int] = []

    def remember(number: int, _: FrameType | None) -> None:
        caught.append(number)

    before = {number: signal.signal(number, remember) for number in _LATER}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if caught:
            signal.raise_signal(caught[0])
