"""What the measure of a column tells: lines with a character too few or too many.

A recogniser that drops a character, sees one where there is a speck, or makes one dot of an
ellipsis leaves a line that does not fill its column as the others do (`fixnews.ocr.measure`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from fixnews import language
from fixnews.draft import Edit, Safety
from fixnews.filters.contract import Context, Rule
from fixnews.filters.parts import parts
from fixnews.language import SIGHT, Model
from fixnews.ocr import cloze, strays, unread
from fixnews.ocr.measure import short_lines
from fixnews.ocr.reading import Reading, read
from fixnews.ocr.strays import Stray
from fixnews.ocr.unread import Unread
from fixnews.words.han import HAN

UNREAD, STRAY, ELLIPSIS = "OCR301", "OCR302", "PUN207"

SURE, TOGETHER = 6.0, 4.0
"""Nats from which one place is sure to have lost a character, and on average each of several where
the same character is missing from the same word: what a recogniser cannot read it cannot read
anywhere on the page."""

SURE_OF_DOTS = 3.0
"""Nats by which the model must prefer an ellipsis to a dot: of the 320 dots of names and titles on
odd days of February 2020 the best reaches 2.7, and those are not at the end of a short line."""

CONFIDENT, LIKELY = 0.95, 0.6
"""Shares that are right, at the least, of what is applied and of what is offered."""

RULES = (
    Rule(
        UNREAD,
        "unread-character",
        "a rare character that the recogniser dropped is put back",
        "A recogniser that has not learnt a character leaves it out, wherever it stands. The line"
        " is then one character short of its column, and half a word stands in it. Put back is"
        " what makes a word there, if it is rare, stands nowhere else on the page, and both the"
        " language model and the network of gaps would have it there. Where the line is short"
        " because a mark may not begin the next as well, the character and another of its word"
        " must be rarer, and no neighbour a misreading of it; beside a number nothing is done.",
        f"from a gain of {SURE:.0f} nats on, or of {TOGETHER:.0f} on average where the page lost it"
        f" from the same word more than once; offered from {unread.FEWEST:.0f}",
        "联合国安理会今天就对伊拉克核领域的\n"
        "核查问题进行了商，中国主张尽快结\n"
        "束对伊拉克的核查。中国常驻联合国代\n"
        "表秦华孙在会后向记者发表讲话表示，\n"
        "核查组去年底访问伊拉克期间，在一些\n"
        "方面取得了进展。\n",
        "联合国安理会今天就对伊拉克核领域的\n"
        "核查问题进行了磋商，中国主张尽快结\n"
        "束对伊拉克的核查。中国常驻联合国代\n"
        "表秦华孙在会后向记者发表讲话表示，\n"
        "核查组去年底访问伊拉克期间，在一些\n"
        "方面取得了进展。\n",
    ),
    Rule(
        STRAY,
        "stray-character",
        "offers to take out a character that was never printed",
        "A speck between two characters is read as one of the commonest: 人, 和, 了. The line is a"
        " character longer than its column, with no mark hanging in the margin, and the model"
        " prefers it without by far. Numerals, what stands beside a digit, and what is part"
        " of a word are left alone, and so is every rarer character, which stands for another.",
        "never: nothing but signs is taken out unasked, as a character that vanishes by mistake is"
        f" the worst of all errors; offered from a gain of {strays.FEWEST:.0f} nats on",
        "北爱尔兰和谈正在进行，布莱尔的建议\n"
        "乃适人逢其时，和谈双方都表示愿意考虑\n"
        "这项建议，并将在下周再次举行会谈讨\n"
        "论有关问题。\n",
        "北爱尔兰和谈正在进行，布莱尔的建议\n"
        "乃适逢其时，和谈双方都表示愿意考虑\n"
        "这项建议，并将在下周再次举行会谈讨\n"
        "论有关问题。\n",
    ),
    Rule(
        ELLIPSIS,
        "rest-of-ellipsis",
        "a dot at the end of a short line that is left of …… becomes ……",
        "An ellipsis is two characters wide. Where a recogniser saw one of its dots, the line is"
        " one character short; a full stop or the dot of a name that was read as · leaves it full.",
        f"when the language model prefers the ellipsis by {SURE_OF_DOTS:.0f} nats",
        "干部们走进田间地头，听民意、摸实情\n"
        "和大家面对面交流找问题、谋对策·\n"
        "党员干部的热情感染了村里每一个人，\n"
        "大家都说这样的干部好。\n",
        "干部们走进田间地头，听民意、摸实情\n"
        "和大家面对面交流找问题、谋对策……\n"
        "党员干部的热情感染了村里每一个人，\n"
        "大家都说这样的干部好。\n",
    ),
)

WIDEST = 60
"""Characters to a line, on average, from which a page is not set in columns: nothing is short."""

_WRAPPED = re.compile(rf"[{HAN}]\r?\n[{HAN}][^\r\n]{{2,44}}\r?\n[{HAN}]")
_DOTS = re.compile("[·•]")


def propose(page: str, context: Context) -> Iterable[Edit]:
    """An edit for each character that a column's lines have too few or too many."""
    if len(page) > WIDEST * page.count("\n") or not _WRAPPED.search(page):
        return
    model = language.load(context.model)
    for start, text in parts(page):
        seen = read(text)
        for one, sure in _weighed(unread.find(seen, model, cloze.load())):
            yield _put_back(start + int(seen.at[one.at]), one, sure=sure)
        for stray in strays.find(seen, model):
            yield _taken_out(start + int(seen.at[stray.at]), seen.text[stray.at], stray)
        for at in _rests(seen, model):
            reason = "a dot is left of the ellipsis, and the line is one character short"
            yield Edit(start + at, start + at + 1, "……", ELLIPSIS, reason)


