"""Encodings of Taiwan's national set, CNS 11643: EUC-TW, and ISO-2022-CN (RFC 1922)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from fixnews.encoding import codes
from fixnews.patterns import lazy

EUC_TW = "euc_tw"
ISO_2022_CN = "iso2022_cn"

_EUC = lazy(rb"[\x00-\x7f]+|\x8e([\xa1-\xa7])([\xa1-\xfe][\xa1-\xfe])|([\xa1-\xfe][\xa1-\xfe])")

_ISO = lazy(
    rb"(?P<set>\x1b\$[)*+][A-Z])|(?P<shift>[\x0e\x0f])|(?P<single>\x1b[NO]|\x8e|\x8f)"
    rb"|(?P<line>[\r\n]+)|(?P<rest>[^\x0e\x0f\x1b\x8e\x8f\r\n]+)|(?P<odd>.)",
    re.DOTALL,
)
"""What ISO-2022-CN is made of: designations, shifts, single shifts, line ends, bytes."""

_SETS = {b")A": "gb2312", b")G": 1, b"*H": 2, b"+I": 3, b"+J": 4, b"+K": 5, b"+L": 6, b"+M": 7}
"""Where a designation puts which set: GB2312, or a plane of CNS 11643."""

_SINGLE = {b"\x1bN": b"*", b"\x8e": b"*", b"\x1bO": b"+", b"\x8f": b"+"}


def read_euc_tw(data: bytes, name: str = EUC_TW, errors: str = "strict") -> str:
    r"""The text of EUC-TW bytes.

    Raises:
        UnicodeDecodeError: they are not in that encoding.

    >>> read_euc_tw(b"\xc4\xe3\x8e\xa1\xc4\xe3")
    '中中'
    """
    out, at, table = list[str](), 0, codes.cns()
    while at < len(data):
        found = _EUC.match(data, at)
        text = found and _euc(found, table)
        if found and text:
            out.append(text)
        elif errors == "strict":
            raise UnicodeDecodeError(name, data, at, at + 1, "no character")
        else:
            out.append("\ufffd")
        at = found.end() if found and text else at + 1
    return "".join(out)


def _euc(found: re.Match[bytes], table: dict[bytes, str]) -> str | None:
    if found[1]:
        return table.get(bytes((found[1][0] - 0xA0,)) + found[2])
    return table.get(b"\x01" + found[3]) if found[3] else found[0].decode("ascii")


def write_euc_tw(text: str) -> bytes:
    r"""The bytes of a text in EUC-TW.

    Raises:
        UnicodeEncodeError: CNS 11643 has no such character.

    >>> write_euc_tw("中A")
    b'\xc4\xe3A'
    """
    return b"".join(
        code[1:] if plane == 1 else bytes((0x8E, 0xA0 + plane)) + code[1:] if plane else code
        for plane, code in _planes(text, EUC_TW)
    )


def _planes(text: str, name: str) -> Iterator[tuple[int, bytes]]:
    """The plane of each character, 0 for ASCII, and its code."""
    table = _reverse()
    for at, character in enumerate(text):
        if character < "\x80":
            yield 0, character.encode("ascii")
        elif character in table:
            yield table[character][0], table[character]
        else:
            raise UnicodeEncodeError(name, text, at, at + 1, "no such character")


@cache
def _reverse() -> dict[str, bytes]:
    return {character: code for code, character in reversed(codes.cns().items())}


def read_iso_2022_cn(data: bytes, name: str = ISO_2022_CN) -> str:
    r"""The text of ISO-2022-CN and its extension; each line starts in ASCII.

    Raises:
        UnicodeDecodeError: they are not in that encoding.

    >>> read_iso_2022_cn(b"\x1b$)A\x0eVPND\x0f.")
    '中文.'
    """
    out, sets, shifted, single = list[str](), dict[bytes, object](), False, b""
    for found in _ISO.finditer(data):
        piece, kind = found[0], found.lastgroup
        if kind == "set":
            sets[piece[2:3]] = _SETS.get(piece[2:])
        elif kind == "shift":
            shifted = piece == b"\x0e"
        elif kind == "single":
            single = _SINGLE[piece]
        elif kind == "line":
            out.append(piece.decode("ascii"))
            sets, shifted = {}, False
        else:
            first = (sets.get(single), piece[:2]) if single else (None, b"")
            rest = piece[len(first[1]) :]
            try:
                out.append(_of_set(*first))
                out.append(_of_set(sets.get(b")"), rest) if shifted else rest.decode("ascii"))
            except (UnicodeDecodeError, KeyError):
                start = found.start()
                raise UnicodeDecodeError(name, data, start, start + 1, "no character") from None
            single = b""
    return "".join(out)


def _of_set(chosen: object, data: bytes) -> str:
    """Pairs of seven bits in a set.

    Raises:
        KeyError: no set was chosen, or it has no such character.
        UnicodeDecodeError: GB2312 has no such character.
    """
    high = bytes(b | 0x80 for b in data)
    if chosen == "gb2312":
        return high.decode("gb2312")
    if data and not isinstance(chosen, int):
        raise KeyError(data)
    table = codes.cns()
    return "".join(
        table[bytes((int(str(chosen)),)) + high[i : i + 2]] for i in range(0, len(high), 2)
    )


def write_iso_2022_cn(text: str) -> bytes:
    r"""The bytes of a text in ISO-2022-CN, in GB2312 where that has it all.

    Raises:
        UnicodeEncodeError: neither set has a character.

    >>> write_iso_2022_cn("中文.")
    b'\x1b$)A\x0eVPND\x0f.'
    """
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        write: Callable[[str], bytes] = _in_cns
    else:
        write = _in_gb2312
    lines = re.split(r"([\r\n]+)", text)
    return b"".join(map(write, lines))


_RUN = lazy("([^\x00-\x7f]+)")


def _in_gb2312(line: str) -> bytes:
    head = b"" if line.isascii() else b"\x1b$)A"
    return head + b"".join(
        piece.encode("ascii")
        if piece.isascii()
        else b"\x0e" + bytes(b & 0x7F for b in piece.encode("gb2312")) + b"\x0f"
        for piece in _RUN.split(line)
    )


def _in_cns(line: str) -> bytes:
    if line.isascii():
        return line.encode("ascii")
    out, shifted = [b"\x1b$)G\x1b$*H"], False
    for plane, code in _planes(line, ISO_2022_CN):
        if plane > 2:
            raise UnicodeEncodeError(ISO_2022_CN, line, 0, 1, "beyond its two planes")
        if plane < 2 and shifted != bool(plane):
            shifted = bool(plane)
            out.append(b"\x0e" if shifted else b"\x0f")
        single = b"\x1bN" if plane == 2 else b""
        out.append(single + (bytes(b & 0x7F for b in code[1:]) if plane else code))
    return b"".join(out) + (b"\x0f" if shifted else b"")
