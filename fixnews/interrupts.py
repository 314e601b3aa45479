"""^C and polite kills, held back while something is written that must be whole."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_LATER = (signal.SIGINT, signal.SIGTERM, *((signal.SIGHUP,) if hasattr(signal, "SIGHUP") else ()))


@contextmanager
def interrupts_wait() -> Iterator[None]:
    """Hold back ^C and a polite kill until the block is done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    caught: list[int] = []

    def remember(number: int, _: FrameType | None) -> None:
        caught.append(number)

    before = {number: signal.signal(number, remember) for number in _LATER}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if caught:
            signal.raise_signal(caught[0])


@contextmanager
def interrupts_are_others() -> Iterator[None]:
    """Leave ^C to the program that has the terminal: in a pager it ends a search, not the pager."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def end_of_interrupt() -> None:
    """End as ^C ends a program, so that a loop of a shell ends with it; elsewhere do nothing."""
    if os.name == "posix":
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
