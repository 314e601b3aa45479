"""Two marks in a row where one was printed: ，， and 。， and “。 and a 。 at the start of a line.

No two of ， 。 、 ； ： stand side by side in print: in 2.7 M characters of February 2020 there is
not one such pair. So one of them is dust, or one mark was read twice, at the end of a line and
again at the start of the next, where none may stand. No quotation opens before a mark either: of
16 such “ on readings of January 1998, with no other open before them, 14 had not been printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from fixnews.changes import Edit, Safety
from fixnews.marks import pointing
from fixnews.marks.confusion import HALF, TARGETS
from fixnews.marks.pointing import LEFT, RIGHT
from fixnews.message import Message
from fixnews.patterns import lazy
from fixnews.words.han import HAN

SURE = 2.0
"""Nats by which the network must prefer one of two marks to the other."""

_MARKS = "，。、；：,;:"
_BESIDE = f"[{HAN}0-9%％”’》）)]"
_RUN = lazy(
    rf"[{_MARKS}](?=[\s{_MARKS}])(?<={_BESIDE}.)(?:\s{{0,9}}[{_MARKS}])+(?=\s{{0,9}}[{HAN}0-9“‘《（(])"
)
_STOPS = lazy("。{3,}")
_OPENED = lazy(rf"“(?<=[{HAN}0-9]“)(?=\s?(?:[。、；：？！;:?!]|[，,](?![0-9]{{2}}[^0-9])))")
_PARAGRAPH = lazy(r"\n[ \t\r\u3000]*\n|\f")

REACH = 300
"""Characters before a mark in which a quotation may have been opened."""


def propose(text: str, code: str) -> Iterator[Edit]:
    r"""An edit for each mark too many.

    Args:
        text: a page.
        code: the rule to name.

    >>> page = "渔民签下协议,，日子越过越红火。\n。据了解，农科院请来了专家。"
    >>> [(edit.start, edit.end) for edit in propose(page, "PUN203")]
    [(6, 7), (17, 18)]
    """
    for opened in _OPENED.finditer(text) if "“" in text else ():
        at = opened.start()
        before = _PARAGRAPH.split(text[max(0, at - REACH) : at])[-1]
        if before.count("“") <= before.count("”"):
            yield Edit(at, at + 1, "", code, "no quotation opens before a mark")
    for run in _RUN.finditer(text):
        marks = [run.start() + found.start() for found in re.finditer(r"\S", run[0])]
        if not _STOPS.search(run[0]):
            yield from _thinned(text, marks, code)


def _thinned(text: str, marks: list[int], code: str) -> Iterator[Edit]:
    """All marks of a run but the likeliest; behind a line break none may stand."""
    first_line = [at for at in marks if "\n" not in text[marks[0] : at]]
    chance = _chances(text, marks)
    wide = {mark: max(chance[text[at]] for at in first_line if _wide(text[at]) == mark)
            for mark in {_wide(text[at]) for at in first_line}}  # fmt: skip
    best, *others = sorted(wide, key=wide.__getitem__, reverse=True)
    kept = max(at for at in first_line if _wide(text[at]) == best)
    sure = not others or wide[best] - wide[others[0]] >= SURE
    safety: Safety = "safe" if sure else "unsafe"
    for at in marks:
        if at != kept:
            reason = Message(
                "{text} stands beside {text_2}, where only one was printed",
                text=text[at],
                text_2=text[kept],
            )
            end = at + 2 if at < kept and text[at + 1] == " " else at + 1
            yield Edit(at, end, "", code, reason, 1.0 if sure else 0.5, safety)


def _wide(mark: str) -> str:
    return HALF.get(mark, mark)


def _chances(text: str, marks: list[int]) -> dict[str, float]:
    """The log-probability of each mark of a run, with all of the run hidden."""
    left = "".join(text[max(0, marks[0] - 2 * LEFT) : marks[0]].split())[-LEFT:]
    right = "".join(text[marks[-1] + 1 : marks[-1] + 1 + 2 * RIGHT].split())[:RIGHT]
    network, at = pointing.load(), np.array([len(left)])
    (chances,) = network.chances([left + right], at * 0, at, at)
    return {text[at]: float(chances[TARGETS.index(_wide(text[at]))]) for at in marks}
