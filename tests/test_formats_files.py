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
    page = issue.page(data, "p", Config(reading_order="file"))
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
        check_bytes(plain(data), plain(written), new)


def check_bytes(old: bytes, new: bytes, mark: str) -> None:
    """The file is as it was but for what one character was written as, wherever it is said."""
    at, first = 0, True
    for part in new.split(mark.encode()):
        found = old.index(part, at)
        assert found == 0 if first else 0 < found - at <= len("&#x00000;")
        at, first = found + len(part), False
    assert at == len(old)
