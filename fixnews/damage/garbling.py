"""Lines written in one encoding and read in another, and what pages are written in."""

from __future__ import annotations

from codecs import BOM_UTF16_LE
from collections.abc import Iterator
from random import Random

from fixnews.changes import Edit
from fixnews.patterns import lazy

LINES = 0.1
"""Share of the lines that turn into mojibake at rate 1."""

PAIRS = (
    ("utf-8", "latin-1"),
    ("utf-8", "gb18030"),
    ("gb18030", "latin-1"),
    ("gb18030", "cp437"),
    ("gb18030", "big5"),
    ("cp950", "latin-1"),
    ("cp950", "gb18030"),
)
"""What a line was written in, and read as. Only lines of which every byte survives are taken: what
lost bytes has no truth that a tool could reach."""

CODECS = ("gb18030", "cp950", "utf-16", "utf-16-le", "utf-8-sig", "hz", "utf-8")
"""What Chinese text files were written in these thirty years."""

SHORTEST = 4
"""Characters of the shortest line that is garbled."""

_LINE = lazy(r"[^\r\n\f]+")


def mojibake(text: str, chance: Random, rate: float) -> Iterator[Edit]:
    """Whole lines as the wrong encoding shows them.

    >>> [edit.new for edit in mojibake("经济形势稳定", Random(3), 10)]
    ['缁忔祹褰㈠娍绋冲畾']
    """
    for found in _LINE.finditer(text):
        pairs = chance.sample(PAIRS, len(PAIRS))
        if chance.random() < LINES * rate and len(found[0]) >= SHORTEST:
            looks = (look for pair in pairs if (look := _look(found[0], *pair)))
            yield from (Edit(*found.span(), look) for look in [next(looks, "")] if look)


def codec(text: str, chance: Random) -> str:
    """One of `CODECS` that can write a page and gives it back.

    >>> codec("縣府昨日開會", Random(1)) in CODECS
    True
    """
    drawn = chance.sample(CODECS, len(CODECS))
    return next((name for name in drawn if _writes(text, name)), "utf-8")


def written(text: str, name: str) -> bytes:
    r"""A page in one of `CODECS`; UTF-16 with a mark is little-endian on every machine.

    >>> written("新", "utf-16")
    b'\xff\xfe\xb0e'
    """
    return BOM_UTF16_LE + text.encode("utf-16-le") if name == "utf-16" else text.encode(name)


def _look(line: str, true: str, wrong: str) -> str:
    """A line as the wrong encoding shows it, or nothing where bytes or its one line are lost."""
    try:
        look = line.encode(true).decode(wrong)
    except UnicodeError:
        return ""
    whole = _LINE.fullmatch(look) and len(look.splitlines()) == 1
    return look if whole and look != line else ""


def _writes(text: str, name: str) -> bool:
    try:
        return written(text, name).decode(name) == text
    except UnicodeError:
        return False
