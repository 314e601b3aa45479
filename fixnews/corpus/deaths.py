"""What a worker was doing when it died, so that the page that killed it is found and set aside.

Before a worker begins a unit it writes down which; the worker after it finds the note. A unit of
several pages that killed two is tried page by page, so that one page is blamed and not its issue.
Notes of another call count for nothing: there it was the call that died.
"""

from __future__ import annotations

import faulthandler
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from fixnews.corpus.leaves import Leaf, Mended, Unit
from fixnews.corpus.shards import MEGABYTE

DEATHS = 2
"""Workers that a page may kill before it is set aside: one may be killed from outside."""

REASON = f"set aside: {DEATHS} workers died of it, or gave it up"

PATIENCE, PATIENCE_PER_MB = 300.0, 240.0
"""Seconds after which a worker gives pages up by dying of them, and as many more for each megabyte:
the worst readings take 30 s a megabyte, so a machine may be eight times too busy, and a page has
five minutes more."""

Mend = Callable[[Unit], list[Mended]]
Refuse = Callable[[Leaf, str], Mended]


@dataclass(slots=True)
class Watch:
    """The notes on one shard.

    Attributes:
        path: the file that they are in.
        deaths: how many workers died at a place.
        impatient: whether a worker may die of pages that take too long, which ends its process.
    """

    path: Path
    deaths: dict[str, int]
    impatient: bool = False

    @classmethod
    def over(cls, path: Path, *, impatient: bool = False) -> Watch:
        """Read what the workers before this one left; who left a place unfinished died there."""
        deaths, at = _read(path)
        if at:
            deaths[at] = deaths.get(at, 0) + 1
        return cls(path, deaths, impatient)

    @contextmanager
    def at(self, place: str, size: int = 0) -> Iterator[None]:
        """Note where this worker is, and how many bytes it has there; an error is no death."""
        self._note(place)
        seconds = PATIENCE + PATIENCE_PER_MB * size / MEGABYTE
        try:
            with _dying_after(seconds) if self.impatient else nullcontext():
                yield
        except BaseException:
            self.rest()
            raise

    def killed(self, place: str) -> bool:
        """Whether as many workers died at a place as may."""
        return self.deaths.get(place, 0) >= DEATHS

    def rest(self) -> None:
        """Note that no page is being repaired: who dies now did not die of one."""
        self._note("")

    def close(self) -> None:
        """Forget the notes: the shard is done."""
        self.path.unlink(missing_ok=True)

    def _note(self, place: str) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps({"deaths": self.deaths, "at": place}), "utf-8")


@contextmanager
def _dying_after(seconds: float) -> Iterator[None]:
    """End this process if the block takes longer, whatever it does: not even the GIL is needed."""
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def _read(path: Path) -> tuple[dict[str, int], str]:
    """The notes in a file, none where there are none or they were cut off."""
    with suppress(OSError, ValueError, KeyError):
        told = json.loads(path.read_text("utf-8"))
        return told["deaths"], told["at"]
    return {}, ""


def mended(number: int, unit: Unit, watch: Watch, mend: Mend, refuse: Refuse) -> list[Mended]:
    """A unit repaired, without the pages that kill workers.

    Args:
        number: of the unit in its shard.
        unit: its pages.
        watch: what happened to workers before.
        mend: repairs a unit.
        refuse: what is made of a page that is set aside.
    """
    place = f"{number}"
    if not watch.killed(place):
        with watch.at(place, _size(unit)):
            return mend(unit)
    aside = _aside(place, unit, watch, mend)
    rest = [leaf for n, leaf in enumerate(unit.leaves) if n not in aside]
    if rest and not watch.killed(f"{place}:rest"):
        with watch.at(f"{place}:rest", _size(unit)):
            done = iter(mend(replace(unit, leaves=tuple(rest))))
    else:
        done = iter([refuse(leaf, REASON) for leaf in rest])
    return [
        refuse(leaf, REASON) if n in aside else next(done) for n, leaf in enumerate(unit.leaves)
    ]


def _size(unit: Unit) -> int:
    return sum(len(leaf.content) for leaf in unit.leaves)


def _aside(place: str, unit: Unit, watch: Watch, mend: Mend) -> set[int]:
    """The pages of a unit that kill workers, each tried by itself."""
    if len(unit.leaves) == 1:
        return {0}
    for n, leaf in enumerate(unit.leaves):
        if not watch.killed(f"{place}.{n}"):
            alone = replace(unit, leaves=(leaf,))
            with watch.at(f"{place}.{n}", _size(alone)):
                mend(alone)
    return {n for n in range(len(unit.leaves)) if watch.killed(f"{place}.{n}")}
