"""Broken lines: the break inside a word, a sentence or a hard-wrapped paragraph goes.

What a line wears on its face decides first: nothing is joined to a byline, credit, folio, marker,
list item or speech. The rest is weighed by `fixnews.layout.seams`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from fixnews.changes import Change, Edit, Move, Safety, note
from fixnews.contract import Context
from fixnews.filters.stretches import parts
from fixnews.jumps.read_across import read_across
from fixnews.layout import seams
from fixnews.layout.faces import jumps_away
from fixnews.layout.latin_seams import glue
from fixnews.layout.look import look_ahead
from fixnews.layout.odds import COLUMN, weigh, weigh_ahead, weigh_past
from fixnews.layout.page import BLANK, CLOSERS, OPENERS, Line, Role, each_line, ends_sentence, plain
from fixnews.layout.seams import Seam
from fixnews.message import Message
from fixnews.patterns import lazy
from fixnews.rules import Rule
from fixnews.source import BREAKS, PAGE_BREAK
from fixnews.words.lexicon import is_word

SURE = 0.7
"""Probability from which a join is applied unasked. On made pages that were left out of the
training (`training/seams.py`), half of them noisy, 99 % of such joins are right."""

SURE_FULL = 0.5
"""The same for a line that fills its column: 99.7 % are right on the same pages."""

SURE_WORD = 0.5
"""The same where a word lies across the seam: 99.7 % are right on the same pages."""

SURE_CUT = 0.5
"""The same where a line of the text reads as cut and ends with a character: of the seams from here
to `SURE` on four kinds of pages with column breaks all 22 are damage."""

SURE_TITLE = 0.98
"""The same for a line that could be a headline: 99.8 % are right there, and 97 % at 0.7. A headline
glued to its story is what readers forgive least."""

SURE_ELSEWHERE = 0.99
"""The same on a page that is not written as news is, where the line is not full and no word of the
dictionary lies across: the seams were learnt on news. Of the clean pages of fifteen kinds four of
the even ones have such a seam, at 0.98 at the most."""

SURE_UNTITLED = 0.85
"""The same where the line reads as no headline, or as cut, above a long paragraph: of 28 such seams
up to 0.98 on laid-out issues and traditional pages 27 are damage, of the others 24 of 30."""

TAIL, SURE_TAIL = 3, 0.8
"""Characters up to which a line is the rest of a headline, and the same above one: of 37 seams from
there on, on six kinds of pages, all are damage."""

TITLE_COMMAS = 1
"""Commas up to which a short line could be a headline; with two, or with a word across the seam,
99 % of the joins from 0.6 on are right."""

NEW = 7.5
"""Nats up to which the second of two lines without a mark could be a heading, where it is the
shorter one: so little have 95 % of the headlines behind other headlines, and one line in five of
unpunctuated columns. Old papers set whole pages without a mark."""

SURE_PAST = 0.98
"""The same for a join over a caption, a credit or a label: what stands between two lines that seem
to read on may also part them, so as much is asked as of a headline."""

EVEN = 0.5
"""Probability from which a join is offered."""

_FIGURES = (
    ("SURE", SURE),
    ("SURE_FULL", SURE_FULL),
    ("SURE_TITLE", SURE_TITLE),
    ("EVEN", EVEN),
)
"""What the texts of the rules mention."""

RULES: tuple[Rule, ...] = (
    Rule("BRK101", "broken-word", figures=_FIGURES),
    Rule("BRK102", "broken-sentence", figures=_FIGURES),
    Rule("BRK103", "hard-wrap", figures=_FIGURES),
    Rule("BRK104", "cut-after-stop"),
    Rule("BRK105", "folio-inside", figures=_FIGURES),
    Rule("BRK106", "caption-inside", figures=(("SURE_PAST", SURE_PAST), ("EVEN", EVEN))),
    Rule("BRK107", "page-break-inside", figures=(("EVEN", EVEN),)),
    Rule("BRK201", "truncated-ending"),
)

_ROOM = BLANK + BREAKS.replace(PAGE_BREAK, "")
"""What may stand behind an intruder and goes with it: all blanks and breaks but that of a page."""

_MARKS = lazy(r"[，。、：；！？…,;!?]")
_SOFT = frozenset("，,、：:")
_COMMAS = lazy(r"[，,、]")

_OPEN_END = lazy(rf"[^。！？!?…：:；;{''.join(map(re.escape, sorted(CLOSERS)))}]$")


def propose(page: str, context: Context) -> Iterable[Change]:
    """A join for every seam that is more likely damage than not, and notes on torn endings.

    The lines of a page that was read across its columns are in no order: joins are only offered.
    """
    joins = list(_joins(page, context))
    mixed = any(change.safety == "safe" for change in joins) and read_across(page)
    yield from (replace(change, safety="unsafe") if mixed else change for change in joins)
    yield from _torn(page)


def foresee(pages: Sequence[str], context: Context) -> None:
    """Look at the lines and seams of pages that will be read next."""
    texts = [text for page in pages for _, text in parts(page)]
    look_ahead(texts, context.model)
    weigh_ahead(texts, context.model, EVEN)


def _joins(page: str, context: Context) -> Iterator[Change]:
    for start, text in parts(page):
        likely = weigh(text, context.model, EVEN)
        past = [(s, _past(s, text)) for s in weigh_past(text, likely, context.model, EVEN)]
        over = [(s, _over_folio(s)) for s in likely if text[s.left.end : s.right.start].strip()]
        ends = _paragraph_ends(likely, past) if over or past else {}
        for seam, told in (*over, *past):
            yield from _join_over(seam, start, text, ends[seam.right.start], told)
        held_apart = {seam.left.start for seam, _ in over}
        yield from (_join(s, start, text) for s in likely if s.left.start not in held_apart)


def _paragraph_ends(likely: Sequence[Seam], past: Sequence[tuple[Seam, _Over]]) -> dict[int, int]:
    """For the start of each line behind a seam, where its mended paragraph ends.

    Args:
        likely: the seams between neighbours.
        past: those around what stands inside a sentence, and what is told of each.
    """
    ends: dict[int, int] = {}
    sure = [seam for seam in likely if is_sure(seam)]
    sure += [seam for seam, told in past if told.safety == "safe"]
    found = [*likely, *(seam for seam, _ in past)]
    for seam in sorted(found, key=lambda seam: seam.left.start, reverse=True):
        end = ends.setdefault(seam.right.start, seam.right.end)
        if seam in sure:
            ends[seam.left.start] = end
    return ends


def is_sure(seam: Seam) -> bool:
    """Whether a seam is closed unasked."""
    return _safety(seam, _kind(seam)[0]) == "safe"


def _safety(seam: Seam, code: str) -> Safety:
    least = next((least for is_kind, least in _KINDS if is_kind(seam)), SURE)
    heading = _may_be_heading(seam) or _stands_alone(seam)
    sure = seam.probability >= least and code != "BRK104" and not heading
    return "safe" if sure else "unsafe"


def _leads(seam: Seam) -> bool:
    """Whether the first line leads up to the second: 说： before what is said, a dash."""
    left, right = seam.told
    return left[-1] == "—" or (left[-1] in "：:" and right[0] in OPENERS)


def _stands_alone(seam: Seam) -> bool:
    """Whether the second line could be the headline of another story, behind a sentence left open.

    What ends with a comma goes on, but where columns were read out of order not in the next line: a
    short line without a mark, set off by a blank line, is offered.
    """
    left, right = seam.told
    apart = seam.right.gap > 0 and not seam.word and left[-1] in _SOFT
    return apart and len(right) < seams.SHORT * len(left) and not _MARKS.search(right)


def _may_be_heading(seam: Seam) -> bool:
    """Whether the second line of two without a mark could be a heading: as short, and as new."""
    if not (seam.mute and seam.full) or seam.word:
        return False
    left, right = seam.told
    short = len(right) < seams.SHORT * len(left)
    return short and seam.gain < NEW and not _MARKS.search(left + right)


def _could_be_title(seam: Seam) -> bool:
    few = len(_COMMAS.findall(seam.left.text)) <= TITLE_COMMAS
    return seam.left.role is Role.SHORT and few and not seam.word


def _is_even(seam: Seam) -> bool:
    """Whether a line has two halves of one length, as many headlines have: 医者仁心，大爱无疆."""
    halves = _COMMAS.split(seam.left.text)
    return len(halves) > 1 and len({len(half) for half in halves}) == 1


_KINDS: tuple[tuple[Callable[[Seam], object], float], ...] = (
    (lambda seam: seam.full, SURE_FULL),
    (lambda seam: seam.held, SURE),
    (_leads, SURE_TITLE),
    (lambda seam: not seam.news and not is_word(seam.word), SURE_ELSEWHERE),
    (lambda seam: seam.word, SURE_WORD),
    (lambda seam: seam.untitled and _could_be_title(seam) and not _is_even(seam), SURE_UNTITLED),
    (lambda seam: len(seam.right.text) <= TAIL and _could_be_title(seam), SURE_TAIL),
    (_could_be_title, SURE_TITLE),
    (lambda seam: seam.cut and seam.left.role is Role.BODY, SURE_CUT),
)
"""Kinds of seams, and the probability from which one is closed unasked; the first that fits."""


def _join(seam: Seam, offset: int, text: str) -> Edit:
    """The edit that takes a break out; between two Latin words a blank stays."""
    cut, blank = glue(seam.left.text, seam.right.text, text)
    code, reason = _kind(seam)
    confidence = round(seam.probability, 4)
    span = seam.left.end - cut + offset, seam.right.start + offset
    safety = _safety(seam, code)
    return Edit(*span, blank, code, reason, confidence, safety, evidence=_shown(seam))


class _Over(NamedTuple):
    """What is told of a join over lines that stand inside a sentence."""

    code: str
    reason: str
    safety: Safety


def _over_folio(seam: Seam) -> _Over:
    reason = "a folio line stands inside the sentence"
    return _Over("BRK105", reason, _safety(seam, _kind(seam)[0]))


def _past(seam: Seam, text: str) -> _Over:
    if PAGE_BREAK in text[seam.left.end : seam.right.start]:
        return _Over("BRK107", "the sentence goes on behind the page break", "unsafe")
    sure = seam.probability >= SURE_PAST and (seam.word or not _could_be_title(seam))
    reason = "a caption, a credit or a label stands inside the sentence"
    return _Over("BRK106", reason, "safe" if sure else "unsafe")


def _join_over(seam: Seam, offset: int, text: str, end: int, told: _Over) -> Iterator[Change]:
    """What stands between two halves goes behind the paragraph that it interrupted."""
    left, right = seam.left.end, seam.right.start
    behind = left + len(text[left:right].rstrip(_ROOM))
    group = f"folio-{left + offset}"
    said = (told.code, told.reason, round(seam.probability, 4), told.safety, group)
    yield Move(left + offset, behind + offset, end + offset, *said, _shown(seam))
    if behind < right:
        yield Edit(behind + offset, right + offset, "", *said)
    cut, blank = glue(seam.left.text, seam.right.text, text)
    if cut or blank:
        yield Edit(left - cut + offset, left + offset, blank, *said)


_FULL = "BRK103", Message("the line is full and the paragraph goes on")
_ENDED = "BRK104", Message("the column ended with a sentence; the paragraph may go on")
_INSIDE = "BRK102", Message("the break is inside a sentence")


def _kind(seam: Seam) -> tuple[str, str]:
    if seam.full:
        return _FULL
    if ends_sentence(seam.told[0]):
        return _ENDED
    if seam.word:
        return "BRK101", Message("the break is inside the word {word}", word=seam.word)
    return _INSIDE


def _shown(seam: Seam) -> tuple[tuple[str, str], ...]:
    """The evidence in words."""
    word = (("word across", seam.word),) if seam.word else ()
    verse = (("set line by line", f"{seam.verse:.3f}"),) if seam.verse >= COLUMN else ()
    roles = _roles(seam.left.role, seam.right.role)
    gain = Message("{n:.1f} nats", n=seam.gain)
    told = ("probability", f"{seam.probability:.3f}")
    return (*word, ("gain", gain), ("roles", roles), *verse, told)


@cache
def _roles(left: Role, right: Role) -> Message:
    """What two lines are: on a page thousands are alike."""
    return Message("{left} | {right}", left=Message(left), right=Message(right))


def _is_prose(line: Line) -> bool:
    """Whether a line is part of a story's text: body, or short with the commas of a sentence."""
    commas = len(_COMMAS.findall(line.text))
    prose = line.role is Role.BODY or (line.role is Role.SHORT and commas > 1)
    return prose and not jumps_away(line.text)


def _torn(text: str) -> Iterator[Edit]:
    """A note where the last line of a page is body text without an end."""
    written = text.rstrip(BLANK + BREAKS)
    begin = 1 + max(written.rfind(c) for c in BREAKS)
    for last in each_line(written[begin:]):
        if not (_is_prose(last) and _OPEN_END.search(plain(last.text))):
            continue
        end = begin + last.end
        yield note(end - 1, end, text, "BRK201", "the page ends inside a sentence")
