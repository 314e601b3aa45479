"""What an editor is told of a page: its diagnostics, as the protocol writes them.

A damaged page has a thousand, and they are told again behind every key. So they are plain rows, as
they go over the wire, and not objects that something else has to take apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fixnews.correction import Correction
from fixnews.editor.columns import Columns
from fixnews.editor.telling import lines
from fixnews.tongues import ENGLISH, Tongue

NAME = "fixnews"

ERROR = 1
SEVERITIES = {"safe": 2, "unsafe": 3, "note": 4}
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
    >>> page = "头版\n喜迎党代会,"
    >>> [row] = told(fix(page).corrections, Columns(page))
    >>> row["code"], row["severity"], row["range"]["start"]
    ('PUN101', 2, {'line': 1, 'character': 5})
    """
    messages = lines(found, tongue)
    return [_diagnostic(c, columns, says) for c, says in zip(found, messages, strict=True)]


def complaint(problem: str) -> Diagnostic:
    """What is wrong with the settings, at the top of the page."""
    top = {"line": 0, "character": 0}
    span = {"start": top, "end": top}
    return {"range": span, "message": problem, "severity": ERROR, "source": NAME}


def _diagnostic(c: Correction, columns: Columns, message: str) -> Diagnostic:
    line, column = columns.spot(c.start)
    last, behind = columns.spot(c.end) if c.start < c.end else (line, column)
    return {
        "range": {
            "start": {"line": line, "character": column},
            "end": {"line": last, "character": behind},
        },
        "message": message,
        "severity": SEVERITIES[c.safety],
        "code": c.code,
        "source": NAME,
    }
