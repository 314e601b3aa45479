"""The dot between the parts of a foreign name: 乔治.华盛顿 was printed 乔治·华盛顿.

Keyboards and recognisers write a full stop, a bullet or a katakana dot. That it stands in a name is
told by the characters on both sides (`fixnews.words.transliteration`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from fixnews.changes import Edit, Safety
from fixnews.patterns import lazy
from fixnews.words.han import HAN, is_traditional
from fixnews.words.transliteration import DOTS, dots

CODE = "PUN107"
DOT = "·"

STOPS = ".．"
"""Signs that may stand for other marks as well: a full stop, a pause."""

_SIGNS = DOTS.replace(DOT, "")
_OTHERS = lazy(rf"[{_SIGNS}](?=[{HAN}])(?<=[{HAN}].)")


def propose(text: str) -> Iterator[Edit]:
    """An edit for each other dot that stands in a foreign name.

    On a page that has more of a sign elsewhere between Chinese characters than in names, it stands
    for another mark, and between two names as well: there it is only offered. In traditional print
    ‧ and ・ are marks of their own.

    >>> [(edit.start, edit.new) for edit in propose("乔治.华盛顿和简•奥斯汀")]
    [(2, '·'), (8, '·')]
    """
    if not (any(sign in text for sign in _SIGNS) and _OTHERS.search(text)):
        return
    signs = Counter(text[found.start()] for found in _OTHERS.finditer(text))
    named = [dot.at for dot in dots(text) if text[dot.at] != DOT]
    inside = Counter(text[at] for at in named)
    kept = is_traditional(text) if named else False
    for at in named:
        sign = text[at]
        if sign in STOPS or not kept:
            safety: Safety = "safe" if 2 * inside[sign] >= signs[sign] else "unsafe"
            confidence = 1.0 if safety == "safe" else 0.5
            yield Edit(at, at + 1, DOT, CODE, "the dot in a foreign name", confidence, safety)
