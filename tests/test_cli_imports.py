"""What starting up loads: heavy packages come only when a page needs them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SAY = "import sys; sys.stdout.write(' '.join(sys.modules))"


def loaded_by(code: str) -> set[str]:
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\n{SAY}"], capture_output=True, text=True, check=True
    )
    return {name.split(".")[0] for name in run.stdout.split()}


def test_version_is_answered_before_anything_is_loaded() -> None:
    modules = loaded_by("from fixnews.__main__ import main; main(['--version'])")
    assert "fixnews" in modules
    assert not modules & {"typer", "rich", "numpy", "chardet", "opencc", "rapidfuzz", "pathspec"}


HEAVY = [
    "numpy",
    "chardet",
    "opencc",
    "rapidfuzz",
    "rich",
    "pathspec",
    "dask",
    "distributed",
    "prompt_toolkit",
]


@pytest.mark.parametrize("package", [*HEAVY, "fsspec", "pyarrow", "zstandard"])
def test_the_command_line_itself_does_not_load(package: str) -> None:
    assert package not in loaded_by("import fixnews.cli")


def test_click_is_never_imported_by_name() -> None:
    assert "click" not in loaded_by("import fixnews.cli")


@pytest.mark.parametrize("command", ["fix", "check"])
def test_what_only_archives_need_is_not_loaded_for_a_page(tmp_path: Path, command: str) -> None:
    page = tmp_path / "A1.txt"
    page.write_text("喜迎党代会,奋进新征程", "utf-8")
    code = f"from fixnews.__main__ import main\ntry: main(['{command}', '-q', {str(page)!r}])"
    loaded = loaded_by(f"{code}\nexcept SystemExit: pass\n")
    assert not loaded & {"dask", "distributed", "fsspec", "pyarrow", "zstandard"}
    assert not loaded & {"pygls", "lsprotocol", "starlette", "uvicorn", "asyncio"}


@pytest.mark.parametrize("command", ["fix", "check", "diff", "review"])
def test_keys_are_only_read_where_there_is_a_terminal(tmp_path: Path, command: str) -> None:
    page = tmp_path / "A1.txt"
    page.write_text("喜迎党代会,奋进新征程", "utf-8")
    code = f"from fixnews.__main__ import main\ntry: main(['{command}', '-q', {str(page)!r}])"
    assert "prompt_toolkit" not in loaded_by(f"{code}\nexcept SystemExit: pass\n")


def test_the_corpus_command_loads_dask_last() -> None:
    assert "dask" not in loaded_by("import fixnews.commands.corpus")


@pytest.mark.parametrize("options", [[], ["--select", "PUN", "--select", "BRK"], ["--color=never"]])
def test_words_are_not_converted_to_words(tmp_path: Path, options: list[str]) -> None:
    page = tmp_path / "A1.txt"
    page.write_text("喜迎党代会,奋进新征程", "utf-8")
    code = (
        f"from fixnews.__main__ import main\ntry: main(['fix', '-q', *{options!r}, {str(page)!r}])"
    )
    assert "pydantic" not in loaded_by(f"{code}\nexcept SystemExit: pass\n")
