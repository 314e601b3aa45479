"""Did a machine read this? The traces that a recogniser leaves, and no author does.

That the news model is surprised says nothing about a machine: fiction, verse and the classics
surprise it more than a page read badly. What a recogniser leaves looks different: characters that
look like the ones which make a common word there, signs that stand where a mark should, two marks
for one, marks that begin a line, blanks before marks, brackets of which one half is of another
pair, letters among figures. Each trace is counted, and a few weights, learnt on readings and on
clean text of fifteen kinds (`training/witness.py`), make of the counts the log-odds that a
machine read the page. A passage of any length can be asked, down to a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from fixnews import forest, language
from fixnews.arrays import Floats
from fixnews.characters import channel, misreadings, suspects
from fixnews.characters.weighing import Sources
from fixnews.errors import DataError
from fixnews.layout.reading import following, preceding, read
from fixnews.marks import confusion, keystrokes
from fixnews.marks.confusion import TARGETS
from fixnews.marks.sheets import Sheets
from fixnews.marks.surroundings import Survey
from fixnews.message import Message
from fixnews.words.han import HAN

WEIGHTS = Path(__file__).parent / "models" / "witness.npz"

CHEAP = 5.0
"""Price in nats up to which a confusion is one of those in which recognisers err: two in three of
what two of them misread cost less, and one in four of the false suspicions on clean text."""

ALIKE, LIKELY = 0.9, 0.7
"""Probability of a misreading from which it is a trace, and from which it is a faint one."""

DEAR, SHAPE, PLAIN = 7.0, 0.7, 0.97
"""Price, likeness and probability of one that is dearer, and plain all the same."""

SURE_OF_DUST = 4.0
"""Nats by which a page must read better with a mark of the newspaper in the place of a sign."""

FEW = 2
"""Places where a sign stands for a mark from which it is this recogniser's habit."""

MACHINE = 3.0
"""Log-odds from which a machine read a page. Of 217 clean pages of twenty kinds, as they are and as
people type them, one journal's have more, which may have been read by one."""

PAGE = 3000
"""Han characters of a page: of longer texts the counts are those of so many."""

PART = 50_000
"""Characters that are looked at together, so that memory does not grow with a file."""

_MARK, _CLOSING = "，。、；：", "，。、；：！？”’）》"
_BEHIND = f"(?<=[{HAN}”》）].)"
_PATTERNS = {
    "doubled": rf"[{_MARK},;:](?<=[{HAN}].)\s*[{_MARK},;:](?=\s*[{HAN}])",
    "begins": rf"\n[ \t]*[{_CLOSING},;:](?=[ \t]*\S)",
    "blank": rf"[ \t]{_BEHIND}[ \t]*(?=[{_CLOSING},;:])",
    "spaced": rf"[:;,!?，。、；：]{_BEHIND}(?:(?<=[:;,!?])[ \t]+|(?<=[，。、；：])[ ])(?=[{HAN}“])",
    "bracket": r"[〈(（《](?:(?<=〈)[^〉\n]{1,30}[)）]|(?<=[(（])[^)）\n]{1,30}〉"
    r"|(?<=《)[^》《\n]{1,20}[)）](?![^《\n]{0,20}》)|(?<=[(（])[^)）《》\n]{1,20}》)",
    "figure": r"[\]lIOS|](?:(?<![A-Za-z0-9].)(?<!S)|(?<=[0-9].)(?<!\|))"
    r"(?=[0-9]*[月日年版%亿万元时])",
}
"""Traces that the eye sees: of marks, blanks, brackets and figures. Each begins with the characters
of which one must be there: most of a page is passed over."""

KINDS = (*_PATTERNS, "dust", "alike", "likely", "plain", "unlike")
"""Every trace that is counted; the last three are misread characters: of like shape and sure, of
like shape and likely, and sure but of no like shape, which other registers show as well."""

_DUST = r"·•‧∙°.．'`*+=_^#&@$|\\<>£€¥"
"""The inside of a character class: signs that a speck is read as, and no mark of the newspaper."""

_NUMERALS = "一二三四五六七八九十百千万亿零〇○两几第"


class Traces(NamedTuple):
    """What was counted on a passage.

    Attributes:
        han: its Han characters.
        hard: how many of them the language model can hardly explain.
        counts: how often each of `KINDS` was seen.
        dust: the signs that stand for marks, and how often.
    """

    han: int
    hard: int
    counts: tuple[int, ...]
    dust: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Witness:
    """What a passage tells of who read it.

    Attributes:
        odds: the log-odds that it was a machine.
        traces: the evidence.
    """

    odds: float
    traces: Traces

    def makes(self, sign: str) -> bool:
        """Whether this recogniser writes this sign for marks, as the page shows.

        >>> of("全市经济*城乡居民收入提高*会议强调*各地抓紧落实*").makes("*")
        True
        """
        return dict(self.traces.dust).get(sign, 0) >= FEW


@lru_cache(1 << 8)
def of(text: str, model: Path | None = None) -> Witness:
    r"""What a page, or a passage, tells of who read it.

    Args:
        text: the passage as it was read.
        model: the language model, or None for the one that ships.

    >>> page = "联合国代表磋商后发表讲话。\n。船长遣责这一行动，要求予以制正 ，并访间了港口。"
    >>> of(page).odds > 0 > of("联合国代表磋商后发表讲话。").odds
    True
    """
    seen, weights = traces(text, model), _weights()
    return Witness(float(evidence(seen) @ weights[:-1] + weights[-1]), seen)


