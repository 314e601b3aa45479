"""The command line from outside: what goes where, and with which exit code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.toy import SLEEP, call

ROOT = Path(__file__).parent.parent

DAMAGED = "喜迎党代会,奋进新征程\n"
REPAIRED = "喜迎党代会，奋进新征程\n"
CLEAN = "经济形势稳定。\n"
SUGGESTED = "形势稳注。\n"
NOTED = "待续\n"

ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT), "FIXNEWS_STATE": os.devnull}


def write(folder: Path, **pages: str) -> list[str]:
    for name, text in pages.items():
        (folder / f"{name}.txt").write_bytes(text.encode())
    return [f"{name}.txt" for name in pages]


class TestExitCodes:
    @pytest.mark.parametrize(
        ("arguments", "page", "code"),
        [
            (["fix"], CLEAN, 0),
            (["fix"], DAMAGED, 0),
            (["fix", "-w"], DAMAGED, 0),
            (["fix", "-w", "--exit-non-zero-on-fix"], DAMAGED, 1),
            (["fix", "-w", "--exit-non-zero-on-fix"], CLEAN, 0),
            (["fix", "-w", "--exit-non-zero-on-fix"], SUGGESTED, 0),
            (["check"], CLEAN, 0),
            (["check"], DAMAGED, 1),
            (["check"], SUGGESTED, 0),
            (["check", "--unsafe-fixes"], SUGGESTED, 1),
            (["check", "--unsafe-fixes", "--min-confidence", "0.8"], SUGGESTED, 0),
            (["check"], NOTED, 0),
            (["check", "--exit-zero"], DAMAGED, 0),
            (["check", "--ignore", "PUN"], DAMAGED, 0),
            (["check", "--select", "BRK"], DAMAGED, 0),
            (["check", "--select", "BRK,PUN101"], DAMAGED, 1),
            (["diff"], CLEAN, 0),
            (["diff"], DAMAGED, 1),
            (["diff"], SUGGESTED, 0),
            (["diff", "--exit-zero"], DAMAGED, 0),
            (["check", "--no-such-option"], CLEAN, 2),
            (["check", "--format", "xml"], CLEAN, 2),
            (["check", "--min-confidence", "2"], CLEAN, 2),
            (["check", "--select", "PUN999"], CLEAN, 2),
            (["check", "--encoding", "klingon"], CLEAN, 2),
            (["check", "missing.txt"], DAMAGED, 2),
            (["fix", "-w", "missing.txt"], DAMAGED, 2),
            (["fix", "missing.txt"], DAMAGED, 2),
        ],
    )
    @pytest.mark.parametrize("output_format", ["full", "jsonl"])
    def test_table(
        self, tmp_path: Path, arguments: Sequence[str], page: str, code: int, output_format: str
    ) -> None:
        write(tmp_path, A1=page)
        command, *options = arguments
        form = ["--format", output_format] if command == "check" else []
        assert call(command, *form, *options, "A1.txt", cwd=tmp_path).returncode == code

    def test_the_other_files_are_done_when_one_fails(self, tmp_path: Path) -> None:
        write(tmp_path, A1=DAMAGED)
        (tmp_path / "A2.txt").write_bytes("经济".encode("gbk")[:-1] + b"\xff\xff")
        run = call("fix", "-w", "A1.txt", "A2.txt", "A3.txt", cwd=tmp_path)
        assert run.returncode == 2
        assert (tmp_path / "A1.txt").read_text("utf-8") == REPAIRED
        assert b"A2.txt" in run.stderr
        assert b"A3.txt: no such file" in run.stderr


class TestStreams:
    @pytest.mark.parametrize("arguments", [[], ["-"], ["fix"], ["fix", "-"]])
    def test_a_pipe_is_repaired(self, tmp_path: Path, arguments: list[str]) -> None:
        run = call(*arguments, cwd=tmp_path, stdin=DAMAGED.encode())
        assert run.stdout == REPAIRED.encode()
        assert run.returncode == 0

    def test_one_page_goes_to_stdout_and_nothing_else_does(self, tmp_path: Path) -> None:
        write(tmp_path, A1=DAMAGED + SUGGESTED + NOTED)
        run = call("fix", "A1.txt", "--diff", "-v", cwd=tmp_path)
        assert run.stdout == (REPAIRED + SUGGESTED + NOTED).encode()
        assert b"1 applied, 1 suggested, 1 noted" in run.stderr
        assert "+喜迎党代会，".encode() in run.stderr

    def test_quiet_is_quiet(self, tmp_path: Path) -> None:
        write(tmp_path, A1=DAMAGED)
        assert call("fix", "-q", "A1.txt", cwd=tmp_path).stderr == b""

    def test_several_pages_need_a_destination(self, tmp_path: Path) -> None:
        run = call("fix", *write(tmp_path, A1=DAMAGED, A2=CLEAN), cwd=tmp_path)
        assert run.returncode == 2
        assert run.stdout == b""
        assert b"-o DIR" in run.stderr

    def test_write_and_show(self, tmp_path: Path) -> None:
        write(tmp_path, A1=DAMAGED)
        run = call("fix", "-w", "--diff", "A1.txt", cwd=tmp_path)
        assert (tmp_path / "A1.txt").read_bytes() == REPAIRED.encode()
        assert run.stdout.startswith(b"--- a/A1.txt\n+++ b/A1.txt\n@@ -1,1 +1,1 @@\n")

    def test_stdout_is_utf_8_unless_told_otherwise(self, tmp_path: Path) -> None:
        page = DAMAGED.encode("gb18030")
        common = ("fix", "--encoding", "gb18030")
        assert call(*common, cwd=tmp_path, stdin=page).stdout == REPAIRED.encode()
        kept = call(*common, "--output-encoding", "keep", cwd=tmp_path, stdin=page).stdout
        assert kept == REPAIRED.encode("gb18030")

    def test_write_keeps_the_encoding_unless_told_otherwise(self, tmp_path: Path) -> None:
        file = tmp_path / "A1.txt"
        for extra, encoding in ((), "gb18030"), (("--output-encoding", "utf-8"), "utf-8"):
            file.write_bytes(DAMAGED.encode("gb18030"))
            call("fix", "-w", "--encoding", "gb18030", *extra, "A1.txt", cwd=tmp_path)
            assert file.read_bytes() == REPAIRED.encode(encoding)

    def test_no_color_in_a_pipe(self, tmp_path: Path) -> None:
        write(tmp_path, A1=DAMAGED)
        assert b"\x1b" not in call("check", "A1.txt", cwd=tmp_path).stdout

    def test_the_name_of_standard_input(self, tmp_path: Path) -> None:
        named = ("check", "--format", "concise", "--stdin-filename", "A1.txt")
        run = call(*named, cwd=tmp_path, stdin=DAMAGED.encode())
        assert run.stdout.startswith(b"A1.txt:1:6: PUN101")


class TestFolders:
    def test_output_keeps_the_folders_below_what_was_given(self, tmp_path: Path) -> None:
        for name in ("in/0201", "in/0202"):
            (tmp_path / name).mkdir(parents=True)
            write(tmp_path / name, A1=DAMAGED)
        call("fix", "in", "-o", "out", cwd=tmp_path)
        for name in ("0201", "0202"):
            assert (tmp_path / "out" / name / "A1.txt").read_text("utf-8") == REPAIRED

    def test_output_of_files_is_flat(self, tmp_path: Path) -> None:
        (tmp_path / "in").mkdir()
        write(tmp_path / "in", A1=DAMAGED, A2=CLEAN)
        run = call("fix", "in/A1.txt", "in/A2.txt", "-o", "out", cwd=tmp_path)
        assert run.returncode == 0
        names = sorted(p.name for p in (tmp_path / "out").iterdir())
        assert names == [".fixnews-written", "A1.txt", "A2.txt"]

    def test_output_onto_itself_is_refused(self, tmp_path: Path) -> None:
        write(tmp_path, A1=DAMAGED)
        run = call("fix", "A1.txt", "-o", ".", cwd=tmp_path)
        assert run.returncode == 2
        assert b"-w" in run.stderr
        assert (tmp_path / "A1.txt").read_text("utf-8") == DAMAGED

    @pytest.mark.parametrize("per_file", [False, True])
    def test_the_files_of_one_folder_are_one_issue(self, tmp_path: Path, per_file: bool) -> None:
        write(tmp_path, A1="头条◇\n", C2="◆尾。\n")
        flags = ["--per-file"] if per_file else []
        call("fix", "-w", *flags, ".", cwd=tmp_path)
        a1, c2 = ((tmp_path / name).read_text("utf-8") for name in ("A1.txt", "C2.txt"))
        assert (a1, c2) == (("头条◇\n", "◆尾。\n") if per_file else ("头条尾。\n", "\n"))

    def test_the_pages_of_a_jump_are_written_all_or_none(self, tmp_path: Path) -> None:
        write(tmp_path, A1="头条◇\n", C2="◆尾€。\n".replace("€", "𠮷"))
        (tmp_path / "A1.txt").write_bytes("头条◇\n".encode("gb2312"))
        pages = {name: (tmp_path / name).read_bytes() for name in ("A1.txt", "C2.txt")}
        run = call("fix", "-w", "--encoding", "gb2312", ".", cwd=tmp_path)
        assert run.returncode == 2
        assert pages == {name: (tmp_path / name).read_bytes() for name in pages}

    def test_what_is_no_text_is_passed_over_aloud(self, tmp_path: Path) -> None:
        write(tmp_path, A1=DAMAGED, B1="\0" + DAMAGED)
        run = call("fix", "-w", ".", cwd=tmp_path)
        assert run.returncode == 0
        assert b"B1.txt: passed over" in run.stderr
        assert (tmp_path / "B1.txt").read_text("utf-8") == "\0" + DAMAGED
        assert b"passed over" not in call("fix", "-w", "-q", ".", cwd=tmp_path).stderr
        assert call("fix", "B1.txt", cwd=tmp_path).stdout.decode() == "\0" + REPAIRED


class TestRows:
    def rows(self, folder: Path, *arguments: str) -> list[dict[str, Any]]:
        run = call("check", "--format", "jsonl", *arguments, cwd=folder)
        return [json.loads(line) for line in run.stdout.splitlines()]

    def test_fields_and_places(self, tmp_path: Path) -> None:
        write(tmp_path, A1="头版\r\n" + DAMAGED)
        (row,) = self.rows(tmp_path, "A1.txt")
        assert row == {
            "path": "A1.txt",
            "line": 2,
            "column": 6,
            "end_line": 2,
            "end_column": 7,
            "code": "PUN101",
            "name": "half-width",
            "before": ",",
            "after": "，",
            "safety": "safe",
            "confidence": 0.99,
            "message": "a half-width comma",
            "applied": True,
        }

    def test_a_move_says_where_it_went(self, tmp_path: Path) -> None:
        write(tmp_path, A1="头条◇\n", C2="\n◆尾。\n")
        (move,) = (row for row in self.rows(tmp_path, ".") if "to_path" in row)
        assert (move["path"], move["line"]) == ("C2.txt", 2)
        assert (move["to_path"], move["to_line"], move["to_column"]) == ("A1.txt", 1, 3)

    def test_json_is_one_array(self, tmp_path: Path) -> None:
        write(tmp_path, A1=DAMAGED * 2, A2=CLEAN)
        assert len(json.loads(call("check", "--format", "json", ".", cwd=tmp_path).stdout)) == 2
        assert json.loads(call("check", "--format", "json", "A2.txt", cwd=tmp_path).stdout) == []


class TestRules:
    def test_rules_and_explain(self, tmp_path: Path) -> None:
        assert b"PUN101  half-width" in call("rules", cwd=tmp_path).stdout
        for name in ("PUN101", "pun101", "half-width"):
            told = call("explain", name, cwd=tmp_path).stdout.decode()
            assert "Before:\n\n    喜迎党代会,奋进新征程。" in told
            assert "After:\n\n    喜迎党代会，奋进新征程。" in told

    def test_a_form_that_is_no_list_is_refused(self, tmp_path: Path) -> None:
        run = call("rules", "--format", "sarif", cwd=tmp_path)
        assert (run.returncode, run.stdout) == (2, b"")
        assert call("rules", "--format", "jsonl", cwd=tmp_path).stdout.count(b"\n") == 5

    def test_an_unknown_rule_names_the_nearest(self, tmp_path: Path) -> None:
        run = call("explain", "PUN10", cwd=tmp_path)
        assert run.returncode == 2
        assert b"PUN101" in run.stderr


@pytest.mark.slow
def test_several_processes_say_the_same_as_one(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / name).mkdir()
        write(tmp_path / name, A1=DAMAGED)
    write(tmp_path, A1=CLEAN)
    runs = [call("check", "-j", n, ".", cwd=tmp_path) for n in ("1", "2")]
    assert runs[0] == runs[1]
    assert runs[0].returncode == 1


def test_interrupt(tmp_path: Path) -> None:
    write(tmp_path, A1=DAMAGED + SLEEP)
    command = [sys.executable, "-m", "tests.toy", "fix", "-w", "A1.txt"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=ENVIRONMENT, stderr=subprocess.PIPE
    ) as process:
        assert process.stderr
        assert process.stderr.readline() == b"asleep\n"
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=60)
    assert process.returncode == -signal.SIGINT, "which a shell calls 130, and ends its loop"
    assert b"Traceback" not in stderr
    assert [path.name for path in tmp_path.iterdir()] == ["A1.txt"]
    assert (tmp_path / "A1.txt").read_text("utf-8") == DAMAGED + SLEEP


def test_a_pipe_that_closes_early(tmp_path: Path) -> None:
    write(tmp_path, A1=DAMAGED * 50_000)
    tool = f"{sys.executable} -m tests.toy"
    for command in ("fix A1.txt", "check A1.txt", "diff A1.txt"):
        line = f"{tool} {command} | head -1; echo ${{PIPESTATUS[0]}}"
        run = subprocess.run(
            ["bash", "-c", line], cwd=tmp_path, env=ENVIRONMENT, capture_output=True, check=True
        )
        assert b"Traceback" not in run.stderr
        assert b"Broken pipe" not in run.stderr
        assert run.stdout.split()[-1] in (b"0", b"1")
