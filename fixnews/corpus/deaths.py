"""What a worker was doing when it died, so that the page that killed it is found and set aside.

Before a worker begins a unit it writes down which; the worker after it finds the note. A unit of
several pages that killed two is tried page by page, so that one page is blamed and not its issue.
Notes of another call count for nothing: there it was the call that died.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from fixnews.corpus.leaves import Leaf, Mended, Unit

DEATHS = 2
"""Workers that a page may kill before it is set aside: one may be killed from outside."""

REASON = f"set aside: {DEATHS} workers died of it"

Mend = Callable[[Unit], list[Mended]]
Refuse = Callable[[Leaf, str], Mended]


@dataclass(slots=True)
class Watch:
    """The notes on one shard.

    Attributes:
        path: the file that they are in.
        deaths: how many workers died at a place.
    """

    path: Path
    deaths: dict[str, int]

    @classmethod
    def over(cls, path: Path) -> Watch:
        """Read what the workers before this one left; who left a place unfinished died there."""
        deaths, at = _read(path)
        if at:
            deaths[at] = deaths.get(at, 0) + 1
        return cls(path, deaths)

    @contextmanager
    def at(self, place: str) -> Iterator[None]:
        """Note where this worker is; an error is no death."""
        self._note(place)
        try:
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
        with watch.at(place):
            return mend(unit)
    aside = _aside(place, unit, watch, mend)
    rest = [leaf for n, leaf in enumerate(unit.leaves) if n not in aside]
    if rest and not watch.killed(f"{place}:rest"):
        with watch.at(f"{place}:rest"):
            done = iter(mend(replace(unit, leaves=tuple(rest))))
    else:
        done = iter([refuse(leaf, REASON) for leaf in rest])
    return [
        refuse(leaf, REASON) if n in aside else next(done) for n, leaf in enumerate(unit.leaves)
    ]


def _aside(place: str, unit: Unit, watch: Watch, mend: Mend) -> set[int]:
    """The pages of a unit that kill workers, each tried by itself."""
    if len(unit.leaves) == 1:
        return {0}
    for n, leaf in enumerate(unit.leaves):
        if not watch.killed(f"{place}.{n}"):
            with watch.at(f"{place}.{n}"):
                mend(replace(unit, leaves=(leaf,)))
    return {n for n in range(len(unit.leaves)) if watch.killed(f"{place}.{n}")}
