"""The map of the house: docs/design.md leads a newcomer to files that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import fixnews

HOUSE = Path(fixnews.__file__).parent
ROOT = HOUSE.parent
PAGE = ROOT / "docs" / "design.md"

QUESTIONS = 10
"""What a newcomer asks at least."""

NO_ROOMS = {"__init__.py", "__main__.py", "__pycache__", "models", "py.typed", "version.py"}
"""What lies in the house and is no room."""

pytestmark = pytest.mark.skipif(not PAGE.is_file(), reason="an installed package has no docs")


def table(heading: str) -> list[list[str]]:
    """The cells of the first table behind a heading, without its head."""
    lines = PAGE.read_text("utf-8").split(heading, 1)[1].split("\n")
    first = next(n for n, line in enumerate(lines) if line.startswith("|"))
    rows = (line for line in lines[first + 2 :])
    told = [row.strip("|").split("|") for row in iter(lambda: next(rows, ""), "")]
    return [[cell.strip() for cell in row] for row in told]


def paths(cell: str) -> list[str]:
    return [
        name
        for name in re.findall("`([^` ]+)`", cell)
        if "/" in name or name.endswith((".py", ".md", ".toml", ".tsv"))
    ]


def found(path: str) -> bool:
    """Whether a path of the page leads somewhere; the CODE of a rule stands for each."""
    pattern = path.replace("CODE", "*").rstrip("/")
    return any(any(base.glob(pattern)) for base in (HOUSE, ROOT))


def test_a_question_is_answered_by_a_path() -> None:
    questions = table("## Where do I change …?")
    assert len(questions) >= QUESTIONS
    assert not [question for question, answer in questions if not paths(answer)]


@pytest.mark.parametrize("heading", ["## One way through", "## Where do I change …?"])
def test_every_path_is_there(heading: str) -> None:
    named = [path for row in table(heading) for cell in row for path in paths(cell)]
    assert named
    assert not [path for path in named if not found(path)]


def test_a_path_that_is_nowhere_is_seen() -> None:
    assert found("filters/breaks.py")
    assert not found("filters/no_such_filter.py")


def test_every_room_is_on_the_map() -> None:
    named = {path.rstrip("/") for row in table("## One way through") for path in paths(row[0])}
    rooms = {path.name for path in HOUSE.iterdir()} - NO_ROOMS
    assert not rooms - named
