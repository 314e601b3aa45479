"""Parquet: rows as pages, corrections and figures as tables. pyarrow is loaded here, nowhere else.

Only the text column of a file changes; schema, metadata, other columns and the order of the rows
are kept. A shard is a row group of the file that is written.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from fixnews.corpus.json_lines import leaf
from fixnews.corpus.leaves import Batch, Leaf, Mended, Piece, Trouble, units
from fixnews.corpus.shards import LARGEST, Columns, Order, Shard, checksum
from fixnews.corpus.storage import EXTRA, Stored
from fixnews.errors import DataError, PageError, UsageError, in_a_line
from fixnews.message import Message

KIND = "rows"
NAMES = ("*.parquet", "*.pq")

ROWS = 1 << 12
"""Rows of a shard at most, as of lines of JSON."""

LOOK = 1 << 10
"""Rows that are decoded at a time."""

CORRECTIONS: Mapping[str, str] = {
    "file": "string", "issue": "string", "path": "string", "line": "int64", "column": "int64",
    "end_line": "int64", "end_column": "int64", "code": "string", "name": "string",
    "before": "string", "after": "string", "safety": "string", "confidence": "float64",
    "message": "string", "applied": "bool", "to_path": "string", "to_line": "int64",
    "to_column": "int64",
}  # fmt: skip
"""The columns of a table of corrections, and their types as Arrow calls them."""


NUMBERS = frozenset((
    "pages", "repaired", "untouched", "refused", "characters", "applied", "suggested", "offered",
    "noted", "left", "left_per_thousand",
))  # fmt: skip
"""The columns of the tables of a summary that hold numbers."""


def cuts(order: Order, file: Stored) -> Iterator[Shard]:
    """The shards of a file, by what its metadata say of the size of its rows.

    Raises:
        PageError: it is no Parquet.
        UsageError: a column is not there.
    """
    with order.archive.open(file.path) as stream:
        table = _opened(stream, file.path)
        _check(table, order.columns, file.path)
        total = table.metadata.num_rows
        share = file.size / max(total, 1)
        bytes_of = sum(g.total_byte_size for g in _groups(table)) / max(total, 1)
        most = max(1, min(ROWS, int(order.size / max(bytes_of, 1))))
        for number, (start, rows, cut) in enumerate(_stretches(table, order.columns, most)):
            name, size = f"{file.path}/{number:06d}", int(share * rows)
            yield Shard(name, KIND, size, file.path, start, rows, start + 1, cut=cut)


def _groups(table: Any) -> list[Any]:
    return [table.metadata.row_group(n) for n in range(table.num_row_groups)]


def _check(table: Any, columns: Columns, path: str) -> None:
    names = table.schema_arrow.names
    asked = [columns.text, columns.page, columns.issue]
    missing = [name for name in asked if name and name not in names]
    if missing:
        known = ", ".join(names)
        raise UsageError(
            Message("{path}: no column {missing!r}", path=path, missing=missing[0]),
            Message("it has {known}; see --text-column", known=known),
        )
    kind = table.schema_arrow.field(columns.text).type
    held = kind.value_type if _arrow().types.is_dictionary(kind) else kind
    if str(held) not in ("string", "large_string", "string_view"):
        raise UsageError(
            Message("{path}: {text!r} holds {kind}", path=path, text=columns.text, kind=kind),
            "--text-column names the text",
        )


def _stretches(table: Any, columns: Columns, most: int) -> Iterator[tuple[int, int, bool]]:
    """Where each shard starts, how many rows it has, and whether its issue goes on behind it."""
    start, total = 0, table.metadata.num_rows
    if not columns.issue:
        for start in range(0, total, most):
            yield start, min(most, total - start), False
        return
    last: Any = None
    at = 0
    for batch in table.iter_batches(LOOK, columns=[columns.issue]):
        for issue in batch.column(0).to_pylist():
            ends = issue != last or issue is None
            if at > start and ((ends and at - start >= most) or at - start >= most * LARGEST):
                yield start, at - start, not ends
                start = at
            last = issue
            at += 1
    if at > start:
        yield start, at - start, False


def read(order: Order, shard: Shard) -> Batch:
    """The rows of a shard."""
    import pyarrow as pa

    with order.archive.open(shard.file) as stream:
        source = _opened(stream, shard.file)
        table = pa.Table.from_batches(_rows(source, shard), source.schema_arrow)
        group = source.metadata.row_group(0)
        packing = group.column(table.schema.get_field_index(order.columns.text)).compression.lower()
    found = list(_leaves(table, order.columns, shard))
    leaves = [one for one in found if isinstance(one, Leaf)]

    def written(mended: Sequence[Mended]) -> list[Piece]:
        texts = iter(mended)
        old = table.column(order.columns.text).to_pylist()
        new = [
            _text(next(texts), was) if isinstance(one, Leaf) else was
            for one, was in zip(found, old, strict=True)
        ]
        return [Piece(shard.name, _with_texts(table, order.columns.text, new, packing))]

    troubles = tuple(one for one in found if isinstance(one, Trouble))
    return Batch(_digest(table), tuple(units(leaves)), written, troubles)


def _text(mended: Mended, was: str) -> str:
    return was if mended.text is None else mended.text


def _rows(source: Any, shard: Shard) -> Iterator[Any]:
    """The rows of a shard out of the row groups that they are in, a few decoded at a time."""
    at, end = 0, shard.start + shard.length
    for number, group in enumerate(_groups(source)):
        if at + group.num_rows > shard.start and at < end:
            for batch in source.iter_batches(LOOK, row_groups=[number]):
                first, last = max(shard.start - at, 0), min(end - at, batch.num_rows)
                if first < last:
                    yield batch.slice(first, last - first)
                at += batch.num_rows
                if at >= end:
                    return
        else:
            at += group.num_rows


def _leaves(table: Any, columns: Columns, shard: Shard) -> Iterator[Leaf | Trouble]:
    names = [n for n in (columns.id, columns.page, columns.issue) if n in table.schema.names]
    facts = table.select(names).to_pylist() if names else [{}] * table.num_rows
    texts = table.column(columns.text).to_pylist()
    for number, (text, told) in enumerate(zip(texts, facts, strict=True), shard.first):
        place = f"{shard.file}:{number}"
        if text is None:
            yield Trouble(place, f"no text in {columns.text!r}")
        else:
            yield leaf(told, text, place, columns, shard.file)


def _digest(table: Any) -> str:
    import pyarrow as pa

    held = io.BytesIO()
    with pa.ipc.new_stream(held, table.schema) as stream:
        stream.write_table(table.combine_chunks())
    return checksum(held.getvalue())


def _with_texts(table: Any, column: str, texts: list[str], packing: str) -> bytes:
    import pyarrow as pa

    at = table.schema.get_field_index(column)
    kept = [t if t is None else t.encode("utf-8", "replace").decode() for t in texts]
    field = table.schema.field(at)
    new = table.set_column(at, field, pa.array(kept, field.type))
    return _packed(new.replace_schema_metadata(table.schema.metadata), packing)


def _packed(table: Any, packing: str = "zstd") -> bytes:
    import pyarrow.parquet as pq

    held = io.BytesIO()
    way = "none" if packing == "uncompressed" else packing
    pq.write_table(table, held, row_group_size=max(table.num_rows, 1), compression=way)
    return held.getvalue()


def table_of(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str]) -> bytes:
    """Rows as a Parquet file with these columns; what a row lacks is null.

    Raises:
        DataError: pyarrow is not installed.
    """
    pa = _arrow()
    types = {"string": pa.string(), "int64": pa.int64(), "float64": pa.float64()}
    types["bool"] = pa.bool_()
    schema = pa.schema([(name, types[kind]) for name, kind in columns.items()])
    found = {name: [_clean(row.get(name)) for row in rows] for name in columns}
    return _packed(pa.table(found, schema=schema))


def table_from_csv(source: Path, target: Path) -> None:
    """A table of CSV as Parquet, some of it at a time."""
    _arrow()
    from pyarrow import csv
    from pyarrow import parquet as pq

    with source.open("rb") as head:
        names = head.readline().decode().strip().split(",")
    texts = {name: "string" for name in names if name not in NUMBERS}
    types = texts | {
        n: "double" if n.startswith("left") else "int64" for n in names if n in NUMBERS
    }
    options = csv.ConvertOptions(column_types=types, strings_can_be_null=False)
    with (
        csv.open_csv(source, convert_options=options) as rows,
        pq.ParquetWriter(target, rows.schema) as writer,
    ):
        for batch in rows:
            writer.write_batch(batch)


def _clean(value: Any) -> Any:
    """The value; a half of a character, which UTF-8 has no place for, as a question mark."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


