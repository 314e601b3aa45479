"""A page of an OCR format on its way in and back: read as text, and its words written again.

What goes back is what changes a word. Lines that were joined and passages that were carried stand
in the reports and in the text; the file keeps its lines, for these formats have no form for them
that their readers agree on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from fixnews import formats
from fixnews.correction import Correction
from fixnews.formats.setting import Arrangement, in_file_order
from fixnews.positions import Doubt, Positions, Reading, Slot
from fixnews.source import PAGE_BREAK, Source

if TYPE_CHECKING:
    from fixnews.formats.rewording import Spot
    from fixnews.formats.spelling import Swap


def positioned(
    data: bytes,
    path: str,
    name: str,
    encoding: str = "",
    arrange: Callable[[Reading], Arrangement] = in_file_order,
) -> Source:
    """The page in a file of an OCR format: several pages of it are one text.

    Args:
        data: the bytes of the file.
        path: what to call it.
        name: of the format.
        encoding: its encoding, where the reader knows better.
        arrange: sets a reading as text.

    Raises:
        PageError: the file is broken, or of another format.
        DecodeError: it is in no encoding that fits.
    """
    file, readings = formats.read(data, path, name, encoding)
    said = (file.encoding, file.bom, file.confidence, file.reason, file.runner_up)
    del file
    texts: list[str] = []
    slots: list[Slot] = []
    doubts: list[Doubt] = []
    at = 0
    for number, page in enumerate(map(arrange, readings)):
        texts.append(page.text)
        slots += (Slot(at + start, at + end, number, strip) for start, end, strip in page.slots)
        doubts += (one._replace(start=at + one.start, end=at + one.end) for one in page.doubts)
        at += len(page.text) + len(PAGE_BREAK)
    known = Positions(name, readings, tuple(slots), tuple(doubts))
    return Source(path, PAGE_BREAK.join(texts), data, *said, (), known)


def changed_words(page: Source, corrections: Iterable[Correction]) -> dict[Spot, list[Swap]]:
    """What becomes of the words of a page's file, if these corrections of it are applied.

    A passage that was carried takes what was done for it along: the marker of a jump stays in the
    file as the passage does.
    """
    if page.positions is None:
        return {}
    from fixnews.formats.rewording import rewordings

    wanted = (c for c in corrections if c.applicable and not c.to and not _carried(c))
    return rewordings(page.positions, page.text, ((c.start, c.end, c.after) for c in wanted))


def _carried(correction: Correction) -> bool:
    return any(finding.change.group for finding in correction.findings)


def in_text_only(correction: Correction) -> bool:
    """Whether a correction changes no word of its page's file: a join, a move; never of a text."""
    return correction.page.positions is not None and not changed_words(
        correction.page, [correction]
    )


def patched(page: Source, corrections: Sequence[Correction]) -> bytes:
    """The bytes of a page's file with the words that were applied.

    Raises:
        PageError: the format is read only.
        EncodeError: the file cannot hold a character.
    """
    applied = [c for c in corrections if c.applied]
    return formats.patch(page, changed_words(page, applied))