def traces(text: str, model: Path | None = None) -> Traces:
    """What is counted on a text, whatever it weighs."""
    return _added([_traces(part, model) for part in _parts(text)])


def evidence(seen: Traces) -> Floats:
    """What the weights are for: a number a kind, then surprise and size; shape (`KINDS` + 2,)."""
    share = min(1.0, PAGE / max(1, seen.han))
    counted = np.log1p(np.array(seen.counts) * share)
    hard = seen.hard / max(1, seen.han)
    return np.append(counted, [hard, np.log(max(1, min(seen.han, PAGE)) / 1000)])


@cache
def _weights() -> Floats:
    if not WEIGHTS.is_file():
        raise DataError(
            Message("{weights}: the learnt weights are missing", weights=WEIGHTS),
            "reinstall fixnews",
        )
    with np.load(WEIGHTS) as table:
        return np.asarray(table["weights"])


def _parts(text: str) -> Iterator[str]:
    """The text in parts of whole lines, none much longer than `PART`."""
    at = 0
    while at < len(text) or not at:
        cut = text.rfind("\n", at, at + PART) + 1 if len(text) - at > PART else len(text)
        end = cut or at + PART
        yield text[at:end]
        at = max(end, at + 1)


def _added(found: list[Traces]) -> Traces:
    """The traces of all parts."""
    dust = Counter[str]()
    for one in found:
        dust.update(dict(one.dust))
    counts = tuple(map(sum, zip(*(one.counts for one in found), strict=True)))
    han, hard = sum(one.han for one in found), sum(one.hard for one in found)
    return Traces(han, hard, counts, tuple(dust.items()))


def _traces(text: str, path: Path | None) -> Traces:
    """What is counted on a part of a text."""
    model = language.load(path)
    flags = suspects.flagged(text, model)
    han = (flags.units >= suspects.FIRST_HAN) & (flags.units < suspects.LAST_HAN)
    hard = han & suspects.hardly_explained(flags.scores)
    seen = [sum(1 for _ in pattern.finditer(text)) for pattern in _compiled()]
    dust = _dust(Survey(Sheets.of(read(text)), model)) if _signs().search(text) else Counter()
    alike = _misread(text, flags, path)
    counts = (*seen, sum(dust.values()), *alike)
    return Traces(int(np.count_nonzero(han)), int(hard.sum()), counts, tuple(dust.items()))


@cache
def _compiled() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, _PATTERNS.values()))


@cache
def _signs() -> re.Pattern[str]:
    """A sign between Han characters that may be dust at all, whatever blanks are beside it."""
    blank = r"[\x00-\x20\x85\xa0\u2000-\u200b\u2028\u2029\u3000\ufeff]*"
    return re.compile(rf"[{_DUST}](?={blank}[{HAN}])")


def _dust(survey: Survey) -> Counter[str]:
    """The signs between Han characters that stand for marks of the newspaper, each as often.

    A sign beside a numeral is none, nor one that people type, nor one that reads as well as it is,
    nor an apostrophe that has another near: they are quotes.
    """
    points = survey.seen.points
    numeral = np.isin(points, [ord(sign) for sign in _NUMERALS])
    beside = preceding(numeral, first=False) | following(numeral, last=False)
    typed = keystrokes.typed(points, survey.group, survey.own, survey.strange, survey.seen.page)
    small = confusion.among(survey.group, confusion.DOT, confusion.TICK, confusion.SCRIBBLE)
    straight = keystrokes.paired(points == ord("'"))
    at = np.flatnonzero(survey.strange & small & ~(typed | beside | straight))
    place = survey.judge.place[at]
    best = np.full(len(at), -np.inf)
    for mark in "，。、“”":
        made = survey.judge.replaced(place, np.full(len(at), TARGETS.index(mark)))
        best = np.maximum(best, made)
    sure = best - survey.judge.read(place, language.SIGHT + 1) > SURE_OF_DUST
    return Counter(map(survey.seen.text.__getitem__, at[sure].tolist()))


@lru_cache(language.MODELS)
def sources(model: Path | None) -> Sources:
    """Where candidates come from on a page that reads well: neither neighbours nor the network."""
    return Sources(language.load(model), channel.load(), None, None)


def _misread(text: str, flags: suspects.Flags, path: Path | None) -> tuple[int, int, int, int]:
    """How many characters look misread, by the last four of `KINDS`."""
    tools = sources(path)
    found = suspects.find(text, tools, flags)
    found = found.take(~misreadings.interchangeable(found, flags.units))
    if not len(found.at):
        return 0, 0, 0, 0
    trees = forest.load(misreadings.PLAIN)
    odds = trees.probability(misreadings.evidence(text, found, tools.model))
    best = misreadings.best(found, odds)
    odds, cost = odds[best], found.cost[best]
    cheap, sure, likely = cost < CHEAP, odds >= ALIKE, odds >= LIKELY
    plain = ~cheap & (cost < DEAR) & (found.alike[best] >= SHAPE) & (odds >= PLAIN)
    kinds = sure & cheap, likely & ~sure & cheap, plain, sure & ~cheap & ~plain
    return tuple(int(np.count_nonzero(kind)) for kind in kinds)  # type: ignore[return-value]
