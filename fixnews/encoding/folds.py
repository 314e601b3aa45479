r"""Characters that a line break has cut in two: ``fold`` and old mailers count bytes.

The first bytes of the character end one line, the others begin the next, and each alone is damage.
Put together they are the character; it stands before the break.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from fixnews.encoding import codec, frequency
from fixnews.encoding.lattice import Part
from fixnews.patterns import lazy
from fixnews.source import CUT, LOST

_END = lazy(rb"[\r\n]+\Z")
_UTF8 = lazy(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\Z")
_CONTINUED = lazy(rb"[\x80-\xbf]{1,3}")


START = 24
"""Bytes of the line below that are looked at: a byte that was lost further on shifts the rest."""

LEAD, FULL_LEAD = 20.0, 4.0
"""Nats by which the line below must read better without its first byte; less is asked where the
line is as long as another and none is longer, which is what folding makes."""


class Row(NamedTuple):
    """A line, and the parts of a character that the break behind it has cut."""

    line: bytes
    cut: tuple[Part, ...] = ()


def unfolded(lines: Sequence[bytes], encoding: str) -> Iterator[Row]:
    r"""The lines of a page without the characters that were cut, and those.

    >>> rows = list(unfolded(["正".encode()[:2] + b"\n", "正开".encode()[2:]], "utf-8"))
    >>> [row.line.decode() for row in rows], [part.text for part in rows[0].cut]
    (['', '开'], ['正', '\n', ''])
    """
    if not lines:
        return
    line, *lengths = lines[0], *sorted(map(len, lines))
    full = lengths[-1] if lengths[-2:].count(lengths[-1]) > 1 else 0
    for row, below in pairwise(lines):
        lead = FULL_LEAD if len(row) == full else LEAD
        head, tail = _halves(line, below, encoding, lead)
        if head:
            end = _END.search(line)
            assert end
            character = codec.read(head + tail, encoding)
            yield Row(
                line[: end.start() - len(head)],
                (
                    Part(len(head), character, CUT, odd=True),
                    Part(len(end[0]), end[0].decode("ascii"), encoding),
                    Part(len(tail), "", CUT, odd=True),
                ),
            )
        else:
            yield Row(line)
        line = below[len(tail) :]
    yield Row(line)


def _halves(line: bytes, below: bytes, encoding: str, lead: float) -> tuple[bytes, bytes]:
    """The bytes before and behind a break that are one character, or nothing."""
    body = _END.sub(b"", line)
    if encoding == "utf-8":
        first, rest = _UTF8.search(body), _CONTINUED.match(below)
        halves = (first[0], rest[0]) if first and rest else (b"", b"")
    elif (
        body[-1:] > b"\x80" and not codec.reads(body, encoding) and codec.reads(body[:-1], encoding)
    ):
        halves = body[-1:], below[:1]
        if _gain(halves, _END.sub(b"", below)[:START], encoding) < lead:
            return b"", b""
    else:
        return b"", b""
    return halves if _one(b"".join(halves), encoding) else (b"", b"")


def _gain(halves: tuple[bytes, bytes], below: bytes, encoding: str) -> float:
    """Nats by which the line below reads better from its second byte on, behind a character."""
    news, share = frequency.load(), frequency.TRADITIONAL[encoding]
    joined = codec.read_through(b"".join(halves) + below[1:], encoding)
    alone = LOST + codec.read_through(below, encoding)
    return news.likelihood(joined, share) - news.likelihood(alone, share)


def _one(data: bytes, encoding: str) -> bool:
    """Whether bytes are one character."""
    return codec.reads(data, encoding) and len(codec.read(data, encoding)) == 1
