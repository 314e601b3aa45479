"""The chain: every filter in the order in which it runs, with the reason for its place."""

from __future__ import annotations

from collections.abc import Mapping

from fixnews.contract import ByPage, Context, Filter, Selection
from fixnews.filters import (
    blank_breaks,
    breaks,
    characters,
    dictionaries,
    digits,
    encodings,
    escapes,
    forms,
    halves,
    jumps,
    line_lengths,
    marks,
    mojibake,
    on_paper,
    ones,
    order_notes,
    placeholders,
    punctuation,
    script,
    spaces,
    spacing,
    stops,
    stray_bytes,
)
from fixnews.rules import Rule

CHAIN: tuple[Filter, ...] = (
    Filter(
        "encodings",
        encodings.RULES,
        encodings.propose,
        "first: it only reports what reading the bytes had to leave open",
    ),
    Filter(
        "order notes",
        order_notes.RULES,
        order_notes.propose,
        "it only reports; first as well, since the order stands before any text is changed",
    ),
    Filter(
        "escapes",
        escapes.RULES,
        ByPage(escapes.propose),
        "before all that reads: what is spelt out is text to no other rule",
    ),
    Filter(
        "mojibake",
        mojibake.RULES,
        ByPage(mojibake.propose),
        "before all that reads: to every other rule these lines are noise",
    ),
    Filter(
        "stray_bytes",
        stray_bytes.RULES,
        ByPage(stray_bytes.propose),
        "behind mojibake, which takes whole lines back: this sees single signs in lines that read",
    ),
    Filter(
        "placeholders",
        placeholders.RULES,
        ByPage(placeholders.propose),
        "it only reports; before what would take a sign for dust or a mark",
    ),
    Filter(
        "forms",
        forms.RULES,
        ByPage(forms.propose),
        "before all that weighs marks: to them the other forms of a mark are strange signs",
    ),
    Filter(
        "halves",
        halves.RULES,
        ByPage(halves.propose),
        "before all that weighs characters: half of one reads as a misreading of another",
    ),
    Filter(
        "digits",
        digits.RULES,
        ByPage(digits.propose),
        "before punctuation: a ] that was read for 1 is no bracket",
    ),
    Filter(
        "spacing",
        spacing.RULES,
        ByPage(spacing.propose),
        "before all that reads: in a line whose characters stand apart no word is seen",
    ),
    Filter(
        "blank breaks",
        blank_breaks.RULES,
        ByPage(blank_breaks.propose),
        "before blanks are judged one by one: this sees that they stand at even distances",
    ),
    Filter(
        "ones",
        ones.RULES,
        ByPage(ones.propose),
        "before marks are weighed: to them a stroke between characters is a dash",
    ),
    Filter(
        "stops",
        stops.RULES,
        ByPage(stops.propose),
        "before marks are weighed one by one: this sees the same sign behind every sentence",
    ),
    Filter(
        "spaces",
        spaces.RULES,
        ByPage(spaces.propose),
        "before the marks are weighed: beside one a blank is no evidence; what punctuation widens"
        " shows more stray blanks in the next round",
    ),
    Filter(
        "marks",
        marks.RULES,
        ByPage(marks.propose, marks.foresee),
        "before punctuation: a ; that was read for ， must not be made wide first",
    ),
    Filter(
        "punctuation",
        punctuation.RULES,
        ByPage(punctuation.propose),
        "before everything that asks whether a sentence has ended: full-width marks answer it",
    ),
    Filter(
        "line_lengths",
        line_lengths.RULES,
        ByPage(line_lengths.propose, line_lengths.foresee),
        "after the marks are put back, which leave lines short as well; before lines are joined",
    ),
    Filter(
        "jumps",
        jumps.RULES,
        jumps.propose,
        "before breaks: the seam between head and tail is then judged like any other",
    ),
    Filter(
        "breaks",
        breaks.RULES,
        ByPage(breaks.propose, breaks.foresee, on_paper.joins),
        "after what mends line ends, before what reads words: a broken word looks misspelt",
    ),
    Filter(
        "characters",
        characters.RULES,
        ByPage(characters.propose, characters.foresee, on_paper.characters),
        "after breaks: what a line break has torn apart gives no evidence",
    ),
    Filter(
        "script",
        script.RULES,
        ByPage(script.propose),
        "after characters: what a recogniser misread may look like the other script",
    ),
    Filter(
        "dictionaries",
        dictionaries.RULES,
        ByPage(dictionaries.propose),
        "last: what a reader has settled has the last word",
    ),
)

__all__ = [
    "CHAIN",
    "ByPage",
    "Context",
    "Filter",
    "Rule",
    "Selection",
    "rule_name",
    "rule_names",
    "rules",
]


def rules() -> tuple[Rule, ...]:
    """Every rule of the chain, sorted by code."""
    return tuple(
        sorted((rule for link in CHAIN for rule in link.rules), key=lambda rule: rule.code)
    )


def rule_names() -> Mapping[str, str]:
    """The slug of every rule by its code.

    >>> rule_names()["BRK101"]
    'broken-word'
    """
    return {rule.code: rule.name for rule in rules()}


def rule_name(code: str) -> str:
    """The slug of one rule; empty if the chain has no rule of this code.

    >>> rule_name("BRK101"), rule_name("XXX999")
    ('broken-word', '')
    """
    found = (rule.name for link in CHAIN for rule in link.rules if rule.code == code)
    return next(found, "")
