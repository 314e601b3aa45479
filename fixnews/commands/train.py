"""``fixnews train``: a language model from a library's own papers."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from fixnews.commands.job import CLEAN
from fixnews.console import Console
from fixnews.errors import UsageError
from fixnews.files import anything, refuse_foreign
from fixnews.language.archive import is_model
from fixnews.language.training import train as trained
from fixnews.message import Message
from fixnews.words.variants import simplified_forms

MEGABYTE = 1_000_000


LEAST, MOST = 0.3, 4000.0
"""Megabytes of the smallest and the largest model: its alphabet and single characters alone take
0.27, and there are no more different 4-grams held than fill four thousand."""


def train(
    corpus: Sequence[Path], output: Path, size: float, console: Console, *, force: bool = False
) -> int:
    """Train a model, write it, and say what it holds."""
    if not LEAST <= size <= MOST:
        problem = Message("--size {size:g}: no size of a model", size=size)
        raise UsageError(
            problem, Message("give megabytes, from {least:g} to {most:g}", least=LEAST, most=MOST)
        )
    ours = anything if force else is_model
    refuse_foreign(output, ours)
    if os.path.realpath(output) in set(map(os.path.realpath, corpus)):
        raise UsageError(
            Message("{output}: a file of the corpus", output=output), "write the model to another"
        )

    def shown(step: str, done: int, total: int) -> None:
        name = Message("MB {step}", step=Message(step))
        console.progress(done // MEGABYTE, total // MEGABYTE, name)

    about = trained(
        corpus,
        output,
        size=int(size * MEGABYTE),
        simplified=simplified_forms(),
        progress=shown,
        ours=ours,
    )
    grams = ", ".join(f"{count:,}" for count in about["grams"])
    written = output.stat().st_size / MEGABYTE
    console.say(
        Message(
            "{output}: {about:,} characters read, {written:.1f} MB",
            output=output,
            about=about["characters"],
            written=written,
        )
    )
    console.say(
        Message(
            "n-grams of 1 to {about} characters: {grams}", about=len(about["grams"]), grams=grams
        )
    )
    return CLEAN
