"""Set the sample page of an OCR format in every format: ``samples/formats``.

One page of two columns, with a headline over both, and the damage that recognisers do: half-width
commas, and every printed line a line. Its order in the files is that of the columns, but in JSON,
where RapidOCR goes by rows.

    python scripts/set_formats.py [FOLDER]
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent.parent / "samples" / "formats"

HEADLINE, BYLINE = "石桥镇办起社区书屋", "本报记者沈砚秋"
PARAGRAPHS = (
    (
        "石桥镇昨天在老粮站旧址办起一间社区书屋,三千册图书免费借阅。书屋由镇上十二名退休教师轮流"
        "值守,每天开放八小时,周末还请来说书艺人讲故事。"
    ),
    (
        "七十一岁的管理员陆文斌说,筹备用了四个月,书架是木匠铺用旧门板改的,没有花一分钱。不少孩子"
        "放学后先来写作业,再借一本带回家。"
    ),
    "镇里计划明年在另外两个村开设分馆,并把借阅卡和县图书馆打通,读者在任何一处都能还书。",
    (
        "书屋门口挂着一块黑板,上面写着本周新到的书目。来还书的居民常常站在那里看上一会儿,再挑一本"
        "感兴趣的带走。"
    ),
)
EM, GAP, LEADING, MEASURE, ROWS = 20, 40, 30, 14, 9
WIDTH, HEIGHT, LEFT, TOP = 680, 480, 40, 140


class Word(NamedTuple):
    """A word: its text, and left, top, right and bottom in pixels."""

    text: str
    box: tuple[int, int, int, int]


Line = tuple[Word, ...]
Block = tuple[Line, ...]


def line(text: str, left: int, top: int, em: int = EM) -> Line:
    """A line as words of two characters."""
    pieces = [(n, text[n : n + 2]) for n in range(0, len(text), 2)]
    return tuple(
        Word(piece, (left + n * em, top, left + (n + len(piece)) * em, top + em))
        for n, piece in pieces
    )


def broken() -> Iterator[tuple[int, str]]:
    """The printed lines, each with its indent in characters."""
    for text in PARAGRAPHS:
        yield 2, text[: MEASURE - 2]
        for at in range(MEASURE - 2, len(text), MEASURE):
            yield 0, text[at : at + MEASURE]


def blocks() -> tuple[Block, ...]:
    """The page: headline, byline, two columns."""
    head = line(HEADLINE, 130, 30, 2 * EM), line(BYLINE, 250, 90)
    columns: list[list[Line]] = [[], []]
    for n, (indent, text) in enumerate(broken()):
        column = columns[n // ROWS if n < 2 * ROWS else 1]
        left = LEFT + (0 if column is columns[0] else MEASURE * EM + GAP)
        column.append(line(text, left + indent * EM, TOP + len(column) * LEADING))
    return ((head[0],), (head[1],), *map(tuple, columns))


def around(words: Sequence[Word]) -> tuple[int, int, int, int]:
    """The box around some words."""
    lefts, tops, rights, bottoms = zip(*(word.box for word in words), strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def bbox(words: Sequence[Word]) -> str:
    """The same as hOCR has it."""
    return "bbox " + " ".join(map(str, around(words)))


def hocr(page: Sequence[Block]) -> str:
    """The page as hOCR."""
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<html xmlns="http://www.w3.org/1999/xhtml" lang="zh"><head><title>A1</title></head><body>',
        f"<div class='ocr_page' id='page_1' title='image \"A1.png\"; bbox 0 0 {WIDTH} {HEIGHT}'>",
    ]
    number = 0
    for b, block in enumerate(page, 1):
        every = [word for words in block for word in words]
        out.append(f" <p class='ocr_par' id='par_{b}' title='{bbox(every)}'>")
        for n, words in enumerate(block, 1):
            out.append(f"  <span class='ocr_line' id='line_{b}_{n}' title='{bbox(words)}'>")
            for word in words:
                number += 1
                title = f"{bbox([word])}; x_wconf 91"
                start = f"   <span class='ocrx_word' id='word_{number}' title='{title}'>"
                out.append(f"{start}{escape(word.text)}</span>")
            out.append("  </span>")
        out.append(" </p>")
    return "\n".join((*out, "</div>", "</body></html>", ""))


def placed(words: Sequence[Word]) -> str:
    """A box as ALTO has it."""
    left, top, right, bottom = around(words)
    return f'HPOS="{left}" VPOS="{top}" WIDTH="{right - left}" HEIGHT="{bottom - top}"'


def alto(page: Sequence[Block]) -> str:
    """The page as ALTO."""
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#">',
        (
            "<Description><MeasurementUnit>pixel</MeasurementUnit><sourceImageInformation>"
            "<fileName>A1.png</fileName></sourceImageInformation></Description>"
        ),
        f'<Layout><Page ID="P1" PHYSICAL_IMG_NR="1" WIDTH="{WIDTH}" HEIGHT="{HEIGHT}">',
        "<PrintSpace>",
    ]
    number = 0
    for b, block in enumerate(page, 1):
        every = [word for words in block for word in words]
        out.append(f' <TextBlock ID="B{b}" {placed(every)}>')
        for n, words in enumerate(block, 1):
            out.append(f'  <TextLine ID="L{b}.{n}" {placed(words)}>')
            for word in words:
                number += 1
                more = f'WC="0.91" CONTENT="{escape(word.text)}"'
                out.append(f'   <String ID="S{number}" {placed([word])} {more}/>')
            out.append("  </TextLine>")
        out.append(" </TextBlock>")
    return "\n".join((*out, "</PrintSpace></Page></Layout>", "</alto>", ""))


def coords(words: Sequence[Word]) -> str:
    """An outline as PAGE has it."""
    left, top, right, bottom = around(words)
    return f'<Coords points="{left},{top} {right},{top} {right},{bottom} {left},{bottom}"/>'


def equiv(text: str) -> str:
    """A reading as PAGE has it."""
    return f"<TextEquiv><Unicode>{escape(text)}</Unicode></TextEquiv>"


def page_xml(page: Sequence[Block]) -> str:
    """The page as PAGE."""
    space = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<PcGts xmlns="{space}">',
        (
            "<Metadata><Creator>scripts/set_formats.py</Creator><Created>2026-01-01T00:00:00</Created>"
            "<LastChange>2026-01-01T00:00:00</LastChange></Metadata>"
        ),
        f'<Page imageFilename="A1.png" imageWidth="{WIDTH}" imageHeight="{HEIGHT}">',
    ]
    for b, block in enumerate(page, 1):
        every = [word for words in block for word in words]
        out.append(f' <TextRegion id="r{b}">{coords(every)}')
        for n, words in enumerate(block, 1):
            out.append(f'  <TextLine id="r{b}l{n}">{coords(words)}')
            for w, word in enumerate(words, 1):
                inner = coords([word]) + equiv(word.text)
                out.append(f'   <Word id="r{b}l{n}w{w}">{inner}</Word>')
            out.append(f"   {equiv(''.join(word.text for word in words))}</TextLine>")
        said = "\n".join("".join(word.text for word in words) for words in block)
        out.append(f"  {equiv(said)}</TextRegion>")
    return "\n".join((*out, "</Page>", "</PcGts>", ""))


def boxes(page: Sequence[Block]) -> str:
    """The page as RapidOCR gives it: lines, by rows, with the boxes of their characters."""
    lines = [words for block in page for words in block]
    lines.sort(key=lambda words: around(words)[1::-1])
    rows = []
    for words in lines:
        text = "".join(word.text for word in words)
        left, top, right, bottom = around(words)
        em = (right - left) // len(text)
        cells = [corners(left + n * em, top, left + (n + 1) * em, bottom) for n in range(len(text))]
        rows.append([corners(left, top, right, bottom), text, 0.91, cells, list(text)])
    inside = ",\n ".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f"[{inside}]\n"


def corners(left: int, top: int, right: int, bottom: int) -> list[list[int]]:
    """A box by its corners."""
    return [[left, top], [right, top], [right, bottom], [left, bottom]]


def tsv(page: Sequence[Block]) -> str:
    """The page as Tesseract's TSV."""
    head = "level page_num block_num par_num line_num word_num left top width height conf text"
    rows: list[list[object]] = [[1, 1, 0, 0, 0, 0, 0, 0, WIDTH, HEIGHT, -1, ""]]
    for b, block in enumerate(page, 1):
        for n, words in enumerate(block, 1):
            for w, word in enumerate(words, 1):
                left, top, right, bottom = word.box
                size = left, top, right - left, bottom - top
                rows.append([5, 1, b, 1, n, w, *size, "91.0", word.text])
    return "\n".join((head.replace(" ", "\t"), *("\t".join(map(str, row)) for row in rows), ""))


