"""The order of a page as a picture: its blocks on the paper, numbered, over the scan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from statistics import median
from urllib.parse import quote

from fixnews.message import Message
from fixnews.order.outline import HEADLINE, Block, Outline, Seam
from fixnews.positions import Box, Reading
from fixnews.tongues import ENGLISH, Tongue

COLOURS = (
    "#0072b2", "#d55e00", "#009e73", "#a6568c", "#8a6d00", "#2b83ba", "#7a3e9d", "#4d7f17",
)  # fmt: skip
"""Of stories, one after the other: colours that readers who see no red or no green tell apart come
first."""

RIVAL = "#d00"
"""Of what is not sure."""

MARGIN = 1.0
"""Lines of white around a page whose size the file does not tell."""

LINE = 20.0
"""Pixels of a line on a page without any."""

_UNSAID = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML may hold."""

PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" data-by="fixnews"'
"""How every picture begins, so that a later one may take its place."""

STYLE = (
    ".line{fill:none;stroke:#888;stroke-width:1;vector-effect:non-scaling-stroke}"
    ".block{fill-opacity:.1;stroke-width:2;vector-effect:non-scaling-stroke}"
    ".headline{fill-opacity:.3;stroke-width:4}"
    ".link,.unsure{fill:none;stroke-width:3;vector-effect:non-scaling-stroke}"
    ".unsure{stroke-dasharray:9 6}"
    "text{font-family:sans-serif;font-weight:bold;text-anchor:middle}"
)


def order_picture(told: Outline, scan: str = "", title: str = "", tongue: Tongue = ENGLISH) -> str:
    """A page in its order as SVG.

    Lines are thin boxes; blocks are numbered and have the colour of their story, headlines a
    heavier frame. An arrow leads from block to block of a story. One that is not sure is dashed,
    with a question mark: in the colour of the story where it is read on there, red where the story
    ends and may go on.

    Args:
        told: the page.
        scan: the picture that the page was read from, as seen from where the SVG will lie.
        title: what the picture is called.
        tongue: the language of what is shown when somebody points at something.
    """
    return "\n".join([*_opened(told, scan, title), *_drawn(told, tongue), "</svg>", ""])


def _opened(told: Outline, scan: str, title: str) -> Iterator[str]:
    """The head of the picture, with what lies behind the boxes."""
    left, top, right, bottom = _paper(told)
    size = f'width="{right - left:.0f}" height="{bottom - top:.0f}"'
    view = f"{left:.0f} {top:.0f} {right - left:.0f} {bottom - top:.0f}"
    yield f'<svg xmlns="http://www.w3.org/2000/svg" data-by="fixnews" viewBox="{view}">'
    yield f"<title>{_said(title)}</title><style>{STYLE}</style>"
    yield "<defs>" + "".join(map(_head, (*COLOURS, RIVAL))) + "</defs>"
    yield f'<rect x="{left:.0f}" y="{top:.0f}" {size} fill="#fff"/>'
    if scan:
        yield _image(told.reading, scan)


def _head(colour: str) -> str:
    """The head of arrows of a colour."""
    return (
        f'<marker id="to-{colour[1:]}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="5" '
        f'markerHeight="5" orient="auto"><path d="M0 0 8 4 0 8z" fill="{colour}"/></marker>'
    )


def _image(reading: Reading, scan: str) -> str:
    """The scan, as large as the page was when it was read; else as large as it is."""
    size = f'width="{reading.width:.0f}" height="{reading.height:.0f}" '
    known = size if reading.width and reading.height else ""
    name = quote(scan.replace("\\", "/"), safe="/")
    return f'<image href="{name}" x="0" y="0" {known}preserveAspectRatio="none" opacity=".6"/>'


def _paper(told: Outline) -> Box:
    """The sides of the picture: of the page, and of what stands beyond."""
    boxes = [block.box for block in told.blocks]
    width, height = told.reading.width, told.reading.height
    if width and height:
        return Box.around(Box(0, 0, width, height), *boxes)
    held, line = Box.around(Box(0, 0, LINE, LINE), *boxes), MARGIN * _line(told)
    return Box(held.left, held.top, held.right + line, held.bottom + line)


