"""The text layer of a PDF, by pypdfium2: read only.

A PDF has no words, only characters with boxes, in the order in which they were drawn; those of one
line are taken for a word each time a gap comes. Fonts without a table of their characters give
private codes; these are told of. Boxes are in points, 72 to the inch.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fixnews.errors import PageError
from fixnews.formats.gathering import Found, Leaf, Line, Page, leaf
from fixnews.message import Message
from fixnews.positions import NOWHERE, Box, Word

HEAD = b"%PDF-"

_HYPHENS = {0x02: "-", 0xFFFE: "-"}
"""What pdfium makes of a hyphen at the end of a line."""

_PRIVATE = range(0xE000, 0xF900)


def leaves(data: bytes, path: str) -> Iterator[Leaf]:
    """The pages of a file.

    Raises:
        PageError: pypdfium2 is not installed, or the file cannot be read with it.
    """
    try:
        import pypdfium2
    except ImportError:
        problem = Message("{path}: a PDF needs pypdfium2, which is not installed", path=path)
        raise PageError(problem, "pip install 'fixnews[pdf]'") from None
    try:
        with pypdfium2.PdfDocument(data) as document:
            leaves = [_leaf(document[n], n + 1) for n in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise PageError(
            Message("{path}: no PDF that can be read: {error}", path=path, error=error),
            "repair it first",
        ) from None
    if not any(leaf.founds for leaf in leaves):
        raise PageError(
            Message("{path}: a PDF without a text layer", path=path),
            "let a recogniser read it first",
        )
    yield from leaves


def _leaf(sheet: Any, number: int) -> Leaf:
    width, height = sheet.get_size()
    page = Page(width, height, name=f"page {number}")
    chars = list(_characters(sheet, height))
    private = sum(ord(char) in _PRIVATE for char, _ in chars)
    if private:
        page.notes.append(
            Message("{n} characters of a font without a table: private codes", n=private)
        )
    for line in _lines(chars):
        name = f"page {number} line {len(page.lines) + 1}"
        text = "".join(char for char, _ in line)
        boxes = [place for _, place in line if place != NOWHERE]
        around = Box.around(*boxes) if boxes else NOWHERE
        fit = len(boxes) == len(line)
        cells = tuple((place.left, place.right) for _, place in line) if fit else ()
        found = Found(Word(text, around, name, cells=cells), ())
        page.lines.append(Line(around, name=name, size=around.height, founds=[found]))
    return leaf(page)


def _characters(sheet: Any, height: float) -> Iterator[tuple[str, Box]]:
    """The characters of a page with their boxes, from its top."""
    from pypdfium2 import raw

    layer = sheet.get_textpage()
    for n in range(layer.count_chars()):
        code = raw.FPDFText_GetUnicode(layer, n)
        if not code:
            continue
        left, bottom, right, top = layer.get_charbox(n)
        char = _HYPHENS.get(code) or chr(code)
        place = Box(left, height - top, right, height - bottom)
        yield char, place if right > left and top > bottom else NOWHERE


def _lines(chars: list[tuple[str, Box]]) -> Iterator[list[tuple[str, Box]]]:
    """The characters line by line, without the blanks around them."""
    line: list[tuple[str, Box]] = []
    for char, place in (*chars, ("\n", NOWHERE)):
        if char not in "\r\n":
            line.append((" " if char.isspace() else char, place))
            continue
        while line and line[-1][0] == " ":
            line.pop()
        while line and line[0][0] == " ":
            line.pop(0)
        if line:
            yield line
        line = []
