r"""Big5 as Taiwan's boards and desktops extended it: Unicode-at-on (UAO) 2.50.

Its extension and that of Hong Kong have the same codes: 954A is 堃 here and 埄 there. Which of the
two a page means is told by which reads (`fixnews.encoding`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from fixnews.encoding import big5, codes
from fixnews.patterns import lazy

NAME = "big5-uao"

_EXTENDED = lazy(rb"[\x81-\xa0\xfa-\xfe][\x40-\x7e\xa1-\xfe]")
_CHARACTER = lazy(rb"[\x81-\xfe][\x40-\x7e\xa1-\xfe]|[\x00-\x7f]+|.", re.DOTALL)


def may_be(data: bytes) -> bool:
    r"""Whether bytes that are Big5 may hold codes of the extension: a cheap test.

    >>> may_be(b"\xa4\xa4\xa4\xe5"), may_be(b"\x95\x4a")
    (False, True)
    """
    return _EXTENDED.search(data) is not None


def decode(data: bytes, errors: str = "strict") -> str:
    r"""The text of Big5-UAO bytes.

    Raises:
        UnicodeDecodeError: as of Python's own codecs.

    >>> decode(b"\xb4\xe5\xbf\xfc\x95\x4a")
    '游錫堃'
    """
    table = codes.uao()
    out, start, at = list[str](), 0, 0
    for found in _CHARACTER.finditer(data):
        if found[0] in table:
            at = found.start()
            out += (_rest(data, start, at, errors), table[found[0]])
            start = found.end()
    return "".join((*out, _rest(data, start, len(data), errors)))


def _rest(data: bytes, start: int, end: int, errors: str) -> str:
    try:
        return big5.decode(data[start:end], errors)
    except UnicodeDecodeError as error:
        first, last = start + error.start, start + error.end
        raise UnicodeDecodeError(NAME, data, first, last, error.reason) from None


def encode(text: str) -> bytes:
    r"""The bytes of a text: `decode` gives it back.

    Raises:
        UnicodeEncodeError: there is no such character.

    >>> encode("堃")
    b'\x95J'
    """
    return b"".join(_codes(text))


def _codes(text: str) -> Iterator[bytes]:
    table, taken = _reverse(), codes.uao()
    for at, character in enumerate(text):
        code = table.get(character)
        if code is None:
            try:
                code = big5.encode(character)
            except UnicodeEncodeError:
                code = None
        if code is None or (code in taken and taken[code] != character):
            raise UnicodeEncodeError(NAME, text, at, at + 1, "no such character")
        yield code


@cache
def _reverse() -> dict[str, bytes]:
    plain = {character: code for code, character in reversed(codes.uao().items())}
    return {c: code for c, code in plain.items() if not _in_big5(c)}


def _in_big5(character: str) -> bool:
    """Whether a character has a code of Big5 that both extensions leave alone."""
    try:
        return big5.encode(character) not in codes.uao()
    except UnicodeEncodeError:
        return False
