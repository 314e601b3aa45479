"""Small files as recognisers write them, put together by the tests of formats."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from fixnews import issue
from fixnews.config import Config
from fixnews.positions import Box, Reading, Word
from fixnews.source import Source


def cases(rows: Iterable[tuple[Any, ...]]) -> list[Any]:
    """The rows of a table, each called by its last column: the reason why it is there."""
    return [pytest.param(*row[:-1], id=row[-1]) for row in rows]


def page(data: str | bytes, path: str = "p", **settings: str) -> Source:
    data = data.encode() if isinstance(data, str) else data
    return issue.page(data, path, Config(**settings))  # type: ignore[arg-type]


def readings(data: str | bytes) -> tuple[Reading, ...]:
    known = page(data).positions
    assert known is not None
    return known.readings


def words(data: str | bytes) -> list[Word]:
    return [w for reading in readings(data) for line in reading.lines for w in line.words]


def hocr(inner: str, head: str = "", title: str = "bbox 0 0 600 800") -> str:
    return (
        f"<html><head>{head}</head><body><div class='ocr_page' id='page_1' title='{title}'>"
        f"{inner}</div></body></html>"
    )


def hocr_line(inner: str, title: str = "bbox 10 10 90 30") -> str:
    return f"<span class='ocr_line' id='line_1' title='{title}'>{inner}</span>"


def hocr_word(text: str, title: str = "bbox 10 10 50 30", name: str = "word_1") -> str:
    return f"<span class='ocrx_word' id='{name}' title='{title}'>{text}</span>"


def alto(inner: str, unit: str = "pixel", space: str = "4", between: str = "") -> str:
    return (
        f'<alto xmlns="http://www.loc.gov/standards/alto/ns-v{space}#"><Description>'
        f"<MeasurementUnit>{unit}</MeasurementUnit><sourceImageInformation><fileName>a.png"
        f"</fileName></sourceImageInformation></Description>{between}<Layout>"
        f'<Page ID="P1" WIDTH="600" HEIGHT="800"><PrintSpace>{inner}</PrintSpace></Page>'
        "</Layout></alto>"
    )


def alto_line(inner: str, name: str = "L1", block: str = "B1") -> str:
    place = 'HPOS="10" VPOS="10" WIDTH="80" HEIGHT="20"'
    return f'<TextBlock ID="{block}"><TextLine ID="{name}" {place}>{inner}</TextLine></TextBlock>'


def alto_word(text: str, more: str = "") -> str:
    place = 'HPOS="10" VPOS="10" WIDTH="40" HEIGHT="20"'
    return f'<String ID="S1" {place} CONTENT="{text}" {more}/>'


PAGE_SPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"


def page_xml(inner: str, space: str = PAGE_SPACE, order: str = "") -> str:
    return (
        f'<PcGts xmlns="{space}"><Page imageFilename="a.png" imageWidth="600" imageHeight="800">'
        f"{order}{inner}</Page></PcGts>"
    )


def region(inner: str, name: str = "r1", more: str = "") -> str:
    return f'<TextRegion id="{name}" {more}><Coords points="0,0 90,0 90,60"/>{inner}</TextRegion>'


def level(kind: str, text: str | None, inner: str = "", name: str = "l1") -> str:
    said = "" if text is None else f"<TextEquiv><Unicode>{text}</Unicode></TextEquiv>"
    coords = '<Coords points="10,10 50,10 50,30 10,30"/>'
    return f'<{kind} id="{name}">{coords}{inner}{said}</{kind}>'


TSV_HEAD = "level page_num block_num par_num line_num word_num left top width height conf text"


def tsv(*rows: str) -> str:
    return "\n".join((TSV_HEAD.replace(" ", "\t"), *rows, ""))


def row(text: str, line: int = 1, number: int = 1, conf: str = "95.5", page: int = 1) -> str:
    return f"5\t{page}\t1\t1\t{line}\t{number}\t10\t10\t40\t20\t{conf}\t{text}"


CORNERS = [[10, 10], [50, 10], [50, 30], [10, 30]]
SQUARE = Box(10, 10, 50, 30)

TWO = hocr_word("江城") + hocr_word("晚报", "bbox 50 10 90 30", "word_2")


def pdf(*lines: str) -> bytes:
    """A PDF of one page, written by hand."""
    shown = " ".join(f"({line}) Tj 0 -30 Td" for line in lines)
    stream = f"BT /F1 20 Tf 20 250 Td {shown} ET"
    fonts = "/Resources<</Font<</F1 5 0 R>>>>"
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]/Contents 4 0 R{fonts}>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += f"{number} 0 obj{body}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return f"{out}xref\n0 6\n0000000000 65535 f \n{table}{end}".encode()
