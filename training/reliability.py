"""A reliability diagram: what a classifier promised, what came true; a table and a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

BINS = 10
SIDE, MARGIN = 320, 40


class Bin(NamedTuple):
    """The seams of which a tenth of the scale was promised."""

    low: float
    seams: int
    promised: float
    true: float


def bins(odds: np.ndarray, truth: np.ndarray) -> list[Bin]:
    """Ten bins of equal width; empty ones are left out."""
    which = np.minimum((odds * BINS).astype(int), BINS - 1)
    return [
        Bin(n / BINS, int(mine.sum()), float(odds[mine].mean()), float(truth[mine].mean()))
        for n in range(BINS)
        if (mine := which == n).any()
    ]


def table(rows: Sequence[Bin]) -> str:
    """The bins as a table of Markdown."""
    head = "| probability | seams | mean promised | were damage |\n| --- | ---: | ---: | ---: |"
    body = (
        f"| {b.low:.1f}–{b.low + 1 / BINS:.1f} | {b.seams:,} | {b.promised:.3f} | {b.true:.3f} |"
        for b in rows
    )
    return "\n".join((head, *body))


def picture(rows: Sequence[Bin], path: Path) -> None:
    """The bins as an SVG: dots on the diagonal kept their promise."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(_svg(rows)) + "\n", "utf-8")


def _svg(rows: Sequence[Bin]) -> Iterator[str]:
    whole = SIDE + 2 * MARGIN
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" font-size="11"'
    yield ' font-family="sans-serif">'
    yield f'<rect width="{whole}" height="{whole}" fill="white"/>'
    left, right, top, bottom = MARGIN, MARGIN + SIDE, MARGIN, MARGIN + SIDE
    yield f'<path d="M{left} {bottom}L{right} {top}" stroke="#999" stroke-dasharray="4 4"/>'
    yield f'<path d="M{left} {top}V{bottom}H{right}" stroke="black" fill="none"/>'
    for n in range(0, BINS + 1, 2):
        at = SIDE * n / BINS
        yield f'<text x="{left + at:.0f}" y="{bottom + 15}" text-anchor="middle">{n / BINS}</text>'
        yield f'<text x="{left - 6}" y="{bottom - at + 4:.0f}" text-anchor="end">{n / BINS}</text>'
    yield f'<text x="{whole / 2:.0f}" y="{whole - 6}" text-anchor="middle">promised</text>'
    yield f'<text x="{left}" y="{top - 12}">were damage</text>'
    for b in rows:
        x, y = left + SIDE * b.promised, bottom - SIDE * b.true
        size = 2 + np.log10(b.seams)
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="#2266aa"/>'
    yield "</svg>"
