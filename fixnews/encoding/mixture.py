r"""Two encodings inside one line: a name or a phrase that was pasted in from elsewhere.

Bytes that are no UTF-8 on a page of UTF-8 may be characters of GBK or Big5, and a row of valid
UTF-8 on a page of those may be what it looks like. Either must read as news, and better than what
it is read as otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fixnews.encoding import codec, frequency
from fixnews.encoding.lattice import COST_OF_LOSS
from fixnews.patterns import lazy

ENTRY = 20.0
"""Nats that a change of the encoding costs. Of a character of UTF-8 that lost a byte two are left,
and may be one of GBK; two good characters of it are not left by chance."""

LEAST = 2
"""Characters in another encoding."""

_VALID = rb"(?:[\xe1-\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2})"
_IN_UTF8 = lazy(_VALID + rb"+|((?:(?!" + _VALID + rb")[\x80-\xff][\x40-\x7e]?)+)")
"""What is UTF-8, or bytes that are not with the second bytes of Big5 and GBK among them."""
_OF_UTF8 = lazy(rb"(?:[\xe2-\xe9\xef][\x80-\xbf]{2}){2,}")

_OTHERS = ("gb18030", "big5")


def pieces(line: bytes, encoding: str) -> Iterator[tuple[bytes, str]]:
    """The pieces of a line, each with the other encoding that it is in, or nothing.

    >>> line = "据".encode() + "人民日报".encode("gbk") + "报道".encode()
    >>> [name for _, name in pieces(line, "utf-8")]
    ['', 'gb18030', '']
    """
    done = 0
    for start, stop in _spans(line, encoding):
        end = stop
        other = _other(line, start, end, encoding)
        if not other and line[end - 1] < 0x80:
            end -= 1
            other = _other(line, start, end, encoding)
        if other:
            yield line[done:start], ""
            yield line[start:end], other
            done = end
    yield line[done:], ""


def _spans(line: bytes, encoding: str) -> Iterable[tuple[int, int]]:
    if encoding == "utf-8":
        return (found.span(1) for found in _IN_UTF8.finditer(line) if found[1])
    return (found.span() for found in _OF_UTF8.finditer(line))


def _other(line: bytes, start: int, end: int, encoding: str) -> str:
    """The encoding that reads a stretch better than the page's own by `ENTRY`, or nothing."""
    run = line[start:end]
    if encoding == "utf-8":
        if _valid(run):
            return ""
        scores = {name: _score(run, name) for name in _OTHERS}
        best = max(scores, key=scores.__getitem__)
        return best if scores[best] > COST_OF_LOSS * len(run) + ENTRY else ""
    try:
        codec.read(line[:start], encoding)
    except UnicodeDecodeError:
        return ""
    own = frequency.load().likelihood(
        codec.read_through(run, encoding), frequency.TRADITIONAL[encoding]
    )
    return "utf-8" if _score(run, "utf-8") > own + ENTRY else ""


def _valid(run: bytes) -> bool:
    """Whether bytes are UTF-8 after all, of two bytes a character: blanks, a degree."""
    try:
        run.decode()
    except UnicodeDecodeError:
        return False
    return True


def _score(run: bytes, name: str) -> float:
    try:
        text = codec.read(run, name)
    except UnicodeDecodeError:
        return float("-inf")
    if len(text) < LEAST:
        return float("-inf")
    return frequency.load().likelihood(text, frequency.TRADITIONAL[name])
