"""Keys and lines of text from a terminal, which is left as it was found.

prompt_toolkit knows what keys send and edits lines: it was measured against textual and our own
code (`docs/design.md`). Nothing else in the house imports it, and this file is loaded when a review
has pages to ask about. Between two keys the terminal stays without echo, and interrupts and ^Z are
the system's business, so that they work while the pages are repaired anew, too.
"""

from __future__ import annotations

import codecs
import os
import signal
import termios
import tty
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from select import select
from types import FrameType
from typing import TextIO

from prompt_toolkit import PromptSession
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.input import create_input
from prompt_toolkit.input.typeahead import get_typeahead
from prompt_toolkit.input.vt100_parser import Vt100Parser
from prompt_toolkit.key_binding import KeyPress
from prompt_toolkit.keys import Keys
from prompt_toolkit.output.vt100 import Vt100_Output

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

ESCAPE_WAIT = 0.05
"""Seconds in which the rest of an arrow key arrives; a lone escape has none."""

SEQUENCE_WAIT = 1.0
"""Seconds in which the rest of a sequence arrives that has begun: a slow line may part it, and no
piece of it may count as an answer."""

_MEANT: dict[str, str] = {
    Keys.Up: UP, Keys.Down: DOWN, Keys.ControlM: ENTER, Keys.ControlJ: ENTER,
    Keys.PageUp: PAGE_UP, Keys.PageDown: PAGE_DOWN, Keys.Home: HOME, Keys.End: END,
    Keys.BracketedPaste: PASTE,
}  # fmt: skip

_PASTES_ARE_MARKED, _PASTES_ARE_KEYS = b"\x1b[?2004h", b"\x1b[?2004l"

_CURSOR_REPORTS = "PROMPT_TOOLKIT_NO_CPR"
"""Asking a terminal where its cursor is puts the answer among the keys that were typed ahead."""


class Terminal:
    """The keyboard of a terminal."""

    def __init__(self, stdin: TextIO, stdout: TextIO) -> None:
        os.environ.setdefault(_CURSOR_REPORTS, "1")
        self._fd, self._stdout = stdin.fileno(), stdout
        self._input = create_input(stdin)
        self._pressed: deque[KeyPress] = deque()
        self._parser = Vt100Parser(self._pressed.append)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._before = termios.tcgetattr(self._fd)
        self._begun = self._again = False

    @contextmanager
    def listening(self) -> Iterator[Terminal]:
        """Give keys one at a time; the terminal is as before afterwards, and while it is stopped.

        What was typed ahead is kept: a flush would take an answer from a person who is quick.
        """
        wakes, self._wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._wakes = wakes
        handlers = {signal.SIGTSTP: self._stopped, signal.SIGCONT: self._changed}
        handlers[signal.SIGWINCH] = self._changed
        before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
        self._enter()
        try:
            yield self
        finally:
            self._leave()
            for number, handler in before.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(-1)
            os.close(self._wakes)
            os.close(self._wake)

    def _enter(self) -> None:
        tty.setcbreak(self._fd, termios.TCSADRAIN)
        self._write(_PASTES_ARE_MARKED)

    def _leave(self) -> None:
        self._write(_PASTES_ARE_KEYS)
        termios.tcsetattr(self._fd, termios.TCSADRAIN, self._before)

    def _write(self, data: bytes) -> None:
        self._stdout.flush()
        os.write(self._stdout.fileno(), data)

    def _stopped(self, number: int, _: FrameType | None) -> None:
        """^Z: the shell gets its terminal as it was, and stops us; behind it is ``fg``."""
        self._leave()
        handler = signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        signal.signal(number, handler)
        self._changed(number, None)

    def _changed(self, number: int, _: FrameType | None) -> None:
        """It goes on, or the terminal has another size."""
        if number != signal.SIGWINCH:
            self._enter()
        self._again = True

    def key(self) -> str:
        """One key; what belongs to no key that is known here is read to its end."""
        signal.set_wakeup_fd(self._wake)
        while True:
            press = self._press(None)
            if self._again:
                self._again = False
                return AGAIN
            if press is None:
                return ""
            if press.key == Keys.Escape:
                self._pass_over()
                return UNKNOWN
            if press.data or press.key in _MEANT:
                return _MEANT.get(press.key, press.key if len(press.key) == 1 else UNKNOWN)

    def _pass_over(self) -> None:
        """Read what follows an escape: a key pressed with Alt, or a sequence to its last byte."""
        first = self._press(ESCAPE_WAIT)
        if first is None or first.data not in ("[", "O"):
            return
        while (press := self._press(SEQUENCE_WAIT)) and not "@" <= press.data[:1] <= "~":
            pass

    def _press(self, patience: float | None) -> KeyPress | None:
        """What was pressed next; None if nothing comes in so many seconds, or never."""
        self._pressed.extend(get_typeahead(self._input))
        while not self._pressed and not self._again:
            wait = ESCAPE_WAIT if self._begun else patience
            ready = select([self._fd, self._wakes], [], [], wait)[0]
            if self._wakes in ready:
                os.read(self._wakes, 1 << 10)
            elif ready:
                if not self._fed():
                    return None
            elif self._begun:
                self._parser.flush()
                self._begun = False
            else:
                return None
        return self._pressed.popleft() if not self._again else None

    def _fed(self) -> bool:
        """Read a byte; False if there will be no more.

        One at a time, so that the line that is asked for next finds what was typed ahead.
        """
        data = os.read(self._fd, 1)
        char = self._decoder.decode(data)
        if char:
            self._parser.feed(char)
            self._begun = not self._pressed
        return bool(data)

    def line(self, question: str, offers: Sequence[str] = ()) -> str:
        """A line, edited; ^C and ^D give nothing."""
        output = Vt100_Output.from_pty(self._stdout, os.environ.get("TERM"))
        session: PromptSession[str] = PromptSession(
            history=InMemoryHistory(offers),
            input=self._input,
            output=output,
            enable_suspend=True,
        )
        self._stdout.flush()
        try:
            return session.prompt(question)
        except (EOFError, KeyboardInterrupt):
            return ""
        finally:
            self._write(_PASTES_ARE_MARKED)
