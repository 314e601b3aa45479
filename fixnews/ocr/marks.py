"""Is a mark the one that was printed? What tells, at every mark and at every gap of a page.

A recogniser reads ``·`` or ``*`` for ``。``, loses a comma at the end of a line, sees a mark where
there was dust. Each place where that may have happened is a *site*, what may have been printed
there a *candidate*. The language model weighs every candidate with what stands on both sides
(`fixnews.ocr.judge`), the page shows its recogniser's habits (`fixnews.ocr.habits`), and what
surrounds the site (`fixnews.ocr.survey`) is evidence, too. A small forest turns all of
it into the probability that the candidate was printed. Training is `scripts/train_marks.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fixnews.language import SIGHT
from fixnews.ocr import habits, keyboard, signs
from fixnews.ocr.habits import Asked
from fixnews.ocr.reading import PARTED, WRAPPED, following, preceding
from fixnews.ocr.signs import HAN, LOST, NOTHING, ODD, TARGETS
from fixnews.ocr.survey import FAR, Survey

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

MODELS = Path(__file__).parents[1] / "models"

DOUBT = -17.0
"""Log-probability of a mark and the three characters behind it from which nobody asks whether the
mark is right: a better one could not gain enough."""

WONDER, ABRUPT = (-12.0, -12.0, -10.0, -10.0), (-5.0, -5.0, -4.0, -4.0)
"""The same for the three characters behind a gap where a mark may be lost, and for the first of
them: what follows a lost mark comes abruptly. By what lies in the gap: nothing, a blank, a line
break, the end of a paragraph."""

WONDER_INSIDE, ABRUPT_INSIDE, HINT_INSIDE = -14.1, -6.4, -5.0
"""The same inside a line of a page that reads well, where a lost mark is only ever offered, and the
least that a comma or a full stop must gain there by pairs alone: of such offers (odd days of a
daily, 3 % of the marks lost) four in five pass, of the other gaps three in ten."""

HINT, HINT_IF_WELL = -1.0, 0.0
"""Gain by pairs alone from which another mark is weighed in full, and where a page reads well: of
871 marks that are found on half of the readings of January 1998 two offers lie below the first,
three places in five on clean pages; of 102 that are found there one lies below the second, and
three places in four."""

HOPE = (1.0, -1.0, -5.0, -5.0)
"""Gain of a comma or a full stop from which all marks are tried in the same gap, by what lies
there: nothing, a blank, a line break, the end of a paragraph. Inside a line nothing but the words
speaks for a loss."""

ASKED = -6.0
"""Gain from which a candidate is weighed at all."""

SWAPPED = 1.0
"""Gain from which a sign that is a mark itself is asked about: of 90 that were changed on readings
of January 1998, 2 gained less; a third of the places is left."""

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

_JUMPS = re.compile("下[转轉]|[紧緊][转轉]|[转轉]第")

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
        site: the character that each stands for, or that it would stand before; in order.
        candidate: an index into `TARGETS`, or `NOTHING`.
        rows: a column for each of `FEATURES`.
        typed: whether neither its words nor its signs show that a machine read the page.
    """

    site: Ints
    candidate: Ints
    rows: Floats
    typed: bool

    def column(self, name: str) -> Floats:
        """One piece of evidence for every candidate."""
        return self.rows[:, FEATURES.index(name)]


