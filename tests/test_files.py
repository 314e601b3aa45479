"""Reading and writing: atomic, through links, everything of a file kept but its bytes."""

from __future__ import annotations

import errno
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from fixnews import files
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
