"""Quotations inside quotations: “… “小弟弟” …” was printed with ‘ and ’ inside.

Single and double quotation marks differ by one small stroke, and recognisers read the common one.
But a quotation that opens a paragraph and is still open cannot open again: of the 14,700 paragraphs
of news that open with “, 786 go on with ‘ and 9 with another “.
"""

from __future__ import annotations

from collections.abc import Iterator

from fixnews.changes import Edit
from fixnews.patterns import lazy
from fixnews.words.han import HAN

CODE = "PUN206"
REASON = "a quotation inside a quotation"

LONGEST = 12
"""Characters of the longest inner quotation: a term, not a speech."""

_MAY_OPEN = lazy(r"“(?<![^\s：:]“)")
_PARAGRAPH = lazy(r"[。！？”…][ \t]*\n|\n[ \t\r]*\n|\f|\n[ \u3000]")
_ENDS = lazy(r"[。！？”…][ \t]*\n|\n[ \t\r]*\n|\f|\n(?=[ \u3000])|\Z")
_MARK = lazy("[“”‘’'\"]")
_SPEECH = lazy("[，。；：,;:]")
_POINTED = lazy("[，。；：？！,;:?!]")
_HAN = lazy(f"[{HAN}]")


def propose(text: str) -> Iterator[Edit]:
    r"""An edit for each mark of a quotation that stands inside another.

    >>> page = "“几年来，原来的“小弟弟”成了“大哥大”。”厂长说。"
    >>> "".join(edit.new for edit in propose(page))
    '‘’‘’'
    """
    for opened in _MAY_OPEN.finditer(text):
        start = opened.start()
        behind = _MARK.search(text, start + 1)
        if not behind or behind[0] != "“" or not _opens(text, start):
            continue
        ended = _ENDS.search(text, start)
        end = ended.end() if ended else len(text)
        for at in _inner(text, start, end):
            new = "‘" if text[at] == "“" else "’"
            yield Edit(at, at + 1, new, CODE, REASON)


def _opens(text: str, at: int) -> bool:
    """Whether a paragraph begins with the mark at a place, or what is said does."""
    before = at
    while before and text[before - 1].isspace():
        before -= 1
    if not before or text[before - 1] in "：:":
        return True
    return bool(_PARAGRAPH.search(text, before - 1, at))


def _inner(text: str, start: int, end: int) -> list[int]:
    """The places of the marks inside the quotation that opens a paragraph."""
    marks = [found.start() for found in _MARK.finditer(text, start + 1, end)]
    inner: list[int] = []
    while len(marks) > 1 and _is_term(text, start, marks[0], marks[1]):
        inner += marks[:2]
        marks = marks[2:]
    goes_on = text[marks[0]] == "”" if marks else text[end:].lstrip()[:1] == "“"
    return inner if goes_on else []


def _is_term(text: str, start: int, opening: int, closing: int) -> bool:
    """Whether a term stands in double quotation marks, of which the second may have lost one."""
    inside = "".join(text[opening + 1 : closing].split())
    before = text[start:opening].rstrip()
    return (
        text[opening] == "“"
        and text[closing] in "”’'"
        and 0 < len(inside) <= LONGEST
        and not _POINTED.search(inside)
        and bool(_HAN.match(before[-1:]))
        and bool(_SPEECH.search(before))
    )
