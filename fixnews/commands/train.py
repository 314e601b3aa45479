"""``fixnews train``: a language model from a library's own papers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fixnews.commands.job import CLEAN
from fixnews.console import Console
from fixnews.language.training import train as trained
from fixnews.words.variants import simplified_forms

MEGABYTE = 1_000_000


def train(corpus: Sequence[Path], output: Path, size: float, console: Console) -> int:
    """Train a model, write it, and say what it holds."""

    def shown(step: str, done: int, total: int) -> None:
        console.progress(done // MEGABYTE, total // MEGABYTE, f"MB {step}")

    about = trained(
        corpus,
        output,
        size=int(size * MEGABYTE),
        simplified=simplified_forms(),
        progress=shown,
    )
    grams = ", ".join(f"{count:,}" for count in about["grams"])
    written = output.stat().st_size / MEGABYTE
    console.say(f"{output}: {about['characters']:,} characters read, {written:.1f} MB")
    console.say(f"n-grams of 1 to {len(about['grams'])} characters: {grams}")
    return CLEAN
