"""Processes side by side: the same answers, and a process that dies costs one issue at most."""

from __future__ import annotations

import os
import signal
from functools import partial
from pathlib import Path

import pytest

from fixnews.commands.crew import shared
from fixnews.processors import allowed
from tests.toy import call

DAMAGED = "喜迎党代会,奋进新征程\n"


def work(issue: tuple[Path, ...], deaths: Path, killer: str, lives: int) -> str:
    """Repair an issue; the killer's process dies as often as it is told to."""
    name = issue[0].name
    if name == killer and len(list(deaths.iterdir())) < lives:
        (deaths / str(os.getpid())).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return name


def lost(issue: tuple[Path, ...]) -> str:
    return f"{issue[0].name} lost"


ISSUES = [(Path(f"{n}"),) for n in range(12)]


@pytest.mark.parametrize("processes", [2, 3])
@pytest.mark.parametrize("killer", ["0", "5", "11"])
def test_a_process_that_dies_once_costs_nothing(
    tmp_path: Path, processes: int, killer: str
) -> None:
    job = partial(work, deaths=tmp_path, killer=killer, lives=1)
    told = list(shared(ISSUES, job, lost, processes))  # type: ignore[arg-type]
    assert told == [issue[0].name for issue in ISSUES]


@pytest.mark.parametrize("killer", ["0", "5", "11"])
def test_an_issue_that_kills_its_process_again_is_named_and_the_rest_done(
    tmp_path: Path, killer: str
) -> None:
    job = partial(work, deaths=tmp_path, killer=killer, lives=99)
    told = list(shared(ISSUES, job, lost, 2))  # type: ignore[arg-type]
    names = [issue[0].name for issue in ISSUES]
    assert told == [f"{name} lost" if name == killer else name for name in names]


@pytest.mark.slow
def test_a_worker_that_is_killed_is_said_and_the_others_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fixnews.commands import job

    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "A1.txt").write_text(DAMAGED, "utf-8")
    real = job.mend

    def deadly(paths: tuple[Path, ...], *given: object, **settings: object) -> object:
        if paths[0].parent.name == "b":
            os.kill(os.getpid(), signal.SIGKILL)
        return real(paths, *given, **settings)  # type: ignore[arg-type]

    monkeypatch.setattr(job, "mend", deadly)
    run = call("fix", "-w", "-j", "2", ".", cwd=tmp_path)
    assert run.returncode == 2
    assert b"b/A1.txt: left as it is: the process that repaired it was killed, twice" in run.stderr
    assert run.stderr.decode().splitlines()[-1] == "3 seen, 2 repaired, 0 passed over, 1 refused"
    commas = {n: "," in (tmp_path / n / "A1.txt").read_text("utf-8") for n in ("a", "b", "c")}
    assert commas == {"a": False, "b": True, "c": False}


@pytest.mark.parametrize(
    ("own", "files", "processors"),
    [
        ("0::/box/job\n", {"box/cpu.max": "100000 100000"}, 1),
        ("0::/box/job\n", {"box/job/cpu.max": "50000 100000", "box/cpu.max": "max 100000"}, 1),
        ("0::/\n", {"cpu.max": "110000 100000"}, 2),
        (
            "4:cpu,cpuacct:/box\n",
            {"cpu,cpuacct/box/cpu.cfs_quota_us": "100000",
             "cpu,cpuacct/box/cpu.cfs_period_us": "100000"},
            1,
        ),
        (
            "4:cpu,cpuacct:/box\n",
            {"cpu,cpuacct/box/cpu.cfs_quota_us": "-1",
             "cpu,cpuacct/box/cpu.cfs_period_us": "100000"},
            8,
        ),
        ("2:memory:/box\n", {"memory/box/cpu.cfs_quota_us": "100000"}, 8),
        ("", {}, 8),
    ],
)  # fmt: skip
def test_a_container_uses_what_it_was_given(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    own: str,
    files: dict[str, str],
    processors: int,
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)))
    (tmp_path / "own").write_text(own, "utf-8")
    for name, text in files.items():
        path = tmp_path / "fs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert allowed(tmp_path / "fs", tmp_path / "own") == processors
