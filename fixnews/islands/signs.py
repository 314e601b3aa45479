r"""Runs within a line that are not Han and no Chinese marks: numbers, formulas, labels, faces.

Chinese prose is Han characters and the wide marks between them; all else comes in runs: ``<0.1``,
``f(x)=x^2``, ``*ST``, ``->``, ``It's a fine day``. A run of marks alone is how recognisers and
keyboards spoil punctuation, and no island. In any other run the signs mean something, and `runs`
says what.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from fixnews.islands.kinds import Island, Kind
from fixnews.patterns import lazy
from fixnews.words.han import HAN

NUMERAL = "〇○零一二三四五六七八九十百千万萬亿億两兩廿卅"
"""Chinese numerals as they stand in numbers, traditional forms among them."""

_DECIMAL = "〇○零一二三四五六七八九"
"""Those that stand behind the point of a decimal."""

_COUNTED = "年月日时時点點分秒个個名位人户戶次届屆号號版期章条條轮輪项項元岁歲度成亩畝吨噸"
"""What numerals count: a sign before one of them may be a misread numeral."""

WIDE = "，。、；：？！“”‘’（）《》〈〉「」『』【】〔〕…—"
"""Marks of Chinese print: they are in no run."""

RUN = lazy(rf"[^{HAN}\s{WIDE}]+(?:[ ][^{HAN}\s{WIDE}]+)*")

_MARKS = frozenset(',.;:!?"()')
"""A run of one of these is a half-width mark, wherever it stands: most runs are."""

LONGEST = 400
"""Characters of the longest run that is read token by token; a longer one is data as a whole."""

_DOT = "‧．·.•・･⋅"
_OPERATORS = frozenset("=＝≠≈≡<>＜＞≤≥≦≧±×÷∝∞√∑∫∈∪∩^")
_ARROW = lazy(r"(?:[-=－]{1,2}|<[-=]{0,2})[>＞]+|[→←↔⇒⇔↑↓⟶]+|[>＞]{2,}")
_PRODUCT = lazy(r"[\w)\]}′'][+＋*÷×](?=[\w(\[{])|[)\]}][-−(\[]|[-−][(\[]|^[+\-−][a-zA-Z]")
_CALL = lazy(r"(?<![A-Za-z])[A-Za-zα-ωΑ-Ω]{1,3}\([\w,.+\-−]*\)")

_D = "0-9０-９"
_NUMBER = lazy(
    rf"(?:[<>＜＞≤≥≦≧≈=±+＋\-−~～∶$＄¥￥€£№#＃']*)[{_D}]"
    rf"(?:[{_D}]|[{_DOT},:：∶/／x×*＊\-–−~～+＋'′]+(?=[{_D}]))*"
    r"(?:[%％‰℃℉°′″#＃$＄€£²³\"]+C?)?"
)
_LETTERS = (
    r"A-Za-zＡ-Ｚａ-ｚ\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u052f\u0531-\u1fff"
    r"\u3041-\u30ff\uac00-\ud7a3"
)
_WORD = lazy(rf"[{_LETTERS}]")
_LABEL = lazy(rf"[*＊]?[{_LETTERS}{_D}](?:[\w&+#./_·@-]*[{_LETTERS}{_D}+#])?")
_INITIALS = lazy(rf"(?:[A-ZＡ-Ｚ][{_DOT}])+[A-ZＡ-Ｚ]?")
_STARRED = lazy(r"[*＊]{1,2}(?=S?\*?ST)|S\*ST|\*ST")

_ROW = lazy(
    r"([□■◇◆○●◎△▲▽▼☆★※✦✧❖♦♥♠♣〓﹏＿＊])\1+|([═─━│┃┄┅┈┉╌*=_~#+])\2{2,}"
    r"|([-·•])\3{6,}|-{4,}|\.{7,}|(?:\. ){4,}"
)
"""One sign again and again; three dots, two strokes and six middle dots are broken marks."""

_FACE = lazy(
    r"[:;=8][-o^']?[)(DPp|*]+(?![\w/])"
    r"|[\\ヽ╮(*=]*[\^°><≧≦TQ=;oO\-´`ˊˋ╥ㄒ•ᵔ◕￣～~][_﹏.oωε▽∀]{1,2}[\^°><≧≦TQ=;oO\-´`ˊˋ╥ㄒ•ᵔ◕￣～~]"
    r"[)/ﾉ╯╭*=;]*"
    r"|\^\^+|(?<![A-Za-z])[Oo][Rr][Zz](?![A-Za-z])"
)

_CLOSE = {")": "(", "]": "[", "}": "{"}
_EDGE = "\"'`,.;:!?·•‧|*&~^_-–−/\\ "
"""What may be dust or a mark at the edge of a run."""


class Run(NamedTuple):
    """A run with the characters beside it, or nothing at the edges of its line."""

    start: int
    text: str
    before: str
    behind: str


def runs(line: str, at: int = 0) -> Iterator[Island]:
    """The islands within a line.

    Args:
        line: its text, with markup masked by Han characters.
        at: what to add to the offsets.

    >>> line = "铅含量<0.1毫克,增长七‧三％"
    >>> [(line[i.start : i.end], i.kind.name) for i in runs(line)]
    [('<0.1', 'FORMULA'), ('‧', 'NUMBER')]
    """
    for found in RUN.finditer(line):
        text = found[0]
        if text in _MARKS and text != ".":
            continue
        start, end = found.span()
        run = Run(start + at, text, line[start - 1 : start] if start else "", line[end : end + 1])
        yield from _told(run)


def _told(run: Run) -> Iterator[Island]:
    """What a run is, the first that fits."""
    if len(run.text) > LONGEST:
        yield Island(run.start, run.start + len(run.text), Kind.DATA)
    elif len(run.text) == 1:
        yield from _single(run)
    elif run.text.isascii() and run.text.isdigit():
        yield Island(run.start, run.start + len(run.text), Kind.NUMBER)
    else:
        whole = next(filter(None, (kind(run) for kind in _WHOLE)), None)
        if whole:
            yield whole
        else:
            yield from _tokens(run)


def _single(run: Run) -> Iterator[Island]:
    """A sign alone: between numerals it is part of a number; a letter or digit is itself."""
    sign = run.text
    numbered = run.before and run.before in NUMERAL
    if sign in _DOT:
        told = Kind.NUMBER if numbered and run.behind and run.behind in _DECIMAL else None
    elif sign in "=＝+＋≡":
        left = numbered or run.before in ("第", "年", "月")
        right = run.behind and run.behind in NUMERAL + _COUNTED
        told = Kind.NUMBER if left and right else None
    elif sign in "→←↔⇒⇔↑↓⟶∞√≤≥±×÷":
        told = Kind.FORMULA
    else:
        told = Kind.LABEL if sign.isalnum() else None
    if told:
        yield Island(run.start, run.start + 1, told)


def _row(run: Run) -> Island | None:
    found = _ROW.fullmatch(run.text.strip())
    return _spanned(run, run.text, Kind.ORNAMENT) if found else None


def _face(run: Run) -> Island | None:
    found = _FACE.search(run.text)
    return (
        Island(run.start + found.start(), run.start + found.end(), Kind.EMOTICON) if found else None
    )


def _arrow(run: Run) -> Island | None:
    return _spanned(run, run.text, Kind.FORMULA) if _ARROW.search(run.text) else None


def _formula(run: Run) -> Island | None:
    """Operators with what they work on, brackets and all."""
    text = run.text
    operands = any(c.isalnum() for c in text)
    if operands and (_OPERATORS & set(text) or _PRODUCT.search(text) or _CALL.search(text)):
        return _spanned(run, _balanced(text), Kind.FORMULA)
    return None


def _foreign(run: Run) -> Island | None:
    """Words of another language; the stop that ends them with the line or quotation is theirs."""
    if " " not in run.text or len(_WORD.findall(run.text)) * 2 < len(run.text):
        return None
    ends = not run.behind or run.behind in "”’）」』"
    return _spanned(run, run.text if ends else _bare(run.text), Kind.FOREIGN)


_WHOLE = (_row, _face, _arrow, _formula, _foreign)


def _tokens(run: Run) -> Iterator[Island]:
    """The tokens of a run, each by itself."""
    at = 0
    for token in run.text.split(" "):
        one = Run(run.start + at, token, run.before, run.behind)
        yield from _token(one)
        at += len(token) + 1


def _token(run: Run) -> Iterator[Island]:
    """Numbers, labels and words in a token; initials keep their dots, a last stop its quotation."""
    text = run.text
    starred = _STARRED.search(text)
    if starred:
        yield Island(run.start + starred.start(), run.start + starred.end(), Kind.LABEL)
    initials = _INITIALS.fullmatch(text)
    if initials:
        yield Island(run.start, run.start + len(text), Kind.NAME)
        return
    done: list[tuple[int, int]] = []
    for pattern, kind in ((_NUMBER, Kind.NUMBER), (_LABEL, Kind.LABEL)):
        for found in pattern.finditer(text):
            start, end = found.span()
            if kind is Kind.NUMBER and not _is_number(run, found):
                continue
            if not any(a <= start and end <= b for a, b in done):
                yield Island(run.start + start, run.start + end, kind)
                done.append((start, end))
    if text and text[-1] in ".!?" and run.behind in ("”", "’") and _WORD.search(text):
        yield Island(run.start, run.start + len(text), Kind.FOREIGN)


def _is_number(run: Run, found: re.Match[str]) -> bool:
    """Whether digits stand apart from letters: the rest is a label."""
    start, end = found.span()
    beside = run.text[start - 1 : start] + run.text[end : end + 1]
    return not _WORD.search(beside) if start else not _WORD.match(run.text[end : end + 1])


def _spanned(run: Run, core: str, kind: Kind) -> Island | None:
    if not core:
        return None
    start = run.start + run.text.index(core)
    return Island(start, start + len(core), kind)


def _bare(text: str) -> str:
    return text.strip(_EDGE)


def _balanced(text: str) -> str:
    """A formula without the marks around it and without a bracket that it does not close."""
    core = text.strip("\"'`,.;:!?&~ ")
    while (
        core and core[0] in "([{" and core.count(core[0]) > core.count(")]}"["([{".index(core[0])])
    ):
        core = core[1:]
    while core and core[-1] in _CLOSE and core.count(core[-1]) > core.count(_CLOSE[core[-1]]):
        core = core[:-1]
    return core.rstrip(',.;:!?"')
