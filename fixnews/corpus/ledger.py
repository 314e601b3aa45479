"""What was done of a shard, kept beside what was written: it is done when its record is there.

A record holds the checksums of what was read and of what was written, so that a later call can tell
whether anything of it has to be done again, and nothing that differs from one run to the next.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from fixnews.corpus.leaves import Figures, Piece, Trouble
from fixnews.corpus.shards import PATH_CODEC, TEXT, WORK, Held, Order, checksum
from fixnews.errors import PageError, of_system
from fixnews.message import Message

RECORDS, PARTS = f"{WORK}/records", f"{WORK}/parts"

BLOCK = 1 << 20
"""Bytes that are read at a time where a file is only checked or copied."""


class Written(NamedTuple):
    """A file of the target: its path there, its size in bytes and its checksum."""

    path: str
    size: int
    checksum: str

    @property
    def is_part(self) -> bool:
        """Whether it is a part, of a file that is joined of many."""
        return self.path.startswith(PARTS + "/")


@dataclass(frozen=True, slots=True)
class Record:
    """What was done of one shard.

    Attributes:
        shard: its name.
        kind: what it holds.
        source: the checksum of what was read.
        settings: that of all else that the outcome depends on.
        written: the files.
        pages: the figures of each page.
        rules: for each rule how many corrections were applied, offered and noted.
        troubles: what was left as it was, and why.
    """

    shard: str
    kind: str
    source: str
    settings: str
    written: tuple[Written, ...]
    pages: tuple[Figures, ...]
    rules: dict[str, tuple[int, int, int]]
    troubles: tuple[Trouble, ...]

    def fits(self, source: str, settings: str) -> bool:
        """Whether it is of this very archive and of these settings."""
        return (self.source, self.settings) == (source, settings)

    def intact(self, target: Path, held: Held | None) -> bool:
        """Whether all that was written is there as it was written."""
        return all(
            _is_held(target, one, held)
            if one.is_part
            else digest(target / one.path) == one.checksum
            for one in self.written
        )

    @property
    def part(self) -> Written | None:
        """The part of a joined file, if it has one."""
        return next((one for one in self.written if one.is_part), None)

    def to_bytes(self) -> bytes:
        """The record as it is kept: its checksum, then itself."""
        facts = {name: getattr(self, name) for name in self.__slots__}
        data = json.dumps(facts, ensure_ascii=False, sort_keys=True).encode(*PATH_CODEC)
        return checksum(data).encode() + b"\n" + data

    @classmethod
    def of(cls, data: bytes) -> Record:
        """The record that was kept.

        Raises:
            ValueError: it is none, or damaged.
        """
        told, _, data = data.partition(b"\n")
        if checksum(data).encode() != told:
            raise ValueError("not what was written")
        facts: dict[str, Any] = json.loads(data.decode(*PATH_CODEC))
        made = {
            "written": tuple(Written(*one) for one in facts["written"]),
            "pages": tuple(Figures(*one) for one in facts["pages"]),
            "rules": {code: tuple(counts) for code, counts in facts["rules"].items()},
            "troubles": tuple(Trouble(*one) for one in facts["troubles"]),
        }
        return cls(**(facts | made))


def place(target: Path, shard: str) -> Path:
    """The file of a shard's record: one of 256 folders, by its name."""
    name = checksum(shard.encode(*PATH_CODEC))
    return target / RECORDS / name[:2] / f"{name[2:18]}.json"


def load(target: Path, shard: str) -> Record | None:
    """The record of a shard; None if there is none that can be read."""
    return _load(place(target, shard))


def records(target: Path) -> Iterator[Record]:
    """All records of a target, by the names of their files."""
    for path in sorted((target / RECORDS).glob("*/*.json")):
        found = _load(path)
        if found:
            yield found


def _load(path: Path) -> Record | None:
    with suppress(OSError, ValueError):
        return Record.of(path.read_bytes())
    return None


def keep(order: Order, record: Record, pieces: Iterable[Piece], before: Record | None) -> Record:
    """Write the files of a shard, each whole, then its record: from then on it is done.

    Args:
        order: says where.
        record: what was done; the files are added to it.
        pieces: the files.
        before: what was done of it in an earlier call; files that it has no more go, but for those
            whose page is there and cannot be read: what was made of it may be all that is left.

    Raises:
        PageError: a file cannot be written.
    """
    place(order.target, record.shard).unlink(missing_ok=True)
    written = tuple(_written(order, piece) for piece in pieces)
    kept = {one.path for one in written}
    old = [one for one in (before.written if before else ()) if one.path not in kept]
    spared = tuple(one for one in old if _may_be_wanted(order, one.path, record.troubles))
    for one in old:
        if one not in spared:
            (order.target / one.path).unlink(missing_ok=True)
    done = replace(record, written=written + spared)
    path = place(order.target, record.shard).relative_to(order.target).as_posix()
    put(order, Piece(path, done.to_bytes()))
    return done


def _may_be_wanted(order: Order, path: str, troubles: Iterable[Trouble]) -> bool:
    """Whether a file of an earlier call is of a page that only cannot be read or seen this time."""
    return order.is_unseen(path) or any(path == f"{TEXT}/{told.place}" for told in troubles)


def _written(order: Order, piece: Piece) -> Written:
    put(order, piece)
    return Written(piece.path, len(piece.data), checksum(piece.data))


@contextmanager
def whole(order: Order, path: Path) -> Iterator[Path]:
    """A temporary file to be written, which then takes a place in the target in one step.

    Raises:
        PageError: it cannot be written; what stood there stands there.
    """
    temporary = order.scratch / secrets.token_hex(8)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        problem = Message("{path}: {what}", path=path, what=of_system(error))
        raise PageError(problem, "mend that, and call again") from None


def put(order: Order, piece: Piece) -> None:
    """Give a file of the target its bytes, in one step.

    Raises:
        PageError: it cannot be written.
    """
    path = order.target / piece.path
    with whole(order, path) as temporary:
        temporary.write_bytes(piece.data)


def digest(path: Path, start: int = 0, length: int | None = None) -> str:
    """The checksum of a file, or of a stretch of it; nothing if it is not there."""
    told = hashlib.sha256()
    try:
        with path.open("rb") as file:
            left = os.fstat(file.fileno()).st_size - start if length is None else length
            file.seek(start)
            while left > 0 and (data := file.read(min(left, BLOCK))):
                told.update(data)
                left -= len(data)
    except OSError:
        return ""
    return "" if left > 0 else told.hexdigest()


def _is_held(target: Path, part: Written, held: Held | None) -> bool:
    """Whether a part is there, as a file or in the file that was joined of it and others."""
    if digest(target / part.path) == part.checksum:
        return True
    if held is None or held.part != part.checksum:
        return False
    joined = target / joined_path(part.path)
    return digest(joined, held.start, held.length) == held.checksum


def joined_path(part: str) -> str:
    """The file that a part belongs in.

    >>> joined_path(".fixnews/parts/2001/news.jsonl/000012")
    'text/2001/news.jsonl'
    """
    return "text/" + part.removeprefix(PARTS + "/").rpartition("/")[0]
