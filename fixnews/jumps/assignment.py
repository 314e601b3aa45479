"""The pairing of rows and columns that is best as a whole, and by how much.

Greedy pairing gives a story the half that another one needs. What is wanted is the highest sum
over all pairs, where a row or a column may also stay alone, and for each pair what would be lost
without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
    gains = odds > 0
    rows, columns = (np.flatnonzero(gains.any(axis=axis)) for axis in (1, 0))
    chosen = [-1] * len(odds)
    if len(rows):
        cost = np.concatenate([-odds[np.ix_(rows, columns)], np.zeros((len(rows), len(rows)))], 1)
        owner = _hungarian(cost)
        for column, row in enumerate(owner[: len(columns)]):
            if row >= 0:
                chosen[int(rows[row])] = int(columns[column])
    return chosen


def _hungarian(cost: Floats) -> list[int]:
    """The row that each column is given to, at least total cost; rows ≤ columns.

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
    return [int(o) for o in owner[:columns]]


def margins_of(odds: Floats, chosen: Sequence[int]) -> list[float]:
    """For each row with a column, what the best assignment without that pair would lose.

    Only the halves that could pair with each other, directly or by way of others, are assigned
    anew.
    """
    margins = [0.0] * len(chosen)
    for rows, columns in _components(odds):
        part = odds[np.ix_(rows, columns)]
        total = sum(float(odds[h, chosen[h]]) for h in rows if chosen[h] >= 0)
        for n, h in enumerate(rows):
            if chosen[h] < 0:
                continue
            without = part.copy()
            without[n, columns.index(chosen[h])] = FORBIDDEN
            other = assignment(without)
            best = sum(float(without[a, b]) for a, b in enumerate(other) if b >= 0)
            margins[h] = total - best
    return margins


def _components(odds: Floats) -> Iterator[tuple[list[int], list[int]]]:
    """The rows and columns that hang together by allowed pairs."""
    allowed = odds > FORBIDDEN / 2
    left = set(range(len(odds)))
    while left:
        rows, columns = {min(left)}, set[int]()
        while True:
            wider = {int(c) for r in rows for c in allowed[r].nonzero()[0]}
            taller = rows | {int(r) for c in wider for r in allowed[:, c].nonzero()[0]}
            if wider == columns and taller == rows:
                break
            rows, columns = taller, wider
        left -= rows
        yield sorted(rows), sorted(columns)
