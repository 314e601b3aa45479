"""Which tail belongs to which head: the pairing that is best as a whole.

Only halves whose page numbers agree can pair. For each such pair the evidence (the headline
printed again, shared words) is weighed to the logarithm of odds; then the
assignment with the highest sum is found, in which a half may also stay alone.
The margin of a pair is what the best pairing without it would lose: a small margin means that the
halves could as well belong to others, and names the rival.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from fixnews import language
from fixnews.jumps.assignment import FORBIDDEN, assignment, margins_of
from fixnews.jumps.fragments import Head, Tail, agree
from fixnews.jumps.labels import Page
from fixnews.jumps.other_halves import rival_of
from fixnews.jumps.printed_lines import Line, begins_dated
from fixnews.jumps.repeated_headlines import (
    ELSEWHERE_WEIGHT,
    HEADLINE_MIDDLE,
    HEADLINE_WEIGHT,
    Headlines,
    plain,
    repeated,
)
from fixnews.message import Message
from fixnews.words.cohesion import Words
from fixnews.words.likeness import contained

READ, NEARBY = 1200, 300
"""Characters of a half next to its marker that are compared for shared words, and once more."""

SAMPLE, ENOUGH = 8, 0.25
"""Characters of the samples that show whether a page may hold a passage, and the share that it
must have: at 10 % wrong characters two of five samples of eight are whole."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a pair.

    Attributes:
        agrees: how many of the two page numbers are known and agree.
        headline: how like the headline over the tail is to one over the head, 0 to 1.
        titled: whether the tail has a headline at all.
        elsewhere: how like it is to a headline of another story on the head's page.
        words: cosine of the two texts' rare bigrams, 0 to 1.
        nearby: the same for the characters next to the two markers.
        length: characters of the shorter text.
        dated: whether the tail begins as a news story does, with place and date.
        seam: nats by which the tail's first characters are likelier behind the head than behind
            other places of these pages; 0 where the head's last character tells nothing.
        torn: whether the head stops inside a sentence.
    """

    agrees: int
    headline: float
    titled: bool
    elsewhere: float
    words: float
    nearby: float
    length: int
    dated: bool
    seam: float
    torn: bool

    @property
    def odds(self) -> float:
        """The logarithm of the odds that the halves are one story."""
        score = AGREES[self.agrees] + self._by_words + (OPENS if self.dated else 0.0)
        score += SEAM_WEIGHT * max(0.0, min(SEAM_ENOUGH, self.seam))
        missed = HEADLINE_MIDDLE - self.headline
        if self.titled or missed < 0:
            score -= HEADLINE_WEIGHT * missed
            other = max(0.0, self.elsewhere - max(self.headline, HEADLINE_MIDDLE))
            score -= ELSEWHERE_WEIGHT * other
        return score

    @property
    def _by_words(self) -> float:
        """What the shared words say: less is expected of a short text."""
        expected = WORDS_BIAS * math.pow(min(1.0, self.length / NEARBY), WORDS_GROWTH)
        near = NEARBY_WEIGHT * min(WORDS_ENOUGH, self.nearby)
        return WORDS_WEIGHT * min(WORDS_ENOUGH, self.words) + near - expected

    def shown(self) -> tuple[tuple[str, str], ...]:
        """The figures by name, for reports."""
        return (
            ("page numbers agree", ("not known", "one", "both")[self.agrees]),
            ("headline", f"{self.headline:.2f}" if self.titled else "none over the tail"),
            ("shared words", f"{self.words:.2f}"),
            ("seam", Message("{n:.1f} nats", n=self.seam)),
        )


AGREES, BOTH = (0.0, 1.5, 3.0), 2
"""For none, one, both of the page numbers that agree."""

OPENS = -6.0
"""A tail that begins with a dateline is the beginning of another story under a stray marker."""

SEAM_WEIGHT, SEAM_ENOUGH = 0.5, 6.0
"""Logarithm of the likelihood ratio for a nat at a seam, and the nats that count at most. Of 109
cuts inside sentences, of February 2020 and of the laid-out issues, the median has 5.7 nats; of 643
wrong pairs it has -1.2, and 2 % have more than 3.0 (`scripts/score_evidence.py`)."""

AGAINST, CONTRADICTED = -3.0, 4.0
"""Nats below which the seam of a torn sentence speaks against its pair, whatever speaks for it, and
the nats by which another half must fit better where the seam is only below 0. Of the cuts above
99 % have more than -1.7, of the wrong pairs 10 % less than -4.6."""

ISSUE = 256
"""Pages that lie between the halves of a story at most, where nothing tells issues apart. Two
hundred pages are the largest issue reckoned with here, most have eight to forty-eight; a file of
the pages of many years is no issue."""

PLACES, USUAL = 160, 0.8
"""Other places of these pages with which a seam is compared, and the share of them that fit no
better than the usual one: names of the story itself stand before the same words again and again."""

SOLE = 1.5
"""Added where one head and one tail name each other's page and nothing else could be a half of
either: to be no pair, the jump lines of two other halves must have been lost. Of 105 true pairs
(February 2020, the laid-out issues) the least likely then has odds of 3.1, headlines not counted;
of 398 pairs of halves of different stories that were made to name each other 36 % would be merged
(`scripts/score_evidence.py`), so that the text still has a say."""

WORDS_WEIGHT, NEARBY_WEIGHT, WORDS_BIAS, WORDS_GROWTH, WORDS_ENOUGH = 35.0, 25.0, 4.0, 0.8, 0.14
"""Logarithm of the likelihood ratio of the cosines: a logistic regression over stories of February
2020 (odd days of `news-dev`) cut in two, each half against those of three others of the day. On
even days it finds 98 % of the partners among four, without headlines. Texts below 300 characters
are expected to share less: what is even there is 0.067, at 150 characters 0.05."""


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
    table = evidence_table(heads, tails, given, text)
    odds = np.full((len(heads), len(tails)), FORBIDDEN)
    for (h, t), evidence in table.items():
        odds[h, t] = evidence.odds
    chosen = assignment(odds)
    margins = margins_of(odds)
    others = _others(table)
    pairs: list[Pair] = []
    for h, t in enumerate(chosen):
        if t < 0:
            continue
        broken = heads[h].marker.broken or tails[t].marker.broken
        own, rivals = table[h, t], others(h, t)
        more = SOLE if _sole(own, rivals) and not broken else 0.0
        margin = 0.0 if _contradicted(own, rivals) else margins[h] + more
        rival = rival_of(odds, h, t, heads, tails)
        told = table[h, t], float(odds[h, t]) + more, margin, rival
        pairs.append(Pair(heads[h], tails[t], *told, repeated(heads[h], tails[t])))
    return pairs


_Table = dict[tuple[int, int], Evidence]


def _others(table: _Table) -> Callable[[int, int], list[Evidence]]:
    """What gives, for a pair, the evidence for all others that take one of its halves."""
    rows, columns = defaultdict[int, list[int]](list), defaultdict[int, list[int]](list)
    for h, t in table:
        rows[h].append(t)
        columns[t].append(h)

    def others(h: int, t: int) -> list[Evidence]:
        found = [table[h, other] for other in rows[h] if other != t]
        return found + [table[other, t] for other in columns[t] if other != h]

    return others


def _sole(own: Evidence, rivals: Sequence[Evidence]) -> bool:
    """Whether two halves name each other, and neither could belong to any other."""
    return not rivals and own.agrees == BOTH


def _contradicted(own: Evidence, rivals: Sequence[Evidence]) -> bool:
    """Whether the seam speaks against a pair, or for another of the same halves.

    So it is on pages whose headlines were read out of their place.
    """
    best = max((rival.seam for rival in rivals), default=own.seam)
    against = own.torn and own.seam < AGAINST
    return against or (own.seam < 0 and best >= own.seam + CONTRADICTED)


def evidence_table(
    heads: Sequence[Head], tails: Sequence[Tail], given: Sequence[Page], text: str
) -> _Table:
    """The evidence for every pair whose page numbers do not speak against it."""
    known = {
        (h, t): known
        for h, t in _near(heads, tails)
        if (known := agree(heads[h], tails[t], given)) is not None
    }
    if not known:
        return {}
    words, titles = _Shared(heads, tails, given, text), Headlines(heads, tails, known)
    gains = _seams(heads, tails, known, _places(given, text))
    return {
        (h, t): Evidence(
            sure, *titles[h, t], *words[h, t], _dated(tails[t]), gains[h, t], heads[h].open
        )
        for (h, t), sure in known.items()
    }


def _near(heads: Sequence[Head], tails: Sequence[Tail]) -> Iterator[tuple[int, int]]:
    """The pairs on two pages that may be of one issue."""
    order = sorted(range(len(tails)), key=lambda t: tails[t].page.number)
    places = [tails[t].page.number for t in order]
    for h, head in enumerate(heads):
        number = head.page.number
        before = slice(bisect_left(places, number - ISSUE), bisect_left(places, number))
        behind = slice(bisect_right(places, number), bisect_right(places, number + ISSUE))
        yield from ((h, t) for t in sorted((*order[before], *order[behind])))


def _seams(
    heads: Sequence[Head],
    tails: Sequence[Tail],
    known: Collection[tuple[int, int]],
    elsewhere: Sequence[str],
) -> dict[tuple[int, int], float]:
    """The gain at the seam of every pair, by the language model."""
    places = [(h, t) for h, t in known if _tells(heads[h]) and tails[t].body]
    gains = dict.fromkeys(known, 0.0)
    if not places:
        return gains
    begins = {t: "".join(line.text for line in tails[t].body[:2]) for _, t in places}
    pairs = [(heads[h].lines[-1].text, begins[t]) for h, t in places]
    pairs += [(left, right) for right in begins.values() for left in elsewhere]
    found = language.load().seams(pairs)[:, 0].astype(float)
    usual = np.quantile(found[len(places) :].reshape(len(begins), -1), USUAL, axis=1)
    least = dict(zip(begins, usual, strict=True))
    own = zip(places, found, strict=False)
    return gains | {(h, t): float(gain - least[t]) for (h, t), gain in own}


def _tells(head: Head) -> bool:
    """Whether a head's last character says how it goes on: a letter, a comma, a stop."""
    last = head.lines[-1].text[-1:] if head.lines else ""
    return last.isalnum() or last in tuple("，、,：:。！？")


