"""Build the list of Latin words that Chinese news and journals use, from the words in them.

usage: python training/latin_words.py ../shared -o dictionaries/latin-words.tsv

A word counts where Han characters or blanks stand around it: inside an address it says nothing.
"""

from __future__ import annotations

import argparse
import lzma
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

CORPORA = ("news-train", "journals-1990s", "news-hant")

RARE = 3
"""Times that a word must stand in the texts: below, one in five is a slip of the scanner."""

_WORD = re.compile(
    r"(?<![A-Za-zÀ-ɏ0-9@./_-])[A-Za-zÀ-ɏ]{2,}(?:-[A-Za-zÀ-ɏ]{2,})*(?![A-Za-zÀ-ɏ0-9@/_-]|\.[a-z])"
)


def words(corpus: Path) -> Iterator[str]:
    """The words of a corpus in lower case, lines with markup left out."""
    with lzma.open(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            if "<" not in line and "&" not in line:
                yield from (word.lower() for word in _WORD.findall(line))


def main() -> None:
    """Count, and write the list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    asked = parser.parse_args()
    count = Counter[str]()
    for name in CORPORA:
        count.update(words(asked.shared / "corpus" / f"{name}.txt.xz"))
    rows = sorted(word for word, times in count.items() if times >= RARE)
    text = "# word, in lower case\n" + "".join(f"{word}\n" for word in rows)
    asked.output.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
