"""The order of a page in words and as JSON: its blocks with their numbers, and what is not sure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from fixnews.message import Message
from fixnews.order.outline import Block, Outline, Seam
from fixnews.positions import Box
from fixnews.report.cells import text_width
from fixnews.tongues import ENGLISH, Tongue

SHOWN = 12
"""Characters of the first and the last line of a block that are shown: enough to find them."""


KIND = 8
"""Cells in which it stands what a block is."""


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


def order_text(sheets: Iterable[Sheet], tongue: Tongue = ENGLISH) -> Iterator[str]:
    """Each page with a line a block, story by story."""
    for path, number, told in sheets:
        whole = _counted(told)
        yield tongue.of("{path}, page {number}: {whole}", path=path, number=number, whole=whole)
        yield "\n"
        seams = {seam.block: seam for seam in told.seams}
        for story, blocks in groupby(told.blocks, key=lambda block: block.story):
            yield f"\n{tongue.of('story {n}', n=story)}\n" if told.found else ""
            for block in blocks:
                yield _line(block, tongue)
                if block.number in seams:
                    rival = _rival(seams[block.number])
                    yield f"{'':>4}  {tongue.of('not sure: {rival}', rival=rival)}\n"
        yield "\n"


def _line(block: Block, tongue: Tongue) -> str:
    kind = tongue(block.kind)
    place = f"{kind}{' ' * (KIND - text_width(kind))}  {_place(block.box):<22}"
    return f"{block.number:>4}  {place}  {_words(block)}\n"


def _counted(told: Outline) -> Message:
    blocks = Message.counted(len(told.blocks), "{n} block", "{n} blocks")
    if not told.found:
        return Message("{blocks} in the order of the file", blocks=blocks)
    number = len({block.story for block in told.blocks})
    stories = Message.counted(number, "{n} story", "{n} stories")
    unsure = Message.counted(len(told.seams), "{n} place not sure", "{n} places not sure")
    facts = (
        Message("{blocks} in {stories}", blocks=blocks, stories=stories),
        *[Message("vertical lines")] * told.upright,
        *[unsure] * bool(told.seams),
    )
    return Message.joined(", ", facts)


def _place(box: Box) -> str:
    left, top, right, bottom = (f"{side:.0f}" for side in box)
    return f"{left},{top}–{right},{bottom}"


def _words(block: Block) -> str:
    """How a block begins and ends; all of it, where that is no longer."""
    whole = "".join(block.lines)
    if len(whole) <= 2 * SHOWN:
        return whole
    return f"{block.lines[0][:SHOWN]} … {block.lines[-1][-SHOWN:]}"


def _rival(seam: Seam) -> Message:
    told = (
        "goes on in {beside}; a story may end here (margin {margin:.1f})"
        if seam.linked
        else "a story ends here; it may go on in {beside} (margin {margin:.1f})"
    )
    return Message(told, beside=seam.beside, margin=seam.margin)


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
