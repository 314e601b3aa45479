"""The corrections of a run by series: what a reader can answer at once, because it is one question.

Two thousand half-width commas between Han are one question and not two thousand. A series holds the
corrections that have one rule, one pair of texts, surroundings of one kind, and that are as sure as
each other; those of a run over many pages and issues together. What is doubtful is a series of its
own, so that nobody accepts it with what is plain. A verdict on a series is that verdict on each of
its corrections, filed by content (`fixnews.verdicts`) as if it had been given one by one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from fixnews.correction import Correction
from fixnews.patterns import lazy
from fixnews.source import LINE_BREAK
from fixnews.words.han import HAN

SURE = 0.9
"""Confidence from which a safe correction is judged with its series and not by itself. On the 29
damaged issues of February 2020, 26 of 19,069 safe corrections have less: of those 3 are wrong
(11.5 %), of the others 24 (0.1 %), 18 of which are brackets that the archive's text has narrow."""

EXAMPLES = 3
"""Corrections of a series that are shown: the plainest, the least sure, and one in between."""

REACH = 12
"""Characters of context on each side of an example, no further than the line."""

LONGEST = 8
"""Characters of a text that may make a pair. What is longer stands once, as a repeated headline
does: all such replacements of a rule are one series."""

Kind = Literal["pair", "join", "break", "blank", "jump", "passage"]
"""What the corrections of a series do: replace one text by another; take a line break away, or make
one; change blanks in a line; bring a jump home; take away or replace a longer passage."""

Surroundings = Literal[
    "between Han", "beside digits", "at a line's end", "beside a mark", "beside a blank", "anywhere"
]
"""What stands on both sides of a correction on the page as it was read. Letters count as digits,
the end of a page and the start of a line as a line's end. Jumps and passages stand anywhere. On the
29 damaged issues 8 of 15 pairs with two corrections or more are of one mind under the truth, of
pairs in their surroundings 29 of 40, and with what is doubtful apart 36 of 47. Of the pairs of 93
OCR readings 98 % are either way, but 39 and 28 wrong changes stand in series that are mostly right
(`benchmarks/judging.py`)."""

Question = tuple[Correction, ...]
"""What is answered at once in any case: a correction, or a jump with all that belongs to it."""


