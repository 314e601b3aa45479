"""Characters (OCR): what a recogniser misread, by a noisy channel; precision comes before all.

Three stages, each for fewer places than the one before: `fixnews.characters.suspects` flags and
weighs, `fixnews.characters.misreadings` judges. What this file adds is restraint: names, numbers
and traditional pages, on which nothing here was trained: there a change is only offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import inf
from typing import Any

import numpy as np

from fixnews import witness
from fixnews.changes import Edit, Safety
from fixnews.characters import cloze, folding
from fixnews.characters.case import Case, Judge, is_cleared, judged, weighed_ahead
from fixnews.characters.suspects import FIRST_HAN, LAST_HAN
from fixnews.contract import Context
from fixnews.filters.stretches import parts
from fixnews.language.alphabet import code_points
from fixnews.message import Message
from fixnews.rules import Rule
from fixnews.source import BREAKS
from fixnews.words import lexicon

MISREAD, NUMERAL = "OCR101", "OCR102"

SURE = 2.0
"""Log-odds of `characters.restraint` from which a change is applied unasked. On the odd pages of
fifteen kinds of clean text, by page, by sentence and between paragraphs of news, nothing that was
right is changed from here on but one character of an essay; on odd days of a daily 0.05 characters
in 10,000."""

SURE_IF_READ = 1.0
"""The same on a page that a machine read, where a misreading is likelier than a rare turn. On the
odd issues of January 1998, 1,877 characters are put right from here on, and 27 that were right are
changed, 1.4 %; from 0 on it would be 2,076 and 44, from 2 on 1,500 and 8."""

LIKELY, FEWEST, PER_THOUSAND = 0.7, 3, 4.0
"""Probability from which a change is a sign that a traditional page was read badly, and how many
signs it takes, in all and for a thousand Han characters. Pages of a daily that was typed have 1.4
at the most, but for one of literature with 3.0; what Tesseract reads from good prints has 0.8 to
4.3, from worse ones 10 (the median), from bad ones 36. How many characters the first stage flags
tells no more: of ten pages with a fifth flagged and fewer signs nine were typed."""

BEYOND_DOUBT = 100.0
"""Log-odds of a page that a machine read, whatever else there is to say."""

EVEN = 0.5
"""Probability from which a change is offered."""

TRADITIONAL = 0.05
"""Share of Han characters outside GB 2312 from which a page is set in traditional characters, or
is no page: on simplified pages read at the worst quality it is 0.004, on traditional ones 0.4."""

SHOWN = 4
"""Characters on each side that the reason quotes."""

RULES = (
    Rule(MISREAD, "misread-character", figures=(("EVEN", EVEN),)),
    Rule(NUMERAL, "misread-numeral"),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was probably printed at one place.

    Attributes:
        at: offset in characters.
        printed: the character.
        probability: that it was printed, and not what was read, if the page were news.
        gain: nats by which the language model prefers it.
        cost: what the channel asks, in nats.
        margin: the log-odds that it may be put right unasked, with all that is known of the page.
        machine: whether a machine read the page.
        traditional: whether it is set in traditional characters.
    """

    at: int
    printed: str
    probability: float
    gain: float
    cost: float
    margin: float = -inf
    machine: bool = False
    traditional: bool = False

    @property
    def sure(self) -> bool:
        """Whether it is sure enough to be applied unasked."""
        least = SURE_IF_READ if self.machine else SURE
        return self.margin >= least and not self.traditional


def propose(page: str, context: Context) -> Iterable[Edit]:
    """An edit for every character that was more likely misread than not."""
    for start, text in parts(page):
        if is_cleared(text, context.model, EVEN):
            continue
        judge = Judge.shipped(context.model)
        found = weigh(text, judge, context.read, EVEN)
        for number, verdict in enumerate(found):
            near = found[max(0, number - 1) : number + 2]
            yield _edit(text, verdict, start, paired=_paired(text, verdict, near))


def foresee(pages: Sequence[str], context: Context) -> None:
    """Weigh the suspicious places of pages that will be read next."""
    texts = [text for page in pages for _, text in parts(page)]
    simplified = [text for text in texts if _is_simplified(code_points(text))]
    if simplified:
        weighed_ahead(simplified, context.model, EVEN)


def _is_simplified(units: Any) -> bool:
    """Whether there is anything on a page, and no traditional characters to speak of."""
    return bool(units.any()) and not _foreign(units)


def weigh(text: str, judge: Judge, read: str = "", least: float = 0.0) -> list[Verdict]:
    """The probability of the likeliest candidate at every place that is suspicious at all.

    Args:
        text: a page.
        judge: what judges it.
        read: the page as it was read, before all repairs.
        least: what is less probable is not told.
    """
    units = code_points(text)
    if not units.any():
        return []
    if _foreign(units):
        return _on_traditional(text, judge, least)
    return _weighed(text, judge, read, least)


