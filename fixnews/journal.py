"""What ``-w`` overwrote, kept so that ``fixnews undo`` can give every byte back.

A run is a folder in the state folder: the old bytes of its files, packed, one behind the other, and
one line a file that says where they belong, what was written there, and its own checksum. Both are
on the disk before a file changes. Files that stand or fall together are a group; a line says when
it is done, so that a run which was killed within one can be mended (`fixnews.recovery`). The
journal is bounded: what the next run will forget is said before.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

from fixnews import folders, growing
from fixnews.errors import PageError, of_system
from fixnews.files import read
from fixnews.keepers import Replaced
from fixnews.message import Message

RUNS_KEPT = 500
BYTES_KEPT = 256 * 1024 * 1024
DAYS_KEPT = 7
"""Bounds of the journal: a year of newspapers is some 100 MB of text, packed a third of it. What is
younger than a week stays in any case: whoever finds on Monday what Friday's run did can undo it."""

LIST, PACK, OPEN, LEAVING = "files.jsonl", "pages.z", "open", "leaving"
"""The files of a run: its lines, the packed bytes, a mark while it is going on, and one that says
that it has been told that this run will be forgotten."""

STAMP = "%Y%m%d-%H%M%S-%f"
"""How a run is called: the moment at which it first wrote."""

_REMEDY = "set FIXNEWS_STATE to a folder, or to nothing to go without a journal"


def state_folder() -> Path:
    """Where the journal and unfinished reviews lie: the XDG state folder.

    ``FIXNEWS_STATE`` names another; set to nothing, ``-w`` goes without a journal.

    Raises:
        PageError: nothing says where a home is.
    """
    named = os.environ.get("FIXNEWS_STATE") or os.environ.get("XDG_STATE_HOME")
    if os.environ.get("FIXNEWS_STATE"):
        return Path(str(named))
    try:
        home = Path(named) if named else Path.home() / ".local" / "state"
    except RuntimeError:
        raise PageError("no home folder to keep a journal in", _REMEDY) from None
    return home / "fixnews"


