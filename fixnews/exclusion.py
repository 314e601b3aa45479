"""What a walk leaves out: gitignore patterns of the settings, of a repository, of its folders."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fixnews.config import Config
from fixnews.config_files import lies
from fixnews.errors import UsageError
from fixnews.message import Message
from fixnews.patterns import lazy

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


Rule = tuple[Path, "GitIgnoreSpec"]
"""Patterns, and the folder that they start at."""


_Near = tuple[str, "GitIgnoreSpec"]
"""Patterns, and the way from the folder that they start at to that of a name."""


def _passed_over(path: Path, mark: str, rules: Sequence[Rule], unwanted: Rule) -> bool:
    """Whether a walk leaves this out; ``mark`` is a slash for a folder, as patterns want it."""
    first, *near = ((_relative(path, place), spec) for place, spec in (unwanted, *rules))
    return _held_back(mark, near, first)


def _held_back(name: str, rules: Sequence[_Near], unwanted: _Near) -> bool:
    if unwanted[1].match_file(unwanted[0] + name):
        return True
    verdict = None
    for way, spec in rules:
        found = spec.check_file(way + name).include
        verdict = verdict if found is None else found
    return bool(verdict)


def _near(folder: Path, rule: Rule) -> _Near:
    """A rule, as the names in a folder meet it."""
    place, patterns = rule
    way = os.path.relpath(folder, place).replace(os.sep, "/") + "/"
    return "" if way == "./" else way.removeprefix("../"), patterns


def _unwanted(config: Config) -> Rule:
    return config.exclude_from or Path.cwd(), spec(config.exclude)


def is_excluded(path: Path, config: Config) -> bool:
    """Whether the settings leave out a file that is named in full, as a hook names it."""
    return _passed_over(path, "", (), _unwanted(config))


def _relative(path: Path, folder: Path) -> str:
    """The path as gitignore patterns of ``folder`` see it."""
    return os.path.relpath(path, folder).replace(os.sep, "/").removeprefix("../")


_STARS = lazy(r"\*{3,}")
"""Which is one star to git, and work without end to a regular expression."""


def spec(patterns: Iterable[str]) -> GitIgnoreSpec:
    """Patterns as git reads them.

    Raises:
        UsageError: one of them is none.
    """
    from pathspec import GitIgnoreSpec

    lines = [_STARS.sub("*", pattern) for pattern in patterns]
    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError as error:
        raise UsageError(
            Message("no gitignore pattern: {error}", error=error), "see `git help gitignore`"
        ) from None


def _above(folder: Path) -> list[Rule]:
    """What the repository ignores, and its .gitignore files down to the folder's parent."""
    places = (folder.absolute(), *folder.absolute().parents)
    root = next((n for n, place in enumerate(places) if lies(place / ".git")), None)
    if root is None:
        return []
    inside = reversed(places[1 : root + 1])
    own = _git_folder(places[root] / ".git") / "info" / "exclude"
    found = (*_ignored(own, places[root]), *(r for place in inside for r in _ignore_file(place)))
    return list(found)


def _git_folder(git: Path) -> Path:
    """The folder that the working trees of a repository share; a further one has a file for it."""
    try:
        if git.is_dir():
            return git
        place = git.parent / git.read_text("utf-8").partition("gitdir:")[2].strip()
        return place / (place / "commondir").read_text("utf-8").strip()
    except (OSError, ValueError):
        return git


def nested(here: Path, top: Path, config: Config) -> list[Rule]:
    """The .gitignore files from the folder that is walked down to this one."""
    if config.no_ignore:
        return []
    steps = here.relative_to(top).parts
    places = [top.joinpath(*steps[:n]) for n in range(len(steps) + 1)]
    return [rule for place in places for rule in _ignore_file(place)]


def _ignore_file(folder: Path) -> list[Rule]:
    return _ignored(folder / ".gitignore", folder)


def _ignored(file: Path, folder: Path) -> list[Rule]:
    """The patterns of a file for a folder; what git does not understand it passes over, too."""
    try:
        lines = file.read_text("utf-8-sig", "replace").splitlines()
    except (OSError, ValueError):
        return []
    try:
        return [(folder, spec(lines))]
    except UsageError:
        return [(folder, spec(line for line in lines if _is_pattern(line)))]


def _is_pattern(line: str) -> bool:
    try:
        spec([line])
    except UsageError:
        return False
    return True


def around(folder: Path, config: Config) -> tuple[Rule, list[Rule]]:
    """What the settings and the folders above say of the files in a folder that was named.

    Nothing where they leave out the folder itself: whoever names it wants it.
    """
    unwanted, ignored = _unwanted(config), [] if config.no_ignore else _above(folder)
    if _passed_over(folder, "/", (), unwanted) and not config.force_exclude:
        unwanted = (unwanted[0], spec(()))
    above = (folder, *folder.absolute().parents)
    shut = any(_passed_over(place, "/", ignored, (folder, spec(()))) for place in above)
    return unwanted, [] if shut else ignored


@dataclass(frozen=True, slots=True)
class Sieve:
    """What holds back names of one folder: its rules, what the settings exclude, and where to."""

    rules: Sequence[Rule]
    unwanted: Rule
    excluded: list[Path]

    def taken(self, here: Path, names: Sequence[str], mark: str) -> list[str]:
        """The names that a walk takes; ``mark`` is a slash for folders, as patterns want it."""
        shown = sorted(name for name in names if not name.startswith("."))
        first, *near = (_near(here, rule) for rule in (self.unwanted, *self.rules))
        gone = {name for name in shown if _held_back(name + mark, near, first)}
        self.excluded.extend(here / name for name in shown if name in gone)
        return [name for name in shown if name not in gone]
