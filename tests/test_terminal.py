"""Keys as terminals send them: what is no key of the review is read to its end, and no answer."""

from __future__ import annotations

import os
import signal
import sys
import termios
import threading
from collections.abc import Iterator
from select import select

import pytest

from fixnews.console import Console
from fixnews.review.keyboard import (
    AGAIN,
    DOWN,
    END,
    ENTER,
    HOME,
    PAGE_DOWN,
    PAGE_UP,
    PASTE,
    UNKNOWN,
    UP,
)
from fixnews.review.terminal import ESCAPE_WAIT, Terminal


class Typist:
    """The other side of a terminal."""

    def __init__(self) -> None:
        self.master, slave = os.openpty()
        self.stdin = os.fdopen(slave, "r", closefd=False)
        self.stdout = os.fdopen(slave, "w")
        self.before = self.state()

    def types(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def state(self) -> list[object]:
        return list(termios.tcgetattr(self.stdin))

    def sat_down_at(self) -> Terminal:
        return Terminal(self.stdin, self.stdout)

    def types_when_asked(self, question: str, keys: str) -> threading.Thread:
        """Type once the question is seen: before, the terminal itself would take a ^C."""

        def typed() -> None:
            seen = b""
            while question.strip().encode() not in seen:
                seen += self.shown()
            self.types(keys)

        waiting = threading.Thread(target=typed, daemon=True)
        waiting.start()
        return waiting

    def all_shown(self) -> bytes:
        """What was written until nothing more comes for a second."""
        sent = b""
        while select([self.master], [], [], 1)[0]:
            sent += self.shown()
        return sent

    def shown(self) -> bytes:
        return os.read(self.master, 1 << 16)


@pytest.fixture
def typist() -> Iterator[Typist]:
    one = Typist()
    yield one
    one.stdout.close()
    os.close(one.master)


@pytest.fixture
def terminal(typist: Typist) -> Iterator[Terminal]:
    with typist.sat_down_at().listening() as one:
        yield one


ARROWS = {"A": UP, "B": DOWN, "H": HOME, "F": END}
MODIFIED = [f"\x1b[1;{modifier}{arrow}" for modifier in range(2, 17) for arrow in "ABCDHF"]

ONE_KEY = [
    *((f"\x1b[{letter}", meant) for letter, meant in ARROWS.items()),
    ("\x1bOA", UP),
    ("\x1bOB", DOWN),
    ("\x1b[5~", PAGE_UP),
    ("\x1b[6~", PAGE_DOWN),
    ("\r", ENTER),
    ("\n", ENTER),
    ("y", "y"),
    ("D", "D"),
    ("，", "，"),
    ("稳", "稳"),
    ("\x1b[C", UNKNOWN),
    ("\x1b[3~", UNKNOWN),
    ("\x1b[15~", UNKNOWN),
    ("\x1bOP", UNKNOWN),
    ("\x01", UNKNOWN),
    ("\x1b[Z", UNKNOWN),
    ("\x1b[200~yyA\nD\x1b[201~", PASTE),
    ("\x1b[200~\x1b[201~", PASTE),
    *((sequence, UNKNOWN) for sequence in MODIFIED),
    *((f"\x1b\x1b[{arrow}", UNKNOWN) for arrow in "ABCD"),
    ("\x1bA", UNKNOWN),
    ("\x1by", UNKNOWN),
    ("\x1b[27;5;65~", UNKNOWN),
    ("\x1b[57399;5u", UNKNOWN),
    ("\x1b[1;129A", UNKNOWN),
    ("\x1b[<0;10;10M", UNKNOWN),
    ("\x1b[?1;2c", UNKNOWN),
    ("\x1b[I", UNKNOWN),
]


@pytest.mark.parametrize(("sent", "meant"), ONE_KEY, ids=[ascii(sent) for sent, _ in ONE_KEY])
def test_what_a_key_sends_is_one_key(
    typist: Typist, terminal: Terminal, sent: str, meant: str
) -> None:
    typist.types(sent + "z")
    assert [terminal.key(), terminal.key()] == [meant, "z"]


def test_an_escape_alone_takes_nothing_with_it(typist: Typist, terminal: Terminal) -> None:
    typist.types("\x1b")
    assert terminal.key() == UNKNOWN
    typist.types("y")
    assert terminal.key() == "y"


@pytest.mark.parametrize("parts", [("\x1b[1;", "5A"), ("\x1b[", "57399;5u"), ("\x1b[27;5", ";65~")])
def test_a_slow_line_may_part_a_sequence(
    typist: Typist, terminal: Terminal, monkeypatch: pytest.MonkeyPatch, parts: tuple[str, str]
) -> None:
    monkeypatch.setattr("fixnews.review.terminal.SEQUENCE_WAIT", 60)
    later = threading.Timer(4 * ESCAPE_WAIT, typist.types, [parts[1] + "z"])
    typist.types(parts[0])
    later.start()
    assert [terminal.key(), terminal.key()] == [UNKNOWN, "z"]
    later.join()


def test_a_character_may_be_parted(typist: Typist, terminal: Terminal) -> None:
    for byte in "稳".encode():
        os.write(typist.master, bytes([byte]))
    assert terminal.key() == "稳"


def test_another_size_asks_for_another_look(typist: Typist, terminal: Terminal) -> None:
    os.kill(os.getpid(), signal.SIGWINCH)
    typist.types("y")
    assert [terminal.key(), terminal.key()] == [AGAIN, "y"]


def test_a_terminal_is_left_as_it_was_found(typist: Typist) -> None:
    handler = signal.getsignal(signal.SIGWINCH)
    with typist.sat_down_at().listening() as terminal:
        assert typist.state() != typist.before
        typist.types("y")
        assert terminal.key() == "y"
    assert typist.state() == typist.before
    assert signal.getsignal(signal.SIGWINCH) is handler
    assert typist.shown() == b"\x1b[?2004h\x1b[?2004l", "pastes are marked, and no key is echoed"


class TestLines:
    @pytest.mark.parametrize(
        ("typed", "line"),
        [
            ("稳定\r", "稳定"),
            ("稳定\n", "稳定"),
            ("稳注\x7f定\r", "稳定"),
            ("定\x1b[D稳\r", "稳定"),
            ("\x1b[A\r", "第二"),
            ("\x1b[A\x1b[A\r", "第一"),
            ("\x1b[200~贴上\x1b[201~\r", "贴上"),
            ("稳\x03", ""),
            ("\x04", ""),
            ("\r", ""),
        ],
    )
    def test_table(self, typist: Typist, terminal: Terminal, typed: str, line: str) -> None:
        answering = typist.types_when_asked("what: ", typed)
        assert terminal.line("what: ", ["第一", "第二"]) == line
        answering.join()

    def test_what_was_typed_ahead_is_the_next_key(self, typist: Typist, terminal: Terminal) -> None:
        typist.types("e稳定\rq")
        assert terminal.key() == "e"
        assert terminal.line("what: ") == "稳定"
        assert terminal.key() == "q"

    def test_pastes_are_marked_behind_a_line_too(self, typist: Typist, terminal: Terminal) -> None:
        typist.types("稳\r")
        terminal.line("what: ")
        sent = typist.all_shown()
        assert sent.rindex(b"\x1b[?2004h") > sent.rindex(b"\x1b[?2004l")


def test_a_remark_stands_behind_what_was_written_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal is handed stdout a kilobyte at a time, and stderr at once."""
    far, near = os.openpty()
    with os.fdopen(near, "w") as out, os.fdopen(os.dup(near), "w") as aside:
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", aside)
        console = Console()
        console.report(["PUN101 88\n"])
        console.say("5 seen")
        shown = b""
        while shown.count(b"\n") < 2:  # a terminal may hand on a line as soon as it has it
            shown += os.read(far, 100)
        assert shown == b"PUN101 88\r\n5 seen\r\n"
    os.close(far)
