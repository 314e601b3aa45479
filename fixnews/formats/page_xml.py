"""PAGE, 2010 to 2019, as PRImA, Transkribus, eScriptorium and OCR-D write it.

What was read stands in ``TextEquiv`` at words, at lines and at regions, several times over with an
``index``, of which the lowest counts. Words are taken where a line has them, else the line, else
the lines of the region's text. A change is made at all three levels, as long as they agree.
Outlines are polygons. ``orientation`` is what a region must be turned by to stand upright.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from fixnews.formats import tags
from fixnews.formats.gathering import (
    Found,
    Glyph,
    Kin,
    Leaf,
    Line,
    Page,
    Telling,
    confidence,
    enclosed,
    leaf,
    number,
    polygon,
)
from fixnews.formats.ranks import Ranks
from fixnews.formats.spelling import Raw, spelt, value
from fixnews.formats.tags import Event
from fixnews.patterns import lazy
from fixnews.positions import NOWHERE, Box, Word

_LEVELS = {"TextLine": "line", "Word": "word", "Glyph": "glyph"}
_PLAIN = (
    r'Word id="([^"<>&\s]*)">\s*<Coords points="(-?[0-9.]+,-?[0-9.]+(?: -?[0-9.]+,-?[0-9.]+)*+)"'
    r"\s*/>\s*"
    r'<TextEquiv(?: conf="([0-9.]*)")?>\s*<Unicode>([^<>&\s]+)</Unicode>\s*</TextEquiv>\s*</Word>'
)
_WORD, _TAGS = lazy(f"<{_PLAIN}"), tags.with_runs(_PLAIN)
"""A word with nothing but its outline and its text, which stands for itself: for these the short
way says what the long one does."""

_GROUPS = ("OrderedGroup", "UnorderedGroup", "OrderedGroupIndexed", "UnorderedGroupIndexed")


def leaves(file: str, path: str) -> Iterator[Leaf]:
    """The pages of a file.

    Raises:
        PageError: it is not well-formed.
    """
    tags.check(file, path)
    scan = _Scan(file)
    for event in tags.events(file, pattern=_TAGS):
        if event.kind == "open":
            scan.open(event)
            scan.stack.append(event.name)
        elif event.kind == "close":
            scan.stack.pop()
            yield from scan.close(event)
        elif event.kind == "run":
            scan.plain_words(event)
        elif scan.stack and scan.stack[-1] == "Unicode" and scan.nodes and scan.nodes[-1].equivs:
            scan.nodes[-1].equivs[-1].raws.append(Raw(event.start, event.end, event.kind))


@dataclass(slots=True)
class _Equiv:
    """A reading of something: how likely, and where it is written."""

    index: float
    sure: float | None
    raws: list[Raw] = field(default_factory=list)


@dataclass(slots=True)
class _Node:
    """A region, line, word or glyph, and what is in it; of a line also words that are read."""

    level: str
    name: str
    start: int
    end: int = 0
    box: Box = NOWHERE
    turned: float = 0.0
    equivs: list[_Equiv] = field(default_factory=list)
    inner: list[_Node | Found] = field(default_factory=list)

    def best(self) -> _Equiv | None:
        """The reading that counts."""
        if len(self.equivs) == 1:
            return self.equivs[0]
        return min(self.equivs, key=lambda e: e.index, default=None)

    def raws(self) -> tuple[Raw, ...]:
        """Where the reading that counts is written."""
        best = self.best()
        return tuple(best.raws) if best else ()


@dataclass(slots=True)
class _Scan:
    """The scan of a file: what it is inside of."""

    file: str
    stack: list[str] = field(default_factory=list)
    nodes: list[_Node] = field(default_factory=list)
    ranks: Ranks = field(default_factory=Ranks)
    page: Page = field(default_factory=Page)
    blocks: int = 0

    def open(self, event: Event) -> None:
        """A tag."""
        name = event.name
        level = "region" if name.endswith("Region") else _LEVELS.get(name, "")
        if level:
            self._node(level, event)
        elif name in ("Coords", "Point"):
            self._outline(tags.values(self.file, event))
        elif name == "TextEquiv" and self.nodes:
            self._equiv(tags.values(self.file, event))
        elif name == "Page":
            self._page(tags.values(self.file, event))
        elif name in _GROUPS:
            told = tags.values(self.file, event)
            self.ranks.entered(ordered=name.startswith("Ordered"), index=number(told.get("index")))
            if "regionRef" in told:
                self.ranks.put(told["regionRef"], -1.0)
        elif name in ("RegionRef", "RegionRefIndexed"):
            told = tags.values(self.file, event)
            self.ranks.put(told.get("regionRef", ""), number(told.get("index")))

    def close(self, event: Event) -> Iterator[Leaf]:
        """The end of an element; of a page, the page."""
        name = event.name
        if name == "Page":
            yield leaf(self.ranks.sorted(self.page))
        elif name in _GROUPS:
            self.ranks.left()
        elif name in _LEVELS or name.endswith("Region"):
            node = self.nodes.pop()
            node.end = event.end
            if node.level == "region":
                self._region(node)
            else:
                self._ended(node)

    def plain_words(self, event: Event) -> None:
        """Words that hold nothing but what all words hold; those of a line are done with."""
        line = self.nodes[-1] if self.nodes and self.nodes[-1].level == "line" else None
        for found in _WORD.finditer(self.file, event.start, event.end):
            name, points, told, text = found.groups()
            where, sure = enclosed(points.replace(",", " ").split()), confidence(told)
            raw = Raw(*found.span(4), "text")
            if line:
                line.inner.append(Found(Word(text, where, name, sure), (raw,)))
                continue
            turned = self.nodes[-1].turned if self.nodes else 0.0
            node = _Node("word", name, *found.span(), turned=turned, box=where)
            node.equivs.append(_Equiv(0.0, sure, [raw]))
            self._ended(node)

    def _ended(self, node: _Node) -> None:
        """A line, word or glyph with all that it holds; one in no region is one."""
        if self.nodes:
            self.nodes[-1].inner.append(node)
        else:
            self._region(_Node("region", "", node.start, inner=[node]))

    def _page(self, told: dict[str, str]) -> None:
        width, height = (number(told.get(f"image{side}")) or 0.0 for side in ("Width", "Height"))
        turned = -(number(told.get("orientation")) or 0.0) % 360
        name = told.get("id", "")
        self.page = Page(width, height, told.get("imageFilename", ""), turned, name=name)
        self.blocks = 0

    def _node(self, level: str, event: Event) -> None:
        told = tags.values(self.file, event)
        around = self.nodes[-1].turned if self.nodes else 0.0
        own = number(told.get("orientation"))
        turned = around if own is None else -own % 360
        self.nodes.append(_Node(level, told.get("id", ""), event.start, turned=turned))

    def _outline(self, told: dict[str, str]) -> None:
        if not self.nodes:
            return
        node = self.nodes[-1]
        corners = _corners(told.get("points", ""))
        if "x" in told and "y" in told:
            corner = polygon([(told["x"], told["y"])] * 2)
            node.box = corner if node.box == NOWHERE else Box.around(node.box, corner)
        elif corners:
            node.box = polygon(corners)

    def _equiv(self, told: dict[str, str]) -> None:
        index = number(told.get("index")) or 0.0
        self.nodes[-1].equivs.append(_Equiv(index, confidence(told.get("conf"))))

    def _region(self, region: _Node) -> None:
        """The lines of a region, in the order of the file."""
        nodes = (node for node in region.inner if isinstance(node, _Node))
        lines = [line for line in map(self._line, nodes) if line.founds]
        lines = lines or self._text_lines(region)
        if not lines:
            return
        raws, at = region.raws(), 0
        starts = self._within(raws, [f.word.text for line in lines for f in line.founds])
        for line in lines:
            line.block = self.blocks
            end = at + len(line.founds)
            line.tellings += [Telling(raws, starts[at:end])] if starts else []
            at = end
            self.ranks.lines.append((line.name, region.name))
        self.page.lines += lines
        self.blocks += 1

    def _line(self, node: _Node) -> Line:
        """A line, of its words where it has some that say something."""
        line = Line(node.box, name=node.name, turned=node.turned)
        inner = node.inner if node.level == "line" else ()
        words = (word if isinstance(word, Found) else self._word(word) for word in inner)
        line.founds = [word for word in words if word.word.text]
        if line.founds:
            raws = node.raws()
            starts = self._within(raws, [found.word.text for found in line.founds])
            line.tellings = [Telling(raws, starts)] if starts else []
        elif self._said(node):
            line.founds = [self._word(node)]
        return line

    def _word(self, node: _Node) -> Found:
        best, text = node.best(), self._said(node)
        if len(node.equivs) == 1 and not node.inner:
            sure = node.equivs[0].sure
            return Found(Word(text, node.box, node.name, sure), node.raws())
        others = sorted((e for e in node.equivs if e is not best), key=lambda e: e.index)
        told = tuple((spelt(self.file, e.raws), e.sure or 0.0) for e in others if e.raws)
        glyphs = [g for g in node.inner if isinstance(g, _Node) and g.level == "glyph"]
        cells = tuple((g.box.left, g.box.right) for g in glyphs if g.box != NOWHERE)
        sure = best.sure if best else None
        fits = len(cells) == len(text)
        known = Word(text, node.box, node.name, sure, cells if fits else (), told)
        kin = Kin(glyphs=tuple(Glyph(g.start, g.end, g.raws()) for g in glyphs))
        return Found(known, node.raws(), kin)

    def _said(self, node: _Node) -> str:
        return spelt(self.file, node.raws())

    def _text_lines(self, region: _Node) -> list[Line]:
        """The lines of a region that has only text."""
        lines = []
        for raw in region.raws():
            at = raw.start
            for piece in self.file[raw.start : raw.end].split("\n"):
                here, at = Raw(at, at + len(piece), raw.way), at + len(piece) + 1
                if text := spelt(self.file, [here]):
                    word = Word(text, region.box, region.name)
                    line = Line(region.box, name=region.name, turned=region.turned)
                    line.founds = [Found(word, (here,))]
                    lines.append(line)
        region.equivs = []
        return lines

    def _within(self, raws: Sequence[Raw], parts: Sequence[str]) -> list[int]:
        """Where parts of a text start in it, with nothing but blanks between them."""
        whole = "".join(value(self.file, raw) for raw in raws)
        lead = len(whole) - len(whole.lstrip(" \t\r\n"))
        found: list[int] = []
        at = lead
        for part in parts:
            while at < len(whole) and whole[at].isspace() and not whole.startswith(part, at):
                at += 1
            if not whole.startswith(part, at):
                return []
            found.append(at - lead)
            at += len(part)
        return [] if whole[at:].strip() else found


def _corners(points: str) -> list[tuple[str, str]]:
    """The corners of an outline; what is no pair is none."""
    pairs = (pair.split(",") for pair in points.split())
    return [(pair[0], pair[1]) for pair in pairs if len(pair) == 2]
