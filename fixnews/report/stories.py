"""Stories as rows: what the JSONL of ``fixnews articles`` says of one."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path

from fixnews import controls
from fixnews.article import Article, articles
from fixnews.issue import Outcome
from fixnews.writing_back import below

Named = tuple[str, Article]
"""A story and its id: the path of its page below the common folder, and its number there."""


def stories(outcome: Outcome, base: Path) -> list[Named]:
    """The stories of an issue, each with an id that no other story of the call has."""
    told = articles(outcome.repair, outcome.labels)
    count: Counter[int] = Counter()
    named = []
    for story in told:
        count[story.source] += 1
        page = below(Path(outcome.sources[story.source].path), base).with_suffix("")
        named.append((f"{page.as_posix()}-{count[story.source]}", story))
    return named


def as_json(named: Named) -> str:
    """One story as a line of JSON."""
    name, story = named
    facts = asdict(story)
    del facts["source"]
    jump = facts["jump"]
    if jump:
        jump["from"] = jump.pop("origin")
    return controls.as_json({"id": name, **facts}) + "\n"
