"""``fixnews undo``: every byte, mode and link as before, and never over somebody's work."""

from __future__ import annotations

import errno
import os
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from fixnews import journal
from fixnews.files import Write, write_all
from fixnews.journal import LIST, PACK, Journal, sealed
from fixnews.keepers import Replaced
from fixnews.kept_runs import runs
from tests.toy import call

DAMAGED = "喜迎党代会,奋进新征程\r\n"
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "big5")
TRADITIONAL = "喜迎黨代會,奮進新征程\n"


def fill(folder: Path, count: int) -> dict[str, bytes]:
    for number in range(count):
        encoding = ENCODINGS[number % 4]
        text = TRADITIONAL if encoding == "big5" else DAMAGED
        place = folder / encoding
        place.mkdir(exist_ok=True)
        (place / f"{number}.txt").write_bytes((text * 20).encode(encoding))
        (place / f"{number}.txt").chmod((0o644, 0o600, 0o755, 0o664)[number // 4 % 4])
    for encoding in ENCODINGS:
        place = folder / encoding
        (place / "soft.text").symlink_to(next(place.glob("*.txt")).name)
        os.link(sorted(place.glob("*.txt"))[-1], folder / f"{encoding}.hard")
    return state(folder)


def state(folder: Path) -> dict[str, bytes]:
    return {
        str(path): b"%o %d " % (path.lstat().st_mode, path.stat().st_nlink) + path.read_bytes()
        for path in sorted(folder.rglob("*.*"))
    }


def fix(folder: Path) -> None:
    for encoding in ENCODINGS:
        named = ["--encoding", encoding] if encoding in ("gb18030", "big5") else []
        assert call("fix", "-w", *named, f"pages/{encoding}", cwd=folder).returncode == 0


@pytest.mark.parametrize("count", [8, pytest.param(200, marks=pytest.mark.slow)])
def test_every_byte_and_mode_of_four_encodings(tmp_path: Path, count: int) -> None:
    (tmp_path / "pages").mkdir()
    before = fill(tmp_path / "pages", count)
    fix(tmp_path)
    fixed = state(tmp_path / "pages")
    assert len(before) == count + 8
    assert all(fixed[path] != data for path, data in before.items())
    for _ in ENCODINGS:
        assert call("undo", cwd=tmp_path).returncode == 0
    assert state(tmp_path / "pages") == before
    assert call("undo", cwd=tmp_path).returncode == 2


def test_links_stay_links(tmp_path: Path) -> None:
    page = tmp_path / "A1.txt"
    page.write_text(DAMAGED, "utf-8", newline="")
    os.link(page, tmp_path / "hard.txt")
    (tmp_path / "soft.txt").symlink_to("A1.txt")
    old = page.read_bytes()
    call("fix", "-w", "soft.txt", cwd=tmp_path)
    assert page.read_bytes() != old
    call("undo", cwd=tmp_path)
    assert page.read_bytes() == old
    assert (tmp_path / "soft.txt").is_symlink()
    assert page.samefile(tmp_path / "hard.txt")


def test_a_file_that_has_changed_since_is_left_alone(tmp_path: Path) -> None:
    for name in ("A1.txt", "A2.txt"):
        (tmp_path / name).write_text(DAMAGED, "utf-8")
    call("fix", "-w", ".", cwd=tmp_path)
    (tmp_path / "A1.txt").write_text("改过了,", "utf-8")
    run = call("undo", cwd=tmp_path)
    assert run.returncode == 2
    assert b"A1.txt: it has changed since that run" in run.stderr
    assert (tmp_path / "A1.txt").read_text("utf-8") == "改过了,"
    assert "," in (tmp_path / "A2.txt").read_text("utf-8")


def test_one_file_of_a_run_and_a_run_by_name(tmp_path: Path) -> None:
    for name in ("A1.txt", "A2.txt"):
        (tmp_path / name).write_text(DAMAGED, "utf-8")
    call("fix", "-w", ".", cwd=tmp_path)
    call("undo", "--file", "A2.txt", cwd=tmp_path)
    pages = [(tmp_path / name).read_text("utf-8") for name in ("A1.txt", "A2.txt")]
    assert ["," in page for page in pages] == [False, True]
    listed = call("undo", "--list", cwd=tmp_path).stdout.decode()
    name, path = listed.split()
    assert path.endswith("A1.txt")
    assert call("undo", "no-such-run", cwd=tmp_path).returncode == 2
    assert call("undo", name, cwd=tmp_path).returncode == 0
    assert "," in (tmp_path / "A1.txt").read_text("utf-8")


def test_the_journal_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "RUNS_KEPT", 3)
    monkeypatch.setattr(journal, "DAYS_KEPT", -1)
    said: list[str] = []
    names = [written(tmp_path, b"%d" % number, said) for number in range(1, 7)]
    assert len(set(names)) == 6
    assert names == sorted(names)
    assert [run.name for run in runs(tmp_path / "state")] == names[2:]
    assert [line.split()[8] for line in said] == names[:3], "each is announced a run before it goes"


def test_what_is_younger_than_a_week_is_not_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "RUNS_KEPT", 3)
    monkeypatch.setattr(journal, "BYTES_KEPT", 10)
    names = [written(tmp_path, b"%d" % number, []) for number in range(1, 9)]
    assert [run.name for run in runs(tmp_path / "state")] == names


