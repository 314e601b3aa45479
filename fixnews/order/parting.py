"""A row of columns parted into stories.

Where headings stand tells it, how lines are set at the feet and heads of columns, and what they
say: the parting that costs least as a whole is taken.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fixnews.jumps.broken_markers import ends_broken
from fixnews.order.headings import Heading
from fixnews.order.reads_on import reads_on
from fixnews.order.segments import Segment

ODDS = {"goes on": 2.5, "unfinished": -3.0, "cut short": -4.0, "new": 0.5, "jumps away": -6.0}
"""Log odds of how the foot of a column and the head of another are set, see `_of_setting`."""

GAIN = 0.4
"""Weight of a nat that the second text gains behind the first where a sentence goes on."""

MOST, LEAST = 8.0, -4.0
"""Nats of one seam that count at most and at least."""

UNHEADED = 2.0
"""What a story without a heading costs."""

OFF, FAR = 0.35, 6.0
"""What it costs when a heading is neither over the middle nor at the left edge of its story, an em;
and ems that count at most."""

BEYOND = 1.0
"""What an em costs by which a heading reaches beyond its story."""

TWO = 4.0
"""What a second heading side by side over one story costs."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of columns from left to right, and the headings over it."""

    columns: tuple[Segment, ...]
    headings: tuple[Heading, ...]
    follows: tuple[float, ...]
    em: float

    def parted(self) -> list[tuple[int, int]]:
        """The stories of the row: first column, and the one behind the last."""
        best = [(0.0, 0)]
        for end in range(1, len(self.columns) + 1):
            best.append(min((best[a][0] + self.cost(a, end), a) for a in range(end)))
        found, end = [], len(self.columns)
        while end:
            found.append((best[end][1], end))
            end = best[end][1]
        return found[::-1]

    def margins(self) -> list[float]:
        """For each column but the last what it costs not to read on behind it in the next one.

        Above nothing the best parting reads on there, below it ends a story; the nearer to
        nothing, the less sure it is.
        """
        size = len(self.columns)
        costs = {(a, b): self.cost(a, b) for b in range(1, size + 1) for a in range(b)}
        before, behind = [0.0], [0.0]
        for end in range(1, size + 1):
            before.append(min(before[a] + costs[a, end] for a in range(end)))
        for start in reversed(range(size)):
            behind.insert(0, min(costs[start, start + n + 1] + x for n, x in enumerate(behind)))
        across = [
            min(before[a] + cost + behind[b] for (a, b), cost in costs.items() if a < n < b)
            for n in range(1, size)
        ]
        return [before[n] + behind[n] - across[n - 1] for n in range(1, size)]

    def over(self, start: int, end: int) -> list[int]:
        """The headings that stand over some columns: those whose middle does.

        Each stands over one column of the row, the nearest, though its middle lie in a gutter.
        """
        left, right = self._middle(start), self._middle(end)
        return [n for n, one in enumerate(self.headings) if left <= one.middle < right]

    def _middle(self, number: int) -> float:
        """Halfway between a column and the one before it; nothing lies beyond the row."""
        if number in (0, len(self.columns)):
            return math.copysign(math.inf, number - 0.5)
        return (self.columns[number - 1].right + self.columns[number].left) / 2

    def cost(self, start: int, end: int) -> float:
        """What it costs to read some columns as one story."""
        inside = [self.headings[n] for n in self.over(start, end)]
        links = -sum(self.follows[start : end - 1])
        if not inside:
            return UNHEADED + links
        left, right = self.columns[start].left, self.columns[end - 1].right
        main = max(inside, key=lambda one: one.size)
        off = min(abs(main.middle - (left + right) / 2), abs(main.box.left - left)) / self.em
        beyond = max(0.0, left - main.box.left, main.box.right - right) / self.em
        return links + OFF * min(off, FAR) + BEYOND * beyond + TWO * (len(inside) - 1)


def follows(pairs: Sequence[tuple[Segment, Segment]], model: Path | None = None) -> list[float]:
    """The odds of pairs of columns that the second goes on from the first, but for their places."""
    texts = [(one.lines[-1].text, other.lines[0].text) for one, other in pairs]
    gains = reads_on(texts, model)
    found = []
    for (one, other), gain in zip(pairs, gains.tolist(), strict=True):
        weighs = _open(one) and not other.begins and not ends_broken(one.lines[-1].text)
        found.append(_of_setting(one, other) + weighs * GAIN * min(max(gain, LEAST), MOST))
    return found


def _open(one: Segment) -> bool:
    """Whether the last line of a segment is one that a sentence goes on behind."""
    return one.full and not one.ends


def _of_setting(one: Segment, other: Segment) -> float:
    """The odds of how the last line of the first and the first line of the second are set."""
    if ends_broken(one.lines[-1].text):
        return ODDS["jumps away"]
    if _open(one):
        return ODDS["unfinished"] if other.begins else ODDS["goes on"]
    if not one.full:
        return ODDS["cut short"] if other.goes_on else ODDS["new"]
    return ODDS["new"]
