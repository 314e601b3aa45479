"""Which files a call is about, and which of them are the pages of one issue.

A file named in full is always taken. A folder is walked: names that look like text pages, nothing
hidden, nothing that .gitignore or ``exclude`` names. A folder that holds none is looked through for
files of recognisers. What is met and not taken is told with its reason. Pages of one issue are in
one folder, and their names do not say different dates or issues; they are in natural order (A2
before A10).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path, PurePath
from typing import NamedTuple, TypeVar

from fixnews.config import Config
from fixnews.errors import DecodeError, PageError
from fixnews.exclusion import Sieve, around, is_excluded, nested, spec
from fixnews.folders import kind
from fixnews.formats.on_disk import among, form_of
from fixnews.jumps.labels import issue_of
from fixnews.jumps.page_names import Patterns
from fixnews.message import Message
from fixnews.patterns import lazy

STDIN = "-"
"""The path that means standard input."""

BINARY_PROBE = 8192
"""Bytes in which a NUL makes a walked file binary, unless they read as UTF-16 or UTF-32: git looks
at the first 8,000."""

PARTS = 1 << 12
"""Names whose sorting keys are kept: those of the pages of one issue are those of the next."""

LINKED = "a link to a folder, which a walk does not follow (name it)"
"""What is said of such a one: a walk that follows links may never end, and leave its archive."""

_DIGITS = lazy(r"(\d+)")

_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


class PassedOver(NamedTuple):
    """A file that was met and is not read as a page: what it is, and whether that is text."""

    path: Path
    what: str
    is_text: bool = False


@dataclass(frozen=True)
class Found:
    """The files of a call.

    Attributes:
        issues: the pages of each issue, in page order.
        base: the folder under which every given path lies; ``-o`` keeps what is below it.
        errors: the paths of which nothing can be taken.
        passed: the files of the folders that are no text; one that is named in full is taken.
        others: the files of the folders whose names are none of text pages.
        excluded: what the settings or .gitignore leave out; of a folder only itself.
    """

    issues: tuple[tuple[Path, ...], ...]
    base: Path
    errors: tuple[PageError, ...] = ()
    passed: tuple[PassedOver, ...] = ()
    others: tuple[Path, ...] = ()
    excluded: tuple[Path, ...] = ()

    @cached_property
    def pages(self) -> int:
        """How many files there are."""
        return sum(map(len, self.issues))


@dataclass(slots=True)
class Met:
    """What a walk meets besides pages; the attributes are those of `Found`."""

    errors: list[PageError] = field(default_factory=list)
    passed: list[PassedOver] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)
    excluded: list[Path] = field(default_factory=list)


def find(paths: Sequence[Path], config: Config, output: Path | None = None) -> Found:
    """The files that a call is about.

    Args:
        paths: files and folders; standard input is not looked at here.
        config: what to include and exclude, and whether every file stands alone.
        output: a folder that the call writes into: no walk goes there.
    """
    taken: dict[str, Path] = {}
    folders: dict[str, str] = {}
    met = Met()
    for path in paths:
        try:
            for file in _files(path, config, met, output):
                taken.setdefault(_real(file, {} if file is path else folders), file)
        except PageError as error:
            met.errors.append(error)
    issues = tuple(_issues(taken.values(), config))
    lists = (tuple(getattr(met, name)) for name in Met.__slots__)
    return Found(issues, common_folder(paths), *lists)


def by_name(folder: Path, config: Config, met: Met) -> Iterator[Path]:
    """What a walk of a folder takes as long as it looks into no file; a link to a file, too.

    Args:
        folder: where to look.
        config: what to include and exclude.
        met: takes what else is there, folders that cannot be looked into among it.
    """
    return _walk(folder, config, met, "")


def _real(file: Path, folders: dict[str, str]) -> str:
    """The real path of a file; ``folders`` are those that were met, with theirs."""
    folder, name = os.path.split(file)
    if os.path.islink(file):  # noqa: PTH114 (a tenth of the time)
        return os.path.realpath(file)
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    return os.path.join(folders[folder], name)  # noqa: PTH118


def common_folder(paths: Sequence[Path]) -> Path:
    """The folder under which every path lies."""
    folders = [os.path.abspath(p if kind(p) == "folder" else p.parent) for p in paths]  # noqa: PTH100
    return Path(os.path.commonpath(folders)) if folders else Path.cwd()


def natural(path: Path) -> tuple[object, ...]:
    """A sorting key by which A2 comes before A10.

    >>> sorted([Path("A10"), Path("A2"), Path("A1")], key=natural)[1].name
    'A2'
    """
    return tuple(map(natural_part, path.parts))


@lru_cache(PARTS)
def natural_part(part: str) -> tuple[object, ...]:
    """The sorting key of one name: of a file, or of a folder on the way to it."""
    return tuple((int(p), p) if i % 2 else p for i, p in enumerate(_DIGITS.split(part)))


File = TypeVar("File", str, Path)


def parted(files: Iterable[File], config: Config) -> Iterator[tuple[File, ...]]:
    """The pages of each issue: files of a folder, told apart by what their names say.

    Args:
        files: in page order; they come in this order.
        config: how names are read, and whether every file stands alone.

    >>> names = ["20210318-01.txt", "20210319-01.txt", "20210318-02.txt"]
    >>> list(parted(names, Config()))
    [('20210318-01.txt', '20210318-02.txt'), ('20210319-01.txt',)]
    """
    if config.per_file:
        yield from ((file,) for file in files)
        return
    own = Patterns(config.issue_name, config.page_name, config.article_name)
    issues: dict[str, list[File]] = {}
    for file in files:
        name = own.read(str(file)) if any(own) else PurePath(file).stem
        issues.setdefault(issue_of(str(file), name), []).append(file)
    yield from map(tuple, issues.values())


def _issues(files: Iterable[Path], config: Config) -> Iterator[tuple[Path, ...]]:
    """The issues, folder by folder; without issues the files."""
    found = parted(sorted(files, key=natural), config)
    yield from found if config.per_file else sorted(found, key=lambda i: natural(i[0].parent))


def _files(path: Path, config: Config, met: Met, output: Path | None) -> Iterator[Path]:
    if kind(path) == "folder":
        yield from _in_folder(path, config, met, output)
    elif config.force_exclude and is_excluded(path, config):
        met.excluded.append(path)
    elif not os.path.lexists(path):
        shut = _is_shut(path)
        what = Message("no permission to look there" if shut else "no such file or folder")
        raise PageError(Message("{path}: {what}", path=path, what=what), "check the path")
    else:
        yield path


def _is_shut(path: Path) -> bool:
    try:
        path.lstat()
    except OSError as error:
        return isinstance(error, PermissionError)
    return False


def _in_folder(folder: Path, config: Config, met: Met, output: Path | None) -> Iterator[Path]:
    count = 0
    for file in _walk(folder, config, met, os.path.realpath(output) if output else ""):
        what = "" if form_of(file) else _no_page(file)
        if what:
            met.passed.append(PassedOver(file, what))
        else:
            count += 1
            yield file
    if not count and not met.errors:
        names = " ".join(config.include)
        raise PageError(
            Message("{folder}: no text here ({names})", folder=folder, names=names),
            "name a file, or set `include`",
        )


def _own_lists(config: Config) -> Iterator[Path]:
    """The reader's own lists, which are no pages wherever they lie."""
    one = (config.allow_list, config.baseline, config.model)
    yield from (path for path in (*one, *config.dictionaries, *config.terms) if path)


