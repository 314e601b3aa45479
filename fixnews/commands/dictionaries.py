"""``fixnews dict``: what is wrong with the reader's own dictionaries."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fixnews.commands.job import CLEAN, FAILED, FOUND
from fixnews.console import Console
from fixnews.errors import FixnewsError, UsageError
from fixnews.message import Message
from fixnews.words import dictionary
from fixnews.words.dictionary import Entry


def check(paths: Sequence[Path], console: Console) -> int:
    """Say what is wrong with these dictionaries, each alone and with the others."""
    if not paths:
        raise UsageError("no dictionary to check", "name one, or set `dictionaries`")
    entries: list[Entry] = []
    code = CLEAN
    for path in paths:
        try:
            entries += dictionary.read(path)
        except FixnewsError as error:
            console.error(error)
            code = FAILED
    found = list(dictionary.problems(entries))
    console.report(f"{console.tongue(problem.told)}\n" for problem in found)
    console.say(_summary(len(entries), len(found)))
    return max(code, FOUND if found else CLEAN)


def _summary(rows: int, wrong: int) -> Message:
    counted = Message.counted(wrong, "{n} problem", "{n} problems")
    told = counted if wrong else Message("nothing wrong with them")
    return Message.joined(", ", (Message.counted(rows, "{n} row", "{n} rows"), told))
