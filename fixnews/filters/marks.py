"""Marks the recogniser misread, lost or saw in dust (PUN2xx), weighed by `fixnews.marks.sites`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from fixnews import forest, language
from fixnews.changes import Edit, Safety, shifted
from fixnews.contract import Context
from fixnews.filters.stretches import parts
from fixnews.layout.reading import PARTED, WRAPPED, Reading, preceding, read, readings
from fixnews.marks import doubles
from fixnews.marks.confusion import NOTHING, TARGETS
from fixnews.marks.evidence import Candidates
from fixnews.marks.neighbours import FAR
from fixnews.marks.sheets import Sheets
from fixnews.marks.sites import MODELS, Marks
from fixnews.marks.unasked import Found, Source, allowed, is_mark
from fixnews.message import Message
from fixnews.patterns import lazy
from fixnews.recall import CHARACTERS, Recall, page_size
from fixnews.rules import Rule

if TYPE_CHECKING:
    from fixnews.language import Model

MISREAD = "PUN201"
LOST = "PUN202"
STRAY = "PUN203"

SURE = {MISREAD: 0.75, LOST: 0.55, STRAY: 0.7}
"""Probability from which a change is applied unasked; docs/notes/ocr.md has more. Set on half of
the readings of January 1998 and on clean news."""

SURE_OF_MARK = 0.95
"""The same for a sign that is itself a mark of the newspaper, and may be right."""

SURE_INSIDE = 0.9
"""The same for a mark lost inside a line, or at the end of a paragraph whose line is full or was
never wrapped: it may be a subhead. There only the words speak for the mark."""

SURE_IF_TYPED = 0.9
"""The same for a lost mark on a page that shows no machine. What looks lost there is the end of a
headline as wide as its column: of a daily's pages set in columns, headlines as well (odd days, 1.45
million characters), 117 such ends are likelier than 0.55, and 4 than this."""

SURE_OF_PARTNER = 0.8
"""The same for the partner of a lone quotation mark or bracket: it may have been misread."""

LIKELY = 0.5
"""Probability from which a change is offered."""

TOGETHER = 1 << 14
"""Characters of pages that are asked together, so that all that is worked out of them stays near.
"""

_OPENING = "“‘（《"
_PAIRED = "…—"
"""Marks that are two characters wide: `fixnews.marks.dashes` looks after them."""

_TICKS = "'`´•‧．"
"""Signs that may stand for the dot between the parts of a foreign name."""

SHORTEST = 150
"""Characters of the shortest passage that shows its recogniser's habits; a shorter one is looked at
if it has a sign that newspapers do not print."""

_STRANGE = lazy(r"[^\w\s，。、：；？！“”‘’（）《》…—,:;?!()%％/]")

RULES = (
    Rule(MISREAD, "misread-mark", figures=(("SURE", SURE[MISREAD]), ("LIKELY", LIKELY))),
    Rule(LOST, "lost-mark", figures=(("SURE", SURE[LOST]), ("LIKELY", LIKELY))),
    Rule(STRAY, "stray-mark", figures=(("SURE", SURE[STRAY]), ("LIKELY", LIKELY))),
)


def propose(page: str, context: Context) -> Iterable[Edit]:
    """An edit for each mark that was likely misread, lost or never printed."""
    for start, text in parts(page):
        twice = list(_doubled(text, Source(text, context)))
        yield from (shifted(edit, start) for edit in twice)
        if _is_asked(text):
            yield from _page(text, start, context, {edit.start for edit in twice})


def foresee(pages: Sequence[str], context: Context) -> None:
    """Find the changes of pages that will be read next."""
    finder(context.model)([text for page in pages for _, text in parts(page) if _is_asked(text)])


def _is_asked(text: str) -> bool:
    """Whether a passage is long or strange enough to be looked at."""
    return len(text) >= SHORTEST or bool(_STRANGE.search(text))


def _doubled(text: str, source: Source) -> Iterator[Edit]:
    """Marks of which there are two; a quotation that opens before a mark may be one of a mark."""
    for edit in doubles.propose(text, STRAY):
        typed = text[edit.start] == "“" and not source.machine
        yield replace(edit, safety="unsafe") if typed else edit


def _page(page: str, start: int, context: Context, twice: set[int]) -> Iterator[Edit]:
    """The changes of a page, none beside a mark that goes because there are two."""
    (found,) = finder(context.model)([page])
    if not found:
        return
    seen, survey = _surveyed(page, language.load(context.model))
    unasked = allowed(found, survey, Source(page, context))
    for one in found:
        around = seen.at[max(0, one.site - 1) : one.site + 2].tolist()
        if not twice.intersection(around):
            yield _edit(seen, start, one._replace(sure=one in unasked))


@lru_cache(language.MODELS)
def finder(model: Path | None) -> Recall[str, list[Found]]:
    """What finds the changes of pages, whether or not they may be made: many are asked together."""
    return Recall(lambda pages: _found(pages, language.load(model)), CHARACTERS, page_size)


def _found(pages: list[str], model: Model) -> list[list[Found]]:
    """The changes of each page, none beside another."""
    found: list[list[Found]] = [[] for _ in pages]
    if len(pages) == 1:
        reading, survey = _surveyed(pages[0], model)
        found[0] += [one for _, one in _of_sheets(survey)] if len(reading.points) else []
        return list(map(_apart, found))
    for some in _batches([len(page) for page in pages]):
        read_so = zip(some, readings([pages[n] for n in some]), strict=True)
        seen = [(number, reading) for number, reading in read_so if reading.text]
        if not seen:
            continue
        numbers, sheets = zip(*seen, strict=True)
        for number, one in _of_sheets(Marks(Sheets.of(*sheets), model)):
            found[numbers[number]].append(one)
    return list(map(_apart, found))


@lru_cache(1)
def _surveyed(page: str, model: Model) -> tuple[Reading, Marks]:
    """A page with what there is to see on it: it is asked twice in a row."""
    seen = read(page)
    return seen, Marks(Sheets.of(seen), model)


def _batches(sizes: list[int]) -> Iterator[list[int]]:
    """The numbers of pages that are asked together."""
    some, size = list[int](), 0
    for number, more in enumerate(sizes):
        if some and size + more > TOGETHER:
            yield some
            some, size = [], 0
        some.append(number)
        size += more
    if some:
        yield some


def _of_sheets(survey: Marks) -> Iterator[tuple[int, Found]]:
    """The likely changes that are for this filter to propose, each with the number of its page."""
    seen = survey.seen
    likely = (
        *_best(survey.misread(), seen.text, "marks", lost=False),
        *_best(survey.lost(), seen.text, "lost", lost=True),
    )
    for one in likely:
        if _is_ours(seen, one):
            page = int(seen.page[one.site])
            yield page, one._replace(site=one.site - int(seen.first[page]))


def _is_ours(seen: Sheets, one: Found) -> bool:
    """Whether the change of a site is for this filter to propose."""
    if one.candidate == NOTHING:
        return True
    mark = TARGETS[one.candidate]
    return mark not in _PAIRED and (mark != "·" or seen.text[one.site] in _TICKS)


def _best(candidates: Candidates, text: str, name: str, *, lost: bool) -> Iterator[Found]:
    """The likeliest candidate of each site that is likely at all."""
    if not len(candidates.site):
        return
    odds = forest.load(MODELS / f"{name}.npz").probability(candidates.rows)
    order = np.lexsort((-odds, candidates.site))
    ranked = candidates.site[order]
    first = ranked != preceding(ranked, -1)
    least = sure(candidates, text, lost=lost)
    for n in order[first]:
        if odds[n] >= LIKELY:
            site, candidate = int(candidates.site[n]), int(candidates.candidate[n])
            yield Found(float(odds[n]), site, candidate, lost, bool(odds[n] >= least[n]))


def sure(candidates: Candidates, text: str, *, lost: bool) -> Any:
    """For each candidate the probability from which it is applied unasked.

    Args:
        candidates: of marks that were misread, or lost.
        text: the characters of the reading.
        lost: which of the two.
    """
    if lost:
        inside = candidates.column("gap_before") < WRAPPED
        inside |= (candidates.column("gap_before") == PARTED) & (candidates.column("short") == 0)
        at_end = np.where(candidates.typed, SURE_IF_TYPED, SURE[LOST])
        alone = np.where(inside, SURE_INSIDE, at_end)
        return np.where(candidates.column("torn") < FAR, SURE_OF_PARTNER, alone)
    kind = np.where(candidates.candidate == NOTHING, SURE[STRAY], SURE[MISREAD])
    mark = np.array([is_mark(text[at]) for at in candidates.site.tolist()], dtype=bool)
    return np.where(mark, SURE_OF_MARK, kind)


def _apart(found: list[Found]) -> list[Found]:
    """Of changes that touch each other the likeliest: the others are weighed again after it."""
    kept: dict[int, Found] = {}
    for one in sorted(found, reverse=True):
        if not kept.keys() & {one.site - 1, one.site, one.site + 1}:
            kept[one.site] = one
    return sorted(kept.values(), key=lambda one: one.site)


def _edit(seen: Reading, start: int, one: Found) -> Edit:
    """The change of one mark."""
    mark = "" if one.candidate == NOTHING else TARGETS[one.candidate]
    code = LOST if one.lost else MISREAD if mark else STRAY
    safety: Safety = "safe" if one.sure else "unsafe"
    confidence = round(one.probability, 4)
    if one.lost:
        at = int(seen.at[one.site]) if mark in _OPENING else int(seen.at[one.site - 1]) + 1
        return Edit(
            start + at,
            start + at,
            mark,
            code,
            Message("{mark} is lost", mark=mark),
            confidence,
            safety,
        )
    at = int(seen.at[one.site])
    sign = seen.text[one.site]
    reason = (
        Message("{sign} stands for {mark}", sign=sign, mark=mark)
        if mark
        else Message("{sign} was never printed", sign=sign)
    )
    return Edit(start + at, start + at + 1, mark, code, reason, confidence, safety)
