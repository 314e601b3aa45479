"""Names, which no rule may change: lists of persons, and names and titles with a dot."""

from __future__ import annotations

from collections.abc import Iterator

from fixnews.islands.kinds import Island, Kind
from fixnews.patterns import lazy
from fixnews.words import lexicon, transliteration
from fixnews.words.han import HAN

SHARE_OF_NAMES = 0.6
"""Share of the entries of a list that must begin with a surname: names of minorities and foreigners
stand among others."""

TITLE = 24
"""Characters of the longest line of a headline that may be nothing but a title with a dot."""

_ASIDE = "(?:（[^（）]{1,4}）)?"
_LISTS = (
    (
        lazy(f"、[{HAN}]{{2,3}}、"),
        lazy(rf"[{HAN}]{{2,3}}(?:、[{HAN}]{{2,3}}){{2,}}"),
    ),
    (
        lazy(f"[ \u3000][{HAN}]{{2,4}}{_ASIDE}[ \u3000]"),
        lazy(f"[{HAN}]{{2,4}}{_ASIDE}(?:[ \u3000]+[{HAN}]{{1,4}}{_ASIDE}){{2,}}"),
    ),
)
"""What every list of a kind has, a look that is ten times as fast, and the list."""

_PARALLEL = lazy(rf"([{HAN}])[{HAN}](?:、\1[{HAN}]){{2,}}|[{HAN}]([{HAN}])(?:、[{HAN}]\2){{2,}}")
_THREE = lazy(f"、[{HAN}]{{2}}(?=、)")
"""What every list has whose members are built alike: a look that is ten times as fast."""

_PARTED = lazy("[ \u3000、]+")
_DOT = "‧．.•・･⋅·"
_DOTTED = lazy(rf"[{HAN}][{_DOT}][{HAN}]")
_IN_TITLE = lazy(rf"《[^《》]{{0,20}}?([{_DOT}])[^《》]{{1,20}}》")
_ALONE = lazy(rf"[{HAN}]{{2,10}}([{_DOT}])[{HAN}]{{2,12}}")


def rolls(line: str, at: int = 0) -> Iterator[Island]:
    r"""Lists of persons: three names or more, parted by blanks or 、.

    >>> [(i.start, i.end) for i in rolls("获奖者：丁一鸣　于海燕　马文静。")]
    [(4, 15)]
    """
    for pattern in (p for gate, p in _LISTS if gate.search(line)):
        for found in pattern.finditer(line):
            entries = [entry for entry in _PARTED.split(found[0]) if entry]
            named = sum(entry[0] in lexicon.characters("name-start") for entry in entries)
            if named >= SHARE_OF_NAMES * len(entries):
                yield Island(at + found.start(), at + found.end(), Kind.ROLL)


def parallel(line: str, at: int = 0) -> Iterator[Island]:
    """Lists whose members are built alike: 节水、节肥、节药. None of them is a misread common word.

    >>> [(i.start, i.end) for i in parallel("完善节水、节肥、节药的机制，修桥、补路、种树")]
    [(2, 10)]
    """
    for found in _PARALLEL.finditer(line) if _THREE.search(line) else ():
        yield Island(at + found.start(), at + found.end(), Kind.LIST)


def dotted(line: str, at: int = 0) -> Iterator[Island]:
    """Foreign names, and the dots inside titles and in a line that is one: 沁园春．长沙.

    >>> sorted((i.start, i.end) for i in dotted("《史记•货殖列传》，乔治.华盛顿"))
    [(0, 9), (3, 4), (10, 16)]
    """
    for start, end in transliteration.names(line):
        yield Island(at + start, at + end, Kind.NAME)
    if not _DOTTED.search(line):
        return
    alone = _ALONE.fullmatch(line.strip()) if len(line) <= TITLE else None
    if alone:
        yield Island(at + line.index(alone[1]), at + line.index(alone[1]) + 1, Kind.NAME)
    for found in _IN_TITLE.finditer(line):
        yield Island(at + found.start(1), at + found.end(1), Kind.NAME)


_TICKED = lazy(r"(?<![A-Za-z0-9])'|'(?![A-Za-z0-9])")
_CLAUSE = lazy(r"[^。！？!?\n]+")

LONGEST_QUOTED = 30
"""Characters of the longest words between a pair of straight single quotes."""


def ticks(line: str, at: int = 0) -> Iterator[Island]:
    """Straight single quotes that come in pairs around words of a sentence.

    >>> [[i.start for i in ticks(s)] for s in ("对'夜间经济'很感兴趣", "北京'上海'天津'重庆")]
    [[1, 6], []]
    """
    if "'" not in line:
        return
    for clause in _CLAUSE.finditer(line):
        places = [clause.start() + m.start() for m in _TICKED.finditer(clause[0])]
        pairs = list(zip(places[::2], places[1::2], strict=False))
        if places and len(places) % 2 == 0 and all(_quoted(line, *pair) for pair in pairs):
            yield from (Island(at + n, at + n + 1, Kind.QUOTE) for n in places)


def _quoted(line: str, start: int, end: int) -> bool:
    inside = line[start + 1 : end]
    return 0 < len(inside) <= LONGEST_QUOTED and inside.strip() == inside
