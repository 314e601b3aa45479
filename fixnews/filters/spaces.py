"""Stray spaces (SPC): a blank that the recogniser saw beside a mark or inside a word.

Only single half-width blanks inside a line are looked at: a full-width blank was set by hand, and
a row of blanks is an indent or a table. Beside a mark that belongs to one side only the blank goes
wherever it stands; beside one that may part a headline or a list it goes in prose alone. What sets
off a name or ``本报讯`` stands between Han characters, and stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fixnews.changes import Edit, Safety
from fixnews.contract import Context
from fixnews.filters.stretches import line_at
from fixnews.layout.endings import is_signed
from fixnews.layout.page import Role, role
from fixnews.layout.register import is_news
from fixnews.message import Message
from fixnews.patterns import lazy
from fixnews.rules import Rule
from fixnews.words.han import HAN, KANA, WIDE_MARKS
from fixnews.words.lexicon import REACH, is_word, word_across

BESIDE = "SPC101"
INSIDE = "SPC102"

RULES = (
    Rule(BESIDE, "space-beside-mark"),
    Rule(INSIDE, "space-inside-word"),
)

_BLANKS = " \t\xa0"
_BLANK = lazy(f"[{_BLANKS}]+")

_BINDS_BEFORE = frozenset("，。、；：？！）》〉」』】〕…”’％")
"""Marks that belong to what stands before them: never a blank between."""

_BINDS_BEHIND = frozenset("，、；：（《〈「『【〔“‘")
"""Marks that no blank follows, wherever the line stands."""

_STOPS = frozenset("。？！")
"""Marks that a blank may follow where it parts a headline: 团结一心！ 共克时艰."""

_PARTS = frozenset("）》〉」』】〕…—”’")
"""Marks that a blank may follow where it parts a headline or a list: 高飞（苗族） 高波."""

_TWICE = frozenset("，。、；：")
"""Marks of which no two stand side by side: one of them goes with the blank (`filters.doubles`)."""

_OPENERS = frozenset("（《〈「『【〔“‘")

_ENGLISH_TOO = frozenset("“”‘’…—")
"""Marks that English has as well: the other neighbour must be Chinese."""

_SET_OFF = lazy("(?:[讯訊电電]|(?:记者|記者|通讯员|通訊員)[^（）]{0,12}）)$")
"""What a blank sets off from the story: the dateline, and the reporter's name in brackets."""

_SET_OFF_REACH = 30
"""Characters in which a reporter's name in brackets is looked for."""

_SIGNATURE = 40
"""Characters up to a line's end in which a signature that a blank sets off is looked for."""

_LABEL = 3
"""Characters of the longest speaker or label that a blank sets off at the start of a line."""

_NEAR = 14
"""Characters on each side in which a second blank makes a row: names with （女） behind them are no
longer; 99 % of the names in lists of news-train, with their bracket, have at most 11."""

_CHINESE = lazy(f"[{HAN}{KANA}{WIDE_MARKS}]")
_HAN = lazy(f"[{HAN}{KANA}]")
_PROSE = frozenset({Role.BODY, Role.DATELINE})


def propose(text: str, context: Context) -> Iterable[Edit]:
    r"""An edit for each stray blank.

    >>> page = "水位恢复 ，实现“ 零伤亡” ，取得胜利。\n团结一心！ 共克时艰"
    >>> [edit.start for edit in propose(page, Context())]
    [4, 9, 14]
    """
    del context
    if not any(blank in text for blank in _BLANKS):
        return
    blanks = [m.start() for m in _BLANK.finditer(text) if m.end() - m.start() == 1]
    page = _Page(text, "： " not in text or is_news(text))
    for at in blanks:
        if 0 < at < len(text) - 1:
            yield from page.blank(at)


def stands_alone(line: str, at: int) -> bool:
    """Whether a blank stands alone in a line of prose, and sets nothing off there.

    >>> stands_alone("两国也可发 挥各自优势，共同推动环境保护。", 5), stands_alone("王强 李晓明", 2)
    (True, False)
    """
    page = _Page(line, news=True)
    return not page.in_row(at) and page.in_prose(at)


@dataclass(frozen=True, slots=True)
class _Page:
    """A text, and whether it is written as news is."""

    text: str
    news: bool

    def blank(self, at: int) -> Iterator[Edit]:
        """An edit if the blank at ``at`` is a stray one."""
        text, left, right = self.text, self.text[at - 1], self.text[at + 1]
        if self.beside(at, left, right):
            safety: Safety = "safe" if left != "：" or self.news else "unsafe"
            reason = "a blank beside a full-width mark"
            yield Edit(at, at + 1, "", BESIDE, reason, 1.0, safety)
        elif _HAN.match(left) and _HAN.match(right) and not self.in_row(at) and self.in_prose(at):
            word = word_across(text[max(0, at - REACH) : at], text[at + 1 : at + 1 + REACH])
            if is_word(word) and not self.labels(at):
                yield Edit(
                    at, at + 1, "", INSIDE, Message("a blank inside the word {word}", word=word)
                )

    def labels(self, at: int) -> bool:
        """Whether a blank stands behind the first characters of its line: a speaker, a label."""
        start, _ = line_at(self.text, at)
        return len(self.text[start:at].strip()) <= _LABEL

    def beside(self, at: int, left: str, right: str) -> bool:
        """Whether the blank stands beside a mark that has none there."""
        if left in _TWICE and right in _TWICE:
            return False
        if right in _BINDS_BEFORE:
            return right not in _ENGLISH_TOO or bool(_CHINESE.match(left))
        if left in _BINDS_BEHIND:
            return left not in _ENGLISH_TOO or bool(_CHINESE.match(right))
        if left in _STOPS:
            return self.in_prose(at)
        parts = left in _PARTS and (left not in _ENGLISH_TOO or bool(_CHINESE.match(right)))
        opens = right in _OPENERS and bool(_CHINESE.match(left))
        return (parts or opens) and not self.in_row(at) and self.in_prose(at)

    def in_row(self, at: int) -> bool:
        """Whether another blank is near: names of a list, cells of a table."""
        behind = self.text[at + 1 : at + 1 + _NEAR]
        near = self.text[max(0, at - _NEAR) : at] + behind
        return bool(_BLANK.search(near)) or "\u3000" in near

    def in_prose(self, at: int) -> bool:
        """Whether a blank stands in a line of prose, and sets nothing off there."""
        if _SET_OFF.search(self.text, max(0, at - _SET_OFF_REACH), at):
            return False
        start, end = line_at(self.text, at)
        behind = self.text[at:end]
        apart = len(behind) <= _SIGNATURE and not _STOPS.intersection(behind)
        signs = apart and is_signed(self.text[start:end].rstrip())
        return not signs and role(self.text[start:end].strip()) in _PROSE
