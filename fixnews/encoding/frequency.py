"""How likely a stretch of characters is in Chinese news: what tells one encoding from another.

The wrong encoding turns common characters into rare ones. One table of logarithms by character for
each script, and one of pairs that belong together, are enough to see it in two characters of text.
The tables are rounded counts from news (`training/frequency.py` says of which).
"""

from __future__ import annotations

import math
import string
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice, repeat
from operator import add
from pathlib import Path

from fixnews.encoding import scripts
from fixnews.errors import DataError
from fixnews.message import Message
from fixnews.patterns import lazy

_TABLES = Path(__file__).parents[1] / "models" / "characters.json.z"

_COMMON = _TABLES.with_name("common.txt")

TRADITIONAL = defaultdict(lambda: 0.3, {"gb18030": 0.12, "big5": 1.0, "big5-uao": 1.0})
"""The share of texts in traditional characters, by encoding."""

UNPAIRED = -0.5
"""Nats that a pair costs which is not in the table: what the known ones gain must be paid for."""

ACCENTED = 5.0
"""Nats that an accented letter gains beside a plain one."""

SHARE_OF_PAIRS = 1.0
"""How much of a pair's gain counts."""

SIGN = -10.5
"""Nats at most for a line of boxes, a square, a star and the like: articles have next to none, but
the tables and rules between them are made of them, some sixty wherever they are used."""

_SIGNS = "─━│┃┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋═║╔╗╚╝╠╣╦╩╬█▓■□▲△▼▽◆◇○◎●★☆♀♂"
_ANY_SIGN = lazy("[\xa0\u2500-\u26ff]+")

_RARE = (
    (0x00, 0x09, -20.0),
    (0x09, 0x0E, -6.0),
    (0x0E, 0x20, -20.0),
    (0x20, 0x7F, -9.0),
    (0x7F, 0xA0, -20.0),
    (0xA0, 0x250, -13.0),
    (0x250, 0x2000, -15.0),
    (0x2000, 0x2700, -15.0),
    (0x3000, 0x3040, -15.0),
    (0x3040, 0x3100, -13.0),
    (0x4E00, 0xA000, -17.5),
    (0xAC00, 0xD7A4, -16.0),
    (0xE000, 0xF900, -21.0),
    (0xFF00, 0xFFF0, -16.0),
    (0xFFFD, 0xFFFE, -15.0),
)
"""First and last code point of a block, and what a character of it costs that news never showed.
Twenty million characters show what is likelier than e**-17; controls and private use cost more."""

_ELSEWHERE = -19.0

_ASCII = {
    **dict.fromkeys(map(chr, range(0x21, 0x7F)), -5.0),
    **dict.fromkeys("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", -4.0),
    **dict.fromkeys("0123456789", -3.5),
    "\r": -4.5,
    "\n": -4.0,
    "\t": -5.0,
    " ": -3.0,
    "\x00": -11.0,
}
"""ASCII costs the same in every script: it says nothing of the encoding of the rest, and two words
of Chinese must not be outvoted by a page of English read as UTF-16."""


class Table(dict[str, float]):
    """Logarithms by character; what is missing costs what its block costs."""

    def __init__(self, logs: Mapping[str, float]) -> None:
        super().__init__(logs)
        self._many = len(logs)
        self.update((sign, max(SIGN, logs.get(sign, SIGN))) for sign in _SIGNS)

    def counted(self) -> Iterator[tuple[str, float]]:
        """The characters that news has, not those that were looked up in vain."""
        return islice(self.items(), self._many)

    def __missing__(self, character: str) -> float:
        code = ord(character)
        cost = next((c for low, high, c in _RARE if low <= code < high), _ELSEWHERE)
        self[character] = cost
        return cost


class _Eastern(Table):
    """The same where other scripts are at home."""

    def __missing__(self, character: str) -> float:
        if scripts.FIRST_HANGUL <= ord(character) <= scripts.LAST_HANGUL:
            self[character] = cost = scripts.hangul(character)
            return cost
        return super().__missing__(character)


