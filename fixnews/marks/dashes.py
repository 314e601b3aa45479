"""Dashes and ellipses: two characters wide in Chinese print, often found in pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from fixnews.changes import Edit
from fixnews.patterns import lazy
from fixnews.words.han import HAN, KANA, LETTER, WIDE_MARKS

DASH = "PUN102"
ELLIPSIS = "PUN103"

_WIDE = f"{HAN}{KANA}{WIDE_MARKS}“”‘’"
_PLAIN = f"0-9{LETTER}"


class _Broken(NamedTuple):
    """One kind of mark that comes in pieces.

    Attributes:
        run: what finds the pieces; the mark does not begin inside of a run.
        pattern: what fits a run that was the mark.
        mark: the mark.
        code: the rule.
        reason: what to say.
    """

    run: re.Pattern[str]
    pattern: re.Pattern[str]
    mark: str
    code: str
    reason: str


_KINDS = (
    _Broken(
        lazy("[-–—―─－][-–—―─－]+"),
        lazy(
            rf"(?<![-–—―─－_{_PLAIN}])(?:-{{2,3}}|－{{2}}|―{{2}}|─{{2}}|–{{2}}|[-–—―─－]{{2}})"
            rf"(?![-–—―─－_{_PLAIN}])"
        ),
        "——",
        DASH,
        "a dash in pieces",
    ),
    _Broken(
        lazy("[.．。·•…](?:[.．。·•…]+|(?<=…))"),
        lazy(
            rf"(?<![{_PLAIN}.．。·•…])(?:[.．]{{3,6}}|。{{3,6}}|[·•]{{2,6}}|…|(?=.?[·•…])[.．·•…]{{2,6}}|[.．·•…]{{3,6}})"
            rf"(?![{_PLAIN}.．。·•…])"
        ),
        "……",
        ELLIPSIS,
        "an ellipsis in pieces",
    ),
)
_BESIDE_WIDE = lazy(f"[{_WIDE}]")


def propose(text: str) -> Iterator[Edit]:
    """An edit for each dash and each ellipsis that came out in pieces.

    >>> [(e.new, e.code) for e in propose("园区--时尚中心...封顶，一年—度，well...")]
    [('——', 'PUN102'), ('……', 'PUN103')]
    """
    for kind in _KINDS:
        for place in kind.run.finditer(text):
            found = kind.pattern.match(text, place.start()) if place[0] != kind.mark else None
            if found and found[0] != kind.mark and _beside_wide(text, *found.span()):
                yield Edit(*found.span(), kind.mark, kind.code, kind.reason)


def _beside_wide(text: str, start: int, end: int) -> bool:
    """Whether Chinese text stands before or behind."""
    return bool(_BESIDE_WIDE.search(text[max(0, start - 1) : start] + text[end : end + 1]))
