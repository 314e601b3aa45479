"""Which pages to look at first: corrections per page, per rule, per thousand characters."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from fixnews.controls import name
from fixnews.correction import Correction
from fixnews.filters import rule_names
from fixnews.issue import Outcome
from fixnews.report.cells import text_width
from fixnews.report.records import as_csv
from fixnews.tongues import ENGLISH, Tongue

UNSEEN = {"OCR": 9.0}
"""Errors on a page for each that a rule of this family points at, itself included; 1 elsewhere.

Fitted on 41 pages that two recognisers read column by column at three grades of noise, and tried on
34 others: the estimate ranks those by what was really left with a Spearman correlation of 0.95
(median 46 against 44 errors in a thousand characters, typically off by a factor of 1.2); on the
same pages without errors it says 2.5. Columns read across are beyond it."""


class PageCount(NamedTuple):
    """What was found on one page.

    Attributes:
        path: the page.
        characters: its length without white space.
        applied, suggested, noted: how many corrections of each kind.
        left: how many characters are probably still wrong once what is safe has been applied:
            the sum of the probabilities of the suggestions, and of each repair being wrong,
            with what rules of that kind do not see.
    """

    path: str
    characters: int
    applied: int
    suggested: int
    noted: int
    left: float

    @property
    def per_thousand(self) -> float:
        """Corrections and suggestions per thousand characters."""
        return 1000 * (self.applied + self.suggested) / max(self.characters, 1)

    @property
    def left_per_thousand(self) -> float:
        """Remaining noise per thousand characters."""
        return 1000 * self.left / max(self.characters, 1)


def counted(outcome: Outcome) -> Iterator[PageCount]:
    """The figures of each page of an issue."""
    pages: list[list[Correction]] = [[] for _ in outcome.sources]
    for c in outcome.corrections:
        pages[c.source].append(c)
    for source, found in zip(outcome.sources, pages, strict=True):
        notes = sum(c.safety == "note" for c in found)
        applied = sum(c.applied for c in found)
        size = len("".join(source.text.split()))
        left = min(sum(map(_left, found)), float(size))
        yield PageCount(source.path, size, applied, len(found) - applied - notes, notes, left)


def _left(c: Correction) -> float:
    if c.safety == "note":
        return 0.0
    doubt = 1 - c.confidence if c.applied else c.confidence
    return doubt * UNSEEN.get(c.code[:3], 1.0)


_HEAD = (
    ("chars", 9),
    ("applied", 9),
    ("offered", 9),
    ("noted", 7),
    ("per 1000", 10),
    ("left/1000", 11),
)
"""The heads of the columns, and the cells of each."""


class Figures(NamedTuple):
    """The pages, those with most noise left first, and how often each rule spoke."""

    pages: list[PageCount]
    codes: Counter[str]

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> Figures:
        """The figures of some issues."""
        pages: list[PageCount] = []
        codes: Counter[str] = Counter()
        for outcome in outcomes:
            pages += counted(outcome)
            codes.update(c.code for c in outcome.corrections)
        pages.sort(key=lambda page: (-page.left_per_thousand, -page.per_thousand, page.path))
        return cls(pages, codes)


COLUMNS = (*PageCount._fields, "per_thousand", "left_per_thousand")


def statistics_csv(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """The pages as rows, under the names of the columns."""
    pages = Figures.of(outcomes).pages
    yield from as_csv([COLUMNS, *(tuple(_facts(page).values()) for page in pages)])


def statistics_json(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """The pages, their total and the rules as one object."""
    pages, codes = Figures.of(outcomes)
    names, total = rule_names(), _total(pages)
    rules = [
        {"code": code, "name": names.get(code, ""), "count": count}
        for code, count in codes.most_common()
    ]
    whole = {"pages": len(pages)} | {k: v for k, v in _facts(total).items() if k != "path"}
    told = {"pages": [_facts(page) for page in pages], "total": whole, "rules": rules}
    yield json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _facts(page: PageCount) -> dict[str, object]:
    """A page as programs read it; what is estimated to four places."""
    facts = {name: getattr(page, name) for name in COLUMNS}
    return {k: round(v, 4) if isinstance(v, float) else v for k, v in facts.items()}


def statistics(outcomes: Iterable[Outcome], tongue: Tongue = ENGLISH) -> Iterator[str]:
    """Two tables: the pages, those with most noise left first, and the rules."""
    pages, codes = Figures.of(outcomes)
    if not pages:
        return
    total = _total(pages)._replace(path=tongue.of("{n} pages", n=len(pages)))
    size = max(text_width(name(page.path)) for page in (*pages, total))
    yield " " * size + "".join(_head(tongue(text), room) for text, room in _HEAD) + "\n"
    for page in (*pages, total) if len(pages) > 1 else pages:
        yield _row(page, size)
    yield from _rules(codes, sum(page.characters for page in pages), tongue)


def _head(text: str, room: int) -> str:
    return " " * (room - text_width(text)) + text


def _total(pages: list[PageCount]) -> PageCount:
    sums = (sum(getattr(page, name) for page in pages) for name in PageCount._fields[1:])
    return PageCount(f"{len(pages)} pages", *sums)


def _row(page: PageCount, size: int) -> str:
    path = name(page.path)
    blank = " " * (size - text_width(path))
    counts = f"{page.characters:>9}{page.applied:>9}{page.suggested:>9}{page.noted:>7}"
    return f"{path}{blank}{counts}{page.per_thousand:>10.2f}{page.left_per_thousand:>11.2f}\n"


def _rules(codes: Counter[str], characters: int, tongue: Tongue) -> Iterator[str]:
    names = rule_names()
    if codes:
        yield "\n"
    for code, count in codes.most_common():
        rate = 1000 * count / max(characters, 1)
        told = tongue.of("{rate:>10.2f} per 1000", rate=rate)
        yield f"{code} {names.get(code, ''):<24}{count:>8}{told}\n"
