"""Count what Tesseract makes of news set in two typefaces and damaged, for the confusion sets.

usage: python training/count_misreadings.py ../shared --pages 80 -o misreadings.tsv
needs: Pillow, rapidfuzz, tesseract with chi_sim, Noto Serif CJK and Noto Sans CJK
       (Debian: tesseract-ocr tesseract-ocr-chi-sim fonts-noto-cjk)

Columns of lines of training news are set small, then blurred, thinned or thickened, speckled and
turned a little, as print on thin paper is by a camera or a scanner. Every character that came out
as another in an alignment is counted: printed, read, count.
"""

from __future__ import annotations

import argparse
import lzma
import random
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from rapidfuzz.distance import Levenshtein

TYPEFACES = (
    "NotoSerifCJK-Regular.ttc",
    "NotoSansCJK-Regular.ttc",
    "NotoSerifCJK-Bold.ttc",
    "NotoSansCJK-Bold.ttc",
)
SIMPLIFIED_FACE = 2
LINES, WIDTH = 40, 40
SIZES = (20, 32)
"""Height of a character in pixels: news at 150 to 250 dots an inch."""


def page(text: str, fonts: Path, chance: random.Random) -> Image.Image:
    """A page of text, set and damaged."""
    size = chance.randint(*SIZES)
    face = ImageFont.truetype(str(fonts / chance.choice(TYPEFACES)), size, index=SIMPLIFIED_FACE)
    step = int(size * 1.5)
    image = Image.new("L", (size * (WIDTH + 4), step * (LINES + 2)), 255)
    draw = ImageDraw.Draw(image)
    for number in range(0, len(text), WIDTH):
        line = text[number : number + WIDTH]
        draw.text((2 * size, step * (number // WIDTH + 1)), line, chance.randint(0, 90), font=face)
    return damaged(image, size, chance)


def damaged(image: Image.Image, size: int, chance: random.Random) -> Image.Image:
    """The page as a camera or a worn scanner sees it."""
    image = image.rotate(
        chance.uniform(-0.6, 0.6), fillcolor=255, resample=Image.Resampling.BICUBIC
    )
    image = image.filter(ImageFilter.GaussianBlur(size * chance.uniform(0.01, 0.045)))
    noise = np.random.default_rng(chance.randint(0, 1 << 30))
    grey = np.asarray(image, dtype=np.float64)
    grey = grey + noise.normal(0, chance.uniform(2, 22), grey.shape)
    if chance.random() < 0.5:
        grey = np.where(grey > chance.uniform(110, 180), 255.0, 0.0)
        grey = np.where(noise.random(grey.shape) < chance.uniform(0, 0.004), 255 - grey, grey)
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


def read(image: Image.Image, folder: Path) -> str:
    """What Tesseract reads, without white space."""
    path = folder / "page.png"
    image.save(path)
    call = ["tesseract", str(path), "-", "-l", "chi_sim", "--psm", "6", "--dpi", "200"]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    return "".join(done.stdout.split())


def texts(shared: Path, number: int, chance: random.Random) -> Iterator[str]:
    """Stretches of training news that fill a page."""
    with lzma.open(shared / "corpus/news-train.txt.xz", "rt", encoding="utf-8") as file:
        lines = file.readlines()
    for _ in range(number):
        at, text = chance.randrange(len(lines)), ""
        while len(text) < LINES * WIDTH:
            text += "".join(lines[at % len(lines)].split())
            at += 1
        yield text[: LINES * WIDTH]


def misread(printed: str, seen: str) -> Iterator[tuple[str, str]]:
    """The characters that came out as another."""
    for step in Levenshtein.opcodes(printed, seen):
        size = step.src_end - step.src_start
        if step.tag == "replace" and size == step.dest_end - step.dest_start:
            for n in range(size):
                yield printed[step.src_start + n], seen[step.dest_start + n]


def main() -> None:
    """Set, damage, read, count."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path)
    options.add_argument("-o", "--output", type=Path, required=True)
    options.add_argument("--fonts", type=Path, default=Path("/usr/share/fonts/opentype/noto"))
    options.add_argument("--pages", type=int, default=80)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    chance = random.Random(given.seed)
    counts: Counter[tuple[str, str]] = Counter()
    wrong = total = 0
    with tempfile.TemporaryDirectory() as folder:
        for printed in texts(given.shared, given.pages, chance):
            seen = read(page(printed, given.fonts, chance), Path(folder))
            distance = Levenshtein.distance(printed, seen)
            wrong, total = wrong + distance, total + len(printed)
            if distance < len(printed) // 2:
                counts.update(misread(printed, seen))
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    body = "".join(f"{a}\t{b}\t{n}\n" for (a, b), n in rows)
    given.output.write_text(f"# printed\tread\tcount\n{body}", "utf-8")
    print(f"{given.pages} pages, CER {wrong / total:.3f}, {len(rows)} pairs")


if __name__ == "__main__":
    main()
