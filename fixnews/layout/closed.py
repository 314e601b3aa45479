"""Seams that are closed by what stands on their lines: nothing is joined there, however it reads.

A byline, credit, folio, marker, list item or speech stands alone; a signed line is finished; a
label is no part of its note, a subhead none of the paragraph above it; in contents, lists, rows and
verse every break is meant (`fixnews.layout.blocks`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import starmap

import numpy as np

from fixnews.arrays import Bools
from fixnews.jumps.broken_markers import is_broken
from fixnews.jumps.markers import stands_between
from fixnews.layout import blocks, faces, seams
from fixnews.layout.endings import goes_on, is_signature
from fixnews.layout.faces import SPEAKER
from fixnews.layout.intruders import names_page, opens_caption
from fixnews.layout.look import Look, Pair
from fixnews.patterns import lazy
from fixnews.recall import RARE, Recall

_WORN = (
    "face", "named", "anew", "mostly_anew", "item", "label", "han", "signed", "away", "coming",
    "broken", "guides", "may_end", "may_begin",
)  # fmt: skip
"""What of the faces of two lines may say that they do not belong together."""

_IN_BRACKETS = lazy(r"[（(][^（()）]{5,}[）)]")
"""A line that is one bracket: a note on the author, a source. Of 21,000 broken lines of
hard-wrapped issues none is such a line."""

_MORE_NAMES = lazy(r"[\u4e00-\u9fff·]{1,4}[、）)]")

_FINISHED = lazy(r"[。！？!?…；;：:][”’」』）)]*$")

_finished = Recall[Pair, bool](
    lambda pairs: [bool(_FINISHED.search(left)) for left, _ in pairs], RARE
)
_alone = Recall[str, bytes](lambda texts: [*map(_of_line, texts)])
_names_go_on = Recall[Pair, bool](lambda pairs: [*starmap(names_go_on, pairs)], RARE)
_goes_on = Recall[Pair, bool](lambda pairs: [*starmap(goes_on, pairs)], RARE)
_between = Recall[Pair, bool](lambda pairs: [*starmap(stands_between, pairs)], RARE)


def closed(seen: Look) -> Bools:
    """For each seam of pages whether it is closed; what lies between two pages is."""
    told = np.frombuffer(b"".join(_alone(seen.told)), dtype=bool).reshape(-1, len(_ALONE)).T
    signature, caption, of_page, bracketed, broken = told
    apart = worn(seen) | seams.settled(seen.rows) | _beside_signatures(seen, signature)
    apart |= _before_subheads(seen) | _before_speakers(seen) | blocks.parted(seen.told, seen.pages)
    apart |= _beside_captions(seen, caption) | bracketed[:-1] | broken[1:]
    return np.asarray(apart | of_page[1:] | of_page[:-1] | ~seen.pages.inside)


def _of_line(text: str) -> bytes:
    """What a line is by itself that nothing is joined to, a byte for each of `_ALONE`."""
    return bytes([is_so(text) for is_so in _ALONE])


def worn(seen: Look) -> Bools:
    """For each seam whether the faces of its two lines say that they do not belong together."""
    left, right = _sides(seen)
    page = np.array([line.page for line in seen.lines])
    apart = right["anew"] | _asked(_finished, right["mostly_anew"], seen)
    apart |= (right["item"] & left["item"]) | (page[:-1] != page[1:])
    apart |= left["label"] | left["away"] | left["broken"] | right["coming"]
    apart |= ~(left["han"] | right["han"])
    named, signed = left["face"] & left["named"], left["signed"]
    apart |= left["face"] & ~_asked(_names_go_on, named & ~apart, seen)
    apart |= signed & ~_asked(_goes_on, signed & ~apart, seen)
    marked = left["guides"] | right["guides"] | left["may_end"] | right["may_begin"]
    return apart | _asked(_between, marked & ~apart, seen)


def _sides(seen: Look) -> tuple[dict[str, Bools], dict[str, Bools]]:
    """For each seam what its left line shows, and its right one."""
    flags = faces.of(seen.own, *_WORN) > 0
    left, right = (dict(zip(_WORN, part, strict=True)) for part in (flags[:, :-1], flags[:, 1:]))
    return left, right


def _asked(ask: Callable[[Sequence[Pair]], list[bool]], which: Bools, seen: Look) -> Bools:
    """The answer for the two lines of each seam that is in question, False for the others."""
    answers, places = np.zeros(len(which), dtype=bool), which.nonzero()[0]
    if len(places):
        answers[places] = ask([(seen.told[n], seen.told[n + 1]) for n in places.tolist()])
    return answers


def _in_brackets(text: str) -> bool:
    """Whether a line is one bracket."""
    return text[0] in "（(" and bool(_IN_BRACKETS.fullmatch(text))


_ALONE = (is_signature, opens_caption, names_page, _in_brackets, is_broken)
"""What a line may be by itself: a signature, a caption, its page's name, a bracket, a jump line."""


def names_go_on(left: str, right: str) -> bool:
    """Whether a line of names is cut inside its list: 、 at its end, or a bracket left open.

    >>> names_go_on("本报记者 沈砚秋、", "黎棠"), names_go_on("本报记者 沈砚秋", "黎棠")
    (True, False)
    """
    bracket = left[0] in "（(" and left[-1] not in "）)"
    return left[-1] == "、" or (bracket and bool(_MORE_NAMES.match(right)))


def _beside_signatures(seen: Look, signature: Bools) -> Bools:
    """Where a line that closes a text by itself stands on one side, behind a finished line."""
    sentence, signed = faces.of(seen.own, "sentence", "signed")[:, :-1] > 0
    finished = np.concatenate(([True], sentence | signed))
    finished[seen.pages.first] = True
    sign = signature & finished
    return np.asarray(sign[:-1] | sign[1:])


def _beside_captions(seen: Look, caption: Bools) -> Bools:
    """Before a line that begins as a caption does, and behind one that stands in no column."""
    (short,) = faces.of(seen.own, "short") > 0
    done = caption & short
    (even,) = seams.of(seen.rows, "even")
    return np.asarray(caption[1:] | (done[:-1] & (even < seams.SCATTERED)))


def _before_subheads(seen: Look) -> Bools:
    """Where a short flush line without a mark stands between a sentence and an indented paragraph.

    Such a line is a heading: were it the last line of a paragraph, it would have its stop.
    """
    flush = np.array([line.indent < seams.INDENT for line in seen.lines])
    sentence, letter = faces.of(seen.own, "sentence", "letter") > 0
    indented = np.concatenate((~flush[2:], [False]))
    indented[seen.pages.end - 2] = False
    (fill,) = seams.of(seen.rows, "fill_right")
    alone = flush[1:] & letter[1:] & indented
    return np.asarray(alone & sentence[:-1] & (fill < seams.SHORT))


def _before_speakers(seen: Look) -> Bools:
    """Where someone begins to speak who has begun so before: 主席： in a record of a debate."""
    ended, speaks = faces.of(seen.own, "sentence", "speaks") > 0
    apart = np.zeros(len(seen.rows), dtype=bool)
    asked = (speaks[1:] & seen.pages.inside).nonzero()[0].tolist()
    found = [(n, match[0]) for n in asked if (match := SPEAKER.match(seen.told[n + 1]))]
    page = seen.pages.page.tolist()
    opening = Counter((page[n], label) for n, label in found if ended[n])
    apart[[n for n, label in found if opening[page[n], label] > 1]] = True
    return apart
