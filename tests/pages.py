"""The pages that the tests read: our own samples, and real ones where they are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples"
SHARED = ROOT.parent / "shared"

PAGE_SETS = tuple(sorted(folder.name for folder in SAMPLES.iterdir() if folder.is_dir()))


def damaged(page_set: str) -> dict[str, bytes]:
    """The damaged pages of a sample, by label."""
    return _pages(page_set, "damaged")


def truth(page_set: str) -> dict[str, bytes]:
    """What they should read as."""
    return _pages(page_set, "truth")


def _pages(page_set: str, kind: str) -> dict[str, bytes]:
    return {f.stem: f.read_bytes() for f in sorted((SAMPLES / page_set / kind).glob("*.txt"))}


def shared(name: str) -> bytes:
    """A file of the reference pages, which only the makers of fixnews have at hand."""
    path = SHARED / name
    if not path.is_file():
        pytest.skip(f"the reference page {name} is not at hand")
    return path.read_bytes()
