"""What each line of a page shows for and against a story that starts with it.

Its own looks, the lines around it, the habits of the page (bylines, indents, blank lines), and
whether its words belong to what stands before it or to what follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from fixnews.arrays import Bools, Floats
from fixnews.jumps.grammar import Marker
from fixnews.layout.page import Line, Role, ends_sentence
from fixnews.patterns import lazy
from fixnews.words.cohesion import Words
from fixnews.words.lexicon import characters

LONGEST = 60
"""Characters of the longest line looked at; of 2,900 headline lines of a daily of February 2020,
99.9 % have at most 52."""


PROSE = 50
"""Characters from which a line counts as a paragraph of text, whatever it ends with."""


WORDS_REACH = 800
"""Characters before and behind a line in which its words are looked for."""


CAP = 200
"""Characters from which a line's length says nothing more."""


NAMES = 18
"""Characters of the longest line taken for names only: six reporters."""


FAR = 9
"""Lines from which a distance says nothing more."""


TWINS = 25
"""The same for a line of the same form: subheads of one story stand a few paragraphs apart."""


_OWN = (
    "length", "indent", "gap", "stop", "comma_end", "colon_end", "commas", "sentences",
    "bracket_end", "deck", "opener", "picture", "space", "digit", "exclaims",
    "byline", "credit", "dateline", "item", "speech", "note", "folio", "out", "into", "prose",
    "names", "bracketed",
)  # fmt: skip


_SEEN = ((-2, "before2"), (-1, "before"), (1, "next"), (2, "next2"), (3, "next3"))


_SEEN_OF = (
    "length", "indent", "gap", "stop", "bracket_end", "picture", "deck",
    "byline", "credit", "dateline", "folio", "out", "into", "prose", "names", "bracketed",
)  # fmt: skip


_PAGE = ("gap_usual", "indented", "bylines", "datelines", "density", "signed")


_PLACE = ("first", "run_before", "run_after", "byline_near", "dateline_near", "since_byline")


_SHARED = ("alike", "known_before", "known_after", "text_before", "text_after")


_TWINS = ("parts", "twin_before", "twin_after")


FEATURES = (
    *_OWN, *(f"{of}_{name}" for _, name in _SEEN for of in _SEEN_OF), *_PAGE, *_PLACE, *_SHARED,
    *_TWINS,
)  # fmt: skip
"""The evidence for a line, in the order of the columns of `evidence`."""


_PICTURE = lazy(r"[(（][^)）]*图[^)）]*[)）]$|^图片?[:：]|^图为")


_BRACKETED = lazy(r"[（(][^（()）。]{2,60}[)）]$")


_SIGNED_OFF = lazy(r"[。！？!?][”’]?[（(][^（()）]{2,60}[电電摄攝稿][)）]$")


_DECK = lazy(r"(?:——|―|──|—)")


_CLOSED = ("）", ")")


def evidence(lines: Sequence[Line], found: Sequence[Marker], words: Words) -> Floats:
    """The evidence for every line of a page.

    Args:
        lines: the lines of one page that are not blank, paragraphs whole.
        found: the jump lines on it, with the offsets that the lines have.
        words: the rarity of words on these pages.

    Returns:
        A row for each line, with a column for each of `FEATURES`. Lines too long to be looked at
        have no evidence of shared words.
    """
    marked = _marked(lines, found)
    own = np.array([_of_line(x, m) for x, m in zip(lines, marked, strict=True)], dtype=float)
    column = {name: own[:, n] for n, name in enumerate(_OWN)}
    count = len(lines)
    seen = []
    for step, _ in _SEEN:
        at = np.arange(count) + step
        inside = (at >= 0) & (at < count)
        block = own[np.clip(at, 0, count - 1)][:, [_OWN.index(x) for x in _SEEN_OF]]
        seen.append(np.where(inside[:, None], block, -1.0))
    page = np.tile(_of_page(column), (count, 1))
    shared = np.array(list(_shared(lines, words)))
    return np.column_stack([own, *seen, page, _places(column), shared, _twins(lines)])


def left_open(text: str) -> int:
    """How many brackets a line opens and leaves open; below 0 for brackets opened before it."""
    return sum(map(text.count, "（(")) - sum(map(text.count, _CLOSED))


def may_start(line: Line) -> bool:
    """Whether a line can be the first of a headline at all.

    No headline ends with a full stop, with a signature behind a stop (谢谢！（本报北京电）), or
    with a bracket that the line before it opened.
    """
    text = line.text
    ended = text.endswith(("。", "。”")) or bool(_SIGNED_OFF.search(text))
    inside = text.endswith(_CLOSED) and left_open(text) < 0
    return len(text) <= LONGEST and not (ended or inside) and line.role not in _NEVER


_NEVER = frozenset({Role.FOLIO, Role.JUMP_LINE, Role.CONTINUATION_LINE, Role.BYLINE, Role.CREDIT})


def _marked(lines: Sequence[Line], found: Sequence[Marker]) -> list[tuple[bool, bool]]:
    """For each line whether a story goes on elsewhere behind it, and whether one comes in."""
    ways: list[set[str]] = [set() for _ in lines]
    at = 0
    for marker in found:
        while at < len(lines) and lines[at].end <= marker.start:
            at += 1
        if at < len(lines):
            ways[at].add(marker.direction)
    return [("out" in way, "in" in way) for way in ways]


