"""Headlines that stand over the head of a story and again over its tail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from fixnews.jumps.fragments import HEADLINE_LINES, Head, Tail
from fixnews.jumps.printed_lines import Line
from fixnews.jumps.titles import HEADLINE
from fixnews.words.likeness import likest, ratio

SAME_HEADLINE = 0.82
"""Similarity (0 to 1) from which two headlines are one. Headlines read twice by OCR at up to 4.5 %
CER stay above 0.85; different headlines of one issue stay below 0.6 but for series titles."""


HEADLINE_WEIGHT, HEADLINE_MIDDLE, ELSEWHERE_WEIGHT = 10.0, 0.6, 12.0

SHORTENED = 4
"""Characters of the shortest beginning of a headline that a page of continuations prints again."""


class Headlines:
    """How like the headline over each tail is to one over each head.

    A head has one headline, the nearest. Where another tail's headline stands between, as on a page
    whose columns were read across, the farther one says nothing.
    """

    def __init__(
        self, heads: Sequence[Head], tails: Sequence[Tail], known: Iterable[tuple[int, int]]
    ) -> None:
        self.likest: dict[tuple[int, int], float] = {}
        self.titled = [any(line.titled for line in tail.above) for tail in tails]
        over = {id(head.lines): titles_over(head) for head in heads}
        candidates = [_candidates(tail) for tail in tails]
        rows: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
        for h, t in known:
            likeness, place = _likest(candidates[t], over[id(heads[h].lines)])
            rows[h].append((place, t, likeness))
        for h, row in rows.items():
            self._take(h, row)
        self.best = self._best_two()

    def _take(self, h: int, row: list[tuple[int, int, float]]) -> None:
        """The likeness of every tail's headline to one over this head; the nearest counts."""
        nearest = max((place for place, _, like in row if like >= SAME_HEADLINE), default=-1)
        for place, t, likeness in row:
            same = likeness >= SAME_HEADLINE
            self.titled[t] |= same
            hidden = same and place < nearest
            self.likest[h, t] = HEADLINE_MIDDLE if hidden else likeness

    def _best_two(self) -> dict[int, list[tuple[float, int]]]:
        """For each tail the two heads with the likest headlines."""
        rows: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for (h, t), likeness in self.likest.items():
            rows[t].append((likeness, h))
        return {t: sorted(row, reverse=True)[:2] for t, row in rows.items()}

    def __getitem__(self, place: tuple[int, int]) -> tuple[float, bool, float]:
        h, t = place
        elsewhere = max((like for like, o in self.best[t] if o != h), default=0.0)
        return self.likest[place], self.titled[t], elsewhere


def _candidates(tail: Tail) -> list[str]:
    """What may be the headline: lines over the marker, alone and joined, and below it."""
    lines = [line.text for line in tail.above]
    joined = ["".join(lines[-n:]) for n in range(1, len(lines) + 1)]
    below = [
        line.text for line in tail.body[:1] if len(line.text) <= HEADLINE and not line.finished
    ]
    return [plain(c) for c in [*joined, *lines[:-1], *below]]


def _likest(candidates: Sequence[str], over: Sequence[str]) -> tuple[float, int]:
    """How like the likest line is to any of the candidates, 0 to 1, and which line it is."""
    best = 0.0, -1
    for title in filter(None, candidates) if over else ():
        like, which = likest(title, over)
        best = max(best, (like, which // 2))
    return best


def titles_over(head: Head) -> list[str]:
    """Line by line over a head what may be its headline: the line, and the line with the next."""
    texts = [line.text for line in head.lines]
    alone = [plain(t) if len(t) <= HEADLINE else "" for t in texts]
    joined = [
        plain(a + b) if len(a) + len(b) <= HEADLINE else "" for a, b in pairwise([*texts, ""])
    ]
    return [text for row in zip(alone, joined, strict=True) for text in row]


def plain(text: str) -> str:
    """A text as compared: no white space, one width of punctuation."""
    return "".join(text.split()).translate(_WIDTHS)


_WIDTHS = str.maketrans("，：；？！（）“”‘’", ",:;?!()\"\"''")


def repeated(head: Head, tail: Tail) -> tuple[Line, ...]:
    """The lines over or under the continuation line that stand over the head as well."""
    over = titles_over(head)
    long = [(plain(line.text), line.titled) for line in head.lines if len(line.text) <= HEADLINE]

    def known(line: str) -> bool:
        text = plain(line)
        if any(shortened(text, title, titled=titled) for title, titled in long):
            return True
        return any(ratio(text, title) >= SAME_HEADLINE for title in over if title)

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


def shortened(text: str, title: str, *, titled: bool) -> bool:
    """Whether a text is the beginning of a headline, up to a mark where that is not certain.

    >>> shortened("如此消毒", "如此消毒——开水烫几遍", titled=False)
    True
    >>> shortened("如此消毒", "如此消毒的导管", titled=False)
    False
    """
    if len(text) < SHORTENED or not title.startswith(text) or text == title:
        return False
    return titled or not title[len(text)].isalnum()
