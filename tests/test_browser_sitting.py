"""A sitting in the browser from the command line: real servers and files, a kill, an interrupt."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from tests.toy import call

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0
"""Seconds after which a server does not answer any more."""

PAGE = "喜迎党代会,奋进新征程,经\n济稳注。\n"


class Server:
    """The command, and a browser of few words."""

    def __init__(self, folder: Path, *more: str) -> None:
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "FIXNEWS_STATE": str(folder / ".state"),
        }
        command = [sys.executable, "-m", "tests.toy", "review", "--browser", *more, "A1.txt"]
        self.run = subprocess.Popen(
            command, cwd=folder, env=environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert self.run.stdout
        self.address = self.run.stdout.readline().strip()

    def ask(self, path: str) -> Any:
        with urlopen(self.address + path, timeout=PATIENCE) as answer:
            return json.load(answer)

    def send(self, path: str, **said: Any) -> Any:
        data = json.dumps(said).encode()
        request = Request(self.address + path, data, {"Content-Type": "application/json"})
        with urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer)["done"]

    def answer(self, code: str, verdict: str, **more: str) -> None:
        marks = [mark for mark in self.ask("pages/0")["marks"] if mark["code"] == code]
        about = [{"id": mark["id"], "was": mark["standing"]} for mark in marks]
        self.send("answer", about=about, verdict=verdict, **more)

    def ended(self) -> tuple[int, str]:
        """How it ended, and what it said."""
        _, said = self.run.communicate(timeout=PATIENCE)
        return self.run.returncode, said


Start = Callable[..., Server]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    (tmp_path / "A1.txt").write_bytes(PAGE.encode())
    servers: list[Server] = []

    def started(*more: str) -> Server:
        servers.append(Server(tmp_path, *more))
        return servers[-1]

    yield started
    for server in servers:
        if server.run.poll() is None:
            server.run.kill()
            server.run.communicate()
        for stream in (server.run.stdout, server.run.stderr):
            assert stream
            stream.close()


def test_a_killed_server_loses_no_answer_and_what_is_written_is_what_was_answered(
    start: Start, tmp_path: Path
) -> None:
    server = start()
    assert server.address.startswith("http://127.0.0.1:")
    server.answer("PUN101", "accept")
    server.answer("OCR101", "edit", text="住")
    server.run.send_signal(signal.SIGKILL)
    server.run.wait(PATIENCE)
    again = start("--resume")
    told = again.ask("overview")
    assert (told["totals"], told["kept"]) == (
        {"all": 4, "accept": 2, "edit": 1, "open": 1}, 0,
    )  # fmt: skip
    assert again.send("end", write=True)["went"] == "well"
    code, said = again.ended()
    assert code == 0
    assert "fixnews undo" in said
    wanted = PAGE.replace(",", "，").replace("注", "住")
    assert (tmp_path / "A1.txt").read_bytes() == wanted.encode()


def test_without_resume_the_reader_is_asked_about_kept_answers(start: Start) -> None:
    server = start()
    server.answer("PUN101", "accept")
    server.send("end", write=False)
    code, said = server.ended()
    assert (code, said.splitlines()[-1]) == (
        0, "2 left; `fixnews review --browser --resume` goes on",
    )  # fmt: skip
    assert start().ask("overview")["kept"] == 2


def test_an_interrupt_ends_the_sitting_and_writes_nothing(start: Start, tmp_path: Path) -> None:
    server = start()
    server.answer("PUN101", "accept")
    server.run.send_signal(signal.SIGINT)
    code, said = server.ended()
    assert code in (130, -signal.SIGINT)
    assert "2 left" in said
    assert (tmp_path / "A1.txt").read_bytes() == PAGE.encode()


def test_answers_are_written_to_a_file_and_taken_from_one(start: Start, tmp_path: Path) -> None:
    server = start("--answers", "said.jsonl")
    server.answer("OCR101", "accept")
    server.send("end", write=False)
    server.ended()
    assert '"accept"' in (tmp_path / "said.jsonl").read_text("utf-8")


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    (tmp_path / "A1.txt").write_bytes(PAGE.encode())
    code = "import sys; sys.modules['uvicorn'] = None"
    main = "from fixnews.__main__ import main; main(['review', '--browser', 'A1.txt'])"
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\n{main}"], cwd=tmp_path, capture_output=True, text=True,
        check=False, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert (run.returncode, run.stdout) == (2, "")
    assert "pip install 'fixnews[browser]'" in run.stderr


def test_a_page_from_standard_input_has_no_browser(tmp_path: Path) -> None:
    run = call("review", "--browser", "-", cwd=tmp_path, stdin=PAGE.encode())
    assert run.returncode == 2
    assert "name the pages to review" in run.stderr.decode()
