"""The review: keys in, exact bytes out; nothing that was said is lost or comes back."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from fixnews.config import Config
from fixnews.console import Console
from fixnews.desk import Desk
from fixnews.issue import mend
from fixnews.report.stacked import View
from fixnews.review import ACCEPT, EDIT, REJECT, Answers, Review
from fixnews.review.prompt import DONE, WRITE, Dialogue, Lists
from fixnews.review.sitting import Sitting
from tests.toy import CHAIN, call

ROOT = Path(__file__).parent.parent
PATIENCE = 60
"""Seconds; a busy machine is slow, a hung tool waits for ever."""

PAGE = "党代会,奋进\n喜迎经\n济。形势稳注。\n尾声,完\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("fixnews.filters.CHAIN", CHAIN)
    monkeypatch.setenv("FIXNEWS_STATE", str(tmp_path / ".state"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "A1.txt").write_text(PAGE, "utf-8")
    return tmp_path


def review(*names: str) -> Review:
    paths, desk = [Path(name) for name in names or ("A1.txt",)], Desk()
    return Review(
        lambda decide, more: mend(paths, Config(), decide=decide, more=more, desk=desk),
        Answers(paths),
    )


class Keys:
    """A keyboard that has been typed on; ``<…>`` is a line."""

    def __init__(self, typed: str) -> None:
        self.typed = typed

    def key(self) -> str:
        pressed, self.typed = self.typed[:1], self.typed[1:]
        return pressed

    def line(self, question: str, offers: Sequence[str] = ()) -> str:
        assert question
        assert all(offers)
        text, _, self.typed = self.typed.removeprefix("<").partition(">")
        return text


def sit(typed: str) -> str:
    """The page after a sitting with these keys."""
    sitting = review()
    lists = Lists(str, "{}={}".format)
    end = Dialogue(Sitting([sitting]), Keys(typed), Console(), View(), lists).hold()
    return sitting.result().texts[0] if end in (DONE, WRITE) else ""


@pytest.mark.usefixtures("folder")
class TestKeys:
    @pytest.mark.parametrize(
        ("typed", "page"),
        [
            ("yyyy", "党代会，奋进\n喜迎经济。形势稳定。\n尾声，完\n"),
            ("nnnn", PAGE),
            ("yw", "党代会，奋进\n喜迎经\n济。形势稳注。\n尾声,完\n"),
            ("nyw", "党代会,奋进\n喜迎经济。形势稳注。\n尾声,完\n"),
            ("a", "党代会，奋进\n喜迎经济。形势稳定。\n尾声，完\n"),
            ("d", PAGE),
            ("Aw", "党代会，奋进\n喜迎经\n济。形势稳注。\n尾声，完\n"),
            ("Da", "党代会,奋进\n喜迎经济。形势稳定。\n尾声,完\n"),
            ("jjyw", "党代会,奋进\n喜迎经\n济。形势稳定。\n尾声,完\n"),
            ("kyw", "党代会,奋进\n喜迎经\n济。形势稳注。\n尾声，完\n"),
            ("g<3>yw", "党代会,奋进\n喜迎经\n济。形势稳定。\n尾声,完\n"),
            ("/<尾声>yw", "党代会,奋进\n喜迎经\n济。形势稳注。\n尾声，完\n"),
            ("/<没有>yw", "党代会，奋进\n喜迎经\n济。形势稳注。\n尾声,完\n"),
            ("yuw", PAGE),
            ("nuyw", "党代会，奋进\n喜迎经\n济。形势稳注。\n尾声,完\n"),
            ("e<、>w", "党代会、奋进\n喜迎经\n济。形势稳注。\n尾声,完\n"),
            ("ne< >jyw", "党代会,奋进\n喜迎经 济。形势稳注。\n尾声，完\n"),
            ("e<\\>w", "党代会奋进\n喜迎经\n济。形势稳注。\n尾声,完\n"),
            ("e<，\\n>w", "党代会，\n奋进\n喜迎经\n济。形势稳注。\n尾声,完\n"),
            ("e<>w", PAGE),
            ("t<稳注><稳定>i<稳>w", PAGE),
            ("jje<健>aw", "党代会,奋进\n喜迎经\n济。形势稳健。\n尾声，完\n"),
            ("?x!yw", "党代会，奋进\n喜迎经\n济。形势稳注。\n尾声,完\n"),
            ("yyq", ""),
            ("yy", ""),
        ],
    )
    def test_table(self, typed: str, page: str) -> None:
        assert sit(typed) == page

    def test_answers_outlive_the_sitting(self, folder: Path) -> None:
        assert sit("yne<健>") == ""
        (folder / "A1.txt").write_text(f"新加的一行。\n\n{PAGE}", "utf-8")
        sitting = review()
        assert [c.before for c in sitting.open] == [","]
        assert sitting.result().texts[0] == (
            "新加的一行。\n\n党代会，奋进\n喜迎经\n济。形势稳健。\n尾声,完\n"
        )

    def test_what_was_rejected_never_comes_back(self) -> None:
        sit("nq")
        answers = Answers([Path("A1.txt")])
        answers.start_again()
        again = review()
        assert [c.place.line for c in again.open] == [2, 3, 4]

    def test_a_last_line_cut_short_is_no_answer(self) -> None:
        sit("yn")
        file = Answers([Path("A1.txt")]).file
        file.write_text(file.read_text("utf-8")[:-20], "utf-8")
        assert len(Answers([Path("A1.txt")]).given) == 1


def test_what_depends_on_a_rejected_correction_vanishes(folder: Path) -> None:
    (folder / "A1.txt").write_text("经\n济,好\n稳经\n济\n", "utf-8")
    sitting = review()
    assert len(sitting.open) == 3
    sitting.answer([sitting.open[0]], REJECT)
    assert [c.before for c in sitting.open] == [",", "\n"]
    sitting.answer(sitting.open, ACCEPT)
    assert sitting.open == []
    assert sitting.result().texts == ("经\n济，好\n稳经济\n",)


@pytest.mark.parametrize(
    ("verdict", "pages"),
    [(ACCEPT, ("头条尾。\n", "\n")), (REJECT, ("头条◇\n", "◆尾。\n"))],
)
def test_a_jump_is_one_question(folder: Path, verdict: str, pages: tuple[str, str]) -> None:
    (folder / "A1.txt").write_text("头条◇\n", "utf-8")
    (folder / "C2.txt").write_text("◆尾。\n", "utf-8")
    sitting = review("A1.txt", "C2.txt")
    assert len(sitting.open) == 3
    sitting.answer([sitting.open[1]], verdict)
    assert sitting.open == []
    assert sitting.result().texts == pages


def test_own_words_may_hold_what_they_replace(folder: Path) -> None:
    (folder / "A1.txt").write_text("稳注。", "utf-8")
    sitting = review()
    sitting.answer(sitting.open, EDIT, "注注")
    assert sitting.result().texts == ("稳注注。",)


def test_without_a_terminal_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "A1.txt").write_text(PAGE, "utf-8")
    run = call("review", "A1.txt", cwd=tmp_path)
    assert run.returncode == 2
    assert b"needs a terminal" in run.stderr


class Session:
    """The tool in a pseudo-terminal."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            environment = os.environ | {
                "PYTHONPATH": str(ROOT), "FIXNEWS_STATE": str(folder / ".state"),
                "TERM": "xterm", "PAGER": "cat", "COLUMNS": "80",
            }  # fmt: skip
            environment.pop("PRE_COMMIT", None)
            command = [sys.executable, "-m", "tests.toy", *arguments, "--color", "never"]
            os.execve(sys.executable, command, environment)
        self.shown = b""
        self.code = 0

    def wait_for(self, text: str) -> None:
        end = time.monotonic() + PATIENCE
        while text.encode() not in self.shown:
            assert time.monotonic() < end, self.shown.decode("utf-8", "replace")
            if select.select([self.fd], [], [], 0.1)[0]:
                try:
                    self.shown += os.read(self.fd, 65536)
                except OSError:
                    break
        self.shown = self.shown.partition(text.encode())[2]

    def press(self, keys: str) -> None:
        os.write(self.fd, keys.encode())

    def rest(self) -> str:
        while True:
            if not select.select([self.fd], [], [], PATIENCE)[0]:
                os.kill(self.pid, signal.SIGKILL)
                raise AssertionError("it waits: " + self.shown.decode("utf-8", "replace"))
            try:
                more = os.read(self.fd, 65536)
            except OSError:
                break
            if not more:
                break
            self.shown += more
        self.code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.shown.decode("utf-8", "replace")

    def end(self) -> int:
        self.rest()
        return self.code

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        self.end()


