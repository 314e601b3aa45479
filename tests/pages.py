"""The pages that the tests read: our own samples, and real ones where they are at hand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples"
SHARED = ROOT.parent / "shared"
GOLDEN = ROOT / "tests" / "golden"

PAGE_SETS = tuple(sorted(folder.parent.name for folder in SAMPLES.glob("*/damaged")))


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


@dataclass(frozen=True)
class Golden:
    """Pages, what they should read as, and what should be said of them.

    A file begins with the reason for the case. Behind ``=== page A1`` stands a page, behind
    ``=== output A1`` what becomes of it (a page without one stays as it is), behind ``=== report``
    a line for every correction: page, code, whether it is applied, offered or reported, message.
    """

    name: str
    why: str
    pages: dict[str, str]
    output: dict[str, str]
    report: list[str]

    @property
    def known_failure(self) -> bool:
        """Whether the case tells what should be, but is not yet."""
        return self.why.startswith("Known failure:")


_SECTION = re.compile(r"^=== (?:(page|output) (\S+)|(report))\n", re.MULTILINE)


def golden(folder: str) -> list[Golden]:
    """The golden cases of a folder, by name."""
    return [_golden(path) for path in sorted((GOLDEN / folder).glob("*.txt"))]


def _golden(path: Path) -> Golden:
    why, *parts = _SECTION.split(path.read_text("utf-8"))
    rows = list(zip(parts[::4], parts[1::4], parts[3::4], strict=True))
    pages = {label: text for kind, label, text in rows if kind == "page"}
    changed = {label: text for kind, label, text in rows if kind == "output"}
    report = [line for kind, _, text in rows if not kind for line in text.splitlines() if line]
    return Golden(path.stem, why.strip(), pages, {**pages, **changed}, report)
