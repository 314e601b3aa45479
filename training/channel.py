"""Build the confusion sets: for each character that was read, what was probably printed.

usage: python training/channel.py ../shared --rendered misreadings.tsv \
           -o dictionaries/confusions.tsv
needs: Pillow, and the typefaces Noto Serif CJK and Noto Sans CJK (Debian: fonts-noto-cjk)

Five kinds of evidence go into the channel P(read | printed), each normalised over the reads of one
printed character:

* seen: what a recogniser (PP-OCRv4) gives probability to beside the character that stands there,
  averaged over 4,000 rendered and degraded lines (`ocr/posterior.tsv.xz`);
* turned: the same the other way round, for likeness is mutual;
* shape: likeness of the two characters in print, drawn in a serif and a sans-serif typeface,
  blurred, and compared pixel by pixel;
* rendered: what Tesseract made of pages of news that we set and damaged ourselves
  (`count_misreadings.py`);
* counted: what Tesseract and RapidOCR made of 44 newspaper issues (`ocr/confusions.tsv`).

The weights of the first three were fitted by expectation maximisation to the Han errors of both
recognisers on those pages: 0.32 and 0.16 for seen, 0.09 and 0.06 for turned, 0.17 and 0.10 for
shape (RapidOCR and Tesseract), the rest outside every table. How prone a character is to be
misread at all is the share that the recogniser does not give to itself.
"""

from __future__ import annotations

import argparse
import lzma
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

WEIGHTS = {"seen": 0.30, "turned": 0.10, "shape": 0.14, "rendered": 0.20, "counted": 0.25}

MOST = 36
"""Candidates kept for one read character; doubling the number adds three points to the share of
errors that are among them."""

COMMON = 100
"""Occurrences in 60 million characters of news from which a character is worth proposing."""

LIKENESS = 20.0
"""How fast the shape evidence falls with the correlation of two drawings."""

COUNTS = frozenset({"rendered", "counted"})

DOUBT = 4.0
"""Counted misreadings added in thought to those of each character: most pairs were met once."""

NEIGHBOURS = 40
PRONE = (0.01, 0.3)
SIZE = 28

TYPEFACES = ("NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc")
SIMPLIFIED_FACE = 2
BLURS = (1.5, 3.0)

HAN = re.compile(r"[\u3400-\u9fff]")

Channel = dict[str, dict[str, float]]
"""For each printed character, the reads and their weight."""


def posterior(path: Path) -> Channel:
    """What the recogniser sees beside each printed character."""
    channel: Channel = {}
    with lzma.open(path, "rt", encoding="utf-8") as rows:
        for row in rows:
            printed, cells = row.rstrip("\n").split("\t")
            pairs = (cell.partition(":") for cell in cells.split(" "))
            channel[printed] = {read: float(p) for read, _, p in pairs if HAN.fullmatch(read)}
    return channel


def counted(path: Path, without: str) -> Channel:
    """What two recognisers made of printed pages, or one of them."""
    channel: Channel = defaultdict(dict)
    for row in path.read_text("utf-8").split("\n")[1:]:
        printed, read, _, tess, rapid = row.split("\t") if row else ("", "", "", "", "")
        number = int(tess or 0) * (without != "tess") + int(rapid or 0) * (without != "rapid")
        if HAN.fullmatch(printed) and HAN.fullmatch(read) and number:
            channel[printed][read] = number
    return channel


def rendered(path: Path) -> Channel:
    """What Tesseract made of pages that we set ourselves."""
    channel: Channel = defaultdict(dict)
    for printed, read, number in (
        row.split("\t") for row in path.read_text("utf-8").split("\n")[1:-1]
    ):
        if HAN.fullmatch(printed) and HAN.fullmatch(read):
            channel[printed][read] = int(number)
    return channel


def drawn(characters: list[str], path: Path, blur: float) -> np.ndarray:
    """The characters as unit vectors of grey."""
    face = ImageFont.truetype(str(path), 48, index=SIMPLIFIED_FACE)
    rows = []
    for character in characters:
        image = Image.new("L", (56, 56))
        ImageDraw.Draw(image).text((4, -8), character, 255, font=face)
        image = image.filter(ImageFilter.GaussianBlur(blur))
        rows.append(np.asarray(image.resize((SIZE, SIZE), Image.Resampling.BOX), float).ravel())
    pixels = np.array(rows) - np.mean(rows, axis=1, keepdims=True)
    return np.asarray(pixels / np.maximum(np.linalg.norm(pixels, axis=1, keepdims=True), 1e-9))


