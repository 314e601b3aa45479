"""Files of recognisers: read as text with positions, and changed in place.

One table says which formats there are. A format is told by its first bytes, never by its name; a
page of text costs a look at its first character. Each reader gives `Leaf`s: what a page says, and
where every word of it is written; so `patch` can change some words and leave every other byte.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from fixnews.encoding import codec, decode, encode
from fixnews.errors import DecodeError, PageError
from fixnews.formats.declared import HEAD, decoded
from fixnews.formats.gzipped import GZIP, packed, unpacked
from fixnews.message import Message
from fixnews.patterns import lazy
from fixnews.positions import Positions, Reading
from fixnews.source import Source

if TYPE_CHECKING:
    from fixnews.formats.gathering import Leaf
    from fixnews.formats.rewording import Spot
    from fixnews.formats.spelling import Swap, Writes

    Changes = Mapping[Spot, Sequence[Swap]]
    """What becomes of which words of a file."""

TEXT, AUTO = "text", "auto"

COMMON, SHEETS = 1 << 22, 1 << 4
"""Bytes of a file that is remembered, and how many are: a page of a newspaper has half a megabyte,
an issue eight pages. What is remembered of one takes four times its bytes."""

_WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_BLANKS = b" \t\r\n\xef\xbb\xbf"
_ROOT = lazy(rb"<(?:[\w.-]+:)?(alto|PcGts)[\s>/]")
_HOCR = lazy(rb"""class\s*=\s*["']?[^"'>]*\bocrx?_(?:page|line|word)\b""", re.IGNORECASE)
_LISTS = lazy(rb"""[\[{]\s*["\[{\d-]""")
_TABLE = b"level\tpage_num\tblock_num\t"


class Format(NamedTuple):
    """A format.

    Attributes:
        name: what ``--input-format`` calls it.
        told: whether bytes are of it, by the first of them.
        begins: the characters that such a file begins with.
        what: for people.
        patched: whether ``-w`` can write it.
        judges: whether its reader refuses what is of another form.
    """

    name: str
    told: Callable[[bytes], bool]
    begins: bytes
    what: str
    patched: bool = True
    judges: bool = False


def _rooted(name: bytes) -> Callable[[bytes], bool]:
    def told(data: bytes) -> bool:
        found = _ROOT.search(data[:HEAD])
        return bool(found) and found[1] == name if found else False

    return told


def _is_hocr(data: bytes) -> bool:
    return b"ocr" in data.lower() and bool(_HOCR.search(data))


def _is_boxes(data: bytes) -> bool:
    from fixnews.formats import box_json

    if not _LISTS.match(data):
        return False
    try:
        return box_json.fits(data.decode())
    except UnicodeDecodeError:
        return box_json.fits(_text(data))


def _is_table(data: bytes) -> bool:
    return data.startswith(_TABLE)


def _is_pdf(data: bytes) -> bool:
    return data.startswith(b"%PDF-")


def _text(data: bytes) -> str:
    try:
        return decode(data).text
    except DecodeError:
        return ""


FORMATS = (
    Format("alto", _rooted(b"alto"), b"<", "ALTO, versions 1 to 4"),
    Format("page", _rooted(b"PcGts"), b"<", "PAGE, 2010 to 2019"),
    Format("hocr", _is_hocr, b"<", "hOCR, as HTML or XHTML"),
    Format("json", _is_boxes, b"[{", "JSON of RapidOCR, PaddleOCR and PaddleX", judges=True),
    Format("tsv", _is_table, b"l", "TSV of Tesseract"),
    Format("pdf", _is_pdf, b"%", "PDF with a text layer", patched=False),
)
"""In the order in which they are asked."""

BY_NAME = {form.name: form for form in FORMATS}
NAMES = (AUTO, TEXT, *BY_NAME)
"""What ``--input-format`` takes."""


def recognise(data: bytes, path: str = "<bytes>") -> str:
    """The format of a file's bytes; nothing for text, and for whatever is none of ours.

    Raises:
        PageError: they are packed and cannot be unpacked.

    >>> recognise(b'<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"/>')
    'alto'
    >>> recognise("头版。".encode())
    ''
    """
    if data[:2] in (*_WIDE, GZIP):
        data = _plain(data, path)
    head = data[:HEAD].lstrip(_BLANKS)[:1]
    likely = [form for form in FORMATS if head and head in form.begins]
    bare = data.lstrip(_BLANKS) if likely else b""
    return next((form.name for form in likely if form.told(bare)), "")


def check(data: bytes, path: str, name: str) -> None:
    """Refuse what is not of the format that somebody says it is.

    Raises:
        PageError: it is not.
    """
    form = BY_NAME[name]
    if not (form.judges or form.told(_plain(data, path))):
        raise PageError(
            Message("{path}: no {what}", path=path, what=Message(form.what)),
            "leave out --input-format",
        )


def _plain(data: bytes, path: str) -> bytes:
    """The bytes as they are looked at: unpacked, and of wide characters those that are ASCII."""
    data = unpacked(data, path)
    wide = _WIDE.get(data[:2])
    data = data.decode(wide, "replace").encode("utf-8", "replace") if wide else data
    return data.lstrip(_BLANKS)


def read(
    data: bytes, path: str, name: str, encoding: str = ""
) -> tuple[Source, tuple[Reading, ...]]:
    """A file of a format.

    Args:
        data: its bytes, packed or not.
        path: what to call it.
        name: of the format.
        encoding: the reader's own word; by default found out, whatever the file declares.

    Returns:
        The file as text, for the way back; and its pages.

    Raises:
        PageError: it is broken; says where, and what to do.
        DecodeError: it is in no encoding that fits.
    """
    if name == "pdf":
        from fixnews.formats import pdf

        return Source(path, "", data), tuple(leaf.reading for leaf in pdf.leaves(data, path))
    if len(data) > COMMON:
        file = decoded(unpacked(data, path), path, encoding)
        return file, tuple(leaf.reading for leaf in _leaves(file, name))
    file, leaves = _opened(data, path, name, encoding)
    return file, tuple(leaf.reading for leaf in leaves)


def each(data: bytes, path: str, name: str, encoding: str = "") -> Iterator[Reading]:
    """The pages of a file one by one: of a large one no more than one is held.

    It is scanned once before, so that a file that is broken gives no page. Arguments and errors are
    those of `read`.
    """
    if len(data) <= COMMON or name == "pdf":
        yield from read(data, path, name, encoding)[1]
        return
    file = decoded(unpacked(data, path), path, encoding)
    deque(_leaves(file, name), maxlen=0)
    yield from (leaf.reading for leaf in _leaves(file, name))


def _opened(data: bytes, path: str, name: str, encoding: str) -> tuple[Source, tuple[Leaf, ...]]:
    """A file as text, and its pages; one of common size is remembered until it is patched."""
    work_out = _kept if len(data) <= COMMON else _kept.__wrapped__
    return work_out(data, path, name, encoding)


@lru_cache(SHEETS)
def _kept(data: bytes, path: str, name: str, encoding: str) -> tuple[Source, tuple[Leaf, ...]]:
    file = decoded(unpacked(data, path), path, encoding)
    return file, tuple(_leaves(file, name))


def _leaves(file: Source, name: str) -> Iterator[Leaf]:
    from fixnews.formats import alto, box_json, hocr, page_xml, tsv

    readers = {
        "alto": alto.leaves,
        "page": page_xml.leaves,
        "hocr": hocr.leaves,
        "json": box_json.leaves,
        "tsv": tsv.leaves,
    }
    return readers[name](file.text, file.path)


def patch(page: Source, changes: Changes) -> bytes:
    """The bytes of a file in which some words are changed; every other byte is as it was.

    Args:
        page: the page that was read of the file, with its positions.
        changes: what becomes of which words.

    Raises:
        PageError: the format is read only.
        EncodeError: a character has no place in the file's encoding, nor another way to be written.
    """
    from fixnews.formats.patching import patches
    from fixnews.formats.spelling import spliced

    assert page.data is not None
    assert page.positions is not None
    if not changes:
        return page.data
    form = BY_NAME[page.positions.format]
    if not form.patched:
        remedy = "write the text elsewhere with -o"
        raise PageError(
            Message("{path}: {what} is read only", path=page.path, what=Message(form.what)), remedy
        )
    file, leaves = _again(page, page.positions)
    writes = _writes(file)
    found = (
        p
        for spot, swaps in changes.items()
        for p in patches(file.text, leaves[spot.page].word(spot.line, spot.word), swaps, writes)
    )
    new = encode(spliced(file.text, list(found)), file)
    new = packed(new, page.data)
    _check_words(page, new, _expected(leaves, changes))
    return new


def _expected(leaves: Sequence[Leaf], changes: Changes) -> list[str]:
    """What the words of a file say after some changes; one that says nothing is read no more."""
    from fixnews.formats.rewording import Spot
    from fixnews.formats.spelling import swapped

    texts = [
        swapped(found.word.text, changes.get(Spot(n, number, at), ()) if found.raws else ())
        for n, leaf in enumerate(leaves)
        for number, line in enumerate(leaf.founds)
        for at, found in enumerate(line)
    ]
    return [text for text in texts if text]


def _check_words(page: Source, new: bytes, words: Sequence[str]) -> None:
    """Nothing is written that does not read as it should: the new words, and all others as before.

    Raises:
        PageError: it does not.
    """
    assert page.positions
    _, leaves = _opened(new, page.path, page.positions.format, page.encoding)
    found = [word.text for leaf in leaves for line in leaf.reading.lines for word in line.words]
    if found != words:
        raise PageError(
            Message("{path}: with these words it reads otherwise", path=page.path),
            "write it with -o",
        )


def _again(page: Source, positions: Positions) -> tuple[Source, tuple[Leaf, ...]]:
    """The file of a page, read just as it was read before."""
    assert page.data is not None
    for encoding in ("", page.encoding):
        file, leaves = _opened(page.data, page.path, positions.format, encoding)
        if tuple(leaf.reading for leaf in leaves) == positions.readings:
            return file, leaves
    raise PageError(Message("{path}: it was read in another way", path=page.path), "read it again")


def _writes(file: Source) -> Writes:
    """Which characters the file holds as such: what its encoding has, and it has not shunned."""
    if file.data is not None and file.data.isascii():
        return str.isascii

    @cache
    def writes(char: str) -> bool:
        try:
            codec.write(char, file.encoding)
        except UnicodeEncodeError:
            return False
        return True

    return writes
