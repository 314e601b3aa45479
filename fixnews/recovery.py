"""The way back: a run undone as asked, and one mended that was killed between two pages."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from fixnews.errors import FixnewsError, PageError, UsageError
from fixnews.files import Write, read, write_all
from fixnews.journal import LIST, OPEN, Kept
from fixnews.kept_runs import Run, old_bytes, rewrite, runs, state_of
from fixnews.message import Message


class Undone(NamedTuple):
    """What became of the files of a run.

    Attributes:
        run: its name.
        restored: those that have their old bytes back.
        untouched: those that had them already: nothing was written there, or it was taken back.
        errors: what kept others from it.
    """

    run: str
    restored: tuple[Path, ...]
    untouched: tuple[Path, ...]
    errors: tuple[FixnewsError, ...]


def undo(name: str = "", paths: Sequence[Path] = (), state: Path | None = None) -> Undone:
    """Give the files of a run their old bytes and times back.

    Args:
        name: the run; by default the last one, or the last one that wrote one of the paths.
        paths: only these of its files; by default all.
        state: the state folder.

    Returns:
        What became of each file: one that has changed since is left as it is.

    Raises:
        UsageError: there is no such run, or it is still at work.
    """
    wanted = {os.path.realpath(path) for path in paths}
    run = _chosen(runs(state), name, wanted)
    if run.going:
        raise UsageError(
            Message("run {name} is still at work", name=run.name), "wait until it is done"
        )
    told = [_back(run, e) for e in reversed(run.files) if not wanted or e.path in wanted]
    failed = {entry for entry, error in told if isinstance(error, FixnewsError)}
    asked = {entry for entry, _ in told}
    unforgotten = _forget(run, [e for e in run.files if e not in asked or e in failed])
    return Undone(
        run.name,
        tuple(Path(e.path) for e, done in told if done is True),
        tuple(Path(e.path) for e, done in told if done is False),
        (*damaged(run), *(e for _, e in told if isinstance(e, FixnewsError)), *unforgotten),
    )


def _forget(run: Run, left: Sequence[Kept]) -> Sequence[FixnewsError]:
    """Keep only these files of a run in the journal; what is in the way of that."""
    try:
        rewrite(run, left)
    except FixnewsError as error:
        return (error,)
    return ()


def _chosen(found: Sequence[Run], name: str, wanted: set[str]) -> Run:
    for run in (run for run in reversed(found) if not run.is_empty):
        if name in ("", run.name) and (not wanted or wanted & {e.path for e in run.files}):
            return run
    told = "no run that wrote this file to undo" if wanted else "no run to undo"
    problem = Message("no run {name!r} to undo", name=name) if name else Message(told)
    raise UsageError(problem, "see `fixnews undo --list`")


def damaged(run: Run) -> Iterator[PageError]:
    """What is damaged in the list of a run: the files there cannot be restored."""
    if run.unread:
        yield run.unread
    for number in run.damaged:
        problem = Message(
            "{folder}:{number}: this line is damaged", folder=run.folder / LIST, number=number
        )
        yield PageError(problem, "the file that it is about is left as it is")


def _back(run: Run, entry: Kept) -> tuple[Kept, bool | FixnewsError]:
    """Restore one file; whether there was something to restore, or what kept it from that."""
    try:
        return entry, _restored(run, entry)
    except FixnewsError as error:
        return entry, error


def _restored(run: Run, entry: Kept) -> bool:
    path = Path(entry.path)
    now = read(path)
    state = state_of(run, entry, now)
    if state == "other":
        raise PageError(
            Message("{path}: it has changed since that run", path=path), "it is left as it is"
        )
    if state == "before":
        return False
    return bool(write_all([Write(path, old_bytes(run, entry), was=now, times=entry.times)]))


def recover(state: Path | None = None, warn: Callable[[str], None] = lambda _: None) -> None:
    """Mend what killed runs left half done: a passage on both of its pages, or on none.

    Files of one group of which some were written and some not get their old bytes back.
    """
    for run in runs(state, only_open=True):
        if run.unread:
            warn(run.unread.message)
        if run.unread or run.going is not False:
            continue
        groups = groupby(run.files, lambda entry: entry.group)
        mended = [entry for _, files in groups for entry in _mend(run, tuple(files), warn)]
        for error in _forget(run, [entry for entry in run.files if entry not in mended]):
            warn(error.message)
        with suppress(OSError):
            (run.folder / OPEN).unlink(missing_ok=True)


def _mend(run: Run, files: Sequence[Kept], warn: Callable[[str], None]) -> Iterator[Kept]:
    """Take a group back that was written in part; gives the files that are as they were."""
    if files[0].done:
        return
    try:
        states = {state_of(run, entry, read(Path(entry.path))) for entry in files}
    except FixnewsError:
        return
    if states == {"after"}:
        return
    for entry in files:
        _, done = _back(run, entry)
        if isinstance(done, FixnewsError):
            warn(done.message)
            continue
        yield entry
        if done:
            warn(
                Message(
                    "{path}: taken back: run {name} was killed before all was written",
                    path=entry.path,
                    name=run.name,
                )
            )
