"""Where names stand: bylines, credits, folios, names behind an office or a title.

A misread name comes out as another name that is as plausible: nothing around it tells which is
right. What stands here is never put right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np

from fixnews.arrays import Bools, Ints, distinct
from fixnews.layout.page import LINES, Role, role
from fixnews.patterns import lazy
from fixnews.words import lexicon
from fixnews.words.han import HAN

_NAMED = frozenset({Role.BYLINE, Role.CREDIT, Role.FOLIO})


def _one_of(words: Sequence[str]) -> str:
    """A pattern of one of some words that begins with their first characters.

    Most of a page is passed over by them.
    """
    rest = (f"(?<={word[0]}){word[1:]}" for word in words)
    return f"[{''.join(dict.fromkeys(word[0] for word in words))}](?:{'|'.join(rest)})"


_OFFICES = (
    "记者", "通讯员", "特派员", "实习生", "评论员", "摄影", "撰文", "编辑", "责编", "校对", "作者",
    "供图", "制图", "邮箱",
)  # fmt: skip

_NAMES = lazy(rf"{_one_of(_OFFICES)}[\s:：／/]*[{HAN}·、\s]{{2,16}}")
"""A name in a running line: what follows the office, up to a mark."""

_TITLES = (
    "部长", "书记", "主任", "局长", "市长", "省长", "县长", "区长", "镇长", "院长",
    "校长", "厂长", "社长", "行长", "会长", "所长", "处长", "队长", "总经理", "董事长",
    "总裁", "总理", "总统", "主席", "大使", "教授", "医生", "博士", "院士", "委员",
    "发言人", "先生", "女士", "同志", "村民", "司机",
)  # fmt: skip
"""What stands before a person's name in a sentence. A misread name comes out as another name that
is as plausible: no evidence in the sentence tells which is right."""


@cache
def _titled() -> re.Pattern[str]:
    """A title with the surname and the given name of one or two characters behind it."""
    surnames = "".join(sorted(lexicon.characters("surname")))
    return re.compile(f"{_one_of(_TITLES)}[{surnames}][{HAN}]{{1,2}}")


def in_names(text: str, places: Ints) -> Bools:
    """For each place whether it lies in a byline, a credit, a folio or a name behind an office.

    Of places of shape (n,) it gives (n,).
    """
    covered = np.zeros(len(text) + 1, dtype=bool)
    if not len(places):
        return covered[places]
    spans = [found.span() for names in (_NAMES, _titled()) for found in names.finditer(text)]
    lines = [found.span() for found in LINES.finditer(text)]
    starts = np.array([start for start, _ in lines])
    for number in distinct(starts.searchsorted(places, "right") - 1).tolist():
        start, end = lines[number]
        if role(text[start:end].strip() or " ") in _NAMED:
            spans.append((start, end))
    for start, end in spans:
        covered[start:end] = True
    return covered[places]
