"""JSON, a page a line, plain or as .gz and .zst: only the text of a line changes, no other byte.

A line that is no row is named and stays as it is.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from fixnews.corpus import compression
from fixnews.corpus.leaves import Batch, Leaf, Mended, Piece, Trouble, units
from fixnews.corpus.shards import LARGEST, Columns, Order, Shard, checksum
from fixnews.corpus.storage import Stored
from fixnews.errors import PageError
from fixnews.message import Message

KIND = "lines"
NAMES = tuple(f"*.{name}{more}" for name in ("jsonl", "ndjson") for more in ("", ".gz", ".zst"))

ROWS = 1 << 12
"""Lines of a shard at most: headlines and captions take a hundred bytes, a page ten thousand."""

_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff")
_BLANK = " \t\r\n\ufeff"


@dataclass(frozen=True, slots=True)
class Row:
    """A line that is a row.

    Attributes:
        line: the line, its end included.
        start, end: where the value of its text stands in it.
        leaf: the page that it holds.
    """

    line: str
    start: int
    end: int
    leaf: Leaf

    def with_text(self, text: str | None) -> bytes:
        """The line with another text; in the way in which the old one was escaped."""
        if text is None:
            return self.line.encode()
        plain = self.line.isascii() or any("\ud800" <= c <= "\udfff" for c in text)
        new = json.dumps(text, ensure_ascii=plain)
        return (self.line[: self.start] + new + self.line[self.end :]).encode()


def cuts(order: Order, file: Stored) -> Iterator[Shard]:
    """The shards of a file, read as a stream; those of a compressed file carry their lines.

    Raises:
        PageError: the file cannot be read, or is UTF-16.
    """
    carried = compression.is_packed(file.path)
    with order.archive.open(file.path) as raw, compression.opened(raw, file.path) as stream:
        cutting = _Cutting(order, file.path, carried)
        before = 0
        for shard in cutting.shards(stream):
            here = raw.tell() if carried else shard.start + shard.length
            yield replace(shard, size=here - before)
            before = here


@dataclass(slots=True)
class _Cutting:
    """Lines put together to shards, cut where an issue ends."""

    order: Order
    path: str
    carried: bool
    number: int = 0
    start: int = 0
    length: int = 0
    first: int = 1
    rows: int = 0

    def shards(self, stream: BinaryIO) -> Iterator[Shard]:
        issue, kept = "", list[bytes]()
        column = self.order.columns.issue
        for line in stream:
            self._check(line)
            new = _issue(line, self.order.columns) if column else None
            ends = not column or new not in (None, issue)
            if self.rows and self._is_full(ends):
                yield self._shard(kept, cut=not ends)
                kept = []
            issue = issue if new is None else new
            self.length += len(line)
            self.rows += 1
            if self.carried:
                kept.append(line)
        if self.rows:
            yield self._shard(kept, cut=False)

    def _is_full(self, ends: bool) -> bool:  # noqa: FBT001
        size = self.order.size
        full = self.length >= size or self.rows >= ROWS
        return (full and ends) or self.length >= size * LARGEST

    def _check(self, line: bytes) -> None:
        if not self.start and not self.rows and line.startswith(_WIDE_BOMS):
            raise PageError(
                Message("{path}: UTF-16, where JSONL is UTF-8", path=self.path), "convert it"
            )

    def _shard(self, kept: list[bytes], *, cut: bool) -> Shard:
        shard = Shard(
            f"{self.path}/{self.number:06d}", KIND, self.length, self.path, self.start, self.length,
            self.first, data=b"".join(kept) if self.carried else None, cut=cut,
        )  # fmt: skip
        self.number += 1
        self.start += self.length
        self.first += self.rows
        self.length = self.rows = 0
        return shard


def _issue(line: bytes, columns: Columns) -> str | None:
    """What issue a line is of; None where it does not say."""
    try:
        value = json.loads(line).get(columns.issue)
    except (ValueError, AttributeError, RecursionError):
        return None
    return None if value is None else str(value)


def read(order: Order, shard: Shard) -> Batch:
    """The lines of a shard."""
    stretch = (shard.file, shard.start, shard.length)
    data = order.archive.stretch(*stretch) if shard.data is None else shard.data
    found = [
        _row(line, f"{shard.file}:{number}", order.columns, shard.file) or line
        for number, line in enumerate(_lines(data), shard.first)
    ]
    lines = [(line, told) for line, told in zip(_lines(data), found, strict=True)]
    rows = [told for told in found if isinstance(told, Row)]

    def written(mended: Sequence[Mended]) -> list[Piece]:
        texts = iter(mended)
        made = [
            told.with_text(next(texts).text) if isinstance(told, Row) else line
            for line, told in lines
        ]
        return [Piece(shard.name, compression.packed(b"".join(made), shard.file))]

    troubles = tuple(told for told in found if isinstance(told, Trouble))
    return Batch(checksum(data), tuple(units([row.leaf for row in rows])), written, troubles)


def _lines(data: bytes) -> list[bytes]:
    """The lines with their ends; only a line feed ends one."""
    return io.BytesIO(data).readlines()


def _row(raw: bytes, place: str, columns: Columns, file: str) -> Row | Trouble | None:
    """What a line is: a row, a trouble, or nothing but blanks."""
    if not raw.strip():
        return None
    try:
        line = raw.decode()
        facts = {key: fact for key, *fact in _members(line.rstrip("\r\n"))}
    except UnicodeDecodeError as error:
        return Trouble(place, f"no UTF-8 at byte {error.start + 1}", is_page=False)
    except json.JSONDecodeError as error:
        told = f"no JSON object: {error.msg.removesuffix(' at')} at column {error.colno}"
        return Trouble(place, told, is_page=False)
    except (ValueError, RecursionError) as error:
        return Trouble(place, f"no JSON object: {error}", is_page=False)
    text, start, end = facts.get(columns.text, (None, 0, 0))
    if not isinstance(text, str):
        return Trouble(place, f"no text in {columns.text!r}")
    values = {key: fact[0] for key, fact in facts.items()}
    return Row(line, start, end, leaf(values, text, place, columns, file))


def leaf(facts: dict[str, Any], text: str, place: str, columns: Columns, file: str) -> Leaf:
    """The page in a row, by what its columns say."""
    ident, page, issue = (facts.get(name) for name in (columns.id, columns.page, columns.issue))
    return Leaf(
        place if ident is None else str(ident),
        text,
        file,
        "" if issue is None or not columns.issue else str(issue),
        "" if page is None or not columns.page else str(page),
    )


_DECODER = json.JSONDecoder()


def _members(line: str) -> Iterator[tuple[str, Any, int, int]]:
    r"""The members of the object on a line, and where the value of each stands.

    >>> list(_members('{"id": 1, "text": "\\u9ec4"}'))
    [('id', 1, 7, 8), ('text', '黄', 18, 26)]
    """
    at = _expected(line, 0, "{")
    if _after(line, at)[0] == "}":
        at = _expected(line, at, "}")
    else:
        sign = ","
        while sign == ",":
            key, at = _DECODER.raw_decode(line, _after(line, at)[1])
            if not isinstance(key, str):
                raise ValueError("a name without quotation marks")
            start = _after(line, _expected(line, at, ":"))[1]
            value, end = _DECODER.raw_decode(line, start)
            yield key, value, start, end
            sign, at = _after(line, end)
            at += 1
        if sign != "}":
            raise ValueError(f"no }} at column {at}")
    if line[at:].strip(_BLANK):
        raise ValueError(f"something behind the object, at column {at + 1}")


def _after(line: str, at: int) -> tuple[str, int]:
    """The next sign that is no blank, and where it stands."""
    while line[at : at + 1] and line[at] in _BLANK:
        at += 1
    return line[at : at + 1], at


def _expected(line: str, at: int, sign: str) -> int:
    found, at = _after(line, at)
    if found != sign:
        raise ValueError(f"no {sign} at column {at + 1}")
    return at + 1
