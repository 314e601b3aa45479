"""The house: dependencies point one way, heavy packages live in one file each."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import fixnews

HOUSE = Path(fixnews.__file__).parent

FLOORS = (
    {"version", "errors"},
    {"source", "config", "files"},
    {"draft"},
    {"big5", "alphabet", "hashed", "variants", "assignment", "reading", "signs"},
    {"codec", "frequency"},
    {"lattice"},
    {"detection", "damage"},
    {"inverse"},
    {"encoding", "lexicon", "language", "page", "han", "markers", "cohesion", "forest"},
    {"phrases", "likeness", "channel", "completions", "judge", "habits"},
    {"suspects"},
    {"misreadings"},
    {"dictionary", "terms"},
    {"labels", "training"},
    {"fragments"},
    {"boundaries", "columns", "matching", "broken_markers", "seams", "marks"},
    {"filters"},
    {"correction"},
    {"pipeline"},
    {"api", "walk", "journal", "articles"},
    {"issue"},
    {"verdicts"},
    {"report", "review", "console", "keyboard"},
    {"prompt"},
    {"manpage"},
    {"options"},
    {"commands"},
    {"cli"},
)
"""From the ground up: a file may import from its own floor and those below."""

ONE_HOME = {"opencc": 1, "chardet": 1, "rapidfuzz": 1, "rjieba": 1}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(HOUSE.rglob("*.py")):
        name = path.relative_to(HOUSE).with_suffix("").as_posix()
        yield name, ast.parse(path.read_text("utf-8"))


def imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def floor(module: str) -> int | None:
    top = module.removeprefix("fixnews.").split(".")[0].split("/")[0]
    return next((n for n, names in enumerate(FLOORS) if top in names), None)


@pytest.mark.parametrize("name", [name for name, _ in modules()])
def test_dependencies_point_one_way(name: str) -> None:
    mine = floor(name)
    for target in imports(dict(modules())[name]):
        theirs = floor(target) if target.startswith("fixnews.") else None
        if mine is not None and theirs is not None:
            assert theirs <= mine, f"{name} imports {target} from a floor above"


@pytest.mark.parametrize("package", ONE_HOME)
def test_a_heavy_package_lives_in_one_file(package: str) -> None:
    users = [
        name for name, tree in modules() if package in {i.split(".")[0] for i in imports(tree)}
    ]
    assert len(users) <= ONE_HOME[package], users
