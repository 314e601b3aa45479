"""Which lost bytes a U+FFFD of a repaired page stands for, also where a jump has carried it."""

from __future__ import annotations

from fixnews.draft import KEPT, Draft
from fixnews.encoding.writing import Losses, losses
from fixnews.source import LOST


def origins(draft: Draft, number: int) -> Losses:
    """For each U+FFFD of a page as repaired, in order, the bytes that it stands for.

    None for one that stood there as a character, that a repair made, or whose bytes are of a page
    in another encoding, where they would mean something else.
    """
    if LOST not in draft.texts()[number]:
        return ()
    own = draft.sources[number].encoding
    found: list[bytes | None] = []
    for piece in draft.page_pieces(number):
        source = draft.sources[piece.source]
        kept = piece.maker == KEPT
        text = source.text[piece.start : piece.end] if kept else piece.text
        stands = losses(source) if kept and source.encoding == own and LOST in text else {}
        found += [stands.get(piece.start + n) for n, char in enumerate(text) if char == LOST]
    return found
