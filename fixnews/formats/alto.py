"""ALTO, versions 1 to 4, as libraries keep it.

A word is a ``String``; what it says stands in ``CONTENT``, its confidence in ``WC``. A block is a
``TextBlock``. ``HYP`` is a hyphen that was printed: it is read, and never changed. ``SUBS_CONTENT``
repeats a word that was cut at a line's end. Sizes are in pixels, tenths of a millimetre or parts of
an inch, 1200 to each; the file does not say how many pixels these are, so that they are told at
`DPI`. Rotations are counted against the clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from fixnews.formats import tags
from fixnews.formats.gathering import (
    Found,
    Glyph,
    Kin,
    Leaf,
    Line,
    Page,
    Tally,
    Twin,
    confidence,
    leaf,
    number,
    polygon,
    sized,
)
from fixnews.formats.ranks import Ranks
from fixnews.formats.spelling import Raw, spelt, value
from fixnews.formats.tags import Event
from fixnews.message import Message
from fixnews.patterns import lazy
from fixnews.positions import NOWHERE, Box, Word

DPI = 300
"""Pixels in an inch where a file measures in parts of an inch or of a metre: what newspapers are
scanned at; only ratios of sizes are ever asked for."""

_UNITS = {"pixel": 1.0, "mm10": DPI / 254, "inch1200": DPI / 1200}

_BOX = ("HPOS", "VPOS", "WIDTH", "HEIGHT")

_PLAIN = (
    r'String(?: ID="([^"<>&\s]*)")? HPOS="([0-9]{1,9})" VPOS="([0-9]{1,9})" WIDTH="([0-9]{1,9})" '
    r'HEIGHT="([0-9]{1,9})" WC="([0-9.]{1,9})" CONTENT="([^"<>&\s]+)"/>'
)
_WORD = lazy(f"<{_PLAIN}")
_TAGS = tags.with_runs(_PLAIN, r'\s*(?:<SP(?: [A-Z]+="[^"<>&]*")*+/>\s*)?+')
"""A word as Tesseract writes it, without anything inside and nothing that stands for another
character: for these the short way says what the long one does."""

UNSURE = "9"
"""What CC says of a character of which the recogniser knows nothing."""


def leaves(file: str, path: str) -> Iterator[Leaf]:
    """The pages of a file.

    Raises:
        PageError: it is not well-formed.
    """
    tags.check(file, path)
    scan = _Scan(file)
    for event in tags.events(file, pattern=_TAGS):
        if event.kind == "open":
            scan.stack.append(event)
            scan.open(event)
        elif event.kind == "close":
            yield from scan.close(scan.stack.pop(), event)
        elif event.kind == "text":
            scan.text(event)
        elif event.kind == "run":
            scan.plain_words(event)


@dataclass(slots=True)
class _Inside:
    """A String that is being read."""

    attributes: dict[str, Raw]
    glyphs: list[tuple[int, Raw | None]] = field(default_factory=list)
    spans: list[Glyph] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Scan:
    """The scan of a file: what it is inside of."""

    file: str
    stack: list[Event] = field(default_factory=list)
    scale: float = 1.0
    unit: str = "pixel"
    scan: str = ""
    ranks: Ranks = field(default_factory=Ranks)
    page: Page = field(default_factory=Page)
    line: Line | None = None
    block: str = ""
    blocks: int = 0
    word: _Inside | None = None
    turned: float = 0.0
    half: tuple[Line, int, Raw] | None = None

    def open(self, event: Event) -> None:
        """A tag."""
        opener = _OPEN.get(event.name)
        if opener:
            opener(self, tags.attributes(self.file, event), event)

    def close(self, opened: Event, event: Event) -> Iterator[Leaf]:
        """The end of an element; of a page, the page."""
        match opened.name:
            case "Page":
                yield leaf(self.ranks.sorted(self.page))
            case "TextLine":
                self.line = None
            case "TextBlock":
                self.line, self.block = None, ""
            case "String":
                self._end_of_word()
            case "Glyph" if self.word and self.word.glyphs:
                start, raw = self.word.glyphs[-1]
                raws = (raw,) if raw else ()
                self.word.spans.append(Glyph(start, event.end, raws))
            case "OrderedGroup" | "UnorderedGroup":
                self.ranks.left()
            case _:
                pass

    def text(self, event: Event) -> None:
        """Text counts in the head of the file alone, and as an alternative of a word."""
        name = self.stack[-1].name if self.stack else ""
        said = self.file[event.start : event.end].strip()
        if name == "MeasurementUnit":
            self.unit, self.scale = said, _UNITS.get(said, 1.0)
        elif name == "fileName" and not self.scan:
            self.scan = value(self.file, Raw(event.start, event.end, "text")).strip()
        elif name == "ALTERNATIVE" and self.word and said:
            self.word.alternatives.append(value(self.file, Raw(event.start, event.end, "text")))

    def plain_words(self, event: Event) -> None:
        """Words that hold nothing; one that they stand in is no word any more."""
        founds, self.word = self._line_now().founds, None
        for found in _WORD.finditer(self.file, event.start, event.end):
            name, left, top, width, height, sure, text = found.groups("")
            where = _scaled(sized(left, top, width, height), self.scale)
            word = Word(text, where, name, confidence(sure))
            founds.append(Found(word, (Raw(*found.span(7), '"'),)))

    def told(self, raws: dict[str, Raw], name: str) -> str:
        """An attribute, or nothing."""
        raw = raws.get(name)
        return value(self.file, raw) if raw else ""

    def box(self, raws: dict[str, Raw]) -> Box:
        """Where an element says it is, in pixels."""
        return _scaled(sized(*[self.told(raws, name) for name in _BOX]), self.scale)

    def on_page(self, raws: dict[str, Raw], _: Event) -> None:
        """A page."""
        sizes = (number(self.told(raws, name)) or 0.0 for name in ("WIDTH", "HEIGHT"))
        width, height = (size * self.scale for size in sizes)
        turned = -(number(self.told(raws, "ROTATION")) or 0.0) % 360
        name = self.told(raws, "ID")
        self.page = Page(width, height, self.scan, turned, name=name)
        self.blocks, self.line = 0, None
        if self.unit != "pixel":
            self.page.notes.append(
                Message("measured in {unit}: told in pixels at {dpi} dpi", unit=self.unit, dpi=DPI)
            )

    def on_block(self, raws: dict[str, Raw], _: Event) -> None:
        """A block of text."""
        self.blocks += 1
        self.block, self.line = self.told(raws, "ID"), None
        self.turned = -(number(self.told(raws, "ROTATION")) or 0.0) % 360

    def on_line(self, raws: dict[str, Raw], _: Event) -> None:
        """A line."""
        own = number(self.told(raws, "ROTATION"))
        turned = self.turned if own is None else -own % 360
        self._new_line(Line(self.box(raws), name=self.told(raws, "ID"), turned=turned))

    def on_word(self, raws: dict[str, Raw], _: Event) -> None:
        """A word."""
        self.word = _Inside(raws)

    def on_glyph(self, raws: dict[str, Raw], event: Event) -> None:
        """A character of a word."""
        if self.word:
            self.word.glyphs.append((event.start, raws.get("CONTENT")))

    def on_hyphen(self, raws: dict[str, Raw], _: Event) -> None:
        """A printed hyphen."""
        text = self.told(raws, "CONTENT").strip()
        if text and self.line:
            self.line.founds.append(Found(Word(text, self.box(raws), "HYP"), ()))

    def on_polygon(self, raws: dict[str, Raw], _: Event) -> None:
        """An outline, which counts where a line has no box."""
        if self.line and self.line.box == NOWHERE and not self.word:
            flat = self.told(raws, "POINTS").replace(",", " ").split()
            found = polygon(zip(flat[::2], flat[1::2], strict=False))
            self.line.box = _scaled(found, self.scale)

    def on_reference(self, raws: dict[str, Raw], event: Event) -> None:
        """A block or line of the reading order, or a group of them."""
        if event.name != "ElementRef":
            self.ranks.entered(ordered=event.name == "OrderedGroup")
        for name in self.told(raws, "REF").split():
            self.ranks.put(name)

    def _line_now(self) -> Line:
        """The line that is being read; for a word outside of all, one of its own begins."""
        if self.line is None:
            self._new_line(Line())
        assert self.line
        return self.line

    def _new_line(self, line: Line) -> None:
        self.line = line
        line.block = max(0, self.blocks - 1)
        self.page.lines.append(line)
        self.ranks.lines.append((line.name, self.block))

    def _end_of_word(self) -> None:
        word, self.word = self.word, None
        content = word.attributes.get("CONTENT") if word else None
        if not word or not content or not (text := spelt(self.file, [content])):
            return
        line = self._line_now()
        sure = confidence(self.told(word.attributes, "WC"))
        name = self.told(word.attributes, "ID")
        others = tuple((other, 0.0) for other in word.alternatives)
        known = Word(text, self.box(word.attributes), name, sure, (), others)
        line.founds.append(Found(known, (content,), _kin(word)))
        self._cut(text, word.attributes)

    def _cut(self, text: str, raws: dict[str, Raw]) -> None:
        """A word cut at a line's end: each half has the whole beside it, which must agree."""
        assert self.line
        part, whole = self.told(raws, "SUBS_TYPE"), raws.get("SUBS_CONTENT")
        if part == "HypPart1" and whole:
            self.half = self.line, len(self.line.founds) - 1, whole
        elif part == "HypPart2" and whole and self.half:
            line, at, other = self.half
            first, said = line.founds[at], value(self.file, whole)
            if said == value(self.file, other) == first.word.text + text:
                both = (Twin((other,)), Twin((whole,)))
                line.founds[at] = _with(first, both)
                behind = tuple(twin._replace(offset=len(said) - len(text)) for twin in both)
                self.line.founds[-1] = _with(self.line.founds[-1], behind)
            self.half = None


def _scaled(found: Box, scale: float) -> Box:
    return found if scale == 1.0 else Box(*(side * scale for side in found))


def _kin(word: _Inside) -> Kin:
    """What must agree with a word: its CC and its glyphs."""
    cc = word.attributes.get("CC")
    tallies = (Tally(cc.start, cc.end, 1, UNSURE),) if cc else ()
    return Kin((), tallies, tuple(word.spans))


def _with(found: Found, twins: tuple[Twin, ...]) -> Found:
    return found._replace(kin=found.kin._replace(twins=twins))


_OPEN = {
    "Page": _Scan.on_page,
    "TextBlock": _Scan.on_block,
    "TextLine": _Scan.on_line,
    "String": _Scan.on_word,
    "Glyph": _Scan.on_glyph,
    "HYP": _Scan.on_hyphen,
    "Polygon": _Scan.on_polygon,
    "OrderedGroup": _Scan.on_reference,
    "UnorderedGroup": _Scan.on_reference,
    "ElementRef": _Scan.on_reference,
}
