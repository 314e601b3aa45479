"""Where the tail of a jumping story ends: where the next story of its page starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fixnews.draft import Draft
from fixnews.filters.breaks import EVEN, is_sure
from fixnews.impression import Impressions
from fixnews.jumps.fragments import Tail
from fixnews.jumps.labels import Page
from fixnews.jumps.markers import find
from fixnews.jumps.matching import READ, Pair, story
from fixnews.layout.boundaries import (
    as_printed,
    closing,
    first_lines,
    paragraphs,
    read,
    starts,
)
from fixnews.layout.odds import weigh
from fixnews.words.cohesion import Words

STARTS = 0.2
"""Probability from which another story is taken to start: to leave the end of a story behind on its
page is better than to carry another one along. Of 0.12, 0.2, 0.28, 0.35 and 0.45 it is the highest
at which, on either half of the issues, no tail of 189 carries another story along; see
docs/notes/jumps.md.
"""


@dataclass(frozen=True, slots=True)
class Ends:
    """Where the tails of an issue end."""

    text: str
    words: Words
    paper: Impressions

    @classmethod
    def of(cls, draft: Draft, pages: Sequence[Page]) -> Ends:
        """The pages of a call."""
        words = Words.on(draft.text[page.start : page.end] for page in pages)
        return cls(draft.text, words, Impressions.of(draft))

    def until(self, match: Pair) -> Tail:
        """The tail of a pair up to where another story starts.

        It is read behind what its head tells: a subhead speaks of the same things as the story
        before it, and a story that had subheads on its first page has them on the next.
        """
        tail = match.tail
        if not tail.body:
            return tail
        told = self._told(match)
        at, behind = tail.body[0].start - len(told), tail.body[0].end
        found = self._starts(told, tail.body[0].start, tail.page.end)
        going_on = _above_jump_line(tail, self.text)
        starts_at = (at + n for n in found if at + n > behind and at + n != going_on)
        end = min(starts_at, default=tail.page.end)
        return tail.until(sum(line.start < end for line in tail.body))

    def _told(self, match: Pair) -> str:
        """The story over its head, with the break between it and its tail."""
        cut = match.head.cut
        near = (line.start for line in story(match) if cut - line.start <= READ)
        return self.text[min(near, default=cut) : cut] + ("" if match.head.open else "\n\n")

    def _starts(self, told: str, start: int, end: int) -> list[int]:
        """The offsets at which stories start in what a head tells and the page goes on with."""
        text, by = told + self.text[start:end], start - len(told)
        lines = read(text)
        joined = {s.right.start for s in weigh(text, least=EVEN) if is_sure(s)}
        whole = paragraphs(lines, joined | set(closing(lines)))
        printed = [self.paper.at(line.start + by, line.end + by) for line in whole]
        printed = [
            None if x.start < len(told) else one for x, one in zip(whole, printed, strict=True)
        ]
        whole = as_printed(whole, printed)
        odds = starts(whole, find(text), self.words, printed)
        return [whole[n].start for n in first_lines(odds, STARTS)]


def _above_jump_line(tail: Tail, text: str) -> int:
    """Where the line begins that stands right above the jump line at a tail's end, or -1.

    However short, it is the end of the story's part: no headline is torn off by a jump line.
    """
    if len(tail.body) < 2:
        return -1
    last = tail.body[-1]
    markers = find(text[last.start : last.end])
    return tail.body[-2].start if any(m.direction == "out" and not m.start for m in markers) else -1
