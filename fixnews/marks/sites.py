"""Is a mark the one that was printed? What tells, at every mark and at every gap of a page.

A recogniser reads ``·`` or ``*`` for ``。``, loses a comma at the end of a line, sees a mark where
there was dust. Each place where that may have happened is a *site*, what may have been printed
there a *candidate*. The language model weighs every candidate with what stands on both sides
(`fixnews.marks.judge`), the page shows its recogniser's habits (`fixnews.marks.habits`), and what
surrounds the site (`fixnews.marks.surroundings`) is evidence, too. A small forest turns all of
it into the probability that the candidate was printed. Training is `training/sites.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np

from fixnews.arrays import Bools, Evidence, Floats, Ints
from fixnews.language import SIGHT
from fixnews.layout.reading import JOINED, PARTED, preceding
from fixnews.marks import confusion, habits, keystrokes, pointing
from fixnews.marks.confusion import HAN, LOST, NOTHING, ODD, TARGETS, Kinds
from fixnews.marks.evidence import FEATURES, Candidates, around
from fixnews.marks.habits import Asked, Told
from fixnews.marks.neighbours import FAR
from fixnews.marks.questions import ASKED
from fixnews.marks.surroundings import Survey, jumps

MODELS = Path(__file__).parents[1] / "models"

DOUBT = -17.0
"""Log-probability of a mark and the three characters behind it from which nobody asks whether the
mark is right: a better one could not gain enough."""

WONDER, ABRUPT = (-12.0, -12.0, -10.0, -10.0), (-5.0, -5.0, -4.0, -4.0)
"""The same for the three characters behind a gap where a mark may be lost, and for the first of
them: what follows a lost mark comes abruptly. By what lies in the gap: nothing, a blank, a line
break, the end of a paragraph."""

WONDER_INSIDE, ABRUPT_INSIDE = -14.1, -6.4
"""The same inside a line of a page that reads well, where a lost mark is only ever offered."""

HOPE = (1.0, -1.0, -5.0, -5.0)
"""Gain of a comma or a full stop from which all marks are tried in the same gap, by what lies
there: nothing, a blank, a line break, the end of a paragraph. Inside a line nothing but the words
speaks for a loss."""

FAINTEST = -12.0
"""Log-probability below which the network's chances count as one: it was not trained to tell them
apart."""

GAPS = 2.0
"""The logarithm of how many gaps there are in the news for each mark: the network was trained on as
many of one as of the other."""

LONG_ODDS = -2.5
"""Log-odds below which hardly anything saves a candidate: of those that the forest calls likely on
half of the readings of January 1998, 2 % lie there."""

DOUBTFUL, DOUBTFUL_IF_LOST = -1.0, -2.0
"""The same where a page reads well, before the network is asked: of 130 marks misread that were
found there (odd days of a daily, one mark in thirty changed or lost) none lies below, of 115 that
were lost two, and all of these were only offered; a third of the places is left out."""

JUMP_LINE = 10
"""Characters of a jump line, from 下转 on; it ends without a mark."""


class Open(NamedTuple):
    """Sites that the language model leaves open.

    Attributes:
        asked: their candidates.
        far: how far the lone partner is of which each candidate would be the other half.
        weigh: what the page's habits make of candidates, as one judge or several see them.
    """

    asked: Asked
    far: Ints
    weigh: Callable[..., list[Told]]

    @classmethod
    def nothing(cls) -> Open:
        """No sites."""
        none, nats = np.empty(0, np.int64), np.empty(0)
        return cls(Asked(none, none, nats, nats), none, lambda *views: [(nats, nats)] * len(views))


class Marks(Survey):
    """The sites of a page, with the candidates of each and what speaks for them."""

    def misread(self) -> Candidates:
        """Every sign that may stand for another mark, with all that it may stand for."""
        return self._table(self._signs, lost=False)

    def lost(self) -> Candidates:
        """Every gap where a mark may be lost, with the marks that may have stood there."""
        return self._table(self._losses, lost=True)

    @cached_property
    def _signs(self) -> Open:
        """The signs that may stand for another mark."""
        site, may_go = self._misread_sites()
        place, points = self.judge.place[site], self.seen.points[site]
        well = self.well[self.seen.page[site]]
        size, found = self.judge.signs(place, points, may_go, well)
        if not len(found):
            return Open.nothing()
        kept = np.repeat(self.judge.read(place, SIGHT + 1), size)
        asked = Asked(np.repeat(site, size), found["candidate"], found["made"], kept)
        known = self._settled(site[size > 0])

        def weigh(*views: Asked) -> list[Told]:
            at = views[0].site[views[0].first]
            pages = self.seen.page[at], self.seen.end - self.seen.first
            return habits.misreadings(views, self.coded(at), self.own[at], known, pages)

        return self._in_doubt(Open(asked, self._far(asked), weigh), DOUBTFUL)

    def _settled(self, asked: Ints) -> tuple[Ints, Kinds, Ints]:
        """The marks that are right beyond doubt and were not asked about: sign, mark and page."""
        right = self.own[self.marks] < NOTHING
        right[np.searchsorted(self.marks, asked)] = False
        settled = self.marks[right]
        return self.coded(settled), self.own[settled], self.seen.page[settled]

    def _in_doubt(self, sites: Open, least: float) -> Open:
        """What is put to the network: all, or where a page reads well the sites in doubt."""
        well = self.well[self.seen.page[sites.asked.site]]
        if not well.any():
            return sites
        asked, doubtful = sites.asked.take(well), ~well
        ((odds, _),) = sites.weigh(asked)
        doubtful[well] = asked.site_has((odds > least) | (sites.far[well] < FAR))
        return Open(sites.asked.take(doubtful), sites.far[doubtful], sites.weigh)

    def _far(self, asked: Asked) -> Ints:
        """How far the lone partner is of which each candidate would be the other half."""
        partners = {gap.at * len(TARGETS) + gap.mark: gap.far for gap in self.torn}
        sites = np.fromiter(sorted(partners), np.int64, len(partners))
        far = np.array([*map(partners.__getitem__, sites.tolist()), FAR])
        wanted = np.where(
            asked.candidate < NOTHING, asked.site * len(TARGETS) + asked.candidate, -1
        )
        at = np.searchsorted(sites, wanted)
        return np.where(np.append(sites, -1)[at] == wanted, far[at], FAR)

    @cached_property
    def _chances(self) -> dict[bool, Floats]:
        """What the network makes of every open site: of signs, and of gaps."""
        signs, gaps = self._signs.asked, self._losses.asked
        at = self.judge.place[signs.site[signs.first]], self.judge.hole[gaps.site[gaps.first]]
        page = self.seen.page[np.concatenate((signs.site[signs.first], gaps.site[gaps.first]))]
        start, network = np.concatenate(at) - SIGHT - self.judge.base[page], pointing.load()
        behind = start + (np.arange(len(start)) < len(at[0]))
        told = network.chances(self.judge.texts, page, start, behind).astype(np.float64)
        return {False: told[: len(at[0])], True: told[len(at[0]) :]}

    def _pointed(self, asked: Asked, *, lost: bool) -> Asked:
        """The same candidates as the network weighs them against what was read.

        Of signs that newspapers do not print it knows nothing: there the language model is asked.
        """
        first, number, chance = asked.first, asked.number, self._chances[lost]
        site = asked.site[first]
        own = np.full(len(site), NOTHING) if lost else self.own[site]
        foreign = np.maximum.reduceat(asked.gain, first) if len(first) else asked.gain
        known = chance[np.arange(len(site)), np.minimum(own, NOTHING)] + (GAPS if lost else 0)
        kept = np.where(own > NOTHING, -np.clip(foreign, 0, -FAINTEST), known)
        made = chance[number, asked.candidate]
        made, kept = np.maximum(made, FAINTEST), np.maximum(kept[number], FAINTEST)
        return Asked(asked.site, asked.candidate, made, kept)

    def _misread_sites(self) -> tuple[Ints, Bools]:
        """The signs to ask about, and whether each may be dust."""
        at = self.marks
        left, here, right = self.groups[at], self.group[at], self.groups[at + 2]
        inside_number = (left > HAN) & (right > HAN)
        ours = self.own[at] < confusion.FOREIGN
        doubt = self.judge.read(self.judge.place[at], SIGHT + 1) < DOUBT
        dots = confusion.DOT, confusion.DOTS
        pieces = confusion.among(here, *dots) & (
            confusion.among(left, *dots) | confusion.among(right, *dots)
        )
        numbering = (here == confusion.DOT) & (left == confusion.DIGIT)
        seen = self.seen
        typed = keystrokes.typed(seen.points, self.group, self.own, self.strange, seen.page)
        typed[[gap.at for gap in self.torn]] = False
        speech = (self.own[at] == TARGETS.index("：")) & self._quoted(at + 1)
        wrong = ~(inside_number | pieces | numbering | speech | typed[at])
        asked = np.flatnonzero(wrong & (doubt | ~ours))
        alone = (left[asked] > ODD) & (right[asked] > ODD)
        quote = confusion.among(here[asked], confusion.TICK, confusion.QUOTE)
        stays = (alone & (ours[asked] | quote)) | (quote & (self.open(at[asked]) > 0))
        return at[asked], ~stays

    def _quoted(self, at: Ints) -> Bools:
        """Whether a quotation opens at each place."""
        return np.asarray(self.own.take(at, mode="clip") == TARGETS.index("“"))

    @cached_property
    def _losses(self) -> Open:
        """The gaps where a mark may be lost."""
        site, candidate, far = self._lost_sites()
        if not len(site):
            return Open.nothing()
        made = self.judge.marks(self.judge.hole[site], self._cut(site), candidate)
        asked = Asked(site, candidate, made, self._as_it_is(site))
        read = habits.read(
            self.seen.page[self.marks], self.seen.gap[self.marks + 1], self.own[self.marks],
            len(self.seen.pages),
        )  # fmt: skip

        def weigh(*views: Asked) -> list[Told]:
            site, line = views[0].site, self.line(views[0].site, views[0].candidate)
            return habits.losses(views, self.seen.gap[site], line, read, self.seen.page[site])

        return self._in_doubt(Open(asked, far, weigh), DOUBTFUL_IF_LOST)

    def _lost_sites(self) -> tuple[Ints, Ints, Ints]:
        """The gaps to ask about, the candidates for each, and how far off its lone partner is."""
        gaps = self._hopeful(self._gaps())
        if not (len(gaps) or self.torn):
            return gaps, gaps, gaps
        wanted = sorted(TARGETS.index(mark) for mark in LOST)
        gap, mark = np.repeat(gaps, len(wanted)), np.tile(wanted, len(gaps))
        if not self.torn:
            return gap, mark, np.full(len(gap), FAR)
        lone = np.array([gap[:3] for gap in self.torn if gap.lost], dtype=np.int64).reshape(-1, 3)
        sites = np.append(gap * len(TARGETS) + mark, lone[:, 0] * len(TARGETS) + lone[:, 1])
        far = np.append(np.full(len(gap), FAR), lone[:, 2])
        order = np.lexsort((far, sites))
        ranked = sites[order]
        first = ranked != preceding(ranked, -1)
        site, candidate = np.divmod(ranked[first], len(TARGETS))
        return site, candidate, far[order][first]

    def _hopeful(self, gaps: Ints) -> Ints:
        """The gaps where a comma or a full stop would do well enough."""
        inside = (self.seen.gap[gaps] == JOINED) & self.well[self.seen.page[gaps]]
        if inside.any():
            kept = ~inside
            kept[inside] = self.judge.hinted(self.judge.hole[gaps[inside]])
            gaps = gaps[kept]
        if not len(gaps):
            return gaps
        made = self.judge.gaps(self.judge.hole[gaps], self._cut(gaps))
        comma, stop = self.line_ends(gaps)[::-1]
        gain = made - self._as_it_is(gaps)[:, None] + np.stack((comma, stop), axis=1)
        return np.asarray(gaps[gain.max(axis=1) > np.array(HOPE)[self.seen.gap[gaps]]])

    def _cut(self, gaps: Ints) -> Bools:
        """Whether a paragraph that ends at each gap may have been cut in two there."""
        return np.asarray((self.seen.gap[gaps] == PARTED) & self.seen.inside[gaps])

    def _as_it_is(self, gaps: Ints) -> Floats:
        """How well each gap reads with no mark: as two paragraphs, or one that was cut in two."""
        hole = self.judge.hole[gaps]
        kept = self.judge.read(hole, SIGHT)
        cut = np.flatnonzero(self._cut(gaps))
        joined = self.judge.marks(hole[cut], np.ones(len(cut), bool), np.full_like(cut, NOTHING))
        kept[cut] = np.maximum(kept[cut], joined)
        return kept

    def _gaps(self) -> Ints:
        """The gaps behind a Han character, a digit or a quote where the text reads badly."""
        gap, hole, seen = self.seen.gap, self.judge.hole, self.seen
        inside = self.well[seen.page] & (gap == JOINED)
        abrupt = np.where(inside, ABRUPT_INSIDE, np.array(ABRUPT).take(gap))
        here = (self.judge.score.take(hole) < abrupt) & (seen.inside | (gap == PARTED))
        bad = np.flatnonzero(here)
        wonder = np.where(inside[bad], WONDER_INSIDE, np.array(WONDER).take(gap[bad]))
        here[bad] = self.judge.read(hole[bad], SIGHT) < wonder
        ends = seen.ends
        here[ends] |= np.maximum(*self.line_ends(ends)) > 0
        here[ends[self.headlines()]] = here[seen.first] = False
        for jump in jumps(seen.text):
            here[jump : min(jump + JUMP_LINE, seen.end[seen.page[jump]] + 1)] = False
        gaps = np.flatnonzero(here)
        return np.asarray(gaps[self._may_end(gaps)])

    def _may_end(self, gaps: Ints) -> Bools:
        """Whether a phrase may end at each gap, as what stands on both sides shows."""
        left, right = self.groups[gaps], self.groups[gaps + 1]
        opens = _openings()[self.own[gaps]]
        ends = confusion.among(left, HAN, confusion.DIGIT, confusion.QUOTE) & (
            (right > ODD) | opens
        )
        return ends & ((self.seen.gap[gaps] < PARTED) | (self.prose(gaps - 1) > 0))

    def _table(self, sites: Open, *, lost: bool) -> Candidates:
        """The evidence for each candidate that is worth weighing, as two judges see it."""
        asked, far = sites.asked, sites.far
        if not len(asked.site):
            none = np.empty((0, len(FEATURES)))
            return Candidates(asked.site, asked.candidate, none, np.empty(0, bool))
        pointed = self._pointed(asked, lost=lost)
        (odds, habit), (pointed_odds, pointed_habit) = sites.weigh(asked, pointed)
        worth = (asked.gain > ASKED) & (np.maximum(odds, pointed_odds) > LONG_ODDS)
        worth |= lost & (far < FAR) & (pointed.gain > ASKED)
        site, candidate = asked.site[worth], asked.candidate[worth]
        rows = np.empty((len(site), len(FEATURES)))
        if len(site):
            own: dict[str, Ints | Floats] = {"posterior": odds, "habit": habit}
            own |= {"gain": asked.gain, "lead": asked.lead(), "fit": asked.made}
            own |= {"pointed": pointed.made, "pointed_gain": pointed.gain}
            own |= {"pointed_lead": pointed.lead(), "pointed_posterior": pointed_odds}
            own |= {"pointed_habit": pointed_habit, "torn": far}
            table: Evidence = {name: values[worth] for name, values in own.items()}
            table |= {"candidate": candidate, **around(self, site, lost=lost)}
            table["line"] = self.line(site, candidate) if lost else 0
            for column, name in enumerate(FEATURES):
                rows[:, column] = table[name]
        return Candidates(site, candidate, rows, self.typed[self.seen.page[site]])


@cache
def _openings() -> Bools:
    """For each mark whether it opens a quotation, a title or an aside."""
    return np.array([mark in "“‘《（" for mark in TARGETS] + [False, False])
