"""Dashes and ellipses: two characters wide in Chinese print, often found in pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fixnews.draft import Edit
from fixnews.words.han import HAN, KANA, LETTER, WIDE_MARKS

DASH = "PUN102"
ELLIPSIS = "PUN103"

_WIDE = f"{HAN}{KANA}{WIDE_MARKS}“”‘’"
_PLAIN = f"0-9{LETTER}"

_BROKEN_DASH = re.compile(
    rf"(?<![-–—―─－_{_PLAIN}])(?:-{{2,3}}|－{{2}}|―{{2}}|─{{2}}|–{{2}}|[-–—―─－]{{2}})"
    rf"(?![-–—―─－_{_PLAIN}])"
)
_BROKEN_ELLIPSIS = re.compile(
    rf"(?<![{_PLAIN}.．。·•…])(?:[.．]{{3,6}}|。{{3,6}}|[·•]{{2,6}}|…|(?=.?[·•…])[.．·•…]{{2,6}}|[.．·•…]{{3,6}})"
    rf"(?![{_PLAIN}.．。·•…])"
)
_BESIDE_WIDE = re.compile(f"[{_WIDE}]")


def propose(text: str) -> Iterator[Edit]:
    """An edit for each dash and each ellipsis that came out in pieces.

    >>> [(e.new, e.code) for e in propose("园区--时尚中心...封顶，一年—度，well...")]
    [('——', 'PUN102'), ('……', 'PUN103')]
    """
    yield from _whole(text, _BROKEN_DASH, "——", DASH, "a dash in pieces")
    yield from _whole(text, _BROKEN_ELLIPSIS, "……", ELLIPSIS, "an ellipsis in pieces")


def _whole(
    text: str, pattern: re.Pattern[str], mark: str, code: str, reason: str
) -> Iterator[Edit]:
    """An edit for each match beside Chinese text that is not yet ``mark``."""
    for found in pattern.finditer(text):
        beside = (
            text[max(0, found.start() - 1) : found.start()] + text[found.end() : found.end() + 1]
        )
        if found[0] != mark and _BESIDE_WIDE.search(beside):
            yield Edit(found.start(), found.end(), mark, code, reason)
