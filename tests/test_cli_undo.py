"""``fixnews undo``: every byte, mode and link as before, and never over somebody's work."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fixnews import journal
from fixnews.files import Write, write_all
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
    page = tmp_path / "A1.txt"
    page.write_bytes(b"0")
    for number in range(1, 7):
        run = journal.Journal(tmp_path / "state")
        run.folder = run.folder.with_name(f"run-{number}")
        write = Write(page, b"%d" % number)
        run.keep([write])
        write_all([write])
        run.close()
    assert [name for name, _ in journal.runs(tmp_path / "state")] == ["run-4", "run-5", "run-6"]


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
