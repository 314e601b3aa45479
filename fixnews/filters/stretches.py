"""What a filter reads at a time: a page, a part of a long file, or the lines that hold a sign."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fixnews.patterns import lazy
from fixnews.source import BREAKS

MOST = 100_000
"""Characters a part. A broadsheet page has up to 20,000; a file that holds a year of a paper is
read in parts, so that memory does not grow with it. A line that is longer is no paragraph: the
longest of 74 million characters of news has 21,531."""

_REST = lazy(f"[^{BREAKS}]*")
_LINES = lazy(rf"[^{BREAKS}]*(?:\r\n|[{BREAKS}])?")


def parts(text: str, most: int = MOST) -> Iterator[tuple[int, str]]:
    r"""A page, or a long file in parts of whole lines, without lines that are too long.

    Args:
        text: the page.
        most: characters a part.

    Returns:
        For each part its offset in characters of the page's text, and its text.

    >>> list(parts("一二三\n四五\n六七八九十\n一", most=4))
    [(0, '一二三\n'), (4, '四五\n'), (13, '一')]
    """
    if len(text) <= most:
        yield 0, text
    else:
        yield from ((at, text[at:to]) for at, to in _spans(text, most))


def _spans(text: str, most: int) -> Iterator[tuple[int, int]]:
    """Start and end of each part of a long text."""
    begin = at = 0
    while at < len(text):
        match = _LINES.match(text, at)
        end = match.end() if match else len(text)
        if end - begin > most:
            if at > begin:
                yield begin, at
            begin = at if end - at <= most else end
        at = end
    if at > begin:
        yield begin, at


def line_at(text: str, at: int) -> tuple[int, int]:
    r"""Start and end of the line around a place (`fixnews.layout.page.LINES`).

    >>> line_at("一二\n三四五\r\n六", 4)
    (3, 6)
    """
    paragraph = text.rfind("\n", 0, at) + 1
    before = text[paragraph:at]
    start = paragraph + 1 + max(map(before.rfind, BREAKS))
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
