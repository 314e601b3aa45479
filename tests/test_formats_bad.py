"""Files of recognisers that are broken, hostile or odd: a message that helps, never a traceback."""

from __future__ import annotations

import builtins
import gzip
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest

from fixnews.errors import FixnewsError, PageError
from fixnews.in_place import patched
from fixnews.positions import NOWHERE
from tests.pages import SAMPLES
from tests.papers import (
    TWO,
    alto,
    alto_line,
    alto_word,
    cases,
    hocr,
    hocr_line,
    hocr_word,
    level,
    page,
    page_xml,
    pdf,
    region,
    row,
    tsv,
)

ALTO = alto(alto_line(alto_word("江城")))
HOCR = hocr(hocr_line(TWO))
PAGE = page_xml(region(level("TextLine", "江城")))
ROWS = '[[[1, 2, 3, 4], "江城", 0.9],\n [[1, 2, 3, 4], "晚报", 0.9]]'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))

REFUSED = [
    (ALTO[:-60], "p:1: the file is cut off", "ALTO without its end"),
    (ALTO[: ALTO.index("江")], "p:1: the file is cut off", "ALTO cut inside a word"),
    (PAGE[:-40], "p:1: the file is cut off", "PAGE without its end"),
    (HOCR[:-40], "p:1: the file is cut off", "hOCR without its end"),
    (HOCR[:-70], "p:1: the file is cut off", "hOCR cut inside a line"),
    (ROWS[:-12], "p:2: not JSON", "JSON cut off"),
    (tsv(row("江"), "5\t1\t1"), "p:3: 3 columns, not 12", "TSV cut off"),
    (gzip.compress(ALTO.encode())[:-20], "the gzip is cut off", "gzip cut off"),
    (gzip.compress(ALTO.encode())[:12] + b"x" * 40, "broken gzip", "gzip broken"),
    (f'<!DOCTYPE alto [<!ENTITY l0 "haha">{LAUGHS}]>' + ALTO.replace("江", "&l9;"),
     "declarations inside", "a billion laughs"),
    (f'<!DOCTYPE alto [<!ENTITY x "{"x" * 999}">]>' + ALTO.replace("江", "&x;" * 999),
     "declarations inside", "one large entity many times"),
    ('<!DOCTYPE alto [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + ALTO.replace("江", "&x;"),
     "declarations inside", "an entity that is a file"),
    ('<!DOCTYPE alto [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x">%x;]>' + ALTO,
     "declarations inside", "declarations from elsewhere"),
    ('<!DOCTYPE html [<!ENTITY x "y">]>' + HOCR, "declarations inside", "the same in hOCR"),
    (ALTO.replace("江", "&nbsp;"), "undefined entity", "an entity that is not there"),
    (ALTO.replace("江", "&"), "not well-formed XML", "an ampersand alone"),
    (ALTO.replace("江", "<"), "not well-formed XML", "an angle alone"),
    (ALTO.replace("江", "\x01"), "not well-formed XML", "a control character"),
    (ALTO.replace("CONTENT=", 'CONTENT="河" CONTENT='), "duplicate attribute", "two contents"),
    (ALTO.replace("</TextLine>", "</TextBlock>"), "mismatched tag", "tags crossed"),
    (hocr(f"<!-- {hocr_line(TWO)}"), "p:1: the file is cut off", "a comment that never ends"),
    ("\n\n" + ALTO.replace("</TextLine>", "</TextBlock>"), "p:3:", "the line is named"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "problem"), cases(REFUSED))
def test_what_is_broken_is_refused(data: str | bytes, problem: str) -> None:
    with pytest.raises(PageError) as caught:
        page(data)
    assert problem in caught.value.problem
    assert caught.value.problem.startswith("p:")
    assert caught.value.remedy


READ = [
    ('<!DOCTYPE alto SYSTEM "http://127.0.0.1:1/alto.dtd">' + ALTO, "江城\n", "a type elsewhere"),
    (hocr(hocr_line(hocr_word("&nbsp;江&copy;"))), "\xa0江©\n", "entities of HTML in hOCR"),
    (hocr("</span></p>" + hocr_line(TWO)), "江城晚报\n", "end tags without an element"),
    (hocr(hocr_line(hocr_line(TWO))), "江城晚报\n", "lines in lines"),
    (hocr(hocr_word(hocr_line("江"))), "江\n", "a line in a word"),
    (hocr(hocr_line(hocr_word("江 < 城 & 河"))), "江 < 城 & 河\n", "signs that were not escaped"),
    (alto('<Glyph CONTENT="a"/>'), "", "a glyph outside a word"),
    (alto(alto_line('<String ID="a"/>')), "", "a word that says nothing"),
    ('<alto/>', "", "no page"),
    (page_xml(region(level("Word", "江"))), "江\n", "PAGE: a word outside a line"),
    (page_xml(level("TextLine", "江")), "江\n", "a line outside a region"),
    (page_xml(level("Word", "江")), "江\n", "a word outside both"),
    (page_xml(region('<TextLine id="a"><TextEquiv/></TextLine>')), "", "a reading of nothing"),
    ('[[[1, 2, 3, 4], "\\ud800江", 1]]', "\ufffd江\n", "half of a character"),
    ('[[[1, 2, 3, 4], "江", 1], 5, null, "城", {"a": []}]', "江\n", "other things in a list"),
    ('{"rec_texts": ["江", null, "城"], "rec_polys": [[1, 2, 3, 4], 5, []], "rec_scores": [1]}',
     "江\n城\n", "lists that do not fit"),
    (tsv("5\t1\t1\t1\t1\t1\tnan\t1\tinf\t-5\tx\t江"), "江\n", "numbers that are none"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "text"), cases(READ))
