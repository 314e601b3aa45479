"""What the measure of a column tells: lines with a character too few or too many.

A recogniser that drops a character, sees one where there is a speck, or makes one dot of an
ellipsis leaves a line that does not fill its column as the others do
(`fixnews.layout.column_width`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from fixnews import language
from fixnews.changes import Edit, Safety
from fixnews.characters import cloze, strays, unread
from fixnews.characters.strays import Stray
from fixnews.characters.unread import Unread
from fixnews.contract import Context
from fixnews.filters.stretches import parts
from fixnews.language import SIGHT, Model
from fixnews.layout.column_width import misses, short_lines
from fixnews.layout.reading import Reading, read, readings
from fixnews.message import Message
from fixnews.patterns import lazy
from fixnews.recall import CHARACTERS, Recall, page_size
from fixnews.rules import Rule
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
        figures=(("SURE", SURE), ("TOGETHER", TOGETHER), ("FEWEST", unread.FEWEST)),
    ),
    Rule(STRAY, "stray-character", figures=(("FEWEST", strays.FEWEST),)),
    Rule(ELLIPSIS, "rest-of-ellipsis", figures=(("SURE_OF_DOTS", SURE_OF_DOTS),)),
)

WIDEST = 60
"""Characters to a line, on average, from which a page is not set in columns: nothing is short."""

_WRAPPED = lazy(rf"(?<=[{HAN}])\r?\n[{HAN}][^\r\n]{{2,44}}\r?\n[{HAN}]")
_DOTS = lazy("[·•]")


def propose(page: str, context: Context) -> Iterable[Edit]:
    """An edit for each character that a column's lines have too few or too many."""
    if not _is_set_in_columns(page):
        return
    model = language.load(context.model)
    for start, text in parts(page):
        if _uneven.known.get(text) is False:
            continue
        seen = read(text)
        for one, sure in _weighed(unread.find(seen, model, cloze.load())):
            yield _put_back(start + int(seen.at[one.at]), one, sure=sure)
        for stray in strays.find(seen, model):
            yield _taken_out(start + int(seen.at[stray.at]), seen.text[stray.at], stray)
        for at in _rests(seen, model):
            reason = "a dot is left of the ellipsis, and the line is one character short"
            yield Edit(start + at, start + at + 1, "……", ELLIPSIS, reason)


def foresee(pages: Sequence[str], _: Context) -> None:
    """Find out on which pages that will be read next every line is as long as its column wants."""
    _uneven([text for page in pages if _is_set_in_columns(page) for _, text in parts(page)])


def _is_set_in_columns(page: str) -> bool:
    return len(page) <= WIDEST * page.count("\n") and bool(_WRAPPED.search(page))


_uneven = Recall[str, bool](lambda texts: [*map(misses, readings(texts))], CHARACTERS, page_size)
"""Of many pages whether a line on them is a character too short or too long."""


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
    reason = Message(
        "{word} has lost {printed}, and its line is one character short",
        word=one.word,
        printed=one.printed,
    )
    return _signed(Edit(at, at, one.printed, UNREAD, reason), one.gain, sure=sure)


def _taken_out(at: int, character: str, one: Stray) -> Edit:
    reason = Message(
        "{character} was never printed: its line is one character too long", character=character
    )
    edit = Edit(at, at + 1, "", STRAY, reason)
    return _signed(edit, one.gain, sure=False)


def _signed(edit: Edit, gain: float, *, sure: bool) -> Edit:
    """An edit that is applied or offered, with the evidence for it."""
    safety: Safety = "safe" if sure else "unsafe"
    evidence = (("gain", Message("{n:.1f} nats", n=gain)),)
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
