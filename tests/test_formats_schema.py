"""ALTO that was patched is ALTO by its standard as it was before, whatever was changed in it."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from fixnews import formats, issue
from fixnews.config import Config
from fixnews.formats.rewording import rewordings
from tests.alto_standard import breaches
from tests.pages import SAMPLES, SHARED
from tests.papers import cases

FILES = [
    SAMPLES / "formats" / "A1.alto.xml",
    *sorted(SHARED.glob("geometry/*/*/tess_page.s2.alto.xml.gz")),
]


def place(left: int, top: int = 10) -> str:
    return f'HPOS="{left}" VPOS="{top}" WIDTH="40" HEIGHT="20"'


GLYPHS = "".join(
    f'<Glyph CONTENT="{c}" GC="0.9"><Variant CONTENT="{other}" VC="0.4"/></Glyph>'
    for c, other in ("江汪", "诚城")
)
CUT = 'SUBS_CONTENT="independent"'


def paper(version: int, words: str) -> str:
    """A page of two lines, the second cut at its end and read on in a third."""
    return (
        f'<alto xmlns="http://www.loc.gov/standards/alto/ns-v{version}#"><Description>'
        "<MeasurementUnit>pixel</MeasurementUnit></Description><Layout>"
        f'<Page ID="P1" PHYSICAL_IMG_NR="1"><PrintSpace {place(0)}>'
        f'<TextBlock ID="B1" {place(10)}><TextLine {place(10)}>{words}</TextLine>'
        f'<TextLine {place(10, 40)}><String CONTENT="inde" SUBS_TYPE="HypPart1" {CUT} '
        f'CC="0 0 0 0"/><HYP CONTENT="-"/></TextLine><TextLine {place(10, 70)}>'
        f'<String CONTENT="pendent" SUBS_TYPE="HypPart2" {CUT}/></TextLine>'
        "</TextBlock></PrintSpace></Page></Layout></alto>"
    )


def word(text: str, inner: str = "", more: str = "") -> str:
    return f'<String {place(10)} WC="0.9" CONTENT="{text}" {more}>{inner}</String>'


ALTERNATIVE = '<ALTERNATIVE PURPOSE="reading">江城</ALTERNATIVE>'
PLAIN = word("江诚", ALTERNATIVE, 'CC="0 3"') + "<SP/>" + word("晚报")
WITH_GLYPHS = word("江诚", ALTERNATIVE + GLYPHS, 'CC="0 3"') + "<SP/>" + word("晚报")
PAPERS = [
    (paper(2, PLAIN), "ALTO 2"),
    (paper(3, PLAIN), "ALTO 3"),
    (paper(4, PLAIN), "ALTO 4"),
    (paper(4, WITH_GLYPHS), "ALTO 4 with glyphs"),
]

CHANGES = [
    ("诚", "城", "one for another"),
    ("诚", "城城", "more than there were"),
    ("诚", "", "fewer"),
    ("江诚", "", "a whole word"),
    ("诚", "\U00020000", "a character of four bytes"),
    ("诚", '<&">', "marks of markup"),
    ("pend", "pemd", "a word that is cut at a line's end"),
]


@pytest.mark.parametrize(("data", "version"), [pytest.param(*row, id=row[1]) for row in PAPERS])
@pytest.mark.parametrize(("old", "new"), cases(CHANGES))
def test_a_change_keeps_the_standard(data: str, version: str, old: str, new: str) -> None:
    page = issue.page(data.encode(), "p", Config(reading_order="file"))
    assert page.positions
    at = page.text.index(old)
    changes = rewordings(page.positions, page.text, [(at, at + len(old), new)])
    written = formats.patch(page, changes)
    assert written != data.encode()
    assert breaches(data.encode()) == breaches(written) == [], version


@pytest.mark.parametrize("file", FILES, ids=lambda file: "/".join(file.parts[-3:]))
def test_files_at_hand_keep_it(file: Path) -> None:
    """Every seventh character of the page becomes another; every eleventh goes."""
    data = file.read_bytes()
    page = issue.page(data, "p", Config(reading_order="file"))
    assert page.positions
    stood = [n for slot in page.positions.slots for n in range(slot.start, slot.end)]
    changes = [(n, n + 1, "" if n % 11 == 0 else "囍") for n in stood if not n % 7 * (n % 11)]
    written = formats.patch(page, rewordings(page.positions, page.text, changes))
    plain = gzip.decompress if file.suffix == ".gz" else bytes
    assert written != data
    assert breaches(plain(data)) == breaches(plain(written)) == []


BROKEN = [
    (paper(3, WITH_GLYPHS), "String holds what it may not", "glyphs came with ALTO 4"),
    (paper(4, PLAIN).replace('CONTENT="晚报"', ""), "String lacks CONTENT", "a word without text"),
    (paper(4, PLAIN.replace("<SP/>", '<HYP CONTENT="-"/>')), "TextLine holds", "a hyphen inside"),
    (paper(4, PLAIN.replace("<SP/>", "<SP/><SP/>")), "TextLine holds", "two blanks"),
    (paper(4, WITH_GLYPHS.replace('="江"', '="江江"')), "is no one", "a glyph of two characters"),
    (paper(4, PLAIN.replace("0.9", "1.2")), "is no share", "surer than sure"),
    (paper(4, PLAIN.replace("WC=", "wc=")), "may not have wc", "an attribute of another name"),
    (paper(2, PLAIN).replace(f"<TextLine {place(10)}", "<TextLine"), "lacks", "no box in ALTO 2"),
    (paper(4, PLAIN).replace('<TextBlock ID="B1"', "<TextBlock"), "lacks ID", "no name"),
    (paper(4, ""), "TextLine holds", "a line without a word"),
]


@pytest.mark.parametrize(("data", "told"), cases(BROKEN))
def test_what_breaks_the_standard_is_seen(data: str, told: str) -> None:
    """So that the tests above can fail."""
    found = breaches(data.encode())
    assert found
    assert told in " ".join(found)
