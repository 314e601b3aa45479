"""The picture that a page was read from, where it lies beside the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

from fixnews.positions import Reading

PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif")
"""What pictures are called that browsers show."""


def scan_beside(path: Path, reading: Reading, *, alone: bool) -> Path | None:
    """The picture of a page: the one that its file names, else one of the file's name.

    Only the folder of the file and those in it are looked through, whatever path the file names.

    Args:
        path: of the file.
        reading: the page.
        alone: whether it is the only one of its file; a picture of the file's name is its own then.
    """
    named = [path.parent / name for name in _names(reading.scan)]
    alike = [path.parent / (stem + kind) for stem in _stems(path) for kind in PICTURES]
    return next((one for one in (*named, *(alike if alone else ())) if _is_picture(one)), None)


def _is_picture(path: Path) -> bool:
    try:
        return path.suffix.lower() in PICTURES and path.is_file()
    except (OSError, ValueError):
        return False


def _names(scan: str) -> Iterator[str]:
    """What a picture may be called in the folder: its path below, or its name alone."""
    told = PureWindowsPath(scan)
    if scan and not told.anchor and ".." not in told.parts:
        yield told.as_posix()
    if told.name:
        yield told.name


def _stems(path: Path) -> Iterator[str]:
    """The names of a file without one suffix after the other: ``A1.alto`` and ``A1``."""
    stem = path.name
    while Path(stem).suffix:
        stem = Path(stem).stem
        yield stem