LINES = [f"第{n}行,第{'一二三四五六七八九十'[n % 10]}句。形势稳注。\n" for n in range(20)]


def expected(answers: Iterator[str]) -> str:
    """The page of forty corrections after these answers: y, n or another text."""
    page = "".join(LINES)
    parts = page.replace(",", "\0,\0").replace("注", "\0注\0").split("\0")
    changes = {",": "，", "注": "定"}
    return "".join(
        {"y": changes[part], "n": part}.get(answer := next(answers), answer)
        if part in changes else part for part in parts
    )  # fmt: skip


@pytest.mark.slow
def test_forty_corrections_in_a_terminal_killed_half_way_and_resumed(tmp_path: Path) -> None:
    file = tmp_path / "A1.txt"
    page = "".join(LINES).encode("gb18030")
    file.write_bytes(page)
    arguments = ("review", "--one-by-one", "--encoding", "gb18030", "A1.txt")

    first = Session(tmp_path, *arguments)
    for left in range(40, 20, -1):
        first.wait_for(f"1/{left}\r\n")
        first.wait_for("q quit")
        first.press("yn"[left % 2])
    first.wait_for("20 left")
    first.kill()
    assert file.read_bytes() == page

    second = Session(tmp_path, *arguments, "--resume")
    second.wait_for("1/20\r\n")
    second.wait_for("q quit")
    second.press("e")
    second.wait_for("leave it open")
    second.press("；\n")
    second.wait_for("1/19")
    second.wait_for("q quit")
    second.press("D")
    second.wait_for("1/9")
    second.wait_for("q quit")
    second.press("a")
    assert second.end() == 0

    given = iter("yn" * 10 + "；n" + "yn" * 9)
    assert file.read_bytes().decode("gb18030") == expected(given)