class Marks(Survey):
    """The sites of a page, with the candidates of each and what speaks for them."""

    def misread(self) -> Candidates:
        """Every sign that may stand for another mark, with all that it may stand for."""
        import numpy as np

        site, candidate = self._hinted(*self._misread_sites())
        place = self.judge.place[site]
        made = self.judge.replaced(place, candidate)
        least = np.where(self.own[site] <= NOTHING, SWAPPED, ASKED)
        asked = Asked(site, candidate, made, self.judge.read(place, SIGHT + 1)).hopeful(least)
        settled = self.mark & (self.own < NOTHING)
        settled[asked.site] = False
        known = self.seen.points[settled], self.own[settled]

        def weigh(view: Asked) -> tuple[Floats, Floats]:
            point, own = self.seen.points[view.site], self.own[view.site]
            return habits.misreadings(view, point, own, known, self.size)

        asked = asked.take(self._doubtful(asked, weigh(asked)[0] > DOUBTFUL, self._far(asked)))
        views = [(view, *weigh(view)) for view in (asked, self._pointed(asked, lost=False))]
        return self._table(views, self._far(asked), lost=False)

    def _hinted(self, site: Ints, candidate: Ints) -> tuple[Ints, Ints]:
        """The sites where a model of pairs would have another mark, or none."""
        import numpy as np

        judge, place = self.judge, self.judge.place[site]
        code = np.append(judge.targets, 0)[candidate]
        made = judge.fits(place - 1, code, place + 1)
        made[candidate == NOTHING] = np.inf
        sites = Asked(site, candidate, made, judge.fits(place - 1, judge.codes[place], place + 1))
        kept = sites.hopeful(HINT_IF_WELL if self.well else HINT)
        return kept.site, kept.candidate

    def _doubtful(self, asked: Asked, likely: Any, far: Ints) -> Any:
        """Which are put to the network: all, or where a page reads well the sites in doubt."""
        return asked.site_has(likely | (far < FAR) | (not self.well))

    def _far(self, asked: Asked) -> Ints:
        """How far the lone partner is of which each candidate would be the other half."""
        import numpy as np

        partners = {(gap.at, gap.mark): gap.far for gap in self.torn}
        pairs = zip(asked.site.tolist(), asked.candidate.tolist(), strict=True)
        return np.array([partners.get(pair, FAR) for pair in pairs], dtype=np.int64)

    def _pointed(self, asked: Asked, *, lost: bool) -> Asked:
        """The same candidates as the network weighs them against what was read.

        Of signs that newspapers do not print it knows nothing: there the language model is asked.
        """
        import numpy as np

        first, number = asked.first()
        site = asked.site[first]
        place = (self.judge.hole if lost else self.judge.place)[site]
        chance = self.judge.pointed(place, sign=not lost)
        own = np.full(len(site), NOTHING) if lost else self.own[site]
        foreign = np.maximum.reduceat(asked.gain, first) if len(first) else asked.gain
        known = chance[np.arange(len(site)), np.minimum(own, NOTHING)] + (GAPS if lost else 0)
        kept = np.where(own > NOTHING, -np.clip(foreign, 0, -FAINTEST), known)
        made = chance[number, asked.candidate]
        made, kept = np.maximum(made, FAINTEST), np.maximum(kept[number], FAINTEST)
        return Asked(asked.site, asked.candidate, made, kept)

    def _misread_sites(self) -> tuple[Ints, Ints]:
        """The signs to ask about, and the candidates for each."""
        import numpy as np

        left, right = preceding(self.group, ODD), following(self.group, ODD)
        inside_number = (left > HAN) & (right > HAN)
        ours = self.own < signs.FOREIGN
        doubt = self.judge.read(self.judge.place[:-1], SIGHT + 1) < DOUBT
        dots = signs.among(self.group, signs.DOT, signs.DOTS)
        pieces = dots & (preceding(dots, first=False) | following(dots, last=False))
        numbering = (self.group == signs.DOT) & (left == signs.DIGIT)
        typed = keyboard.typed(self.seen.points, self.group, self.own, self.strange)
        typed[[gap.at for gap in self.torn if gap.at < self.size]] = False
        quote = following(self.own, NOTHING) == TARGETS.index("“")
        speech = (self.own == TARGETS.index("：")) & quote
        wrong = ~(inside_number | pieces | numbering | speech | typed)
        asked = np.flatnonzero(self.mark & wrong & (doubt | ~ours))
        row, candidate = np.nonzero(signs.candidates(self.seen.points[asked]))
        site = asked[row]
        alone = (left[site] > ODD) & (right[site] > ODD)
        quote = signs.among(self.group[site], signs.TICK, signs.QUOTE)
        kept = (alone & (ours[site] | quote)) | (quote & (self.open[site] > 0))
        fits = ~(kept & (candidate == NOTHING))
        return site[fits], candidate[fits]

    def lost(self) -> Candidates:
        """Every gap where a mark may be lost, with the marks that may have stood there."""
        import numpy as np

        site, candidate, far = self._lost_sites()
        asked = Asked(site, candidate, self._made(site, candidate), self._as_it_is(site))
        shape = len(habits.LOSS), signs.FOREIGN + 1
        cell = self.seen.gap[1:] * shape[1] + self.own
        read = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)

        def weigh(view: Asked) -> tuple[Floats, Floats]:
            line = self.line(view.site, view.candidate)
            return habits.losses(view, self.seen.gap[view.site], line, read)

        doubtful = self._doubtful(asked, weigh(asked)[0] > DOUBTFUL_IF_LOST, far)
        asked, far = asked.take(doubtful), far[doubtful]
        views = [(view, *weigh(view)) for view in (asked, self._pointed(asked, lost=True))]
        return self._table(views, far, lost=True)

    def _lost_sites(self) -> tuple[Ints, Ints, Ints]:
        """The gaps to ask about, the candidates for each, and how far off its lone partner is."""
        import numpy as np

        gaps = self._gaps()
        two = np.repeat(gaps, 2)
        either = np.tile([TARGETS.index(mark) for mark in "，。"], len(gaps))
        kept = np.repeat(self._as_it_is(gaps), 2)
        gain = self._made(two, either) - kept + self.line(two, either)
        hope = np.array(HOPE)[self.seen.gap[gaps]]
        gaps = gaps[gain.reshape(-1, 2).max(axis=1) > hope]
        wanted = [TARGETS.index(mark) for mark in LOST]
        gap, mark = np.repeat(gaps, len(wanted)), np.tile(wanted, len(gaps))
        lone = np.array([gap[:3] for gap in self.torn if gap.lost], dtype=np.int64).reshape(-1, 3)
        sites = np.append(gap * len(TARGETS) + mark, lone[:, 0] * len(TARGETS) + lone[:, 1])
        far = np.append(np.full(len(gap), FAR), lone[:, 2])
        order = np.lexsort((far, sites))
        ranked = sites[order]
        first = ranked != preceding(ranked, -1)
        site, candidate = np.divmod(ranked[first], len(TARGETS))
        return site, candidate, far[order][first]

    def _made(self, site: Ints, candidate: Ints) -> Floats:
        """How well each gap reads with a candidate in it, as two paragraphs or one."""
        import numpy as np

        hole = self.judge.hole[site]
        made = self.judge.inserted(hole, candidate)
        cut = (self.seen.gap[site] == PARTED) & (site < self.size)
        joined = self.judge.inserted(hole[cut], candidate[cut], joined=True)
        made[cut] = np.maximum(made[cut], joined)
        return made

    def _as_it_is(self, gaps: Ints) -> Floats:
        """How well each gap reads with no mark: as two paragraphs, or one that was cut in two."""
        import numpy as np

        judge, hole = self.judge, self.judge.hole
        kept = judge.read(hole[gaps], SIGHT)
        cut = (self.seen.gap[gaps] == PARTED) & (gaps < self.size)
        kept[cut] = np.maximum(kept[cut], judge.joined(hole[gaps[cut]]))
        return kept

    def _gaps(self) -> Ints:
        """The gaps behind a Han character, a digit or a quote where the text reads badly."""
        import numpy as np

        left, right = np.append(ODD, self.group), np.append(self.group, ODD)
        ends = signs.among(left, HAN, signs.DIGIT, signs.QUOTE)
        point = np.append(self.seen.points, 0)
        ends &= (right > ODD) | np.isin(point, [ord(mark) for mark in "“‘《（("])
        prose = np.append(0, self.prose) > 0
        ends &= prose | (self.seen.gap < PARTED)
        gap = self.seen.gap
        wonder = self.judge.read(self.judge.hole, SIGHT) < np.array(WONDER)[gap]
        wonder &= self.judge.score[self.judge.hole] < np.array(ABRUPT)[gap]
        told = np.maximum(*self.line_ends(np.arange(self.size + 1))) > 0
        here = ends & (wonder | told) & ~self.headlines()
        here[0] = False
        for jump in _JUMPS.finditer(self.seen.text):
            here[jump.start() : jump.start() + JUMP_LINE] = False
        gaps = np.flatnonzero(here)
        return self._hopeful_gaps(gaps) if self.well else gaps

    def _hopeful_gaps(self, gaps: Ints) -> Ints:
        """Without those inside a line where pairs show that no mark would do."""
        import numpy as np

        judge, hole = self.judge, self.judge.hole[gaps]
        inside = self.seen.gap[gaps] == 0
        hopeful = judge.read(hole, SIGHT) < WONDER_INSIDE
        hopeful &= judge.score[hole] < ABRUPT_INSIDE
        gaps, hole = gaps[~inside | hopeful], hole[~inside | hopeful]
        inside = self.seen.gap[gaps] == 0
        made = [
            judge.fits(hole - 1, np.full(len(hole), judge.targets[TARGETS.index(mark)]), hole)
            for mark in "，。"
        ]
        kept = judge.model.pairs(judge.codes[hole - 1], judge.codes[hole])
        hopeful = ~inside | (np.maximum(*made) - kept > HINT_INSIDE)
        return np.asarray(gaps[hopeful])

    def _table(
        self, views: list[tuple[Asked, Floats, Floats]], far: Ints, *, lost: bool
    ) -> Candidates:
        """The evidence for each candidate that is worth weighing, as two judges see it."""
        import numpy as np

        (asked, odds, habit), (pointed, pointed_odds, pointed_habit) = views
        worth = (asked.gain > ASKED) & (np.maximum(odds, pointed_odds) > LONG_ODDS)
        worth |= lost & (far < FAR) & (pointed.gain > ASKED)
        site, candidate = asked.site[worth], asked.candidate[worth]
        own = {"gain": asked.gain, "lead": asked.lead(), "fit": asked.made}
        own |= {"posterior": odds, "habit": habit}
        own |= {"pointed": pointed.made, "pointed_gain": pointed.gain}
        own |= {"pointed_lead": pointed.lead(), "pointed_posterior": pointed_odds}
        own |= {"pointed_habit": pointed_habit, "torn": far.astype(np.float64)}
        table: dict[str, Any] = {name: values[worth] for name, values in own.items()}
        table |= {"candidate": candidate, **self._around(site, lost=lost)}
        table["line"] = self.line(site, candidate) if lost else np.zeros(len(site))
        rows = np.column_stack([table[name] for name in FEATURES]).astype(np.float64)
        return Candidates(site, candidate, rows, self.typed)

    def _around(self, site: Ints, *, lost: bool) -> dict[str, Any]:
        """What surrounds each site: a sign, or a gap before a character."""
        import numpy as np

        n, seen = self.size, self.seen
        group = np.append(self.group, [ODD, ODD, ODD])
        gap, score = np.append(seen.gap, PARTED), np.append(self.score, [0.0, 0.0])
        last, right = np.minimum(site, n - 1), site + (not lost)
        until = (self.this_mark if lost else self.next_mark)[last]
        line_end = np.maximum(site - 1, 0) if lost else last
        point = np.minimum(seen.points[last], (1 << 16) - 1)
        whole = np.ones(len(site))
        return {
            "group": np.where(lost, -1, group[last]),
            "half": np.where(lost, 0, seen.points[last] < 0x7F),
            "before": np.append(ODD, group)[site], "behind": group[right],
            "gap_before": gap[site], "gap_behind": gap[right],
            "short": seen.short[line_end], "even": self.even[line_end],
            "kinsoku": (gap[right] == WRAPPED) & (group[right + 1] <= ODD),
            "since_stop": np.minimum(site - self.last_stop[last], FAR),
            "since_mark": np.minimum(site - self.last_mark[last], FAR),
            "until_mark": np.minimum(until - site, FAR),
            "next_mark": group[np.minimum(until, n)],
            "prev_mark": group[np.maximum(self.last_mark[last], 0)],
            "open": self.open[last], "prose": self.prose[last], "local": self.local[last],
            "noise": whole * self.noise, "odd": whole * self.odd,
            "half_share": whole * self.half_share,
            "same": np.where(lost, 0, self.same[point] / max(1, self.between.sum())),
            "surprise": score[site], "wonder": score[site + 1],
        }  # fmt: skip
