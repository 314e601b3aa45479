"""What characters cost in Chinese that is no news: verse, classics, drama, speech, rows of signs.

News has never heard of 蒹葭, so a table of news takes a line of the Odes for noise, and any chance
reading of its bytes for likelier. In literature rare characters are at home: what tells them from
mojibake is only to which level of the national character sets they belong. What repeats is one
witness: the second 嘿 costs little, and a row of ◆ no more than its first two.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from contextlib import suppress
from functools import cache

from fixnews.encoding import frequency
from fixnews.encoding.frequency import Table

FIRST, SECOND, OTHER = -10.4, -12.2, -13.1
"""Nats for a Chinese character that is rare in news, of the first level of GB2312 or Big5, of the
second, and of neither: 6,722, 8,709 and what else there is. 4.2 M characters of verse from the Odes
to the Yuan have 8.5 %, 1.9 % and 0.3 % of such, with 2,850, 3,937 and 2,101 different ones; debates
and news 0.5, 0.04 and 0.01 %."""

SIGN = -9.0
"""Nats for a mark, sign or ornament: some six hundred are in the symbol rows of GB2312, Big5 and
JIS, and one character of twenty may be one where they are used."""

_SIGNS = (("\u2010", "\u27bf"), ("\u3000", "\u303f"), ("\uff01", "\uff5e"))
"""First and last of the blocks of marks, signs and ornaments. Bopomofo and the small forms ﹐﹝ are
left out: they are what GBK read as Big5 is full of."""

REPEATED, CONTINUED = -5.0, -1.0
"""Nats at most for a character that stood up to `NEAR` places before, and for one that goes on
repeating. In verse 1 in 120 is its neighbour's double, 1 in 300 that of one a little before."""

NEAR = 4
"""Characters between which a repeat is looked for: 瑳兮瑳兮, ◇◆◇◆, 哈哈，哈哈."""

_LEVELS = (
    (FIRST, (("gb2312", range(0xB0, 0xD8)), ("big5", range(0xA4, 0xC7)))),
    (SECOND, (("gb2312", range(0xD8, 0xF8)), ("big5", range(0xC9, 0xFA)))),
)
"""What a character of a level costs, and the lead bytes of the level, by codec."""


def likelihood(text: str, cost: Table, unpaired: float = 0.0) -> float:
    """The natural logarithm of a text's probability, in which a repeat is one witness.

    Args:
        text: any characters.
        cost: what a character costs: `table`, or one of news.
        unpaired: what two neighbours cost that are no pair of news.

    >>> likelihood("◆◆◆◆◆◆", table()) - likelihood("◆◆", table()) > likelihood("◆", table())
    True
    """
    gains = frequency.load().pairs
    total, going = 0.0, frozenset[int]()
    for at, character in enumerate(text):
        before = going
        going = frozenset(n for n in range(1, min(NEAR, at) + 1) if text[at - n] == character)
        least = cost[character]
        if going:
            least = max(least, CONTINUED if going & before else REPEATED)
        total += least + (gains.get(text[at - 1] + character, unpaired) if at else 0.0)
    return total


@cache
def table() -> Table:
    """What a character costs in Chinese of any register: what it costs in news, or less.

    >>> table()["葭"] > table()["𦎧"]
    True
    """
    return _Registers(frequency.load().either)


class _Registers(Table):
    """The table of news with floors under it."""

    def __init__(self, news: Table) -> None:
        super().__init__({})
        self._news = news

    def __missing__(self, character: str) -> float:
        self[character] = cost = max(self._news[character], _floor(character))
        return cost


def _floor(character: str) -> float:
    if any(first <= character <= last for first, last in _SIGNS):
        return SIGN
    if "\u3400" <= character <= "\u9fff" or character >= "\U00020000":
        return next((cost for cost, rows in _LEVELS if _stands(character, rows)), OTHER)
    return -math.inf


def _stands(character: str, rows: Iterable[tuple[str, range]]) -> bool:
    """Whether a character is one of a level."""
    for codec, leads in rows:
        with suppress(UnicodeEncodeError):
            if character.encode(codec)[0] in leads:
                return True
    return False
