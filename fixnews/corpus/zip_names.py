"""Names inside a zip as those who packed it saw them.

The format knows two encodings of names: that of the IBM PC, and UTF-8 where a bit says so (APPNOTE
4.4.4 and Appendix D). Windows in China writes GBK and sets no bit, others write UTF-8 and set none;
by the letter of the format 江州日报 reads as ╜¡╓▌╚╒▒¿.
"""

from __future__ import annotations

from collections.abc import Sequence
from zipfile import ZipFile, ZipInfo

from fixnews import encoding
from fixnews.errors import DecodeError
from fixnews.patterns import lazy

_SAYS_UTF8 = 0x800
_FAT = 0
"""The system, in a member's facts, of those who may part folders by a backslash."""

_EASTERN = lazy(rb"[\x80-\xff]{2}")
"""What names in GBK, Big5 or UTF-8 hold. Of accented letters there are seldom two in a row, and año
in the encoding of the IBM PC is a寸 in Big5."""

SURE = 0.95
"""Confidence from which on a reading of names is taken: of 20 short names, each alone, in GBK, Big5
and UTF-8 all have 1.0; Cyrillic that is read as damaged Big5 has 0.9."""


def read_anew(archive: ZipFile) -> None:
    """Give the members of a zip their names as they were meant.

    The names that say no encoding are read together, as a page would be; where no encoding fits
    they stay what they are.
    """
    silent = [info for info in archive.infolist() if _is_silent(info)]
    meant = _decoded([info.filename.encode("cp437") for info in silent])
    names = {id(info): name for info, name in zip(silent, meant, strict=True)}
    for info in archive.infolist():
        name = names.get(id(info), info.filename)
        _rename(archive, info, name.replace("\\", "/") if info.create_system == _FAT else name)


def _is_silent(info: ZipInfo) -> bool:
    """Whether a name has letters beyond ASCII, and nothing says in which encoding."""
    return not (info.flag_bits & _SAYS_UTF8 or info.filename.isascii())


def _decoded(names: Sequence[bytes]) -> list[str]:
    """The names, by the encoding that all of them together are in.

    >>> _decoded([name.encode("gbk") for name in ("江州日报/要闻.txt", "江州日报/民生.txt")])
    ['江州日报/要闻.txt', '江州日报/民生.txt']
    """
    raw = b"\n".join(names)
    as_they_are = [name.decode("cp437") for name in names]
    try:
        page = encoding.decode(raw)
    except DecodeError:
        return as_they_are
    found = page.text.split("\n")
    sure = page.confidence >= SURE and not page.passages and _EASTERN.search(raw)
    return found if sure and len(found) == len(names) else as_they_are


def _rename(archive: ZipFile, info: ZipInfo, name: str) -> None:
    """Have a member found by another name; where it lies is looked up by the one that it had."""
    if name != info.filename:
        archive.NameToInfo[name] = archive.NameToInfo.pop(info.filename, info)
        info.filename = name
