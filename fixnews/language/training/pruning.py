"""Pruning: which n-grams a model of a given size should keep.

What an n-gram is worth is how often it was seen times what it adds to the probability that backing
off would give (Seymore and Rosenfeld 1996). Prefixes and suffixes of what is kept are kept, too:
the model asks for a longer n-gram only where the shorter ones are.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from fixnews.arrays import Bools, Floats
from fixnews.language.ngrams import BITS
from fixnews.language.training.smoothing import Grams, first_of_each, positions

HALVINGS = 18
"""Steps of the search for the threshold: the size comes out right to one in 100,000."""


def pruned(grams: Sequence[Grams], most: int) -> list[Grams]:
    """All single characters, and of the longer n-grams the ``most`` that are worth most."""
    worth = [np.asarray(g.count * g.gain, np.float64) for g in grams]
    low, high = 0.0, float(max(w.max() for w in worth[1:]))
    if sum(len(g.keys) for g in grams[1:]) <= most:
        high = low
    for _ in range(HALVINGS if high > low else 0):
        middle = float(np.sqrt(max(low, 1e-3) * high))
        size = sum(int(mask.sum()) for mask in _masks(grams, worth, middle)[1:])
        low, high = (middle, high) if size > most else (low, middle)
    return [g.kept(m) for g, m in zip(grams, _masks(grams, worth, high), strict=True)]


def _masks(grams: Sequence[Grams], worth: Sequence[Floats], least: float) -> list[Bools]:
    """For each order which n-grams are kept at a threshold."""
    masks = [w >= least for w in worth]
    masks[0] = np.ones(len(grams[0].keys), dtype=bool)
    for n in range(len(grams) - 1, 1, -1):
        kept, below = grams[n].kept(masks[n]), grams[n - 1]
        masks[n - 1][positions(kept, below)] = True
        prefixes = kept.prefixes()
        masks[n - 1][np.searchsorted(below.keys, prefixes[first_of_each(prefixes)])] = True
    return masks


def backoffs(grams: Sequence[Grams]) -> list[Floats]:
    """For each kept n-gram as a context, the logarithm of what it leaves to the lower order.

    Returns:
        An array an order, 0 where nothing longer is kept; none for the highest order.
    """
    found = []
    for context, longer in pairwise(grams):
        starts = first_of_each(longer.prefixes())
        own = np.add.reduceat(np.exp(longer.chance.astype(np.float64)), starts)
        lower = np.exp(context.chance[positions(longer, context)].astype(np.float64))
        left = np.maximum(1 - own, 1e-6) / np.maximum(1 - np.add.reduceat(lower, starts), 1e-6)
        whose = longer.keys[starts] >> np.uint64(BITS)
        at = np.minimum(np.searchsorted(context.keys, whose), len(context.keys) - 1)
        backoff = np.zeros(len(context.keys))
        held = context.keys[at] == whose
        backoff[at[held]] = np.log(left[held])
        found.append(backoff)
    return found
