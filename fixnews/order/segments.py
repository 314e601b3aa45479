"""Printed lines of one column that follow each other downwards, as one segment.

What is set larger than the body is a heading, a line of its own; so is a byline.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from fixnews.jumps.broken_markers import find_broken
from fixnews.layout.page import NAMED, Role, ends_sentence, role
from fixnews.order.pieces import INDENT, NAME_EMS, Piece
from fixnews.order.placed import FEW
from fixnews.positions import Box

HEADING = 1.22
"""Ems of the body from which type is no body's."""

HIGHER = 1.18
"""Height, in those of the body's lines, from which large type is no misread line of the body."""

TALL = 1.5
"""Height, in those of the body's lines, from which a line of few characters is a heading."""

LEADING, APART = 0.6, 1.1
"""Ems that lie at most between two lines of a segment, more than between most of the page's; and
between two lines that are compared, whatever they are."""

LITTLE, TWICE, NOISE, COLUMN_LINES = 1.35, 1.75, 1.45, 3
"""Ems of type below which a line may be a misread line of the body, whatever its height or if that
is not great; that height, in those of the page's lines; lines of the body that must be with it."""

NAMES = frozenset({Role.BYLINE, Role.CREDIT, Role.CONTINUATION_LINE})
STOPS = frozenset("。！？，、；：”…")
"""What stands on a line of its own above running text, and the marks that it does not end with."""

NEXT = 40
"""Lines behind one among which the next of its column is: no page has so many columns."""

REACH = 8.0
"""Ems above a line in which the line is looked for that it goes on from."""

TOUCH = 0.15
"""Share of the narrower of two lines from which one lies below the other."""

DEBRIS = 3
"""Characters that the arrows beside a continuation line may have been read as."""

UNDER = 2.5
"""Ems that lie at most between a heading and a byline under it."""

OFF_EDGE = 0.7
"""Ems from which a line begins elsewhere than the lines of its column do."""

NEW, OLD = 1.2, 0.7
"""Ems from which the first line of a segment stands in, and below which it plainly does not."""

SHORT = 1.6
"""Ems by which a line must miss its column's edge to be short: kinsoku moves one character, and a
mark at the end fills half of its cell."""


@dataclass(frozen=True)
class Segment:
    """Lines that follow each other in one column.

    Attributes:
        lines: from top to bottom.
        heading: whether it is set as a heading is.
        name: whether it is a byline or a credit.
        em: the size of the body's type, in pixels.
        left, right: the edges of its column.
    """

    lines: tuple[Piece, ...]
    heading: bool
    name: bool
    em: float
    left: float
    right: float

    @cached_property
    def box(self) -> Box:
        """Around all its lines."""
        return Box.around(*(line.box for line in self.lines))

    @property
    def body(self) -> bool:
        """Whether it is running text."""
        return not self.heading and not self.name

    @cached_property
    def begins(self) -> bool:
        """Whether its first line stands in, as that of a paragraph does."""
        return self.stands_in(self.lines[0])

    def stands_in(self, line: Piece) -> bool:
        """Whether a line of it begins where those of paragraphs do."""
        return line.box.left - self.left >= NEW * self.em

    @cached_property
    def goes_on(self) -> bool:
        """Whether its first line plainly begins where others of its column do."""
        return self.lines[0].box.left - self.left < OLD * self.em

    @cached_property
    def full(self) -> bool:
        """Whether its last line reaches the edge of the column."""
        return self.right - self.lines[-1].box.right < SHORT * self.em

    @cached_property
    def ends(self) -> bool:
        """Whether its last line ends a sentence."""
        return ends_sentence(self.lines[-1].text)


