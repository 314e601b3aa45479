"""What a person or `git apply` gets to see of an issue, the same in every command."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from fixnews.commands.job import Job
from fixnews.config import Config
from fixnews.console import Console
from fixnews.errors import FixnewsError
from fixnews.in_place import in_text_only
from fixnews.issue import Outcome
from fixnews.message import Message
from fixnews.writing_back import Written

if TYPE_CHECKING:
    from fixnews.report.stacked import View


def view_of(config: Config, console: Console) -> View:
    """How to show corrections to people here."""
    from fixnews.report.stacked import View

    return View(
        width=console.width,
        color=console.color,
        ambiguous=config.ambiguous_width,
        side_by_side=config.side_by_side,
        by_rule=config.group_by == "rule",
        tongue=console.tongue,
    )


def wrote(result: Written, outcome: Outcome, console: Console) -> Written:
    """Say what was written and what was done."""
    for path in result.paths:
        console.detail(Message("wrote {path}", path=path))
    summary(outcome, console, result.unwritten)
    return result


def summary(outcome: Outcome, console: Console, unwritten: Collection[int] = ()) -> None:
    """One line a page that has something to say: what was done, what was left to decide."""
    for number, source in enumerate(outcome.sources):
        if number in unwritten:
            continue
        found = outcome.of_page(number)
        applied = [c for c in found if c.applied]
        in_text = sum(map(in_text_only, applied))
        notes = sum(c.safety == "note" for c in found)
        counts = (
            Message("{n} applied", n=len(applied) - in_text),
            Message("{n} in the text only", n=in_text),
            Message("{n} when read again", n=sum(c.path == source.path for c in outcome.later)),
            Message("{n} suggested", n=len(found) - len(applied) - notes),
            Message("{n} noted", n=notes),
        )
        said = Message.joined(", ", [count for count in counts if count.values["n"]])
        if said:
            console.say(Message("{path}: {said}", path=source.path, said=said))


def with_spared(outcomes: Iterable[Outcome], console: Console) -> Iterator[Outcome]:
    """The outcomes as they come; for those who asked for more, why a place was left alone."""
    for outcome in outcomes:
        for one in outcome.spared:
            line, column = one.place
            place = f"{one.path}:{line}:{column}: {one.code} {one.before!r}"
            console.detail(Message("{place} {message}", place=place, message=one.message))
        yield outcome


def diff_beside(
    outcome: Outcome, job: Job, console: Console, *, aside: bool = False
) -> list[FixnewsError]:
    """The diff of an issue beside what else is done with it."""
    if not console.readable:
        return unified_of(outcome, console, aside=aside)
    from fixnews.report.stacked import brief, stacked

    view = replace(brief(view_of(job.config, console)), summary=False)
    console.report(stacked([outcome], view), aside=aside)
    return []


def unified_of(outcome: Outcome, console: Console, *, aside: bool = False) -> list[FixnewsError]:
    """The diff of every page of an issue as `git apply` takes it."""
    from fixnews.report.unified import unified

    errors: list[FixnewsError] = []
    for number in range(len(outcome.sources)):
        try:
            console.data(b"".join(unified(outcome, number)), aside=aside)
        except FixnewsError as error:
            errors.append(error)
    return errors
