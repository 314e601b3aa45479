"""Characters that command a terminal or turn a line around, written so that they cannot.

They come with the names of files, and with text that is quoted in reports for programs: such a
report is read in a terminal, too.
"""

from __future__ import annotations

import json
from typing import Any

from fixnews.patterns import lazy

_CONTROLS = lazy("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What would move the cursor, ring, colour or turn a line around; not the end of a line."""


def shown(text: str) -> str:
    r"""A remark as it may go to a terminal: a file's name may hold what commands one.

    >>> shown("wrote A1\x1b[2J.txt")
    'wrote A1\\x1b[2J.txt'
    """
    return _CONTROLS.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def name(path: str) -> str:
    r"""The name of a file in a line of its own: it breaks none, either.

    >>> name("A1\n::error::.txt")
    'A1\\n::error::.txt'
    """
    return shown(path).replace("\n", "\\n")


def as_json(value: Any, indent: int | None = None) -> str:
    r"""A value as JSON, Chinese as it is, what commands a terminal escaped.

    >>> as_json({"before": "稳\x9b"})
    '{"before": "稳\\u009b"}'
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
