"""``fixnews review --browser``: the sitting is held in a browser on this machine."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from functools import partial

from fixnews.answers import Given
from fixnews.browser.room import Room, Steps
from fixnews.commands.job import STDIN_ISSUE, Job, failed, pages_of
from fixnews.commands.review import Way, answer_as, keep_answers, review_of, written
from fixnews.console import Console, interactive
from fixnews.errors import INTERRUPTED, UsageError, of_system
from fixnews.journal import Journal, is_kept
from fixnews.message import Message
from fixnews.own_lists import allow, teach
from fixnews.recovery import recover
from fixnews.review import Answers
from fixnews.review.sitting import Sitting
from fixnews.walk import Found

EXTRA = "pip install 'fixnews[browser]'"


def browse(job: Job, console: Console, way: Way) -> int:
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
    codes = [failed(found.errors, console)]
    room = _room(found, job, console, way, codes)
    try:
        serve(room, partial(_opened, console), port=way.port)
    except KeyboardInterrupt:
        codes.append(INTERRUPTED)
    except OSError as error:
        problem = Message("port {port}: {what}", port=way.port, what=of_system(error))
        raise UsageError(problem, "choose another --port") from None
    if room.ended != "write":
        keep_answers(room.sitting, job, console, way)
        left = len(room.sitting.open())
        console.say(Message("{open} left; `fixnews review --browser --resume` goes on", open=left))
    return max(codes)


def _serve() -> Callable[..., None]:
    """What holds the door open; where its packages are missing, an error that says so."""
    try:
        from fixnews.browser.serving import serve
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in ("starlette", "uvicorn"):
            raise
        raise UsageError(Message("{name} is not installed", name=error.name), EXTRA) from None
    return serve


def _room(found: Found, job: Job, console: Console, way: Way, codes: list[int]) -> Room:
    """The issues, repaired, with what was answered before."""
    reviews = []
    for number, paths in enumerate(found.issues):
        console.progress(number, len(found.issues), str(paths[0]))
        reviews.append(review_of(paths, Answers(paths), job))
    sitting = Sitting(reviews)
    kept = 0 if way.resume else sum(len(one.answers.unwritten) for one in reviews)
    if way.kept and way.kept.exists():
        answer_as(Given.load(way.kept), sitting, console)
    write = partial(_written, sitting, job, console, way, codes)
    steps = Steps(partial(allow, job.config), partial(teach, job.config), write)
    return Room(sitting, steps, kept, console.tongue)


def _opened(console: Console, address: str) -> None:
    """Tell where the door is, and open it where somebody sits in front of it."""
    console.report((f"{address}\n",))
    console.flush()
    console.say("in a browser on this machine; ^C ends the sitting, every answer is kept")
    if interactive():
        webbrowser.open(address)


def _written(
    sitting: Sitting, job: Job, console: Console, way: Way, codes: list[int]
) -> dict[str, str]:
    """Write what was accepted; facts for the browser: whether all went well, how to undo it."""
    keep_answers(sitting, job, console, way)
    journal = Journal(warn=console.once)
    done = [written(one, job, console, journal) for one in sitting.reviews]
    journal.close()
    codes += done
    if journal.name:
        console.say(Message("fixnews undo {name}   takes it back", name=journal.name))
    return {"went": "trouble" if any(done) else "well", "run": journal.name}
