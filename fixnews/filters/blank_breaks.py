"""Blanks where the print had a line's end (SPC104): how copying and converting join lines.

A paragraph whose blanks stand at even distances, the width of a column, was printed so: there the
blanks go together. A blank that stands alone goes where the sentence reads on over it, in running
prose, beyond what a blank may set off: a label, a title of two phrases, a name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from fixnews import language
from fixnews.changes import Edit
from fixnews.contract import Context
from fixnews.filters.spaces import stands_alone
from fixnews.filters.stretches import lines_with
from fixnews.layout.latin_seams import glue
from fixnews.patterns import lazy
from fixnews.rules import Rule
from fixnews.words.han import HAN, WIDE_MARKS
from fixnews.words.lexicon import REACH, is_word, word_across

BLANK_BREAK = "SPC104"

NARROWEST = 8
"""Characters of the narrowest column; verse, slogans and names in rows have fewer."""

FEWEST = 3
"""Pieces of a paragraph in which a distance is seen twice or more."""

DRIFT = 2
"""Characters by which printed lines differ: a mark that hangs or is carried, half a figure."""

READS_ON = 6.0
"""Nats by which a sentence must read on over a blank. In 250,000 lines of news that end with a stop
216 blanks stand alone outside of quotation marks; beyond `LABEL` characters three of them are here,
all slips. Of blanks that were put in 98 % are here."""

TOGETHER = 4.0
"""The same for the mean of the blanks of a paragraph in which they stand at even distances: phrases
set side by side read on by less."""

LABEL = 8
"""Characters at the beginning of a line in which a blank sets off a label: 第七十七条 违反本法."""

RULES = (
    Rule(
        BLANK_BREAK,
        "blank-for-line-break",
        figures=(("NARROWEST", NARROWEST), ("READS_ON", READS_ON)),
    ),
)

_BLANK = lazy(r"(?<=\S)[ \xa0\u3000](?=\S)")
_ONE = lazy(r"(?<=\S)[ \xa0](?=\S)")
_SIDE = lazy(f"[{HAN}]")
_WIDE = lazy(f"[{HAN}{WIDE_MARKS}“”‘’]")
_COMMA = lazy("[，、；：]")
_NO_START = frozenset("，。、：；？！）》〉」』】”’")
_STOPPED = lazy("[。！？][”’」』）]*$")
_UNBROKEN = lazy(r"[A-Za-z0-9.,%％‰+-]+")
_NARROW = lazy(r"[\x21-\x7e]")
_QUOTES = ("《》", "“”", "（）", "「」", "『』", "【】", "〈〉")


def propose(text: str, context: Context) -> Iterable[Edit]:
    """An edit for each blank that was a line's end.

    >>> page = "渡口今年添了三班船，末班延长到夜 里十一点，赶夜路的人不用绕到北 桥，等船的地方亮。"
    >>> [page[e.start - 1 : e.end + 1] for e in propose(page, Context())]
    ['夜 里', '北 桥']
    """
    for start, line in lines_with(text, _BLANK):
        if not (_STOPPED.search(line.rstrip()) and _COMMA.search(line)):
            continue
        blanks = [m.start() for m in _BLANK.finditer(line)]
        even = _parts_han(line, blanks) and evenly(line, blanks)
        even = even and _mean_gain(line, blanks, context.model) >= TOGETHER
        reason = "the blanks stand where the lines of a column ended"
        if not even:
            blanks = list(_alone(line, context.model))
            reason = "the sentence reads on over a blank"
        for at in blanks:
            if not glue(line[:at], line[at + 1 :], text).blank:
                yield Edit(start + at, start + at + 1, "", BLANK_BREAK, reason)


def _parts_han(line: str, blanks: Sequence[int]) -> bool:
    """Whether most blanks stand in Chinese, not beside the figures that a web page sets off."""
    chinese = [_WIDE.match(line[at - 1]) and _WIDE.match(line[at + 1]) for at in blanks]
    return 2 * len([one for one in chinese if one]) > len(blanks)


def evenly(line: str, blanks: Sequence[int]) -> bool:
    """Whether blanks part a line into pieces of one width, but for the last.

    Args:
        line: a line of a page.
        blanks: where they stand in it.

    >>> evenly("一二三四五六七八 一二三四五六七八 一二", [8, 17]), evenly("天气 转凉", [2])
    (True, False)
    """
    edges = [-1, *blanks, len(line)]
    pieces = [line[one + 1 : two] for one, two in pairwise(edges)]
    if len(pieces) < FEWEST or any(piece[0] in _NO_START for piece in pieces):
        return False
    return any(_even(pieces, measured) for measured in (len, _cells))


def _even(pieces: Sequence[str], measured: Callable[[str], float]) -> bool:
    """Whether all pieces but the last are as wide as the widest, or what follows did not fit."""
    *full, last = pieces
    widest = max(map(measured, full))
    if widest < NARROWEST or measured(last) > widest + DRIFT:
        return False
    heads = (_UNBROKEN.match(piece) for piece in pieces[1:])
    tokens = (measured(head.group()) if head else 0 for head in heads)
    room = (widest - measured(piece) for piece in full)
    return all(left <= DRIFT or left < token for left, token in zip(room, tokens, strict=True))


def _cells(piece: str) -> float:
    """The width of a piece in full-width characters."""
    return len(piece) - len(_NARROW.findall(piece)) / 2


def _mean_gain(line: str, blanks: Sequence[int], model: Path | None) -> float:
    gains = _gains(line, blanks, model)
    return sum(gains) / len(gains)


def _gains(line: str, blanks: Sequence[int], model: Path | None) -> list[float]:
    """For each blank the nats by which the sentence reads on over it."""
    pairs = [_around(line, at) for at in blanks]
    joined, end, begin = language.load(model).seams(pairs).T
    gains: list[float] = (joined - end - begin).tolist()
    return gains


def _around(line: str, at: int) -> tuple[str, str]:
    """What stands on both sides of a blank."""
    return line[max(0, at - REACH) : at], line[at + 1 : at + 1 + REACH]


def _alone(line: str, model: Path | None) -> Iterator[int]:
    """The blanks that stand alone in a sentence that reads on over them.

    Those inside a word of the dictionary are seen as such (`fixnews.filters.spaces`).
    """
    blanks = [m.start() for m in _ONE.finditer(line) if _is_inside(line, m.start())]
    gains = _gains(line, blanks, model) if blanks else []
    reads_on = [at for at, gain in zip(blanks, gains, strict=True) if gain >= READS_ON]
    yield from (at for at in reads_on if not is_word(word_across(*_around(line, at))))


def _is_inside(line: str, at: int) -> bool:
    """Whether a blank stands between Han characters in the midst of a sentence."""
    han = _SIDE.match(line[at - 1]) and _SIDE.match(line[at + 1])
    if not han or len(line[:at].strip()) <= LABEL or not stands_alone(line, at):
        return False
    return all(line.count(q[0], 0, at) <= line.count(q[1], 0, at) for q in _QUOTES)
