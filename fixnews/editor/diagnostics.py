"""What an editor is told of a page: its diagnostics, as the protocol writes them.

A damaged page has a thousand, and they are told again behind every key. So they are plain rows, as
they go over the wire, and not objects that something else has to take apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fixnews.correction import Correction
from fixnews.editor.columns import Columns, Spot
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
    top = _place(Spot(0, 0))
    return _row(top, top, problem, ERROR)


def _diagnostic(c: Correction, columns: Columns, message: str) -> Diagnostic:
    start, end = columns.spot(c.start), columns.spot(c.end)
    row = _row(_place(start), _place(end), message, SEVERITIES[c.safety])
    row["code"] = c.code
    return row


def _place(spot: Spot) -> dict[str, int]:
    return {"line": spot.line, "character": spot.column}


def _row(start: dict[str, int], end: dict[str, int], message: str, severity: int) -> Diagnostic:
    span = {"start": start, "end": end}
    return {"range": span, "message": message, "severity": severity, "source": NAME}
