"""The action for GitHub does what it says, as far as it can be tried without GitHub."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"] if "name" in step}
BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c")
"""As a runner calls it."""

DAMAGED = "喜迎党代会,奋进新征程。\n"
CLEAN = "喜迎党代会，奋进新征程。\n"


def given(**inputs: str) -> dict[str, str]:
    """The variables of the step, as GitHub fills them."""
    told = {name: row["default"] for name, row in ACTION["inputs"].items()}
    told |= {name.replace("_", "-"): value for name, value in inputs.items()}
    return {name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: told[found[1]], value)
            for name, value in STEPS["Check"]["env"].items()}  # fmt: skip


def checked(folder: Path, page: str, **inputs: str) -> Any:
    """The step that checks, over folders with this page."""
    for name in ("issues", "头 版"):
        (folder / name).mkdir()
        (folder / name / "A1.txt").write_text(page, "utf-8")
    command = folder / "bin/fixnews"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m fixnews "$@"\n', "utf-8")
    command.chmod(0o755)
    environment = os.environ | given(**inputs) | {
        "PATH": os.pathsep.join((str(command.parent), os.environ["PATH"])),
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    script = STEPS["Check"]["run"]
    return subprocess.run(
        [*BASH, script], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_damage_is_annotated_and_fails(tmp_path: Path) -> None:
    done = checked(tmp_path, DAMAGED, paths="issues/")
    assert done.returncode == 1
    assert "file=issues/A1.txt,line=1" in done.stdout
    assert "PUN101" in done.stdout


@pytest.mark.parametrize(
    ("page", "given", "why"),
    [
        (CLEAN, {}, "nothing is damaged"),
        (DAMAGED, {"exit_zero": "true"}, "it shall never fail"),
        (DAMAGED, {"exit_zero": "true", "arguments": "--select PUN"}, "the same, with options"),
        (DAMAGED, {"arguments": "--select BRK,JMP"}, "other rules were asked for"),
    ],
)
def test_it_passes(tmp_path: Path, page: str, given: dict[str, str], why: str) -> None:
    done = checked(tmp_path, page, **given)
    assert done.returncode == 0, f"{why}: {done.stderr}"


PATHS = [
    ("", ["issues", "头 版"], "nothing is everything, not a page from nowhere"),
    (".", ["issues", "头 版"], "what holds where nothing is said"),
    ("issues/", ["issues"], "one folder"),
    ("头 版/", ["头 版"], "a name with a blank"),
    ("issues/\n头 版/\n", ["issues", "头 版"], "one a line"),
    ("*/A1.txt", ["issues", "头 版"], "a pattern"),
]


@pytest.mark.parametrize(("paths", "annotated", "why"), PATHS)
def test_the_paths_are_checked(tmp_path: Path, paths: str, annotated: list[str], why: str) -> None:
    done = checked(tmp_path, DAMAGED, paths=paths)
    assert done.returncode == 1, f"{why}: {done.stderr}"
    found = re.findall(r"file=(?:\./)?([^/,]+)/A1.txt", done.stdout)
    assert sorted(set(found)) == annotated, why


def test_a_path_that_is_not_there_fails(tmp_path: Path) -> None:
    done = checked(tmp_path, CLEAN, paths="issue/")
    assert done.returncode == 2
    assert "issue" in done.stderr


def test_it_installs_the_version_that_was_asked_for() -> None:
    assert STEPS["Install fixnews"]["run"].endswith('"$GITHUB_ACTION_PATH"')


def test_every_input_is_described_and_read() -> None:
    read = " ".join(STEPS["Check"]["env"].values())
    for name, told in ACTION["inputs"].items():
        assert told["description"]
        assert f"inputs.{name} " in read
