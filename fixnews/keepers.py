"""Who is told of a write before it happens: the journal, the list of a folder, or nobody."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import NamedTuple, Protocol


class Replaced(NamedTuple):
    """A file whose bytes are about to be replaced.

    Attributes:
        target: the file itself.
        old, new: its bytes; ``old`` is None where there is no file yet.
        times: when it was read and changed, in nanoseconds.
        in_place: whether the bytes are written one over the other; a kill leaves some of each.
    """

    target: Path
    old: bytes | None
    new: bytes
    times: tuple[int, int]
    in_place: bool = False


class Keeper(Protocol):
    """Who remembers what a run writes, and is told what is odd about it."""

    def keep(self, files: Sequence[Replaced]) -> AbstractContextManager[None]:
        """Remember these files; they are written inside the block, all or none."""

    def warn(self, message: str) -> None:
        """Something that whoever called should know, but that kept nothing from being written."""


class Nobody:
    """The keeper of writes that nobody takes back: reports, baselines, lists."""

    def keep(self, files: Sequence[Replaced]) -> AbstractContextManager[None]:
        """Remember nothing."""
        del files
        return nullcontext()

    def warn(self, message: str) -> None:
        """Say nothing."""
