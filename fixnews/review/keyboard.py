"""What a sitting asks of a keyboard; `fixnews.review.terminal` is the one of a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

UP, DOWN, ENTER = "up", "down", "\n"
PAGE_UP, PAGE_DOWN, HOME, END = "page up", "page down", "home", "end"
"""Keys that are no characters."""

PASTE = "paste"
"""Instead of a key: text was pasted, which answers nothing."""

AGAIN = "again"
"""Instead of a key: the terminal has another size, or the program was stopped and goes on. What was
shown is to be shown again."""

UNKNOWN = "?"
"""A key or a sequence that means nothing here: like a question for help."""


class Keyboard(Protocol):
    """Where answers come from."""

    def key(self) -> str:
        """One key; nothing when there will be no more."""

    def line(self, question: str, offers: Sequence[str] = ()) -> str:
        """A line of text; ``offers`` are what the arrow up brings back, the last one first."""
