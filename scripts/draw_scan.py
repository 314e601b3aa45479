"""A page that looks like the scan of the sample in hOCR, as HTML to be photographed.

usage: python scripts/draw_scan.py FOLDER

It puts A1.hocr there, the pages of the damaged front page, and A1.html, in which every word stands
where its box is. Nobody has the paper that the sample was read from: there is none.
"""

from __future__ import annotations

import shutil
import sys
from html import escape
from pathlib import Path

from fixnews.formats import read

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "formats" / "A1.hocr"
STYLE = """
body { margin: 0 } div { position: relative; background: #f3ecdc; overflow: hidden }
span { position: absolute; color: #2b2620; font-family: "Noto Serif CJK SC", serif;
white-space: nowrap; filter: blur(.25px) }
"""


def main(folder: Path) -> None:
    """Write the page and what lies beside it."""
    shutil.copy(SAMPLE, folder)
    for page in (ROOT / "samples" / "front-page" / "damaged").glob("*.txt"):
        shutil.copy(page, folder / f"front-{page.name}")
    _, (reading,) = read(SAMPLE.read_bytes(), SAMPLE.name, "hocr")
    words = [word for line in reading.lines for word in line.words]
    spans = "".join(
        f'<span style="left:{w.box.left}px;top:{w.box.top}px;font-size:{w.box.height * 0.9}px;'
        f'line-height:{w.box.height}px">{escape(w.text)}</span>'
        for w in words
    )
    size = f"width:{reading.width}px;height:{reading.height}px"
    head = f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>"
    (folder / "A1.html").write_text(f'{head}<div style="{size}">{spans}</div>', "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
