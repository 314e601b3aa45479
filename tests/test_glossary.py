"""The Chinese texts keep to the words of the glossary: one word a thing, those of the trade."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fixnews.rules import HOME as RULES
from fixnews.tongues import HOME

ROOT = Path(__file__).parent.parent
GLOSSARY = ROOT / "docs" / "zh-CN" / "glossary.md"
DOCS = [ROOT / "README.zh-CN.md", *(p for p in GLOSSARY.parent.glob("*.md") if p != GLOSSARY)]


def tables() -> list[list[tuple[str, ...]]]:
    """The rows of the glossary's tables: simplified, then traditional."""
    parts = GLOSSARY.read_text("utf-8").split("| --- | --- | --- |\n")[1:]
    rows = ([line for line in part.split("\n\n")[0].split("\n") if line] for part in parts)
    return [[tuple(cell.strip() for cell in row.strip("|").split("|")) for row in r] for r in rows]


SIMPLIFIED, TRADITIONAL = tables()


def words(cell: str) -> list[str]:
    return re.split("[、，]", cell)


def translations(tag: str) -> str:
    """What is shown in a language: the right sides of the catalogue, and the rules."""
    po = (HOME / f"{tag}.po").read_text("utf-8")
    entries = "".join(re.findall(r"(?m)^msgstr (.*(?:\n\".*)*)", po))
    rules = (path.read_text("utf-8") for path in sorted((RULES / tag).glob("*.toml")))
    return entries + "".join(rules)


@pytest.mark.parametrize("row", SIMPLIFIED, ids=lambda row: row[0])
def test_what_is_not_said_in_simplified_chinese(row: tuple[str, ...]) -> None:
    texts = {"zh-CN": translations("zh-CN")} | {p.name: p.read_text("utf-8") for p in DOCS}
    found = [(name, word) for word in words(row[2]) for name, text in texts.items() if word in text]
    assert not found


@pytest.mark.parametrize("row", SIMPLIFIED, ids=lambda row: row[0])
def test_what_is_said_stands_somewhere(row: tuple[str, ...]) -> None:
    texts = translations("zh-CN") + "".join(p.read_text("utf-8") for p in DOCS)
    assert any(word in texts for word in words(row[1]))


@pytest.mark.parametrize("row", TRADITIONAL, ids=lambda row: row[0])
def test_what_is_not_said_in_traditional_chinese(row: tuple[str, ...]) -> None:
    text = translations("zh-TW")
    assert [word for word in words(row[2]) if word in text] == []
    assert any(word in text for word in words(row[1]))
