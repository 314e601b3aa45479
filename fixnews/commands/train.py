"""``fixnews train``: a language model from a library's own papers."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

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
    ours = anything if force else is_model
    _check(corpus, output, size)
    refuse_foreign(output, ours)

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
    _tell(output, about, console)
    return CLEAN


def _check(corpus: Sequence[Path], output: Path, size: float) -> None:
    """Refuse a size that no model has, and a model in place of what it is to be trained on."""
    if not LEAST <= size <= MOST:
        problem = Message("--size {size:g}: no size of a model", size=size)
        raise UsageError(
            problem, Message("give megabytes, from {least:g} to {most:g}", least=LEAST, most=MOST)
        )
    if os.path.realpath(output) in set(map(os.path.realpath, corpus)):
        raise UsageError(
            Message("{output}: a file of the corpus", output=output), "write the model to another"
        )


def _tell(output: Path, about: Mapping[str, Any], console: Console) -> None:
    """Say what was read and what the model holds."""
    read, written = about["characters"], output.stat().st_size / MEGABYTE
    told = "{output}: {about:,} characters read, {written:.1f} MB"
    console.say(Message(told, output=output, about=read, written=written))
    grams = ", ".join(f"{count:,}" for count in about["grams"])
    told = "n-grams of 1 to {about} characters: {grams}"
    console.say(Message(told, about=len(about["grams"]), grams=grams))
