"""What a stretch of a page may be besides running Chinese prose.

A rule says which of these kinds it may touch (`fixnews.rules.Rule.touches`); the
pipeline drops what touches any other.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """A kind of stretch that means something as it stands; the value is what people read."""

    TAG = "a tag"
    ENTITY = "a character entity"
    MARKDOWN = "Markdown"
    CODE = "code"
    LATEX = "LaTeX"
    DATA = "data"
    ADDRESS = "an address, path or file name"
    NUMBER = "a number with its signs"
    LABEL = "a code or label"
    FORMULA = "a formula"
    EMOTICON = "an emoticon"
    FOREIGN = "text in another language"
    ORNAMENT = "a row of ornaments"
    QUOTE = "straight quotation marks"
    SEPARATOR = "a separator between credits"
    NAME = "a name with a dot in it"
    ROLL = "a list of names"
    LIST = "a list"
    TABLE = "a table"
    VERSE = "verse"
    GAP = "the place of a lost character"
    HALVES = "the halves of a character"
    DATA_PAGE = "a page of data, code or markup"
    FOREIGN_PAGE = "a page without Chinese"


ANYWHERE = frozenset(Kind)
"""All kinds: for what reading the bytes left open, which is told of any page."""

PAGES = frozenset({Kind.DATA_PAGE, Kind.FOREIGN_PAGE})
"""Kinds of whole pages that are no newspaper text (`fixnews.islands.genre`)."""

EVERY = ANYWHERE - PAGES
"""All kinds of stretches: for rules that see what they change whole, such as those of jumps."""

SET_LINES = frozenset({Kind.VERSE, Kind.LIST})
"""Kinds whose words are prose and whose lines are not: marks may be put right in them."""

WORDS = frozenset({Kind.ROLL, Kind.LIST, Kind.TABLE, Kind.VERSE, Kind.NAME})
"""Kinds that hold words of the language: what a reader's own dictionary says goes there as well."""

MARKUP = frozenset(
    {Kind.TAG, Kind.ENTITY, Kind.MARKDOWN, Kind.CODE, Kind.LATEX, Kind.DATA, Kind.ADDRESS}
)
"""Kinds that machines read: a character changed is a link or a program broken."""

UNMARKED = EVERY - MARKUP
"""Everything that people read: for what a reader has ordered by name."""

READ_WRONG = EVERY - {Kind.ORNAMENT, Kind.DATA, Kind.CODE} | {Kind.FOREIGN_PAGE}
"""What text read in the wrong encoding may look like: its letters and signs are chance."""

FIGURES = frozenset({Kind.NUMBER, Kind.LABEL, Kind.FORMULA})
"""Where digits stand, and letters that were read for them."""


class Island(NamedTuple):
    """Characters ``start`` to ``end`` of a text, and what they are."""

    start: int
    end: int
    kind: Kind
