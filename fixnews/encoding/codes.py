"""The codes of character sets that Python has no codec for: CNS 11643 and Big5-UAO.

`training/codes.py` says where they come from. They are read when a page asks for them.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from pathlib import Path

from fixnews.errors import DataError
from fixnews.message import Message

_TABLES = Path(__file__).parents[1] / "models" / "codes.json.z"

_NONE = "\0"

PLANES = range(1, 8)
"""The planes of CNS 11643 that EUC-TW reaches and that have characters."""

_ROW = range(0xA1, 0xFF)
_BIG5_TRAILS = (*range(0x40, 0x7F), *_ROW)
_BIG5_LEADS = range(0x81, 0xFF)


@cache
def cns() -> dict[bytes, str]:
    r"""From plane, row and cell, the latter two as bytes of EUC, to the character.

    >>> cns()[b"\x01\xc4\xe3"], len(cns())
    ('中', ...)
    """
    codes = product(PLANES, _ROW, _ROW)
    pairs = zip(codes, "".join(_load()["cns"]), strict=True)
    return {bytes(code): character for code, character in pairs if character != _NONE}


@cache
def uao() -> dict[bytes, str]:
    r"""The codes of Big5-UAO that `fixnews.encoding.big5` reads as something else, or not at all.

    >>> uao()[b"\x95\x4a"]
    '堃'
    """
    codes = product(_BIG5_LEADS, _BIG5_TRAILS)
    pairs = zip(codes, _load()["uao"], strict=True)
    return {bytes(code): character for code, character in pairs if character != _NONE}


def _load() -> dict[str, str]:
    import json
    import zlib

    try:
        table: dict[str, str] = json.loads(zlib.decompress(_TABLES.read_bytes()))
    except (OSError, ValueError, zlib.error):
        raise DataError(
            Message("{name} is missing or damaged", name=_TABLES.name), "reinstall fixnews"
        ) from None
    return table
