"""Where the tail of a jumping story ends: where the next story of its page starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fixnews.filters.breaks import is_sure, weigh
from fixnews.jumps.fragments import Tail
from fixnews.jumps.labels import Page
from fixnews.jumps.markers import Marker
from fixnews.layout.boundaries import first_lines, paragraphs, read, starts
from fixnews.words.cohesion import Words

STARTS = 0.35
"""Probability from which another story is taken to start: to leave the end of a story behind on its
page is better than to carry another one along."""


@dataclass(frozen=True, slots=True)
class Ends:
    """Where stories may start on the pages that have tails."""

    text: str
    pages: tuple[Page, ...]
    found: tuple[Marker, ...]
    words: Words

    @classmethod
    def of(cls, text: str, pages: Sequence[Page], found: Sequence[Marker]) -> Ends:
        """The pages of a call, with every marker on them."""
        words = Words.on(text[page.start : page.end] for page in pages)
        return cls(text, tuple(pages), tuple(found), words)

    def until(self, tail: Tail) -> Tail:
        """The tail up to where another story starts."""
        if not tail.body:
            return tail
        first = tail.body[0].end
        end = min((at for at in self._starts(tail.page, first)), default=tail.page.end)
        return tail.until(sum(line.start < end for line in tail.body))

    def _starts(self, page: Page, since: int) -> list[int]:
        """The offsets behind ``since`` at which stories start on a page."""
        text = self.text[page.start : page.end]
        on = [m for m in self.found if page.start <= m.start < page.end]
        here = [replace(m, start=m.start - page.start, end=m.end - page.start) for m in on]
        joined = {s.right.start for s in weigh(text) if is_sure(s)}
        whole = paragraphs(read(text), joined)
        behind = [page.start + line.start > since for line in whole]
        odds = [
            p if b else 0.0 for p, b in zip(starts(whole, here, self.words), behind, strict=True)
        ]
        return [page.start + whole[n].start for n in first_lines(odds, STARTS)]
