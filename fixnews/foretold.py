"""What filters say of pages that another process has read before.

The jumps of an issue are merged over all of its pages, so one process has to see them all. But most
filters read one page at a time, and what they say of it follows from the text of that page alone
(`fixnews.contract.ByPage`). So other processes can repair each page as if it were an issue by
itself, and hand over what those filters said on the way; who then repairs the issue looks it up.
A page that a jump has changed has another text, of which nothing is foretold: it is read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import blake2b

from fixnews.changes import Change

DIGEST = 16
"""Bytes that stand for a filter and a text: two texts of an archive never share them."""

Changes = tuple[Change, ...]


@dataclass(slots=True)
class Foretold:
    """What filters said of texts; it changes no answer, only who works it out.

    Attributes:
        said: their changes, by a digest of the filter's name, the page as it was read, and its
            text.
        listens: whether what is worked out now is kept, to be handed over.

    >>> heard = Foretold(listens=True)
    >>> heard.of("marks", "雨,", "雨,", lambda: [])
    ()
    >>> Foretold(heard.said).knows("marks", "雨,", "雨,")
    True
    """

    said: dict[bytes, Changes] = field(default_factory=dict)
    listens: bool = False

    def knows(self, name: str, read: str, text: str) -> bool:
        """Whether it is known what a filter says of a page."""
        return bool(self.said) and _key(name, read, text) in self.said

    def of(self, name: str, read: str, text: str, ask: Callable[[], Iterable[Change]]) -> Changes:
        """What a filter says of a page.

        Args:
            name: the filter's.
            read: the page as it was read.
            text: the page as it is now.
            ask: asks the filter.
        """
        if not (self.said or self.listens):
            return tuple(ask())
        key = _key(name, read, text)
        known = self.said.get(key)
        if known is None:
            known = tuple(ask())
            if self.listens:
                self.said[key] = known
        return known


def _key(name: str, read: str, text: str) -> bytes:
    digest = blake2b(digest_size=DIGEST)
    for part in (name, read, text):
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8) + data)
    return digest.digest()
