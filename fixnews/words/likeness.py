"""How like two texts are: the one file that asks rapidfuzz, loaded at the first question."""

from __future__ import annotations

from collections.abc import Sequence


def ratio(one: str, other: str) -> float:
    """The share of two texts that is common to both, 0 to 1; insertions and deletions count.

    >>> ratio("市金融发展中心", "市金融发展服务中心")
    0.875
    """
    from rapidfuzz import fuzz

    return float(fuzz.ratio(one, other)) / 100


def likest(text: str, others: Sequence[str]) -> tuple[float, int]:
    """How like the likest of other texts is, 0 to 1, and which it is; (0, -1) of none.

    >>> likest("头版", ["二版", "头版"])
    (1.0, 1)
    """
    from rapidfuzz import fuzz, process

    found = process.extractOne(text, others, scorer=fuzz.ratio)
    return (found[1] / 100, found[2]) if found else (0.0, -1)


def contained(passage: str, text: str, least: float = 0.0) -> float:
    """How like the likest stretch of a text is to a passage, 0 to 1; 0 if that is below ``least``.

    >>> contained("雨停了", "昨夜雨停了。"), contained("雨停了", "昨夜雨大。", 0.8)
    (1.0, 0.0)
    """
    from rapidfuzz import fuzz

    return float(fuzz.partial_ratio(passage, text, score_cutoff=100 * least)) / 100


def distance(one: str, other: str, most: int) -> int:
    """Characters to insert, delete or replace between two texts; ``most + 1`` if there are more.

    >>> distance("市金融发展中心", "市金融发展服务中心", 2)
    2
    """
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(one, other, score_cutoff=most)
