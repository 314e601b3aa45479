"""Lines and columns as editors count them, and what an editor changes in a text.

An editor counts lines from 0 and columns in units of UTF-16, unless the two have settled on another
encoding. A line ends where it does in a file: form feeds and U+2028 are characters like others.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from fixnews.source import LINE_BREAK

UTF16 = "utf-16"

_UNITS = {"utf-8": ("utf-8", 1), UTF16: ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
"""For what an editor counts in the codec, and the bytes of a unit."""


class Spot(NamedTuple):
    """A place as an editor names it: line and column from 0, the column in the editor's units."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Columns:
    r"""A text with the way between its characters and an editor's places.

    Attributes:
        text: the text.
        units: what columns count: ``utf-8``, ``utf-16`` or ``utf-32``.

    >>> page = Columns("头版\n𠮷田报")
    >>> page.spot(5), page.offset(Spot(1, 3))
    (Spot(line=1, column=3), 5)
    """

    text: str
    units: str = UTF16
    _starts: list[int] = field(default_factory=list, init=False, repr=False, compare=False)
    _single: list[bool] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def starts(self) -> list[int]:
        """Where each line begins; found once."""
        if not self._starts:
            self._starts.extend((0, *(m.end() for m in LINE_BREAK.finditer(self.text))))
        return self._starts

    @property
    def single(self) -> bool:
        """Whether every character is one unit, as on nearly every page in UTF-16; found once."""
        if not self._single:
            self._single.append(self._size(self.text) == len(self.text))
        return self._single[0]

    def spot(self, offset: int) -> Spot:
        """The place of a character."""
        return self.spots([offset])[0]

    def spots(self, offsets: Sequence[int]) -> list[Spot]:
        """The places of many characters."""
        starts = self.starts
        lines = [bisect_right(starts, offset) - 1 for offset in offsets]
        pairs = zip(lines, offsets, strict=True)
        if self.single:
            return [Spot(line, offset - starts[line]) for line, offset in pairs]
        return [Spot(n, self._size(self.text[starts[n] : offset])) for n, offset in pairs]

    def offset(self, spot: Spot) -> int:
        """The character at a place; behind the end of a line its end, behind the text its end."""
        if spot.line >= len(self.starts):
            return len(self.text)
        start = self.starts[spot.line]
        end = next(iter(self.starts[spot.line + 1 : spot.line + 2]), len(self.text))
        codec, size = _UNITS[self.units]
        line = self.text[start:end].rstrip("\r\n")
        before = line.encode(codec, "surrogatepass")[: spot.column * size]
        return start + len(before.decode(codec, "ignore"))

    def _size(self, text: str) -> int:
        codec, size = _UNITS[self.units]
        return len(text.encode(codec, "surrogatepass")) // size

    def changed(self, start: Spot, end: Spot, new: str) -> Columns:
        """The text with other characters between two places.

        >>> Columns("喜迎党代会,奋进").changed(Spot(0, 5), Spot(0, 6), "，").text
        '喜迎党代会，奋进'
        """
        first, last = self.offset(start), self.offset(end)
        return Columns(self.text[:first] + new + self.text[last:], self.units)
