"""The command line over files of recognisers, with a toy chain."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from fixnews.outputs import LIST as RECORD
from tests.papers import alto, alto_line, alto_word, hocr, hocr_line, hocr_word, pdf, row, tsv
from tests.test_report_machines import check_against
from tests.toy import call

ODD = hocr(
    hocr_line(hocr_word("头版,", name="w1"))
    + "\n"
    + hocr_line(hocr_word("喜迎经", "bbox 10 40 50 60", "w2"))
    + "\n"
    + hocr_line(hocr_word("济,好", "bbox 10 70 50 90", "w3"))
)
RIGHT = ODD.replace("头版,", "头版，").replace("济,好", "济，好")
TEXT = "头版，\n喜迎经济，好\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "A1.hocr").write_text(ODD, "utf-8")
    return tmp_path


class TestFix:
    @pytest.mark.parametrize("form", [(), ("--output-format", "text")])
    def test_to_standard_output_it_is_text(self, folder: Path, form: tuple[str, ...]) -> None:
        run = call("fix", "A1.hocr", *form, cwd=folder)
        assert (run.returncode, run.stdout.decode()) == (0, TEXT)
        said = "A1.hocr: 2 applied, 1 in the text only\n1 seen, 1 repaired, 0 passed over\n"
        assert run.stderr.decode() == said

    def test_or_the_same_format(self, folder: Path) -> None:
        run = call("fix", "A1.hocr", "--output-format", "same", cwd=folder)
        assert run.stdout.decode() == RIGHT

    def test_or_a_story_a_line(self, folder: Path) -> None:
        run = call("fix", "A1.hocr", "--output-format", "jsonl", cwd=folder)
        rows = [json.loads(line) for line in run.stdout.splitlines()]
        assert [key in rows[0] for key in ("headline", "byline", "text", "boxes")] == [True] * 4
        assert rows[0]["text"] == "头版，\n\n喜迎经济，好\n" or "喜迎经济，好" in rows[-1]["text"]
        assert all(len(r["paragraph_boxes"]) == len(r["paragraphs"]) for r in rows)
        boxes = [box for told in rows for box in told["boxes"]]
        assert {box["path"] for box in boxes} == {"A1.hocr"}
        assert all(box["sheet"] == 1 and len(box["box"]) == 4 for box in boxes)

    def test_from_standard_input(self, folder: Path) -> None:
        assert call("fix", cwd=folder, stdin=ODD.encode()).stdout.decode() == TEXT

    def test_in_place_and_a_second_time(self, folder: Path) -> None:
        file = folder / "A1.hocr"
        assert call("fix", "-w", "A1.hocr", cwd=folder).returncode == 0
        assert file.read_text("utf-8") == RIGHT
        before = file.stat().st_mtime_ns, file.stat().st_ino
        run = call("fix", "-w", "-v", "--exit-non-zero-on-fix", "A1.hocr", cwd=folder)
        assert run.returncode == 0
        assert b"wrote" not in run.stderr
        assert b"A1.hocr: 1 in the text only" in run.stderr
        assert (file.stat().st_mtime_ns, file.stat().st_ino) == before

    def test_undo_gives_every_byte_back(self, folder: Path) -> None:
        call("fix", "-w", "A1.hocr", cwd=folder)
        assert call("undo", cwd=folder).returncode == 0
        assert (folder / "A1.hocr").read_text("utf-8") == ODD

    @pytest.mark.parametrize(
        ("form", "name", "data"),
        [("text", "A1.txt", TEXT), ("same", "A1.hocr", RIGHT)],
    )
    def test_into_a_folder(self, folder: Path, form: str, name: str, data: str) -> None:
        run = call("fix", ".", "-o", "out", "--output-format", form, cwd=folder)
        assert run.returncode == 0
        assert {file.name for file in (folder / "out").iterdir()} == {name, RECORD}
        assert (folder / "out" / name).read_text("utf-8") == data

    def test_stories_into_a_folder(self, folder: Path) -> None:
        call("fix", ".", "-o", "out", "--output-format", "jsonl", cwd=folder)
        told = (folder / "out" / "A1.jsonl").read_text("utf-8").splitlines()
        assert json.loads(told[0])["id"] == "A1-1"

    @pytest.mark.parametrize("form", ["text", "jsonl"])
    def test_in_place_there_is_one_format(self, folder: Path, form: str) -> None:
        run = call("fix", "-w", "A1.hocr", "--output-format", form, cwd=folder)
        assert run.returncode == 2
        assert (folder / "A1.hocr").read_text("utf-8") == ODD

    def test_text_stays_what_it_was(self, folder: Path) -> None:
        (folder / "A2.txt").write_text("二版,好\n", "utf-8")
        for form in ("text", "same"):
            run = call("fix", "A2.txt", "--output-format", form, cwd=folder)
            assert run.stdout.decode() == "二版，好\n"

    def test_as_text_if_told_so(self, folder: Path) -> None:
        run = call("fix", "A1.hocr", "--input-format", "text", cwd=folder)
        assert run.returncode == 2
        assert "hOCR" in run.stderr.decode()

    def test_a_format_that_it_is_not(self, folder: Path) -> None:
        (folder / "A2.txt").write_text("二版,好\n", "utf-8")
        run = call("fix", "A2.txt", "--input-format", "alto", cwd=folder)
        assert (run.returncode, run.stdout) == (2, b"")
        assert "A2.txt: no ALTO, versions 1 to 4 (leave out --input-format)" in run.stderr.decode()

    def test_a_file_that_is_broken_is_left_and_the_others_are_done(self, folder: Path) -> None:
        (folder / "A2.hocr").write_text(ODD[:-30], "utf-8")
        run = call("fix", "-w", ".", cwd=folder)
        assert run.returncode == 2
        assert "A2.hocr:" in run.stderr.decode()
        assert (folder / "A1.hocr").read_text("utf-8") == RIGHT
        assert (folder / "A2.hocr").read_text("utf-8") == ODD[:-30]

    def test_a_passage_that_is_carried_stays_where_it_is_in_the_file(self, folder: Path) -> None:
        head = hocr(hocr_line(hocr_word("头条◇")))
        tail = hocr(hocr_line(hocr_word("◆尾,好")))
        (folder / "A1.hocr").write_text(head, "utf-8")
        (folder / "A2.hocr").write_text(tail, "utf-8")
        run = call("fix", ".", "-o", "out", cwd=folder)
        assert run.returncode == 0
        assert (folder / "out" / "A1.txt").read_text("utf-8").startswith("头条尾，好")
        call("fix", "-w", ".", cwd=folder)
        assert (folder / "A1.hocr").read_text("utf-8") == head
        assert (folder / "A2.hocr").read_text("utf-8") == tail.replace(",", "，")

    def test_a_pdf_is_not_written(self, folder: Path) -> None:
        pytest.importorskip("pypdfium2", reason="the extra fixnews[pdf] is not installed")
        (folder / "A1.pdf").write_bytes(pdf("A4 one"))
        assert call("fix", "A1.pdf", cwd=folder).stdout == b"A4 one\n"
        assert call("fix", "-w", "A1.pdf", cwd=folder).returncode == 0
        assert (folder / "A1.pdf").read_bytes() == pdf("A4 one")


class TestReports:
    def test_exit_code_says_whether_the_file_would_change(self, folder: Path) -> None:
        assert call("check", "A1.hocr", cwd=folder).returncode == 1
        (folder / "A1.hocr").write_text(RIGHT, "utf-8")
        run = call("check", "A1.hocr", "--format", "jsonl", cwd=folder)
        assert run.returncode == 0
        assert [json.loads(line)["code"] for line in run.stdout.splitlines()] == ["BRK101"]

    def test_rows_name_words_and_boxes(self, folder: Path) -> None:
        run = call("check", "A1.hocr", "--format", "jsonl", cwd=folder)
        rows = [json.loads(line) for line in run.stdout.splitlines()]
        for told in rows:
            check_against("row", told)
        comma, join, _ = rows
        assert comma["words"] == ["w1"]
        assert comma["box"][0] > 10
        assert comma["box"][2:] == [50, 30]
        assert comma["sheet"] == 1
        assert join["before"] == "\n"
        assert "words" not in join

    def test_rows_of_a_text_do_not(self, folder: Path) -> None:
        (folder / "A2.txt").write_text("二版,好\n", "utf-8")
        run = call("check", "A2.txt", "--format", "jsonl", cwd=folder)
        assert not {"words", "box", "sheet"} & set(json.loads(run.stdout))

    def test_lines_for_people(self, folder: Path) -> None:
        run = call("check", "A1.hocr", "--format", "concise", cwd=folder)
        first = run.stdout.decode().split("\n")[0]
        assert first == "A1.hocr:1:3: PUN101 half-width a half-width comma [w1 42,10–50,30]"

    def test_sarif(self, folder: Path) -> None:
        log = json.loads(call("check", "A1.hocr", "--format", "sarif", cwd=folder).stdout)
        check_against("sarif", log)
        first = log["runs"][0]["results"][0]
        assert first["locations"][0]["logicalLocations"] == [{"name": "w1"}]
        assert first["properties"]["box"][1:] == [10, 50, 30]

    @pytest.mark.parametrize("form", ["full", "github", "rdjson"])
    def test_others_say_it_in_words(self, folder: Path, form: str) -> None:
        run = call("check", "A1.hocr", "--format", form, cwd=folder)
        assert "[w1 42,10–50,30]" in run.stdout.decode()

    def test_a_diff_that_git_applies(self, folder: Path) -> None:
        run = call("diff", "A1.hocr", cwd=folder)
        assert run.returncode == 1
        subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
        subprocess.run(["git", "apply"], input=run.stdout, cwd=folder, check=True)
        assert (folder / "A1.hocr").read_text("utf-8") == RIGHT

    def test_no_diff_where_only_the_text_changes(self, folder: Path) -> None:
        (folder / "A1.hocr").write_text(RIGHT, "utf-8")
        run = call("diff", "A1.hocr", cwd=folder)
        assert (run.returncode, run.stdout) == (0, b"")

    def test_what_is_odd_is_said_to_those_who_ask(self, folder: Path) -> None:
        (folder / "A1.hocr").write_text(hocr(hocr_line(hocr_word("江", ""), "")), "utf-8")
        note = "A1.hocr: page 1: no positions: read in the order of the file"
        assert note in call("check", "-v", "A1.hocr", cwd=folder).stderr.decode()
        assert note not in call("check", "A1.hocr", cwd=folder).stderr.decode()


WALKED = [
    ({"A1.hocr": ODD}, ["A1.hocr"]),
    ({"A1.hocr": ODD, "A1.txt": "头版"}, ["A1.txt"]),
    ({"A1.hocr": ODD, "B.txt": "头版"}, ["B.txt"]),
    ({"A1.xml": alto(alto_line(alto_word("江"))), "b.xml": "<rss/>"}, ["A1.xml"]),
    ({"A1.json": '[[[1, 2, 3, 4], "江", 1]]', "b.json": '{"a": "江"}'}, ["A1.json"]),
    ({"A1.tsv": tsv(row("江")), "b.tsv": "a\tb\n"}, ["A1.tsv"]),
    ({"A1.html": ODD, "b.html": "<p>江</p>"}, ["A1.html"]),
    ({"A1.hocr": ODD, "A1.alto.xml": alto(alto_line(alto_word("江")))}, ["A1.alto.xml"]),
    ({"A1.bak": ODD, "A2.hocr": ODD}, ["A2.hocr"]),
]


@pytest.mark.parametrize(("files", "taken"), WALKED)
def test_which_files_of_a_folder(tmp_path: Path, files: dict[str, str], taken: list[str]) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    call("fix", ".", "-o", "out", "--output-format", "same", cwd=tmp_path)
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == sorted([RECORD, *taken])


def test_a_folder_without_a_page_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "b.xml").write_text("<rss/>", "utf-8")
    assert call("fix", ".", "-o", "out", cwd=tmp_path).returncode == 2
