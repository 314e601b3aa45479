"""``fixnews review``: one correction after the other, then what was accepted is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from fixnews.commands.job import STDIN_ISSUE, Job, failed, pages_of
from fixnews.commands.showing import view_of, wrote
from fixnews.config import ALLOW_LIST, WORDS, Config
from fixnews.console import Console, interactive
from fixnews.desk import Desk
from fixnews.errors import UsageError
from fixnews.files import Write, read, write_all
from fixnews.filters import Filter
from fixnews.issue import Outcome, mend
from fixnews.journal import Journal, is_kept
from fixnews.message import Message
from fixnews.own_lists import appended
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
        console.say(Message("fixnews undo {name}   takes it back", name=journal.name))
    return max(codes)


def _reviewed(paths: Sequence[Path], job: Job, console: Console, *, resume: bool) -> Outcome | None:
    """One issue reviewed; None if the reader left without writing."""
    answers = Answers(paths)
    lists = Lists(partial(_allow, job.config), partial(_teach, job.config))
    hidden, desk = frozenset(job.baseline.entries), Desk()

    def run(decide: Decide, more: Sequence[Filter]) -> Outcome:
        return mend(paths, job.config, decide=unless(hidden, decide), more=more, desk=desk)

    with Terminal().listening() as keyboard:
        if not resume and answers.unwritten and not _goes_on(answers, keyboard, console):
            answers.start_again()
        sitting = Review(run, answers, job.baseline.hides)
        if not sitting.open:
            console.say(Message("{maps}: nothing left to judge", maps=", ".join(map(str, paths))))
        view = replace(view_of(job.config, console), by_rule=False)
        written = Dialogue(sitting, keyboard, console, view, lists).hold()
    if job.write_baseline:
        _keep_rejected(answers, job.write_baseline, console)
    if not written:
        console.say(
            Message("{open} left; `fixnews review --resume` goes on", open=len(sitting.open))
        )
        return None
    return sitting.result()


def _goes_on(answers: Answers, keyboard: Keyboard, console: Console) -> bool:
    """Whether to go on with what was answered before, which nobody shall lose by mistake."""
    kept = "{n} answers are kept from an earlier sitting."
    asked = "Go on with them? y  yes   n  forget all but what was rejected"
    tongue = console.tongue
    console.report((f"{tongue.of(kept, n=len(answers.unwritten))}\n", f"{tongue(asked)}\n"))
    console.flush()
    return keyboard.key() != "n"


def _keep_rejected(answers: Answers, path: Path, console: Console) -> None:
    """Add what was rejected to a baseline, so that no other command brings it up either."""
    old = Baseline.load(path).entries if path.exists() else {}
    rejected = {k: a for k, a in answers.given.items() if a.verdict == REJECT and k not in old}
    new = {k: entry(a.code, a.path, a.before, a.after) for k, a in rejected.items()}
    write_entries(path, {**old, **new})
    console.say(Message("{path}: {new} more", path=path, new=len(new)))


def _allow(config: Config, passage: str) -> str:
    """Add a passage to the allow-list; what to say about it."""
    path = config.allow_list or Path(ALLOW_LIST)
    _append(path, passage)
    return f"{path}: {passage}"


def _teach(config: Config, wrong: str, right: str) -> str:
    """Add a word to the reader's dictionary; what to say about it."""
    home = config.allow_list.parent if config.allow_list else Path()
    path = next(iter(config.dictionaries), home / WORDS)
    _append(path, f"{wrong}\t{right}")
    return Message(
        "{path}: {wrong} → {right}; it holds from the next run on",
        path=path,
        wrong=wrong,
        right=right,
    )


def _append(path: Path, line: str) -> None:
    old = read(path) if path.exists() else b""
    write_all([Write(path, appended(old, str(path), line), was=old if path.exists() else None)])
