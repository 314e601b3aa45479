"""The JSON of RapidOCR, PaddleOCR and PaddleX: what was read beside its box, in many shapes.

A row is ``[box, text, score]`` or ``[box, [text, score]]``, or an object with a text, a box and a
score under one of several names; a page is a list of rows, or an object of lists side by side
(``rec_texts`` and ``rec_polys``). Boxes are four corners or four sides, numbers may be strings.
Where a recogniser told the boxes of characters or words as well, these are the cells of a line: a
line that was read across a gutter can then be cut at the right place.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from fixnews.errors import PageError
from fixnews.formats.gathering import Found, Leaf, Line, Page, box, confidence, leaf, polygon
from fixnews.formats.spelling import Raw, spelt
from fixnews.formats.tags import REMEDY, line_of
from fixnews.message import Message
from fixnews.patterns import lazy
from fixnews.positions import NOWHERE, Box, Word

TEXTS = ("text", "txt", "rec_text", "rec_txt", "transcription")
BOXES = ("box", "text_region", "points", "poly", "dt_boxes", "dt_polys", "position", "bbox")
SCORES = ("score", "confidence", "rec_score", "conf")
"""What a row calls its parts."""

LISTS_OF_TEXTS = ("rec_texts", "txts", "texts")
LISTS_OF_BOXES = ("rec_polys", "rec_boxes", "dt_polys", "dt_boxes", "boxes")
LISTS_OF_SCORES = ("rec_scores", "scores")
LISTS_OF_WORDS = ("text_word", "word_texts")
LISTS_OF_WORD_BOXES = ("text_word_boxes", "text_word_region", "word_boxes")
"""What a page calls the lists that stand side by side."""

SCANS = ("input_path", "input_img", "img_path", "image", "file")

_BEGUN = lazy(r"""\s*\[[\[\]\s\d.,"+-]{9,400}?\]\s*,\s*\[?\s*"[^"\d]""")
"""A first row: it tells at once, and also of a file that is cut off."""

_STRING = lazy(r'"((?:[^"\\]|\\.)*)"')


class _Said(NamedTuple):
    """A string, and where it is written."""

    text: str
    raw: Raw


class _Pairs(list[tuple[str, Any]]):
    """An object, with its keys in order."""


class _Row(NamedTuple):
    said: _Said
    box: Box
    score: float | None
    cells: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    rows: tuple[_Row, ...]
    scan: str = ""


def fits(file: str) -> bool:
    """Whether a text is JSON of such a shape, with one box at least that makes sense.

    >>> fits('[[[[0, 0], [9, 0], [9, 8], [0, 8]], "城", 0.9]]'), fits('["城", 0.9]')
    (True, False)
    """
    if _BEGUN.match(file):
        return True
    try:
        sheets = _sheets(_parsed(file))
        return any(row.box != NOWHERE for sheet in sheets for row in sheet.rows)
    except (ValueError, RecursionError):
        return False


def leaves(file: str, path: str) -> Iterator[Leaf]:
    """The pages of a file.

    Raises:
        PageError: it is no JSON, or has no rows.
    """
    try:
        sheets = list(_sheets(_parsed(file)))
    except ValueError as error:
        line = line_of(file, getattr(error, "pos", 0))
        raise PageError(
            Message(
                "{path}:{line}: not JSON: {split}",
                path=path,
                line=line,
                split=str(error).split(":")[0],
            ),
            REMEDY,
        ) from None
    except RecursionError:
        raise PageError(Message("{path}: lists in lists without end", path=path), REMEDY) from None
    if not sheets:
        raise PageError(
            Message("{path}: JSON without a text beside its box", path=path), "leave it out"
        )
    yield from (_leaf(file, sheet) for sheet in sheets)


def _leaf(file: str, sheet: _Sheet) -> Leaf:
    page = Page(scan=sheet.scan)
    for number, row in enumerate(sheet.rows):
        text = spelt(file, [row.said.raw])
        if not text:
            continue
        cells = row.cells if len(row.cells) == len(text) else ()
        name = f"row {number}"
        word = Word(text, row.box, name, row.score, cells)
        page.lines.append(Line(row.box, name=name, founds=[Found(word, (row.said.raw,))]))
    if page.lines and not any(f.word.cells for line in page.lines for f in line.founds):
        page.notes.append("no boxes of words: a line read across two columns is cut by its width")
    return leaf(page)


def _parsed(file: str) -> Any:
    """The value of a text, each string with its place."""
    value = json.loads(file, object_pairs_hook=_Pairs)
    places = (Raw(*m.span(1), "json") for m in _STRING.finditer(file))
    return _placed(value, places)


def _placed(value: Any, places: Iterator[Raw]) -> Any:
    """The strings of a value, keys included, stand in the file in the order of this walk."""
    if isinstance(value, str):
        return _Said(value, next(places))
    if isinstance(value, _Pairs):
        found = {}
        for key, inner in value:
            next(places)
            found[key] = _placed(inner, places)
        return found
    if isinstance(value, list):
        return [_placed(inner, places) for inner in value]
    return value


def _sheets(value: Any) -> Iterator[_Sheet]:
    """The pages in a value, at whatever depth they stand."""
    if isinstance(value, Mapping):
        sheet = _side_by_side(value)
        if sheet:
            yield sheet
            return
        value = list(value.values())
    if isinstance(value, list):
        rows = [row for row in map(_row, value) if row]
        if rows:
            yield _Sheet(tuple(rows))
        else:
            for inner in value:
                if isinstance(inner, list | Mapping):
                    yield from _sheets(inner)


def _row(value: Any) -> _Row | None:
    """One row, if this is one."""
    if isinstance(value, Mapping):
        said, where = _first(value, TEXTS), _first(value, BOXES)
        if isinstance(said, _Said) and isinstance(where, list | Mapping):
            score = confidence(_plain(_first(value, SCORES)))
            words = _first(value, LISTS_OF_WORDS), _first(value, LISTS_OF_WORD_BOXES)
            return _Row(said, _box(where), score, _cells(said.text, *words))
        return None
    if not isinstance(value, list) or len(value) < 2:
        return None
    if all(_is_number(side) for side in value[:4]) and len(value) > 4:
        value = [value[:4], *value[4:]]
    where, said, *rest = value
    if isinstance(said, list) and said and isinstance(said[0], _Said):
        said, *rest = said
    if not isinstance(said, _Said) or not isinstance(where, list):
        return None
    score = confidence(_plain(rest[0])) if rest else None
    return _Row(said, _box(where), score, _cells(said.text, *_lists(rest)))


def _first(value: Mapping[str, Any], names: Sequence[str]) -> Any:
    return next((value[name] for name in names if value.get(name) is not None), None)


def _plain(value: Any) -> Any:
    return value.text if isinstance(value, _Said) else value


def _is_number(value: Any) -> bool:
    plain = _plain(value)
    return not isinstance(plain, bool) and isinstance(plain, int | float)


def _side_by_side(value: Mapping[str, Any]) -> _Sheet | None:
    """A page as lists: the texts, the boxes, the scores."""
    texts = _first(value, LISTS_OF_TEXTS)
    if not isinstance(texts, list):
        return None
    boxes = next((b for name in LISTS_OF_BOXES if _fits(b := value.get(name), texts)), None)
    if boxes is None:
        return None
    scores = _first(value, LISTS_OF_SCORES)
    scores = scores if isinstance(scores, list) else []
    words, word_boxes = _first(value, LISTS_OF_WORDS), _first(value, LISTS_OF_WORD_BOXES)
    rows = [
        _Row(
            said,
            _box(boxes[n]),
            confidence(_plain(scores[n])) if n < len(scores) else None,
            _cells(said.text, _at(words, n), _at(word_boxes, n)),
        )
        for n, said in enumerate(texts)
        if isinstance(said, _Said)
    ]
    scan = _first(value, SCANS)
    return _Sheet(tuple(rows), scan.text if isinstance(scan, _Said) else "")


def _fits(boxes: Any, texts: Sequence[Any]) -> bool:
    return isinstance(boxes, list) and len(boxes) == len(texts)


def _at(values: Any, number: int) -> Any:
    return values[number] if isinstance(values, list) and number < len(values) else None


def _box(value: Any) -> Box:
    """A box of corners or of sides; nowhere for anything else."""
    if not isinstance(value, list | Mapping):
        return NOWHERE
    if isinstance(value, Mapping):
        return box(*(_plain(value.get(name)) for name in ("left", "top", "right", "bottom")))
    if value and isinstance(value[0], list):
        corners = [point for point in value if isinstance(point, list) and len(point) == 2]
        return polygon((_plain(x), _plain(y)) for x, y in corners)
    sides = [_plain(side) for side in value]
    if len(sides) == 4:
        return box(*sides)
    return polygon(zip(sides[::2], sides[1::2], strict=False)) if len(sides) == 8 else NOWHERE


def _lists(rest: Sequence[Any]) -> tuple[Any, Any]:
    """The words of a row that is a list, and their boxes: lists of strings and of lists."""
    lists = [v for v in rest if isinstance(v, list) and v]
    words = next((v for v in lists if all(isinstance(w, _Said) for w in v)), None)
    boxes = next((v for v in lists if all(isinstance(b, list) for b in v)), None)
    return words, boxes


def _cells(text: str, words: Any, boxes: Any) -> tuple[tuple[float, float], ...]:
    """The edges of each character, by the boxes of words; nothing where these do not fit."""
    if not (isinstance(words, list) and isinstance(boxes, list) and len(words) == len(boxes)):
        return ()
    cells: list[tuple[float, float]] = []
    for word, where in zip(words, boxes, strict=True):
        said, place = _plain(word), _box(where)
        if not isinstance(said, str) or not text.startswith(said, len(cells)) or place == NOWHERE:
            return ()
        step = place.width / max(1, len(said))
        cells += [(place.left + n * step, place.left + (n + 1) * step) for n in range(len(said))]
    return tuple(cells)
