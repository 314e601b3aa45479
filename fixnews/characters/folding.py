"""Folding: a traditional page as the simplified one that the models know, and characters back.

The language model and the network know both scripts as one; confusion sets and completions are
simplified. A character goes back only where one traditional form stands for it: 发 may be 發 or 髮.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from fixnews.arrays import Bools
from fixnews.characters.cloze import Cloze
from fixnews.characters.suspects import FIRST_HAN, LAST_HAN
from fixnews.language.alphabet import code_points


def folded(text: str, network: Cloze) -> str:
    """The text with each traditional character as its simplified form, of the same length.

    >>> from fixnews.characters import cloze
    >>> folded("經濟形勢總體穩定。", cloze.load())
    '经济形势总体稳定。'
    """
    units = code_points(text)
    forms = network.units[network.table[units]]
    known = (units >= FIRST_HAN) & (units < LAST_HAN) & (forms > 0)
    return "".join(
        chr(form) if is_known else character
        for character, form, is_known in zip(text, forms.tolist(), known.tolist(), strict=True)
    )


def unfolded(character: str, network: Cloze) -> str:
    """The traditional form of a simplified character; nothing where there are several.

    >>> from fixnews.characters import cloze
    >>> unfolded("稳", cloze.load()), unfolded("发", cloze.load()), unfolded("定", cloze.load())
    ('穩', '', '定')
    """
    forms = np.flatnonzero((network.table == network.table[ord(character)]) & _in_big5())
    return chr(forms[0]) if len(forms) == 1 else ""


@cache
def _in_big5() -> Bools:
    """For each code point whether Big5, the set of traditional print, has its character."""
    raw = bytes(b for high in range(0xA4, 0xFA) for low in _TRAILS for b in (high, low))
    table = np.zeros(1 << 16, dtype=bool)
    table[[ord(c) for c in raw.decode("big5", "ignore") if ord(c) < 1 << 16]] = True
    return table


_TRAILS = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
