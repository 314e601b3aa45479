"""`fixnews order`: the order of a page in words, as JSON, and drawn over its scan."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from fixnews.formats.scans import scan_beside
from fixnews.positions import Reading
from tests.columns import (
    BEGINS,
    GOES_ON,
    LEFT,
    column,
    headline,
    interleaved,
    one_headline,
    tsv,
    upright,
)
from tests.papers import cases, hocr, hocr_line, hocr_word
from tests.toy import Ran, call

UNSURE = tsv(one_headline())
SURE = tsv(interleaved(column(LEFT, 0), column(GOES_ON, 1)))
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "A1.tsv").write_text(UNSURE, "utf-8")
    return tmp_path


def ordered(folder: Path, *arguments: str, file: str = "A1.tsv") -> Ran:
    return call("order", file, *arguments, cwd=folder)


def told(folder: Path, *arguments: str) -> Any:
    [page] = json.loads(ordered(folder, "--format", "json", *arguments).stdout)
    return page


def drawn(folder: Path, *arguments: str, file: str = "A1.tsv") -> ElementTree.Element:
    run = ordered(folder, "--format", "svg", *arguments, file=file)
    assert run.returncode == 0, run.stderr.decode()
    return ElementTree.fromstring(run.stdout)


def of_class(picture: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [one for one in picture.iter() if name in one.get("class", "").split()]


def numbers(picture: ElementTree.Element) -> list[str]:
    return [one.text or "" for one in picture.iter(f"{SVG}text") if one.text != "?"]


class TestInWords:
    def test_a_line_a_block_story_by_story(self, folder: Path) -> None:
        run = ordered(folder)
        assert run.returncode == 0
        assert [" ".join(line.split()) for line in run.stdout.decode().split("\n")] == [
            "A1.tsv, page 1: 3 blocks in 2 stories, 1 place not sure",
            "",
            "story 1",
            "1 headline 150,40–310,84 水库放水",
            f"2 text 50,100–290,332 {LEFT[0][2:]} … {LEFT[-1]}",
            "not sure: a story ends here; it may go on in 3 (margin 0.4)",
            "",
            "story 2",
            f"3 text 330,100–570,332 {BEGINS[0][2:]} … {BEGINS[-1]}",
            "",
            "",
        ]

    def test_or_as_the_file_has_them(self, folder: Path) -> None:
        lines = ordered(folder, "--reading-order", "file").stdout.decode().split("\n")
        assert lines[0] == "A1.tsv, page 1: 17 blocks in the order of the file"
        assert [line.split()[-1] for line in lines[1:4]] == ["水库放水", LEFT[0][2:], BEGINS[0][2:]]

    def test_vertical_lines(self, folder: Path) -> None:
        (folder / "A1.tsv").write_text(tsv(upright(one_headline())), "utf-8")
        lines = ordered(folder).stdout.decode().split("\n")
        assert lines[0] == "A1.tsv, page 1: 3 blocks in 2 stories, vertical lines, 1 place not sure"
        assert lines[3].split()[2] == "616,150–660,310"

    def test_a_page_of_standard_input(self, folder: Path) -> None:
        run = call("order", cwd=folder, stdin=SURE.encode())
        assert run.stdout.decode().startswith("<stdin>, page 1: 2 blocks in 1 story\n")


class TestAsJson:
    def test_blocks_with_their_boxes(self, folder: Path) -> None:
        page = told(folder)
        assert (page["path"], page["sheet"], page["width"], page["order"]) == (
            "A1.tsv", 1, 700, "found",
        )  # fmt: skip
        blocks = [(b["number"], b["story"], b["kind"], b["box"]) for b in page["blocks"]]
        assert blocks == [
            (1, 1, "headline", [150, 40, 310, 84]),
            (2, 1, "text", [50, 100, 290, 332]),
            (3, 2, "text", [330, 100, 570, 332]),
        ]
        assert page["blocks"][1]["lines"][1] == {"text": LEFT[1], "box": [50, 130, 290, 152]}

    def test_links_and_rivals(self, folder: Path) -> None:
        page = told(folder)
        assert page["links"] == [[1, 2]]
        assert page["unsure"] == [{"from": 2, "to": None, "rival": 3, "margin": 0.35}]

    def test_where_a_story_may_end_there_is_no_rival_to_name(self, folder: Path) -> None:
        ends = (*LEFT[:-1], "又在两岸种下一千棵树苗。")
        over_the_first = headline("放水", 130, 40)
        rows = interleaved(column(ends, 0), column(BEGINS, 1), over_the_first)
        (folder / "A1.tsv").write_text(tsv(rows), "utf-8")
        [seam] = told(folder)["unsure"]
        assert (seam["from"], seam["to"], seam["rival"]) == (2, 3, None)

    def test_no_story_is_known_of_the_order_of_the_file(self, folder: Path) -> None:
        page = told(folder, "--reading-order", "file")
        assert (page["order"], page["links"], page["unsure"]) == ("file", [], [])


class TestDrawn:
    def test_every_line_and_block(self, folder: Path) -> None:
        picture = drawn(folder)
        assert len(of_class(picture, "line")) == 17
        assert len(of_class(picture, "block")) == 3
        assert len(of_class(picture, "headline")) == 1
        assert numbers(picture) == ["1", "2", "3"]

    def test_stories_have_colours_of_their_own(self, folder: Path) -> None:
        one, two, three = (block.get("fill") for block in of_class(drawn(folder), "block"))
        assert one == two != three

    def test_an_arrow_leads_to_what_is_read_next(self, folder: Path) -> None:
        (folder / "A1.tsv").write_text(SURE, "utf-8")
        picture = drawn(folder)
        assert [one.get("d") for one in of_class(picture, "link")] == ["M170.0 332.0 450.0 100.0"]
        assert of_class(picture, "unsure") == []

    def test_one_that_is_not_sure_is_dashed_and_asks(self, folder: Path) -> None:
        picture = drawn(folder)
        [link] = of_class(picture, "unsure")
        assert (link.get("d"), link.get("stroke")) == ("M170.0 332.0 450.0 100.0", "#d00")
        assert len(of_class(picture, "link")) == 1
        assert [one.text for one in picture.iter(f"{SVG}text")].count("?") == 1
        titles = [one.text for one in picture.iter(f"{SVG}title")]
        assert "2: may go on in 3 (margin 0.4)" in titles

    def test_vertical_lines_stand_where_they_stood(self, folder: Path) -> None:
        (folder / "A1.tsv").write_text(tsv(upright(one_headline())), "utf-8")
        picture = drawn(folder)
        sides = [float(one.get("x") or 0) for one in of_class(picture, "block")]
        assert sides == [616, 368, 368]
        [link] = of_class(picture, "unsure")
        assert link.get("d") == "M368.0 170.0 600.0 450.0"

    def test_what_was_read_never_becomes_markup(self, folder: Path) -> None:
        name = "a<b>&.hocr"
        said = hocr_word("&lt;g onload=x&gt;&amp;\x0b头版")
        (folder / name).write_text(hocr(hocr_line(said)), "utf-8")
        picture = drawn(folder, file=name)
        titles = [one.text or "" for one in picture.iter(f"{SVG}title")]
        assert titles[0] == f"{name}, page 1"
        assert "<g onload=x>&" in titles[1]
        assert all(one.get("onload") is None for one in picture.iter())

    def test_a_page_without_words(self, folder: Path) -> None:
        (folder / "A1.tsv").write_text(tsv([]), "utf-8")
        assert numbers(drawn(folder)) == []

    def test_nothing_is_fetched_from_anywhere(self, folder: Path) -> None:
        text = ordered(folder, "--format", "svg").stdout.decode()
        assert re.findall(r"\w+://[^\"' ]+", text) == ["http://www.w3.org/2000/svg"]


class TestTheScan:
    def test_lies_behind_the_boxes_as_large_as_the_page(self, folder: Path) -> None:
        (folder / "A1.png").write_bytes(b"")
        [image] = drawn(folder).iter(f"{SVG}image")
        assert [image.get(key) for key in ("href", "width", "height")] == ["A1.png", "700", "500"]

    def test_is_found_from_where_the_picture_lies(self, folder: Path) -> None:
        (folder / "A1.png").write_bytes(b"")
        (folder / "out").mkdir()
        assert ordered(folder, "--svg", "out/a.svg").returncode == 0
        [image] = ElementTree.parse(folder / "out/a.svg").iter(f"{SVG}image")
        assert image.get("href") == "../A1.png"

    def test_is_no_pattern_and_no_address(self, folder: Path) -> None:
        (folder / "A 1#?.tsv").write_text(UNSURE, "utf-8")
        (folder / "A 1#?.png").write_bytes(b"")
        [image] = drawn(folder, file="A 1#?.tsv").iter(f"{SVG}image")
        assert image.get("href") == "A%201%23%3F.png"

    @pytest.mark.parametrize(
        ("named", "there", "alone", "found"),
        cases([
            ("p/s.png", "p/s.png", True, "p/s.png", "the path that the file names, below it"),
            ("/scans/s.png", "s.png", True, "s.png", "a path of another machine: the name counts"),
            ("C:\\scans\\s.png", "s.png", True, "s.png", "also from Windows"),
            ("", "A1.jpg", True, "A1.jpg", "a picture of the file's name"),
            ("", "A1.alto.png", True, "A1.alto.png", "with one suffix less"),
            ("s.png", "A1.jpg", True, "A1.jpg", "what is named is not there"),
            ("", "A1.jpg", False, None, "which of several pages it shows, nobody knows"),
            ("../s.png", "../s.png", True, None, "outside the folder nothing is looked for"),
            ("s.tif", "s.tif", True, None, "a browser does not show it"),
            ("", "B1.jpg", True, None, "a picture of another page"),
            ("x" * 5000 + ".png", "B1.jpg", True, None, "no name that a file can have"),
            ("a\0.png", "B1.jpg", True, None, "nor this"),
        ]),
    )  # fmt: skip
    def test_where_it_is_looked_for(
        self, tmp_path: Path, named: str, there: str, alone: bool, found: str | None
    ) -> None:
        home = tmp_path / "issue"
        home.mkdir()
        (home / there).parent.mkdir(exist_ok=True)
        (home / there).write_bytes(b"")
        seen = scan_beside(home / "A1.alto.xml", Reading((), scan=named), alone=alone)
        assert seen == (home / found if found else None)


class TestFiles:
    def test_one_picture(self, folder: Path) -> None:
        run = ordered(folder, "--svg", "a.svg")
        assert (run.returncode, run.stdout, run.stderr) == (0, b"", b"wrote a.svg\n")
        assert ElementTree.parse(folder / "a.svg").getroot().tag == f"{SVG}svg"

    def test_a_picture_a_page_into_a_folder(self, folder: Path) -> None:
        (folder / "A2.tsv").write_text(tsv(one_headline(), one_headline()), "utf-8")
        (folder / "A1.hocr").write_text(hocr(hocr_line(hocr_word("头版"))), "utf-8")
        run = call("order", "A1.tsv", "A1.hocr", "A2.tsv", "-o", "out", cwd=folder)
        assert run.returncode == 0
        assert sorted(one.name for one in (folder / "out").iterdir()) == [
            "A1.hocr.svg", "A1.tsv.svg", "A2.tsv-1.svg", "A2.tsv-2.svg",
        ]  # fmt: skip

    def test_a_folder_of_pages(self, folder: Path) -> None:
        (folder / "A2.tsv").write_text(SURE, "utf-8")
        pages = json.loads(call("order", ".", "--format", "json", cwd=folder).stdout)
        assert [page["path"] for page in pages] == ["A1.tsv", "A2.tsv"]


REFUSED: dict[str, tuple[Sequence[str], str]] = {
    "a page of text": (["T.txt"], "T.txt: a page of text: its lines have no places on paper"),
    "a file of another format": (["A1.tsv", "--input-format", "alto"], "leave out --input-format"),
    "a page that is read as text": (["A1.tsv", "--input-format", "text"], "A1.tsv: a page of text"),
    "no such file": (["B9.tsv"], "B9.tsv: no such file"),
    "several pages in one picture": (["A2.tsv", "--svg", "a.svg"], "a.svg takes one picture"),
    "several on standard output": (["A2.tsv", "--format", "svg"], "-o DIR takes all"),
    "a file and a folder": (["A1.tsv", "--svg", "a.svg", "-o", "out"], "--svg stands beside -o"),
    "rows and a picture": (["A1.tsv", "--format", "json", "-o", "out"], "call once for each"),
    "a picture into a folder": (["A1.tsv", "--svg", "."], ".: a folder, not a file"),
    "a folder that is a file": (["A1.tsv", "-o", "T.txt"], "T.txt: a file, not a folder"),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_what_is_refused_says_why(folder: Path, reason: str) -> None:
    (folder / "T.txt").write_text("头版。\n", "utf-8")
    (folder / "A2.tsv").write_text(tsv(one_headline(), one_headline()), "utf-8")
    arguments, said = REFUSED[reason]
    run = call("order", *arguments, cwd=folder)
    assert run.returncode == 2
    assert said in run.stderr.decode()
    assert not list(folder.glob("*.svg"))


def test_the_others_are_shown_all_the_same(folder: Path) -> None:
    (folder / "T.txt").write_text("头版。\n", "utf-8")
    run = call("order", "T.txt", "A1.tsv", cwd=folder)
    assert run.returncode == 2
    assert run.stdout.decode().startswith("A1.tsv, page 1: ")


def test_no_file_is_changed(folder: Path) -> None:
    ordered(folder, "-o", "out")
    assert (folder / "A1.tsv").read_text("utf-8") == UNSURE
