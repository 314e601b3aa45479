"""The pages of a unit repaired, and what there is to say of each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any

from fixnews import issue
from fixnews.article import articles
from fixnews.corpus.leaves import Figures, Leaf, Mended, Trouble, Unit
from fixnews.corpus.shards import Order
from fixnews.errors import FixnewsError
from fixnews.islands.genre import genre
from fixnews.issue import Outcome
from fixnews.jumps import page_names
from fixnews.patterns import lazy
from fixnews.pipeline import repair, repair_each
from fixnews.report.statistics import PageCount, counted
from fixnews.report.stories import Named, as_json
from fixnews.source import Source
from fixnews.steps import Decide
from fixnews.verdicts import unless
from fixnews.writing_back import encoded

REPAIRED, UNTOUCHED, REFUSED = "repaired", "untouched", "refused"

_YEAR = lazy(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)(?:[-/年.](0[1-9]|1[0-2])(?!\d))?")


def mend(unit: Unit, order: Order) -> list[Mended]:
    """Repair the pages of a unit, those that can be read, each with what became of it."""
    read = [(leaf, _source(leaf, order)) for leaf in unit.leaves]
    good = [(leaf, source) for leaf, source in read if isinstance(source, Source)]
    way = _together if unit.together else _apart
    done = iter(
        [one for outcome, leaves in way(good, order) for one in _told(outcome, leaves, order)]
    )
    return [
        next(done) if isinstance(source, Source) else refused(leaf, source) for leaf, source in read
    ]


def _source(leaf: Leaf, order: Order) -> Source | str:
    """The page decoded; or why it is left as it is."""
    if isinstance(leaf.content, str):
        return Source(leaf.name, leaf.content)
    try:
        source = issue.page(leaf.content, leaf.name, order.config)
    except FixnewsError as error:
        return str(error).removeprefix(f"{leaf.name}: ")
    told = genre(source.text, source.path)
    if told.is_data and not order.config.as_text:
        return f"{told.value}, no newspaper text (--as-text reads it as such)"
    return source


def refused(leaf: Leaf, reason: str) -> Mended:
    """A page that stays as it is, and why."""
    data = leaf.content if isinstance(leaf.content, bytes) else b""
    figures = _figures(leaf, REFUSED, None)
    return Mended(leaf, figures, data=data, trouble=Trouble(leaf.name, reason))


_Good = Sequence[tuple[Leaf, Source]]


def _together(good: _Good, order: Order) -> Iterator[tuple[Outcome, list[Leaf]]]:
    """The pages as those of one issue."""
    if not good:
        return
    leaves, sources = [leaf for leaf, _ in good], [source for _, source in good]
    context = issue.context(sources, order.config)
    named = zip(leaves, context.labels, strict=True)
    labels = tuple(leaf.label or label for leaf, label in named)
    known = replace(context, labels=labels)
    done = repair(sources, known, _decision(order), issue.selection(order.config))
    yield Outcome(tuple(Path(s.path) for s in sources), done, labels=labels), leaves


def _apart(good: _Good, order: Order) -> Iterator[tuple[Outcome, list[Leaf]]]:
    """The pages each by itself."""
    context = issue.context([], order.config)
    labels = [(leaf.label or source.path,) for leaf, source in good]
    pairs = [
        (source, replace(context, labels=label))
        for (_, source), label in zip(good, labels, strict=True)
    ]
    done = repair_each(pairs, _decision(order), issue.selection(order.config))
    for (leaf, source), label, one in zip(good, labels, done, strict=True):
        yield Outcome((Path(source.path),), one, labels=label), [leaf]


def _decision(order: Order) -> Decide:
    judged = issue.decision(order.config)
    return unless(order.rejected, judged) if order.rejected else judged


def _told(outcome: Outcome, leaves: Sequence[Leaf], order: Order) -> Iterator[Mended]:
    """What became of each page of an outcome."""
    stories = _stories(outcome, leaves) if order.articles else {}
    counts = list(counted(outcome))
    rows: list[list[dict[str, Any]]] = [[] for _ in leaves]
    for c in outcome.corrections:
        leaf = leaves[c.source]
        rows[c.source].append({"file": leaf.file, "issue": leaf.issue, **c.to_dict()})
    for number, leaf in enumerate(leaves):
        changed = outcome.texts[number] != outcome.sources[number].text
        try:
            data = _bytes(outcome, number, leaf, order)
        except FixnewsError as error:
            yield refused(leaf, str(error).removeprefix(f"{leaf.name}: "))
            continue
        yield Mended(
            leaf,
            _figures(leaf, REPAIRED if changed else UNTOUCHED, counts[number]),
            outcome.texts[number] if changed else None,
            data,
            tuple(rows[number]),
            tuple(stories.get(number, ())),
        )


def _bytes(outcome: Outcome, number: int, leaf: Leaf, order: Order) -> bytes:
    """What a page file is to hold; a row has no bytes of its own."""
    if isinstance(leaf.content, str):
        return b""
    encoding = None if order.config.output_encoding == "keep" else "utf-8"
    return encoded(outcome, number, encoding, same=True)


def _stories(outcome: Outcome, leaves: Sequence[Leaf]) -> dict[int, list[str]]:
    """The stories of each page, each a line of JSON."""
    found: dict[int, list[str]] = {}
    for story in articles(outcome.repair, outcome.labels):
        mine = found.setdefault(story.source, [])
        name = f"{_bare(leaves[story.source])}-{len(mine) + 1}"
        facts = json.loads(as_json(Named(name, story, (), ())))
        told = {"file": leaves[story.source].file, "issue": leaves[story.source].issue}
        mine.append(json.dumps(told | facts, ensure_ascii=False) + "\n")
    return found


def _bare(leaf: Leaf) -> str:
    """What a story's id begins with: the id of its row, or the path of its page without suffix."""
    is_row = isinstance(leaf.content, str)
    return leaf.name if is_row else PurePath(leaf.name).with_suffix("").as_posix()


def _figures(leaf: Leaf, state: str, count: PageCount | None) -> Figures:
    day = _day(leaf.issue) or _day(leaf.name) or _day(leaf.file)
    told = (leaf.name, leaf.file, leaf.issue, day, state)
    if count is None:
        return Figures(*told, 0, 0, 0, 0, 0.0)
    numbers = (count.characters, count.applied, count.suggested, count.noted)
    return Figures(*told, *numbers, round(count.left, 4))


@lru_cache(maxsize=1 << 10)
def _day(name: str) -> str:
    """The day in a name, or its month or year."""
    told = page_names.read(name).day
    if told:
        return told
    found = _YEAR.search(name)
    return "-".join(filter(None, found.groups())) if found else ""
