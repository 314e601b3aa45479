"""``fixnews fix``: repair to stdout, over the files, or into a folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fixnews.commands.job import CLEAN, FOUND, STDIN_ISSUE, Job, failed, outcomes_of, pages_of
from fixnews.commands.showing import diff_beside, summary, wrote
from fixnews.config import Config
from fixnews.console import Console
from fixnews.errors import FixnewsError, UsageError
from fixnews.files import Write, write_all
from fixnews.issue import Outcome, as_bytes, below, write_back, write_out
from fixnews.journal import Journal
from fixnews.report.stories import as_json, stories
from fixnews.walk import Found


def fix(job: Job, console: Console, *, write: bool, output: Path | None, diff: bool) -> int:
    """Repair: to stdout, over the files, or into a folder."""
    job = replace(job, patches=write or job.config.output_format == "same")
    found = pages_of(job, console)
    _check_destination(found, write=write, output=output)
    _check_form(job.config, write=write)
    codes, journal = [failed(found.errors, console)], Journal()
    for outcome in outcomes_of(found, job, console):
        if write:
            errors = wrote(write_back(outcome, job.config, journal), outcome, console)
        elif job.config.output_format == "jsonl":
            errors = _told(outcome, found, output, console)
        elif output:
            errors = wrote(write_out(outcome, job.config, output, found.base), outcome, console)
        else:
            errors = _printed(outcome, job.config, console)
        errors += diff_beside(outcome, job, console, aside=not (write or output)) if diff else []
        changed = outcome.found and job.exit_non_zero_on_fix
        codes += [FOUND if changed else CLEAN, failed((*outcome.errors, *errors), console)]
    journal.close()
    if journal.name:
        console.detail(f"fixnews undo {journal.name}   takes this run back")
    return max(codes)


def _check_destination(found: Found, *, write: bool, output: Path | None) -> None:
    if write and output:
        raise UsageError("-w and -o at once", "choose one")
    if write and found.issues == STDIN_ISSUE:
        raise UsageError("-w has no file to write to", "leave it out: the text goes to stdout")
    if found.pages > 1 and not (write or output):
        problem = f"{found.pages} pages and one standard output"
        raise UsageError(problem, "write them back with -w, or into a folder with -o DIR")
    if output and output.exists() and not output.is_dir():
        raise UsageError(f"{output}: a file, not a folder", "name a folder with -o")
    if output and output.resolve() == found.base.resolve() and found.issues != STDIN_ISSUE:
        raise UsageError(f"{output}: the pages' own folder", "write them back with -w")


def _check_form(config: Config, *, write: bool) -> None:
    if write and config.output_format not in ("auto", "same"):
        problem = f"-w writes a file as it is, not as {config.output_format}"
        raise UsageError(problem, "leave --output-format out, or write elsewhere with -o DIR")


def _told(
    outcome: Outcome, found: Found, output: Path | None, console: Console
) -> list[FixnewsError]:
    """The stories, a JSON object each: to stdout, or a file for each page."""
    told = stories(outcome, found.base)
    if output is None:
        console.report(as_json(named) for named in told)
        summary(outcome, console)
        return []
    rows: dict[Path, str] = {}
    for named in told:
        page = below(Path(outcome.sources[named.story.source].path), found.base)
        target = output / page.with_name(page.name.partition(".")[0] + ".jsonl")
        rows[target] = rows.get(target, "") + as_json(named)
    writes = [Write(path, row.encode("utf-8", "surrogatepass")) for path, row in rows.items()]
    try:
        write_all(writes)
    except FixnewsError as error:
        return [error]
    return wrote((list(rows), []), outcome, console)


def _printed(outcome: Outcome, config: Config, console: Console) -> list[FixnewsError]:
    try:
        for number in range(len(outcome.sources)):
            console.data(as_bytes(outcome, number, config))
    except FixnewsError as error:
        return [error]
    summary(outcome, console)
    return []
