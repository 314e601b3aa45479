"""Two plots as SVG inside a page: how many pages are how bad, and how it went over the years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

WIDTH, HEIGHT, FOOT = 720, 200, 24
"""Pixels of a plot, and of the line of labels below it."""

MOST = 400
"""Points of a line at most: more than one in two pixels cannot be told apart."""

LABELS = 8
"""Labels below a line at most."""

EDGE = 40
"""Pixels from an edge within which a label stands to the inner side of its point."""


def bars(labels: Sequence[str], counts: Sequence[int], name: str) -> Iterator[str]:
    """Counts as bars, each with its label below and its count above.

    >>> "".join(bars(["0–1", "1–"], [3, 1], "pages")).count("<rect")
    2
    """
    top, step = max(max(counts, default=0), 1), WIDTH / max(len(counts), 1)
    yield _head(name)
    for number, (label, count) in enumerate(zip(labels, counts, strict=True)):
        height = (HEIGHT - 20) * count / top
        x, y = number * step + 3, HEIGHT - height
        told = f"{escape(label)}: {count:,}"
        yield (
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{step - 6:.1f}" height="{height:.1f}">'
            f"<title>{told}</title></rect>"
        )
        middle = x + step / 2 - 3
        yield f'<text x="{middle:.1f}" y="{y - 4:.1f}">{count:,}</text>'
        yield f'<text x="{middle:.1f}" y="{HEIGHT + 16}">{escape(label)}</text>'
    yield "</svg>\n"


def line(labels: Sequence[str], values: Sequence[float], name: str) -> Iterator[str]:
    """Values in their order as a line, with a point for each.

    >>> "".join(line(["1999", "2000"], [1.0, 2.0], "left")).count("<circle")
    2
    """
    top, step = max(max(values, default=0.0), 1e-9), WIDTH / max(len(values) - 1, 1)
    places = [(n * step, HEIGHT - (HEIGHT - 20) * v / top) for n, v in enumerate(values)]
    yield _head(name)
    yield f'<text x="0" y="12" class="first">{top:.1f}</text>'
    yield f'<line x1="0" y1="{HEIGHT}" x2="{WIDTH}" y2="{HEIGHT}"/>'
    yield f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in places)}"/>'
    for (x, y), label, value in zip(places, labels, values, strict=True):
        told = f"{escape(label)}: {value:.2f}"
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"><title>{told}</title></circle>'
    for number in range(0, len(labels), max(1, -(-len(labels) // LABELS))):
        x = places[number][0]
        side = ' class="first"' if x < EDGE else ' class="last"' if x > WIDTH - EDGE else ""
        yield f'<text x="{x:.1f}" y="{HEIGHT + 16}"{side}>{escape(labels[number])}</text>'
    yield "</svg>\n"


def _head(name: str) -> str:
    size = f'viewBox="-4 0 {WIDTH + 8} {HEIGHT + FOOT}"'
    return f'<svg {size} role="img" aria-label="{escape(name, quote=True)}">\n'
