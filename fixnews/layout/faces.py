"""What a line shows by itself, in numbers: worked out once for all who weigh the seams beside it.

How it begins and ends, what it holds, what it is by its own words, whether it is finished, signed,
or points to another page. Column, indent and neighbours are of the page (`fixnews.layout.seams`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from struct import Struct
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fixnews.arrays import Floats, Ints
from fixnews.jumps.broken_markers import ends_broken
from fixnews.jumps.markers import may_begin, may_end
from fixnews.jumps.own_lines import guides
from fixnews.jumps.spellings import TURNING
from fixnews.language.alphabet import BMP
from fixnews.layout import edges
from fixnews.layout.endings import MAY_BE_READ_OTHERWISE, MAY_SIGN, as_read, is_signed
from fixnews.layout.page import CLOSERS, OPENERS, STOPS, Role, ends_sentence, role
from fixnews.patterns import lazy
from fixnews.recall import Recall
from fixnews.words.lexicon import characters as classes

_BY_FIRST = (
    "opener", "digit_start", "latin_start", "mark", "measure_start", "function_start", "bound",
)  # fmt: skip
_BY_LAST = (
    "stop", "soft", "colon", "semicolon", "closer", "digit", "latin", "function_end", "letter",
)  # fmt: skip
_BY_ROLE = (
    "short", "byline", "dateline", "face", "item", "anew", "mostly_anew", "named",
)  # fmt: skip
_BY_WORDS = ("length", "sentence", "han", "label", "speaks", "signed")
_BY_TURNS = ("away", "coming", "broken", "guides", "may_end", "may_begin")
_HELD = ("narrow", "blanks", "open", "closed", "stops", "softs")
_BY_EDGES = ("opens", "ends", "title")

SHOWN = (*_BY_FIRST, *_BY_LAST, *_BY_ROLE, *_BY_WORDS, *_BY_TURNS, *_HELD, *_BY_EDGES)
"""What a line shows, in the order of the numbers of a `Face`. Yes and no are 1 and 0."""

_AT = {name: n for n, name in enumerate(SHOWN)}

LABEL = 8
"""Characters of the longest label of a note, its brackets counted."""

LINES_KNOWN = 1 << 13
"""Lines whose faces are kept: some thirty pages; 400 bytes each."""

_STOP, _SOFT = frozenset("。！？!?…"), frozenset("，,、")
_STOPPED = frozenset("。！？!?…；;，,、：:")
_CLOSER = frozenset("”’」』）)》")
_NO_START = frozenset("，。、：；？！,.:;?!”’」』）)》")

_ALONE = frozenset(
    {Role.BYLINE, Role.CREDIT, Role.FOLIO, Role.JUMP_LINE, Role.CONTINUATION_LINE, Role.DECK}
)
_OPENS = _ALONE | {Role.EDITOR_NOTE, Role.SPEECH}

_OPENS_MOSTLY = frozenset({Role.DATELINE, Role.ITEM})
"""Roles that a line may wear inside a sentence: 新华社北京电 | （记者, 分列 | 二、三名."""

_JUMPS_AT_END = lazy(r"(?:下转|下轉|紧转|緊轉|转第|轉第)[^，。；]{1,10}$")
_JUMPS_AT_START = lazy(
    r"[^\w]{0,3}(?:上接|紧接|緊接)\s*第?\s*[A-Da-d0-9０-９一二三四五六七八九十头頭]"
)
_HAN = lazy(r"[\u3400-\u9fff\U00020000-\U0003ffff]")

_FORMED, _TURNS, _PAGES, _BROKEN, _SIGNED, _STOPS, _COLON, _WRITTEN = (1 << n for n in range(8))
_NEEDED = (
    (_FORMED, MAY_BE_READ_OTHERWISE),
    (_TURNS, TURNING),
    (_PAGES, "0-9０-９版页頁叠疊"),
    (_BROKEN, "转轉接版页頁站艇"),
    (_SIGNED, MAY_SIGN),
    (_STOPS, "。！？!?…"),
    (_COLON, "：:"),
    (_WRITTEN, "\u3400-\u9fff"),
)
"""What a line must hold, as a class of characters, for `as_read` to change it, to turn to a page,
to name one, to end with a broken jump line, to be signed, finished, someone's words, Chinese."""

