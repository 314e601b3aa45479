"""Which places are taken, and where what was done stands in the clean and in the damaged text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from fixnews.changes import Edit
from fixnews.damage.injury import Injury, Spot
from fixnews.damage.page_turns import Turn
from fixnews.draft import Draft

JUMP, JUMP_LINE = "jumps", "jump-line"
"""Kinds of an injury: the rest of a story that went elsewhere, and what was printed for it."""


class Taken:
    """The edits that found their place free."""

    __slots__ = ("_characters", "_inside", "_points", "edits")

    def __init__(self) -> None:
        """Begin with a page on which nothing is taken."""
        self.edits: list[Edit] = []
        self._characters: set[int] = set()
        self._inside: set[int] = set()
        self._points: set[int] = set()

    def takes(self, edit: Edit) -> bool:
        """Whether an edit finds its place free; if so, it is taken."""
        characters, inside = range(edit.start, edit.end), range(edit.start + 1, edit.end)
        if edit.start == edit.end:
            if edit.start in self._points or edit.start in self._inside:
                return False
            self._points.add(edit.start)
        elif not (self._characters.isdisjoint(characters) and self._points.isdisjoint(inside)):
            return False
        self._characters.update(characters)
        self._inside.update(inside)
        self.edits.append(edit)
        return True


class Record:
    """What was done, told in the places of both texts.

    Args:
        clean: the pages as given.
        laid: the same with their jumps.
        last: the damaged pages, ``laid`` revised by ``edits``.
        edits: in the order of the text.
    """

    __slots__ = ("_bases", "_clean", "_edits", "_grown", "_keys", "_laid", "_last")

    def __init__(self, clean: Draft, laid: Draft, last: Draft, edits: Sequence[Edit]) -> None:
        """Sum up by how much the text grew up to each edit."""
        self._clean, self._laid, self._last = clean, laid, last
        self._edits = edits
        self._keys = [(edit.start, edit.end) for edit in edits]
        by = (len(edit.new) - (edit.end - edit.start) for edit in edits)
        self._grown = list(accumulate(by, initial=0))
        self._bases = [start for start, _ in last.pages()]

    def of_edits(self) -> Iterator[Injury]:
        """An injury for each edit."""
        for edit, grown in zip(self._edits, self._grown, strict=False):
            start = edit.start + grown
            source, first, end = self._laid.spans(edit.start, edit.end)[0]
            before = self._laid.text[edit.start : edit.end]
            damaged = self._spot(start, start + len(edit.new))
            yield Injury(edit.code, before, edit.new, Spot(source, first, end), damaged)

    def of_jumps(self, turned: Sequence[Turn]) -> Iterator[Injury]:
        """For each jump its two jump lines and what moved."""
        starts = {p.maker: at for p, at in zip(self._laid.pieces, self._laid.starts, strict=False)}
        for number, turn in enumerate(turned):
            out, heading = turn.edits
            for maker, edit in enumerate((out, heading), 3 * number):
                clean = self._point(edit.start)
                spot = self._stands(starts[maker], starts[maker] + len(edit.new))
                yield Injury(JUMP_LINE, "", edit.new, clean, spot)
            start = starts[3 * number + 1] + len(heading.new)
            spot = self._stands(start, start + turn.move.end - turn.move.start)
            source, first, end = self._clean.spans(turn.move.start, turn.move.end)[0]
            before = self._clean.text[turn.move.start : turn.move.end]
            after = self._last.texts()[spot.page][spot.start : spot.end]
            yield Injury(JUMP, before, after, Spot(source, first, end), spot)

    def _point(self, offset: int) -> Spot:
        return Spot(*self._clean.spans(offset, offset)[0])

    def _stands(self, start: int, end: int) -> Spot:
        """Where a stretch of the text with jumps stands now, with what was done inside."""
        first = self._grown[bisect_left(self._keys, (start, start))]
        last = self._grown[bisect_right(self._keys, (end, end))]
        return self._spot(start + first, end + last)

    def _spot(self, start: int, end: int) -> Spot:
        """A stretch of the damaged text of all pages as one of a page."""
        page = bisect_right(self._bases, start) - 1
        return Spot(page, start - self._bases[page], end - self._bases[page])
