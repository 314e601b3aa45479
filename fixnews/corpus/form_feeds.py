"""A stream of pages in one large file of text, a form feed between them, cut at form feeds.

Where none comes for long it is cut at an empty line, else at the end of a line, so that memory
stays bounded: sixteen megabytes are no page of a newspaper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from fixnews.corpus.leaves import Batch, Leaf, Mended, Piece, Unit
from fixnews.corpus.shards import LARGEST, Order, Shard, checksum
from fixnews.corpus.storage import Stored

KIND = "stream"

FROM = 4
"""Shards from which on a file of text is cut at its form feeds; a smaller one is an issue by
itself."""

HEAD = 1 << 13
"""Bytes in which a file of two or four bytes a character shows itself, by its mark or by the NULs
of its line breaks, spaces and digits. It is one shard, since a byte 0C or 0A in it may be half of a
character. In GB18030, Big5 and EUC it never is."""

_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff")


def is_stream(order: Order, file: Stored) -> bool:
    """Whether a file of text is so large that it is cut."""
    if file.size < order.size * FROM:
        return False
    head = order.archive.stretch(file.path, 0, HEAD)
    return not head.startswith(_WIDE_BOMS) and b"\0" not in head


def cuts(order: Order, file: Stored) -> Iterator[Shard]:
    """The shards of a file, each from behind a form feed to behind another."""
    start, first = 0, 1
    with order.archive.open(file.path) as stream:
        for number, (data, cut) in enumerate(_stretches(stream, order.size)):
            name = f"{file.path}/{number:06d}"
            yield Shard(name, KIND, len(data), file.path, start, len(data), first, cut=cut)
            start += len(data)
            first += line_breaks(data)


def line_breaks(data: bytes) -> int:
    r"""How many lines end in some bytes.

    >>> line_breaks(b"a\r\nb\nc\rd")
    3
    """
    return data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")


def _stretches(stream: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    """The bytes from cut to cut, and whether a page goes on behind it."""
    rest = bytearray()
    while data := stream.read(size):
        rest += data
        end = rest.rfind(b"\f") + 1
        cut = not end and len(rest) >= size * LARGEST
        end = _line_end(rest) if cut else end
        if end and len(rest) >= size:
            yield bytes(rest[:end]), cut
            del rest[:end]
    if rest:
        yield bytes(rest), False


_ENDS = (b"\n\n", b"\r\n\r\n", b"\n", b"\r")
"""Where a page that has no end is cut: at the last of the first of these that there is. In UTF-8,
GB18030, Big5 and EUC these bytes are nothing else."""


def _line_end(data: bytearray) -> int:
    """The place behind the last empty line, else behind the last line; 0 where none ends."""
    found = ((data.rfind(sign), len(sign)) for sign in _ENDS)
    return next((at + length for at, length in found if at >= 0), 0)


def read(order: Order, shard: Shard) -> Batch:
    """The pages of a shard; they are one issue, as those of a small file are."""
    data = order.archive.stretch(shard.file, shard.start, shard.length)

    def written(mended: Sequence[Mended]) -> list[Piece]:
        return [Piece(shard.name, one.data) for one in mended]

    leaf = Leaf(shard.file, data, shard.file, shard.file)
    return Batch(checksum(data), (Unit((leaf,)),), written)
