"""Files that are packed by gzip."""

from __future__ import annotations

import zlib

from fixnews.errors import PageError
from fixnews.message import Message

GZIP = b"\x1f\x8b"
LARGEST = 1 << 30
"""Bytes of a packed file that are unpacked at most: ten times the largest file of a newspaper."""


def unpacked(data: bytes, path: str) -> bytes:
    """The bytes of a file that may be packed by gzip.

    Raises:
        PageError: it is broken, or too large.
    """
    if not data.startswith(GZIP):
        return data
    unpacker = zlib.decompressobj(wbits=31)
    try:
        found = unpacker.decompress(data, LARGEST)
    except zlib.error as error:
        raise PageError(
            Message("{path}: broken gzip: {error}", path=path, error=error), "unpack it by hand"
        ) from None
    if unpacker.unconsumed_tail or not unpacker.eof:
        large = unpacker.unconsumed_tail
        problem = Message("larger than a gigabyte") if large else Message("the gzip is cut off")
        told = Message("{path}: {problem}", path=path, problem=problem)
        raise PageError(told, "unpack it by hand")
    return found


def packed(new: bytes, old: bytes) -> bytes:
    """The new bytes of a file, packed if the old ones were, with the time that these have."""
    if not old.startswith(GZIP):
        return new
    import gzip

    return gzip.compress(new, mtime=int.from_bytes(old[4:8], "little"))
