"""``fixnews fix``: repair to stdout, over the files, or into a folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path

from fixnews import folders
from fixnews.answers import Given
from fixnews.commands.job import (
    CLEAN,
    FOUND,
    STDIN_ISSUE,
    Job,
    failed,
    outcomes_of,
    pages_of,
)
from fixnews.commands.showing import diff_beside, summary, wrote
from fixnews.commands.tally import Tally, tell
from fixnews.config import Config
from fixnews.console import Console
from fixnews.errors import FixnewsError, PageError, UsageError
from fixnews.files import write_all
from fixnews.formats.on_disk import bare
from fixnews.issue import Outcome
from fixnews.journal import Journal, is_kept
from fixnews.message import Message
from fixnews.outputs import Outputs, check_apart
from fixnews.walk import Found
from fixnews.writing_back import Written, as_bytes, below, write_back, write_out

Write = Callable[[Outcome], Written]
"""What is done with an issue that is repaired."""


def fix(job: Job, console: Console, *, write: bool, diff: bool) -> int:
    """Repair: to stdout, over the files, or into a folder."""
    job = replace(job, patches=write or job.config.output_format == "same")
    found = pages_of(job, console)
    _check_destination(found, write=write, output=job.output)
    _check_form(job.config, write=write)
    codes, journal = [failed(found.errors, console)], Journal(warn=console.once)
    put = _way(found, job, console, journal if write else None)
    tally, pages = Tally.of(found), list[str]()
    for outcome in outcomes_of(found, job, console):
        done = put(outcome)
        tally.add(outcome, done.unwritten)
        pages += [source.path for source in outcome.sources]
        aside = not (write or job.output)
        errors = diff_beside(outcome, job, console, aside=aside) if diff else []
        changed = outcome.found and job.exit_non_zero_on_fix
        failures = (*outcome.errors, *done.errors, *errors)
        codes += [FOUND if changed else CLEAN, failed(failures, console)]
    if job.answers:
        codes.append(failed(_elsewhere(job.answers, pages, console), console))
    journal.close()
    if journal.name:
        console.detail(Message("fixnews undo {name}   takes this run back", name=journal.name))
    tell(tally, "{n} repaired", found, console)
    return max(codes)


def _elsewhere(given: Given, pages: Sequence[str], console: Console) -> Sequence[PageError]:
    """Say which answers are about pages that are not here; if all are, that is an error."""
    others = given.elsewhere(pages)
    if others and len(others) == len(given.answers):
        told = "{path}: answers about other pages only, such as {page}"
        problem = Message(told, path=given.path, page=others[0].path)
        return (PageError(problem, "name these pages, from a folder above them"),)
    if others:
        told = "{path}: {n} answers are about pages that are not here"
        console.say(Message(told, path=given.path, n=len(others)))
    return ()


def _way(found: Found, job: Job, console: Console, journal: Journal | None) -> Write:
    """What is to be done with each issue; nothing of killed runs is in its way."""
    pages, count = [path for issue in found.issues for path in issue], Counter[str]()
    if journal:
        _check_files(pages)
        if is_kept():
            from fixnews.recovery import recover

            recover(warn=console.say)
        _sweep({path.parent for path in pages}, console)
        return lambda o: wrote(write_back(o, job.config, journal), o, console)
    if job.output:
        targets = [(path, job.output / below(path, found.base)) for path in pages]
        check_apart(targets)
        _sweep({target.parent for _, target in targets}, console)
        into = Outputs(job.output, pages, force=job.force, warn=console.once)
        if job.config.output_format == "jsonl":
            return lambda o: _told(o, count, found, into, console)
        return lambda o: wrote(write_out(o, job.config, into, found.base), o, console)
    if job.config.output_format == "jsonl":
        return lambda o: _told(o, count, found, None, console)
    return lambda o: Written([], _printed(o, job.config, console))


def _sweep(places: Collection[Path], console: Console) -> None:
    for path in folders.sweep(places):
        console.say(Message("{path}: removed: a run that was killed had left it", path=path))


def _check_files(pages: Sequence[Path]) -> None:
    """Refuse to write to what is no file: reading a pipe would wait for ever."""
    for path in pages:
        if folders.kind(path) not in ("file", ""):
            raise PageError(
                Message("{path}: a pipe or a device, not a file", path=path), "leave out -w"
            )


def _check_destination(found: Found, *, write: bool, output: Path | None) -> None:
    if write and output:
        raise UsageError("-w and -o at once", "choose one")
    if write and found.issues == STDIN_ISSUE:
        raise UsageError("-w has no file to write to", "leave it out: the text goes to stdout")
    if found.pages > 1 and not (write or output):
        problem = Message("{pages} pages and one standard output", pages=found.pages)
        raise UsageError(problem, "write them back with -w, or into a folder with -o DIR")
    if output and output.exists() and not output.is_dir():
        raise UsageError(
            Message("{output}: a file, not a folder", output=output), "name a folder with -o"
        )
    if output and output.resolve() == found.base.resolve() and found.issues != STDIN_ISSUE:
        raise UsageError(
            Message("{output}: the pages' own folder", output=output), "write them back with -w"
        )


def _check_form(config: Config, *, write: bool) -> None:
    if write and config.output_format not in ("auto", "same"):
        problem = Message(
            "-w writes a file as it is, not as {output_format}", output_format=config.output_format
        )
        raise UsageError(problem, "leave --output-format out, or write elsewhere with -o DIR")


def _told(
    outcome: Outcome, count: Counter[str], found: Found, into: Outputs | None, console: Console
) -> Written:
    """The stories, a JSON object each: to stdout, or a file for each page."""
    from fixnews.report.stories import as_json, stories

    told = stories(outcome, found.base, count)
    if into is None:
        console.report(as_json(named) for named in told)
        summary(outcome, console)
        return Written([], [])
    rows: dict[Path, str] = {}
    for named in told:
        page = below(Path(outcome.sources[named.story.source].path), found.base)
        target = into.folder / page.with_name(f"{bare(page.name)}.jsonl")
        rows[target] = rows.get(target, "") + as_json(named)
    try:
        writes = [
            into.write(path, row.encode("utf-8", "surrogatepass")) for path, row in rows.items()
        ]
        return wrote(Written(write_all(writes, into), []), outcome, console)
    except FixnewsError as error:
        return Written([], [error], frozenset(range(len(outcome.sources))))


def _printed(outcome: Outcome, config: Config, console: Console) -> list[FixnewsError]:
    try:
        for number in range(len(outcome.sources)):
            console.data(as_bytes(outcome, number, config))
    except FixnewsError as error:
        return [error]
    summary(outcome, console)
    return []
