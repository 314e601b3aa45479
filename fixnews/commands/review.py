"""``fixnews review``: series by series, or one by one; then what was accepted is written."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from fixnews.answers import Given, write_answers
from fixnews.commands.job import STDIN_ISSUE, Job, failed, pages_of
from fixnews.commands.showing import view_of, wrote
from fixnews.console import Console, interactive
from fixnews.desk import Desk
from fixnews.errors import UsageError
from fixnews.filters import Filter
from fixnews.issue import Outcome, mend
from fixnews.journal import Journal, is_kept
from fixnews.message import Message
from fixnews.own_lists import allow, teach
from fixnews.recovery import recover
from fixnews.review import REJECT, Answers, Review
from fixnews.review.keyboard import AGAIN, PASTE, Keyboard
from fixnews.review.prompt import QUIT, Dialogue, Lists
from fixnews.review.series_list import SeriesList
from fixnews.review.sitting import BY_PAGE, Sitting
from fixnews.steps import Decide
from fixnews.verdicts import Baseline, entry, keys, unless, write_entries
from fixnews.writing_back import write_back

if TYPE_CHECKING:
    from fixnews.review.terminal import Terminal

NAMED = 3
"""Pages that are named where it is said of all of them."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a review is held.

    Attributes:
        resume: go on with the answers given so far.
        one_by_one: ask about each correction, one issue after the other.
        order: of what is asked one by one.
        kept: the file that answers are read from and written to.
        port: where a browser finds it; 0 for any that is free.
    """

    resume: bool = False
    one_by_one: bool = False
    order: str = BY_PAGE
    kept: Path | None = None
    port: int = 0


def review(job: Job, console: Console, way: Way) -> int:
    """Ask about what would be changed, then write what was accepted."""
    found = pages_of(job, console)
    if found.issues == STDIN_ISSUE or not interactive():
        raise UsageError("a review needs a terminal and files", "name the pages to review")
    if way.kept and way.kept.exists():
        Given.load(way.kept)
    codes, journal = [failed(found.errors, console)], Journal(warn=console.once)
    if is_kept():
        recover(warn=console.say)
    keyboard = _terminal()
    runs = [[paths] for paths in found.issues] if way.one_by_one else [found.issues]
    for issues in filter(None, runs):
        with keyboard.listening():
            sitting = _sitting(issues, job, console, keyboard, resume=way.resume)
            end = _held(sitting, job, console, keyboard, way)
        keep_answers(sitting, job, console, way)
        if end == QUIT:
            left = len(sitting.open())
            console.say(Message("{open} left; `fixnews review --resume` goes on", open=left))
            break
        codes += [written(one, job, console, journal) for one in sitting.reviews]
    journal.close()
    if journal.name:
        console.say(Message("fixnews undo {name}   takes it back", name=journal.name))
    return max(codes)


def _terminal() -> Terminal:
    """The keyboard; where there is none as Unix has it, an error that says what to do."""
    try:
        from fixnews.review.terminal import Terminal
    except ImportError as error:
        if error.name not in ("termios", "tty"):
            raise
        remedy = "use --browser, or judge in `fixnews check --report`, then `fixnews fix --answers`"
        raise UsageError("a review needs a terminal as Unix has it", remedy) from None
    return Terminal(sys.stdin, sys.stdout)


def _sitting(
    issues: Sequence[Sequence[Path]],
    job: Job,
    console: Console,
    keyboard: Keyboard,
    *,
    resume: bool,
) -> Sitting:
    """The issues, repaired, with what was answered before."""
    kept = [Answers(paths) for paths in issues]
    unwritten = sum(len(answers.unwritten) for answers in kept)
    if not resume and unwritten and not _goes_on(unwritten, keyboard, console):
        for answers in kept:
            answers.start_again()
    reviews = []
    for number, (paths, answers) in enumerate(zip(issues, kept, strict=True)):
        console.progress(number, len(issues), str(paths[0]))
        reviews.append(review_of(paths, answers, job))
    return Sitting(reviews)


def review_of(paths: Sequence[Path], answers: Answers, job: Job) -> Review:
    """One issue, repaired, with what was answered before."""
    hidden, desk = frozenset(job.baseline.entries), Desk()

    def run(decide: Decide, more: Sequence[Filter]) -> Outcome:
        return mend(paths, job.config, decide=unless(hidden, decide), more=more, desk=desk)

    return Review(run, answers, job.baseline.hides)


def _held(sitting: Sitting, job: Job, console: Console, keyboard: Keyboard, way: Way) -> str:
    """Ask; how it ended."""
    if way.kept and way.kept.exists():
        answer_as(Given.load(way.kept), sitting, console)
    if not sitting.open():
        names = [str(path) for one in sitting.reviews for path in one.outcome.paths]
        named = ", ".join(names[:NAMED]) + ", …" * (len(names) > NAMED)
        console.say(Message("{maps}: nothing left to judge", maps=named))
    lists = Lists(partial(allow, job.config), partial(teach, job.config))
    view = replace(view_of(job.config, console), by_rule=False)
    dialogue = Dialogue(sitting, keyboard, console, view, lists)
    if way.one_by_one or not sitting.open():
        return dialogue.hold(lambda: sitting.open(way.order))
    return SeriesList(sitting, keyboard, console, view, dialogue, order=way.order).hold()


def answer_as(given: Given, sitting: Sitting, console: Console) -> None:
    """Take over the answers of a file; what fits no more is said and asked again."""
    met = [name for r in sitting.reviews for c in r.outcome.corrections for name in keys(c)]
    pages = [source.path for review in sitting.reviews for source in review.outcome.sources]
    failed((error for page in pages for error in given.misfits(page, met)), console)
    taken = sitting.take(given, met)
    console.say(Message("{path}: {n} answers taken over", path=given.path, n=taken))


def keep_answers(sitting: Sitting, job: Job, console: Console, way: Way) -> None:
    """Write the answers and the rejections to the files that were named."""
    if job.write_baseline:
        for review in sitting.reviews:
            _keep_rejected(review.answers, job.write_baseline, console)
    if way.kept:
        given = [a for review in sitting.reviews for a in review.answers.given.values()]
        number = write_answers(way.kept, given, force=job.force)
        console.say(Message("{path}: {n} answers", path=way.kept, n=number))


def written(review: Review, job: Job, console: Console, journal: Journal) -> int:
    """Write what was accepted of an issue; the exit code."""
    outcome = review.result()
    errors = wrote(write_back(outcome, job.config, journal), outcome, console).errors
    if not errors:
        review.answers.start_again()
    return failed((*outcome.errors, *errors), console)


def _goes_on(number: int, keyboard: Keyboard, console: Console) -> bool:
    """Whether to go on with what was answered before, which nobody shall lose by mistake."""
    kept = "{n} answers are kept from an earlier sitting."
    asked = "Go on with them? y  yes   n  forget all but what was rejected"
    tongue = console.tongue
    console.report((f"{tongue.of(kept, n=number)}\n", f"{tongue(asked)}\n"))
    console.flush()
    while (pressed := keyboard.key()) in (AGAIN, PASTE):
        pass
    return pressed != "n"


def _keep_rejected(answers: Answers, path: Path, console: Console) -> None:
    """Add what was rejected to a baseline, so that no other command brings it up either."""
    old = Baseline.load(path).entries if path.exists() else {}
    rejected = {k: a for k, a in answers.given.items() if a.verdict == REJECT and k not in old}
    new = {k: entry(a.code, a.path, a.before, a.after) for k, a in rejected.items()}
    write_entries(path, {**old, **new})
    console.say(Message("{path}: {new} more", path=path, new=len(new)))
