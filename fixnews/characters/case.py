"""One page before the court: what is likely misread on it, and what is known of each place.

`suspects` flags and weighs, `misreadings` judges each candidate as if the page were news,
`restraint` says what may be put right unasked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from pathlib import Path

import numpy as np

from fixnews import forest, language, witness
from fixnews.arrays import Bools, Floats, Ints, Singles, distinct
from fixnews.characters import (
    channel,
    cloze,
    completions,
    filling,
    misreadings,
    restraint,
    suspects,
)
from fixnews.characters.bylines import in_names
from fixnews.characters.fluency import Fluency
from fixnews.characters.suspects import Flags, Suspects
from fixnews.characters.weighing import Sources
from fixnews.forest import Forest
from fixnews.language import MODELS, Model
from fixnews.language.alphabet import code_points
from fixnews.recall import CHARACTERS, Recall, page_size

PRICE, ALIKE = 7.0, 0.7
"""Price in nats below which, and likeness from which, an error is one that recognisers make: on
other pages than theirs nothing else is put right unasked. Of 17 right characters that would have
been changed in 1,447 proofread sentences 4 are left, and of 380 subtitle errors 311."""

ROWS_KEPT = 1 << 12
"""Rows of evidence whose answers are kept, half a kB each: those of two damaged pages of 20,000
characters."""

TINY = 1e-6
"""The least that a probability counts as."""


@dataclass(frozen=True, slots=True)
class Judge:
    """What misreadings are judged with; of what ships only that is loaded which a page asks for.

    Loading all of it takes longer than reading a page on which nothing is suspicious.

    Attributes:
        model: the file of the language model, or None for the one that ships.
        own_sources: where candidates come from, and what weighs them, if not those that ship.
        own_trees: the trained forest, if not the one that ships.
    """

    model: Path | None = None
    own_sources: Sources | None = None
    own_trees: Forest | None = None

    @classmethod
    def shipped(cls, model: Path | None = None) -> Judge:
        """The judge that ships, with another language model if one is named."""
        return cls(model)

    @property
    def reader(self) -> Model:
        """The language model."""
        return self.own_sources.model if self.own_sources else language.load(self.model)

    @property
    def sources(self) -> Sources:
        """Where candidates come from, and what weighs them."""
        return self.own_sources or every(self.model)

    @property
    def trees(self) -> Forest:
        """The forest for pages that read badly."""
        return self.own_trees or forest.load(misreadings.FOREST)

    @property
    def plain(self) -> Forest:
        """The one for pages that read well, where the network is not asked."""
        return forest.load(misreadings.PLAIN)

    @property
    def restraint(self) -> Forest:
        """The one that says what may be applied unasked."""
        return forest.load(restraint.FOREST)

    def of(self, flags: Flags) -> tuple[Sources, Forest]:
        """What a page is judged with."""
        return self.court(well=suspects.reads_well(flags.units, flags.scores))

    def court(self, *, well: bool) -> tuple[Sources, Forest]:
        """What pages that read well are judged with, or those that do not."""
        if well:
            return witness.sources(self.model), self.plain
        return self.sources, self.trees


@lru_cache(MODELS)
def every(model: Path | None) -> Sources:
    """All that candidates for misread characters come from."""
    return Sources(language.load(model), channel.load(), completions.load(), cloze.load())


@dataclass(frozen=True, slots=True)
class Case:
    """What was found likely on a simplified page, with all that is known of it.

    Attributes:
        text: the page.
        found: the likeliest candidate of each place.
        rows: the evidence for a misreading at each; shape (n, `misreadings.FEATURES`).
        odds: the probability of each; shape (n,).
        flags: what the first stage says of the page.
        judge: what judged it.
        network: whether the network was asked.
    """

    text: str
    found: Suspects
    rows: Floats
    odds: Floats
    flags: Flags
    judge: Judge
    network: bool

    def evidence(self, asked: Bools) -> Floats:
        """What speaks for and against putting those right unasked that are asked about.

        Who read the page is not in it yet: `margins` is told.
        """
        flow = Fluency.of(self.flags, self.judge.reader)
        even = np.clip(self.odds, TINY, 1 - TINY)
        odds = np.log(even) - np.log1p(-even)
        found, rows = self.found.take(asked), self.rows[asked]
        others = ((odds > 0).sum() - (odds > 0))[asked]
        seen = (flow, others, self.network)
        return restraint.evidence(self.text, found, rows, odds[asked], seen)

    @property
    def direct(self) -> Bools:
        """Which are errors such as recognisers make: of like shape, at a price that is known."""
        return (self.found.cost < PRICE) & (self.found.alike >= ALIKE)

    def margins(self, evidence: Floats, machine: float) -> Floats:
        """The log-odds that those may be put right unasked that `evidence` is about.

        Args:
            evidence: a row each, shape (n, `restraint.FEATURES`).
            machine: the log-odds that a machine read the page.
        """
        share = self.judge.restraint.probability(restraint.if_read(evidence, machine))
        return np.asarray(np.log(np.maximum(share, TINY)) - np.log(np.maximum(1 - share, TINY)))


def judged(text: str, judge: Judge) -> Case | None:
    """What was found likely on a simplified page; None if there is nothing suspicious."""
    flags = suspects.flagged(text, judge.reader)
    if not flags.crowd.any():
        return None
    sources, trees = judge.of(flags)
    found = suspects.find(text, sources, flags)
    if len(found.at):
        found = found.take(~misreadings.interchangeable(found, flags.units))
        found = found.take(~in_names(text, found.at))
    if not len(found.at):
        return None
    rows = misreadings.evidence(text, found, sources.model)
    odds = _remembered(trees, rows)
    best = misreadings.best(found, odds)
    network = sources.cloze is not None
    return Case(text, found.take(best), rows[best], odds[best], flags, judge, network)


@lru_cache(MODELS)
def _looks(model: Path | None, least: float) -> Recall[str, bool]:
    """What says of simplified pages whether anything on them is as likely misread."""
    judge = Judge.shipped(model)
    return Recall(lambda texts: _doubted(texts, judge, least), CHARACTERS, page_size)


def weighed_ahead(texts: Sequence[str], model: Path | None, least: float) -> None:
    """Weigh what is suspicious on pages together: what is remembered of it is `judged`.

    Args:
        texts: simplified pages; none is empty.
        model: the language model to use, or None for the one that is shipped.
        least: what is less probable is not asked for.
    """
    _looks(model, least)(texts)


def is_cleared(text: str, model: Path | None, least: float) -> bool:
    """Whether a page was weighed ahead and nothing on it is as likely misread."""
    return _looks(model, least).known.get(text) is False


def _doubted(texts: Sequence[str], judge: Judge, least: float) -> list[bool]:
    """For each page whether something on it is as likely misread."""
    together = suspects.Together.of(texts, judge.reader)
    reads_well, found = together.well, np.zeros(len(texts), dtype=bool)
    for well in (True, False):
        if not (some := reads_well == well).any():
            continue
        sources, trees = judge.court(well=well)
        page, at, rows = together.asked(some, sources)
        told = filling.weigher(sources)(rows)
        open_ = np.fromiter(map(bool, told), bool, len(told))
        if open_.any():
            numbers = distinct(page[open_])
            own = [texts[n] for n in numbers.tolist()]
            pages = misreadings.Pages.of(own)
            places = pages.first[numbers.searchsorted(page[open_])] + at[open_]
            flags = _laid_out(together, numbers, pages)
            seen = suspects.told(places, list(compress(told, open_)), *flags)
            number, odds = _odds(own, pages, seen, trees, sources.model)
            found[numbers[number[odds >= least]]] = True
    return found.tolist()


def _laid_out(
    together: suspects.Together, numbers: Ints, pages: misreadings.Pages
) -> tuple[Bools, Singles]:
    """What the first stage says of some pages, one behind the other: flags and scores."""
    crowd, scores = np.zeros(pages.end[-1], bool), np.zeros(pages.end[-1], np.float32)
    for number, first, end in zip(numbers.tolist(), *pages, strict=True):
        own = together.page(number)
        crowd[first:end] = together.flags.crowd[own]
        scores[first:end] = together.flags.scores[own]
    return crowd, scores


def _odds(
    texts: Sequence[str], pages: misreadings.Pages, found: Suspects, trees: Forest, model: Model
) -> tuple[Ints, Floats]:
    """For each suspect of pages that may be put right its page, and how likely it is misread."""
    whole = misreadings.APART.join(texts)
    found = found.take(~misreadings.interchangeable(found, code_points(whole)))
    page = pages.number(found.at)
    named = [in_names(text, found.at[page == n] - pages.first[n]) for n, text in enumerate(texts)]
    found = found.take(~np.concatenate(named))
    rows = misreadings.evidence(whole, found, model, pages)
    return pages.number(found.at), trees.probability(rows)


def _remembered(trees: Forest, rows: Floats) -> Floats:
    """The probability of each row; those that were asked about lately are remembered.

    How noisy a page is stands in all of its rows and changes with every key, but seldom so much
    that a tree would tell it.
    """
    same, noise = rows.copy(), misreadings.FEATURES.index("noise")
    same[:, noise] = trees.alike(noise, float(rows[0, noise]))
    raw, size = same.tobytes(), same.shape[1] * same.itemsize
    return np.array(_answers(trees)([raw[at : at + size] for at in range(0, len(raw), size)]))


@lru_cache(2 * MODELS)
def _answers(trees: Forest) -> Recall[bytes, float]:
    """What a forest says of rows that it has not seen lately."""

    def worked_out(rows: list[bytes]) -> list[float]:
        table = np.frombuffer(b"".join(rows), np.float64).reshape(len(rows), -1)
        told: list[float] = trees.probability(table).tolist()
        return told

    return Recall(worked_out, ROWS_KEPT)
