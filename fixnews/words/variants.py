"""The two scripts of Chinese: the one file that asks OpenCC.

OpenCC is loaded when the first question is asked: a run that trains nothing and looks for no
variants does without it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

_IDEOGRAPHS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000))


@cache
def simplified_forms() -> dict[str, str]:
    """For each traditional character of the basic plane its simplified form, where it has one.

    >>> simplified_forms()["濟"]
    '济'
    """
    convert = _converter("t2s")
    pairs = ((chr(n), convert(chr(n))) for block in _IDEOGRAPHS for n in block)
    return {old: new for old, new in pairs if old != new and len(new) == 1 and new <= "\uffff"}


@cache
def _converter(way: str) -> Callable[[str], str]:
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC(way).convert
    return convert


def simplified(text: str) -> str:
    """A text in simplified characters; the words around a character choose among its forms.

    >>> simplified("乾隆年間的乾貨")
    '乾隆年间的干货'
    """
    return _converter("t2s")(text)


def traditional(text: str) -> str:
    """A text in traditional characters.

    >>> traditional("头发与发展")
    '頭髮與發展'
    """
    return _converter("s2t")(text)


@cache
def traditional_only() -> frozenset[str]:
    """The characters that have a simplified form and no place in simplified print.

    >>> "國" in traditional_only(), "乾" in traditional_only()
    (True, False)
    """
    return frozenset(c for c in simplified_forms() if not _in("gb2312", c))


@cache
def simplified_only() -> frozenset[str]:
    """The characters that have a traditional form and no place among Big5's common ones.

    >>> "国" in simplified_only(), "后" in simplified_only()
    (True, False)
    """
    convert = _converter("s2t")
    return frozenset(
        c
        for c in map(chr, _IDEOGRAPHS[1])
        if _in("gb2312", c) and not _in("big5", c, COMMON_BIG5) and convert(c) != c
    )


COMMON_BIG5 = b"\xc6\x7e"
"""The last code of Big5's first level, its 5,401 common characters."""


def _in(codec: str, character: str, last: bytes = b"\xff\xff") -> bool:
    """Whether a character set has a character, up to a code."""
    try:
        return character.encode(codec) <= last
    except UnicodeEncodeError:
        return False