def _places(given: Sequence[Page], text: str) -> list[str]:
    """The characters before some places, evenly over the pages."""
    whole = "".join("".join(text[page.start : page.end].split()) for page in given)
    step = max(1, len(whole) // PLACES)
    places = range(language.SIGHT, len(whole), step)
    return [whole[at - language.SIGHT : at] for at in places] or ["。"]


def _dated(tail: Tail) -> bool:
    return begins_dated("".join(line.text for line in tail.body[:2]))


def held(passage: str, page: str, least: float) -> float:
    """How nearly a page holds a passage in one piece, 0 to 1; 0 if that is below ``least``."""
    samples = [passage[at : at + SAMPLE] for at in range(0, len(passage), SAMPLE)]
    if len(passage) > len(page) or sum(s in page for s in samples) < ENOUGH * len(samples):
        return 0.0
    return contained(passage, page, least)


def story(pair: Pair) -> tuple[Line, ...]:
    """The lines of the story over its head, without the headline that its tail prints again."""
    titles = {plain(line.text) for line in pair.repeated}
    lines = pair.head.lines
    first = max((n for n, line in enumerate(lines) if plain(line.text) in titles), default=-1)
    return lines[first + 1 :] if first >= 0 else told(pair.head)


def told(head: Head) -> tuple[Line, ...]:
    """The lines over a head that are of its story: from the last headline before a dateline on."""
    lines, size = head.lines, 0
    for n in range(len(lines) - 1, 0, -1):
        size += len(lines[n].text)
        if size > READ or (lines[n - 1].titled and begins_dated(lines[n].text)):
            return lines[n:]
    return lines


def _sure_text(tail: Tail, text: str) -> str:
    """A tail's text up to where another story may begin, if that leaves enough to compare."""
    if not tail.body:
        return ""
    start = tail.body[0].start
    ends = [tail.body[line - 1].end for line, _ in tail.breaks] + [tail.body[-1].end]
    return text[start : next((end for end in ends if end - start >= NEARBY), ends[-1])]


class _Shared:
    """The words that heads and tails have in common."""

    def __init__(
        self, heads: Sequence[Head], tails: Sequence[Tail], given: Sequence[Page], text: str
    ) -> None:
        words = Words.on(text[p.start : p.end] for p in given)
        before = ["".join(line.text for line in told(head)) for head in heads]
        after = [_sure_text(tail, text)[:READ] for tail in tails]
        self.lengths = [len(x) for x in before], [len(x) for x in after]
        self.words = words.cosines([x[-READ:] for x in before], after)
        self.nearby = words.cosines([x[-NEARBY:] for x in before], [x[:NEARBY] for x in after])

    def __getitem__(self, place: tuple[int, int]) -> tuple[float, float, int]:
        h, t = place
        length = min(self.lengths[0][h], self.lengths[1][t])
        return float(self.words[place]), float(self.nearby[place]), length