def _walk(folder: Path, config: Config, met: Met, output: str) -> Iterator[Path]:
    """The files that look like pages by their names, folder by folder."""
    wanted = spec(map(str.lower, config.include))
    unwanted, ignored = around(folder, config)
    own = frozenset(map(os.path.realpath, _own_lists(config)))
    top = os.path.realpath(folder)

    def unreadable(error: OSError) -> None:
        problem = Message(
            "{filename}: no permission to look into this folder", filename=error.filename
        )
        met.errors.append(PageError(problem, "check its mode, or exclude it"))

    for place, folders, names in os.walk(folder, onerror=unreadable):
        here = Path(place)
        sieve = Sieve([*ignored, *nested(here, folder, config)], unwanted, met.excluded)
        folders[:] = sieve.taken(here, folders, "/")
        folders[:] = [n for n in folders if not output or os.path.realpath(here / n) != output]
        met.passed += (PassedOver(here / n, LINKED) for n in folders if _leads_out(here / n, top))
        files = [here / name for name in sieve.taken(here, names, "")]
        files = [file for file in files if not own or os.path.realpath(file) not in own]
        texts = [file for file in files if wanted.match_file(file.name.lower())]
        texts = texts or (among(files) if _reads_all(config) else [])
        yield from (file.absolute() if str(file) == STDIN else file for file in texts)
        taken = frozenset(texts)
        met.others.extend(file for file in files if file not in taken)


def _leads_out(folder: Path, top: str) -> bool:
    """Whether a folder is a link to one that the walk does not come to otherwise."""
    if not os.path.islink(folder):  # noqa: PTH114 (see `_real`)
        return False
    return not os.path.realpath(folder).startswith(os.path.join(top, ""))  # noqa: PTH118


def _reads_all(config: Config) -> bool:
    """Whether a folder without texts is looked through for files of recognisers."""
    return config.input_format != "text" and config.include == Config().include


def _no_page(path: Path) -> str:
    """Why a file met on a walk is no text; nothing where it is, or where only a reader can tell."""
    if kind(path) not in ("file", ""):
        return "a pipe or a device"
    try:
        with path.open("rb") as file:
            head = file.read(BINARY_PROBE)
    except OSError:
        return ""
    if b"\x00" not in head or head.startswith(_WIDE_BOMS) or _reads(head):
        return ""
    return "it holds NULs, as no text does (or name it in full)"


def _reads(head: bytes) -> bool:
    """Whether the beginning of a file reads as UTF-16 or UTF-32 that does not say so."""
    from fixnews.encoding import decode

    try:
        return decode(head).encoding.startswith(("utf-16", "utf-32"))
    except DecodeError:
        return False
