"""The hooks under pre-commit itself, in a scratch repository.

They run with the toy chain and the interpreter at hand instead of an environment of their own;
everything else is as `.pre-commit-hooks.yaml` says.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent

pytest.importorskip("pre_commit", reason="pre-commit is not installed")
yaml = pytest.importorskip("yaml", reason="pre-commit brings PyYAML")

HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))

DAMAGED = "喜迎党代会,奋进新征程\n"
REPAIRED = "喜迎党代会，奋进新征程\n"


class Repository:
    def __init__(self, folder: Path, *hooks: str) -> None:
        self.folder = folder
        self.environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "FIXNEWS_STATE": str(folder / ".git" / "fixnews"),
            "PRE_COMMIT_HOME": str(folder / ".git" / "pre-commit"),
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            **{f"GIT_{who}_{what}": "t@example.org" for who in ("AUTHOR", "COMMITTER")
               for what in ("NAME", "EMAIL")},
        }  # fmt: skip
        self.git("init", "-q")
        entries = [self.local(hook) for hook in HOOKS if hook["id"] in hooks]
        config = {"repos": [{"repo": "local", "hooks": entries}]}
        (folder / ".pre-commit-config.yaml").write_text(json.dumps(config), "utf-8")
        self.run(sys.executable, "-m", "pre_commit", "install")
        self.git("add", ".pre-commit-config.yaml")

    @staticmethod
    def local(hook: dict[str, Any]) -> dict[str, Any]:
        command = hook["entry"].removeprefix("fixnews")
        return hook | {"entry": f"{sys.executable} -m tests.toy{command}", "language": "system"}

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run("git", *arguments)

    def write(self, text: str) -> None:
        (self.folder / "A1.txt").write_text(text, "utf-8")

    def read(self) -> str:
        return (self.folder / "A1.txt").read_text("utf-8")

    def commit(self) -> subprocess.CompletedProcess[str]:
        return self.git("commit", "-m", "a page")


@pytest.mark.slow
def test_report_then_repair_then_commit(tmp_path: Path) -> None:
    repository = Repository(tmp_path, "fixnews", "fixnews-fix")
    repository.write(DAMAGED)
    repository.git("add", ".")

    first = repository.commit()
    assert first.returncode == 1
    assert "A1.txt" in first.stderr
    assert "PUN101" in first.stderr
    assert "+喜迎党代会，奋进新征程" in first.stderr
    assert "files were modified by this hook" in first.stderr
    assert repository.read() == REPAIRED

    repository.git("add", ".")
    second = repository.commit()
    assert second.returncode == 0, second.stderr
    assert repository.git("show", "HEAD:A1.txt").stdout == REPAIRED


@pytest.mark.slow
def test_the_reporting_hook_never_writes(tmp_path: Path) -> None:
    repository = Repository(tmp_path, "fixnews")
    repository.write(DAMAGED)
    repository.git("add", ".")
    assert repository.commit().returncode == 1
    assert repository.read() == DAMAGED


@pytest.mark.slow
def test_unstaged_hunks_are_left_alone(tmp_path: Path) -> None:
    repository = Repository(tmp_path, "fixnews-fix")
    middle = "".join(f"第{n}行。\n" for n in range(20))
    repository.write(f"{DAMAGED}{middle}尾\n")
    repository.git("add", ".")
    repository.write(f"{DAMAGED}{middle}未定,稿\n")

    assert repository.commit().returncode == 1
    assert repository.read() == f"{REPAIRED}{middle}未定,稿\n"
    staged = repository.git("show", ":A1.txt").stdout
    assert staged == f"{DAMAGED}{middle}尾\n"


def test_only_the_fixing_hook_writes() -> None:
    entries = {hook["id"]: hook["entry"] for hook in HOOKS}
    assert "--write" not in entries["fixnews"]
    assert "--write" in entries["fixnews-fix"]
    assert all(" --per-file" in entry for entry in entries.values())
    assert all(hook["require_serial"] for hook in HOOKS)
