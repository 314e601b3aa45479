"""``fixnews undo``: a run of ``fix -w`` or of a review taken back, and what could not be."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fixnews import recovery
from fixnews.commands.job import CLEAN, failed
from fixnews.console import Console
from fixnews.kept_runs import Run, runs
from fixnews.message import Message
from fixnews.recovery import Undone


def undo(name: str, paths: Sequence[Path], console: Console) -> int:
    """Take a run back; exit 2 where a file of it is not as it was before."""
    done = recovery.undo(name, paths)
    for path in done.restored:
        console.say(Message("restored {path}", path=path))
    for path in done.untouched:
        console.say(Message("{path}: as it was before that run already", path=path))
    code = failed(done.errors, console)
    console.say(_summary(done))
    return code


def _summary(done: Undone) -> Message:
    counts = (
        Message("{n} restored", n=len(done.restored)),
        *[Message("{n} as they were", n=len(done.untouched))] * bool(done.untouched),
        *[Message("{n} not", n=len(done.errors))] * bool(done.errors),
    )
    return Message("run {run}: {counts}", run=done.run, counts=Message.joined(", ", counts))


def list_runs(console: Console) -> int:
    """The runs that can be taken back, and those of which a part cannot."""
    errors = []
    for run in runs():
        if not run.is_empty:
            console.report((f"{console.tongue(_line(run))}\n",))
            errors += list(recovery.damaged(run))
    failed(errors, console)
    return CLEAN


def _line(run: Run) -> Message:
    paths = [entry.path for entry in run.files] or ["-"]
    line = "{run}  {first} and {n} more" if len(paths) > 1 else "{run}  {first}"
    return Message(line, run=run.name, first=paths[0], n=len(paths) - 1)
