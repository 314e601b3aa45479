"""``fixnews review``: one correction after the other, then what was accepted is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from fixnews.commands.job import STDIN_ISSUE, Job, failed, pages_of
from fixnews.commands.showing import view_of, wrote
from fixnews.console import Console, interactive
from fixnews.desk import Desk
from fixnews.errors import UsageError
from fixnews.filters import Filter
from fixnews.issue import Outcome, mend
from fixnews.journal import Journal, is_kept
from fixnews.own_lists import allow, teach
from fixnews.recovery import recover
from fixnews.review import REJECT, Answers, Review
from fixnews.review.keyboard import Keyboard, Terminal
from fixnews.review.prompt import Dialogue, Lists
from fixnews.steps import Decide
from fixnews.verdicts import Baseline, entry, unless, write_entries
from fixnews.writing_back import write_back


def review(job: Job, console: Console, *, resume: bool = False) -> int:
    """Ask about one correction after the other, then write what was accepted."""
    found = pages_of(job, console)
    if found.issues == STDIN_ISSUE or not interactive():
        raise UsageError("a review needs a terminal and files", "name the pages to review")
    codes, journal = [failed(found.errors, console)], Journal(warn=console.once)
    if is_kept():
        recover(warn=console.say)
    for paths in found.issues:
        outcome = _reviewed(paths, job, console, resume=resume)
        if outcome is None:
            break
        errors = wrote(write_back(outcome, job.config, journal), outcome, console).errors
        codes.append(failed((*outcome.errors, *errors), console))
        if not errors:
            Answers(paths).start_again()
    journal.close()
    if journal.name:
        console.say(f"fixnews undo {journal.name}   takes it back")
    return max(codes)


def _reviewed(paths: Sequence[Path], job: Job, console: Console, *, resume: bool) -> Outcome | None:
    """One issue reviewed; None if the reader left without writing."""
    answers = Answers(paths)
    lists = Lists(partial(allow, job.config), partial(teach, job.config))
    hidden, desk = frozenset(job.baseline.entries), Desk()

    def run(decide: Decide, more: Sequence[Filter]) -> Outcome:
        return mend(paths, job.config, decide=unless(hidden, decide), more=more, desk=desk)

    with Terminal().listening() as keyboard:
        if not resume and answers.unwritten and not _goes_on(answers, keyboard, console):
            answers.start_again()
        sitting = Review(run, answers, job.baseline.hides)
        if not sitting.open:
            console.say(f"{', '.join(map(str, paths))}: nothing left to judge")
        view = replace(view_of(job.config, console), by_rule=False)
        written = Dialogue(sitting, keyboard, console, view, lists).hold()
    if job.write_baseline:
        _keep_rejected(answers, job.write_baseline, console)
    if not written:
        console.say(f"{len(sitting.open)} left; `fixnews review --resume` goes on")
        return None
    return sitting.result()


def _goes_on(answers: Answers, keyboard: Keyboard, console: Console) -> bool:
    """Whether to go on with what was answered before, which nobody shall lose by mistake."""
    console.report(
        (
            f"{len(answers.unwritten)} answers are kept from an earlier sitting.\n",
            "Go on with them? y  yes   n  forget all but what was rejected\n",
        )
    )
    console.flush()
    return keyboard.key() != "n"


def _keep_rejected(answers: Answers, path: Path, console: Console) -> None:
    """Add what was rejected to a baseline, so that no other command brings it up either."""
    old = Baseline.load(path).entries if path.exists() else {}
    rejected = {k: a for k, a in answers.given.items() if a.verdict == REJECT and k not in old}
    new = {k: entry(a.code, a.path, a.before, a.after) for k, a in rejected.items()}
    write_entries(path, {**old, **new})
    console.say(f"{path}: {len(new)} more")
