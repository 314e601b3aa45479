"""Pages in files, an issue a folder or a date in their names; some issues make a shard."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath

from fixnews.config import Config
from fixnews.corpus.leaves import Batch, Leaf, Mended, Piece, Trouble, Unit
from fixnews.corpus.shards import LARGEST, PATH_CODEC, TEXT, Order, Shard, checksum
from fixnews.errors import PageError
from fixnews.issue import patterns

KIND = "pages"

ISSUES = 1 << 4
"""Issues of a shard on the average, if they are small. A shard ends where the name of its last
issue says so, by chance: what is added to an archive changes the shards beside it and no other."""

Issue = tuple[str, ...]


def cuts(issues: Iterator[Issue], sizes: Mapping[str, int], order: Order) -> Iterator[Shard]:
    """The shards of some issues; one that is too large for an issue is cut."""
    some: list[Issue] = []
    size = 0
    for issue, cut in _parts(issues, sizes, order.size):
        some.append(issue)
        size += sum(sizes[path] for path in issue)
        if cut or size >= order.size or _ends(issue):
            yield _shard(some, size, cut=cut)
            some, size = [], 0
    if some:
        yield _shard(some, size, cut=False)


def _shard(issues: list[Issue], size: int, *, cut: bool) -> Shard:
    return Shard(issues[0][0], KIND, size, issues=tuple(issues), cut=cut)


def _ends(issue: Issue) -> bool:
    return zlib.crc32(issue[0].encode(*PATH_CODEC)) % ISSUES == 0


def _parts(
    issues: Iterator[Issue], sizes: Mapping[str, int], size: int
) -> Iterator[tuple[Issue, bool]]:
    """Each issue; of one that is too large, stretches that are not, and whether it goes on."""
    for issue in issues:
        held: list[str] = []
        bytes_held = 0
        whole = sum(sizes[path] for path in issue) < size * LARGEST
        for path in issue:
            if held and not whole and bytes_held + sizes[path] > size:
                yield tuple(held), True
                held, bytes_held = [], 0
            held.append(path)
            bytes_held += sizes[path]
        yield tuple(held), False


def read(order: Order, shard: Shard) -> Batch:
    """The pages of a shard; a file that cannot be read is a trouble."""
    found: list[Unit] = []
    troubles: list[Trouble] = []
    digests = []
    for issue in shard.issues:
        leaves = []
        for path in issue:
            try:
                data = order.archive.read(path)
            except PageError as error:
                troubles.append(Trouble(path, error.problem.removeprefix(f"{path}: ")))
                digests.append(f"{path}\0")
                continue
            leaves.append(Leaf(path, data, path, _called(path, order.config)))
            digests.append(f"{path}\0{checksum(data)}")
        found += [Unit(tuple(leaves))] if leaves else []

    def written(mended: Sequence[Mended]) -> list[Piece]:
        return [Piece(f"{TEXT}/{one.leaf.name}", one.data) for one in mended]

    told = "\n".join(digests).encode(*PATH_CODEC)
    return Batch(checksum(told), tuple(found), written, tuple(troubles))


def _called(path: str, config: Config) -> str:
    """What the issue of a page is called: its folder, and the day or number in its name."""
    told = patterns(config).read(path)
    folder = PurePath(path).parent.as_posix()
    parts = ("" if folder == "." else folder, told.paper, told.day or told.issue)
    return " ".join(filter(None, parts)) or path
