"""Characters that extraction leaves in text and nobody sees (MOJ2): radicals, ghosts, leftovers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from fixnews.draft import Edit, note
from fixnews.filters.contract import Rule
from fixnews.islands import EVERY, Kind

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
    Rule(
        RADICAL,
        "radical-for-character",
        "a radical such as ⽅ becomes the character that it looks like, 方",
        "Fonts draw 方 and the Kangxi radical ⽅ with one glyph, and PDF extraction may return"
        " either. They look the same, and no search finds the word. The pairs are Unicode's"
        " (EquivalentUnifiedIdeograph, and the compatibility mappings of the Kangxi block).",
        "always: it is the same glyph",
        "各地⽅政府⼤⼒发展⻔户⽹站。\n",
        "各地方政府大力发展门户网站。\n",
        touches=SEEN,
    ),
    Rule(
        COMPATIBILITY,
        "compatibility-ideograph",
        "a compatibility ideograph becomes the character that Unicode says it is",
        "They exist so that text in old Korean, Japanese and Big5 sets survives a round trip; the"
        " canonical equivalent is the same character.",
        "always: the two are canonically equivalent",
        "\uf9b4\uf90a市\uf96f明\n",
        "領金市說明\n",
        touches=SEEN,
    ),
    Rule(
        ZERO_WIDTH,
        "zero-width-character",
        "a zero-width character between other characters goes",
        "Web pages and word processors leave U+200B, joiners and direction marks in text; they"
        " break words for every search. Where joiners have a meaning, between emoji and in scripts"
        " that join, they stay.",
        "always: nothing that is seen goes",
        "经济\u200b形势\u200e稳定\u2060。\n",
        "经济形势稳定。\n",
        touches=SEEN,
    ),
    Rule(
        STRAY_BOM,
        "stray-byte-order-mark",
        "a byte order mark inside the text goes",
        "Files that were put together keep the mark that each began with.",
        "always: it is no character of the text",
        "经济形势稳定。\n\ufeff人民生活改善。\n",
        "经济形势稳定。\n人民生活改善。\n",
        touches=SEEN,
    ),
    Rule(
        SOFT_HYPHEN,
        "soft-hyphen",
        "a soft hyphen beside Chinese goes",
        "It says where a word may be broken; Chinese has no use for it. In Latin words it stays"
        " unless a line ends there.",
        "always: nothing that is seen goes",
        "经济\u00ad形势稳定。\n",
        "经济形势稳定。\n",
        touches=SEEN,
    ),
    Rule(
        PRIVATE,
        "private-use-character",
        "characters for private use are reported: only the font that drew them knows what they are",
        "Printing houses put rare characters and ornaments at codes of their own; without their"
        " font nobody can read them. The message counts them and has the codes.",
        "never: only the printed page can tell",
        "记者王\ue5cf报道。\n",
        None,
        touches=SEEN,
    ),
    Rule(
        PADDING,
        "nul-padding",
        "a row of NULs goes",
        "Old systems fill the last block of a file with NULs, and a disk that failed leaves them.",
        "never: they may stand where something else was",
        "经济形势稳定。\n\x00\x00\x00\x00\n",
        "经济形势稳定。\n\n",
        touches=SEEN,
    ),
)

_GHOST = re.compile(
    "[\x00\u00ad\u200b-\u200f\u2060-\u2064\u2e80-\u2fdf\ue000-\uf8ff\uf900-\ufaff\ufeff"
    "\U0002f800-\U0002fa1f\U000f0000-\U0010ffff]"
)
"""Everything that this file is about, as one class: a clean page is passed over once."""

_ROW = re.compile("\x00+|[\ue000-\uf8ff\U000f0000-\U0010ffff]+|.", re.DOTALL)
"""NULs and characters for private use come in rows, the others one by one."""

_ZERO = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064")

_PLAIN = re.compile("[\x20-\x7e\u2000-\u206f\u2e80-\ua4cf\uf900-\ufaff\ufe30-\uffef]?")
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
    if ghost == "\u00ad":
        beside = text[start - 1 : start] + text[end : end + 1]
        gone = any(c >= "\u2e80" for c in beside)
        return Edit(start, end, "", SOFT_HYPHEN, "a soft hyphen beside Chinese") if gone else None
    if ghost == "\x00":
        return None
    if ghost[0] == "\x00":
        return Edit(start, end, "", PADDING, f"{len(ghost)} NULs", 0.9, "unsafe")
    return _character(text, start, end)


def _zero_width(text: str, at: int) -> Edit | None:
    left, right = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if not (_PLAIN.fullmatch(left) and _PLAIN.fullmatch(right)):
        return None
    name = unicodedata.name(text[at], "zero-width character").lower()
    return Edit(at, at + 1, "", ZERO_WIDTH, f"U+{ord(text[at]):04X}, {name}")


def _character(text: str, start: int, end: int) -> Edit | None:
    """A radical or compatibility ideograph, or a row of characters for private use."""
    ghost = text[start:end]
    if unicodedata.category(ghost[0]) == "Co":
        codes = " ".join(f"U+{ord(c):04X}" for c in dict.fromkeys(ghost[:8]))
        count = f"{len(ghost)} for private use: " if len(ghost) > 1 else "for private use: "
        return note(start, end, text, PRIVATE, count + codes)
    if "\u2e80" <= ghost <= "\u2fdf":
        new = _RADICALS.get(ghost) or unicodedata.normalize("NFKC", ghost)
        reason = "a radical for the character that it looks like"
        return Edit(start, end, new, RADICAL, reason) if new != ghost else None
    new = unicodedata.normalize("NFC", ghost)
    reason = f"U+{ord(ghost):04X} is canonically {new}"
    return Edit(start, end, new, COMPATIBILITY, reason) if new != ghost else None
