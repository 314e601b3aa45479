"""One page as it was read. Immutable: every report points here."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from fixnews.patterns import lazy
from fixnews.positions import Positions

LINE_BREAK = lazy(r"\r\n?|\n")
"""Where a line ends. Not `str.splitlines`: U+2028, U+0085, VT and FF are data on a page."""

PAGE_BREAK = "\f"
"""What stands between two pages of a stream, and between the pages of one call."""

SOFT_BREAKS = "\v\x85\u2028\u2029"
"""What word processors and web pages end a line with: VT and U+2028 inside a paragraph, U+0085 as
mainframes do, U+2029 behind one. Lines of text end there, lines of a file do not."""

BREAKS = "\r\n" + PAGE_BREAK + SOFT_BREAKS
"""Every character that ends a line of text."""


LOST = "\ufffd"
"""What stands in the text where bytes belong to no character."""

CUT = "cut"
"""What a passage says of itself that is a character whose bytes a line break stands between."""


PATH_COLUMNS, TEXT_COLUMNS = 32, 20
"""Columns that a path and the beginning of a text take at most in a line about a page."""


def excerpt(text: str, columns: int, *, tail: bool = False) -> str:
    r"""As much of a text as fits so many columns, in quotes, on one line; … for what is cut.

    What is not ASCII counts two columns, as Chinese takes in a terminal.

    >>> excerpt("经济\n形势稳定", 10), excerpt("/home/li/issue/A1.txt", 10, tail=True)
    ("'经济\\n'…", "…'A1.txt'")
    """
    for size in range(min(len(text), columns), -1, -1):
        part = text[len(text) - size :] if tail else text[:size]
        cut = "…" if size < len(text) else ""
        shown = f"{cut}{part!r}" if tail else f"{part!r}{cut}"
        if sum(1 if c.isascii() else 2 for c in shown) <= columns:
            return shown
    return "…"


class Passage(NamedTuple):
    """A stretch of a page that is not simply in the encoding of the page.

    Attributes:
        start, end: offsets in characters of the text.
        first, last: offsets in bytes of the file.
        encoding: what it is in; nothing where the bytes are lost and the text is `LOST`; `CUT`
            where the first bytes of a character stand before a line break, and for the others
            behind it, for which there is no text.
    """

    start: int
    end: int
    first: int
    last: int
    encoding: str


class Place(NamedTuple):
    """A place that a person can find: line and column, counted from 1, columns in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Source:
    r"""One page as it was decoded: where it came from, what it says, how it was written.

    Attributes:
        path: what the reader calls the page; a file's path, or ``<stdin>``.
        text: the decoded characters, newlines and form feeds as they were.
        data: the bytes as they were read, BOM included, or None for text given by a caller.
        encoding: the codec that gave ``text``, by its Python name.
        bom: the byte order mark at the start of ``data``, or nothing.
        confidence: 0 to 1, how sure the choice of encoding is.
        reason: why this encoding was chosen, for people.
        runner_up: the encoding that came next, or nothing.
        passages: lost bytes, and lines in another encoding, in their order.
        positions: where the words of ``text`` stand on the paper and in ``data``, for a file of an
            OCR format; None for a page of text.

    >>> page = Source("A1.txt", "头版\n二行\r\n三行")
    >>> page.locate(4)
    Place(line=2, column=2)
    >>> page.newline
    '\n'
    """

    path: str
    text: str
    data: bytes | None = field(default=None, repr=False)
    encoding: str = "utf-8"
    bom: bytes = b""
    confidence: float = 1.0
    reason: str = "given as text"
    runner_up: str = ""
    passages: tuple[Passage, ...] = ()
    positions: Positions | None = field(default=None, repr=False)
    _line_starts: list[int] = field(default_factory=list, init=False, repr=False, compare=False)

    def __repr__(self) -> str:
        """One line: what the page is called, how long it is, and how it begins."""
        path, begin = excerpt(self.path, PATH_COLUMNS, tail=True), excerpt(self.text, TEXT_COLUMNS)
        return f"<Source {path}: {len(self.text):,} characters, {self.encoding}, {begin}>"

    @property
    def line_starts(self) -> list[int]:
        """The offset in characters at which each line begins; found once, when first asked."""
        if not self._line_starts:
            self._line_starts.extend((0, *(m.end() for m in LINE_BREAK.finditer(self.text))))
        return self._line_starts

    def locate(self, offset: int) -> Place:
        """Line and column of the character at ``offset``."""
        line = bisect_right(self.line_starts, offset)
        return Place(line, offset - self.line_starts[line - 1] + 1)

    def offset(self, place: Place) -> int:
        r"""The character offset of a line and column: the way back from `locate`.

        >>> page = Source("A1.txt", "头版\n二行")
        >>> page.offset(page.locate(4))
        4
        """
        return self.line_starts[place.line - 1] + place.column - 1

    @property
    def newline(self) -> str:
        r"""The line ending that the page uses most; ``\n`` for a page of one line."""
        breaks = LINE_BREAK.findall(self.text)
        return max(("\n", "\r\n", "\r"), key=breaks.count)
