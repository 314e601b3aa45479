"""A language model of open text for a tool that comes without one, in the form of ARPA."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

ORDER = 3
"""Characters of the longest n-gram: the tool looks at pairs and at three."""

DISCOUNT = 0.75
"""What is taken from each count for what was not seen, as Ney, Essen and Kneser (1994) found for
counts of this size; nothing was tuned."""

START, END, UNKNOWN = "<s>", "</s>", "<unk>"
NEVER = -99.0

Gram = tuple[str, ...]


def counts(lines: Iterable[str]) -> dict[Gram, int]:
    """How often each n-gram of one to three characters stands in the lines.

    >>> counts(["三国"])["三", "国", "</s>"]
    1
    """
    found: Counter[Gram] = Counter()
    for line in lines:
        row = (START, *line.replace(" ", ""), END)
        for order in range(1, ORDER + 1):
            found.update(row[at : at + order] for at in range(len(row) - order + 1))
    return found


def arpa(lines: Iterable[str]) -> Iterator[str]:
    """The model, with absolute discounting, each order resting on the one below."""
    seen = counts(lines)
    kinds: Counter[Gram] = Counter(gram[:-1] for gram in seen)
    total = sum(n for gram, n in seen.items() if len(gram) == 1 and gram != (START,))

    @cache
    def chance(gram: Gram) -> float:
        if len(gram) == 1:
            return max(seen.get(gram, 0) - DISCOUNT, 0) / total
        inner = max(seen.get(gram, 0) - DISCOUNT, 0) / seen[gram[:-1]]
        return inner + rest(gram[:-1]) * chance(gram[1:])

    def rest(gram: Gram) -> float:
        return DISCOUNT * kinds[gram] / seen[gram]

    orders = [sorted(gram for gram in seen if len(gram) == n) for n in range(1, ORDER + 1)]
    yield "\\data\\\n"
    yield from (f"ngram {n}={len(grams) + (n == 1)}\n" for n, grams in enumerate(orders, 1))
    for n, grams in enumerate(orders, 1):
        yield f"\n\\{n}-grams:\n"
        if n == 1:
            yield f"{math.log10(DISCOUNT * (len(grams) - 1) / total):.4f}\t{UNKNOWN}\t0\n"
        for gram in grams:
            log = NEVER if gram == (START,) else math.log10(chance(gram))
            back = f"\t{math.log10(rest(gram)):.4f}" if n < ORDER and gram[-1] != END else ""
            yield f"{log:.4f}\t{' '.join(gram)}{back}\n"
    yield "\n\\end\\\n"
