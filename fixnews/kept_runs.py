"""The runs of the journal, read again: what is damaged is named and hides nothing else."""

from __future__ import annotations

import os
import shutil
import zlib
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from fixnews import folders
from fixnews.errors import PageError
from fixnews.files import Write, read, write_all
from fixnews.journal import (
    LIST,
    OPEN,
    PACK,
    Kept,
    digest,
    facts_of,
    run_folders,
    sealed,
    state_folder,
    unsealed,
)
from fixnews.message import Message


class Run(NamedTuple):
    """A run.

    Attributes:
        folder: where it is kept.
        files: what it wrote.
        damaged: the numbers of its lines that are damaged.
        unread: why nothing can be told of it.
    """

    folder: Path
    files: tuple[Kept, ...]
    damaged: tuple[int, ...] = ()
    unread: PageError | None = None

    @property
    def name(self) -> str:
        """What ``fixnews undo`` knows it by."""
        return self.folder.name

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing of it, neither to take back nor to name."""
        return not (self.files or self.damaged or self.unread)

    @property
    def going(self) -> bool | None:
        """Whether its process is at work; False where it was killed, None where nobody can tell."""
        with folders.opened(self.folder / OPEN, os.O_RDWR) as handle:
            free = folders.locked(handle, wait=False)
        return None if free is None else not free


def runs(state: Path | None = None, *, only_open: bool = False) -> list[Run]:
    """Every run, the oldest first; or only those that are at work, and those that were killed."""
    found = run_folders((state or state_folder()) / "runs")
    return [opened(run) for run in found if not only_open or (run / OPEN).exists()]


def opened(folder: Path) -> Run:
    """A run as its lines tell it; a last line that a kill cut short had not been written back."""
    try:
        lines = read(folder / LIST).decode("utf-8", "replace").split("\n")[:-1]
    except PageError as error:
        return Run(folder, (), unread=error if (folder / LIST).exists() else None)
    told = [unsealed(line) for line in lines]
    ends = {key: {f[key] for f in told if f and key in f} for key in ("done", "back")}
    rows = [(facts, _kept(facts, ends["done"]) if facts else None) for facts in told]
    files = [kept for _, kept in rows if kept and kept.group not in ends["back"]]
    known = [kept or (facts and facts.keys() & ends.keys()) for facts, kept in rows]
    return Run(folder, tuple(files), tuple(n for n, row in enumerate(known, 1) if not row))


def _kept(facts: Mapping[str, Any], done: Collection[int]) -> Kept | None:
    """The file that a line is about; None where it is about none, or has another version's form."""
    try:
        pairs = {name: tuple(facts[name]) for name in ("times", "torn")}
        return Kept(**{**facts, **pairs}, done=facts["group"] in done)
    except (KeyError, TypeError):
        return None


def _unpacked(run: Run, at: int, size: int) -> bytes | None:
    try:
        with (run.folder / PACK).open("rb") as pack:
            pack.seek(at)
            return zlib.decompress(pack.read(size))
    except (OSError, zlib.error):
        return None


def old_bytes(run: Run, entry: Kept) -> bytes:
    """What a file held before a run.

    Raises:
        PageError: the journal is damaged.
    """
    old = _unpacked(run, entry.at, entry.size)
    if old is None or digest(old) != entry.before:
        raise PageError(
            Message(
                "{path}: the journal of run {name} is damaged here", path=entry.path, name=run.name
            ),
            "left as is",
        )
    return old


def state_of(run: Run, entry: Kept, now: bytes) -> str:
    """Which bytes these are: what a file had ``before`` or ``after`` a run, or ``other``.

    Or ``torn``: a run that wrote in place was killed, and some of each are there.
    """
    told = {entry.after: "after", entry.before: "before"}.get(digest(now))
    return told or ("torn" if entry.torn[1] and _is_torn(run, entry, now) else "other")


def _is_torn(run: Run, entry: Kept, now: bytes) -> bool:
    """Whether a file begins with the new bytes and goes on with the old ones; or undone in part."""
    new, old = _unpacked(run, *entry.torn) or b"", old_bytes(run, entry)
    return _begun(now, new, old) or _begun(now, old, new)


def _begun(now: bytes, new: bytes, old: bytes) -> bool:
    """Whether bytes are what is left where a write of the new over the old ones was cut short.

    >>> _begun(b"Undone", b"Under", b"undone"), _begun(b"undone!", b"Under", b"undone")
    (True, False)
    """
    pairs = enumerate(zip(now, new, strict=False))
    same = next((n for n, (a, b) in pairs if a != b), min(len(now), len(new)))
    return bool(same) and now[same:] == old[same:]


def rewrite(run: Run, left: Sequence[Kept]) -> None:
    """Keep only these files of a run; one of which nothing is left and nothing damaged goes.

    Raises:
        PageError: the journal cannot be written; the run is as it was.
    """
    if run.unread:
        return
    if not (left or run.damaged):
        shutil.rmtree(run.folder, ignore_errors=True)
        return
    old = read(run.folder / LIST).decode("utf-8", "replace").split("\n")[:-1]
    lines = [sealed(facts_of(entry)) for entry in left]
    lines += [sealed({"done": group}) for group in sorted({e.group for e in left if e.done})]
    lines += [old[number - 1] + "\n" for number in run.damaged]
    write_all([Write(run.folder / LIST, "".join(lines).encode())])
