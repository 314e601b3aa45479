"""What an editor is told of a page: its diagnostics, as the protocol writes them.

A damaged page has a thousand, and they are told again behind every key. So they are plain rows, as
they go over the wire, and not objects that something else has to take apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fixnews.changes import Safety
from fixnews.correction import Correction
from fixnews.editor.columns import Columns, Spot
from fixnews.editor.telling import Face, lines
from fixnews.tongues import ENGLISH, Tongue

NAME = "fixnews"

ERROR = 1
SEVERITIES: dict[Safety, int] = {"safe": 2, "unsafe": 3, "note": 4}
"""The numbers of the protocol: an error, a warning, information, a hint."""

Diagnostic = dict[str, Any]


def told(
    found: Sequence[Correction], columns: Columns, tongue: Tongue = ENGLISH
) -> list[Diagnostic]:
    r"""Corrections as diagnostics, in their order.

    Args:
        found: the corrections.
        columns: the page that they were found on.
        tongue: what is spoken.

    >>> from fixnews import fix
    >>> page = "头版\n喜迎党代会,奋进"
    >>> row, *_ = told(fix(page).corrections, Columns(page))
    >>> row["code"], row["severity"], row["range"]["start"]
    ('PUN101', 2, {'line': 1, 'character': 5})
    """
    faces = [Face.of(c) for c in found]
    starts, ends = (columns.spots(x) for x in ([c.start for c in found], [c.end for c in found]))
    rows = zip(found, faces, lines(faces, tongue), starts, ends, strict=True)
    return [_diagnostic(c.code, face.safety, says, one, two) for c, face, says, one, two in rows]


def complaint(problem: str) -> Diagnostic:
    """What is wrong with the settings, at the top of the page."""
    top = {"line": 0, "character": 0}
    span = {"start": top, "end": top}
    return {"range": span, "message": problem, "severity": ERROR, "source": NAME}


def _diagnostic(code: str, safety: Safety, message: str, start: Spot, end: Spot) -> Diagnostic:
    return {
        "range": {
            "start": {"line": start.line, "character": start.column},
            "end": {"line": end.line, "character": end.column},
        },
        "message": message,
        "severity": SEVERITIES[safety],
        "code": code,
        "source": NAME,
    }
