"""``fixnews articles``: the stories of the pages, whole, as JSONL or a text file a story."""

from __future__ import annotations

from collections import Counter

from fixnews.article import CLEAR
from fixnews.commands.job import CLEAN, Job, failed, outcomes_of, pages_of
from fixnews.console import Console
from fixnews.errors import FixnewsError, UsageError
from fixnews.files import write_all
from fixnews.issue import Outcome
from fixnews.message import Message
from fixnews.outputs import Outputs
from fixnews.report.stories import Named, as_json, stories


def articles(job: Job, console: Console) -> int:
    """One JSON object a story on standard output, or a text file a story in a folder."""
    output = job.output
    if output and output.exists() and not output.is_dir():
        raise UsageError(
            Message("{output}: a file, not a folder", output=output), "name a folder with -o"
        )
    found = pages_of(job, console)
    codes = [failed(found.errors, console)]
    pages = [path for issue in found.issues for path in issue]
    count = Counter[str]()
    into = Outputs(output, pages, force=job.force, warn=console.once) if output else None
    for outcome in outcomes_of(found, job, console):
        told = stories(outcome, found.base, count)
        errors = _written(told, into, console) if into else []
        if not output:
            console.report(as_json(named) for named in told)
        _remarks(outcome, told, console)
        codes.append(failed((*outcome.errors, *errors), console))
    return max(codes, default=CLEAN)


def _written(told: list[Named], into: Outputs, console: Console) -> list[FixnewsError]:
    """Write a file a story; those of one issue all or none."""
    texts = [
        (f"{name}.txt", story.text.encode("utf-8", "surrogatepass")) for name, story, *_ in told
    ]
    try:
        written = write_all([into.write(into.folder / name, data) for name, data in texts], into)
    except FixnewsError as error:
        return [error]
    for path in written:
        console.detail(Message("wrote {path}", path=path))
    return []


def _remarks(outcome: Outcome, told: list[Named], console: Console) -> None:
    """One line a page: how many stories, and whether their boundaries are clear."""
    for number, source in enumerate(outcome.sources):
        mine = [named.story for named in told if named.story.source == number]
        counted = Message.counted(len(mine), "{n} story", "{n} stories")
        said = [counted if mine else Message("no story")]
        unclear = [story.confidence for story in mine if story.confidence < CLEAR]
        if unclear:
            lead = "boundaries of {n} not clear (confidence {least:.2f})"
            said.append(Message(lead, n=len(unclear), least=min(unclear)))
        whole = Message.joined(", ", said)
        console.say(Message("{path}: {said}", path=source.path, said=whole))
