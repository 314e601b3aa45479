"""What counts as Chinese writing: character classes as they stand inside a regular expression.

Unicode's blocks, from the Unicode Character Database: unified ideographs with extensions A and B
to I, the compatibility ideographs, and the signs that are read as characters (々〆〇).
"""

from __future__ import annotations

from fixnews.patterns import lazy

HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""Han characters, as the inside of a character class."""

KANA = "\u3041-\u3096\u30a1-\u30fa\u30fc"
"""Kana, which Japanese names and titles bring along; they take full-width punctuation too."""

WIDE_MARKS = "，。、；：？！（）《》〈〉「」『』【】〔〕…—·％"
"""Punctuation that only Chinese text has; curly quotes are not here, English has them as well."""

LETTER = "A-Za-z\u00c0-\u024f\u0370-\u052f\uac00-\ud7a3"
"""Letters of scripts that take half-width punctuation: Latin, Greek, Cyrillic, Hangul."""

_HAN = lazy(f"[{HAN}]")


def han_count(text: str) -> int:
    """How many characters of ``text`` are Han.

    >>> han_count("3D打印")
    2
    """
    return len(_HAN.findall(text))


def is_traditional(text: str) -> bool:
    """Whether a text is set in traditional characters: more of it is in Big5 than in GB 2312.

    >>> is_traditional("縣府昨日開會"), is_traditional("县府昨日开会"), is_traditional("中文")
    (True, False, False)
    """
    han = "".join(_HAN.findall(text))
    traditional, simplified = (len(han.encode(name, "ignore")) for name in ("big5", "gb2312"))
    return traditional > simplified
