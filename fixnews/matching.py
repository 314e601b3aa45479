"""Which tail belongs to which head: the pairing that is best as a whole.

Only halves whose page numbers agree can pair. For each such pair the evidence (the headline printed
again, shared words, the order on the page, open or finished sentences) is weighed to the logarithm
of odds; then the assignment with the highest sum is found, in which a half may also stay alone.
The margin of a pair is what the best pairing without it would lose: a small margin means that the
halves could as well belong to others, and names the rival.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from fixnews.cohesion import Words
from fixnews.fragments import HEADLINE, HEADLINE_LINES, Head, Line, Tail, agree, begins_dated
from fixnews.labels import Page

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

SAME_HEADLINE = 0.82
"""Similarity (0 to 1) from which two headlines are one. Headlines read twice by OCR at up to 4.5 %
CER stay above 0.85; different headlines of one issue stay below 0.6 but for series titles."""

READ = 1200
"""Characters of a half next to its marker that are compared for shared words."""

FORBIDDEN = -1e6


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a pair.

    Attributes:
        agrees: whether both page numbers are known and agree.
        headline: how like the headline over the tail is to one over the head, 0 to 1.
        titled: whether the tail has a headline at all.
        elsewhere: how like it is to a headline of another story on the head's page.
        words: cosine of the two texts' rare bigrams, 0 to 1.
        order: 1 where head and tail have the same place among those that their pages share.
    """

    agrees: bool
    headline: float
    titled: bool
    elsewhere: float
    words: float
    order: float

    @property
    def odds(self) -> float:
        """The logarithm of the odds that the halves are one story."""
        score = AGREES if self.agrees else GUESSED
        if self.titled:
            score += HEADLINE_WEIGHT * (self.headline - HEADLINE_MIDDLE)
            score -= ELSEWHERE_WEIGHT * max(
                0.0, self.elsewhere - max(self.headline, HEADLINE_MIDDLE)
            )
        return score + WORDS_WEIGHT * (self.words - WORDS_MIDDLE) + ORDER_WEIGHT * self.order

    def shown(self) -> tuple[tuple[str, str], ...]:
        """The figures by name, for reports."""
        return (
            ("page numbers agree", "yes" if self.agrees else "not known"),
            ("headline", f"{self.headline:.2f}" if self.titled else "none over the tail"),
            ("shared words", f"{self.words:.2f}"),
        )


AGREES, GUESSED = 3.0, 0.0
HEADLINE_WEIGHT, HEADLINE_MIDDLE = 10.0, 0.6
ELSEWHERE_WEIGHT = 12.0
WORDS_WEIGHT, WORDS_MIDDLE = 10.0, 0.05
ORDER_WEIGHT = 0.7


@dataclass(frozen=True, slots=True)
class Pair:
    """A head and the tail that is given to it.

    Attributes:
        head, tail: the halves.
        evidence: what speaks for it.
        odds: logarithm of the odds, by itself.
        margin: how much the best pairing of all would lose without it.
        rival: the half that would take part instead, in words for people; empty if none.
        repeated: the lines of the tail that print the headline again.
    """

    head: Head
    tail: Tail
    evidence: Evidence
    odds: float
    margin: float
    rival: str
    repeated: tuple[Line, ...]


def pair(
    heads: Sequence[Head], tails: Sequence[Tail], given: Sequence[Page], text: str
) -> list[Pair]:
    """The best pairing as a whole, in the order of the heads."""
    if not heads or not tails:
        return []
    import numpy as np

    table = evidence_table(heads, tails, given, text)
    odds = np.full((len(heads), len(tails)), FORBIDDEN)
    for (h, t), evidence in table.items():
        odds[h, t] = evidence.odds
    chosen = assignment(odds)
    margins = margins_of(odds, chosen)
    return [
        Pair(heads[h], tails[t], table[h, t], float(odds[h, t]), margins[h],
             _rival(odds, h, t, heads, tails), repeated(heads[h], tails[t]))
        for h, t in enumerate(chosen) if t >= 0
    ]  # fmt: skip


