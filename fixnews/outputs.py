"""The files that ``-o`` writes into a folder, and which of those that lie there it may replace.

Beside them lies a list of what fixnews wrote and the checksum of each: a second run replaces what
the first one wrote, and nothing else. It travels with the folder.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from fixnews import growing
from fixnews.errors import PageError, UsageError, of_system
from fixnews.files import Write, read
from fixnews.keepers import Replaced
from fixnews.message import Message

LIST = ".fixnews-written"

APART = "rename one of the two"
"""What to do with two pages that have one place: a second call would replace the first one's."""


class Outputs:
    """A folder that a run writes into.

    Args:
        folder: where.
        sources: the pages of the call, of which none is replaced.
        force: replace what somebody else wrote, too.
        warn: told what is odd about the writes.
    """

    def __init__(
        self,
        folder: Path,
        sources: Collection[Path] = (),
        *,
        force: bool = False,
        warn: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.folder = folder
        self.warn = warn
        self._force = force
        self._sources = frozenset(map(os.path.realpath, sources))
        self._taken: set[str] = set()
        self._known = frozenset(_recorded(folder / LIST))

    def write(self, path: Path, data: bytes) -> Write:
        """The write of a file into the folder.

        Raises:
            PageError: its place is that of a page of the call, or of what it has written.
        """
        place = os.path.realpath(path)
        if place in self._sources:
            raise PageError(
                Message("{path}: a page of this call lies there", path=path),
                "choose another folder",
            )
        if place in self._taken:
            raise PageError(
                Message("{path}: another page of this call is written there", path=path), APART
            )
        self._taken.add(place)
        return Write(path, data, ours=partial(self._ours, path))

    def _ours(self, path: Path, old: bytes) -> bool:
        return self._force or self._facts(path, old) in self._known

    def _facts(self, path: Path, data: bytes) -> tuple[str, str]:
        place = os.path.relpath(os.path.realpath(path), os.path.realpath(self.folder))
        return place.replace(os.sep, "/"), hashlib.sha256(data).hexdigest()

    @contextmanager
    def keep(self, files: Sequence[Replaced]) -> Iterator[None]:
        """Remember what is written, before it is: a killed run is known to the next one."""
        told = (self._facts(file.target, file.new) for file in files)
        lines = [json.dumps(facts) + "\n" for facts in told if facts not in self._known]
        if lines:
            try:
                growing.add(self.folder / LIST, "".join(lines).encode())
            except OSError as error:
                path, what = self.folder / LIST, of_system(error)
                raise PageError(Message("{path}: {what}", path=path, what=what)) from None
        yield


def _recorded(path: Path) -> Iterator[tuple[str, str]]:
    """What a list says; a line that is not as fixnews writes them says nothing."""
    if not path.is_file():
        return
    for line in read(path).decode("utf-8", "replace").split("\n"):
        with suppress(ValueError, RecursionError):
            match json.loads(line):
                case [str(place), str(digest)]:
                    yield place, digest


def check_apart(pairs: Sequence[tuple[Path, Path]]) -> None:
    """Refuse a call of which two pages would be written to one file.

    Args:
        pairs: each page, and the file that it is to go to.

    Raises:
        UsageError: two pages have one target.

    >>> check_apart([(Path("a/x"), Path("o/x")), (Path("x"), Path("o/x"))])
    Traceback (most recent call last):
    fixnews.errors.UsageError: x and a/x would both be written to o/x (rename one of the two)
    """
    taken: dict[str, Path] = {}
    for page, target in pairs:
        other = taken.setdefault(os.path.normcase(os.path.realpath(target)), page)
        if other != page:
            problem = Message(
                "{page} and {other} would both be written to {target}",
                page=page,
                other=other,
                target=target,
            )
            raise UsageError(problem, APART)
