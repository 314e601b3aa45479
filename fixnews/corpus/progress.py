"""What a run says while it goes on: a line a shard, or how far it is and how long it will take."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from fixnews.console import Console
from fixnews.corpus.shards import MEGABYTE
from fixnews.corpus.working import Done
from fixnews.message import Message


@dataclass(slots=True)
class Progress:
    """How far a run is.

    Attributes:
        console: where it is said.
        total: bytes of the archive.
        sizes: bytes of the shards that are being done, by name.
        done: bytes that are done.
        new: those of them that this run did.
    """

    console: Console
    total: int
    sizes: dict[str, int] = field(default_factory=dict)
    done: int = 0
    new: int = 0
    _started: float = field(default_factory=time.monotonic)

    def say(self, done: Done) -> None:
        """Say what came of a shard."""
        size = self.sizes.pop(done.shard, 0)
        self.done += size
        self.new += 0 if done.kept else size
        if done.error:
            self.console.error(done.error)
        for told in done.named:
            self.console.error(told)
        more = done.refused + done.lines - len(done.named)
        if more > 0:
            self.console.error(
                Message(
                    "{shard}: {more} more, see summary/refused.csv", shard=done.shard, more=more
                )
            )
        if not (done.kept or done.error):
            self._log(done)
        self.show(self._left())

    def show(self, what: str) -> None:
        """How far it is, for somebody who looks on."""
        told = Message("MB, {what}", what=Message(what))
        self.console.progress(self.done // MEGABYTE, self.total // MEGABYTE, told)

    @property
    def told(self) -> Message:
        """How much of the archive is done."""
        done, total = self.done / MEGABYTE, self.total / MEGABYTE
        return Message("{done:.1f} of {total:.1f} MB", done=done, total=total)

    def _log(self, done: Done) -> None:
        told = Message(
            "{shard}: {pages} pages, {repaired} repaired, {seconds:.1f} s",
            shard=done.shard,
            pages=done.pages,
            repaired=done.repaired,
            seconds=done.seconds,
        )
        (self.console.detail if self.console.watched else self.console.say)(told)

    def _left(self) -> Message:
        """How long it will go on, by what this run has done so far."""
        if not self.new:
            return Message("looking for what is done")
        gone = time.monotonic() - self._started
        left = span((self.total - self.done) * gone / self.new)
        return Message("{span} left", span=left)


def span(seconds: float) -> Message:
    """A time in words that are rounded as one would.

    >>> span(40), span(200), span(10_000)
    ('less than a minute', '3 min', '2 h 46 min')
    """
    minutes = int(seconds // 60)
    if minutes < 1:
        return Message("less than a minute")
    hours, minutes = divmod(minutes, 60)
    told = "{hours} h {minutes} min" if hours else "{minutes} min"
    return Message(told, hours=hours, minutes=minutes)
