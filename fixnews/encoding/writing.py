"""A repaired page as bytes: lines that have not changed keep theirs, lost bytes go back.

Where a codec gives every byte of a page back, writing is encoding. Elsewhere it goes line by line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from fixnews.encoding import codec, damage
from fixnews.errors import EncodeError
from fixnews.source import CUT, LOST, Source


def regular(source: Source) -> bool:
    """Whether the codec gives every byte of the page back."""
    if source.data is None:
        return True
    if source.passages:
        return False
    try:
        return source.bom + codec.write(source.text, source.encoding) == source.data
    except UnicodeEncodeError:
        return False


class _Line(NamedTuple):
    """A line of the original: its text, its bytes, and the bytes that were lost in it."""

    text: str
    data: bytes
    lost: tuple[bytes, ...]


def by_lines(text: str, source: Source) -> bytes:
    """Lines of the original with their bytes, the others written, lost bytes where they were."""
    old = _original_lines(source)
    waiting: dict[str, list[int]] = defaultdict(list)
    for number in range(len(old) - 1, -1, -1):
        waiting[old[number].text].append(number)
    lines = text.split("\n")
    kept = [waiting[line].pop() if waiting.get(line) else None for line in lines]
    gone = sorted(set(range(len(old))) - set(kept))
    left = (data for number in gone for data in old[number].lost)
    return b"\n".join(
        _with_lost(line, source, left) if number is None else old[number].data
        for line, number in zip(lines, kept, strict=True)
    )


def _original_lines(source: Source) -> list[_Line]:
    """The lines of a page; one for all where bytes and text do not break at the same places."""
    assert source.data is not None
    texts, datas = source.text.split("\n"), source.data[len(source.bom) :].split(b"\n")
    if source.encoding not in damage.LINED or len(texts) != len(datas):
        texts, datas = [source.text], [source.data[len(source.bom) :]]
    ends = list(accumulate(len(text) + 1 for text in texts))
    datas = _uncut(source, datas, ends)
    lost: list[list[bytes]] = [[] for _ in texts]
    for passage in source.passages:
        if not passage.encoding:
            lost[bisect_right(ends, passage.start)].append(
                source.data[passage.first : passage.last]
            )
    return [_Line(*row[:2], tuple(row[2])) for row in zip(texts, datas, lost, strict=True)]


def _uncut(source: Source, datas: list[bytes], ends: list[int]) -> list[bytes]:
    """The bytes of the lines, those of a character that a break has cut in the line where it is."""
    assert source.data is not None
    datas = list(datas)
    for passage in source.passages:
        if passage.encoding == CUT and passage.start == passage.end and len(datas) > 1:
            tail, number = (
                source.data[passage.first : passage.last],
                bisect_right(ends, passage.start),
            )
            above, end = datas[number - 1].removesuffix(b"\r"), datas[number - 1][-1:]
            datas[number - 1] = above + tail + (end if end == b"\r" else b"")
            datas[number] = datas[number][len(tail) :]
    return datas


def _with_lost(line: str, source: Source, left: Iterator[bytes]) -> bytes:
    """A line that has changed; the bytes that were lost in the original are put back."""
    out: list[bytes] = []
    for number, piece in enumerate(line.split(LOST)):
        if number:
            lost = next(left, None)
            out.append(written(LOST, source.path, source.encoding) if lost is None else lost)
        out.append(written(piece, source.path, source.encoding, source.text))
    return b"".join(out)


def written(text: str, path: str, name: str, spelt: str = "") -> bytes:
    """The bytes of a text; a character that has none as the page spelt it, if it did so."""
    try:
        return codec.write(text, name)
    except UnicodeEncodeError as error:
        lacking, rest = text[error.start], text[error.start + 1 :]
        for form in (f"&#{ord(lacking)};", f"&#x{ord(lacking):X};", f"&#x{ord(lacking):x};"):
            if form in spelt:
                head = codec.write(text[: error.start], name) + form.encode("ascii")
                return head + written(rest, path, name, spelt)
        problem = f"{path}: {name} cannot write {text[error.start]!r}"
        raise EncodeError(problem, "use --output-encoding utf-8") from None
