"""Continuations whose jump line was not read, told by the headline printed again over them.

A recogniser loses small lines, and arrows make it lose more. Where a story says that it goes on on
a page, and that page prints the story's headline again, in large type, with running text below, the
continuation stands there. Only paper shows what is set large: on pages of text nothing is sought.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from fixnews.impression import Impressions
from fixnews.jumps.fragments import HEADLINE_LINES, Head
from fixnews.jumps.grammar import Marker
from fixnews.jumps.labels import Page, same_page
from fixnews.jumps.printed_lines import Line, lines_of
from fixnews.jumps.refs import UNKNOWN, Ref
from fixnews.jumps.repeated_headlines import SAME_HEADLINE, plain, titles_over
from fixnews.words.likeness import likest

NEAR = 2
"""Lines behind a headline among which a jump line that was read is its own."""

LED = r"[^\w]{0,3}[上土]\w{1,2}?0?"
"""What is left of the words before the page in a jump line at the start of a line: 上托, 土梁."""


def reprinted(
    heads: Sequence[Head],
    given: Sequence[Page],
    found: Sequence[Marker],
    paper: Impressions,
) -> Iterator[Marker]:
    """A jump line for every continuation that has none, of no length where nothing of it was read.

    Args:
        heads: the first parts of stories.
        given: the pages.
        found: the jump lines that were read.
        paper: how the pages are printed.
    """
    for page in given if paper.bodies else ():
        asking = [head for head in heads if _goes_on(head, page, given)]
        lines = lines_of(paper.draft.text, page.start, page.end) if asking else ()
        marked = [m.start for m in found if m.direction == "in"]
        titles = {title for head in asking for title in titles_over(head) if title}
        for end in _headlines(lines, paper, tuple(titles)):
            if end < len(lines) and not _led(lines[end - 1 : end + NEAR], marked):
                yield _marker(lines[end], [head.page.label for head in asking])


def _goes_on(head: Head, page: Page, given: Sequence[Page]) -> bool:
    """Whether a head says that it goes on on this page."""
    other = head.page.number != page.number and head.page.issue == page.issue
    return other and bool(head.ref.number) and same_page(head.ref, page, head.page, given)


def _headlines(lines: Sequence[Line], paper: Impressions, titles: Sequence[str]) -> Iterator[int]:
    """Behind which lines a headline ends that is one of these."""
    large = [bool((one := paper.at(x.start, x.end)) and one.large) for x in lines]
    for is_large, row in groupby(range(len(lines)), key=large.__getitem__):
        numbers = list(row)[-HEADLINE_LINES:]
        joined = ("".join(lines[n].text for n in numbers[k:]) for k in range(len(numbers)))
        if is_large and any(likest(plain(x), titles)[0] >= SAME_HEADLINE for x in joined):
            yield numbers[-1] + 1


def _led(lines: Sequence[Line], marked: Sequence[int]) -> bool:
    """Whether a jump line that was read stands in one of these lines."""
    return any(line.start <= at < line.end for line in lines for at in marked)


def _marker(line: Line, origins: Sequence[Ref]) -> Marker:
    """The jump line at the start of a line, as far as it was read."""
    pages = "|".join(sorted({re.escape(str(origin)) for origin in origins}))
    rest = re.match(rf"{LED}(?:{pages})\w?[^\w“]{{0,2}}", line.text)
    end = line.start + (rest.end() if rest else 0)
    return Marker(line.start, end, "in", (UNKNOWN,), broken=True)
