"""Draw the picture at the head of README: a damaged page, and what fixnews makes of it.

usage: python scripts/draw_repair.py

The text is of `samples/front-page`, repaired as the picture is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

import fixnews

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs/pictures/repair.svg"
SAMPLE = ROOT / "samples/front-page/damaged"

EM, LINE, LEFT, RIGHT, WIDTH, TOP = 15, 24, 24, 470, 900, 60
COLUMN = 26
"""Ems of a line of either panel."""

MARKS = ",:;?!()"
"""Half-width marks, which are shown in colour."""

BREAK, JUMPS = "⏎", ("——下转 C2 版", "(上接A1版)")
DAMAGE = frozenset((*MARKS, BREAK))

STYLE = (
    f"text{{font:{EM}px 'Noto Sans CJK SC','PingFang SC',sans-serif;fill:#222}}"
    ".head{font-weight:600;fill:#666}.hurt{fill:#c0392b;font-weight:600}"
    ".paper{fill:#faf8f3;stroke:#ddd6c8}.mended{fill:#f3f8f5;stroke:#c4d8ce}"
)


def between(text: str, first: str, last: str) -> str:
    """The passage from one phrase to another, both with it."""
    start = text.index(first)
    return text[start : text.index(last, start) + len(last)]


def lines(text: str) -> Iterator[str]:
    """The text in lines of one panel; a blank line stays one."""
    for paragraph in text.split("\n"):
        yield from [paragraph[at : at + COLUMN] for at in range(0, len(paragraph), COLUMN)] or [""]


def drawn(rows: Sequence[str], x: int, *, hurt: bool) -> Iterator[str]:
    """The rows as SVG, damage in colour."""
    for number, row in enumerate(rows):
        parts = [_part(c, hurt=hurt and c in DAMAGE) for c in row]
        text = "".join(parts)
        for jump in JUMPS if hurt else ():
            plain = "".join(_part(c, hurt=c in DAMAGE) for c in jump)
            text = text.replace(plain, f'<tspan class="hurt">{escape(jump)}</tspan>')
        yield f'<text x="{x + 14}" y="{TOP + 26 + number * LINE}">{text}</text>'


def _part(character: str, *, hurt: bool) -> str:
    shown = escape(character)
    return f'<tspan class="hurt">{shown}</tspan>' if hurt else shown


def panel(x: int, width: int, height: int, kind: str, head: str) -> str:
    """A sheet with what stands above it."""
    box = f'<rect class="{kind}" x="{x}" y="{TOP}" width="{width}" height="{height}" rx="6"/>'
    return f'<text class="head" x="{x}" y="{TOP - 14}">{head}</text>{box}'


def main() -> None:
    """Repair the sample and draw both."""
    pages = {name: (SAMPLE / f"{name}.txt").read_text("utf-8") for name in ("A1", "C2")}
    fixed = fixnews.fix_pages(pages)["A1"].text
    cut = between(pages["A1"], "六十七岁", "二十四级台阶。").replace("\n\n", f"{BREAK}\n{BREAK}\n")
    jump = between(pages["A1"], "郑有根是议事会", "C2 版")
    tail = between(pages["C2"], "(上接A1版)", "少于两个人。")
    before = list(lines(f"{cut}\n\n{jump}\n\n{tail}"))
    one = between(fixed, "六十七岁", "二十四级台阶。")
    other = between(fixed, "郑有根是议事会", "少于两个人。")
    after = list(lines(f"{one}\n\n{other}"))
    height = len(before) * LINE + 16
    told = "A page before and after: a column break joined, marks widened, a jump brought home"
    box = f'viewBox="0 0 {WIDTH} {TOP + height + 20}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img">',
        f"<title>{told}</title><style>{STYLE}</style>",
        panel(LEFT, 420, height, "paper", "as it was extracted: A1.txt, C2.txt"),
        panel(RIGHT, 420, height, "mended", "fixnews fix A1.txt C2.txt -o fixed"),
        *drawn(before, LEFT, hurt=True),
        *drawn(after, RIGHT, hurt=False),
        "</svg>",
    ]
    PICTURE.write_text("\n".join(parts) + "\n", "utf-8")


if __name__ == "__main__":
    main()
