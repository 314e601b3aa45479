"""A page in an editor, checked again as it is typed.

The corrections are those of ``fixnews check`` on the same text. What was worked out of
lines that have not changed is remembered (`fixnews.recall`): a keystroke costs a small part of a
first look.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fixnews.correction import Correction
from fixnews.desk import Desk
from fixnews.editor.settings import Settings
from fixnews.formats import TEXT, recognise
from fixnews.issue import Outcome, decision, genre_of, mend_read
from fixnews.source import Source
from fixnews.verdicts import unless


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found on a page.

    Attributes:
        source: the page as it was typed.
        corrections: what ``fixnews check`` reports, in the order of the page.
        text: the page with what is safe repaired.
        left_out: why the page is not read as newspaper text, or nothing.
    """

    source: Source
    corrections: tuple[Correction, ...] = ()
    text: str = ""
    left_out: str = ""


def checked(source: Source, settings: Settings, desk: Desk | None = None) -> Checked:
    """A page checked with its settings.

    Args:
        source: the page.
        settings: what holds for it.
        desk: what is known of the page from looks before.

    >>> found = checked(Source("A1.txt", "头版,要闻"), Settings())
    >>> [(c.code, c.before, c.after) for c in found.corrections], found.text
    ([('PUN101', ',', '，')], '头版，要闻')
    """
    why = _left_out(source, settings)
    if why:
        return Checked(source, text=source.text, left_out=why)
    done = _repaired(source, settings, desk)
    return Checked(source, done.corrections, done.texts[0])


def _repaired(source: Source, settings: Settings, desk: Desk | None) -> Outcome:
    config, hidden = settings.config, frozenset(settings.baseline.entries)
    decide = unless(hidden, decision(config)) if hidden else decision(config)
    done = mend_read([Path(source.path)], [source], config, decide=decide, desk=desk)
    return settings.baseline.applied_to(done)


def _left_out(source: Source, settings: Settings) -> str:
    """Why ``fixnews check`` would not read what is typed as newspaper text, or nothing."""
    if settings.excluded:
        return "excluded by the settings"
    form = recognise(source.text.encode("utf-8", "surrogatepass"), source.path)
    if form not in ("", TEXT):
        return f"a file of a recogniser ({form}): fixnews check reads it from the disk"
    told = genre_of(source)
    return f"{told}, no newspaper text" if told.is_data and not settings.config.as_text else ""


@dataclass(slots=True)
class Sheet:
    """A page that is open in an editor.

    Attributes:
        name: what to call it: its path.
        settings: what holds for it.
        desk: what is known of it.
    """

    name: str
    settings: Settings
    desk: Desk

    def look(self, text: str) -> Checked:
        """The page checked as it is now; one that has not changed is the very same to the desk."""
        known = next((s for s in self.desk.sources if s.text == text), None)
        return checked(known or Source(self.name, text), self.settings, self.desk)

    def unread(self, text: str, why: str) -> Checked:
        """The page as it is now, not checked."""
        return Checked(Source(self.name, text), text=text, left_out=why)