def segments(lines: Sequence[Piece], em: float) -> list[Segment]:
    """The segments of a page, from top to bottom.

    Args:
        lines: its printed lines, from top to bottom.
        em: the size of the body's type, in pixels.
    """
    tall = median(line.box.height for line in lines) if lines else 1.0
    kinds = ["heading" if _large(line, em, tall) else "body" for line in lines]
    for n in _misread(lines, kinds, em, tall):
        kinds[n] = "body"
    for chain in _chains(lines, kinds, em, APART):
        heads = [line for line, kind in zip(lines, kinds, strict=True) if kind == "heading"]
        if kinds[chain[0]] == "body" and _led_by_name([lines[n] for n in chain], heads, em):
            kinds[chain[0]] = "name"
    found = [([lines[n] for n in c], kinds[c[0]]) for c in _chains(lines, kinds, em, LEADING)]
    return [_segment(chain, kind, em) for chain, kind in found]


def _chains(
    lines: Sequence[Piece], kinds: Sequence[str], em: float, leading: float
) -> list[list[int]]:
    """Lines that follow each other downwards in one column, so many ems apart at most."""
    gap = _usual_gap(lines, kinds) + leading * em
    above = [_above(n, lines, kinds, em, gap) for n in range(len(lines))]
    below: dict[int, int] = {}
    for n, up in enumerate(above):
        if up is not None and (up not in below or lines[n].middle < lines[below[up]].middle):
            below[up] = n
    begun = [n for n, up in enumerate(above) if up is None or below[up] != n]
    return [_chain(n, below) for n in begun]


def _misread(lines: Sequence[Piece], kinds: Sequence[str], em: float, tall: float) -> list[int]:
    """Lines that only seem large, characters of them being lost.

    They are no higher than others, stand in a column, and begin and end where its lines do.
    """
    alike = [
        "body" if _may_be_body(line, em, tall) else kind
        for line, kind in zip(lines, kinds, strict=True)
    ]
    found = []
    for chain in _chains(lines, alike, em, APART):
        body = [lines[n] for n in chain if kinds[n] == "body"]
        if len(body) < COLUMN_LINES or len(body) == len(chain):
            continue
        left, right = min(x.box.left for x in body), max(x.box.right for x in body)
        found += [
            n
            for n in chain[_leading(chain, lines, kinds, em) :]
            if lines[n].box.left > left - OFF_EDGE * em and lines[n].box.right < right + em
        ]
    return found


def _may_be_body(line: Piece, em: float, tall: float) -> bool:
    """Whether a line that seems large may be one of the body all the same."""
    if line.size < LITTLE * em:
        return line.box.height < TWICE * tall
    return (line.size < TWICE * em or line.widths < FEW) and line.box.height <= NOISE * tall


def _leading(chain: Sequence[int], lines: Sequence[Piece], kinds: Sequence[str], em: float) -> int:
    """How many lines of large type, with bylines, stand above the first line of a paragraph."""
    at = 0
    while at < len(chain) and (kinds[chain[at]] == "heading" or NAMED.match(lines[chain[at]].text)):
        at += 1
    if not at or at + 1 >= len(chain):
        return 0
    first, second = lines[chain[at]], lines[chain[at + 1]]
    return at if first.box.left - second.box.left > NEW * em else 0


def _led_by_name(chain: Sequence[Piece], heads: Sequence[Piece], em: float) -> bool:
    """Whether the first line of a chain is none of the paragraph below it.

    It reads as a byline, or it stands under a heading, ends no sentence, is no full line of the
    column, and begins neither where lines do nor where paragraphs do.
    """
    first, rest = chain[0], chain[1:4]
    named = NAMED.match(first.text) is not None or role(first.text) in NAMES or _led_in(first.text)
    if first.widths > NAME_EMS or first.text[-1:] in STOPS:
        return False
    under = [head for head in heads if _right_under(first, head, em)]
    if not rest:
        return named or any(_centred(first, head, em) for head in under)
    left, right = min(x.box.left for x in rest), max(x.box.right for x in rest)
    short = first.box.right < right - SHORT * em
    off = min(abs(first.box.left - left), abs(first.box.left - left - 2 * em)) > OFF_EDGE * em
    beyond = first.box.right > right + em
    if named:
        stands_in = first.box.left - median(x.box.left for x in rest) > NEW * em
        return short or off or beyond or (bool(under) and not stands_in)
    return bool(under) and off and (short or beyond)


