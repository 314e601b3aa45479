"""Mojibake (MOJ): text that was read in the wrong encoding, taken back to what it was.

A page is passed over with one expression for two characters in a row that news hardly ever uses.
Only the lines where it finds some are looked at, first whole, then stretch by stretch; a stretch is
replaced where its origin is likelier than itself by a margin that no clean line reaches.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from fixnews.changes import Edit, note, shifted
from fixnews.contract import Context
from fixnews.encoding import frequency, traces
from fixnews.encoding.inverse import Origin, conceivable, origin
from fixnews.filters import invisible
from fixnews.islands import EVERY, READ_WRONG
from fixnews.message import Message
from fixnews.patterns import lazy
from fixnews.rules import Rule
from fixnews.source import LINE_BREAK, LOST
from fixnews.words.han import han_count

WHOLE = "MOJ101"
HOLED = "MOJ102"
GONE = "MOJ103"

MARGIN, MARGIN_LONG, SHORT = 14.0, 9.0, 6
"""Nats that an origin of which every byte is there must be likelier: 14 for less than six
characters beyond ASCII, 9 for more. Of 230,000 clean lines in 18 languages chance brings none of
six and more that reads as news beyond 7.6."""

MARGIN_HOLED = 4.0
"""Nats where the stretch itself shows that bytes are lost. Of 18,056 lines in ten languages of
which 2 to 60 % was struck out 4 reach it and fit."""

RARE, RARE_FEW = 8.4, 6.0
"""A stretch of n characters is looked at where the mean logarithm of those beyond ASCII is below
-(8.4 + 6/n)."""

LEAST_FIT, DRIFT = -2.0, -0.65
"""What is left beside n holes and characters must lie at most 2 + 0.65 √n standard deviations below
the mean of news: the second part for stories that are rare in all their words. Of right lines of
eight characters 1 in 200 lies below."""

LEAST_HOLED = 4
"""Characters beyond ASCII, holes among them, of an origin with holes."""

CHINESE, CHINESE_UTF_8 = (9.0, 8.0), (10.0, 12.0)
"""The mean logarithm of n characters of an origin without holes must be above -(9 + 8/n), or
-(10 + 12/n) where its bytes are valid UTF-8, which those of other text hardly ever are."""

KANA_SHARE = 0.15
"""Share of hiragana from which on a stretch may be Japanese. Big5 read as GBK has 0.04 (19 lines of
20 below 0.13), Japanese 0.39."""

LONGEST = 2000
"""Characters of the longest stretch that is looked at whole."""

_STRETCHES = (
    lazy("[^\u2e80-\ufffc\r\n]{2,}"),
    lazy("[^\\s，。、；：？！（）《》“”]{2,}"),
)
"""What is mended by itself: characters of no East Asian script, or those between two marks."""

LINES_KNOWN = 1 << 9
"""Lines whose edits are kept: most stand as they were in the next round."""

_WIDE = ("gb18030", "big5")
"""Encodings that make of UTF-8 what may stand in the middle of clean text and look like it."""

_EDGES = " \t\xa0“”‘’…—·"
"""Clean marks and blanks that may stand around a stretch."""

_BEYOND = lazy("[^\x00-\x7f]+")

_KANA = lazy("[\u3041-\u3096]")

_GONE = lazy("(?:锟斤拷)+锟?斤?|(?:ï¿½)+")

RULES = (
    Rule(WHOLE, "mojibake", touches=READ_WRONG),
    Rule(HOLED, "mojibake-with-holes", touches=READ_WRONG),
    Rule(GONE, "replaced-beyond-repair", touches=EVERY),
    *invisible.RULES,
)


def propose(text: str, context: Context) -> Iterable[Edit]:
    """Stretches to take back, and what is lost or does not belong into text."""
    del context
    for start, end in _suspects(text):
        yield from (shifted(edit, start) for edit in _of_line(text[start:end]))
    for found in _GONE.finditer(text) if _has_gone(text) else ():
        number = len(found[0]) * 2 // 3 if found[0][0] == "锟" else len(found[0]) // 3
        reason = Message("{number} lost before this page was written", number=number)
        yield note(found.start(), found.end(), text, GONE, reason)
    yield from invisible.propose(text)


def _has_gone(text: str) -> bool:
    return "锟斤拷" in text or "ï¿½" in text


@cache
def _gate() -> re.Pattern[str]:
    """Two characters that are not among the four thousand of news, at most one between them.

    A no-break space counts for none: datelines have two of them in a row.
    """
    rare = _rare_one().pattern
    return re.compile(
        f"{rare}.?{rare}|[\uac00-\ud7a3][\u4e00-\u9fff]|[\u4e00-\u9fff][\uac00-\ud7a3]"
    )


@cache
def _rare_one() -> re.Pattern[str]:
    """One such character: a page of news has a few, and each match of the gate holds one."""
    return re.compile(f"[^\xa0{re.escape(frequency.common())}]")


def _opened(text: str) -> Iterator[re.Match[str]]:
    """Every match of the gate: it begins with a rare character, or right before one."""
    done = 0
    for rare in _rare_one().finditer(text):
        at, gate = rare.start(), _gate()
        if at >= done:
            before = gate.match(text, at - 1) if at > done else None
            found = before or gate.match(text, at)
            if found:
                done = found.end()
                yield found


def _suspects(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each line with something in it that news hardly ever has."""
    done = 0
    for found in _opened(text):
        if found.start() >= done:
            start = text.rfind("\n", done, found.start()) + 1
            start = max(done, start, text.rfind("\r", max(done, start), found.start()) + 1)
            stop = LINE_BREAK.search(text, found.end())
            done = stop.start() if stop else len(text)
            yield start, done


