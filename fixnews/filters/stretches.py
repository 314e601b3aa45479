"""What a filter reads at a time: a page, a part of a long file, or the lines that hold a sign."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fixnews.patterns import lazy
from fixnews.source import BREAKS

MOST = 100_000
"""Characters a part. A broadsheet page has up to 20,000; a file that holds a year of a paper is
read in parts, so that memory does not grow with it. A longer line, an export without line breaks
(the longest paragraph of 74 million characters of news has 21,531), is cut between sentences."""

REPEATED = 1_000
"""Times that the characters of a part of a long file stand in it on the average, from which on it
is no text: Base64, dumps and rows of one sign. In 100,000 characters of news, which have some 3,000
different ones, it is 30; Base64 has 65."""

_REST = lazy(f"[^{BREAKS}]*")
_BREAK = lazy(f"[{BREAKS}]")
_LINES = lazy(rf"[^{BREAKS}]*(?:\r\n|[{BREAKS}])?")
_SENTENCES, _CLAUSES = "。！？!?…", "，、；：,;: \t\u3000"
_BEHIND = lazy(f"[{_SENTENCES}]*[”’」』）)]*")
"""What belongs to the end of a sentence behind its first sign."""


def parts(text: str, most: int = MOST) -> Iterator[tuple[int, str]]:
    r"""A page, or a long file in parts of whole lines, and whole sentences of a line that is long.

    What says nothing (`REPEATED`) is left out of a long file.

    Args:
        text: the page.
        most: characters a part.

    Returns:
        For each part its offset in characters of the page's text, and its text.

    >>> list(parts("一二三\n四五\n六七。八九十\n一", most=4))
    [(0, '一二三\n'), (4, '四五\n'), (7, '六七。'), (10, '八九十\n'), (14, '一')]
    """
    if len(text) <= most:
        yield 0, text
    else:
        found = ((at, text[at:to]) for at, to in _spans(text, most))
        yield from ((at, part) for at, part in found if len(part) < REPEATED * len(set(part)))


def _spans(text: str, most: int) -> Iterator[tuple[int, int]]:
    """Start and end of each part of a long text."""
    begin = at = 0
    for end in _ends(text, most):
        if end - begin > most:
            yield begin, at
            begin = at
        at = end
    yield begin, at


def _ends(text: str, most: int) -> Iterator[int]:
    """Where each line ends, and what a line that is too long is cut into."""
    at = 0
    while at < len(text):
        match = _LINES.match(text, at)
        end = match.end() if match else len(text)
        while end - at > most:
            at = _seam(text, at, at + most)
            yield at
        yield end
        at = end


def _seam(text: str, start: int, end: int) -> int:
    """Where a stretch of a line is cut: behind its last sentence, or its last clause, or so."""
    for signs in (_SENTENCES, _CLAUSES):
        last = max(text.rfind(sign, start, end - 1) for sign in signs)
        behind = _BEHIND.match(text, last + 1, end)
        if last >= 0 and behind:
            return behind.end()
    return end - 1 if text.startswith("\r\n", end - 1) else end


def line_at(text: str, at: int) -> tuple[int, int]:
    r"""Start and end of the line around a place (`fixnews.layout.page.LINES`).

    >>> line_at("一二\n三四五\r\n六", 4)
    (3, 6)
    """
    start = text.rfind("\n", 0, at) + 1
    if _BREAK.search(text, start, at):
        start = 1 + max(text.rfind(end, start, at) for end in BREAKS)
    rest = _REST.match(text, at)
    return start, rest.end() if rest else len(text)


def lines_with(text: str, sign: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    r"""The lines in which a sign stands, with their places: most pages have none, or a few.

    Args:
        text: a page.
        sign: what finds the sign, which is no line break.

    >>> list(lines_with("一二\n三?四?\n五?", re.compile(r"\?")))
    [(3, '三?四?'), (8, '五?')]
    """
    found = sign.search(text)
    while found:
        start, end = line_at(text, found.start())
        yield start, text[start:end]
        found = sign.search(text, end)
