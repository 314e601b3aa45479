"""Runs that were killed: the next run leaves no page half done and no file behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fixnews import folders
from tests.toy import call

ROOT = Path(__file__).parent.parent

KILLED = """
import os, signal, sys
import fixnews.files, fixnews.filters
from tests import toy
real, turns = fixnews.files._put, []
def put(one, keeper):
    if len(turns) == int(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)
    turns.append(one)
    real(one, keeper)
fixnews.files._put, fixnews.filters.CHAIN = put, toy.CHAIN
toy.main(sys.argv[2:])
"""

JUMP = {"A1.txt": "头条◇\n", "C2.txt": "◆尾。\n", "D1.txt": "喜迎党代会,奋进\n"}
WHOLE = {"A1.txt": "头条尾。\n", "C2.txt": "\n", "D1.txt": "喜迎党代会，奋进\n"}


def killed(folder: Path, turn: int, code: str = KILLED) -> None:
    """A run that is killed before it puts the page of this turn in its place."""
    state = {"PYTHONPATH": str(ROOT), "FIXNEWS_STATE": str(folder / ".state")}
    run = subprocess.run(
        [sys.executable, "-c", code, str(turn), "fix", "-w", "."],
        cwd=folder,
        env=os.environ | state,
        capture_output=True,
        check=False,
    )
    assert run.returncode == -9, run.stderr.decode()


def fill(folder: Path) -> None:
    for name, text in JUMP.items():
        (folder / name).write_text(text, "utf-8")


def pages(folder: Path) -> dict[str, str]:
    return {name: (folder / name).read_text("utf-8") for name in JUMP}


def left(folder: Path) -> list[str]:
    return [p.name for p in folder.iterdir() if p.name.startswith(folders.TEMPORARY)]


@pytest.mark.parametrize("turn", [0, 1, 2])
def test_the_next_run_makes_a_torn_jump_whole(tmp_path: Path, turn: int) -> None:
    fill(tmp_path)
    killed(tmp_path, turn)
    assert pages(tmp_path) != WHOLE
    assert left(tmp_path), "a kill leaves its temporary files"
    run = call("fix", "-w", ".", cwd=tmp_path)
    assert run.returncode == 0, run.stderr.decode()
    assert pages(tmp_path) == WHOLE
    assert left(tmp_path) == []
    assert (b"taken back" in run.stderr) is (turn == 1), "the jump was written in part"


@pytest.mark.parametrize("turn", [0, 1, 2])
def test_a_killed_run_is_undone_whole(tmp_path: Path, turn: int) -> None:
    fill(tmp_path)
    killed(tmp_path, turn)
    assert call("undo", cwd=tmp_path).returncode == 0
    assert pages(tmp_path) == JUMP


@pytest.mark.parametrize("turn", [1, 2])
def test_both_runs_are_undone_one_after_the_other(tmp_path: Path, turn: int) -> None:
    fill(tmp_path)
    killed(tmp_path, turn)
    call("fix", "-w", ".", cwd=tmp_path)
    while call("undo", cwd=tmp_path).returncode == 0:
        pass
    assert pages(tmp_path) == JUMP


TORN = """
import os, signal, sys
import fixnews.files, fixnews.filters
from tests import toy
def torn(target, data, keeper):
    with target.open("r+b", buffering=0) as file:
        file.write(data[:int(sys.argv[1])])
        os.kill(os.getpid(), signal.SIGKILL)
fixnews.files._overwrite, fixnews.filters.CHAIN = torn, toy.CHAIN
toy.main(sys.argv[2:])
"""


@pytest.mark.parametrize("written", [1, 10, 20, 45])
@pytest.mark.parametrize("after", ["fix", "undo"])
def test_a_page_that_was_half_written_in_place_is_given_back(
    tmp_path: Path, written: int, after: str
) -> None:
    page = tmp_path / "A1.txt"
    page.write_text(JUMP["D1.txt"] * 2, "utf-8")
    os.link(page, tmp_path / "other name")
    killed(tmp_path, written, TORN)
    assert page.read_text("utf-8", errors="replace") != WHOLE["D1.txt"] * 2
    run = call(*(["undo"] if after == "undo" else ["fix", "-w", "."]), cwd=tmp_path)
    assert run.returncode == 0, run.stderr.decode()
    text = (JUMP if after == "undo" else WHOLE)["D1.txt"] * 2
    assert page.read_text("utf-8") == text
    assert page.samefile(tmp_path / "other name")


@pytest.mark.parametrize("written", [1, 10, 20, 45])
def test_an_undo_that_was_killed_within_a_page_is_done_by_the_next(
    tmp_path: Path, written: int
) -> None:
    page = tmp_path / "A1.txt"
    page.write_text(JUMP["D1.txt"] * 2, "utf-8")
    os.link(page, tmp_path / "other name")
    call("fix", "-w", ".", cwd=tmp_path)
    assert page.read_text("utf-8") == WHOLE["D1.txt"] * 2
    whole, old = page.read_bytes(), (JUMP["D1.txt"] * 2).encode()
    page.write_bytes(old[:written] + whole[written:])
    assert call("undo", cwd=tmp_path).returncode == 0
    assert page.read_bytes() == old


def test_a_run_that_is_at_work_is_left_alone(tmp_path: Path) -> None:
    from fixnews import journal, recovery
    from fixnews.files import Write, write_all

    page = tmp_path / "A1.txt"
    page.write_bytes(b"1")
    going = journal.Journal(tmp_path / ".state")
    write_all([Write(page, b"2")], going)
    recovery.recover(tmp_path / ".state")
    run = call("undo", cwd=tmp_path)
    assert run.returncode == 2
    assert b"still at work" in run.stderr
    going.close()
    assert call("undo", cwd=tmp_path).returncode == 0
    assert page.read_bytes() == b"1"


def test_two_runs_at_once_end_as_one(tmp_path: Path) -> None:
    for number in range(4):
        fill(tmp_path)
        (tmp_path / "D1.txt").write_text(JUMP["D1.txt"] * 2000, "utf-8")
        before = pages(tmp_path)
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "FIXNEWS_STATE": str(tmp_path / f".state{number}"),
        }
        command = [sys.executable, "-m", "tests.toy", "fix", "-q", "-w", "."]
        runs = [subprocess.Popen(command, cwd=tmp_path, env=environment) for _ in range(2)]
        assert {run.wait(60) for run in runs} <= {0, 2}
        assert pages(tmp_path) == {**WHOLE, "D1.txt": WHOLE["D1.txt"] * 2000}
        state = str(tmp_path / f".state{number}")
        while b"restored" in undone(tmp_path, state):
            pass
        assert pages(tmp_path) == before


def undone(folder: Path, state: str) -> bytes:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "FIXNEWS_STATE": state}
    command = [sys.executable, "-m", "tests.toy", "undo"]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, check=False
    ).stderr