def evidence_table(
    heads: Sequence[Head], tails: Sequence[Tail], given: Sequence[Page], text: str
) -> dict[tuple[int, int], Evidence]:
    """The evidence for every pair whose page numbers do not speak against it."""
    known = {
        (h, t): known
        for h, head in enumerate(heads)
        for t, tail in enumerate(tails)
        if (known := agree(head, tail, given)) is not False
    }
    if not known:
        return {}
    words = _shared_words(heads, tails, text)
    titles = {t: _Titles(tails[t]) for t in {t for _, t in known}}
    places = _places(heads, tails, known)
    table = {}
    for (h, t), sure in known.items():
        headline = titles[t].likeness(heads[h])
        others = (titles[t].likeness(heads[o]) for o, p in known if p == t and o != h)
        table[h, t] = Evidence(
            bool(sure), headline, titles[t].titled, max(others, default=0.0),
            float(words[h, t]), places[h, t],
        )  # fmt: skip
    return table


class _Titles:
    """The headline over a tail, compared with every head once."""

    def __init__(self, tail: Tail) -> None:
        self.candidates = _candidates(tail)
        self.titled = bool(tail.above)
        self.known: dict[int, float] = {}

    def likeness(self, head: Head) -> float:
        """How like the tail's headline is to the likest headline over the head."""
        key = id(head.lines)
        if key not in self.known:
            self.known[key] = max((_best(c, head) for c in self.candidates), default=0.0)
        if self.known[key] >= SAME_HEADLINE:
            self.titled = True
        return self.known[key]


def _candidates(tail: Tail) -> list[str]:
    """What may be the headline: lines over the marker, alone and joined, and below it."""
    lines = [line.text for line in tail.above]
    joined = ["".join(lines[-n:]) for n in range(1, len(lines) + 1)]
    below = [
        line.text for line in tail.body[:1] if len(line.text) <= HEADLINE and not line.finished
    ]
    return [plain(c) for c in [*joined, *lines[:-1], *below]]


def _best(title: str, head: Head) -> float:
    from rapidfuzz import fuzz, process

    lines = _titles_over(head)
    if not title or not lines:
        return 0.0
    found = process.extractOne(title, lines, scorer=fuzz.ratio)
    return found[1] / 100 if found else 0.0


def _titles_over(head: Head) -> list[str]:
    """The short lines over a head, alone and with the next: headlines run over two lines."""
    texts = [line.text for line in head.lines]
    short = [plain(t) for t in texts if len(t) <= HEADLINE]
    pairs = pairwise(texts)
    return short + [plain(a + b) for a, b in pairs if len(a) + len(b) <= 2 * HEADLINE]


def plain(text: str) -> str:
    """A text as compared: no white space, one width of punctuation."""
    return "".join(text.split()).translate(_WIDTHS)


_WIDTHS = str.maketrans("，：；？！（）“”‘’", ",:;?!()\"\"''")


def repeated(head: Head, tail: Tail) -> tuple[Line, ...]:
    """The lines over or under the continuation line that stand over the head as well."""
    from rapidfuzz import fuzz

    over = _titles_over(head)

    def known(line: str) -> bool:
        return any(fuzz.ratio(plain(line), title) / 100 >= SAME_HEADLINE for title in over)

    above = tail.above
    for n in range(len(above)):
        kept = above[n:]
        if known("".join(line.text for line in kept)) or all(known(line.text) for line in kept):
            break
    else:
        kept = ()
    below = []
    for line in tail.body[:HEADLINE_LINES]:
        if len(line.text) > HEADLINE or line.finished or not known(line.text):
            break
        below.append(line)
    return (*kept, *below)


def story(pair: Pair) -> tuple[Line, ...]:
    """The lines of the story over its head, without the headline.

    From the headline that the tail prints again, else from the last headline before a dateline,
    else as much as is worth comparing.
    """
    lines = pair.head.lines
    titles = {plain(line.text) for line in pair.repeated}
    first = max((n for n, line in enumerate(lines) if plain(line.text) in titles), default=-1)
    if first < 0:
        first = max(
            (
                n
                for n, line in enumerate(lines[:-1])
                if line.titled and begins_dated(lines[n + 1].text)
            ),
            default=-1,
        )
    kept, size = [], 0
    for line in reversed(lines[first + 1 :]):
        if size > READ:
            break
        kept.append(line)
        size += len(line.text)
    return tuple(reversed(kept))


