"""Bytes to page: one door, `decode`. Never a silent guess.

The order is: byte order mark, strict UTF-8, then chardet restricted to the Chinese and Unicode
codecs, then a strict decode. GB2312 and GBK are read as GB18030, their superset: Python's own
``gb2312`` turns · into ・ and — into ―.
"""

from __future__ import annotations

import codecs

from fixnews.errors import DecodeError, EncodeError
from fixnews.source import Source

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SUPERSET = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "ascii": "utf-8"}

_CHINESE = (
    "ascii", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be",
    "gb18030", "big5", "big5hkscs", "hz",
)  # fmt: skip


def decode(data: bytes, path: str = "<bytes>", encoding: str | None = None) -> Source:
    """Read a page's bytes.

    Args:
        data: the page as it lies on disk.
        path: what to call the page in reports and errors.
        encoding: the codec to use, when the reader knows better.

    Raises:
        DecodeError: no encoding fits, or the one demanded does not; names the byte.

    >>> decode("经济".encode("gbk"), encoding="gbk").encoding
    'gb18030'
    """
    if encoding:
        return _strict(data, path, _superset(encoding), b"", "demanded")
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _strict(data, path, name, bom, "byte order mark")
    try:
        return _strict(data, path, "utf-8", b"", "valid UTF-8")
    except DecodeError:
        name = _detected(data, path)
    return _strict(data, path, _superset(name), b"", "chardet, restricted to Chinese codecs")


def encode(text: str, source: Source, encoding: str | None = None) -> bytes:
    """The bytes of a repaired page, in the encoding it was read in or the one demanded.

    Raises:
        EncodeError: a character has no place in that encoding.

    >>> encode("经济", decode("经挤".encode("gbk"), encoding="gbk")).decode("gbk")
    '经济'
    """
    if text == source.text and source.data is not None and encoding in (None, source.encoding):
        return source.data
    name, bom = (encoding, b"") if encoding else (source.encoding, source.bom)
    try:
        return bom + text.encode(name)
    except UnicodeEncodeError as error:
        problem = f"{source.path}: {name} cannot write {text[error.start]!r}"
        raise EncodeError(problem, "use --output-encoding utf-8") from None


def _superset(name: str) -> str:
    try:
        canonical = codecs.lookup(name).name
    except LookupError:
        raise DecodeError(f"unknown encoding {name!r}", "see `fixnews fix --help`") from None
    return _SUPERSET.get(canonical, canonical)


def _detected(data: bytes, path: str) -> str:
    import chardet

    found = chardet.detect(data, include_encodings=list(_CHINESE))["encoding"]
    if not found:
        raise DecodeError(f"{path}: not text in any encoding known here", "name it with --encoding")
    return found


def _strict(data: bytes, path: str, name: str, bom: bytes, reason: str) -> Source:
    try:
        text = data[len(bom) :].decode(name)
    except UnicodeDecodeError as error:
        at = error.start + len(bom)
        problem = f"{path}: byte {at} (0x{data[at]:02X}) is not {name}"
        raise DecodeError(problem, "name the encoding with --encoding") from None
    return Source(path, text, data, name, bom, 1.0, reason)