def _of_line(line: Line, marked: tuple[bool, bool]) -> tuple[float, ...]:
    """What one line shows, in the order of `_OWN`."""
    text, mine = line.text, line.role
    return (
        min(len(text), CAP), min(line.indent, 8), min(line.gap, 4),
        ends_sentence(text), text[-1] in "，,、", text[-1] in "：:",
        min(text.count("，") + text.count(","), 5), min(text.count("。"), 5),
        text[-1] in "）)", bool(_DECK.match(text)), text[0] in "“‘「『（(《〈【",
        bool(_PICTURE.search(text)), " " in text or "\u3000" in text, text[0].isdigit(),
        text[-1] in "！!？?",
        mine is Role.BYLINE, mine is Role.CREDIT, mine is Role.DATELINE, mine is Role.ITEM,
        mine is Role.SPEECH, mine is Role.EDITOR_NOTE, mine is Role.FOLIO, *marked,
        len(text) >= PROSE or "。" in text, names(text), bool(_BRACKETED.match(text)),
    )  # fmt: skip


def names(text: str) -> bool:
    """Whether a line may be nothing but people's names, one behind the other.

    >>> names("李德润葛洪"), names("（刘金星 沈根）"), names("徒呼奈何")
    (True, True, False)
    """
    bare = "".join(text.strip("（()）").split())
    return 2 <= len(bare) <= NAMES and _named(bare)


def _named(bare: str) -> bool:
    """Whether a text can be cut into names of two or three characters."""
    if not bare:
        return True
    if bare[0] not in characters("name-start"):
        return False
    return any(len(bare) >= size and _named(bare[size:]) for size in (2, 3))


def _of_page(column: dict[str, Floats]) -> tuple[float, ...]:
    """The habits of a page, in the order of `_PAGE`."""
    prose = column["prose"] > 0
    short = ~prose & (column["byline"] + column["folio"] + column["credit"] == 0)
    share = max(1, int(short.sum()))
    return (
        float(np.median(column["gap"][prose])) if prose.any() else 0.0,
        float((column["indent"][prose] >= 2).mean()) if prose.any() else 0.0,
        float(column["byline"].sum()) / share,
        float(column["dateline"].sum()) / share,
        float(short.sum()) / max(1, int(prose.sum())),
        min(FAR, _signed(column, short)),
    )


def _signed(column: dict[str, Floats], short: Bools) -> float:
    """How many short lines of a page have a byline behind them."""
    by = (column["byline"] > 0) | (column["names"] > 0)
    return float((short[:-1] & ~by[:-1] & by[1:]).sum())


def _places(column: dict[str, Floats]) -> Floats:
    """Where each line stands, in the order of `_PLACE`."""
    short = column["prose"] == 0
    first = np.cumsum(column["folio"] == 0) == 1
    before, behind = _runs(short), _runs(short[::-1])[::-1]
    bylines, datelines = column["byline"] > 0, column["dateline"] > 0
    near = [_next(flags) for flags in (bylines, datelines)]
    ago = _next(bylines[::-1])[::-1]
    return np.column_stack([first, before, behind, *near, ago]).astype(float)


def _runs(flags: Bools) -> Floats:
    """For each place how many flags stand without a gap before it, at most `FAR`."""
    run, out = 0, []
    for flag in flags:
        out.append(run)
        run = min(FAR, run + 1) if flag else 0
    return np.array(out, dtype=float)


def _next(flags: Bools) -> Floats:
    """For each place how far behind it the next flag stands, at most `FAR`."""
    far, out = FAR, []
    for flag in flags[::-1]:
        out.append(far)
        far = 1 if flag else min(FAR, far + 1)
    return np.array(out[::-1], dtype=float)


def _twins(lines: Sequence[Line]) -> Floats:
    """How far off the nearest lines of the same form are, in the order of `_TWINS`.

    The subheads of a story are parallel: as many parts, of as many characters each.
    """
    forms = [_form(line.text) if may_start(line) else () for line in lines]
    before = list(_nearest(forms))
    after = list(_nearest(forms[::-1]))[::-1]
    return np.column_stack([[len(form) for form in forms], before, after]).astype(float)


def _form(text: str) -> tuple[int, ...]:
    """The letters of each part of a line.

    >>> _form("先修台阶 再开“店铺”")
    (4, 4)
    """
    parts = re.split(r"[\s，、：:,]+", text)
    return tuple(sum(map(str.isalnum, part)) for part in parts)


def _nearest(forms: Sequence[tuple[int, ...]]) -> Iterator[int]:
    """For each form how far before it the same one stands, at most `TWINS`."""
    last: dict[tuple[int, ...], int] = {}
    for n, form in enumerate(forms):
        yield min(TWINS, n - last.get(form, -TWINS)) if form else TWINS
        last[form] = n


def _shared(lines: Sequence[Line], words: Words) -> Iterator[tuple[float, ...]]:
    """Whether a line's words belong to what stands before or behind, in the order of `_SHARED`."""
    whole, at = "".join(line.text for line in lines), 0
    for line in lines:
        end = at + len(line.text)
        before, after = whole[max(0, at - WORDS_REACH) : at], whole[end : end + WORDS_REACH]
        at = end
        if not may_start(line):
            yield (0.0,) * len(_SHARED)
            continue
        known = words.known(line.text, before), words.known(line.text, after)
        yield (words.alike(before, after), *known, float(len(before)), float(len(after)))
