"""Stories as rows: what the JSONL of ``fixnews articles`` says of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

from fixnews import controls
from fixnews.article import Article, Extent, articles
from fixnews.issue import Outcome
from fixnews.positions import Box
from fixnews.source import Source
from fixnews.writing_back import below

Area = tuple[str, int, Box]
"""Where something stands: the path of the file, its page from 1, and the box."""


class Named(NamedTuple):
    """A story.

    Attributes:
        name: its id: the path of its page below the common folder, and its number there.
        story: itself.
        areas: where it stands on pages of a recogniser: path, page and box, in its order.
        paragraphs: the same of each paragraph.
    """

    name: str
    story: Article
    areas: tuple[Area, ...]
    paragraphs: tuple[tuple[Area, ...], ...]


def stories(outcome: Outcome, base: Path, count: Counter[str]) -> list[Named]:
    """The stories of an issue, each with an id that no other story of the call has.

    Args:
        outcome: the issue.
        base: the folder below which the pages are.
        count: how many stories the issues before have on pages of which name; these are added.
    """
    told = articles(outcome.repair, outcome.labels)
    named = []
    for story in told:
        page = below(Path(outcome.sources[story.source].path), base).with_suffix("").as_posix()
        count[page] += 1
        name = f"{page}-{count[page]}"
        whole = tuple(_areas(story.spans, outcome.sources))
        parts = tuple(tuple(_areas(place, outcome.sources)) for place in story.places)
        named.append(Named(name, story, whole, parts))
    return named


def _areas(spans: Sequence[Extent], sources: Sequence[Source]) -> Iterator[Area]:
    """Where some stretches of the pages stand on the paper."""
    pages = {source.path: source.positions for source in sources}
    for span in spans:
        known = pages.get(span.path)
        for sheet, box in known.areas(span.start, span.end) if known else ():
            yield span.path, sheet, box


def as_json(named: Named) -> str:
    """One story as a line of JSON."""
    name, story, areas, paragraphs = named
    facts = asdict(story)
    del facts["places"]
    del facts["source"]
    jump = facts["jump"]
    if jump:
        jump["from"] = jump.pop("origin")
    if areas:
        facts["text"] = story.text
        facts["boxes"] = [_box(*area) for area in areas]
        facts["paragraph_boxes"] = [[_box(*area) for area in part] for part in paragraphs]
    return controls.as_json({"id": name, **facts}) + "\n"


def _box(path: str, sheet: int, box: Box) -> dict[str, Any]:
    return {"path": path, "sheet": sheet, "box": [round(side, 1) for side in box]}
