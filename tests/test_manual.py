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

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
MANUAL = (DOCS / "manual.md").read_text("utf-8")
CHINESE = (DOCS / "zh-CN" / "manual.md").read_text("utf-8")
MANUALS = {"en": (MANUAL, "## Configuration"), "zh-CN": (CHINESE, "## 配置")}

each_manual = pytest.mark.parametrize("tag", MANUALS)


def commands(group: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every command by its full name."""
    for part, command in getattr(group, "commands", {}).items():
        full = f"{name} {part}".strip()
        if hasattr(command, "commands"):
            yield from commands(command, full)
        else:
            yield full, command


ALL = dict(commands(typer.main.get_command(app)))


@each_manual
@pytest.mark.parametrize("name", ALL)
def test_every_command_and_its_options(tag: str, name: str) -> None:
    manual, _ = MANUALS[tag]
    assert re.search(rf"^## .*fixnews {name}\b", manual, re.MULTILINE)
    for parameter in ALL[name].params:
        for option in parameter.opts:
            if option.startswith("-"):
                assert re.search(rf"(?<![\w-]){option}(?![\w-])", manual, re.ASCII), option


@each_manual
@pytest.mark.parametrize("key", as_table(Config()))
def test_every_setting(tag: str, key: str) -> None:
    manual, settings = MANUALS[tag]
    assert f"`{key}`" in manual.partition(settings)[2]


@each_manual
def test_every_key_of_the_review(tag: str) -> None:
    for key in re.findall(r"(?:^|  )(\S)  ", HELP, re.MULTILINE):
        assert f"`{key}`" in MANUALS[tag][0]


LARGEST = 200_000
"""Bytes of the largest picture: a page of the manual shows several."""

PAGES = [ROOT / "README.md", ROOT / "README.zh-CN.md", *DOCS.rglob("*.md")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert (page.parent / link).exists(), link


def test_pictures() -> None:
    pages = "".join(page.read_text("utf-8") for page in DOCS.rglob("*.md"))
    names = set(re.findall(r"\]\((?:\.\./)?(pictures/[^)]+)\)", pages))
    files = [file for file in (DOCS / "pictures").rglob("*") if file.is_file()]
    assert names == {file.relative_to(DOCS).as_posix() for file in files}
    assert all(file.stat().st_size < LARGEST for file in files)
    for file in (file for file in files if file.suffix == ".svg"):
        links = re.findall(r"https?://[^\"')]+", file.read_text("utf-8"))
        assert set(links) == {"http://www.w3.org/2000/svg"}
