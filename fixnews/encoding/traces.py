"""What bytes a text was read from: those that its characters have in the encoding it was read in.

Most characters have one code. cp932 has two for 396 (NEC's and IBM's rows say the same), Big5 for a
dozen. U+FFFD stands for a byte that is gone, and a question mark may.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from itertools import accumulate, product

from fixnews.encoding import big5
from fixnews.encoding.remains import Choice, Unit
from fixnews.encoding.shares import UNKNOWN, Row
from fixnews.patterns import lazy
from fixnews.source import LOST

SECOND_BYTE = -4.0
"""Nats for a U+FFFD that stands for two bytes. Python writes one for each, browsers and Windows one
for a character where they can."""

QUESTION = -4.0
"""Nats for a question mark that stands for a byte: Windows wrote that for what it lost."""

_GONE: dict[str, Unit] = {
    LOST: (Choice((UNKNOWN,)), Choice((UNKNOWN, UNKNOWN), SECOND_BYTE)),
    "?": (Choice((0x3F,)), Choice((UNKNOWN,), QUESTION)),
}

_UTF8_RUN = lazy(b"(?:[\xe2-\xef][\x80-\xbf]{2}){2,}")

_DOUBLE = {
    "cp932": (("cp932",), b"\x81\x87\xed\xee\xfa\xfb\xfc"),
    "big5": (("big5hkscs",), b"\xa1\xa2\xa4\xf9"),
    "cp950": (("cp950", "big5"), b"\xa1\xa2\xa4\xf9"),
}
"""Codecs to ask for all codes of a character, and the first bytes of those, by encoding."""

_WINDOWS = {ord(bytes([b]).decode("cp1252", "ignore") or " "): b for b in range(0x80, 0xA0)}
_WINDOWS.pop(ord(" "), None)


def written(text: str, wrong: str) -> bytes | None:
    """The bytes of a text in an encoding; None if it lacks a character.

    >>> written("缁忔祹", "gb18030").decode()
    '经济'
    """
    try:
        return _WRITERS.get(wrong, str.encode)(text, wrong)
    except UnicodeEncodeError:
        return None


def sure(text: str, wrong: str) -> bool:
    """Whether each character was read from the bytes that `written` gives.

    >>> sure("缁忔祹", "gb18030"), sure("缁忔祹\ufffd", "gb18030")
    (True, False)
    """
    return LOST not in text and _doubles(wrong).keys().isdisjoint(text)


def units(text: str, wrong: str) -> list[Unit]:
    """The bytes of each character, with all that they may be.

    Raises:
        UnicodeEncodeError: the encoding lacks a character.
    """
    write = _WRITERS.get(wrong, str.encode)
    known = _GONE | _doubles(wrong)
    return [known.get(c) or (Choice(tuple(write(c, wrong))),) for c in text]


def utf8_runs(text: str, wrong: str) -> Iterator[tuple[int, int]]:
    """Start and end of stretches within a text whose bytes are two characters of UTF-8 or more.

    Chinese in GBK or Big5 hardly ever is, so such a stretch stands out of the clean text around it.
    A mark for a lost character behind it belongs to it.

    >>> list(utf8_runs("据浜烘皯鏃ユ姤报道", "gb18030"))
    [(1, 7)]
    """
    if not _UTF8_RUN.search(_roughly(text, wrong)):
        return
    rows = [written(c, wrong) or b"\0" for c in text]
    ends = list(accumulate(map(len, rows), initial=0))
    places = {end: number for number, end in enumerate(ends)}
    for found in _UTF8_RUN.finditer(b"".join(rows)):
        starts = [at for at in range(found.start(), found.end() + 1, 3) if at in places]
        if len(starts) > 1:
            end = places[starts[-1]]
            torn = text[end + 1 : end + 2] in (LOST, "?")
            yield places[starts[0]], end + 2 * torn


def _roughly(text: str, wrong: str) -> bytes:
    """The bytes of a text at once; what the encoding lacks, and some signs, are question marks.

    The one sign of Big5 whose bytes may stand in UTF-8, A1E3, is called by another name in Python.
    """
    if wrong == "big5":
        return text.replace("～", "∼").encode("big5hkscs", "replace")
    return text.encode(wrong, "replace")


@cache
def _doubles(wrong: str) -> dict[str, Unit]:
    """The characters of an encoding that have several codes."""
    codes: dict[str, dict[Row, None]] = defaultdict(dict)
    codecs, leads = _DOUBLE.get(wrong, ((), b""))
    for codec, lead, trail in product(codecs, leads, range(0x40, 0xFF)):
        with suppress(UnicodeDecodeError):
            codes[bytes((lead, trail)).decode(codec)][lead, trail] = None
    double = {text: rows for text, rows in codes.items() if len(text) == 1 < len(rows)}
    return {text: tuple(map(Choice, rows)) for text, rows in double.items()}


def _latin(text: str, wrong: str) -> bytes:
    del wrong
    return text.translate(_WINDOWS).encode("latin-1")


def _big5(text: str, wrong: str) -> bytes:
    del wrong
    return big5.encode(text)


def _neighbour(text: str, wrong: str) -> bytes:
    """Bytes in a code page beside cp1252; what that leaves undefined passes through as controls."""
    return text.translate(_codes(wrong)).encode("latin-1")


@cache
def _codes(wrong: str) -> dict[int, int]:
    """The bytes of a code page's characters; what else Latin-1 has is none of its."""
    read = {ord(bytes((b,)).decode(wrong, "ignore") or chr(b)): b for b in range(0x80, 0x100)}
    lacking = dict.fromkeys(set(range(0xA0, 0x100)) - read.keys(), LACKING)
    return lacking | read


LACKING = 0xFFFF
"""A code that no single byte has."""

NEIGHBOURS = ("cp1250", "cp1254", "iso8859-15")
"""Code pages that share most of cp1252."""

_WRITERS: dict[str, Callable[[str, str], bytes]] = {
    "cp1252": _latin,
    "big5": _big5,
    **dict.fromkeys(NEIGHBOURS, _neighbour),
}
