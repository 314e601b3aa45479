"""``fixnews review``: one correction after the other, then what was accepted is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from fixnews.commands.job import STDIN_ISSUE, Job, failed, pages_of
from fixnews.commands.showing import view_of, wrote
from fixnews.config import Config
from fixnews.console import Console, interactive
from fixnews.errors import UsageError
from fixnews.files import Write, read, write_all
from fixnews.issue import Outcome, mend, write_back
from fixnews.journal import Journal
from fixnews.prompt import Dialogue, Terminal
from fixnews.review import Answers, Review


def review(job: Job, console: Console, *, resume: bool = False) -> int:
    """Ask about one correction after the other, then write what was accepted."""
    found = pages_of(job)
    if found.issues == STDIN_ISSUE or not interactive():
        raise UsageError("a review needs a terminal and files", "name the pages to review")
    codes, journal = [failed(found.errors, console)], Journal()
    for paths in found.issues:
        outcome = _reviewed(paths, job, console, resume=resume)
        if outcome is None:
            break
        errors = wrote(write_back(outcome, job.config, journal), outcome, console)
        codes.append(failed((*outcome.errors, *errors), console))
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
    view = replace(view_of(job.config, console), by_rule=False)
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