def _led_in(text: str) -> bool:
    """Whether a line is a continuation line that was misread, with what its arrows were read as."""
    return any(
        marker.direction == "in" and len(text) - marker.end + marker.start <= DEBRIS
        for marker in find_broken(text)
    )


def _centred(line: Piece, head: Piece, em: float) -> bool:
    """Whether a line stands under the middle of a heading."""
    one, other = line.box, head.box
    return abs(one.left + one.right - other.left - other.right) / 2 < SHORT * em


def _right_under(line: Piece, head: Piece, em: float) -> bool:
    """Whether a line stands right below a heading."""
    down = line.box.top - head.box.bottom
    return -em < down < UNDER * em and _share(line.box, head.box) > 0


def _chain(n: int, below: dict[int, int]) -> list[int]:
    found = [n]
    while found[-1] in below:
        found.append(below[found[-1]])
    return found


def _large(line: Piece, em: float, tall: float) -> bool:
    """Whether a line is set larger than running text."""
    if line.size >= HEADING * em and line.box.height > HIGHER * tall:
        return True
    return line.box.height >= TALL * tall and line.size >= 1.1 * em


def _usual_gap(lines: Sequence[Piece], kinds: Sequence[str]) -> float:
    """What lies between two lines of the body: the median over the page, in pixels."""
    gaps = []
    for n, line in enumerate(lines):
        under = [
            other.box.top - line.box.bottom
            for m, other in enumerate(lines[n + 1 : n + NEXT], n + 1)
            if kinds[m] == kinds[n] == "body"
            and abs(other.box.left - line.box.left) < line.size / 2
        ]
        gaps.extend(under[:1])
    return median(gaps) if gaps else 0.0


def _above(
    n: int, lines: Sequence[Piece], kinds: Sequence[str], em: float, gap: float
) -> int | None:
    """The line that a line goes on from: right above it, in the same column, set alike."""
    line = lines[n]
    first = bisect_left(lines, line.middle - REACH * em, key=lambda one: one.middle)
    over = [
        m
        for m in range(n - 1, first - 1, -1)
        if lines[m].middle < line.middle - 0.4 * em
        and (_share(lines[m].box, line.box) > TOUCH or _begins_near(lines[m], line, em))
    ]
    if not over:
        return None
    m = max(over, key=lambda m: (lines[m].box.bottom > line.box.top - 3 * em, lines[m].middle))
    near = line.box.top - lines[m].box.bottom <= gap
    body = kinds[m] == kinds[n] == "body"
    return m if near and body and _begins_near(lines[m], line, em) else None


def _share(a: Box, b: Box) -> float:
    """How much of the narrower of two boxes lies below or above the other."""
    shared = min(a.right, b.right) - max(a.left, b.left)
    return shared / max(min(a.width, b.width), 1e-6)


def _begins_near(upper: Piece, lower: Piece, em: float) -> bool:
    """Whether two lines begin at the edge of one column, or where its paragraphs do.

    The last word of a paragraph may stand wholly to the left of an indented line.
    """
    return abs(lower.box.left - upper.box.left) <= INDENT * em


def merged(parts: Sequence[Segment]) -> Segment:
    """Segments of one column as one: lines from top to bottom, parts of a row side by side."""
    lines = sorted((line for part in parts for line in part.lines), key=lambda one: one.middle)
    rows: list[list[Piece]] = []
    for line in lines:
        level = rows and line.middle < rows[-1][0].middle + ROW * line.box.height
        if level and not any(_share(line.box, one.box) > 0 for one in rows[-1]):
            rows[-1].append(line)
        else:
            rows.append([line])
    ordered = [one for row in rows for one in sorted(row, key=lambda one: one.box.left)]
    return _segment(ordered, "body", parts[0].em)


ROW = 0.5
"""Share of a line's height by which another may lie lower and be of its row."""


def _segment(lines: Sequence[Piece], kind: str, em: float) -> Segment:
    lefts = sorted(line.box.left for line in lines)
    rights = sorted(line.box.right for line in lines)
    left, right = lefts[(len(lefts) - 1) // 3], rights[-1 - len(rights) // 4]
    return Segment(tuple(lines), kind == "heading", kind == "name", em, left, right)
