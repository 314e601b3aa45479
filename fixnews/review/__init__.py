"""One correction after the other, judged by a person; every answer is on the disk at once.

The engine behind ``fixnews review``, without a terminal. What is safe counts as applied until it
is rejected, what is only suggested does not until it is accepted; after an answer that changes
the text the chain runs again from the original, so that what depended on it vanishes by itself.
Only what was accepted is written.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

from fixnews.answers import ACCEPT, EDIT, REJECT, UNDO, Answer, about
from fixnews.correction import Correction, Finding
from fixnews.desk import Shelf
from fixnews.errors import PageError, of_system
from fixnews.issue import Outcome
from fixnews.journal import state_folder
from fixnews.message import Message
from fixnews.own_words import Run, with_own_words
from fixnews.verdicts import key

__all__ = ["ACCEPT", "EDIT", "REJECT", "UNDO", "Answers", "Review"]


class Answers:
    """The answers on some pages, in memory and in a file that only ever grows."""

    def __init__(self, paths: Iterable[Path], state: Path | None = None) -> None:
        names = "\0".join(sorted(os.path.realpath(path) for path in paths))
        name = hashlib.sha256(names.encode("utf-8", "surrogateescape")).hexdigest()[:16]
        self.file = (state or state_folder()) / "reviews" / f"{name}.jsonl"
        self.given: dict[str, Answer] = {}
        for answer in self._stored():
            self._take(answer)

    def _stored(self) -> Iterator[Answer]:
        """The answers of the file; a last line that a kill cut short does not count."""
        if self.file.exists():
            for line in self.file.read_text("utf-8", "surrogatepass").split("\n"):
                if line.endswith("}"):
                    yield Answer(**json.loads(line))

    def _take(self, answer: Answer) -> None:
        if answer.verdict == UNDO:
            self.given.pop(answer.key, None)
        else:
            self.given[answer.key] = answer

    @property
    def unwritten(self) -> list[str]:
        """The keys of what was accepted or typed and still waits to be written."""
        return [k for k, a in self.given.items() if a.verdict != REJECT]

    def start_again(self) -> None:
        """Forget all but the rejections: what was rejected never comes back."""
        if self.unwritten:
            self.put([Answer(k, UNDO) for k in self.unwritten])

    def put(self, answers: Sequence[Answer]) -> None:
        """Add answers; they are on the disk when this returns.

        Raises:
            PageError: the state folder cannot be written.
        """
        lines = "".join(json.dumps(asdict(answer)) + "\n" for answer in answers)
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with self.file.open("a", encoding="utf-8") as file:
                file.write(lines)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            problem = Message("{path}: {what}", path=self.file, what=of_system(error))
            raise PageError(problem, "set FIXNEWS_STATE") from None
        for answer in answers:
            self._take(answer)

    def verdict(self, name: str) -> str:
        """The verdict filed under a key, or nothing."""
        return self.given[name].verdict if name in self.given else ""


KNOWN = 1 << 15
"""Proposals, and corrections, whose keys are kept from answer to answer: those of an issue of 5,000
and of what some fifty answers made of its pages. From there on what the last two answers did not
need is forgotten."""


class _Known(NamedTuple):
    """A correction, the keys of the verdicts on it, and whether it is to be judged."""

    correction: Correction
    names: frozenset[str]
    asked: bool


class Review:
    """The state of one review.

    Attributes:
        answers: what has been said.
        outcome: the pages, with what is safe and not rejected, and what was accepted, applied.
        asked: the corrections that are or were to be judged, in the order of the pages.
        open: those of them that still wait for an answer.
    """

    def __init__(
        self, run: Run, answers: Answers, hides: Callable[[Correction], bool] | None = None
    ) -> None:
        self.answers = answers
        self._hides = hides or (lambda _: False)
        self._run = run
        self._done: list[list[Answer]] = []
        self._keys: Shelf[int, tuple[Finding, str]] = Shelf()
        self._corrections: Shelf[int, _Known] = Shelf()
        self.refresh()

    def refresh(self) -> None:
        """Run the chain again from the original.

        What was found before keeps its keys: a page that has not changed has the same findings.
        """
        for shelf in (self._keys, self._corrections):
            if len(shelf.now) > KNOWN:
                shelf.turn()
        self.outcome = self._run(self._provisional, ())
        self.asked = [c for c in self.outcome.corrections if self._known(c).asked]
        self.open = [c for c in self.asked if not self.given(c)]

    def _provisional(self, finding: Finding) -> bool:
        verdict = self.answers.verdict(self._key(finding))
        return verdict == ACCEPT or (not verdict and finding.change.safety == "safe")

    def _key(self, finding: Finding) -> str:
        return (self._keys.now.get(id(finding)) or self._filed(finding))[1]

    def _filed(self, finding: Finding) -> tuple[Finding, str]:
        return self._keys.kept(id(finding), lambda: (finding, key(finding)))

    def _known(self, correction: Correction) -> _Known:
        return self._corrections.now.get(id(correction)) or self._looked_at(correction)

    def _looked_at(self, correction: Correction) -> _Known:
        return self._corrections.kept(id(correction), lambda: self._of(correction))

    def _of(self, correction: Correction) -> _Known:
        names = frozenset(map(self._key, correction.findings))
        return _Known(correction, names, correction.applicable and not self._hides(correction))

    def given(self, correction: Correction) -> str:
        """The verdict on a correction, or nothing as long as something that met in it is open."""
        names = self._known(correction).names
        if self.answers.given.keys().isdisjoint(names):
            return ""
        verdicts = [self.answers.verdict(name) for name in names]
        return self.answers.verdict(self._key(correction.findings[-1])) if all(verdicts) else ""

    def answer(self, corrections: Sequence[Correction], verdict: str, text: str = "") -> None:
        """Say the same about some corrections, and about what stands or falls with them."""
        bound = {id(c): c for one in corrections for c in self._together(one)}.values()
        answers = {
            name: about(c, name, verdict, text) for c in bound for name in self._known(c).names
        }
        before = [self.answers.given.get(name) or Answer(name, UNDO) for name in answers]
        self.answers.put(list(answers.values()))
        self._done.append(before)
        moved = any(c.applied != (verdict == ACCEPT) for c in bound)
        if moved:
            self.refresh()
        else:
            self.open = [c for c in self.open if not self.given(c)]

    def _together(self, correction: Correction) -> list[Correction]:
        """The corrections of one jump; any other stands alone."""
        groups = {f.change.group for f in correction.findings} - {""}
        if not groups:
            return [correction]
        return [
            c for c in self.outcome.corrections if groups & {f.change.group for f in c.findings}
        ]

    def undo(self) -> bool:
        """Take the last answer back, so that what was said before holds; False if none is."""
        if not self._done:
            return False
        self.answers.put(self._done.pop())
        self.refresh()
        return True

    def result(self) -> Outcome:
        """The pages with what was accepted, and nothing else but the reader's own words."""
        return with_own_words(self._run, self._accepted, self._typed)

    def _accepted(self, finding: Finding) -> bool:
        return self.answers.verdict(self._key(finding)) == ACCEPT

    def _typed(self, correction: Correction) -> str | None:
        answer = self.answers.given.get(self._key(correction.findings[-1]))
        return answer.text if answer and answer.verdict == EDIT else None
