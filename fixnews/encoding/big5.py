"""Big5 as the web reads it: Hong Kong's supplement, with the symbols that Taiwan prints.

Python has three codecs and none is right alone. ``big5hkscs`` knows ①, 碁 and Hong Kong's
characters but turns ‧ into • and ～ into ∼; ``cp950`` has those symbols right but reads C6A1 and
up as kana, and knows nothing of Hong Kong. The WHATWG Encoding Standard (index Big5) settles each
code; this module is ``big5hkscs`` with cp950's symbols, which is that index.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fixnews.patterns import lazy

NAME = "big5"
"""What a page read this way says of its encoding."""

ALIASES = frozenset({"big5", "cp950", "big5hkscs"})
"""Python's codecs, by canonical name, that are read here."""

_SYMBOLS = (
    ("•", "‧", b"\xa1\x45"),
    ("､", "﹑", b"\xa1\x4e"),
    ("‾", "¯", b"\xa1\xc2"),
    ("∼", "～", b"\xa1\xe3"),
    ("♁", "⊕", b"\xa1\xf2"),
    ("☉", "⊙", b"\xa1\xf3"),
    ("¥", "￥", b"\xa2\x44"),
    ("¢", "￠", b"\xa2\x46"),
    ("£", "￡", b"\xa2\x47"),
    ("￭", "▓", b"\xf9\xfe"),
)
"""What ``big5hkscs`` gives, what the index says, and the code."""

_MERGED = {b"\xa2\x41": "∕", b"\xa2\x42": "﹨", b"\xa3\xe1": "€"}
"""Codes that ``big5hkscs`` reads as the twin ／ or ＼ of another code, or does not know."""

_WRITTEN = {
    **{new: code for _, new, code in _SYMBOLS},
    **{new: code for code, new in _MERGED.items()},
    "／": b"\xa1\xfe",
    "＼": b"\xa2\x40",
}
_UNWRITTEN = frozenset(old for old, _, _ in _SYMBOLS)
_SPECIAL = lazy("[" + re.escape("".join((*_WRITTEN, *_UNWRITTEN))) + "]")
_CHARACTER = lazy(rb"[\x81-\xfe][\x40-\xfe]|.", re.DOTALL)


def decode(data: bytes, errors: str = "strict") -> str:
    r"""The text of Big5 bytes.

    Raises:
        UnicodeDecodeError: as of Python's own codecs; ``start`` counts in ``data``.

    >>> decode(b"\xa1\x45\xf9\xd6\xc6\xa1")  # Taiwan's dot, a character of cp950, Hong Kong's one
    '‧碁①'
    """
    try:
        text = data.decode("big5hkscs", errors)
    except UnicodeDecodeError as error:
        if data[error.start : error.start + 2] not in _MERGED:
            raise
        return _by_pieces(data, errors)
    if ("／" in text or "＼" in text) and _has_merged(data):
        return _by_pieces(data, errors)
    return _with_symbols(text)


def encode(text: str) -> bytes:
    r"""The bytes of a text: `decode` gives it back.

    Raises:
        UnicodeEncodeError: Big5 has no such character.

    >>> encode("‧∕／")
    b'\xa1E\xa2A\xa1\xfe'
    """
    out: list[bytes] = []
    done = 0
    for found in _SPECIAL.finditer(text):
        out += (_plain(text, done, found.start()), _special(text, found.start()))
        done = found.end()
    return b"".join((*out, _plain(text, done, len(text))))


def _with_symbols(text: str) -> str:
    for old, new, _ in _SYMBOLS:
        text = text.replace(old, new)
    return text


def _has_merged(data: bytes) -> bool:
    """Whether one of the merged codes is a character here, not the end of one and a letter."""
    return any(m[0] in _MERGED for m in _CHARACTER.finditer(data))


def _by_pieces(data: bytes, errors: str) -> str:
    out: list[str] = []
    for start, end, merged in _pieces(data):
        try:
            out.append(_with_symbols(data[start:end].decode("big5hkscs", errors)))
        except UnicodeDecodeError as error:
            at = start + error.start
            raise UnicodeDecodeError(NAME, data, at, start + error.end, error.reason) from None
        out.append(merged)
    return "".join(out)


def _pieces(data: bytes) -> Iterator[tuple[int, int, str]]:
    """Start and end of what ``big5hkscs`` reads, and the character that follows it."""
    done = 0
    for found in _CHARACTER.finditer(data):
        if found[0] in _MERGED:
            yield done, found.start(), _MERGED[found[0]]
            done = found.end()
    yield done, len(data), ""


def _special(text: str, at: int) -> bytes:
    if text[at] in _UNWRITTEN:
        raise UnicodeEncodeError(NAME, text, at, at + 1, "no such character")
    return _WRITTEN[text[at]]


def _plain(text: str, start: int, end: int) -> bytes:
    try:
        return text[start:end].encode("big5hkscs")
    except UnicodeEncodeError as error:
        at, stop = start + error.start, start + error.end
        raise UnicodeEncodeError(NAME, text, at, stop, error.reason) from None