def _on_traditional(text: str, judge: Judge, least: float) -> list[Verdict]:
    """The same for a traditional page that was read badly, with traditional candidates."""
    network = cloze.load()
    simplified = folding.folded(text, network)
    units = code_points(simplified)
    case = None if _foreign(units) else judged(simplified, judge)
    if case is None or not _signs(units, case.odds.tolist()):
        return []
    found = _verdicts(case, least)
    forms = ((verdict, folding.unfolded(verdict.printed, network)) for verdict in found)
    return [
        replace(verdict, printed=form, traditional=True)
        for verdict, form in forms
        if form not in ("", text[verdict.at])
    ]


def _weighed(text: str, judge: Judge, read: str, least: float) -> list[Verdict]:
    """The verdicts on a simplified page.

    Who read the page is asked only where a change hangs on it: what is not sure though a machine
    read it is not sure at all.
    """
    case = judged(text, judge)
    if case is None:
        return []
    likely = case.odds >= EVEN
    if not likely.any():
        return _verdicts(case, least)
    evidence = case.evidence(likely)
    if case.margins(evidence, BEYOND_DOUBT).max() < SURE_IF_READ:
        return _verdicts(case, least)
    odds = max(witness.of(seen, judge.model).odds for seen in {read, text} - {""})
    machine = odds >= witness.MACHINE
    margins = np.full(len(likely), -inf)
    margins[likely] = case.margins(evidence, odds)
    if not machine:
        margins[~case.direct] = -inf
    return _verdicts(case, least, margins, machine=machine)


def _verdicts(
    case: Case, least: float, margins: Any = None, *, machine: bool = False
) -> list[Verdict]:
    """What is so likely at the least, each with its margin if that was asked for."""
    found = case.found
    margins = np.full(len(found.at), -inf) if margins is None else margins
    columns = (found.at, found.printed, case.odds, found.left + found.right, found.cost, margins)
    told = case.odds >= least
    rows = zip(*(column[told].tolist() for column in columns), strict=True)
    return [
        Verdict(at, chr(printed), p, gain, cost, margin, machine)
        for at, printed, p, gain, cost, margin in rows
    ]


def _signs(units: Any, odds: list[float]) -> bool:
    """Whether so many characters are likely misread that the page was read badly."""
    signs = sum(p >= LIKELY for p in odds)
    return signs >= max(FEWEST, PER_THOUSAND * _han(units) / 1000)


def _han(units: Any) -> int:
    return int(((units >= FIRST_HAN) & (units < LAST_HAN)).sum())


def _foreign(units: Any) -> bool:
    """Whether a page is set in traditional characters, or in what is no Chinese."""
    han = (units >= FIRST_HAN) & (units < LAST_HAN)
    return bool((han & ~_gb2312()[units]).sum() > TRADITIONAL * han.sum())


@cache
def _gb2312() -> Any:
    """For each code point whether GB 2312, the set of simplified print, has its character."""
    raw = bytes(b for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF) for b in (high, low))
    table = np.zeros(1 << 16, dtype=bool)
    table[[ord(c) for c in raw.decode("gb2312", "ignore")]] = True
    return table


def _paired(text: str, verdict: Verdict, near: list[Verdict]) -> bool:
    """Whether a neighbour is doubted, too, and both make a word of the dictionary as they stand."""
    others = [v.at for v in near if abs(v.at - verdict.at) == 1]
    return any(lexicon.is_word(text[min(at, verdict.at) :][:2]) for at in others)


def _edit(text: str, verdict: Verdict, offset: int, *, paired: bool) -> Edit:
    at = verdict.at
    numeral = bool({text[at], verdict.printed} & lexicon.characters("numeral"))
    safety: Safety = "safe" if verdict.sure and not paired and not numeral else "unsafe"
    before, behind = _around(text, at)
    reason = Message(
        "{before}{printed}{behind} reads better than {before}{text}{behind}",
        before=before,
        printed=verdict.printed,
        behind=behind,
        text=text[at],
    )
    return Edit(
        at + offset,
        at + offset + 1,
        verdict.printed,
        NUMERAL if numeral else MISREAD,
        reason,
        round(verdict.probability, 4),
        safety,
        evidence=tuple(_shown(verdict)),
    )


def _around(text: str, at: int) -> tuple[str, str]:
    """What stands around a place on its line."""
    before = text[max(0, at - SHOWN) : at]
    behind = text[at + 1 : at + 1 + SHOWN]
    return re.split(f"[{BREAKS}]", before)[-1], re.split(f"[{BREAKS}]", behind)[0]


def _shown(verdict: Verdict) -> Iterator[tuple[str, str]]:
    """The evidence in words."""
    yield "gain", Message("{n:.1f} nats", n=verdict.gain)
    yield "channel", Message("{n:.1f} nats", n=verdict.cost)
    yield "probability", f"{verdict.probability:.3f}"
    if verdict.margin > -inf:
        yield "read by a machine", "yes" if verdict.machine else "not that it shows"
        yield "restraint", f"{verdict.margin:.1f}"
