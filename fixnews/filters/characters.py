"""Characters (OCR): what a recogniser misread, by a noisy channel; precision comes before all.

Three stages, each for fewer places than the one before: `fixnews.ocr.suspects` flags and weighs,
`fixnews.ocr.misreadings` judges. What this file adds is restraint: names, numbers and traditional
pages, on which nothing here was trained: there a change is only offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from fixnews import forest, language
from fixnews.draft import Edit, Safety
from fixnews.filters.contract import Context, Rule
from fixnews.filters.parts import parts
from fixnews.forest import Forest
from fixnews.layout.page import LINES, Role, role
from fixnews.ocr import channel, cloze, completions, folding, misreadings, suspects
from fixnews.ocr.suspects import FIRST_HAN, LAST_HAN, Flags, Sources, Suspects
from fixnews.words import lexicon
from fixnews.words.han import HAN

MISREAD, NUMERAL = "OCR101", "OCR102"

SURE = 0.92
"""Probability from which a change is applied unasked. Set where 0.2 characters in 10,000 and 0.1 %
of the sentences are changed in clean news (odd days of a daily of February 2020, every second
sentence of television news): both hold from 0.92 on. With what reads well judged more strictly it
is 0.15 in 10,000."""

SURE_IF_WELL = 0.95
"""The same on a page that reads well, where the network is not asked: on odd days of that daily
0.09 characters in 10,000 are changed from here on (0.14 from 0.92 on), on even days 0.09."""

LIKELY, FEWEST, PER_THOUSAND = 0.7, 3, 4.0
"""Probability from which a change is a sign that the page was read badly by a machine, and how many
signs it takes, in all and for a thousand Han characters. Pages of a daily that was typed have 1.4
at the most, but for one of literature with 3.0; what Tesseract reads from good prints has 0.8 to
4.3, from worse ones 10 (the median), from bad ones 36. How many characters the first stage flags
tells no more: of ten pages with a fifth flagged and fewer signs nine were typed."""

SURE_IF_NOISY = 0.84
"""Probability from which a change is applied unasked on a page that was read badly, where a
misreading is likelier than a rare word. Set where what is made wrong stays below 3 % of what is put
right (every second reading of newspaper pages, counted confusions left out): 1,468 characters
right and 43 wrong; from 0.82 on it would be 1,499 and 50, from 0.75 on 1,598 and 78."""

EVEN = 0.5
"""Probability from which a change is offered."""

TRADITIONAL = 0.05
"""Share of Han characters outside GB 2312 from which a page is set in traditional characters, or
is no page: on simplified pages read at the worst quality it is 0.004, on traditional ones 0.4."""

SHOWN = 4
"""Characters on each side that the reason quotes."""

RULES = (
    Rule(
        MISREAD,
        "misread-character",
        "Puts back a character that was read as another of like shape",
        "A recogniser takes one character for another that looks like it. A character that is"
        " unlikely where it stands is held against those that recognisers confuse with it; the"
        " language model, the dictionary's words, the rest of the page and the noise on it decide."
        " Bylines and credits, pronouns, directions, short forms of countries and what you have"
        " allowed are left alone. On traditional pages changes are only offered, and only on those"
        " that were read badly.",
        f"Applied when the calibrated probability is at least {SURE}, on a page that reads well"
        f" {SURE_IF_WELL}, on one with signs of misreading {SURE_IF_NOISY}; offered from"
        f" {EVEN}. Two"
        " neighbours that make a real word as they stand are only offered.",
        "全市经济形势总体穗定，城乡居民收入继续提高。\n",
        "全市经济形势总体稳定，城乡居民收入继续提高。\n",
    ),
    Rule(
        NUMERAL,
        "misread-numeral",
        "Offers a character for a numeral, or a numeral for a character",
        "千 and 干, 十 and 士, 三 and 兰 look alike; a wrong number is worse than a wrong word.",
        "Never applied unasked: the change would make or unmake a number.",
        "这条路全长三干多米，已经建成通车。\n",
        "这条路全长三千多米，已经建成通车。\n",
    ),
)

_NAMED = frozenset({Role.BYLINE, Role.CREDIT, Role.FOLIO})

_NAMES = re.compile(
    "(?:记者|通讯员|特派员|实习生|评论员|摄影|撰文|编辑|责编|校对|作者|供图|制图|邮箱)"
    rf"[\s:：／/]*[{HAN}·、\s]{{2,16}}"
)
"""A name in a running line: what follows the office, up to a mark."""

_TITLES = (
    "部长", "书记", "主任", "局长", "市长", "省长", "县长", "区长", "镇长", "院长",
    "校长", "厂长", "社长", "行长", "会长", "所长", "处长", "队长", "总经理", "董事长",
    "总裁", "总理", "总统", "主席", "大使", "教授", "医生", "博士", "院士", "委员",
    "发言人", "先生", "女士", "同志", "村民", "司机",
)  # fmt: skip
"""What stands before a person's name in a sentence. A misread name comes out as another name that
is as plausible: no evidence in the sentence tells which is right."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was probably printed at one place.

    Attributes:
        at: offset in characters.
        printed: the character.
        probability: that it was printed, and not what was read.
        gain: nats by which the language model prefers it.
        cost: what the channel asks, in nats.
        noisy: whether the page was read badly.
        well: whether it reads so well that the network was not asked.
        traditional: whether it is set in traditional characters.
    """

    at: int
    printed: str
    probability: float
    gain: float
    cost: float
    noisy: bool
    traditional: bool = False
    well: bool = False

    @property
    def sure(self) -> bool:
        """Whether it is likely enough to be applied unasked."""
        least = SURE_IF_NOISY if self.noisy else SURE_IF_WELL if self.well else SURE
        return self.probability >= least and not self.traditional


def propose(page: str, context: Context) -> Iterable[Edit]:
    """An edit for every character that was more likely misread than not."""
    for start, text in parts(page):
        judge = Judge.shipped(context.model)
        found = [v for v in weigh(text, judge) if v.probability >= EVEN]
        for number, verdict in enumerate(found):
            near = found[max(0, number - 1) : number + 2]
            yield _edit(text, verdict, start, paired=_paired(text, verdict, near))


@dataclass(frozen=True, slots=True)
class Judge:
    """What misreadings are judged with.

    Attributes:
        sources: where candidates come from, and what weighs them.
        trees: the trained forest.
        plain: the one for pages that read well, where the network is not asked.
    """

    sources: Sources
    trees: Forest
    plain: Forest

    @classmethod
    def shipped(cls, model: Path | None = None) -> Judge:
        """The judge that ships, with another language model if one is named."""
        sources = Sources(language.load(model), channel.load(), completions.load(), cloze.load())
        return cls(sources, forest.load(misreadings.FOREST), forest.load(misreadings.PLAIN))

    def of(self, flags: Flags) -> tuple[Sources, Forest]:
        """What a page is judged with."""
        if suspects.reads_well(flags.units, flags.scores):
            return replace(self.sources, completions=None, cloze=None), self.plain
        return self.sources, self.trees


def weigh(text: str, judge: Judge) -> list[Verdict]:
    """The probability of the likeliest candidate at every place that is suspicious at all."""
    units = suspects.code_points(text)
    if not units.any():
        return []
    return _on_traditional(text, judge) if _foreign(units) else _weighed(text, units, judge)


def _on_traditional(text: str, judge: Judge) -> list[Verdict]:
    """The same for a traditional page that was read badly, with traditional candidates."""
    network = cloze.load()
    simplified = folding.folded(text, network)
    units = suspects.code_points(simplified)
    found = [] if _foreign(units) else _weighed(simplified, units, judge)
    if not _signs(units, [verdict.probability for verdict in found]):
        return []
    forms = ((verdict, folding.unfolded(verdict.printed, network)) for verdict in found)
    return [
        replace(verdict, printed=form, traditional=True)
        for verdict, form in forms
        if form not in ("", text[verdict.at])
    ]


def _weighed(text: str, units: Any, judge: Judge) -> list[Verdict]:
    """The verdicts on a simplified page."""
    flags = suspects.flagged(text, judge.sources.model)
    sources, trees = judge.of(flags)
    found = suspects.find(text, sources, flags)
    found = found.take(~misreadings.interchangeable(found, units))
    found = found.take(~_in_names(text, found.at))
    if not len(found.at):
        return []
    odds = trees.probability(misreadings.evidence(text, found, sources.model))
    best = _best(found, odds)
    found, odds = found.take(best), odds[best].tolist()
    noisy, well = _signs(units, odds), sources.cloze is None
    columns = (found.at, found.printed, found.left + found.right, found.cost)
    rows = zip(*(column.tolist() for column in columns), odds, strict=True)
    return [
        Verdict(at, chr(printed), p, gain, cost, noisy, well=well)
        for at, printed, gain, cost, p in rows
    ]


def _best(found: Suspects, odds: Any) -> Any:
    """The number of the likeliest candidate of each place."""
    import numpy as np

    order = np.lexsort((-odds, found.at))
    at = found.at[order]
    return order[np.append(True, at[1:] != at[:-1])]


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
    import numpy as np

    raw = bytes(b for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF) for b in (high, low))
    table = np.zeros(1 << 16, dtype=bool)
    table[[ord(c) for c in raw.decode("gb2312", "ignore")]] = True
    return table


@cache
def _titled() -> re.Pattern[str]:
    """A title with the surname and the given name of one or two characters behind it."""
    surnames = "".join(sorted(lexicon.characters("surname")))
    return re.compile(f"(?:{'|'.join(_TITLES)})[{surnames}][{HAN}]{{1,2}}")


def _in_names(text: str, places: Any) -> Any:
    """For each place whether it lies in a byline, a credit, a folio or a name behind an office."""
    import numpy as np

    spans = [found.span() for names in (_NAMES, _titled()) for found in names.finditer(text)]
    lines = [found.span() for found in LINES.finditer(text)]
    starts = np.array([start for start, _ in lines])
    for number in np.unique(np.searchsorted(starts, places, "right") - 1):
        start, end = lines[number]
        if role(text[start:end].strip() or " ") in _NAMED:
            spans.append((start, end))
    covered = np.zeros(len(text) + 1, dtype=bool)
    for start, end in spans:
        covered[start:end] = True
    return covered[places]


def _paired(text: str, verdict: Verdict, near: list[Verdict]) -> bool:
    """Whether a neighbour is doubted, too, and both make a word of the dictionary as they stand."""
    others = [v.at for v in near if abs(v.at - verdict.at) == 1]
    return any(lexicon.is_word(text[min(at, verdict.at) :][:2]) for at in others)


def _edit(text: str, verdict: Verdict, offset: int, *, paired: bool) -> Edit:
    at = verdict.at
    numeral = bool({text[at], verdict.printed} & lexicon.characters("numeral"))
    safety: Safety = "safe" if verdict.sure and not paired and not numeral else "unsafe"
    before, behind = _around(text, at)
    reason = f"{before}{verdict.printed}{behind} reads better than {before}{text[at]}{behind}"
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
    return re.split(r"[\r\n\f]", before)[-1], re.split(r"[\r\n\f]", behind)[0]


def _shown(verdict: Verdict) -> Iterator[tuple[str, str]]:
    """The evidence in words."""
    yield "gain", f"{verdict.gain:.1f} nats"
    yield "channel", f"{verdict.cost:.1f} nats"
    yield "probability", f"{verdict.probability:.3f}"
