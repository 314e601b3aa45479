"""Texts that people are shown and that stand in tables of the program rather than in calls."""

from __future__ import annotations

import os
from collections.abc import Iterator

from fixnews import changes, config, encoding, files, formats
from fixnews.editor.remedies import TITLES
from fixnews.encoding import sevenbit
from fixnews.encoding.detection import EASTERN
from fixnews.filters import digits
from fixnews.islands import Kind
from fixnews.islands.genre import Genre
from fixnews.layout.page import Role
from fixnews.marks import dashes
from fixnews.report import html, statistics
from fixnews.review import prompt, series_list

TROUBLES = (1, 2, 5, 9, 13, 16, 17, 20, 21, 22, 24, 26, 27, 28, 30, 32, 36, 40)
"""Numbers of what the system may say of a file, from ENOENT to ELOOP."""

EVIDENCE = (
    "gain", "channel", "probability", "read by a machine", "yes", "not that it shows", "restraint",
    "roles", "word across", "set line by line", "margin", "nats", "rival", "seam", "headline",
    "none over the tail", "shared words", "page numbers agree", "not known", "one", "both",
)  # fmt: skip
"""Names of evidence, and what they may be."""

SUMMARY = (
    "pages seen", "repaired", "untouched", "refused", "lines that are no rows",
    "corrections applied", "left in a thousand characters", "characters", "left in 1000",
    "reason", "first", "how many",
)  # fmt: skip
"""Figures and heads of an archive's summary."""

WORDS = (
    "headline", "byline", "text", "issue", "page", "article", "unknown", "missing",
    "unsorted", "conflict", "cycle", "duplicate", "alphabet", "counting", "smoothing and pruning",
    "it holds NULs, as no text does (or name it in full)", "the file is cut off",
    "not well-formed XML: {what}", "baseline", "allow-list", "dictionary", "list of terms",
)  # fmt: skip
"""Kinds of blocks, facts of names, keys of a rule's file, problems of dictionaries, steps."""


NOTES = (
    "no positions: read in the order of the file",
    "no boxes of words: a line read across two columns is cut by its width",
)
"""What is odd about files of recognisers."""

GIVEN = "given as text"
"""The reason of an encoding that there was no need to find out."""


def tables() -> Iterator[str]:
    """What the tables say."""
    for kinds in (Kind, Genre, Role):
        yield from map(str, kinds)
    yield from (*EASTERN.values(), *sevenbit.REASON.values())
    yield from changes.Safety.__args__
    yield from (f"{{n}} {safety}" for safety in changes.Safety.__args__)
    yield from (text for pair in files._PROBLEMS.values() for text in pair)
    yield from map(os.strerror, TROUBLES)
    yield from (form.what for form in formats.FORMATS)
    yield from (kind.words for kind in config._KINDS.values())
    yield from (grammar.what for grammar in digits._GRAMMAR)
    yield from (kind.reason for kind in dashes._KINDS)
    yield from (head for head, _ in statistics._HEAD)
    yield from prompt.PAST.values()
    yield from TITLES.values()
    yield from series_list.DONE_WITH.values()
    yield from series_list.ANSWERED.values()
    yield from series_list.KINDS.values()
    yield from (*html.WORDS, *html.BUTTONS.values(), html.FOUND)
    yield from (*EVIDENCE, *WORDS, *NOTES, *SUMMARY, encoding.DEMANDED, GIVEN)
