"""For the site: the examples of docstrings as code, which Markdown would take for quotations.

griffe, which reads the docstrings for mkdocstrings, loads this as an extension (`zensical.toml`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import griffe

PROMPT = ">>> "


class FencedExamples(griffe.Extension):
    """Every example of every docstring between fences."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Rewrite the docstring of an object."""
        if obj.docstring:
            obj.docstring.value = "\n".join(fenced(obj.docstring.value.split("\n")))


def fenced(lines: list[str]) -> Iterator[str]:
    """The lines with a fence before and behind each example, as far in as the example.

    >>> list(fenced(["It adds.", "", ">>> 1 + 1", "2", ""]))
    ['It adds.', '', '```pycon', '>>> 1 + 1', '2', '```', '', '']
    """
    inside = ""
    for line in [*lines, ""]:
        if not inside and line.lstrip().startswith(PROMPT):
            inside = f"{line[: len(line) - len(line.lstrip())]}```"
            yield f"{inside}pycon"
        if inside and not line.strip():
            yield inside
            inside = ""
        yield line
