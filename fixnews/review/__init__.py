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
from dataclasses import asdict, dataclass
from pathlib import Path

from fixnews.changes import Change, Edit
from fixnews.correction import Correction, Finding
from fixnews.desk import Shelf
from fixnews.draft import FIXED, KEPT, Draft
from fixnews.errors import PageError
from fixnews.filters import Context, Filter, rules
from fixnews.issue import Outcome
from fixnews.journal import state_folder
from fixnews.steps import Decide
from fixnews.verdicts import key, keys

ACCEPT, REJECT, EDIT, UNDO = "accept", "reject", "edit", "undo"

Run = Callable[[Decide, Sequence[Filter]], Outcome]
"""Repairs the pages under review with a decision and more filters behind the chain."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said about one proposal.

    Attributes:
        key: of the proposal, by content.
        verdict: accept, reject, edit, or undo for an answer that was taken back.
        text: what shall stand there instead, for an edit.
        path, code, before, after: for people who read the file.
    """

    key: str
    verdict: str
    text: str = ""
    path: str = ""
    code: str = ""
    before: str = ""
    after: str = ""


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
            raise PageError(f"{self.file}: {error.strerror}", "set FIXNEWS_STATE") from None
        for answer in answers:
            self._take(answer)

    def verdict(self, name: str) -> str:
        """The verdict filed under a key, or nothing."""
        return self.given[name].verdict if name in self.given else ""


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
        self._names: Shelf[int, tuple[Correction, frozenset[str]]] = Shelf()
        self.refresh()

    def refresh(self) -> None:
        """Run the chain again from the original.

        What was found before keeps its keys: a page that has not changed has the same findings.
        """
        self._keys.turn()
        self._names.turn()
        self.outcome = self._run(self._provisional, ())
        found = (c for c in self.outcome.corrections if c.applicable)
        self.asked = [c for c in found if not self._hides(c)]
        self.open = [c for c in self.asked if not self.given(c)]

    def _provisional(self, finding: Finding) -> bool:
        verdict = self.answers.verdict(self._key(finding))
        return verdict == ACCEPT or (not verdict and finding.change.safety == "safe")

    def _key(self, finding: Finding) -> str:
        return self._keys.kept(id(finding), lambda: (finding, key(finding)))[1]

    def _keys_of(self, correction: Correction) -> frozenset[str]:
        found = self._names.kept(id(correction), lambda: (correction, keys(correction)))
        return found[1]

    def given(self, correction: Correction) -> str:
        """The verdict on a correction, or nothing as long as something that met in it is open."""
        verdicts = [self.answers.verdict(name) for name in self._keys_of(correction)]
        return self.answers.verdict(self._key(correction.findings[-1])) if all(verdicts) else ""

    def answer(self, corrections: Sequence[Correction], verdict: str, text: str = "") -> None:
        """Say the same about some corrections, and about what stands or falls with them."""
        about = {id(c): c for one in corrections for c in self._together(one)}.values()
        answers = {
            name: Answer(name, verdict, text, c.path, c.code, c.before, c.after)
            for c in about
            for name in self._keys_of(c)
        }
        before = [self.answers.given.get(name) or Answer(name, UNDO) for name in answers]
        self.answers.put(list(answers.values()))
        self._done.append(before)
        moved = any(c.applied != (verdict == ACCEPT) for c in about)
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

    def alike(self, correction: Correction) -> list[Correction]:
        """The open corrections of the same rule with the same texts."""
        same = (correction.code, correction.before, correction.after)
        return [c for c in self.open if (c.code, c.before, c.after) == same]

    def undo(self) -> bool:
        """Take the last answer back, so that what was said before holds; False if none is."""
        if not self._done:
            return False
        self.answers.put(self._done.pop())
        self.refresh()
        return True

    def result(self) -> Outcome:
        """The pages with what was accepted, and nothing else but the reader's own words."""
        judged = self._run(lambda f: self.answers.verdict(self._key(f)) == ACCEPT, ())
        own = tuple(self._own(judged))
        if not own:
            return judged
        return self._run(lambda f: f.change.reason == OWN_WORDS or self._accepted(f), (_own(own),))

    def _accepted(self, finding: Finding) -> bool:
        return self.answers.verdict(self._key(finding)) == ACCEPT

    def _own(self, outcome: Outcome) -> Iterator[Own]:
        for c in outcome.corrections:
            name = key(c.findings[-1])
            if self.answers.verdict(name) == EDIT and not c.applied:
                yield Own(c.source, c.start, c.end, self.answers.given[name].text, c.code)


OWN_WORDS = "the reader's own words"


@dataclass(frozen=True, slots=True)
class Own:
    """A replacement that the reader typed, for a span of a page as it was read."""

    source: int
    start: int
    end: int
    text: str
    code: str


def _own(edits: Sequence[Own]) -> Filter:
    """A filter that puts the reader's own words in."""

    def propose(draft: Draft, _: Context) -> Iterator[Change]:
        for edit in edits:
            at = _standing(draft, edit)
            if at is not None:
                end = at + edit.end - edit.start
                yield Edit(at, end, edit.text, edit.code, OWN_WORDS)

    return Filter("review", rules(), propose, "last: nothing may change what a reader has typed")


def _standing(draft: Draft, edit: Own) -> int | None:
    """Where the characters of an edit stand, unless something has taken their place."""
    here = [
        (piece, start)
        for piece, start in zip(draft.pieces, draft.starts, strict=False)
        if piece.source == edit.source and piece.maker != FIXED
    ]
    if any(p.maker != KEPT and edit.start <= p.start <= p.end <= edit.end for p, _ in here):
        return None
    for piece, start in here:
        if piece.maker == KEPT and piece.start <= edit.start and edit.end <= piece.end:
            return start + edit.start - piece.start
    return None
