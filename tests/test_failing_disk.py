"""A disk that fails at any moment: pages are old or new, undo is whole, earlier runs stay."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from fixnews.errors import PageError
from fixnews.files import Write, write_all
from fixnews.journal import LIST, OPEN, Journal, _prune
from fixnews.kept_runs import runs
from fixnews.outputs import LIST as WRITTEN
from fixnews.recovery import recover
from tests.toy import Ran, call

EARLIER = "早先,页\n"
OLD = {"A1.txt": "头条◇\n", "C2.txt": "◆尾。\n", "D1.txt": "喜迎党代会,奋进\n", "Z1.txt": EARLIER}
NEW = {
    "A1.txt": "头条尾。\n",
    "C2.txt": "\n",
    "D1.txt": "喜迎党代会，奋进\n",
    "Z1.txt": "早先，页\n",
}

CALLS = {
    "open": (io, errno.ENOSPC),
    "replace": (os, errno.EIO),
    "fsync": (os, errno.EIO),
    "mkdir": (os, errno.ENOSPC),
    "unlink": (os, errno.EIO),
}
"""What is asked of a disk when something is written, and how it may fail."""


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    """An issue of which one page has been repaired before."""
    (tmp_path / "Z1.txt").write_text(EARLIER, "utf-8")
    assert call("fix", "-w", "Z1.txt", cwd=tmp_path).returncode == 0
    for name in list(OLD)[:-1]:
        (tmp_path / name).write_text(OLD[name], "utf-8")
    return tmp_path


def texts(folder: Path) -> dict[str, str]:
    return {name: (folder / name).read_text("utf-8") for name in OLD}


class Failing:
    """A call of the system that fails once, at its n-th turn below a folder."""

    def __init__(self, name: str, turn: int, folder: Path) -> None:
        self.module, self.errno = CALLS[name]
        self.name, self.turn, self.folder = name, turn, str(folder)
        self.real: Callable[..., Any] = getattr(self.module, name)
        self.turns = 0

    def __call__(self, what: Any, *given: Any, **named: Any) -> Any:
        place = Path(f"/proc/self/fd/{what}").readlink() if isinstance(what, int) else what
        if str(Path.cwd() / place).startswith(self.folder):
            self.turns += 1
            if self.turns == self.turn:
                raise OSError(self.errno, os.strerror(self.errno), str(place))
        return self.real(what, *given, **named)

    def call(self, *arguments: str) -> Ran:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(self.module, self.name, self)
            return call(*arguments, cwd=Path(self.folder))


def failures(name: str, folder: Path, *arguments: str) -> Iterator[Ran]:
    """A call of the command line with the n-th failure of a disk, until there are no more."""
    for turn in count(1):
        failing = Failing(name, turn, folder)
        run = failing.call(*arguments)
        if failing.turns < turn:
            return
        yield run


def undo_all(folder: Path) -> None:
    while call("undo", cwd=folder).returncode == 0:
        pass


@pytest.mark.parametrize("name", CALLS)
def test_a_failure_of_the_disk_spoils_no_page_and_no_undo(issue: Path, name: str) -> None:
    before = texts(issue)
    for run in failures(name, issue, "fix", "-w", "."):
        now = texts(issue)
        assert all(now[page] in (OLD[page], NEW[page]) for page in OLD)
        assert (now["A1.txt"] == NEW["A1.txt"]) is (now["C2.txt"] == NEW["C2.txt"])
        assert run.returncode == 2 or now == NEW
        undo_all(issue)
        assert texts(issue) == OLD, "of the earlier run, too"
        call("fix", "-w", "Z1.txt", cwd=issue)
        assert texts(issue) == before


@pytest.mark.parametrize("name", CALLS)
def test_an_undo_that_fails_is_asked_for_again(issue: Path, name: str) -> None:
    before = texts(issue)
    call("fix", "-w", ".", cwd=issue)
    for run in failures(name, issue, "undo"):
        assert run.returncode == 2 or texts(issue) == before
        undo_all(issue)
        assert texts(issue) == OLD
        call("fix", "-w", "Z1.txt", cwd=issue)
        call("fix", "-w", ".", cwd=issue)


def test_a_page_that_cannot_be_taken_back_is_named_and_the_next_run_mends_it(
    issue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.replace

    def full(self: Path, target: Path) -> Path:
        if target.name == "C2.txt":
            raise OSError(errno.EIO, "Input/output error")
        return real(self, target)

    def broken(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        patch.setattr("fixnews.files._overwrite", broken)
        run = call("fix", "-w", ".", cwd=issue)
        assert run.returncode == 2
        assert b"A1.txt: Input/output error: it could not be made what it was" in run.stderr
    run = call("fix", "-w", ".", cwd=issue)
    assert b"A1.txt: taken back" in run.stderr
    assert texts(issue) == NEW
    undo_all(issue)
    assert texts(issue) == OLD


def test_half_a_line_of_the_journal_spoils_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line that says that a page is done is cut short, then there is room again."""
    pages = [tmp_path / "A1.txt", tmp_path / "A2.txt"]
    for page in pages:
        page.write_bytes(b"old")
    run = Journal(tmp_path / ".state")
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "_note", lambda *_: None)
        write_all([Write(pages[0], b"new")], run)
    with (run.folder / LIST).open("a", encoding="utf-8") as lines:
        lines.write('{"done": 1, "su')
    write_all([Write(pages[1], b"new")], run)
    run.close()
    (kept,) = runs(tmp_path / ".state")
    assert [Path(entry.path).name for entry in kept.files] == ["A1.txt", "A2.txt"]


