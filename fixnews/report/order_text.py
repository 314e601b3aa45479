"""The order of a page in words and as JSON: its blocks with their numbers, and what is not sure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from fixnews.order.outline import Block, Outline, Seam
from fixnews.positions import Box

SHOWN = 12
"""Characters of the first and the last line of a block that are shown: enough to find them."""


class Sheet(NamedTuple):
    """A page of a file in its order.

    Attributes:
        path: of the file.
        number: of the page in the file, from 1.
        outline: the page.
    """

    path: str
    number: int
    outline: Outline


def order_text(sheets: Iterable[Sheet]) -> Iterator[str]:
    """Each page with a line a block, story by story."""
    for path, number, told in sheets:
        yield f"{path}, page {number}: {_counted(told)}\n"
        seams = {seam.block: seam for seam in told.seams}
        for story, blocks in groupby(told.blocks, key=lambda block: block.story):
            yield f"\nstory {story}\n" if told.found else ""
            for block in blocks:
                yield _line(block)
                if block.number in seams:
                    yield f"{'':>4}  not sure: {_rival(seams[block.number])}\n"
        yield "\n"


def _line(block: Block) -> str:
    place = f"{block.kind:<8}  {_place(block.box):<22}"
    return f"{block.number:>4}  {place}  {_words(block)}\n"


def _counted(told: Outline) -> str:
    blocks = _many(len(told.blocks), "block", "blocks")
    if not told.found:
        return f"{blocks} in the order of the file"
    vertical = ", vertical lines" if told.upright else ""
    stories = _many(len({block.story for block in told.blocks}), "story", "stories")
    unsure = _many(len(told.seams), "place not sure", "places not sure")
    return f"{blocks} in {stories}{vertical}{f', {unsure}' if told.seams else ''}"


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def _place(box: Box) -> str:
    left, top, right, bottom = (f"{side:.0f}" for side in box)
    return f"{left},{top}–{right},{bottom}"


def _words(block: Block) -> str:
    """How a block begins and ends; all of it, where that is no longer."""
    whole = "".join(block.lines)
    if len(whole) <= 2 * SHOWN:
        return whole
    return f"{block.lines[0][:SHOWN]} … {block.lines[-1][-SHOWN:]}"


def _rival(seam: Seam) -> str:
    if seam.linked:
        return f"goes on in {seam.beside}; a story may end here (margin {seam.margin:.1f})"
    return f"a story ends here; it may go on in {seam.beside} (margin {seam.margin:.1f})"


def order_json(sheets: Iterable[Sheet]) -> Iterator[str]:
    """All pages as one JSON array, a page a line."""
    lead = "["
    for sheet in sheets:
        yield f"{lead}\n{json.dumps(_page(sheet), ensure_ascii=False)}"
        lead = ","
    yield "[]\n" if lead == "[" else "\n]\n"


def _page(sheet: Sheet) -> dict[str, Any]:
    told, reading = sheet.outline, sheet.outline.reading
    return {
        "path": sheet.path,
        "sheet": sheet.number,
        "width": reading.width,
        "height": reading.height,
        "scan": reading.scan,
        "order": "found" if told.found else "file",
        "vertical": told.upright,
        "blocks": [_block(block) for block in told.blocks],
        "links": [[one.number, other.number] for one, other in told.links] if told.found else [],
        "unsure": [_seam(seam) for seam in told.seams],
    }


def _block(block: Block) -> dict[str, Any]:
    return {
        "number": block.number,
        "story": block.story,
        "kind": block.kind,
        "box": _sides(block.box),
        "lines": [
            {"text": text, "box": _sides(box)}
            for text, box in zip(block.lines, block.boxes, strict=True)
        ],
    }


def _sides(box: Box) -> list[float]:
    """As JSON takes it, tenths of pixels."""
    return [round(side, 1) for side in box]


def _seam(seam: Seam) -> dict[str, Any]:
    """Where a column is read on, null for a story's end; and where else it may be."""
    here, there = (seam.beside, None) if seam.linked else (None, seam.beside)
    return {"from": seam.block, "to": here, "rival": there, "margin": round(seam.margin, 2)}
