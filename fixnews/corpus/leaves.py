"""What is read of a shard, whatever its kind: pages, those that belong together, and troubles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

LOT = 1 << 6
"""Rows that have nothing to do with each other and are repaired side by side."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of an archive as it was read.

    Attributes:
        name: its path below the archive, or the id of its row.
        content: the bytes of a file, or the text of a row.
        file: the file it is in.
        issue: what its issue is called.
        label: what the page is called in its issue; nothing if its name says so.
    """

    name: str
    content: str | bytes
    file: str
    issue: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """Pages that are repaired in one go.

    Attributes:
        leaves: the pages.
        together: whether they are one issue, inside which jumps are merged; else each is alone.
    """

    leaves: tuple[Leaf, ...]
    together: bool = True


def units(leaves: Sequence[Leaf]) -> Iterator[Unit]:
    """The pages as they belong together: a run of one issue; what has none in lots.

    >>> rows = [Leaf(str(n), "", "a", issue) for n, issue in enumerate(("x", "x", "", "", "y"))]
    >>> [(len(unit.leaves), unit.together) for unit in units(rows)]
    [(2, True), (2, False), (1, True)]
    """
    for issue, run in groupby(leaves, key=lambda leaf: leaf.issue):
        some = tuple(run)
        if issue:
            yield Unit(some)
            continue
        yield from (Unit(some[n : n + LOT], together=False) for n in range(0, len(some), LOT))


class Trouble(NamedTuple):
    """What was not repaired, and is as it was.

    Attributes:
        place: its path, or file and line: ``news.jsonl:17``.
        reason: what is wrong with it.
        is_page: whether it counts among the pages; a line that is no row does not.
    """

    place: str
    reason: str
    is_page: bool = True


class Figures(NamedTuple):
    """What was found on one page: a row of ``summary/pages.csv``.

    Attributes:
        page, file, issue: what they are called.
        day: of its issue, as far as names tell: ``1999-03-18``, ``1999``, or nothing.
        state: ``repaired``, ``untouched`` or ``refused``.
        characters: its length without white space.
        applied, suggested, noted: how many corrections of each kind.
        left: how many characters are probably still wrong (`fixnews.report.statistics`).
    """

    page: str
    file: str
    issue: str
    day: str
    state: str
    characters: int
    applied: int
    suggested: int
    noted: int
    left: float


@dataclass(frozen=True, slots=True)
class Mended:
    """What came of one page.

    Attributes:
        leaf: the page.
        figures: what was found on it.
        text: the repaired text; None where it stays as it is.
        data: for a page in a file, the bytes to write.
        corrections: rows as `Correction.to_dict` makes them.
        articles: its stories, a line of JSON each.
        trouble: why nothing was done, if so.
    """

    leaf: Leaf
    figures: Figures
    text: str | None = None
    data: bytes = b""
    corrections: tuple[dict[str, Any], ...] = ()
    articles: tuple[str, ...] = ()
    trouble: Trouble | None = None


class Piece(NamedTuple):
    """A file of the target: its path there, and its bytes."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """A shard as it was read.

    Attributes:
        checksum: of all that was read.
        units: its pages.
        troubles: what is no page.
        written: makes of the mended pages, which come in the order of the units, the files of the
            target, or the part of one.
    """

    checksum: str
    units: tuple[Unit, ...]
    written: Callable[[Sequence[Mended]], list[Piece]]
    troubles: tuple[Trouble, ...] = ()
