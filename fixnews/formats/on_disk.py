"""Which files of a folder are pages that a recogniser read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fixnews.errors import PageError
from fixnews.formats import BY_NAME, recognise

SUFFIXES = frozenset((".alto", ".hocr", ".htm", ".html", ".json", ".page", ".pdf", ".tsv", ".xml"))
"""What such files are called; their content decides, and ``.gz`` may stand behind."""


SCANS = frozenset((".gif", ".jp2", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"))
BESIDE = SUFFIXES | SCANS | {".gz", ".txt", ".text"}
"""What may stand behind the name of a page: recognisers put theirs behind the scan's."""


def bare(name: str) -> str:
    """The name of a file without what says what kind of file it is; points of a date stay.

    >>> [bare(name) for name in ("A1.page.xml.gz", "A1.png.hocr", "1999.01.02-A1.hocr")]
    ['A1', 'A1', '1999.01.02-A1']
    """
    stem, point, suffix = name.rpartition(".")
    return bare(stem) if stem and point + suffix.lower() in BESIDE else name


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
        form, page = form_of(path), bare(path.name)
        if form and (page not in best or ranks[form] < best[page][0]):
            best[page] = ranks[form], path
    return [path for _, path in best.values()]
