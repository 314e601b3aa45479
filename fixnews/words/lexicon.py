"""Words: the one place that asks a segmenter's lexicon, and the only reader of ``dictionaries/``.

The lexicon is rjieba's, jieba's dictionary of 349,000 words behind a compiled segmenter. It is
loaded when the first question is asked. The dictionaries lie beside the package in a checkout and
inside it in an installation.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate, compress
from math import log
from pathlib import Path

from fixnews.errors import DataError
from fixnews.message import Message
from fixnews.own_lists import lines
from fixnews.patterns import lazy
from fixnews.words.han import HAN

_HOMES = (Path(__file__).parents[1] / "dictionaries", Path(__file__).parents[2] / "dictionaries")

CORPUS = 60_101_967
"""Words in the corpus behind jieba's dictionary: the sum of its counts."""

_HAN = lazy(f"[{HAN}]")

REACH = 8
"""Characters on each side of a seam that the segmenter sees; the longest common words and names
of offices fit, and more changes no answer on cut news."""


_NO_WORD = frozenset(("", *"，。、；：？！“”‘’（）《》〈〉【】「」『』…—"))
"""What no word of the lexicon holds: most lines end with one of them."""


def word_across(left: str, right: str) -> str:
    """The dictionary word that lies across a seam, or nothing.

    Lone surrogates, which no word holds, are asked about as question marks.

    Args:
        left: the text before the seam.
        right: the text behind it.

    >>> word_across("全面提升了平湖基层党建辨", "识度、显示度")
    '辨识'
    >>> word_across("经济稳定", "人民生活")
    ''
    """
    return words_across([(left, right)])[0]


def words_across(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """The dictionary word that lies across each seam, or nothing.

    >>> words_across([("全面提升了平湖基层党建辨", "识度、显示度"), ("经济稳定", "人民生活")])
    ['辨识', '']
    """
    halves = [(left[-REACH:], right[:REACH]) for left, right in pairs]
    asked = [a[-1:] not in _NO_WORD and b[:1] not in _NO_WORD for a, b in halves]
    text, seams = "", []
    for before, behind in compress(halves, asked):
        seams.append(len(text) + len(before))
        text += f"{before}{behind}\n"
    found = _around(text, seams) if seams else iter(())
    return [next(found) if yes else "" for yes in asked]


def _around(text: str, places: Iterable[int]) -> Iterator[str]:
    """For places in a text, in order, the word that each is inside of, or nothing.

    A line break ends a word: what stands in different lines is cut as if it stood alone.
    """
    import rjieba

    try:
        words = rjieba.cut(text)
    except UnicodeEncodeError:
        words = rjieba.cut(text.encode("utf-8", "replace").decode())
    ends = list(accumulate(map(len, words)))
    for place in places:
        at = bisect_right(ends, place)
        inside = at < len(ends) and ends[at] - len(words[at]) < place
        yield str(words[at]) if inside else ""


def cut(text: str) -> list[str]:
    """The words of a text as the dictionary has them; no names are guessed.

    >>> cut("全面提升辨识度")
    ['全面', '提升', '辨识', '度']
    """
    import rjieba

    try:
        words: list[str] = rjieba.cut(text, False)
    except UnicodeEncodeError:
        words = rjieba.cut(text.encode("utf-8", "replace").decode(), False)
    return words


def alone(text: str) -> int:
    """How many Han characters of a text are no part of a longer word.

    >>> alone("进行了商谈"), alone("进行了商，")
    (1, 2)
    """
    return sum(len(word) == 1 and bool(_HAN.match(word)) for word in cut(text))


def is_word(text: str) -> bool:
    """Whether the lexicon has a word.

    >>> is_word("常识"), is_word("常试")
    (True, False)
    """
    import rjieba

    return bool(rjieba.has_word(text.encode("utf-8", "replace").decode()))


def is_place(text: str) -> bool:
    """Whether the lexicon has a text as the name of a place.

    >>> is_place("菲律宾"), is_place("华盛顿州长")
    (True, False)
    """
    import rjieba

    found = rjieba.tag(text.encode("utf-8", "replace").decode(), False)
    return len(found) == 1 and str(found[0][1]) == "ns"


@lru_cache(1 << 16)
def commonness(word: str) -> float:
    """The logarithm of a word's share of all words in the lexicon's corpus.

    >>> commonness("经济") > commonness("经挤") + 2
    True
    """
    import rjieba

    return log(max(1, rjieba.suggest_freq(word.encode("utf-8", "replace").decode())) / CORPUS)


def numbered(path: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows of a tab-separated file without its comments, each with its line, from 1.

    Raises:
        DataError: there is no such file, or it cannot be read.
    """
    for number, line in enumerate(lines(path, "dictionary"), 1):
        if line.strip() and not line.startswith("#"):
            yield number, tuple(line.split("\t"))


def rows(path: Path) -> tuple[tuple[str, ...], ...]:
    """The rows of a tab-separated file without its comments.

    Raises:
        DataError: as for `numbered`.
    """
    said = lines(path, "dictionary")
    return tuple([tuple(line.split("\t")) for line in said if line.strip() and line[0] != "#"])


def stamp(path: Path) -> tuple[int, int]:
    """What tells that a file has changed: its time and size; zeros where there is none."""
    try:
        about = path.stat()
    except OSError:
        return 0, 0
    return about.st_mtime_ns, about.st_size


@cache
def shipped(name: str) -> Path:
    """Where a dictionary that comes with fixnews lies.

    Raises:
        DataError: it is missing; an empty dictionary would be a silent error.
    """
    for home in _HOMES:
        if (home / name).is_file():
            return home / name
    raise DataError(Message("dictionaries/{name} is missing", name=name), "reinstall fixnews")


@cache
def characters(kind: str) -> frozenset[str]:
    """The characters of one class of ``character-classes.tsv``.

    >>> "亿" in characters("measure")
    True
    """
    found = {row[0]: row[1] for row in rows(shipped("character-classes.tsv"))}
    return frozenset(found[kind])


@cache
def page_words(kind: str) -> tuple[str, ...]:
    """The words of one class of ``page-words.tsv``: what folio lines and mastheads are made of.

    >>> "要闻" in page_words("section")
    True
    """
    found = {row[0]: row[1] for row in rows(shipped("page-words.tsv"))}
    return tuple(found[kind].split())


@cache
def latin_class(kind: str) -> frozenset[str]:
    """The words of one class of ``latin-classes.tsv``, in lower case.

    >>> "km" in latin_class("unit")
    True
    """
    found = {row[0]: row[1] for row in rows(shipped("latin-classes.tsv"))}
    return frozenset(found[kind].split())


@cache
def latin_words() -> frozenset[str]:
    """The Latin words that Chinese news and journals use, in lower case.

    >>> {"windows", "wi-fi"} <= latin_words()
    True
    """
    return frozenset(row[0] for row in rows(shipped("latin-words.tsv")))
