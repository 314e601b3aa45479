"""The command line over a toy chain, so that its tests do not hang on what real filters find.

Half-width commas become full-width, ``经\\n济`` is joined, ``稳注`` is suggested to be ``稳定``,
``待续`` is noted, and what stands behind ``◆`` on any page comes home to ``◇``.
Run as ``python -m tests.toy fix …``.
"""

from __future__ import annotations

import io
import re
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

import fixnews.filters
import fixnews.pipeline  # it takes the chain as it finds it: first seen in `call`, the toy for good
from fixnews.__main__ import main
from fixnews.changes import Change, Edit, Move, note
from fixnews.draft import Draft
from fixnews.filters import Context, Filter
from fixnews.islands import EVERY

SLEEP = "沉睡"
"""A page that says this takes half a minute."""

REAL = {rule.code: rule for rule in fixnews.filters.rules()}
RULES = tuple(
    replace(REAL[code], name=name, touches=EVERY)
    for code, name in (
        ("PUN101", "half-width"),
        ("BRK101", "broken-word"),
        ("OCR101", "confusable-char"),
        ("JMP101", "jump-merge"),
        ("JMP201", "open-jump"),
    )
)
"""Rules that are explained as the real ones are; two have a name of their own."""


def propose(draft: Draft, context: Context) -> Iterator[Change]:
    text = draft.text
    if SLEEP in text:
        print("asleep", file=sys.stderr, flush=True)
        time.sleep(30)
    for m in re.finditer(r"(?<=[一-龥]),", text):
        yield Edit(m.start(), m.end(), "，", "PUN101", "a half-width comma", 0.99)
    for m in re.finditer(r"(?<=经)(\r\n?|\n)(?=济)", text):
        yield Edit(m.start(), m.end(), "", "BRK101", "经济 is a word", 0.98)
    for m in re.finditer("注(?<=稳注)", text):
        yield Edit(m.start(), m.end(), "定", "OCR101", "稳定 is a word", 0.7, "unsafe")
    for m in re.finditer("待续", text):
        yield note(m.start(), m.end(), text, "JMP201", "no continuation on the pages given")
    if context.merge_pages:
        yield from jumps(text)


def jumps(text: str) -> Iterator[Change]:
    head, tail = text.find("◇"), re.search("◆([^\f\n◆]+)", text)
    if head >= 0 and tail:
        group = {"group": "1", "confidence": 0.95}
        yield Edit(head, head + 1, "", "JMP101", "the marker", **group)  # type: ignore[arg-type]
        yield Edit(tail.start(), tail.start(1), "", "JMP101", "the marker", **group)  # type: ignore[arg-type]
        yield Move(*tail.span(1), head, "JMP101", "the tail of this story", **group)  # type: ignore[arg-type]


CHAIN = (Filter("toy", RULES, propose, "alone"),)


@dataclass(frozen=True, slots=True)
class Ran:
    """How a call ended, and what it wrote where."""

    returncode: int
    stdout: bytes
    stderr: bytes


def call(*arguments: str | Path, cwd: Path, stdin: bytes = b"", **environment: str) -> Ran:
    """The command line over the toy chain in a folder, as if piped; fast, in this process."""
    streams = {name: io.TextIOWrapper(io.BytesIO(b), "utf-8") for name, b in (
        ("stdin", stdin), ("stdout", b""), ("stderr", b""))}  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fixnews.filters, "CHAIN", CHAIN)
        patch.chdir(cwd)
        patch.setenv("FIXNEWS_STATE", str(cwd / ".state"))
        for name in ("NO_COLOR", "FORCE_COLOR", "PRE_COMMIT"):
            patch.delenv(name, raising=False)
        for name, value in environment.items():
            patch.setenv(name, value)
        for name, stream in streams.items():
            patch.setattr(sys, name, stream)
        code = exit_code(arguments)
    return Ran(code, *(written(streams[name]) for name in ("stdout", "stderr")))


def exit_code(arguments: Iterable[str | Path]) -> int:
    try:
        main(list(map(str, arguments)))
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def written(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue()


if __name__ == "__main__":
    fixnews.filters.CHAIN = CHAIN
    main()
