"""Which form of data, code or markup the lines of a text have, if any.

`GRAMMARS` says how each form looks.

The cheapest test comes first: hardly a line of a newspaper begins in ASCII or holds a sign of
markup. What is left is linear: lines are looked at one by one, long ones in part, and of many
lines some.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from fixnews.islands.grammars import GRAMMARS, Genre, Grammar
from fixnews.patterns import lazy
from fixnews.source import LINE_BREAK
from fixnews.words.han import HAN

LONG = 400
"""Characters of a line that are looked at, half at its start and half at its end."""

MOST = 2000
"""Lines that are looked at, spread evenly over the text; what a file is shows in far fewer."""

SIGNED = 0.15
"""Share of lines that begin in ASCII or hold a sign of markup below which no grammar can hold: the
least share that one asks for is 0.19, but for those of which few lines tell: see `_HEAD`."""

_SIGNED = lazy(r"[ \t]*[!-~]|.*[\[{<=|\"\\\t]")
LINES_KNOWN = 1 << 12
"""Lines of which it is kept whether they hold such a sign: those of some pages."""

_PROGRAM = ("#!/", "#! /")
"""How a file begins that names the program which runs it."""

_HEAD = lazy(r"diff |--- |Index: |From |commit |@@ ")


class _Seen(NamedTuple):
    """A line, and what is left of it without what it quotes."""

    line: str
    bare: str


def form_of(text: str, suffix: str = "") -> Genre | None:
    r"""The form that the lines have, or None for lines of a newspaper.

    Args:
        text: the text without what surrounds it.
        suffix: how its file's name ends, ``.py``; a hint.

    >>> form_of("def area(r):\n    return 3.14 * r\n\nprint(area(2), '平方米')")
    <Genre.CODE: 'source code'>
    >>> form_of("本报讯(记者张三)昨日,全市开学。\n") is None
    True
    """
    lines = _sampled(text)
    if text.startswith(_PROGRAM):
        return Genre.CODE
    if not (lines and (_may_fit(lines) or any(suffix in g.suffixes for g in GRAMMARS))):
        return None
    plain = [_Seen(line, line) for line in lines]
    bare = [_Seen(line, _bared(line)) for line in _sampled(_without_remarks(text))]
    for grammar in GRAMMARS:
        seen = bare if grammar.bare else plain
        fits = _fits(seen, grammar, told=suffix in grammar.suffixes)
        if fits and (grammar.must is None or grammar.must.search(text)):
            return grammar.genre
    return None


def _may_fit(lines: Sequence[str]) -> bool:
    """Whether any grammar could fit: the cheapest test."""
    signed = sum(map(_signed, lines))
    return signed >= SIGNED * len(lines) or bool(_HEAD.match(lines[0]))


@lru_cache(LINES_KNOWN)
def _signed(line: str) -> bool:
    """Whether a line begins in ASCII or holds a sign of markup."""
    return _SIGNED.match(line) is not None


def _sampled(text: str) -> list[str]:
    """The lines that are not blank, evenly spread where there are many, long ones cut."""
    lines = [line for line in LINE_BREAK.split(text) if line.strip()]
    lines = lines[:: 1 + len(lines) // MOST]
    return [n if len(n) <= LONG else n[: LONG // 2] + n[-LONG // 2 :] for n in lines]


def _fits(seen: Sequence[_Seen], grammar: Grammar, *, told: bool) -> bool:
    """Whether there are witnesses enough, and little that may not stand beside them.

    Where the file's name says the same, it is enough that nothing contradicts it.
    """
    remark, beside = grammar.remark, grammar.beside
    lines = [bare for line, bare in seen if remark is None or not remark.fullmatch(line)]
    rest = [line for line in lines if not grammar.witness.fullmatch(line)]
    wanted = max(grammar.least, grammar.share * len(lines))
    if len(lines) - len(rest) < wanted and not (told and beside):
        return False
    alien = sum(1 for line in rest if not beside.fullmatch(line)) if beside else 0
    return alien <= (1 - grammar.whole) * len(lines)


_QUOTED = lazy(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|`[^`]*`|/(?:\\.|[^/\\\s])+/(?=[gi,;.)])")
_TRAILING = lazy(r"(?<=\S)[ \t]*(?:[ \t]#|//|/\*|[ \t]--)[ \t].*")
_PROSE = lazy(f"[{HAN}，。；：？！、“”]")

CHINESE = "某"
"""What stands for a line with Chinese outside of quotations and remarks: that is no code."""


def _bared(line: str) -> str:
    """A line of code without what it quotes and remarks."""
    bare = _TRAILING.sub("", _QUOTED.sub('""', line))
    return CHINESE if _PROSE.search(bare) else bare


_PAIRS = (("/*", "*/"), ('"""', '"""'), ("'''", "'''"), ("=begin", "=end"))


def _without_remarks(text: str) -> str:
    """The text without remarks and quotations of several lines."""
    for opening, closing in _PAIRS:
        if opening in text:
            text = "".join(_outside(text, opening, closing))
    return text


def _outside(text: str, opening: str, closing: str) -> Iterator[str]:
    """What stands outside of these pairs."""
    at = 0
    while (start := text.find(opening, at)) >= 0:
        end = text.find(closing, start + len(opening))
        if end < 0:
            break
        yield text[at:start]
        at = end + len(closing)
    yield text[at:]
