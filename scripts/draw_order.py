"""Draw how a page is read, for docs/reading-order.md: as its file has it, and in the order found.

usage: python scripts/draw_order.py [FILE]

The page is the JSON of samples/formats, whose rows go across the columns.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from fixnews import issue
from fixnews.config import Config
from fixnews.formats.setting import in_file_order
from fixnews.order.page_text import in_reading_order
from fixnews.positions import Box, Reading, Strip

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "samples" / "formats" / "A1.json"
PICTURE = ROOT / "docs" / "pictures" / "reading-order.svg"
SIDE, TOP, APART = 20, 60, 40
"""Pixels around the pages, above them, and between them."""


def boxes(page: Reading, slots: Iterable[tuple[int, int, Strip]]) -> list[Box]:
    """Where the lines of a page stand, in some order."""
    return [page.lines[n].box for n in dict.fromkeys(strip.line for _, _, strip in slots)]


def panel(title: str, lines: list[Box], left: float) -> Iterator[str]:
    """A page: its lines as bars, numbered, and the way from each to the next."""
    yield f'<g transform="translate({left:g} {TOP})"><text y="-16" class="title">{title}</text>'
    for n, box in enumerate(lines, 1):
        place = f'x="{box.left:g}" y="{box.top:g}" width="{box.width:g}" height="{box.height:g}"'
        yield f'<rect {place}/><text x="{box.left + 4:g}" y="{box.bottom - 5:g}">{n}</text>'
    for one, other in pairwise(lines):
        start = f"{(one.left + one.right) / 2:g} {(one.top + one.bottom) / 2:g}"
        end = f"{(other.left + other.right) / 2:g} {(other.top + other.bottom) / 2:g}"
        yield f'<path d="M{start}L{end}"/>'
    yield "</g>"


def picture() -> str:
    """Both orders side by side."""
    source = issue.page(PAGE.read_bytes(), PAGE.name, Config(reading_order="file"))
    assert source.positions
    [page] = source.positions.readings
    width = max(line.box.right for line in page.lines)
    height = max(line.box.bottom for line in page.lines)
    by_file = panel("as the file has it", boxes(page, in_file_order(page).slots), SIDE)
    by_sense = boxes(page, in_reading_order(page).slots)
    found = panel("as it is read", by_sense, SIDE + width + APART)
    size = f"0 0 {2 * (SIDE + width) + APART:g} {TOP + height + SIDE:g}"
    return "\n".join((HEAD.format(size=size), *by_file, *found, "</svg>", ""))


HEAD = """<svg viewBox="{size}" xmlns="http://www.w3.org/2000/svg">
<title>The lines of a page in the order of its file, row by row, and in the order found</title>
<style>svg {{ background: #fff }} rect {{ fill: #dbe4ee }}
text {{ font: 15px sans-serif; fill: #234 }} .title {{ font-size: 20px }}
path {{ fill: none; stroke: #c33; stroke-width: 1.5; opacity: .7 }}</style>"""


def main(file: Path = PICTURE) -> None:
    """Write the picture."""
    file.write_text(picture(), "utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
