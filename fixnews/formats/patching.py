"""What must change in a file where a word changes: the word, and all that has to agree with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fixnews.formats.gathering import Found, Glyph, Tally
from fixnews.formats.spelling import Patch, Swap, Writes, rewritten

_ITEM = re.compile(r"[^\s,]+")


def patches(file: str, found: Found, swaps: Sequence[Swap], writes: Writes) -> Iterator[Patch]:
    """The changes of a file that change one word.

    Args:
        file: decoded.
        found: the word; one that is written nowhere never changes.
        swaps: what becomes of it, in order, apart.
        writes: whether the file may hold a character as such.
    """
    if not found.raws:
        return
    size, same = len(found.word.text), all(len(s.new) == s.end - s.start for s in swaps)
    yield from rewritten(file, found.raws, swaps, writes)
    for twin in found.kin.twins:
        moved = [Swap(s.start + twin.offset, s.end + twin.offset, s.new) for s in swaps]
        yield from rewritten(file, twin.raws, moved, writes)
    if found.kin.glyphs:
        yield from _in_glyphs(file, found.kin.glyphs, swaps, writes, keeps=same)
    if not same:
        yield from (p for tally in found.kin.tallies for p in _in_tally(file, tally, size, swaps))
        yield from (Patch(start, end, "") for start, end in found.kin.loose)


def _in_glyphs(
    file: str, glyphs: Sequence[Glyph], swaps: Sequence[Swap], writes: Writes, *, keeps: bool
) -> Iterator[Patch]:
    """Each changed character in its glyph; all glyphs go where there are more or less of them."""
    if not keeps:
        yield from (Patch(glyph.start, glyph.end, "") for glyph in glyphs)
        return
    for start, end, new in swaps:
        for n in range(start, min(end, len(glyphs))):
            yield from rewritten(file, glyphs[n].raws, [Swap(0, 1, new[n - start])], writes)


def _in_tally(file: str, tally: Tally, size: int, swaps: Sequence[Swap]) -> Iterator[Patch]:
    """A list of numbers with those of the characters that are left, and some for new ones.

    One that did not fit the word before is left as it is.
    """
    items = [
        (m.start() + tally.start, m.end() + tally.start)
        for m in _ITEM.finditer(file[tally.start : tally.end])
    ]
    dense = tally.each == 1 and len(items) == 1 and items[0][1] - items[0][0] == size > 1
    if dense:
        items = [(n, n + 1) for n in range(items[0][0], items[0][1])]
    if len(items) != size * tally.each:
        return
    for start, end, new in swaps:
        more = len(new) - (end - start)
        if more < 0:
            first, last = (start + len(new)) * tally.each, end * tally.each
            yield _without(items, first, last)
        elif more > 0:
            at = max(start, end) * tally.each
            row = [_new(file, items, at, tally)] * more
            yield _with(items, at, row, "" if dense else " ")


def _without(items: Sequence[tuple[int, int]], first: int, last: int) -> Patch:
    """Numbers gone, and the gap before or behind them."""
    if first:
        return Patch(items[first - 1][1], items[last - 1][1], "")
    end = items[last][0] if last < len(items) else items[last - 1][1]
    return Patch(items[0][0], end, "")


def _new(file: str, items: Sequence[tuple[int, int]], at: int, tally: Tally) -> str:
    """What stands for a character that the recogniser did not read: a box has no width."""
    if tally.new:
        return tally.new
    near = items[max(0, at - tally.each) : max(tally.each, at)]
    left, top, right, bottom = (file[start:end] for start, end in near)
    edge = right if at else left
    return f"{edge} {top} {edge} {bottom}"


def _with(items: Sequence[tuple[int, int]], at: int, row: Sequence[str], gap: str) -> Patch:
    """Numbers more, behind the last one before the place, or before all."""
    if at:
        return Patch(items[at - 1][1], items[at - 1][1], gap + gap.join(row))
    return Patch(items[0][0], items[0][0], gap.join(row) + gap)