def _weighed(found: list[Unread]) -> Iterator[tuple[Unread, bool]]:
    """Each place, and whether it is sure, alone or by the others that lost the same."""
    gains = defaultdict[tuple[str, str], list[float]](list)
    for one in found:
        gains[one.printed, one.word].append(one.gain)
    for one in found:
        every = gains[one.printed, one.word]
        together = len(every) > 1 and sum(every) >= TOGETHER * len(every)
        yield one, one.carried or together or one.gain >= SURE


def _put_back(at: int, one: Unread, *, sure: bool) -> Edit:
    reason = f"{one.word} has lost {one.printed}, and its line is one character short"
    return _signed(Edit(at, at, one.printed, UNREAD, reason), one.gain, sure=sure)


def _taken_out(at: int, character: str, one: Stray) -> Edit:
    reason = f"{character} was never printed: its line is one character too long"
    edit = Edit(at, at + 1, "", STRAY, reason)
    return _signed(edit, one.gain, sure=False)


def _signed(edit: Edit, gain: float, *, sure: bool) -> Edit:
    """An edit that is applied or offered, with the evidence for it."""
    safety: Safety = "safe" if sure else "unsafe"
    evidence = (("gain", f"{gain:.1f} nats"),)
    confidence = CONFIDENT if sure else LIKELY
    return replace(edit, confidence=confidence, safety=safety, evidence=evidence)


def _rests(seen: Reading, model: Model) -> Iterator[int]:
    """Where in the page a dot at the end of a short line is the rest of an ellipsis."""
    for _, end in short_lines(seen) if _DOTS.search(seen.text) else ():
        if _DOTS.match(seen.text, end - 1):
            left, right = seen.text[max(0, end - 1 - SIGHT) : end - 1], seen.text[end : end + SIGHT]
            dots, dot = (model.score(f"{left}{mark}{right}") for mark in ("……", "·"))
            if dots.sum() - dot.sum() >= SURE_OF_DOTS:
                yield int(seen.at[end - 1])