_MAY_END = STOPS | CLOSERS
"""Characters that a finished sentence ends with."""

SPEAKER = lazy(r"[\u3400-\u9fff·（）()]{2,10}[：:]")

_COUNTED = "0,()。！？， \u3000“”（）《》「」『』"
"""What is counted in lines; the 0 stands for digits and for other signs of half width."""

_HALVES = (("“", "”"), ("（", "）"), ("(", ")"), ("《", "》"), ("「", "」"), ("『", "』"))


class Face(NamedTuple):
    """What a line shows.

    Attributes:
        text: the line as evidence reads it (`endings.as_read`).
        numbers: what it shows, a 64-bit float for each of `SHOWN`.
    """

    text: str
    numbers: bytes


def shown(found: Sequence[Face]) -> Floats:
    """What these lines show, a row a line, with a column for each of `SHOWN`.

    >>> rows = shown(faces(["本报记者 沈砚秋", "会议昨天结束。"]))
    >>> rows[:, [SHOWN.index("byline"), SHOWN.index("sentence")]].tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    raw = b"".join([face.numbers for face in found])
    return np.frombuffer(raw, np.float64).reshape(len(found), len(SHOWN))


def of(own: Floats, *names: str) -> Floats:
    """What each line shows of these, a row a name."""
    return own.T[[_AT[name] for name in names]]


def _worked_out(lines: Sequence[str]) -> list[Face]:
    """The faces of lines that were not seen before."""
    raw = zip(lines, _signs(lines), strict=True)
    texts = [as_read(line) if signs & _FORMED else line for line, signs in raw]
    counted = np.concatenate((_held(texts), edges.load().of_lines(texts)), axis=1)
    told, size = counted.tobytes(), 8 * counted.shape[1]
    return [
        Face(text, _by_text(line, text, signs) + told[n * size : (n + 1) * size])
        for n, (line, text, signs) in enumerate(zip(lines, texts, _signs(texts), strict=True))
    ]


faces = Recall(_worked_out, LINES_KNOWN)
"""The faces of lines, given their texts as they stand on their page."""


def jumps_away(text: str) -> bool:
    """Whether a line ends with the words of a jump line.

    >>> jumps_away("拧成了一股绳，——下转 C2 版")
    True
    """
    return bool(_JUMPS_AT_END.search(text[-20:]))


def _by_text(line: str, text: str, signs: int) -> bytes:
    """What a line shows but for what is counted; its role is told from its text on the page.

    Args:
        line: its text on the page.
        text: as evidence reads it.
        signs: what stands in that, as `_signs` tells it: what needs a sign that is not there is
            not looked for.
    """
    how, last = role(line), text[-1]
    label = how is Role.EDITOR_NOTE and last not in _STOPPED and len(text) <= LABEL
    words = _BY_WORDS_PACKED.pack(
        len(text),
        last in _MAY_END and ends_sentence(text),
        bool(signs & _WRITTEN and _HAN.search(text)),
        label,
        bool(signs & _COLON and SPEAKER.match(text)),
        bool(signs & (_SIGNED | _STOPS) and is_signed(text)),
    )
    turns = _by_turns(text, signs) if signs & (_TURNS | _PAGES | _BROKEN) else _NO_TURN
    return _by_first(text[0]) + _by_last(last) + _by_role(how) + words + turns


_BY_WORDS_PACKED = Struct(f"={len(_BY_WORDS)}d")


def _packed(*shown: float) -> bytes:
    return Struct(f"={len(shown)}d").pack(*shown)


def _by_turns(text: str, signs: int) -> bytes:
    turns, pages = signs & _TURNS, signs & _PAGES
    return _BY_TURNS_PACKED.pack(
        bool(turns and jumps_away(text)),
        bool(turns and _JUMPS_AT_START.match(text)),
        bool(signs & _BROKEN and ends_broken(text)),
        bool(pages and guides(text)),
        bool((turns or pages) and may_end(text)),
        bool((turns or pages) and may_begin(text)),
    )


_BY_TURNS_PACKED = Struct(f"={len(_BY_TURNS)}d")
_NO_TURN = bytes(8 * len(_BY_TURNS))


@cache
def _by_role(how: Role) -> bytes:
    return _packed(
        how is Role.SHORT, how is Role.BYLINE, how is Role.DATELINE, how in _ALONE,
        how is Role.ITEM, how in _OPENS, how in _OPENS_MOSTLY,
        how in (Role.BYLINE, Role.CREDIT),
    )  # fmt: skip


@lru_cache(LINES_KNOWN)
def _by_first(c: str) -> bytes:
    return _packed(
        c in OPENERS, c.isdigit(), c.isascii() and c.isalpha(), c in _NO_START,
        c in classes("measure"), c in classes("function-start"), c in classes("bound-start"),
    )  # fmt: skip


@lru_cache(LINES_KNOWN)
def _by_last(c: str) -> bytes:
    return _packed(
        c in _STOP, c in _SOFT, c in "：:", c in "；;", c in _CLOSER, c.isdigit(),
        c.isascii() and c.isalpha(), c in classes("function-end"), c.isalnum(),
    )  # fmt: skip


def _signs(texts: Sequence[str]) -> list[int]:
    """For each line which of `_NEEDED` it holds, a bit each; all, if it goes beyond the plane."""
    raw = "".join(texts).encode("utf-32-le", "surrogatepass")
    found = _sign_table()[np.minimum(np.frombuffer(raw, dtype=np.uint32), BMP - 1)]
    starts = np.cumsum([0, *map(len, texts[:-1])])
    signs: list[int] = np.bitwise_or.reduceat(found, starts).tolist()
    return signs


@cache
def _sign_table() -> NDArray[np.uint8]:
    """For each character of the basic plane the bits of `_signs`; the last stands for others."""
    plane = np.arange(BMP, dtype="<u4").tobytes().decode("utf-32-le", "surrogatepass")
    table = np.zeros(BMP, dtype=np.uint8)
    for bit, signs in _NEEDED:
        for run in re.finditer(f"[{signs}]+", plane):
            table[slice(*run.span())] |= bit
    table[BMP - 1] = np.iinfo(np.uint8).max
    return table


def _held(texts: Sequence[str]) -> Floats:
    """What stands in each line, counted, a row a line in the order of `_HELD`."""
    count = dict(zip(_COUNTED, _counts(texts).T, strict=False))
    narrow, blanks = (sum(count[c] for c in group) for group in ("0,()", " \u3000"))
    balance = np.stack([count[opener] - count[closer] for opener, closer in _HALVES])
    return np.column_stack((
        narrow, np.minimum(blanks, 4), (balance > 0).sum(axis=0), (balance < 0).sum(axis=0),
        np.minimum(count["。"] + count["！"] + count["？"], 5),
        np.minimum(count["，"] + count[","], 9),
    )).astype(np.float64)  # fmt: skip


def _counts(texts: Sequence[str]) -> Ints:
    """How often each of `_COUNTED` stands in each line, and how much else; a row a line."""
    raw = "".join(texts).encode("utf-32-le", "surrogatepass")
    kind = _kinds()[np.minimum(np.frombuffer(raw, dtype=np.uint32), BMP - 1)]
    width = len(_COUNTED) + 1
    cells = np.repeat(np.arange(len(texts)) * width, [*map(len, texts)]) + kind
    return np.bincount(cells, minlength=len(texts) * width).reshape(len(texts), width)


@cache
def _kinds() -> Ints:
    """For each character of the basic plane its place in `_COUNTED`, or behind its end."""
    table = np.full(BMP, len(_COUNTED), dtype=np.int64)
    table[[ord(c) for c in "0123456789.:;%-"]] = _COUNTED.index("0")
    for place, character in enumerate(_COUNTED[1:], 1):
        table[ord(character)] = place
    return table
