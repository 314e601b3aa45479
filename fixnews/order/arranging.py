"""The order in which a page is read: stories, each behind its headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

from fixnews.order.doubts import Unsure, doubts
from fixnews.order.gutters import em, gutters
from fixnews.order.headings import Heading, headings, in_rows, over
from fixnews.order.parting import Row, follows
from fixnews.order.pieces import Piece
from fixnews.order.placed import Cells, cells, stands_upright, turned
from fixnews.order.segments import Segment, segments
from fixnews.order.side_by_side import headlines_apart
from fixnews.order.stacks import rows, stacks
from fixnews.order.top_and_foot import outermost
from fixnews.order.whole_lines import printed_lines
from fixnews.positions import Box, Reading


@dataclass(frozen=True, slots=True)
class Story:
    """What is read together: headings and bylines, then running text.

    Attributes:
        heads: from top to bottom.
        body: in the order in which it is read.
    """

    heads: tuple[Segment, ...]
    body: tuple[Segment, ...]

    @property
    def parts(self) -> tuple[Segment, ...]:
        """All of it in the order in which it is read: headings, bylines, running text."""
        names = (one for one in self.heads if not one.heading)
        return (*(one for one in self.heads if one.heading), *names, *self.body)

    @property
    def cells(self) -> list[int]:
        """Its characters in order, by their numbers on the page."""
        parts = (*self.heads, *self.body)
        return [n for part in parts for line in part.lines for n in line.cells.tolist()]

    @property
    def box(self) -> Box:
        """Around all of it."""
        return Box.around(*(one.box for one in (*self.heads, *self.body)))


@dataclass(frozen=True, slots=True)
class Page:
    """A page put in order.

    Attributes:
        cells: its characters.
        stories: in the order in which they are read; every character is in exactly one.
        em: the size of the body's type, in pixels.
        upright: whether it is set in vertical lines: then the boxes of all parts are those of the
            page turned by a quarter.
        unsure: where the order is not sure, from left to right within a row of columns.
    """

    cells: Cells
    stories: tuple[Story, ...]
    em: float
    upright: bool = False
    unsure: tuple[Unsure, ...] = ()

    @property
    def parts(self) -> tuple[Segment, ...]:
        """All parts in the order in which they are read; what is shown of them counts from 1."""
        return tuple(part for story in self.stories for part in story.parts)

    def number(self, part: Segment) -> int:
        """The number of a part, from 1."""
        return next(n for n, one in enumerate(self.parts, 1) if one is part)


def arranged(reading: Reading, model: Path | None = None) -> Page:
    """A page with its stories in the order in which they are read."""
    upright = stands_upright(reading)
    seen = cells(turned(reading) if upright else reading)
    size = em(seen)
    known = gutters(seen, size)
    lines = headlines_apart(seen, printed_lines(seen, known, model), known, model)
    top, foot = outermost(lines)
    inside = lines[len(top) : len(lines) - len(foot)]
    found = segments(inside, size)
    columns = stacks(found, size, partial(follows, model=model))
    heads = headings(found, size)
    below = [over(head.box, columns, heads, size) for head in heads]
    side = _rows(columns, heads, below, size, model)
    alone = [head for head, n in zip(heads, below, strict=True) if n is None]
    made = [Story(head.parts, ()) for head in alone]
    made += [story for row in side for story in _stories(row)]
    made = _with_names(made, [one for one in found if one.name], heads, size)
    above, below_all = (_furniture(part, size) for part in (top, foot))
    whole = all(_in_file_order(one.cells) for one in (*above, *made, *below_all))
    in_file = sorted(made, key=lambda one: one.cells[0])
    done = (*above, *(in_file if whole else _in_order(made, size)), *below_all)
    return Page(seen, done, size, upright, tuple(one for row in side for one in doubts(row)))


def _furniture(lines: Sequence[Piece], size: float) -> list[Story]:
    """What stands over or under all stories of a page, each line by itself."""
    return [Story((), tuple(segments([line], size))) for line in lines]


def _in_file_order(row: Sequence[int]) -> bool:
    """Whether the characters of a story stand one behind the other in the file."""
    return all(b == a + 1 for a, b in pairwise(row))


def _rows(
    columns: Sequence[Segment],
    heads: Sequence[Heading],
    below: Sequence[int | None],
    size: float,
    model: Path | None,
) -> list[Row]:
    """The columns in rows, each with the headings over it."""
    done = []
    for numbers in rows(columns, size):
        own = [head for head, n in zip(heads, below, strict=True) if n in numbers]
        stood = [columns[n] for n in numbers]
        done.append(
            Row(tuple(stood), tuple(own), tuple(follows(list(pairwise(stood)), model)), size)
        )
    return done


def _stories(row: Row) -> list[Story]:
    """The stories of a row, and its headings that stand over none."""
    done, told = [], set()
    for start, end in row.parted():
        over_it = row.over(start, end)
        top = [part for n in over_it for part in row.headings[n].parts]
        done.append(Story(tuple(in_rows(top)), row.columns[start:end]))
        told.update(over_it)
    others = (head for n, head in enumerate(row.headings) if n not in told)
    return [*done, *(Story(head.parts, ()) for head in others)]


def _with_names(
    made: Sequence[Story], names: Sequence[Segment], heads: Sequence[Heading], size: float
) -> list[Story]:
    """The stories, each name with the one right below it, or else by itself."""
    done = list(made)
    parts = [(n, part) for n, story in enumerate(done) for part in story.body]
    for name in names:
        at = over(name.box, [part for _, part in parts], heads, size)
        if at is None:
            done.append(Story((name,), ()))
            continue
        n = parts[at][0]
        done[n] = Story(tuple(in_rows((*done[n].heads, name))), done[n].body)
    return done


def _in_order(found: list[Story], size: float) -> list[Story]:
    """Stories in bands from top to bottom, those of a band from left to right."""
    rest = sorted(found, key=lambda one: one.box.top)
    done: list[Story] = []
    while rest:
        top = rest[0].box.top
        band = [one for one in rest if one.box.top - top < 3 * size]
        band.sort(key=lambda one: one.box.left)
        done.extend(band)
        rest = [one for one in rest if one.box.top - top >= 3 * size]
    return done
