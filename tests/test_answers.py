"""Answers as a file: what was judged once is applied where it fits, and refused elsewhere."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from fixnews.answers import ACCEPT, EDIT, HEADER, REJECT, UNDO, Answer, Given, write_answers
from fixnews.errors import ConfigError, DataError, PageError
from tests.toy import call

PAGE = "党代会,奋进\n喜迎经\n济。形势稳注。\n尾声,完\n"
FIXED = "党代会，奋进\n喜迎经济。形势稳注。\n尾声，完\n"


def judged(folder: Path, *verdicts: str, path: str = "A1.txt", page: str = PAGE) -> list[Answer]:
    """The answers about a page, a verdict for each of its four corrections, `""` for none.

    A verdict that is none of the four is what was typed.
    """
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(page, "utf-8")
    call("check", "--exit-zero", "--write-baseline", "all.tsv", path, cwd=folder)
    rows = [row.split("\t") for row in (folder / "all.tsv").read_text("utf-8").split("\n")[1:-1]]
    (folder / "all.tsv").unlink()
    return [
        Answer(row[0], *_said(verdict), path, n, 1, row[1], row[3], row[4])
        for n, (row, verdict) in enumerate(zip(rows, verdicts, strict=True), 1)
        if verdict
    ]


def _said(verdict: str) -> tuple[str, str]:
    return (verdict, "") if verdict in (ACCEPT, REJECT, UNDO) else (EDIT, verdict)


def fixed(folder: Path, *paths: str, answers: Sequence[Answer]) -> tuple[int, str, str]:
    """How ``fix --answers`` ends, what it writes, what it says."""
    write_answers(folder / "answers.jsonl", answers)
    run = call("fix", "--answers", "answers.jsonl", *paths or ("A1.txt",), cwd=folder)
    return run.returncode, run.stdout.decode(), run.stderr.decode()


class TestFix:
    @pytest.mark.parametrize(
        ("verdicts", "page"),
        [
            (("", "", "", ""), FIXED),
            ((ACCEPT, ACCEPT, ACCEPT, ACCEPT), FIXED.replace("稳注", "稳定")),
            ((REJECT, REJECT, REJECT, REJECT), PAGE),
            ((REJECT, "", ACCEPT, ""), FIXED.replace("会，", "会,").replace("稳注", "稳定")),
            (("、", "", "稳健"[1:], ""), FIXED.replace("会，", "会、").replace("稳注", "稳健")),
            (("", " ", "", ""), FIXED.replace("喜迎经济", "喜迎经 济")),
            ((UNDO, UNDO, UNDO, UNDO), FIXED),
        ],
    )
    def test_table(self, tmp_path: Path, verdicts: tuple[str, ...], page: str) -> None:
        answers = judged(tmp_path, *verdicts)
        assert fixed(tmp_path, answers=answers)[:2] == (0, page)

    def test_the_last_word_holds(self, tmp_path: Path) -> None:
        first, last = judged(tmp_path, ACCEPT, "", "", ""), judged(tmp_path, REJECT, "", "", "")
        rows = "".join(json.dumps(_row(a)) + "\n" for a in (*first, *last))
        (tmp_path / "answers.jsonl").write_text(HEADER + rows, "utf-8")
        run = call("fix", "--answers", "answers.jsonl", "A1.txt", cwd=tmp_path)
        assert run.stdout.decode().startswith("党代会,")

    def test_it_holds_when_the_page_has_changed_elsewhere(self, tmp_path: Path) -> None:
        answers = judged(tmp_path, REJECT, "", ACCEPT, "")
        (tmp_path / "A1.txt").write_text(f"新加的一行。\n\n{PAGE}", "utf-8")
        code, page, _ = fixed(tmp_path, answers=answers)
        assert (code, page.count("，")) == (0, 1)
        assert "稳定" in page

    def test_what_fits_no_more_is_refused_and_the_rest_holds(self, tmp_path: Path) -> None:
        answers = judged(tmp_path, REJECT, "", ACCEPT, ACCEPT)
        (tmp_path / "A1.txt").write_text(PAGE.replace("形势稳注", "局面稳注"), "utf-8")
        code, page, said = fixed(tmp_path, answers=answers)
        assert (code, page) == (2, FIXED.replace("会，", "会,").replace("形势", "局面"))
        assert "A1.txt: an answer fits nothing on it any more: 3:1 OCR101 '注' → '定'" in said
        assert "judge it again" in said

    def test_a_rejection_of_what_is_gone_is_no_error(self, tmp_path: Path) -> None:
        answers = judged(tmp_path, REJECT, REJECT, REJECT, REJECT)
        (tmp_path / "A1.txt").write_text("好。\n", "utf-8")
        assert fixed(tmp_path, answers=answers)[:2] == (0, "好。\n")

    def test_applied_twice_it_says_so_and_changes_nothing(self, tmp_path: Path) -> None:
        write_answers(tmp_path / "a.jsonl", judged(tmp_path, ACCEPT, ACCEPT, ACCEPT, REJECT))
        for code in (0, 2):
            run = call("fix", "-w", "--answers", "a.jsonl", "A1.txt", cwd=tmp_path)
            assert run.returncode == code
            page = (tmp_path / "A1.txt").read_text("utf-8")
            assert page == "党代会，奋进\n喜迎经济。形势稳定。\n尾声,完\n"
        assert b"3 of its answers fit nothing on it any more" in run.stderr
        assert b"it was applied before" in run.stderr

    def test_files_of_one_name_are_told_apart_by_their_folders(self, tmp_path: Path) -> None:
        one = judged(tmp_path, REJECT, "", "", "", path="一/A1.txt")
        other = judged(tmp_path, "", "", ACCEPT, "", path="二/A1.txt", page=PAGE + "完\n")
        write_answers(tmp_path / "a.jsonl", [*one, *other])
        run = call("fix", "-w", "--answers", "a.jsonl", "一", "二", cwd=tmp_path)
        assert run.returncode == 0, run.stderr.decode()
        assert (tmp_path / "一/A1.txt").read_text("utf-8") == FIXED.replace("会，", "会,")
        assert (tmp_path / "二/A1.txt").read_text("utf-8") == FIXED.replace("稳注", "稳定") + "完\n"

    def test_from_another_folder(self, tmp_path: Path) -> None:
        write_answers(tmp_path / "a.jsonl", judged(tmp_path, REJECT, "", "", "", path="一/A1.txt"))
        run = call("fix", "--answers", "../a.jsonl", "A1.txt", cwd=tmp_path / "一")
        assert run.stdout.decode() == FIXED.replace("会，", "会,")

    def test_answers_about_other_pages_only_are_an_error(self, tmp_path: Path) -> None:
        answers = judged(tmp_path, ACCEPT, "", "", "", path="B7.txt")
        (tmp_path / "A1.txt").write_text(PAGE, "utf-8")
        code, page, said = fixed(tmp_path, answers=answers)
        assert (code, page) == (2, FIXED)
        assert "answers about other pages only, such as B7.txt" in said

    def test_some_about_other_pages_are_said(self, tmp_path: Path) -> None:
        other = judged(tmp_path, ACCEPT, "", "", "", path="B7.txt")
        code, _, said = fixed(tmp_path, answers=[*judged(tmp_path, ACCEPT, "", "", ""), *other])
        assert code == 0
        assert "1 answers are about pages that are not here" in said

    def test_on_many_processes(self, tmp_path: Path) -> None:
        names = [f"{n}/A1.txt" for n in range(3)]
        answers = [a for name in names for a in judged(tmp_path, REJECT, "", "", "", path=name)]
        write_answers(tmp_path / "a.jsonl", answers)
        run = call("fix", "-w", "-j", "2", "--answers", "a.jsonl", *names, cwd=tmp_path)
        assert run.returncode == 0, run.stderr.decode()
        assert {(tmp_path / n).read_text("utf-8")[:4] for n in names} == {"党代会,"}


def _row(answer: Answer) -> dict[str, object]:
    return {"key": answer.key, "verdict": answer.verdict, "path": answer.path}


class TestFile:
    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("", "a.jsonl: not a file of answers"),
            ("[]\n", "a.jsonl: not a file of answers"),
            ('{"fixnews": "answers", "version": 2}\n', "a.jsonl: not a file of answers"),
            (HEADER + "{}\n", "a.jsonl:2: not an answer"),
            (HEADER + "\n[1]\n", "a.jsonl:3: not an answer"),
            (HEADER + '{"key": "1", "verdict"\n', "a.jsonl:2: not an answer"),
            (HEADER + '{"key": "1", "verdict": "perhaps"}\n', "no such verdict: 'perhaps'"),
            (HEADER + '{"key": 1, "verdict": "accept"}\n', "a.jsonl:2: key is no str"),
            (HEADER + '{"key": "1", "verdict": "accept", "line": "3"}\n', "line is no int"),
            (
                HEADER + '{"key": "1", "verdict": "accept", "mood": ""}\n',
                "a.jsonl:2: not an answer",
            ),
        ],
    )
    def test_what_is_no_answer_is_named_by_its_line(
        self, tmp_path: Path, text: str, problem: str
    ) -> None:
        (tmp_path / "a.jsonl").write_text(text, "utf-8")
        with pytest.raises(ConfigError, match=problem.replace("(", r"\(")):
            Given.load(tmp_path / "a.jsonl")

    def test_a_missing_file_is_an_error(self, tmp_path: Path) -> None:
        with pytest.raises(DataError, match="answers: "):
            Given.load(tmp_path / "none.jsonl")

    @pytest.mark.parametrize("text", ["、", "\n", "\u2028", "\ud800", '"', "\\n", ""])
    def test_there_and_back(self, tmp_path: Path, text: str) -> None:
        answer = Answer("k", EDIT, text, "一/A1.txt", 3, 4, "PUN101", ",", "，")
        assert write_answers(tmp_path / "a.jsonl", [answer]) == 1
        assert list(Given.load(tmp_path / "a.jsonl").answers.values()) == [answer]

    def test_a_file_of_answers_is_replaced_and_no_other(self, tmp_path: Path) -> None:
        path = tmp_path / "a.jsonl"
        for _ in range(2):
            write_answers(path, [])
        path.write_text(PAGE, "utf-8")
        with pytest.raises(PageError):
            write_answers(path, [])
        assert path.read_text("utf-8") == PAGE
        write_answers(path, [], force=True)
        assert path.read_text("utf-8") == HEADER

    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            ("A1.txt", "A1.txt", True),
            ("一/A1.txt", "A1.txt", True),
            ("A1.txt", "/home/li/一/A1.txt", True),
            ("一/A1.txt", "二/A1.txt", False),
            ("报/一/A1.txt", "二/A1.txt", False),
            ("XA1.txt", "A1.txt", False),
            ("", "A1.txt", False),
        ],
    )
    def test_which_page_is_meant(self, one: str, other: str, same: bool) -> None:
        given = Given(Path("a.jsonl"), {(one, "k"): Answer("k", ACCEPT, path=one)})
        assert bool(given.of_page(other)) is same
        assert bool(given.elsewhere([other])) is not same
