"""Words: the one place that asks a segmenter's lexicon, and the only reader of ``dictionaries/``.

The lexicon is rjieba's, jieba's dictionary of 349,000 words behind a compiled segmenter. It is
loaded when the first question is asked. The dictionaries lie beside the package in a checkout and
inside it in an installation.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fixnews.errors import DataError

_HOMES = (Path(__file__).parent / "dictionaries", Path(__file__).parents[1] / "dictionaries")

REACH = 8
"""Characters on each side of a seam that the segmenter sees; the longest common words and names
of offices fit, and more changes no answer on cut news."""


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
    import rjieba

    before, behind = left[-REACH:], right[:REACH]
    at = 0
    for word in rjieba.cut((before + behind).encode("utf-8", "replace").decode()):
        if at < len(before) < at + len(word):
            return str(word)
        at += len(word)
    return ""


def rows(path: Path) -> tuple[tuple[str, ...], ...]:
    """The rows of a tab-separated file without its comments.

    Raises:
        DataError: there is no such file.
    """
    try:
        lines = path.read_text("utf-8").split("\n")
    except OSError:
        raise DataError(f"{path}: dictionary not found", "check the path, or reinstall") from None
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


def shipped(name: str) -> Path:
    """Where a dictionary that comes with fixnews lies.

    Raises:
        DataError: it is missing; an empty dictionary would be a silent error.
    """
    for home in _HOMES:
        if (home / name).is_file():
            return home / name
    raise DataError(f"dictionaries/{name} is missing", "reinstall fixnews")


@cache
def characters(kind: str) -> frozenset[str]:
    """The characters of one class of ``character-classes.tsv``.

    >>> "亿" in characters("measure")
    True
    """
    found = {row[0]: row[1] for row in rows(shipped("character-classes.tsv"))}
    return frozenset(found[kind])
