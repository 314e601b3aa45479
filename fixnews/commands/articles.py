"""``fixnews articles``: the stories of the pages, whole, as JSONL or a text file a story."""

from __future__ import annotations

from pathlib import Path

from fixnews.article import CLEAR
from fixnews.commands.job import CLEAN, Job, failed, outcomes_of, pages_of
from fixnews.console import Console
from fixnews.errors import FixnewsError, UsageError
from fixnews.files import Write, write_all
from fixnews.issue import Outcome
from fixnews.report.stories import Named, as_json, stories


def articles(job: Job, console: Console, *, output: Path | None) -> int:
    """One JSON object a story on standard output, or a text file a story in a folder."""
    if output and output.exists() and not output.is_dir():
        raise UsageError(f"{output}: a file, not a folder", "name a folder with -o")
    found = pages_of(job, console)
    codes = [failed(found.errors, console)]
    for outcome in outcomes_of(found, job, console):
        told = stories(outcome, found.base)
        errors = _written(told, output, console) if output else []
        if not output:
            console.report(as_json(named) for named in told)
        _remarks(outcome, told, console)
        codes.append(failed((*outcome.errors, *errors), console))
    return max(codes, default=CLEAN)


def _written(told: list[Named], output: Path, console: Console) -> list[FixnewsError]:
    """Write a file a story; those of one issue all or none."""
    writes = [
        Write(output / f"{name}.txt", story.text.encode("utf-8", "surrogatepass"))
        for name, story, *_ in told
    ]
    try:
        write_all(writes)
    except FixnewsError as error:
        return [error]
    for write in writes:
        console.detail(f"wrote {write.path}")
    return []


def _remarks(outcome: Outcome, told: list[Named], console: Console) -> None:
    """One line a page: how many stories, and whether their boundaries are clear."""
    for number, source in enumerate(outcome.sources):
        mine = [named.story for named in told if named.story.source == number]
        said = f"{source.path}: {len(mine)} stories" if mine else f"{source.path}: no story"
        unclear = [story.confidence for story in mine if story.confidence < CLEAR]
        if unclear:
            said += f", boundaries of {len(unclear)} not clear (confidence {min(unclear):.2f})"
        console.say(said)
