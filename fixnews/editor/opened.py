"""A page that is open in an editor: its text as it is now, and how far its checks are."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from fixnews.editor.checking import Checked, Sheet
from fixnews.editor.columns import Columns
from fixnews.errors import FixnewsError


@dataclass(slots=True, eq=False)
class Open:
    """A page that is open.

    Attributes:
        uri: what the editor calls it.
        sheet: the page as it is checked.
        columns: its text as it is now.
        version: of the text.
        asked: how often a check was asked for.
        seen: which of these the last check answers.
        found: what that check found.
        work: the check that runs or waits; it ends with the newest text.
        problem: what was last said about its settings.
    """

    uri: str
    sheet: Sheet
    columns: Columns
    version: int
    asked: int = 0
    seen: int = 0
    found: Checked | None = None
    work: asyncio.Task[None] | None = None
    problem: FixnewsError | None = None
