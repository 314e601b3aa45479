"""Where a story ends: subhead inside it, or headline of the next.

Between two finished paragraphs stands a line or two that look like a headline. What follows either
goes on with the story or opens another. The story's own words decide best: names and terms come
back. The weights are a logistic regression over 2,900 such places in one month of a daily
(February 2020, `news-dev`), fitted on odd days; on even days AUC 0.91, and what is taken for a
subhead is one in 87 to 96 % of the cases, by threshold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fixnews.cohesion import Words
from fixnews.fragments import Line, Tail, begins_dated, signed

STORY = 2500
"""Characters of the story, next to the place in question, that are compared."""

AHEAD = 500
"""Characters behind the place that are compared."""

FEW_SUBHEADS = 3
LONG_STORY = 3000

BIAS, ALIKE, LENGTH, SUBHEADS, DATED, SIGNED, SERIES, KNOWN, STORY_LENGTH = (
    0.42, 14.8, -0.013, 1.12, -4.88, -2.09, -2.9, 2.03, -0.00151,
)  # fmt: skip
"""Weights: bias; cosine of story and what follows; characters of the headline-like lines; subheads
that the story has already; a dateline follows; a signature stands before; the line ends with the
name of a series in brackets; share of its words that the story has; characters of the story."""

GOES_ON = 0.5
"""Odds (natural logarithm) from which the story is taken to go on: to leave the end of a story
behind on its page is better than to carry another one along."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place on a page where a story goes on or another begins.

    Attributes:
        story: the story so far, without its headline.
        subheads: how many subheads it has already.
        block: the headline-like lines.
        after: the lines behind them, as many as are at hand.
        before: the line before them.
    """

    story: str
    subheads: int
    block: Sequence[str]
    after: Sequence[str]
    before: str


def odds_of_going_on(place: Place, words: Words) -> float:
    """The logarithm of the odds that headline-like lines are a subhead of the story before them.

    Args:
        place: the lines, and what stands around them.
        words: the rarity of words on these pages.
    """
    story, block, after = place.story, place.block, place.after
    ahead = _first(after)
    title = "".join(block)
    return (
        BIAS
        + ALIKE * words.alike(story[-STORY:], ahead + title)
        + LENGTH * len(title)
        + SUBHEADS * min(place.subheads, FEW_SUBHEADS)
        + DATED * begins_dated(after[0] if after else "")
        + SIGNED * signed(place.before)
        + SERIES * any(line.endswith(("）", ")")) for line in block)
        + KNOWN * words.known(title, story)
        + STORY_LENGTH * min(len(story), LONG_STORY)
    )


def _first(lines: Sequence[str]) -> str:
    ahead = ""
    for line in lines:
        if len(ahead) >= AHEAD:
            break
        ahead += line
    return ahead


def ended(tail: Tail, story: Sequence[Line], words: Words) -> tuple[Tail, float]:
    """The tail up to where its story ends, and the least odds of the decisions on the way.

    Args:
        tail: with its possible ends.
        story: the lines of the story's first part, without its headline.
        words: the rarity of words on these pages.
    """
    body = [line.text for line in tail.body]
    told = "".join(line.text for line in story)
    subheads = sum(line.titled for line in story)
    least = 9.0
    for start, end in tail.breaks:
        so_far = told + "".join(body[:start])
        place = Place(so_far, subheads, body[start:end], body[end:], body[start - 1])
        odds = odds_of_going_on(place, words)
        least = min(least, abs(odds - GOES_ON))
        if odds < GOES_ON:
            return tail.until(start), least
        subheads += 1
    return tail.until(len(body)), least