@dataclass(frozen=True, slots=True)
class Frequencies:
    """Natural logarithms.

    Attributes:
        simplified: of characters, in news in simplified characters.
        traditional: in traditional ones.
        either: in the script that has the character more often.
        pairs: what two neighbours are above chance.
        east: of characters, where kana, hangul and letters are common.
    """

    simplified: Table
    traditional: Table
    either: Table
    pairs: dict[str, float]
    east: Table

    def likelihood(self, text: str, traditional: float) -> float:
        """The natural logarithm of the text's probability.

        Args:
            text: any characters.
            traditional: the share of texts, 0 to 1, that are in traditional characters.

        >>> news = load()
        >>> news.likelihood("经济", 0.1) > news.likelihood("闻絮", 0.1)
        True
        """
        scores = [
            math.log(share) + sum(map(table.__getitem__, text))
            for table, share in (
                (self.simplified, 1.0 - traditional),
                (self.traditional, traditional),
            )
            if share > 0.0
        ]
        best = max(scores)
        return best + math.log(sum(math.exp(s - best) for s in scores)) + self.paired(text)

    def eastern(self, text: str) -> float:
        """The same for other scripts: kana, hangul and letters are common there."""
        return sum(map(self.east.__getitem__, text)) + self.paired(text)

    def rarity(self, text: str) -> float:
        """The mean logarithm of the characters beyond ASCII, in the script that fits better."""
        beyond = [c for c in text if c > "\x7f"]
        totals = (sum(map(t.__getitem__, beyond)) for t in (self.simplified, self.traditional))
        return max(totals) / len(beyond) if beyond else 0.0

    def paired(self, text: str) -> float:
        """What the pairs of neighbours add."""
        gains = map(self.pairs.get, map(add, text, text[1:]), repeat(UNPAIRED))
        return SHARE_OF_PAIRS * sum(gains)


def without_signs(text: str) -> str:
    """A text without the signs and blanks that tables, rules and lists are made of.

    >>> without_signs("├─■经济")
    '经济'
    """
    return _ANY_SIGN.sub("", text)


@cache
def common() -> str:
    """The four thousand characters that make up news, with all of ASCII.

    >>> "经" in common(), "缁" in common()
    (True, False)
    """
    try:
        return _COMMON.read_bytes().decode()
    except OSError:
        raise DataError(
            Message("{name} is missing", name=_COMMON.name), "reinstall fixnews"
        ) from None


@cache
def in_use() -> frozenset[str]:
    """The same as a set.

    >>> "经" in in_use(), "缁" in in_use()
    (True, False)
    """
    return frozenset(common())


@cache
def load() -> Frequencies:
    """The tables that come with fixnews, read when first asked for.

    Raises:
        DataError: the file is missing or damaged.
    """
    import json
    import zlib

    try:
        table = json.loads(zlib.decompress(_TABLES.read_bytes()))
    except (OSError, ValueError, zlib.error):
        raise DataError(
            Message("{name} is missing or damaged", name=_TABLES.name), "reinstall fixnews"
        ) from None
    step = table["step"]
    simplified, traditional = (
        dict(_entries(table[name], -step, 1)) for name in ("simplified", "traditional")
    )
    simplified, traditional = Table(simplified | _ASCII), Table(traditional | _ASCII)
    pairs = dict(_entries(table["pairs"], step, 2)) | _accented()
    common = {c: max(p, simplified.get(c, p)) for c, p in traditional.items()}
    either = Table(simplified | common)
    return Frequencies(
        simplified, traditional, either, pairs, _Eastern(traditional | scripts.costs())
    )


def _accented() -> dict[str, float]:
    """Accented letters beside plain ones: Müller is not M眉ller."""
    plain, accented = string.ascii_letters, [chr(c) for c in range(0xC0, 0x180)]
    both = ((a + b, b + a) for a in plain for b in accented)
    return dict.fromkeys(chain.from_iterable(both), ACCENTED)


def _entries(levels: list[str], step: float, width: int) -> Iterator[tuple[str, float]]:
    """The keys of each level, so many characters each, with the logarithm it stands for."""
    for level, keys in enumerate(levels):
        yield from zip(
            (keys[i : i + width] for i in range(0, len(keys), width)), repeat(level * step)
        )
