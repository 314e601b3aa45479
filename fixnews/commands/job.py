"""One call of a command: its pages found, repaired one issue after the other, and judged."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from fixnews.config import Config, load
from fixnews.config_files import working_folder
from fixnews.console import Console
from fixnews.errors import FixnewsError, PageError, UsageError
from fixnews.files import STDIN_NAME
from fixnews.issue import Outcome, check, decision, lost, mend
from fixnews.options import settings_of
from fixnews.pipeline import MAX_ROUNDS
from fixnews.processors import allowed
from fixnews.settling import settled
from fixnews.verdicts import Baseline, keys, unless
from fixnews.walk import STDIN, Found, find

CLEAN, FOUND, FAILED = 0, 1, 2

SUFFIXES = 6
"""Suffixes of files that are told by name when they are passed over: what fits a line."""

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
        output: the folder that is written into, where no page is looked for.
        force: replace what fixnews did not write, too.
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
    output: Path | None = None
    force: bool = False
    writes: bool = False
    patches: bool = False
    exit_zero: bool = False
    exit_non_zero_on_fix: bool = False

    @property
    def named(self) -> frozenset[Path]:
        """What the reader asked for by name; a hook names whatever is committed."""
        return frozenset() if self.config.force_exclude else frozenset((*self.paths, Path(STDIN)))


def job_of(given: Mapping[str, Any]) -> Job:
    """The call that these options make."""
    settings = Config() if given["isolated"] else load(given["config"])[0]
    config = settings.overridden(settings_of(given))
    return Job(
        paths=tuple(map(_path, given["paths"] or ())),
        config=config,
        baseline=Baseline.load(config.baseline) if config.baseline else Baseline({}),
        report=given.get("report"),
        output=given.get("output"),
        force=given.get("force", False),
        write_baseline=given.get("write_baseline"),
        stdin_name=given["stdin_filename"],
        writes=bool(given.get("write") or given.get("output")),
        exit_zero=given.get("exit_zero", False),
        exit_non_zero_on_fix=given.get("exit_non_zero_on_fix", False),
    )


def _path(given: str) -> Path:
    """A path as given; only a bare ``-`` is standard input, ``./-`` is a file of that name."""
    path = Path(given)
    return path if given == STDIN or str(path) != STDIN else path.absolute()


def pages_of(job: Job, console: Console) -> Found:
    """The files of the call; standard input stands alone."""
    check(job.config)
    working_folder()
    if not job.paths and (sys.stdin is None or sys.stdin.isatty()):
        raise UsageError("no page to read", "name a file or a folder, or pipe a page in")
    if not job.paths or STDIN in map(str, job.paths):
        if len(job.paths) > 1:
            raise UsageError("`-` stands beside other paths", "read standard input alone")
        return Found(STDIN_ISSUE, Path.cwd())
    found = find(job.paths, job.config, job.output)
    for one in found.passed:
        console.say(f"{one.path}: passed over: {one.what}")
    for path in found.excluded:
        console.detail(f"{path}: excluded")
    _tell_others(found.others, console)
    return found


def _tell_others(others: Sequence[Path], console: Console) -> None:
    """One line on the files whose names are none of pages, by their suffixes."""
    if not others:
        return
    count = Counter(path.suffix or path.name for path in others).most_common()
    shown = ", ".join(f"{number} {suffix}" for suffix, number in count[:SUFFIXES])
    more = f" and {len(count) - SUFFIXES} more kinds" if len(count) > SUFFIXES else ""
    console.say(f"passed over by their names: {shown}{more} (`include` names what is taken)")
    for path in others:
        console.detail(f"{path}: passed over by its name")


def outcomes_of(found: Found, job: Job, console: Console) -> Iterator[Outcome]:
    """The issues repaired, in their order, as long as somebody wants them."""
    done = 0
    with closing(_working(found.issues, job)) as outcomes:
        for paths in found.issues:
            if console.closed and not job.writes:
                return
            console.progress(done, found.pages, str(paths[0]))
            outcome = refused(next(outcomes), job, console)
            _remarks(outcome, console)
            yield outcome
            done += len(paths)


def refused(outcome: Outcome, job: Job, console: Console) -> Outcome:
    """The outcome with an error for each file of text that is left out and that nobody excluded.

    What is no text, and what comes from a hook, is passed over with a line.
    """
    if not outcome.repair.settled:
        first = outcome.sources[0].path
        console.say(f"{first}: {MAX_ROUNDS} rounds were not enough: run again to repair the rest")
    errors: list[FixnewsError] = []
    for path, what in outcome.passed:
        remedy = "--as-text reads it as newspaper text; `exclude` leaves it out"
        error = PageError(f"{path}: passed over: {what}, no newspaper text", remedy)
        if job.config.force_exclude:
            console.say(str(error))
        else:
            errors.append(error)
    for path, binary in outcome.binary:
        if path in job.named:
            errors.append(binary)
        else:
            console.say(f"{binary.problem}: passed over")
    return replace(outcome, errors=(*outcome.errors, *errors)) if errors else outcome


def _remarks(outcome: Outcome, console: Console) -> None:
    """For those who asked for more: what is odd about files of recognisers."""
    for source in outcome.sources:
        for known in (source.positions,) if source.positions else ():
            console.detail(f"{source.path}: {known.format}, {source.encoding}: {source.reason}")
            for number, reading in enumerate(known.readings, 1):
                for note in reading.notes:
                    console.detail(f"{source.path}: page {number}: {note}")


def _working(issues: Sequence[Sequence[Path]], job: Job) -> Generator[Outcome]:
    """The issues as they get done, by as many processes as the settings ask for."""
    rejected = frozenset(job.baseline.entries)
    repair = partial(
        mend_one,
        config=job.config,
        stdin_name=job.stdin_name,
        rejected=rejected,
        patches=job.patches,
    )
    processes = min(job.config.jobs or allowed(), len(issues))
    if processes < 2:
        yield from map(repair, issues)
        return
    from fixnews.commands.crew import shared

    yield from shared(issues, repair, partial(lost, config=job.config), processes)


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


def failed(errors: Iterable[FixnewsError], console: Console) -> int:
    """The exit code for these errors, each of which is said."""
    code = CLEAN
    for error in errors:
        console.error(error)
        code = FAILED
    return code


@dataclass(slots=True)
class Tally:
    """What became of the files of a run, counted issue by issue.

    Attributes:
        seen: the files that were met, in a folder or by name.
        passed: those that are not read as pages.
        read: the pages that could be read.
        changed: the pages that were repaired, or would be.
        unwritten: the repaired pages that could not be written.
    """

    seen: int
    passed: int
    read: int = 0
    changed: int = 0
    unwritten: int = 0

    @classmethod
    def of(cls, found: Found) -> Tally:
        """What is known before a page is read."""
        passed = len(found.passed) + len(found.others)
        return cls(found.pages + passed + len(found.errors), passed)

    def add(self, outcome: Outcome, unwritten: Collection[int] = ()) -> None:
        """Count one issue, of which some pages could not be written.

        A file of a recogniser is repaired where a word of it is.
        """
        applied = [c for c in outcome.corrections if c.applied]
        changed = {c.source for c in applied} | {c.to[0] for c in applied if c.to}
        changed = {n for n in changed if not outcome.sources[n].positions or outcome.changes(n)}
        self.read += len(outcome.sources)
        self.passed += len(outcome.passed) + len(outcome.binary)
        self.changed += len(changed - set(unwritten))
        self.unwritten += len(unwritten)

    def told(self, done: str) -> str:
        """One line: ``12 seen, 3 repaired, 2 passed over``; what was refused only where it was."""
        refused = self.seen - self.read - self.passed + self.unwritten
        counts = f"{self.seen} seen, {self.changed} {done}, {self.passed} passed over"
        return counts + f", {refused} refused" * bool(refused)


def judged(
    found: Found, job: Job, console: Console, codes: list[int], tally: Tally | None = None
) -> Iterator[Outcome]:
    """The outcomes, each with its exit code added to the list as it goes by, and counted."""
    seen: set[str] = set()
    pages: set[str] = set()
    tally = tally or Tally.of(found)
    for outcome in outcomes_of(found, job, console):
        _check_given(outcome, job)
        codes.append(failed(outcome.errors, console))
        pages.update(source.path for source in outcome.sources)
        if job.baseline.entries:
            seen.update(*map(keys, outcome.corrections))
        left = job.baseline.applied_to(outcome)
        tally.add(left)
        codes.append(FOUND if left.found and not job.exit_zero else CLEAN)
        yield left
    stale = job.baseline.of_pages(pages).keys() - seen
    if stale and not console.closed:
        console.say(f"{len(stale)} entries of the baseline match nothing here any more")
        for name in sorted(stale):
            console.detail("  ".join((name, *job.baseline.entries[name].split("\t"))))


def tell(tally: Tally, done: str, found: Found, console: Console) -> None:
    """End a run with its figures; a page in a pipe needs none."""
    if found.issues != STDIN_ISSUE and not console.closed:
        console.say(tally.told(done))


def _check_given(outcome: Outcome, job: Job) -> None:
    """Refuse an empty standard input that nobody named: a call without a path in a script."""
    if not job.paths and all(not source.data for source in outcome.sources) and outcome.sources:
        raise UsageError("no page to read: standard input is empty", "name a file or a folder")
