"""Which files a call is about, and which of them are the pages of one issue.

A file named in full is always taken. A folder is walked: names that look like text pages, nothing
hidden, nothing that .gitignore or ``exclude`` names. A folder that holds none is looked through for
files of recognisers. The files of one folder are one issue, in natural order (A2 before A10).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from fixnews.config import Config
from fixnews.errors import PageError
from fixnews.formats.on_disk import among, form_of

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

STDIN = "-"
"""The path that means standard input."""

BINARY_PROBE = 8192
"""Bytes in which a NUL makes a walked file binary: git looks at the first 8,000."""

_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


@dataclass(frozen=True)
class Found:
    """The files of a call.

    Attributes:
        issues: the pages of each issue, in page order.
        base: the folder under which every given path lies; ``-o`` keeps what is below it.
        errors: the paths of which nothing can be taken.
        binary: the files of the folders that are no text; one that is named in full is taken.
    """

    issues: tuple[tuple[Path, ...], ...]
    base: Path
    errors: tuple[PageError, ...] = ()
    binary: tuple[Path, ...] = ()

    @cached_property
    def pages(self) -> int:
        """How many files there are."""
        return sum(map(len, self.issues))


def find(paths: Sequence[Path], config: Config) -> Found:
    """The files that a call is about.

    Args:
        paths: files and folders; standard input is not looked at here.
        config: what to include and exclude, and whether every file stands alone.
    """
    taken: dict[str, Path] = {}
    errors: list[PageError] = []
    binary: list[Path] = []
    for path in paths:
        try:
            for file in _files(path, config, binary):
                taken.setdefault(os.path.realpath(file), file)
        except PageError as error:
            errors.append(error)
    folders = [path if path.is_dir() else path.parent for path in paths]
    base = Path(os.path.commonpath([f.absolute() for f in folders])) if folders else Path.cwd()
    return Found(tuple(_issues(taken.values(), config)), base, tuple(errors), tuple(binary))


def natural(path: Path) -> tuple[object, ...]:
    """A sorting key by which A2 comes before A10.

    >>> sorted([Path("A10"), Path("A2"), Path("A1")], key=natural)[1].name
    'A2'
    """
    return tuple(
        tuple((int(p), p) if i % 2 else p for i, p in enumerate(re.split(r"(\d+)", part)))
        for part in path.parts
    )


def _issues(files: Iterable[Path], config: Config) -> Iterator[tuple[Path, ...]]:
    if config.per_file:
        yield from ((file,) for file in sorted(files, key=natural))
        return
    folders: dict[Path, list[Path]] = {}
    for file in files:
        folders.setdefault(file.parent, []).append(file)
    for folder in sorted(folders, key=natural):
        yield tuple(sorted(folders[folder], key=natural))


def _files(path: Path, config: Config, binary: list[Path]) -> Iterator[Path]:
    if path.is_dir():
        yield from _in_folder(path, config, binary)
    elif not (config.force_exclude and _excluded(path, config)):
        if not os.path.lexists(path):
            raise PageError(f"{path}: no such file or folder", "check the path")
        yield path


def _in_folder(folder: Path, config: Config, binary: list[Path]) -> Iterator[Path]:
    if not os.access(folder, os.R_OK | os.X_OK):
        raise PageError(f"{folder}: no permission to look into this folder", "check its mode")
    files: list[Path] = []
    for file in _walk(folder, config):
        (binary if is_binary(file) and not form_of(file) else files).append(file)
    if not files:
        names = " ".join(config.include)
        raise PageError(f"{folder}: no text here ({names})", "name a file, or set `include`")
    yield from files


def _walk(folder: Path, config: Config) -> Iterator[Path]:
    wanted, unwanted = _spec(config.include), _spec(config.exclude)
    ignored = [] if config.no_ignore else _above(folder)
    for place, folders, names in os.walk(folder):
        here = Path(place)
        rules = [*ignored, *_nested(here, folder, config)]
        folders[:] = [n for n in folders if not _passed_over(here / n, "/", rules, unwanted)]
        there = [f for f in map(here.joinpath, names) if not _passed_over(f, "", rules, unwanted)]
        texts = [file for file in there if wanted.match_file(file.name)]
        yield from texts or (among(there) if _reads_all(config) else ())


def _reads_all(config: Config) -> bool:
    """Whether a folder without texts is looked through for files of recognisers."""
    return config.input_format != "text" and config.include == Config().include


_Rules = list[tuple[Path, "GitIgnoreSpec"]]


def _passed_over(path: Path, mark: str, rules: _Rules, unwanted: GitIgnoreSpec) -> bool:
    """Whether a walk leaves this out; ``mark`` is a slash for a folder, as patterns want it."""
    if path.name.startswith("."):
        return True
    if unwanted.match_file(_relative(path, Path.cwd()) + mark):
        return True
    verdict = None
    for place, spec in rules:
        found = spec.check_file(_relative(path, place) + mark).include
        verdict = verdict if found is None else found
    return bool(verdict)


def _excluded(path: Path, config: Config) -> bool:
    return _spec(config.exclude).match_file(_relative(path, Path.cwd()))


def _relative(path: Path, folder: Path) -> str:
    """The path as gitignore patterns of ``folder`` see it."""
    return os.path.relpath(path, folder).replace(os.sep, "/").removeprefix("../")


def _spec(patterns: Iterable[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


def _above(folder: Path) -> _Rules:
    """The .gitignore files from the repository's root down to the folder's parent."""
    parents = list(folder.absolute().parents)
    roots = [i for i, p in enumerate((folder.absolute(), *parents)) if (p / ".git").exists()]
    inside = parents[: roots[0]] if roots else []
    return [rule for place in reversed(inside) for rule in _ignore_file(place)]


def _nested(here: Path, top: Path, config: Config) -> _Rules:
    """The .gitignore files from the folder that is walked down to this one."""
    if config.no_ignore:
        return []
    steps = here.relative_to(top).parts
    places = [top.joinpath(*steps[:n]) for n in range(len(steps) + 1)]
    return [rule for place in places for rule in _ignore_file(place)]


def _ignore_file(folder: Path) -> _Rules:
    try:
        lines = (folder / ".gitignore").read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
    return [(folder, _spec(lines))]


def is_binary(path: Path) -> bool:
    """Whether a file met on a walk is no text; one that cannot be read is left to the reader."""
    if path.exists() and not path.is_file():
        return True
    try:
        with path.open("rb") as file:
            head = file.read(BINARY_PROBE)
    except OSError:
        return False
    return b"\x00" in head and not head.startswith(_WIDE_BOMS)
