"""Is a suspicious character a misreading? Evidence for its candidates, for a forest to weigh.

The evidence is language (gain on both sides, how rare both characters are), channel (what the
confusion costs), words (the dictionary's, with either character), the page (how noisy it is, here
and all over; whether the same pair of characters stands elsewhere on it) and the place in the line.
Training is `training/misreadings.py`; the table ships as ``models/misreadings.npz``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from fixnews.arrays import Bools, Evidence, Floats, Ints
from fixnews.characters.suspects import Suspects
from fixnews.characters.weighing import OUTSIDE
from fixnews.language import Model
from fixnews.language.alphabet import END, MOST_CODES, code_points
from fixnews.words import lexicon

Held = TypeVar("Held", bound=np.generic)

FOREST = Path(__file__).parents[1] / "models" / "misreadings.npz"

PLAIN = FOREST.with_name("misreadings-plain.npz")
"""The forest for pages that read well, where the network is not asked."""

NEAR = 25
"""Characters on each side whose flags tell how noisy the place is: a printed line or two."""

CAP = 12
"""Characters from which the distance to a line's end says nothing more."""

CLASSES = ("numeral", "pronoun", "country", "direction")
"""Classes of ``character-classes.tsv`` whose members are never changed into each other: all of
them make sense wherever one does."""

FEATURES = (
    "left", "right", "gain", "cost", "worth", "margin", "rivals",
    "fits", "fitted", "fit_gain", "alike", "outside",
    "rare_read", "rare_printed", "score", "score_next", "score_before", "score_printed",
    "noise", "noise_near", "flag_before", "flag_behind", "flag_before_2", "flag_behind_2",
    "pair_before", "pair_behind", "pair_before_read", "pair_behind_read", "both_sides",
    "same_read", "same_printed",
    "words_read", "words_printed", "word_read", "word_printed",
    "words_gain", "common_read", "common_printed", "common_gain",
    "line_start", "line_end", "line_length", "surname_before", "surname_before_2", "surname_read",
    "digit_before", "digit_behind", "numeral",
)  # fmt: skip
"""The evidence, in the order of the columns of `evidence`."""


APART = "\n" * NEAR
"""What stands between pages that are weighed together, so that none is seen from another."""


class Pages(NamedTuple):
    """Where pages begin and end that are weighed together, one behind the other and `APART`.

    >>> pages = Pages.of(["经济", "形势稳定"])
    >>> pages.end.tolist(), pages.number(pages.first + 1).tolist()
    ([2, 31], [0, 1])
    """

    first: Ints
    end: Ints

    @classmethod
    def of(cls, texts: Sequence[str]) -> Pages:
        """Where these pages begin and end, none of them empty."""
        size = np.array([*map(len, texts)], np.int64)
        end = np.cumsum(size + NEAR) - NEAR
        return cls(end - size, end)

    def number(self, places: Ints) -> Ints:
        """The number of the page that each place is on."""
        return np.asarray(self.first.searchsorted(places, "right") - 1)


def evidence(text: str, found: Suspects, model: Model, pages: Pages | None = None) -> Floats:
    """The evidence for every suspect.

    Args:
        text: the page, or pages one behind the other.
        found: its suspects.
        model: the language model.
        pages: where these pages begin, if there are more than one.

    Returns:
        A row a suspect, with a column for each of `FEATURES`.
    """
    codes, units = model.codes(text).astype(np.int64), code_points(text)
    padded, pages = _padded(codes, 1, END), pages or Pages.of([text])
    near = padded[found.at], padded[found.at + 2]
    gain = found.left + found.right
    table: Evidence = {
        "left": found.left, "right": found.right, "gain": gain,
        "cost": found.cost, "worth": gain - found.cost,
        "margin": found.margin, "rivals": found.rivals,
        "fits": found.fits, "fitted": found.fitted, "fit_gain": found.fits - found.fitted,
        "alike": found.alike, "outside": found.cost == OUTSIDE,
        "rare_read": model.first[0, found.was], "rare_printed": model.first[0, found.code],
        **_flags(found, pages), **_on_the_page(codes, found, *near, pages), **_words(found),
        **_places(codes, found), **_classes(units, found),
    }  # fmt: skip
    rows = np.empty((len(found.at), len(FEATURES)))
    for column, name in enumerate(FEATURES):
        rows[:, column] = table[name]
    return rows


def _padded(values: NDArray[Held], reach: int, outside: float) -> NDArray[Held]:
    """Values with so many more on each side."""
    padded = np.full(len(values) + 2 * reach, outside, values.dtype)
    padded[reach : reach + len(values)] = values
    return padded


