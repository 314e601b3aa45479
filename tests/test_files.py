"""Reading and writing: atomic, through links, everything of a file kept but its bytes."""

from __future__ import annotations

import errno
import os
import signal
import stat
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from typing import Any

import pytest

from fixnews import files, folders
from fixnews.errors import PageError
from fixnews.files import Write, read, write_all
from fixnews.interrupts import interrupts_wait

OLD, NEW = "经挤\r\n".encode("gb18030"), "经济\r\n".encode("gb18030")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "A1.txt"
    path.write_bytes(OLD)
    return path


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o755, 0o640])
def test_the_mode_is_kept(page: Path, mode: int) -> None:
    page.chmod(mode)
    write_all([Write(page, NEW)])
    assert page.read_bytes() == NEW
    assert page.stat().st_mode & 0o7777 == mode
    assert names(page.parent) == ["A1.txt"]


def test_a_new_file_has_the_mode_that_the_system_gives(tmp_path: Path) -> None:
    write_all([Write(tmp_path / "new/deep/A1.txt", NEW)])
    (tmp_path / "other.txt").write_bytes(b"")
    mode = (tmp_path / "other.txt").stat().st_mode
    assert (tmp_path / "new/deep/A1.txt").stat().st_mode == mode


def test_a_symlink_stays_a_symlink(page: Path) -> None:
    folder = page.parent / "links"
    folder.mkdir()
    link = folder / "first.txt"
    link.symlink_to("second.txt")
    (folder / "second.txt").symlink_to(page)
    write_all([Write(link, NEW)])
    assert link.is_symlink()
    assert page.read_bytes() == NEW
    assert names(folder) == ["first.txt", "second.txt"]


def test_a_hard_link_stays_one(page: Path) -> None:
    other = page.with_name("B1.txt")
    os.link(page, other)
    write_all([Write(page, NEW[:3])])
    assert other.read_bytes() == NEW[:3]
    assert page.samefile(other)


