r"""GB18030 as its editions of 2005 and 2022 have it: Python's codec is that of 2000.

Eighteen codes that were private then are characters now (龴 and the like, the marks of vertical
lines), A8BC is ḿ, and A3A0, which no edition has, is the blank that browsers read.
"""

from __future__ import annotations

from fixnews.patterns import lazy

NAME = "gb18030"

_CODES = {
    **{bytes((0xA6, 0xD9 + n)): c for n, c in enumerate("︐︒︑︓︔︕︖")},
    **dict(zip((b"\xa6\xec", b"\xa6\xed", b"\xa6\xf3"), "︗︘︙", strict=True)),
    **{
        bytes((0xFE, low)): chr(0x9FB4 + n)
        for n, low in enumerate((0x59, 0x61, 0x66, 0x67, 0x6D, 0x7E, 0x90, 0xA0))
    },
    b"\xa8\xbc": "ḿ",
}
"""Codes, and the characters that they are."""

_BLANK = "\ue5e5"
_READ = str.maketrans({code.decode(NAME): c for code, c in _CODES.items()} | {_BLANK: "\u3000"})
_OLD = lazy("[" + "".join(map(chr, _READ)) + "]")
_WRITTEN = {character: code for code, character in _CODES.items()}
_NEW = lazy("([" + "".join(_WRITTEN) + "])")


def decode(data: bytes, errors: str = "strict") -> str:
    r"""The text of GB18030 bytes.

    Raises:
        UnicodeDecodeError: as of Python's own codec.

    >>> decode(b"\xfe\x59\xa3\xa0\xa8\xbc")
    '龴\u3000ḿ'
    """
    text = data.decode(NAME, errors)
    return text.translate(_READ) if _OLD.search(text) else text


def encode(text: str) -> bytes:
    r"""The bytes of a text: `decode` gives it back.

    Raises:
        UnicodeEncodeError: half a surrogate pair.

    >>> encode("龴")
    b'\xfeY'
    """
    if not _NEW.search(text):
        return text.encode(NAME)
    return b"".join(_WRITTEN.get(piece) or piece.encode(NAME) for piece in _NEW.split(text))
