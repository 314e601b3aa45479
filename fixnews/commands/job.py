"""One call of a command: its pages found, repaired one issue after the other, and judged."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from fixnews.answers import Given
from fixnews.commands.tally import Tally
from fixnews.config import Config
from fixnews.config_files import working_folder
from fixnews.console import Console
from fixnews.correction import Finding
from fixnews.desk import Desk
from fixnews.errors import FixnewsError, PageError, UsageError
from fixnews.files import STDIN_NAME
from fixnews.filters import Filter
from fixnews.issue import Outcome, check, decision, lost, mend
from fixnews.message import Message
from fixnews.own_words import with_own_words
from fixnews.pipeline import MAX_ROUNDS
from fixnews.processors import allowed
from fixnews.settling import settled
from fixnews.steps import Decide
from fixnews.verdicts import Baseline, key, keys, unless
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
        answers: what a reader has said about corrections; the settings judge the others.
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
    answers: Given | None = None
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
        console.say(Message("{path}: passed over: {what}", path=one.path, what=Message(one.what)))
    for path in found.excluded:
        console.detail(Message("{path}: excluded", path=path))
    _tell_others(found.others, console)
    return found


def _tell_others(others: Sequence[Path], console: Console) -> None:
    """One line on the files whose names are none of pages, by their suffixes."""
    if not others:
        return
    count = Counter(path.suffix or path.name for path in others).most_common()
    shown = Message.joined(", ", [f"{number} {suffix}" for suffix, number in count[:SUFFIXES]])
    if len(count) > SUFFIXES:
        shown = Message("{shown} and {n} more kinds", shown=shown, n=len(count) - SUFFIXES)
    console.say(
        Message("passed over by their names: {shown} (`include` names what is taken)", shown=shown)
    )
    for path in others:
        console.detail(Message("{path}: passed over by its name", path=path))


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
        console.say(
            Message(
                "{first}: {max_rounds} rounds were not enough: run again to repair the rest",
                first=first,
                max_rounds=MAX_ROUNDS,
            )
        )
    errors: list[FixnewsError] = []
    for path, what in outcome.passed:
        remedy = "--as-text reads it as newspaper text; `exclude` leaves it out"
        error = PageError(
            Message(
                "{path}: passed over: {what}, no newspaper text", path=path, what=Message(what)
            ),
            remedy,
        )
        if job.config.force_exclude:
            console.say(error.message)
        else:
            errors.append(error)
    for path, binary in outcome.binary:
        if path in job.named:
            errors.append(binary)
        else:
            console.say(Message("{problem}: passed over", problem=Message(binary.problem)))
    return replace(outcome, errors=(*outcome.errors, *errors)) if errors else outcome


def _remarks(outcome: Outcome, console: Console) -> None:
    """For those who asked for more: what is odd about files of recognisers."""
    for source in outcome.sources:
        for known in (source.positions,) if source.positions else ():
            reason = Message(source.reason)
            console.detail(
                Message(
                    "{path}: {format}, {encoding}: {reason}",
                    path=source.path,
                    format=known.format,
                    encoding=source.encoding,
                    reason=reason,
                )
            )
            for number, reading in enumerate(known.readings, 1):
                for note in reading.notes:
                    console.detail(
                        Message(
                            "{path}: page {number}: {note}",
                            path=source.path,
                            number=number,
                            note=Message(note),
                        )
                    )


def _working(issues: Sequence[Sequence[Path]], job: Job) -> Generator[Outcome]:
    """The issues as they get done, by as many processes as the settings ask for."""
    rejected = frozenset(job.baseline.entries)
    repair = partial(
        mend_one,
        config=job.config,
        stdin_name=job.stdin_name,
        rejected=rejected,
        patches=job.patches,
        answers=job.answers,
    )
    processes = min(job.config.jobs or allowed(), sum(map(len, issues)))
    if processes < 2:
        yield from map(repair, issues)
        return
    from fixnews.commands.crew import page_by_page, shared

    given_up = partial(lost, config=job.config)
    if processes <= len(issues):
        yield from shared(issues, repair, given_up, processes)
    else:
        yield from page_by_page(issues, repair, given_up, processes)


def mend_one(  # noqa: PLR0913
    paths: Sequence[Path],
    config: Config,
    stdin_name: str,
    rejected: frozenset[str],
    *,
    patches: bool = False,
    answers: Given | None = None,
    desk: Desk | None = None,
) -> Outcome:
    """One issue repaired, without what has been rejected, as a reader has answered."""
    desk = desk or Desk()
    decide = unless(rejected, decision(config)) if rejected else None
    if answers:
        judge = decide or decision(config)
        outcome, decide = _answered(paths, config, stdin_name, judge, answers, desk)
    else:
        outcome = mend(paths, config, stdin_name=stdin_name, decide=decide, desk=desk)
    return settled(outcome, config, decide) if patches else outcome


def _answered(  # noqa: PLR0913, PLR0917
    paths: Sequence[Path],
    config: Config,
    stdin_name: str,
    otherwise: Decide,
    answers: Given,
    desk: Desk,
) -> tuple[Outcome, Decide]:
    """One issue as a reader has answered, and how; an answer that fits nothing is an error."""
    decide, met = answers.decide(otherwise), set[str]()

    def run(decided: Decide, more: Sequence[Filter]) -> Outcome:
        return mend(paths, config, stdin_name=stdin_name, decide=decided, more=more, desk=desk)

    def noted(finding: Finding) -> bool:
        met.add(key(finding))
        return decide(finding)

    outcome = with_own_words(run, noted, answers.typed)
    misfits = (e for s in outcome.sources for e in answers.misfits(s.path, met))
    return replace(outcome, errors=(*outcome.errors, *misfits)), decide


def failed(errors: Iterable[FixnewsError], console: Console) -> int:
    """The exit code for these errors, each of which is said."""
    code = CLEAN
    for error in errors:
        console.error(error)
        code = FAILED
    return code


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
        console.say(
            Message("{stale} entries of the baseline match nothing here any more", stale=len(stale))
        )
        for name in sorted(stale):
            console.detail("  ".join((name, *job.baseline.entries[name].split("\t"))))


def _check_given(outcome: Outcome, job: Job) -> None:
    """Refuse an empty standard input that nobody named: a call without a path in a script."""
    if not job.paths and all(not source.data for source in outcome.sources) and outcome.sources:
        raise UsageError("no page to read: standard input is empty", "name a file or a folder")
