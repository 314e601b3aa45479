"""The two scripts of Chinese: the one file that asks OpenCC.

OpenCC is loaded when the first question is asked: a run that trains nothing and looks for no
variants does without it.
"""

from __future__ import annotations

from functools import cache

_IDEOGRAPHS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000))


@cache
def simplified_forms() -> dict[str, str]:
    """For each traditional character of the basic plane its simplified form, where it has one.

    >>> simplified_forms()["濟"]
    '济'
    """
    import opencc

    convert = opencc.OpenCC("t2s").convert
    pairs = ((chr(n), convert(chr(n))) for block in _IDEOGRAPHS for n in block)
    return {old: new for old, new in pairs if old != new and len(new) == 1 and new <= "\uffff"}
