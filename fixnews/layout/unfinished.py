"""What the evidence at a seam says of its first line: that it is cut, that it is no headline."""

from __future__ import annotations

import numpy as np

from fixnews.arrays import Bools, Floats
from fixnews.layout.seams import PARTING, of

PARAGRAPH = 50
"""Characters from which a line is a paragraph by itself: 99 % of headlines have less than 39."""

LONG, PLAINLY = 40, -3.0
"""Characters from which a line is text, and the log odds of a finished line up to which it is
plainly cut."""

LEAST = 0.2
"""Probability from which that decides: on four kinds of pages with column breaks all 12 such seams
from there to `EVEN` are damage. Below, what follows is as likely a caption or a note."""

TORN = 0.9
"""Probability that such a seam is damage."""

COMMA = -5.5
"""Log odds of a finished line up to which one that ends with a comma is cut; where a stop was read
as a comma they are higher: up to here 6 of 6 such seams on pages with 2 % of the characters misread
are damage, above 3 of 4."""

_NO_CHARACTER = ("stop", "colon", "semicolon", "closer", "digit")
_ANEW = ("byline_right", "dateline_right", "item_right")


def untitled(rows: Floats) -> Bools:
    """For each row of evidence, whether the left line is no headline of the long right one."""
    title, ends, right, closer = of(rows, "title_left", "ends_left", "length_right", "closer")
    no_title = (title < 0) | (ends < 0)
    return np.asarray(no_title & (right >= PARAGRAPH) & (closer == 0))


def reads_cut(rows: Floats) -> Bools:
    """For each row of evidence, whether the left line reads as cut, behind a character or a comma.

    Recognisers read a stop as a comma, and dust behind it as a figure.
    """
    ends, soft, *others = of(rows, "ends_left", "soft", *_NO_CHARACTER)
    return np.asarray((ends < COMMA * soft) & (sum(others) == 0))


def plainly_cut(rows: Floats, odds: Floats) -> Bools:
    """For each row of evidence whether a line of text plainly reads as cut, and may go on.

    Args:
        rows: the evidence.
        odds: the probability of each seam.
    """
    ends, length, short, gain, *anew = of(rows, "ends_left", "length", "short_left", "gain", *_ANEW)
    text = (length >= LONG) & (short == 0) & reads_cut(rows) & (ends <= PLAINLY)
    return np.asarray(text & (sum(anew) == 0) & (odds >= LEAST) & (gain >= PARTING))
