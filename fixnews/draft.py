"""The draft: text under repair that never forgets where each character was read.

This is the only file that adds and subtracts offsets of different texts. A draft is a row of
pieces; a piece is either *kept*, a slice of a source, or *made*, new text that stands for a span
of a source. Revising a draft is one sweep over the pieces, so its time is linear in pieces plus
changes. The pages of one call form one text with `PAGE_BREAK` between them; those breaks between
sources are fixed and no change may touch them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, count, pairwise
from operator import itemgetter
from typing import NamedTuple

from fixnews.changes import Change, Edit
from fixnews.source import PAGE_BREAK, Source

KEPT = -1
"""Maker of a piece that is a slice of its source."""

FIXED = -2
"""Maker of the page break between two sources."""


class Span(NamedTuple):
    """Characters ``start`` to ``end`` of the source with this number."""

    source: int
    start: int
    end: int


class Piece(NamedTuple):
    """A run of the draft, and the span of the source that it stands for.

    ``text`` is empty for a kept piece: the source has it. ``maker`` is the number of the change
    that made the text, or `KEPT` or `FIXED`.
    """

    source: int
    start: int
    end: int
    maker: int = KEPT
    text: str = ""

    def slice(self, start: int, end: int) -> Piece:
        """The part from ``start`` to ``end``; a cut in made text stands for the whole span."""
        if self.maker == KEPT:
            return Piece(self.source, self.start + start, self.start + end)
        return self._replace(text=self.text[start:end])


Leaf = tuple[int, tuple[Piece, ...]]
"""A page by its number and pieces."""


class _Patch(NamedTuple):
    """One place of a revision: the draft's span that goes, and what comes instead."""

    start: int
    end: int
    maker: int
    new: str = ""
    moved: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    r"""The text of one or more pages under repair. Immutable; `revise` gives the next one.

    All pages of a call are one draft; `leaves` gives each as a draft of its own, for the filters
    that read one page at a time, and `joined` puts them together again.

    >>> draft = Draft.of(Source("A1", "经挤稳\n定,"), Source("C2", "人民"))
    >>> draft.text
    '经挤稳\n定,\x0c人民'
    >>> better = draft.revise([Edit(1, 2, "济"), Edit(3, 4, "")])
    >>> better.texts()
    ('经济稳定,', '人民')
    >>> better.spans(1, 4)  # the characters 济稳定 and where they were read
    (Span(source=0, start=1, end=3), Span(source=0, start=4, end=5))
    """

    sources: tuple[Source, ...]
    pieces: tuple[Piece, ...]
    text: str
    starts: tuple[int, ...]
    numbers: tuple[int, ...]
    sheets: tuple[str, ...]
    bounds: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, *sources: Source) -> Draft:
        """The draft in which nothing has changed yet, its pages in the order given."""
        rows = [[Piece(n, 0, len(x.text))] if x.text else [] for n, x in enumerate(sources)]
        return cls._built(sources, tuple(range(len(rows))), _with_breaks(rows))

    @classmethod
    def joined(cls, leaves: Sequence[Draft]) -> Draft:
        """The draft of all pages, put together from one draft a page; of a single one, that."""
        if len(leaves) == len(leaves[0].sources if leaves else ()) == 1:
            return leaves[0]
        sources, sheets = leaves[0].sources if leaves else (), tuple([x.text for x in leaves])
        pieces, bounds = tuple(_with_breaks([leaf.pieces for leaf in leaves])), _bounds(sheets)
        starts = [at + x for leaf, (at, _) in zip(leaves, bounds, strict=True) for x in leaf.starts]
        placed, numbers = tuple(starts or [0]), tuple(range(len(leaves)))
        return cls(sources, pieces, PAGE_BREAK.join(sheets), placed, numbers, sheets, bounds)

    def leaves(self, known: Mapping[Leaf, Draft] | None = None) -> tuple[Draft, ...]:
        """One draft for each page; one ``known`` by number and pieces is the very same draft."""
        breaks = [n for n, piece in enumerate(self.pieces) if piece.maker == FIXED]
        spans = pairwise((-1, *breaks, len(self.pieces)) if self.numbers else ())
        rows = (self.pieces[one + 1 : two] for one, two in spans)
        known, alone = known or {}, len(self.numbers) == 1
        return tuple(
            known.get(row) or (self if alone else Draft._built(self.sources, row[:1], list(row[1])))
            for row in zip(self.numbers, rows, strict=True)
        )

    @property
    def leaf(self) -> Leaf:
        """Which single page this draft is, and of what."""
        return self.numbers[0], self.pieces

    @classmethod
    def _built(
        cls,
        sources: tuple[Source, ...],
        numbers: tuple[int, ...],
        pieces: list[Piece],
        before: Sequence[str] = (),
    ) -> Draft:
        """A draft of these pieces; a page as it was ``before`` stays the very same string.

        What is remembered of a page is found by its text, and a string is hashed only once.
        """
        texts = [
            sources[p.source].text[p.start : p.end] if p.maker == KEPT else p.text for p in pieces
        ]
        starts = tuple(accumulate(map(len, texts), initial=0))
        several = enumerate(pieces if len(numbers) > 1 else ())
        breaks = [i for i, piece in several if piece.maker == FIXED]
        spans = pairwise((-1, *breaks, len(pieces)) if numbers else ())
        sheets = tuple(["".join(texts[one + 1 : two]) for one, two in spans])
        if before:
            sheets = tuple([a if a == b else b for a, b in zip(before, sheets, strict=True)])
        text = sheets[0] if len(sheets) == 1 else PAGE_BREAK.join(sheets)
        return cls(sources, tuple(pieces), text, starts, numbers, sheets, _bounds(sheets))

    def texts(self) -> tuple[str, ...]:
        """The text of each page, in the order of `numbers`."""
        return self.sheets

    def pages(self) -> tuple[tuple[int, int], ...]:
        """Start and end of each page in the draft's text."""
        return self.bounds

    def read(self, page: int) -> str:
        """The page of this place in `numbers` as it was read."""
        return self.sources[self.numbers[page]].text

    def page_pieces(self, number: int) -> Iterator[Piece]:
        """The pieces of one source's page, in order: what a writer needs to copy or encode."""
        start, end = self.pages()[number]
        first, last = bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1)
        return iter(self.pieces[first:last] if start < end else ())

    def _at(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1

    def cut(self, start: int, end: int) -> tuple[Piece, ...]:
        """The pieces of ``text[start:end]``, the outer ones cut to fit."""
        taken: list[Piece] = []
        at = self._at(start)
        while start < end:
            stop = min(end, self.starts[at + 1])
            piece, base = self.pieces[at], self.starts[at]
            whole = base == start and stop == self.starts[at + 1]
            taken.append(piece if whole else piece.slice(start - base, stop - base))
            start, at = stop, at + 1
        return tuple(taken)

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Where ``text[start:end]`` was read, contiguous spans as one.

        An insertion point hangs on its left neighbour on the page, else on the page's start.
        """
        if start == end:
            return (self._point(start),)
        if end <= self.starts[1 + (at := self._at(start))]:
            return (_read(self, at, start, end),)
        merged: list[Span] = []
        for piece in self.cut(start, end):
            last = merged[-1] if merged else None
            if last and last.source == piece.source and last.start <= piece.start <= last.end:
                merged[-1] = last._replace(end=max(last.end, piece.end))
            else:
                merged.append(Span(piece.source, piece.start, piece.end))
        return tuple(merged)

    def whole(self, start: int, end: int) -> tuple[int, int]:
        """A stretch with all else that was made of the original it stands for.

        A made text stands for all that it replaced: a part of it cannot be exchanged there alone.
        """
        while self._of_one(start):
            start = self.starts[self._at(start - 1)]
        while self._of_one(end):
            end = self.starts[self._at(end) + 1]
        return start, end

    def _of_one(self, offset: int) -> bool:
        """Whether the characters on both sides of a point were made of the same original."""
        if not 0 < offset < len(self.text):
            return False
        left, right = self.pieces[self._at(offset - 1)], self.pieces[self._at(offset)]
        if left.maker < 0 or right.maker < 0 or left.source != right.source:
            return False
        return left[1:3] == right[1:3] or (left.start < right.end and right.start < left.end)

    def _point(self, offset: int) -> Span:
        """The span of an insertion: behind its left neighbour, or all of what it splits."""
        if offset == 0:
            return Span(self.numbers[0] if self.numbers else 0, 0, 0)
        left = self.pieces[self._at(offset - 1)]
        at = offset - self.starts[self._at(offset - 1)]
        right = self.pieces[self._at(offset)] if offset < len(self.text) else left
        if left.maker == KEPT:
            return Span(left.source, left.start + at, left.start + at)
        splits = right.maker >= 0 and right.source == left.source and right.start < left.end
        if splits and offset < len(self.text):
            return Span(left.source, left.start, max(left.end, right.end))
        return Span(left.source, left.end, left.end)

    def revise(self, changes: Iterable[Change], numbers: Iterable[int] | None = None) -> Draft:
        """The next draft.

        Args:
            changes: edits and moves of this draft's text, in any order. They may touch but not
                overlap. Insertions at one point come out in the order given.
            numbers: the makers that the changes sign with, by default 0, 1, 2 and so on.

        Raises:
            ValueError: two changes overlap, or one touches a break between two pages.
        """
        signed = zip(count() if numbers is None else numbers, changes, strict=False)
        pieces = _swept(self, _patches(self, signed))
        return self._built(self.sources, self.numbers, pieces, self.sheets)


def _bounds(sheets: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Where each page starts and ends in the text of all."""
    ends = accumulate((len(sheet) + 1 for sheet in sheets), initial=0)
    return tuple((one, two - 1) for one, two in pairwise(ends))


def _with_breaks(rows: Sequence[Sequence[Piece]]) -> list[Piece]:
    """The pieces of all pages, with a fixed break before each but the first."""
    breaks = ((Piece(n, 0, 0, FIXED, PAGE_BREAK),) if n else () for n in range(len(rows)))
    return [piece for fixed, row in zip(breaks, rows, strict=True) for piece in (*fixed, *row)]


def _unfixed(draft: Draft, start: int, end: int) -> tuple[Piece, ...]:
    pieces = draft.cut(start, end)
    if any(piece.maker == FIXED for piece in pieces):
        raise ValueError(f"a move at {start} crosses the break between two pages")
    return pieces


def _patches(draft: Draft, changes: Iterable[tuple[int, Change]]) -> list[_Patch]:
    """The places of a revision in the order of the text."""
    patches: list[_Patch] = []
    for maker, change in changes:
        if isinstance(change, Edit):
            patches.append(_Patch(change.start, change.end, maker, change.new))
        else:
            moved = _unfixed(draft, change.start, change.end)
            patches.append(_Patch(change.start, change.end, maker))
            patches.append(_Patch(change.to, change.to, maker, moved=moved))
    patches.sort(key=itemgetter(0, 1))
    return patches


def _swept(draft: Draft, patches: Sequence[_Patch]) -> list[Piece]:
    """The pieces of the draft with the patches put in, in one pass from left to right."""
    out: list[Piece] = []
    at = done = 0
    for start, end, maker, new, moved in patches:
        if start < done:
            raise ValueError(f"two changes overlap at {start}: {draft.text[start:end]!r}")
        at = _copy(draft, at, done, start, out)
        if new:
            span = draft.spans(start, start) if start == end else (_read(draft, at, start, end),)
            out.append(Piece(*span[0], maker, new))
        at = _skip(draft, at, start, end)
        for piece in moved:
            _append(out, piece)
        done = end
    _copy(draft, at, done, len(draft.text), out)
    return out


def _read(draft: Draft, at: int, start: int, end: int) -> Span:
    """The first span that ``text[start:end]`` stands for, ``start`` being in piece ``at``."""
    base, piece = draft.starts[at], draft.pieces[at]
    if end > draft.starts[at + 1]:
        return draft.spans(start, end)[0]
    if piece.maker == KEPT:
        return Span(piece.source, piece.start + start - base, piece.start + end - base)
    return Span(piece.source, piece.start, piece.end)


def _copy(draft: Draft, at: int, start: int, end: int, out: list[Piece]) -> int:
    """Append ``text[start:end]`` to ``out``, from piece ``at`` on; the piece that ``end`` is in."""
    starts, pieces = draft.starts, draft.pieces
    while start < end:
        base, stop, piece = starts[at], starts[at + 1], pieces[at]
        if start > base or stop > end:
            piece = piece.slice(start - base, min(stop, end) - base)
        _append(out, piece)
        if stop > end:
            break
        start, at = stop, at + 1
    return at


def _skip(draft: Draft, at: int, start: int, end: int) -> int:
    """The piece that ``end`` is in, passing over what a patch replaces."""
    while start < end:
        if draft.pieces[at].maker == FIXED:
            raise ValueError(f"a change at {start} crosses the break between two pages")
        if draft.starts[at + 1] > end:
            break
        start, at = draft.starts[at + 1], at + 1
    return at


def _append(out: list[Piece], piece: Piece) -> None:
    """Append, as one piece with its neighbour where both are kept and adjoin in the source."""
    if out and piece.maker == KEPT:
        last = out[-1]
        if last.maker == KEPT and last.source == piece.source and last.end == piece.start:
            out[-1] = Piece(last.source, last.start, piece.end)
            return
    out.append(piece)