def written(folder: Path, data: bytes, said: list[str]) -> str:
    """A run that writes a page; its name."""
    page = folder / "A1.txt"
    if not page.exists():
        page.write_bytes(b"0")
    run = Journal(folder / "state", said.append)
    write_all([Write(page, data)], run)
    run.close()
    return run.name


def test_a_line_of_the_journal_that_is_damaged_is_named_and_hides_no_other(tmp_path: Path) -> None:
    pages = [tmp_path / f"A{n}.txt" for n in (1, 2, 3)]
    for page in pages:
        page.write_text(DAMAGED, "utf-8")
    call("fix", "-w", "--per-file", ".", cwd=tmp_path)
    (run,) = runs_of(tmp_path)
    lines = (run / LIST).read_text("utf-8").split("\n")
    at = next(n for n, line in enumerate(lines) if "A2.txt" in line)
    lines[at] = lines[at].replace("A2", "A7")
    (run / LIST).write_text("\n".join(lines), "utf-8")
    (tmp_path / ".state/runs/.DS_Store").write_bytes(b"Bud1")
    (tmp_path / ".state/runs/notes").mkdir()
    (run / "Thumbs.db").write_bytes(b"")
    done = call("undo", cwd=tmp_path)
    assert done.returncode == 2
    assert f"{LIST}:{at + 1}: this line is damaged".encode() in done.stderr
    assert ["," in page.read_text("utf-8") for page in pages] == [True, False, True]


def test_a_line_of_another_version_is_named_too(tmp_path: Path) -> None:
    (tmp_path / "A1.txt").write_text(DAMAGED, "utf-8")
    call("fix", "-w", "A1.txt", cwd=tmp_path)
    (run,) = runs_of(tmp_path)
    with (run / LIST).open("a", encoding="utf-8") as lines:
        lines.write(sealed({"path": "A2.txt", "group": 1, "bundle": 7}))
    done = call("undo", cwd=tmp_path)
    assert done.returncode == 2
    assert b"this line is damaged" in done.stderr
    assert "," in (tmp_path / "A1.txt").read_text("utf-8")


def test_kept_bytes_that_are_damaged_are_not_written(tmp_path: Path) -> None:
    (tmp_path / "A1.txt").write_text(DAMAGED, "utf-8")
    call("fix", "-w", "A1.txt", cwd=tmp_path)
    repaired = (tmp_path / "A1.txt").read_bytes()
    (run,) = runs_of(tmp_path)
    (run / PACK).write_bytes(zlib.compress("别的".encode(), 1))
    done = call("undo", cwd=tmp_path)
    assert done.returncode == 2
    assert b"is damaged" in done.stderr
    assert (tmp_path / "A1.txt").read_bytes() == repaired


