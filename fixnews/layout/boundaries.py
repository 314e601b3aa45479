"""Where a story starts: its headline, told from subheads, decks, captions and short paragraphs.

A small forest of decision trees turns what every short line shows (`boundary_evidence`) into a
probability, which is weighed with the lines around and the page's habit. Training is
`training/boundaries.py`; the table ships as ``models/starts.npz``.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterator, Sequence
from itertools import groupby, pairwise, takewhile
from pathlib import Path

from fixnews import forest
from fixnews.impression import Impression
from fixnews.jumps.grammar import Marker
from fixnews.jumps.labels import is_folio
from fixnews.layout.boundary_evidence import PROSE, evidence, left_open, may_start, names
from fixnews.layout.furniture import TRACES, face, traces
from fixnews.layout.page import NAMED, Line, Role, ends_sentence, role
from fixnews.layout.page import lines as lines_of
from fixnews.patterns import lazy
from fixnews.words.cohesion import Words

FOREST = Path(__file__).parents[1] / "models" / "starts.npz"


OUTER = 4
"""Lines from the top or bottom of a page in which its folio and its masthead stand."""


LIKELY, HABIT, HABITUAL, SIGNED_REACH = 0.5, 3, 0.8, 3
"""A page has a habit when of at least three likely stories four in five have a byline, credit or
dateline among the three lines behind their first."""

UNSIGNED = 2.0
"""Odds against a line without them on such a page."""

LARGE, BODY = 30.0, 1 / 50
"""What the odds of a line's being a start are multiplied with where it is set larger than the
body, and where it is not. On readings of issues 000 to 003 (`benchmarks/whole_page_stories.py`),
208 of 211 first lines of headlines are larger, and 8 of 250 other lines that the forest does not
rule out."""

TAKES = 0.1
"""Probability from which a line takes over that of last words before it."""

FIRST = 0.25
"""Share of a run's probability from which a line is its first, where none is sure alone."""


_OFFICE = lazy("记者|記者|[员員]|撰文|文字|整理|编译|[读讀作]者|[摄攝]")
_WORDS = lazy(r"[一-鿿·]{2,4}[ \u3000]+[一-鿿·]{2,4}(?:[ \u3000]+[一-鿿·]{2,4})?$")
_LAST_WORDS = lazy(
    r"^[（(][^（()）。]{2,60}[)）]$|[（(][^（()）]*(?:图[^（()）]*|时|[电電摄攝稿])[)）]$"
)


def read(text: str) -> tuple[Line, ...]:
    r"""The lines of a page that are not blank, with the roles that matter at a story's start.

    A folio line may begin with the newspaper's name; two words with a blank between are a byline
    only where both may be names.

    >>> [line.role.value for line in read("江州日报 A1 要闻 责任编辑：沈砚秋\n先修台阶 再开店铺")]
    ['folio', 'short']
    """
    found = lines_of(text)
    return tuple(_seen_in_place(line, n, len(found)) for n, line in enumerate(found))


def _seen_in_place(line: Line, number: int, count: int) -> Line:
    outer = number < OUTER or number >= count - OUTER
    if line.role is not Role.FOLIO and outer and is_folio(line.text):
        return line._replace(role=Role.FOLIO)
    words = line.role is Role.BYLINE and not _OFFICE.search(line.text)
    if words and _WORDS.match(line.text) and not names(line.text):
        return line._replace(role=Role.SHORT)
    return line


def as_printed(lines: Sequence[Line], printed: Sequence[Impression | None]) -> tuple[Line, ...]:
    """The lines with the roles that paper shows: what reads as a byline and is set small is one.

    Args:
        lines: the lines of a page.
        printed: how each is printed, where its page says.
    """
    rows = zip(lines, printed, strict=True)
    return tuple(
        line._replace(role=Role.BYLINE) if one and not one.large and _named(line) else line
        for line, one in rows
    )


def _named(line: Line) -> bool:
    return line.role is Role.SHORT and len(line.text) <= BYLINE and bool(NAMED.match(line.text))


BYLINE = 26
"""Characters up to which a byline is long."""


def starts(
    lines: Sequence[Line],
    found: Sequence[Marker],
    words: Words,
    printed: Sequence[Impression | None] = (),
) -> list[float]:
    """For each line the probability that a story starts with it.

    Args:
        lines: as `evidence` is given them.
        found: the jump lines.
        words: the rarity of words on these pages.
        printed: how each line is printed, where its page says; none for pages of text.
    """
    if not lines:
        return []
    odds = forest.load(FOREST).probability(evidence(lines, found, words))
    mine = [float(p) if may_start(x) else 0.0 for x, p in zip(lines, odds, strict=True)]
    if any(printed):
        outer = _outermost(lines)
        mine[:outer] = [0.0] * outer
    return by_size(by_habit(lines, passed_on(lines, mine)), printed)