def test_a_file_in_a_read_only_folder_is_written_in_place(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.access
    refuse = lambda path, mode: path != page.parent and real(path, mode)  # noqa: E731
    monkeypatch.setattr(os, "access", refuse)
    before = page.stat().st_ino
    write_all([Write(page, NEW)])
    assert page.read_bytes() == NEW
    assert page.stat().st_ino == before


@pytest.mark.parametrize("failing", ["_fill", "_put"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_all_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str, number: int
) -> None:
    paths = [tmp_path / f"A{n}.txt" for n in (1, 2, 3)]
    for path in paths[:2]:
        path.write_bytes(OLD)
    os.link(paths[1], tmp_path / "link.txt")
    real = getattr(files, failing)
    calls: list[Any] = []

    def fails_at_last(*given: Any) -> Any:
        calls.append(given)
        if len(calls) == (3 if failing == "_put" else 2):
            raise OSError(number, os.strerror(number))
        return real(*given)

    monkeypatch.setattr(files, failing, fails_at_last)
    with pytest.raises(PageError) as caught:
        write_all([Write(path, NEW) for path in paths])
    assert "A3.txt" in str(caught.value)
    assert [path.read_bytes() for path in paths[:2]] == [OLD, OLD]
    assert names(tmp_path) == ["A1.txt", "A2.txt", "link.txt"]


def test_a_write_that_breaks_half_way_in_place_is_taken_back(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.link(page, page.with_name("B1.txt"))
    real = files._overwrite

    def half(target: Path, data: bytes, keeper: files.Keeper) -> None:
        real(target, data[:2], keeper)
        if data == NEW:
            raise OSError(errno.ENOSPC, "full")
        real(target, data, keeper)

    monkeypatch.setattr(files, "_overwrite", half)
    with pytest.raises(PageError):
        write_all([Write(page, NEW)])
    assert page.read_bytes() == OLD


def test_an_interrupt_waits_for_the_end_of_the_block() -> None:
    done = []

    def block() -> None:
        with interrupts_wait():
            signal.raise_signal(signal.SIGINT)
            done.append("whole")

    with pytest.raises(KeyboardInterrupt):
        block()
    assert done == ["whole"]


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda _: None, "no such file"),
        (lambda p: p.mkdir(), "a folder"),
        (lambda p: p.symlink_to(p), "itself"),
        (lambda p: p.symlink_to("nowhere"), "no such file"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, make: Any, says: str) -> None:
    make(tmp_path / "A1.txt")
    with pytest.raises(PageError, match=says):
        read(tmp_path / "A1.txt")


def test_no_permission_is_told(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(PageError, match="no permission"):
        read(page)


class Told:
    """A keeper that remembers what it is told."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def keep(self, files: object) -> AbstractContextManager[None]:
        del files
        return nullcontext()

    def warn(self, message: str) -> None:
        self.said.append(message)


def refuse(number: int) -> Callable[..., None]:
    def refused(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refused


@pytest.mark.parametrize("call", ["fsync", "chmod", "chown", "setxattr"])
@pytest.mark.parametrize("number", [errno.EPERM, errno.EINVAL, errno.ENOTSUP])
def test_a_network_drive_that_refuses_a_call_is_written_to(
    page: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    page.chmod(0o666)
    monkeypatch.setattr(os, call, refuse(number))
    told = Told()
    write_all([Write(page, NEW)], told)
    assert page.read_bytes() == NEW
    assert names(page.parent) == ["A1.txt"]
    assert page.stat().st_mode & 0o777 == 0o666
    assert all(call in message for message in told.said)


def test_a_disk_that_fails_is_no_network_drive(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", refuse(errno.EIO))
    with pytest.raises(PageError):
        write_all([Write(page, NEW)])
    assert page.read_bytes() == OLD


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o444])
def test_nobody_reads_the_new_bytes_who_could_not_read_the_old(
    page: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    page.chmod(mode)
    seen: list[int] = []
    real = os.fsync

    def watched(handle: int) -> None:
        state = os.fstat(handle)
        if stat.S_ISREG(state.st_mode):
            seen.append(state.st_mode & 0o777)
        real(handle)

    monkeypatch.setattr(os, "fsync", watched)
    before = os.umask(0)
    write_all([Write(page, NEW)])
    os.umask(before)
    assert seen
    assert all(given & ~mode == 0 for given in seen)
    assert page.stat().st_mode & 0o777 == mode


def test_attributes_and_access_lists_are_kept(page: Path) -> None:
    try:
        os.setxattr(page, "user.catalogue", b"0412")
    except OSError:
        pytest.skip("this file system has no extended attributes")
    attributes = {"user.catalogue": b"0412"}
    with suppress(OSError):
        os.setxattr(page, "system.posix_acl_access", ACCESS_LIST)
        attributes["system.posix_acl_access"] = ACCESS_LIST
    write_all([Write(page, NEW)])
    assert page.read_bytes() == NEW
    assert {name: os.getxattr(page, name) for name in os.listxattr(page)} == attributes


ACCESS_LIST = bytes.fromhex(
    "02000000"  # version 2; the owner, one named user, the group, the mask, the others
    "01000600ffffffff02000400e803000004000400ffffffff10000400ffffffff20000000ffffffff"
)  # fmt: skip


def test_what_changed_since_it_was_read_is_left_alone(page: Path) -> None:
    other = page.with_name("A2.txt")
    other.write_bytes(OLD)
    page.write_bytes(b"somebody's work")
    with pytest.raises(PageError, match=r"A1\.txt: it has changed since it was read"):
        write_all([Write(other, NEW, was=OLD), Write(page, NEW, was=OLD)])
    assert page.read_bytes() == b"somebody's work"
    assert other.read_bytes() == OLD


def test_what_is_gone_since_it_was_read_does_not_come_back(page: Path) -> None:
    page.unlink()
    with pytest.raises(PageError, match="it is gone since it was read"):
        write_all([Write(page, NEW, was=OLD)])
    assert names(page.parent) == []


def test_a_change_between_the_look_and_the_write_is_seen(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = files._fill

    def late(*given: Any) -> bool:
        done = real(*given)
        page.write_bytes(b"somebody's work, just now")
        return done

    monkeypatch.setattr(files, "_fill", late)
    with pytest.raises(PageError, match="has changed"):
        write_all([Write(page, NEW, was=OLD)])
    assert page.read_bytes() == b"somebody's work, just now"
    assert names(page.parent) == ["A1.txt"]


def test_what_is_there_already_is_not_touched(page: Path) -> None:
    before = page.stat()
    assert write_all([Write(page, OLD, was=b"something else")]) == []
    assert page.stat() == before


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir])
def test_a_pipe_is_not_written_over(page: Path, make: Callable[[Path], None]) -> None:
    page.unlink()
    make(page)
    with pytest.raises(PageError, match="not a file"):
        write_all([Write(page, NEW)])


def test_a_run_waits_for_another_in_the_same_folder(page: Path) -> None:
    told = Told()
    order: list[str] = []

    def second() -> None:
        write_all([Write(page, NEW)], told)
        order.append("second")

    with folders.held([page.parent], told.warn):
        thread = threading.Thread(target=second)
        thread.start()
        while not told.said:
            pass
        assert "another run is writing here" in told.said[0]
        assert page.read_bytes() == OLD
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
    assert page.read_bytes() == NEW


def test_only_what_is_left_over_is_swept(tmp_path: Path) -> None:
    left = tmp_path / ".fixnews-0123456789abcdef"
    others = [tmp_path / ".fixnews-written", tmp_path / ".fixnews-notes", tmp_path / "A1.txt"]
    for path in (left, *others):
        path.touch()
    with folders.held([tmp_path], lambda _: None):
        assert folders.sweep([tmp_path]) == [], "another run is at work"
    assert folders.sweep([tmp_path]) == [left]
    assert sorted(tmp_path.iterdir()) == sorted(others)