def runs_of(folder: Path) -> list[Path]:
    return [p for p in (folder / ".state/runs").iterdir() if p.name[0].isdigit()]


def test_undo_says_what_it_did_and_gives_the_times_back(tmp_path: Path) -> None:
    for name in ("A1.txt", "A2.txt"):
        (tmp_path / name).write_text(DAMAGED, "utf-8")
        os.utime(tmp_path / name, ns=(10**18, 10**18 + 7))
    call("fix", "-w", ".", cwd=tmp_path)
    (tmp_path / "A2.txt").write_text(DAMAGED, "utf-8")
    done = call("undo", cwd=tmp_path)
    assert done.returncode == 0
    assert b"A2.txt: as it was before that run already" in done.stderr
    assert b"1 restored, 1 as they were" in done.stderr
    assert (tmp_path / "A1.txt").stat().st_mtime_ns == 10**18 + 7


def test_what_cannot_be_given_back_is_named_and_not_called_restored(tmp_path: Path) -> None:
    for name in ("A1.txt", "A2.txt"):
        (tmp_path / name).write_text(DAMAGED, "utf-8")
    call("fix", "-w", ".", cwd=tmp_path)
    (tmp_path / "A2.txt").unlink()
    (tmp_path / "A2.txt").mkdir()
    done = call("undo", cwd=tmp_path)
    assert done.returncode == 2
    assert b"A2.txt" in done.stderr
    assert b"1 restored" in done.stderr
    assert (tmp_path / "A1.txt").read_bytes() == DAMAGED.encode()


def test_the_bytes_are_on_the_disk_before_a_page_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "A1.txt"
    page.write_text(DAMAGED, "utf-8")
    order: list[str] = []
    real = os.fsync

    def seen(handle: int) -> None:
        order.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        real(handle)

    monkeypatch.setattr(os, "fsync", seen)
    call("fix", "-w", "A1.txt", cwd=tmp_path)
    folder = order.index(tmp_path.name)
    assert order.index(PACK) < folder
    assert order.index(LIST) < folder


def test_a_journal_that_fails_once_stops_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("A1.txt", "A2.txt"):
        (tmp_path / name).write_text(DAMAGED, "utf-8")
    real = Journal._pack
    turns: list[int] = []

    def full_once(self: Journal, files: Sequence[Replaced]) -> None:
        turns.append(len(files))
        if len(turns) == 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(self, files)

    monkeypatch.setattr(Journal, "_pack", full_once)
    done = call("fix", "-w", "--per-file", ".", cwd=tmp_path)
    assert done.returncode == 2
    assert all("," in (tmp_path / name).read_text("utf-8") for name in ("A1.txt", "A2.txt"))
    assert b"2 refused" in done.stderr
    assert b"applied" not in done.stderr
    assert call("undo", cwd=tmp_path).returncode == 2, "there is no run, and that is said"


def test_without_a_place_for_the_journal_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "A1.txt").write_text(DAMAGED, "utf-8")
    (tmp_path / ".state").touch()
    run = call("fix", "-w", "A1.txt", cwd=tmp_path)
    assert run.returncode == 2
    assert b"FIXNEWS_STATE" in run.stderr
    assert "," in (tmp_path / "A1.txt").read_text("utf-8")


def test_a_journal_is_not_forced_on_anybody(tmp_path: Path) -> None:
    (tmp_path / "A1.txt").write_text(DAMAGED, "utf-8")
    assert call("fix", "-w", "A1.txt", cwd=tmp_path, FIXNEWS_STATE="").returncode == 0
    assert "," not in (tmp_path / "A1.txt").read_text("utf-8")