def pdf(page: Sequence[Block]) -> bytes:
    """The page as a PDF of a text layer: no font is drawn, a table says what its codes mean."""
    lines = [words for block in page for words in block]
    used = sorted({char for words in lines for word in words for char in word.text})
    code = {char: n for n, char in enumerate(used, 1)}
    shown = []
    for words in lines:
        left, top, _right, bottom = around(words)
        text = "".join(word.text for word in words)
        coded = "".join(f"{code[char]:04X}" for char in text)
        shown.append(f"/F1 {bottom - top} Tf 1 0 0 1 {left} {HEIGHT - bottom} Tm <{coded}> Tj")
    stream = "BT 3 Tr " + "\n".join(shown) + " ET"
    table = "\n".join(f"<{n:04X}> <{ord(char):04X}>" for char, n in code.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin begincmap /CMapName /Own def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(code)} beginbfchar\n{table}\nendbfchar endcmap end"
    )
    font = "/Type/Font/Subtype/CIDFontType2/BaseFont/Own/CIDToGIDMap/Identity/DW 1000"
    system = "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    view = f"/MediaBox[0 0 {WIDTH} {HEIGHT}]/Resources<</Font<</F1 5 0 R>>>>"
    bodies = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R{view}/Contents 4 0 R>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        (
            "<</Type/Font/Subtype/Type0/BaseFont/Own/Encoding/Identity-H"
            "/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>"
        ),
        f"<<{font}{system}/FontDescriptor 8 0 R>>",
        f"<</Length {len(cmap)}>>stream\n{cmap}\nendstream",
        (
            "<</Type/FontDescriptor/FontName/Own/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0"
            "/Ascent 880/Descent -120/CapHeight 700/StemV 80>>"
        ),
    )
    return bound(bodies)


def bound(bodies: Sequence[str]) -> bytes:
    """The objects of a PDF as a file."""
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(bodies) + 1
    end = f"trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    return f"{out}xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode("ascii")


def main(folder: Path) -> None:
    """Write the page in every format."""
    page = blocks()
    folder.mkdir(parents=True, exist_ok=True)
    made = {
        "A1.hocr": hocr(page),
        "A1.alto.xml": alto(page),
        "A1.page.xml": page_xml(page),
        "A1.json": boxes(page),
        "A1.tsv": tsv(page),
    }
    for name, text in made.items():
        (folder / name).write_bytes(text.encode("utf-8"))
    (folder / "A1.pdf").write_bytes(pdf(page))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