def _shared_words(heads: Sequence[Head], tails: Sequence[Tail], text: str) -> Matrix:
    """The cosine of every head's text with every tail's, over bigrams weighed by rarity."""
    import numpy as np

    before = [text[max(h.lines[0].start, h.cut - READ) : h.cut] if h.lines else "" for h in heads]
    after = [text[t.body[0].start : t.body[-1].end][:READ] if t.body else "" for t in tails]
    words = Words([*before, *after])
    rows = np.stack([words.vector(t) for t in (*before, *after)])
    product: Matrix = rows[: len(heads)] @ rows[len(heads) :].T
    return product


def _places(
    heads: Sequence[Head], tails: Sequence[Tail], known: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], float]:
    """1 where a head is the n-th of its page for the tail's page, and the tail the n-th back."""
    pages = {(h, t): (heads[h].page.number, tails[t].page.number) for h, t in known}
    going = _ranks({(pair, h) for (h, _), pair in pages.items()})
    coming = _ranks({(pair, t) for (_, t), pair in pages.items()})
    return {(h, t): float(going[pair, h] == coming[pair, t]) for (h, t), pair in pages.items()}


def _ranks(
    members: Iterable[tuple[tuple[int, int], int]],
) -> dict[tuple[tuple[int, int], int], int]:
    """For each member of a group its place in it."""
    rows = groupby(sorted(members), key=itemgetter(0))
    return {member: place for _, row in rows for place, member in enumerate(row)}


def assignment(odds: Matrix) -> list[int]:
    """For each row its column in the assignment with the highest sum, or -1 for none.

    A row may stay alone at no cost, so that only pairs with positive odds are made.

    >>> import numpy as np
    >>> assignment(np.array([[5.0, 4.0], [4.5, 1.0]])), assignment(np.array([[-1.0]]))
    ([1, 0], [-1])
    """
    import numpy as np

    rows, columns = odds.shape
    cost = np.concatenate([-odds, np.zeros((rows, rows))], axis=1)
    owner = _hungarian(cost)
    chosen = [-1] * rows
    for column, row in enumerate(owner[:columns]):
        if row >= 0:
            chosen[row] = column
    return chosen


def _hungarian(cost: Matrix) -> list[int]:
    """The row that each column is given to, at least total cost; rows ≤ columns.

    Shortest augmenting paths with potentials (Kuhn 1955, Munkres 1957), a row at a time.
    """
    import numpy as np

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


def margins_of(odds: Matrix, chosen: Sequence[int]) -> list[float]:
    """For each row with a column, what the best assignment without that pair would lose."""
    total = sum(float(odds[h, t]) for h, t in enumerate(chosen) if t >= 0)
    margins = [0.0] * len(chosen)
    for h, t in enumerate(chosen):
        if t >= 0:
            without = odds.copy()
            without[h, t] = FORBIDDEN
            other = assignment(without)
            best = sum(float(without[a, b]) for a, b in enumerate(other) if b >= 0)
            margins[h] = total - best
    return margins


def _rival(odds: Matrix, h: int, t: int, heads: Sequence[Head], tails: Sequence[Tail]) -> str:
    """The half that comes nearest to taking part instead."""
    row = [
        (float(odds[h, o]), f"the tail {_named(tails[o].marker.start, tails[o].page)}")
        for o in range(len(tails))
        if o != t
    ]
    column = [
        (float(odds[o, t]), f"the head {_named(heads[o].marker.start, heads[o].page)}")
        for o in range(len(heads))
        if o != h
    ]
    best = max((*row, *column), default=(FORBIDDEN, ""))
    return best[1] if best[0] > FORBIDDEN / 2 else ""


def _named(offset: int, page: Page) -> str:
    return f"on page {page.label} at character {offset - page.start + 1}"
