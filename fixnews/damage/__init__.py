"""Damage with a known truth: clean pages hurt as newspapers are, and a record of every injury.

It exists so that anybody can measure a tool on text of their own, this one or another. What is
drawn depends on the seed, the path of a page and the kind alone: the same call gives the same bytes
on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import NamedTuple

from fixnews.changes import Change, Edit, shifted
from fixnews.damage import garbling, misread, page_turns, slips, typesetting
from fixnews.damage.bookkeeping import JUMP, Record, Taken
from fixnews.damage.garbling import written
from fixnews.damage.injury import Damaged, Injury, Spot
from fixnews.draft import KEPT, Draft
from fixnews.errors import UsageError
from fixnews.jumps.page_names import read
from fixnews.message import Message
from fixnews.source import Source

__all__ = ("DEFAULT", "KINDS", "Damaged", "Injury", "Spot", "damage", "written")

Hurt = Callable[[str, Random, float], Iterator[Edit]]


class Kind(NamedTuple):
    """A kind of damage that is done to single pages.

    Attributes:
        hurt: the edits of a page, in any order, for a rate of which 1 is what is usual.
        says: what it does, for people.
        unless: a kind that takes its place on a page where it did something.
    """

    hurt: Hurt
    says: str
    unless: str = ""


ENCODING = "encoding"

ON_A_PAGE = {
    "mojibake": Kind(garbling.mojibake, "whole lines read in a wrong encoding"),
    "lines": Kind(typesetting.printed_lines, "every printed line a line"),
    "columns": Kind(typesetting.columns, "paragraphs cut where a column ends", unless="lines"),
    "half-width": Kind(slips.half_width, "marks that lost their width"),
    "blanks": Kind(slips.blanks, "blanks between characters"),
    "misread": Kind(misread.misreadings, "characters misread as recognisers do"),
}
"""In this order: where two would meet, the first stays."""

KINDS = {
    JUMP: "stories that go on on a later page",
    **{name: kind.says for name, kind in ON_A_PAGE.items()},
    ENCODING: "pages in GB18030, Big5, UTF-16, HZ and others",
}

DEFAULT = (JUMP, "columns", "half-width", "blanks", "misread")


def damage(
    pages: Sequence[Source], *, seed: int = 1, kinds: Sequence[str] = DEFAULT, rate: float = 1.0
) -> Damaged:
    r"""Hurt the pages of one issue, and tell what was done.

    Args:
        pages: clean pages; their paths say which they are (A1, C2) and with the seed what is drawn.
        seed: another seed, other injuries.
        kinds: names in `KINDS`.
        rate: how much of each, 1 as is usual; what that is stands beside each kind.

    Raises:
        UsageError: there is no such kind.

    >>> done = damage([Source("A1", "党代会，新征程！")], kinds=["half-width"], rate=9)
    >>> done.pages[0].text
    '党代会,新征程!'
    >>> [(one.before, one.after, one.clean.start) for one in done.injuries]
    [('，', ',', 3), ('！', '!', 7)]
    """
    if unknown := [name for name in kinds if name not in KINDS]:
        problem = Message("{name!r}: no kind of damage", name=unknown[0])
        raise UsageError(problem, Message("choose of {values}", values=", ".join(KINDS)))
    clean = Draft.of(*pages)
    turned = list(_turned(clean, seed, rate)) if JUMP in kinds else []
    changes: list[Change] = [change for turn in turned for change in (*turn.edits, turn.move)]
    laid = clean.revise(changes)
    edits = sorted(_edits(laid, seed, kinds, rate), key=lambda edit: (edit.start, edit.end))
    last = laid.revise(edits)
    known = Record(clean, laid, last, edits)
    injuries = [*known.of_jumps(turned), *known.of_edits()]
    hurt = tuple(map(Source, (page.path for page in pages), last.texts()))
    codecs = tuple(_codec(page, seed, kinds) for page in hurt)
    return Damaged(tuple(pages), hurt, tuple(sorted(injuries, key=_in_order)), codecs)


def _in_order(injury: Injury) -> tuple[Spot, str]:
    return injury.damaged, injury.kind


def _codec(page: Source, seed: int, kinds: Sequence[str]) -> str:
    chance = Random(f"{seed}/{page.path}/{ENCODING}")
    return garbling.codec(page.text, chance) if ENCODING in kinds else "utf-8"


def _turned(draft: Draft, seed: int, rate: float) -> Iterator[page_turns.Turn]:
    named = [read(page.path).page for page in draft.sources]
    labels = [str(page) if page.number else "" for page in named]
    bases = [start for start, _ in draft.pages()]
    sheets = list(zip(bases, draft.texts(), strict=True))
    return page_turns.turns(sheets, labels, Random(f"{seed}/{JUMP}"), rate)


def _edits(draft: Draft, seed: int, kinds: Sequence[str], rate: float) -> Iterator[Edit]:
    """What is done to each page, no two in one place, nothing to a jump line."""
    wanted = {name: kind for name, kind in ON_A_PAGE.items() if name in kinds}
    for bounds, page, text in zip(draft.pages(), draft.sources, draft.texts(), strict=True):
        taken = Taken()
        for name, kind in wanted.items():
            chance = Random(f"{seed}/{page.path}/{name}")
            if kind.unless not in {edit.code for edit in taken.edits}:
                for edit in kind.hurt(text, chance, rate):
                    there = replace(shifted(edit, bounds[0]), code=name)
                    if _is_kept(draft, there, bounds):
                        taken.takes(there)
        yield from taken.edits


def _is_kept(draft: Draft, edit: Edit, bounds: tuple[int, int]) -> bool:
    """Whether an edit and its neighbours stand in the clean page as they stand here."""
    start, end = max(edit.start - 1, bounds[0]), min(edit.end + 1, bounds[1])
    pieces = draft.cut(start, end)
    return len(draft.spans(start, end)) == 1 and all(piece.maker == KEPT for piece in pieces)
