"""Train the language model that ships, or the one that leaves out what the classifiers train on.

usage: python training/language_model.py ../shared -o fixnews/models/news.model [--held-out]

The corpus is the simplified news and the first nine tenths of the traditional news; the last tenth
is for figures. Journals, statutes and debates are left out: they make news likelier to surprise
(docs/notes/language-model.md). With --held-out, 600 lines of every 4,000 are left out, too: text on
which a classifier can be trained that has this model among its evidence (`held_out`).
"""

from __future__ import annotations

import argparse
import lzma
import tempfile
from collections.abc import Iterator
from pathlib import Path

from fixnews.language.training import train
from fixnews.words.variants import simplified_forms

SIZE = 9_990_000
EVERY, HELD = 4000, 600


def simplified_news(shared: Path) -> list[str]:
    """The lines of the simplified news."""
    with lzma.open(shared / "corpus/news-train.txt.xz", "rt", encoding="utf-8") as file:
        return file.readlines()


def traditional_news(shared: Path) -> list[str]:
    """The lines of the first nine tenths of the traditional news."""
    with lzma.open(shared / "corpus/news-hant.txt.xz", "rt", encoding="utf-8") as file:
        lines = file.readlines()
    return lines[: len(lines) - len(lines) // 10]


def held_out(lines: list[str]) -> Iterator[list[str]]:
    """The runs of lines that the model for training classifiers has not seen."""
    for start in range(0, len(lines), EVERY):
        yield [line.strip() for line in lines[start : start + HELD] if line.strip()]


def seen(lines: list[str]) -> list[str]:
    """The lines between those runs."""
    return [line for n, line in enumerate(lines) if n % EVERY >= HELD]


def main() -> None:
    """Train and write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path)
    options.add_argument("-o", "--output", type=Path, required=True)
    options.add_argument("--held-out", action="store_true")
    options.add_argument("--size", type=int, default=SIZE)
    options.add_argument("--only", choices=("simplified", "traditional"))
    given = options.parse_args()
    given.output.parent.mkdir(parents=True, exist_ok=True)
    corpora = {"simplified": simplified_news, "traditional": traditional_news}
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for name in [given.only] if given.only else corpora:
            lines = corpora[name](given.shared)
            files.append(Path(folder) / f"{name}-news.txt")
            files[-1].write_text("".join(seen(lines) if given.held_out else lines), "utf-8")
        told = train(files, given.output, size=given.size, simplified=simplified_forms())
    print(told)


if __name__ == "__main__":
    main()