@pytest.mark.slow
def test_an_interrupt_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "A1.txt").write_text(PAGE, "utf-8")
    first = Session(tmp_path, "review", "--one-by-one", "A1.txt")
    first.wait_for("q quit")
    first.press("y")
    first.wait_for("3 left")
    first.wait_for("q quit")
    first.press("\x03")
    assert first.end() == -signal.SIGINT, "which a shell calls 130"
    assert (tmp_path / "A1.txt").read_text("utf-8") == PAGE
    second = Session(tmp_path, "review", "--one-by-one", "--resume", "A1.txt")
    second.wait_for("1/3\r\n")
    second.wait_for("q quit")
    second.press("w")
    assert second.end() == 0
    assert (tmp_path / "A1.txt").read_text("utf-8") == PAGE.replace("会,", "会，")


class TestInATerminal:
    """What only a terminal shows: questions before and after, lists that grow, a missing page."""

    pytestmark = pytest.mark.slow

    def sit(self, folder: Path, *arguments: str, keys: Sequence[tuple[str, str]]) -> str:
        session = Session(folder, "review", "--one-by-one", *arguments)
        for wait, press in keys:
            session.wait_for(wait)
            session.press(press)
        text = session.rest()
        assert session.code == 0, text
        return text

    def test_earlier_answers_are_not_forgotten_by_mistake(self, folder: Path) -> None:
        self.sit(folder, "A1.txt", keys=[("1/4\r\n", ""), ("q quit", "y"), ("q quit", "q")])
        self.sit(folder, "A1.txt", keys=[("1 answers are kept", "y"), ("1/3\r\n", "q")])
        self.sit(folder, "A1.txt", keys=[("1 answers are kept", "n"), ("1/4\r\n", "q")])
        self.sit(folder, "A1.txt", keys=[("1/4\r\n", "q")])

    def test_it_says_what_it_wrote_and_how_to_take_that_back(self, folder: Path) -> None:
        said = self.sit(folder, "A1.txt", keys=[("q quit", "y"), ("q quit", "w")])
        assert "A1.txt: 1 applied, 3 suggested" in said
        name = said.partition("fixnews undo ")[2].split()[0]
        assert call("undo", name, cwd=folder).returncode == 0
        assert (folder / "A1.txt").read_text("utf-8") == PAGE

    def test_rejections_go_to_a_baseline_that_every_command_heeds(self, folder: Path) -> None:
        baseline = ("--write-baseline", "left.tsv")
        self.sit(folder, *baseline, "A1.txt", keys=[("q quit", "n"), ("q quit", "q")])
        self.sit(folder, *baseline, "A1.txt", keys=[("q quit", "n"), ("q quit", "q")])
        rows = (folder / "left.tsv").read_text("utf-8").split("\n")[1:-1]
        assert [row.split("\t")[1:] for row in rows] == [
            ["PUN101", "A1.txt", ",", "，"],
            ["BRK101", "A1.txt", "\\n", ""],
        ]
        fixed = call("fix", "--baseline", "left.tsv", "A1.txt", cwd=folder).stdout.decode()
        assert fixed == PAGE.replace("尾声,", "尾声，")
        (folder / ".state").rename(folder / ".old")
        self.sit(folder, "--baseline", "left.tsv", "A1.txt", keys=[("1/2\r\n", "q")])

    def test_lists_grow_where_the_next_run_finds_them(self, folder: Path) -> None:
        keys = [
            ("q quit", "i"), ("may change:", "党代会,\n"), ("1/3\r\n", "t"),
            ("wrong:", "稳注\n"), ("right word:", "稳定\n"), ("q quit", "q"),
        ]  # fmt: skip
        self.sit(folder, "A1.txt", keys=keys)
        assert (folder / "fixnews-allow.txt").read_text("utf-8") == "党代会,\n"
        assert (folder / "fixnews-words.tsv").read_text("utf-8") == "稳注\t稳定\n"
        assert call("fix", "A1.txt", cwd=folder).stdout.decode().startswith("党代会,奋进\n")

    def test_nothing_to_judge_is_said(self, folder: Path) -> None:
        (folder / "A1.txt").write_text("好。\n", "utf-8")
        assert "A1.txt: nothing left to judge" in self.sit(folder, "A1.txt", keys=[])


