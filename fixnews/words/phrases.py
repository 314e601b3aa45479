"""Phrases in a text: where any of many stands, the longest first, in one pass.

A regular expression with ten thousand branches tries them all at every place; an index by the
first two characters tries the few that could fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Phrases:
    """A set of phrases that can be looked for.

    Attributes:
        starts: for each beginning of one or two characters the phrases, the longest first.
        pattern: finds places where one could begin; None where there are no phrases.
    """

    starts: dict[str, tuple[str, ...]]
    pattern: re.Pattern[str] | None

    @classmethod
    def of(cls, phrases: Iterable[str]) -> Phrases:
        """An index of these phrases; empty ones are left out."""
        starts: dict[str, list[str]] = {}
        for phrase in sorted({p for p in phrases if p}, key=lambda p: (-len(p), p)):
            starts.setdefault(phrase[:2], []).append(phrase)
        pattern = re.compile(_beginning(starts)) if starts else None
        return cls({start: tuple(found) for start, found in starts.items()}, pattern)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Where phrases stand, from left to right, none inside or across another.

        >>> list(Phrases.of(["中心", "服务中心", "台"]).find("发展服务中心平台"))
        [(2, 6), (7, 8)]
        """
        done = 0
        for place in self.pattern.finditer(text) if self.pattern else ():
            at = place.start()
            if at >= done:
                done = self._end(text, at) or done
                if done > at:
                    yield at, done

    def _end(self, text: str, at: int) -> int:
        """The end of the longest phrase that begins here, or 0."""
        for start in (text[at : at + 2], text[at]):
            for phrase in self.starts.get(start, ()):
                if text.startswith(phrase, at):
                    return at + len(phrase)
        return 0


def _beginning(starts: Iterable[str]) -> str:
    """What finds a character that begins a phrase, with one behind it that goes on."""
    whole, longer = ({s for s in starts if len(s) == size} for size in (1, 2))
    first, second, alone = (
        "".join(sorted(map(re.escape, found)))
        for found in ({s[0] for s in starts}, {s[1] for s in longer}, whole)
    )
    ways = (f"(?=[{second}])" if second else "", f"(?<=[{alone}])" if alone else "")
    return f"[{first}](?:{'|'.join(filter(None, ways))})"


@cache
def indexed(phrases: frozenset[str]) -> Phrases:
    """The index of a set that is looked for again and again."""
    return Phrases.of(phrases)