@lru_cache(LINES_KNOWN)
def _of_line(line: str) -> tuple[Edit, ...]:
    """The edits of one line: of the whole, else of its stretches."""
    whole = _edit(line, 0, len(line))
    return (whole,) if whole else tuple(_mended(line))


def _mended(text: str) -> Iterator[Edit]:
    """The edits of the stretches of one line."""
    done = 0
    for stretch in _stretches(text):
        if stretch[0] >= done and _gate().search(text, *stretch):
            edit = _better(filter(None, (_edit(text, *span) for span in _spans(text, *stretch))))
            if edit and edit.start >= done:
                done = edit.end
                yield edit


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """What may be mojibake by itself: what other scripts or marks set off, and bytes of UTF-8."""
    for pattern in _STRETCHES:
        yield from (found.span() for found in pattern.finditer(text))
    for wrong in _WIDE:
        yield from traces.utf8_runs(text, wrong)


def _spans(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """A stretch without the marks and blanks around it, and with them: they may be part of it."""
    inner = text[start:end].strip(_EDGES)
    first = text.find(inner, start)
    return dict.fromkeys(((first, first + len(inner)), (start, end)))


def _better(edits: Iterable[Edit]) -> Edit | None:
    """The edit that gains more: marks that stay as they are gain nothing."""
    return max(edits, key=lambda edit: float(edit.evidence[0][1]), default=None)


def _edit(text: str, start: int, end: int) -> Edit | None:
    """The edit that takes a stretch back, if it has an origin."""
    stretch = text[start:end]
    if not 2 <= len(stretch) <= LONGEST or not conceivable(stretch):
        return None
    if not (_rare(stretch) or _rare_beside_holes(stretch)):
        return None
    found = origin(stretch)
    if found is None or not _trusted(stretch, found):
        return None
    code = WHOLE if found.whole else HOLED
    steps = [Message("{right} read as {wrong}", right=r, wrong=w) for w, r in found.steps]
    way = Message.joined(", then ", steps)
    evidence = (("nats", f"{found.gain:.0f}"),)
    return Edit(start, end, found.text, code, way, evidence=evidence)


_ORDINARY = lazy(rf"[\x00-\x7f{LOST}\s]+")
"""What says nothing of the encoding that a stretch was read in."""


def _rare(stretch: str) -> bool:
    beyond = _ORDINARY.sub("", stretch)
    if len(beyond) < 2:
        return False
    return frequency.load().rarity(beyond) < -(RARE + RARE_FEW / len(beyond))


def _rare_beside_holes(stretch: str) -> bool:
    """Whether characters are lost and one of those that are not is none of news."""
    return LOST in stretch and not frequency.in_use().issuperset(stretch.replace(LOST, ""))


def _trusted(stretch: str, found: Origin) -> bool:
    """Whether the origin is likelier by the margin, and news beyond doubt."""
    if found.steps[-1][1] != "utf-8" and not _together(found.text):
        return False
    if _one(found.text):
        return False
    if not found.whole:
        return found.gain >= _margin_holed(stretch) and _remains_of_news(found)
    left = "".join(c for c in found.text if c > "\x7f")
    margin = MARGIN if len(left) < SHORT else MARGIN_LONG
    if found.gain < margin or han_count(left) * 2 < len(left):
        return False
    if _japanese(stretch) and _KANA.search(found.text):
        return False
    base, few = CHINESE if found.steps[-1][1] != "utf-8" else CHINESE_UTF_8
    return frequency.load().rarity(left) > -(base + few / max(1, len(left)))


def _margin_holed(stretch: str) -> float:
    return MARGIN_HOLED if LOST in stretch else MARGIN


def _remains_of_news(found: Origin) -> bool:
    """Whether what is left beside the holes fits news."""
    many = sum(c > "\x7f" for c in found.text)
    if many < LEAST_HOLED or not han_count(found.text):
        return False
    return found.fit >= LEAST_FIT + DRIFT * math.sqrt(many)


def _together(text: str) -> bool:
    """Whether most characters beyond ASCII stand beside another: d众inition is French."""
    runs = [len(run) for run in _BEYOND.findall(text)]
    return sum(n for n in runs if n > 1) * 2 > sum(runs)


def _one(text: str) -> bool:
    """Whether an origin is one character over and over: 种种种种 may be a row of ÷."""
    left = [c for c in text if c > "\x7f" and c != LOST]
    return len(left) > 1 and len({*left}) == 1


def _japanese(stretch: str) -> bool:
    """Whether so many kana stand in a stretch that it may be Japanese."""
    kana = len(_KANA.findall(stretch))
    return kana > KANA_SHARE * sum(c > "\x7f" for c in stretch)
