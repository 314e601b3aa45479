"""The TSV that Tesseract writes: twelve columns, a row for each page, block, line and word.

Nothing is quoted: the last column is what was read, quotation marks and all. Its confidence is
never touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from fixnews.errors import PageError
from fixnews.formats.gathering import Found, Leaf, Line, Page, confidence, leaf, sized
from fixnews.formats.spelling import Raw, spelt
from fixnews.formats.tags import REMEDY
from fixnews.message import Message
from fixnews.positions import Word

COLUMNS = (
    "level", "page_num", "block_num", "par_num", "line_num", "word_num",
    "left", "top", "width", "height", "conf", "text",
)  # fmt: skip
_PAGE, _LINE, _WORD = "1", "4", "5"


def leaves(file: str, path: str) -> Iterator[Leaf]:
    """The pages of a file.

    Raises:
        PageError: a row has not twelve columns.
    """
    scan = _Scan(file)
    for number, start, row in _rows(file):
        if number == 1 or not row:
            continue
        cells = row.split("\t", len(COLUMNS) - 1)
        if len(cells) < len(COLUMNS) - 1:
            problem = Message(
                "{path}:{line}: {n} columns, not {all}: the file may be cut off",
                path=path,
                line=number,
                n=len(cells),
                all=len(COLUMNS),
            )
            raise PageError(problem, REMEDY)
        done = scan.take(number, cells, start + len(row))
        if done:
            yield done
    if scan.page:
        yield leaf(scan.page)


def _rows(file: str) -> Iterator[tuple[int, int, str]]:
    """The rows with their numbers and where they start."""
    at = 0
    for number, row in enumerate(file.split("\n"), 1):
        yield number, at, row.removesuffix("\r")
        at += len(row) + 1


@dataclass(slots=True)
class _Scan:
    """The scan of a file: the page and line that it is on."""

    file: str
    page: Page | None = None
    line: Line | None = None
    on_page: str = ""
    on_line: tuple[str, ...] = ()
    blocks: dict[tuple[str, ...], int] = field(default_factory=dict)

    def take(self, number: int, cells: Sequence[str], end: int) -> Leaf | None:
        """One row, and where it ends; the page before, where it starts another."""
        level, page, done = cells[0], cells[1], None
        if self.page is None or page != self.on_page:
            done = leaf(self.page) if self.page else None
            self.page, self.on_page, self.blocks = Page(name=f"page {page}"), page, {}
        place = sized(*cells[6:10])
        if level == _PAGE:
            self.page.width, self.page.height = place.right, place.bottom
        elif level == _LINE:
            self._new_line(cells, Line(place, name=f"row {number}"))
        elif level == _WORD and len(cells) == len(COLUMNS):
            raw = Raw(end - len(cells[-1]), end, "plain")
            if text := spelt(self.file, [raw]):
                word = Word(text, place, f"row {number}", confidence(cells[10], 100))
                self._line_of(cells).founds.append(Found(word, (raw,)))
        return done

    def _line_of(self, cells: Sequence[str]) -> Line:
        """The line that a word is on; where no row says that it begins, it does with the word."""
        if self.line is None or self.on_line != tuple(cells[1:5]):
            self._new_line(cells, Line())
        assert self.line
        return self.line

    def _new_line(self, cells: Sequence[str], line: Line) -> None:
        assert self.page
        self.on_line = tuple(cells[1:5])
        line.block = self.blocks.setdefault(tuple(cells[2:4]), len(self.blocks))
        self.line = line
        self.page.lines.append(line)
