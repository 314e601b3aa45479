"""What there is to judge, as it is now: pages, marks on them with their standing, series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fixnews.correction import Correction, Finding
from fixnews.desk import Shelf
from fixnews.issue import Outcome
from fixnews.report.statistics import counted
from fixnews.review import EDIT, Review
from fixnews.review.sitting import OPEN, Sitting
from fixnews.series import Series
from fixnews.source import Source
from fixnews.verdicts import key


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of the sitting.

    Attributes:
        number: among all pages of the sitting, from 0.
        source: the page as it was read.
        issue: the number of its issue, from 0.
        left: characters in a thousand that are probably still wrong once it is repaired.
    """

    number: int
    source: Source
    issue: int
    left: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A correction that is or was to be judged.

    Attributes:
        name: by which a browser speaks of it; the same as long as the correction is proposed.
        leaf: the number of its page.
        correction: what would be done.
        standing: ``open``, or the verdict.
        typed: what the reader wants there instead, for an edit.
    """

    name: str
    leaf: int
    correction: Correction
    standing: str
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What there is to judge.

    Attributes:
        leaves: the pages in their order.
        marks: the corrections by name, in the order of the pages.
        names: the name of each correction, by its identity.
        series: all series, those that are answered included.
        notes: what is only reported.
    """

    leaves: tuple[Leaf, ...]
    marks: Mapping[str, Mark]
    names: Mapping[int, str]
    series: tuple[Series, ...]
    notes: tuple[tuple[int, Correction], ...]

    @property
    def asked(self) -> list[Mark]:
        """A mark for each question, in the order of the pages; a jump counts by its passage."""
        firsts = {self.names[id(q[0])] for one in self.series for q in one.questions}
        return [mark for name, mark in self.marks.items() if name in firsts]

    def open_of(self, series: Series) -> list[Mark]:
        """The marks of the questions of a series that are open."""
        asked = (self.mark(question[0]) for question in series.questions)
        return [mark for mark in asked if mark.standing == OPEN]

    def mark(self, correction: Correction) -> Mark:
        """The mark of a correction."""
        return self.marks[self.names[id(correction)]]


@dataclass(slots=True)
class Eye:
    """Looks at a sitting, and does not work out again what has not changed.

    Attributes:
        sitting: what is looked at.
        keys: the key of a finding.
        noise: what is left on each page of an issue before anything is judged.
    """

    sitting: Sitting
    keys: Shelf[int, tuple[Finding, str]] = field(default_factory=Shelf)
    noise: list[list[float]] = field(default_factory=list)

    def look(self) -> Snapshot:
        """The sitting as it is now."""
        self.keys.turn()
        self.noise = self.noise or [_left(review.outcome) for review in self.sitting.reviews]
        leaves = tuple(self._leaves())
        numbers = {id(leaf.source): leaf.number for leaf in leaves}
        marks: dict[str, Mark] = {}
        names: dict[int, str] = {}
        notes: list[tuple[int, Correction]] = []
        for review in self.sitting.reviews:
            notes += [(numbers[id(c.page)], c) for c in _notes(review)]
            for correction in review.asked:
                mark = self._mark(review, correction, numbers[id(correction.page)])
                marks[mark.name], names[id(correction)] = mark, mark.name
        return Snapshot(leaves, marks, names, self.sitting.series(), tuple(notes))

    def _leaves(self) -> Sequence[Leaf]:
        found: list[Leaf] = []
        for issue, review in enumerate(self.sitting.reviews):
            for source, noise in zip(review.outcome.sources, self.noise[issue], strict=True):
                found.append(Leaf(len(found), source, issue, noise))
        return found

    def _mark(self, review: Review, correction: Correction, leaf: int) -> Mark:
        last = correction.findings[-1]
        name = self.keys.kept(id(last), lambda: (last, key(last)))[1]
        verdict = review.given(correction)
        typed = review.answers.given[name].text if verdict == EDIT else ""
        where = f"{leaf}.{correction.start}.{correction.end}"
        return Mark(f"{where}.{name}", leaf, correction, verdict or OPEN, typed)


def _notes(review: Review) -> list[Correction]:
    return [c for c in review.outcome.corrections if not c.applicable]


def _left(outcome: Outcome) -> list[float]:
    return [page.left_per_thousand for page in counted(outcome)]
