"""What characters cost in text that is not Chinese: kana, hangul, letters, lines of boxes.

Rounded natural logarithms of their shares, counted in 53,713 Japanese and 44,845 Korean messages of
programs. A hangul is an initial, a vowel and a final, and costs what these three cost, so that one
that no word has (뿍, 썅) is as rare as it is, without a table of 11,172.
"""

from __future__ import annotations

ALPHABET, SMALL = -5.0, -4.0
"""Cyrillic and Greek letters, and lines of boxes, in text that is made of them; small letters."""

_SMALL = "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґαβγδεζηθικλμνξοπρςστυφχψωάέήίόύώ"

_KANA = {
    -3.5: "のー",
    -4.0: "ますでしをはにがせんるいたンルトイスッ",
    -5.0: "てれなりきさかあとクフリラシプドタアァデバョジロィレテブグコ",
    -6.0: "こみくらうけつめだよっもマサセパエキオメウカムェュポケダベモチォボャザ",
    -7.0: "わどえばへぎそおじソナビニズユペワガヘピハネミ",
    -8.0: "びべむやずちツゴホゥゲノヤヴヒギ",
    -9.0: "ごろゼヌゾ",
    -10.0: "ょぬぐぞげづほゃゅヨ",
}

RARE_KANA = -11.0
"""The others: ゐ, ゑ and ヱ are spelt no more, ゎ and ヮ hardly ever."""

_INITIALS = (
    -2.5, -5.5, -3.0, -2.5, -5.5, -2.5, -3.0, -3.0, -7.5, -2.0, -6.0, -1.5, -2.5, -6.5, -4.0, -4.0,
    -3.5, -3.5, -2.5,
)  # fmt: skip
_VOWELS = (
    -1.5, -3.0, -5.5, -11.5, -2.5, -3.0, -3.0, -6.0, -2.5, -4.5, -7.5, -4.5, -4.0, -3.0, -5.5, -7.5,
    -5.0, -5.0, -2.0, -4.5, -1.5,
)  # fmt: skip
_FINALS = (
    -0.5, -3.0, -8.0, -13.0, -2.0, -14.0, -5.0, -7.0, -2.5, -6.5, -8.5, -9.0, -14.0, -14.0, -14.0,
    -10.0, -3.5, -3.0, -4.0, -4.5, -4.5, -2.5, -6.5, -7.5, -14.0, -6.0, -7.0, -7.5,
)  # fmt: skip
"""In the order of Unicode: ㄱ ㄲ ㄴ …, ㅏ ㅐ ㅑ …, none ㄱ ㄲ …"""

FIRST_HANGUL, LAST_HANGUL = 0xAC00, 0xD7A3

COMMON_HANGUL = -5.0
_COMMON_HANGUL = (
    "이다는에을의가고하지로한사도기어자서리시아은를대그나인일정해들수라과부원보제전있주장구상"
    "동여게만소오성국와조비스경방면요년거신으회미공생중위안선연관화적한했음습니까"
)
"""Of 2,350 hangul in use these eighty make up half."""


def costs() -> dict[str, float]:
    """The natural logarithm of each character of these scripts, but for the rarer hangul.

    >>> costs()["の"] > costs()["ゑ"]
    True
    """
    blocks = ((0x0370, 0x0530), (0x2500, 0x2580))
    letters = {chr(c): ALPHABET for low, high in blocks for c in range(low, high)}
    letters |= dict.fromkeys(_SMALL, SMALL)
    return letters | _kana() | dict.fromkeys(_COMMON_HANGUL, COMMON_HANGUL)


def _kana() -> dict[str, float]:
    rare = dict.fromkeys(map(chr, (*range(0x3041, 0x3097), *range(0x30A1, 0x30FD))), RARE_KANA)
    return rare | {c: cost for cost, level in _KANA.items() for c in level}


def hangul(character: str) -> float:
    """The natural logarithm of a hangul by its letters.

    >>> hangul("국") > hangul("뿍")
    True
    """
    number, final = divmod(ord(character) - FIRST_HANGUL, len(_FINALS))
    initial, vowel = divmod(number, len(_VOWELS))
    return _INITIALS[initial] + _VOWELS[vowel] + _FINALS[final]