@pytest.mark.slow
class TestBySeries:
    """The list of series on a terminal, answers that come and go as a file."""

    KEEPS = ("review", "--answers", "a.jsonl", "A1.txt")

    def sit(self, folder: Path, *keys: tuple[str, str]) -> str:
        session = Session(folder, *self.KEEPS)
        for wait, press in keys:
            session.wait_for(wait)
            session.press(press)
        text = session.rest()
        assert session.code == 0, text
        return text

    def test_a_series_is_written_and_its_answers_kept(self, folder: Path) -> None:
        said = self.sit(folder, ("q quit", "a"), ("accepted 2; 2 left", "w"))
        assert "a.jsonl: 2 answers" in said
        assert (folder / "A1.txt").read_text("utf-8") == PAGE.replace(",", "，")

    def test_answers_are_taken_over_by_another_sitting(self, folder: Path) -> None:
        self.sit(folder, ("q quit", "r"), ("rejected 2; 2 left", "q"))
        (folder / ".state").rename(folder / ".old")
        said = self.sit(folder, ("a.jsonl: 2 answers taken over", ""), ("2 of 4", "q"))
        assert "a.jsonl: 2 answers" in said

    def test_and_by_fix(self, folder: Path) -> None:
        self.sit(folder, ("q quit", "r"), ("rejected 2; 2 left", "2a"), ("; 1 left", "q"))
        run = call("fix", "--answers", "a.jsonl", "A1.txt", cwd=folder)
        assert run.stdout.decode() == "党代会,奋进\n喜迎经济。形势稳注。\n尾声,完\n"

    def test_killed_and_resumed(self, folder: Path) -> None:
        session = Session(folder, "review", "A1.txt")
        session.wait_for("q quit")
        session.press("a")
        session.wait_for("accepted 2; 2 left")
        session.kill()
        assert (folder / "A1.txt").read_text("utf-8") == PAGE
        session = Session(folder, "review", "--resume", "A1.txt")
        session.wait_for("2 of 4 corrections open")
        session.press("w")
        assert session.end() == 0
        assert (folder / "A1.txt").read_text("utf-8") == PAGE.replace(",", "，")
