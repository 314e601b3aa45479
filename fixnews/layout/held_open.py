"""Seams that what stands on their two lines holds open: a list, a bracket, a word that goes on.

A comma of enumeration ends no paragraph, and a bracket with names in it is closed by the line that
has the rest of the names. Lists of names look like verse to whoever weighs lengths: lines of the
same length, each with a mark at its end.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import starmap
from typing import NamedTuple

import numpy as np

from fixnews.arrays import Bools
from fixnews.layout.look import Look
from fixnews.layout.page import ends_sentence
from fixnews.patterns import lazy
from fixnews.words.lexicon import characters, is_word

HELD = 0.99
"""Probability that such a seam is damage: on the pages of 29 issues of a daily, damaged in three
ways, all 221 behind a comma of enumeration are, all 24 in a bracket, and all 412 beside a character
that never ends or begins a sentence."""

WORDS = 4
"""Characters of the shortest line that says whether it goes on: those of lists are shorter."""


_ITEM = lazy(r"[（(]?[一二三四五六七八九十0-9０-９]{1,3}[）)]?、$")
_OPEN = lazy(r"[（(][^（()）。！？]{1,40}$")
_CLOSES = lazy(r"[^（(。！？]{1,14}[）)]")


def lists(left: str, right: str) -> bool:
    """Whether a line is cut inside an enumeration.

    >>> lists("入选的有唐一舟、贺文岚、", "江念慈、万青山等。"), lists("十一、", "附则")
    (True, False)
    """
    return left[-1] == "、" and "、" in left[:-1] + right and not _ITEM.match(left)


def reads_on(left: str, right: str) -> bool:
    """Whether a line is cut in a bracket, or beside what never ends or begins a sentence.

    >>> reads_on("张琪满怀歉意把", "10岁的女儿送走"), reads_on("老街的茶馆", "的主人姓陆")
    (True, True)
    >>> reads_on("雨停了。", "的士到了"), reads_on("澳门迎接虎年喜庆祥和", "据新华社电")
    (False, False)
    >>> reads_on("本报讯（记者 黎青禾 通讯员", "韩砚秋）新线"), reads_on("老邮局", "（资料图）")
    (True, False)
    """
    if _CLOSES.match(right) and _OPEN.search(left):
        return True
    ends, begins = left[-1] in characters("never-ends"), right[0] in characters("never-begins")
    if not (ends or begins) or len(left) < WORDS or ends_sentence(left):
        return False
    return (ends and not is_word(left[-2:])) or (begins and not is_word(right[:2]))


class Held(NamedTuple):
    """For each seam of a page that is asked about, what holds it open.

    Attributes:
        lists: it is cut inside an enumeration, whose lines may look like verse.
        reads_on: a sentence goes on.
    """

    lists: Bools
    reads_on: Bools


def held(seen: Look, places: Sequence[int]) -> Held:
    """What holds these seams of a page open."""
    pairs = [(seen.told[n], seen.told[n + 1]) for n in places]
    told = ([*starmap(holds, pairs)] for holds in (lists, reads_on))
    return Held(*(np.array(flags, dtype=bool) for flags in told))
