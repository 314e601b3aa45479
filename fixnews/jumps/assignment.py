"""The pairing of rows and columns that is best as a whole, and by how much.

Greedy pairing gives a story the half that another one needs. What is wanted is the highest sum
over all pairs, where a row or a column may also stay alone, and for each pair what would be lost
without it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from fixnews.arrays import Floats

FORBIDDEN = -1e6
"""Odds of a pair that must not be made: below any sum of odds of real pairs."""


def assignment(odds: Floats) -> list[int]:
    """For each row its column in the assignment with the highest sum, or -1 for none.

    A row may stay alone at no cost, so that only pairs with positive odds are made.

    >>> import numpy as np
    >>> assignment(np.array([[5.0, 4.0], [4.5, 1.0]])), assignment(np.array([[-1.0]]))
    ([1, 0], [-1])
    """
    chosen = [-1] * len(odds)
    for rows, columns in _components(odds):
        found = _Best.of(odds[np.ix_(rows, columns)])
        for row, column in zip(rows, found.chosen, strict=True):
            chosen[row] = columns[column] if column >= 0 else -1
    return chosen


def margins_of(odds: Floats) -> list[float]:
    """For each row that has a column, what the best assignment without that pair would lose.

    >>> import numpy as np
    >>> margins_of(np.array([[5.0, 4.0], [4.5, 1.0]])), margins_of(np.array([[-1.0]]))
    ([2.5, 2.5], [0.0])
    """
    margins = [0.0] * len(odds)
    for rows, columns in _components(odds):
        found = _Best.of(odds[np.ix_(rows, columns)])
        for n, row in enumerate(rows):
            margins[row] = found.loss(n) if found.chosen[n] >= 0 else 0.0
    return margins


@dataclass(frozen=True, slots=True)
class _Best:
    """The best assignment of some rows and columns, and what each pair would cost beyond it.

    The last row and the last column are nobody, who takes the columns that are left and the rows
    that stay alone.

    Attributes:
        chosen: the column of each row, -1 for none.
        owner: the row of each column; that of nobody where it is left.
        slack: by how much each pair costs more than the potentials of its row and its column.
    """

    chosen: list[int]
    owner: list[int]
    slack: Floats

    @classmethod
    def of(cls, odds: Floats) -> _Best:
        rows, columns = odds.shape
        given, u, v = _hungarian(np.concatenate([-odds, np.zeros((rows, rows))], 1))
        chosen = [-1] * rows
        for column, row in enumerate(given[:columns]):
            if row >= 0:
                chosen[row] = column
        owner = [row if row >= 0 else rows for row in given[:columns]] + [rows]
        pairs = -odds - u[:, None] - v[:columns]
        alone = [row for row in range(rows) if chosen[row] < 0]
        left = np.minimum(-v[:columns], pairs[alone].min(axis=0, initial=np.inf))
        slack = np.block([[pairs, -u[:, None]], [left, np.zeros(1)]])
        return cls(chosen, owner, slack)

    def loss(self, row: int) -> float:
        """What is lost without the pair of a row: the shortest way from the row to its column.

        On the way each takes a column of another, who goes on (Dijkstra 1959). What is reached over
        nobody is a row that was alone and takes a column, or a column that is left by all.
        """
        target = self.chosen[row]
        far = self.slack[row].copy()
        far[target] = np.inf
        done = np.zeros(len(far), dtype=bool)
        while True:
            column = int(np.where(done, np.inf, far).argmin())
            if column == target:
                return float(far[target])
            done[column] = True
            np.minimum(far, far[column] + self.slack[self.owner[column]], out=far)


def _hungarian(cost: Floats) -> tuple[list[int], Floats, Floats]:
    """The row of each column at least total cost, and the potentials of both; rows ≤ columns.

    Shortest augmenting paths with potentials (Kuhn 1955, Munkres 1957), a row at a time.
    """
    rows, columns = cost.shape
    u, v = np.zeros(rows), np.zeros(columns)
    owner = np.full(columns + 1, -1)
    for row in range(rows):
        owner[columns] = row
        here = columns
        least, way = np.full(columns, np.inf), np.full(columns, columns)
        used = np.zeros(columns + 1, dtype=bool)
        while owner[here] >= 0:
            used[here] = True
            at = owner[here]
            reduced = cost[at] - u[at] - v
            better = ~used[:columns] & (reduced < least)
            least[better], way[better] = reduced[better], here
            free = np.where(used[:columns], np.inf, least)
            nearest = int(free.argmin())
            step = free[nearest]
            seen = used[:columns]
            u[owner[used]] += step
            v[seen] -= step
            least[~seen] -= step
            here = nearest
        while here != columns:
            back = int(way[here])
            owner[here] = owner[back]
            here = back
    return [int(o) for o in owner[:columns]], u, v


def _components(odds: Floats) -> Iterator[tuple[list[int], list[int]]]:
    """The rows and columns that hang together by pairs that gain, each with at least one."""
    across, down = defaultdict[int, list[int]](list), defaultdict[int, list[int]](list)
    for row, column in np.argwhere(odds > 0).tolist():
        across[row].append(column)
        down[column].append(row)
    seen = set[int]()
    for first in across:
        if first in seen:
            continue
        rows, columns, open_rows = {first}, set[int](), [first]
        while open_rows:
            wider = set(across[open_rows.pop()]) - columns
            columns |= wider
            taller = {row for column in wider for row in down[column]} - rows
            rows |= taller
            open_rows += taller
        seen |= rows
        yield sorted(rows), sorted(columns)
