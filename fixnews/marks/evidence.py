"""The evidence for what may have been printed: a number for each of some `FEATURES`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fixnews.arrays import Bools, Evidence, Floats, Ints
from fixnews.layout.reading import WRAPPED
from fixnews.marks.confusion import ODD
from fixnews.marks.neighbours import FAR
from fixnews.marks.surroundings import Survey

FEATURES = (
    "gain", "lead", "fit", "posterior", "habit",
    "pointed", "pointed_gain", "pointed_lead", "pointed_posterior", "pointed_habit",
    "group", "half", "candidate", "before", "behind", "gap_before", "gap_behind",
    "short", "even", "kinsoku", "since_stop", "since_mark", "until_mark", "next_mark", "prev_mark",
    "open", "prose", "line", "local", "noise", "odd", "half_share", "same", "surprise", "wonder",
    "torn",
)  # fmt: skip
"""The evidence for a candidate, in the order of the columns of `Candidates.rows`."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What may have been printed, with what speaks for it.

    Attributes:
        site: the character that each stands for, or that it would stand before; in order;
            shape (n,).
        candidate: an index into `TARGETS`, or `NOTHING`; shape (n,).
        rows: a column for each of `FEATURES`; shape (n, `FEATURES`).
        typed: whether neither words nor signs show that a machine read its page; shape (n,).
    """

    site: Ints
    candidate: Ints
    rows: Floats
    typed: Bools

    def column(self, name: str) -> Floats:
        """One piece of evidence for every candidate."""
        return self.rows[:, FEATURES.index(name)]


def around(page: Survey, site: Ints, *, lost: bool) -> Evidence:
    """What surrounds each site: a sign, or a gap before a character."""
    seen, groups, gap, score = page.seen, page.groups, page.seen.gap, page.score
    number = seen.page[site]
    first, end = seen.first[number], seen.end[number]
    last, right = np.minimum(site, end - 1), site + (not lost)
    until = page.next_mark(last + (not lost))
    line_end = np.maximum(site - 1, first) if lost else last
    point, last_mark = seen.points[last], page.last_mark(last)
    return {
        "group": -1 if lost else page.group[last], "half": 0 if lost else point < 0x7F,
        "before": groups[site], "behind": groups[right + 1],
        "gap_before": gap[site], "gap_behind": gap[right],
        "short": seen.short[line_end], "even": seen.evenness(line_end),
        "kinsoku": (gap[right] == WRAPPED) & (groups[right + 2] <= ODD),
        "since_stop": np.minimum(site - page.last_stop(last), FAR),
        "since_mark": np.minimum(site - last_mark, FAR),
        "until_mark": np.minimum(until - site, FAR),
        "next_mark": groups[np.minimum(until, end) + 1],
        "prev_mark": groups[np.maximum(last_mark, first) + 1],
        "open": page.open(last), "prose": page.prose(last), "local": page.local(last),
        "noise": page.noise[number], "odd": page.odd[number],
        "half_share": page.half_share[number], "same": 0 if lost else page.same(last),
        "surprise": score[site], "wonder": score[site + 1],
    }  # fmt: skip
