"""An archive cut into shards, as they are asked for: nothing is held but names and sizes."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from fnmatch import translate
from functools import lru_cache
from itertools import groupby
from pathlib import PurePath

from fixnews.corpus import columnar, form_feeds, json_lines, page_files
from fixnews.corpus.leaves import Trouble
from fixnews.corpus.shards import Order, Shard
from fixnews.corpus.storage import Stored
from fixnews.errors import FixnewsError, PageError
from fixnews.message import Message
from fixnews.walk import Met, by_name, natural_part, parted


@dataclass(slots=True)
class Plan:
    """The files of an archive, by what is done with them.

    Attributes:
        order: what is wanted.
        pages: the files that are pages, folder by folder, in natural order.
        streams: the files that hold many.
        others: those that are neither.
        troubles: files that could not be cut; known when all shards have been asked for.
    """

    order: Order
    pages: list[Stored] = field(default_factory=list)
    streams: list[Stored] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)

    @classmethod
    def of(cls, order: Order) -> Plan:
        """Look at every file of an archive.

        Raises:
            PageError: nothing in it can be repaired.
        """
        plan = cls(order)
        taken = plan._taken()
        for file in sorted(order.archive.files(), key=_by_folder):
            plan._sort(file, taken)
        if not plan.pages and not plan.streams:
            names = " ".join((*order.config.include, "*.jsonl", "*.parquet"))
            problem = Message(
                "{address}: nothing to repair ({names})", address=order.archive.address, names=names
            )
            raise PageError(problem, "set `include`, or obey no .gitignore: --no-ignore")
        return plan

    @property
    def size(self) -> int:
        """Bytes of all that is repaired."""
        return sum(file.size for file in (*self.pages, *self.streams))

    def shards(self) -> Iterator[Shard]:
        """The shards, in an order that is the same from call to call."""
        sizes = {file.path: file.size for file in self.pages}
        yield from page_files.cuts(self._issues(), sizes, self.order)
        for file in self.streams:
            try:
                yield from _cutter(file.path)(self.order, file)
            except FixnewsError as error:
                reason = error.problem.removeprefix(f"{file.path}: ")
                self.troubles.append(Trouble(file.path, reason, is_page=False))

    def _taken(self) -> frozenset[str] | None:
        """What a walk takes of a folder: nothing hidden, ignored or excluded; None of a lone file.

        Folders that it cannot look into are noted.
        """
        folder = self.order.archive.local
        if self.order.archive.only:
            return None
        if folder is None:
            return _not_excluded(self.order)
        streams = (*json_lines.NAMES, *columnar.NAMES)
        config = replace(self.order.config, include=(*self.order.config.include, *streams))
        lead = len(str(folder).rstrip(os.sep)) + 1
        met = Met()
        taken = by_name(folder, config, met)
        found = frozenset(str(path)[lead:].replace(os.sep, "/") for path in taken)
        for error in met.errors:
            place, _, reason = error.problem.rpartition(": ")
            self.troubles.append(Trouble(place[lead:], reason, is_page=False))
        unseen = tuple(trouble.place for trouble in self.troubles)
        self.order = replace(self.order, unseen=unseen)
        links = (Trouble(str(path)[lead:], what, is_page=False) for path, what, _ in met.passed)
        self.troubles.extend(links)
        return found

    def _issues(self) -> Iterator[tuple[str, ...]]:
        for _, folder in groupby(self.pages, key=lambda file: str(PurePath(file.path).parent)):
            yield from parted((file.path for file in folder), self.order.config)

    def _sort(self, file: Stored, taken: frozenset[str] | None) -> None:
        name = PurePath(file.path).name.lower()
        if _leads_out(file.path):
            reason = "its name is no path inside the archive"
            self.troubles.append(Trouble(file.path, reason, is_page=False))
        elif file.kind != "file" or (taken is not None and file.path not in taken):
            self.others.append(file.path)
        elif _fits(name, (*json_lines.NAMES, *columnar.NAMES)):
            self.streams.append(file)
        elif not (self.order.archive.only or _fits(name, self.order.config.include)):
            self.others.append(file.path)
        elif form_feeds.is_stream(self.order, file):
            self.streams.append(file)
        else:
            self.pages.append(file)


def _leads_out(path: str) -> bool:
    """Whether a name is no path inside the archive, as zips and buckets may have them."""
    return not {"", ".", ".."}.isdisjoint(path.split("/"))


_Cutter = Callable[[Order, Stored], Iterator[Shard]]

_CUTTERS: tuple[tuple[tuple[str, ...], _Cutter], ...] = (
    (json_lines.NAMES, json_lines.cuts),
    (columnar.NAMES, columnar.cuts),
    (("*",), form_feeds.cuts),
)
"""Who cuts files of these names; the first that fits."""


def _cutter(path: str) -> _Cutter:
    name = PurePath(path).name.lower()
    return next(cutter for patterns, cutter in _CUTTERS if _fits(name, patterns))


def _by_folder(file: Stored) -> tuple[object, ...]:
    """A sorting key: folder by folder, in natural order."""
    *folders, name = map(natural_part, file.path.split("/"))
    return tuple(folders), name


def _fits(name: str, patterns: Iterable[str]) -> bool:
    return bool(_matcher(tuple(patterns))(name))


@lru_cache(maxsize=1 << 4)
def _matcher(patterns: tuple[str, ...]) -> Callable[[str], object]:
    """What tells whether one of some patterns fits a name in small letters."""
    return re.compile("|".join(translate(pattern.lower()) for pattern in patterns)).match


def _not_excluded(order: Order) -> frozenset[str]:
    from pathspec import GitIgnoreSpec

    unwanted = GitIgnoreSpec.from_lines((*order.config.exclude, ".*"))
    paths = (file.path for file in order.archive.files())
    return frozenset(path for path in paths if not unwanted.match_file(path))
