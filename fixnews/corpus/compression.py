"""Lines as .gz and .zst: read as a stream, written in parts that may follow each other.

What is cut off or no such file is an error, never a short text. zstandard is loaded here and
nowhere else.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from fixnews.corpus.storage import EXTRA
from fixnews.errors import DataError, PageError, in_a_line
from fixnews.message import Message

BLOCK = 1 << 16
"""Bytes of a packed file that are read at a time."""


class Cut(Exception):  # noqa: N818
    """A packed file ends in the midst of a frame."""


class _Frames(io.RawIOBase):
    """What a .zst holds; zstandard's own reader takes a file that is cut off for one that ends."""

    def __init__(self, raw: BinaryIO, begun: Callable[[], Any]) -> None:
        self._raw = raw
        self._begun = begun
        self._frame: Any = None
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            packed = getattr(self._frame, "unused_data", b"") or self._raw.read(BLOCK)
            if not packed:
                return self._ended()
            if self._frame is None or self._frame.eof:
                self._frame = self._begun()
            self._rest = self._frame.decompress(packed)
        given, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(given)] = given
        return len(given)

    def _ended(self) -> int:
        if self._frame is not None and not self._frame.eof:
            raise Cut("it ends in the midst of a frame: cut off")
        return 0


def is_packed(path: str) -> bool:
    """Whether lines in a file of this name are compressed.

    >>> is_packed("news.JSONL.gz"), is_packed("news.jsonl")
    (True, False)
    """
    return _way(path) is not None


def packed(data: bytes, path: str) -> bytes:
    """Some lines as they stand in a file of this name."""
    way = _way(path)
    return way(data) if way else data


@contextmanager
def opened(raw: BinaryIO, path: str) -> Iterator[BinaryIO]:
    """The lines of a file, whatever it is compressed with.

    Raises:
        PageError: it is not what its name says, or it is cut off.
        DataError: zstandard is not installed.
    """
    try:
        yield _unpacked(raw, path)
    except (EOFError, gzip.BadGzipFile, zlib.error, Cut) as error:
        raise PageError(f"{path}: {in_a_line(error)}", "fetch it anew") from None
    except Exception as error:
        if type(error).__name__ != "ZstdError":
            raise
        raise PageError(f"{path}: {in_a_line(error)}", "fetch it anew") from None


def _unpacked(raw: BinaryIO, path: str) -> BinaryIO:
    if path.lower().endswith(".gz"):
        return io.BufferedReader(gzip.GzipFile(fileobj=raw))
    if path.lower().endswith(".zst"):
        begun = _zstandard(path).ZstdDecompressor().decompressobj
        return io.BufferedReader(_Frames(raw, begun))
    return raw


def _way(path: str) -> Callable[[bytes], bytes] | None:
    if path.lower().endswith(".gz"):
        return lambda data: gzip.compress(data, mtime=0)
    if path.lower().endswith(".zst"):
        return lambda data: bytes(_zstandard(path).ZstdCompressor().compress(data))
    return None


def _zstandard(path: str) -> Any:
    try:
        import zstandard
    except ImportError:
        raise DataError(Message("{path}: zstandard is not installed", path=path), EXTRA) from None
    return zstandard
