"""Training of the language model: count, smooth, prune, pack. Each step is a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from fixnews.errors import DataError, PageError, of_system
from fixnews.language.alphabet import code_table, folded
from fixnews.language.archive import is_model, write
from fixnews.language.training.counting import character_counts, counted, paragraphs
from fixnews.language.training.packing import packed
from fixnews.language.training.pruning import pruned
from fixnews.language.training.smoothing import smoothed
from fixnews.message import Message

LEAST_SEEN = 3
"""Times a character must be seen to get a code of its own."""

LEAST_CORPUS = 100
"""Different 4-grams without which a corpus is no corpus."""

BITS_A_GRAM = 18.2
FIXED_BYTES = 269_000
"""Size of a model: 16 bits in 1.13 cells an n-gram; alphabet, single characters, header."""

Progress = Callable[[str, int, int], None]
"""Called with a step's name and how much of how much is done, in bytes of the corpus."""


def grams_in(size: int) -> int:
    """How many n-grams a model of ``size`` bytes holds."""
    return int(max(0, size - FIXED_BYTES) * 8 / BITS_A_GRAM)


def train(  # noqa: PLR0913
    corpus: Sequence[Path],
    output: Path,
    *,
    size: int,
    simplified: Mapping[str, str],
    progress: Progress = lambda _step, _done, _total: None,
    ours: Callable[[bytes], bool] = is_model,
) -> dict[str, Any]:
    """Train a model and write it.

    Args:
        corpus: text files, a paragraph a line, UTF-8, plain or ``.xz``.
        output: the model's file.
        size: bytes that the model may take.
        simplified: for traditional characters the simplified one that it counts as.
        progress: told how far the work is.
        ours: whether what lies at the model's place may be replaced.

    Returns:
        What the model says of itself.

    Raises:
        PageError: a file cannot be read, or the model cannot be written.
        DataError: there is not enough text.
    """
    whole = sum(_size(path) for path in corpus)
    first = paragraphs(corpus, lambda done: progress("alphabet", done, whole))
    seen = character_counts(first)
    table = code_table(folded(simplified), seen, LEAST_SEEN)
    again = paragraphs(corpus, lambda done: progress("counting", done, whole))
    keys, counts = counted(again, table)
    if len(keys) < LEAST_CORPUS:
        raise DataError(
            Message("{corpus}: too little text to learn from", corpus=corpus[0]),
            "give a larger corpus",
        )
    progress("smoothing and pruning", whole, whole)
    grams = pruned(smoothed(keys, counts), grams_in(size))
    arrays, layout = packed(grams)
    about = {
        "corpus": [path.name for path in corpus],
        "characters": int(seen.sum()),
        "grams": [len(g.keys) for g in grams],
        **layout,
    }
    write(output, {"table": table, **arrays}, about, ours)
    return about


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        problem = Message("{path}: {what}", path=path, what=of_system(error))
        raise PageError(problem, "check the path") from None
