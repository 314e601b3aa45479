"""``fixnews review --browser``: the sitting is held in a browser on this machine."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from fixnews.browser.room import Room, Steps
from fixnews.commands.job import CLEAN, STDIN_ISSUE, Job, failed, pages_of
from fixnews.commands.showing import wrote
from fixnews.console import Console, interactive
from fixnews.desk import Desk
from fixnews.errors import INTERRUPTED, UsageError
from fixnews.filters import Filter
from fixnews.issue import Outcome, mend
from fixnews.journal import Journal, is_kept
from fixnews.own_lists import allow, teach
from fixnews.recovery import recover
from fixnews.review import Answers, Review
from fixnews.review.sitting import Sitting
from fixnews.steps import Decide
from fixnews.verdicts import unless
from fixnews.writing_back import write_back

EXTRA = "pip install 'fixnews[browser]'"


class Wish(NamedTuple):
    """How a sitting in a browser is to be held.

    Attributes:
        resume: go on with the answers given so far; without it the reader is asked.
        port: where to listen; 0 for any that is free.
    """

    resume: bool = False
    port: int = 0


def browse(job: Job, console: Console, wish: Wish) -> int:
    """Let a reader judge in the browser, then write what was accepted.

    Raises:
        UsageError: there is no file to review, starlette or uvicorn is missing, or the port taken.
    """
    found = pages_of(job, console)
    if found.issues == STDIN_ISSUE:
        raise UsageError("a review needs files", "name the pages to review")
    serve = _serve()
    if is_kept():
        recover(warn=console.say)
    codes, journal = [failed(found.errors, console)], Journal(warn=console.once)
    sitting = Sitting(list(_reviews(found.issues, job, console)))
    unwritten = sum(len(review.answers.unwritten) for review in sitting.reviews)
    write = partial(_written, sitting, job, console, journal, codes)
    steps = Steps(partial(allow, job.config), partial(teach, job.config), write)
    room = Room(sitting, steps, kept=0 if wish.resume else unwritten)
    try:
        serve(room, partial(_opened, console), port=wish.port)
    except KeyboardInterrupt:
        codes.append(INTERRUPTED)
    except OSError as error:
        raise UsageError(f"port {wish.port}: {error.strerror}", "choose another --port") from None
    journal.close()
    if room.ended != "write":
        console.say(f"{len(sitting.open())} left; `fixnews review --resume` goes on")
    return max(codes)


def _serve() -> Callable[..., None]:
    """What holds the door open; where its packages are missing, an error that says so."""
    try:
        from fixnews.browser.serving import serve
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in ("starlette", "uvicorn"):
            raise
        raise UsageError(f"{error.name} is not installed", EXTRA) from None
    return serve


def _reviews(issues: Sequence[Sequence[Path]], job: Job, console: Console) -> Iterator[Review]:
    """The issues, repaired, each with what was answered before."""
    for number, paths in enumerate(issues):
        console.progress(number, len(issues), str(paths[0]))
        yield _review(paths, job)


def _review(paths: Sequence[Path], job: Job) -> Review:
    hidden, desk = frozenset(job.baseline.entries), Desk()

    def run(decide: Decide, more: Sequence[Filter]) -> Outcome:
        return mend(paths, job.config, decide=unless(hidden, decide), more=more, desk=desk)

    return Review(run, Answers(paths), job.baseline.hides)


def _opened(console: Console, address: str) -> None:
    """Tell where the door is, and open it where somebody sits in front of it."""
    console.report((f"{address}\n",))
    console.flush()
    console.say("in a browser on this machine; ^C ends the sitting, every answer is kept")
    if interactive():
        webbrowser.open(address)


def _written(
    sitting: Sitting, job: Job, console: Console, journal: Journal, codes: list[int]
) -> Sequence[str]:
    """Write what was accepted; what to say about it, in the browser as well."""
    files, problems = 0, []
    for review in sitting.reviews:
        outcome = review.result()
        done = wrote(write_back(outcome, job.config, journal), outcome, console)
        files += len(done.paths)
        problems += [*outcome.errors, *done.errors]
        if not done.errors:
            review.answers.start_again()
    codes.append(failed(problems, console) if problems else CLEAN)
    undo = [f"fixnews undo {journal.name}   takes it back"] if journal.name else []
    for line in undo:
        console.say(line)
    return [f"{files} files written", *map(str, problems), *undo]
