"""Lists that grow while a run goes on; half a line on a full disk would spoil the one behind."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def add(path: Path, data: bytes, *, durable: bool = False) -> None:
    r"""Put lines behind those of a file, all or none.

    Args:
        path: the file; what a kill left of a line there is closed first.
        data: the lines.
        durable: whether they are on the disk when this returns.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "list"
    ...     _ = path.write_bytes(b"one\nhal")
    ...     add(path, b"two\n")
    ...     path.read_bytes()
    b'one\nhal\ntwo\n'
    """
    with path.open("a+b", buffering=0) as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(max(end - 1, 0))
        torn = file.read(1) not in (b"", b"\n")
        try:
            view = memoryview(b"\n" * torn + data)
            while view:
                view = view[file.write(view) :]
            if durable:
                os.fsync(file.fileno())
        except OSError:
            with suppress(OSError):
                file.truncate(end)
            raise
