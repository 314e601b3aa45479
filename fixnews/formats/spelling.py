r"""How characters are written at a place of a file, and how some of them are written anew there.

In an attribute ``"`` may be ``&quot;``, in JSON 江 may be ``\u6c5f``. A word is changed character
by character: those that stay keep the very bytes they have.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from fixnews.patterns import lazy


class Raw(NamedTuple):
    """A stretch of the file that is read as characters of a word.

    Attributes:
        start, end: offsets in characters of the decoded file.
        way: which of `WAYS` they are written in.
    """

    start: int
    end: int
    way: str


class Swap(NamedTuple):
    """Characters ``start`` to ``end`` of a word become ``new``."""

    start: int
    end: int
    new: str


class Patch(NamedTuple):
    """``file[start:end]`` becomes ``new``, as it is written there."""

    start: int
    end: int
    new: str


Writes = Callable[[str], bool]
"""Whether a file may hold a character as such; where not, it is written as a reference."""


class Way(NamedTuple):
    """A way of writing characters.

    Attributes:
        mark: what every character has that is not written as such; nothing where all are.
        atom: what one character is written as.
        read: an atom or many, as characters.
        write: characters, with what must be escaped.
        named: a character that the file cannot hold.
    """

    mark: str
    atom: re.Pattern[str]
    read: Callable[[str], str]
    write: Callable[[str], str]
    named: Callable[[str], str]


_REFERENCE = lazy(r"&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z]\w*);|.", re.DOTALL)
_ESCAPE = lazy(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|.", re.DOTALL)
_LONE = lazy("[\ud800-\udfff]")
_ANY = lazy(".", re.DOTALL)


def _escaper(*special: str) -> Callable[[str], str]:
    names = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
    table = str.maketrans({c: names[c] for c in special})
    return lambda text: text.translate(table)


def _same(text: str) -> str:
    return text


def _reference(char: str) -> str:
    return f"&#x{ord(char):X};"


def _outside(char: str) -> str:
    return f"]]>{_reference(char)}<![CDATA["


def _cdata(text: str) -> str:
    return text.replace("]]>", "]]]]><![CDATA[>")


def _unquoted(text: str) -> str:
    return _LONE.sub("\ufffd", json.loads(f'"{text}"', strict=False))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _escape(char: str) -> str:
    return json.dumps(char)[1:-1]


def _markup(*special: str) -> Way:
    return Way("&", _REFERENCE, html.unescape, _escaper(*special), _reference)


WAYS = {
    "text": _markup("&", "<", ">"),
    '"': _markup("&", "<", '"'),
    "'": _markup("&", "<", "'"),
    "bare": _markup("&", "<", ">", '"', "'"),
    "cdata": Way("", _ANY, _same, _cdata, _outside),
    "json": Way("\\", _ESCAPE, _unquoted, _quoted, _escape),
    "plain": Way("", _ANY, _same, _same, _same),
}
"""By name: text of XML, an attribute by its quotes or without, CDATA, a string of JSON, a cell."""

_BREAKS = "\t\n\r\f\v\x85\u2028\u2029"
_BLANK, _BLANKS = str.maketrans(dict.fromkeys(_BREAKS, " ")), _BREAKS + " "


def value(file: str, raw: Raw) -> str:
    """What a stretch of the file says.

    >>> value('A="&lt;b"', Raw(3, 8, '"'))
    '<b'
    """
    text, way = file[raw.start : raw.end], WAYS[raw.way]
    return way.read(text) if way.mark and way.mark in text else text


def spelt(file: str, raws: Sequence[Raw]) -> str:
    """What several stretches say together; a break or a tab inside is a blank.

    Blanks around it are none of it; so every character stands for one that is written there.
    """
    text = value(file, raws[0]) if len(raws) == 1 else "".join(value(file, raw) for raw in raws)
    return text.strip(" ") if text.isalnum() else text.translate(_BLANK).strip(" ")


def swapped(text: str, swaps: Sequence[Swap]) -> str:
    """A word after some of its characters were changed, as `spelt` would read it.

    >>> swapped("江诚", [Swap(1, 2, "城"), Swap(2, 2, "报")])
    '江城报'
    """
    out, at = [], 0
    for start, end, new in swaps:
        out += [text[at:start], new]
        at = end
    return "".join((*out, text[at:])).translate(_BLANK).strip(" ") if swaps else text


class _Atom(NamedTuple):
    """What one character, or a few under one name, are written as."""

    start: int
    end: int
    way: str
    text: str


def _atoms(file: str, raws: Sequence[Raw]) -> Iterator[_Atom]:
    for raw in raws:
        way = WAYS[raw.way]
        for found in way.atom.finditer(file[raw.start : raw.end]):
            start, end = raw.start + found.start(), raw.start + found.end()
            yield _Atom(start, end, raw.way, way.read(found[0]))


def rewritten(
    file: str, raws: Sequence[Raw], swaps: Sequence[Swap], writes: Writes
) -> Iterator[Patch]:
    r"""The changes of the file that change some characters of a word.

    Args:
        file: the decoded file.
        raws: where the word is written.
        swaps: what becomes of it; offsets in characters of `spelt`, in order, apart.
        writes: see `Writes`.

    >>> file = '<String CONTENT="&quot;江诚"/>'
    >>> list(rewritten(file, [Raw(17, 25, '"')], [Swap(2, 3, "城")], lambda c: True))
    [Patch(start=24, end=25, new='城')]
    """
    raws, before = _near(file, raws, swaps)
    atoms = list(_atoms(file, raws))
    home = [n for n, atom in enumerate(atoms) for _ in atom.text]
    old = "".join(atom.text for atom in atoms)
    lead = 0 if before else len(old) - len(old.lstrip(_BLANKS))
    new, behind, ahead = list(old), [""] * len(old), ""
    for start, end, text in swaps:
        start, end = start + lead - before, end + lead - before  # noqa: PLW2901
        if start == end and start == lead:
            ahead += text
        elif start == end:
            behind[start - 1] += text
        else:
            spread = text if len(text) == end - start else [text, *[""] * (end - start - 1)]
            new[start:end] = spread
    if ahead and home:
        at = atoms[home[lead]]
        yield Patch(at.start, at.start, _written(ahead, at.way, writes))
    first = 0
    for atom in atoms:
        last = first + len(atom.text)
        own, more = "".join(new[first:last]), "".join(behind[first:last])
        first = last
        if own != atom.text:
            yield Patch(atom.start, atom.end, _written(own + more, atom.way, writes))
        elif more:
            yield Patch(atom.end, atom.end, _written(more, atom.way, writes))


def _near(file: str, raws: Sequence[Raw], swaps: Sequence[Swap]) -> tuple[Sequence[Raw], int]:
    """Where what changes is written, and a character on either side; how many go before.

    A region has hundreds of words: for a change in one of them the others are not taken apart. Only
    where each character is written as such, in one stretch, is its place known without a look.
    """
    start, end, way = raws[0]
    mark, text = WAYS[way].mark, file[start:end]
    before = min(swap.start for swap in swaps) - 1 if swaps else 0
    if len(raws) > 1 or before <= 0 or (mark and mark in text):
        return raws, 0
    first = end - len(text.lstrip(_BLANKS))
    last = first + max(swap.end for swap in swaps) + 1
    return (Raw(first + before, min(end, last), way),), before


def _written(text: str, name: str, writes: Writes) -> str:
    way = WAYS[name]
    return "".join(c if writes(c) else way.named(c) for c in way.write(text))


def spliced(file: str, patches: Sequence[Patch]) -> str:
    """The file with its changes; of two at one place, an insertion goes first.

    >>> spliced("abc", [Patch(1, 2, "X"), Patch(1, 1, "-")])
    'a-Xc'
    """
    out, at = [], 0
    for start, end, new in sorted(patches, key=lambda p: p[:2]):
        out += [file[at:start], new]
        at = end
    return "".join((*out, file[at:]))