@pytest.mark.parametrize(
    "line", ["]", "[1]", '[["a"], 2]', '["A1.txt", "ab["A1.txt", "cd"]', "[" * 9999, "\udcff]"]
)
def test_a_list_of_outputs_that_is_damaged_says_nothing(issue: Path, line: str) -> None:
    assert call("fix", ".", "-o", "out", cwd=issue).returncode == 0
    (issue / "D1.txt").write_text("换,页\n", "utf-8")
    with (issue / "out" / WRITTEN).open("ab") as lines:
        lines.write(line.encode("utf-8", "surrogateescape"))
    for _ in range(2):
        run = call("fix", ".", "-o", "out", cwd=issue)
        assert run.returncode == 0, run.stderr.decode()
    (issue / "D1.txt").write_text("又,换\n", "utf-8")
    assert call("fix", ".", "-o", "out", cwd=issue).returncode == 0, "known to the next run"
    assert (issue / "out/D1.txt").read_text("utf-8") == "又，换\n"


@pytest.mark.parametrize("command", ["undo", "fix"])
def test_a_state_folder_that_cannot_be_looked_into(
    issue: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    real = Path.iterdir

    def shut(self: Path) -> Iterator[Path]:
        if self.name == "runs":
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(self)

    monkeypatch.setattr(Path, "iterdir", shut)
    run = call(*([command] if command == "undo" else ["fix", "-w", "."]), cwd=issue)
    assert run.returncode == 2
    assert b"/runs: Permission denied (set FIXNEWS_STATE" in run.stderr
    assert texts(issue) == {**OLD, "Z1.txt": NEW["Z1.txt"]}


def test_a_run_that_another_one_drops_meanwhile_is_no_error(
    issue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fixnews.journal.run_folders", lambda _: [issue / "20260101-000000-000000"])
    with pytest.raises(FileNotFoundError):
        _prune(issue, lambda _: None)
    assert call("fix", "-w", ".", cwd=issue).returncode == 0


def test_what_cannot_be_mended_is_told(issue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (run,) = runs(issue / ".state")
    (run.folder / OPEN).touch()
    said: list[str] = []

    def full(*_: object) -> None:
        raise PageError("files.jsonl: no space left on the device")

    monkeypatch.setattr("fixnews.recovery.rewrite", full)
    recover(issue / ".state", said.append)
    assert said == ["files.jsonl: no space left on the device"]


def test_a_list_that_cannot_be_read_is_named_and_no_other_run_taken_for_the_last(
    issue: Path,
) -> None:
    call("fix", "-w", ".", cwd=issue)
    *_, last = runs(issue / ".state")
    listed = (last.folder / LIST).read_bytes()
    (last.folder / LIST).unlink()
    (last.folder / LIST).mkdir()
    (last.folder / OPEN).touch()
    for command in (["undo"], ["undo", "--list"], ["fix", "-w", "."]):
        run = call(*command, cwd=issue)
        assert f"{LIST}: a folder, not a file".encode() in run.stderr
        assert texts(issue) == NEW
    (last.folder / LIST).rmdir()
    (last.folder / LIST).write_bytes(listed)
    undo_all(issue)
    assert texts(issue) == OLD


@pytest.mark.parametrize("noise", [b"\xff" * 99 + b"\n", b"{}\n" * 9, b"\x00\n\x00\n"])
def test_old_bytes_stay_where_the_list_of_their_run_is_damaged(issue: Path, noise: bytes) -> None:
    call("fix", "-w", ".", cwd=issue)
    *_, last = runs(issue / ".state")
    listed = (last.folder / LIST).read_bytes()
    (last.folder / LIST).write_bytes(noise)
    for _ in range(2):
        run = call("undo", cwd=issue)
        assert run.returncode == 2
        assert b"this line is damaged" in run.stderr
    (last.folder / LIST).write_bytes(listed)
    undo_all(issue)
    assert texts(issue) == OLD
