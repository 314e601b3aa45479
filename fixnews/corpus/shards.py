"""What a shard is, and what an order for a whole archive says: all that a worker is told."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import NamedTuple

from fixnews.config import Config
from fixnews.corpus.storage import Storage
from fixnews.version import __version__

MEGABYTE = 1 << 20

SIZE = 2 * MEGABYTE
"""Bytes of a shard: six seconds of work on damaged pages, half a minute on bad OCR (0.3 and 0.04 MB
a second), so that ^C and a dead worker cost little, and 50,000 shards make 100 GB."""

LARGEST = 8
"""Shards from which on what calls itself an issue is cut: 16 MiB, where a newspaper of 200 pages
has 4. Below it an issue is in one shard, whatever its size."""

WORK = ".fixnews"
"""The folder of a target that holds what a later call needs."""

PATH_CODEC = "utf-8", "surrogateescape"
"""How names of files are encoded: they may be any bytes."""

TEXT = "text"
"""The folder of a target in which the archive comes back."""

_REPAIR = (
    "select", "extend_select", "ignore", "unsafe_fixes", "min_confidence", "per_file",
    "issue_name", "page_name", "article_name", "as_text", "encoding", "output_encoding", "allow",
)  # fmt: skip
_LISTS = ("model", "dictionaries", "terms", "allow_list")


class Held(NamedTuple):
    """Where the part of a shard stands in the joined file of an earlier call.

    Attributes:
        part: the checksum of the part as it was written by its worker.
        start, length: the bytes of the joined file.
        checksum: of these bytes.
    """

    part: str
    start: int
    length: int
    checksum: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a row of JSONL or Parquet has what.

    Attributes:
        text: the text of a page.
        id: what to call it; the row's number where there is none.
        page: the label of the page in its issue, such as ``A4``.
        issue: what tells issues apart; without it every row is a page of its own.
    """

    text: str = "text"
    id: str = "id"
    page: str = ""
    issue: str = ""


@dataclass(frozen=True, slots=True)
class Shard:
    """What one worker does at a time.

    Attributes:
        name: what it is called in the target; the same from call to call.
        kind: what it holds, see `fixnews.corpus.readers`.
        size: how much of the archive it is, in bytes.
        file: the file that it is a stretch of, and
        start, length: the stretch, in bytes or rows;
        first: the number of its first line, row or page, from 1.
        issues: of pages in files, the paths of each issue.
        data: the stretch itself, where nobody else can get at it.
        held: where its part stands in the joined file of an earlier call.
        cut: whether an issue that is too large for one shard goes on in the next.
    """

    name: str
    kind: str
    size: int
    file: str = ""
    start: int = 0
    length: int = 0
    first: int = 1
    issues: tuple[tuple[str, ...], ...] = ()
    data: bytes | None = None
    held: Held | None = None
    cut: bool = False

    def found_in(self, held: Held | None) -> Shard:
        """The shard, knowing where its part is."""
        return replace(self, held=held) if held else self


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done with an archive.

    Attributes:
        archive: where it lies.
        target: the folder to write.
        config: the settings of the repair.
        columns: the columns of rows.
        form: corrections as ``jsonl`` or ``parquet``.
        articles: whether stories are cut as well.
        rejected: keys of corrections that a baseline leaves as they are.
        size: bytes of a shard.
        run: the name of this call.
        impatient: whether a worker may end its process over pages that take too long.
        unseen: folders of the archive that could not be looked into: nobody knows what is there.
    """

    archive: Storage
    target: Path
    config: Config = Config()  # noqa: RUF009
    columns: Columns = Columns()
    form: str = "jsonl"
    articles: bool = False
    rejected: frozenset[str] = frozenset()
    size: int = SIZE
    run: str = "run"
    impatient: bool = False
    unseen: tuple[str, ...] = ()

    @property
    def work(self) -> Path:
        """The folder that holds what a later call needs."""
        return self.target / WORK

    @property
    def scratch(self) -> Path:
        """The folder of this call alone."""
        return self.work / "runs" / self.run

    @property
    def stop(self) -> Path:
        """The file that asks all workers to stop."""
        return self.scratch / "stop"

    def is_unseen(self, path: str) -> bool:
        """Whether a file of the target may be of a page that is there, but cannot be seen."""
        return path.startswith(tuple(f"{TEXT}/{folder}/" for folder in self.unseen))

    def settings(self) -> str:
        """A checksum of all that what is written depends on, besides the archive."""
        config = {name: getattr(self.config, name) for name in _REPAIR}
        lists = [path for name in _LISTS for path in _paths(getattr(self.config, name))]
        facts = {
            "config": config,
            "lists": [_digest(path) for path in lists],
            "columns": asdict(self.columns),
            "form": self.form,
            "articles": self.articles,
            "rejected": sorted(self.rejected),
            "version": __version__,
        }
        return checksum(json.dumps(facts, sort_keys=True, default=list).encode())


def _paths(value: Path | tuple[Path, ...] | None) -> tuple[Path, ...]:
    return (value,) if isinstance(value, Path) else value or ()


def _digest(path: Path) -> str:
    return checksum(path.read_bytes()) if path.is_file() else ""


NAME = 255
"""Bytes that the name of a file may have on ext4, XFS and Btrfs; APFS and NTFS take as many
characters."""


def beside(path: str, suffix: str) -> str:
    """A path with a suffix; the name is cut, and told apart by a checksum, where it gets too long.

    >>> beside("1999/news.txt", ".jsonl"), len(beside("1999/" + 250 * "a", ".jsonl"))
    ('1999/news.txt.jsonl', 260)
    """
    folder, slash, name = path.rpartition("/")
    whole = name.encode(*PATH_CODEC)
    if len(whole) + len(suffix) <= NAME:
        return path + suffix
    mark = f"-{checksum(whole)[:8]}"
    kept = whole[: NAME - len(mark) - len(suffix)].decode("utf-8", "ignore")
    return f"{folder}{slash}{kept}{mark}{suffix}"


def checksum(data: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal.

    >>> checksum(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(data).hexdigest()
