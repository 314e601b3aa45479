"""What ``-w`` overwrote, kept so that ``fixnews undo`` can give every byte back.

A run is a folder in the state folder: the old bytes of each file, packed, and one line a file that
says where they belong and what was written there. It is on the disk before the file changes. The
journal is bounded; the oldest runs go first.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from fixnews.errors import FixnewsError, PageError, UsageError
from fixnews.files import Write, read, write_all

RUNS_KEPT = 50
BYTES_KEPT = 256 * 1024 * 1024
"""Bounds of the journal: a year of newspapers is some 100 MB of text, packed a third of it."""

LIST = "files.jsonl"

_REMEDY = "set FIXNEWS_STATE to a folder, or to nothing to go without a journal"


def state_folder() -> Path:
    """Where the journal and unfinished reviews lie: the XDG state folder.

    ``FIXNEWS_STATE`` names another; set to nothing, ``-w`` goes without a journal.
    """
    home = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(os.environ.get("FIXNEWS_STATE") or Path(home) / "fixnews")


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of a run: where it lies, what it was given, and where its old bytes are."""

    path: str
    after: str
    blob: str


class Journal:
    """The record of one run; its folder is made when there is something to keep."""

    def __init__(self, state: Path | None = None) -> None:
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        self.folder = (state or state_folder()) / "runs" / f"{stamp}-{secrets.token_hex(3)}"
        self._count = 0

    @property
    def name(self) -> str:
        """What ``fixnews undo`` knows the run by, or nothing where nothing was kept."""
        return self.folder.name if self._count else ""

    def keep(self, writes: Sequence[Write]) -> None:
        """Keep what these writes will overwrite.

        Raises:
            PageError: the state folder cannot be written.
        """
        if os.environ.get("FIXNEWS_STATE") == "":
            return
        for write in writes:
            target = Path(os.path.realpath(write.path))
            self._keep(target, read(target), write.data)

    def _keep(self, target: Path, old: bytes, new: bytes) -> None:
        entry = Kept(str(target), _digest(new), f"{self._count:06}.z")
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            (self.folder / entry.blob).write_bytes(zlib.compress(old, 1))
            with (self.folder / LIST).open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(entry)) + "\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise PageError(f"{self.folder}: {error.strerror}", _REMEDY) from None
        self._count += 1

    def close(self) -> None:
        """Drop the oldest runs above the bounds."""
        if self._count:
            _prune(self.folder.parent)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _prune(folder: Path) -> None:
    size = 0
    for number, run in enumerate(reversed(_folders(folder))):
        size += sum(file.stat().st_size for file in run.iterdir())
        if number and (number >= RUNS_KEPT or size > BYTES_KEPT):
            shutil.rmtree(run, ignore_errors=True)


def _folders(folder: Path) -> list[Path]:
    return sorted(folder.iterdir(), key=lambda p: p.name) if folder.is_dir() else []


def runs(state: Path | None = None) -> list[tuple[str, list[Kept]]]:
    """Every run that can be undone, the oldest first, with its files."""
    folder = (state or state_folder()) / "runs"
    return [(run.name, list(_entries(run))) for run in _folders(folder)]


def _entries(run: Path) -> Iterator[Kept]:
    """The files of a run; a last line that a kill cut short had not been written back yet."""
    if not (run / LIST).exists():
        return
    for line in (run / LIST).read_text("utf-8").split("\n"):
        if line.endswith("}"):
            yield Kept(**json.loads(line))


def undo(
    name: str = "", paths: Sequence[Path] = (), state: Path | None = None
) -> tuple[list[Path], list[FixnewsError]]:
    """Give the files of a run their old bytes back.

    Args:
        name: the run; by default the last one, or the last one that wrote one of the paths.
        paths: only these of its files; by default all.
        state: the state folder.

    Returns:
        The files that were restored, and why others were not: one that has changed since is
        left as it is.

    Raises:
        UsageError: there is no such run.
    """
    folder = (state or state_folder()) / "runs"
    wanted = {os.path.realpath(path) for path in paths}
    run, entries = _chosen(folder, name, wanted)
    done: list[Kept] = []
    errors: list[FixnewsError] = []
    for entry in reversed(entries):
        if wanted and entry.path not in wanted:
            continue
        try:
            _restore(run, entry)
            done.append(entry)
        except FixnewsError as error:
            errors.append(error)
    _forget(run, [entry for entry in entries if entry not in done])
    return [Path(entry.path) for entry in reversed(done)], errors


def _chosen(folder: Path, name: str, wanted: set[str]) -> tuple[Path, list[Kept]]:
    for run in reversed(_folders(folder)):
        entries = list(_entries(run))
        named = run.name == name if name else True
        if named and (not wanted or wanted & {entry.path for entry in entries}):
            return run, entries
    what = f"run {name!r}" if name else "run" + " that wrote this file" * bool(wanted)
    raise UsageError(f"no {what} to undo", "see `fixnews undo --list`")


def _restore(run: Path, entry: Kept) -> None:
    path = Path(entry.path)
    old = zlib.decompress((run / entry.blob).read_bytes())
    now = read(path)
    if now == old:
        return
    if _digest(now) != entry.after:
        raise PageError(f"{path}: it has changed since that run", "it is left as it is")
    write_all([Write(path, old)])


def _forget(run: Path, left: Sequence[Kept]) -> None:
    if not left:
        shutil.rmtree(run, ignore_errors=True)
        return
    lines = "".join(json.dumps(asdict(entry)) + "\n" for entry in left)
    write_all([Write(run / LIST, lines.encode())])