class Joined:
    """A file of Parquet that is written from parts, a row group each."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer: Any = None

    def add(self, part: Any) -> None:
        """Add the rows of a part, a table."""
        import pyarrow.parquet as pq

        if self._writer is None:
            packing = part.packing
            self._writer = pq.ParquetWriter(self._path, part.table.schema, compression=packing)
        self._writer.write_table(part.table, row_group_size=max(part.table.num_rows, 1))

    def close(self) -> list[tuple[int, int]]:
        """End the file; where each row group stands in it, its start and length in bytes."""
        self._writer.close()
        with self._path.open("rb") as stream:
            return [_extent(group) for group in _groups(_opened(stream, str(self._path)))]


class Part:
    """The rows of a shard as they were repaired.

    Attributes:
        table: the rows.
        packing: how their text is compressed.
    """

    def __init__(self, table: Any, packing: str) -> None:
        self.table = table
        self.packing = packing

    @classmethod
    def of(cls, data: bytes) -> Part:
        """The part in the bytes of its file."""
        return cls.group(io.BytesIO(data), 0)

    @classmethod
    def group(cls, stream: BinaryIO, number: int) -> Part:
        """A row group of a joined file."""
        source = _opened(stream, "part")
        kind = source.metadata.row_group(number).column(0).compression.lower()
        return cls(source.read_row_group(number), "none" if kind == "uncompressed" else kind)


def _extent(group: Any) -> tuple[int, int]:
    columns = [group.column(n) for n in range(group.num_columns)]
    starts = [
        min(c.dictionary_page_offset or c.data_page_offset, c.data_page_offset) for c in columns
    ]
    end = max(s + c.total_compressed_size for s, c in zip(starts, columns, strict=True))
    return min(starts), end - min(starts)


def _opened(stream: BinaryIO, path: str) -> Any:
    pa = _arrow()
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(stream, pre_buffer=False)
    except pa.ArrowInvalid as error:
        raise PageError(
            Message("{path}: no Parquet: {error}", path=path, error=in_a_line(error)),
            "fetch it anew",
        ) from None


def _arrow() -> Any:
    try:
        import pyarrow
    except ImportError:
        raise DataError("pyarrow is not installed", EXTRA) from None
    return pyarrow
