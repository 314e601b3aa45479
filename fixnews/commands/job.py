"""One call of a command: its pages found, repaired one issue after the other, and judged."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from fixnews.config import Config
from fixnews.console import Console
from fixnews.errors import FixnewsError, PageError, UsageError
from fixnews.files import STDIN_NAME
from fixnews.issue import Outcome, check, decision, mend
from fixnews.settling import settled
from fixnews.verdicts import Baseline, keys, unless
from fixnews.walk import STDIN, Found, find

CLEAN, FOUND, FAILED = 0, 1, 2

STDIN_ISSUE = ((Path(STDIN),),)


@dataclass(frozen=True, slots=True)
class Job:
    """One call of a command.

    Attributes:
        paths: what it was asked about; nothing means standard input.
        config: the settings.
        stdin_name: what to call standard input.
        baseline: what is left as it is and not reported.
        write_baseline: the file to write what is found to, as a new baseline.
        report: the file to write the report for a browser to.
        writes: files are written, so that the run goes on when nobody reads what it says.
        patches: files of recognisers are written as such, see `fixnews.settling`.
        exit_zero: report what was found, but exit 0.
        exit_non_zero_on_fix: exit 1 where fixes were made.
    """

    paths: tuple[Path, ...] = ()
    config: Config = Config()  # noqa: RUF009
    stdin_name: str = STDIN_NAME
    baseline: Baseline = Baseline({})  # noqa: RUF009
    write_baseline: Path | None = None
    report: Path | None = None
    writes: bool = False
    patches: bool = False
    exit_zero: bool = False
    exit_non_zero_on_fix: bool = False

    @property
    def named(self) -> frozenset[Path]:
        """What the reader asked for by name; a hook names whatever is committed."""
        return frozenset() if self.config.force_exclude else frozenset((*self.paths, Path(STDIN)))


def pages_of(job: Job, console: Console) -> Found:
    """The files of the call; standard input stands alone."""
    check(job.config)
    if not job.paths and sys.stdin.isatty():
        raise UsageError("no page to read", "name a file or a folder, or pipe a page in")
    if not job.paths or STDIN in map(str, job.paths):
        if len(job.paths) > 1:
            raise UsageError("`-` stands beside other paths", "read standard input alone")
        return Found(STDIN_ISSUE, Path.cwd())
    found = find(job.paths, job.config)
    for path in found.binary:
        console.say(f"{path}: passed over: it holds NULs, as no text does (or name it in full)")
    return found


def outcomes_of(found: Found, job: Job, console: Console) -> Iterator[Outcome]:
    """The issues repaired, in their order, as long as somebody wants them."""
    done = 0
    with _working(found.issues, job) as outcomes:
        for paths in found.issues:
            if console.closed and not job.writes:
                return
            console.progress(done, found.pages, str(paths[0]))
            outcome = _with_refused(next(outcomes), job, console)
            _remarks(outcome, console)
            yield outcome
            done += len(paths)


def _with_refused(outcome: Outcome, job: Job, console: Console) -> Outcome:
    """The outcome with an error for each file that was named and is no newspaper text.

    Those that were found in a folder, or come from a hook, are passed over with a line.
    """
    refused = []
    for path, told in outcome.passed:
        if path in job.named:
            problem = f"{path}: {told.value}, no newspaper text"
            refused.append(PageError(problem, "--as-text reads it as newspaper text"))
        else:
            console.say(f"{path}: passed over: {told.value}, no newspaper text (or --as-text)")
    return replace(outcome, errors=(*outcome.errors, *refused)) if refused else outcome


def _remarks(outcome: Outcome, console: Console) -> None:
    """For those who asked for more: what is odd about files of recognisers."""
    for source in outcome.sources:
        for known in (source.positions,) if source.positions else ():
            console.detail(f"{source.path}: {known.format}, {source.encoding}: {source.reason}")
            for number, reading in enumerate(known.readings, 1):
                for note in reading.notes:
                    console.detail(f"{source.path}: page {number}: {note}")


@contextmanager
def _working(issues: Sequence[Sequence[Path]], job: Job) -> Iterator[Iterator[Outcome]]:
    """The issues as they get done, by as many processes as the settings ask for."""
    rejected = frozenset(job.baseline.entries)
    repair = partial(
        mend_one,
        config=job.config,
        stdin_name=job.stdin_name,
        rejected=rejected,
        patches=job.patches,
    )
    processes = min(job.config.jobs or os.cpu_count() or 1, len(issues))
    if processes < 2:
        yield map(repair, issues)
        return
    from multiprocessing import Pool

    with Pool(processes, _deaf_to_interrupts) as pool:
        yield pool.imap(repair, issues)


def mend_one(
    paths: Sequence[Path],
    config: Config,
    stdin_name: str,
    rejected: frozenset[str],
    *,
    patches: bool = False,
) -> Outcome:
    """One issue repaired, without what has been rejected."""
    decide = unless(rejected, decision(config)) if rejected else None
    outcome = mend(paths, config, stdin_name=stdin_name, decide=decide)
    return settled(outcome, config, decide) if patches else outcome


def _deaf_to_interrupts() -> None:
    """Leave ^C to the parent, which ends its workers and says so once."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def failed(errors: Iterable[FixnewsError], console: Console) -> int:
    """The exit code for these errors, each of which is said."""
    code = CLEAN
    for error in errors:
        console.error(error)
        code = FAILED
    return code


def judged(found: Found, job: Job, console: Console, codes: list[int]) -> Iterator[Outcome]:
    """The outcomes, each with its exit code added to the list as it goes by."""
    seen: set[str] = set()
    pages: set[str] = set()
    for outcome in outcomes_of(found, job, console):
        codes.append(failed(outcome.errors, console))
        pages.update(source.path for source in outcome.sources)
        if job.baseline.entries:
            seen.update(*map(keys, outcome.corrections))
        left = job.baseline.applied_to(outcome)
        codes.append(FOUND if left.found and not job.exit_zero else CLEAN)
        yield left
    stale = job.baseline.of_pages(pages).keys() - seen
    if stale and not console.closed:
        console.say(f"{len(stale)} entries of the baseline match nothing here any more")
        for name in sorted(stale):
            console.detail("  ".join((name, *job.baseline.entries[name].split("\t"))))
