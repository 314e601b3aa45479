"""Pages that no single codec reads: lost bytes, cut tails, lines of two encodings.

Each line is read by itself, so that damage ends with its line. A line that another Chinese codec
reads better is read with that; in a line that none reads, the likeliest way through its bytes is
found, on which a byte may be lost. Every lost byte and every line read otherwise is a `Passage`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from fixnews.encoding import codec, folds, frequency, mixture, uao
from fixnews.encoding.lattice import Part, halves, strange, way_through
from fixnews.patterns import lazy
from fixnews.source import LOST, Passage

FAMILIES = ("utf-8", "gb18030", "big5")
"""What the lines of one file come in."""

LINED = (*FAMILIES, uao.NAME)
"""Encodings in which a line end is a line end, whatever stands before it."""

LOYALTY = 6.0
"""Nats by which another encoding must read a line better than the page's own."""

RUN = 4096
"""Bytes that one search looks at; a longer run without a blank is cut."""

_SAFE = lazy(rb"[^\x00-\x2f]+|[\x00-\x2f]+")
"""Bytes up to 0x2F are characters by themselves in every codec here: damage ends there."""

_LOW = lazy(rb"[\x00-\x2f]")

_LINES = lazy(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")

_MARKERS = {
    "gb18030": "锛銆鐨紝亗",
    "big5": "ㄛ﹝﹜ㄩ",
    "utf-8": "",
}
"""What the commonest marks and 的 become when read in the wrong encoding: UTF-8 or Big5 read as
GBK, GBK read as Big5. None is a character of news, and looking for one costs next to nothing."""


LONG = 1_000_000
"""Characters from which on only the two commonest marks are looked for: each costs a pass, and a
text of that length has all of them."""

_PRIVATE = lazy("[\ue000-\uf8ff]")
"""GB18030 has codes for private use everywhere, and a shift by one byte soon meets them."""


_HALVES = lazy(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")


class Reading(NamedTuple):
    """A text, and which of its passages are not simply in the page's encoding."""

    text: str
    passages: tuple[Passage, ...]


def suspicious(text: str, encoding: str, *, plain: bool) -> bool:
    """Whether a text that was read without an error may hold lines in another encoding.

    Args:
        text: what was read.
        encoding: in what encoding.
        plain: whether its plain codes were enough (`codec.read_plain`).

    >>> suspicious("经济。".encode().decode("gbk", "replace"), "gb18030", plain=True)
    True
    """
    markers = _MARKERS.get(encoding, "")
    if encoding.startswith("utf-16"):
        return _PRIVATE.search(text) is not None
    if any(marker in text for marker in (markers if len(text) < LONG else markers[:2])):
        return True
    return not plain and _PRIVATE.search(text) is not None


def read(data: bytes, encoding: str, base: int = 0) -> Reading:
    r"""The text of a damaged page.

    Args:
        data: its bytes, without the byte order mark.
        encoding: what most of it is in.
        base: the length of the byte order mark, for offsets in the file.

    >>> read("经济".encode("gbk")[:-1], "gb18030")
    Reading(text='经\ufffd', passages=(Passage(start=1, end=2, first=2, last=3, encoding=''),))
    """
    cut = _without_tail(data, encoding)
    if cut is not None:
        return _joined(cut, base)
    if encoding not in LINED:
        parts = _shifted if encoding.startswith("utf-16") else _wide
        return _joined(parts(data, encoding), base)
    return _joined(_lines(data, encoding), base)


def _joined(parts: Iterable[Part], base: int) -> Reading:
    """The parts one behind the other, the odd ones named."""
    texts: list[str] = []
    passages: list[Passage] = []
    at = 0
    for part in parts:
        if part.odd:
            passages.append(Passage(at, at + len(part.text), base, base + part.size, part.encoding))
        texts.append(part.text)
        at += len(part.text)
        base += part.size
    return Reading("".join(texts), tuple(passages))


def _without_tail(data: bytes, encoding: str) -> tuple[Part, Part] | None:
    """The two parts of a file that is whole but for a character cut at its end."""
    for size in range(1, min(4, len(data) + 1)):
        text = _strict(data[:-size], encoding)
        cut = data[-size] > 0x7F and not _LOW.search(data, len(data) - size)
        if text is not None and cut and _strict(data, encoding) is None:
            end = Part(size, LOST, "", odd=True)
            return (
                None
                if suspicious(text, encoding, plain=False)
                else (Part(len(data) - size, text, encoding), end)
            )
    return None


def _wide(data: bytes, encoding: str) -> Iterator[Part]:
    """Codecs without lines of their own: invalid stretches are lost, all else is read."""
    at, view = 0, memoryview(data)
    while at < len(data):
        piece = view[at : at + (1 << 16)]
        try:
            yield Part(len(piece), codec.read(bytes(piece), encoding), encoding)
            at += len(piece)
        except UnicodeDecodeError as error:
            good = codec.read(bytes(piece[: error.start]), encoding)
            if error.end == len(piece) < len(data) - at and error.start:
                yield Part(error.start, good, encoding)
                at += error.start
                continue
            yield Part(error.start, good, encoding)
            yield Part(error.end - error.start, LOST, "", odd=True)
            at += error.end


def _shifted(data: bytes, encoding: str) -> Iterator[Part]:
    """UTF-16 in which bytes were lost or came in: block by block, each where the last one ended."""
    at = 0
    while at < len(data):
        run = data[at : at + RUN]
        text = _strict(run, encoding)
        if text is not None and not strange(text, encoding):
            parts = [Part(len(run), text, encoding)]
        else:
            parts = list(way_through(run, encoding, text))
        if at + len(run) < len(data) and parts[-2:-1] and parts[-2][:2] == (1, LOST):
            parts = parts[:-2]
        yield from parts
        at += sum(part.size for part in parts)


def _lines(data: bytes, encoding: str) -> Iterator[Part]:
    rows = list(folds.unfolded(_LINES.findall(data), encoding))
    others = _others([row.line for row in rows], encoding)
    for row in rows:
        if row.line.isascii():
            yield Part(len(row.line), row.line.decode("ascii"), encoding)
        else:
            yield from _line(row.line, encoding, others)
        yield from row.cut


def _others(lines: Iterable[bytes], encoding: str) -> frozenset[str]:
    """Encodings that lines of this page may be in besides its own.

    UTF-8 always: that a line is valid UTF-8 by chance is next to impossible. Another Chinese codec
    where it reads a line that the page's own cannot, or where a line shows its marks.
    """
    seen = {"utf-8"}
    own = "big5" if encoding == uao.NAME else encoding
    rivals = [name for name in FAMILIES if name not in ("utf-8", own)]
    for line in lines:
        if not line.isascii():
            text = _strict(line, encoding)
            if text is None or suspicious(text, encoding, plain=False):
                seen.update(n for n in rivals if _better(line, n, encoding))
                if len(seen) == len(rivals) + 1:
                    break
    return frozenset(seen - {encoding})


def _better(line: bytes, name: str, encoding: str) -> bool:
    if _strict(line, name) is None or _strict(line, "utf-8") is not None:
        return False
    return _score(line, name) > _score(line, encoding) + LOYALTY


def _strict(line: bytes, encoding: str) -> str | None:
    try:
        return codec.read(line, encoding)
    except UnicodeDecodeError:
        return None


def _score(line: bytes, encoding: str) -> float:
    """How likely the line is when read in this encoding, invalid bytes as `LOST`."""
    if encoding == "utf-8":
        line = _HALVES.sub(lambda found: halves(found[0]).encode(), line)
    text = _strict(line, encoding)
    if text is None:
        text = codec.read_through(line, encoding)
    return frequency.load().likelihood(text, frequency.TRADITIONAL[encoding])


def _line(line: bytes, encoding: str, others: frozenset[str]) -> Iterator[Part]:
    """A line in the encoding that reads it best; the page's own needs no reason."""
    own = _strict(line, encoding)
    rivals = [n for n in others if _strict(line, n) is not None] if own is not None else [*others]
    if not rivals:
        yield from _mended(line, encoding)
        return
    loyal = dict.fromkeys(rivals, 0.0) | {encoding: LOYALTY}
    chosen = max(loyal, key=lambda name: _score(line, name) + loyal[name])
    if chosen != encoding and _strict(line, chosen) is not None:
        yield Part(len(line), codec.read(line, chosen), chosen, odd=True)
        return
    for part in _mended(line, chosen):
        yield part if part.odd else part._replace(odd=chosen != encoding)


def _mended(line: bytes, encoding: str) -> Iterator[Part]:
    """A line that may have invalid bytes, stretch by stretch."""
    text = _strict(line, encoding)
    if text is not None and not strange(text, encoding):
        yield Part(len(line), text, encoding)
        return
    for piece, other in mixture.pieces(line, encoding):
        if other:
            yield Part(len(piece), codec.read(piece, other), other, odd=True)
        else:
            yield from _through(piece, encoding)


def _through(line: bytes, encoding: str) -> Iterator[Part]:
    for found in _SAFE.finditer(line):
        for at in range(0, len(found[0]), RUN):
            run = found[0][at : at + RUN]
            text = _strict(run, encoding)
            if text is not None and not strange(text, encoding):
                yield Part(len(run), text, encoding)
            else:
                yield from way_through(run, encoding, text)
