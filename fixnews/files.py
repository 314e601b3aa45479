"""Reading pages, and the one writer: nobody ever meets half a file, and nobody's work is replaced.

A write goes to a temporary file beside the target, which then takes its place in one step; through
a symlink to what it names. Where that is not possible without harm (the file has several names,
the folder is read-only, its owner or access list cannot be given to another) the file is written in
place, its old bytes kept at hand until it is done. What lies there is compared with what was read
of it, and with what may be replaced at all. Interrupts wait meanwhile.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from fixnews import attributes, folders
from fixnews.errors import PageError, of_system
from fixnews.interrupts import interrupts_wait
from fixnews.keepers import Keeper, Nobody, Replaced
from fixnews.message import Message

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

_UNSYNCED = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM, errno.ENOSYS})
"""What a file system says that knows no fsync; anything else is a failure of the disk."""


def anything(old: bytes) -> bool:
    """What may be replaced where nothing else was said."""
    return old is not None


@dataclass(frozen=True, slots=True)
class Write:
    """The bytes that a file is to have.

    Attributes:
        path: the file; a symlink stays one.
        data: the bytes.
        was: what was read of it: a file that has something else by now is left as it is.
        ours: whether what lies there may be replaced: a report takes the place of a report.
        times: when it was read and changed, in nanoseconds, as `os.utime` takes them.
    """

    path: Path
    data: bytes
    was: bytes | None = None
    ours: Callable[[bytes], bool] = anything
    times: tuple[int, int] | None = None


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
    """The bytes of standard input.

    Raises:
        PageError: it is closed.
    """
    if sys.stdin is None:
        raise PageError(
            Message("{stdin_name}: it is closed", stdin_name=STDIN_NAME),
            "name a file, or pipe a page in",
        )
    with _told(Path(STDIN_NAME)):
        return sys.stdin.buffer.read()


def write_all(writes: Sequence[Write], keeper: Keeper | None = None) -> list[Path]:
    """Give every file its bytes, or none of them.

    Returns:
        The files that were written; one that has its bytes already is not touched.

    Raises:
        PageError: one could not be written, or holds what may not be replaced; all are as they
            were before.
    """
    keeper = keeper or Nobody()
    targets = [_target(write.path) for write in writes]
    staged: list[_Staged] = []
    with folders.held((t.parent for t in targets), keeper.warn), interrupts_wait():
        try:
            for write, target in zip(writes, targets, strict=True):
                with _told(write.path):
                    staged.append(_stage(write, target, keeper))
            todo = [one for one in staged if one.old != one.data]
            with keeper.keep([one.replaced for one in todo]):
                _commit(todo, keeper)
        finally:
            for one in staged:
                if one.temporary:
                    with suppress(OSError):
                        one.temporary.unlink(missing_ok=True)
    pairs = zip(writes, staged, strict=True)
    return [write.path for write, one in pairs if one.old != one.data]


def _target(path: Path) -> Path:
    """The file itself, all links followed; its folder is made."""
    with _told(path):
        target = Path(os.path.realpath(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        kind = folders.kind(target)
        if kind not in ("file", ""):
            problem = "a folder" if kind == "folder" else "a pipe or a device"
            told = Message("{path}: {what}, not a file", path=path, what=Message(problem))
            raise PageError(told, "name a file")
    return target


@dataclass(frozen=True, slots=True)
class _Staged:
    """A write made ready.

    Attributes:
        target: the file itself, all links followed.
        data: what it is to have.
        old: what it has now; None if there is no such file yet.
        temporary: the file to take its place; None to write in place.
        seen: what the system said of the file when it was read; nothing if there was none.
        set_times: the times that it is to have.
    """

    target: Path
    data: bytes
    old: bytes | None
    temporary: Path | None
    seen: tuple[int, ...] = ()
    times: tuple[int, int] = (0, 0)
    set_times: tuple[int, int] | None = None

    @property
    def replaced(self) -> Replaced:
        """What a keeper is told of it."""
        return Replaced(self.target, self.old, self.data, self.times, not self.temporary)


def _stage(write: Write, target: Path, keeper: Keeper) -> _Staged:
    """Make a write ready, if what lies there may be replaced."""
    seen, times = _seen(target)
    old = target.read_bytes() if seen else None
    _check(write, old)
    made = _Staged(target, write.data, old, None, seen, times, write.times)
    if old == write.data:
        return made
    if old is not None and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    if old is not None and not _replaceable(target):
        return made
    import secrets

    temporary = target.with_name(f"{folders.TEMPORARY}{secrets.token_hex(8)}")
    try:
        whole = _fill(temporary, write.data, target if old is not None else None, keeper)
    except PermissionError:
        if old is None:
            raise
        whole = False
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if not whole:
        temporary.unlink(missing_ok=True)
    return replace(made, temporary=temporary if whole else None)


def refuse_foreign(path: Path, ours: Callable[[bytes], bool]) -> None:
    """Refuse a place where something else lies than may be replaced, before any work is done.

    Raises:
        PageError: there is such a file, or it cannot be read.
    """
    if path.exists():
        _check(Write(path, b"", ours=ours), read(_target(path)))


def _check(write: Write, old: bytes | None) -> None:
    """Refuse to replace what is not what was read, or nothing of ours."""
    if old == write.data:
        return
    if write.was is not None and old != write.was:
        what = Message("it is gone") if old is None else Message("it has changed")
        raise PageError(
            Message("{path}: {what} since it was read", path=write.path, what=what),
            "left as it is; run again",
        )
    if old is not None and not write.ours(old):
        problem = Message(
            "{path}: it is there already, and fixnews did not write it", path=write.path
        )
        raise PageError(problem, "choose another name, or --force")


def _replaceable(target: Path) -> bool:
    """Whether another file can take its place: it has one name, in a folder that takes files."""
    return target.stat().st_nlink == 1 and os.access(target.parent, os.W_OK | os.X_OK)


def _seen(target: Path) -> tuple[tuple[int, ...], tuple[int, int]]:
    """What tells whether a file is still the same, and its times; nothing where there is none."""
    try:
        state = target.stat()
    except FileNotFoundError:
        return (), (0, 0)
    seen = state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns
    return seen, (state.st_atime_ns, state.st_mtime_ns)


def _fill(temporary: Path, data: bytes, model: Path | None, keeper: Keeper) -> bool:
    """Write the temporary file to the disk; whether it has all that the file it replaces has."""
    mode = attributes.narrow(model) if model else 0o666
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with open(os.open(temporary, flags, mode), "wb") as file:  # noqa: PTH123
        file.write(data)
        file.flush()
        _sync(file.fileno(), temporary.parent, keeper)
    refused = attributes.give(temporary, model) if model else []
    if refused:
        keeper.warn(
            Message(
                "{parent}: {refused} is refused here: pages are written in place",
                parent=temporary.parent,
                refused=refused[0],
            )
        )
    return not refused


def _sync(handle: int, folder: Path, keeper: Keeper) -> None:
    """Put a file on the disk; some network drives have no such thing."""
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _UNSYNCED:
            raise
        keeper.warn(
            Message(
                "{folder}: fsync is refused here: a power cut may lose what was written last",
                folder=folder,
            )
        )


def _commit(staged: Sequence[_Staged], keeper: Keeper) -> None:
    done: list[_Staged] = []
    try:
        for one in staged:
            with _told(one.target):
                if _seen(one.target)[0] != one.seen:
                    problem = Message(
                        "{target}: it has changed since it was read", target=one.target
                    )
                    raise PageError(problem, "left as it is; run again")
                done.append(one)
                _put(one, keeper)
    except PageError:
        for one in reversed(done):
            _take_back(one, keeper)
        raise


def _put(one: _Staged, keeper: Keeper) -> None:
    try:
        if one.temporary:
            one.temporary.replace(one.target)
            folders.sync(one.target.parent)
        else:
            _overwrite(one.target, one.data, keeper)
    except PermissionError:
        if one.old is None or not one.temporary:
            raise
        _overwrite(one.target, one.data, keeper)
    if one.set_times:
        with suppress(OSError):
            os.utime(one.target, ns=one.set_times)


def _take_back(one: _Staged, keeper: Keeper) -> None:
    try:
        if one.old is None:
            one.target.unlink(missing_ok=True)
        elif one.target.read_bytes() != one.old:
            _overwrite(one.target, one.old, keeper)
    except OSError as error:
        what = of_system(error)
        told = "{target}: {what}: it could not be made what it was"
        keeper.warn(Message(told, target=one.target, what=what))


def _overwrite(target: Path, data: bytes, keeper: Keeper) -> None:
    with target.open("r+b", buffering=0) as file:
        view = memoryview(data)
        while view:
            view = view[file.write(view) :]
        file.truncate()
        _sync(file.fileno(), target.parent, keeper)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _trouble(path, error) from None


def _trouble(path: Path, error: OSError) -> PageError:
    problem, remedy = _PROBLEMS.get(error.errno or 0, (of_system(error), ""))
    return PageError(Message("{path}: {problem}", path=path, problem=Message(problem)), remedy)
