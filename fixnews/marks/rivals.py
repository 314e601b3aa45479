"""What else a sign may stand for than a mark or dust: a numeral, a letter, an operator.

That a sign was never printed has many rivals, and a sign that vanishes takes its meaning along:
十=月 was 十二月, 第=轮 was 第二轮, 三．五 is a number. So where a figure may be missing, and
between figures or letters, no sign is deleted or made a mark unasked.
"""

from __future__ import annotations

from fixnews.patterns import lazy

NUMERALS = "一二三四五六七八九十百千万亿零〇○两几半廿卅"

UNITS = "年月日号时点分秒周届次轮版期名元角岁度倍成个%％‰℃"
"""What stands behind a number."""

_NUMBER = lazy(rf"[0-9０-９{NUMERALS}]")
_BEHIND = lazy(rf"[0-9０-９{NUMERALS}{UNITS}]")
_DIGIT, _LETTER = lazy("[0-9０-９]"), lazy("[0-9０-９A-Za-zＡ-Ｚａ-ｚ]")
_MISSING = frozenset({"年月", "月日", "日时", "时分", "点分"})
"""Units between which a number is missing."""

_OPERATORS = frozenset("+-−×÷=<>＜＞≤≥≠≈±$￥€£#~～^")
"""Signs that mean something before a figure."""

TYPED_BY_NOBODY = frozenset("'`´．.")
"""Signs that stand between Han characters in no typed text, unless in a name, in a number or as
quotes; those are no running prose (`fixnews.islands`)."""


def figure(left: str, sign: str, right: str) -> bool:
    """Whether a sign may stand for a figure, or belong to one.

    >>> [figure(*around) for around in ("十=月", "第=轮", "年+月", "三．五", "为$4", "H.G")]
    [True, True, True, True, True, True]
    >>> [figure(*around) for around in ("厂=田", "人*三", "万·比", "协·2")]
    [False, False, False, False]
    """
    return (
        left == "第"
        or left + right in _MISSING
        or bool(_NUMBER.match(left) and _BEHIND.match(right))
        or bool(_LETTER.match(left) and _LETTER.match(right))
        or bool(sign in _OPERATORS and (_DIGIT.match(right) or _DIGIT.match(left)))
    )


def beside_figure(left: str, right: str) -> bool:
    """Whether a sign stands beside a figure, a letter or a unit at all: there nothing is deleted.

    >>> beside_figure("次", "一"), beside_figure("今", "年"), beside_figure("工", "厂")
    (True, True, False)
    """
    beside = (_NUMBER, _LETTER)
    return left == "第" or right in UNITS or any(p.match(c) for p in beside for c in (left, right))
