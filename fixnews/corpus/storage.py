"""Where an archive lies: a folder, one file, a zip, or whatever fsspec reaches by its address.

fsspec is loaded here, when an archive is first looked at, and nowhere else.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple
from zipfile import ZipFile

from fixnews.corpus import zip_names
from fixnews.errors import DataError, FixnewsError, PageError, in_a_line, of_system
from fixnews.folders import kind
from fixnews.message import Message

EXTRA = "pip install 'fixnews[corpus]'"
"""How to get the packages that only ``fixnews corpus`` needs."""

ZIP = "zip://::"
"""How the address of a zip begins; its path or its own address follows."""


class Stored(NamedTuple):
    """A file of an archive.

    Attributes:
        path: below the archive, with ``/`` between folders.
        size: in bytes.
        kind: ``file``; ``folder`` for a link to one, ``other`` for a pipe or a device.
    """

    path: str
    size: int
    kind: str = "file"


@dataclass(frozen=True, slots=True)
class Storage:
    """An archive by its address.

    Attributes:
        address: a path, or what fsspec takes: ``s3://bucket/papers``, ``zip://::papers.zip``.
        folder: the folder in which its files are told.
        only: the one file that it is, if it is no folder.
    """

    address: str
    folder: str
    only: str = ""

    @property
    def local(self) -> Path | None:
        """The folder on this machine, if the archive lies in one."""
        return Path(self.folder) if is_local(self.address) and not self.is_zip else None

    @property
    def is_zip(self) -> bool:
        """Whether its files are those of a zip."""
        return self.address.startswith("zip://")

    def files(self) -> list[Stored]:
        """Every file of the archive, by path."""
        if self.only:
            return [Stored(self.only, self._size(self.only))]
        with _told(self.address):
            found = _system(self.address).find(self.folder, detail=True)
        lead = len(self.folder.rstrip("/")) + 1 if self.folder else 0
        return sorted(
            Stored(path[lead:], facts["size"] or 0, self._kind(path, facts["type"]))
            for path, facts in found.items()
        )

    def _kind(self, path: str, told: str) -> str:
        """What lies at a path; a link that leads nowhere is a file that cannot be read."""
        is_odd = told != "file" and self.local
        return (kind(Path(path)) or "file") if is_odd else "file"

    def read(self, path: str) -> bytes:
        """All bytes of a file."""
        with self.open(path) as file:
            return file.read()

    def stretch(self, path: str, start: int, length: int) -> bytes:
        """Some bytes of a file."""
        with self.open(path) as file:
            file.seek(start)
            return file.read(length)

    @contextmanager
    def open(self, path: str) -> Iterator[BinaryIO]:
        """A file of the archive, to be read from its start.

        Raises:
            PageError: it is not there, or cannot be read.
        """
        with _told(path), _system(self.address).open(self._full(path), "rb") as file:
            yield file

    def _full(self, path: str) -> str:
        return f"{self.folder.rstrip('/')}/{path}" if self.folder else path

    def _size(self, path: str) -> int:
        with _told(path):
            return int(_system(self.address).size(self._full(path)) or 0)


def is_local(address: str) -> bool:
    """Whether an address is a path on this machine.

    >>> is_local("papers/1999"), is_local("s3://papers/1999")
    (True, False)
    """
    return "://" not in address


def storage(address: str) -> Storage:
    """The archive at an address.

    Raises:
        PageError: nothing is there.
        DataError: fsspec, or what it needs to get there, is not installed.
    """
    if is_local(address):
        full = os.path.abspath(address)  # noqa: PTH100 (a link of the caller's stays one)
        if not Path(full).exists():
            raise PageError(
                Message("{address}: no such file or folder", address=address), "check the path"
            )
        if Path(full).suffix.lower() == ".zip":
            return Storage(ZIP + full, "")
        return Storage(full, full) if Path(full).is_dir() else _alone(full, full)
    if address.lower().endswith(".zip") and not address.startswith("zip://"):
        return Storage(ZIP + address, "")
    system, path = _found(address)
    with _told(address):
        if not system.exists(path):
            raise PageError(
                Message("{address}: nothing there", address=address), "check the address"
            )
        is_file = bool(path) and system.isfile(path)
    return _alone(address, path) if is_file else Storage(address, path)


def _alone(address: str, path: str) -> Storage:
    folder, _, name = path.replace(os.sep, "/").rpartition("/")
    return Storage(address, folder, name)


def _found(address: str) -> tuple[Any, str]:
    """The file system behind an address, and the path there."""
    try:
        with _told(address.removeprefix(ZIP)):
            return _reached(address)
    except PageError as error:
        raise PageError(error.problem, "check the address") from None
    except ImportError as error:
        raise DataError(
            f"{address}: {error}", Message("{extra}, and what the address needs", extra=EXTRA)
        ) from None


def _reached(address: str) -> tuple[Any, str]:
    """The same; a path of this machine is no address, whatever signs are in it."""
    import fsspec

    if is_local(address):
        return fsspec.filesystem("file"), address
    if address.startswith(ZIP) and is_local(address.removeprefix(ZIP)):
        held = Path(address.removeprefix(ZIP)).open("rb")  # noqa: SIM115 (as long as its system)
        system, path = fsspec.filesystem("zip", fo=held), ""
    else:
        system, path = fsspec.core.url_to_fs(address)
    if isinstance(members := getattr(system, "zip", None), ZipFile):
        zip_names.read_anew(members)
    return system, path


@cache
def _system(address: str) -> Any:
    """The file system behind an address; connections are kept."""
    return _found(address)[0]


@contextmanager
def _told(path: str) -> Iterator[None]:
    """Say in one way what file systems, and what unpacks their files, say in many."""
    try:
        yield
    except (FixnewsError, ImportError):
        raise
    except FileNotFoundError:
        raise PageError(
            Message("{path}: no such file", path=path), "it was there; check the archive"
        ) from None
    except OSError as error:
        problem = Message("{path}: {what}", path=path, what=of_system(error))
        raise PageError(problem, "check the archive") from None
    except Exception as error:
        problem = Message("{path}: {what}", path=path, what=in_a_line(error))
        raise PageError(problem, "check the archive") from None
