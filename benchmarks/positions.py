"""What a page of a recogniser costs beside the text chain: reading, ordering, patching its file.

usage: python benchmarks/positions.py [SHARED] [--pages N] [--format NAME] [--passes N]

CPU seconds a page, one core. With SHARED, the folder that holds ``geometry/``: whole pages of about
3,600 characters at severity 2 as Tesseract and RapidOCR wrote them, and one of 8,400: two of them
one below the other, set anew. PAGE and the JSON of PaddleOCR are set here of the same readings;
without SHARED all formats are, of the sample over and over. Every format runs in processes of its
own, in turns, and each of these sees a page once, so that nothing is remembered; what is loaded
when first needed is loaded before. The least of all passes counts, page by page. Patched is what
the chain itself repaired; the file is read again to see that it says so, which is part of the time.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from html import escape
from multiprocessing import get_context
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from fixnews import formats, issue
from fixnews.config import Config
from fixnews.formats.setting import Arrangement
from fixnews.in_place import patched, positioned
from fixnews.order.page_text import in_reading_order
from fixnews.positions import Box, PrintedLine, Reading, Word

SAMPLES = Path(__file__).parents[1] / "samples" / "formats"
REAL = {
    "hocr": "tess_page.s2.hocr.gz",
    "alto": "tess_page.s2.alto.xml.gz",
    "tsv": "tess_page.s2.tsv.gz",
    "rapid": "rapid_page.s2.json",
}
"""The files of real recognisers; the others are set of the reading of one of these."""

SET_OF = {"page": "hocr", "paddle": "rapid"}
LARGE, LARGE_OF = "two pages", "dev-002"
REPEATED = 12
"""How often the sample, of 270 characters, stands on a page."""


class Cost(NamedTuple):
    """CPU seconds that a page of so many characters took."""

    size: int
    read: float
    order: float
    patch: float
    chain: float

    @property
    def ratio(self) -> float:
        """All that is not the chain, in chains."""
        return (self.read + self.order + self.patch) / self.chain


def read(path: Path) -> Reading:
    data = path.read_bytes()
    return formats.read(data, path.name, formats.recognise(data))[1][0]


def pages(name: str, shared: Path | None, most: int) -> Iterator[tuple[str, bytes]]:
    """The files of a format, by what they are called; the large one last."""
    own = REAL[SET_OF.get(name, name)]
    if shared is None:
        yield "sample", SETTERS[name](one_below_the_other([read(SAMPLES / "A1.hocr")] * REPEATED))
        return
    found = sorted((shared / "geometry").glob(f"*/*/{own}"))
    large = [path for path in found if LARGE_OF in path.parts]
    for path in [path for path in found if path not in large][:most]:
        data = path.read_bytes()
        data = gzip.decompress(data) if path.suffix == ".gz" else data
        yield "/".join(path.parts[-3:-1]), SETTERS[name](read(path)) if name in SET_OF else data
    yield LARGE, SETTERS[name](one_below_the_other([read(path) for path in large]))


def one_below_the_other(readings: Sequence[Reading]) -> Reading:
    """Several pages as one, whose columns stand below each other."""
    lines: list[PrintedLine] = []
    top = blocks = 0.0
    for one in readings:
        low = max(line.box.bottom for line in one.lines)
        lines += (moved(line, top, int(blocks)) for line in one.lines)
        top, blocks = top + low * 1.05, blocks + 1 + one.lines[-1].block
    return replace(readings[0], lines=tuple(lines), height=top)


def moved(line: PrintedLine, down: float, blocks: int) -> PrintedLine:
    def lower(box: Box) -> Box:
        return Box(box.left, round(box.top + down), box.right, round(box.bottom + down))

    words = tuple(word._replace(box=lower(word.box)) for word in line.words)
    return line._replace(words=words, box=lower(line.box), block=line.block + blocks)


def sides(box: Box) -> tuple[int, int, int, int]:
    left, top, right, bottom = map(round, box)
    return left, top, right, bottom


def corners(box: Box) -> list[list[int]]:
    left, top, right, bottom = sides(box)
    return [[left, top], [right, top], [right, bottom], [left, bottom]]


def bbox(box: Box) -> str:
    return "bbox " + " ".join(map(str, sides(box)))


def percent(word: Word) -> int:
    return round(100 * (word.confidence or 0.9))


def joined(words: Sequence[Word]) -> str:
    return "".join(word.text for word in words)


def hocr(page: Reading) -> bytes:
    out = ["<html><body>", f"<div class='ocr_page' title='bbox 0 0 {page.width} {page.height}'>"]
    for block in blocks_of(page):
        out.append(f"<p class='ocr_par' title='{bbox(around(block))}'>")
        for line in block:
            out.append(f"<span class='ocr_line' title='{bbox(line.box)}'>")
            for word in line.words:
                title = f"{bbox(word.box)}; x_wconf {percent(word)}"
                start = f"<span class='ocrx_word' id='{word.name}' title='{title}'>"
                out.append(f"{start}{escape(word.text)}</span>")
            out.append("</span>")
        out.append("</p>")
    return "\n".join((*out, "</div></body></html>", "")).encode()


def placed(box: Box) -> str:
    left, top, right, bottom = sides(box)
    return f'HPOS="{left}" VPOS="{top}" WIDTH="{right - left}" HEIGHT="{bottom - top}"'


def alto(page: Reading) -> bytes:
    out = [
        '<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Layout>',
        f'<Page WIDTH="{page.width}" HEIGHT="{page.height}"><PrintSpace>',
    ]
    for block in blocks_of(page):
        out.append(f"<TextBlock {placed(around(block))}>")
        for line in block:
            out.append(f"<TextLine {placed(line.box)}>")
            for word in line.words:
                said = f'WC="0.{percent(word):02}" CONTENT="{escape(word.text)}"'
                out.append(f'<String ID="{word.name}" {placed(word.box)} {said}/>')
            out.append("</TextLine>")
        out.append("</TextBlock>")
    return "\n".join((*out, "</PrintSpace></Page></Layout></alto>", "")).encode()


def page_xml(page: Reading) -> bytes:
    space = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
    size = f'imageWidth="{page.width:.0f}" imageHeight="{page.height:.0f}"'
    out = [f'<PcGts xmlns="{space}">', f'<Page imageFilename="A1.png" {size}>']
    for block in blocks_of(page):
        out.append(f"<TextRegion>{outline(around(block))}")
        for line in block:
            out.append(f"<TextLine>{outline(line.box)}")
            out += (
                f'<Word id="{word.name}">{outline(word.box)}{equiv(word.text)}</Word>'
                for word in line.words
            )
            out.append(f"{equiv(joined(line.words))}</TextLine>")
        said = "\n".join(joined(line.words) for line in block)
        out.append(f"{equiv(said)}</TextRegion>")
    return "\n".join((*out, "</Page>", "</PcGts>", "")).encode()


def outline(box: Box) -> str:
    return f'<Coords points="{" ".join(f"{x},{y}" for x, y in corners(box))}"/>'


def equiv(text: str) -> str:
    return f"<TextEquiv><Unicode>{escape(text)}</Unicode></TextEquiv>"


def tsv(page: Reading) -> bytes:
    head = "level page_num block_num par_num line_num word_num left top width height conf text"
    whole = 0, 0, round(page.width), round(page.height)
    rows: list[Sequence[object]] = [head.split(), (1, 1, 0, 0, 0, 0, *whole, -1, "")]
    for number, line in enumerate(page.lines, 1):
        for n, word in enumerate(line.words, 1):
            left, top, right, bottom = sides(word.box)
            size = left, top, right - left, bottom - top
            rows.append((5, 1, line.block + 1, 1, number, n, *size, percent(word), word.text))
    return "\n".join((*("\t".join(map(str, row)) for row in rows), "")).encode()


def rapid(page: Reading) -> bytes:
    rows = [(corners(w.box), w.text, percent(w) / 100) for line in page.lines for w in line.words]
    return json.dumps(rows, ensure_ascii=False).encode()


def paddle(page: Reading) -> bytes:
    words = [word for line in page.lines for word in line.words]
    found = {
        "input_path": "A1.png",
        "rec_texts": [word.text for word in words],
        "rec_scores": [percent(word) / 100 for word in words],
        "rec_polys": [corners(word.box) for word in words],
    }
    return json.dumps({"res": found}, ensure_ascii=False).encode()


def blocks_of(page: Reading) -> list[list[PrintedLine]]:
    found: dict[int, list[PrintedLine]] = {}
    for line in page.lines:
        found.setdefault(line.block, []).append(line)
    return list(found.values())


def around(lines: Sequence[PrintedLine]) -> Box:
    return Box.around(*(line.box for line in lines))


SETTERS: dict[str, Callable[[Reading], bytes]] = {
    "hocr": hocr,
    "alto": alto,
    "page": page_xml,
    "tsv": tsv,
    "rapid": rapid,
    "paddle": paddle,
}


def cost(data: bytes, config: Config) -> Cost:
    """What one page takes that this process has not seen before."""
    ordering = 0.0

    def arrange(reading: Reading) -> Arrangement:
        nonlocal ordering
        began = time.process_time()
        done = in_reading_order(reading)
        ordering = time.process_time() - began
        return done

    began = time.process_time()
    page = positioned(data, "A1", formats.recognise(data), "", arrange)
    known = time.process_time()
    done = issue.mend_read([Path("A1")], [page], config)
    mended = time.process_time()
    patched(page, done.corrections)
    patching = time.process_time() - mended
    return Cost(len(page.text), known - began - ordering, ordering, patching, mended - known)


def measured(name: str, shared: Path | None, most: int) -> dict[str, Cost]:
    """All pages of one format."""
    for path in sorted(SAMPLES.glob("A1.*")):
        if path.suffix not in (".pdf", ".md"):
            cost(path.read_bytes(), Config())
    found = {label: (data, Config()) for label, data in pages(name, shared, most)}
    formats._kept.cache_clear()  # noqa: SLF001
    return {label: cost(*given) for label, given in found.items()}


def passes(names: Sequence[str], given: argparse.Namespace) -> dict[str, dict[str, Cost]]:
    """The least that each page of each format took, every pass in a process of its own."""
    best: dict[str, dict[str, Cost]] = {name: {} for name in names}
    for name in [*names] * given.passes:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            found = pool.submit(measured, name, given.shared, given.pages).result()
        for label, new in found.items():
            old = best[name].get(label, new)
            best[name][label] = Cost(*map(min, zip(old, new, strict=True)))
    return best


def row(name: str, what: str, costs: Sequence[Cost]) -> str:
    mean = Cost(
        round(fmean(c.size for c in costs)), *map(fmean, list(zip(*costs, strict=True))[1:])
    )
    parts = "".join(f"{part:8.3f}" for part in mean[1:])
    return f"{name:7} {what:10} {mean.size:6} {parts}   {mean.ratio:5.2f}"


def main(argv: Sequence[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("shared", type=Path, nargs="?")
    parser.add_argument("--pages", type=int, default=8)
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--format", choices=SETTERS, action="append")
    given = parser.parse_args(argv)
    print("format  pages       signs     read   order   patch   chain   ratio")
    for name, found in passes(given.format or list(SETTERS), given).items():
        large = [cost for label, cost in found.items() if label == LARGE]
        others = [cost for label, cost in found.items() if label != LARGE]
        print(row(name, f"{len(others)} pages", others))
        if large:
            print(row(name, LARGE, large))


if __name__ == "__main__":
    main(sys.argv[1:])
