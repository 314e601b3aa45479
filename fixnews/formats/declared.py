"""Files of recognisers decoded, and whether they are in the encoding that they declare."""

from __future__ import annotations

from dataclasses import replace

from fixnews.encoding import codec, decode
from fixnews.errors import DecodeError
from fixnews.message import Message
from fixnews.patterns import lazy
from fixnews.source import Source

HEAD = 1 << 16
"""Bytes in which the first element of an XML file is looked for: behind a licence, if need be."""

_DECLARED = lazy(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)|<meta[^>]*?charset=["']?([\w-]+)""")


def decoded(data: bytes, path: str, encoding: str) -> Source:
    """The file as text, and whether it is in the encoding that it declares."""
    declared = _declared(data)
    try:
        file = decode(data, path, encoding or None)
    except DecodeError:
        if encoding or not declared:
            raise
        file = decode(data, path, declared)
    other = declared and not file.encoding.startswith(declared)
    if not encoding and other and not data.isascii():
        if file.confidence < 1.0 and codec.reads(data, declared):
            return decode(data, path, declared)
        return replace(
            file,
            reason=Message(
                "{reason}; the file says {declared}",
                reason=Message(file.reason),
                declared=declared,
            ),
        )
    return file


def _declared(data: bytes) -> str:
    """The encoding that a file says it is in; nothing where it says none that is known."""
    found = _DECLARED.search(data[:HEAD])
    try:
        return codec.canonical((found[1] or found[2]).decode()) if found else ""
    except DecodeError:
        return ""