def test_what_is_odd_is_read(data: str, text: str) -> None:
    assert page(data).text == text


PLACELESS = [
    ('[[[], "江", 1]]', "an empty box"),
    ('[[[1, 2], "江", 1]]', "half a box"),
    ('[[[NaN, 1, 2, 3], "江", NaN]]', "not a number"),
    ('[[[[1e999, 1], [2, 3]], "江", 1e999]]', "infinite"),
    (page_xml(region('<TextLine id="a"><Coords points="a,b c 1,2,3"/><TextEquiv><Unicode>江'
     "</Unicode></TextEquiv></TextLine>")), "points that are none"),
    (ALTO.replace("HPOS", "X"), "ALTO without HPOS"),
]  # fmt: skip


@pytest.mark.parametrize("data", cases(PLACELESS))
def test_boxes_that_are_none_are_said(data: str) -> None:
    known = page(data, input_format="json" if data.startswith("[") else "auto").positions
    assert known
    [reading] = known.readings
    assert reading.lines[0].words[0].box == NOWHERE
    assert any("no positions" in note for note in reading.notes)


DEEP = 50_000


@pytest.mark.parametrize(
    "data",
    [
        "[" * DEEP,
        "[" * 900 + '[[0, 0, 9, 9], "城", 1]' + "]" * 900,
        '{"a":' * DEEP,
        "<alto>" + "<ComposedBlock>" * DEEP + "</ComposedBlock>" * DEEP + "</alto>",
        "<div class='ocr_page'>" + "<div>" * DEEP + "</p>" * DEEP,
    ],
    ids=["lists", "rows", "objects", "XML", "HTML"],
)
def test_depth_brings_nothing_down(data: str) -> None:
    with suppress(FixnewsError):
        assert page(data).text in ("", data)


PIECES = (
    b"<", b">", b'"', b"&", b"\x00", b"\xff", b"]]>", b"<!--", b"</span>", b"</TextLine>",
    b"[", b"]", b"{", b",", b"\t", b"\n", b"NaN", b"<![CDATA[", b"&#xD800;", b"\\ud800", b"<Word>",
)  # fmt: skip
TRIALS = 60


@pytest.mark.parametrize("file", sorted((SAMPLES / "formats").glob("A1.*")), ids=lambda f: f.name)
def test_damage_brings_nothing_down(file: Path) -> None:
    """Bytes gone, put in, said twice or cut off: an error that helps, or the file given back."""
    if file.suffix == ".pdf":
        pytest.importorskip("pypdfium2", reason="the extra fixnews[pdf] is not installed")
    whole, random = file.read_bytes(), Random(file.name)
    for _ in range(TRIALS):
        at, other = random.randrange(len(whole)), random.randrange(len(whole))
        data = random.choice((
            whole[:at] + random.choice(PIECES) + whole[at:],
            whole[:at] + whole[at + random.randint(1, 60) :],
            whole[:at] + whole[other : other + 200] + whole[at:],
            whole[:at],
        ))  # fmt: skip
        with suppress(FixnewsError):
            source = page(data)
            assert source.positions is None or patched(source, ()) == data


LONG = 200_000


@pytest.mark.parametrize("piece", ["<a ", "<a '", '<a "', "<!--", "<![CDATA[", "a", "a='", "</a"])
def test_length_brings_nothing_down(piece: str) -> None:
    inner = piece * (LONG // len(piece))
    for data in (hocr(inner), hocr(f"<p {inner}>"), hocr(hocr_line(inner))):
        with suppress(FixnewsError):
            assert page(data).positions


def test_a_pdf_needs_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def lacking(name: str, *rest: Any) -> Any:
        if name == "pypdfium2":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", lacking)
    with pytest.raises(PageError, match=r"fixnews\[pdf\]"):
        page(pdf("A4"))


@pytest.mark.parametrize(("data", "problem"), [(b"%PDF-1.4 x", "no PDF"), (pdf(), "no text")])
def test_a_pdf_that_says_nothing(data: bytes, problem: str) -> None:
    pytest.importorskip("pypdfium2", reason="the extra fixnews[pdf] is not installed")
    problem = problem.replace("no text", "without a text layer")
    with pytest.raises(PageError, match=problem):
        page(data)
