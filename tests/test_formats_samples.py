"""The page of samples/formats: the same text out of every format, and the same words put right."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from fixnews import fix
from tests.pages import ROOT, SAMPLES

FOLDER = SAMPLES / "formats"
TRUTH = (FOLDER / "truth" / "A1.txt").read_text("utf-8")
FILES = ("A1.hocr", "A1.alto.xml", "A1.page.xml", "A1.tsv", "A1.json")
"""The JSON goes by rows; the other files column by column."""

HALF = ","


def prose(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", FILES)
def test_the_text(name: str) -> None:
    assert fix(FOLDER / name).text == TRUTH


@pytest.mark.parametrize("name", FILES)
def test_the_file(name: str) -> None:
    done = fix(FOLDER / name)
    assert done.file is not None
    assert "," in prose(done.source.text)
    again = fix(done.file, path=name)
    assert "," not in again.source.text
    assert sorted(prose(again.source.text)) == sorted(prose(TRUTH))
    assert again.file == done.file


def test_the_text_layer_of_a_pdf() -> None:
    pytest.importorskip("pypdfium2", reason="the extra fixnews[pdf] is not installed")
    assert prose(fix(FOLDER / "A1.pdf").text) == prose(TRUTH)


def test_lines_of_json_have_the_boxes_of_their_characters() -> None:
    source = fix(FOLDER / "A1.json").source
    assert source.positions
    [reading] = source.positions.readings
    assert all(len(line.words[0].cells) == len(line.words[0].text) for line in reading.lines)
    rows = json.loads((FOLDER / "A1.json").read_text("utf-8"))
    assert [row[1] for row in rows] == [line.words[0].text for line in reading.lines]


def test_every_level_of_page_agrees() -> None:
    etree = pytest.importorskip("lxml.etree", reason="lxml, of the extra dev, is not installed")
    tree = etree.fromstring(fix(FOLDER / "A1.page.xml").file)
    space = {"p": etree.QName(tree).namespace}
    for region in tree.iterfind(".//p:TextRegion", space):
        lines = region.findall("p:TextLine", space)
        said = [line.findtext("p:TextEquiv/p:Unicode", None, space) for line in lines]
        assert region.findtext("p:TextEquiv/p:Unicode", None, space) == "\n".join(said)
        for line, text in zip(lines, said, strict=True):
            words = line.iterfind("p:Word/p:TextEquiv/p:Unicode", space)
            assert "".join(word.text for word in words) == text
            assert HALF not in text


def test_they_are_what_the_script_sets(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("set", ROOT / "scripts" / "set_formats.py")
    assert spec
    assert spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    script.main(tmp_path)
    for file in tmp_path.iterdir():
        assert file.read_bytes() == (FOLDER / file.name).read_bytes(), file.name
