"""`fixnews corpus` from outside: what it says, its exit codes, and ^C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.archives import DAMAGED, lines, state, written

ROOT = Path(__file__).parents[1]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT)}

PROSE = "本报讯 全市中小学昨日开学,各校门口秩序井然,家长们早早来到学校门口。" * 40


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "fixnews", "corpus", *map(str, arguments)]


def called(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    call = command(*arguments)
    return subprocess.run(
        call, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )


def an_archive(folder: Path, pages: int = 12) -> None:
    rows = [{"id": str(n), "text": f"{PROSE}{n}"} for n in range(pages)]
    written(folder, {"a.jsonl": lines(rows)})


@pytest.mark.slow
def test_a_run_says_what_it_did_and_where_to_look(tmp_path: Path) -> None:
    written(tmp_path, {"a.jsonl": lines([{"text": DAMAGED}]) + '{"text": "cut off\n', "b.doc": "x"})
    run = called(tmp_path, "a.jsonl", "-o", "out", "-j", "1")
    assert run.returncode == 2
    assert run.stdout == ""
    said = run.stderr.splitlines()
    assert said[0].startswith("fixnews: a.jsonl:2: no JSON object: Unterminated string")
    assert said[1].startswith("a.jsonl/000000: 1 pages, 1 repaired, ")
    assert said[2].startswith("1 pages seen, 1 repaired, 0 untouched, 1 lines or files that are no")
    assert "summary.html: open it in a browser" in said[3]


WRONG: dict[str, tuple[Sequence[str], str]] = {
    "no target": (["a.jsonl"], "no folder to write to (name one with -o)"),
    "no source": (["-o", "out"], "SOURCE"),
    "nothing there": (["missing", "-o", "out"], "missing: no such file or folder"),
    "an unknown rule": (["a.jsonl", "-o", "out", "--select", "XYZ"], "no rule begins with 'XYZ'"),
    "an unknown form": (["a.jsonl", "-o", "out", "--corrections", "xml"], "jsonl, parquet"),
    "no address": (["a.jsonl", "-o", "out", "--scheduler", "here"], "no address"),
    "a target that is an address": (["a.jsonl", "-o", "s3://a/b"], "an address, no folder"),
    "an unknown address": (["xyz://a", "-o", "out"], "xyz"),
}


@pytest.mark.parametrize(("arguments", "words"), WRONG.values(), ids=WRONG)
def test_what_makes_no_sense_is_exit_2(
    tmp_path: Path, arguments: Sequence[str], words: str
) -> None:
    an_archive(tmp_path, 1)
    run = called(tmp_path, *arguments)
    assert run.returncode == 2
    assert words in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.slow
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_leaves_what_is_written_whole_and_the_next_call_goes_on(
    tmp_path: Path, sign: signal.Signals
) -> None:
    an_archive(tmp_path)
    call = command("a.jsonl", "-o", "out", "-j", "1", "--shard-size", "0.005")
    with subprocess.Popen(
        call, cwd=tmp_path, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    ) as run:  # fmt: skip
        assert run.stderr
        first = run.stderr.readline()
        os.killpg(run.pid, signal.SIGINT) if sign == signal.SIGINT else run.send_signal(sign)
        said = run.stderr.read()
    assert (run.returncode, first[:8]) == (-signal.SIGINT, "a.jsonl/"), said
    assert "the same call goes on from there" in said
    assert "Traceback" not in said
    again = called(tmp_path, "a.jsonl", "-o", "out", "-j", "1", "--shard-size", "0.005")
    assert first not in again.stderr
    fresh = called(tmp_path, "a.jsonl", "-o", "fresh", "-j", "1", "--shard-size", "0.005")
    assert (again.returncode, fresh.returncode) == (0, 0)
    assert state(tmp_path / "out") == state(tmp_path / "fresh")
