"""Which lines of a page look like headlines, so that another story may begin with them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile

from fixnews.jumps.printed_lines import RAGGED, Form, Line, lines_of
from fixnews.jumps.spellings import Direction
from fixnews.layout.furniture import Furniture
from fixnews.patterns import lazy
from fixnews.source import LINE_BREAK

HEADLINE = 45
"""Characters of the longest line taken for a headline; of 16,000 headlines of a daily in 2019-20,
99 % have at most 40, and the series name in brackets adds a few."""

WIDE_HEADLINE = 8
"""Characters of the shortest headline that fills its column: columns have 11 at least."""

_FOOT = lazy(r"^(?:本版)?(?:责任?编辑|責任編輯|本版|版式|美编|校对)[^。]{0,40}$")
_BODY = lazy(
    r"[，、,；：:]$|。|^(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[条章]|[（(][一二三四五六七八九十0-9]{1,3}[)）]|[0-9]{1,2}[.．、])|^[（(][^（()）]*[)）]$"
)
"""What no headline ends with, has or begins with: a comma, a full stop, the number of a clause;
nor is a line in brackets one: that is a signature."""

PAGES = 1 << 6
"""Pages whose lines are kept: an issue is read again when one of its pages has changed,
each page as it is in every round of the chain."""

Marks = tuple[tuple[int, Direction], ...]
"""Where the markers of a page begin, and which way they point."""


@dataclass(frozen=True, slots=True)
class Titles:
    """The lines of a page, furniture and headlines told; offsets are those of the page.

    Attributes:
        lines: the lines with text on them.
        marks: its markers.
        furnished: for each line whether it is furniture.
        form: how the page is set.
    """

    lines: tuple[Line, ...]
    marks: Marks
    furnished: tuple[bool, ...]
    form: Form

    def closes(self, line: Line) -> bool:
        """Whether a paragraph ends with this line: by its stop or, in a column, by its length."""
        short = self.form.width and line.width < self.form.width - RAGGED
        return line.finished or (bool(short) and not _BODY.search(line.text))

    def all_titles(self) -> list[bool]:
        """For each line whether it can be part of a headline, by its look and the line before."""
        starts = [line.start for line in self.lines]
        marked = {max(0, bisect_right(starts, start) - 1) for start, _ in self.marks}
        below = {start for start, way in self.marks if way == "out"}
        titles: list[bool] = []
        for number in range(len(self.lines)):
            before = self.lines[number - 1] if number else None
            begins = before is None or self.closes(before) or titles[-1] or number - 1 in marked
            begins = begins or self.furnished[number - 1]
            follows = bool(titles) and titles[-1]
            looks = begins and number not in marked and self.looks_titled(number, follows=follows)
            titles.append(looks and not self._goes_on(number, below))
        return titles

    def _goes_on(self, number: int, jumps: Container[int]) -> bool:
        """Whether a jump line with a line of its own stands right below: no headline does that."""
        return number + 1 < len(self.lines) and self.lines[number + 1].start in jumps

    def may_be_title(self, number: int) -> bool:
        """Whether a line can be part of a headline by its own words."""
        line = self.lines[number]
        if len(line.text) > HEADLINE or line.finished or _BODY.search(line.text):
            return False
        return not (self.furnished[number] or _FOOT.search(line.text))

    def looks_titled(self, number: int, *, follows: bool) -> bool:
        """Whether a line looks like a headline, or like the next line of one."""
        line = self.lines[number]
        if not self.may_be_title(number):
            return False
        if self.form.indented and line.indent:
            return False
        if not self.form.width:
            return True
        following = self.lines[number + 1 : number + 2]
        if self.form.indented:
            return not self.form.full(line) or any(x.indent for x in following)
        return not self.form.full(line) and (follows or len(LINE_BREAK.findall(line.gap)) != 1)


@lru_cache(PAGES)
def titles_of(page: str, marks: Marks, furniture: Furniture) -> Titles:
    """The lines of a page with its headlines told.

    Args:
        page: its text.
        marks: its markers.
        furniture: what repeats on the pages of its issue.
    """
    lines = lines_of(page, 0, len(page))
    told = Titles(lines, marks, tuple(furniture.holds(line.text) for line in lines), Form.of(lines))
    return replace(told, lines=tuple(map(_titled, lines, told.all_titles())))


def is_foot(line: str) -> bool:
    """Whether a line can be the editors' line at the foot of a page."""
    return _FOOT.search(line) is not None


def leading(flags: Iterable[bool]) -> int:
    """How many flags are set before the first that is not."""
    return sum(1 for _ in takewhile(bool, flags))


def _titled(line: Line, titled: bool) -> Line:  # noqa: FBT001
    return line._replace(titled=True) if titled else line
