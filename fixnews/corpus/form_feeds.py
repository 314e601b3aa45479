"""A stream of pages in one large file of text, a form feed between them, cut at form feeds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from fixnews.corpus.leaves import Batch, Leaf, Mended, Piece, Unit
from fixnews.corpus.shards import Order, Shard, checksum
from fixnews.corpus.storage import Stored

KIND = "stream"

FROM = 4
"""Shards from which on a file of text is cut at its form feeds; a smaller one is an issue by
itself."""

_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
"""What a file of two or four bytes a character begins with: it is one shard, since a byte 0C in it
may be half of a character. In GB18030, Big5 and EUC it never is."""


def is_stream(order: Order, file: Stored) -> bool:
    """Whether a file of text is so large that it is cut."""
    if file.size < order.size * FROM:
        return False
    return not order.archive.stretch(file.path, 0, 4).startswith(_WIDE_BOMS)


def cuts(order: Order, file: Stored) -> Iterator[Shard]:
    """The shards of a file, each from behind a form feed to behind another."""
    start, first = 0, 1
    with order.archive.open(file.path) as stream:
        for number, data in enumerate(_stretches(stream, order.size)):
            name = f"{file.path}/{number:06d}"
            yield Shard(name, KIND, len(data), file.path, start, len(data), first)
            start += len(data)
            first += line_breaks(data)


def line_breaks(data: bytes) -> int:
    r"""How many lines end in some bytes.

    >>> line_breaks(b"a\r\nb\nc\rd")
    3
    """
    return data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")


def _stretches(stream: BinaryIO, size: int) -> Iterator[bytes]:
    rest = b""
    while data := stream.read(size):
        rest += data
        end = rest.rfind(b"\f") + 1
        if end and len(rest) >= size:
            yield rest[:end]
            rest = rest[end:]
    if rest:
        yield rest


def read(order: Order, shard: Shard) -> Batch:
    """The pages of a shard; they are one issue, as those of a small file are."""
    data = order.archive.stretch(shard.file, shard.start, shard.length)

    def written(mended: Sequence[Mended]) -> list[Piece]:
        return [Piece(shard.name, one.data) for one in mended]

    leaf = Leaf(shard.file, data, shard.file, shard.file)
    return Batch(checksum(data), (Unit((leaf,)),), written)
