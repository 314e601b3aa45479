"""Characters that extraction leaves in text and nobody sees (MOJ2): radicals, ghosts, leftovers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from fixnews.changes import Edit, note
from fixnews.islands import EVERY, Kind
from fixnews.message import Message
from fixnews.patterns import lazy
from fixnews.rules import Rule

RADICAL = "MOJ201"
COMPATIBILITY = "MOJ202"
ZERO_WIDTH = "MOJ203"
STRAY_BOM = "MOJ204"
SOFT_HYPHEN = "MOJ205"
PRIVATE = "MOJ206"
PADDING = "MOJ207"

SEEN = EVERY - {Kind.DATA, Kind.CODE, Kind.LATEX}
"""What nobody sees may go from all that is read, not from what a program reads."""

RULES = (
    Rule(RADICAL, "radical-for-character", touches=SEEN),
    Rule(COMPATIBILITY, "compatibility-ideograph", touches=SEEN),
    Rule(ZERO_WIDTH, "zero-width-character", touches=SEEN),
    Rule(STRAY_BOM, "stray-byte-order-mark", touches=SEEN),
    Rule(SOFT_HYPHEN, "soft-hyphen", touches=SEEN),
    Rule(PRIVATE, "private-use-character", touches=SEEN),
    Rule(PADDING, "nul-padding", touches=SEEN),
)

_GHOST = lazy(
    "[\x00\u00ad\u200b-\u200f\u2060-\u2064\u2e80-\u2fdf\ue000-\uf8ff\uf900-\ufaff\ufeff"
    "\U0002f800-\U0002fa1f\U000f0000-\U0010ffff]"
)
"""Everything that this file is about, as one class: a clean page is passed over once."""

_ROW = lazy("\x00+|\u00ad+|[\ue000-\uf8ff\U000f0000-\U0010ffff]+|.", re.DOTALL)
"""NULs, soft hyphens and characters for private use come in rows, the others one by one."""

_ZERO = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064")

_PLAIN = lazy("[\x20-\x7e\u2000-\u206f\u2e80-\ua4cf\uf900-\ufaff\ufe30-\uffef]?")
"""Neighbours between which a zero-width character has no meaning: ASCII, Chinese, marks, none."""

_RADICALS = dict(
    zip(
        "⺁⺇⺈⺍⺎⺏⺐⺒⺓⺕⺗⺜⺝⺟⺠⺫⺬⺮⺶⺸⺻⺼⻁⻃⻄⻅⻆⻉⻋⻏⻑⻒⻓⻔⻗⻘⻙⻚⻛⻜⻝⻟⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂几勹小兀尣尢巳幺彐心日月母民目示竹羊羊聿肉虎覀西见角贝车邑長镸长门雨青韦页风飞食飠马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
"""Radicals of the supplement block that stand for a character of their own: Unicode's
EquivalentUnifiedIdeograph.txt. Component forms such as ⺡ stay: no text has them for a word."""


def propose(text: str) -> Iterator[Edit]:
    r"""An edit or a note for each character that does not belong into a text.

    >>> [(e.new, e.code) for e in propose("⽅\u200b\ufeff")]
    [('方', 'MOJ201'), ('', 'MOJ203'), ('', 'MOJ204')]
    """
    found = _GHOST.search(text)
    while found:
        row = _ROW.match(text, found.start())
        assert row
        edit = _judged(text, *row.span())
        if edit:
            yield edit
        found = _GHOST.search(text, row.end())


def _judged(text: str, start: int, end: int) -> Edit | None:
    ghost = text[start:end]
    if ghost in _ZERO:
        return _zero_width(text, start)
    if ghost == "\ufeff":
        return Edit(start, end, "", STRAY_BOM, "a byte order mark inside the text")
    if ghost[0] == "\u00ad":
        beside = text[start - 1 : start] + text[end : end + 1]
        gone = any(c >= "\u2e80" for c in beside)
        return Edit(start, end, "", SOFT_HYPHEN, "a soft hyphen beside Chinese") if gone else None
    if ghost == "\x00":
        return None
    if ghost[0] == "\x00":
        return Edit(
            start, end, "", PADDING, Message("{ghost} NULs", ghost=len(ghost)), 0.9, "unsafe"
        )
    return _character(text, start, end)


def _zero_width(text: str, at: int) -> Edit | None:
    left, right = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if not (_PLAIN.fullmatch(left) and _PLAIN.fullmatch(right)):
        return None
    name = unicodedata.name(text[at], "zero-width character").lower()
    return Edit(
        at, at + 1, "", ZERO_WIDTH, Message("U+{text:04X}, {name}", text=ord(text[at]), name=name)
    )


def _character(text: str, start: int, end: int) -> Edit | None:
    """A radical or compatibility ideograph, or a row of characters for private use."""
    ghost = text[start:end]
    if unicodedata.category(ghost[0]) == "Co":
        codes = " ".join(f"U+{ord(c):04X}" for c in dict.fromkeys(ghost[:8]))
        told = "{n} for private use: {codes}" if len(ghost) > 1 else "for private use: {codes}"
        return note(start, end, text, PRIVATE, Message(told, n=len(ghost), codes=codes))
    if "\u2e80" <= ghost <= "\u2fdf":
        new = _RADICALS.get(ghost) or unicodedata.normalize("NFKC", ghost)
        reason = "a radical for the character that it looks like"
        return Edit(start, end, new, RADICAL, reason) if new != ghost else None
    new = unicodedata.normalize("NFC", ghost)
    reason = Message("U+{ghost:04X} is canonically {new}", ghost=ord(ghost), new=new)
    return Edit(start, end, new, COMPATIBILITY, reason) if new != ghost else None
