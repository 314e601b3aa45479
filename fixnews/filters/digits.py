"""Digits (OCR2xx): letters and brackets read for digits, told by the grammar of numbers.

``本报香港]月9日`` can only be January; ``Al版`` is a page. A letter becomes the digit that it
looks like where everything around it is a number and the result is a possible date, year or page.
Where digits stand already and another number may have been printed, that is only suggested: a
number is never changed unasked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from fixnews.changes import Edit, Safety
from fixnews.contract import Context
from fixnews.islands import FIGURES
from fixnews.message import Message
from fixnews.patterns import lazy
from fixnews.rules import Rule

LOOK_ALIKE = "OCR201"
PERCENT = "OCR202"
DIGIT_IN_HAN = "OCR203"

RULES = (
    Rule(LOOK_ALIKE, "letter-for-digit", touches=FIGURES),
    Rule(PERCENT, "digits-for-percent", touches=FIGURES),
    Rule(DIGIT_IN_HAN, "character-for-digits", touches=FIGURES),
)

_DIGIT_OF = str.maketrans("OoＯ〇Ilij|]!！丨Ⅰ?？SＳBZ", "00001111111111775582")
_ONE = r"Ilij|\]!！丨Ⅰ"
_ZERO = "OoＯ〇"
_GUESSED = "SＳBZj"
"""Letters that look like a digit, but not like one only."""
_LIKE = rf"{_ONE}{_ZERO}?？SＳBZ"
_MIXED = rf"[0-9{_LIKE}]"
_COUNTED = "[%％万亿元年月日天度个米名人户家亩吨岁项件次座多余所台里]"
"""What stands behind a number: a unit, or what is counted."""


SIGHT = 64
"""Characters on each side of a look-alike that are read: no date, page or amount is longer."""


class _Grammar(NamedTuple):
    """A place where only digits can stand, and what its digits may come to.

    ``plain`` is for a place where even a letter that is like several digits is one of them only.
    """

    pattern: re.Pattern[str]
    possible: Callable[[str], bool]
    what: str
    plain: bool = False


def _between(low: int, high: int) -> Callable[[str], bool]:
    return lambda digits: digits.isdecimal() and low <= int(digits) <= high


_GRAMMAR = (
    _Grammar(
        lazy(
            rf"(?<![A-Za-z0-9])(?P<n>(?![\]|!！?？丨][0-9]){_MIXED}{{1,2}})(?=月{_MIXED}{{1,2}}日)"
        ),
        _between(1, 12),
        "the month of a date",
    ),
    _Grammar(
        lazy(rf"(?<=[0-9去今前明同当]年)(?P<n>{_MIXED}{{1,2}})(?=月(?![亮光底初末薪]))"),
        _between(1, 12),
        "the month of a year",
    ),
    _Grammar(
        lazy(rf"(?<=月)(?P<n>{_MIXED}{{1,2}})(?=日(?!本))"),
        _between(1, 31),
        "the day of a date",
    ),
    _Grammar(
        lazy(rf"(?<![A-Za-z0-9])(?P<n>(?=.{{0,2}}[0-9].?[0-9]){_MIXED}{{4}})(?=年)"),
        _between(1800, 2099),
        "a year",
    ),
    _Grammar(
        lazy(
            rf"(?:(?:[上紧緊]接|[下紧緊]?[转轉])\s?第?\s?[A-D]?|第)\s?(?P<n>[{_ONE}]|[0-9]{_MIXED}|{_MIXED}[0-9])(?=\s?版)"
        ),
        _between(1, 64),
        "a page number",
    ),
    _Grammar(
        lazy(rf"(?<![A-Za-z0-9])[A-D](?P<n>[{_ONE}])(?=\s?版)"),
        _between(1, 64),
        "a page number",
    ),
    _Grammar(
        lazy(rf"(?<=图片)(?P<n>[{_ONE}])(?=张)"),
        _between(1, 1),
        "how many pictures there are",
    ),
    _Grammar(
        lazy(
            rf"(?<![A-Za-z0-9.])(?P<n>[1-9](?:[0-9{_ZERO}]|,(?=[0-9{_ZERO}]{{3}}))*[{_ZERO}][0-9{_ZERO}]*)"
            rf"(?=[%％年元万亿余多个名人户家亩吨米]|\.[0-9])"
        ),
        lambda number: number.replace(",", "").isdecimal(),
        "a number",
    ),
    _Grammar(
        lazy(
            r"(?<![A-Za-z0-9.])(?P<n>[0-9][0-9.]*[SＳBZ][0-9]*|[SＳBZ][0-9]+)"
            r"(?=[%％万亿元年月日天度米个名人户家亩吨岁])"
        ),
        lambda number: number.count(".") < 2,
        "a number",
    ),
    _Grammar(
        lazy(rf"(?<![A-Za-z0-9.])(?P<n>[lI](?:[0-9]{{1,5}}(?:\.[0-9]+)?|\.[0-9]+))(?={_COUNTED})"),
        lambda number: number.replace(".", "", 1).isdecimal(),
        "a number",
    ),
    _Grammar(
        lazy(r"(?<![A-Za-z0-9.])(?P<n>[lI]{2})(?=[家名个人户位件项座所台])"),
        _between(11, 11),
        "a number",
    ),
    _Grammar(
        lazy(r"(?<![A-Za-z0-9.])(?P<n>[0-9]{1,3}[lI])(?=\.[0-9]+[%％万亿元])"),
        str.isdecimal,
        "a number",
    ),
    _Grammar(
        lazy(r"(?<![A-Za-z0-9.])(?P<n>[SＳ])(?=\.[0-9]+[%％])"),
        _between(5, 5),
        "the whole part of a percentage",
        plain=True,
    ),
    _Grammar(
        lazy(rf"(?<![A-Za-z0-9.])(?P<n>[{_ZERO}])(?=\.[0-9]+[%％万亿元])"),
        _between(0, 0),
        "a number",
    ),
)
"""Where a look-alike is a digit. A year keeps two digits of its own; a number starts with one."""

_GATE = lazy(rf"[{_LIKE}](?:(?=[0-9月日年版张%％.万亿余元]|\s版)|(?<=[0-9.].)|(?<=[lI])(?=[lI]))")
_PERCENT = lazy(
    r"(?P<n>[1-9](?<=[超达占近约为率升降长增高低到].)[0-9]?(?:\.[0-9]{1,2})?)(?P<sign>9[6b])"
    r"(?=[，。、；,;)）的以]|$|\n)"
)
_ELEVEN = lazy(r"卫(?<=[\u3400-\u9fff]卫)(?=月[0-9]{1,2}日)")
_OPEN_BRACKET = lazy(r"\[[^\[\]\n]*$")


def propose(text: str, context: Context) -> Iterable[Edit]:
    """An edit for each letter read for a digit, a suggestion for each doubtful number."""
    del context
    yield from _look_alikes(text)
    for found in _PERCENT.finditer(text) if "96" in text or "9b" in text else ():
        reason = "96 at the end of a share: % may have been printed"
        yield _guess(found.start("sign"), found.end("sign"), "%", PERCENT, reason)
    for found in _ELEVEN.finditer(text) if "卫月" in text else ():
        yield _guess(found.start(), found.end(), "11", DIGIT_IN_HAN, "11 may have been printed")


def _guess(start: int, end: int, new: str, code: str, reason: str) -> Edit:
    return Edit(start, end, new, code, reason, 0.5, "unsafe")


def _doubtful(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of the passages with look-alikes, as far as a grammar can see.

    >>> list(_doubtful("本报讯" * 30 + "第l版" + "本报讯" * 30))
    [(27, 156)]
    """
    begin = end = 0
    for found in _GATE.finditer(text):
        start = max(0, found.start() - SIGHT)
        if start > end or not end:
            if end:
                yield begin, end
            begin = start
        end = min(len(text), found.end() + SIGHT)
    if end:
        yield begin, end


def _look_alikes(text: str) -> Iterator[Edit]:
    """An edit for each number with a look-alike in it, none twice.

    >>> [(e.start, e.new) for e in _look_alikes("香港]月9日，l998年，第l版，5O%，O2，IBM")]
    [(2, '1'), (7, '1998'), (14, '1'), (17, '50')]
    """
    done: set[int] = set()
    spans = list(_doubtful(text))
    for grammar in _GRAMMAR if spans else ():
        for found in chain.from_iterable(grammar.pattern.finditer(text, *span) for span in spans):
            start, end = found.span("n")
            read = found["n"]
            digits = read.translate(_DIGIT_OF)
            if digits == read or start in done or not grammar.possible(digits):
                continue
            if read[0] == "]" and _OPEN_BRACKET.search(text, max(0, start - 40), start):
                continue
            done.add(start)
            guess = set(read) & set(_GUESSED) or (len(read) == 2 and read[1] in "]|!！?？")
            safety: Safety = "unsafe" if guess and not grammar.plain else "safe"
            reason = Message("{read} is {what}", read=read, what=Message(grammar.what))
            yield Edit(start, end, digits, LOOK_ALIKE, reason, 1.0, safety)
