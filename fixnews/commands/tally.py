"""What became of the files of a run, counted: the line that ends it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from fixnews.console import Console
from fixnews.issue import Outcome
from fixnews.message import Message
from fixnews.walk import STDIN, Found


@dataclass(slots=True)
class Tally:
    """What became of the files of a run, counted issue by issue.

    Attributes:
        seen: the files that were met, in a folder or by name.
        passed: those that are not read as pages.
        read: the pages that could be read.
        changed: the pages that were repaired, or would be.
        unwritten: the repaired pages that could not be written.
    """

    seen: int
    passed: int
    read: int = 0
    changed: int = 0
    unwritten: int = 0

    @classmethod
    def of(cls, found: Found) -> Tally:
        """What is known before a page is read."""
        passed = len(found.passed) + len(found.others)
        return cls(found.pages + passed + len(found.errors), passed)

    def add(self, outcome: Outcome, unwritten: Collection[int] = ()) -> None:
        """Count one issue, of which some pages could not be written.

        A file of a recogniser is repaired where a word of it is.
        """
        applied = [c for c in outcome.corrections if c.applied]
        changed = {c.source for c in applied} | {c.to[0] for c in applied if c.to}
        changed = {n for n in changed if not outcome.sources[n].positions or outcome.changes(n)}
        self.read += len(outcome.sources)
        self.passed += len(outcome.passed) + len(outcome.binary)
        self.changed += len(changed - set(unwritten))
        self.unwritten += len(unwritten)

    def told(self, done: str) -> Message:
        """One line: ``12 seen, 3 repaired, 2 passed over``; what was refused only where it was.

        Args:
            done: what happened to those that changed, ``{n} repaired``.
        """
        refused = self.seen - self.read - self.passed + self.unwritten
        counts = (
            Message("{n} seen", n=self.seen),
            Message(done, n=self.changed),
            Message("{n} passed over", n=self.passed),
            *[Message("{n} refused", n=refused)] * bool(refused),
        )
        return Message.joined(", ", counts)


def tell(tally: Tally, done: str, found: Found, console: Console) -> None:
    """End a run with its figures; a page in a pipe needs none."""
    if found.issues != ((Path(STDIN),),) and not console.closed:
        console.say(tally.told(done))
