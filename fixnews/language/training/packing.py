"""Packing: a pruned model as arrays of a few bits an n-gram."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fixnews.arrays import Floats, Singles
from fixnews.language.alphabet import MOST_CODES, START
from fixnews.language.hashed import Cells, Values, build
from fixnews.language.ngrams import ORDER, signed
from fixnews.language.training.pruning import backoffs
from fixnews.language.training.smoothing import Grams

BOOK = 256
"""Entries of a code book; the first means that the n-gram is not there."""

SAMPLE = 40_000
SWEEPS = 15
ROWS = 20_000

NEVER = -18.0
"""Log-probability of a code that was not seen, about one in 65 million."""


def packed(grams: Sequence[Grams]) -> tuple[dict[str, Singles | Cells], dict[str, int]]:
    """The arrays of a model's file without its alphabet, and how its table is laid out."""
    left = [*backoffs(grams), np.zeros(len(grams[-1].keys))]
    keys, values = [], []
    book = np.zeros((ORDER - 1, BOOK, 2), dtype=np.float32)
    for n, (g, backoff) in enumerate(zip(grams[1:], left[1:], strict=True)):
        points = np.column_stack((g.chance, backoff)).astype(np.float32)
        centres = _centres(points, np.sqrt(g.count.astype(np.float64)))
        book[n, 1 : len(centres) + 1] = centres
        values.append(_nearest(points, centres) + np.uint8(1))
        keys.append(signed(g.keys, g.order))
    table = build(np.concatenate(keys), np.concatenate(values))
    first = _first(grams[0], left[0], grams[1])
    arrays: dict[str, Singles | Cells] = {"first": first, "book": book, "cells": table.cells}
    return arrays, {"segment": table.segment, "seed": table.seed}


def _first(singles: Grams, backoff: Floats, pairs: Grams) -> Singles:
    """Log-probability and back-off of each code on its own."""
    first = np.full((MOST_CODES, 2), (NEVER, 0), dtype=np.float32)
    where = singles.keys.astype(np.int64)
    first[where] = np.column_stack((singles.chance, backoff))
    at_start = pairs.prefixes() == START
    suffix = np.searchsorted(singles.keys, pairs.suffixes()[at_start])
    own = np.exp(pairs.chance[at_start].astype(np.float64)).sum()
    lower = np.exp(singles.chance[suffix].astype(np.float64)).sum()
    first[START, 1] = np.log(max(1 - own, 1e-6) / max(1 - lower, 1e-6))
    return first


def _centres(points: Singles, weights: Floats) -> Singles:
    """A code book for these points: k-means over a sample that prefers the frequent."""
    chance = np.random.default_rng(0)
    size = min(SAMPLE, len(points))
    sample = points[chance.choice(len(points), size, p=weights / weights.sum())]
    distinct = np.unique(sample, axis=0)
    count = min(BOOK - 1, len(distinct))
    centres: Singles = distinct[np.linspace(0, len(distinct) - 1, count).astype(int)]
    for _ in range(SWEEPS):
        mine = _nearest(sample, centres)
        members = np.bincount(mine, minlength=count)
        for column in (0, 1):
            sums = np.bincount(mine, weights=sample[:, column], minlength=count)
            centres[:, column] = np.where(
                members, sums / np.maximum(members, 1), centres[:, column]
            )
    return centres


def _nearest(points: Singles, centres: Singles) -> Values:
    """The number of the nearest centre of each point."""
    weight = (centres**2).sum(axis=1)
    rows = range(0, len(points), ROWS)
    found = [(weight - 2 * points[at : at + ROWS] @ centres.T).argmin(axis=1) for at in rows]
    return np.concatenate(found).astype(np.uint8)
