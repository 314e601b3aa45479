r"""HZ as files have it: a ``~}`` may be lost, or left to the line end (RFC 1843 wants it).

Python's codec refuses such a page. Where a stretch is not closed, it ends where a byte follows that
GB2312 cannot begin with, or earlier, where the rest reads better as ASCII.
"""

from __future__ import annotations

import re

from fixnews.encoding import frequency
from fixnews.patterns import lazy

NAME = "hz"

EARLY = 6.0
"""Nats by which a stretch must read better when it ends before it has to."""

_STRETCH = lazy(rb"~\{((?:[\x21-\x77][\x21-\x7e])*)(~\})?|~~|~\r?\n")


def decode(data: bytes, name: str = NAME) -> str:
    r"""The text of HZ.

    Raises:
        UnicodeDecodeError: the bytes are not in that encoding.

    >>> decode(b"~{VPND\n~{VP~}.")
    '中文\n中.'
    """
    return _STRETCH.sub(_closed, data).decode(name)


def _closed(found: re.Match[bytes]) -> bytes:
    """A stretch that ends where it should."""
    run = found[1]
    if run is None or found[2]:
        return found[0]
    at = max(range(0, len(run) + 1, 2), key=lambda at: _score(run, at) - EARLY * (at < len(run)))
    return b"~{" + run[:at] + b"~}" + run[at:]


def _score(run: bytes, at: int) -> float:
    """How likely it is that the Chinese ends at an offset."""
    text = bytes(b | 0x80 for b in run[:at]).decode("gb2312", "replace")
    return frequency.load().likelihood(text + run[at:].decode("ascii"), 0.0)