def _line(told: Outline) -> float:
    """The height of a line, in pixels: how large numbers are set."""
    sides = [min(box.width, box.height) for block in told.blocks for box in block.boxes]
    return max(median(sides), 1.0) if sides else LINE


def _drawn(told: Outline, tongue: Tongue) -> Iterator[str]:
    size = _line(told)
    for block in told.blocks:
        yield from (_rectangle(box, 'class="line"') for box in block.boxes)
    yield from (_framed(block, tongue) for block in told.blocks)
    unsure = {(seam.block, seam.beside) for seam in told.seams}
    for one, other in told.links if told.found else ():
        if (one.number, other.number) not in unsure:
            yield _arrow(one, other, "link", _colour(one), told)
    for seam in told.seams:
        yield from _unsure(seam, told, size, tongue)
    for block in told.blocks:
        yield _number(block, size, upright=told.upright)


def _colour(block: Block) -> str:
    return COLOURS[(block.story - 1) % len(COLOURS)]


def _framed(block: Block, tongue: Tongue) -> str:
    """A block in the colour of its story; what it says is shown when somebody points at it."""
    colour = _colour(block)
    heavy = " headline" if block.kind == HEADLINE else ""
    frame = _rectangle(block.box, f'class="block{heavy}" fill="{colour}" stroke="{colour}"')
    said = tongue.of(
        "{n} {kind}, story {story}: {line}",
        n=block.number,
        kind=Message(block.kind),
        story=block.story,
        line=block.lines[0],
    )
    return f"<g><title>{_said(said)}</title>{frame}</g>"


def _rectangle(box: Box, how: str) -> str:
    place = f'x="{box.left:.1f}" y="{box.top:.1f}"'
    size = f'width="{max(box.width, 0):.1f}" height="{max(box.height, 0):.1f}"'
    return f"<rect {place} {size} {how}/>"


def _arrow(one: Block, other: Block, kind: str, colour: str, told: Outline) -> str:
    """From where a block ends to where another begins."""
    (x, y), (to_x, to_y) = _end(one, told), _begin(other, told)
    path = f"M{x:.1f} {y:.1f} {to_x:.1f} {to_y:.1f}"
    end = f'marker-end="url(#to-{colour[1:]})"'
    return f'<path class="{kind}" d="{path}" stroke="{colour}" {end}/>'


def _begin(block: Block, told: Outline) -> tuple[float, float]:
    """The middle of the side on which a block begins: its first line's."""
    box = block.box
    if told.upright:
        return box.right, (box.top + box.bottom) / 2
    return (box.left + box.right) / 2, box.top


def _end(block: Block, told: Outline) -> tuple[float, float]:
    """The middle of the side on which a block ends: its last line's."""
    box = block.box
    if told.upright:
        return box.left, (box.top + box.bottom) / 2
    return (box.left + box.right) / 2, box.bottom


def _unsure(seam: Seam, told: Outline, size: float, tongue: Tongue) -> Iterator[str]:
    """The arrow that is not sure, or may be missing, and what it means."""
    one, other = told.blocks[seam.block - 1], told.blocks[seam.beside - 1]
    what = "a story may end here" if seam.linked else "may go on in {beside}"
    said = Message(
        "{n}: {what} (margin {margin:.1f})",
        n=seam.block,
        what=Message(what, beside=seam.beside),
        margin=seam.margin,
    )
    x, y = _end(one, told)
    arrow = _arrow(one, other, "unsure", _colour(one) if seam.linked else RIVAL, told)
    mark = f'<text x="{x:.1f}" y="{y:.1f}" font-size="{1.5 * size:.1f}" fill="{RIVAL}">?</text>'
    yield f"<g><title>{_said(tongue(said))}</title>{arrow}{mark}</g>"


def _number(block: Block, size: float, *, upright: bool) -> str:
    """The number of a block, at the corner where it begins."""
    box = block.box
    x, y = box.right if upright else box.left, box.top
    disc = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="{_colour(block)}"/>'
    place = f'x="{x:.1f}" y="{y + 0.35 * size:.1f}" font-size="{size:.1f}"'
    return f'{disc}<text {place} fill="#fff">{block.number}</text>'


def _said(text: str) -> str:
    """A text as XML holds it."""
    return escape(_UNSAID.sub("\ufffd", text))
