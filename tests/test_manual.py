"""The manual covers every command, option and setting, and its pictures are ours and at hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from fixnews.cli import app
from fixnews.config import Config, as_table
from fixnews.review.prompt import HELP

DOCS = Path(__file__).parent.parent / "docs"
MANUAL = (DOCS / "manual.md").read_text("utf-8")


def commands(group: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every command by its full name."""
    for part, command in getattr(group, "commands", {}).items():
        full = f"{name} {part}".strip()
        if hasattr(command, "commands"):
            yield from commands(command, full)
        else:
            yield full, command


ALL = dict(commands(typer.main.get_command(app)))


@pytest.mark.parametrize("name", ALL)
def test_every_command_and_its_options(name: str) -> None:
    assert re.search(rf"^## .*fixnews {name}\b", MANUAL, re.MULTILINE)
    for parameter in ALL[name].params:
        for option in parameter.opts:
            if option.startswith("-"):
                assert re.search(rf"(?<![\w-]){option}(?![\w-])", MANUAL), option


@pytest.mark.parametrize("key", as_table(Config()))
def test_every_setting(key: str) -> None:
    assert f"`{key}`" in MANUAL.partition("## Configuration")[2]


def test_every_key_of_the_review() -> None:
    for key in re.findall(r"(?:^|  )(\S)  ", HELP, re.MULTILINE):
        assert f"`{key}`" in MANUAL


def test_pictures() -> None:
    pages = "".join(page.read_text("utf-8") for page in DOCS.rglob("*.md"))
    names = set(re.findall(r"\]\((?:\.\./)?(pictures/[^)]+)\)", pages))
    assert names == {f"pictures/{file.name}" for file in (DOCS / "pictures").iterdir()}
    for file in (DOCS / "pictures").glob("*.svg"):
        links = re.findall(r"https?://[^\"')]+", file.read_text("utf-8"))
        assert set(links) == {"http://www.w3.org/2000/svg"}
