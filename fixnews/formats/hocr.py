"""hOCR: HTML or XHTML whose classes say what a recogniser found, as Tesseract and OCRopus write it.

A word is an ``ocrx_word``, with emphasis inside, or the text of a line that has no words. Positions
stand in ``title``: ``bbox 10 20 90 50; x_wconf 95``, in any order. A paragraph is a block. Inside a
word ``ocrx_cinfo`` are its characters, or, under an id ``lstm_choices…``, what else may be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from fixnews.errors import PageError
from fixnews.formats import tags
from fixnews.formats.gathering import (
    NO_KIN,
    Found,
    Kin,
    Leaf,
    Line,
    Page,
    Tally,
    box,
    confidence,
    leaf,
    number,
)
from fixnews.formats.spelling import Raw, spelt, value
from fixnews.formats.tags import Event
from fixnews.message import Message
from fixnews.patterns import lazy
from fixnews.positions import NOWHERE, Box, Word

_CLASS = lazy(r"\bclass\s*=\s*[\"']?[^\"'>]*?\b(ocrx?_\w+)", re.IGNORECASE)
_PROPERTY = lazy(r"""\s*([A-Za-z_]\w*)((?:\s+(?:"[^"]*"|'[^']*'|[^\s;"']+))*)\s*;?""")
_CHOICES = ("lstm_choices", "choice", "symbol", "timestep")

_ROLES = {
    "ocr_page": "page",
    "ocr_carea": "block",
    "ocr_par": "block",
    "ocrx_block": "block",
    "ocr_line": "line",
    "ocrx_line": "line",
    "ocr_header": "line",
    "ocr_footer": "line",
    "ocr_caption": "line",
    "ocr_textfloat": "line",
    "ocrx_word": "word",
    "ocrx_cinfo": "character",
}
"""What a class is to us; pictures and rules hold no words."""

_PLAIN = (
    r"span class=(?P<q>[\"'])ocrx_word(?P=q) id=(?P=q)([^<>&\"'\s]*)(?P=q) title=(?P=q)"
    r"bbox ([0-9]{1,9}) ([0-9]{1,9}) ([0-9]{1,9}) ([0-9]{1,9}); x_wconf ([0-9]{1,9})(?P=q)"
    r"(?: (?:lang|dir)=(?P=q)[^<>&\"']*(?P=q))*+>([^<>&\s]+)</span>"
)
_WORD, _TAGS = lazy(f"<{_PLAIN}"), tags.with_runs(_PLAIN)
"""A word as Tesseract writes it, without anything inside and nothing that stands for another
character: for these the short way says what the long one does."""


def leaves(file: str, path: str) -> Iterator[Leaf]:
    """The pages of a file.

    Raises:
        PageError: the file stops inside a word, a line or a page, or declares entities.
    """
    tags.refuse_subset(file, path)
    scan = _Scan(file)
    for event in tags.events(file, loose=True, pattern=_TAGS):
        if event.kind == "left" and event.name not in tags.LOOSE:
            line = tags.line_of(file, scan.opened())
            problem = Message(
                "{path}:{line}: the file is cut off: what begins here has no end",
                path=path,
                line=line,
            )
            raise PageError(problem, tags.REMEDY)
        yield from scan.take(event)
    yield from scan.rest()


def properties(title: str) -> dict[str, str]:
    """What a title says, by name.

    >>> properties('image "a;b.png"; bbox 0 0 9 9')
    {'image': 'a;b.png', 'bbox': '0 0 9 9'}
    """
    if '"' not in title and "'" not in title and "&" not in title:
        pairs = (part.split(None, 1) for part in title.split(";"))
        return {pair[0]: pair[-1].strip() for pair in pairs if len(pair) == 2}
    return {m[1]: m[2].strip().strip("\"'") for m in _PROPERTY.finditer(title)}


@dataclass(slots=True)
class _Inside:
    """A word that is being read."""

    event: Event
    raws: list[Raw] = field(default_factory=list)
    cells: list[tuple[float, float]] = field(default_factory=list)
    choices: list[tuple[str, float]] = field(default_factory=list)


@dataclass(slots=True)
class _Scan:
    """The scan of a file: what it is inside of.

    Attributes:
        file: decoded.
        stack: for each open element its role and its tag.
        page, line, word: those being read.
        own: texts of a line that stand in no word.
        blocks: how many were met on this page.
    """

    file: str
    stack: list[tuple[str, Event]] = field(default_factory=list)
    page: Page | None = None
    line: Line | None = None
    word: _Inside | None = None
    own: list[Raw] = field(default_factory=list)
    blocks: int = 0

    def opened(self) -> int:
        """Where the innermost element that is open and means something starts."""
        told = [event.start for role, event in self.stack if role]
        return told[-1] if told else 0

    def take(self, event: Event) -> Iterator[Leaf]:
        """One event; a page that it ends."""
        if event.kind == "open":
            role = self._role(event)
            self.stack.append((role, event))
            yield from self._open(role, event)
        elif event.kind == "close":
            role, opened = self.stack.pop()
            yield from self._close(role, opened)
        elif event.kind in ("text", "cdata"):
            self._text(Raw(event.start, event.end, event.kind))
        elif event.kind == "run":
            self._plain_words(event)

    def rest(self) -> Iterator[Leaf]:
        """The page of a file that has words and no page."""
        if self.page:
            yield self._turn()

    def _role(self, event: Event) -> str:
        found = _CLASS.search(self.file, event.start, event.end)
        role = _ROLES.get(found[1].lower(), "") if found else ""
        if role == "character":
            name = _values(self.file, event).get("id", "")
            return "choice" if name.startswith(_CHOICES) else role
        return role

    def _open(self, role: str, event: Event) -> Iterator[Leaf]:
        if role == "page":
            if self.page:
                yield self._turn()
            self.page = self._new_page(event)
        elif role == "block":
            self.blocks += 1
            self.line = None
        elif role == "line":
            self.line, self.own = self._new_line(event), []
            self._here().lines.append(self.line)
        elif role == "word":
            self.word = _Inside(event)
        elif role == "character" and self.word:
            self.word.cells += _cells(self._told(event).get("x_bboxes", ""))

    def _close(self, role: str, opened: Event) -> Iterator[Leaf]:
        if role == "word" and self.word:
            self._end_of_word(self.word)
            self.word = None
        elif role == "line":
            self._end_of_line(opened)
        elif role == "page" and self.page:
            yield self._turn()

    def _text(self, raw: Raw) -> None:
        role = self.stack[-1][0] if self.stack else ""
        if self.word and role == "choice":
            event = self.stack[-1][1]
            sure = confidence(self._told(event).get("x_confs"), 100)
            if sure is not None and (text := value(self.file, raw).strip()):
                self.word.choices.append((text, sure))
        elif self.word:
            self.word.raws.append(raw)
        elif self.line:
            self.own.append(raw)

    def _turn(self) -> Leaf:
        page, self.page, self.line, self.blocks = self._here(), None, None, 0
        return leaf(page)

    def _here(self) -> Page:
        self.page = self.page or Page()
        return self.page

    def _told(self, event: Event) -> dict[str, str]:
        return properties(_values(self.file, event).get("title", ""))

    def _new_page(self, event: Event) -> Page:
        told, own = self._told(event), _values(self.file, event)
        whole = _box(told)
        return Page(whole.right, whole.bottom, told.get("image", ""), name=own.get("id", ""))

    def _new_line(self, event: Event) -> Line:
        own = _values(self.file, event)
        told = properties(own.get("title", ""))
        turned = -(number(told.get("textangle")) or 0.0) % 360
        size = number(told.get("x_size")) or 0.0
        return Line(_box(told), max(0, self.blocks - 1), size, own.get("id", ""), turned)

    def _end_of_word(self, word: _Inside) -> None:
        text = spelt(self.file, word.raws)
        if text:
            self._line_now().founds.append(self._found(text, word))

    def _line_now(self) -> Line:
        """The line that is being read; for a word outside of all, one of its own begins."""
        if self.line is None:
            self.line = Line(block=max(0, self.blocks - 1))
            self._here().lines.append(self.line)
        return self.line

    def _plain_words(self, event: Event) -> None:
        """Words that hold nothing but their text; one that they stand in is no word any more."""
        founds, self.word = self._line_now().founds, None
        for found in _WORD.finditer(self.file, event.start, event.end):
            _, name, left, top, right, bottom, sure, text = found.groups()
            word = Word(text, box(left, top, right, bottom), name, confidence(sure, 100))
            founds.append(Found(word, (Raw(*found.span(8), "text"),)))

    def _found(self, text: str, word: _Inside) -> Found:
        own = tags.attributes(self.file, word.event, loose=True)
        title = own.get("title")
        told = properties(value(self.file, title)) if title else {}
        name = value(self.file, own["id"]) if "id" in own else ""
        cells = tuple(word.cells or _cells(told.get("x_bboxes", "")))
        sure = confidence(told.get("x_wconf"), 100)
        known = Word(
            text,
            _box(told),
            name,
            sure,
            cells if len(cells) == len(text) else (),
            tuple(word.choices) if len(text) == 1 else (),
        )
        return Found(known, tuple(word.raws), _kin(self.file, title) if title else NO_KIN)

    def _end_of_line(self, opened: Event) -> None:
        if self.line and not self.line.founds and (text := spelt(self.file, self.own)):
            name = _values(self.file, opened).get("id", "")
            self.line.founds.append(Found(Word(text, self.line.box, name), tuple(self.own)))
        self.line, self.own = None, []


def _values(file: str, event: Event) -> dict[str, str]:
    return tags.values(file, event, loose=True)


def _box(told: dict[str, str]) -> Box:
    sides = told.get("bbox", "").split()
    return box(*sides) if len(sides) == 4 else NOWHERE


def _cells(boxes: str) -> list[tuple[float, float]]:
    """The left and right edge of each box in a row of them."""
    sides = [number(side) for side in boxes.split()]
    lefts, rights = sides[0::4], sides[2::4]
    pairs = zip(lefts, rights, strict=False)
    return [(x, y) for x, y in pairs if x is not None and y is not None]


_LISTS = (
    (lazy(r"\bx_confs((?:\s+[^\s;]+)+)"), 1, "0"),
    (lazy(r"\bx_bboxes((?:\s+[^\s;]+)+)"), 4, ""),
)
_CUTS = lazy(r";?\s*\bcuts\s[^;]*")


def _kin(file: str, title: Raw) -> Kin:
    """The lists of a word's title that go by character."""
    text = file[title.start : title.end]
    if "x_confs" not in text and "x_bboxes" not in text and "cuts" not in text:
        return NO_KIN
    tallies = []
    for pattern, each, new in _LISTS:
        if found := pattern.search(text):
            start, end = (title.start + at for at in found.span(1))
            tallies.append(Tally(start, end, each, new))
    cuts = _CUTS.search(text)
    loose = ((title.start + cuts.start(), title.start + cuts.end()),) if cuts else ()
    return Kin(tallies=tuple(tallies), loose=loose)
