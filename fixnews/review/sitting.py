"""Many issues judged as one run: what is open by series, each answer kept by its own issue.

A `Review` is the state of one issue. A reader who judges a month of them answers a series once and
not thirty times; whoever asks, a terminal or a browser, asks a `Sitting`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from fixnews.answers import Given
from fixnews.correction import Correction
from fixnews.review import Review
from fixnews.series import Question, Series, questions, series_of

OPEN = "open"
"""The standing of a question that waits for an answer; the others are verdicts."""

BY_PAGE, BY_DOUBT = "page", "doubt"
"""The orders in which what is left is asked: as it stands on the pages; the least sure first."""


class Sitting:
    """The reviews of the issues of one run.

    Every answer is on the disk when `answer` returns, and holds for all corrections of a series
    or for one. Corrections are those of the reviews: after an answer ask anew what is there.
    """

    def __init__(self, reviews: Sequence[Review]) -> None:
        self.reviews = tuple(reviews)
        self._done: list[tuple[Review, ...]] = []

    def series(self) -> tuple[Series, ...]:
        """All that is or was to be judged, by series: what is sure first, the largest first."""
        return series_of(c for review in self.reviews for c in review.asked)

    def open_series(self) -> tuple[Series, ...]:
        """What is still open, by series."""
        return series_of(self._open())

    def standing(self, series: Series) -> Counter[str]:
        """How many questions of a series are open, and how many have which verdict."""
        homes = self._homes()
        return Counter(_verdict(question, homes) for question in series.questions)

    def open(self, order: str = BY_PAGE) -> list[Question]:
        """The questions that wait for an answer; a jump is one."""
        found = questions(self._open())
        if order == BY_DOUBT:
            found.sort(key=lambda question: min(c.confidence for c in question))
        return found

    def answer(self, corrections: Iterable[Correction], verdict: str, text: str = "") -> None:
        """Say the same about some corrections, of any of the issues.

        Args:
            corrections: such as `Series.corrections` or a question.
            verdict: ``ACCEPT``, ``REJECT``, or ``EDIT`` with the text that shall stand there.
            text: for an edit.

        Raises:
            PageError: the state folder cannot be written.
        """
        about: dict[Review, list[Correction]] = {}
        homes = self._homes()
        for correction in corrections:
            about.setdefault(homes[id(correction.page)], []).append(correction)
        for review, some in about.items():
            review.answer(some, verdict, text)
        if about:
            self._done.append(tuple(about))

    def answer_open(self, series: Series, verdict: str) -> int:
        """Accept or reject what is open of a series; gives how many questions that were.

        What was answered one by one stays as it was answered.
        """
        homes = self._homes()
        left = [question for question in series.questions if _verdict(question, homes) == OPEN]
        self.answer((c for question in left for c in question), verdict)
        return len(left)

    def alike(self, correction: Correction) -> list[Question]:
        """The open questions about the same rule with the same texts, in all issues."""
        same = (correction.code, correction.before, correction.after)
        return [q for q in self.open() if (q[0].code, q[0].before, q[0].after) == same]

    def take(self, given: Given, known: Iterable[str]) -> int:
        """Take over the answers of a file as if they were given now; gives how many.

        Args:
            given: the file's answers.
            known: the keys of what there is to judge; other answers are not taken.
        """
        number, wanted = 0, frozenset(known)
        for review in self.reviews:
            pages = [given.of_page(source.path) for source in review.outcome.sources]
            found = [a for page in pages for a in page.values() if a.key in wanted]
            review.answers.put(found)
            review.refresh()
            number += len(found)
        return number

    def undo(self) -> bool:
        """Take the last answer of this sitting back, of a series as a whole; False if none is."""
        if not self._done:
            return False
        for review in self._done.pop():
            review.undo()
        return True

    def refresh(self) -> None:
        """Run the chain again: a list of the reader's has changed."""
        for review in self.reviews:
            review.refresh()

    def review_of(self, correction: Correction) -> Review:
        """The review of the issue that a correction belongs to."""
        return self._homes()[id(correction.page)]

    def _open(self) -> Iterable[Correction]:
        return (c for review in self.reviews for c in review.open)

    def _homes(self) -> Mapping[int, Review]:
        """For each page, by its identity, the review of its issue."""
        return {id(page): review for review in self.reviews for page in review.outcome.sources}


def _verdict(question: Question, homes: Mapping[int, Review]) -> str:
    return homes[id(question[0].page)].given(question[0]) or OPEN
