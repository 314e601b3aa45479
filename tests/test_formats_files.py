"""Every file of a recogniser at hand: read, given back, and changed in one character at a time."""

from __future__ import annotations

import gzip
from pathlib import Path
from random import Random

import pytest

from fixnews import formats, issue
from fixnews.config import Config
from fixnews.formats.gzipped import GZIP
from fixnews.formats.rewording import rewordings
from fixnews.in_place import patched
from fixnews.positions import Positions
from fixnews.source import Source
from tests.pages import SAMPLES, SHARED

PLACES = (SAMPLES / "formats", SHARED)
PATTERNS = (
    "*.hocr*",
    "*.xml*",
    "*.json",
    "*.tsv*",
    "geometry/*/*/tess_page.*.gz",
    "geometry/*/*/rapid_page.*.json",
    "ocr/layouts/*/*/tess_page.*.gz",
    "ocr/layouts/*/*/rapid_page.*.json",
)
FILES = sorted(file for place in PLACES for pattern in PATTERNS for file in place.glob(pattern))
TRIALS = 3
"""Characters that are changed in each file, one at a time."""


def plain(data: bytes) -> bytes:
    return gzip.decompress(data) if data.startswith(GZIP) else data


def read(data: bytes) -> tuple[Source, Positions]:
    page = issue.page(data, "p", Config())
    assert page.positions
    return page, page.positions


@pytest.mark.parametrize("file", FILES, ids=lambda file: "/".join(file.parts[-3:]))
def test_given_back_and_changed_in_one_character(file: Path) -> None:
    data = file.read_bytes()
    page, known = read(data)
    assert patched(page, ()) == data
    words = {(*slot.strip[:2], slot.page) for slot in known.slots}
    lines = [(n, line) for n, r in enumerate(known.readings) for line in r.lines]
    assert len(words) == sum(len(line.words) for _, line in lines) > 0
    random = Random(file.name)
    for slot in random.sample(known.slots, min(TRIALS, len(known.slots))):
        at = random.randrange(slot.start, slot.end)
        new = "囍" if page.text[at] != "囍" else "江"
        changes = rewordings(known, page.text, [(at, at + 1, new)])
        written = formats.patch(page, changes)
        again, _ = read(written)
        assert again.text == page.text[:at] + new + page.text[at + 1 :]
        check_bytes(plain(data), plain(written), known.word(slot).text)


def check_bytes(old: bytes, new: bytes, word: str) -> None:
    """The bytes that differ are those of one character, in whatever way it was written."""
    assert old != new
    pairs = list(zip(old, new, strict=False))
    head = next(n for n, (a, b) in enumerate(pairs) if a != b)
    back = zip(reversed(old[head:]), reversed(new[head:]), strict=False)
    tail = next((n for n, (a, b) in enumerate(back) if a != b), 0)
    assert len(old) - tail - head <= len("&#x00000;"), word
