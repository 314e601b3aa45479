"""What starting up loads: heavy packages come only when a page needs them."""

from __future__ import annotations

import subprocess
import sys

import pytest

SAY = "import sys; sys.stdout.write(' '.join(sys.modules))"


def loaded_by(code: str) -> set[str]:
    run = subprocess.run(
        [sys.executable, "-c", f"{code}; {SAY}"], capture_output=True, text=True, check=True
    )
    return {name.split(".")[0] for name in run.stdout.split()}


def test_version_is_answered_before_anything_is_loaded() -> None:
    modules = loaded_by("from fixnews.__main__ import main; main(['--version'])")
    assert "fixnews" in modules
    assert not modules & {"typer", "rich", "numpy", "chardet", "opencc", "rapidfuzz", "pathspec"}


@pytest.mark.parametrize("package", ["numpy", "chardet", "opencc", "rapidfuzz", "rich", "pathspec"])
def test_the_command_line_itself_does_not_load(package: str) -> None:
    assert package not in loaded_by("import fixnews.cli")


def test_click_is_never_imported_by_name() -> None:
    assert "click" not in loaded_by("import fixnews.cli")
