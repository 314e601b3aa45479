"""What each command does, from settings to exit code; `cli` only reads the options."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from fixnews import config as configuration
from fixnews import journal as journals
from fixnews.config import Config
from fixnews.console import Console, interactive
from fixnews.correction import Correction
from fixnews.errors import FixnewsError, UsageError
from fixnews.files import Write, read, write_all
from fixnews.filters import rules
from fixnews.issue import STDIN_NAME, Outcome, as_bytes, decision, mend, write_back, write_out
from fixnews.journal import Journal
from fixnews.pipeline import MAX_ROUNDS
from fixnews.prompt import Dialogue, Terminal
from fixnews.report.html import html
from fixnews.report.machines import github, rdjson, sarif
from fixnews.report.rows import concise, jsonl, whole_json
from fixnews.report.stacked import View, brief, stacked
from fixnews.report.statistics import statistics as tables
from fixnews.report.unified import unified
from fixnews.review import Answers, Review
from fixnews.verdicts import Baseline, keys, unless, write_baseline
from fixnews.walk import STDIN, Found, find

CLEAN, FOUND, FAILED = 0, 1, 2

_STDIN_ISSUE = ((Path(STDIN),),)


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
    exit_zero: bool = False
    exit_non_zero_on_fix: bool = False


def fix(job: Job, console: Console, *, write: bool, output: Path | None, diff: bool) -> int:
    """Repair: to stdout, over the files, or into a folder."""
    found = _find(job)
    _check_destination(found, write=write, output=output)
    codes, journal = [_failed(found.errors, console)], Journal()
    for outcome in _outcomes(found, job, console):
        if write:
            errors = _wrote(write_back(outcome, job.config, journal), outcome, console)
        elif output:
            errors = _wrote(write_out(outcome, job.config, output, found.base), outcome, console)
        else:
            errors = _printed(outcome, job.config, console)
        errors += _diffed(outcome, job, console, aside=not (write or output)) if diff else []
        changed = outcome.found and job.exit_non_zero_on_fix
        codes += [FOUND if changed else CLEAN, _failed((*outcome.errors, *errors), console)]
    journal.close()
    if journal.name:
        console.detail(f"fixnews undo {journal.name}   takes this run back")
    return max(codes)


def check(job: Job, console: Console, *, statistics: bool = False) -> int:
    """Report; nothing is written, unless a baseline was asked for."""
    found = _find(job)
    codes = [_failed(found.errors, console)]
    outcomes = _judged(found, job, console, codes)
    if job.write_baseline:
        kept = [c for paths in found.issues for c in _everything(paths, job)]
        number = write_baseline(job.write_baseline, kept)
        console.say(f"{job.write_baseline}: {number} entries")
        return max(codes)
    if job.report:
        console.say(_html(outcomes, job.report))
    elif statistics:
        console.report(tables(outcomes))
    elif job.config.format == "full":
        console.paged(stacked(outcomes, _view(job.config, console)))
    else:
        console.report(_FORMATS[job.config.format](outcomes))
    return max(codes)


def _html(outcomes: Iterable[Outcome], path: Path) -> str:
    """Write the report for a browser; what to say about it."""
    write_all([Write(path, "".join(html(outcomes)).encode("utf-8", "backslashreplace"))])
    return f"{path}: open it in a browser"


def _everything(paths: Sequence[Path], job: Job) -> list[Correction]:
    """All that is found on an issue, and what is found instead when that is rejected."""
    found: dict[str, Correction] = {}
    for _ in range(MAX_ROUNDS):
        outcome = _mend(paths, job.config, job.stdin_name, frozenset(found))
        new = {key: c for c in outcome.corrections for key in keys(c) if key not in found}
        if not new:
            break
        found |= new
    return list(found.values())


def _judged(found: Found, job: Job, console: Console, codes: list[int]) -> Iterator[Outcome]:
    """The outcomes, each with its exit code added to the list as it goes by."""
    seen: set[str] = set()
    for outcome in _outcomes(found, job, console):
        codes.append(_failed(outcome.errors, console))
        if job.baseline.entries:
            seen.update(*map(keys, outcome.corrections))
        left = job.baseline.applied_to(outcome)
        codes.append(FOUND if left.found and not job.exit_zero else CLEAN)
        yield left
    stale = len(job.baseline.entries.keys() - seen)
    if stale and not console.closed:
        console.say(f"{stale} entries of the baseline match nothing here any more")


def diff(job: Job, console: Console) -> int:
    """Show what `fix` would change."""
    found = _find(job)
    codes = [_failed(found.errors, console)]
    outcomes = _judged(found, job, console, codes)
    if console.readable:
        console.paged(stacked(outcomes, brief(_view(job.config, console))))
    else:
        codes += [_failed(_unified(outcome, console), console) for outcome in outcomes]
    return max(codes)


def review(job: Job, console: Console, *, resume: bool = False) -> int:
    """Ask about one correction after the other, then write what was accepted."""
    found = _find(job)
    if found.issues == _STDIN_ISSUE or not interactive():
        raise UsageError("a review needs a terminal and files", "name the pages to review")
    codes, journal = [_failed(found.errors, console)], Journal()
    for paths in found.issues:
        outcome = _reviewed(paths, job, console, resume=resume)
        if outcome is None:
            break
        errors = _wrote(write_back(outcome, job.config, journal), outcome, console)
        codes.append(_failed((*outcome.errors, *errors), console))
        if not errors:
            Answers(paths).start_again()
    journal.close()
    return max(codes)


def _reviewed(paths: Sequence[Path], job: Job, console: Console, *, resume: bool) -> Outcome | None:
    """One issue reviewed; None if the reader left without writing."""
    answers = Answers(paths)
    if not resume:
        answers.start_again()
    sitting = Review(
        lambda decide, more: mend(paths, job.config, decide=decide, more=more), answers
    )
    view = replace(_view(job.config, console), by_rule=False)
    with Terminal().listening() as keyboard:
        allow = partial(_allow, job.config)
        written = Dialogue(sitting, keyboard, console, view, allow).hold()
    if not written:
        console.say(f"{len(sitting.open)} left; `fixnews review --resume` goes on")
        return None
    return sitting.result()


def _allow(config: Config, passage: str) -> str:
    """Add a passage to the allow-list; what to say about it."""
    if config.allow_list is None:
        return "no allow-list: set `allow-list` in fixnews.toml"
    old = read(config.allow_list) if config.allow_list.exists() else b""
    write_all([Write(config.allow_list, old + passage.encode() + b"\n")])
    return f"{config.allow_list}: {passage}"


def undo(name: str, paths: Sequence[Path], console: Console) -> int:
    """Take a run of ``fix -w`` back."""
    done, errors = journals.undo(name, paths)
    for path in done:
        console.say(f"restored {path}")
    return _failed(errors, console)


def list_runs(console: Console) -> int:
    """The runs that can be taken back."""
    for name, files in journals.runs():
        paths = [entry.path for entry in files]
        more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
        console.report((f"{name}  {paths[0] if paths else '-'}{more}\n",))
    return CLEAN


def _view(config: Config, console: Console) -> View:
    """How to show corrections to people here."""
    return View(
        width=console.width,
        color=console.color,
        ambiguous=config.ambiguous_width,
        side_by_side=config.side_by_side,
        by_rule=config.group_by == "rule",
    )


_FORMATS: dict[str, Callable[[Iterable[Outcome]], Iterator[str]]] = {
    "concise": concise,
    "json": whole_json,
    "jsonl": jsonl,
    "sarif": sarif,
    "github": github,
    "rdjson": rdjson,
}


def _check_codes(config: Config) -> None:
    """Refuse a code that selects nothing: a typing error would pass for a clean page."""
    codes = [rule.code for rule in rules()]
    for code in (*config.select, *config.extend_select, *config.ignore):
        if code != "ALL" and not any(known.startswith(code) for known in codes):
            near = configuration.nearest(code, codes)
            raise UsageError(f"no rule begins with {code!r}", f"did you mean {near}?")


def _find(job: Job) -> Found:
    """The files of the call; standard input stands alone."""
    _check_codes(job.config)
    if not job.paths and sys.stdin.isatty():
        raise UsageError("no page to read", "name a file or a folder, or pipe a page in")
    if not job.paths or STDIN in map(str, job.paths):
        if len(job.paths) > 1:
            raise UsageError("`-` stands beside other paths", "read standard input alone")
        return Found(_STDIN_ISSUE, Path.cwd())
    return find(job.paths, job.config)


def _check_destination(found: Found, *, write: bool, output: Path | None) -> None:
    if write and output:
        raise UsageError("-w and -o at once", "choose one")
    if write and found.issues == _STDIN_ISSUE:
        raise UsageError("-w has no file to write to", "leave it out: the text goes to stdout")
    if found.pages > 1 and not (write or output):
        problem = f"{found.pages} pages and one standard output"
        raise UsageError(problem, "write them back with -w, or into a folder with -o DIR")
    if output and output.exists() and not output.is_dir():
        raise UsageError(f"{output}: a file, not a folder", "name a folder with -o")
    if output and output.resolve() == found.base.resolve() and found.issues != _STDIN_ISSUE:
        raise UsageError(f"{output}: the pages' own folder", "write them back with -w")


def _outcomes(found: Found, job: Job, console: Console) -> Iterator[Outcome]:
    """The issues repaired, in their order, as long as somebody wants them."""
    done = 0
    with _mended(found.issues, job) as outcomes:
        for paths in found.issues:
            if console.closed and not job.writes:
                return
            console.progress(done, found.pages, str(paths[0]))
            yield next(outcomes)
            done += len(paths)


@contextmanager
def _mended(issues: Sequence[Sequence[Path]], job: Job) -> Iterator[Iterator[Outcome]]:
    """The issues as they get done, by as many processes as the settings ask for."""
    rejected = frozenset(job.baseline.entries)
    repair = partial(_mend, config=job.config, stdin_name=job.stdin_name, rejected=rejected)
    processes = min(job.config.jobs or os.cpu_count() or 1, len(issues))
    if processes < 2:
        yield map(repair, issues)
        return
    from multiprocessing import Pool

    with Pool(processes, _deaf_to_interrupts) as pool:
        yield pool.imap(repair, issues)


def _mend(
    paths: Sequence[Path], config: Config, stdin_name: str, rejected: frozenset[str]
) -> Outcome:
    decide = unless(rejected, decision(config)) if rejected else None
    return mend(paths, config, stdin_name=stdin_name, decide=decide)


def _deaf_to_interrupts() -> None:
    """Leave ^C to the parent, which ends its workers and says so once."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _failed(errors: Iterable[FixnewsError], console: Console) -> int:
    code = CLEAN
    for error in errors:
        console.error(error)
        code = FAILED
    return code


