"""A repaired page as bytes: lines that have not changed keep theirs, lost bytes go back.

Where a codec gives every byte of a page back, writing is encoding. Elsewhere it goes line by line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from typing import NamedTuple

from fixnews.encoding import codec, damage
from fixnews.errors import EncodeError
from fixnews.message import Message
from fixnews.source import CUT, LOST, Passage, Source


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


Losses = Sequence[bytes | None]
"""For each U+FFFD of a text, in order, the bytes that it stands for; None for one that was read."""


class _Line(NamedTuple):
    """A line of the original: its text, its bytes, and what each U+FFFD in it stands for."""

    text: str
    data: bytes
    lost: tuple[bytes | None, ...]


def losses(source: Source) -> dict[int, bytes]:
    """The lost bytes of a page by the offset of the character that stands for them."""
    data = source.data or b""
    return {p.start: data[p.first : p.last] for p in source.passages if not p.encoding}


def by_lines(text: str, source: Source, lost: Losses | None = None) -> bytes:
    """Lines of the original with their bytes, the others written, lost bytes where they belong.

    Args:
        text: the repaired page.
        source: the page as it was read.
        lost: what each U+FFFD of the text stands for; by default those of the original in order.
    """
    old = _original_lines(source)
    lines = _with_losses(text.split("\n"), old, lost)
    waiting: dict[tuple[str, tuple[bytes | None, ...]], list[bytes]] = defaultdict(list)
    for line in reversed(old):
        waiting[line.text, line.lost].append(line.data)
    end = codec.write("\n", source.encoding)
    return end.join(
        waiting[line].pop() if waiting.get(line) else _written(*line, source) for line in lines
    )


def _with_losses(
    lines: Sequence[str], old: Sequence[_Line], lost: Losses | None
) -> list[tuple[str, tuple[bytes | None, ...]]]:
    """The lines, each with what the U+FFFD in it stand for."""
    if lost is None:
        return _in_order(lines, old)
    rest = iter(lost)
    return [(line, tuple(islice(rest, line.count(LOST)))) for line in lines]


def _in_order(
    lines: Sequence[str], old: Sequence[_Line]
) -> list[tuple[str, tuple[bytes | None, ...]]]:
    """Lines that the original has with what it lost there; the others get the rest in order."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for number in range(len(old) - 1, -1, -1):
        waiting[old[number].text].append(number)
    kept = [waiting[line].pop() if waiting.get(line) else None for line in lines]
    gone = sorted(set(range(len(old))) - set(kept))
    left = (data for number in gone for data in old[number].lost)
    return [
        (line, tuple(islice(left, line.count(LOST))) if number is None else old[number].lost)
        for line, number in zip(lines, kept, strict=True)
    ]


def _original_lines(source: Source) -> list[_Line]:
    """The lines of a page; one for all where bytes and text do not break at the same places."""
    assert source.data is not None
    texts, datas = source.text.split("\n"), _data_lines(source)
    if len(texts) != len(datas):
        texts, datas = [source.text], [source.data[len(source.bom) :]]
    ends = list(accumulate(len(text) + 1 for text in texts))
    datas = _uncut(source, datas, ends) if source.encoding in damage.LINED else datas
    stands, lost, at = losses(source), [], 0
    for text in texts:
        signs = [at + n for n, char in enumerate(text) if char == LOST] if LOST in text else []
        lost.append(tuple(map(stands.get, signs)))
        at += len(text) + 1
    return [_Line(*row) for row in zip(texts, datas, lost, strict=True)]


def _data_lines(source: Source) -> list[bytes]:
    """The bytes of each line; nothing where the encoding does not tell where they end."""
    assert source.data is not None
    if source.encoding in damage.LINED:
        return source.data[len(source.bom) :].split(b"\n")
    width = len(codec.write("\n", source.encoding))
    try:
        ends = list(_line_ends(source, width))
    except UnicodeEncodeError:
        return []
    starts = [len(source.bom), *(end + width for end in ends)]
    return [source.data[a:b] for a, b in zip(starts, [*ends, len(source.data)], strict=True)]


def _line_ends(source: Source, width: int) -> Iterator[int]:
    """Where in the bytes each line ends: between odd passages, text and bytes go side by side.

    Raises:
        UnicodeEncodeError: they do not.
    """
    assert source.data is not None
    at, byte = 0, len(source.bom)
    end = Passage(len(source.text), len(source.text), len(source.data), len(source.data), "")
    for passage in (*source.passages, end):
        piece = source.text[at : passage.start]
        written = [codec.write(line, source.encoding) for line in piece.split("\n")]
        for data in written[:-1]:
            byte += len(data)
            yield byte
            byte += width
        if byte + len(written[-1]) != passage.first:
            raise UnicodeEncodeError(source.encoding, piece, 0, len(piece), "not the bytes read")
        at, byte = passage.end, passage.last


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


def _written(line: str, lost: Losses, source: Source) -> bytes:
    """A line that has changed; bytes that were lost in the original are put back."""
    name, rest = source.encoding, iter(lost)
    out: list[bytes] = []
    for number, piece in enumerate(line.split(LOST)):
        if number:
            data = next(rest, None)
            out.append(written(LOST, source.path, name) if data is None else data)
        out.append(written(piece, source.path, name, source.text))
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
        problem = Message(
            "{path}: {name} cannot write {text!r}", path=path, name=name, text=text[error.start]
        )
        raise EncodeError(problem, "use --output-encoding utf-8") from None