def _outermost(lines: Sequence[Line]) -> int:
    """How many lines at the top of a page are its furniture: order has put them there.

    A masthead is set larger than any headline, and a date line may be misread.
    """
    outer = takewhile(lambda line: face(line.text) or traces(line.text) >= TRACES, lines)
    return sum(1 for _ in outer)


def by_size(odds: Sequence[float], printed: Sequence[Impression | None]) -> list[float]:
    """The same probabilities in the light of the size of type.

    A line that is no larger than the body is held back only where the page sets its headlines
    large.

    >>> [round(p, 2) for p in by_size([0.3], [Impression(1.5, 1.5)])]
    [0.93]
    >>> by_size([0.3], [None])
    [0.3]
    """
    if not any(printed):
        return list(odds)
    large = [one is not None and one.large for one in printed]
    likely = [big for big, p in zip(large, odds, strict=False) if p >= LIKELY]
    habit = len(likely) >= HABIT and sum(likely) >= HABITUAL * len(likely)
    weights = [1.0 if one is None else _weight(one, habit=habit) for one in printed]
    return [p * w / (p * w + 1 - p) for p, w in zip(odds, weights, strict=True)]


def _weight(one: Impression, *, habit: bool) -> float:
    return LARGE if one.large else BODY if habit else 1.0


def passed_on(lines: Sequence[Line], odds: Sequence[float]) -> list[float]:
    """The same probabilities, those of last words given to the headline behind them.

    A short last paragraph (谢谢！), a signature on a line of its own, the title of a picture or of
    a weather report (…（图片）) looks like the first line of the headline that follows it.
    """
    weighed = list(odds)
    for n, line in enumerate(lines[:-1]):
        last_words = ends_sentence(line.text) or bool(_LAST_WORDS.search(line.text))
        if last_words and lines[n + 1].role is not Role.DECK and odds[n + 1] >= TAKES:
            weighed[n + 1] = 1 - (1 - weighed[n]) * (1 - weighed[n + 1])
            weighed[n] = 0.0
    return weighed


def by_habit(lines: Sequence[Line], odds: Sequence[float]) -> list[float]:
    """The same probabilities in the light of the page's own habit.

    Where the other stories of a page are signed or dated, a line with neither behind it is rather a
    subhead.

    Args:
        lines: the lines of a page.
        odds: for each the probability that a story starts with it.
    """
    marked = [_is_signed(lines[n + 1 : n + 1 + SIGNED_REACH]) for n in range(len(lines))]
    likely = [n for n, p in enumerate(odds) if p >= LIKELY]
    signed = sum(marked[n] for n in likely)
    weighed = list(odds)
    for n, p in enumerate(odds):
        others = len(likely) - (n in likely)
        habit = others >= HABIT and signed >= HABITUAL * others
        if habit and 0 < p < 1 and not marked[n]:
            weighed[n] = p / (p + (1 - p) * UNSIGNED)
    return weighed


def _is_signed(behind: Sequence[Line]) -> bool:
    """Whether a byline or a dateline stands behind a headline, or a credit behind its caption."""
    told = False
    for line in behind:
        if line.role is Role.CREDIT or (not told and (line.role in _SIGNS or names(line.text))):
            return True
        text = len(line.text) >= PROSE or "。" in line.text
        if told and not text:
            return False
        told = told or text
    return False


def first_lines(odds: Sequence[float], least: float) -> list[int]:
    """The lines with which stories start: of kicker, headline and deck only the first.

    Args:
        odds: for each line of a page, the probability that a story starts with it.
        least: the probability from which a run of lines is taken to hold a start.

    >>> first_lines([0, 0.4, 0.3, 0, 0.2, 0, 0.9, 0.1], 0.5)
    [1, 6]
    """
    found: list[int] = []
    for candidate, group in groupby(range(len(odds)), key=lambda n: odds[n] > 0):
        run = list(group) if candidate else []
        sure = [n for n in run if odds[n] >= least]
        total = 1 - math.prod(1 - odds[n] for n in run)
        if not sure and total >= least:
            sure = [next(n for n in run if odds[n] >= FIRST * total)]
        found.extend(sure[:1])
    return found


def paragraphs(lines: Sequence[Line], joined: Container[int]) -> tuple[Line, ...]:
    """The lines of a page put together where one goes on in the next.

    Args:
        lines: the lines of a page that are not blank.
        joined: the starts of the lines that go on with the line before.
    """
    whole: list[Line] = []
    for line in lines:
        if whole and line.start in joined:
            text = whole[-1].text + line.text
            whole[-1] = whole[-1]._replace(end=line.end, text=text, role=role(text))
        else:
            whole.append(line)
    return tuple(whole)


def closing(lines: Sequence[Line]) -> Iterator[int]:
    """The starts of the lines that close a bracket which the line before them opened.

    So it is with a signature that takes two printed lines.
    """
    for line, behind in pairwise(lines):
        if left_open(line.text) > 0 > left_open(behind.text):
            yield behind.start


_SIGNS = frozenset({Role.BYLINE, Role.CREDIT, Role.DATELINE})
