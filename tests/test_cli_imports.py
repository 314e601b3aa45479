"""What starting up loads: heavy packages come only when a page needs them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SAY = "import sys; sys.stdout.write(' '.join(sys.modules))"


def modules_of(code: str) -> set[str]:
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\n{SAY}"], capture_output=True, text=True, check=True
    )
    return set(run.stdout.split())


def loaded_by(code: str) -> set[str]:
    return {name.split(".")[0] for name in modules_of(code)}


def run_of(*arguments: str) -> str:
    """The code of a whole call of the command line."""
    start = "from fixnews.__main__ import main"
    return f"{start}\ntry: main({list(arguments)!r})\nexcept SystemExit: pass"


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
    assert "pydantic" not in loaded_by(run_of("fix", "-q", *options, str(page)))


TEXT = {"formats", "formats.declared", "formats.gzipped", "formats.on_disk", "formats.setting"}
"""Rooms that say that a page is plain text, and how one that is none would be set as such."""

SHOWN = {"report", "report.cells", "report.paint", "report.passages", "report.stacked"}
"""Rooms of what people are shown."""

ELSEWHERE = (
    "article", "browser", "corpus", "damage", "editor", "formats", "order", "recovery", "report",
    "review",
)  # fmt: skip
"""Rooms of which a page of plain text needs few, or none."""

TWO_LINES = "喜迎党代会,奋进新征程\n本报讯(记者王小明)昨日,我市召开大会。\n"


CALLS = {
    "fix -q": TEXT,
    "check -q": TEXT | SHOWN,
    "check -q --format jsonl": TEXT | SHOWN | {"report.machines", "report.records"},
    "diff -q": TEXT | SHOWN | {"report.unified"},
}


@pytest.mark.parametrize("call", CALLS)
def test_a_page_of_plain_text_loads_no_other_rooms(tmp_path: Path, call: str) -> None:
    page = tmp_path / "A1.txt"
    page.write_text(TWO_LINES, "utf-8")
    found = rooms_in(modules_of(run_of(*call.split(), str(page))))
    assert {room for room in found if room.split(".")[0] in ELSEWHERE} <= CALLS[call]


def test_the_library_loads_no_other_rooms_for_a_text() -> None:
    found = rooms_in(modules_of(f"import fixnews; fixnews.fix({TWO_LINES!r})"))
    assert {room for room in found if room.split(".")[0] in ELSEWHERE} <= TEXT
    assert not {"options", "calling", "console", "manpage", "commands"} & found


def rooms_in(modules: set[str]) -> set[str]:
    return {name.removeprefix("fixnews.") for name in modules if name.startswith("fixnews.")}


BEHIND = ["decimal", "difflib", "gzip", "html", "secrets", "statistics", "tomllib"]
"""Parts of Python's own library that few pages need, and each some thousandths of a second."""


def test_what_few_texts_need_is_not_loaded() -> None:
    loaded = modules_of("import fixnews; fixnews.fix('今年4月以来,全市共受理3600件。')")
    assert not loaded & {*BEHIND, "numpy.ma", "rjieba", "rapidfuzz", "chardet", "opencc"}
