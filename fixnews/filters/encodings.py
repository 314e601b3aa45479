"""Encodings (ENC): what reading the bytes had to leave open, reported in the words of the page.

`fixnews.encoding` decides before there is a text; these notes carry what it found into the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from fixnews.draft import KEPT, Draft, Edit, note
from fixnews.filters.contract import Context, Rule
from fixnews.islands import ANYWHERE
from fixnews.islands.genre import genre
from fixnews.source import CUT, LINE_BREAK, LOST, Passage, Source

LOST_BYTES = "ENC101"
OTHER_ENCODING = "ENC102"
UNCERTAIN = "ENC103"
NO_NEWSPAPER = "ENC104"
CUT_CHARACTER = "ENC105"

CERTAIN = 0.999
"""Confidence from which on the choice of an encoding is not worth a note."""

_GBK_AND_UTF8 = "经济形势稳定。\n".encode("gbk") + "人民生活改善，市场繁荣。\n".encode()

_FOLDED = "全市经济工作会议".encode("gbk")[:15] + b"\n" + "议召开。\n".encode("gbk")[1:]

RULES = (
    Rule(
        LOST_BYTES,
        "lost-bytes",
        "bytes that belong to no character are shown as \ufffd and counted",
        "A byte that was cut off, dropped or overwritten takes its character with it. What stood"
        " there cannot be known from the file; the message has its bytes and where they lie. A"
        " \ufffd that was in the text already was lost before. -w leaves the bytes as they are.",
        "never: there is nothing to put there",
        "经济形势\ufffd定。\n",
        None,
        touches=ANYWHERE,
    ),
    Rule(
        OTHER_ENCODING,
        "other-encoding",
        "a line that is in another encoding than its page is read as what it is",
        "Pages put together from several sources mix GBK, Big5 and UTF-8. Each such line is read in"
        " its own encoding. -w leaves the bytes of lines that do not change as they are;"
        " --output-encoding utf-8 writes the page in one encoding.",
        "never: the text is right, only the bytes are mixed",
        "经济形势稳定。\n人民生活改善，市场繁荣。\n",
        None,
        data=_GBK_AND_UTF8,
        touches=ANYWHERE,
    ),
    Rule(
        UNCERTAIN,
        "uncertain-encoding",
        "the encoding of a page had to be guessed with less than 99.9 % confidence",
        "Two characters can be read in several encodings. The likeliest is taken where it leads"
        " clearly; the message names it, the runner-up and the reason. --encoding settles it.",
        "never: only a reader can tell",
        "乍暖\n",
        None,
        data="乍暖\n".encode("gbk"),
        touches=ANYWHERE,
    ),
    Rule(
        NO_NEWSPAPER,
        "no-newspaper",
        "a page that is data, code or markup as a whole is left as it is",
        "To rules for newspapers the comma of a table is a misread mark and the bracket of a"
        " program a stray one. JSON, CSV, XML, YAML, subtitles, logs, source code and the like are"
        " told by parsers and by how their lines look; HTML and Markdown are read. The command"
        " line refuses such a file, or passes it over. --as-text reads it as prose.",
        "never: nothing on the page is changed",
        '{"title": "水库加固", "page": 1}\n',
        None,
        touches=ANYWHERE,
    ),
    Rule(
        CUT_CHARACTER,
        "cut-character",
        "a character whose bytes a line break stands between is put together",
        "What counts bytes, such as fold, may break a line inside a character: its first bytes end"
        " one line, the others begin the next. The character is read before the break. -w leaves"
        " the bytes as they are while the page is not changed.",
        "never: the text is right, only the break is misplaced",
        "全市经济工作会议\n召开。\n",
        None,
        data=_FOLDED,
        touches=ANYWHERE,
    ),
)


def propose(draft: Draft, context: Context) -> Iterable[Edit]:
    """Notes on lost bytes, lines in another encoding, what is not certain, and what is no page."""
    known = set()
    for edit in _passages(draft):
        known.add(edit.start)
        yield edit
    for found in re.finditer(LOST, draft.text):
        if found.start() not in known:
            yield note(found.start(), found.end(), draft.text, LOST_BYTES, "lost before this page")
    yield from _uncertain(draft)
    if not context.as_text:
        yield from _no_newspaper(draft)


def _passages(draft: Draft) -> Iterator[Edit]:
    """A note for each passage of a source that still stands in the draft."""
    for piece, at in zip(draft.pieces, draft.starts, strict=False):
        if piece.maker == KEPT:
            source = draft.sources[piece.source]
            for passage in source.passages:
                start, end = max(piece.start, passage.start), min(piece.end, passage.end)
                if start < end:
                    yield _told(
                        draft, at + start - piece.start, at + end - piece.start, source, passage
                    )


def _told(draft: Draft, start: int, end: int, source: Source, passage: Passage) -> Edit:
    where = f"byte {passage.first}" + (
        f" to {passage.last - 1}" if passage.last - passage.first > 1 else ""
    )
    if passage.encoding == CUT:
        return note(start, end, draft.text, CUT_CHARACTER, f"{where}: cut by a line break")
    if passage.encoding:
        end = _line_end(draft, start, end)
        reason = f"{where}: {passage.encoding} on a page in {source.encoding}"
        return note(start, end, draft.text, OTHER_ENCODING, reason)
    data = (source.data or b"")[passage.first : passage.last].hex(" ").upper()
    return note(start, end, draft.text, LOST_BYTES, f"{where} ({data}) is no {source.encoding}")


def _uncertain(draft: Draft) -> Iterator[Edit]:
    for source, (start, end) in zip(draft.sources, draft.pages(), strict=True):
        if source.confidence < CERTAIN and start < end:
            other = f"; next: {source.runner_up}" if source.runner_up else ""
            reason = f"{source.encoding}, {source.confidence:.0%}: {source.reason}{other}"
            yield note(start, _line_end(draft, start, end), draft.text, UNCERTAIN, reason)


def _no_newspaper(draft: Draft) -> Iterator[Edit]:
    for start, end in draft.pages():
        found = genre(draft.text[start:end])
        if found.is_data:
            reason = f"{found}, not newspaper text: nothing is changed"
            yield note(start, _line_end(draft, start, end), draft.text, NO_NEWSPAPER, reason)


def _line_end(draft: Draft, start: int, end: int) -> int:
    """Where the first line of a stretch ends, or the stretch, if it begins with a break."""
    stop = LINE_BREAK.search(draft.text, start, end)
    return stop.start() if stop and stop.start() > start else end