def _wrote(
    result: tuple[list[Path], list[FixnewsError]], outcome: Outcome, console: Console
) -> list[FixnewsError]:
    written, errors = result
    for path in written:
        console.detail(f"wrote {path}")
    _summary(outcome, console)
    return errors


def _printed(outcome: Outcome, config: Config, console: Console) -> list[FixnewsError]:
    try:
        for number in range(len(outcome.sources)):
            console.data(as_bytes(outcome, number, config))
    except FixnewsError as error:
        return [error]
    _summary(outcome, console)
    return []


def _summary(outcome: Outcome, console: Console) -> None:
    """One line a page that has something to say: what was done, what was left to decide."""
    for number, source in enumerate(outcome.sources):
        found = outcome.of_page(number)
        applied = sum(c.applied for c in found)
        notes = sum(c.safety == "note" for c in found)
        counts = (
            (applied, "applied"),
            (len(found) - applied - notes, "suggested"),
            (notes, "noted"),
        )
        said = ", ".join(f"{n} {what}" for n, what in counts if n)
        if said:
            console.say(f"{source.path}: {said}")


def _diffed(
    outcome: Outcome, job: Job, console: Console, *, aside: bool = False
) -> list[FixnewsError]:
    """The diff of an issue beside what else is done with it."""
    if not console.readable:
        return _unified(outcome, console, aside=aside)
    view = replace(brief(_view(job.config, console)), summary=False)
    console.report(stacked([outcome], view), aside=aside)
    return []


def _unified(outcome: Outcome, console: Console, *, aside: bool = False) -> list[FixnewsError]:
    """The diff of every page of an issue as `git apply` takes it."""
    errors: list[FixnewsError] = []
    for number in range(len(outcome.sources)):
        try:
            console.data(b"".join(unified(outcome, number)), aside=aside)
        except FixnewsError as error:
            errors.append(error)
    return errors


def paths_of(names: Sequence[str]) -> tuple[Path, ...]:
    """The paths of a call."""
    return tuple(map(Path, names))
