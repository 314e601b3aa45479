"""The tags of XML and of HTML, with the place of everything that they hold.

To change one character and no other, one must know where the characters of a value stand in the
file. No parser at hand says so: lxml keeps the line of an element, expat the byte of its tag, and
html.parser gives values decoded; lxml takes a declared encoding at its word and expat knows no GBK.
So one pattern finds the tags in the text as `fixnews.encoding` decoded it, for XML and HTML alike.
Nothing is ever expanded or fetched: an entity is text, and a document type that declares some is
refused, which leaves no way for bombs of entities and files named in them. Whether XML is
well-formed expat says, once, and sees nothing but UTF-8.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple
from xml.parsers import expat

from fixnews.errors import PageError
from fixnews.formats.spelling import Raw, value
from fixnews.message import Message
from fixnews.patterns import lazy

REMEDY = "write it anew with the program that made it"

_TAGS = (
    r"<!--(?:.*?-->|.*)"
    r"|<!\[CDATA\[(?P<cdata>.*?)(?:\]\]>|\Z)"
    r"|<[?!][^<>]*>"
    r"|</(?P<closed>[^\s<>/]+)\s*>"
    r"|<(?P<opened>[A-Za-z_:][^\s<>/]*)(?P<more>(?:\"[^\"<]*\"|'[^'<]*'|[^<>\"']++)*+)>"
)
_TAG = lazy(_TAGS, re.DOTALL)
_ATTRIBUTE = lazy(
    r"(?<![^\s=/\"'<>])([^\s=/\"'<>]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))"
)
_WAY = ("", "", '"', "'", "bare")
_SUBSET = lazy(r"<!DOCTYPE[^<>\[]*\[", re.IGNORECASE)

VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905
)
"""Elements of HTML that hold nothing and need no end tag."""

LOOSE = frozenset(
    "html head body p li dd dt tr td th thead tbody tfoot option colgroup".split()  # noqa: SIM905
)
"""Elements of HTML whose end tag may be missing."""


class Event(NamedTuple):
    """What the scan comes by.

    Attributes:
        kind: ``open``, ``close``, ``text`` or ``cdata``; ``left`` for an element that is still open
            where the file ends; ``run`` for elements that are told together, see `with_runs`.
        name: of the element, without a prefix; of HTML in lower case; nothing for text.
        start, end: where it stands: the tag with its angles; the characters of text.
    """

    kind: str
    name: str
    start: int
    end: int


def check(file: str, path: str) -> None:
    """Refuse what is not well-formed XML, or declares entities.

    Raises:
        PageError: says the line and what is wrong there.

    >>> check("<a><b></a>", "x.xml")
    Traceback (most recent call last):
    fixnews.errors.PageError: x.xml:1: not well-formed XML: mismatched tag (write it anew with the \
program that made it)
    """
    refuse_subset(file, path)
    parser = expat.ParserCreate("utf-8")
    try:
        parser.Parse(file.encode("utf-8", "surrogatepass"), True)
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code)
        cut = what in ("no element found", "unclosed token")
        told = "the file is cut off" if cut else "not well-formed XML: {what}"
        place, problem = f"{path}:{error.lineno}", Message(told, what=what)
        whole = Message("{place}: {problem}", place=place, problem=problem)
        raise PageError(whole, REMEDY) from None


def refuse_subset(file: str, path: str) -> None:
    """Refuse a document type that declares entities of its own."""
    if "<!" in file and (found := _SUBSET.search(file)):
        problem = Message(
            "{path}:{line_of}: a document type with declarations inside",
            path=path,
            line_of=line_of(file, found.start()),
        )
        raise PageError(problem, "take them out: entities are not read")


def line_of(file: str, offset: int) -> int:
    """The line of an offset, counted from 1."""
    return file.count("\n", 0, offset) + 1


def with_runs(element: str, between: str = r"\s*") -> re.Pattern[str]:
    """A pattern for `events` by which elements of one form that follow each other are one event.

    Nine tags in ten of a page are those of its words, and one recogniser writes all alike: told
    one by one they cost ten times as much.

    Args:
        element: an expression for a whole element, without its first angle.
        between: for what may lie between two of them.
    """
    return lazy(f"<(?P<run>(?:(?:(?<=<)|{between}<){element})++)|{_TAGS}", re.DOTALL)


def events(file: str, *, loose: bool = False, pattern: re.Pattern[str] = _TAG) -> Iterator[Event]:
    """The tags and texts of a file, each element that is opened closed in its turn.

    Args:
        file: decoded.
        loose: HTML: names in any case, some elements without an end, blanks alone are text.
        pattern: one of `with_runs`, where runs are wanted.

    >>> [e.kind for e in events("<a>x<b/></a>")]
    ['open', 'text', 'open', 'close', 'close']
    """
    stack: list[str] = []
    depth: Counter[str] = Counter()
    at = 0
    for found in pattern.finditer(file):
        start, end = found.span()
        if start > at and (loose or not file[at:start].isspace()):
            yield Event("text", "", at, start)
        at = end
        what = found.lastgroup
        if what == "more":
            name = _local(found["opened"], loose=loose)
            yield Event("open", name, start, end)
            if file[end - 2] == "/" or (loose and name in VOID):
                yield Event("close", name, start, end)
            else:
                stack.append(name)
                depth[name] += 1
        elif what == "closed":
            ended = _closed(stack, depth, _local(found["closed"], loose=loose))
            yield from (Event("close", inner, start, end) for inner in ended)
        elif what == "cdata":
            yield Event("cdata", "", *found.span("cdata"))
        elif what == "run":
            yield Event("run", "", start, end)
    if at < len(file):
        yield Event("text", "", at, len(file))
    for name in reversed(stack):
        yield Event("left", name, len(file), len(file))


def _closed(stack: list[str], depth: Counter[str], name: str) -> Iterator[str]:
    """What an end tag ends: its element and all left open in it; a stray one ends nothing."""
    inner = ""
    while inner != name and depth[name]:
        inner = stack.pop()
        depth[inner] -= 1
        yield inner


def _local(name: str, *, loose: bool) -> str:
    name = name.rpartition(":")[2] if ":" in name else name
    return name.lower() if loose else name


def attributes(file: str, event: Event, *, loose: bool = False) -> dict[str, Raw]:
    """Where the values of a tag's attributes are written; the first of one name counts.

    Names of HTML, ``loose``, are given in lower case.

    >>> file = "<w id='a' title=b>"
    >>> attributes(file, next(events(file)))
    {'id': Raw(start=7, end=8, way="'"), 'title': Raw(start=16, end=17, way='bare')}
    """
    found: dict[str, Raw] = {}
    for match in _ATTRIBUTE.finditer(file, event.start, event.end):
        name, group = match[1].lower() if loose else match[1], match.lastindex or 0
        if name not in found:
            found[name] = Raw(match.start(group), match.end(group), _WAY[group])
    return found


def values(file: str, event: Event, *, loose: bool = False) -> dict[str, str]:
    """What a tag's attributes say."""
    found = attributes(file, event, loose=loose)
    return {name: value(file, raw) for name, raw in found.items()}