def shapes(printed: list[str], reads: list[str], fonts: Path) -> Channel:
    """For each printed character the reads that look like it."""
    likeness = np.zeros((len(printed), len(reads)))
    for name in TYPEFACES:
        for blur in BLURS:
            left, right = (drawn(side, fonts / name, blur) for side in (printed, reads))
            likeness += left @ right.T / (len(TYPEFACES) * len(BLURS))
    channel: Channel = {}
    for row, character in enumerate(printed):
        near = np.argsort(-likeness[row])[: NEIGHBOURS + 1]
        channel[character] = {
            reads[n]: math.exp((likeness[row, n] - 1) * LIKENESS)
            for n in near
            if reads[n] != character
        }
    return channel


def turned(channel: Channel) -> Channel:
    """Printed and read exchanged."""
    other: Channel = defaultdict(dict)
    for printed, reads in channel.items():
        for read, weight in reads.items():
            other[read][printed] = weight
    return other


def shares(channel: Mapping[str, dict[str, float]], doubt: float = 0.0) -> Channel:
    """Each printed character's reads as shares of one; ``doubt`` stands for those not met."""
    return {
        printed: {read: weight / (sum(reads.values()) + doubt) for read, weight in reads.items()}
        for printed, reads in channel.items()
        if reads
    }


def mixed(parts: Mapping[str, Channel], prone: Mapping[str, float]) -> Channel:
    """P(read | printed) from all the evidence."""
    channel: Channel = defaultdict(lambda: defaultdict(float))
    for name, part in parts.items():
        for printed, reads in shares(part, DOUBT if name in COUNTS else 0).items():
            for read, share in reads.items():
                channel[printed][read] += WEIGHTS[name] * share * prone.get(printed, 0.05)
    return channel


def table(channel: Channel, frequency: Counter[str]) -> Iterator[tuple[str, str, str]]:
    """Read character, candidates, and what each costs in tenths of nats (two digits each)."""
    by_read: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for printed, reads in channel.items():
        for read, p in reads.items():
            if frequency[printed] >= COMMON and read != printed:
                by_read[read].append((printed, p))
    for read, found in sorted(by_read.items()):
        worth = sorted(found, key=lambda pair: -pair[1] * math.sqrt(frequency[pair[0]]))[:MOST]
        worth.sort(key=lambda pair: (-pair[1], pair[0]))
        costs = [min(99, round(-10 * math.log(p))) for _, p in worth]
        yield read, "".join(t for t, _ in worth), "".join(f"{c:02}" for c in costs)


def gb2312() -> Iterator[str]:
    """The characters of GB 2312, which simplified print and its recognisers are made of."""
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            yield bytes((high, low)).decode("gb2312", "ignore")


def main() -> None:
    """Read the evidence, mix it, write the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path)
    options.add_argument("-o", "--output", type=Path, required=True)
    options.add_argument("--rendered", type=Path, required=True)
    options.add_argument("--fonts", type=Path, default=Path("/usr/share/fonts/opentype/noto"))
    options.add_argument(
        "--without", choices=("tess", "rapid", "counted", "shape"), help="for the checks"
    )
    given = options.parse_args()
    with lzma.open(given.shared / "corpus/news-train.txt.xz", "rt", encoding="utf-8") as lines:
        frequency: Counter[str] = Counter()
        for line in lines:
            frequency.update(line)
    common = [c for c, n in sorted(frequency.items()) if n >= COMMON and HAN.fullmatch(c)]
    seen = posterior(given.shared / "ocr/posterior.tsv.xz")
    prone = {c: min(max(sum(reads.values()), PRONE[0]), PRONE[1]) for c, reads in seen.items()}
    parts = {
        "seen": seen,
        "turned": turned(seen),
        "shape": shapes(common, sorted({*filter(None, gb2312()), *common}), given.fonts),
        "rendered": rendered(given.rendered),
        "counted": counted(given.shared / "ocr/confusions.tsv", given.without or ""),
    }
    left_out = {"rapid": ("seen", "turned"), "tess": ("rendered",)}.get(
        given.without, (given.without,)
    )
    channel = mixed({name: part for name, part in parts.items() if name not in left_out}, prone)
    rows = list(table(channel, frequency))
    head = (
        "# read\tprobably printed, the likeliest first\tcost of each: -ln P, two digits, in tenths"
    )
    body = "\n".join(map("\t".join, rows))
    given.output.write_text(f"{head}\n{body}\n", "utf-8")
    print(f"{len(rows)} characters, {sum(len(t) for _, t, _ in rows)} candidates")


if __name__ == "__main__":
    main()
