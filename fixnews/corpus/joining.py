"""The parts of a file put together to one, and where each stands in it.

The parts go when their file is there. What is damaged or changed later is made anew as a part, and
joined with what is left of the file.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from fixnews.corpus import columnar
from fixnews.corpus.leaves import Piece
from fixnews.corpus.ledger import BLOCK, PARTS, Written, digest, put, whole
from fixnews.corpus.shards import PATH_CODEC, TEXT, WORK, Held, Order, beside


@dataclass(frozen=True, slots=True)
class Index:
    """Where the parts of a joined file stand.

    Attributes:
        parts: each part, in order.
        size: of the file, in bytes.
        frame: the checksum of what is before the first part and behind the last.
    """

    parts: tuple[Held, ...]
    size: int
    frame: str

    def frames(self, path: Path) -> bool:
        """Whether a file is what it was, but perhaps for its parts."""
        return path.is_file() and (path.stat().st_size, _frame(path, self.parts)) == (
            self.size,
            self.frame,
        )


def _place(target: Path, file: str) -> Path:
    return target / WORK / beside(f"joined/{file}", ".json")


def index(target: Path, file: str, kind: str) -> Index | None:
    """The parts of a file that was joined in an earlier call, if they can still be used.

    A file of Parquet cannot be read where its frame is damaged.
    """
    try:
        facts = json.loads(_place(target, file).read_text(*PATH_CODEC))
        found = Index(tuple(Held(*one) for one in facts["parts"]), facts["size"], facts["frame"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if kind == columnar.KIND and not found.frames(target / TEXT / file):
        return None
    return found


def join(order: Order, file: str, kind: str, parts: Sequence[Written]) -> None:
    """Put the parts of a file together, unless it stands as they would make it.

    Args:
        order: says where.
        file: its path below the archive.
        kind: what it holds.
        parts: its parts, in order.

    Raises:
        PageError: it cannot be written, or a part is gone.
    """
    path, folder = order.target / TEXT / file, order.target / PARTS / file
    before = index(order.target, file, kind)
    wanted = [part.checksum for part in parts]
    stands = before and [held.part for held in before.parts] == wanted and before.frames(path)
    if stands and not folder.exists():
        return
    with whole(order, path) as temporary:
        found = tuple(_JOINERS.get(kind, _bytes_joined)(order, path, before, parts, temporary))
    told = {"parts": found, "size": path.stat().st_size, "frame": _frame(path, found)}
    name = _place(order.target, file).relative_to(order.target).as_posix()
    put(order, Piece(name, json.dumps(told).encode()))
    shutil.rmtree(folder, ignore_errors=True)


def forget(order: Order, file: str) -> None:
    """Remove a joined file whose source is gone."""
    for path in (order.target / TEXT / file, _place(order.target, file)):
        path.unlink(missing_ok=True)
    shutil.rmtree(order.target / PARTS / file, ignore_errors=True)


def _frame(path: Path, parts: Sequence[Held]) -> str:
    first = parts[0].start if parts else 0
    last = parts[-1].start + parts[-1].length if parts else 0
    return hashlib.sha256(f"{digest(path, 0, first)} {digest(path, last)}".encode()).hexdigest()


def _bytes_joined(
    order: Order, path: Path, before: Index | None, parts: Sequence[Written], to: Path
) -> Iterator[Held]:
    """The parts one behind the other, as lines, compressed or not, and pages may stand."""
    old = {held.part: held for held in before.parts} if before else {}
    start = 0
    with to.open("wb") as file:
        for part in parts:
            held = order.target / part.path
            if held.exists():
                _copy(held, 0, part.size, file)
            else:
                _copy(path, old[part.checksum].start, part.size, file)
            yield Held(part.checksum, start, part.size, part.checksum)
            start += part.size


def _copy(source: Path, start: int, length: int, to: BinaryIO) -> None:
    with source.open("rb") as file:
        file.seek(start)
        while length and (data := file.read(min(length, BLOCK))):
            to.write(data)
            length -= len(data)


def _rows_joined(
    order: Order, path: Path, before: Index | None, parts: Sequence[Written], to: Path
) -> Iterator[Held]:
    """The parts as row groups of one file."""
    numbers = {held.part: n for n, held in enumerate(before.parts)} if before else {}
    joined = columnar.Joined(to)
    for part in parts:
        held = order.target / part.path
        if held.exists():
            joined.add(columnar.Part.of(held.read_bytes()))
        else:
            with path.open("rb") as stream:
                joined.add(columnar.Part.group(stream, numbers[part.checksum]))
    for part, (start, length) in zip(parts, joined.close(), strict=True):
        yield Held(part.checksum, start, length, digest(to, start, length))


_Joiner = Callable[[Order, Path, Index | None, Sequence[Written], Path], Iterator[Held]]

_JOINERS: dict[str, _Joiner] = {columnar.KIND: _rows_joined}
