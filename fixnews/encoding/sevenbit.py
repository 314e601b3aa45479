r"""Encodings whose bytes are all ASCII: HZ, UTF-7, ISO-2022-CN. Which, if any, a page is in.

Each has a mark that plain text hardly ever has; what follows the mark must read as Chinese, and be
likelier than the ASCII that stands there.
"""

from __future__ import annotations

from fixnews.encoding import cns, codec, frequency
from fixnews.patterns import lazy

MIXED_SCRIPT = 0.3

_HZ = lazy(rb"~\{(?:[\x21-\x77][\x21-\x7e])+")
_UTF7 = lazy(rb"\+[A-Za-z0-9+/]{3,}")
_ISO = lazy(rb"\x1b\$(?:\)[A-G]|\*H)")

_MARKS = (("hz", b"~{", _HZ), (cns.ISO_2022_CN, b"\x1b$", _ISO), ("utf-7", b"+", _UTF7))
"""The encoding, what it cannot do without, and what it looks like."""

REASON = {
    "hz": "HZ escapes around GB2312",
    cns.ISO_2022_CN: "escapes of ISO-2022-CN",
    "utf-7": "UTF-7, which reads as Chinese",
}
"""Why, for people."""


def encoding(data: bytes) -> str | None:
    r"""The encoding of a page of ASCII that is none, or None.

    >>> encoding("经济".encode("hz")), encoding("经济形势".encode("utf-7"))
    ('hz', 'utf-7')
    >>> encoding(b"a~{b}~c"), encoding(b"1+1=2")
    (None, None)
    """
    for name, mark, pattern in _MARKS:
        if mark in data and pattern.search(data) and _reads(data, name):
            return name
    return None


def _reads(data: bytes, name: str) -> bool:
    try:
        text = codec.read(data, name)
    except UnicodeDecodeError:
        return False
    news = frequency.load()
    plain = news.likelihood(data.decode("ascii"), MIXED_SCRIPT)
    return news.likelihood(text, MIXED_SCRIPT) > plain
