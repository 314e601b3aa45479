"""Which files of a folder are pages that a recogniser read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fixnews.errors import PageError
from fixnews.formats import BY_NAME, recognise

SUFFIXES = frozenset((".alto", ".hocr", ".htm", ".html", ".json", ".page", ".pdf", ".tsv", ".xml"))
"""What such files are called; their content decides, and ``.gz`` may stand behind."""


def form_of(path: Path) -> str:
    """The format of a file; nothing where it has another name, is of no format, or is not read."""
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
    if not suffixes or suffixes[-1] not in SUFFIXES:
        return ""
    try:
        return recognise(path.read_bytes(), str(path))
    except (OSError, PageError):
        return ""


def among(paths: Iterable[Path]) -> list[Path]:
    """Of the files of a folder one for each page: where a page lies in two formats, the richer."""
    ranks = {name: n for n, name in enumerate(BY_NAME)}
    best: dict[str, tuple[int, Path]] = {}
    for path in sorted(paths):
        form, page = form_of(path), path.name.partition(".")[0]
        if form and (page not in best or ranks[form] < best[page][0]):
            best[page] = ranks[form], path
    return [path for _, path in best.values()]
