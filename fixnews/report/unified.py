"""The unified diff that ``git apply`` takes: bytes, in the encoding of the page.

Which lines correspond is known from the draft, so nothing is searched for and the time is linear.
Lines are those of git, ended by the byte ``0A`` alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from os.path import relpath
from typing import NamedTuple

from fixnews.draft import KEPT
from fixnews.errors import PageError
from fixnews.files import STDIN_NAME
from fixnews.formats.gzipped import GZIP
from fixnews.issue import Outcome
from fixnews.message import Message
from fixnews.writing_back import encoded, new_file

CONTEXT = 3
"""Unchanged lines around a change, as in git."""

NO_NEWLINE = b"\n\\ No newline at end of file\n"


class Stretch(NamedTuple):
    """Lines ``a`` to ``b`` of the original that became lines ``c`` to ``d``."""

    a: int
    b: int
    c: int
    d: int


def unified(outcome: Outcome, number: int) -> Iterator[bytes]:
    """The diff of one page; nothing if it did not change.

    Raises:
        EncodeError: the repaired page cannot be written in the page's own encoding.
    """
    source, text = outcome.sources[number], outcome.texts[number]
    if source.positions is not None:
        yield from _patched(outcome, number)
        return
    if source.text == text:
        return
    old = source.data if source.data is not None else source.bom + source.text.encode("utf-8")
    new = encoded(outcome, number)
    before, after = _lines(old), _lines(new)
    stretches = _stretches(outcome, number, len(before), len(after))
    if not _hold(stretches, before, after):
        stretches = _searched(before, after)
    yield from _header(source.path)
    for hunk in _hunks(_narrowed(stretches, before, after)):
        yield from _shown(hunk, before, after)


def _patched(outcome: Outcome, number: int) -> Iterator[bytes]:
    """The diff of a file of a recogniser in which words were changed: its lines are the same."""
    source = outcome.sources[number]
    if not outcome.changes(number):
        return
    old, new = source.data or b"", new_file(outcome, number)
    if old.startswith(GZIP):
        raise PageError(
            Message("{path}: packed by gzip: git applies no diff to it", path=source.path),
            "unpack it",
        )
    before, after = _lines(old), _lines(new)
    rows = [n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b]
    stretches = [Stretch(n, n + 1, n, n + 1) for n in rows]
    if len(before) != len(after):
        stretches = _searched(before, after)
    yield from _header(source.path)
    for hunk in _hunks(stretches):
        yield from _shown(hunk, before, after)


def _lines(data: bytes) -> list[bytes]:
    """The lines of a file as git counts them, each with its ``0A``."""
    lines = [line + b"\n" for line in data.split(b"\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def _header(path: str) -> Iterator[bytes]:
    name = "stdin" if path == STDIN_NAME else relpath(path)
    for mark, folder in ((b"---", "a"), (b"+++", "b")):
        yield mark + b" " + _quoted(f"{folder}/{name.lstrip('/')}") + b"\n"


_ESCAPES = {7: "\\a", 8: "\\b", 9: "\\t", 10: "\\n", 11: "\\v", 12: "\\f", 13: "\\r"} | {
    34: '\\"',
    92: "\\\\",
}


def _quoted(name: str) -> bytes:
    r"""A name as git writes it: in quotes where a byte needs it, a tab behind one with spaces.

    >>> _quoted("a/头版 1.txt").decode()
    'a/头版 1.txt\t'
    >>> _quoted('a/"x".txt').decode()
    '"a/\\"x\\".txt"'
    """
    data = name.encode("utf-8", "surrogateescape")
    if not any(byte < 32 or byte in (34, 92, 127) for byte in data):
        return data + (b"\t" if b" " in data else b"")
    shown = (_ESCAPES.get(b) or (f"\\{b:03o}" if b < 32 or b > 126 else chr(b)) for b in data)
    return f'"{"".join(shown)}"'.encode()


def _stretches(outcome: Outcome, number: int, olds: int, news: int) -> list[Stretch]:
    """What changed, in whole lines: the gaps between what was kept in place."""
    old, new = outcome.sources[number].text, outcome.texts[number]
    stretches: list[Stretch] = []
    a = c = old_line = new_line = 0
    for start, end, at in (*_kept(outcome, number), (len(old), len(old), len(new))):
        if start > a or at > c:
            first, other = old_line, new_line
            old_line += old.count("\n", a, start)
            new_line += new.count("\n", c, at)
            ends = min(old_line + 1, olds), min(new_line + 1, news)
            _join(stretches, Stretch(first, ends[0], other, ends[1]))
        kept = old.count("\n", start, end)
        old_line, new_line = old_line + kept, new_line + kept
        a, c = end, at + end - start
    return stretches


def _join(stretches: list[Stretch], new: Stretch) -> None:
    """Append, as one with the last where they share a line."""
    if stretches and (new.a < stretches[-1].b or new.c < stretches[-1].d):
        last = stretches.pop()
        new = Stretch(last.a, max(new.b, last.b), last.c, max(new.d, last.d))
    stretches.append(new)


def _kept(outcome: Outcome, number: int) -> Iterator[tuple[int, int, int]]:
    """The spans of a page that stayed in place, and where each now begins on the page."""
    moved = [(c.start, c.end) for c in outcome.of_page(number) if c.applied and c.to]
    at = done = 0
    for piece in outcome.repair.draft.page_pieces(number):
        start, end = piece.start, piece.end
        stays = piece.maker == KEPT and piece.source == number and start >= done
        if stays and not any(start < stop and end > first for first, stop in moved):
            yield start, end, at
            done = end
        at += len(piece)


def _hold(stretches: Sequence[Stretch], before: list[bytes], after: list[bytes]) -> bool:
    """Whether the lines outside the stretches are the same bytes on both sides."""
    a = c = 0
    for stretch in (*stretches, Stretch(len(before), len(before), len(after), len(after))):
        if before[a : stretch.a] != after[c : stretch.c]:
            return False
        a, c = stretch.b, stretch.d
    return True


def _searched(before: list[bytes], after: list[bytes]) -> list[Stretch]:
    """The changed lines of pages whose bytes are not lines of text: UTF-16, HZ."""
    codes = SequenceMatcher(None, before, after).get_opcodes()
    return [Stretch(a, b, c, d) for tag, a, b, c, d in codes if tag != "equal"]


def _narrowed(
    stretches: Iterable[Stretch], before: list[bytes], after: list[bytes]
) -> Iterator[Stretch]:
    """The stretches without the lines at their ends that are the same on both sides."""
    for a, b, c, d in stretches:
        pairs = zip(before[a:b], after[c:d], strict=False)
        head = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        pairs = zip(before[a + head : b][::-1], after[c + head : d][::-1], strict=False)
        tail = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        if a + head < b - tail or c + head < d - tail:
            yield Stretch(a + head, b - tail, c + head, d - tail)


def _hunks(stretches: Iterable[Stretch]) -> Iterator[list[Stretch]]:
    hunk: list[Stretch] = []
    for stretch in stretches:
        if hunk and stretch.a - hunk[-1].b > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(stretch)
    if hunk:
        yield hunk


def _shown(hunk: list[Stretch], before: list[bytes], after: list[bytes]) -> Iterator[bytes]:
    lead = min(CONTEXT, hunk[0].a)
    tail = min(CONTEXT, len(before) - hunk[-1].b)
    a, b = hunk[0].a - lead, hunk[-1].b + tail
    c, d = hunk[0].c - lead, hunk[-1].d + tail
    yield f"@@ -{_range(a, b)} +{_range(c, d)} @@\n".encode()
    for stretch in hunk:
        yield from (_line(b" ", line) for line in before[a : stretch.a])
        yield from (_line(b"-", line) for line in before[stretch.a : stretch.b])
        yield from (_line(b"+", line) for line in after[stretch.c : stretch.d])
        a = stretch.b
    yield from (_line(b" ", line) for line in before[a:b])


def _line(mark: bytes, line: bytes) -> bytes:
    return mark + line if line.endswith(b"\n") else mark + line + NO_NEWLINE


def _range(start: int, end: int) -> str:
    """A range as a hunk header gives it; an empty one names the line before it."""
    return f"{start + (end > start)},{end - start}"
