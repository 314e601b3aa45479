"""Half-width marks in Chinese text, judged by what stands around them.

Recognisers and old typesetting systems write ``,`` for ``，``. A mark between Chinese characters
is one; a mark inside a number, a time, an address or Latin text is not. Between, the neighbours
decide: quotes and brackets are looked through, and a mark that has Chinese on one side only
belongs to the Chinese sentence unless Latin text goes on across it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from fixnews.changes import Edit
from fixnews.patterns import lazy
from fixnews.words.han import HAN, KANA, LETTER, WIDE_MARKS, han_count

CODE = "PUN101"
REASON = "a half-width mark in Chinese text"

FULL = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}

LOOK = 8
"""Characters looked through on each side for one that tells: the longest run of quotes, brackets
and marks on the pages of February 2020 is 6 (``》》”），“``)."""

WINDOW = 40
"""Characters on each side that tell whether the text around is Chinese: two printed lines."""

PAIR_REACH = 200
"""Characters within which a bracket must close; of the pairs of brackets in 2 M characters of
news, 99.9 % are shorter."""

CHARACTERS = 1 << 12
"""Characters whose kind is remembered."""

_MARK = lazy("[,:;?!]+")
_BRACKET = lazy("[()（）\n\f](?:(?<!\n)|[ \t\r\u3000]*\n)")
_WIDE = lazy(f"[{HAN}{KANA}{WIDE_MARKS}]")
_LETTER = lazy(f"[{LETTER}]")
_WORD = lazy(f"[{LETTER}]+")
_LONE_BRACKET = lazy(f"[()](?<=[{HAN}{KANA}{WIDE_MARKS}].)(?=[{HAN}{KANA}{WIDE_MARKS}])")
_CHINESE_INSIDE = lazy(f"[{HAN}{KANA}]")
_NUMBERING = lazy(r"\d{1,3}|[A-Za-z]|[ivxIVX]{1,5}")
_UNIT = "%％‰℃°"


def propose(text: str) -> Iterator[Edit]:
    """An edit for each run of half-width marks that stands in Chinese text.

    >>> [e.new for e in propose("喜迎党代会,奋进新征程(见图)。6.0版,1+1>2,12:30")]
    ['，', '，', '（', '）']
    """
    for run in _MARK.finditer(text):
        if _is_chinese(text, run.start(), run.end()):
            yield Edit(run.start(), run.end(), _widened(run[0]), CODE, REASON)
    for at in _brackets(text):
        yield Edit(at, at + 1, FULL[text[at]], CODE, REASON)


def _widened(run: str) -> str:
    return "".join(FULL[mark] for mark in run)


def _is_chinese(text: str, start: int, end: int) -> bool:
    """Whether the marks ``text[start:end]`` belong to a Chinese sentence."""
    if start > 0 and end < len(text) and _kind(text[start - 1]) == _kind(text[end]) == "w":
        return True
    left, right = _before(text, start), _after(text, end)
    if "w" not in (left, right):
        return False
    if left == right:
        return True
    if text[start] == ":" and text.startswith("//", end):
        return False
    if "a" not in (left, right):
        return True
    around = text[max(0, start - WINDOW) : end + WINDOW]
    return text[end : end + 1] != " " and _mostly_chinese(around)


def _mostly_chinese(text: str) -> bool:
    """Whether ``text`` has at least as many Han characters as words in letters."""
    return han_count(text) >= len(_WORD.findall(text))


def _before(text: str, at: int) -> str:
    """The kind of the last telling character before ``at``: wide, letter, digit or nothing."""
    for i in range(at - 1, max(-1, at - 1 - LOOK), -1):
        kind = _kind(text[i])
        if kind:
            return "w" if kind == "d" and text[i + 1] in _UNIT and i + 1 < at else kind
    return ""


def _after(text: str, at: int) -> str:
    """The kind of the first telling character from ``at`` on."""
    return next(filter(None, map(_kind, text[at : at + LOOK])), "")


@lru_cache(CHARACTERS)
def _kind(char: str) -> str:
    r"""``w`` for Chinese, ``a`` for letters, ``d`` for digits, ``n`` for a break, else nothing.

    >>> "".join(map(_kind, "经，a1\n”"))
    'wwadn'
    """
    if char >= "\u3000" and _WIDE.match(char):
        return "w"
    if char.isdecimal():
        return "d"
    if char in "\r\n\f":
        return "n"
    return "a" if _LETTER.match(char) else ""


def _brackets(text: str) -> Iterator[int]:
    """Places of half-width brackets that belong to Chinese text."""
    if "(" not in text and ")" not in text:
        return
    paired: set[int] = set()
    for opening, closing in _pairs(text):
        paired |= {opening, closing}
        if _pair_is_chinese(text, opening, closing):
            yield from (at for at in (opening, closing) if text[at] in FULL)
    for lone in _LONE_BRACKET.finditer(text):
        if lone.start() not in paired:
            yield lone.start()


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Brackets that belong together, within a paragraph and `PAIR_REACH`."""
    open_at: list[int] = []
    for found in _BRACKET.finditer(text):
        if found[0] in "(（":
            open_at.append(found.start())
        elif found[0] not in ")）":
            open_at.clear()
        elif open_at:
            opening = open_at.pop()
            if found.start() - opening <= PAIR_REACH:
                yield opening, found.start()


def _pair_is_chinese(text: str, opening: int, closing: int) -> bool:
    """Whether a pair of brackets holds Chinese, or hangs on a Chinese word.

    ``(GDP)`` behind a Chinese word is one; ``(3)`` is numbering and stays as it is, and so does
    a Chinese name inside an English sentence.
    """
    inside = text[opening + 1 : closing]
    if _CHINESE_INSIDE.search(inside):
        outer = (_before(text, opening), _after(text, closing + 1))
        return outer != ("a", "a") and _mostly_chinese(inside)
    if text[opening] + text[closing] != "()":
        return _before(text, opening) == "w"
    numbering = not inside or _NUMBERING.fullmatch(inside)
    return not numbering and bool(_WIDE.match(text[opening - 1 : opening]))
