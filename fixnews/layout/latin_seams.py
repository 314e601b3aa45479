"""What stands in a joined seam where Latin letters or figures meet: nothing, or a blank.

Between Han characters a joined seam has no blank. Between letters it may have one (Windows | 10,
J. | Smith), or none (a word, an address that was cut), and the hyphen of a word that was cut goes
with the break. The page itself answers first, where it has the word elsewhere; then the words that
Chinese papers use; then the form of what meets. The questions are a table, the first that fits
answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from fixnews.patterns import lazy
from fixnews.words.lexicon import latin_class, latin_words


class Glue(NamedTuple):
    """How a seam closes.

    Attributes:
        cut: characters at the end of the left line that go with the break: the hyphen of a cut.
        blank: what stands in the seam, a blank or nothing.
    """

    cut: int = 0
    blank: str = ""


class Meeting(NamedTuple):
    """What meets at a seam.

    Attributes:
        left, right: the runs without a blank or a Chinese character at the seam.
        page: the page.
    """

    left: str
    right: str
    page: str


CLOSED, WITH_BLANK, WITHOUT_HYPHEN = Glue(), Glue(0, " "), Glue(1)

LONGEST = 80
"""Characters of the longest run that is looked at: of an address."""

ANSWERS = 1 << 9
"""Seams whose answers are kept: a page is asked about again in every round."""

WORD = 3
"""Letters of the shortest word that a figure follows behind a blank (Max 8); shorter ones are
labels (MP3, F16)."""

CAPITALS = 5
"""Letters up to which two runs of capitals are one abbreviation that was cut: OL | ED, AI | GC."""

_L = "A-Za-z\u00c0-\u024f\u0370-\u052fＡ-Ｚａ-ｚ"
_RUN = rf"[{_L}0-9０-９\u00ad\u2010@./:_~%#?=&+'’,;!()\-]"
_LEFT = lazy(rf"{_RUN}+\Z")
_RIGHT = lazy(rf"{_RUN}+")
_HYPHENS = "-\u2010"
_SOFT = "\u00ad"
_LETTER = lazy(f"[{_L}]")
_ADDRESS = lazy(
    r"(?:https?://|www\.)[\w.~:/?#@&=%+-]*\Z|[\w.+-]+@[\w.-]*\Z|[\w-]+(?:\.[\w-]+)*\.(?:com|cn|net|org|gov"
    r"|edu|hk|tw|mo|io|jp|uk|eu|fr|de|info)(?:[/?#][\w./?#&=%+-]*)?\Z",
    re.ASCII | re.IGNORECASE,
)
_OPEN_ADDRESS = lazy(r"(?:://|www\.|@)[\w.~:/?#@&=%+-]*\Z|[\w-]\.\Z", re.ASCII | re.IGNORECASE)
_DONE = lazy(r"\.(?:com|cn|net|org|gov|edu|hk|tw|mo|io|jp|uk|eu|info)\Z", re.IGNORECASE)
_MIXED = lazy(r"[A-Z]{2,}[a-z]|[A-Z]+\Z|[a-z]+[A-Z]")
_NAME_BEGINS = lazy(r"[A-Z\u00c0-\u00de](?:[a-z\u00df-\u024f.]|\Z)|[A-Z]['’][A-Z]")


def glue(left: str, right: str, page: str = "") -> Glue:
    r"""How the seam between two lines closes.

    Args:
        left: the line before the seam, without its trailing blanks.
        right: the line behind it, without its indent.
        page: the page that they stand on: where it has the word elsewhere, it knows best.

    >>> glue("装上了Windows", "10系统"), glue("名叫Intel-", "ligent的公司")
    (Glue(cut=0, blank=' '), Glue(cut=1, blank=''))
    >>> glue("开门", "迎客"), glue("写信到open@exam", "ple.org即可")
    (Glue(cut=0, blank=''), Glue(cut=0, blank=''))
    """
    begins = _RIGHT.match(right)
    ends = _LEFT.search(left[-LONGEST:]) if begins else None
    if not (ends and begins):
        return CLOSED
    return _answer(Meeting(ends.group(), begins.group(), page))


@lru_cache(ANSWERS)
def _answer(met: Meeting) -> Glue:
    found = (answer for fits, answer in _TABLE if fits(met))
    return next(found, CLOSED)


def _address(met: Meeting) -> bool:
    """Whether an address was cut, or goes on: it keeps its hyphens and takes no blank."""
    whole = re.split("[,;()!]", met.left)[-1] + re.split("[,;()!]", met.right)[0].rstrip(".:")
    if not _ADDRESS.search(whole):
        return False
    start = re.split("[,;()!]", met.left)[-1]
    if _OPEN_ADDRESS.search(start):
        return not _DONE.search(start) or met.right[0] in "/?#.:&="
    return _words(start) and "@" in met.right and start.lower() not in latin_class("label")


def _words(run: str) -> bool:
    return bool(re.fullmatch(r"[\w.+-]+", run, re.ASCII)) and run[0].islower()


def _soft(met: Meeting) -> bool:
    return met.left[-1] == _SOFT


def _hyphen(met: Meeting) -> bool:
    """Whether a word was cut at a hyphen that is none of its own."""
    if met.left[-1] not in _HYPHENS or not _begins_small(met.right):
        return False
    stem, rest = _stem(met.left[:-1]), _stem_of(met.right)
    if not stem or re.search(f"[0-9{_HYPHENS}]", stem):
        return False
    if _stands(met.page, stem + rest):
        return True
    known = (stem + rest).lower() in latin_words() and len(stem) > 1
    return known or not _compound(met.page, stem, rest)


def _compound(page: str, stem: str, rest: str) -> bool:
    """Whether a hyphen parts two words: self-made, long-term, know-how."""
    known, one, two = latin_words(), stem.lower(), rest.lower()
    if _stands(page, f"{stem}-{rest}") or f"{one}-{two}" in known or len(one) == 1:
        return True
    if one in latin_class("compound-before") or two in latin_class("compound-behind"):
        return True
    return {one, two} <= known and min(len(one), len(two)) > WORD and not _ending(two)


def _ending(word: str) -> bool:
    return word in latin_class("ending")


def _page_joins(met: Meeting) -> bool:
    return _both_alnum(met) and _stands(met.page, _stem(met.left) + _stem_of(met.right))


def _page_parts(met: Meeting) -> bool:
    return _both_alnum(met) and _stands(met.page, f"{_stem(met.left)} {_stem_of(met.right)}")


def _stands(page: str, words: str) -> bool:
    """Whether words stand on a page, no letter or figure beside them."""
    at = page.find(words) if len(words) > 1 else -1
    while at >= 0:
        beside = page[at - 1 : at] if at else ""
        beside += page[at + len(words) : at + len(words) + 1]
        if not re.search(rf"[{_L}0-9]", beside):
            return True
        at = page.find(words, at + 1)
    return False


def _stem(run: str) -> str:
    """The word at the end of a run, hyphens and initials in it."""
    found = re.search(rf"[{_L}0-9{_HYPHENS}'’.]*[{_L}0-9.]\Z", run)
    return found.group().lstrip("." + _HYPHENS) if found else ""


def _stem_of(run: str) -> str:
    """The word at the beginning of a run."""
    found = re.match(rf"[{_L}0-9]+", run)
    return found.group() if found else ""


def _both_alnum(met: Meeting) -> bool:
    return met.left[-1].isalnum() and met.right[0].isalnum()


def _begins_small(run: str) -> bool:
    return bool(_LETTER.match(run)) and run[0].islower()


def _initial(met: Meeting) -> bool:
    """An initial or a title before its name: J. | Smith, Mr. | Smith, U.S. | Army."""
    before = met.left[-2:-1]
    return (
        met.left[-1] == "." and bool(_LETTER.match(before)) and bool(_NAME_BEGINS.match(met.right))
    )


def _marked(met: Meeting) -> bool:
    """A mark of English behind a word, and another word: Smith, | John."""
    behind = met.left[-1] in ",;:!?)" and len(met.left) > 1
    return behind and bool(_LETTER.match(met.right)) and bool(re.search(f"[{_L}]", met.left))


def _ampersand(met: Meeting) -> bool:
    """An ampersand that stands between two names: Johnson & | Johnson, not R& | D."""
    return "&" in (met.left, met.right)


def _figure_behind(met: Meeting) -> bool:
    """A figure behind a word: Windows | 10, iPhone | 15; not MP | 3."""
    stem = _stem(met.left)
    letters = re.search(f"[{_L}]+\\Z", stem)
    if not (letters and met.right[0].isdigit()):
        return False
    word = letters.group()
    return len(word) >= WORD and not word.isupper()


def _word_behind(met: Meeting) -> bool:
    """A word behind a figure: 2024 | Paris; not 5 | G, 10 | km, 3 | D."""
    word = re.match(f"[{_L}]+", met.right)
    if not (met.left[-1].isdigit() and word):
        return False
    said = word.group()
    big = said[0].isupper() and not said.isupper() and len(said) >= WORD
    return big and said.lower() not in latin_class("unit")


def _words_meet(met: Meeting) -> bool:
    """Two words rather than one that was cut."""
    if not (_LETTER.match(met.left[-1]) and _LETTER.match(met.right)):
        return False
    one, two = re.split(r"[^\w'’-]", met.left)[-1], _stem_of(met.right)
    known = latin_words()
    if (one + two).lower() in known:
        return False
    if one.isupper() and two.isupper():
        return len(one + two) > CAPITALS
    if _begins_small(two):
        small = two.lower() in known | latin_class("small") and not _ending(two.lower())
        return small and not _MIXED.match(one)
    return not (_MIXED.match(two) and not two.isupper()) and not (len(one) == 1 and one.islower())


_TABLE: tuple[tuple[Callable[[Meeting], bool], Glue], ...] = (
    (_address, CLOSED),
    (_soft, WITHOUT_HYPHEN),
    (_hyphen, WITHOUT_HYPHEN),
    (_page_joins, CLOSED),
    (_page_parts, WITH_BLANK),
    (_initial, WITH_BLANK),
    (_marked, WITH_BLANK),
    (_ampersand, WITH_BLANK),
    (_figure_behind, WITH_BLANK),
    (_word_behind, WITH_BLANK),
    (_words_meet, WITH_BLANK),
)
"""Each question with the answer where it fits; where none does, nothing stands in the seam."""
