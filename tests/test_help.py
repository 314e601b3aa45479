"""The help fits a screen and hides nothing; the shell knows what may come next."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.toy import RULES, call

ROOT = Path(__file__).parent.parent
SCREEN = 23
"""Lines of a terminal of 24 above its prompt."""


DAILY = ("fix", "check", "diff", "review", "undo", "articles", "corpus")


def shown(*arguments: str, cwd: Path) -> list[str]:
    run = call(*arguments, cwd=cwd, COLUMNS="80")
    assert run.returncode in (0, 2)
    return (run.stdout or run.stderr).decode().rstrip("\n").split("\n")


@pytest.mark.parametrize(
    "command", ["", "fix", "check", "diff", "review", "order", "damage", "rules", "undo", "corpus"]
)
def test_one_screen(tmp_path: Path, command: str) -> None:
    lines = shown(*command.split(), "--help", cwd=tmp_path)
    assert len(lines) <= SCREEN
    assert max(map(len, lines)) < 80


@pytest.mark.parametrize(
    "command", ["fix", "check", "diff", "review", "order", "damage", "rules", "corpus"]
)
def test_examples_and_every_option_by_name(tmp_path: Path, command: str) -> None:
    short, full = ("\n".join(shown(command, word, cwd=tmp_path)) for word in ("-h", "--help-all"))
    assert f"\n  fixnews {command} " in short
    names = {word for word in full.replace(",", " ").split() if word.startswith("--")}
    assert len(names) > 2
    for name in names:
        assert name in short, name


def test_every_command_is_listed_and_none_is_cut_short(tmp_path: Path) -> None:
    text = "\n".join(shown("--help", cwd=tmp_path))
    for command in (*DAILY, "order", "damage", "rules", "explain", "config", "dict"):
        assert f"\n  {command} " in text
    assert "..." not in text.partition("\n")[2]


def offered(words: str, folder: Path) -> list[str]:
    environment = os.environ | {
        "PYTHONPATH": str(ROOT), "_FIXNEWS_COMPLETE": "complete_bash",
        "COMP_WORDS": words, "COMP_CWORD": str(len(words.split(" ")) - 1),
        "FIXNEWS_STATE": str(folder / ".state"),
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.toy"]
    run = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return run.stdout.split()


@pytest.mark.parametrize(
    ("words", "offers"),
    [
        ("fixnews re", ["review"]),
        ("fixnews check --sta", ["--statistics"]),
        ("fixnews check --format sa", ["sarif"]),
        ("fixnews order --format s", ["svg"]),
        ("fixnews diff --color ", ["auto", "always", "never"]),
        ("fixnews check --group-by r", ["rule"]),
        ("fixnews fix --select J", ["JMP", "JMP101", "JMP201"]),
        ("fixnews explain OC", ["OCR", "OCR101"]),
    ],
)
def test_completion(tmp_path: Path, words: str, offers: list[str]) -> None:
    assert offered(words, tmp_path) == offers
    assert {code for code in offers if code.endswith("01")} <= {rule.code for rule in RULES}


def test_completion_of_runs(tmp_path: Path) -> None:
    (tmp_path / "A1.txt").write_text("党代会,好。\n", "utf-8")
    call("fix", "-w", "A1.txt", cwd=tmp_path)
    name = call("undo", "--list", cwd=tmp_path).stdout.decode().split()[0]
    assert offered("fixnews undo ", tmp_path) == [name]
