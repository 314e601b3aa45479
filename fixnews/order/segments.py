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
from fixnews.layout.page import Role, ends_sentence, role
from fixnews.order.chains import TOUCH, begins_near, chains, share, usual_step
from fixnews.order.pieces import NAME_EMS, Piece, names
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

ROW_GAP, AS_HIGH = 2.0, 1.1
"""Heights of a headline that lie at most between its parts, and ratio of the heights of two."""

SLOT = 0.3
"""Share of the way from line to line by which a line may miss the place of a line of the body."""

NAMES = frozenset({Role.BYLINE, Role.CREDIT, Role.CONTINUATION_LINE})
STOPS = frozenset("。！？，、；：”…")
"""What stands on a line of its own above running text, and the marks that it does not end with."""

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
    for n in (*_misread(lines, kinds, em, tall), *_in_slots(lines, kinds, em)):
        kinds[n] = "body"
    heads = [line for line, kind in zip(lines, kinds, strict=True) if kind == "heading"]
    for chain in chains(lines, kinds, em, APART):
        if kinds[chain[0]] == "body" and _led_by_name([lines[n] for n in chain], heads, em):
            kinds[chain[0]] = "name"
    found = [([lines[n] for n in c], kinds[c[0]]) for c in chains(lines, kinds, em, LEADING)]
    return [_segment(chain, kind, em) for chain, kind in found]


def _misread(lines: Sequence[Piece], kinds: Sequence[str], em: float, tall: float) -> list[int]:
    """Lines that only seem large, characters of them being lost.

    They are no higher than others, stand in a column as near to its lines as these to each other,
    and begin and end where they do. What stands beside a headline in type as high is one as well.
    """
    alike = [
        "body" if _may_be_body(line, em, tall) else kind
        for line, kind in zip(lines, kinds, strict=True)
    ]
    found = []
    for chain in chains(lines, alike, em, LEADING):
        body = [lines[n] for n in chain if kinds[n] == "body"]
        if len(body) < COLUMN_LINES or len(body) == len(chain):
            continue
        left, right = min(x.box.left for x in body), max(x.box.right for x in body)
        found += [
            n
            for n in chain[_leading(chain, lines, kinds, em) :]
            if lines[n].box.left > left - OFF_EDGE * em and lines[n].box.right < right + em
        ]
    heads = [line for n, line in enumerate(lines) if kinds[n] == "heading" and n not in found]
    return [n for n in found if not any(_of_one_row(lines[n], head) for head in heads)]


def _of_one_row(line: Piece, head: Piece) -> bool:
    """Whether a line stands beside a headline, as near as its parts do, and is as high."""
    one, other = line.box, head.box
    apart = max(one.left - other.right, other.left - one.right)
    level = min(one.bottom, other.bottom) - max(one.top, other.top)
    low, high = sorted((one.height, other.height))
    return 0 <= apart <= ROW_GAP * low and level > ROW * low and high <= AS_HIGH * low


def _in_slots(lines: Sequence[Piece], kinds: Sequence[str], em: float) -> list[int]:
    """Lines that seem large, and stand where there is room for one line of the body and no more.

    Stains make boxes higher, and lost characters make type seem wider.
    """
    step = usual_step(lines, kinds)
    found = []
    body = [line for line, kind in zip(lines, kinds, strict=True) if kind == "body"]
    middles = [line.middle for line in body]
    for n, line in enumerate(lines):
        if kinds[n] != "heading":
            continue
        first, last = (bisect_left(middles, line.middle + way * step) for way in (-3, 3))
        near = [
            other
            for other in body[first:last]
            if abs(other.middle - line.middle) < 2 * step and share(other.box, line.box) > TOUCH
        ]
        over = max((one for one in near if one.middle < line.middle), key=_middle, default=None)
        under = min((one for one in near if one.middle > line.middle), key=_middle, default=None)
        if over and under and begins_near(over, under, em):
            left, right = min(over.box.left, under.box.left), max(over.box.right, under.box.right)
            inside = left - OFF_EDGE * em < line.box.left and line.box.right < right + em
            if inside and abs(under.middle - over.middle - 2 * step) < SLOT * step:
                found.append(n)
    return found


def _middle(line: Piece) -> float:
    return line.middle


def _may_be_body(line: Piece, em: float, tall: float) -> bool:
    """Whether a line that seems large may be one of the body all the same."""
    if line.size < LITTLE * em:
        return line.box.height < TWICE * tall
    return (line.size < TWICE * em or line.widths < FEW) and line.box.height <= NOISE * tall


def _leading(chain: Sequence[int], lines: Sequence[Piece], kinds: Sequence[str], em: float) -> int:
    """How many lines of large type, with bylines, stand above the first line of a paragraph."""
    at = 0
    while at < len(chain) and (kinds[chain[at]] == "heading" or names(lines[chain[at]].text)):
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
    named = names(first.text) or role(first.text) in NAMES or _led_in(first.text)
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
    return -em < down < UNDER * em and share(line.box, head.box) > 0


def _large(line: Piece, em: float, tall: float) -> bool:
    """Whether a line is set larger than running text."""
    if line.size >= HEADING * em and line.box.height > HIGHER * tall:
        return True
    return line.box.height >= TALL * tall and line.size >= 1.1 * em


def merged(parts: Sequence[Segment]) -> Segment:
    """Segments of one column as one: lines from top to bottom, parts of a row side by side."""
    lines = sorted((line for part in parts for line in part.lines), key=lambda one: one.middle)
    rows: list[list[Piece]] = []
    for line in lines:
        level = rows and line.middle < rows[-1][0].middle + ROW * line.box.height
        if level and not any(share(line.box, one.box) > 0 for one in rows[-1]):
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