def is_kept() -> bool:
    """Whether there is a journal: ``FIXNEWS_STATE`` set to nothing wants none."""
    return os.environ.get("FIXNEWS_STATE") != ""


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of a run.

    Attributes:
        path: where it lies.
        before, after: the SHA-256 of its old and new bytes.
        at, size: where in the pack its old bytes are.
        torn: where its new bytes are, if they were written in place: a kill leaves some of each.
        times: when it had been read and changed, in nanoseconds.
        group: files of one number stand or fall together.
        done: whether its group was written to the end.
    """

    path: str
    before: str
    after: str
    at: int
    size: int
    times: tuple[int, int]
    group: int
    torn: tuple[int, int] = (0, 0)
    done: bool = True


class Journal:
    """The record of one run; its folder is made when there is something to keep.

    Args:
        state: the state folder.
        warn: told what is odd about the writes that it keeps.
    """

    def __init__(
        self, state: Path | None = None, warn: Callable[[str], None] = lambda _: None
    ) -> None:
        self.folder = Path()
        self.warn = warn
        self._state = state
        self._groups = 0
        self._broken: PageError | None = None
        self._mark: int | None = None
        self._torn = False

    @property
    def name(self) -> str:
        """What ``fixnews undo`` knows the run by, or nothing where nothing was kept."""
        return self.folder.name if self._groups else ""

    @contextmanager
    def keep(self, files: Sequence[Replaced]) -> Iterator[None]:
        """Keep what is about to be overwritten inside the block.

        Raises:
            PageError: the state folder cannot be written; from then on this run writes nothing.
        """
        if not files or not is_kept():
            yield
            return
        self._keep([file for file in files if file.old is not None])
        try:
            yield
        except Exception:
            if all(map(_is_back, files)):
                self._note({"back": self._groups})
            else:
                self._torn = True
            raise
        self._note({"done": self._groups})

    def _keep(self, files: Sequence[Replaced]) -> None:
        if self._broken:
            raise self._broken
        try:
            if not self._groups:
                self._begin()
            self._pack(files)
        except OSError as error:
            problem = Message("{path}: {what}", path=self.folder, what=of_system(error))
            self._broken = PageError(problem, _REMEDY)
            if not self._groups and _is_run(self.folder):
                shutil.rmtree(self.folder, ignore_errors=True)
            raise self._broken from None
        self._groups += 1

    def _begin(self) -> None:
        """Make the folder of the run, whose name is later than that of every other."""
        runs = (self._state or state_folder()) / "runs"
        self.folder = runs
        runs.mkdir(parents=True, exist_ok=True, mode=0o700)
        last = max((run.name for run in run_folders(runs)), default="")
        now = datetime.now(UTC)
        with suppress(ValueError, OverflowError):
            now = max(now, datetime.strptime(last, STAMP).replace(tzinfo=UTC) + _TICK)
        self.folder = _made(runs, now)
        mark = self.folder / f"{OPEN}.new"
        self._mark = os.open(mark, os.O_RDWR | os.O_CREAT, 0o600)
        folders.locked(self._mark, wait=False)
        mark.replace(self.folder / OPEN)
        folders.sync(runs)

    def _pack(self, files: Sequence[Replaced]) -> None:
        lines = []
        with (self.folder / PACK).open("ab") as pack:
            for file in files:
                old = file.old or b""
                digests, place = (digest(old), digest(file.new)), _packed(pack, old)
                torn = _packed(pack, file.new) if file.in_place else (0, 0)
                facts = (*digests, *place, file.times, self._groups + 1, torn)
                lines.append(Kept(str(file.target), *facts))
            pack.flush()
            os.fsync(pack.fileno())
        told = "".join(sealed(facts_of(line)) for line in lines)
        growing.add(self.folder / LIST, told.encode(), durable=True)

    def _note(self, facts: Mapping[str, int]) -> None:
        """Say what became of a group; nothing is lost where that cannot be said."""
        with suppress(OSError):
            growing.add(self.folder / LIST, sealed(facts).encode())

    def close(self) -> None:
        """End the run, and drop the oldest above the bounds; warns of those that go next.

        A group that the disk left half written stays open: the next run takes it back.
        """
        if self._mark is not None:
            with suppress(OSError):
                if not self._torn:
                    (self.folder / OPEN).unlink(missing_ok=True)
            os.close(self._mark)
            self._mark = None
        if self._groups:
            with suppress(OSError):
                _prune(self.folder.parent, self.warn)


_TICK = timedelta(microseconds=1)


def _is_back(file: Replaced) -> bool:
    """Whether a file has its old bytes."""
    try:
        return file.old is None or read(file.target) == file.old
    except PageError:
        return False


def _made(runs: Path, now: datetime) -> Path:
    """The folder of a run that begins now; no other run has it."""
    while True:
        folder = runs / now.strftime(STAMP)
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            now += _TICK
        else:
            return folder


def _packed(pack: IO[bytes], data: bytes) -> tuple[int, int]:
    """Where in the pack some bytes are now."""
    at = pack.tell()
    return at, pack.write(zlib.compress(data, 1))


def facts_of(kept: Kept) -> dict[str, Any]:
    """What a line says of a file."""
    facts = asdict(kept)
    del facts["done"]
    return facts


def sealed(facts: Mapping[str, Any]) -> str:
    """A line with its own checksum."""
    return json.dumps({**facts, "sum": _sum(facts)}) + "\n"


def _sum(facts: Mapping[str, Any]) -> int:
    return zlib.crc32(json.dumps(facts, sort_keys=True).encode())


def unsealed(line: str) -> dict[str, Any] | None:
    """What a line says; None where it is not as it was written."""
    try:
        facts = json.loads(line)
        told = facts.pop("sum")
    except (ValueError, AttributeError, KeyError, TypeError):
        return None
    return facts if told == _sum(facts) else None


def digest(data: bytes) -> str:
    """What tells bytes from others."""
    return hashlib.sha256(data).hexdigest()


def _prune(folder: Path, warn: Callable[[str], None]) -> None:
    """Drop the runs above the bounds that were announced, and announce others."""
    size, leaving = 0, []
    for number, run in enumerate(reversed(run_folders(folder))):
        size += sum(file.stat().st_size for file in run.iterdir() if file.is_file())
        if number and (number >= RUNS_KEPT or size > BYTES_KEPT) and _is_old(run):
            leaving.append(run)
    for run in leaving:
        if (run / LEAVING).exists():
            shutil.rmtree(run, ignore_errors=True)
        else:
            with suppress(OSError):
                (run / LEAVING).touch()
                warn(
                    Message(
                        "the journal is full: the next run forgets {name} (keep it: copy {run})",
                        name=run.name,
                        run=run,
                    )
                )


def _is_old(run: Path) -> bool:
    day = datetime.strptime(run.name, STAMP).replace(tzinfo=UTC)
    return datetime.now(UTC) - day > timedelta(days=DAYS_KEPT)


def run_folders(folder: Path) -> list[Path]:
    """The folders of runs, the oldest first; what else lies there is nothing of ours.

    Raises:
        PageError: nobody may look there.
    """
    try:
        found = folder.iterdir() if folder.is_dir() else ()
        return sorted((p for p in found if _is_run(p)), key=lambda p: p.name)
    except OSError as error:
        problem = Message("{path}: {what}", path=folder, what=of_system(error))
        raise PageError(problem, _REMEDY) from None


def _is_run(path: Path) -> bool:
    try:
        return bool(datetime.strptime(path.name, STAMP)) and path.is_dir()
    except ValueError:
        return False
