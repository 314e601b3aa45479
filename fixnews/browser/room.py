"""Where answers from browsers are taken, one after the other.

An answer goes through `Sitting`, as the terminal's does: it is on the disk before the browser hears
that it was taken. Whoever answers says what he saw; if somebody else has answered meanwhile, in
another tab or on another machine's screen, the answer is refused and he is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from fixnews.browser.snapshot import Eye, Mark, Snapshot
from fixnews.review import ACCEPT, EDIT, REJECT
from fixnews.review.sitting import OPEN, Sitting
from fixnews.series import Series
from fixnews.tongues import ENGLISH, Tongue

VERDICTS = (ACCEPT, REJECT)


class Refused(Exception):  # noqa: N818
    """An answer that is not taken.

    Attributes:
        problem: the name of what to say about it, among the words.
        facts: what the words have holes for.
    """

    def __init__(self, problem: str, **facts: str) -> None:
        super().__init__(problem)
        self.problem, self.facts = problem, facts


@dataclass(frozen=True, slots=True)
class Steps:
    """What a sitting does besides taking answers.

    Attributes:
        allow: adds a passage to the reader's allow-list; gives what to say.
        teach: adds a word to the reader's dictionary; gives what to say.
        write: writes what was accepted; gives facts about it: how it ``went``, its ``run``.
    """

    allow: Callable[[str], str]
    teach: Callable[[str, str], str]
    write: Callable[[], dict[str, str]]


@dataclass(slots=True)
class Room:
    """A sitting that browsers take part in.

    Attributes:
        sitting: what is judged.
        steps: what else may be done.
        kept: answers of an earlier sitting that nobody has yet said to go on with.
        revision: how often something has changed.
        tongue: the language of those who judge.
        ended: how the sitting ended: ``write`` or ``quit``; nothing while it goes on.
    """

    sitting: Sitting
    steps: Steps
    kept: int = 0
    tongue: Tongue = ENGLISH
    revision: int = 0
    ended: str = ""
    _seen: list[Snapshot] = field(default_factory=list)
    _eye: list[Eye] = field(default_factory=list)

    @property
    def seen(self) -> Snapshot:
        """The sitting as it is now; looked at once for each change."""
        if not self._eye:
            self._eye.append(Eye(self.sitting))
        if not self._seen:
            self._seen.append(self._eye[0].look())
        return self._seen[0]

    def _changed(self) -> None:
        self.revision += 1
        self._seen.clear()

    def answer(self, about: Iterable[dict[str, str]], verdict: str, text: str = "") -> int:
        """Judge corrections; gives how many.

        Args:
            about: for each its name (``id``) and how it stood for the one who answers (``was``).
            verdict: ``accept``, ``reject``, or ``edit`` with the text that shall stand there.
            text: for an edit.

        Raises:
            Refused: one of them is gone or stands otherwise now, or cannot be edited.
        """
        marks = [self._mark(one) for one in about]
        if verdict not in (*VERDICTS, EDIT):
            raise Refused("verdict")
        if verdict == EDIT and any(mark.correction.to for mark in marks):
            raise Refused("moves")
        if verdict == EDIT:
            text = _in_the_page_s_lines(text, marks)
        self.sitting.answer([mark.correction for mark in marks], verdict, text)
        self._changed()
        return len(marks)

    def _mark(self, about: dict[str, str]) -> Mark:
        mark = self.seen.marks.get(about.get("id", ""))
        if mark is None:
            raise Refused("gone")
        if mark.standing != about.get("was"):
            raise Refused("meanwhile", standing=mark.standing)
        return mark

    def answer_series(self, name: str, verdict: str, still: int) -> int:
        """Judge what is open of a series; gives how many.

        Args:
            name: of the series.
            verdict: ``accept`` or ``reject``.
            still: how many are open for the one who answers.

        Raises:
            Refused: the series is gone, or another number of it is open.
        """
        left = self.seen.open_of(self.series(name))
        if len(left) != still:
            raise Refused("meanwhile series", open=str(len(left)))
        return self.answer([{"id": m.name, "was": OPEN} for m in left], verdict)

    def answer_alike(self, about: dict[str, str], verdict: str) -> int:
        """Judge all that is open of the same rule with the same texts; gives how many.

        Args:
            about: one of them, as for `answer`.
            verdict: ``accept`` or ``reject``.

        Raises:
            Refused: it is gone, or stands otherwise now.
        """
        same = self.sitting.alike(self._mark(about).correction)
        marks = [self.seen.mark(question[0]) for question in same]
        return self.answer([{"id": mark.name, "was": mark.standing} for mark in marks], verdict)

    def series(self, name: str) -> Series:
        """A series by its name.

        Raises:
            Refused: there is none of that name any more.
        """
        found = next((one for one in self.seen.series if one.name == name), None)
        if found is None:
            raise Refused("gone")
        return found

    def undo(self, revision: int) -> bool:
        """Take the last answer back; False if there is none.

        Raises:
            Refused: the last answer is not the one that was seen.
        """
        if revision != self.revision:
            raise Refused("meanwhile undo")
        done = self.sitting.undo()
        self._changed()
        return done

    def add(self, *words: str) -> str:
        """Add a passage to the allow-list, or a wrong and a right word; what to say about it."""
        if not all(words) or any(c in "\r\n\t" for word in words for c in word):
            raise Refused("entry")
        said = self.steps.allow(*words) if len(words) == 1 else self.steps.teach(*words)
        self.sitting.refresh()
        self._changed()
        return said

    def begin(self, *, go_on: bool) -> None:
        """Say whether to go on with the answers of an earlier sitting."""
        if self.kept and not go_on:
            for review in self.sitting.reviews:
                review.answers.start_again()
            self.sitting.refresh()
        self.kept = 0
        self._changed()

    def end(self, *, write: bool) -> dict[str, str]:
        """End the sitting; facts about what was written, if anything."""
        said = self.steps.write() if write else {}
        self.ended = "write" if write else "quit"
        self._changed()
        return said

    def asked(self, scope: str, which: str) -> list[Mark]:
        """The open marks of all, of a series, or of a page; a jump counts by its passage."""
        if scope == "series":
            return self.seen.open_of(self.series(which))
        asked = [mark for mark in self.seen.asked if mark.standing == OPEN]
        return [mark for mark in asked if scope != "page" or str(mark.leaf) == which]


def _in_the_page_s_lines(text: str, marks: Sequence[Mark]) -> str:
    """What was typed with the line ends of the page."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return plain.replace("\n", marks[0].correction.page.newline) if marks else plain
