"""Seams that are closed by what stands on their lines: nothing is joined there, however it reads.

A byline, credit, folio, marker, list item or speech stands alone; a signed line is finished; a
label is no part of its note, a subhead none of the paragraph above it; in contents, lists, rows and
verse every break is meant (`fixnews.layout.blocks`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from fixnews.jumps.broken_markers import ends_broken
from fixnews.jumps.markers import stands_between
from fixnews.layout import blocks, seams
from fixnews.layout.endings import goes_on, is_signature, is_signed
from fixnews.layout.page import Line, Role, ends_sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Floats = NDArray[np.float64]

_ALONE = frozenset(
    {Role.BYLINE, Role.CREDIT, Role.FOLIO, Role.JUMP_LINE, Role.CONTINUATION_LINE, Role.DECK}
)
_OPENS = _ALONE | {Role.EDITOR_NOTE, Role.SPEECH}

_OPENS_MOSTLY = frozenset({Role.DATELINE, Role.ITEM})
"""Roles that a line may wear inside a sentence: 新华社北京电 | （记者, 分列 | 二、三名."""

_FINISHED = re.compile(r"[。！？!?…；;：:][”’」』）)]*$")
_JUMPS_AT_END = re.compile(r"(?:下转|下轉|紧转|緊轉|转第|轉第)[^，。；]{1,10}$")
_JUMPS_AT_START = re.compile(
    r"[^\w]{0,3}(?:上接|紧接|緊接)\s*第?\s*[A-Da-d0-9０-９一二三四五六七八九十头頭]"
)
_MORE_NAMES = re.compile(r"[\u4e00-\u9fff·]{1,4}[、）)]")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")

_SPEAKER = re.compile(r"[\u3400-\u9fff·（）()]{2,10}[：:]")

LABEL = 8
"""Characters of the longest label of a note, its brackets counted."""

_STOPPED = frozenset("。！？!?…；;，,、：:")


def closed(lines: Sequence[Line], rows: Floats) -> Flags:
    """For each seam of a page whether it is closed.

    Args:
        lines: the lines of the page as evidence reads them, n + 1.
        rows: the evidence at each seam, as `seams.evidence` tells it.
    """
    import numpy as np

    worn = np.array([not unsure(*pair) for pair in pairwise(lines)])
    return np.asarray(
        worn
        | seams.settled(rows)
        | _beside_signatures(lines)
        | _before_subheads(lines, rows)
        | _before_speakers(lines)
        | blocks.parted(lines)
    )


def unsure(left: Line, right: Line) -> bool:
    """Whether the faces of two lines leave open that they belong together."""
    return not (
        (left.role in _ALONE and not names_go_on(left, right))
        or right.role in _OPENS
        or (right.role in _OPENS_MOSTLY and _FINISHED.search(left.text))
        or (right.role is Role.ITEM and left.role is Role.ITEM)
        or left.page != right.page
        or (is_signed(left.text) and not goes_on(left.text, right.text))
        or not _HAN.search(left.text + right.text)
        or _is_label(left)
        or jumps_away(left.text)
        or _JUMPS_AT_START.match(right.text)
        or ends_broken(left.text)
        or stands_between(left.text, right.text)
    )


def names_go_on(left: Line, right: Line) -> bool:
    """Whether a line of names is cut inside its list: 、 at its end, or a bracket left open."""
    if left.role not in (Role.BYLINE, Role.CREDIT):
        return False
    bracket = left.text[0] in "（(" and left.text[-1] not in "）)"
    return left.text[-1] == "、" or (bracket and bool(_MORE_NAMES.match(right.text)))


def _is_label(line: Line) -> bool:
    """Whether a line is nothing but a label: 编者按 above the note."""
    return (
        line.role is Role.EDITOR_NOTE and line.text[-1] not in _STOPPED and len(line.text) <= LABEL
    )


def jumps_away(text: str) -> bool:
    """Whether a line ends with the words of a jump line.

    >>> jumps_away("拧成了一股绳，——下转 C2 版")
    True
    """
    return bool(_JUMPS_AT_END.search(text[-20:]))


def _beside_signatures(lines: Sequence[Line]) -> Flags:
    """Where a line that closes a text by itself stands on one side, behind a finished line."""
    import numpy as np

    done = [True, *(ends_sentence(line.text) or is_signed(line.text) for line in lines[:-1])]
    sign = [at_end and is_signature(line.text) for at_end, line in zip(done, lines, strict=True)]
    return np.asarray(np.array(sign[:-1]) | np.array(sign[1:]))


def _before_subheads(lines: Sequence[Line], rows: Floats) -> Flags:
    """Where a short flush line without a mark stands between a sentence and an indented paragraph.

    Such a line is a heading: were it the last line of a paragraph, it would have its stop.
    """
    import numpy as np

    flush = np.array([line.indent < seams.INDENT for line in lines])
    bare = np.array([line.text[-1].isalnum() for line in lines])
    alone = flush[1:] & bare[1:] & np.append(~flush[2:], False)
    ended = np.array([ends_sentence(line.text) for line in lines[:-1]])
    return np.asarray(alone & ended & (rows[:, seams.FEATURES.index("fill_right")] < seams.SHORT))


def _before_speakers(lines: Sequence[Line]) -> Flags:
    """Where someone begins to speak who has begun so before: 主席： in a record of a debate."""
    import numpy as np

    labels = [found[0] if (found := _SPEAKER.match(line.text)) else "" for line in lines]
    opening = Counter(
        label
        for label, before in zip(labels[1:], lines, strict=False)
        if label and ends_sentence(before.text)
    )
    return np.array([opening[label] > 1 for label in labels[1:]])