class Example(NamedTuple):
    """A correction of a series in its line.

    Attributes:
        correction: which.
        left, right: what stands around it on its line, as it was read.
    """

    correction: Correction
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Series:
    """Corrections that are one question.

    Attributes:
        code: the rule; of a jump, that of its passage.
        kind: what they do.
        before, after: the pair of texts; nothing for another kind, see `Kind`.
        surroundings: what stands around them; one for all of a jump or a passage.
        sure: they are safe and each is at least `SURE`; the others wait to be looked at.
        questions: in the order given, at least one: a correction, or all that are one jump.
    """

    code: str
    kind: Kind
    before: str
    after: str
    surroundings: Surroundings
    sure: bool
    questions: tuple[Question, ...]

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """All of them, in the order of the questions."""
        return tuple(c for question in self.questions for c in question)

    @property
    def name(self) -> str:
        """What it is filed under: the same in every run in which there is such a series."""
        facts = (self.code, self.kind, self.before, self.after, self.surroundings, str(self.sure))
        return hashlib.sha256("\0".join(facts).encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def count(self) -> int:
        """How many answers it would take one by one."""
        return len(self.questions)

    @property
    def pages(self) -> int:
        """On how many pages they stand."""
        return len({id(c.page) for c in self.corrections})

    @property
    def mean(self) -> float:
        """The mean confidence, 0 to 1."""
        return sum(c.confidence for c in self.corrections) / len(self.corrections)

    @property
    def least(self) -> float:
        """The least confidence, 0 to 1."""
        return min(c.confidence for c in self.corrections)

    @property
    def safety(self) -> str:
        """``safe`` if all are, else ``unsafe``."""
        return "safe" if all(c.safety == "safe" for c in self.corrections) else "unsafe"

    def examples(self, number: int = EXAMPLES) -> tuple[Example, ...]:
        """Corrections to judge it by: spread from the surest to the least sure, over pages."""
        return tuple(map(example, _spread([q[0] for q in self.questions], number)))


def series_of(corrections: Iterable[Correction]) -> tuple[Series, ...]:
    """The series of the corrections, the sure ones first, of each the largest first.

    Args:
        corrections: of one run or of many; notes are left out, since there is nothing to answer.

    >>> from fixnews import fix
    >>> done = fix("喜迎党代会,奋进新征程。江上起了雾,船停在岸边。", path="A1")
    >>> [(s.code, s.before, s.after, s.surroundings, s.count) for s in series_of(done.corrections)]
    [('PUN101', ',', '，', 'between Han', 2)]
    """
    found: dict[_Key, list[Question]] = {}
    for question in questions(corrections):
        found.setdefault(_key(question), []).append(question)
    made = (Series(*key, tuple(members)) for key, members in found.items())
    return tuple(sorted(made, key=lambda s: (not s.sure, -s.count, s.code, s.before, s.after)))


def questions(corrections: Iterable[Correction]) -> list[Question]:
    """What is to be asked, in the order given: the corrections of one jump are one question.

    The passage that moves stands first in it, since it is what is asked about.
    """
    found: dict[object, list[Correction]] = {}
    for correction in corrections:
        if correction.applicable:
            found.setdefault(_bond(correction) or id(correction), []).append(correction)
    return [tuple(sorted(bound, key=lambda c: c.to is None)) for bound in found.values()]


_Key = tuple[str, Kind, str, str, Surroundings, bool]


def _key(question: Question) -> _Key:
    first, sure = question[0], all(map(is_sure, question))
    kind = kind_of(first)
    if kind in ("jump", "passage"):
        return first.code, kind, "", "", "anywhere", sure
    pair = (first.before, first.after) if kind == "pair" else ("", "")
    return first.code, kind, *pair, surroundings(first), sure


def is_sure(correction: Correction) -> bool:
    """Whether a correction may be judged with others, unseen."""
    return correction.safety == "safe" and correction.confidence >= SURE


def kind_of(correction: Correction) -> Kind:
    """What a correction does."""
    before, after = correction.before, correction.after
    if correction.to or _bond(correction):
        return "jump"
    if max(len(before), len(after)) > LONGEST and (before + after).strip():
        return "passage"
    if (before + after).strip():
        return "pair"
    if bool(LINE_BREAK.search(before)) == bool(LINE_BREAK.search(after)):
        return "blank"
    return "join" if LINE_BREAK.search(before) else "break"


def _bond(correction: Correction) -> tuple[int, str] | None:
    """What a correction stands or falls with: its jump, among those of its draft."""
    bonds = ((id(f.draft), f.change.group) for f in correction.findings if f.change.group)
    return next(bonds, None)


_HAN_CHARACTER = lazy(f"[{HAN}]")


def surroundings(correction: Correction) -> Surroundings:
    """What stands on both sides of a correction."""
    text = correction.page.text
    sides = {_side(text[max(0, correction.start - 1) : correction.start])}
    sides.add(_side(text[correction.end : correction.end + 1]))
    return next((known for known in _RANK if known in sides), "beside a blank")


_RANK: tuple[Surroundings, ...] = (
    "beside digits",
    "at a line's end",
    "beside a mark",
    "beside a blank",
    "between Han",
)
"""Which side decides where the two differ, the first of these."""


def _side(char: str) -> Surroundings:
    if not char or LINE_BREAK.match(char):
        return "at a line's end"
    if _HAN_CHARACTER.match(char):
        return "between Han"
    if char.isspace():
        return "beside a blank"
    return "beside digits" if char.isalnum() else "beside a mark"


def _spread(members: Sequence[Correction], number: int) -> list[Correction]:
    """So many of them, at even steps of confidence, each on a page of its own where there are."""
    ranked = sorted(members, key=lambda c: -c.confidence)
    steps = max(min(number, len(ranked)) - 1, 1)
    wanted = [step * (len(ranked) - 1) // steps for step in range(min(number, len(ranked)))]
    chosen: list[Correction] = []
    for at, until in zip(wanted, [*wanted[1:], len(ranked)], strict=True):
        pages = {id(c.page) for c in chosen}
        rest = ranked[at:until] if until < len(ranked) else ranked[at:]
        chosen.append(next((c for c in rest if id(c.page) not in pages), ranked[at]))
    return chosen


def example(correction: Correction) -> Example:
    """A correction in its line."""
    text = correction.page.text
    left = LINE_BREAK.split(text[max(0, correction.start - REACH) : correction.start])[-1]
    right = LINE_BREAK.split(text[correction.end : correction.end + REACH])[0]
    return Example(correction, left, right)
