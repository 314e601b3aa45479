"""Jump lines in texts that should have next to none: what the grammars read there, to be looked at.

usage: python scripts/scan_markers.py ../shared

Every file of `../shared/corpus` is read by paragraphs; each place that `markers.find` or
`find_broken` takes for a jump line is printed with what stands around it. The last line says how
many characters were read, and how often the verbs of the grammar occur in them.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
from collections.abc import Iterator
from pathlib import Path

from fixnews.jumps.broken_markers import find_broken
from fixnews.jumps.markers import WORDS, find

AROUND = 16
"""Characters shown on each side."""

_VERB = re.compile("|".join(WORDS))


def paragraphs(path: Path) -> Iterator[str]:
    """The paragraphs of a corpus; of articles each one's, a line each."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            told = json.loads(line)["paras"] if ".jsonl" in path.name else [line.rstrip("\n")]
            yield "\n".join(told) + "\n"


def main() -> None:
    """Scan every corpus."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path)
    size = verbs = places = 0
    for path in sorted((options.parse_args().shared / "corpus").glob("*.xz")):
        for text in paragraphs(path):
            size += len(text)
            verbs += len(_VERB.findall(text))
            for marker in (*find(text), *find_broken(text)):
                places += 1
                around = text[max(0, marker.start - AROUND) : marker.end + AROUND]
                kind = "broken" if marker.broken else "spelt"
                print(path.name, kind, marker.direction, repr(around))
    print(f"{size:,} characters, {verbs:,} verbs, {places} places")


if __name__ == "__main__":
    main()