def _flags(found: Suspects, pages: Pages) -> Evidence:
    """Scores and flags of the place and its neighbours; how noisy the page is."""
    scores, crowd = _padded(found.scores, 1, 0), _padded(found.crowd, NEAR, outside=False)
    sums = np.zeros(len(crowd) + 1, np.int64)
    np.cumsum(crowd, out=sums[1:])
    at, (first, end) = found.at, pages
    noise = (sums[NEAR + end] - sums[NEAR + first]) / np.maximum(1, end - first)
    return {
        "score": scores[at + 1], "score_next": scores[at + 2], "score_before": scores[at],
        "score_printed": scores[at + 1] + found.left,
        "noise": noise[pages.number(at)],
        "noise_near": (sums[at + 2 * NEAR + 1] - sums[at]) / (2 * NEAR + 1),
        "flag_before": crowd[at + NEAR - 1], "flag_behind": crowd[at + NEAR + 1],
        "flag_before_2": crowd[at + NEAR - 2], "flag_behind_2": crowd[at + NEAR + 2],
    }  # fmt: skip


def _on_the_page(
    codes: Ints, found: Suspects, before: Ints, behind: Ints, pages: Pages
) -> Evidence:
    """How often the same pairs stand elsewhere on the page, with either character."""
    places = np.concatenate([np.arange(*span) for span in zip(*pages, strict=True)])
    inside = pages.number(places) * MOST_CODES + codes[places]
    single = np.bincount(inside, minlength=len(pages.first) * MOST_CODES)
    both = np.flatnonzero(np.diff(places) == 1)
    pairs = np.sort(inside[both] * MOST_CODES + codes[places[both] + 1])
    page = pages.number(found.at) * MOST_CODES
    first = np.concatenate((before, found.code, before, found.was)) + np.tile(page, 4)
    second = np.concatenate((found.code, behind, found.was, behind))
    key = first * MOST_CODES + second
    times = pairs.searchsorted(key, "right") - pairs.searchsorted(key)
    printed_before, printed_behind, read_before, read_behind = times.reshape(4, len(found.at))
    return {
        "pair_before": np.log1p(printed_before), "pair_behind": np.log1p(printed_behind),
        "pair_before_read": np.log1p(np.maximum(read_before - 1, 0)),
        "pair_behind_read": np.log1p(np.maximum(read_behind - 1, 0)),
        "both_sides": np.minimum(printed_before, printed_behind) > 0,
        "same_read": np.log1p(single[page + found.was] - 1),
        "same_printed": np.log1p(single[page + found.code]),
    }  # fmt: skip


def _words(found: Suspects) -> Evidence:
    """The dictionary's words around each place, with either character."""
    number, size, common, number_new, size_new, common_new = found.words.T
    return {
        "words_read": number, "words_printed": number_new, "words_gain": number - number_new,
        "word_read": size, "word_printed": size_new,
        "common_read": common, "common_printed": common_new, "common_gain": common_new - common,
    }  # fmt: skip


def _places(codes: Ints, found: Suspects) -> Evidence:
    """Where in its line each suspect stands."""
    breaks = np.concatenate(([-1], np.flatnonzero(codes == END), [len(codes)]))
    line = breaks.searchsorted(found.at)
    start, end = breaks[line - 1] + 1, breaks[line]
    return {
        "line_start": np.minimum(found.at - start, CAP),
        "line_end": np.minimum(end - found.at - 1, CAP),
        "line_length": np.minimum(end - start, 60),
    }


def _classes(units: Ints, found: Suspects) -> Evidence:
    """Surnames and numbers at the place."""
    padded = _padded(units, 2, 0)
    surname, numeral, digit = _class("surname"), _class("numeral"), _class("digit")
    return {
        "surname_before": surname[padded[found.at + 1]],
        "surname_before_2": surname[padded[found.at]],
        "surname_read": surname[padded[found.at + 2]],
        "digit_before": digit[padded[found.at + 1]] | numeral[padded[found.at + 1]],
        "digit_behind": digit[padded[found.at + 3]] | numeral[padded[found.at + 3]],
        "numeral": numeral[padded[found.at + 2]] | numeral[found.printed],
    }


@cache
def _class(kind: str) -> Bools:
    """For each code point whether its character belongs to a class."""
    table = np.zeros(1 << 16, dtype=bool)
    table[[ord(c) for c in lexicon.characters(kind)]] = True
    return table


def interchangeable(found: Suspects, units: Ints) -> Bools:
    """For each suspect whether the language cannot tell, so that it stays as it was read.

    Read and printed are of one class, or a country's short form stands beside another's.
    ``units`` are the code points of the page; the answer has the shape (n,).
    """
    padded = _padded(units, 1, 0)
    read = units[found.at]
    country = _class("country")
    stays = country[read] & (country[padded[found.at]] | country[padded[found.at + 2]])
    for kind in CLASSES:
        stays |= _class(kind)[read] & _class(kind)[found.printed]
    return stays


def best(found: Suspects, odds: Floats) -> Ints:
    """The number of the likeliest candidate of each place; shape (places,)."""
    order = np.lexsort((-odds, found.at))
    at = found.at[order]
    return np.asarray(order[np.append(True, at[1:] != at[:-1])])
